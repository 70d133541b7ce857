// What Queue and Stack have in common: items that come and go at the ends.
import { invalidOperation, required } from '../../running/exceptions.ts';
import { allocate, charge } from '../../running/run.ts';
import { listOf } from '../../running/sequences.ts';
import { keyFunction } from '../../running/text.ts';
import { type ArrayValue, initialOf, packed, type Reference } from '../../running/values.ts';
import type { Type } from '../../types/type.ts';
import { checkPart, indexBeyond, negative, OuterCollection, showing } from './collection.ts';

export abstract class LineValue extends OuterCollection {
  protected items: unknown[];

  constructor(type: Type, source: unknown = null) {
    super(type);
    this.items = source === null ? [] : listOf(source, type.arguments[0]!);
    allocate(this.items.length);
  }

  get element(): Type {
    return this.type.arguments[0]!;
  }

  get count(): number {
    return this.items.length;
  }

  push(item: unknown): void {
    allocate(1);
    this.items.push(item);
    this.version += 1;
  }

  /** Index of the item that is next to be taken. */
  protected abstract readonly next: number;
  protected abstract readonly emptyMessage: string;
  /** Items in the order of enumeration. */
  abstract listed(): unknown[];

  take(): unknown {
    const item = this.peek();
    if (this.next === 0) {
      charge(this.items.length >> 4);
      this.items.shift();
    } else this.items.pop();
    this.version += 1;
    return item;
  }

  peek(): unknown {
    if (this.items.length === 0) throw invalidOperation(this.emptyMessage);
    return this.items[this.next];
  }

  /** `TryPeek` and `TryPop`: false where nothing is left. */
  attempt(result: Reference, read: () => unknown): boolean {
    const found = this.items.length > 0;
    result.value = found ? read() : initialOf(this.element);
    return found;
  }

  contains(item: unknown): boolean {
    const key = keyFunction(this.element);
    const wanted = key(item);
    charge(this.items.length);
    return this.items.some((entry) => key(entry) === wanted);
  }

  override clear(): void {
    this.items = [];
    this.version += 1;
  }

  [Symbol.iterator](): Iterator<unknown> {
    return this.walk(this.version);
  }

  private *walk(version: number): Generator<unknown> {
    const listed = this.listed();
    for (let index = 0; ; index += 1) {
      this.checkVersion(version);
      if (index >= listed.length) return;
      yield listed[index];
    }
  }
}

function copyTo(line: LineValue, array: ArrayValue | null, start: number): void {
  const { items } = required(array, 'array');
  if (start < 0 || start > items.length) throw showing(indexBeyond('arrayIndex'), start);
  checkPart(items.length, start, line.count);
  for (const [index, item] of line.listed().entries()) items[start + index] = item as never;
}

/** Members of a queue or stack, by the words each has for coming and going. */
export function lineMembers(
  Line: new (type: Type, source?: unknown) => LineValue,
  come: string,
  go: string,
): Record<string, unknown> {
  return {
    'new()': (type: Type) => new Line(type),
    'new(int capacity)': (type: Type, capacity: number) => {
      if (capacity < 0) throw showing(negative('capacity'), capacity);
      return new Line(type);
    },
    'new(IEnumerable<T> collection)': (type: Type, source: unknown) =>
      new Line(type, required(source, 'collection')),
    'int Count': (line: LineValue) => line.count,
    [`void ${come}(T item)`]: (line: LineValue, item: unknown) => line.push(item),
    [`T ${go}()`]: (line: LineValue) => line.take(),
    'T Peek()': (line: LineValue) => line.peek(),
    [`bool Try${go}(out T result)`]: (line: LineValue, result: Reference) =>
      line.attempt(result, () => line.take()),
    'bool TryPeek(out T result)': (line: LineValue, result: Reference) =>
      line.attempt(result, () => line.peek()),
    'bool Contains(T item)': (line: LineValue, item: unknown) => line.contains(item),
    'void Clear()': (line: LineValue) => line.clear(),
    'T[] ToArray()': (line: LineValue) => packed(line.element, line.listed()),
    'void CopyTo(T[] array, int arrayIndex)': copyTo,
    'void TrimExcess()': () => undefined,
  };
}
