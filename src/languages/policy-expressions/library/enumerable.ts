// System.Linq.Enumerable: filters, projections and single elements.
import { invalidCast, outOfRange, required } from '../running/exceptions.ts';
import { iterate, iterateBoxed, listOf, Sequence, tick } from '../running/sequences.ts';
import { bare, initialOf, isInstance, packed, typeOf } from '../running/values.ts';
import { explicitConversion } from '../types/conversions.ts';
import { known } from '../types/hierarchy.ts';
import { declareType, named } from '../types/registry.ts';
import type { Type } from '../types/type.ts';
import { DictionaryValue, ListValue, SetValue } from './collections.ts';
import { equalityKeys } from './comparers.ts';
import { aggregateMembers } from './enumerable-aggregates.ts';
import { elementMembers } from './enumerable-elements.ts';
import { groupMembers } from './enumerable-groups.ts';

type Test = (item: unknown, index?: number) => boolean;
type Map1 = (item: unknown, index?: number) => unknown;

/** A lazy result; the source is checked at once, as .NET does. */
export function lazy(element: Type, source: unknown, make: () => Generator<unknown>): Sequence {
  required(source, 'source');
  return new Sequence(element, make);
}

function where([type]: Type[], source: unknown, test: Test): Sequence {
  required(test, 'predicate');
  return lazy(type!, source, function* () {
    let index = 0;
    for (const item of iterate(source, type)) {
      tick();
      if (test(item, index)) yield item;
      index += 1;
    }
  });
}

function select([from, to]: Type[], source: unknown, map: Map1): Sequence {
  required(map, 'selector');
  return lazy(to!, source, function* () {
    let index = 0;
    for (const item of iterate(source, from)) {
      tick();
      yield map(item, index);
      index += 1;
    }
  });
}

function selectMany([from, to]: Type[], source: unknown, map: Map1): Sequence {
  return lazy(to!, source, function* () {
    let index = 0;
    for (const item of iterate(source, from)) {
      for (const inner of iterate(map(item, index), to)) {
        tick();
        yield inner;
      }
      index += 1;
    }
  });
}

function selectManyPairs(
  [from, middle, to]: Type[],
  source: unknown,
  map: Map1,
  combine: (item: unknown, inner: unknown) => unknown,
): Sequence {
  return lazy(to!, source, function* () {
    let index = 0;
    for (const item of iterate(source, from)) {
      for (const inner of iterate(map(item, index), middle)) {
        tick();
        yield combine(item, inner);
      }
      index += 1;
    }
  });
}

function skip([type]: Type[], source: unknown, count: number): Sequence {
  return lazy(type!, source, function* () {
    let left = count;
    for (const item of iterate(source, type)) {
      tick();
      if (left > 0) left -= 1;
      else yield item;
    }
  });
}

function take([type]: Type[], source: unknown, count: number): Sequence {
  return lazy(type!, source, function* () {
    let left = count;
    if (left <= 0) return;
    for (const item of iterate(source, type)) {
      tick();
      yield item;
      left -= 1;
      if (left <= 0) return;
    }
  });
}

function whileMembers(): Record<string, unknown> {
  const skipWhile = ([type]: Type[], source: unknown, test: Test) =>
    lazy(type!, source, function* () {
      let index = 0;
      let skipping = true;
      for (const item of iterate(source, type)) {
        tick();
        if (skipping && !test(item, index)) skipping = false;
        if (!skipping) yield item;
        index += 1;
      }
    });
  const takeWhile = ([type]: Type[], source: unknown, test: Test) =>
    lazy(type!, source, function* () {
      let index = 0;
      for (const item of iterate(source, type)) {
        tick();
        if (!test(item, index)) return;
        yield item;
        index += 1;
      }
    });
  return Object.fromEntries(
    ['Func<T, bool>', 'Func<T, int, bool>'].flatMap((test) => [
      [
        `static IEnumerable<T> SkipWhile<T>(this IEnumerable<T> source, ${test} predicate)`,
        skipWhile,
      ],
      [
        `static IEnumerable<T> TakeWhile<T>(this IEnumerable<T> source, ${test} predicate)`,
        takeWhile,
      ],
    ]),
  );
}

/** The last `count` elements, or all but them. */
function ends([type]: Type[], source: unknown, count: number, keep: boolean): Sequence {
  return lazy(type!, source, function* () {
    const items = listOf(source, type);
    const at = Math.max(0, items.length - Math.max(0, count));
    yield* keep ? items.slice(at) : items.slice(0, at);
  });
}

