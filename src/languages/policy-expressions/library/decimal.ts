// System.Decimal.
import {
  Decimal,
  formatDecimal,
  type IntegerKind,
  integerOverflow,
  integerRange,
  NumberStyles,
  parseDecimal,
} from '../../../dotnet/index.ts';
import { fault, required } from '../running/exceptions.ts';
import { type ArrayValue, arrayValue } from '../running/values.ts';
import { known } from '../types/hierarchy.ts';
import { numberType } from './numeric-type.ts';

/** Digits a decimal can be rounded to. */
export function decimalDigits(digits: number): number {
  if (digits < 0 || digits > 28) {
    const message = 'Decimal can only round to between 0 and 28 digits of precision.';
    throw fault('ArgumentOutOfRangeException', message, 'decimals');
  }
  return digits;
}

/** Equal for decimals of equal value, whatever their scale. */
function decimalKey(value: Decimal): string {
  const text = value.toString();
  return text.includes('.') ? text.replace(/\.?0+$/, '') : text;
}

/** What Decimal and Math share. */
export const decimalRounding = {
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
};

const arithmetic = {
  'static decimal Add(decimal d1, decimal d2)': (a: Decimal, b: Decimal) => a.add(b),
  'static decimal Subtract(decimal d1, decimal d2)': (a: Decimal, b: Decimal) => a.subtract(b),
  'static decimal Multiply(decimal d1, decimal d2)': (a: Decimal, b: Decimal) => a.multiply(b),
  'static decimal Divide(decimal d1, decimal d2)': (a: Decimal, b: Decimal) => a.divide(b),
  'static decimal Remainder(decimal d1, decimal d2)': (a: Decimal, b: Decimal) => a.remainder(b),
  'static decimal Negate(decimal d)': (a: Decimal) => a.negate(),
  'static int Compare(decimal d1, decimal d2)': (a: Decimal, b: Decimal) => a.compareTo(b),
  'static bool Equals(decimal d1, decimal d2)': (a: Decimal, b: Decimal) => a.equals(b),
};

/** The fraction is dropped; what is left has to fit. */
function inRange(value: Decimal, kind: IntegerKind): bigint {
  const integer = value.toBigInt();
  const { min, max } = integerRange(kind);
  if (integer < min || integer > max) throw integerOverflow(kind);
  return integer;
}

const narrow: readonly (readonly [string, IntegerKind])[] = [
  ['SByte', 'sbyte'],
  ['Byte', 'byte'],
  ['Int16', 'short'],
  ['UInt16', 'ushort'],
  ['Int32', 'int'],
  ['UInt32', 'uint'],
];

const conversions = {
  ...Object.fromEntries(
    narrow.map(([name, kind]) => [
      `static ${kind} To${name}(decimal d)`,
      (value: Decimal) => Number(inRange(value, kind)),
    ]),
  ),
  'static long ToInt64(decimal d)': (a: Decimal) => inRange(a, 'long'),
  'static ulong ToUInt64(decimal d)': (a: Decimal) => inRange(a, 'ulong'),
  'static double ToDouble(decimal d)': (a: Decimal) => a.toDouble(),
  'static float ToSingle(decimal d)': (a: Decimal) => Math.fround(a.toDouble()),
  'static decimal FromOACurrency(long cy)': (value: bigint) =>
    Decimal.fit(value < 0n ? -value : value, 4, value < 0n, true),
  'static long ToOACurrency(decimal value)': (value: Decimal) => {
    const scaled = value.multiply(Decimal.fromInteger(10_000n)).round();
    return inRange(scaled, 'long');
  },
};

/** Bit 31 is the sign, bits 16 to 23 are the scale. */
const signBit = 0x80000000;
const word = 0xffffffffn;

/** Low, middle and high 32 bits of the coefficient, then sign and scale. */
function bitsOf({ coefficient, scale, negative }: Decimal): ArrayValue {
  const parts = [0n, 32n, 64n].map((shift) => Number(BigInt.asIntN(32, coefficient >> shift)));
  return arrayValue(known.int, [...parts, (scale << 16) | (negative ? signBit : 0) | 0]);
}

function ofParts(low: number, middle: number, high: number, negative: boolean, scale: number) {
  const unsigned = (part: number) => BigInt(part) & word;
  const coefficient = unsigned(low) | (unsigned(middle) << 32n) | (unsigned(high) << 64n);
  return new Decimal(coefficient, scale, negative);
}

function ofBits(list: ArrayValue | null): Decimal {
  const bits = required(list, 'bits').items as number[];
  const [low, middle, high, flags] = bits;
  const scale = (flags! >> 16) & 0xff;
  if (bits.length !== 4 || (flags! & ~0x80ff0000) !== 0 || scale > 28) {
    throw fault(
      'ArgumentException',
      'Decimal constructor requires an array or span of four valid decimal bytes.',
      'bits',
    );
  }
  return ofParts(low!, middle!, high!, (flags! & signBit) !== 0, scale);
}

const creation = {
  'new(int value)': (_type: unknown, value: number) => Decimal.fromInteger(value),
  'new(uint value)': (_type: unknown, value: number) => Decimal.fromInteger(value),
  'new(long value)': (_type: unknown, value: bigint) => Decimal.fromInteger(value),
  'new(ulong value)': (_type: unknown, value: bigint) => Decimal.fromInteger(value),
  'new(float value)': (_type: unknown, value: number) => Decimal.fromSingle(value),
  'new(double value)': (_type: unknown, value: number) => Decimal.fromDouble(value),
  'new(int[] bits)': (_type: unknown, bits: ArrayValue | null) => ofBits(bits),
  'new(int lo, int mid, int hi, bool isNegative, byte scale)': (
    _type: unknown,
    low: number,
    middle: number,
    high: number,
    negative: boolean,
    scale: number,
  ) => {
    if (scale > 28) {
      const message = "Decimal's scale value must be between 0 and 28, inclusive.";
      throw fault('ArgumentOutOfRangeException', message, 'scale');
    }
    return ofParts(low, middle, high, negative, scale);
  },
  'static int[] GetBits(decimal d)': bitsOf,
  'const decimal Zero': Decimal.zero,
  'const decimal One': Decimal.one,
  'const decimal MinusOne': Decimal.minusOne,
  'const decimal MinValue': Decimal.minValue,
  'const decimal MaxValue': Decimal.maxValue,
};

export const decimalType = numberType<Decimal>(
  {
    name: 'Decimal',
    keyword: 'decimal',
    styles: NumberStyles.Number,
    zero: Decimal.zero,
    parse: parseDecimal,
    format: formatDecimal,
    compare: (left, right) => left.compareTo(right),
    key: decimalKey,
  },
  { ...creation, ...decimalRounding, ...arithmetic, ...conversions },
);
