// A number as its decimal digits: what .NET's formatting works on.

import type { Decimal } from './decimal.ts';
import { powerOfTen } from './decimal.ts';

/** The value is 0.digits times 10 to the power of `point`; no leading zeros; empty for zero. */
export interface Digits {
  digits: string;
  point: number;
  negative: boolean;
  /** `double` keeps the sign of zero and never prints a decimal's trailing zeros. */
  readonly kind: 'integer' | 'decimal' | 'double';
}

/** The shortest digits that read back as this double. */
export function shortestDigits(value: number): Digits {
  return ofExponential(Math.abs(value).toExponential(), isNegative(value));
}

/** The shortest digits that read back as this value of single precision. */
export function shortestSingleDigits(value: number): Digits {
  const size = Math.abs(Math.fround(value));
  for (let count = 1; count < 9; count++) {
    const text = size.toExponential(count - 1);
    if (Math.fround(Number(text)) === size) return ofExponential(text, isNegative(value));
  }
  return ofExponential(size.toExponential(8), isNegative(value));
}

/** All digits of a double rounded to `count` significant ones, halves away from zero. */
export function significantDigits(value: number, count: number): Digits {
  if (count <= 100)
    return ofExponential(Math.abs(value).toExponential(count - 1), isNegative(value));
  return roundDigits(exactDigits(value), count);
}

/** A double's exact expansion, rounded to `count` digits after the point, halves away from zero. */
export function fractionDigits(value: number, count: number): Digits {
  const size = Math.abs(value);
  if (count <= 100 && size < 1e21) {
    const [whole, fraction = ''] = size.toFixed(count).split('.');
    return normalize(whole! + fraction, whole!.length, isNegative(value), 'double');
  }
  const exact = exactDigits(value);
  return roundDigits(exact, exact.point + count);
}

/** Digits of an integer. */
export function integerDigits(value: bigint | number): Digits {
  const text = value < 0 ? (-value).toString() : value.toString();
  return normalize(text, text.length, value < 0, 'integer');
}

/** Digits of a decimal with all digits of its scale. */
export function decimalDigits(value: Decimal): Digits {
  const text = value.coefficient === 0n ? '' : value.coefficient.toString();
  return {
    digits: text,
    point: text === '' ? 0 : text.length - value.scale,
    negative: value.negative && text !== '',
    kind: 'decimal',
  };
}

/** Rounds to `count` digits (0 or less: rounds or drops all), halves away from zero. */
export function roundDigits(number: Digits, count: number): Digits {
  const { digits, kind } = number;
  let { point, negative } = number;
  let kept = digits.slice(0, Math.max(0, count));
  if (count >= 0 && count < digits.length && digits.charCodeAt(count) >= 0x35) {
    let at = kept.length - 1;
    while (at >= 0 && kept[at] === '9') at--;
    if (at < 0) {
      kept = '1';
      point++;
    } else kept = kept.slice(0, at) + String.fromCharCode(kept.charCodeAt(at) + 1);
  }
  kept = trimZeros(kept);
  if (kept === '') {
    point = 0;
    if (kind !== 'double') negative = false;
  }
  return { digits: kept, point, negative, kind };
}

function exactDigits(value: number): Digits {
  const view = new DataView(new ArrayBuffer(8));
  view.setFloat64(0, Math.abs(value));
  const bits = view.getBigUint64(0);
  const biased = Number(bits >> 52n);
  const fraction = bits & ((1n << 52n) - 1n);
  const mantissa = biased === 0 ? fraction : fraction | (1n << 52n);
  const exponent = (biased === 0 ? 1 : biased) - 1075;
  if (exponent >= 0) {
    const text = (mantissa << BigInt(exponent)).toString();
    return normalize(text, text.length, isNegative(value), 'double');
  }
  // m / 2^n is m * 5^n / 10^n.
  const text = ((mantissa * powerOfTen(-exponent)) >> BigInt(-exponent)).toString();
  return normalize(text, text.length + exponent, isNegative(value), 'double');
}

function isNegative(value: number): boolean {
  return value < 0 || Object.is(value, -0);
}

function ofExponential(text: string, negative: boolean): Digits {
  const [mantissa, exponent] = text.split('e');
  return normalize(mantissa!.replace('.', ''), Number(exponent) + 1, negative, 'double');
}

function normalize(text: string, point: number, negative: boolean, kind: Digits['kind']): Digits {
  let start = 0;
  while (start < text.length && text[start] === '0') start++;
  const digits = trimZeros(text.slice(start));
  return { digits, point: digits === '' ? 0 : point - start, negative, kind };
}

function trimZeros(text: string): string {
  let end = text.length;
  while (end > 0 && text[end - 1] === '0') end--;
  return end === text.length ? text : text.slice(0, end);
}
