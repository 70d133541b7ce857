// System.Linq.Enumerable: Select, SelectMany and Zip.

import { AnonymousValue } from '../../running/anonymous.ts';
import { nullReference, required } from '../../running/exceptions.ts';
import { iterate, type Sequence, tick } from '../../running/sequences.ts';
import { named } from '../../types/registry.ts';
import type { Type } from '../../types/type.ts';
import {
  type Indexable,
  IndexedSequence,
  indexableOf,
  lazy,
  type Map1,
  type Map2,
  source,
} from './deferred.ts';

class MappedItems implements Indexable {
  private readonly items: Indexable;
  private readonly map: Map1;

  constructor(items: Indexable, map: Map1) {
    this.items = items;
    this.map = map;
  }

  get length(): number {
    return this.items.length;
  }

  at(index: number): unknown {
    return this.map(this.items.at(index));
  }
}

function* selected(given: unknown, from: Type, map: Map1): Generator<unknown> {
  for (const item of iterate(given, from)) {
    tick();
    yield map(item);
  }
}

function select([from, to]: Type[], given: unknown, map: Map1): Sequence {
  required(given, 'source');
  required(map, 'selector');
  const make = () => selected(given, from!, map);
  const items = indexableOf(given);
  if (!items) return lazy(to!, given, make);
  return new IndexedSequence(to!, new MappedItems(items, map), make);
}

function* selectedIndexed(given: unknown, from: Type, map: Map1): Generator<unknown> {
  let index = 0;
  for (const item of iterate(given, from)) {
    tick();
    yield map(item, index);
    index += 1;
  }
}

function selectIndexed([from, to]: Type[], given: unknown, map: Map1): Sequence {
  required(given, 'source');
  required(map, 'selector');
  return lazy(to!, given, () => selectedIndexed(given, from!, map));
}

/** What a selector of sequences gave; null is an error of its own. */
function inner(given: unknown, type: Type | undefined): Iterable<unknown> {
  if (given === null || given === undefined) throw nullReference();
  return iterate(given, type);
}

/** Each element's own sequence, one after the other, with what `combine` makes of the two. */
function* flattened(
  [from, middle]: readonly Type[],
  given: unknown,
  map: Map1,
  combine?: Map2,
): Generator<unknown> {
  let index = 0;
  for (const item of iterate(given, from)) {
    for (const own of inner(map(item, index), middle)) {
      tick();
      yield combine ? combine(item, own) : own;
    }
    index += 1;
  }
}

function selectMany(types: Type[], given: unknown, map: Map1): Sequence {
  required(given, 'source');
  required(map, 'selector');
  return lazy(types[1]!, given, () => flattened(types, given, map));
}

function selectManyPairs(types: Type[], given: unknown, map: Map1, combine: Map2): Sequence {
  required(given, 'source');
  required(map, 'collectionSelector');
  required(combine, 'resultSelector');
  return lazy(types[2]!, given, () => flattened(types, given, map, combine));
}

function* zipped(
  [a, b]: readonly Type[],
  first: unknown,
  second: unknown,
  combine: Map2,
): Generator<unknown> {
  const others = iterate(second, b)[Symbol.iterator]();
  for (const item of iterate(first, a)) {
    const other = others.next();
    if (other.done) return;
    tick();
    yield combine(item, other.value);
  }
}

function zip(types: Type[], first: unknown, second: unknown, combine: Map2): Sequence {
  required(first, 'first');
  required(second, 'second');
  required(combine, 'resultSelector');
  return lazy(types[2]!, first, () => zipped(types, first, second, combine));
}

function zipPairs([a, b]: Type[], first: unknown, second: unknown): Sequence {
  const pair = named('ValueTuple', a!, b!);
  return zip(
    [a!, b!, pair],
    first,
    second,
    (left, right) => new AnonymousValue(pair, [left, right]),
  );
}

const collection = 'collectionSelector, Func<T, C, R> resultSelector';

export const projectionMembers: Readonly<Record<string, unknown>> = {
  [`static IEnumerable<R> Select<T, R>(${source}, Func<T, R> selector)`]: select,
  [`static IEnumerable<R> Select<T, R>(${source}, Func<T, int, R> selector)`]: selectIndexed,
  [`static IEnumerable<R> SelectMany<T, R>(${source}, Func<T, IEnumerable<R>> selector)`]:
    selectMany,
  [`static IEnumerable<R> SelectMany<T, R>(${source}, Func<T, int, IEnumerable<R>> selector)`]:
    selectMany,
  [`static IEnumerable<R> SelectMany<T, C, R>(${source}, Func<T, IEnumerable<C>> ${collection})`]:
    selectManyPairs,
  [`static IEnumerable<R> SelectMany<T, C, R>(${source}, Func<T, int, IEnumerable<C>> ${collection})`]:
    selectManyPairs,
  'static IEnumerable<R> Zip<A, B, R>(this IEnumerable<A> first, IEnumerable<B> second, Func<A, B, R> resultSelector)':
    zip,
  'static IEnumerable<ValueTuple<A, B>> Zip<A, B>(this IEnumerable<A> first, IEnumerable<B> second)':
    zipPairs,
};
