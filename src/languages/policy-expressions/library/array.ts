// System.Array: the members every array has, and the static methods on arrays.
import { fault, indexOutside, outOfRange, required } from '../running/exceptions.ts';
import { charge } from '../running/run.ts';
import { tick } from '../running/sequences.ts';
import {
  ArrayValue,
  Boxed,
  bare,
  box,
  initialOf,
  isInstance,
  newArray,
  packed,
  type Reference,
  typeOf,
} from '../running/values.ts';
import { implicitConversion, standardImplicit } from '../types/conversions.ts';
import { declareType } from '../types/registry.ts';
import { arrayOf, type Type } from '../types/type.ts';
import { searchMembers } from './array-searching.ts';
import { sortMembers } from './array-sorting.ts';
import { countBeyond, indexBeyond, negative } from './collections/collection.ts';
import { copyInto } from './collections/copying.ts';
import { enumeratorOf } from './collections/enumerator.ts';
import { ReadOnlyCollectionValue } from './collections/read-only-collection.ts';

function itemsOf(array: ArrayValue | null): unknown[] {
  return required(array, 'array').items as unknown[];
}

function copy(
  source: ArrayValue | null,
  start: number,
  target: ArrayValue | null,
  targetStart: number,
  length: number,
): void {
  required(source, 'sourceArray');
  required(target, 'destinationArray');
  if (source!.lengths.length !== target!.lengths.length) {
    const message = 'The specified arrays must have the same number of dimensions.';
    throw fault('RankException', message);
  }
  const convert = storing(source!.type.element!, target!.type.element!);
  if (!convert) {
    const message = 'Source array type cannot be assigned to destination array type.';
    throw fault('ArrayTypeMismatchException', message);
  }
  const items = Array.from(source!.items.slice(start, start + Math.max(0, length)), convert);
  const isWhole = start >= 0 && items.length === length;
  copyInto(isWhole ? items : source!.items, isWhole ? 0 : start, target, targetStart, length);
}

function copyTo(source: ArrayValue, target: ArrayValue | null, index: number): void {
  if (target !== null && target.lengths.length !== 1) {
    const message = 'Only single dimensional arrays are supported for the requested action.';
    throw fault('ArgumentException', message);
  }
  copy(source, 0, target, index, source.items.length);
}

/** How elements of one type go into an array of another: widened, boxed or unboxed. */
function storing(from: Type, to: Type): ((item: unknown) => unknown) | undefined {
  if (from === to || (from.isReference && to.isReference)) return (item) => item;
  if (to.isReference || from.isValueType) {
    const conversion = implicitConversion(from, to);
    return conversion && ((item) => (conversion.apply ? conversion.apply(item) : item));
  }
  return (item) => {
    if (isInstance(item, to)) return bare(item, to);
    const message =
      'At least one element in the source array could not be cast down to the destination array type.';
    throw fault('InvalidCastException', message);
  };
}

function clear(array: ArrayValue | null, start: number, length: number): void {
  const items = itemsOf(array);
  if (start < 0 || length < 0 || start + length > items.length) throw indexOutside();
  items.fill(initialOf(array!.type.element!), start, start + length);
}

function fill(
  _types: Type[],
  array: ArrayValue | null,
  item: unknown,
  start = 0,
  count = array?.items.length ?? 0,
): void {
  const items = itemsOf(array);
  if (start < 0 || start > items.length) throw indexBeyond('startIndex');
  if (count < 0 || start > items.length - count) throw countBeyond();
  charge(count);
  items.fill(item, start, start + count);
}

function lengthOf(array: ArrayValue, dimension: number): number {
  const length = array.lengths[dimension];
  if (length === undefined) throw indexOutside();
  return length;
}

function checkDimension(array: ArrayValue, dimension: number): number {
  const length = array.lengths[dimension];
  if (length !== undefined) return length;
  throw fault('IndexOutOfRangeException', 'Array does not have that many dimensions.');
}

