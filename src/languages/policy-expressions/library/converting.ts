// Conversions of values at run time, as System.Convert and Convert.ChangeType make them.
import {
  type Culture,
  type DateTimeValue,
  Decimal,
  type IntegerKind,
  integerOverflow,
  integerRange,
  parseDateTime,
  parseDateTimeOffset,
  parseDecimal,
  parseDouble,
  parseGuid,
  parseInteger,
  parseSingle,
  parseTimeSpan,
} from '../../../dotnet/index.ts';
import { fault, invalidCast, overflow } from '../running/exceptions.ts';
import { concatText, formatOf, trait } from '../running/text.ts';
import {
  ArrayValue,
  Boxed,
  box,
  Instance,
  initialOf,
  stringOf,
  typeOf,
} from '../running/values.ts';
import { derives, known } from '../types/hierarchy.ts';
import { isIntegral, type NumericKind, numericConversion, numericKind } from '../types/numeric.ts';
import { named } from '../types/registry.ts';
import { type Type, underlying } from '../types/type.ts';
import { parseBoolean } from './boolean.ts';
import { CultureValue } from './culture.ts';

/** Rounds half to even, as Convert.ToInt32(double) does. */
function roundEven(value: number): number {
  const floor = Math.floor(value);
  const rest = value - floor;
  if (rest > 0.5 || (rest === 0.5 && floor % 2 !== 0)) return floor + 1;
  return floor;
}

function tooLarge(kind: NumericKind) {
  if (kind === 'char') {
    return fault('OverflowException', 'Value was either too large or too small for a character.');
  }
  return integerOverflow(kind as IntegerKind);
}

/** What says that a real number does not fit: narrow types are reached through Int32. */
function realTooLarge(value: number, kind: NumericKind) {
  if (kind === 'long' || kind === 'ulong') return overflow();
  const { min, max } = integerRange('int');
  const beyond = !(value >= Number(min) && value <= Number(max));
  return beyond && kind !== 'uint' ? integerOverflow('int') : tooLarge(kind);
}

/** A number of one kind as another, range checked and rounded. */
function numberTo(value: unknown, from: NumericKind, to: NumericKind): unknown {
  if (!isIntegral(to)) {
    const apply = numericConversion(from, to, true);
    return apply ? apply(value) : value;
  }
  let integer: bigint;
  if (from === 'decimal') integer = (value as Decimal).round().toBigInt();
  else if (from === 'double' || from === 'float') {
    const rounded = roundEven(value as number);
    if (!Number.isFinite(rounded)) throw realTooLarge(rounded, to);
    integer = BigInt(rounded);
  } else integer = BigInt(value as number | bigint);
  const { min, max } = integerRange(to === 'char' ? 'ushort' : (to as IntegerKind));
  if (integer < min || integer > max) {
    throw from === 'double' || from === 'float' ? realTooLarge(Number(integer), to) : tooLarge(to);
  }
  return to === 'long' || to === 'ulong' ? integer : Number(integer);
}

function parseNumber(text: string, to: NumericKind, culture: Culture | undefined): unknown {
  switch (to) {
    case 'double':
      return parseDouble(text, undefined, culture);
    case 'float':
      return parseSingle(text, undefined, culture);
    case 'decimal':
      return parseDecimal(text, undefined, culture);
    case 'char':
      if (text.length !== 1) {
        throw fault('FormatException', 'String must be exactly one character long.');
      }
      return text.charCodeAt(0);
    default: {
      const integer = parseInteger(text, to, undefined, culture);
      return to === 'long' || to === 'ulong' ? integer : Number(integer);
    }
  }
}

function cannotConvert(from: Type, to: Type) {
  const convertible = named('System.IConvertible');
  if (!derives(from, convertible)) return invalidCast(from, convertible);
  const message = `Invalid cast from '${from.name}' to '${to.name}'.`;
  return fault('InvalidCastException', message);
}

