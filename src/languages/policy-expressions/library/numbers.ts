// The integer and real types, which share their members.
import {
  type Culture,
  Decimal,
  DotnetError,
  formatDecimal,
  formatDouble,
  formatInteger,
  formatSingle,
  type IntegerKind,
  integerRange,
  NumberStyles,
  parseDecimal,
  parseDouble,
  parseInteger,
  parseSingle,
} from '../../../dotnet/index.ts';
import { argumentNull, fault } from '../running/exceptions.ts';
import type { Reference } from '../running/values.ts';
import { declareType, type TypeDeclaration } from '../types/registry.ts';
import { cultureOf } from './culture.ts';

type Compare = (left: never, right: never) => number;

interface NumberShape<T> {
  readonly name: string;
  readonly keyword: string;
  readonly styles: number;
  readonly zero: T;
  parse(text: string, styles: number, culture: Culture | undefined): T;
  format(value: T, format: string | undefined, culture: Culture | undefined): string;
  compare(left: T, right: T): number;
}

/** Members every numeric type has. */
function sharedMembers<T>(shape: NumberShape<T>): Record<string, unknown> {
  const { keyword, styles, zero } = shape;
  const parse = (text: string | null, given: number, provider: unknown): T => {
    if (text === null) throw argumentNull('s');
    return shape.parse(text, given, cultureOf(provider));
  };
  const tryParse = (text: string | null, given: number, provider: unknown, result: Reference) => {
    try {
      result.value = text === null ? zero : shape.parse(text, given, cultureOf(provider));
      return text !== null;
    } catch (error) {
      if (!(error instanceof DotnetError)) throw error;
      result.value = zero;
      return false;
    }
  };
  const format = (value: T, text: string | null, provider: unknown) =>
    shape.format(value, text ?? undefined, cultureOf(provider));
  return {
    [`static ${keyword} Parse(string s)`]: (text: string | null) => parse(text, styles, null),
    [`static ${keyword} Parse(string s, IFormatProvider provider)`]: (
      text: string | null,
      provider: unknown,
    ) => parse(text, styles, provider),
    [`static ${keyword} Parse(string s, NumberStyles style)`]: (
      text: string | null,
      given: number,
    ) => parse(text, given, null),
    [`static ${keyword} Parse(string s, NumberStyles style, IFormatProvider provider)`]: parse,
    [`static bool TryParse(string s, out ${keyword} result)`]: (
      text: string | null,
      result: Reference,
    ) => tryParse(text, styles, null, result),
    [`static bool TryParse(string s, NumberStyles style, IFormatProvider provider, out ${keyword} result)`]:
      tryParse,
    'string ToString()': (value: T) => format(value, null, null),
    'string ToString(string format)': (value: T, text: string | null) => format(value, text, null),
    'string ToString(IFormatProvider provider)': (value: T, provider: unknown) =>
      format(value, null, provider),
    'string ToString(string format, IFormatProvider provider)': format,
    [`bool Equals(${keyword} obj)`]: (left: T, right: T) => shape.compare(left, right) === 0,
    [`int CompareTo(${keyword} value)`]: (left: T, right: T) => shape.compare(left, right),
  };
}

function bases(name: string): string {
  return `IComparable, IComparable<${name}>, IFormattable, IEquatable<${name}>`;
}

function numberType<T>(shape: NumberShape<T>, more: Record<string, unknown>): TypeDeclaration {
  const header = `struct System.${shape.name} : ${bases(shape.name)}`;
  return declareType(
    header,
    { ...more, ...sharedMembers(shape) },
    {
      text: (value: T) => shape.format(value, undefined, undefined),
      format: (value: T, format: string | null, provider?: unknown) =>
        shape.format(value, format ?? undefined, cultureOf(provider)),
      key: (value: T) => (value instanceof Decimal ? decimalKey(value) : value),
      compare: ((left: T, right: T) => shape.compare(left, right)) as Compare,
      initial: shape.zero,
    },
  );
}

/** Equal for decimals of equal value, whatever their scale. */
function decimalKey(value: Decimal): string {
  const text = value.toString();
  return text.includes('.') ? text.replace(/\.?0+$/, '') : text;
}

function order(left: number | bigint, right: number | bigint): number {
  return left < right ? -1 : left > right ? 1 : 0;
}

/** NaN is less than everything else and equal to itself. */
function realOrder(left: number, right: number): number {
  if (Number.isNaN(left)) return Number.isNaN(right) ? 0 : -1;
  return Number.isNaN(right) ? 1 : order(left, right);
}

function integerType(name: string, keyword: IntegerKind): TypeDeclaration {
  const big = keyword === 'long' || keyword === 'ulong';
  const { min, max } = integerRange(keyword);
  const made = (value: bigint) => (big ? value : Number(value));
  return numberType<number | bigint>(
    {
      name,
      keyword,
      styles: NumberStyles.Integer,
      zero: made(0n),
      parse: (text, styles, culture) => made(parseInteger(text, keyword, styles, culture)),
      format: (value, format, culture) => formatInteger(value, keyword, format, culture),
      // CompareTo of the narrow types gives the difference; the sign is what programs use.
      compare: order,
    },
    {
      [`const ${keyword} MinValue`]: made(min),
      [`const ${keyword} MaxValue`]: made(max),
    },
  );
}