/** An index or a length given as a long: no array is larger than an int counts. */
function shortIndex(given: number | bigint): number {
  const index = Number(given);
  if (index !== (index | 0)) throw outOfRange('index', 'Arrays larger than 2GB are not supported.');
  return index;
}

/** The place in `items` that indices, one per dimension, stand for. */
function placeOf(array: ArrayValue, indices: readonly (number | bigint)[]): number {
  for (const index of indices) shortIndex(index);
  if (indices.length !== array.lengths.length) {
    const message = `Array was not a ${wordOf(indices.length)}-dimensional array.`;
    throw fault('ArgumentException', message);
  }
  let place = 0;
  for (const [dimension, given] of indices.entries()) {
    const index = Number(given);
    const length = array.lengths[dimension]!;
    if (index < 0 || index >= length) throw indexOutside();
    place = place * length + index;
  }
  return place;
}

function wordOf(count: number): string {
  return ['one', 'two', 'three'][count - 1] ?? 'multi';
}

const getValue = (array: ArrayValue, ...indices: (number | bigint)[]) =>
  box(array.items[placeOf(array, indices)], array.type.element!);

function setValue(array: ArrayValue, value: unknown, ...indices: (number | bigint)[]): void {
  const element = array.type.element!;
  const place = placeOf(array, indices);
  array.items[place] = stored(value, element) as never;
}

/** An object as an element: of its type, or a number that widens to it. */
function stored(value: unknown, element: Type): unknown {
  if (value === null) return initialOf(element);
  if (isInstance(value, element)) return bare(value, element);
  const type = typeOf(value);
  if (!element.isValueType || !(value instanceof Boxed)) {
    throw fault('InvalidCastException', 'Object cannot be stored in an array of this type.');
  }
  const conversion = type.isValueType ? standardImplicit(type, element) : undefined;
  if (!conversion) {
    const message =
      'Cannot widen from source type to target type either because the source type is a not a primitive type or the conversion cannot be accomplished.';
    throw fault('ArgumentException', message);
  }
  return conversion.apply ? conversion.apply(value.value) : value.value;
}

/** `GetValue` and `SetValue` by one to three indices, as int or long, or an array of them. */
function cellMembers(): Record<string, unknown> {
  const members: Record<string, unknown> = {};
  for (const type of ['int', 'long']) {
    for (const count of [1, 2, 3]) {
      const list = Array.from({ length: count }, (_, index) => `${type} index${index + 1}`);
      members[`object GetValue(${list.join(', ')})`] = getValue;
      members[`void SetValue(object value, ${list.join(', ')})`] = setValue;
    }
    members[`object GetValue(params ${type}[] indices)`] = (
      array: ArrayValue,
      indices: ArrayValue | null,
    ) => getValue(array, ...(required(indices, 'indices').items as number[]));
    members[`void SetValue(object value, params ${type}[] indices)`] = (
      array: ArrayValue,
      value: unknown,
      indices: ArrayValue | null,
    ) => setValue(array, value, ...(required(indices, 'indices').items as number[]));
  }
  return members;
}

function create(type: Type | null, ...lengths: number[]): ArrayValue {
  const element = required(type, 'elementType');
  let size = 1;
  for (const length of lengths) {
    if (length < 0) throw negative(lengths.length === 1 ? 'length' : 'length1');
    size *= length;
  }
  const { items } = newArray(element, size);
  return new ArrayValue(arrayOf(element, lengths.length), items, lengths);
}

