// System.String: searching.
import { indexOfText, lastIndexOfText, StringComparison } from '../../../dotnet/index.ts';
import { outOfRange, required } from '../running/exceptions.ts';
import type { ArrayValue } from '../running/values.ts';
import { textOfChars } from './string-building.ts';

type Text = string | null;

const char = (code: number) => String.fromCharCode(code);

const { Ordinal, InvariantCulture } = StringComparison;

const badIndex = () =>
  outOfRange(
    'startIndex',
    'Index was out of range. Must be non-negative and less than the size of the collection.',
  );
const badCount = () =>
  outOfRange(
    'count',
    'Count must be positive and count must refer to a location within the string/array/collection.',
  );

function checkForward(text: string, start: number, count: number): void {
  if (start < 0 || start > text.length) throw badIndex();
  if (count < 0 || count > text.length - start) throw badCount();
}

function indexOf(
  text: string,
  value: Text,
  start = 0,
  count = text.length - start,
  comparison: number = InvariantCulture,
): number {
  const wanted = required(value, 'value');
  checkForward(text, start, count);
  return indexOfText(text.slice(0, start + count), wanted, start, comparison);
}

/** The last place within the `count` units that end at `start`. */
function lastIndexOf(
  text: string,
  value: Text,
  start: number,
  count: number,
  comparison: number = InvariantCulture,
): number {
  const wanted = required(value, 'value');
  if (text === '' && (start === -1 || start === 0)) return wanted === '' ? 0 : -1;
  if (start < 0 || start > text.length) throw badIndex();
  // A start just behind the text means its last unit.
  const behind = start === text.length;
  const last = behind ? start - 1 : start;
  const units = behind && count > 0 ? count - 1 : count;
  const first = last - units + 1;
  if (units < 0 || first < 0) throw badCount();
  if (wanted === '') return last;
  const found = lastIndexOfText(text.slice(first, last + 1), wanted, comparison);
  return found < 0 ? -1 : first + found;
}

/** Refuses a backward range of single units; an empty text has none, and refuses nothing. */
function checkBackward(text: string, start: number, count: number): void {
  if (text === '') return;
  if (start < 0 || start >= text.length) throw badIndex();
  if (count < 0 || count > start + 1) throw badCount();
}

function lastIndexOfUnit(text: string, code: number, start: number, count: number): number {
  checkBackward(text, start, count);
  const found = text.lastIndexOf(char(code), start);
  return text === '' || found <= start - count ? -1 : found;
}

function indexOfAny(
  text: string,
  chars: ArrayValue | null,
  start = 0,
  count = text.length - start,
): number {
  const wanted = textOfChars(required(chars, 'anyOf'));
  checkForward(text, start, count);
  for (let index = start; index < start + count; index += 1) {
    if (wanted.includes(text[index]!)) return index;
  }
  return -1;
}

function lastIndexOfAny(
  text: string,
  chars: ArrayValue | null,
  start = text.length - 1,
  count = start + 1,
): number {
  const wanted = textOfChars(required(chars, 'anyOf'));
  checkBackward(text, start, count);
  for (let index = start; text !== '' && index > start - count; index -= 1) {
    if (wanted.includes(text[index]!)) return index;
  }
  return -1;
}

export const searching = {
  'int IndexOf(string value)': (text: string, value: Text) => indexOf(text, value),
  'int IndexOf(string value, int startIndex)': (text: string, value: Text, start: number) =>
    indexOf(text, value, start),
  'int IndexOf(string value, int startIndex, int count)': (
    text: string,
    value: Text,
    start: number,
    count: number,
  ) => {
    checkForward(text, start, count);
    return indexOf(text, value, start, count);
  },
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
  'int IndexOf(string value, int startIndex, int count, StringComparison comparisonType)': indexOf,
  'int IndexOf(char value)': (text: string, code: number) => text.indexOf(char(code)),
  'int IndexOf(char value, StringComparison comparisonType)': (
    text: string,
    code: number,
    comparison: number,
  ) => indexOf(text, char(code), 0, text.length, comparison),
  'int IndexOf(char value, int startIndex)': (text: string, code: number, start: number) =>
    indexOf(text, char(code), start, text.length - start, Ordinal),
  'int IndexOf(char value, int startIndex, int count)': (
    text: string,
    code: number,
    start: number,
    count: number,
  ) => indexOf(text, char(code), start, count, Ordinal),
  'int LastIndexOf(string value)': (text: string, value: Text) =>
    lastIndexOf(text, value, text.length - 1, text.length),
  'int LastIndexOf(string value, int startIndex)': (text: string, value: Text, start: number) =>
    lastIndexOf(text, value, start, start + 1),
  'int LastIndexOf(string value, int startIndex, int count)': lastIndexOf,
  'int LastIndexOf(string value, StringComparison comparisonType)': (
    text: string,
    value: Text,
    comparison: number,
  ) => lastIndexOf(text, value, text.length - 1, text.length, comparison),
  'int LastIndexOf(string value, int startIndex, StringComparison comparisonType)': (
    text: string,
    value: Text,
    start: number,
    comparison: number,
  ) => lastIndexOf(text, value, start, start + 1, comparison),
  'int LastIndexOf(string value, int startIndex, int count, StringComparison comparisonType)':
    lastIndexOf,
  'int LastIndexOf(char value)': (text: string, code: number) => text.lastIndexOf(char(code)),
  'int LastIndexOf(char value, int startIndex)': (text: string, code: number, start: number) =>
    lastIndexOfUnit(text, code, start, start + 1),
  'int LastIndexOf(char value, int startIndex, int count)': lastIndexOfUnit,
  'int IndexOfAny(char[] anyOf)': (text: string, chars: ArrayValue | null) =>
    indexOfAny(text, chars),
  'int IndexOfAny(char[] anyOf, int startIndex)': (
    text: string,
    chars: ArrayValue | null,
    start: number,
  ) => indexOfAny(text, chars, start),
  'int IndexOfAny(char[] anyOf, int startIndex, int count)': indexOfAny,
  'int LastIndexOfAny(char[] anyOf)': (text: string, chars: ArrayValue | null) =>
    lastIndexOfAny(text, chars),
  'int LastIndexOfAny(char[] anyOf, int startIndex)': (
    text: string,
    chars: ArrayValue | null,
    start: number,
  ) => lastIndexOfAny(text, chars, start),
  'int LastIndexOfAny(char[] anyOf, int startIndex, int count)': lastIndexOfAny,
};
