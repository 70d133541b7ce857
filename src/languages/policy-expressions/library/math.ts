// System.Math.
import { type Decimal, roundDouble } from '../../../dotnet/index.ts';
import { fault } from '../running/exceptions.ts';
import type { Reference } from '../running/values.ts';
import { declareType } from '../types/registry.ts';
import { decimalRounding } from './decimal.ts';

const reals: Record<string, (value: number) => number> = {
  Acos: Math.acos,
  Acosh: Math.acosh,
  Asin: Math.asin,
  Asinh: Math.asinh,
  Atan: Math.atan,
  Atanh: Math.atanh,
  Ceiling: Math.ceil,
  Cos: Math.cos,
  Cosh: Math.cosh,
  Exp: Math.exp,
  Floor: Math.floor,
  Log10: Math.log10,
  Sin: Math.sin,
  Sinh: Math.sinh,
  Sqrt: Math.sqrt,
  Tan: Math.tan,
  Tanh: Math.tanh,
  Truncate: Math.trunc,
};

const kinds = [
  'sbyte',
  'byte',
  'short',
  'ushort',
  'int',
  'uint',
  'long',
  'ulong',
  'float',
  'double',
];
const signedMinimum: Record<string, number | bigint> = {
  sbyte: -128,
  short: -32_768,
  int: -2_147_483_648,
  long: -(1n << 63n),
};

/** Longs are bigints, which JavaScript's own Math refuses. */
function larger<T extends number | bigint>(a: T, b: T): T {
  if (b > a) return b;
  return a;
}

function smaller<T extends number | bigint>(a: T, b: T): T {
  if (b < a) return b;
  return a;
}

function mathMembers(): Record<string, unknown> {
  const members: Record<string, unknown> = {};
  for (const keyword of kinds) {
    const real = keyword === 'float' || keyword === 'double';
    const nan = (a: number, b: number) => real && (Number.isNaN(a) || Number.isNaN(b));
    members[`static ${keyword} Max(${keyword} val1, ${keyword} val2)`] = (a: number, b: number) =>
      nan(a, b) ? Number.NaN : larger(a, b);
    members[`static ${keyword} Min(${keyword} val1, ${keyword} val2)`] = (a: number, b: number) =>
      nan(a, b) ? Number.NaN : smaller(a, b);
    members[`static ${keyword} Clamp(${keyword} value, ${keyword} min, ${keyword} max)`] = (
      value: number,
      low: number,
      high: number,
    ) => {
      if (low > high) throw fault('ArgumentException', `'${low}' cannot be greater than ${high}.`);
      return smaller(larger(value, low), high);
    };
    const signed = Object.hasOwn(signedMinimum, keyword);
    if (!signed && !real) continue;
    members[`static ${keyword} Abs(${keyword} value)`] = (value: number | bigint) => {
      if (value === signedMinimum[keyword]) {
        throw fault(
          'OverflowException',
          'Negating the minimum value of a twos complement number is invalid.',
        );
      }
      return value < 0 ? -value : value;
    };
    members[`static int Sign(${keyword} value)`] = (value: number | bigint) => {
      if (Number.isNaN(value))
        throw fault(
          'ArithmeticException',
          'Function does not accept floating point Not-a-Number values.',
        );
      return value > 0 ? 1 : value < 0 ? -1 : 0;
    };
  }
  for (const [name, compute] of Object.entries(reals))
    members[`static double ${name}(double value)`] = compute;
  return members;
}

const decimalMath = {
  'static decimal Abs(decimal value)': (a: Decimal) => a.abs(),
  'static decimal Max(decimal val1, decimal val2)': (a: Decimal, b: Decimal) =>
    a.compareTo(b) >= 0 ? a : b,
  'static decimal Min(decimal val1, decimal val2)': (a: Decimal, b: Decimal) =>
    a.compareTo(b) <= 0 ? a : b,
  'static decimal Clamp(decimal value, decimal min, decimal max)': (
    value: Decimal,
    low: Decimal,
    high: Decimal,
  ) => {
    if (low.compareTo(high) > 0) {
      throw fault('ArgumentException', `'${low}' cannot be greater than ${high}.`);
    }
    if (value.compareTo(low) < 0) return low;
    return value.compareTo(high) > 0 ? high : value;
  },
  'static int Sign(decimal value)': (a: Decimal) => a.sign,
  ...decimalRounding,
};

