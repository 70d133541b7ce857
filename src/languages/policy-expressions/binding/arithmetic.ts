// What the built-in operators do to bare values, for each numeric kind.
import { Decimal } from '../../../dotnet/index.ts';
import { divideByZero, overflow } from '../running/exceptions.ts';
import type { NumericKind } from '../types/numeric.ts';

export type Binary = (left: never, right: never) => unknown;

type Operators = Record<string, Binary>;

const comparisons: Operators = {
  '==': (a: number, b: number) => a === b,
  '!=': (a: number, b: number) => a !== b,
  '<': (a: number, b: number) => a < b,
  '>': (a: number, b: number) => a > b,
  '<=': (a: number, b: number) => a <= b,
  '>=': (a: number, b: number) => a >= b,
};

const intUnchecked: Operators = {
  ...comparisons,
  '+': (a: number, b: number) => (a + b) | 0,
  '-': (a: number, b: number) => (a - b) | 0,
  '*': Math.imul,
  '/': (a: number, b: number) => {
    if (b === 0) throw divideByZero();
    if (b === -1 && a === -2_147_483_648) throw overflow();
    return (a / b) | 0;
  },
  '%': (a: number, b: number) => {
    if (b === 0) throw divideByZero();
    return (a % b) | 0;
  },
  '&': (a: number, b: number) => a & b,
  '|': (a: number, b: number) => a | b,
  '^': (a: number, b: number) => a ^ b,
};

function inInt(result: number): number {
  if (result < -2_147_483_648 || result > 2_147_483_647) throw overflow();
  return result | 0;
}

const intChecked: Operators = {
  ...intUnchecked,
  '+': (a: number, b: number) => inInt(a + b),
  '-': (a: number, b: number) => inInt(a - b),
  '*': (a: number, b: number) => inInt(a * b),
};

const uintUnchecked: Operators = {
  ...comparisons,
  '+': (a: number, b: number) => (a + b) >>> 0,
  '-': (a: number, b: number) => (a - b) >>> 0,
  '*': (a: number, b: number) => Math.imul(a, b) >>> 0,
  '/': (a: number, b: number) => {
    if (b === 0) throw divideByZero();
    return (a / b) >>> 0;
  },
  '%': (a: number, b: number) => {
    if (b === 0) throw divideByZero();
    return (a % b) >>> 0;
  },
  '&': (a: number, b: number) => (a & b) >>> 0,
  '|': (a: number, b: number) => (a | b) >>> 0,
  '^': (a: number, b: number) => (a ^ b) >>> 0,
};

function inUint(result: number): number {
  if (result < 0 || result > 4_294_967_295) throw overflow();
  return result;
}

const uintChecked: Operators = {
  ...uintUnchecked,
  '+': (a: number, b: number) => inUint(a + b),
  '-': (a: number, b: number) => inUint(a - b),
  '*': (a: number, b: number) => inUint(a * b),
};

function bigOperators(keep: (value: bigint) => bigint, minimum: bigint): Operators {
  return {
    ...comparisons,
    '+': (a: bigint, b: bigint) => keep(a + b),
    '-': (a: bigint, b: bigint) => keep(a - b),
    '*': (a: bigint, b: bigint) => keep(a * b),
    '/': (a: bigint, b: bigint) => {
      if (b === 0n) throw divideByZero();
      if (b === -1n && a === minimum) throw overflow();
      return a / b;
    },
    '%': (a: bigint, b: bigint) => {
      if (b === 0n) throw divideByZero();
      return a % b;
    },
    '&': (a: bigint, b: bigint) => a & b,
    '|': (a: bigint, b: bigint) => a | b,
    '^': (a: bigint, b: bigint) => a ^ b,
  };
}

const longMinimum = -(1n << 63n);

function within(minimum: bigint, maximum: bigint): (value: bigint) => bigint {
  return (value) => {
    if (value < minimum || value > maximum) throw overflow();
    return value;
  };
}

const longUnchecked = bigOperators((value) => BigInt.asIntN(64, value), longMinimum);
const longChecked = bigOperators(within(longMinimum, -longMinimum - 1n), longMinimum);
const ulongUnchecked = bigOperators((value) => BigInt.asUintN(64, value), longMinimum);
const ulongChecked = bigOperators(within(0n, (1n << 64n) - 1n), longMinimum);

