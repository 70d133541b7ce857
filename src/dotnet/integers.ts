// Integer types of every width: ranges, wrapping, checking, conversion from double; Math.Round.
import { argumentError, argumentOutOfRange, type DotnetError, overflowError } from './errors.ts';
import { type IntegerKind, MidpointRounding } from './styles.ts';

interface IntegerType {
  readonly bits: number;
  readonly signed: boolean;
  readonly min: bigint;
  readonly max: bigint;
  /** As .NET names it in messages, article included. */
  readonly words: string;
}

function integerType(bits: number, signed: boolean, words: string): IntegerType {
  const span = 1n << BigInt(signed ? bits - 1 : bits);
  return { bits, signed, min: signed ? -span : 0n, max: span - 1n, words };
}

const types: Readonly<Record<IntegerKind, IntegerType>> = {
  sbyte: integerType(8, true, 'a signed byte'),
  byte: integerType(8, false, 'an unsigned byte'),
  short: integerType(16, true, 'an Int16'),
  ushort: integerType(16, false, 'a UInt16'),
  int: integerType(32, true, 'an Int32'),
  uint: integerType(32, false, 'a UInt32'),
  long: integerType(64, true, 'an Int64'),
  ulong: integerType(64, false, 'a UInt64'),
};

/** The range of a kind, both ends included. */
export function integerRange(kind: IntegerKind): { min: bigint; max: bigint } {
  return { min: types[kind].min, max: types[kind].max };
}

export function integerBits(kind: IntegerKind): number {
  return types[kind].bits;
}

/** OverflowException in the words Parse and Convert use for a kind. */
export function integerOverflow(kind: IntegerKind): DotnetError {
  return overflowError(`Value was either too large or too small for ${types[kind].words}.`);
}

/** unchecked((kind)value): keeps the low bits. */
export function wrapInteger(value: bigint, kind: IntegerKind): bigint {
  const { bits, signed } = types[kind];
  return signed ? BigInt.asIntN(bits, value) : BigInt.asUintN(bits, value);
}

/** checked((kind)value): throws OverflowException outside the range. */
export function checkInteger(value: bigint, kind: IntegerKind): bigint {
  const { min, max } = types[kind];
  if (value < min || value > max) {
    throw overflowError('Arithmetic operation resulted in an overflow.');
  }
  return value;
}

/**
 * (kind)value of a double: the fraction is dropped. Out of range or NaN throws OverflowException
 * when checked; unchecked it gives what x64 .NET gives: the low bits of the Int64 conversion, whose
 * own overflow is Int64.MinValue.
 */
export function doubleToInteger(value: number, kind: IntegerKind, checked: boolean): bigint {
  const whole = Math.trunc(value);
  const { min, max } = types[kind];
  if (Number.isFinite(whole)) {
    const integer = BigInt(whole);
    if (integer >= min && integer <= max) return integer;
  }
  if (checked) throw overflowError('Arithmetic operation resulted in an overflow.');
  if (kind === 'int') return min;
  if (kind === 'ulong') return whole > 0 ? 0n : 1n << 63n;
  const wide = Math.abs(whole) < 2 ** 63 ? BigInt(whole) : types.long.min;
  return wrapInteger(wide, kind);
}

/** Math.Round(double, digits, mode); digits 0 to 15; halves to even by default. */
export function roundDouble(
  value: number,
  digits = 0,
  mode: number = MidpointRounding.ToEven,
): number {
  if (digits < 0 || digits > 15) {
    throw argumentOutOfRange('digits', 'Rounding digits must be between 0 and 15, inclusive.');
  }
  if (mode < 0 || mode > 4) {
    throw argumentError(
      `The value '${mode}' is not valid for this usage of the type MidpointRounding.`,
      'mode',
    );
  }
  if (Math.abs(value) >= 1e16 || !Number.isFinite(value)) return value;
  const power = 10 ** digits;
  return roundWhole(value * power, mode) / power;
}

function roundWhole(value: number, mode: number): number {
  const whole = Math.trunc(value);
  const rest = Math.abs(value - whole);
  const away = value < 0 ? whole - 1 : whole + 1;
  const keepSign = (result: number) => (result === 0 && value < 0 ? -0 : result);
  switch (mode) {
    case MidpointRounding.AwayFromZero:
      return keepSign(rest >= 0.5 ? away : whole);
    case MidpointRounding.ToZero:
      return whole;
    case MidpointRounding.ToNegativeInfinity:
      return Math.floor(value);
    case MidpointRounding.ToPositiveInfinity:
      return Math.ceil(value);
    default:
      return keepSign(rest > 0.5 || (rest === 0.5 && whole % 2 !== 0) ? away : whole);
  }
}
