// The numeric types: kinds, widening, and conversion of bare values between them.
import { checkInteger, Decimal, doubleToInteger, type IntegerKind } from '../../../dotnet/index.ts';
import { overflow } from '../running/exceptions.ts';
import { known } from './hierarchy.ts';
import type { Type } from './type.ts';

export type NumericKind = IntegerKind | 'char' | 'float' | 'double' | 'decimal';

const kinds = new Map<string, NumericKind>([
  ['System.SByte', 'sbyte'],
  ['System.Byte', 'byte'],
  ['System.Int16', 'short'],
  ['System.UInt16', 'ushort'],
  ['System.Int32', 'int'],
  ['System.UInt32', 'uint'],
  ['System.Int64', 'long'],
  ['System.UInt64', 'ulong'],
  ['System.Char', 'char'],
  ['System.Single', 'float'],
  ['System.Double', 'double'],
  ['System.Decimal', 'decimal'],
]);

export function numericKind(type: Type): NumericKind | undefined {
  return type.kind === 'struct' ? kinds.get(type.fullName) : undefined;
}

/** What each kind widens to without a cast (C# 7.0, 6.1.2). */
const widenings: Record<NumericKind, readonly NumericKind[]> = {
  sbyte: ['short', 'int', 'long', 'float', 'double', 'decimal'],
  byte: ['short', 'ushort', 'int', 'uint', 'long', 'ulong', 'float', 'double', 'decimal'],
  short: ['int', 'long', 'float', 'double', 'decimal'],
  ushort: ['int', 'uint', 'long', 'ulong', 'float', 'double', 'decimal'],
  int: ['long', 'float', 'double', 'decimal'],
  uint: ['long', 'ulong', 'float', 'double', 'decimal'],
  long: ['float', 'double', 'decimal'],
  ulong: ['float', 'double', 'decimal'],
  char: ['ushort', 'int', 'uint', 'long', 'ulong', 'float', 'double', 'decimal'],
  float: ['double'],
  double: [],
  decimal: [],
};

export function widens(from: NumericKind, to: NumericKind): boolean {
  return widenings[from].includes(to);
}

export function isIntegral(kind: NumericKind): boolean {
  return kind !== 'float' && kind !== 'double' && kind !== 'decimal';
}

/** The range of an integer kind as numbers; 64-bit kinds are rounded, and never asked here. */
const ranges: Partial<Record<NumericKind, readonly [number, number]>> = {
  sbyte: [-128, 127],
  byte: [0, 255],
  short: [-32_768, 32_767],
  ushort: [0, 65_535],
  char: [0, 65_535],
  int: [-2_147_483_648, 2_147_483_647],
  uint: [0, 4_294_967_295],
};

const longRange: Record<string, readonly [bigint, bigint]> = {
  long: [-(1n << 63n), (1n << 63n) - 1n],
  ulong: [0n, (1n << 64n) - 1n],
};

/** Whether an integral constant (number or bigint) is in the range of an integer kind. */
export function fits(value: number | bigint, kind: NumericKind): boolean {
  const range = ranges[kind] ?? longRange[kind];
  return !range || (value >= range[0] && value <= range[1]);
}

/** Keeps the low bits of a number of at most 53 bits, or of a bigint. */
export function wrap(value: number, kind: NumericKind): number {
  switch (kind) {
    case 'sbyte':
      return (value << 24) >> 24;
    case 'byte':
      return value & 0xff;
    case 'short':
      return (value << 16) >> 16;
    case 'ushort':
    case 'char':
      return value & 0xffff;
    case 'uint':
      return value >>> 0;
    default:
      return value | 0;
  }
}

export type Apply = (value: unknown) => unknown;

function isBig(kind: NumericKind): boolean {
  return kind === 'long' || kind === 'ulong';
}

