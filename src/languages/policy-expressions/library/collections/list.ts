// System.Collections.Generic.List<T>.
import { outOfRange, required } from '../../running/exceptions.ts';
import { charge } from '../../running/run.ts';
import { iterate, tick } from '../../running/sequences.ts';
import { type ArrayValue, initialOf, packed } from '../../running/values.ts';
import { declareType, named } from '../../types/registry.ts';
import type { Type } from '../../types/type.ts';
import { checkPart, countBeyond, countOf, indexBeyond, negative } from './collection.ts';
import { orderOf } from './comparing.ts';
import { copyInto } from './copying.ts';
import { ListValue } from './list-value.ts';
import { ReadOnlyCollectionValue } from './read-only-collection.ts';
import { binarySearch, type Order } from './sorting.ts';

type Test = (item: unknown) => boolean;

/** The index of the first item in a part that passes; -1 where none does. */
function findIndex(list: ListValue, start: number, count: number, match: Test): number {
  if (start < 0 || start > list.count) throw indexBeyond('startIndex');
  if (count < 0 || start > list.count - count) throw countBeyond();
  required(match, 'match');
  for (let index = start; index < start + count; index += 1) {
    tick();
    if (match(list.items[index])) return index;
  }
  return -1;
}

function findLastIndex(list: ListValue, start: number, count: number, match: Test): number {
  required(match, 'match');
  if (list.count === 0 ? start !== -1 : start < 0 || start >= list.count) {
    throw indexBeyond('startIndex');
  }
  if (count < 0 || start - count + 1 < 0) throw countBeyond();
  for (let index = start; index > start - count; index -= 1) {
    tick();
    if (match(list.items[index])) return index;
  }
  return -1;
}

const first = (list: ListValue, match: Test) => findIndex(list, 0, list.count, match);
const last = (list: ListValue, match: Test) =>
  findLastIndex(list, list.count - 1, list.count, match);
const itemAt = (list: ListValue, index: number) =>
  index < 0 ? initialOf(list.element) : list.items[index];

function filtered(list: ListValue, match: Test): ListValue {
  required(match, 'match');
  const result = new ListValue(list.type);
  for (const item of list.items) {
    tick();
    if (match(item)) result.add(item);
  }
  return result;
}

function removeAll(list: ListValue, match: Test): number {
  required(match, 'match');
  const kept = list.items.filter((item) => {
    tick();
    return !match(item);
  });
  const removed = list.count - kept.length;
  if (removed > 0) list.replace(kept);
  return removed;
}

function reverse(list: ListValue, index = 0, count = list.count): void {
  checkPart(list.count, index, count);
  charge(count);
  const part = list.items.slice(index, index + count).reverse();
  list.replace([...list.items.slice(0, index), ...part, ...list.items.slice(index + count)]);
}

function lastIndexOf(list: ListValue, item: unknown, start: number, count: number): number {
  if (list.count > 0 && start < 0) throw negative('index');
  if (list.count > 0 && count < 0) throw negative('count');
  if (list.count === 0) return -1;
  if (start >= list.count) throw outOfRange('index', 'Larger than collection size.');
  if (count > start + 1) throw outOfRange('count', 'Larger than collection size.');
  return list.lastIndexOf(item, start, count);
}

function copyPart(
  list: ListValue,
  index: number,
  array: ArrayValue | null,
  arrayIndex: number,
  count: number,
): void {
  if (list.count - index < count) checkPart(list.count, 0, list.count + 1);
  copyInto(list.items, index, array, arrayIndex, count);
}

function search(
  list: ListValue,
  index: number,
  count: number,
  item: unknown,
  comparer: unknown,
): number {
  checkPart(list.count, index, count);
  return binarySearch(list.items, index, count, item, orderOf(comparer, list.element));
}

const making = {
  'new()': (type: Type) => new ListValue(type),
  'new(int capacity)': (type: Type, capacity: number) => {
    if (capacity < 0) throw negative('capacity');
    return new ListValue(type, [], capacity);
  },
  'new(IEnumerable<T> collection)': (type: Type, source: unknown) => {
    const list = new ListValue(type);
    const count = countOf(required(source, 'collection'));
    if (count !== undefined) list.capacity = count;
    for (const item of iterate(source, list.element)) {
      tick();
      list.add(item);
    }
    return list;
  },
};

