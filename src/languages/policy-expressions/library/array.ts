// System.Array: the members every array has, and the static methods on arrays.
import { fault, indexOutside, outOfRange, required } from '../running/exceptions.ts';
import { charge } from '../running/run.ts';
import { tick } from '../running/sequences.ts';
import { compareFunction, keyFunction } from '../running/text.ts';
import { ArrayValue, box, initialOf, newArray, packed, type Reference } from '../running/values.ts';
import { declareType, named } from '../types/registry.ts';
import type { Type } from '../types/type.ts';
import { ListValue } from './collections.ts';
import { orderOf } from './comparers.ts';
import { stableSort } from './sorting.ts';

type Test = (item: unknown) => boolean;

function itemsOf(array: ArrayValue | null): unknown[] {
  return required(array, 'array').items as unknown[];
}

function positionOf(array: ArrayValue | null, item: unknown, start = 0): number {
  const items = itemsOf(array);
  const key = keyFunction(array!.type.element!);
  const wanted = key(item);
  charge(items.length);
  for (let index = start; index < items.length; index += 1) {
    if (key(items[index]) === wanted) return index;
  }
  return -1;
}

export function arrayContains(array: ArrayValue, item: unknown): boolean {
  return positionOf(array, item) >= 0;
}

function write(array: ArrayValue, items: readonly unknown[]): void {
  for (const [index, item] of items.entries()) array.items[index] = item as never;
}

function copy(
  source: ArrayValue | null,
  start: number,
  target: ArrayValue | null,
  targetStart: number,
  length: number,
): void {
  const from = required(source, 'sourceArray').items as unknown[];
  const to = required(target, 'destinationArray').items as unknown[];
  if (length < 0) throw outOfRange('length', 'Non-negative number required.');
  if (start < 0 || targetStart < 0)
    throw outOfRange('sourceIndex', 'Non-negative number required.');
  if (start + length > from.length) {
    const message =
      "Source array was not long enough. Check the source index, length, and the array's lower bounds.";
    throw fault('ArgumentException', message, 'sourceArray');
  }
  if (targetStart + length > to.length) {
    const message =
      "Destination array was not long enough. Check the destination index, length, and the array's lower bounds.";
    throw fault('ArgumentException', message, 'destinationArray');
  }
  charge(length);
  const part = Array.from(from.slice(start, start + length));
  for (const [index, item] of part.entries()) to[targetStart + index] = item;
}

function find(match: Test, items: unknown[], last: boolean): number {
  const test = (item: unknown) => {
    tick();
    return match(item);
  };
  return last ? items.findLastIndex(test) : items.findIndex(test);
}

function found(array: ArrayValue | null, match: Test, last: boolean): unknown {
  const items = itemsOf(array);
  const index = find(required(match, 'match'), Array.from(items), last);
  return index < 0 ? initialOf(array!.type.element!) : items[index];
}

function clear(array: ArrayValue | null, start: number, length: number): void {
  const items = itemsOf(array);
  if (start < 0 || length < 0 || start + length > items.length) throw indexOutside();
  items.fill(initialOf(array!.type.element!), start, start + length);
}