const doubleOperators: Operators = {
  ...comparisons,
  '+': (a: number, b: number) => a + b,
  '-': (a: number, b: number) => a - b,
  '*': (a: number, b: number) => a * b,
  '/': (a: number, b: number) => a / b,
  '%': (a: number, b: number) => a % b,
};

const floatOperators: Operators = {
  ...comparisons,
  '+': (a: number, b: number) => Math.fround(a + b),
  '-': (a: number, b: number) => Math.fround(a - b),
  '*': (a: number, b: number) => Math.fround(a * b),
  '/': (a: number, b: number) => Math.fround(a / b),
  '%': (a: number, b: number) => Math.fround(a % b),
};

const decimalOperators: Operators = {
  '+': (a: Decimal, b: Decimal) => a.add(b),
  '-': (a: Decimal, b: Decimal) => a.subtract(b),
  '*': (a: Decimal, b: Decimal) => a.multiply(b),
  '/': (a: Decimal, b: Decimal) => a.divide(b),
  '%': (a: Decimal, b: Decimal) => a.remainder(b),
  '==': (a: Decimal, b: Decimal) => a.compareTo(b) === 0,
  '!=': (a: Decimal, b: Decimal) => a.compareTo(b) !== 0,
  '<': (a: Decimal, b: Decimal) => a.compareTo(b) < 0,
  '>': (a: Decimal, b: Decimal) => a.compareTo(b) > 0,
  '<=': (a: Decimal, b: Decimal) => a.compareTo(b) <= 0,
  '>=': (a: Decimal, b: Decimal) => a.compareTo(b) >= 0,
};

/** The operator on two values of one promoted kind. */
export function numericOperator(
  operator: string,
  kind: NumericKind,
  checked: boolean,
): Binary | undefined {
  const table: Partial<Record<NumericKind, Operators>> = {
    int: checked ? intChecked : intUnchecked,
    uint: checked ? uintChecked : uintUnchecked,
    long: checked ? longChecked : longUnchecked,
    ulong: checked ? ulongChecked : ulongUnchecked,
    float: floatOperators,
    double: doubleOperators,
    decimal: decimalOperators,
  };
  return table[kind]?.[operator];
}

/** `<<` and `>>`: the count is masked to the width of the left side. */
export function shiftOperator(operator: string, kind: NumericKind): Binary | undefined {
  const left = operator === '<<';
  switch (kind) {
    case 'int':
      return left ? (a: number, b: number) => a << b : (a: number, b: number) => a >> b;
    case 'uint':
      return left ? (a: number, b: number) => (a << b) >>> 0 : (a: number, b: number) => a >>> b;
    case 'long':
      return left
        ? (a: bigint, b: number) => BigInt.asIntN(64, a << BigInt(b & 63))
        : (a: bigint, b: number) => a >> BigInt(b & 63);
    case 'ulong':
      return left
        ? (a: bigint, b: number) => BigInt.asUintN(64, a << BigInt(b & 63))
        : (a: bigint, b: number) => a >> BigInt(b & 63);
    default:
      return undefined;
  }
}

/** `-` and `~` on a value of the kind. */
export function unaryOperator(
  operator: string,
  kind: NumericKind,
  checked: boolean,
): ((value: never) => unknown) | undefined {
  if (operator === '+') return (value) => value;
  if (operator === '~') {
    const complements: Partial<Record<NumericKind, (value: never) => unknown>> = {
      int: (value: number) => ~value,
      uint: (value: number) => ~value >>> 0,
      long: (value: bigint) => ~value,
      ulong: (value: bigint) => BigInt.asUintN(64, ~value),
    };
    return complements[kind];
  }
  const negations: Partial<Record<NumericKind, (value: never) => unknown>> = {
    int: (value: number) => (checked ? inInt(-value) : -value | 0),
    long: (value: bigint) => {
      if (checked && value === longMinimum) throw overflow();
      return BigInt.asIntN(64, -value);
    },
    float: (value: number) => -value,
    double: (value: number) => -value,
    decimal: (value: Decimal) => value.negate(),
  };
  return negations[kind];
}

/** 1 in the representation of the kind, for `++` and `--`. */
export function oneOf(kind: NumericKind): unknown {
  if (kind === 'long' || kind === 'ulong') return 1n;
  return kind === 'decimal' ? Decimal.one : 1;
}
