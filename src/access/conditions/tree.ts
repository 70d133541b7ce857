// What a condition is once it is parsed, and the fault of one that cannot be.
import type { ActionMatcher } from '../actions.ts';
import type { AssignmentAttributes } from '../contract.ts';

export interface Attribute {
  readonly source: 'request' | 'resource';
  readonly name: keyof AssignmentAttributes;
}

export interface Comparison {
  readonly kind: 'compare';
  readonly attribute: Attribute;
  readonly negated: boolean;
  readonly ignoreCase: boolean;
  /** `…OfAllValues`: the comparison must be true of every value, not of one. */
  readonly everyValue: boolean;
  readonly values: readonly string[];
}

export type ConditionNode =
  | { readonly kind: 'and' | 'or'; readonly parts: readonly ConditionNode[] }
  | { readonly kind: 'not'; readonly part: ConditionNode }
  | { readonly kind: 'actionMatches'; readonly matches: ActionMatcher }
  | { readonly kind: 'exists'; readonly attribute: Attribute }
  | Comparison;

/** A condition that is not of the syntax, or asks for what is not evaluated here. */
export class ConditionError extends Error {
  /** `at` is an offset into the condition in UTF-16 units, from 0. */
  constructor(what: string, at: number) {
    super(`${what} at character ${at + 1}`);
    this.name = 'ConditionError';
  }
}
