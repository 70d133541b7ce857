// Named values: `{{name}}` replaced by text before anything else is interpreted.
import { namedValuePattern } from './limits.ts';

/** Gives the value of a named value's display name; undefined where there is none. */
export type NamedValues = (name: string) => string | undefined;

export interface Substituted {
  readonly text: string;
  /** Names that stay in the text because nobody knows them, with their offset in it. */
  readonly unknown: readonly { readonly name: string; readonly offset: number }[];
  /** Offset in the text before the replacement. */
  sourceOffset(offset: number): number;
}

/**
 * Replaces every `{{name}}` once; what a value holds is not replaced again. With `liquid`, names
 * nobody knows are left to the template silently, and so is everything that cannot be a name.
 */
export function substituteNamedValues(
  text: string,
  values: NamedValues,
  liquid = false,
): Substituted {
  const unknown: { name: string; offset: number }[] = [];
  const shifts: { at: number; by: number }[] = [];
  let out = '';
  let from = 0;
  for (const match of text.includes('{{') ? text.matchAll(namedValuePattern) : []) {
    const name = match[1]!;
    const value = liquid && isLiquidRoot(name) ? undefined : values(name);
    if (value === undefined) {
      if (!liquid) unknown.push({ name, offset: match.index + (out.length - from) });
      continue;
    }
    out += text.slice(from, match.index) + value;
    from = match.index + match[0].length;
    shifts.push({ at: out.length, by: from - out.length });
  }
  out += text.slice(from);
  return {
    text: out,
    unknown,
    sourceOffset(offset) {
      let by = 0;
      for (const shift of shifts) {
        if (shift.at > offset) break;
        by = shift.by;
      }
      return Math.max(0, offset + by);
    },
  };
}

/** Liquid's own objects win over a named value of the same name. */
function isLiquidRoot(name: string): boolean {
  return /^(context|body)(\.|$)/.test(name);
}

/** The names a text asks for, in order, each once. */
export function namedValuesIn(text: string): string[] {
  return [...new Set([...text.matchAll(namedValuePattern)].map((match) => match[1]!))];
}
