// System.String: constructors, Concat, Join and Format.
import { formatComposite } from '../../../dotnet/index.ts';
import { fault, outOfRange, required } from '../running/exceptions.ts';
import { allocate } from '../running/run.ts';
import { iterate, tick } from '../running/sequences.ts';
import { concatText, formatOf, made, textFunction } from '../running/text.ts';
import { type ArrayValue, arrayValue, stringOf } from '../running/values.ts';
import { known } from '../types/hierarchy.ts';
import type { Type } from '../types/type.ts';

type Text = string | null;

const char = (code: number) => String.fromCharCode(code);

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

function concat(...parts: Text[]): string {
  return made(parts.map((part) => part ?? '').join(''));
}

/** `string.Join` of objects; the members of StringBuilder share it. */
export function joinObjects(separator: Text, list: ArrayValue | null): string {
  return join(separator, (required(list, 'values').items as unknown[]).map(concatText));
}

export function joinTexts(separator: Text, list: unknown, parameter: string): string {
  return join(separator, texts(required(list, parameter)));
}

export function joinTyped(separator: Text, list: unknown, type: Type): string {
  return join(separator, textsOf(required(list, 'values'), type));
}

/** Copies units of a text into a `char[]`. */
export function copyChars(
  text: string,
  from: number,
  target: ArrayValue,
  at: number,
  count: number,
  source: 'builder' | 'string',
): void {
  const { items } = target;
  if (count < 0) {
    const words = source === 'builder' ? 'Argument count must not be negative.' : countWords;
    throw outOfRange('count', words);
  }
  if (from < 0 || (source === 'string' && count > text.length - from)) {
    throw outOfRange('sourceIndex', source === 'string' && from >= 0 ? withinWords : indexWords);
  }
  if (at < 0 || (source === 'string' && at > items.length - count)) {
    throw outOfRange('destinationIndex', source === 'string' ? withinWords : indexWords);
  }
  if (at > items.length - count) {
    const message =
      'Either offset did not refer to a position in the string, or there is an insufficient length of destination character array.';
    throw fault('ArgumentException', message);
  }
  if (from > text.length - count) {
    const message = 'Source string was not long enough. Check sourceIndex and count.';
    throw fault('ArgumentException', message);
  }
  for (let index = 0; index < count; index += 1) items[at + index] = text.charCodeAt(from + index);
}

const countWords = 'Count cannot be less than zero.';
const indexWords =
  'Index was out of range. Must be non-negative and less than the size of the collection.';
const withinWords = 'Index and count must refer to a location within the string.';

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

export function substring(text: string, start: number, length = text.length - start): string {
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

/** Join with a text and with a character between. */
const joins = Object.fromEntries(
  (['string', 'char'] as const).flatMap((keyword) => {
    const between = (given: unknown) =>
      keyword === 'char' ? char(given as number) : (given as Text);
    const head = `${keyword} separator`;
    return [
      [
        `static string Join(${head}, params string[] value)`,
        (given: unknown, list: ArrayValue | null) => joinTexts(between(given), list, 'value'),
      ],
      [
        `static string Join(${head}, params object[] values)`,
        (given: unknown, list: ArrayValue | null) => joinObjects(between(given), list),
      ],
      ...(keyword === 'string'
        ? [
            [
              `static string Join(${head}, IEnumerable<string> values)`,
              (given: unknown, list: unknown) => joinTexts(between(given), list, 'values'),
            ],
          ]
        : []),
      [
        `static string Join<T>(${head}, IEnumerable<T> values)`,
        ([type]: Type[], given: unknown, list: unknown) => joinTyped(between(given), list, type!),
      ],
      [
        `static string Join(${head}, string[] value, int startIndex, int count)`,
        (given: unknown, list: ArrayValue | null, start: number, count: number) =>
          joinPart(between(given), list, start, count),
      ],
    ];
  }),
);

/** `string.Join` of a part of an array. */
function joinPart(separator: Text, list: ArrayValue | null, start: number, count: number): string {
  const { items } = required(list, 'value');
  if (start < 0) throw outOfRange('startIndex', 'StartIndex cannot be less than zero.');
  if (count < 0) throw outOfRange('count', countWords);
  if (start > items.length - count) {
    const message = 'Index and count must refer to a location within the buffer.';
    throw outOfRange('startIndex', message);
  }
  return join(
    separator,
    (items as Text[]).slice(start, start + count).map((part) => part ?? ''),
  );
}

export const creation = {
  'new(char[] value)': (_type: Type, chars: ArrayValue | null) => made(textOfChars(chars)),
  'new(char c, int count)': (_type: Type, code: number, count: number) => {
    if (count < 0) throw outOfRange('count', countWords);
    allocate(count);
    return char(code).repeat(count);
  },
  'new(char[] value, int startIndex, int length)': (
    _type: Type,
    chars: ArrayValue | null,
    start: number,
    length: number,
  ) => {
    const text = textOfChars(required(chars, 'value'));
    if (start < 0) throw outOfRange('startIndex', 'StartIndex cannot be less than zero.');
    if (length < 0) throw outOfRange('length', 'Length cannot be less than zero.');
    if (start > text.length - length) throw outOfRange('startIndex', indexWords);
    return made(text.slice(start, start + length));
  },
  'readonly string Empty': '',
  'static string Copy(string str)': (text: Text) => required(text, 'str'),
  'static string Intern(string str)': (text: Text) => required(text, 'str'),
  'static string IsInterned(string str)': (text: Text) => required(text, 'str'),
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
  ...joins,
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
  'static string Format(IFormatProvider provider, string format, object arg0, object arg1)': (
    provider: unknown,
    text: Text,
    ...list: unknown[]
  ) => format(provider, text, list),
  'static string Format(IFormatProvider provider, string format, object arg0, object arg1, object arg2)':
    (provider: unknown, text: Text, ...list: unknown[]) => format(provider, text, list),
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
