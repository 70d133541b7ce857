// System.Decimal: 96-bit coefficient, scale 0 to 28; the scale is part of the value (5.0000).
import { DotnetError, overflowError } from './errors.ts';
import { MidpointRounding } from './styles.ts';

const coefficientMax = (1n << 96n) - 1n;
const scaleMax = 28;
const overflowText = 'Value was either too large or too small for a Decimal.';

const powers: bigint[] = [1n];
/** 10 to the power of `exponent`. */
export function powerOfTen(exponent: number): bigint {
  for (let i = powers.length; i <= exponent && i <= 400; i++) powers.push(powers[i - 1]! * 10n);
  return powers[exponent] ?? 10n ** BigInt(exponent);
}

/** Divides, rounding half to even; both non-negative. */
function divideHalfEven(value: bigint, divisor: bigint): bigint {
  const quotient = value / divisor;
  const twice = (value % divisor) * 2n;
  if (twice > divisor || (twice === divisor && (quotient & 1n) === 1n)) return quotient + 1n;
  return quotient;
}

/** An immutable decimal number of .NET. */
export class Decimal {
  /** Without sign, at most 2^96 - 1. */
  readonly coefficient: bigint;
  /** Digits after the point, 0 to 28. */
  readonly scale: number;
  readonly negative: boolean;

  constructor(coefficient: bigint, scale = 0, negative = false) {
    this.coefficient = coefficient;
    this.scale = scale;
    this.negative = negative;
  }

  static readonly zero = new Decimal(0n);
  static readonly one = new Decimal(1n);
  static readonly minusOne = new Decimal(1n, 0, true);
  static readonly maxValue = new Decimal(coefficientMax);
  static readonly minValue = new Decimal(coefficientMax, 0, true);

  /** From any integer; throws OverflowException beyond 96 bits. */
  static fromInteger(value: bigint | number): Decimal {
    const integer = BigInt(value);
    return Decimal.fit(integer < 0n ? -integer : integer, 0, integer < 0n);
  }

  /** Rounds to 15 significant digits and drops trailing zeros, as the conversion from double does. */
  static fromDouble(value: number): Decimal {
    return Decimal.fromBinary(value, 15);
  }

  /** Rounds to 7 significant digits, as the conversion from float does. */
  static fromSingle(value: number): Decimal {
    return Decimal.fromBinary(value, 7);
  }

  private static fromBinary(value: number, digits: number): Decimal {
    if (!Number.isFinite(value)) throw overflowError(overflowText);
    if (value === 0) return Decimal.zero;
    const [mantissa, exponentText] = Math.abs(value)
      .toExponential(digits - 1)
      .split('e');
    let scale = digits - 1 - Number(exponentText);
    let coefficient = BigInt(mantissa!.replace('.', ''));
    while (scale > 0 && coefficient % 10n === 0n) {
      coefficient /= 10n;
      scale--;
    }
    if (scale < 0) {
      if (scale < -scaleMax) throw overflowError(overflowText);
      coefficient *= powerOfTen(-scale);
      scale = 0;
    }
    if (scale > scaleMax + digits + 1) return Decimal.zero;
    return Decimal.fit(coefficient, scale, value < 0, true);
  }

  /**
   * Brings a coefficient and scale of any size into range, rounding half to even (or dropping
   * digits); throws OverflowException where the integral part does not fit.
   */
  static fit(coefficient: bigint, scale: number, negative: boolean, trimZeros = false): Decimal {
    let drop = Math.max(0, scale - scaleMax);
    if (drop > 0 || coefficient > coefficientMax) {
      for (;;) {
        const rounded = divideHalfEven(coefficient, powerOfTen(drop));
        if (rounded <= coefficientMax) {
          coefficient = rounded;
          scale -= drop;
          break;
        }
        if (drop >= scale) throw overflowError(overflowText);
        const excess = Math.max(1, rounded.toString().length - 29);
        drop = Math.min(scale, drop + excess);
      }
    }
    if (trimZeros) {
      while (scale > 0 && coefficient % 10n === 0n) {
        coefficient /= 10n;
        scale--;
      }
    }
    return new Decimal(coefficient, scale, negative);
  }

  /** With sign, at this value's scale. */
  private signed(scale: number): bigint {
    const scaled = this.coefficient * powerOfTen(scale - this.scale);
    return this.negative ? -scaled : scaled;
  }

  get isZero(): boolean {
    return this.coefficient === 0n;
  }

  /** -1, 0 or 1. */
  get sign(): number {
    return this.isZero ? 0 : this.negative ? -1 : 1;
  }