/** Converts bare values from one kind to another; undefined where the value stays as it is. */
export function numericConversion(
  from: NumericKind,
  to: NumericKind,
  checked: boolean,
): Apply | undefined {
  if (from === to) return undefined;
  if (to === 'decimal') return toDecimal(from);
  if (to === 'double' || to === 'float') return toReal(from, to);
  if (from === 'decimal') return fromDecimal(to);
  if (from === 'double' || from === 'float') return fromReal(to, checked);
  if (isBig(to)) return toBig(from, to, checked);
  if (isBig(from)) {
    const bits = (value: unknown) => Number(BigInt.asIntN(32, value as bigint));
    if (!checked) return (value) => wrap(bits(value), to);
    return (value) => {
      if (!fits(value as bigint, to)) throw overflow();
      return Number(value);
    };
  }
  if (widens(from, to)) return undefined;
  if (!checked) return (value) => wrap(value as number, to);
  return (value) => {
    if (!fits(value as number, to)) throw overflow();
    return value;
  };
}

function toDecimal(from: NumericKind): Apply {
  if (from === 'double') return (value) => Decimal.fromDouble(value as number);
  if (from === 'float') return (value) => Decimal.fromSingle(value as number);
  return (value) => Decimal.fromInteger(value as number | bigint);
}

function toReal(from: NumericKind, to: 'double' | 'float'): Apply | undefined {
  if (from === 'decimal') {
    if (to === 'double') return (value) => (value as Decimal).toDouble();
    return (value) => Math.fround((value as Decimal).toDouble());
  }
  if (to === 'float') return (value) => Math.fround(Number(value));
  return isBig(from) ? (value) => Number(value) : undefined;
}

function fromDecimal(to: NumericKind): Apply {
  const kind = to === 'char' ? 'ushort' : (to as IntegerKind);
  const big = isBig(to);
  return (value) => {
    const integer = checkInteger((value as Decimal).toBigInt(), kind);
    return big ? integer : Number(integer);
  };
}

function fromReal(to: NumericKind, checked: boolean): Apply {
  const kind = to === 'char' ? 'ushort' : (to as IntegerKind);
  const big = isBig(to);
  return (value) => {
    const number = value as number;
    if (to === 'int' && number > -2_147_483_649 && number < 2_147_483_648)
      return Math.trunc(number) | 0;
    const integer = doubleToInteger(number, kind, checked);
    return big ? integer : Number(integer);
  };
}

function toBig(from: NumericKind, to: NumericKind, checked: boolean): Apply | undefined {
  if (isBig(from)) {
    if (!checked) {
      return (value) =>
        to === 'long' ? BigInt.asIntN(64, value as bigint) : BigInt.asUintN(64, value as bigint);
    }
    return (value) => {
      if (!fits(value as bigint, to)) throw overflow();
      return value;
    };
  }
  if (to === 'long') return (value) => BigInt(value as number);
  if (!checked) return (value) => BigInt.asUintN(64, BigInt(value as number));
  return (value) => {
    if ((value as number) < 0) throw overflow();
    return BigInt(value as number);
  };
}

/** Binary numeric promotion (C# 7.0, 7.3.6.2); undefined where the two do not mix. */
export function promoted(left: NumericKind, right: NumericKind): NumericKind | undefined {
  const either = (kind: NumericKind) => left === kind || right === kind;
  if (either('decimal')) {
    return either('double') || either('float') ? undefined : 'decimal';
  }
  if (either('double')) return 'double';
  if (either('float')) return 'float';
  if (either('ulong')) {
    const other = left === 'ulong' ? right : left;
    return ['sbyte', 'short', 'int', 'long'].includes(other) ? undefined : 'ulong';
  }
  if (either('long')) return 'long';
  if (either('uint')) {
    const other = left === 'uint' ? right : left;
    return ['sbyte', 'short', 'int'].includes(other) ? 'long' : 'uint';
  }
  return 'int';
}

export function typeOfKind(kind: NumericKind): Type {
  const types: Partial<Record<NumericKind, () => Type>> = {
    int: () => known.int,
    uint: () => known.uint,
    long: () => known.long,
    ulong: () => known.ulong,
    float: () => known.float,
    double: () => known.double,
    decimal: () => known.decimal,
  };
  return types[kind]!();
}
