// List, Dictionary, HashSet, Queue, Stack and the collection interfaces they share.

import {
  argumentNull,
  fault,
  invalidOperation,
  keyNotFound,
  outOfRange,
  required,
} from '../running/exceptions.ts';
import { allocate, charge } from '../running/run.ts';
import { iterate, listOf } from '../running/sequences.ts';
import { keyFunction } from '../running/text.ts';
import { ArrayValue, Instance, initialOf, type Reference } from '../running/values.ts';
import type { Type } from '../types/type.ts';
import { equalityKeys } from './comparers.ts';
import { KeyValuePair, pairType } from './nullable.ts';

const modified = 'Collection was modified; enumeration operation may not execute.';

/** What the interfaces ask of every collection. */
export abstract class Collection extends Instance {
  abstract readonly count: number;
  abstract [Symbol.iterator](): Iterator<unknown>;
  abstract contains(item: unknown): boolean;
  add(_item: unknown): void {
    throw fault('NotSupportedException', 'Collection is read-only.');
  }
  clear(): void {
    throw fault('NotSupportedException', 'Collection is read-only.');
  }
  remove(_item: unknown): boolean {
    throw fault('NotSupportedException', 'Collection is read-only.');
  }
  get isReadOnly(): boolean {
    return false;
  }
}

/** `List<T>`. */
export class ListValue extends Collection {
  items: unknown[];
  private version = 0;

  constructor(type: Type, items: unknown[] = []) {
    super(type);
    this.items = items;
    allocate(items.length);
  }

  get element(): Type {
    return this.type.arguments[0]!;
  }

  get count(): number {
    return this.items.length;
  }

  touch(): void {
    this.version += 1;
  }

  *[Symbol.iterator](): Generator<unknown> {
    const { version } = this;
    for (let index = 0; index < this.items.length; index += 1) {
      yield this.items[index];
      if (this.version !== version) throw invalidOperation(modified);
    }
  }

  override add(item: unknown): void {
    allocate(1);
    this.items.push(item);
    this.version += 1;
  }

  override clear(): void {
    this.items = [];
    this.version += 1;
  }

  indexOf(item: unknown): number {
    const key = keyFunction(this.element);
    const wanted = key(item);
    charge(this.items.length);
    return this.items.findIndex((entry) => key(entry) === wanted);
  }

  contains(item: unknown): boolean {
    return this.indexOf(item) >= 0;
  }

  override remove(item: unknown): boolean {
    const index = this.indexOf(item);
    if (index < 0) return false;
    this.removeAt(index);
    return true;
  }

  at(index: number): unknown {
    if (index < 0 || index >= this.items.length) throw this.outside();
    return this.items[index];
  }

  put(index: number, item: unknown): void {
    if (index < 0 || index >= this.items.length) throw this.outside();
    this.items[index] = item;
    this.version += 1;
  }

  private outside() {
    const message =
      'Index was out of range. Must be non-negative and less than the size of the collection.';
    return outOfRange('index', message);
  }

  insert(index: number, item: unknown): void {
    if (index < 0 || index > this.items.length) {
      throw outOfRange('index', 'Index must be within the bounds of the List.');
    }
    allocate(1);
    this.items.splice(index, 0, item);
    this.version += 1;
  }

  removeAt(index: number): void {
    if (index < 0 || index >= this.items.length) throw this.outside();
    this.items.splice(index, 1);
    this.version += 1;
  }

  /** Replaces all items, for sorting, reversing and removing ranges. */
  replace(items: unknown[]): void {
    this.items = items;
    this.version += 1;
  }
}

type Keys = (value: unknown) => unknown;

/** `Dictionary<K, V>` and the read-only maps of `context`. */
export class DictionaryValue extends Collection {
  private readonly entries = new Map<unknown, { key: unknown; value: unknown }>();
  readonly keyOf: Keys;
  readonly comparer: unknown;
  private version = 0;

  constructor(type: Type, comparer: unknown = null) {
    super(type);
    this.comparer = comparer;
    this.keyOf = equalityKeys(comparer, type.arguments[0]!);
  }

  get count(): number {
    return this.entries.size;
  }

  private keyFor(key: unknown): unknown {
    if (key === null || key === undefined) throw argumentNull('key');
    return this.keyOf(key);
  }

  has(key: unknown): boolean {
    return this.entries.has(this.keyFor(key));
  }

  /** The value, or undefined where the key is absent. */
  find(key: unknown): unknown {
    return this.entries.get(this.keyFor(key))?.value;
  }

  at(key: unknown): unknown {
    const entry = this.entries.get(this.keyFor(key));
    if (!entry) throw keyNotFound(key);
    return entry.value;
  }

  put(key: unknown, value: unknown): void {
    const own = this.keyFor(key);
    const entry = this.entries.get(own);
    if (entry) entry.value = value;
    else {
      allocate(1);
      this.entries.set(own, { key, value });
    }
    this.version += 1;
  }

  insert(key: unknown, value: unknown): void {
    if (this.has(key)) {
      const shown = typeof key === 'string' || typeof key === 'number' ? ` Key: ${key}` : '';
      const message = `An item with the same key has already been added.${shown}`;
      throw fault('ArgumentException', message);
    }
    this.put(key, value);
  }

  delete(key: unknown): boolean {
    const removed = this.entries.delete(this.keyFor(key));
    if (removed) this.version += 1;
    return removed;
  }