export const integerTypes = [
  integerType('SByte', 'sbyte'),
  integerType('Byte', 'byte'),
  integerType('Int16', 'short'),
  integerType('UInt16', 'ushort'),
  integerType('Int32', 'int'),
  integerType('UInt32', 'uint'),
  integerType('Int64', 'long'),
  integerType('UInt64', 'ulong'),
];

const realTests = (keyword: string) => ({
  [`static bool IsNaN(${keyword} d)`]: Number.isNaN,
  [`static bool IsInfinity(${keyword} d)`]: (value: number) => Math.abs(value) === Infinity,
  [`static bool IsPositiveInfinity(${keyword} d)`]: (value: number) => value === Infinity,
  [`static bool IsNegativeInfinity(${keyword} d)`]: (value: number) => value === -Infinity,
  [`const ${keyword} NaN`]: Number.NaN,
  [`const ${keyword} PositiveInfinity`]: Infinity,
  [`const ${keyword} NegativeInfinity`]: -Infinity,
});

const realStyles = NumberStyles.Float | NumberStyles.AllowThousands;

export const doubleType = numberType<number>(
  {
    name: 'Double',
    keyword: 'double',
    styles: realStyles,
    zero: 0,
    parse: parseDouble,
    format: formatDouble,
    compare: realOrder,
  },
  {
    'const double MinValue': -Number.MAX_VALUE,
    'const double MaxValue': Number.MAX_VALUE,
    'const double Epsilon': Number.MIN_VALUE,
    ...realTests('double'),
  },
);

export const singleType = numberType<number>(
  {
    name: 'Single',
    keyword: 'float',
    styles: realStyles,
    zero: 0,
    parse: parseSingle,
    format: formatSingle,
    compare: realOrder,
  },
  {
    'const float MinValue': -3.4028234663852886e38,
    'const float MaxValue': 3.4028234663852886e38,
    'const float Epsilon': 1.401298464324817e-45,
    ...realTests('float'),
  },
);

const arithmetic = {
  'static decimal Add(decimal d1, decimal d2)': (a: Decimal, b: Decimal) => a.add(b),
  'static decimal Subtract(decimal d1, decimal d2)': (a: Decimal, b: Decimal) => a.subtract(b),
  'static decimal Multiply(decimal d1, decimal d2)': (a: Decimal, b: Decimal) => a.multiply(b),
  'static decimal Divide(decimal d1, decimal d2)': (a: Decimal, b: Decimal) => a.divide(b),
  'static decimal Remainder(decimal d1, decimal d2)': (a: Decimal, b: Decimal) => a.remainder(b),
  'static decimal Negate(decimal d)': (a: Decimal) => a.negate(),
  'static decimal Floor(decimal d)': (a: Decimal) => a.floor(),
  'static decimal Ceiling(decimal d)': (a: Decimal) => a.ceiling(),
  'static decimal Truncate(decimal d)': (a: Decimal) => a.truncate(),
  'static decimal Round(decimal d)': (a: Decimal) => a.round(),
  'static decimal Round(decimal d, int decimals)': (a: Decimal, digits: number) =>
    a.round(decimalDigits(digits)),
  'static decimal Round(decimal d, MidpointRounding mode)': (a: Decimal, mode: number) =>
    a.round(0, mode),
  'static decimal Round(decimal d, int decimals, MidpointRounding mode)': (
    a: Decimal,
    digits: number,
    mode: number,
  ) => a.round(decimalDigits(digits), mode),
  'static int Compare(decimal d1, decimal d2)': (a: Decimal, b: Decimal) => a.compareTo(b),
  'static double ToDouble(decimal d)': (a: Decimal) => a.toDouble(),
  'static int ToInt32(decimal d)': (a: Decimal) => Number(inRange(a, 'int')),
  'static long ToInt64(decimal d)': (a: Decimal) => inRange(a, 'long'),
};

function inRange(value: Decimal, kind: IntegerKind): bigint {
  const integer = value.toBigInt();
  const { min, max } = integerRange(kind);
  if (integer < min || integer > max) {
    const width = kind === 'int' ? 'an Int32' : 'an Int64';
    const message = `Value was either too large or too small for ${width}.`;
    throw fault('OverflowException', message);
  }
  return integer;
}

/** Digits a decimal can be rounded to. */
export function decimalDigits(digits: number): number {
  if (digits < 0 || digits > 28) {
    const message = 'Decimal can only round to between 0 and 28 digits of precision.';
    throw fault('ArgumentOutOfRangeException', message, 'decimals');
  }
  return digits;
}

export const decimalType = numberType<Decimal>(
  {
    name: 'Decimal',
    keyword: 'decimal',
    styles: NumberStyles.Number,
    zero: Decimal.zero,
    parse: parseDecimal,
    format: formatDecimal,
    compare: (left, right) => left.compareTo(right),
  },
  {
    'new(int value)': (_type: unknown, value: number) => Decimal.fromInteger(value),
    'new(long value)': (_type: unknown, value: bigint) => Decimal.fromInteger(value),
    'new(double value)': (_type: unknown, value: number) => Decimal.fromDouble(value),
    'const decimal Zero': Decimal.zero,
    'const decimal One': Decimal.one,
    'const decimal MinusOne': Decimal.minusOne,
    'const decimal MinValue': Decimal.minValue,
    'const decimal MaxValue': Decimal.maxValue,
    ...arithmetic,
  },
);
