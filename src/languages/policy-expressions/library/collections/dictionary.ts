// System.Collections.Generic.Dictionary<TKey, TValue> with its key and value collections.
import {
  argumentNull,
  fault,
  keyNotFound,
  outOfRange,
  required,
} from '../../running/exceptions.ts';
import { allocate } from '../../running/run.ts';
import { iterate, tick } from '../../running/sequences.ts';
import { concatText, keyFunction } from '../../running/text.ts';
import { type ArrayValue, box, initialOf, type Reference } from '../../running/values.ts';
import { declareType, named } from '../../types/registry.ts';
import type { Type } from '../../types/type.ts';
import { Collection } from './collection.ts';
import { comparerOf, equalityKeys } from './comparing.ts';
import { copyAll } from './copying.ts';
import { KeyValuePair, pairType } from './key-value-pair.ts';
import { Places } from './places.ts';

interface Entry {
  readonly key: unknown;
  value: unknown;
}

export class DictionaryValue extends Collection {
  private readonly places = new Places<Entry>();
  readonly keyOf: (value: unknown) => unknown;
  readonly comparer: unknown;

  constructor(type: Type, comparer: unknown = null) {
    super(type);
    this.comparer = comparer;
    this.keyOf = equalityKeys(comparer, type.arguments[0]!);
  }

  get count(): number {
    return this.places.count;
  }

  get pairType(): Type {
    return pairType(this.type.arguments[0]!, this.type.arguments[1]!);
  }

  private keyFor(key: unknown): unknown {
    if (key === null || key === undefined) throw argumentNull('key');
    return this.keyOf(key);
  }

  private shown(key: unknown): string {
    return concatText(box(key, this.type.arguments[0]!));
  }

  has(key: unknown): boolean {
    return this.places.has(this.keyFor(key));
  }

  /** The value, or undefined where the key is absent. */
  find(key: unknown): unknown {
    return this.places.find(this.keyFor(key))?.value;
  }

  at(key: unknown): unknown {
    const entry = this.places.find(this.keyFor(key));
    if (!entry) throw keyNotFound(this.shown(key));
    return entry.value;
  }

  put(key: unknown, value: unknown): void {
    const own = this.keyFor(key);
    const entry = this.places.find(own);
    if (entry) entry.value = value;
    else {
      allocate(1);
      this.places.add(own, { key, value });
    }
    this.version += 1;
  }

  insert(key: unknown, value: unknown): void {
    if (this.has(key)) {
      const message = `An item with the same key has already been added. Key: ${this.shown(key)}`;
      throw fault('ArgumentException', message);
    }
    this.put(key, value);
  }

  /** Neither this nor `clear` ends an enumeration, since .NET Core 3.0. */
  delete(key: unknown): boolean {
    return this.places.delete(this.keyFor(key));
  }

  override clear(): void {
    this.places.clear();
  }

  tryGet(key: unknown, result: Reference): boolean {
    const entry = this.places.find(this.keyFor(key));
    result.value = entry ? entry.value : initialOf(this.type.arguments[1]!);
    return entry !== undefined;
  }

  keys(): unknown[] {
    return [...this.places].map(({ key }) => key);
  }

  values(): unknown[] {
    return [...this.places].map(({ value }) => value);
  }

  /** What `read` makes of each entry, until the dictionary changes. */
  *walk<T>(read: (entry: Entry) => T, version = this.version): Generator<T> {
    for (let place = 0; ; place += 1) {
      this.checkVersion(version);
      while (place < this.places.end && !this.places.at(place)) place += 1;
      const entry = this.places.at(place);
      if (!entry) return;
      yield read(entry);
    }
  }

  [Symbol.iterator](): Iterator<KeyValuePair> {
    const { pairType: type, version } = this;
    return this.walk(({ key, value }) => new KeyValuePair(type, key, value), version);
  }

  walkKeys(): Iterator<unknown> {
    return this.walk(({ key }) => key, this.version);
  }

  walkValues(): Iterator<unknown> {
    return this.walk(({ value }) => value, this.version);
  }

  contains(item: unknown): boolean {
    const pair = item as KeyValuePair;
    const entry = this.places.find(this.keyFor(pair.key));
    const key = keyFunction(this.type.arguments[1]!);
    return entry !== undefined && key(entry.value) === key(pair.value);
  }

  containsValue(value: unknown): boolean {
    const key = keyFunction(this.type.arguments[1]!);
    const wanted = key(value);
    for (const entry of this.places) {
      tick();
      if (key(entry.value) === wanted) return true;
    }
    return false;
  }

  override add(item: unknown): void {
    const pair = item as KeyValuePair;
    this.insert(pair.key, pair.value);
  }

  override remove(item: unknown): boolean {
    return this.contains(item) && this.delete((item as KeyValuePair).key);
  }
}

/** `Keys` or `Values`: a view that changes with its dictionary. */
export class DictionaryView extends Collection {
  private readonly map: DictionaryValue;
  private readonly isKeys: boolean;

  constructor(map: DictionaryValue, isKeys: boolean) {
    const name = `Dictionary+${isKeys ? 'Key' : 'Value'}Collection`;
    super(named(name, ...map.type.arguments));
    this.map = map;
    this.isKeys = isKeys;
  }

  get count(): number {
    return this.map.count;
  }

