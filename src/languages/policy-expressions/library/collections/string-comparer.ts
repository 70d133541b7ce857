// System.StringComparer.
import {
  compareText,
  equalText,
  StringComparison,
  toLower,
  toUpper,
} from '../../../../dotnet/index.ts';
import { fault, required } from '../../running/exceptions.ts';
import { compareOf, equalsOf, hashOf } from '../../running/text.ts';
import { stringOf } from '../../running/values.ts';
import { declareType, named } from '../../types/registry.ts';
import { ComparerValue } from './comparing.ts';

function stringComparer(comparison: number): ComparerValue {
  const ignoresCase = comparison % 2 === 1;
  const isOrdinal = comparison >= StringComparison.Ordinal;
  const order = (left: unknown, right: unknown) =>
    compareText(stringOf(left) ?? null, stringOf(right) ?? null, comparison);
  const key = (value: unknown) => {
    const text = stringOf(value) ?? null;
    if (text === null) return null;
    // Cultures take a letter with its mark and the letter before its mark as one.
    const whole = isOrdinal ? text : text.normalize('NFC');
    return ignoresCase ? toLower(toUpper(whole)) : whole;
  };
  return new ComparerValue(named('System.StringComparer'), order, key, comparison);
}

function fromComparison(comparison: number): ComparerValue {
  if (comparison < 0 || comparison > 5) {
    const message = 'The string comparison type passed in is currently not supported.';
    throw fault('ArgumentException', message, 'comparisonType');
  }
  return stringComparer(comparison);
}

const kinds = Object.entries(StringComparison).map(([name, comparison]) => [
  `static StringComparer ${name}`,
  () => stringComparer(comparison),
]);

/** Two objects: texts by the comparer's own rule, everything else by its kind. */
function compareObjects(comparer: ComparerValue, left: unknown, right: unknown): number {
  if (left === right) return 0;
  if (stringOf(left) !== undefined && stringOf(right) !== undefined) {
    return comparer.order(left, right);
  }
  return compareOf(left, right);
}

function equalObjects(comparer: ComparerValue, left: unknown, right: unknown): boolean {
  const [a, b] = [stringOf(left), stringOf(right)];
  if (a === undefined || b === undefined) return equalsOf(left, right);
  return equalText(a, b, comparer.comparison);
}

export const stringComparerType = declareType(
  'abstract class System.StringComparer : IComparer<string>, IEqualityComparer<string>',
  {
    ...Object.fromEntries(kinds),
    'static StringComparer FromComparison(StringComparison comparisonType)': fromComparison,
    'int Compare(string x, string y)': (comparer: ComparerValue, left: unknown, right: unknown) =>
      comparer.order(left, right),
    'bool Equals(string x, string y)': (comparer: ComparerValue, left: string, right: string) =>
      equalText(left, right, comparer.comparison),
    'int GetHashCode(string obj)': (comparer: ComparerValue, value: unknown) =>
      hashOf(comparer.key(required(value, 'obj'))),
    'int Compare(object x, object y)': compareObjects,
    'bool Equals(object x, object y)': equalObjects,
  },
);
