// What Double and Single share: tests of bits and the order with NaN.
import { NumberStyles } from '../../../dotnet/index.ts';

export const realStyles = NumberStyles.Float | NumberStyles.AllowThousands;

/** NaN is less than everything else and equal to itself. */
export function realOrder(left: number, right: number): number {
  if (Number.isNaN(left)) return Number.isNaN(right) ? 0 : -1;
  if (Number.isNaN(right)) return 1;
  return left < right ? -1 : left > right ? 1 : 0;
}

/** Tests and constants of a real type; `normal` is its smallest value of full precision. */
export function realMembers(keyword: string, normal: number): Record<string, unknown> {
  const isNegative = (value: number) => value < 0 || Object.is(value, -0);
  return {
    [`static bool IsNaN(${keyword} d)`]: Number.isNaN,
    [`static bool IsFinite(${keyword} d)`]: Number.isFinite,
    [`static bool IsInfinity(${keyword} d)`]: (value: number) => Math.abs(value) === Infinity,
    [`static bool IsPositiveInfinity(${keyword} d)`]: (value: number) => value === Infinity,
    [`static bool IsNegativeInfinity(${keyword} d)`]: (value: number) => value === -Infinity,
    // The sign bit of NaN is set, as it comes out of a division of zero by zero.
    [`static bool IsNegative(${keyword} d)`]: (value: number) =>
      Number.isNaN(value) || isNegative(value),
    [`static bool IsNormal(${keyword} d)`]: (value: number) =>
      Number.isFinite(value) && Math.abs(value) >= normal,
    [`static bool IsSubnormal(${keyword} d)`]: (value: number) =>
      value !== 0 && Math.abs(value) < normal,
    [`const ${keyword} NaN`]: Number.NaN,
    [`const ${keyword} PositiveInfinity`]: Infinity,
    [`const ${keyword} NegativeInfinity`]: -Infinity,
  };
}
