// StringComparer, Comparer and EqualityComparer: as objects, and as the functions collections use.
import {
  compareText,
  equalText,
  StringComparison,
  toLower,
  toUpper,
} from '../../../dotnet/index.ts';
import { compareFunction, hashOf, keyFunction } from '../running/text.ts';
import { Instance, stringOf } from '../running/values.ts';
import { declareType, named } from '../types/registry.ts';
import type { Type } from '../types/type.ts';

/** A StringComparer, or the default comparer of a type. */
export class ComparerValue extends Instance {
  readonly comparison: number | undefined;
  readonly order: (left: unknown, right: unknown) => number;
  readonly key: (value: unknown) => unknown;

  constructor(
    type: Type,
    order: (left: unknown, right: unknown) => number,
    key: (value: unknown) => unknown,
    comparison?: number,
  ) {
    super(type);
    this.order = order;
    this.key = key;
    this.comparison = comparison;
  }
}

function stringComparer(comparison: number): ComparerValue {
  const ignores = comparison % 2 === 1;
  const order = (left: unknown, right: unknown) =>
    compareText(stringOf(left) ?? null, stringOf(right) ?? null, comparison);
  const key = (value: unknown) => {
    const text = stringOf(value) ?? null;
    return text === null || !ignores ? text : toLower(toUpper(text));
  };
  return new ComparerValue(named('System.StringComparer'), order, key, comparison);
}

/** The key function a collection of `type` uses with an IEqualityComparer or null. */
export function equalityKeys(comparer: unknown, type: Type): (value: unknown) => unknown {
  return comparer instanceof ComparerValue ? comparer.key : keyFunction(type);
}

/** The order a sort of `type` uses with an IComparer or null. */
export function orderOf(comparer: unknown, type: Type): (left: unknown, right: unknown) => number {
  return comparer instanceof ComparerValue ? comparer.order : compareFunction(type);
}

function defaultComparer(owner: Type): ComparerValue {
  const [type] = owner.arguments;
  return new ComparerValue(owner, compareFunction(type!), keyFunction(type!));
}

export const comparerTypes = [
  declareType('interface System.Collections.Generic.IComparer<in T>', {
    'int Compare(T x, T y)': (comparer: ComparerValue, left: unknown, right: unknown) =>
      comparer.order(left, right),
  }),
  declareType('interface System.Collections.Generic.IEqualityComparer<in T>', {
    'bool Equals(T x, T y)': (comparer: ComparerValue, left: unknown, right: unknown) =>
      comparer.key(left) === comparer.key(right),
  }),
  declareType(
    'abstract class System.StringComparer : IComparer<string>, IEqualityComparer<string>',
    {
      'static StringComparer Ordinal': () => stringComparer(StringComparison.Ordinal),
      'static StringComparer OrdinalIgnoreCase': () =>
        stringComparer(StringComparison.OrdinalIgnoreCase),
      'static StringComparer InvariantCulture': () =>
        stringComparer(StringComparison.InvariantCulture),
      'static StringComparer InvariantCultureIgnoreCase': () =>
        stringComparer(StringComparison.InvariantCultureIgnoreCase),
      'static StringComparer CurrentCulture': () => stringComparer(StringComparison.CurrentCulture),
      'static StringComparer CurrentCultureIgnoreCase': () =>
        stringComparer(StringComparison.CurrentCultureIgnoreCase),
      'int Compare(string x, string y)': (comparer: ComparerValue, left: unknown, right: unknown) =>
        comparer.order(left, right),
      'bool Equals(string x, string y)': (comparer: ComparerValue, left: string, right: string) =>
        equalText(left, right, comparer.comparison),
      'int GetHashCode(string obj)': (comparer: ComparerValue, value: unknown) =>
        hashOf(comparer.key(value)),
    },
  ),
  declareType('class System.Collections.Generic.Comparer<T> : IComparer<T>', {
    'static Comparer<T> Default': defaultComparer,
  }),
  declareType('class System.Collections.Generic.EqualityComparer<T> : IEqualityComparer<T>', {
    'static EqualityComparer<T> Default': defaultComparer,
  }),
];
