// System.Collections.Generic.EqualityComparer<T> and IEqualityComparer<T>.
import { declareType } from '../../types/registry.ts';
import { areEqual, defaultComparer, hashBy } from './comparing.ts';

const members = {
  'bool Equals(T x, T y)': areEqual,
  'int GetHashCode(T obj)': hashBy,
};

export const equalityComparerTypes = [
  declareType('interface System.Collections.Generic.IEqualityComparer<in T>', members),
  declareType('class System.Collections.Generic.EqualityComparer<T> : IEqualityComparer<T>', {
    'static EqualityComparer<T> Default': defaultComparer,
    ...members,
  }),
];
