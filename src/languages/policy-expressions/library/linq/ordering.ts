// System.Linq: OrderBy, ThenBy and IOrderedEnumerable<T>.
import { required } from '../../running/exceptions.ts';
import { iterate, listOf, tick } from '../../running/sequences.ts';
import { Instance } from '../../running/values.ts';
import { declareType, named } from '../../types/registry.ts';
import type { Type } from '../../types/type.ts';
import { orderOf } from '../collections/comparing.ts';
import { comparisonFailure, type Order, stableSort } from '../collections/sorting.ts';
import { type Map1, source, type Test } from './deferred.ts';

interface Criterion {
  readonly keyOf: Map1;
  readonly order: Order;
}

/** An element with its key for each criterion. */
interface Row {
  readonly item: unknown;
  readonly keys: readonly unknown[];
}

/** The result of OrderBy: it can be ordered further. */
export class OrderedValue extends Instance {
  readonly element: Type;
  readonly source: unknown;
  readonly criteria: readonly Criterion[];

  constructor(element: Type, given: unknown, criteria: readonly Criterion[]) {
    super(named('System.Linq.IOrderedEnumerable', element));
    this.element = element;
    this.source = given;
    this.criteria = criteria;
  }

  private keysOf(item: unknown): Row {
    return { item, keys: this.criteria.map(({ keyOf }) => keyOf(item)) };
  }

  private compare(left: Row, right: Row): number {
    for (const [index, { order }] of this.criteria.entries()) {
      const result = order(left.keys[index], right.keys[index]);
      if (result !== 0) return result;
    }
    return 0;
  }

  /** All keys are computed before any two are compared. */
  *[Symbol.iterator](): Generator<unknown> {
    const rows = listOf(this.source, this.element).map((item) => this.keysOf(item));
    for (const { item } of this.sorted(rows)) yield item;
  }

  private sorted(rows: readonly Row[]): readonly Row[] {
    try {
      return stableSort(rows, (left, right) => this.compare(left, right));
    } catch (error) {
      throw comparisonFailure(error);
    }
  }

  /** The first (-1) or last (1) element in order that passes, found without sorting the others. */
  extreme(sign: -1 | 1, test?: Test): { readonly item: unknown } | undefined {
    let best: Row | undefined;
    for (const item of iterate(this.source, this.element)) {
      tick();
      if (test && !test(item)) continue;
      const row = this.keysOf(item);
      if (!best) best = row;
      else {
        const result = this.compare(row, best) * sign;
        if (result > 0 || (result === 0 && sign === 1)) best = row;
      }
    }
    return best;
  }
}

function criterion(key: Type, keyOf: Map1, comparer: unknown, descending: boolean): Criterion {
  const ascending = orderOf(comparer, key);
  return { keyOf, order: descending ? (a, b) => ascending(b, a) : ascending };
}

function orderBy(descending: boolean) {
  return ([type, key]: Type[], given: unknown, keyOf: Map1, comparer: unknown = null) => {
    required(given, 'source');
    required(keyOf, 'keySelector');
    return new OrderedValue(type!, given, [criterion(key!, keyOf, comparer, descending)]);
  };
}

function thenBy(descending: boolean) {
  return ([type, key]: Type[], given: unknown, keyOf: Map1, comparer: unknown = null) => {
    const before = required(given, 'source') as OrderedValue;
    required(keyOf, 'keySelector');
    const criteria = [...before.criteria, criterion(key!, keyOf, comparer, descending)];
    return new OrderedValue(type!, before.source, criteria);
  };
}

function members(
  name: string,
  receiver: string,
  make: (descending: boolean) => unknown,
): Record<string, unknown> {
  return Object.fromEntries(
    [false, true].flatMap((descending) => {
      const suffix = descending ? 'Descending' : '';
      const head = `static IOrderedEnumerable<T> ${name}${suffix}<T, K>(${receiver}, Func<T, K> keySelector`;
      return [
        [`${head})`, make(descending)],
        [`${head}, IComparer<K> comparer)`, make(descending)],
      ];
    }),
  );
}

export const orderMembers: Readonly<Record<string, unknown>> = {
  ...members('OrderBy', source, orderBy),
  ...members('ThenBy', 'this IOrderedEnumerable<T> source', thenBy),
};

export const orderedType = declareType(
  'interface System.Linq.IOrderedEnumerable<T> : IEnumerable<T>',
  {
    'IOrderedEnumerable<T> CreateOrderedEnumerable<TKey>(Func<T, TKey> keySelector, IComparer<TKey> comparer, bool descending)':
      ([key]: Type[], given: OrderedValue, keyOf: Map1, comparer: unknown, descending: boolean) =>
        thenBy(descending)([given.element, key!], given, keyOf, comparer),
  },
);
