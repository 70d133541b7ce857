// System.Linq.Enumerable: single elements.
import { invalidOperation, outOfRange, required } from '../../running/exceptions.ts';
import { iterate, tick } from '../../running/sequences.ts';
import { ArrayValue, initialOf } from '../../running/values.ts';
import type { Type } from '../../types/type.ts';
import { indexBeyond } from '../collections/collection.ts';
import { ListValue } from '../collections/list-value.ts';
import { indexableOf, source, type Test } from './deferred.ts';
import { OrderedValue } from './ordering.ts';

const noElements = 'Sequence contains no elements';
const noMatch = 'Sequence contains no matching element';

type Found = { readonly item: unknown } | undefined;
/** Finds an element; the test comes with operators that take one. */
type Pick = (type: Type, from: unknown, test?: Test) => Found;

const first: Pick = (type, from, test) => {
  if (from instanceof OrderedValue) return from.extreme(-1, test);
  if (!test) {
    const items = indexableOf(from);
    if (items) return items.length > 0 ? { item: items.at(0) } : undefined;
  }
  for (const item of iterate(from, type)) {
    tick();
    if (!test || test(item)) return { item };
  }
  return undefined;
};

/** Lists are searched from their end. */
const last: Pick = (type, from, test) => {
  if (from instanceof OrderedValue) return from.extreme(1, test);
  const isList = from instanceof ArrayValue || from instanceof ListValue;
  const items = !test || isList ? indexableOf(from) : undefined;
  if (items) {
    for (let index = items.length - 1; index >= 0; index -= 1) {
      tick();
      const item = items.at(index);
      if (!test || test(item)) return { item };
    }
    return undefined;
  }
  let found: Found;
  for (const item of iterate(from, type)) {
    tick();
    if (!test || test(item)) found = { item };
  }
  return found;
};

const single: Pick = (type, from, test) => {
  let found: Found;
  for (const item of iterate(from, type)) {
    tick();
    if (test && !test(item)) continue;
    if (found) {
      const what = test ? 'matching element' : 'element';
      throw invalidOperation(`Sequence contains more than one ${what}`);
    }
    found = { item };
  }
  return found;
};

/** An operator with and without a predicate, and the same that gives the default for nothing. */
function members(name: string, pick: Pick): Record<string, unknown> {
  const find = (type: Type, from: unknown, tests: readonly Test[]) => {
    required(from, 'source');
    if (tests.length > 0) required(tests[0]!, 'predicate');
    return pick(type, from, tests[0]);
  };
  const one = ([type]: Type[], from: unknown, ...tests: Test[]) => {
    const found = find(type!, from, tests);
    if (!found) throw invalidOperation(tests.length > 0 ? noMatch : noElements);
    return found.item;
  };
  const oneOrDefault = ([type]: Type[], from: unknown, ...tests: Test[]) => {
    const found = find(type!, from, tests);
    return found ? found.item : initialOf(type!);
  };
  const test = 'Func<T, bool> predicate';
  return {
    [`static T ${name}<T>(${source})`]: one,
    [`static T ${name}<T>(${source}, ${test})`]: one,
    [`static T ${name}OrDefault<T>(${source})`]: oneOrDefault,
    [`static T ${name}OrDefault<T>(${source}, ${test})`]: oneOrDefault,
  };
}

function find(type: Type, from: unknown, index: number): Found {
  const items = indexableOf(required(from, 'source'));
  if (items) {
    return index >= 0 && index < items.length ? { item: items.at(index) } : undefined;
  }
  let at = 0;
  if (index >= 0) {
    for (const item of iterate(from, type)) {
      tick();
      if (at === index) return { item };
      at += 1;
    }
  }
  return undefined;
}

function isIndexed(from: unknown): boolean {
  return typeof (from as { put?: unknown }).put === 'function';
}

function elementAt([type]: Type[], from: unknown, index: number): unknown {
  const found = find(type!, from, index);
  if (found) return found.item;
  // A list refuses the index in its own words.
  const isList = from instanceof ArrayValue || isIndexed(from);
  throw isList ? indexBeyond() : outOfRange('index');
}

export const elementMembers: Readonly<Record<string, unknown>> = {
  ...members('First', first),
  ...members('Last', last),
  ...members('Single', single),
  [`static T ElementAt<T>(${source}, int index)`]: elementAt,
  [`static T ElementAtOrDefault<T>(${source}, int index)`]: (
    [type]: Type[],
    from: unknown,
    index: number,
  ) => {
    const found = find(type!, from, index);
    return found ? found.item : initialOf(type!);
  },
};
