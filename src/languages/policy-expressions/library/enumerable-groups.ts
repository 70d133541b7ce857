// System.Linq.Enumerable: ordering, grouping, joining and set operations.
import { required } from '../running/exceptions.ts';
import { iterate, listOf, Sequence, tick } from '../running/sequences.ts';
import { keyFunction } from '../running/text.ts';
import { Instance } from '../running/values.ts';
import { declareType, named } from '../types/registry.ts';
import type { Type } from '../types/type.ts';
import { equalityKeys, orderOf } from './comparers.ts';
import { stableSort } from './sorting.ts';

type Map1 = (item: unknown) => unknown;
type Order = (left: unknown, right: unknown) => number;

/** The result of OrderBy: it can be ordered further. */
class OrderedValue extends Instance {
  readonly element: Type;
  readonly source: unknown;
  readonly orders: readonly { readonly keyOf: Map1; readonly order: Order }[];

  constructor(
    element: Type,
    source: unknown,
    orders: readonly { readonly keyOf: Map1; readonly order: Order }[],
  ) {
    super(named('System.Linq.IOrderedEnumerable', element));
    this.element = element;
    this.source = source;
    this.orders = orders;
  }

  *[Symbol.iterator](): Generator<unknown> {
    const rows = listOf(this.source, this.element).map((item) => ({
      item,
      keys: this.orders.map(({ keyOf }) => keyOf(item)),
    }));
    const compare: Order = (left, right) => {
      const a = left as (typeof rows)[number];
      const b = right as (typeof rows)[number];
      for (const [index, { order }] of this.orders.entries()) {
        const result = order(a.keys[index], b.keys[index]);
        if (result !== 0) return result;
      }
      return 0;
    };
    for (const row of stableSort(rows, compare)) yield (row as (typeof rows)[number]).item;
  }
}

function ordered(descending: boolean, further: boolean) {
  return ([type, key]: Type[], source: unknown, keyOf: Map1, comparer: unknown = null) => {
    required(source, 'source');
    required(keyOf, 'keySelector');
    const ascending = orderOf(comparer, key!);
    const order: Order = descending ? (a, b) => ascending(b, a) : ascending;
    const before = further ? (source as OrderedValue) : undefined;
    const orders = [...(before?.orders ?? []), { keyOf, order }];
    return new OrderedValue(type!, before ? before.source : source, orders);
  };
}

/** A group: its key and its elements. */
class GroupingValue extends Instance {
  readonly key: unknown;
  readonly items: unknown[] = [];

  constructor(type: Type, key: unknown) {
    super(type);
    this.key = key;
  }

  get count(): number {
    return this.items.length;
  }

  [Symbol.iterator](): Iterator<unknown> {
    return this.items[Symbol.iterator]();
  }
}

function groups(
  source: unknown,
  from: Type,
  keyType: Type,
  valueType: Type,
  keyOf: Map1,
  pick: Map1,
  comparer: unknown = null,
): Map<unknown, GroupingValue> {
  const key = equalityKeys(comparer, keyType);
  const type = named('System.Linq.IGrouping', keyType, valueType);
  const found = new Map<unknown, GroupingValue>();
  for (const item of iterate(required(source, 'source'), from)) {
    tick();
    const own = keyOf(item);
    const id = key(own);
    let group = found.get(id);
    if (!group) {
      group = new GroupingValue(type, own);
      found.set(id, group);
    }
    group.items.push(pick(item));
  }
  return found;
}

const same: Map1 = (item) => item;

/** `ILookup<K, V>`. */
class LookupValue extends Instance {
  readonly groups: Map<unknown, GroupingValue>;
  readonly keyOf: Map1;

  constructor(type: Type, found: Map<unknown, GroupingValue>, keyOf: Map1) {
    super(type);
    this.groups = found;
    this.keyOf = keyOf;
  }

  get count(): number {
    return this.groups.size;
  }

  at(key: unknown): unknown {
    const found = this.groups.get(this.keyOf(key));
    return found ?? new Sequence(this.type.arguments[1]!, () => [][Symbol.iterator]());
  }

  [Symbol.iterator](): Iterator<unknown> {
    return this.groups.values();
  }
}

