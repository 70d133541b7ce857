// System.Linq.Enumerable: Any, All, Contains and Count.
import { required } from '../../running/exceptions.ts';
import { iterate, tick } from '../../running/sequences.ts';
import type { Type } from '../../types/type.ts';
import { countOf } from '../collections/collection.ts';
import { equalityKeys } from '../collections/comparing.ts';
import { source, type Test } from './deferred.ts';
import { OrderedValue } from './ordering.ts';

function any([type]: Type[], given: unknown, ...tests: Test[]): boolean {
  required(given, 'source');
  if (tests.length > 0) required(tests[0]!, 'predicate');
  for (const item of iterate(given, type)) {
    tick();
    if (tests.length === 0 || tests[0]!(item)) return true;
  }
  return false;
}

function all([type]: Type[], given: unknown, test: Test): boolean {
  required(given, 'source');
  required(test, 'predicate');
  return !any([type!], given, (item) => !test(item));
}

function contains(
  [type]: Type[],
  given: unknown,
  item: unknown,
  comparer: unknown = null,
): boolean {
  required(given, 'source');
  const own = given as { contains?: (item: unknown) => boolean };
  // A collection answers by its own rule; a JArray compares by reference.
  if (comparer === null && typeof own === 'object' && typeof own.contains === 'function') {
    return own.contains(item);
  }
  const key = equalityKeys(comparer, type!);
  const wanted = key(item);
  for (const other of iterate(given, type)) {
    tick();
    if (key(other) === wanted) return true;
  }
  return false;
}

/** The order of what is counted does not matter: nothing is sorted, no key is computed. */
function counted(given: unknown): unknown {
  return given instanceof OrderedValue ? counted(given.source) : given;
}

function count(types: Type[], given: unknown, ...tests: Test[]): number {
  required(given, 'source');
  if (tests.length > 0) required(tests[0]!, 'predicate');
  const from = tests.length > 0 ? given : counted(given);
  const size = tests.length > 0 ? undefined : countOf(from);
  if (size !== undefined) return size;
  let total = 0;
  for (const item of iterate(from, types[0])) {
    tick();
    if (tests.length === 0 || tests[0]!(item)) total += 1;
  }
  return total;
}

const longCount = (types: Type[], given: unknown, ...tests: Test[]) =>
  BigInt(count(types, given, ...tests));
const test = 'Func<T, bool> predicate';

export const quantifierMembers: Readonly<Record<string, unknown>> = {
  [`static bool Any<T>(${source})`]: any,
  [`static bool Any<T>(${source}, ${test})`]: any,
  [`static bool All<T>(${source}, ${test})`]: all,
  [`static bool Contains<T>(${source}, T value)`]: contains,
  [`static bool Contains<T>(${source}, T value, IEqualityComparer<T> comparer)`]: contains,
  [`static int Count<T>(${source})`]: count,
  [`static int Count<T>(${source}, ${test})`]: count,
  [`static long LongCount<T>(${source})`]: longCount,
  [`static long LongCount<T>(${source}, ${test})`]: longCount,
};
