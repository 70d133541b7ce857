// System.Linq.Enumerable: Join and GroupJoin. An element whose key is null joins nothing.
import { required } from '../../running/exceptions.ts';
import { iterate, type Sequence, tick } from '../../running/sequences.ts';
import type { Type } from '../../types/type.ts';
import { equalityKeys } from '../collections/comparing.ts';
import { IndexedSequence, lazy, type Map1, type Map2 } from './deferred.ts';
import { group, same } from './grouping.ts';

interface Sides {
  readonly types: readonly Type[];
  readonly outer: unknown;
  readonly inner: unknown;
  readonly outerKey: Map1;
  readonly innerKey: Map1;
  readonly comparer: unknown;
}

/** Each outer element with the inner ones of its key. */
function* matches({ types, outer, inner, outerKey, innerKey, comparer }: Sides) {
  const [outerType, innerType, key] = types as [Type, Type, Type];
  const grouped = { from: innerType, key, value: innerType, keyOf: innerKey, elementOf: same };
  const found = group(inner, { ...grouped, comparer });
  const identify = equalityKeys(comparer, key);
  for (const item of iterate(outer, outerType)) {
    tick();
    const own = outerKey(item);
    yield { item, items: own === null ? [] : (found.get(identify(own))?.items ?? []) };
  }
}

function checked(sides: Sides, combine: Map2): Sides {
  required(sides.outer, 'outer');
  required(sides.inner, 'inner');
  required(sides.outerKey, 'outerKeySelector');
  required(sides.innerKey, 'innerKeySelector');
  required(combine, 'resultSelector');
  return sides;
}

function join(
  types: Type[],
  outer: unknown,
  inner: unknown,
  outerKey: Map1,
  innerKey: Map1,
  combine: Map2,
  comparer: unknown = null,
): Sequence {
  const sides = checked({ types, outer, inner, outerKey, innerKey, comparer }, combine);
  return lazy(types[3]!, outer, function* () {
    for (const { item, items } of matches(sides)) {
      for (const other of items) {
        tick();
        yield combine(item, other);
      }
    }
  });
}

function groupJoin(
  types: Type[],
  outer: unknown,
  inner: unknown,
  outerKey: Map1,
  innerKey: Map1,
  combine: Map2,
  comparer: unknown = null,
): Sequence {
  const sides = checked({ types, outer, inner, outerKey, innerKey, comparer }, combine);
  return lazy(types[3]!, outer, function* () {
    for (const { item, items } of matches(sides)) {
      const own = { length: items.length, at: (index: number) => items[index] };
      yield combine(item, new IndexedSequence(types[1]!, own));
    }
  });
}

const given =
  'this IEnumerable<O> outer, IEnumerable<I> inner, Func<O, K> outerKeySelector, Func<I, K> innerKeySelector';
const comparer = 'IEqualityComparer<K> comparer';
const joined = `static IEnumerable<R> Join<O, I, K, R>(${given}, Func<O, I, R> resultSelector`;
const grouped = `static IEnumerable<R> GroupJoin<O, I, K, R>(${given}, Func<O, IEnumerable<I>, R> resultSelector`;

export const joinMembers: Readonly<Record<string, unknown>> = {
  [`${joined})`]: join,
  [`${joined}, ${comparer})`]: join,
  [`${grouped})`]: groupJoin,
  [`${grouped}, ${comparer})`]: groupJoin,
};
