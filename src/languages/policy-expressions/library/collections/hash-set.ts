// System.Collections.Generic.HashSet<T>.
import { fault, outOfRange, required } from '../../running/exceptions.ts';
import { allocate } from '../../running/run.ts';
import { iterate, listOf, tick } from '../../running/sequences.ts';
import { type ArrayValue, initialOf, type Reference } from '../../running/values.ts';
import { declareType } from '../../types/registry.ts';
import type { Type } from '../../types/type.ts';
import { countOf, negative, OuterCollection, showing } from './collection.ts';
import { comparerOf, equalityKeys } from './comparing.ts';
import { copyAll } from './copying.ts';
import { Places } from './places.ts';

export class SetValue extends OuterCollection {
  private readonly places = new Places<{ readonly item: unknown }>();
  readonly keyOf: (value: unknown) => unknown;
  readonly comparer: unknown;

  constructor(type: Type, source: unknown = null, comparer: unknown = null) {
    super(type);
    this.comparer = comparer;
    this.keyOf = equalityKeys(comparer, type.arguments[0]!);
    if (source !== null) this.unionWith(source);
  }

  get element(): Type {
    return this.type.arguments[0]!;
  }

  get count(): number {
    return this.places.count;
  }

  insert(item: unknown): boolean {
    const key = this.keyOf(item);
    if (this.places.has(key)) return false;
    allocate(1);
    this.places.add(key, { item });
    this.version += 1;
    return true;
  }

  override add(item: unknown): void {
    this.insert(item);
  }

  contains(item: unknown): boolean {
    return this.places.has(this.keyOf(item));
  }

  tryGet(item: unknown, result: Reference): boolean {
    const found = this.places.find(this.keyOf(item));
    result.value = found ? found.item : initialOf(this.element);
    return found !== undefined;
  }

  override remove(item: unknown): boolean {
    if (!this.places.delete(this.keyOf(item))) return false;
    if (this.places.count === 0) this.places.clear();
    this.version += 1;
    return true;
  }

  override clear(): void {
    this.places.clear();
    this.version += 1;
  }

  [Symbol.iterator](): Iterator<unknown> {
    return this.walk(this.version);
  }

  private *walk(version: number): Generator<unknown> {
    for (let place = 0; ; place += 1) {
      this.checkVersion(version);
      while (place < this.places.end && !this.places.at(place)) place += 1;
      const entry = this.places.at(place);
      if (!entry) return;
      yield entry.item;
    }
  }

  items(): unknown[] {
    return [...this.places].map(({ item }) => item);
  }

  /** Keys of another collection, by this set's comparer. */
  private keysOf(other: unknown): Set<unknown> {
    return new Set(listOf(required(other, 'other'), this.element).map(this.keyOf));
  }

  private hasAll(keys: Iterable<unknown>): boolean {
    for (const key of keys) if (!this.places.has(key)) return false;
    return true;
  }

  private isWithin(keys: ReadonlySet<unknown>): boolean {
    for (const key of this.places.keys()) if (!keys.has(key)) return false;
    return true;
  }

  removeWhere(match: (item: unknown) => boolean): number {
    let removed = 0;
    for (let place = 0; place < this.places.end; place += 1) {
      const entry = this.places.at(place);
      if (!entry) continue;
      tick();
      if (match(entry.item) && this.remove(entry.item)) removed += 1;
    }
    return removed;
  }

  unionWith(other: unknown): void {
    for (const item of iterate(required(other, 'other'), this.element)) {
      tick();
      this.insert(item);
    }
  }

  intersectWith(other: unknown): void {
    required(other, 'other');
    if (this.count === 0 || other === this) return;
    if (countOf(other) === 0) this.clear();
    else {
      const keys = this.keysOf(other);
      this.removeWhere((item) => !keys.has(this.keyOf(item)));
    }
  }

  exceptWith(other: unknown): void {
    if (other === this) this.clear();
    else for (const item of listOf(required(other, 'other'), this.element)) this.remove(item);
  }

  /** What is in one only: a list's new items are added before the shared ones go. */
  symmetricExceptWith(other: unknown): void {
    required(other, 'other');
    const shared: unknown[] = [];
    const added = new Set<unknown>();
    const isSet = other instanceof SetValue && other.comparer === this.comparer;
    for (const item of listOf(other, this.element)) {
      if (this.insert(item)) added.add(this.keyOf(item));
      else if (isSet) this.remove(item);
      else if (!added.has(this.keyOf(item))) shared.push(item);
    }
    for (const item of shared) this.remove(item);
  }

  isSubsetOf(other: unknown): boolean {
    return this.isWithin(this.keysOf(other));
  }

  isSupersetOf(other: unknown): boolean {
    return this.hasAll(this.keysOf(other));
  }

  isProperSubsetOf(other: unknown): boolean {
    const keys = this.keysOf(other);
    return keys.size > this.count && this.isWithin(keys);
  }

