// System.Collections.Generic.Comparer<T> and IComparer<T>.
import { required } from '../../running/exceptions.ts';
import { keyFunction } from '../../running/text.ts';
import { declareType } from '../../types/registry.ts';
import type { Type } from '../../types/type.ts';
import { ComparerValue, defaultComparer } from './comparing.ts';
import type { Order } from './sorting.ts';

const compare = (comparer: ComparerValue, left: unknown, right: unknown) =>
  comparer.order(left, right);

export const comparerTypes = [
  declareType('interface System.Collections.Generic.IComparer<in T>', {
    'int Compare(T x, T y)': compare,
  }),
  declareType('class System.Collections.Generic.Comparer<T> : IComparer<T>', {
    'static Comparer<T> Default': defaultComparer,
    'static Comparer<T> Create(Comparison<T> comparison)': (type: Type, comparison: Order) =>
      new ComparerValue(type, required(comparison, 'comparison'), keyFunction(type.arguments[0]!)),
    'int Compare(T x, T y)': compare,
  }),
];
