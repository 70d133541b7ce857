// System.Array: finding elements, by value or by a test.
import { required } from '../running/exceptions.ts';
import { charge } from '../running/run.ts';
import { tick } from '../running/sequences.ts';
import { keyFunction } from '../running/text.ts';
import { type ArrayValue, box, initialOf, packed } from '../running/values.ts';
import { known } from '../types/hierarchy.ts';
import type { Type } from '../types/type.ts';
import { checkPart, countBeyond, indexBeyond } from './collections/collection.ts';
import { orderOf } from './collections/comparing.ts';
import { single } from './collections/copying.ts';
import { binarySearch } from './collections/sorting.ts';

type Test = (item: unknown) => boolean;
type Array_ = ArrayValue | null;

function itemsOf(array: Array_): ArrayLike<unknown> {
  return single(required(array, 'array')).items as ArrayLike<unknown>;
}

/** Items and keys by the static type of the search: an `Array` holds objects. */
function keysFor(array: ArrayValue, type: Type): (index: number) => unknown {
  const { items } = array;
  const element = array.type.element!;
  const key = keyFunction(type);
  return type === known.object && element !== known.object
    ? (index) => key(box(items[index], element))
    : (index) => key(items[index]);
}

function indexOf(type: Type, array: Array_, item: unknown, start = 0, count?: number): number {
  const { length } = itemsOf(array);
  if (start < 0 || start > length) throw indexBeyond('startIndex');
  const given = count ?? length - start;
  if (given < 0 || given > length - start) throw countBeyond();
  charge(given);
  const wanted = keyFunction(type)(item);
  const key = keysFor(array!, type);
  for (let index = start; index < start + given; index += 1) {
    if (key(index) === wanted) return index;
  }
  return -1;
}

function lastIndexOf(
  type: Type,
  array: Array_,
  item: unknown,
  start = itemsOf(array).length - 1,
  count = itemsOf(array).length === 0 ? 0 : start + 1,
): number {
  const { length } = itemsOf(array);
  if (length === 0) {
    if (start !== -1 && start !== 0) throw indexBeyond('startIndex');
    if (count !== 0) throw countBeyond();
    return -1;
  }
  if (start < 0 || start >= length) throw indexBeyond('startIndex');
  if (count < 0 || start - count + 1 < 0) throw countBeyond();
  charge(count);
  const wanted = keyFunction(type)(item);
  const key = keysFor(array!, type);
  for (let index = start; index > start - count; index -= 1) {
    if (key(index) === wanted) return index;
  }
  return -1;
}

function findIndex(array: Array_, start: number, count: number, match: Test): number {
  const items = itemsOf(array);
  if (start < 0 || start > items.length) throw indexBeyond('startIndex');
  if (count < 0 || start > items.length - count) throw countBeyond();
  required(match, 'match');
  for (let index = start; index < start + count; index += 1) {
    tick();
    if (match(items[index])) return index;
  }
  return -1;
}

function findLastIndex(array: Array_, start: number, count: number, match: Test): number {
  const items = itemsOf(array);
  required(match, 'match');
  if (items.length === 0 ? start !== -1 : start < 0 || start >= items.length) {
    throw indexBeyond('startIndex');
  }
  if (count < 0 || start - count + 1 < 0) throw countBeyond();
  for (let index = start; index > start - count; index -= 1) {
    tick();
    if (match(items[index])) return index;
  }
  return -1;
}

const first = (array: Array_, match: Test) => findIndex(array, 0, itemsOf(array).length, match);
const last = (array: Array_, match: Test) => {
  const { length } = itemsOf(array);
  return findLastIndex(array, length - 1, length, match);
};

function itemAt(array: Array_, index: number): unknown {
  return index < 0 ? initialOf(array!.type.element!) : array!.items[index];
}

function search(
  type: Type,
  array: Array_,
  start: number,
  count: number,
  item: unknown,
  comparer: unknown = null,
): number {
  const items = itemsOf(array);
  checkPart(items.length, start, count, 'length');
  const element = array!.type.element!;
  const isBoxed = type === known.object && element !== known.object;
  const boxed = isBoxed ? Array.from(items, (own) => box(own, element)) : Array.from(items);
  return binarySearch(boxed, start, count, item, orderOf(comparer, type));
}

