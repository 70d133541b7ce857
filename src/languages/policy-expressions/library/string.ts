// System.String.
import {
  type Culture,
  compareText,
  endsWithText,
  equalText,
  formatComposite,
  indexOfText,
  lastIndexOfText,
  replaceText,
  StringComparison,
  startsWithText,
  toLower,
  toUpper,
  trimText,
} from '../../../dotnet/index.ts';
import { fault, indexOutside, outOfRange, required } from '../running/exceptions.ts';
import { allocate } from '../running/run.ts';
import { iterate, tick } from '../running/sequences.ts';
import { concatText, formatOf, made, textFunction } from '../running/text.ts';
import { type ArrayValue, arrayValue, stringArray, stringOf } from '../running/values.ts';
import { known } from '../types/hierarchy.ts';
import { declareEnum, declareType } from '../types/registry.ts';
import type { Type } from '../types/type.ts';
import { type CultureValue, cultureOf } from './culture.ts';

type Text = string | null;

const { Ordinal, InvariantCulture, InvariantCultureIgnoreCase } = StringComparison;

/** The UTF-16 units of a `char[]` as text. */
export function textOfChars(chars: ArrayValue | null): string {
  if (chars === null) return '';
  let text = '';
  for (const code of chars.items as number[]) text += String.fromCharCode(code);
  return text;
}

export function charsOf(text: string): ArrayValue {
  const codes = new Array<number>(text.length);
  for (let index = 0; index < text.length; index += 1) codes[index] = text.charCodeAt(index);
  return arrayValue(known.char, codes);
}

const char = (code: number) => String.fromCharCode(code);

function concat(...parts: Text[]): string {
  return made(parts.map((part) => part ?? '').join(''));
}

function join(separator: Text, parts: Iterable<string>): string {
  let text = '';
  let first = true;
  for (const part of parts) {
    tick();
    if (!first) text += separator ?? '';
    first = false;
    allocate(part.length + (separator?.length ?? 0));
    text += part;
  }
  return text;
}

/** `string.Format`: composite formatting of boxed values. */
export function format(provider: unknown, text: Text, values: readonly unknown[]): string {
  const one = (index: number, given: string | undefined) =>
    formatOf(values[index], given ?? null, provider);
  return made(formatComposite(required(text, 'format'), values.length, one));
}

function substring(text: string, start: number, length = text.length - start): string {
  if (start < 0) throw outOfRange('startIndex', 'StartIndex cannot be less than zero.');
  if (start > text.length) {
    throw outOfRange('startIndex', 'startIndex cannot be larger than length of string.');
  }
  if (length < 0) throw outOfRange('length', 'Length cannot be less than zero.');
  if (start + length > text.length) {
    throw outOfRange('length', 'Index and length must refer to a location within the string.');
  }
  return made(text.slice(start, start + length));
}

function insert(text: string, at: number, value: Text): string {
  const added = required(value, 'value');
  if (at < 0 || at > text.length) throw outOfRange('startIndex');
  return made(text.slice(0, at) + added + text.slice(at));
}

function remove(text: string, start: number, count = text.length - start): string {
  if (start < 0) throw outOfRange('startIndex', 'StartIndex cannot be less than zero.');
  if (count < 0) throw outOfRange('count', 'Count cannot be less than zero.');
  if (start + count > text.length || start > text.length) {
    const message = 'Index and count must refer to a location within the string.';
    throw outOfRange('count', message);
  }
  return made(text.slice(0, start) + text.slice(start + count));
}

function pad(text: string, width: number, code: number, left: boolean): string {
  if (width < 0) throw outOfRange('totalWidth', 'Non-negative number required.');
  allocate(width);
  return left ? text.padStart(width, char(code)) : text.padEnd(width, char(code));
}

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

const removeEmpty = 1;
const trimEntries = 2;