function lookup(
  keyType: Type,
  valueType: Type,
  found: Map<unknown, GroupingValue>,
  comparer: unknown = null,
): LookupValue {
  const type = named('System.Linq.ILookup', keyType, valueType);
  return new LookupValue(type, found, equalityKeys(comparer, keyType));
}

function join(
  [outerType, innerType, keyType, to]: Type[],
  outer: unknown,
  inner: unknown,
  outerKey: Map1,
  innerKey: Map1,
  combine: (left: unknown, right: unknown) => unknown,
): Sequence {
  required(outer, 'outer');
  required(inner, 'inner');
  return new Sequence(to!, function* () {
    const found = groups(inner, innerType!, keyType!, innerType!, innerKey, same);
    const key = keyFunction(keyType!);
    for (const item of iterate(outer, outerType)) {
      const own = outerKey(item);
      if (own === null) continue;
      for (const match of found.get(key(own))?.items ?? []) {
        tick();
        yield combine(item, match);
      }
    }
  } as () => Iterator<unknown>);
}

function groupJoin(
  [outerType, innerType, keyType, to]: Type[],
  outer: unknown,
  inner: unknown,
  outerKey: Map1,
  innerKey: Map1,
  combine: (left: unknown, right: unknown) => unknown,
): Sequence {
  required(outer, 'outer');
  required(inner, 'inner');
  return new Sequence(to!, function* () {
    const found = groups(inner, innerType!, keyType!, innerType!, innerKey, same);
    const key = keyFunction(keyType!);
    for (const item of iterate(outer, outerType)) {
      tick();
      const items = found.get(key(outerKey(item)))?.items ?? [];
      yield combine(item, new Sequence(innerType!, () => items[Symbol.iterator]()));
    }
  } as () => Iterator<unknown>);
}

/** Distinct, Union, Intersect and Except, by key. */
function setOperation(kind: 'distinct' | 'union' | 'intersect' | 'except') {
  const binary = kind !== 'distinct';
  return ([type]: Type[], first: unknown, second: unknown, third: unknown = null) => {
    required(first, binary ? 'first' : 'source');
    if (binary) required(second, 'second');
    const key = equalityKeys(binary ? third : (second ?? null), type!);
    return new Sequence(type!, function* () {
      const others = new Set(
        kind === 'intersect' || kind === 'except' ? listOf(second, type).map(key) : [],
      );
      const seen = new Set<unknown>();
      const sources = kind === 'union' ? [first, second] : [first];
      for (const source of sources) {
        for (const item of iterate(source, type)) {
          tick();
          const id = key(item);
          if (seen.has(id)) continue;
          if (kind === 'intersect' && !others.has(id)) continue;
          if (kind === 'except' && others.has(id)) continue;
          seen.add(id);
          yield item;
        }
      }
    } as () => Iterator<unknown>);
  };
}

const source = 'this IEnumerable<T> source';
const comparerOf = (type: string) => `IEqualityComparer<${type}> comparer`;

function orderMembers(): Record<string, unknown> {
  const members: Record<string, unknown> = {};
  for (const further of [false, true]) {
    for (const descending of [false, true]) {
      const name = `${further ? 'Then' : 'Order'}By${descending ? 'Descending' : ''}`;
      const given = further ? 'this IOrderedEnumerable<T> source' : source;
      const head = `static IOrderedEnumerable<T> ${name}<T, K>(${given}, Func<T, K> keySelector`;
      members[`${head})`] = ordered(descending, further);
      members[`${head}, IComparer<K> comparer)`] = ordered(descending, further);
    }
  }
  return members;
}

function groupBy(
  [from, keyType, valueType]: Type[],
  given: unknown,
  keyOf: Map1,
  pick: Map1,
  comparer: unknown = null,
): Sequence {
  required(given, 'source');
  const type = named('System.Linq.IGrouping', keyType!, valueType!);
  return new Sequence(type, () =>
    groups(given, from!, keyType!, valueType!, keyOf, pick, comparer).values(),
  );
}

const pair = 'this IEnumerable<T> first, IEnumerable<T> second';

