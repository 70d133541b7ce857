// The members of List, Dictionary, HashSet, Queue and Stack.
import { fault, outOfRange, required } from '../running/exceptions.ts';
import { charge } from '../running/run.ts';
import { iterate, listOf, tick } from '../running/sequences.ts';
import { initialOf, packed, type Reference } from '../running/values.ts';
import { declareType, named } from '../types/registry.ts';
import type { Type } from '../types/type.ts';
import { keysOf, valuesOf } from './collection-interfaces.ts';
import { DictionaryValue, LineValue, ListValue, SetValue } from './collections.ts';
import { orderOf } from './comparers.ts';
import type { KeyValuePair } from './nullable.ts';
import { stableSort } from './sorting.ts';

type Test = (item: unknown) => boolean;

function range(list: ListValue, index: number, count: number): void {
  if (index < 0) throw outOfRange('index', 'Non-negative number required.');
  if (count < 0) throw outOfRange('count', 'Non-negative number required.');
  if (index + count > list.count) {
    const message =
      'Offset and length were out of bounds for the array or count is greater than the number of elements from index to the end of the source collection.';
    throw fault('ArgumentException', message);
  }
}

function findIndex(list: ListValue, match: Test): number {
  return list.items.findIndex((item) => {
    tick();
    return match(item);
  });
}

function findLast(list: ListValue, match: Test): unknown {
  const index = list.items.findLastIndex(match);
  return index < 0 ? initialOf(list.element) : list.items[index];
}

function filtered(list: ListValue, match: Test): ListValue {
  return new ListValue(
    list.type,
    list.items.filter((item) => {
      tick();
      return match(item);
    }),
  );
}

function sort(list: ListValue, order: (left: unknown, right: unknown) => number): void {
  charge(list.count);
  list.replace(stableSort(list.items, order));
}

function removeAll(list: ListValue, match: Test): number {
  const before = list.count;
  list.replace(list.items.filter((item) => !match(item)));
  return before - list.count;
}

function insertRange(list: ListValue, index: number, source: unknown): void {
  const added = listOf(required(source, 'collection'), list.element);
  for (const [offset, item] of added.entries()) list.insert(index + offset, item);
}

const listMembers = {
  'new()': (type: Type) => new ListValue(type),
  'new(int capacity)': (type: Type, capacity: number) => {
    if (capacity < 0) throw outOfRange('capacity', 'Non-negative number required.');
    return new ListValue(type);
  },
  'new(IEnumerable<T> collection)': (type: Type, source: unknown) =>
    new ListValue(type, listOf(required(source, 'collection'), type.arguments[0]!)),
  'int Count': (list: ListValue) => list.count,
  'int Capacity': (list: ListValue) => list.count,
  'T this[int index]': {
    get: (list: ListValue, index: number) => list.at(index),
    set: (list: ListValue, index: number, item: unknown) => list.put(index, item),
  },
  'void Add(T item)': (list: ListValue, item: unknown) => list.add(item),
  'void AddRange(IEnumerable<T> collection)': (list: ListValue, source: unknown) =>
    insertRange(list, list.count, source),
  'void Insert(int index, T item)': (list: ListValue, index: number, item: unknown) =>
    list.insert(index, item),
  'void InsertRange(int index, IEnumerable<T> collection)': insertRange,
  'bool Remove(T item)': (list: ListValue, item: unknown) => list.remove(item),
  'void RemoveAt(int index)': (list: ListValue, index: number) => list.removeAt(index),
  'void RemoveRange(int index, int count)': (list: ListValue, index: number, count: number) => {
    range(list, index, count);
    list.replace(list.items.toSpliced(index, count));
  },
  'int RemoveAll(Predicate<T> match)': removeAll,
  'void Clear()': (list: ListValue) => list.clear(),
  'bool Contains(T item)': (list: ListValue, item: unknown) => list.contains(item),
  'int IndexOf(T item)': (list: ListValue, item: unknown) => list.indexOf(item),
  'int LastIndexOf(T item)': (list: ListValue, item: unknown) => {
    const reversed = new ListValue(list.type, list.items.toReversed()).indexOf(item);
    return reversed < 0 ? -1 : list.count - 1 - reversed;
  },
  'bool Exists(Predicate<T> match)': (list: ListValue, match: Test) => findIndex(list, match) >= 0,
  'T Find(Predicate<T> match)': (list: ListValue, match: Test) => {
    const index = findIndex(list, match);
    return index < 0 ? initialOf(list.element) : list.items[index];
  },
  'T FindLast(Predicate<T> match)': findLast,
  'List<T> FindAll(Predicate<T> match)': filtered,
  'int FindIndex(Predicate<T> match)': findIndex,
  'int FindLastIndex(Predicate<T> match)': (list: ListValue, match: Test) =>
    list.items.findLastIndex(match),
  'bool TrueForAll(Predicate<T> match)': (list: ListValue, match: Test) => list.items.every(match),
  'void ForEach(Action<T> action)': (list: ListValue, action: (item: unknown) => void) => {
    for (const item of list) {
      tick();
      action(item);
    }
  },
  'List<TOutput> ConvertAll<TOutput>(Converter<T, TOutput> converter)': (
    [type]: Type[],
    list: ListValue,
    convert: (item: unknown) => unknown,
  ) => {
    const items = list.items.map((item) => {
      tick();
      return convert(item);
    });
    return new ListValue(named('List', type!), items);
  },
  'List<T> GetRange(int index, int count)': (list: ListValue, index: number, count: number) => {
    range(list, index, count);
    return new ListValue(list.type, list.items.slice(index, index + count));
  },
  'void Reverse()': (list: ListValue) => list.replace(list.items.toReversed()),
  'void Sort()': (list: ListValue) => sort(list, orderOf(null, list.element)),
  'void Sort(IComparer<T> comparer)': (list: ListValue, comparer: unknown) =>
    sort(list, orderOf(comparer, list.element)),
  'void Sort(Comparison<T> comparison)': sort,
  'T[] ToArray()': (list: ListValue) => packed(list.element, list.items),
  'void TrimExcess()': () => undefined,
};

