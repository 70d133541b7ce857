// JTokenEqualityComparer: tokens are equal where they are so deeply.
import { hashOf } from '../../running/text.ts';
import { declareType, named } from '../../types/registry.ts';
import type { Type } from '../../types/type.ts';
import { ComparerValue } from '../collections/comparing.ts';
import { deepKey } from './deep-key.ts';
import type { Token } from './tokens/index.ts';

const keyOf = (token: unknown) => (token === null ? null : deepKey(token as Token));
const order = (left: unknown, right: unknown) => {
  const [a, b] = [keyOf(left) ?? '', keyOf(right) ?? ''];
  return a < b ? -1 : a > b ? 1 : 0;
};

function comparer(type: Type): ComparerValue {
  return new ComparerValue(type, order, keyOf);
}

/** `JToken.EqualityComparer`. */
export function deepComparer(): ComparerValue {
  return comparer(named('JTokenEqualityComparer'));
}

export const equalityComparerType = declareType(
  'class Newtonsoft.Json.Linq.JTokenEqualityComparer : IEqualityComparer<JToken>',
  {
    'new()': comparer,
    'bool Equals(JToken x, JToken y)': (_comparer: ComparerValue, left: unknown, right: unknown) =>
      keyOf(left) === keyOf(right),
    'int GetHashCode(JToken obj)': (_comparer: ComparerValue, token: unknown) =>
      hashOf(keyOf(token)),
  },
);
