// System.Array: sorting and reversing, of all or of a part, and sorting values along with keys.
import { fault, required } from '../running/exceptions.ts';
import { charge } from '../running/run.ts';
import type { ArrayValue } from '../running/values.ts';
import type { Type } from '../types/type.ts';
import { checkPart } from './collections/collection.ts';
import { orderOf } from './collections/comparing.ts';
import { single } from './collections/copying.ts';
import { introspectiveSort, type Order } from './collections/sorting.ts';

type Array_ = ArrayValue | null;

function itemsOf(array: Array_, parameter = 'array'): unknown[] {
  return single(required(array, parameter)).items as unknown[];
}

function write(array: ArrayValue, items: readonly unknown[]): void {
  for (const [index, item] of items.entries()) array.items[index] = item as never;
}

function sort(array: Array_, order: Order, start = 0, length = itemsOf(array).length): void {
  const items = Array.from(itemsOf(array));
  checkPart(items.length, start, length, 'length');
  introspectiveSort(items, order, start, length);
  write(array!, items);
}

/** Sorts keys and moves items along. */
function sortPairs(
  keys: Array_,
  items: Array_,
  order: Order,
  start = 0,
  length = itemsOf(keys, 'keys').length,
): void {
  if (items === null) {
    sort(keys, order, start, length);
    return;
  }
  checkPart(itemsOf(keys, 'keys').length, start, length, 'length');
  if (items.items.length - start < length) {
    const message =
      'Offset and length were out of bounds for the array or count is greater than the number of elements from index to the end of the source collection.';
    throw fault('ArgumentException', message);
  }
  const pairs = Array.from(keys!.items, (key, index) => ({ key, item: items.items[index] }));
  type Pair = (typeof pairs)[number];
  const byKey: Order = (left, right) => order((left as Pair).key, (right as Pair).key);
  introspectiveSort(pairs, byKey, start, length);
  for (let index = start; index < start + length; index += 1) {
    keys!.items[index] = pairs[index]!.key as never;
    items.items[index] = pairs[index]!.item as never;
  }
}

function reverse(array: Array_, start = 0, length = itemsOf(array).length): void {
  const items = itemsOf(array);
  checkPart(items.length, start, length, 'length');
  charge(length);
  const part = Array.from(items.slice(start, start + length)).reverse();
  for (const [index, item] of part.entries()) array!.items[start + index] = item as never;
}

const elementOf = (array: Array_, parameter = 'array') => required(array, parameter).type.element!;
const part = 'int index, int length';
const comparer = 'IComparer<T> comparer';

export const sortMembers: Readonly<Record<string, unknown>> = {
  'static void Sort(Array array)': (array: Array_) => sort(array, orderOf(null, elementOf(array))),
  [`static void Sort(Array array, ${part})`]: (array: Array_, start: number, length: number) =>
    sort(array, orderOf(null, elementOf(array)), start, length),
  'static void Sort(Array keys, Array items)': (keys: Array_, items: Array_) =>
    sortPairs(keys, items, orderOf(null, elementOf(keys, 'keys'))),
  [`static void Sort(Array keys, Array items, ${part})`]: (
    keys: Array_,
    items: Array_,
    start: number,
    length: number,
  ) => sortPairs(keys, items, orderOf(null, elementOf(keys, 'keys')), start, length),
  'static void Sort<T>(T[] array)': ([type]: Type[], array: Array_) =>
    sort(array, orderOf(null, type!)),
  [`static void Sort<T>(T[] array, ${part})`]: (
    [type]: Type[],
    array: Array_,
    start: number,
    length: number,
  ) => sort(array, orderOf(null, type!), start, length),
  [`static void Sort<T>(T[] array, ${comparer})`]: ([type]: Type[], array: Array_, own: unknown) =>
    sort(array, orderOf(own, type!)),
  [`static void Sort<T>(T[] array, ${part}, ${comparer})`]: (
    [type]: Type[],
    array: Array_,
    start: number,
    length: number,
    own: unknown,
  ) => sort(array, orderOf(own, type!), start, length),
  'static void Sort<T>(T[] array, Comparison<T> comparison)': (
    _types: Type[],
    array: Array_,
    comparison: Order,
  ) => {
    itemsOf(array);
    sort(array, required(comparison, 'comparison'));
  },
  'static void Sort<TKey, TValue>(TKey[] keys, TValue[] items)': (
    [type]: Type[],
    keys: Array_,
    items: Array_,
  ) => sortPairs(keys, items, orderOf(null, type!)),
  [`static void Sort<TKey, TValue>(TKey[] keys, TValue[] items, ${part})`]: (
    [type]: Type[],
    keys: Array_,
    items: Array_,
    start: number,
    length: number,
  ) => sortPairs(keys, items, orderOf(null, type!), start, length),
  'static void Sort<TKey, TValue>(TKey[] keys, TValue[] items, IComparer<TKey> comparer)': (
    [type]: Type[],
    keys: Array_,
    items: Array_,
    own: unknown,
  ) => sortPairs(keys, items, orderOf(own, type!)),
  [`static void Sort<TKey, TValue>(TKey[] keys, TValue[] items, ${part}, IComparer<TKey> comparer)`]:
    ([type]: Type[], keys: Array_, items: Array_, start: number, length: number, own: unknown) =>
      sortPairs(keys, items, orderOf(own, type!), start, length),
  'static void Reverse(Array array)': (array: Array_) => reverse(array),
  [`static void Reverse(Array array, ${part})`]: reverse,
  'static void Reverse<T>(T[] array)': (_types: Type[], array: Array_) => reverse(array),
  [`static void Reverse<T>(T[] array, ${part})`]: (
    _types: Type[],
    array: Array_,
    start: number,
    length: number,
  ) => reverse(array, start, length),
};