  add(other: Decimal): Decimal {
    const scale = Math.max(this.scale, other.scale);
    const sum = this.signed(scale) + other.signed(scale);
    const negative = sum < 0n || (sum === 0n && this.negative && other.negative);
    return Decimal.fit(sum < 0n ? -sum : sum, scale, negative);
  }

  subtract(other: Decimal): Decimal {
    return this.add(other.negate());
  }

  multiply(other: Decimal): Decimal {
    return Decimal.fit(
      this.coefficient * other.coefficient,
      this.scale + other.scale,
      this.negative !== other.negative,
    );
  }

  /** Throws DivideByZeroException. The quotient carries no more digits than it needs. */
  divide(other: Decimal): Decimal {
    if (other.isZero) throw divideByZero();
    const negative = this.negative !== other.negative;
    // Enough digits that the rounding below decides on the exact quotient.
    const shift = Math.max(0, other.scale - this.scale) + 58;
    const numerator = this.coefficient * powerOfTen(shift);
    const quotient = numerator / other.coefficient;
    const exact = numerator % other.coefficient === 0n;
    let scale = this.scale - other.scale + shift;
    const least = Math.max(0, this.scale - other.scale);
    if (!exact) return Decimal.fit(quotient * 10n + 1n, scale + 1, negative);
    let coefficient = quotient;
    while (scale > least && coefficient % 10n === 0n) {
      coefficient /= 10n;
      scale--;
    }
    return Decimal.fit(coefficient, scale, negative);
  }

  /** The sign follows the dividend. Throws DivideByZeroException. */
  remainder(other: Decimal): Decimal {
    if (other.isZero) throw divideByZero();
    const scale = Math.max(this.scale, other.scale);
    const rest = this.signed(scale) % other.signed(scale);
    return Decimal.fit(rest < 0n ? -rest : rest, scale, this.negative);
  }

  negate(): Decimal {
    return new Decimal(this.coefficient, this.scale, !this.negative);
  }

  abs(): Decimal {
    return this.negative ? this.negate() : this;
  }

  compareTo(other: Decimal): number {
    const scale = Math.max(this.scale, other.scale);
    const left = this.signed(scale);
    const right = other.signed(scale);
    return left < right ? -1 : left > right ? 1 : 0;
  }

  equals(other: Decimal): boolean {
    return this.compareTo(other) === 0;
  }

  truncate(): Decimal {
    return this.round(0, MidpointRounding.ToZero);
  }

  floor(): Decimal {
    return this.round(0, MidpointRounding.ToNegativeInfinity);
  }

  ceiling(): Decimal {
    return this.round(0, MidpointRounding.ToPositiveInfinity);
  }

  /** Rounds to `digits` after the point; a value with fewer digits stays as it is. */
  round(digits = 0, mode: number = MidpointRounding.ToEven): Decimal {
    if (digits < 0 || digits > scaleMax) {
      throw new DotnetError(
        'System.ArgumentOutOfRangeException',
        "Decimal can only round to between 0 and 28 digits of precision. (Parameter 'decimals')",
      );
    }
    if (this.scale <= digits) return this;
    const divisor = powerOfTen(this.scale - digits);
    const quotient = this.coefficient / divisor;
    const rest = this.coefficient % divisor;
    const up = roundsUp(rest, divisor, quotient, this.negative, mode);
    return new Decimal(up ? quotient + 1n : quotient, digits, this.negative);
  }

  /** The nearest double. */
  toDouble(): number {
    return Number(this.toString());
  }

  /** The integral part; the fraction is dropped. */
  toBigInt(): bigint {
    const integral = this.coefficient / powerOfTen(this.scale);
    return this.negative ? -integral : integral;
  }

  /** All digits of the scale, invariant culture: `5.0000`, `-0.5`. */
  toString(): string {
    const digits = this.coefficient.toString().padStart(this.scale + 1, '0');
    const point = digits.length - this.scale;
    const text = this.scale === 0 ? digits : `${digits.slice(0, point)}.${digits.slice(point)}`;
    return this.negative && !this.isZero ? `-${text}` : text;
  }
}

function divideByZero(): DotnetError {
  return new DotnetError('System.DivideByZeroException', 'Attempted to divide by zero.');
}

function roundsUp(
  rest: bigint,
  divisor: bigint,
  quotient: bigint,
  negative: boolean,
  mode: number,
): boolean {
  if (rest === 0n) return false;
  const twice = rest * 2n;
  switch (mode) {
    case MidpointRounding.ToZero:
      return false;
    case MidpointRounding.ToNegativeInfinity:
      return negative;
    case MidpointRounding.ToPositiveInfinity:
      return !negative;
    case MidpointRounding.AwayFromZero:
      return twice >= divisor;
    default:
      return twice > divisor || (twice === divisor && (quotient & 1n) === 1n);
  }
}
