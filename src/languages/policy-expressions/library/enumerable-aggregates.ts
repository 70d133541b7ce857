// System.Linq.Enumerable: sums, averages, extremes and folds.
import { Decimal } from '../../../dotnet/index.ts';
import { invalidOperation, overflow, required } from '../running/exceptions.ts';
import { iterate, tick } from '../running/sequences.ts';
import { compareFunction } from '../running/text.ts';
import { named } from '../types/registry.ts';
import { nullableOf, type Type } from '../types/type.ts';

type Map1 = (item: unknown) => unknown;
type Fold = (sum: unknown, item: unknown) => unknown;

const noElements = 'Sequence contains no elements';

interface Kind {
  readonly keyword: string;
  readonly zero: unknown;
  readonly add: Fold;
  /** Sum and count to the average, as `double` unless said otherwise. */
  readonly average: (sum: unknown, count: number) => unknown;
  readonly averageType: string;
}

function addInt(sum: unknown, item: unknown): number {
  const result = (sum as number) + (item as number);
  if (result > 0x7fffffff || result < -0x80000000) throw overflow();
  return result;
}

function addLong(sum: unknown, item: unknown): bigint {
  const result = (sum as bigint) + (item as bigint);
  if (BigInt.asIntN(64, result) !== result) throw overflow();
  return result;
}

const addReal: Fold = (sum, item) => (sum as number) + (item as number);

const kinds: readonly Kind[] = [
  {
    keyword: 'int',
    zero: 0,
    add: addInt,
    average: (sum, count) => (sum as number) / count,
    averageType: 'double',
  },
  {
    keyword: 'long',
    zero: 0n,
    add: addLong,
    average: (sum, count) => Number(sum) / count,
    averageType: 'double',
  },
  {
    keyword: 'double',
    zero: 0,
    add: addReal,
    average: (sum, count) => (sum as number) / count,
    averageType: 'double',
  },
  {
    keyword: 'float',
    zero: 0,
    add: (sum, item) => Math.fround((sum as number) + (item as number)),
    average: (sum, count) => Math.fround((sum as number) / count),
    averageType: 'float',
  },
  {
    keyword: 'decimal',
    zero: Decimal.zero,
    add: (sum, item) => (sum as Decimal).add(item as Decimal),
    average: (sum, count) => (sum as Decimal).divide(Decimal.fromInteger(count)),
    averageType: 'decimal',
  },
];

/** Averages of ints are summed wide, so that they cannot overflow. */
function averageOf(kind: Kind, values: Iterable<unknown>, nullable: boolean): unknown {
  let sum = kind.keyword === 'int' ? 0 : kind.zero;
  let count = 0;
  const add = kind.keyword === 'int' ? addReal : kind.add;
  for (const item of values) {
    tick();
    if (item === null) continue;
    sum = add(sum, item);
    count += 1;
  }
  if (count > 0) return kind.average(sum, count);
  if (nullable) return null;
  throw invalidOperation(noElements);
}

function sumOf(kind: Kind, values: Iterable<unknown>): unknown {
  let sum = kind.zero;
  for (const item of values) {
    tick();
    if (item !== null) sum = kind.add(sum, item);
  }
  return sum;
}

/** The smallest (-1) or largest (1); nulls are passed over. */
function extremeOf(type: Type, values: Iterable<unknown>, sign: number): unknown {
  const order = compareFunction(type);
  let best: { item: unknown } | undefined;
  for (const item of values) {
    tick();
    if (item === null) continue;
    if (!best || Math.sign(order(item, best.item)) === sign) best = { item };
  }
  if (best) return best.item;
  if (type.isNullable) return null;
  throw invalidOperation(noElements);
}

function* mapped(source: unknown, map: Map1, type: Type | undefined): Generator<unknown> {
  for (const item of iterate(required(source, 'source'), type)) yield map(item);
}

const source = 'this IEnumerable<T> source';

