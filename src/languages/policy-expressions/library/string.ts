// System.String.
import {
  replaceText,
  StringComparison,
  toLower,
  toUpper,
  trimText,
} from '../../../dotnet/index.ts';
import { fault, indexOutside, outOfRange, required } from '../running/exceptions.ts';
import { allocate } from '../running/run.ts';
import { made } from '../running/text.ts';
import { type ArrayValue, stringArray } from '../running/values.ts';
import { declareEnum, declareType } from '../types/registry.ts';
import { cultureOf } from './culture.ts';

import { charsOf, copyChars, creation, substring, textOfChars } from './string-building.ts';
import { compare, compareOptionsType, comparing } from './string-comparing.ts';
import { searching } from './string-searching.ts';
import { typeCodeMember } from './type-code.ts';

type Text = string | null;

const { Ordinal, InvariantCulture, InvariantCultureIgnoreCase } = StringComparison;

const char = (code: number) => String.fromCharCode(code);

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
  if (options < 0 || options > (removeEmpty | trimEntries)) {
    throw fault('ArgumentException', `Illegal enum value: ${options}.`);
  }
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

const changing = {
  'string Substring(int startIndex)': (text: string, start: number) => substring(text, start),
  'string Substring(int startIndex, int length)': substring,
  'string Insert(int startIndex, string value)': insert,
  'string Remove(int startIndex)': (text: string, start: number) => {
    if (start >= text.length) {
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
  'string Replace(string oldValue, string newValue, bool ignoreCase, CultureInfo culture)': (
    text: string,
    old: Text,
    value: Text,
    ignoreCase: boolean,
  ) => {
    const comparison = ignoreCase ? InvariantCultureIgnoreCase : InvariantCulture;
    return made(replaceText(text, required(old, 'oldValue'), value, comparison));
  },
  'string ToUpper()': (text: string) => toUpper(text),
  'string ToLower()': (text: string) => toLower(text),
  'string ToUpperInvariant()': (text: string) => toUpper(text),
  'string ToLowerInvariant()': (text: string) => toLower(text),
  'string ToUpper(CultureInfo culture)': (text: string, culture: unknown) =>
    toUpper(text, cultureOf(culture)),
  'string ToLower(CultureInfo culture)': (text: string, culture: unknown) =>
    toLower(text, cultureOf(culture)),
  'string Trim()': (text: string) => trimText(text),
  'string Trim(char trimChar)': (text: string, code: number) => trimText(text, char(code)),
  'string Trim(params char[] trimChars)': (text: string, chars: ArrayValue | null) =>
    trimText(text, trimSet(chars)),
  'string TrimStart()': (text: string) => trimText(text, undefined, 'start'),
  'string TrimEnd()': (text: string) => trimText(text, undefined, 'end'),
  'string TrimStart(char trimChar)': (text: string, code: number) =>
    trimText(text, char(code), 'start'),
  'string TrimStart(params char[] trimChars)': (text: string, chars: ArrayValue | null) =>
    trimText(text, trimSet(chars), 'start'),
  'string TrimEnd(char trimChar)': (text: string, code: number) =>
    trimText(text, char(code), 'end'),
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

const outside =
  'Index was out of range. Must be non-negative and less than the size of the collection.';

/** System.Text.NormalizationForm. */
const forms = { FormC: 1, FormD: 2, FormKC: 5, FormKD: 6 };
const formNames = new Map([
  [forms.FormC, 'NFC'],
  [forms.FormD, 'NFD'],
  [forms.FormKC, 'NFKC'],
  [forms.FormKD, 'NFKD'],
]);

function normalized(text: string, form: number): string {
  const name = formNames.get(form);
  if (!name) {
    throw fault(
      'ArgumentException',
      'Invalid or unsupported normalization form.',
      'normalizationForm',
    );
  }
  const lone = /\p{Cs}/u.exec(text);
  if (lone) {
    const message = 'Invalid Unicode code point found at index ';
    throw fault('ArgumentException', `${message}${lone.index}.`, 'strInput');
  }
  return made(text.normalize(name));
}

const pieces = {
  'int Length': (text: string) => text.length,
  'char this[int index]': (text: string, index: number) => {
    if (index < 0 || index >= text.length) throw indexOutside();
    return text.charCodeAt(index);
  },
  'char[] ToCharArray()': charsOf,
  'char[] ToCharArray(int startIndex, int length)': (
    text: string,
    start: number,
    length: number,
  ) => {
    if (start < 0 || start > text.length || start > text.length - length) {
      throw outOfRange('startIndex', outside);
    }
    if (length < 0) throw outOfRange('length', outside);
    return charsOf(text.slice(start, start + length));
  },
  'void CopyTo(int sourceIndex, char[] destination, int destinationIndex, int count)': (
    text: string,
    from: number,
    target: ArrayValue | null,
    at: number,
    count: number,
  ) => copyChars(text, from, required(target, 'destination'), at, count, 'string'),
  'string ToString()': (text: string) => text,
  'string ToString(IFormatProvider provider)': (text: string) => text,
  'object Clone()': (text: string) => text,
  ...typeCodeMember('String'),
  'string Normalize()': (text: string) => normalized(text, 1),
  'string Normalize(NormalizationForm normalizationForm)': normalized,
  'bool IsNormalized()': (text: string) => normalized(text, 1) === text,
  'bool IsNormalized(NormalizationForm normalizationForm)': (text: string, form: number) =>
    normalized(text, form) === text,
};

export const stringType = declareType(
  'sealed class System.String : IEnumerable<char>, IComparable, IComparable<string>, IConvertible, ICloneable, IEquatable<string>',
  { ...creation, ...comparing, ...searching, ...changing, ...pieces },
  {
    text: (text: string) => text,
    key: (text: string) => text,
    compare: ((left: string, right: string) => compare(left, right)) as never,
  },
);

export const stringEnums = [
  compareOptionsType,
  declareEnum('System.Text.NormalizationForm', forms),
  declareEnum('System.StringComparison', StringComparison),
  declareEnum(
    'System.StringSplitOptions',
    { None: 0, RemoveEmptyEntries: 1, TrimEntries: 2 },
    true,
  ),
];
