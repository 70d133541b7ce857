// Equality and order of values.
import { Decimal } from '../../dotnet/index.ts';
import { failFunction } from './errors.ts';
import { DoubleValue, isArray, isObject, kindName, kindOf, type Value } from './values.ts';

/** `equals()`: numbers across kinds, text against a boolean's text, arrays and objects in depth. */
export function equalValues(left: Value, right: Value): boolean {
  if (left === right) return true;
  if (typeof left === 'string' && typeof right === 'string') return false;
  if (typeof left === 'boolean' || typeof right === 'boolean') return equalBoolean(left, right);
  const order = compareNumbers(left, right);
  if (order !== undefined) return order === 0;
  return deepEqual(left, right);
}

function equalBoolean(left: Value, right: Value): boolean {
  if (typeof left === 'string') return left.toLowerCase() === String(right);
  if (typeof right === 'string') return right.toLowerCase() === String(left);
  return left === right;
}

/** JToken.DeepEquals: order of members does not matter, an integer never equals a float. */
export function deepEqual(left: Value, right: Value): boolean {
  if (left === right) return true;
  if (isArray(left)) {
    return (
      isArray(right) &&
      left.length === right.length &&
      left.every((item, index) => deepEqual(item, right[index] as Value))
    );
  }
  if (isObject(left)) {
    if (!isObject(right)) return false;
    const names = Object.keys(left);
    return (
      names.length === Object.keys(right).length &&
      names.every(
        (name) =>
          Object.hasOwn(right, name) && deepEqual(left[name] as Value, right[name] as Value),
      )
    );
  }
  const kind = kindOf(left) === 'integer';
  return kind === (kindOf(right) === 'integer') && compareNumbers(left, right) === 0;
}

/** A key equal for deeply equal values; sets of values are built on it. */
export function identityOf(value: Value): string {
  if (isArray(value)) return `[${value.map(identityOf).join(',')}]`;
  if (isObject(value)) {
    const names = Object.keys(value).sort();
    return `{${names.map((name) => `${JSON.stringify(name)}:${identityOf(value[name] as Value)}`).join(',')}}`;
  }
  if (typeof value === 'string') return JSON.stringify(value);
  if (value instanceof Decimal) return doubleIdentity(value.toDouble());
  if (value instanceof DoubleValue) return doubleIdentity(value.value);
  return typeof value === 'number' && !Number.isInteger(value)
    ? doubleIdentity(value)
    : String(value);
}

function doubleIdentity(value: number): string {
  return `f${value}`;
}

/** Negative, 0 or positive; NaN with anything gives NaN; undefined where one is no number. */
export function compareNumbers(left: Value, right: Value): number | undefined {
  if (typeof left === 'number' && typeof right === 'number') return left - right;
  const a = plainNumber(left);
  const b = plainNumber(right);
  if (a === undefined || b === undefined) return undefined;
  if (a instanceof Decimal || b instanceof Decimal) return compareDecimals(a, b);
  if (Number.isNaN(a) || Number.isNaN(b)) return Number.NaN;
  return a < b ? -1 : a > b ? 1 : 0;
}

function plainNumber(value: Value): number | bigint | Decimal | undefined {
  if (typeof value === 'number' || typeof value === 'bigint') return value;
  if (value instanceof DoubleValue) return value.value;
  return value instanceof Decimal ? value : undefined;
}

function compareDecimals(
  left: number | bigint | Decimal,
  right: number | bigint | Decimal,
): number {
  const exact = (value: number | bigint | Decimal): Decimal | undefined => {
    if (value instanceof Decimal) return value;
    try {
      return Number.isInteger(value) || typeof value === 'bigint'
        ? Decimal.fromInteger(value)
        : Decimal.fromDouble(value as number);
    } catch {
      return undefined;
    }
  };
  const a = exact(left);
  const b = exact(right);
  if (a && b) return a.compareTo(b);
  const rough = (value: number | bigint | Decimal) =>
    value instanceof Decimal ? value.toDouble() : Number(value);
  return rough(left) - rough(right);
}

/** Order of two numbers or two strings for `less`, `greater` and kin; other kinds fail. */
export function orderValues(name: string, left: Value, right: Value): number {
  if (typeof left === 'string' && typeof right === 'string') return orderText(left, right);
  // Two nulls are equal; null beside anything else has no order.
  if (left === null && right === null) return 0;
  const order = compareNumbers(left, right);
  if (order !== undefined) return order;
  return failFunction(
    name,
    `expects two parameters of matching types, numbers or strings. The function was invoked with values of type '${kindName(left)}' and '${kindName(right)}' that do not match.`,
  );
}

/** Ordinal order of UTF-16 units. */
export function orderText(left: string, right: string): number {
  return left < right ? -1 : left > right ? 1 : 0;
}