/** `IndexOf` and `LastIndexOf` over an Array and over a T[]. */
function positionMembers(): Record<string, unknown> {
  const members: Record<string, unknown> = {};
  for (const [name, find] of [
    ['IndexOf', indexOf],
    ['LastIndexOf', lastIndexOf],
  ] as const) {
    for (const tail of ['', ', int startIndex', ', int startIndex, int count']) {
      members[`static int ${name}(Array array, object value${tail})`] = (
        array: Array_,
        item: unknown,
        ...part: number[]
      ) => find(known.object, array, item, ...part);
      members[`static int ${name}<T>(T[] array, T value${tail})`] = (
        [type]: Type[],
        array: Array_,
        item: unknown,
        ...part: number[]
      ) => find(type!, array, item, ...part);
    }
  }
  return members;
}

/** `BinarySearch` over an Array and over a T[], of all or of a part. */
function binaryMembers(): Record<string, unknown> {
  const whole = (array: Array_) => required(array, 'array').items.length;
  const comparer = 'IComparer<T> comparer';
  return {
    'static int BinarySearch(Array array, object value)': (array: Array_, item: unknown) =>
      search(known.object, array, 0, whole(array), item),
    'static int BinarySearch(Array array, int index, int length, object value)': (
      array: Array_,
      start: number,
      count: number,
      item: unknown,
    ) => search(known.object, array, start, count, item),
    'static int BinarySearch<T>(T[] array, T value)': (
      [type]: Type[],
      array: Array_,
      item: unknown,
    ) => search(type!, array, 0, whole(array), item),
    [`static int BinarySearch<T>(T[] array, T value, ${comparer})`]: (
      [type]: Type[],
      array: Array_,
      item: unknown,
      own: unknown,
    ) => search(type!, array, 0, whole(array), item, own),
    'static int BinarySearch<T>(T[] array, int index, int length, T value)': (
      [type]: Type[],
      array: Array_,
      start: number,
      count: number,
      item: unknown,
    ) => search(type!, array, start, count, item),
    [`static int BinarySearch<T>(T[] array, int index, int length, T value, ${comparer})`]: (
      [type]: Type[],
      array: Array_,
      start: number,
      count: number,
      item: unknown,
      own: unknown,
    ) => search(type!, array, start, count, item, own),
  };
}

const match = 'Predicate<T> match';

export const searchMembers: Readonly<Record<string, unknown>> = {
  ...positionMembers(),
  ...binaryMembers(),
  [`static bool Exists<T>(T[] array, ${match})`]: (_t: Type[], array: Array_, test: Test) =>
    first(array, test) >= 0,
  [`static T Find<T>(T[] array, ${match})`]: (_t: Type[], array: Array_, test: Test) =>
    itemAt(array, first(array, test)),
  [`static T FindLast<T>(T[] array, ${match})`]: (_t: Type[], array: Array_, test: Test) =>
    itemAt(array, last(array, test)),
  [`static T[] FindAll<T>(T[] array, ${match})`]: ([type]: Type[], array: Array_, test: Test) => {
    const items = Array.from(itemsOf(array));
    required(test, 'match');
    return packed(
      type!,
      items.filter((item) => {
        tick();
        return test(item);
      }),
    );
  },
  [`static int FindIndex<T>(T[] array, ${match})`]: (_t: Type[], array: Array_, test: Test) =>
    first(array, test),
  [`static int FindIndex<T>(T[] array, int startIndex, ${match})`]: (
    _t: Type[],
    array: Array_,
    start: number,
    test: Test,
  ) => findIndex(array, start, itemsOf(array).length - start, test),
  [`static int FindIndex<T>(T[] array, int startIndex, int count, ${match})`]: (
    _t: Type[],
    array: Array_,
    start: number,
    count: number,
    test: Test,
  ) => findIndex(array, start, count, test),
  [`static int FindLastIndex<T>(T[] array, ${match})`]: (_t: Type[], array: Array_, test: Test) =>
    last(array, test),
  [`static int FindLastIndex<T>(T[] array, int startIndex, ${match})`]: (
    _t: Type[],
    array: Array_,
    start: number,
    test: Test,
  ) => findLastIndex(array, start, start + 1, test),
  [`static int FindLastIndex<T>(T[] array, int startIndex, int count, ${match})`]: (
    _t: Type[],
    array: Array_,
    start: number,
    count: number,
    test: Test,
  ) => findLastIndex(array, start, count, test),
  [`static bool TrueForAll<T>(T[] array, ${match})`]: (_t: Type[], array: Array_, test: Test) => {
    itemsOf(array);
    required(test, 'match');
    return first(array, (item) => !test(item)) < 0;
  },
  'static void ForEach<T>(T[] array, Action<T> action)': (
    _t: Type[],
    array: Array_,
    action: (item: unknown) => void,
  ) => {
    const items = itemsOf(array);
    required(action, 'action');
    for (let index = 0; index < items.length; index += 1) {
      tick();
      action(items[index]);
    }
  },
};
