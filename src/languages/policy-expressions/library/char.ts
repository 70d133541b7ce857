// System.Char: UTF-16 code units.
import { isWhiteSpace, toLower, toUpper } from '../../../dotnet/index.ts';
import { fault, outOfRange, required } from '../running/exceptions.ts';
import type { Reference } from '../running/values.ts';
import { declareType } from '../types/registry.ts';
import { cultureOf } from './culture.ts';
import { typeCodeMember } from './type-code.ts';

function text(code: number): string {
  return String.fromCharCode(code);
}

/** Tests of a character, each also offered for a place in a string. */
const tests: Record<string, (character: string) => boolean> = {
  IsDigit: (c) => /\p{Nd}/u.test(c),
  IsNumber: (c) => /\p{N}/u.test(c),
  IsLetter: (c) => /\p{L}/u.test(c),
  IsLetterOrDigit: (c) => /[\p{L}\p{Nd}]/u.test(c),
  IsUpper: (c) => /\p{Lu}/u.test(c),
  IsLower: (c) => /\p{Ll}/u.test(c),
  IsWhiteSpace: isWhiteSpace,
  IsPunctuation: (c) => /\p{P}/u.test(c),
  IsSymbol: (c) => /\p{S}/u.test(c),
  IsControl: (c) => /\p{Cc}/u.test(c),
  IsSeparator: (c) => /\p{Z}/u.test(c),
  IsSurrogate: (c) => /[\ud800-\udfff]/.test(c),
  IsHighSurrogate: (c) => /[\ud800-\udbff]/.test(c),
  IsLowSurrogate: (c) => /[\udc00-\udfff]/.test(c),
};

const testMembers = Object.fromEntries(
  Object.entries(tests).flatMap(([name, holds]) => [
    [`static bool ${name}(char c)`, (code: number) => holds(text(code))],
    [
      `static bool ${name}(string s, int index)`,
      (value: string | null, index: number) => {
        const given = required(value, 's');
        if (index < 0 || index >= given.length) throw outOfRange('index');
        return holds(given[index]!);
      },
    ],
  ]),
);

function order(left: number, right: number): number {
  return left - right;
}

function parse(value: string | null): number {
  if (required(value, 's').length !== 1) {
    throw fault('FormatException', 'String must be exactly one character long.');
  }
  return value!.charCodeAt(0);
}

const lower = (code: number) => toLower(text(code)).charCodeAt(0);
const upper = (code: number) => toUpper(text(code)).charCodeAt(0);

export const charType = declareType(
  'struct System.Char : IComparable, IConvertible, IComparable<char>, IEquatable<char>',
  {
    ...testMembers,
    'const char MinValue': 0,
    'const char MaxValue': 0xffff,
    'static char Parse(string s)': parse,
    'static bool TryParse(string s, out char result)': (
      value: string | null,
      result: Reference,
    ) => {
      const holds = value !== null && value.length === 1;
      result.value = holds ? value.charCodeAt(0) : 0;
      return holds;
    },
    'static char ToLower(char c)': lower,
    'static char ToUpper(char c)': upper,
    'static char ToLowerInvariant(char c)': lower,
    'static char ToUpperInvariant(char c)': upper,
    'static double GetNumericValue(char c)': (code: number) =>
      code >= 48 && code <= 57 ? code - 48 : -1,
    'static char ToLower(char c, CultureInfo culture)': (code: number, culture: unknown) =>
      toLower(text(code), cultureOf(culture)).charCodeAt(0),
    'static char ToUpper(char c, CultureInfo culture)': (code: number, culture: unknown) =>
      toUpper(text(code), cultureOf(culture)).charCodeAt(0),
    'static string ConvertFromUtf32(int utf32)': (point: number) => {
      if (point >= 0 && point <= 0x10ffff && (point < 0xd800 || point > 0xdfff)) {
        return String.fromCodePoint(point);
      }
      const message =
        'A valid UTF32 value is between 0x000000 and 0x10ffff, inclusive, and should not include surrogate codepoint values (0x00d800 ~ 0x00dfff).';
      throw outOfRange('utf32', message);
    },
    'static bool IsSurrogatePair(char highSurrogate, char lowSurrogate)': (
      high: number,
      low: number,
    ) => high >= 0xd800 && high <= 0xdbff && low >= 0xdc00 && low <= 0xdfff,
    'static string ToString(char c)': text,
    'string ToString()': text,
    'string ToString(IFormatProvider provider)': text,
    'bool Equals(char obj)': (left: number, right: number) => left === right,
    'int CompareTo(char value)': order,
    ...typeCodeMember('Char'),
  },
  { text, key: (code: number) => code, compare: order as never, initial: 0 },
);