export const groupMembers: Record<string, unknown> = {
  ...orderMembers(),
  [`static IEnumerable<IGrouping<K, T>> GroupBy<T, K>(${source}, Func<T, K> keySelector)`]: (
    [t, k]: Type[],
    s: unknown,
    keyOf: Map1,
  ) => groupBy([t!, k!, t!], s, keyOf, same),
  [`static IEnumerable<IGrouping<K, T>> GroupBy<T, K>(${source}, Func<T, K> keySelector, ${comparerOf('K')})`]:
    ([t, k]: Type[], s: unknown, keyOf: Map1, comparer: unknown) =>
      groupBy([t!, k!, t!], s, keyOf, same, comparer),
  [`static IEnumerable<IGrouping<K, V>> GroupBy<T, K, V>(${source}, Func<T, K> keySelector, Func<T, V> elementSelector)`]:
    groupBy,
  [`static IEnumerable<R> GroupBy<T, K, R>(${source}, Func<T, K> keySelector, Func<K, IEnumerable<T>, R> resultSelector)`]:
    (
      [t, k, r]: Type[],
      s: unknown,
      keyOf: Map1,
      combine: (key: unknown, items: unknown) => unknown,
    ) =>
      new Sequence(r!, function* () {
        for (const group of groups(s, t!, k!, t!, keyOf, same).values())
          yield combine(group.key, group);
      } as () => Iterator<unknown>),
  [`static ILookup<K, T> ToLookup<T, K>(${source}, Func<T, K> keySelector)`]: (
    [t, k]: Type[],
    s: unknown,
    keyOf: Map1,
  ) => lookup(k!, t!, groups(s, t!, k!, t!, keyOf, same)),
  [`static ILookup<K, V> ToLookup<T, K, V>(${source}, Func<T, K> keySelector, Func<T, V> elementSelector)`]:
    ([t, k, v]: Type[], s: unknown, keyOf: Map1, pick: Map1) =>
      lookup(k!, v!, groups(s, t!, k!, v!, keyOf, pick)),
  'static IEnumerable<R> Join<O, I, K, R>(this IEnumerable<O> outer, IEnumerable<I> inner, Func<O, K> outerKeySelector, Func<I, K> innerKeySelector, Func<O, I, R> resultSelector)':
    join,
  'static IEnumerable<R> GroupJoin<O, I, K, R>(this IEnumerable<O> outer, IEnumerable<I> inner, Func<O, K> outerKeySelector, Func<I, K> innerKeySelector, Func<O, IEnumerable<I>, R> resultSelector)':
    groupJoin,
  [`static IEnumerable<T> Distinct<T>(${source})`]: setOperation('distinct'),
  [`static IEnumerable<T> Distinct<T>(${source}, ${comparerOf('T')})`]: setOperation('distinct'),
  [`static IEnumerable<T> Union<T>(${pair})`]: setOperation('union'),
  [`static IEnumerable<T> Union<T>(${pair}, ${comparerOf('T')})`]: setOperation('union'),
  [`static IEnumerable<T> Intersect<T>(${pair})`]: setOperation('intersect'),
  [`static IEnumerable<T> Intersect<T>(${pair}, ${comparerOf('T')})`]: setOperation('intersect'),
  [`static IEnumerable<T> Except<T>(${pair})`]: setOperation('except'),
  [`static IEnumerable<T> Except<T>(${pair}, ${comparerOf('T')})`]: setOperation('except'),
};

export const groupTypes = [
  declareType('interface System.Linq.IOrderedEnumerable<T> : IEnumerable<T>', {}),
  declareType('interface System.Linq.IGrouping<out TKey, out TElement> : IEnumerable<TElement>', {
    'TKey Key': (group: GroupingValue) => group.key,
  }),
  declareType(
    'interface System.Linq.ILookup<TKey, TElement> : IEnumerable<IGrouping<TKey, TElement>>',
    {
      'int Count': (value: LookupValue) => value.count,
      'IEnumerable<TElement> this[TKey key]': (value: LookupValue, key: unknown) => value.at(key),
      'bool Contains(TKey key)': (value: LookupValue, key: unknown) =>
        value.groups.has(value.keyOf(key)),
    },
  ),
];
