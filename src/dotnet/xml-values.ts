// Values as XML writes them: the numbers and booleans of XmlConvert.

import { formatDateTime, formatDateTimeOffset } from './date-format.ts';
import type { Decimal } from './decimal.ts';
import { formatError } from './errors.ts';
import type { DateTimeOffsetValue, DateTimeValue } from './instants.ts';
import { doubleText, singleText } from './number-format.ts';

import { parseDecimal, parseDouble, parseInteger, parseSingle } from './number-parse.ts';
import { type IntegerKind, NumberStyles } from './styles.ts';

const spaced = NumberStyles.AllowLeadingWhite | NumberStyles.AllowTrailingWhite;
const signed = spaced | NumberStyles.AllowLeadingSign;
const pointed = signed | NumberStyles.AllowDecimalPoint;
const real = pointed | NumberStyles.AllowExponent;

const trimmed = (text: string): string => text.replace(/^[ \t\r\n]+|[ \t\r\n]+$/g, '');

/** XmlConvert.ToBoolean. LINQ to XML reads the text in lower case. */
export function xmlBoolean(text: string): boolean {
  const plain = trimmed(text);
  if (plain === '1' || plain === 'true') return true;
  if (plain === '0' || plain === 'false') return false;
  throw formatError(`The string '${plain}' is not a valid Boolean value.`);
}

/** XmlConvert.ToInt32 and its kin; the unsigned ones read no sign. */
export function xmlInteger(text: string, type: IntegerKind): bigint {
  return parseInteger(text, type, /^(?:u|byte)/.test(type) ? spaced : signed);
}

export function xmlDecimal(text: string): Decimal {
  return parseDecimal(text, pointed);
}

export const xmlDouble = (text: string): number => realOf(text, parseDouble);
export const xmlSingle = (text: string): number => realOf(text, parseSingle);

function realOf(text: string, parse: (text: string, styles: number) => number): number {
  const plain = trimmed(text);
  if (plain === 'INF') return Number.POSITIVE_INFINITY;
  if (plain === '-INF') return Number.NEGATIVE_INFINITY;
  const value = parse(plain, real);
  return value === 0 && plain.startsWith('-') ? -0 : value;
}

export const xmlDoubleText = (value: number): string => realText(value, doubleText);
export const xmlSingleText = (value: number): string => realText(value, singleText);

function realText(value: number, format: (value: number) => string): string {
  if (value === Number.POSITIVE_INFINITY) return 'INF';
  if (value === Number.NEGATIVE_INFINITY) return '-INF';
  return format(value);
}

export function xmlDateTimeText(value: DateTimeValue): string {
  return formatDateTime(value, 'yyyy-MM-ddTHH:mm:ss.FFFFFFFK');
}

export function xmlDateTimeOffsetText(value: DateTimeOffsetValue): string {
  return formatDateTimeOffset(value, 'yyyy-MM-ddTHH:mm:ss.FFFFFFFzzz').replace(/\+00:00$/, 'Z');
}