/** An `object` as a bare value of `to`, as the methods of Convert do; null gives the default. */
export function convertTo(content: unknown, to: Type, culture?: Culture): unknown {
  if (content instanceof Instance && !(content instanceof Boxed) && to !== known.string) {
    const own = trait(content.type, 'convert');
    if (own) return own(content as never, to);
  }
  const text = stringOf(content);
  if (to === known.string) return content === null ? '' : formatOf(content, null, null);
  if (content === null) return initialOf(to);
  const kind = numericKind(to);
  if (kind) return toNumber(content, text, kind, to, culture);
  const from = typeOf(content);
  if (to === known.bool) {
    if (text !== undefined) return parseBoolean(text);
    const own = from.kind === 'enum' ? 'int' : numericKind(from);
    const { value } = content as Boxed;
    if (from === known.bool) return value;
    if (!own || own === 'char') throw cannotConvert(from, to);
    return value instanceof Decimal ? !value.isZero : Number(value) !== 0;
  }
  return toOther(content, text, to, culture);
}

function toNumber(
  content: unknown,
  text: string | undefined,
  kind: NumericKind,
  to: Type,
  culture: Culture | undefined,
): unknown {
  if (text !== undefined) return parseNumber(text, kind, culture);
  const from = typeOf(content);
  const { value } = content as Boxed;
  if (from === known.bool) {
    if (kind === 'char') throw cannotConvert(from, to);
    return numberTo(value ? 1 : 0, 'int', kind);
  }
  const own = from.kind === 'enum' ? 'int' : numericKind(from);
  const mixesChar = own && (own === 'char') !== (kind === 'char');
  if (!own || (mixesChar && !(isIntegral(own) && isIntegral(kind)))) throw cannotConvert(from, to);
  return numberTo(value, own, kind);
}

function toOther(
  content: unknown,
  text: string | undefined,
  to: Type,
  culture: Culture | undefined,
): unknown {
  const from = typeOf(content);
  if (from === to) return content instanceof Boxed ? content.value : content;
  if (to === known.bytes && text !== undefined) {
    return new ArrayValue(known.bytes, new Uint8Array(Buffer.from(text, 'base64')));
  }
  if (text !== undefined) {
    switch (to.fullName) {
      case 'System.DateTime':
        return parseDateTime(text, { culture });
      case 'System.DateTimeOffset':
        return parseDateTimeOffset(text, { culture });
      case 'System.TimeSpan':
        return parseTimeSpan(text, culture);
      case 'System.Guid':
        return parseGuid(text);
      default:
    }
  }
  if (from.fullName === 'System.DateTime' && to.fullName === 'System.DateTimeOffset') {
    const { ticks } = (content as Boxed).value as DateTimeValue;
    return { ticks, offsetMinutes: 0 };
  }
  if (from.fullName === 'System.DateTimeOffset' && to.fullName === 'System.DateTime') {
    const { ticks, offsetMinutes } = (content as Boxed).value as {
      ticks: bigint;
      offsetMinutes: number;
    };
    const utc = ticks - BigInt(offsetMinutes) * 600_000_000n;
    return { ticks: utc, kind: offsetMinutes === 0 ? 'utc' : 'local' };
  }
  throw cannotConvert(from, to);
}

/** The text of a value by a culture's conventions. */
function textIn(content: unknown, culture: Culture): string {
  return formatOf(content, null, new CultureValue(culture));
}

/** Convert.ChangeType: the value as an `object` of the type. */
export function changeType(content: unknown, to: Type, culture?: Culture): unknown {
  const target = underlying(to);
  if (content === null) {
    if (to.isNullable) return null;
    throw fault('InvalidCastException', 'Null object cannot be converted to a value type.');
  }
  if (typeOf(content) === target) return content;
  if (target === known.object) return content;
  if (target === known.string) return culture ? textIn(content, culture) : concatText(content);
  if (target.kind === 'enum') return new Boxed(target, convertTo(content, known.int, culture));
  return box(convertTo(content, target, culture), target);
}