  override clear(): void {
    this.entries.clear();
    this.version += 1;
  }

  tryGet(key: unknown, result: Reference): boolean {
    const entry = this.entries.get(this.keyFor(key));
    result.value = entry ? entry.value : initialOf(this.type.arguments[1]!);
    return entry !== undefined;
  }

  keys(): unknown[] {
    return [...this.entries.values()].map(({ key }) => key);
  }

  values(): unknown[] {
    return [...this.entries.values()].map(({ value }) => value);
  }

  get pairType(): Type {
    return pairType(this.type.arguments[0]!, this.type.arguments[1]!);
  }

  *[Symbol.iterator](): Generator<KeyValuePair> {
    const { version, pairType: type } = this;
    for (const { key, value } of this.entries.values()) {
      yield new KeyValuePair(type, key, value);
      if (this.version !== version) throw invalidOperation(modified);
    }
  }

  contains(item: unknown): boolean {
    const pair = item as KeyValuePair;
    const entry = this.entries.get(this.keyFor(pair.key));
    const key = keyFunction(this.type.arguments[1]!);
    return entry !== undefined && key(entry.value) === key(pair.value);
  }

  override add(item: unknown): void {
    const pair = item as KeyValuePair;
    this.insert(pair.key, pair.value);
  }

  override remove(item: unknown): boolean {
    return this.contains(item) && this.delete((item as KeyValuePair).key);
  }
}

/** `HashSet<T>`, in order of insertion. */
export class SetValue extends Collection {
  private readonly entries = new Map<unknown, unknown>();
  readonly keyOf: Keys;
  readonly comparer: unknown;
  private version = 0;

  constructor(type: Type, source: unknown = null, comparer: unknown = null) {
    super(type);
    this.comparer = comparer;
    this.keyOf = equalityKeys(comparer, type.arguments[0]!);
    if (source !== null) for (const item of iterate(source, this.element)) this.insert(item);
  }

  get element(): Type {
    return this.type.arguments[0]!;
  }

  get count(): number {
    return this.entries.size;
  }

  insert(item: unknown): boolean {
    const key = this.keyOf(item);
    if (this.entries.has(key)) return false;
    allocate(1);
    this.entries.set(key, item);
    this.version += 1;
    return true;
  }

  override add(item: unknown): void {
    this.insert(item);
  }

  contains(item: unknown): boolean {
    return this.entries.has(this.keyOf(item));
  }

  override remove(item: unknown): boolean {
    const removed = this.entries.delete(this.keyOf(item));
    if (removed) this.version += 1;
    return removed;
  }

  override clear(): void {
    this.entries.clear();
    this.version += 1;
  }

  /** Keys of another collection, by this set's comparer. */
  keysOf(other: unknown): Set<unknown> {
    return new Set(listOf(required(other, 'other'), this.element).map(this.keyOf));
  }

  ownKeys(): IterableIterator<unknown> {
    return this.entries.keys();
  }

  keep(holds: (key: unknown, item: unknown) => boolean): number {
    let removed = 0;
    for (const [key, item] of [...this.entries]) {
      if (!holds(key, item)) {
        this.entries.delete(key);
        removed += 1;
      }
    }
    this.version += 1;
    return removed;
  }

  *[Symbol.iterator](): Generator<unknown> {
    const { version } = this;
    for (const item of this.entries.values()) {
      yield item;
      if (this.version !== version) throw invalidOperation(modified);
    }
  }
}

/** `Queue<T>` (taken from the front) and `Stack<T>` (taken from the end, listed from it). */
export class LineValue extends Collection {
  items: unknown[];
  readonly isStack: boolean;
  private version = 0;

  constructor(type: Type, isStack: boolean, source: unknown = null) {
    super(type);
    this.isStack = isStack;
    this.items = source === null ? [] : listOf(source, type.arguments[0]!);
  }

  get count(): number {
    return this.items.length;
  }

  push(item: unknown): void {
    allocate(1);
    this.items.push(item);
    this.version += 1;
  }

  take(): unknown {
    const item = this.peek();
    if (this.isStack) this.items.pop();
    else this.items.shift();
    this.version += 1;
    return item;
  }

  peek(): unknown {
    if (this.items.length === 0) {
      throw invalidOperation(this.isStack ? 'Stack empty.' : 'Queue empty.');
    }
    return this.isStack ? this.items[this.items.length - 1] : this.items[0];
  }

  listed(): unknown[] {
    return this.isStack ? [...this.items].reverse() : this.items;
  }

  contains(item: unknown): boolean {
    const key = keyFunction(this.type.arguments[0]!);
    const wanted = key(item);
    return this.items.some((entry) => key(entry) === wanted);
  }

  override clear(): void {
    this.items = [];
    this.version += 1;
  }

  *[Symbol.iterator](): Generator<unknown> {
    const { version } = this;
    for (const item of this.listed()) {
      yield item;
      if (this.version !== version) throw invalidOperation(modified);
    }
  }
}

/** The number of elements of any collection, where it is known without walking it. */
export function countOf(source: unknown): number | undefined {
  if (source instanceof ArrayValue) return source.items.length;
  if (source instanceof Collection) return source.count;
  if (typeof source === 'string') return source.length;
  const { count } = source as { count?: unknown };
  return typeof count === 'number' ? count : undefined;
}