export const arrayType = declareType('abstract class System.Array : IEnumerable, ICloneable', {
  'int Length': (array: ArrayValue) => array.items.length,
  'long LongLength': (array: ArrayValue) => BigInt(array.items.length),
  'int Rank': (array: ArrayValue) => array.lengths.length,
  'int GetLength(int dimension)': (array: ArrayValue, dimension: number) => {
    if (dimension < 0 || dimension >= array.lengths.length) throw indexOutside();
    return array.lengths[dimension];
  },
  'int GetUpperBound(int dimension)': (array: ArrayValue, dimension: number) =>
    (array.lengths[dimension] ?? 0) - 1,
  'int GetLowerBound(int dimension)': () => 0,
  'object GetValue(int index)': (array: ArrayValue, index: number) => {
    if (index < 0 || index >= array.items.length) throw indexOutside();
    return box(array.items[index], array.type.element!);
  },
  'object Clone()': (array: ArrayValue) =>
    new ArrayValue(array.type, array.items.slice() as never, array.lengths),
  'void CopyTo(Array array, int index)': (
    array: ArrayValue,
    target: ArrayValue | null,
    index: number,
  ) => copy(array, 0, required(target, 'array'), index, array.items.length),
  'static void Copy(Array sourceArray, Array destinationArray, int length)': (
    source: ArrayValue | null,
    target: ArrayValue | null,
    length: number,
  ) => copy(source, 0, target, 0, length),
  'static void Copy(Array sourceArray, int sourceIndex, Array destinationArray, int destinationIndex, int length)':
    copy,
  'static void Clear(Array array, int index, int length)': clear,
  'static void Reverse(Array array)': (array: ArrayValue | null) => {
    itemsOf(array).reverse();
  },
  'static void Reverse(Array array, int index, int length)': (
    array: ArrayValue | null,
    start: number,
    length: number,
  ) => {
    const part = Array.from(itemsOf(array).slice(start, start + length)).reverse();
    for (const [index, item] of part.entries()) array!.items[start + index] = item as never;
  },
  'static void Sort(Array array)': (array: ArrayValue | null) =>
    write(array!, stableSort(Array.from(itemsOf(array)), compareFunction(array!.type.element!))),
  'static void Sort<T>(T[] array)': ([type]: Type[], array: ArrayValue | null) =>
    write(array!, stableSort(Array.from(itemsOf(array)), compareFunction(type!))),
  'static void Sort<T>(T[] array, IComparer<T> comparer)': (
    [type]: Type[],
    array: ArrayValue | null,
    comparer: unknown,
  ) => write(array!, stableSort(Array.from(itemsOf(array)), orderOf(comparer, type!))),
  'static void Sort<T>(T[] array, Comparison<T> comparison)': (
    _types: Type[],
    array: ArrayValue | null,
    comparison: (left: unknown, right: unknown) => number,
  ) => write(array!, stableSort(Array.from(itemsOf(array)), comparison)),
  'static int IndexOf<T>(T[] array, T value)': (
    _types: Type[],
    array: ArrayValue | null,
    item: unknown,
  ) => positionOf(array, item),
  'static int IndexOf<T>(T[] array, T value, int startIndex)': (
    _types: Type[],
    array: ArrayValue | null,
    item: unknown,
    start: number,
  ) => positionOf(array, item, start),
  'static int LastIndexOf<T>(T[] array, T value)': (
    _types: Type[],
    array: ArrayValue | null,
    item: unknown,
  ) => {
    const key = keyFunction(array!.type.element!);
    return Array.from(itemsOf(array)).map(key).lastIndexOf(key(item));
  },
  'static bool Exists<T>(T[] array, Predicate<T> match)': (
    _types: Type[],
    array: ArrayValue | null,
    match: Test,
  ) => find(required(match, 'match'), Array.from(itemsOf(array)), false) >= 0,
  'static T Find<T>(T[] array, Predicate<T> match)': (
    _types: Type[],
    array: ArrayValue | null,
    match: Test,
  ) => found(array, match, false),
  'static T FindLast<T>(T[] array, Predicate<T> match)': (
    _types: Type[],
    array: ArrayValue | null,
    match: Test,
  ) => found(array, match, true),
  'static T[] FindAll<T>(T[] array, Predicate<T> match)': (
    [type]: Type[],
    array: ArrayValue | null,
    match: Test,
  ) => packed(type!, Array.from(itemsOf(array)).filter(match)),
  'static int FindIndex<T>(T[] array, Predicate<T> match)': (
    _types: Type[],
    array: ArrayValue | null,
    match: Test,
  ) => find(match, Array.from(itemsOf(array)), false),
  'static int FindLastIndex<T>(T[] array, Predicate<T> match)': (
    _types: Type[],
    array: ArrayValue | null,
    match: Test,
  ) => find(match, Array.from(itemsOf(array)), true),
  'static bool TrueForAll<T>(T[] array, Predicate<T> match)': (
    _types: Type[],
    array: ArrayValue | null,
    match: Test,
  ) => Array.from(itemsOf(array)).every(match),
  'static void ForEach<T>(T[] array, Action<T> action)': (
    _types: Type[],
    array: ArrayValue | null,
    action: (item: unknown) => void,
  ) => {
    for (const item of itemsOf(array)) {
      tick();
      action(item);
    }
  },
  'static TOutput[] ConvertAll<TInput, TOutput>(TInput[] array, Converter<TInput, TOutput> converter)':
    (types: Type[], array: ArrayValue | null, convert: (item: unknown) => unknown) =>
      packed(
        types[1]!,
        Array.from(itemsOf(array)).map((item) => convert(item)),
      ),
  'static T[] Empty<T>()': ([type]: Type[]) => newArray(type!, 0),
  'static void Resize<T>(ref T[] array, int newSize)': (
    [type]: Type[],
    reference: Reference,
    size: number,
  ) => {
    if (size < 0) throw outOfRange('newSize', 'Non-negative number required.');
    const old = (reference.value as ArrayValue | null)?.items ?? [];
    const resized = newArray(type!, size);
    for (let index = 0; index < Math.min(size, old.length); index += 1) {
      resized.items[index] = old[index] as never;
    }
    reference.value = resized;
  },
  'static IList<T> AsReadOnly<T>(T[] array)': ([type]: Type[], array: ArrayValue | null) =>
    new ListValue(named('List', type!), Array.from(itemsOf(array))),
});
