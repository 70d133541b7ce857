// The collection interfaces: members work on whatever collection stands behind them.
import { fault } from '../../running/exceptions.ts';
import { listOf, Sequence } from '../../running/sequences.ts';
import { keyFunction } from '../../running/text.ts';
import { ArrayValue, type Reference } from '../../running/values.ts';
import { storeInto } from '../../types/conversions.ts';
import { known } from '../../types/hierarchy.ts';
import { declareType, named } from '../../types/registry.ts';
import { type Collection, countOf, indexBeyond } from './collection.ts';
import { copyAll, copyInto } from './copying.ts';
import { DictionaryValue, DictionaryView } from './dictionary.ts';
import { setOperations } from './hash-set.ts';
import { ListValue } from './list-value.ts';
import { ReadOnlyCollectionValue } from './read-only-collection.ts';

/** What a list-like interface needs: our lists and the JSON array. Arrays answer for themselves. */
interface Indexed {
  at(index: number): unknown;
  put(index: number, item: unknown): void;
  insert(index: number, item: unknown): void;
  removeAt(index: number): void;
  indexOf(item: unknown): number;
}

function fixedSize(): never {
  throw fault('NotSupportedException', 'Collection was of a fixed size.');
}

function readOnly(): never {
  throw fault('NotSupportedException', 'Collection is read-only.');
}

function at(source: ArrayValue | Indexed, index: number): unknown {
  if (!(source instanceof ArrayValue)) return source.at(index);
  if (index < 0 || index >= source.items.length) throw indexBeyond();
  return source.items[index];
}

function put(source: ArrayValue | Indexed, index: number, item: unknown): void {
  if (!(source instanceof ArrayValue)) source.put(index, item);
  else if (index < 0 || index >= source.items.length) throw indexBeyond();
  else storeInto(source, index, item);
}

function indexIn(array: ArrayValue, item: unknown): number {
  const key = keyFunction(array.type.element!);
  return listOf(array).map(key).indexOf(key(item));
}

function copyTo(source: unknown, target: ArrayValue | null, start: number): void {
  const items = listOf(source);
  if (source instanceof ArrayValue) copyInto(items, 0, target, start, items.length);
  else copyAll(items, target, start, 'arrayIndex');
}

/** Keys or values of any map: a dictionary, a JObject, a view of the context. */
function viewOf(map: DictionaryValue, isKeys: boolean): unknown {
  if (map instanceof DictionaryValue) return new DictionaryView(map, isKeys);
  const { type } = map as DictionaryValue;
  const items = () =>
    isKeys ? (map as DictionaryValue).keys() : (map as DictionaryValue).values();
  const own = type.arguments[isKeys ? 0 : 1];
  if (own) return new Sequence(own, () => items()[Symbol.iterator]());
  const element = isKeys ? known.string : named('Newtonsoft.Json.Linq.JToken');
  return new ReadOnlyCollectionValue(element, new ListValue(named('List', element), items()));
}

const keysOf = (map: DictionaryValue) => viewOf(map, true);
const valuesOf = (map: DictionaryValue) => viewOf(map, false);

const reading = {
  'bool ContainsKey(TKey key)': (map: DictionaryValue, key: unknown) => map.has(key),
  'bool TryGetValue(TKey key, out TValue value)': (
    map: DictionaryValue,
    key: unknown,
    result: Reference,
  ) => map.tryGet(key, result),
};

const space = 'System.Collections.Generic';

export const collectionInterfaces = [
  declareType(`interface ${space}.ICollection<T> : IEnumerable<T>`, {
    'int Count': countOf,
    'bool IsReadOnly': (source: unknown) =>
      source instanceof ArrayValue || (source as Collection).isReadOnly,
    'void Add(T item)': (source: unknown, item: unknown) =>
      source instanceof ArrayValue ? fixedSize() : (source as Collection).add(item),
    'void Clear()': (source: unknown) =>
      source instanceof ArrayValue ? readOnly() : (source as Collection).clear(),
    'bool Remove(T item)': (source: unknown, item: unknown) =>
      source instanceof ArrayValue ? fixedSize() : (source as Collection).remove(item),
    'bool Contains(T item)': (source: unknown, item: unknown) =>
      source instanceof ArrayValue
        ? indexIn(source, item) >= 0
        : (source as Collection).contains(item),
    'void CopyTo(T[] array, int arrayIndex)': copyTo,
  }),
  declareType(`interface ${space}.IReadOnlyCollection<out T> : IEnumerable<T>`, {
    'int Count': countOf,
  }),
  declareType(`interface ${space}.IList<T> : ICollection<T>`, {
    'T this[int index]': { get: at, set: put },
    'int IndexOf(T item)': (source: ArrayValue | Indexed, item: unknown) =>
      source instanceof ArrayValue ? indexIn(source, item) : source.indexOf(item),
    'void Insert(int index, T item)': (
      source: ArrayValue | Indexed,
      index: number,
      item: unknown,
    ) => (source instanceof ArrayValue ? fixedSize() : source.insert(index, item)),
    'void RemoveAt(int index)': (source: ArrayValue | Indexed, index: number) =>
      source instanceof ArrayValue ? fixedSize() : source.removeAt(index),
  }),
  declareType(`interface ${space}.IReadOnlyList<out T> : IReadOnlyCollection<T>`, {
    'T this[int index]': at,
  }),
  declareType(`interface ${space}.ISet<T> : ICollection<T>`, setOperations),
  declareType(
    `interface ${space}.IDictionary<TKey, TValue> : ICollection<KeyValuePair<TKey, TValue>>`,
    {
      ...reading,
      'TValue this[TKey key]': {
        get: (map: DictionaryValue, key: unknown) => map.at(key),
        set: (map: DictionaryValue, key: unknown, value: unknown) => map.put(key, value),
      },
      'ICollection<TKey> Keys': keysOf,
      'ICollection<TValue> Values': valuesOf,
      'void Add(TKey key, TValue value)': (map: DictionaryValue, key: unknown, value: unknown) =>
        map.insert(key, value),
      'bool Remove(TKey key)': (map: DictionaryValue, key: unknown) => map.delete(key),
    },
  ),
  declareType(
    `interface ${space}.IReadOnlyDictionary<TKey, TValue> : IReadOnlyCollection<KeyValuePair<TKey, TValue>>`,
    {
      ...reading,
      'TValue this[TKey key]': (map: DictionaryValue, key: unknown) => map.at(key),
      'IEnumerable<TKey> Keys': keysOf,
      'IEnumerable<TValue> Values': valuesOf,
    },
  ),
];
