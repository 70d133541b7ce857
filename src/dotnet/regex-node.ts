// The syntax tree of a regular expression.
import type { UnitSet } from './regex-set.ts';

export type AnchorKind =
  | 'start'
  | 'lineStart'
  | 'end'
  | 'endOrNewline'
  | 'lineEnd'
  | 'scanStart'
  | 'boundary'
  | 'notBoundary';

export type RegexNode =
  | { readonly kind: 'empty' }
  | { readonly kind: 'unit'; readonly unit: number; readonly ignoreCase: boolean }
  | { readonly kind: 'set'; readonly set: UnitSet }
  | { readonly kind: 'anchor'; readonly anchor: AnchorKind; readonly ascii: boolean }
  | { readonly kind: 'sequence'; readonly parts: readonly RegexNode[] }
  | { readonly kind: 'choice'; readonly parts: readonly RegexNode[] }
  | { readonly kind: 'capture'; readonly group: GroupReference; readonly body: RegexNode }
  | {
      readonly kind: 'balance';
      readonly group: GroupReference | undefined;
      readonly popped: GroupReference;
      readonly body: RegexNode;
    }
  | {
      readonly kind: 'loop';
      readonly body: RegexNode;
      readonly min: number;
      readonly max: number;
      readonly lazy: boolean;
    }
  | {
      readonly kind: 'look';
      readonly body: RegexNode;
      readonly behind: boolean;
      readonly negative: boolean;
    }
  | { readonly kind: 'atomic'; readonly body: RegexNode }
  | {
      readonly kind: 'reference';
      readonly group: GroupReference;
      readonly ignoreCase: boolean;
      /** ECMAScript: a group that took no part is empty. */
      readonly ecma: boolean;
    }
  | {
      readonly kind: 'conditional';
      /** A group that must have matched, or an expression that must match ahead. */
      readonly test: GroupReference | RegexNode;
      readonly yes: RegexNode;
      readonly no: RegexNode;
    };

/** A group by its number, or by a name that is numbered when the whole pattern is known. */
export interface GroupReference {
  readonly kind: 'group';
  readonly name: string | number;
}

/** A parsed pattern with its groups in order of number. */
export interface ParsedRegex {
  readonly root: RegexNode;
  readonly groupNumbers: readonly number[];
  readonly groupNames: readonly string[];
  /** Names (numbers as text too) to numbers. */
  readonly numberOf: ReadonlyMap<string, number>;
}