function kindMembers(kind: Kind): Record<string, unknown> {
  const members: Record<string, unknown> = {};
  for (const mark of ['', '?']) {
    const { keyword } = kind;
    const type = keyword + mark;
    const average = kind.averageType + mark;
    const own = `this IEnumerable<${type}> source`;
    const bare = {
      int: 'Int32',
      long: 'Int64',
      double: 'Double',
      float: 'Single',
      decimal: 'Decimal',
    };
    const typeOf = () => {
      const plain = named(`System.${bare[keyword as keyof typeof bare]}`);
      return mark ? nullableOf(plain) : plain;
    };
    const given = (values: unknown) => iterate(required(values, 'source'));
    Object.assign(members, {
      [`static ${type} Sum(${own})`]: (s: unknown) => sumOf(kind, given(s)),
      [`static ${average} Average(${own})`]: (s: unknown) => averageOf(kind, given(s), mark !== ''),
      [`static ${type} Min(${own})`]: (s: unknown) => extremeOf(typeOf(), given(s), -1),
      [`static ${type} Max(${own})`]: (s: unknown) => extremeOf(typeOf(), given(s), 1),
      [`static ${type} Sum<T>(${source}, Func<T, ${type}> selector)`]: (
        [t]: Type[],
        s: unknown,
        f: Map1,
      ) => sumOf(kind, mapped(s, f, t)),
      [`static ${average} Average<T>(${source}, Func<T, ${type}> selector)`]: (
        [t]: Type[],
        s: unknown,
        f: Map1,
      ) => averageOf(kind, mapped(s, f, t), mark !== ''),
      [`static ${type} Min<T>(${source}, Func<T, ${type}> selector)`]: (
        [t]: Type[],
        s: unknown,
        f: Map1,
      ) => extremeOf(typeOf(), mapped(s, f, t), -1),
      [`static ${type} Max<T>(${source}, Func<T, ${type}> selector)`]: (
        [t]: Type[],
        s: unknown,
        f: Map1,
      ) => extremeOf(typeOf(), mapped(s, f, t), 1),
    });
  }
  return members;
}

function fold(types: Type[], values: unknown, seed: unknown, step: Fold): unknown {
  let result = seed;
  for (const item of iterate(required(values, 'source'), types[0])) {
    tick();
    result = step(result, item);
  }
  return result;
}

export const aggregateMembers: Record<string, unknown> = {
  ...Object.assign({}, ...kinds.map(kindMembers)),
  [`static T Min<T>(${source})`]: ([t]: Type[], s: unknown) => extremeOf(t!, iterate(s, t), -1),
  [`static T Max<T>(${source})`]: ([t]: Type[], s: unknown) => extremeOf(t!, iterate(s, t), 1),
  [`static R Min<T, R>(${source}, Func<T, R> selector)`]: ([t, r]: Type[], s: unknown, f: Map1) =>
    extremeOf(r!, mapped(s, f, t), -1),
  [`static R Max<T, R>(${source}, Func<T, R> selector)`]: ([t, r]: Type[], s: unknown, f: Map1) =>
    extremeOf(r!, mapped(s, f, t), 1),
  [`static T Aggregate<T>(${source}, Func<T, T, T> func)`]: (
    types: Type[],
    s: unknown,
    step: Fold,
  ) => {
    let result: { value: unknown } | undefined;
    for (const item of iterate(required(s, 'source'), types[0])) {
      tick();
      result = { value: result ? step(result.value, item) : item };
    }
    if (!result) throw invalidOperation(noElements);
    return result.value;
  },
  [`static A Aggregate<T, A>(${source}, A seed, Func<A, T, A> func)`]: fold,
  [`static R Aggregate<T, A, R>(${source}, A seed, Func<A, T, A> func, Func<A, R> resultSelector)`]:
    (types: Type[], s: unknown, seed: unknown, step: Fold, finish: Map1) =>
      finish(fold(types, s, seed, step)),
};
