// System.Linq: GroupBy and IGrouping<TKey, TElement>.
import { required } from '../../running/exceptions.ts';
import { allocate } from '../../running/run.ts';
import { iterate, Sequence, tick } from '../../running/sequences.ts';
import { keyFunction } from '../../running/text.ts';
import { declareType, named } from '../../types/registry.ts';
import type { Type } from '../../types/type.ts';
import { Collection, indexBeyond } from '../collections/collection.ts';
import { equalityKeys } from '../collections/comparing.ts';
import { lazy, type Map1, type Map2, source } from './deferred.ts';

/** A group: its key and its elements. It is a read-only list. */
export class GroupingValue extends Collection {
  readonly key: unknown;
  readonly items: unknown[] = [];

  constructor(type: Type, key: unknown) {
    super(type);
    this.key = key;
  }

  get count(): number {
    return this.items.length;
  }

  override get isReadOnly(): boolean {
    return true;
  }

  contains(item: unknown): boolean {
    return this.indexOf(item) >= 0;
  }

  indexOf(item: unknown): number {
    const key = keyFunction(this.type.arguments[1]!);
    return this.items.map(key).indexOf(key(item));
  }

  at(index: number): unknown {
    if (index < 0 || index >= this.items.length) throw indexBeyond();
    return this.items[index];
  }

  [Symbol.iterator](): Iterator<unknown> {
    return this.items[Symbol.iterator]();
  }
}

export interface Grouped {
  readonly from: Type;
  readonly key: Type;
  readonly value: Type;
  readonly keyOf: Map1;
  readonly elementOf: Map1;
  readonly comparer: unknown;
}

/** Groups by key, in order of the first element of each. */
export function group(
  given: unknown,
  { from, key, value, keyOf, elementOf, comparer }: Grouped,
): Map<unknown, GroupingValue> {
  const identify = equalityKeys(comparer, key);
  const type = named('System.Linq.IGrouping', key, value);
  const found = new Map<unknown, GroupingValue>();
  for (const item of iterate(given, from)) {
    tick();
    const own = keyOf(item);
    const id = identify(own);
    let grouping = found.get(id);
    if (!grouping) {
      grouping = new GroupingValue(type, own);
      found.set(id, grouping);
    }
    allocate(1);
    grouping.items.push(elementOf(item));
  }
  return found;
}

export const same: Map1 = (item) => item;

/** Checks what every kind of grouping takes. */
export function checkGrouped(given: unknown, keyOf: Map1, elementOf: Map1 = same): void {
  required(given, 'source');
  required(keyOf, 'keySelector');
  required(elementOf, 'elementSelector');
}

function groupBy(
  [from, key, value]: Type[],
  given: unknown,
  keyOf: Map1,
  elementOf: Map1,
  comparer: unknown = null,
): Sequence {
  checkGrouped(given, keyOf, elementOf);
  const grouped = { from: from!, key: key!, value: value!, keyOf, elementOf, comparer };
  const type = named('System.Linq.IGrouping', key!, value!);
  return new Sequence(type, () => group(given, grouped).values());
}

function groupInto(
  [from, key, value, to]: Type[],
  given: unknown,
  keyOf: Map1,
  elementOf: Map1,
  combine: Map2,
  comparer: unknown = null,
): Sequence {
  checkGrouped(given, keyOf, elementOf);
  required(combine, 'resultSelector');
  const grouped = { from: from!, key: key!, value: value!, keyOf, elementOf, comparer };
  return lazy(to!, given, function* () {
    for (const own of group(given, grouped).values()) yield combine(own.key, own);
  });
}

const key = 'Func<T, K> keySelector';
const element = 'Func<T, V> elementSelector';
const comparer = 'IEqualityComparer<K> comparer';

/** Each form comes without and with a comparer. */
function both(head: string, implementation: unknown): Record<string, unknown> {
  return { [`${head})`]: implementation, [`${head}, ${comparer})`]: implementation };
}

export const groupMembers: Readonly<Record<string, unknown>> = {
  ...both(
    `static IEnumerable<IGrouping<K, T>> GroupBy<T, K>(${source}, ${key}`,
    ([t, k]: Type[], given: unknown, keyOf: Map1, own: unknown) =>
      groupBy([t!, k!, t!], given, keyOf, same, own),
  ),
  ...both(
    `static IEnumerable<IGrouping<K, V>> GroupBy<T, K, V>(${source}, ${key}, ${element}`,
    groupBy,
  ),
  ...both(
    `static IEnumerable<R> GroupBy<T, K, R>(${source}, ${key}, Func<K, IEnumerable<T>, R> resultSelector`,
    ([t, k, r]: Type[], given: unknown, keyOf: Map1, combine: Map2, own: unknown) =>
      groupInto([t!, k!, t!, r!], given, keyOf, same, combine, own),
  ),
  ...both(
    `static IEnumerable<R> GroupBy<T, K, V, R>(${source}, ${key}, ${element}, Func<K, IEnumerable<V>, R> resultSelector`,
    groupInto,
  ),
};

export const groupingType = declareType(
  'interface System.Linq.IGrouping<out TKey, out TElement> : IEnumerable<TElement>',
  { 'TKey Key': (grouping: GroupingValue) => grouping.key },
);