function logarithm(value: number, base: number): number {
  if (base === 1) return Number.NaN;
  return Math.log(value) / Math.log(base);
}

const isNegative = (value: number) => value < 0 || Object.is(value, -0);

function copySign(value: number, sign: number): number {
  return isNegative(value) === isNegative(sign) ? value : -value;
}

/** The next larger double. */
function neighbour(value: number): number {
  if (Number.isNaN(value) || value === Number.POSITIVE_INFINITY) return value;
  if (value === 0) return Number.MIN_VALUE;
  const view = new DataView(Float64Array.of(value).buffer);
  view.setBigInt64(0, view.getBigInt64(0, true) + (value > 0 ? 1n : -1n), true);
  return view.getFloat64(0, true);
}

/** A value times a power of two, in steps that each are a finite double. */
function scaleBinary(value: number, exponent: number): number {
  let scaled = value;
  let left = Math.max(-4200, Math.min(4200, exponent));
  for (; left > 1000; left -= 1000) scaled *= 2 ** 1000;
  for (; left < -1000; left += 1000) scaled *= 2 ** -1000;
  return scaled * 2 ** left;
}

/** The exponent of the leading bit; Int32's ends for zero and for what has none. */
function binaryExponent(value: number): number {
  if (value === 0) return -2_147_483_648;
  if (!Number.isFinite(value)) return 2_147_483_647;
  const bits = Number(
    (new DataView(Float64Array.of(value).buffer).getBigUint64(0, true) >> 52n) & 0x7ffn,
  );
  return bits === 0 ? binaryExponent(value * 2 ** 64) - 64 : bits - 1023;
}

/** What is left of x to the multiple of y nearest to it, the even one of two. */
function remainder(x: number, y: number): number {
  const toward = x % y;
  if (toward === 0 || Number.isNaN(toward)) return toward;
  const beyond = toward - Math.abs(y) * Math.sign(x);
  if (Math.abs(beyond) !== Math.abs(toward)) {
    return Math.abs(beyond) < Math.abs(toward) ? beyond : toward;
  }
  const quotient = x / y;
  return Math.abs(roundDouble(quotient)) > Math.abs(quotient) ? beyond : toward;
}

export const mathType = declareType('static class System.Math', {
  ...mathMembers(),
  ...decimalMath,
  'const double PI': Math.PI,
  'const double E': Math.E,
  'static double Pow(double x, double y)': (x: number, y: number) => (x === 1 ? 1 : x ** y),
  'static double Log(double d)': Math.log,
  'static double Log(double a, double newBase)': logarithm,
  'static double Log2(double value)': Math.log2,
  'static double Cbrt(double d)': Math.cbrt,
  'static double Atan2(double y, double x)': Math.atan2,
  'static double Round(double a)': (value: number) => roundDouble(value),
  'static double Round(double value, int digits)': roundDouble,
  'static double Round(double value, MidpointRounding mode)': (value: number, mode: number) =>
    roundDouble(value, 0, mode),
  'static double Round(double value, int digits, MidpointRounding mode)': roundDouble,
  'static int DivRem(int a, int b, out int result)': (a: number, b: number, result: Reference) => {
    if (b === 0) throw fault('DivideByZeroException', 'Attempted to divide by zero.');
    result.value = (a % b) | 0;
    return (a / b) | 0;
  },
  'static long DivRem(long a, long b, out long result)': (
    a: bigint,
    b: bigint,
    result: Reference,
  ) => {
    if (b === 0n) throw fault('DivideByZeroException', 'Attempted to divide by zero.');
    result.value = a % b;
    return a / b;
  },
  'static long BigMul(int a, int b)': (a: number, b: number) => BigInt(a) * BigInt(b),
  'static double IEEERemainder(double x, double y)': remainder,
  'static double CopySign(double x, double y)': copySign,
  'static double BitIncrement(double x)': neighbour,
  'static double BitDecrement(double x)': (value: number) => -neighbour(-value),
  'static double ScaleB(double x, int n)': scaleBinary,
  'static int ILogB(double x)': binaryExponent,
});
