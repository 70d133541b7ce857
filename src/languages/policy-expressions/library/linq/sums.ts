// System.Linq.Enumerable: Sum and Average, over each kind of number.
import { Decimal } from '../../../../dotnet/index.ts';
import { invalidOperation, overflow, required } from '../../running/exceptions.ts';
import { iterate, tick } from '../../running/sequences.ts';
import type { Type } from '../../types/type.ts';
import { type Map1, source } from './deferred.ts';

type Fold = (sum: unknown, item: unknown) => unknown;

interface Kind {
  readonly keyword: string;
  readonly zero: unknown;
  readonly add: Fold;
  readonly total: (sum: unknown) => unknown;
  /** Averages of ints are summed wide, so that they cannot overflow. */
  readonly addWide: Fold;
  readonly average: (sum: unknown, count: number) => unknown;
  readonly averageType: string;
}

const same = (sum: unknown) => sum;
const addReal: Fold = (sum, item) => (sum as number) + (item as number);
const addDecimal: Fold = (sum, item) => (sum as Decimal).add(item as Decimal);

const addInt: Fold = (sum, item) => {
  const result = (sum as number) + (item as number);
  if (result > 0x7fffffff || result < -0x80000000) throw overflow();
  return result;
};

const addLong: Fold = (sum, item) => {
  const result = (sum as bigint) + (item as bigint);
  if (BigInt.asIntN(64, result) !== result) throw overflow();
  return result;
};

const real = {
  zero: 0,
  total: same,
  addWide: addReal,
  average: (sum: unknown, count: number) => (sum as number) / count,
  averageType: 'double',
};

const kinds: readonly Kind[] = [
  { ...real, keyword: 'int', add: addInt },
  {
    ...real,
    keyword: 'long',
    zero: 0n,
    add: addLong,
    addWide: addLong,
    average: (sum, count) => Number(sum) / count,
  },
  { ...real, keyword: 'double', add: addReal },
  {
    ...real,
    keyword: 'float',
    add: addReal,
    total: (sum) => Math.fround(sum as number),
    average: (sum, count) => Math.fround((sum as number) / count),
    averageType: 'float',
  },
  {
    ...real,
    keyword: 'decimal',
    zero: Decimal.zero,
    add: addDecimal,
    addWide: addDecimal,
    average: (sum, count) => (sum as Decimal).divide(Decimal.fromInteger(count)),
    averageType: 'decimal',
  },
];

function sum(kind: Kind, values: Iterable<unknown>): unknown {
  let total = kind.zero;
  for (const item of values) {
    tick();
    if (item !== null) total = kind.add(total, item);
  }
  return kind.total(total);
}

function average(kind: Kind, values: Iterable<unknown>, nullable: boolean): unknown {
  let total = kind.zero;
  let count = 0;
  for (const item of values) {
    tick();
    if (item === null) continue;
    total = kind.addWide(total, item);
    count += 1;
  }
  if (count > 0) return kind.average(total, count);
  if (nullable) return null;
  throw invalidOperation('Sequence contains no elements');
}

function* results(from: unknown, map: Map1, type: Type | undefined): Generator<unknown> {
  for (const item of iterate(from, type)) yield map(item);
}

/** What a selector makes of the elements; checked at once. */
export function mapped(from: unknown, map: Map1, type: Type | undefined): Iterable<unknown> {
  required(from, 'source');
  required(map, 'selector');
  return results(from, map, type);
}

function kindMembers(kind: Kind, mark: '' | '?'): Record<string, unknown> {
  const type = kind.keyword + mark;
  const averageType = kind.averageType + mark;
  const own = `this IEnumerable<${type}> source`;
  const selected = `${source}, Func<T, ${type}> selector`;
  const given = (values: unknown) => iterate(required(values, 'source'));
  const isNullable = mark === '?';
  return {
    [`static ${type} Sum(${own})`]: (s: unknown) => sum(kind, given(s)),
    [`static ${averageType} Average(${own})`]: (s: unknown) => average(kind, given(s), isNullable),
    [`static ${type} Sum<T>(${selected})`]: ([t]: Type[], s: unknown, f: Map1) =>
      sum(kind, mapped(s, f, t)),
    [`static ${averageType} Average<T>(${selected})`]: ([t]: Type[], s: unknown, f: Map1) =>
      average(kind, mapped(s, f, t), isNullable),
  };
}

export const sumMembers: Readonly<Record<string, unknown>> = Object.assign(
  {},
  ...kinds.flatMap((kind) => [kindMembers(kind, ''), kindMembers(kind, '?')]),
);
