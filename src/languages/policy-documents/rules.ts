// The shape of the catalogue, and the short notation its tables are written in.
import type { Scope, SectionName } from './policies.ts';

export interface AttributeRule {
  readonly name: string;
  readonly required: boolean;
  /** Whether the page allows an expression; `unstated` where it does not say. */
  readonly expression: 'allowed' | 'forbidden' | 'unstated';
  readonly type?: 'boolean' | 'integer' | 'number';
  /** Least and most value of a number, both allowed. */
  readonly range?: readonly [number, number];
  /** Allowed literals, in any letter case. */
  readonly values?: readonly string[];
  readonly default?: string;
}

/** Attributes that stand for one another: how many of them an element must and may have. */
export interface AttributeChoice {
  readonly names: readonly string[];
  readonly least: 0 | 1;
  readonly most: number;
}

export interface ElementRule {
  readonly name: string;
  readonly attributes: readonly AttributeRule[];
  readonly choices: readonly AttributeChoice[];
  readonly children: readonly ChildRule[];
  /** Child elements are policies of any name (`choose`, `retry`, sections). */
  readonly policies: boolean;
  /** Policies that may not stand inside nevertheless. */
  readonly except: readonly string[];
  /** Text of the element: its expression or literal. */
  readonly text: 'none' | 'optional' | 'required';
  /** Anything may stand inside, besides the children that are listed. */
  readonly open: boolean;
}

export interface ChildRule {
  /** Undefined: the policy of this name in the catalogue. */
  readonly rule: ElementRule | undefined;
  readonly name: string;
  readonly least: number;
  readonly most: number;
}

export interface PolicyRule extends ElementRule {
  readonly sections: readonly SectionName[];
  /** Sections the page does not list, but published documents use: a warning. */
  readonly toleratedSections: readonly SectionName[];
  readonly scopes: readonly Scope[];
  /** At most one in a section; `documented` where more are a warning. */
  readonly once: boolean | 'documented';
}

/**
 * Reads attribute rules: names separated by blanks, `*` required, `:bool`, `:int`, `:number`,
 * `:int(1..300)` or `:a|b` a type, `/E` expression allowed, `/N` forbidden, `=x` default (`~` stands for a blank).
 */
export function attributes(notation: string): AttributeRule[] {
  return notation
    .split(/\s+/)
    .filter(Boolean)
    .map((entry) => {
      const match = /^([\w.-]+)(\*)?(?::([^/=]+))?(?:\/([EN]))?(?:=(.*))?$/.exec(entry);
      if (!match) throw new Error(`wrong notation of an attribute: ${entry}`);
      const [, name, required, type, expression, preset] = match;
      return {
        name: name!,
        required: required === '*',
        expression: expression === 'E' ? 'allowed' : expression === 'N' ? 'forbidden' : 'unstated',
        ...typeOf(type),
        ...(preset !== undefined && { default: preset.replaceAll('~', ' ') }),
      };
    });
}

function typeOf(notation: string | undefined): Pick<AttributeRule, 'type' | 'range' | 'values'> {
  if (notation === undefined) return {};
  const [, type, least, most] =
    /^(bool|int|number)(?:\(([\d.]+?)\.\.([\d.]+)\))?$/.exec(notation) ?? [];
  if (type === undefined) return { values: notation.split('|') };
  if (type === 'bool') return { type: 'boolean' };
  return {
    type: type === 'int' ? 'integer' : 'number',
    ...(least !== undefined && { range: [Number(least), Number(most)] as const }),
  };
}

export const exactlyOne = (names: string) => choice(names, 1, 1);
export const atMostOne = (names: string) => choice(names, 0, 1);
export const atLeastOne = (names: string) => choice(names, 1, Number.POSITIVE_INFINITY);

function choice(names: string, least: 0 | 1, most: number): AttributeChoice {
  return { names: names.split(' '), least, most };
}

export interface Content {
  readonly attributes?: string;
  readonly choices?: readonly AttributeChoice[];
  readonly children?: readonly ChildRule[];
  readonly text?: ElementRule['text'];
  readonly policies?: boolean;
  readonly except?: readonly string[];
  readonly open?: boolean;
}

/** An element: its name with `?` at most one, `*` any number, `+` at least one, else exactly one. */
export function child(name: string, content: Content = {}): ChildRule {
  const { bare, least, most } = occurrence(name);
  return { name: bare, least, most, rule: element(bare, content) };
}

/** Child elements that are policies of the catalogue. */
export function policiesNamed(notation: string): ChildRule[] {
  return notation.split(/\s+/).map((entry) => {
    const { bare, least, most } = occurrence(entry);
    return { name: bare, least, most, rule: undefined };
  });
}

function occurrence(name: string): { bare: string; least: number; most: number } {
  const mark = /[?*+]$/.exec(name)?.[0];
  const bare = mark ? name.slice(0, -1) : name;
  const least = mark === '?' || mark === '*' ? 0 : 1;
  const most = mark === '*' || mark === '+' ? Number.POSITIVE_INFINITY : 1;
  return { bare, least, most };
}

export function element(name: string, content: Content = {}): ElementRule {
  return {
    name,
    attributes: attributes(content.attributes ?? ''),
    choices: content.choices ?? [],
    children: content.children ?? [],
    except: content.except ?? [],
    policies: content.policies ?? false,
    text: content.text ?? 'none',
    open: content.open ?? false,
  };
}

const sectionLetters: Readonly<Record<string, SectionName>> = {
  in: 'inbound',
  be: 'backend',
  out: 'outbound',
  err: 'on-error',
};
const scopeLetters: Readonly<Record<string, Scope>> = {
  G: 'global',
  W: 'workspace',
  P: 'product',
  A: 'api',
  O: 'operation',
};

export interface Placement {
  /** Such as `in out err`. */
  readonly sections: string;
  readonly tolerated?: string;
  /** Such as `GWPAO`. */
  readonly scopes: string;
  readonly once?: PolicyRule['once'];
}

export function policy(name: string, place: Placement, content: Content = {}): PolicyRule {
  const sectionsOf = (text: string) =>
    text
      .split(/\s+/)
      .filter(Boolean)
      .map((each) => sectionLetters[each]!);
  return {
    ...element(name, content),
    sections: sectionsOf(place.sections),
    toleratedSections: sectionsOf(place.tolerated ?? ''),
    scopes: [...place.scopes].map((letter) => scopeLetters[letter]!),
    once: place.once ?? false,
  };
}