function concat([type]: Type[], first: unknown, second: unknown): Sequence {
  required(first, 'first');
  required(second, 'second');
  return new Sequence(type!, function* () {
    yield* iterate(first, type);
    yield* iterate(second, type);
  } as () => Iterator<unknown>);
}

function sequenceEqual(
  [type]: Type[],
  first: unknown,
  second: unknown,
  comparer: unknown = null,
): boolean {
  const key = equalityKeys(comparer, type!);
  const left = listOf(required(first, 'first'), type).map(key);
  const right = listOf(required(second, 'second'), type).map(key);
  return left.length === right.length && left.every((item, index) => item === right[index]);
}

function zip(
  [a, b, to]: Type[],
  first: unknown,
  second: unknown,
  combine: (left: unknown, right: unknown) => unknown,
): Sequence {
  required(second, 'second');
  return lazy(to!, first, function* () {
    const others = iterate(second, b)[Symbol.iterator]();
    for (const item of iterate(first, a)) {
      const other = others.next();
      if (other.done) return;
      tick();
      yield combine(item, other.value);
    }
  });
}

function castAll([type]: Type[], source: unknown): Sequence {
  return lazy(type!, source, function* () {
    for (const item of iterateBoxed(source, true)) {
      tick();
      const conversion = explicitConversion(known.object, type!, false);
      if (!conversion) throw invalidCast(typeOf(item), type!);
      yield conversion.apply ? conversion.apply(item) : item;
    }
  });
}

function ofType([type]: Type[], source: unknown): Sequence {
  return lazy(type!, source, function* () {
    for (const item of iterateBoxed(source, true)) {
      tick();
      if (isInstance(item, type!)) yield bare(item, type!);
    }
  });
}

function toDictionary(
  [from, keyType, valueType]: Type[],
  source: unknown,
  keyOf: Map1,
  pickValue: Map1 | undefined,
  comparer: unknown,
): DictionaryValue {
  const map = new DictionaryValue(named('Dictionary', keyType!, valueType ?? from!), comparer);
  for (const item of iterate(source, from)) {
    tick();
    map.insert(keyOf(item), pickValue ? pickValue(item) : item);
  }
  return map;
}

function range(start: number, count: number): Sequence {
  if (count < 0 || start + count - 1 > 0x7fffffff) throw outOfRange('count');
  return new Sequence(known.int, function* () {
    for (let index = 0; index < count; index += 1) {
      tick();
      yield start + index;
    }
  } as () => Iterator<unknown>);
}

function repeat([type]: Type[], item: unknown, count: number): Sequence {
  if (count < 0) throw outOfRange('count');
  return new Sequence(type!, function* () {
    for (let index = 0; index < count; index += 1) {
      tick();
      yield item;
    }
  } as () => Iterator<unknown>);
}

const source = 'this IEnumerable<T> source';
const test = 'Func<T, bool> predicate';

