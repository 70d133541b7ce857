// Arithmetic over Int64, double and decimal as .NET promotes them.
import { Decimal } from '../../dotnet/index.ts';
import { ExpressionEvaluationError, usageLink } from './errors.ts';
import { failArgument, withDotnet } from './functions/definition.ts';
import { DoubleValue, int64Max, int64Min, integerOf, toBigInt, type Value } from './values.ts';

export type Operator = 'add' | 'sub' | 'mul' | 'div' | 'mod';

/** `name(left, right)`; integers overflow with an error, a double with a decimal gives a decimal. */
export function calculate(name: Operator, args: readonly Value[]): Value {
  const [left, right] = args as [Value, Value];
  if (
    typeof left === 'number' &&
    typeof right === 'number' &&
    Number.isInteger(left) &&
    Number.isInteger(right)
  ) {
    const quick = calculateSafe(name, left, right);
    if (Number.isSafeInteger(quick)) return quick;
  }
  const a = numeric(name, args, 0);
  const b = numeric(name, args, 1);
  if (typeof a === 'bigint' && typeof b === 'bigint') return calculateIntegers(name, a, b);
  if (a instanceof Decimal || b instanceof Decimal) {
    return withDotnet(name, () => calculateDecimals(name, decimalOf(left), decimalOf(right)));
  }
  return DoubleValue.of(calculateDoubles(name, Number(a), Number(b)));
}

/** NaN where the general path must decide. Adding 0 turns −0 into the integer 0. */
function calculateSafe(name: Operator, left: number, right: number): number {
  switch (name) {
    case 'add':
      return left + right;
    case 'sub':
      return left - right;
    case 'mul':
      return left * right + 0;
    case 'div':
      return right === 0 ? Number.NaN : Math.trunc(left / right) + 0;
    case 'mod':
      return right === 0 ? Number.NaN : (left % right) + 0;
  }
}

function numeric(name: string, args: readonly Value[], index: number): bigint | number | Decimal {
  const value = args[index] as Value;
  if (value instanceof Decimal) return value;
  if (value instanceof DoubleValue) return value.value;
  const integer = toBigInt(value);
  if (integer !== undefined) return integer;
  if (typeof value === 'number') return value;
  return failArgument(name, args, index, 'be an integer or a decimal number');
}

/** The decimal of any number; throws DotnetError where it does not fit. */
export function decimalOf(value: Value): Decimal {
  if (value instanceof Decimal) return value;
  const integer = toBigInt(value);
  if (integer !== undefined) return Decimal.fromInteger(integer);
  return Decimal.fromDouble(doubleOf(value) ?? Number.NaN);
}

function calculateIntegers(name: Operator, left: bigint, right: bigint): Value {
  if (right === 0n && (name === 'div' || name === 'mod')) throw byZero(name, left.toString());
  const result = {
    add: () => left + right,
    sub: () => left - right,
    mul: () => left * right,
    div: () => left / right,
    mod: () => left % right,
  }[name]();
  if (result > int64Max || result < int64Min) {
    throw new ExpressionEvaluationError(
      `The template language function '${name}' failed: Arithmetic operation resulted in an overflow. ${usageLink(name)}`,
    );
  }
  return integerOf(result);
}

function calculateDecimals(name: Operator, left: Decimal, right: Decimal): Decimal {
  if (right.isZero && (name === 'div' || name === 'mod')) throw byZero(name, left.toString());
  switch (name) {
    case 'add':
      return left.add(right);
    case 'sub':
      return left.subtract(right);
    case 'mul':
      return left.multiply(right);
    case 'div':
      return left.divide(right);
    case 'mod':
      return left.remainder(right);
  }
}

function calculateDoubles(name: Operator, left: number, right: number): number {
  if (right === 0 && (name === 'div' || name === 'mod')) throw byZero(name, String(left));
  switch (name) {
    case 'add':
      return left + right;
    case 'sub':
      return left - right;
    case 'mul':
      return left * right;
    case 'div':
      return left / right;
    case 'mod':
      return left % right;
  }
}

function byZero(name: string, dividend: string): ExpressionEvaluationError {
  return new ExpressionEvaluationError(
    `Attempt to divide an integral or decimal value '${dividend}' by zero in function '${name}'. ${usageLink(name)}`,
  );
}

/** A double of any number; undefined for other kinds. */
export function doubleOf(value: Value): number | undefined {
  if (typeof value === 'number') return value;
  if (typeof value === 'bigint') return Number(value);
  if (value instanceof DoubleValue) return value.value;
  return value instanceof Decimal ? value.toDouble() : undefined;
}