const copyMembers = {
  'object Clone()': (array: ArrayValue) =>
    new ArrayValue(array.type, array.items.slice() as never, array.lengths),
  'void CopyTo(Array array, int index)': (
    array: ArrayValue,
    target: ArrayValue | null,
    index: number,
  ) => copyTo(array, target, index),
  'void CopyTo(Array array, long index)': (
    array: ArrayValue,
    target: ArrayValue | null,
    index: bigint,
  ) => copyTo(array, target, shortIndex(index)),
  'static void Copy(Array sourceArray, Array destinationArray, int length)': (
    source: ArrayValue | null,
    target: ArrayValue | null,
    length: number,
  ) => copy(source, 0, target, 0, length),
  'static void Copy(Array sourceArray, int sourceIndex, Array destinationArray, int destinationIndex, int length)':
    copy,
  'static void Copy(Array sourceArray, Array destinationArray, long length)': (
    source: ArrayValue | null,
    target: ArrayValue | null,
    length: bigint,
  ) => copy(source, 0, target, 0, shortIndex(length)),
  'static void Copy(Array sourceArray, long sourceIndex, Array destinationArray, long destinationIndex, long length)':
    (
      source: ArrayValue | null,
      start: bigint,
      target: ArrayValue | null,
      targetStart: bigint,
      length: bigint,
    ) => {
      const counts = [start, targetStart, length].map(shortIndex) as [number, number, number];
      copy(source, counts[0], target, counts[1], counts[2]);
    },
  'static void ConstrainedCopy(Array sourceArray, int sourceIndex, Array destinationArray, int destinationIndex, int length)':
    copy,
};

const makingMembers = {
  'static Array CreateInstance(Type elementType, int length)': create,
  'static Array CreateInstance(Type elementType, int length1, int length2)': create,
  'static Array CreateInstance(Type elementType, int length1, int length2, int length3)': create,
  'static Array CreateInstance(Type elementType, params int[] lengths)': (
    type: Type | null,
    lengths: ArrayValue | null,
  ) => create(type, ...(required(lengths, 'lengths').items as number[])),
  'static T[] Empty<T>()': ([type]: Type[]) => newArray(type!, 0),
  'static void Resize<T>(ref T[] array, int newSize)': (
    [type]: Type[],
    reference: Reference,
    size: number,
  ) => {
    if (size < 0) throw negative('newSize');
    const old = (reference.value as ArrayValue | null)?.items ?? [];
    if (reference.value && old.length === size) return;
    const resized = newArray(type!, size);
    for (let index = 0; index < Math.min(size, old.length); index += 1) {
      resized.items[index] = old[index] as never;
    }
    reference.value = resized;
  },
  'static ReadOnlyCollection<T> AsReadOnly<T>(T[] array)': (
    [type]: Type[],
    array: ArrayValue | null,
  ) => new ReadOnlyCollectionValue(type!, required(array, 'array')),
  'static TOutput[] ConvertAll<TInput, TOutput>(TInput[] array, Converter<TInput, TOutput> converter)':
    (types: Type[], array: ArrayValue | null, convert: (item: unknown) => unknown) => {
      const items = Array.from(itemsOf(array));
      required(convert, 'converter');
      return packed(
        types[1]!,
        items.map((item) => {
          tick();
          return convert(item);
        }),
      );
    },
};

export const arrayType = declareType('abstract class System.Array : IEnumerable, ICloneable', {
  'int Length': (array: ArrayValue) => array.items.length,
  'long LongLength': (array: ArrayValue) => BigInt(array.items.length),
  'int Rank': (array: ArrayValue) => array.lengths.length,
  'bool IsReadOnly': () => false,
  'bool IsFixedSize': () => true,
  'bool IsSynchronized': () => false,
  'object SyncRoot': (array: ArrayValue) => array,
  'int GetLength(int dimension)': lengthOf,
  'long GetLongLength(int dimension)': (array: ArrayValue, dimension: number) =>
    BigInt(lengthOf(array, dimension)),
  'int GetUpperBound(int dimension)': (array: ArrayValue, dimension: number) =>
    checkDimension(array, dimension) - 1,
  'int GetLowerBound(int dimension)': (array: ArrayValue, dimension: number) => {
    checkDimension(array, dimension);
    return 0;
  },
  'IEnumerator GetEnumerator()': enumeratorOf,
  'void Initialize()': () => undefined,
  ...cellMembers(),
  ...copyMembers,
  ...makingMembers,
  'static void Clear(Array array, int index, int length)': clear,
  'static void Fill<T>(T[] array, T value)': fill,
  'static void Fill<T>(T[] array, T value, int startIndex, int count)': fill,
  ...searchMembers,
  ...sortMembers,
});