/** Splits at the earliest separator; none given means white space. */
function split(
  text: string,
  separators: readonly string[],
  count: number,
  options: number,
): ArrayValue {
  if (count < 0) throw outOfRange('count', 'Count cannot be less than zero.');
  if (count === 0) return stringArray([]);
  const wanted = separators.filter((separator) => separator !== '');
  const parts: string[] = [];
  let from = 0;
  let at = 0;
  const finish = (part: string) => (options & trimEntries ? trimText(part) : part);
  const keep = (part: string) => !(options & removeEmpty) || part !== '';
  while (at < text.length && parts.length < count - 1) {
    const hit =
      separators.length === 0
        ? /\s/.test(text[at]!)
          ? text[at]
          : undefined
        : wanted.find((separator) => text.startsWith(separator, at));
    if (hit === undefined) {
      at += 1;
      continue;
    }
    const part = finish(text.slice(from, at));
    if (keep(part)) parts.push(part);
    at += hit.length;
    from = at;
  }
  let rest = text.slice(from);
  // The last of a counted split loses separators before it, where empty entries are dropped.
  if (options & removeEmpty) {
    for (;;) {
      const lead =
        separators.length === 0
          ? /^\s/.exec(rest)?.[0]
          : wanted.find((separator) => rest.startsWith(separator));
      if (lead === undefined) break;
      rest = rest.slice(lead.length);
    }
  }
  const last = finish(rest);
  if (keep(last)) parts.push(last);
  allocate(text.length);
  return stringArray(parts);
}

const all = 0x7fffffff;

function splitChars(text: string, chars: ArrayValue | null, count = all, options = 0): ArrayValue {
  return split(text, [...textOfChars(chars)], count, options);
}

function splitTexts(text: string, list: ArrayValue | null, count = all, options = 0): ArrayValue {
  const separators = ((list?.items ?? []) as Text[]).filter(
    (part): part is string => part !== null,
  );
  return split(text, separators, count, options);
}