  isProperSupersetOf(other: unknown): boolean {
    const keys = this.keysOf(other);
    return keys.size < this.count && this.hasAll(keys);
  }

  overlaps(other: unknown): boolean {
    for (const key of this.keysOf(other)) if (this.places.has(key)) return true;
    return false;
  }

  setEquals(other: unknown): boolean {
    const keys = this.keysOf(other);
    return keys.size === this.count && this.isWithin(keys);
  }
}

function copyPart(set: SetValue, array: ArrayValue | null, start: number, count: number): void {
  const { items } = required(array, 'array');
  if (start < 0) throw showing(negative('arrayIndex'), start);
  if (count < 0) throw showing(negative('count'), count);
  if (start > items.length || count > items.length - start) {
    const message =
      'Destination array is not long enough to copy all the items in the collection. Check array index and length.';
    throw fault('ArgumentException', message);
  }
  copyAll(set.items().slice(0, count), array, start);
}

/** What ISet asks, too. */
export const setOperations = {
  'bool Add(T item)': (set: SetValue, item: unknown) => set.insert(item),
  'void UnionWith(IEnumerable<T> other)': (set: SetValue, other: unknown) => set.unionWith(other),
  'void IntersectWith(IEnumerable<T> other)': (set: SetValue, other: unknown) =>
    set.intersectWith(other),
  'void ExceptWith(IEnumerable<T> other)': (set: SetValue, other: unknown) => set.exceptWith(other),
  'void SymmetricExceptWith(IEnumerable<T> other)': (set: SetValue, other: unknown) =>
    set.symmetricExceptWith(other),
  'bool IsSubsetOf(IEnumerable<T> other)': (set: SetValue, other: unknown) => set.isSubsetOf(other),
  'bool IsSupersetOf(IEnumerable<T> other)': (set: SetValue, other: unknown) =>
    set.isSupersetOf(other),
  'bool IsProperSubsetOf(IEnumerable<T> other)': (set: SetValue, other: unknown) =>
    set.isProperSubsetOf(other),
  'bool IsProperSupersetOf(IEnumerable<T> other)': (set: SetValue, other: unknown) =>
    set.isProperSupersetOf(other),
  'bool Overlaps(IEnumerable<T> other)': (set: SetValue, other: unknown) => set.overlaps(other),
  'bool SetEquals(IEnumerable<T> other)': (set: SetValue, other: unknown) => set.setEquals(other),
};

function sized(type: Type, capacity: number, comparer: unknown = null): SetValue {
  if (capacity < 0) throw outOfRange('capacity');
  return new SetValue(type, null, comparer);
}

export const hashSetType = declareType(
  'class System.Collections.Generic.HashSet<T> : ISet<T>, IReadOnlyCollection<T>',
  {
    'new()': (type: Type) => new SetValue(type),
    'new(IEqualityComparer<T> comparer)': (type: Type, comparer: unknown) =>
      new SetValue(type, null, comparer),
    'new(int capacity)': (type: Type, capacity: number) => sized(type, capacity),
    'new(int capacity, IEqualityComparer<T> comparer)': sized,
    'new(IEnumerable<T> collection)': (type: Type, source: unknown) =>
      new SetValue(type, required(source, 'collection')),
    'new(IEnumerable<T> collection, IEqualityComparer<T> comparer)': (
      type: Type,
      source: unknown,
      comparer: unknown,
    ) => new SetValue(type, required(source, 'collection'), comparer),
    'int Count': (set: SetValue) => set.count,
    'IEqualityComparer<T> Comparer': (set: SetValue) => comparerOf(set.comparer, set.element),
    'bool Remove(T item)': (set: SetValue, item: unknown) => set.remove(item),
    'bool Contains(T item)': (set: SetValue, item: unknown) => set.contains(item),
    'bool TryGetValue(T equalValue, out T actualValue)': (
      set: SetValue,
      item: unknown,
      result: Reference,
    ) => set.tryGet(item, result),
    'void Clear()': (set: SetValue) => set.clear(),
    'int RemoveWhere(Predicate<T> match)': (set: SetValue, match: (item: unknown) => boolean) =>
      set.removeWhere(required(match, 'match')),
    ...setOperations,
    'void CopyTo(T[] array)': (set: SetValue, array: ArrayValue | null) =>
      copyPart(set, array, 0, set.count),
    'void CopyTo(T[] array, int arrayIndex)': (
      set: SetValue,
      array: ArrayValue | null,
      start: number,
    ) => copyPart(set, array, start, set.count),
    'void CopyTo(T[] array, int arrayIndex, int count)': copyPart,
    'int EnsureCapacity(int capacity)': (set: SetValue, capacity: number) => {
      if (capacity < 0) throw outOfRange('capacity');
      return Math.max(capacity, set.count);
    },
    'void TrimExcess()': () => undefined,
  },
);
