// What every collection has in common, and the exceptions they share.
import { fault, invalidOperation, outOfRange, type Thrown } from '../../running/exceptions.ts';
import { ArrayValue, Instance } from '../../running/values.ts';

const modified = 'Collection was modified; enumeration operation may not execute.';
const modifiedSince = 'Collection was modified after the enumerator was instantiated.';
const beyond =
  'Index was out of range. Must be non-negative and less than the size of the collection.';

/** What the interfaces ask of every collection. */
export abstract class Collection extends Instance {
  /** Counts changes, so that an enumeration notices them. */
  protected version = 0;
  abstract readonly count: number;
  abstract [Symbol.iterator](): Iterator<unknown>;
  abstract contains(item: unknown): boolean;
  add(_item: unknown): void {
    throw this.readOnly();
  }
  clear(): void {
    throw this.readOnly();
  }
  remove(_item: unknown): boolean {
    throw this.readOnly();
  }
  get isReadOnly(): boolean {
    return false;
  }

  protected readOnly() {
    return fault('NotSupportedException', 'Collection is read-only.');
  }

  /** Refuses to go on with an enumeration that began at another version. */
  protected checkVersion(version: number): void {
    if (this.version !== version) throw invalidOperation(this.modifiedMessage);
  }

  protected get modifiedMessage(): string {
    return modified;
  }
}

/** The collections outside of .NET's core: sets, queues and stacks. */
export abstract class OuterCollection extends Collection {
  protected override get modifiedMessage(): string {
    return modifiedSince;
  }
}

/** An index that no element has. */
export function indexBeyond(parameter = 'index') {
  return outOfRange(parameter, beyond);
}

export function negative(parameter: string) {
  return outOfRange(parameter, 'Non-negative number required.');
}

/** The same refusal in the words of those types that show the value, too. */
export function showing<T extends Thrown>(refusal: T, value: number): T {
  refusal.exception.message += `\nActual value was ${value}.`;
  return refusal;
}

/** A count that leads out of the collection. */
export function countBeyond() {
  const message =
    'Count must be positive and count must refer to a location within the string/array/collection.';
  return outOfRange('count', message);
}

/** Refuses a part that a collection of `size` elements does not have. */
export function checkPart(size: number, index: number, count: number, parameter = 'count'): void {
  if (index < 0) throw negative('index');
  if (count < 0) throw negative(parameter);
  if (size - index < count) {
    const message =
      'Offset and length were out of bounds for the array or count is greater than the number of elements from index to the end of the source collection.';
    throw fault('ArgumentException', message);
  }
}

/** The number of elements of any collection, where it is known without walking it. */
export function countOf(source: unknown): number | undefined {
  if (source instanceof ArrayValue) return source.items.length;
  if (source instanceof Collection) return source.count;
  if (typeof source === 'string') return undefined;
  const { count } = source as { count?: unknown };
  return typeof count === 'number' ? count : undefined;
}