function compare(
  left: Text,
  right: Text,
  comparison: number = InvariantCulture,
  culture?: Culture,
): number {
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

const creation = {
  'new(char[] value)': (_type: Type, chars: ArrayValue | null) => made(textOfChars(chars)),
  'new(char c, int count)': (_type: Type, code: number, count: number) => {
    if (count < 0) throw outOfRange('count', "'count' must be non-negative.");
    allocate(count);
    return char(code).repeat(count);
  },
  'new(char[] value, int startIndex, int length)': (
    _type: Type,
    chars: ArrayValue | null,
    start: number,
    length: number,
  ) => substring(textOfChars(required(chars, 'value')), start, length),
  'const string Empty': '',
  'static string Copy(string str)': (text: Text) => required(text, 'str'),
  'static string Concat(object arg0)': concatText,
  'static string Concat(object arg0, object arg1)': (a: unknown, b: unknown) =>
    concat(concatText(a), concatText(b)),
  'static string Concat(object arg0, object arg1, object arg2)': (...list: unknown[]) =>
    concat(...list.map(concatText)),
  'static string Concat(params object[] args)': (list: ArrayValue | null) =>
    concat(...(required(list, 'args').items as unknown[]).map(concatText)),
  'static string Concat(string str0, string str1)': concat,
  'static string Concat(string str0, string str1, string str2)': concat,
  'static string Concat(string str0, string str1, string str2, string str3)': concat,
  'static string Concat(params string[] values)': (list: ArrayValue | null) =>
    concat(...(required(list, 'values').items as Text[])),
  'static string Concat(IEnumerable<string> values)': (list: unknown) =>
    join('', texts(required(list, 'values'))),
  'static string Concat<T>(IEnumerable<T> values)': ([type]: Type[], list: unknown) =>
    join('', textsOf(required(list, 'values'), type!)),
  'static string Join(string separator, params string[] value)': (
    separator: Text,
    list: ArrayValue | null,
  ) => join(separator, texts(required(list, 'value'))),
  'static string Join(string separator, params object[] values)': (
    separator: Text,
    list: ArrayValue | null,
  ) => join(separator, (required(list, 'values').items as unknown[]).map(concatText)),
  'static string Join(string separator, IEnumerable<string> values)': (
    separator: Text,
    list: unknown,
  ) => join(separator, texts(required(list, 'values'))),
  'static string Join<T>(string separator, IEnumerable<T> values)': (
    [type]: Type[],
    separator: Text,
    list: unknown,
  ) => join(separator, textsOf(required(list, 'values'), type!)),
  'static string Join(string separator, string[] value, int startIndex, int count)': (
    separator: Text,
    list: ArrayValue | null,
    start: number,
    count: number,
  ) => {
    const { items } = required(list, 'value');
    if (start < 0 || count < 0 || start + count > items.length) throw outOfRange('startIndex');
    return join(
      separator,
      (items as Text[]).slice(start, start + count).map((part) => part ?? ''),
    );
  },
  'static string Format(string format, object arg0)': (text: Text, a: unknown) =>
    format(null, text, [a]),
  'static string Format(string format, object arg0, object arg1)': (
    text: Text,
    ...list: unknown[]
  ) => format(null, text, list),
  'static string Format(string format, object arg0, object arg1, object arg2)': (
    text: Text,
    ...list: unknown[]
  ) => format(null, text, list),
  'static string Format(string format, params object[] args)': (
    text: Text,
    list: ArrayValue | null,
  ) => format(null, text, required(list, 'args').items as unknown[]),
  'static string Format(IFormatProvider provider, string format, object arg0)': (
    provider: unknown,
    text: Text,
    a: unknown,
  ) => format(provider, text, [a]),
  'static string Format(IFormatProvider provider, string format, params object[] args)': (
    provider: unknown,
    text: Text,
    list: ArrayValue | null,
  ) => format(provider, text, required(list, 'args').items as unknown[]),
};

function* texts(list: unknown): Generator<string> {
  for (const item of iterate(list, known.string)) yield stringOf(item) ?? '';
}

function* textsOf(list: unknown, type: Type): Generator<string> {
  const toText = textFunction(type);
  for (const item of iterate(list, type)) yield toText(item);
}

const comparing = {
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

const searching = {
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

const changing = {
  'string Substring(int startIndex)': (text: string, start: number) => substring(text, start),
  'string Substring(int startIndex, int length)': substring,
  'string Insert(int startIndex, string value)': insert,
  'string Remove(int startIndex)': (text: string, start: number) => {
    if (start >= text.length && !(start === text.length && text === '')) {
      throw outOfRange('startIndex', 'startIndex must be less than length of string.');
    }
    return remove(text, start);
  },
  'string Remove(int startIndex, int count)': remove,
  'string Replace(string oldValue, string newValue)': (text: string, old: Text, value: Text) =>
    made(replaceText(text, required(old, 'oldValue'), value, Ordinal)),
  'string Replace(char oldChar, char newChar)': (text: string, old: number, code: number) =>
    made(text.replaceAll(char(old), () => char(code))),
  'string Replace(string oldValue, string newValue, StringComparison comparisonType)': (
    text: string,
    old: Text,
    value: Text,
    comparison: number,
  ) => made(replaceText(text, required(old, 'oldValue'), value, comparison)),
  'string ToUpper()': (text: string) => toUpper(text),
  'string ToLower()': (text: string) => toLower(text),
  'string ToUpperInvariant()': (text: string) => toUpper(text),
  'string ToLowerInvariant()': (text: string) => toLower(text),
  'string ToUpper(CultureInfo culture)': (text: string, culture: unknown) =>
    toUpper(text, cultureOf(culture)),
  'string ToLower(CultureInfo culture)': (text: string, culture: unknown) =>
    toLower(text, cultureOf(culture)),
  'string Trim()': (text: string) => trimText(text),
  'string Trim(params char[] trimChars)': (text: string, chars: ArrayValue | null) =>
    trimText(text, trimSet(chars)),
  'string TrimStart()': (text: string) => trimText(text, undefined, 'start'),
  'string TrimEnd()': (text: string) => trimText(text, undefined, 'end'),
  'string TrimStart(params char[] trimChars)': (text: string, chars: ArrayValue | null) =>
    trimText(text, trimSet(chars), 'start'),
  'string TrimEnd(params char[] trimChars)': (text: string, chars: ArrayValue | null) =>
    trimText(text, trimSet(chars), 'end'),
  'string PadLeft(int totalWidth)': (text: string, width: number) => pad(text, width, 32, true),
  'string PadLeft(int totalWidth, char paddingChar)': (text: string, width: number, code: number) =>
    pad(text, width, code, true),
  'string PadRight(int totalWidth)': (text: string, width: number) => pad(text, width, 32, false),
  'string PadRight(int totalWidth, char paddingChar)': (
    text: string,
    width: number,
    code: number,
  ) => pad(text, width, code, false),
  'string[] Split(params char[] separator)': (text: string, chars: ArrayValue | null) =>
    splitChars(text, chars),
  'string[] Split(char[] separator, int count)': splitChars,
  'string[] Split(char[] separator, StringSplitOptions options)': (
    text: string,
    chars: ArrayValue | null,
    options: number,
  ) => splitChars(text, chars, all, options),
  'string[] Split(char[] separator, int count, StringSplitOptions options)': splitChars,
  'string[] Split(string[] separator, StringSplitOptions options)': (
    text: string,
    list: ArrayValue | null,
    options: number,
  ) => splitTexts(text, list, all, options),
  'string[] Split(string[] separator, int count, StringSplitOptions options)': splitTexts,
  'string[] Split(char separator, StringSplitOptions options = 0)': (
    text: string,
    code: number,
    options: number,
  ) => split(text, [char(code)], all, options),
  'string[] Split(char separator, int count, StringSplitOptions options = 0)': (
    text: string,
    code: number,
    count: number,
    options: number,
  ) => split(text, [char(code)], count, options),
  'string[] Split(string separator, StringSplitOptions options = 0)': (
    text: string,
    separator: Text,
    options: number,
  ) => splitOne(text, separator, all, options),
  'string[] Split(string separator, int count, StringSplitOptions options = 0)': splitOne,
};

/** One separator text; an empty one splits nothing. */
function splitOne(text: string, separator: Text, count: number, options: number): ArrayValue {
  return split(text, [separator || '\0\0none'], count, options);
}

function trimSet(chars: ArrayValue | null): string | undefined {
  const set = textOfChars(chars);
  return set === '' ? undefined : set;
}

const pieces = {
  'int Length': (text: string) => text.length,
  'char this[int index]': (text: string, index: number) => {
    if (index < 0 || index >= text.length) throw indexOutside();
    return text.charCodeAt(index);
  },
  'char[] ToCharArray()': charsOf,
  'char[] ToCharArray(int startIndex, int length)': (text: string, start: number, length: number) =>
    charsOf(substring(text, start, length)),
  'string ToString()': (text: string) => text,
  'string ToString(IFormatProvider provider)': (text: string) => text,
  'object Clone()': (text: string) => text,
  'string Normalize()': (text: string) => text.normalize('NFC'),
  'bool IsNormalized()': (text: string) => text.normalize('NFC') === text,
};

export const stringType = declareType(
  'sealed class System.String : IEnumerable<char>, IComparable, IComparable<string>, IEquatable<string>',
  { ...creation, ...comparing, ...searching, ...changing, ...pieces },
  {
    text: (text: string) => text,
    key: (text: string) => text,
    compare: ((left: string, right: string) => compare(left, right)) as never,
  },
);

export const stringEnums = [
  declareEnum('System.StringComparison', StringComparison),
  declareEnum(
    'System.StringSplitOptions',
    { None: 0, RemoveEmptyEntries: 1, TrimEntries: 2 },
    true,
  ),
];
