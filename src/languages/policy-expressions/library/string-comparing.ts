// System.String: comparing.
import {
  type Culture,
  compareText,
  endsWithText,
  equalText,
  indexOfText,
  StringComparison,
  startsWithText,
  toUpper,
  trimText,
} from '../../../dotnet/index.ts';
import { fault, outOfRange, required } from '../running/exceptions.ts';
import { stringOf } from '../running/values.ts';
import { declareEnum } from '../types/registry.ts';
import type { CultureValue } from './culture.ts';

type Text = string | null;

const char = (code: number) => String.fromCharCode(code);

const { InvariantCulture, InvariantCultureIgnoreCase } = StringComparison;

export function compare(
  left: Text,
  right: Text,
  comparison: number = InvariantCulture,
  culture?: Culture,
): number {
  if (comparison === StringComparison.Ordinal) return ordinal(left, right);
  if (comparison === StringComparison.OrdinalIgnoreCase) {
    if (left === null || right === null) return nullOrder(left, right);
    return unitOrder(toUpper(left), toUpper(right));
  }
  return Math.sign(compareText(left, right, comparison, culture));
}

/** System.Globalization.CompareOptions. */
const options = {
  None: 0,
  IgnoreCase: 1,
  IgnoreNonSpace: 2,
  IgnoreSymbols: 4,
  IgnoreKanaType: 8,
  IgnoreWidth: 16,
  OrdinalIgnoreCase: 0x10000000,
  StringSort: 0x20000000,
  Ordinal: 0x40000000,
};

export const compareOptionsType = declareEnum('System.Globalization.CompareOptions', options, true);

/** A text without what the options ignore. */
function reduced(text: Text, ignored: number): Text {
  if (text === null) return null;
  let rest = text;
  if (ignored & options.IgnoreWidth) rest = rest.normalize('NFKC');
  if (ignored & options.IgnoreNonSpace) rest = rest.normalize('NFD').replace(/\p{Mn}/gu, '');
  if (ignored & options.IgnoreSymbols) rest = rest.replace(/[\p{P}\p{S}\p{Z}]/gu, '');
  if (ignored & options.IgnoreKanaType) {
    const hiragana = (kana: string) => String.fromCharCode(kana.charCodeAt(0) - 0x60);
    rest = rest.replace(/[\u30a1-\u30f6]/g, hiragana);
  }
  return rest;
}

function compareWith(left: Text, right: Text, culture: CultureValue | null, ignored: number) {
  if (ignored === options.Ordinal) return ordinal(left, right);
  if (ignored === options.OrdinalIgnoreCase) {
    return compare(left, right, StringComparison.OrdinalIgnoreCase);
  }
  const comparison = ignoring((ignored & options.IgnoreCase) !== 0);
  return compare(reduced(left, ignored), reduced(right, ignored), comparison, culture?.culture);
}

/** The part that a comparison of parts looks at, refused in the words of CompareInfo. */
function part(text: Text, index: number, length: number, which: 1 | 2): Text {
  const size = text?.length ?? 0;
  const taken = text === null ? length : Math.min(length, size - index);
  if (taken < 0) throw outOfRange(`length${which}`, 'Positive number required.');
  if (index < 0) throw outOfRange(`offset${which}`, 'Positive number required.');
  if (index > size - taken) {
    const message = 'Offset and length must refer to a position in the string.';
    throw outOfRange(`string${which}`, message);
  }
  return text === null ? null : text.slice(index, index + taken);
}

const outside =
  'Index was out of range. Must be non-negative and less than the size of the collection.';

/** The same in the words of the ordinal comparisons. */
function ordinalParts(
  left: Text,
  leftIndex: number,
  right: Text,
  rightIndex: number,
  length: number,
  negative: string,
): readonly [Text, Text] {
  if (left === null || right === null) return [left, right];
  if (length < 0) throw outOfRange(negative, 'Count cannot be less than zero.');
  if (leftIndex < 0 || leftIndex > left.length) throw outOfRange('indexA', outside);
  if (rightIndex < 0 || rightIndex > right.length) throw outOfRange('indexB', outside);
  return [left.slice(leftIndex, leftIndex + length), right.slice(rightIndex, rightIndex + length)];
}

function compareParts(
  left: Text,
  leftIndex: number,
  right: Text,
  rightIndex: number,
  length: number,
  comparison: number = InvariantCulture,
): number {
  return compare(part(left, leftIndex, length, 1), part(right, rightIndex, length, 2), comparison);
}

function ordinal(left: Text, right: Text): number {
  if (left === null || right === null) return nullOrder(left, right);
  // An empty text begins with a zero: .NET looks at the first units before the lengths.
  const first = (left.charCodeAt(0) || 0) - (right.charCodeAt(0) || 0);
  return first || unitOrder(left, right);
}

function nullOrder(left: Text, right: Text): number {
  return left === right ? 0 : left === null ? -1 : 1;
}

/** The difference of the first units that differ, else of the lengths. */
function unitOrder(left: string, right: string): number {
  const length = Math.min(left.length, right.length);
  for (let index = 0; index < length; index += 1) {
    const difference = left.charCodeAt(index) - right.charCodeAt(index);
    if (difference !== 0) return difference;
  }
  return left.length - right.length;
}

const ignoring = (ignoreCase: boolean) =>
  ignoreCase ? InvariantCultureIgnoreCase : InvariantCulture;
const isBlank = (text: Text) => text === null || trimText(text) === '';

