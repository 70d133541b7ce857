// System.Linq.Enumerable: Skip, Take and their kin.
import { required } from '../../running/exceptions.ts';
import { iterate, type Sequence, tick } from '../../running/sequences.ts';
import type { Type } from '../../types/type.ts';
import {
  type Indexable,
  IndexedSequence,
  indexableOf,
  lazy,
  source,
  type Test,
} from './deferred.ts';

/** The part of a list from one index up to another. */
function part(type: Type, given: unknown, start: number, end: number): Sequence | undefined {
  const items = indexableOf(given);
  if (!items) return undefined;
  return new IndexedSequence(type, new PartOfItems(items, start, end));
}

class PartOfItems implements Indexable {
  private readonly items: Indexable;
  private readonly start: number;
  private readonly end: number;

  constructor(items: Indexable, start: number, end: number) {
    this.items = items;
    this.start = start;
    this.end = end;
  }

  get length(): number {
    return Math.max(0, Math.min(this.items.length, this.end) - this.start);
  }

  at(index: number): unknown {
    tick();
    return this.items.at(this.start + index);
  }
}

function* after(given: unknown, type: Type, count: number): Generator<unknown> {
  let left = count;
  for (const item of iterate(given, type)) {
    tick();
    if (left > 0) left -= 1;
    else yield item;
  }
}

function* before(given: unknown, type: Type, count: number): Generator<unknown> {
  let left = count;
  if (left <= 0) return;
  for (const item of iterate(given, type)) {
    tick();
    yield item;
    left -= 1;
    if (left <= 0) return;
  }
}

function skip([type]: Type[], given: unknown, count: number): Sequence {
  required(given, 'source');
  const from = Math.max(0, count);
  return (
    part(type!, given, from, Number.POSITIVE_INFINITY) ??
    lazy(type!, given, () => after(given, type!, from))
  );
}

function take([type]: Type[], given: unknown, count: number): Sequence {
  required(given, 'source');
  return (
    part(type!, given, 0, Math.max(0, count)) ??
    lazy(type!, given, () => before(given, type!, count))
  );
}

function* fromFirstMiss(given: unknown, type: Type, test: Test): Generator<unknown> {
  let index = 0;
  let skipping = true;
  for (const item of iterate(given, type)) {
    tick();
    if (skipping && !test(item, index)) skipping = false;
    if (!skipping) yield item;
    index += 1;
  }
}

function* toFirstMiss(given: unknown, type: Type, test: Test): Generator<unknown> {
  let index = 0;
  for (const item of iterate(given, type)) {
    tick();
    if (!test(item, index)) return;
    yield item;
    index += 1;
  }
}

function skipWhile([type]: Type[], given: unknown, test: Test): Sequence {
  required(given, 'source');
  required(test, 'predicate');
  return lazy(type!, given, () => fromFirstMiss(given, type!, test));
}

function takeWhile([type]: Type[], given: unknown, test: Test): Sequence {
  required(given, 'source');
  required(test, 'predicate');
  return lazy(type!, given, () => toFirstMiss(given, type!, test));
}

function takeLast([type]: Type[], given: unknown, count: number): Sequence {
  return lazy(type!, given, function* () {
    if (count <= 0) return;
    const kept: unknown[] = [];
    for (const item of iterate(given, type)) {
      tick();
      kept.push(item);
      if (kept.length > count) kept.shift();
    }
    yield* kept;
  });
}

function skipLast([type]: Type[], given: unknown, count: number): Sequence {
  return lazy(type!, given, function* () {
    const held: unknown[] = [];
    for (const item of iterate(given, type)) {
      tick();
      held.push(item);
      if (held.length > Math.max(0, count)) yield held.shift();
    }
  });
}

const operator = (name: string, parameter: string) =>
  `static IEnumerable<T> ${name}<T>(${source}, ${parameter})`;

export const partitionMembers: Readonly<Record<string, unknown>> = {
  [operator('Skip', 'int count')]: skip,
  [operator('Take', 'int count')]: take,
  [operator('SkipLast', 'int count')]: skipLast,
  [operator('TakeLast', 'int count')]: takeLast,
  [operator('SkipWhile', 'Func<T, bool> predicate')]: skipWhile,
  [operator('SkipWhile', 'Func<T, int, bool> predicate')]: skipWhile,
  [operator('TakeWhile', 'Func<T, bool> predicate')]: takeWhile,
  [operator('TakeWhile', 'Func<T, int, bool> predicate')]: takeWhile,
};
