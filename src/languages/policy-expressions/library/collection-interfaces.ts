// The collection interfaces: members work on whatever collection stands behind them.
import { fault, outOfRange } from '../running/exceptions.ts';
import { iterate, Sequence } from '../running/sequences.ts';
import { ArrayValue, Instance, type Reference } from '../running/values.ts';
import { storeInto } from '../types/conversions.ts';
import { elementTypeOf, known } from '../types/hierarchy.ts';
import { declareType, named } from '../types/registry.ts';
import { arrayContains } from './array.ts';
import {
  type Collection,
  countOf,
  type DictionaryValue,
  type ListValue,
  type SetValue,
} from './collections.ts';

/** An enumerator over a collection. */
export class EnumeratorValue extends Instance {
  private readonly source: Iterator<unknown>;
  current: unknown = null;

  constructor(source: unknown) {
    const element = source instanceof Instance ? elementTypeOf(source.type) : known.char;
    super(named('System.Collections.Generic.IEnumerator', element ?? known.object));
    this.source = iterate(source)[Symbol.iterator]();
  }

  next(): boolean {
    const { done, value } = this.source.next();
    this.current = done ? null : value;
    return !done;
  }
}

/** What a list-like interface needs: our lists, arrays, and the JSON array. */
interface Indexed {
  at(index: number): unknown;
  put(index: number, item: unknown): void;
  insert(index: number, item: unknown): void;
  removeAt(index: number): void;
  indexOf(item: unknown): number;
}

function readOnly(): never {
  throw fault('NotSupportedException', 'Collection was of a fixed size.');
}

function at(source: ArrayValue | Indexed, index: number): unknown {
  if (!(source instanceof ArrayValue)) return source.at(index);
  if (index < 0 || index >= source.items.length) throw outOfRange('index');
  return source.items[index];
}

function put(source: ArrayValue | Indexed, index: number, item: unknown): void {
  if (!(source instanceof ArrayValue)) source.put(index, item);
  else if (index < 0 || index >= source.items.length) throw outOfRange('index');
  else storeInto(source, index, item);
}

function asCollection(source: unknown): Collection {
  return source instanceof ArrayValue ? readOnly() : (source as Collection);
}

function contains(source: unknown, item: unknown): boolean {
  return source instanceof ArrayValue
    ? arrayContains(source, item)
    : (source as Collection).contains(item);
}

function copyTo(source: unknown, target: ArrayValue, start: number): void {
  let index = start;
  for (const item of iterate(source)) {
    if (index >= target.items.length) {
      const message = 'Destination array was not long enough.';
      throw fault('ArgumentException', message);
    }
    target.items[index] = item as never;
    index += 1;
  }
}

const dictionaryMembers = {
  'bool ContainsKey(TKey key)': (map: DictionaryValue, key: unknown) => map.has(key),
  'bool TryGetValue(TKey key, out TValue value)': (
    map: DictionaryValue,
    key: unknown,
    result: Reference,
  ) => map.tryGet(key, result),
};

function keysOf(map: DictionaryValue): ListValue | Sequence {
  return new Sequence(map.type.arguments[0] ?? known.string, () => map.keys()[Symbol.iterator]());
}

function valuesOf(map: DictionaryValue): Sequence {
  const value = map.type.arguments[1] ?? named('Newtonsoft.Json.Linq.JToken');
  return new Sequence(value, () => map.values()[Symbol.iterator]());
}

const space = 'System.Collections.Generic';

export const collectionInterfaces = [
  declareType('interface System.Collections.IEnumerable', {
    'IEnumerator GetEnumerator()': (source: unknown) => new EnumeratorValue(source),
  }),
  declareType('interface System.Collections.IEnumerator', {
    'bool MoveNext()': (value: EnumeratorValue) => value.next(),
    'object Current': (value: EnumeratorValue) => value.current,
  }),
  declareType(`interface ${space}.IEnumerator<out T> : IEnumerator, IDisposable`, {
    'T Current': (value: EnumeratorValue) => value.current,
  }),
  declareType(`interface ${space}.IEnumerable<out T> : IEnumerable`, {
    'IEnumerator<T> GetEnumerator()': (source: unknown) => new EnumeratorValue(source),
  }),
  declareType(`interface ${space}.ICollection<T> : IEnumerable<T>`, {
    'int Count': countOf,
    'bool IsReadOnly': (source: unknown) =>
      source instanceof ArrayValue || (source as Collection).isReadOnly,
    'void Add(T item)': (source: unknown, item: unknown) => asCollection(source).add(item),
    'void Clear()': (source: unknown) => asCollection(source).clear(),
    'bool Remove(T item)': (source: unknown, item: unknown) => asCollection(source).remove(item),
    'bool Contains(T item)': contains,
    'void CopyTo(T[] array, int arrayIndex)': copyTo,
  }),
  declareType(`interface ${space}.IReadOnlyCollection<out T> : IEnumerable<T>`, {
    'int Count': countOf,
  }),
  declareType(`interface ${space}.IList<T> : ICollection<T>`, {
    'T this[int index]': { get: at, set: put },
    'int IndexOf(T item)': (source: ArrayValue | Indexed, item: unknown) =>
      source instanceof ArrayValue
        ? Array.from(source.items as unknown[]).indexOf(item)
        : source.indexOf(item),
    'void Insert(int index, T item)': (
      source: ArrayValue | Indexed,
      index: number,
      item: unknown,
    ) => (source instanceof ArrayValue ? readOnly() : source.insert(index, item)),
    'void RemoveAt(int index)': (source: ArrayValue | Indexed, index: number) =>
      source instanceof ArrayValue ? readOnly() : source.removeAt(index),
  }),
  declareType(`interface ${space}.IReadOnlyList<out T> : IReadOnlyCollection<T>`, {
    'T this[int index]': at,
  }),
  declareType(`interface ${space}.ISet<T> : ICollection<T>`, {
    'bool Add(T item)': (set: SetValue, item: unknown) => set.insert(item),
  }),
  declareType(
    `interface ${space}.IDictionary<TKey, TValue> : ICollection<KeyValuePair<TKey, TValue>>`,
    {
      ...dictionaryMembers,
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
      ...dictionaryMembers,
      'TValue this[TKey key]': (map: DictionaryValue, key: unknown) => map.at(key),
      'IEnumerable<TKey> Keys': keysOf,
      'IEnumerable<TValue> Values': valuesOf,
    },
  ),
];

export { keysOf, valuesOf };