export const comparing = {
  'static bool IsNullOrEmpty(string value)': (text: Text) => text === null || text === '',
  'static bool IsNullOrWhiteSpace(string value)': isBlank,
  'static bool Equals(string a, string b)': (a: Text, b: Text) => a === b,
  'static bool Equals(string a, string b, StringComparison comparisonType)': (
    a: Text,
    b: Text,
    comparison: number,
  ) => equalText(a, b, comparison),
  'bool Equals(string value)': (a: Text, b: Text) => a === b,
  'bool Equals(string value, StringComparison comparisonType)': (
    a: Text,
    b: Text,
    comparison: number,
  ) => equalText(a, b, comparison),
  'bool Equals(object obj)': (a: Text, b: unknown) => stringOf(b) === a,
  'static int Compare(string strA, string strB)': (a: Text, b: Text) => compare(a, b),
  'static int Compare(string strA, string strB, bool ignoreCase)': (
    a: Text,
    b: Text,
    ignoreCase: boolean,
  ) => compare(a, b, ignoring(ignoreCase)),
  'static int Compare(string strA, string strB, StringComparison comparisonType)': (
    a: Text,
    b: Text,
    comparison: number,
  ) => compare(a, b, comparison),
  'static int Compare(string strA, string strB, bool ignoreCase, CultureInfo culture)': (
    a: Text,
    b: Text,
    ignoreCase: boolean,
    culture: CultureValue | null,
  ) => compare(a, b, ignoring(ignoreCase), culture?.culture),
  'static int Compare(string strA, string strB, CultureInfo culture, CompareOptions options)':
    compareWith,
  'static int Compare(string strA, int indexA, string strB, int indexB, int length)': compareParts,
  'static int Compare(string strA, int indexA, string strB, int indexB, int length, bool ignoreCase)':
    (a: Text, from: number, b: Text, to: number, length: number, ignoreCase: boolean) =>
      compareParts(a, from, b, to, length, ignoring(ignoreCase)),
  'static int Compare(string strA, int indexA, string strB, int indexB, int length, bool ignoreCase, CultureInfo culture)':
    (a: Text, from: number, b: Text, to: number, length: number, ignoreCase: boolean) =>
      compareParts(a, from, b, to, length, ignoring(ignoreCase)),
  'static int Compare(string strA, int indexA, string strB, int indexB, int length, CultureInfo culture, CompareOptions options)':
    (
      a: Text,
      from: number,
      b: Text,
      to: number,
      length: number,
      culture: CultureValue | null,
      ignored: number,
    ) => compareWith(part(a, from, length, 1), part(b, to, length, 2), culture, ignored),
  'static int Compare(string strA, int indexA, string strB, int indexB, int length, StringComparison comparisonType)':
    (a: Text, from: number, b: Text, to: number, length: number, comparison: number) => {
      const [left, right] = ordinalParts(a, from, b, to, length, 'length');
      return compare(left, right, comparison);
    },
  'static int CompareOrdinal(string strA, string strB)': ordinal,
  'static int CompareOrdinal(string strA, int indexA, string strB, int indexB, int length)': (
    a: Text,
    from: number,
    b: Text,
    to: number,
    length: number,
  ) => {
    const [left, right] = ordinalParts(a, from, b, to, length, 'count');
    return left === null || right === null ? nullOrder(left, right) : unitOrder(left, right);
  },
  'int CompareTo(string strB)': (a: Text, b: Text) => compare(a, b),
  'int CompareTo(object value)': (a: Text, b: unknown) => {
    const text = b === null ? null : stringOf(b);
    if (text === undefined) throw fault('ArgumentException', 'Object must be of type String.');
    return compare(a, text);
  },
  'bool Contains(string value)': (text: string, value: Text) =>
    text.includes(required(value, 'value')),
  'bool Contains(char value)': (text: string, code: number) => text.includes(char(code)),
  'bool Contains(string value, StringComparison comparisonType)': (
    text: string,
    value: Text,
    comparison: number,
  ) => indexOfText(text, required(value, 'value'), 0, comparison) >= 0,
  'bool Contains(char value, StringComparison comparisonType)': (
    text: string,
    code: number,
    comparison: number,
  ) => indexOfText(text, char(code), 0, comparison) >= 0,
  'bool StartsWith(string value)': (text: string, value: Text) =>
    startsWithText(text, required(value, 'value'), InvariantCulture),
  'bool StartsWith(char value)': (text: string, code: number) => text.startsWith(char(code)),
  'bool StartsWith(string value, StringComparison comparisonType)': (
    text: string,
    value: Text,
    comparison: number,
  ) => startsWithText(text, required(value, 'value'), comparison),
  'bool StartsWith(string value, bool ignoreCase, CultureInfo culture)': (
    text: string,
    value: Text,
    ignoreCase: boolean,
  ) => startsWithText(text, required(value, 'value'), ignoring(ignoreCase)),
  'bool EndsWith(string value)': (text: string, value: Text) =>
    endsWithText(text, required(value, 'value'), InvariantCulture),
  'bool EndsWith(char value)': (text: string, code: number) => text.endsWith(char(code)),
  'bool EndsWith(string value, StringComparison comparisonType)': (
    text: string,
    value: Text,
    comparison: number,
  ) => endsWithText(text, required(value, 'value'), comparison),
  'bool EndsWith(string value, bool ignoreCase, CultureInfo culture)': (
    text: string,
    value: Text,
    ignoreCase: boolean,
  ) => endsWithText(text, required(value, 'value'), ignoring(ignoreCase)),
};
