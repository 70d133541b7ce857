// System.String: comparing and searching.
import {
  type Culture,
  compareText,
  endsWithText,
  equalText,
  indexOfText,
  lastIndexOfText,
  StringComparison,
  startsWithText,
  trimText,
} from '../../../dotnet/index.ts';
import { fault, outOfRange, required } from '../running/exceptions.ts';
import { type ArrayValue, stringOf } from '../running/values.ts';
import type { CultureValue } from './culture.ts';
import { textOfChars } from './string-building.ts';

type Text = string | null;

const char = (code: number) => String.fromCharCode(code);

const { Ordinal, InvariantCulture, InvariantCultureIgnoreCase } = StringComparison;

function searchRange(text: string, start: number, count: number): void {
  if (start < 0 || start > text.length) throw outOfRange('startIndex');
  if (count < 0 || start + count > text.length) throw outOfRange('count');
}

function indexOf(
  text: string,
  value: Text,
  start = 0,
  count = text.length - start,
  comparison: number = InvariantCulture,
): number {
  const wanted = required(value, 'value');
  searchRange(text, start, count);
  const found = indexOfText(text.slice(0, start + count), wanted, start, comparison);
  return found;
}

function lastIndexOf(text: string, value: Text, comparison: number = InvariantCulture): number {
  return lastIndexOfText(text, required(value, 'value'), comparison);
}

function indexOfAny(text: string, chars: ArrayValue | null, start = 0): number {
  const wanted = textOfChars(required(chars, 'anyOf'));
  if (start < 0 || start > text.length) throw outOfRange('startIndex');
  for (let index = start; index < text.length; index += 1) {
    if (wanted.includes(text[index]!)) return index;
  }
  return -1;
}

function lastIndexOfAny(text: string, chars: ArrayValue | null): number {
  const wanted = textOfChars(required(chars, 'anyOf'));
  for (let index = text.length - 1; index >= 0; index -= 1) {
    if (wanted.includes(text[index]!)) return index;
  }
  return -1;
}

export function compare(
  left: Text,
  right: Text,
  comparison: number = InvariantCulture,
  culture?: Culture,
): number {
  if (comparison === StringComparison.Ordinal) return ordinal(left, right);
  return Math.sign(compareText(left, right, comparison, culture));
}

function compareParts(
  left: Text,
  leftIndex: number,
  right: Text,
  rightIndex: number,
  length: number,
  comparison: number = InvariantCulture,
): number {
  const part = (text: Text, index: number) => text?.substr(index, length) ?? null;
  return compare(part(left, leftIndex), part(right, rightIndex), comparison);
}

function ordinal(left: Text, right: Text): number {
  if (left === right) return 0;
  if (left === null) return -1;
  if (right === null) return 1;
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
  'static int Compare(string strA, int indexA, string strB, int indexB, int length)': compareParts,
  'static int Compare(string strA, int indexA, string strB, int indexB, int length, StringComparison comparisonType)':
    compareParts,
  'static int CompareOrdinal(string strA, string strB)': ordinal,
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

export const searching = {
  'int IndexOf(string value)': (text: string, value: Text) => indexOf(text, value),
  'int IndexOf(string value, int startIndex)': (text: string, value: Text, start: number) =>
    indexOf(text, value, start),
  'int IndexOf(string value, int startIndex, int count)': indexOf,
  'int IndexOf(string value, StringComparison comparisonType)': (
    text: string,
    value: Text,
    comparison: number,
  ) => indexOf(text, value, 0, text.length, comparison),
  'int IndexOf(string value, int startIndex, StringComparison comparisonType)': (
    text: string,
    value: Text,
    start: number,
    comparison: number,
  ) => indexOf(text, value, start, text.length - start, comparison),
  'int IndexOf(char value)': (text: string, code: number) => text.indexOf(char(code)),
  'int IndexOf(char value, int startIndex)': (text: string, code: number, start: number) =>
    indexOf(text, char(code), start, text.length - start, Ordinal),
  'int IndexOf(char value, int startIndex, int count)': (
    text: string,
    code: number,
    start: number,
    count: number,
  ) => indexOf(text, char(code), start, count, Ordinal),
  'int LastIndexOf(string value)': (text: string, value: Text) => lastIndexOf(text, value),
  'int LastIndexOf(string value, StringComparison comparisonType)': lastIndexOf,
  'int LastIndexOf(char value)': (text: string, code: number) => text.lastIndexOf(char(code)),
  'int LastIndexOf(char value, int startIndex)': (text: string, code: number, start: number) => {
    if (text === '') return -1;
    if (start < 0 || start >= text.length) throw outOfRange('startIndex');
    return text.lastIndexOf(char(code), start);
  },
  'int LastIndexOf(string value, int startIndex)': (text: string, value: Text, start: number) => {
    if (start < -1 || start > text.length) throw outOfRange('startIndex');
    return lastIndexOf(text.slice(0, start + 1), value);
  },
  'int IndexOfAny(char[] anyOf)': (text: string, chars: ArrayValue | null) =>
    indexOfAny(text, chars),
  'int IndexOfAny(char[] anyOf, int startIndex)': indexOfAny,
  'int LastIndexOfAny(char[] anyOf)': lastIndexOfAny,
};
