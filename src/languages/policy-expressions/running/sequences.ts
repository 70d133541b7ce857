// Enumeration: lazy sequences and the one way to walk any collection.
import { elementTypeOf, enumerableOf, known } from '../types/hierarchy.ts';
import type { Type } from '../types/type.ts';
import { argumentNull } from './exceptions.ts';
import { charge, LimitExceeded, run } from './run.ts';
import { ArrayValue, box, Instance, stringOf, typeOf } from './values.ts';

/** A lazy `IEnumerable<T>`; each enumeration runs its source anew. */
export class Sequence extends Instance {
  private readonly make: () => Iterator<unknown>;

  constructor(element: Type, make: () => Iterator<unknown>) {
    super(enumerableOf(element));
    this.make = make;
  }

  [Symbol.iterator](): Iterator<unknown> {
    return this.make();
  }
}

/** A collection that yields other things for some element types, as JObject does. */
export interface Selective {
  iterateFor(element: Type): Iterator<unknown>;
}

/** Walks a collection's bare elements. `element` is the type the caller sees them as. */
export function iterate(source: unknown, element?: Type): Iterable<unknown> {
  if (source === null || source === undefined) throw argumentNull('source');
  if (source instanceof ArrayValue) return source.items as Iterable<unknown>;
  const text = stringOf(source);
  if (text !== undefined) return codeUnits(text);
  if (element && 'iterateFor' in (source as object)) {
    return { [Symbol.iterator]: () => (source as Selective).iterateFor(element) };
  }
  return source as Iterable<unknown>;
}

function* codeUnits(text: string): Generator<number> {
  for (let index = 0; index < text.length; index += 1) yield text.charCodeAt(index);
}

/** Walks a collection's elements as objects; `untyped` as the non-generic IEnumerable has them. */
export function* iterateBoxed(source: unknown, untyped = false): Generator<unknown> {
  if (untyped && source !== null && typeof source === 'object' && 'iterateFor' in source) {
    yield* iterate(source, known.object);
    return;
  }
  const element = elementTypeOf(typeOf(source)) ?? known.object;
  for (const item of iterate(source, element)) yield box(item, element);
}

/** All elements, counted. */
export function listOf(source: unknown, element?: Type): unknown[] {
  if (source instanceof ArrayValue) {
    charge(source.items.length);
    return Array.from(source.items as unknown[]);
  }
  const items: unknown[] = [];
  for (const item of iterate(source, element)) {
    tick();
    items.push(item);
  }
  return items;
}

/** One step of a loop. */
export function tick(): void {
  run.stepsLeft -= 1;
  if (run.stepsLeft < 0) throw new LimitExceeded('steps');
}

/** A lazy sequence from a generator function. */
export function sequence(element: Type, make: () => Generator<unknown>): Sequence {
  return new Sequence(element, make);
}