const searching = {
  'bool Contains(T item)': (list: ListValue, item: unknown) => list.contains(item),
  'int IndexOf(T item)': (list: ListValue, item: unknown) => list.indexOf(item),
  'int IndexOf(T item, int index)': (list: ListValue, item: unknown, index: number) => {
    if (index > list.count) throw indexBeyond();
    if (index < 0) throw indexBeyond('startIndex');
    return list.indexOf(item, index);
  },
  'int IndexOf(T item, int index, int count)': (
    list: ListValue,
    item: unknown,
    index: number,
    count: number,
  ) => {
    if (index > list.count) throw indexBeyond();
    if (count < 0 || index > list.count - count) throw countBeyond();
    if (index < 0) throw indexBeyond('startIndex');
    return list.indexOf(item, index, count);
  },
  'int LastIndexOf(T item)': (list: ListValue, item: unknown) =>
    lastIndexOf(list, item, list.count - 1, list.count),
  'int LastIndexOf(T item, int index)': (list: ListValue, item: unknown, index: number) => {
    if (index >= list.count) throw indexBeyond();
    return lastIndexOf(list, item, index, index + 1);
  },
  'int LastIndexOf(T item, int index, int count)': lastIndexOf,
  'bool Exists(Predicate<T> match)': (list: ListValue, match: Test) => first(list, match) >= 0,
  'T Find(Predicate<T> match)': (list: ListValue, match: Test) => itemAt(list, first(list, match)),
  'T FindLast(Predicate<T> match)': (list: ListValue, match: Test) =>
    itemAt(list, last(list, match)),
  'List<T> FindAll(Predicate<T> match)': filtered,
  'int FindIndex(Predicate<T> match)': first,
  'int FindIndex(int startIndex, Predicate<T> match)': (
    list: ListValue,
    start: number,
    match: Test,
  ) => findIndex(list, start, list.count - start, match),
  'int FindIndex(int startIndex, int count, Predicate<T> match)': findIndex,
  'int FindLastIndex(Predicate<T> match)': last,
  'int FindLastIndex(int startIndex, Predicate<T> match)': (
    list: ListValue,
    start: number,
    match: Test,
  ) => findLastIndex(list, start, start + 1, match),
  'int FindLastIndex(int startIndex, int count, Predicate<T> match)': findLastIndex,
  'bool TrueForAll(Predicate<T> match)': (list: ListValue, match: Test) => {
    required(match, 'match');
    return first(list, (item) => !match(item)) < 0;
  },
  'int BinarySearch(T item)': (list: ListValue, item: unknown) =>
    search(list, 0, list.count, item, null),
  'int BinarySearch(T item, IComparer<T> comparer)': (
    list: ListValue,
    item: unknown,
    comparer: unknown,
  ) => search(list, 0, list.count, item, comparer),
  'int BinarySearch(int index, int count, T item, IComparer<T> comparer)': search,
};

const changing = {
  'void Add(T item)': (list: ListValue, item: unknown) => list.add(item),
  'void AddRange(IEnumerable<T> collection)': (list: ListValue, source: unknown) =>
    list.insertRange(list.count, source),
  'void Insert(int index, T item)': (list: ListValue, index: number, item: unknown) =>
    list.insert(index, item),
  'void InsertRange(int index, IEnumerable<T> collection)': (
    list: ListValue,
    index: number,
    source: unknown,
  ) => list.insertRange(index, source),
  'bool Remove(T item)': (list: ListValue, item: unknown) => list.remove(item),
  'void RemoveAt(int index)': (list: ListValue, index: number) => list.removeAt(index),
  'void RemoveRange(int index, int count)': (list: ListValue, index: number, count: number) => {
    checkPart(list.count, index, count);
    if (count > 0) list.replace(list.items.toSpliced(index, count));
  },
  'int RemoveAll(Predicate<T> match)': removeAll,
  'void Clear()': (list: ListValue) => list.clear(),
  'void Reverse()': (list: ListValue) => reverse(list),
  'void Reverse(int index, int count)': reverse,
  'void Sort()': (list: ListValue) => list.sort(orderOf(null, list.element)),
  'void Sort(IComparer<T> comparer)': (list: ListValue, comparer: unknown) =>
    list.sort(orderOf(comparer, list.element)),
  'void Sort(int index, int count, IComparer<T> comparer)': (
    list: ListValue,
    index: number,
    count: number,
    comparer: unknown,
  ) => {
    checkPart(list.count, index, count);
    list.sort(orderOf(comparer, list.element), index, count);
  },
  'void Sort(Comparison<T> comparison)': (list: ListValue, comparison: Order) =>
    list.sort(required(comparison, 'comparison')),
  'void TrimExcess()': (list: ListValue) => {
    if (list.count < Math.floor(list.capacity * 0.9)) list.capacity = list.count;
  },
};

export const listType = declareType(
  'class System.Collections.Generic.List<T> : IList<T>, IReadOnlyList<T>',
  {
    ...making,
    'int Count': (list: ListValue) => list.count,
    'int Capacity': {
      get: (list: ListValue) => list.capacity,
      set: (list: ListValue, capacity: number) => {
        list.capacity = capacity;
      },
    },
    'T this[int index]': {
      get: (list: ListValue, index: number) => list.at(index),
      set: (list: ListValue, index: number, item: unknown) => list.put(index, item),
    },
    ...searching,
    ...changing,
    'void ForEach(Action<T> action)': (list: ListValue, action: (item: unknown) => void) =>
      list.forEach(required(action, 'action')),
    'List<TOutput> ConvertAll<TOutput>(Converter<T, TOutput> converter)': (
      [type]: Type[],
      list: ListValue,
      convert: (item: unknown) => unknown,
    ) => {
      required(convert, 'converter');
      const items = list.items.map((item) => {
        tick();
        return convert(item);
      });
      return new ListValue(named('List', type!), items);
    },
    'List<T> GetRange(int index, int count)': (list: ListValue, index: number, count: number) => {
      checkPart(list.count, index, count);
      return new ListValue(list.type, list.items.slice(index, index + count));
    },
    'ReadOnlyCollection<T> AsReadOnly()': (list: ListValue) =>
      new ReadOnlyCollectionValue(list.element, list),
    'T[] ToArray()': (list: ListValue) => packed(list.element, list.items),
    'void CopyTo(T[] array)': (list: ListValue, array: ArrayValue | null) =>
      copyInto(list.items, 0, array, 0, list.count),
    'void CopyTo(T[] array, int arrayIndex)': (
      list: ListValue,
      array: ArrayValue | null,
      start: number,
    ) => copyInto(list.items, 0, array, start, list.count),
    'void CopyTo(int index, T[] array, int arrayIndex, int count)': copyPart,
  },
);