const shapeMembers = {
  [`static IEnumerable<T> Where<T>(${source}, ${test})`]: where,
  [`static IEnumerable<T> Where<T>(${source}, Func<T, int, bool> predicate)`]: where,
  [`static IEnumerable<R> Select<T, R>(${source}, Func<T, R> selector)`]: select,
  [`static IEnumerable<R> Select<T, R>(${source}, Func<T, int, R> selector)`]: select,
  [`static IEnumerable<R> SelectMany<T, R>(${source}, Func<T, IEnumerable<R>> selector)`]:
    selectMany,
  [`static IEnumerable<R> SelectMany<T, R>(${source}, Func<T, int, IEnumerable<R>> selector)`]:
    selectMany,
  [`static IEnumerable<R> SelectMany<T, C, R>(${source}, Func<T, IEnumerable<C>> collectionSelector, Func<T, C, R> resultSelector)`]:
    selectManyPairs,
  [`static IEnumerable<T> Skip<T>(${source}, int count)`]: skip,
  [`static IEnumerable<T> Take<T>(${source}, int count)`]: take,
  [`static IEnumerable<T> SkipLast<T>(${source}, int count)`]: (t: Type[], s: unknown, n: number) =>
    ends(t, s, n, false),
  [`static IEnumerable<T> TakeLast<T>(${source}, int count)`]: (t: Type[], s: unknown, n: number) =>
    ends(t, s, n, true),
  ...whileMembers(),
  'static IEnumerable<T> Concat<T>(this IEnumerable<T> first, IEnumerable<T> second)': concat,
  [`static IEnumerable<T> Append<T>(${source}, T element)`]: (
    t: Type[],
    s: unknown,
    item: unknown,
  ) => concat(t, s, [item]),
  [`static IEnumerable<T> Prepend<T>(${source}, T element)`]: (
    t: Type[],
    s: unknown,
    item: unknown,
  ) => concat(t, [item], s),
  [`static IEnumerable<T> Reverse<T>(${source})`]: ([type]: Type[], s: unknown) =>
    lazy(type!, s, function* () {
      yield* listOf(s, type).reverse();
    }),
  [`static IEnumerable<T> DefaultIfEmpty<T>(${source})`]: ([type]: Type[], s: unknown) =>
    defaultIfEmpty(type!, s, initialOf(type!)),
  [`static IEnumerable<T> DefaultIfEmpty<T>(${source}, T defaultValue)`]: (
    [type]: Type[],
    s: unknown,
    item: unknown,
  ) => defaultIfEmpty(type!, s, item),
  'static IEnumerable<R> Zip<A, B, R>(this IEnumerable<A> first, IEnumerable<B> second, Func<A, B, R> resultSelector)':
    zip,
  'static bool SequenceEqual<T>(this IEnumerable<T> first, IEnumerable<T> second)': sequenceEqual,
  'static bool SequenceEqual<T>(this IEnumerable<T> first, IEnumerable<T> second, IEqualityComparer<T> comparer)':
    sequenceEqual,
  [`static IEnumerable<T> AsEnumerable<T>(${source})`]: (_t: Type[], s: unknown) => s,
  'static IEnumerable<T> Cast<T>(this IEnumerable source)': castAll,
  'static IEnumerable<T> OfType<T>(this IEnumerable source)': ofType,
  [`static T[] ToArray<T>(${source})`]: ([type]: Type[], s: unknown) =>
    packed(type!, listOf(required(s, 'source'), type)),
  [`static List<T> ToList<T>(${source})`]: ([type]: Type[], s: unknown) =>
    new ListValue(named('List', type!), listOf(required(s, 'source'), type)),
  [`static HashSet<T> ToHashSet<T>(${source})`]: ([type]: Type[], s: unknown) =>
    new SetValue(named('HashSet', type!), required(s, 'source')),
  [`static HashSet<T> ToHashSet<T>(${source}, IEqualityComparer<T> comparer)`]: (
    [type]: Type[],
    s: unknown,
    comparer: unknown,
  ) => new SetValue(named('HashSet', type!), required(s, 'source'), comparer),
  [`static Dictionary<K, T> ToDictionary<T, K>(${source}, Func<T, K> keySelector)`]: (
    t: Type[],
    s: unknown,
    k: Map1,
  ) => toDictionary(t, s, k, undefined, null),
  [`static Dictionary<K, T> ToDictionary<T, K>(${source}, Func<T, K> keySelector, IEqualityComparer<K> comparer)`]:
    (t: Type[], s: unknown, k: Map1, comparer: unknown) =>
      toDictionary(t, s, k, undefined, comparer),
  [`static Dictionary<K, V> ToDictionary<T, K, V>(${source}, Func<T, K> keySelector, Func<T, V> elementSelector)`]:
    (t: Type[], s: unknown, k: Map1, v: Map1) => toDictionary(t, s, k, v, null),
  [`static Dictionary<K, V> ToDictionary<T, K, V>(${source}, Func<T, K> keySelector, Func<T, V> elementSelector, IEqualityComparer<K> comparer)`]:
    toDictionary,
  'static IEnumerable<int> Range(int start, int count)': range,
  'static IEnumerable<T> Repeat<T>(T element, int count)': repeat,
  'static IEnumerable<T> Empty<T>()': ([type]: Type[]) => packed(type!, []),
};

function defaultIfEmpty(type: Type, given: unknown, item: unknown): Sequence {
  return lazy(type, given, function* () {
    let empty = true;
    for (const entry of iterate(given, type)) {
      empty = false;
      yield entry;
    }
    if (empty) yield item;
  });
}

export const enumerableType = declareType('static class System.Linq.Enumerable', {
  ...elementMembers,
  ...shapeMembers,
  ...aggregateMembers,
  ...groupMembers,
});
