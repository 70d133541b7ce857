// System.Char: UTF-16 code units.
import { isWhiteSpace, toLower, toUpper } from '../../../dotnet/index.ts';
import { fault, outOfRange, required } from '../running/exceptions.ts';
import type { Reference } from '../running/values.ts';
import { declareType } from '../types/registry.ts';
import { cultureOf } from './culture.ts';
import { typeCodeMember } from './type-code.ts';
import { categoryOf } from './unicode-category.ts';

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

/** The character at a place of a string: a pair of surrogates is one. */
function characterAt(value: string | null, index: number): string {
  const given = required(value, 's');
  if (index < 0 || index >= given.length) throw outOfRange('index');
  return String.fromCodePoint(given.codePointAt(index)!);
}

const isPair = (high: number, low: number) =>
  high >= 0xd800 && high <= 0xdbff && low >= 0xdc00 && low <= 0xdfff;

const vulgar: Readonly<Record<string, number>> = {
  '\u00bc': 0.25,
  '\u00bd': 0.5,
  '\u00be': 0.75,
  '\u00b2': 2,
  '\u00b3': 3,
  '\u00b9': 1,
};

/** The number a digit stands for in ASCII and Latin-1, and -1 for what is none. */
function numericValue(character: string): number {
  return /^[0-9]$/.test(character) ? Number(character) : (vulgar[character] ?? -1);
}

/** The code point at a place of a string, where no surrogate may stand alone. */
function pointAt(value: string | null, index: number): number {
  const point = characterAt(value, index).codePointAt(0)!;
  if (point < 0xd800 || point > 0xdfff) return point;
  const which = point < 0xdc00 ? 'high' : 'low';
  const message = `Found a ${which} surrogate char without a preceding or following one at index: ${index}. The input may not be in this encoding, or may not contain valid Unicode (UTF-16) characters.`;
  throw fault('ArgumentException', message, 's');
}

function pointOfPair(high: number, low: number): number {
  if (high < 0xd800 || high > 0xdbff) {
    const message = 'A valid high surrogate character is between 0xd800 and 0xdbff, inclusive.';
    throw outOfRange('highSurrogate', message);
  }
  if (low < 0xdc00 || low > 0xdfff) {
    const message = 'A valid low surrogate character is between 0xdc00 and 0xdfff, inclusive.';
    throw outOfRange('lowSurrogate', message);
  }
  return (high - 0xd800) * 0x400 + low - 0xdc00 + 0x10000;
}

const testMembers = Object.fromEntries(
  Object.entries(tests).flatMap(([name, holds]) => [
    [`static bool ${name}(char c)`, (code: number) => holds(text(code))],
    [
      `static bool ${name}(string s, int index)`,
      (value: string | null, index: number) => {
        const character = characterAt(value, index);
        return holds(name.endsWith('Surrogate') ? character[0]! : character);
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
    'static double GetNumericValue(char c)': (code: number) => numericValue(text(code)),
    'static double GetNumericValue(string s, int index)': (value: string | null, index: number) =>
      numericValue(characterAt(value, index)),
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
    'static int ConvertToUtf32(char highSurrogate, char lowSurrogate)': pointOfPair,
    'static int ConvertToUtf32(string s, int index)': pointAt,
    'static bool IsSurrogatePair(char highSurrogate, char lowSurrogate)': isPair,
    'static bool IsSurrogatePair(string s, int index)': (value: string | null, index: number) =>
      characterAt(value, index).length === 2,
    'static UnicodeCategory GetUnicodeCategory(char c)': (code: number) => categoryOf(text(code)),
    'static UnicodeCategory GetUnicodeCategory(string s, int index)': (
      value: string | null,
      index: number,
    ) => categoryOf(characterAt(value, index)),
    'static string ToString(char c)': text,
    'string ToString()': text,
    'string ToString(IFormatProvider provider)': text,
    'bool Equals(char obj)': (left: number, right: number) => left === right,
    'int CompareTo(char value)': order,
    ...typeCodeMember('Char'),
  },
  { text, key: (code: number) => code, compare: order as never, initial: 0 },
);
