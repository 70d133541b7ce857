// System.Linq.Enumerable: Where, OfType and Cast.
import { invalidCast, required } from '../../running/exceptions.ts';
import { iterate, iterateBoxed, type Sequence, tick } from '../../running/sequences.ts';
import { bare, isInstance, typeOf } from '../../running/values.ts';
import { explicitConversion } from '../../types/conversions.ts';
import { derives, enumerableOf, known } from '../../types/hierarchy.ts';
import type { Type } from '../../types/type.ts';
import { lazy, source, type Test } from './deferred.ts';

function* passing(from: unknown, type: Type, test: Test): Generator<unknown> {
  let index = 0;
  for (const item of iterate(from, type)) {
    tick();
    if (test(item, index)) yield item;
    index += 1;
  }
}

function where([type]: Type[], from: unknown, test: Test): Sequence {
  required(from, 'source');
  required(test, 'predicate');
  return lazy(type!, from, () => passing(from, type!, test));
}

function* castTo(type: Type, from: unknown): Generator<unknown> {
  const conversion = explicitConversion(known.object, type, false);
  for (const item of iterateBoxed(from, true)) {
    tick();
    if (!conversion) throw invalidCast(typeOf(item), type);
    yield conversion.apply ? conversion.apply(item) : item;
  }
}

/** A sequence of the type already is handed on as it is. */
function cast([type]: Type[], from: unknown): unknown {
  if (derives(typeOf(required(from, 'source')), enumerableOf(type!))) return from;
  return lazy(type!, from, () => castTo(type!, from));
}

function* instances(type: Type, from: unknown): Generator<unknown> {
  for (const item of iterateBoxed(from, true)) {
    tick();
    if (isInstance(item, type)) yield bare(item, type);
  }
}

function ofType([type]: Type[], from: unknown): Sequence {
  return lazy(type!, from, () => instances(type!, from));
}

export const filterMembers: Readonly<Record<string, unknown>> = {
  [`static IEnumerable<T> Where<T>(${source}, Func<T, bool> predicate)`]: where,
  [`static IEnumerable<T> Where<T>(${source}, Func<T, int, bool> predicate)`]: where,
  'static IEnumerable<T> Cast<T>(this IEnumerable source)': cast,
  'static IEnumerable<T> OfType<T>(this IEnumerable source)': ofType,
};
