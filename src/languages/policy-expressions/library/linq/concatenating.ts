// System.Linq.Enumerable: Concat, Append, Prepend, Reverse, DefaultIfEmpty and SequenceEqual.
import { required } from '../../running/exceptions.ts';
import { iterate, listOf, type Sequence, tick } from '../../running/sequences.ts';
import { initialOf } from '../../running/values.ts';
import type { Type } from '../../types/type.ts';
import { countOf } from '../collections/collection.ts';
import { equalityKeys } from '../collections/comparing.ts';
import { lazy, source } from './deferred.ts';

function* joined(type: Type, first: unknown, second: unknown): Generator<unknown> {
  yield* iterate(first, type);
  yield* iterate(second, type);
}

function concat([type]: Type[], first: unknown, second: unknown): Sequence {
  required(first, 'first');
  required(second, 'second');
  return lazy(type!, first, () => joined(type!, first, second));
}

function append([type]: Type[], given: unknown, item: unknown): Sequence {
  return lazy(type!, given, function* () {
    yield* iterate(given, type);
    yield item;
  });
}

function prepend([type]: Type[], given: unknown, item: unknown): Sequence {
  return lazy(type!, given, function* () {
    yield item;
    yield* iterate(given, type);
  });
}

function reverse([type]: Type[], given: unknown): Sequence {
  return lazy(type!, given, function* () {
    yield* listOf(given, type).reverse();
  });
}

function* orElse(type: Type, given: unknown, fallback: unknown): Generator<unknown> {
  let empty = true;
  for (const entry of iterate(given, type)) {
    empty = false;
    yield entry;
  }
  if (empty) yield fallback;
}

function defaultIfEmpty([type]: Type[], given: unknown, item?: unknown): Sequence {
  const fallback = item === undefined ? initialOf(type!) : item;
  return lazy(type!, given, () => orElse(type!, given, fallback));
}

function sequenceEqual(
  [type]: Type[],
  first: unknown,
  second: unknown,
  comparer: unknown = null,
): boolean {
  const counts = [countOf(required(first, 'first')), countOf(required(second, 'second'))];
  if (counts[0] !== undefined && counts[1] !== undefined && counts[0] !== counts[1]) return false;
  const key = equalityKeys(comparer, type!);
  const others = iterate(second, type)[Symbol.iterator]();
  for (const item of iterate(first, type)) {
    tick();
    const other = others.next();
    if (other.done || key(item) !== key(other.value)) return false;
  }
  return others.next().done === true;
}

const pair = 'this IEnumerable<T> first, IEnumerable<T> second';

export const concatenationMembers: Readonly<Record<string, unknown>> = {
  [`static IEnumerable<T> Concat<T>(${pair})`]: concat,
  [`static IEnumerable<T> Append<T>(${source}, T element)`]: append,
  [`static IEnumerable<T> Prepend<T>(${source}, T element)`]: prepend,
  [`static IEnumerable<T> Reverse<T>(${source})`]: reverse,
  [`static IEnumerable<T> DefaultIfEmpty<T>(${source})`]: defaultIfEmpty,
  [`static IEnumerable<T> DefaultIfEmpty<T>(${source}, T defaultValue)`]: defaultIfEmpty,
  [`static bool SequenceEqual<T>(${pair})`]: sequenceEqual,
  [`static bool SequenceEqual<T>(${pair}, IEqualityComparer<T> comparer)`]: sequenceEqual,
};