  override get isReadOnly(): boolean {
    return true;
  }

  [Symbol.iterator](): Iterator<unknown> {
    return this.isKeys ? this.map.walkKeys() : this.map.walkValues();
  }

  contains(item: unknown): boolean {
    return this.isKeys ? this.map.has(item) : this.map.containsValue(item);
  }

  protected override readOnly() {
    const kind = this.isKeys ? 'key' : 'value';
    const message = `Mutating a ${kind} collection derived from a dictionary is not allowed.`;
    return fault('NotSupportedException', message);
  }

  copyTo(array: ArrayValue | null, index: number): void {
    copyAll(this.isKeys ? this.map.keys() : this.map.values(), array, index);
  }
}

function viewMembers(element: string): Record<string, unknown> {
  return {
    'int Count': (view: DictionaryView) => view.count,
    [`void CopyTo(${element}[] array, int index)`]: (
      view: DictionaryView,
      array: ArrayValue | null,
      index: number,
    ) => view.copyTo(array, index),
  };
}

function filled(type: Type, source: unknown, comparer: unknown, parameter: string) {
  const map = new DictionaryValue(type, comparer);
  for (const pair of iterate(required(source, parameter), map.pairType)) {
    tick();
    map.add(pair);
  }
  return map;
}

function sized(type: Type, capacity: number, comparer: unknown = null): DictionaryValue {
  if (capacity < 0) throw outOfRange('capacity');
  return new DictionaryValue(type, comparer);
}

const pairs = 'IEnumerable<KeyValuePair<TKey, TValue>> collection';
const map = 'IDictionary<TKey, TValue> dictionary';
const equality = 'IEqualityComparer<TKey> comparer';
const space = 'System.Collections.Generic';

const dictionaryType = declareType(
  `class ${space}.Dictionary<TKey, TValue> : IDictionary<TKey, TValue>, IReadOnlyDictionary<TKey, TValue>`,
  {
    'new()': (type: Type) => new DictionaryValue(type),
    'new(int capacity)': (type: Type, capacity: number) => sized(type, capacity),
    [`new(${equality})`]: (type: Type, comparer: unknown) => new DictionaryValue(type, comparer),
    [`new(int capacity, ${equality})`]: sized,
    [`new(${map})`]: (type: Type, source: unknown) => filled(type, source, null, 'dictionary'),
    [`new(${map}, ${equality})`]: (type: Type, source: unknown, comparer: unknown) =>
      filled(type, source, comparer, 'dictionary'),
    [`new(${pairs})`]: (type: Type, source: unknown) => filled(type, source, null, 'collection'),
    [`new(${pairs}, ${equality})`]: (type: Type, source: unknown, comparer: unknown) =>
      filled(type, source, comparer, 'collection'),
    'int Count': (own: DictionaryValue) => own.count,
    'IEqualityComparer<TKey> Comparer': (own: DictionaryValue) =>
      comparerOf(own.comparer, own.type.arguments[0]!),
    'TValue this[TKey key]': {
      get: (own: DictionaryValue, key: unknown) => own.at(key),
      set: (own: DictionaryValue, key: unknown, value: unknown) => own.put(key, value),
    },
    'void Add(TKey key, TValue value)': (own: DictionaryValue, key: unknown, value: unknown) =>
      own.insert(key, value),
    'bool TryAdd(TKey key, TValue value)': (own: DictionaryValue, key: unknown, value: unknown) => {
      if (own.has(key)) return false;
      own.put(key, value);
      return true;
    },
    'bool Remove(TKey key)': (own: DictionaryValue, key: unknown) => own.delete(key),
    'bool Remove(TKey key, out TValue value)': (
      own: DictionaryValue,
      key: unknown,
      result: Reference,
    ) => own.tryGet(key, result) && own.delete(key),
    'bool ContainsKey(TKey key)': (own: DictionaryValue, key: unknown) => own.has(key),
    'bool ContainsValue(TValue value)': (own: DictionaryValue, value: unknown) =>
      own.containsValue(value),
    'bool TryGetValue(TKey key, out TValue value)': (
      own: DictionaryValue,
      key: unknown,
      result: Reference,
    ) => own.tryGet(key, result),
    'void Clear()': (own: DictionaryValue) => own.clear(),
    'int EnsureCapacity(int capacity)': (own: DictionaryValue, capacity: number) => {
      if (capacity < 0) throw outOfRange('capacity');
      return Math.max(capacity, own.count);
    },
    'void TrimExcess()': () => undefined,
    'Dictionary+KeyCollection<TKey, TValue> Keys': (own: DictionaryValue) =>
      new DictionaryView(own, true),
    'Dictionary+ValueCollection<TKey, TValue> Values': (own: DictionaryValue) =>
      new DictionaryView(own, false),
  },
);

/** The dictionary, and what `Keys` and `Values` of it are. */
export const dictionaryTypes = [
  declareType(
    `sealed class ${space}.Dictionary+KeyCollection<TKey, TValue> : ICollection<TKey>, IReadOnlyCollection<TKey>`,
    viewMembers('TKey'),
  ),
  declareType(
    `sealed class ${space}.Dictionary+ValueCollection<TKey, TValue> : ICollection<TValue>, IReadOnlyCollection<TValue>`,
    viewMembers('TValue'),
  ),
  dictionaryType,
];
