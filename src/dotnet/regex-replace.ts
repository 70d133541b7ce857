// Replacement patterns of Regex.Replace and Match.Result.
import { BoundedCache } from './bounded-cache.ts';
import type { RegexMatch } from './regex.ts';

type Piece =
  | { readonly kind: 'text'; readonly text: string }
  | { readonly kind: 'group'; readonly number: number }
  | { readonly kind: 'whole' | 'before' | 'after' | 'last' | 'input' };

const compiled = new BoundedCache<readonly Piece[]>();

/** `$1 ${name} $$ $& $\` $' $+ $_` of a match; a `$` before anything else stands for itself. */
export function expandReplacement(
  replacement: string,
  match: RegexMatch,
  input: string,
  numberOf: ReadonlyMap<string, number>,
  cacheKey: string,
): string {
  if (!replacement.includes('$')) return replacement;
  const pieces = compiled.get(`${cacheKey}\n${replacement}`, () => split(replacement, numberOf));
  let text = '';
  for (const piece of pieces) text += expand(piece, match, input);
  return text;
}

function expand(piece: Piece, match: RegexMatch, input: string): string {
  switch (piece.kind) {
    case 'text':
      return piece.text;
    case 'group':
      return match.group(piece.number).value;
    case 'whole':
      return match.value;
    case 'before':
      return input.slice(0, match.index);
    case 'after':
      return input.slice(match.index + match.length);
    case 'last':
      return match.groups.at(-1)!.value;
    default:
      return input;
  }
}

function split(replacement: string, numberOf: ReadonlyMap<string, number>): readonly Piece[] {
  const pieces: Piece[] = [];
  const special: Readonly<Record<string, Piece>> = {
    $: { kind: 'text', text: '$' },
    '&': { kind: 'whole' },
    '`': { kind: 'before' },
    "'": { kind: 'after' },
    '+': { kind: 'last' },
    _: { kind: 'input' },
  };
  for (let i = 0; i < replacement.length; ) {
    const dollar = replacement.indexOf('$', i);
    const end = dollar < 0 ? replacement.length : dollar;
    if (end > i) pieces.push({ kind: 'text', text: replacement.slice(i, end) });
    if (dollar < 0) break;
    const named = /^\$(?:(\d{1,9})|\{(\w{1,200})\})/u.exec(replacement.slice(dollar, dollar + 210));
    const name = named?.[1] ?? named?.[2];
    const number = name === undefined ? undefined : numberOf.get(name.replace(/^0+(?=\d)/, ''));
    const next = replacement[dollar + 1];
    if (number !== undefined) {
      pieces.push({ kind: 'group', number });
      i = dollar + named![0].length;
    } else if (next !== undefined && Object.hasOwn(special, next)) {
      pieces.push(special[next]!);
      i = dollar + 2;
    } else {
      pieces.push({ kind: 'text', text: '$' });
      i = dollar + 1;
    }
  }
  return pieces;
}
