// System.Linq.Enumerable: single elements, tests and counts.
import { invalidOperation, outOfRange, required } from '../running/exceptions.ts';
import { iterate, tick } from '../running/sequences.ts';
import { initialOf } from '../running/values.ts';
import type { Type } from '../types/type.ts';
import { countOf } from './collections.ts';
import { equalityKeys } from './comparers.ts';

type Test = (item: unknown, index?: number) => boolean;

const noElements = 'Sequence contains no elements';
const noMatch = 'Sequence contains no matching element';

/** The first or last element that passes; `undefined` where none does. */
function pick(source: unknown, type: Type | undefined, test: Test | undefined, last: boolean) {
  required(source, 'source');
  let found: { item: unknown } | undefined;
  for (const item of iterate(source, type)) {
    tick();
    if (test && !test(item)) continue;
    found = { item };
    if (!last) break;
  }
  return found;
}

function one([type]: Type[], source: unknown, test: Test | undefined, last: boolean): unknown {
  const found = pick(source, type, test, last);
  if (!found) throw invalidOperation(test ? noMatch : noElements);
  return found.item;
}

function oneOr([type]: Type[], source: unknown, test: Test | undefined, last: boolean): unknown {
  const found = pick(source, type, test, last);
  return found ? found.item : initialOf(type!);
}

function single([type]: Type[], source: unknown, test?: Test, orDefault = false): unknown {
  required(source, 'source');
  let found: { item: unknown } | undefined;
  for (const item of iterate(source, type)) {
    tick();
    if (test && !test(item)) continue;
    if (found) {
      throw invalidOperation(
        test
          ? 'Sequence contains more than one matching element'
          : 'Sequence contains more than one element',
      );
    }
    found = { item };
  }
  if (found) return found.item;
  if (orDefault) return initialOf(type!);
  throw invalidOperation(test ? noMatch : noElements);
}

function elementAt([type]: Type[], source: unknown, index: number, orDefault: boolean): unknown {
  let at = 0;
  if (index >= 0) {
    for (const item of iterate(source, type)) {
      tick();
      if (at === index) return item;
      at += 1;
    }
  }
  if (orDefault) return initialOf(type!);
  throw outOfRange('index');
}

function contains(
  [type]: Type[],
  source: unknown,
  item: unknown,
  comparer: unknown = null,
): boolean {
  const own = source as { contains?: (item: unknown) => boolean };
  // A collection answers by its own rule; a JArray compares by reference.
  if (comparer === null && typeof own === 'object' && typeof own?.contains === 'function') {
    return own.contains(item);
  }
  const key = equalityKeys(comparer, type!);
  const wanted = key(item);
  for (const other of iterate(source, type)) {
    tick();
    if (key(other) === wanted) return true;
  }
  return false;
}

function any([type]: Type[], source: unknown, test?: Test): boolean {
  return pick(source, type, test, false) !== undefined;
}

function all([type]: Type[], source: unknown, test: Test): boolean {
  return pick(source, type, (item) => !test(item), false) === undefined;
}

function count([type]: Type[], source: unknown, test?: Test): number {
  required(source, 'source');
  const known_ = test ? undefined : countOf(source);
  if (known_ !== undefined) return known_;
  let total = 0;
  for (const item of iterate(source, type)) {
    tick();
    if (!test || test(item)) total += 1;
  }
  return total;
}

const source = 'this IEnumerable<T> source';
const test = 'Func<T, bool> predicate';

export const elementMembers = {
  [`static T First<T>(${source})`]: (t: Type[], s: unknown) => one(t, s, undefined, false),
  [`static T First<T>(${source}, ${test})`]: (t: Type[], s: unknown, p: Test) =>
    one(t, s, p, false),
  [`static T Last<T>(${source})`]: (t: Type[], s: unknown) => one(t, s, undefined, true),
  [`static T Last<T>(${source}, ${test})`]: (t: Type[], s: unknown, p: Test) => one(t, s, p, true),
  [`static T FirstOrDefault<T>(${source})`]: (t: Type[], s: unknown) =>
    oneOr(t, s, undefined, false),
  [`static T FirstOrDefault<T>(${source}, ${test})`]: (t: Type[], s: unknown, p: Test) =>
    oneOr(t, s, p, false),
  [`static T LastOrDefault<T>(${source})`]: (t: Type[], s: unknown) => oneOr(t, s, undefined, true),
  [`static T LastOrDefault<T>(${source}, ${test})`]: (t: Type[], s: unknown, p: Test) =>
    oneOr(t, s, p, true),
  [`static T Single<T>(${source})`]: single,
  [`static T Single<T>(${source}, ${test})`]: single,
  [`static T SingleOrDefault<T>(${source})`]: (t: Type[], s: unknown) =>
    single(t, s, undefined, true),
  [`static T SingleOrDefault<T>(${source}, ${test})`]: (t: Type[], s: unknown, p: Test) =>
    single(t, s, p, true),
  [`static T ElementAt<T>(${source}, int index)`]: (t: Type[], s: unknown, i: number) =>
    elementAt(t, s, i, false),
  [`static T ElementAtOrDefault<T>(${source}, int index)`]: (t: Type[], s: unknown, i: number) =>
    elementAt(t, s, i, true),
  [`static bool Any<T>(${source})`]: any,
  [`static bool Any<T>(${source}, ${test})`]: any,
  [`static bool All<T>(${source}, ${test})`]: all,
  [`static bool Contains<T>(${source}, T value)`]: contains,
  [`static bool Contains<T>(${source}, T value, IEqualityComparer<T> comparer)`]: contains,
  [`static int Count<T>(${source})`]: count,
  [`static int Count<T>(${source}, ${test})`]: count,
  [`static long LongCount<T>(${source})`]: (t: Type[], s: unknown) => BigInt(count(t, s)),
  [`static long LongCount<T>(${source}, ${test})`]: (t: Type[], s: unknown, p: Test) =>
    BigInt(count(t, s, p)),
};
