// The tree of an expression. Offsets are UTF-16 units into the text that was parsed.
import type { Value } from './values.ts';

export interface Span {
  readonly start: number;
  readonly end: number;
}

/** `'text'`, `12`, `1.5`, `true`, `null`. */
export interface Literal extends Span {
  readonly kind: 'literal';
  readonly value: Value;
}

/** `name(a, b)`. `nameEnd` ends the name. */
export interface Call extends Span {
  readonly kind: 'call';
  readonly name: string;
  readonly nameEnd: number;
  readonly args: readonly Expression[];
}

/** `.name`, `['name']`, `[expression]`, each with `?` before it or not. */
export interface Member extends Span {
  readonly kind: 'member';
  readonly target: Expression;
  readonly key: Expression;
  /** `?` was written: absence gives null. */
  readonly safe: boolean;
  readonly notation: 'dot' | 'bracket';
}

export type Expression = Literal | Call | Member;

/** A literal piece of a template string, with its escapes resolved. */
export interface TextPart {
  readonly kind: 'text';
  readonly text: string;
}

/** `@{ … }`; the span covers the inner expression's text. */
export interface InterpolationPart extends Span {
  readonly kind: 'interpolation';
  readonly expression: Expression;
}

/**
 * A JSON string of a definition. `literal`: no expression in it. `expression`: the whole string is
 * one and its result keeps its type. `interpolation`: results are spliced as text.
 */
export type Template =
  | { readonly kind: 'literal'; readonly text: string }
  | { readonly kind: 'expression'; readonly expression: Expression; readonly source: string }
  | {
      readonly kind: 'interpolation';
      readonly parts: readonly (TextPart | InterpolationPart)[];
      readonly source: string;
    };
