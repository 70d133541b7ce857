// System.Numerics.BigInteger, only as far as a JValue holds one: an integer of more than 64 bits.
import { Decimal, type IntegerKind, integerRange } from '../../../../dotnet/index.ts';
import { fault } from '../../running/exceptions.ts';
import { bytesValue } from '../../running/values.ts';
import { known } from '../../types/hierarchy.ts';
import { numericKind } from '../../types/numeric.ts';
import { declareType } from '../../types/registry.ts';
import type { Type } from '../../types/type.ts';

const order = (left: bigint, right: bigint) => (left < right ? -1 : left > right ? 1 : 0);
const text = (value: bigint) => value.toString();

export const bigIntegerType = declareType(
  'struct System.Numerics.BigInteger : IComparable, IComparable<BigInteger>, IFormattable',
  { 'int CompareTo(BigInteger other)': order, 'bool IsZero': (value: bigint) => value === 0n },
  { text, format: text, key: text, compare: order as never, initial: 0n },
);

/** The cast of a BigInteger to another type. */
export function bigIntegerTo(value: bigint, target: Type): unknown {
  if (target === known.string) return value.toString();
  if (target === known.bytes) return bytesValue(littleEndian(value));
  if (target === known.bool) return checked(value, 'int', 'Int32') !== 0n;
  const kind = numericKind(target);
  switch (kind) {
    case 'double':
      return Number(value);
    case 'float':
      return Math.fround(Number(value));
    case 'decimal':
      return Decimal.fit(value < 0n ? -value : value, 0, value < 0n);
    case 'char':
      return Number(checked(value, 'ushort', 'UInt16'));
    case 'long':
    case 'ulong':
      return checked(value, kind, target.name);
    default:
      return Number(checked(value, kind ?? 'int', target.name));
  }
}

function checked(value: bigint, kind: IntegerKind, name: string): bigint {
  const { min, max } = integerRange(kind);
  if (value >= min && value <= max) return value;
  const article = /^[aeiouAEIOU]/.test(name) ? 'an' : 'a';
  const message = `Value was either too large or too small for ${article} ${name}.`;
  throw fault('OverflowException', message);
}

/** Two's complement, the lowest byte first, in as few bytes as tell the sign. */
function littleEndian(value: bigint): Uint8Array {
  const bytes: number[] = [];
  let rest = value;
  for (;;) {
    const byte = Number(BigInt.asUintN(8, rest));
    bytes.push(byte);
    rest >>= 8n;
    if ((rest === 0n && byte < 128) || (rest === -1n && byte >= 128)) break;
  }
  return Uint8Array.from(bytes);
}