function fill(type: Type, source: unknown, comparer: unknown): DictionaryValue {
  const map = new DictionaryValue(type, comparer);
  for (const pair of iterate(required(source, 'dictionary'), map.pairType)) {
    const { key, value } = pair as KeyValuePair;
    map.insert(key, value);
  }
  return map;
}

const dictionaryMembers = {
  'new()': (type: Type) => new DictionaryValue(type),
  'new(int capacity)': (type: Type) => new DictionaryValue(type),
  'new(IEqualityComparer<TKey> comparer)': (type: Type, comparer: unknown) =>
    new DictionaryValue(type, comparer),
  'new(IDictionary<TKey, TValue> dictionary)': (type: Type, source: unknown) =>
    fill(type, source, null),
  'new(IDictionary<TKey, TValue> dictionary, IEqualityComparer<TKey> comparer)': fill,
  'int Count': (map: DictionaryValue) => map.count,
  'TValue this[TKey key]': {
    get: (map: DictionaryValue, key: unknown) => map.at(key),
    set: (map: DictionaryValue, key: unknown, value: unknown) => map.put(key, value),
  },
  'void Add(TKey key, TValue value)': (map: DictionaryValue, key: unknown, value: unknown) =>
    map.insert(key, value),
  'bool TryAdd(TKey key, TValue value)': (map: DictionaryValue, key: unknown, value: unknown) => {
    if (map.has(key)) return false;
    map.put(key, value);
    return true;
  },
  'bool Remove(TKey key)': (map: DictionaryValue, key: unknown) => map.delete(key),
  'bool ContainsKey(TKey key)': (map: DictionaryValue, key: unknown) => map.has(key),
  'bool ContainsValue(TValue value)': (map: DictionaryValue, value: unknown) => {
    const list = new ListValue(named('List', map.type.arguments[1]!), map.values());
    return list.contains(value);
  },
  'bool TryGetValue(TKey key, out TValue value)': (
    map: DictionaryValue,
    key: unknown,
    result: Reference,
  ) => map.tryGet(key, result),
  'void Clear()': (map: DictionaryValue) => map.clear(),
  'ICollection<TKey> Keys': keysOf,
  'ICollection<TValue> Values': valuesOf,
};

function hasAll(keys: ReadonlySet<unknown>, wanted: Iterable<unknown>): boolean {
  for (const key of wanted) if (!keys.has(key)) return false;
  return true;
}

function ownHas(set: SetValue, key: unknown): boolean {
  return new Set(set.ownKeys()).has(key);
}

