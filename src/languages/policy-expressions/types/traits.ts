// What a type says about its values beside its members: text, equality, order, default.
import type { Type } from './type.ts';

/** Behaviour that `object`'s members, collections and formatting ask every value for. */
export interface Traits {
  /** `ToString()`. */
  readonly text?: (value: never) => string | null;
  /** `ToString(format, provider)`. */
  readonly format?: (value: never, format: string | null, provider?: unknown) => string;
  /** A JavaScript value that is `===` for equal values, and only for them. */
  readonly key?: (value: never) => unknown;
  /** Order of two values; where it is absent the type is not IComparable. */
  readonly compare?: (left: never, right: never) => number;
  /** The default of a value type, or what makes it (from the type, where that is generic). */
  readonly initial?: unknown;
  /** A value of its own for each place that keeps one: of structures that can be changed. */
  readonly copy?: (value: never) => unknown;
  /** The form in rendered results, where it is neither the text nor the elements. */
  readonly json?: (value: never) => unknown;
  /** `Dispose()`. */
  readonly dispose?: (value: never) => void;
  /** An operator on a `dynamic` of the type; undefined leaves it to the compiler's rules. */
  readonly operate?: (
    operator: string,
    left: never,
    right: unknown,
  ) => { readonly result: unknown } | undefined;
  /** What a `dynamic` of the type becomes as another; undefined leaves it to the compiler's rules. */
  readonly become?: (value: never, to: Type) => { readonly result: unknown } | undefined;
  /** IConvertible: the bare value that Convert makes of it. */
  readonly convert?: (value: never, to: Type) => unknown;
  /** Members of a `dynamic` of the type, whatever their names. */
  readonly members?: {
    get(value: never, name: string): unknown;
    set(value: never, name: string, content: unknown): void;
  };
  /** Members of its interfaces that only a reference of the interface has. */
  readonly explicit?: readonly string[];
}
