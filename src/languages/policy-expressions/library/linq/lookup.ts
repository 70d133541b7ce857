// System.Linq: ToLookup and ILookup<TKey, TElement>.
import { Instance } from '../../running/values.ts';
import { declareType, named } from '../../types/registry.ts';
import type { Type } from '../../types/type.ts';
import { equalityKeys } from '../collections/comparing.ts';
import { IndexedSequence, type Map1, source } from './deferred.ts';
import { checkGrouped, type Grouped, type GroupingValue, group, same } from './grouping.ts';

class LookupValue extends Instance {
  private readonly groups: ReadonlyMap<unknown, GroupingValue>;
  private readonly identify: (key: unknown) => unknown;

  constructor(given: unknown, grouped: Grouped) {
    super(named('System.Linq.ILookup', grouped.key, grouped.value));
    this.groups = group(given, grouped);
    this.identify = equalityKeys(grouped.comparer, grouped.key);
  }

  get count(): number {
    return this.groups.size;
  }

  has(key: unknown): boolean {
    return this.groups.has(this.identify(key));
  }

  /** The elements of a key; none where it is absent. */
  at(key: unknown): unknown {
    const found = this.groups.get(this.identify(key));
    const nothing = { length: 0, at: () => undefined };
    return found ?? new IndexedSequence(this.type.arguments[1]!, nothing);
  }

  [Symbol.iterator](): Iterator<unknown> {
    return this.groups.values();
  }
}

function toLookup(
  [from, key, value]: Type[],
  given: unknown,
  keyOf: Map1,
  elementOf: Map1,
  comparer: unknown = null,
): LookupValue {
  checkGrouped(given, keyOf, elementOf);
  const grouped = { from: from!, key: key!, value: value!, keyOf, elementOf, comparer };
  return new LookupValue(given, grouped);
}

const plain = ([t, k]: Type[], given: unknown, keyOf: Map1, comparer: unknown) =>
  toLookup([t!, k!, t!], given, keyOf, same, comparer);

const key = 'Func<T, K> keySelector';
const element = 'Func<T, V> elementSelector';
const comparer = 'IEqualityComparer<K> comparer';

export const lookupMembers: Readonly<Record<string, unknown>> = {
  [`static ILookup<K, T> ToLookup<T, K>(${source}, ${key})`]: plain,
  [`static ILookup<K, T> ToLookup<T, K>(${source}, ${key}, ${comparer})`]: plain,
  [`static ILookup<K, V> ToLookup<T, K, V>(${source}, ${key}, ${element})`]: toLookup,
  [`static ILookup<K, V> ToLookup<T, K, V>(${source}, ${key}, ${element}, ${comparer})`]: toLookup,
};

export const lookupType = declareType(
  'interface System.Linq.ILookup<TKey, TElement> : IEnumerable<IGrouping<TKey, TElement>>',
  {
    'int Count': (value: LookupValue) => value.count,
    'IEnumerable<TElement> this[TKey key]': (value: LookupValue, own: unknown) => value.at(own),
    'bool Contains(TKey key)': (value: LookupValue, own: unknown) => value.has(own),
  },
);