const setMembers = {
  'new()': (type: Type) => new SetValue(type),
  'new(IEqualityComparer<T> comparer)': (type: Type, comparer: unknown) =>
    new SetValue(type, null, comparer),
  'new(IEnumerable<T> collection)': (type: Type, source: unknown) =>
    new SetValue(type, required(source, 'collection')),
  'new(IEnumerable<T> collection, IEqualityComparer<T> comparer)': (
    type: Type,
    source: unknown,
    comparer: unknown,
  ) => new SetValue(type, required(source, 'collection'), comparer),
  'int Count': (set: SetValue) => set.count,
  'bool Add(T item)': (set: SetValue, item: unknown) => set.insert(item),
  'bool Remove(T item)': (set: SetValue, item: unknown) => set.remove(item),
  'bool Contains(T item)': (set: SetValue, item: unknown) => set.contains(item),
  'void Clear()': (set: SetValue) => set.clear(),
  'int RemoveWhere(Predicate<T> match)': (set: SetValue, match: Test) =>
    set.keep((_key, item) => !match(item)),
  'void UnionWith(IEnumerable<T> other)': (set: SetValue, other: unknown) => {
    for (const item of listOf(required(other, 'other'), set.element)) set.insert(item);
  },
  'void IntersectWith(IEnumerable<T> other)': (set: SetValue, other: unknown) => {
    const keys = set.keysOf(other);
    set.keep((key) => keys.has(key));
  },
  'void ExceptWith(IEnumerable<T> other)': (set: SetValue, other: unknown) => {
    const keys = set.keysOf(other);
    set.keep((key) => !keys.has(key));
  },
  'void SymmetricExceptWith(IEnumerable<T> other)': (set: SetValue, other: unknown) => {
    for (const item of new SetValue(set.type, other, set.comparer)) {
      if (!set.remove(item)) set.insert(item);
    }
  },
  'bool IsSubsetOf(IEnumerable<T> other)': (set: SetValue, other: unknown) =>
    hasAll(set.keysOf(other), set.ownKeys()),
  'bool IsSupersetOf(IEnumerable<T> other)': (set: SetValue, other: unknown) =>
    hasAll(new Set(set.ownKeys()), set.keysOf(other)),
  'bool IsProperSubsetOf(IEnumerable<T> other)': (set: SetValue, other: unknown) => {
    const keys = set.keysOf(other);
    return keys.size > set.count && hasAll(keys, set.ownKeys());
  },
  'bool IsProperSupersetOf(IEnumerable<T> other)': (set: SetValue, other: unknown) => {
    const keys = set.keysOf(other);
    return keys.size < set.count && hasAll(new Set(set.ownKeys()), keys);
  },
  'bool Overlaps(IEnumerable<T> other)': (set: SetValue, other: unknown) =>
    [...set.keysOf(other)].some((key) => ownHas(set, key)),
  'bool SetEquals(IEnumerable<T> other)': (set: SetValue, other: unknown) => {
    const keys = set.keysOf(other);
    return keys.size === set.count && hasAll(keys, set.ownKeys());
  },
};

function lineMembers(isStack: boolean): Record<string, unknown> {
  return {
    'new()': (type: Type) => new LineValue(type, isStack),
    'new(int capacity)': (type: Type) => new LineValue(type, isStack),
    'new(IEnumerable<T> collection)': (type: Type, source: unknown) =>
      new LineValue(type, isStack, required(source, 'collection')),
    'int Count': (line: LineValue) => line.count,
    [`void ${isStack ? 'Push' : 'Enqueue'}(T item)`]: (line: LineValue, item: unknown) =>
      line.push(item),
    [`T ${isStack ? 'Pop' : 'Dequeue'}()`]: (line: LineValue) => line.take(),
    'T Peek()': (line: LineValue) => line.peek(),
    'bool Contains(T item)': (line: LineValue, item: unknown) => line.contains(item),
    'void Clear()': (line: LineValue) => line.clear(),
    'T[] ToArray()': (line: LineValue) => packed(line.type.arguments[0]!, line.listed()),
  };
}

const space = 'System.Collections.Generic';
const readable = 'IReadOnlyCollection<T>';

export const collectionTypes = [
  declareType(`class ${space}.List<T> : IList<T>, IReadOnlyList<T>`, listMembers),
  declareType(
    `class ${space}.Dictionary<TKey, TValue> : IDictionary<TKey, TValue>, IReadOnlyDictionary<TKey, TValue>`,
    dictionaryMembers,
  ),
  declareType(`class ${space}.HashSet<T> : ISet<T>, ${readable}`, setMembers),
  declareType(`class ${space}.Queue<T> : ${readable}`, lineMembers(false)),
  declareType(`class ${space}.Stack<T> : ${readable}`, lineMembers(true)),
];
