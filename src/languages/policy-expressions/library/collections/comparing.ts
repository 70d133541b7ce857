// Comparers as objects, and the functions collections and sorts use in their place.
import { compareFunction, hashOf, keyFunction } from '../../running/text.ts';
import { box, Instance } from '../../running/values.ts';
import { named } from '../../types/registry.ts';
import type { Type } from '../../types/type.ts';
import type { Order } from './sorting.ts';

/** A StringComparer, a comparer made of a Comparison, or the default comparer of a type. */
export class ComparerValue extends Instance {
  readonly order: Order;
  /** Equal for equal values, and only for them. */
  readonly key: (value: unknown) => unknown;
  /** Of StringComparer: its StringComparison. */
  readonly comparison: number | undefined;

  constructor(type: Type, order: Order, key: (value: unknown) => unknown, comparison?: number) {
    super(type);
    this.order = order;
    this.key = key;
    this.comparison = comparison;
  }
}

/** The key function a collection of `type` uses with an IEqualityComparer or null. */
export function equalityKeys(comparer: unknown, type: Type): (value: unknown) => unknown {
  return comparer instanceof ComparerValue ? comparer.key : keyFunction(type);
}

/** The order a sort of `type` uses with an IComparer or null. */
export function orderOf(comparer: unknown, type: Type): Order {
  return comparer instanceof ComparerValue ? comparer.order : compareFunction(type);
}

/** The default comparer of the type that `owner` is constructed over. */
export function defaultComparer(owner: Type): ComparerValue {
  const [type] = owner.arguments;
  return new ComparerValue(owner, compareFunction(type!), keyFunction(type!));
}

/** What the `Comparer` property of a collection of `type` gives. */
export function comparerOf(comparer: unknown, type: Type): unknown {
  return comparer ?? defaultComparer(named('EqualityComparer', type));
}

/** `Equals(x, y)` of an equality comparer. */
export function areEqual(comparer: ComparerValue, left: unknown, right: unknown): boolean {
  return comparer.key(left) === comparer.key(right);
}

/** `GetHashCode(obj)` of an equality comparer over `type`. */
export function hashBy(comparer: ComparerValue, value: unknown): number {
  const [type] = comparer.type.arguments;
  return hashOf(type ? box(value, type) : comparer.key(value));
}
