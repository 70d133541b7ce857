// The values of List<T>.
import { outOfRange, required } from '../../running/exceptions.ts';
import { allocate, charge } from '../../running/run.ts';
import { iterate, listOf, tick } from '../../running/sequences.ts';
import { keyFunction } from '../../running/text.ts';
import type { Type } from '../../types/type.ts';
import { Collection, countOf, indexBeyond } from './collection.ts';
import { introspectiveSort, type Order } from './sorting.ts';

const capacityMin = 4;

export class ListValue extends Collection {
  items: unknown[];
  /** What `Capacity` shows; room is made by JavaScript itself. */
  private room: number;

  constructor(type: Type, items: unknown[] = [], capacity = items.length) {
    super(type);
    this.items = items;
    this.room = capacity;
    allocate(items.length);
  }

  get element(): Type {
    return this.type.arguments[0]!;
  }

  get count(): number {
    return this.items.length;
  }

  get capacity(): number {
    return this.room;
  }

  set capacity(room: number) {
    if (room < this.items.length)
      throw outOfRange('value', 'capacity was less than the current size.');
    this.room = room;
  }

  private grow(count: number): void {
    this.version += 1;
    if (count <= this.room) return;
    this.room = Math.max(this.room === 0 ? capacityMin : this.room * 2, count);
  }

  [Symbol.iterator](): Iterator<unknown> {
    return this.walk(this.version);
  }

  private *walk(version: number): Generator<unknown> {
    for (let index = 0; ; index += 1) {
      this.checkVersion(version);
      if (index >= this.items.length) return;
      yield this.items[index];
    }
  }

  override add(item: unknown): void {
    allocate(1);
    this.items.push(item);
    this.grow(this.items.length);
  }

  override clear(): void {
    this.items = [];
    this.version += 1;
  }

  indexOf(item: unknown, start = 0, count = this.items.length - start): number {
    const key = keyFunction(this.element);
    const wanted = key(item);
    charge(count);
    for (let index = start; index < start + count; index += 1) {
      if (key(this.items[index]) === wanted) return index;
    }
    return -1;
  }

  lastIndexOf(item: unknown, start: number, count: number): number {
    const key = keyFunction(this.element);
    const wanted = key(item);
    charge(count);
    for (let index = start; index > start - count; index -= 1) {
      if (key(this.items[index]) === wanted) return index;
    }
    return -1;
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
    if (index < 0 || index >= this.items.length) throw indexBeyond();
    return this.items[index];
  }

  put(index: number, item: unknown): void {
    if (index < 0 || index >= this.items.length) throw indexBeyond();
    this.items[index] = item;
    this.version += 1;
  }

  insert(index: number, item: unknown): void {
    if (index < 0 || index > this.items.length) {
      throw outOfRange('index', 'Index must be within the bounds of the List.');
    }
    allocate(1);
    charge((this.items.length - index) >> 4);
    this.items.splice(index, 0, item);
    this.grow(this.items.length);
  }

  insertRange(index: number, source: unknown): void {
    required(source, 'collection');
    if (index < 0 || index > this.items.length) throw indexBeyond();
    if (countOf(source) === undefined) {
      let at = index;
      for (const item of iterate(source, this.element)) {
        this.insert(at, item);
        at += 1;
      }
      return;
    }
    const added = listOf(source, this.element);
    allocate(added.length);
    this.items = [...this.items.slice(0, index), ...added, ...this.items.slice(index)];
    this.grow(this.items.length);
  }

  removeAt(index: number): void {
    if (index < 0 || index >= this.items.length) throw indexBeyond();
    charge((this.items.length - index) >> 4);
    this.items.splice(index, 1);
    this.version += 1;
  }

  /** Replaces all items, for reversing and removing ranges. */
  replace(items: unknown[]): void {
    this.items = items;
    this.version += 1;
  }

  sort(order: Order, start = 0, count = this.items.length): void {
    introspectiveSort(this.items, order, start, count);
    this.version += 1;
  }

  forEach(action: (item: unknown) => void): void {
    const { version } = this;
    for (const item of this.items) {
      if (this.version !== version) break;
      tick();
      action(item);
    }
    this.checkVersion(version);
  }
}
