// Deferred results: sequences that run when they are walked, some of them readable by index.
import { required } from '../../running/exceptions.ts';
import { Sequence } from '../../running/sequences.ts';
import { ArrayValue } from '../../running/values.ts';
import type { Type } from '../../types/type.ts';
import { ListValue } from '../collections/list-value.ts';
import { ReadOnlyCollectionValue } from '../collections/read-only-collection.ts';

/** A predicate or selector; some take the element's index, too. */
export type Test = (item: unknown, index?: number) => boolean;
export type Map1 = (item: unknown, index?: number) => unknown;
export type Map2 = (left: unknown, right: unknown) => unknown;

/** The parameter most operators extend. */
export const source = 'this IEnumerable<T> source';

/**
 * A lazy result; the source is checked at once, as .NET does. `make` calls a generator of the file:
 * one that is written where it is used is a new function each time, which costs more than its run.
 */
export function lazy(element: Type, from: unknown, make: () => Iterator<unknown>): Sequence {
  required(from, 'source');
  return new Sequence(element, make);
}

/** Elements by index: reading one runs no other. The length may change with the list behind. */
export interface Indexable {
  readonly length: number;
  at(index: number): unknown;
}

/** A lazy sequence over a list, whose elements can be had without those before them. */
export class IndexedSequence extends Sequence {
  readonly items: Indexable;

  constructor(element: Type, items: Indexable, make?: () => Iterator<unknown>) {
    super(element, make ?? (() => walk(items)));
    this.items = items;
  }
}

function* walk(items: Indexable): Generator<unknown> {
  for (let index = 0; index < items.length; index += 1) yield items.at(index);
}

class ListItems implements Indexable {
  private readonly list: ListValue | ReadOnlyCollectionValue;

  constructor(list: ListValue | ReadOnlyCollectionValue) {
    this.list = list;
  }

  get length(): number {
    return this.list.count;
  }

  at(index: number): unknown {
    return this.list.at(index);
  }
}

/** The elements of a list, an array, or a sequence made from one; undefined for any other. */
export function indexableOf(from: unknown): Indexable | undefined {
  if (from instanceof IndexedSequence) return from.items;
  if (from instanceof ArrayValue) {
    const { items } = from;
    return { length: items.length, at: (index) => items[index] };
  }
  if (from instanceof ListValue || from instanceof ReadOnlyCollectionValue) {
    return new ListItems(from);
  }
  return undefined;
}
