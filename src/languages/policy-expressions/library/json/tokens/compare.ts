// JValue.Compare: the order of two contents of one kind of token.
import {
  type DateTimeOffsetValue,
  type DateTimeValue,
  Decimal,
} from '../../../../../dotnet/index.ts';
import { fault, invalidCast } from '../../../running/exceptions.ts';
import { compareOf, concatText, textOf } from '../../../running/text.ts';
import { ArrayValue, Boxed, bytesOf, typeOf, unbox } from '../../../running/values.ts';
import { known } from '../../../types/hierarchy.ts';
import { named } from '../../../types/registry.ts';
import { convertTo } from '../../converting.ts';
import { kindName, tokenTypes } from './kinds.ts';

/** Less than, equal to or greater than zero; null comes first. */
export function compareContents(tokenType: number, left: unknown, right: unknown): number {
  if (left === right) return 0;
  if (right === null) return 1;
  if (left === null) return -1;
  switch (tokenType) {
    case tokenTypes.Integer:
    case tokenTypes.Float:
      return compareNumbers(left, right);
    case tokenTypes.Comment:
    case tokenTypes.String:
    case tokenTypes.Raw:
      return ordinal(concatText(left), concatText(right));
    case tokenTypes.Boolean:
      return Number(convertTo(left, known.bool)) - Number(convertTo(right, known.bool));
    case tokenTypes.Date:
      return compareDates(left, right);
    case tokenTypes.Bytes:
      return compareBytes(left, right);
    case tokenTypes.Guid:
    case tokenTypes.TimeSpan:
      requireKind(right, `System.${kindName(tokenType)}`, kindName(tokenType));
      return compareOf(left, right);
    case tokenTypes.Uri:
      requireKind(right, 'System.Uri', 'Uri');
      return ordinal(textOf(left) ?? '', textOf(right) ?? '');
    default: {
      const message = `Unexpected value type: ${kindName(tokenType)}`;
      throw fault('ArgumentOutOfRangeException', message, 'valueType');
    }
  }
}

/** string.CompareOrdinal: the distance of the first units that differ, or of the lengths. */
function ordinal(left: string, right: string): number {
  const length = Math.min(left.length, right.length);
  for (let index = 0; index < length; index++) {
    const distance = left.charCodeAt(index) - right.charCodeAt(index);
    if (distance !== 0) return distance;
  }
  return left.length - right.length;
}

function requireKind(content: unknown, fullName: string, name: string): void {
  if (typeOf(content).fullName !== fullName) {
    throw fault('ArgumentException', `Object must be of type ${name}.`);
  }
}

const exactKinds = /^System\.(?:UInt64|Decimal)$/;
const realKinds = /^System\.(?:Double|Single)$/;

function compareNumbers(left: unknown, right: unknown): number {
  const names = [typeOf(left).fullName, typeOf(right).fullName];
  if (names.includes('System.Numerics.BigInteger')) return compareBig(left, right);
  if (names.some((name) => exactKinds.test(name))) {
    const [a, b] = [left, right].map((content) => convertTo(content, known.decimal) as Decimal);
    return a!.compareTo(b!);
  }
  if (names.some((name) => realKinds.test(name))) {
    const [a, b] = [left, right].map((content) => convertTo(content, known.double) as number);
    return compareReals(a!, b!);
  }
  const [a, b] = [left, right].map((content) => convertTo(content, known.long) as bigint);
  return a! < b! ? -1 : a! > b! ? 1 : 0;
}

/** A BigInteger beside any other number. */
function compareBig(left: unknown, right: unknown): number {
  const [a, b] = [left, right].map((content) => {
    const plain = unbox(content);
    return plain instanceof Decimal ? plain.toDouble() : (plain as number | bigint);
  });
  return a! < b! ? -1 : a! > b! ? 1 : 0;
}

/** Equal within a few units of the last place. */
function compareReals(left: number, right: number): number {
  if (left === right) return 0;
  const tolerance = (Math.abs(left) + Math.abs(right) + 10) * Number.EPSILON;
  if (Math.abs(left - right) < tolerance) return 0;
  if (Number.isNaN(left)) return Number.isNaN(right) ? 0 : -1;
  return left < right ? -1 : 1;
}

function compareDates(left: unknown, right: unknown): number {
  if (!(left instanceof Boxed)) throw invalidCast(typeOf(left), named('System.DateTimeOffset'));
  const own = left.value as DateTimeValue | DateTimeOffsetValue;
  const other = unbox(right) as DateTimeValue | DateTimeOffsetValue;
  if ('kind' in own) {
    const type = named('System.DateTime');
    const { ticks } =
      typeOf(right).fullName === 'System.DateTimeOffset'
        ? other
        : (convertTo(right, type) as DateTimeValue);
    return own.ticks < ticks ? -1 : own.ticks > ticks ? 1 : 0;
  }
  const value = convertTo(right, named('System.DateTimeOffset')) as DateTimeOffsetValue;
  const [a, b] = [own, value].map(
    ({ ticks, offsetMinutes }) => ticks - BigInt(offsetMinutes) * 600_000_000n,
  );
  return a! < b! ? -1 : a! > b! ? 1 : 0;
}

function compareBytes(left: unknown, right: unknown): number {
  if (!(right instanceof ArrayValue) || right.type !== known.bytes) {
    throw fault('ArgumentException', 'Object must be of type byte[].');
  }
  if (!(left instanceof ArrayValue)) throw invalidCast(typeOf(left), known.bytes);
  const [a, b] = [bytesOf(left), bytesOf(right)];
  if (a.length !== b.length) return a.length < b.length ? -1 : 1;
  return Buffer.compare(a, b);
}
