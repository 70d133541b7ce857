// Casts of tokens: `(int)token`, and the other way `JToken token = 5`.
import { Buffer } from 'node:buffer';
import {
  type DateTimeOffsetValue,
  type DateTimeValue,
  fromBase64,
  guidOfBytes,
  parseDateTimeOffset,
} from '../../../../dotnet/index.ts';
import { fault, required } from '../../running/exceptions.ts';
import { concatText } from '../../running/text.ts';
import {
  ArrayValue,
  box,
  bytesOf,
  bytesValue,
  stringOf,
  typeOf,
  unbox,
} from '../../running/values.ts';
import { known } from '../../types/hierarchy.ts';
import { named } from '../../types/registry.ts';
import { nullableOf, type Type, underlying } from '../../types/type.ts';
import { convertTo } from '../converting.ts';
import { parse, today } from '../instants.ts';
import { uriOf } from '../uri.ts';
import { bigIntegerTo } from './big-integer.ts';
import { valueToken } from './content.ts';
import { kindName, PropertyToken, type Token, tokenTypes, ValueToken } from './tokens/index.ts';

const kinds = tokenTypes;
const texts = [kinds.String, kinds.Comment, kinds.Raw];
const numbers = [kinds.Integer, kinds.Float, ...texts, kinds.Boolean];

/** What each cast takes, by the target's name. */
const accepted: Readonly<Record<string, readonly number[]>> = {
  Char: [kinds.Integer, kinds.Float, ...texts],
  DateTime: [kinds.Date, ...texts],
  DateTimeOffset: [kinds.Date, ...texts],
  Guid: [...texts, kinds.Guid, kinds.Bytes],
  TimeSpan: [...texts, kinds.TimeSpan],
  Uri: [...texts, kinds.Uri],
  String: [kinds.Date, ...numbers, kinds.Bytes, kinds.Guid, kinds.TimeSpan, kinds.Uri],
  'Byte[]': [kinds.Bytes, ...texts, kinds.Integer],
};

/** `(T)token`; null tokens become null only for targets that can be null. */
export function castToken(token: Token | null, to: Type): unknown {
  const target = underlying(to);
  const nullable = to.isNullable;
  if (token === null && nullable) return null;
  const own = required(token, 'value');
  const value = own instanceof PropertyToken ? own.value : own;
  const taken = Object.hasOwn(accepted, target.name) ? accepted[target.name]! : numbers;
  if (!(value instanceof ValueToken)) throw cannotCast(value, target);
  const isNull = value.tokenType === kinds.Null || value.tokenType === kinds.Undefined;
  const takesNull = nullable && target !== known.bytes;
  if (!taken.includes(value.tokenType) && !(takesNull && isNull)) throw cannotCast(value, target);
  if (value.content === null && takesNull) return null;
  return contentAs(value, target);
}

function cannotCast(token: Token, to: Type): Error {
  const name = to === known.bytes ? 'byte array' : to.name;
  return fault('ArgumentException', `Can not convert ${kindName(token.tokenType)} to ${name}.`);
}

function contentAs(token: ValueToken, target: Type): unknown {
  const { content: own } = token;
  const isEnum = own !== null && typeOf(own).kind === 'enum';
  const content = isEnum ? box(unbox(own), known.int) : own;
  const plain = unbox(content);
  const text = stringOf(content);
  if (content !== null && typeOf(content).fullName === 'System.Numerics.BigInteger') {
    return bigIntegerTo(plain as bigint, target);
  }
  switch (target.fullName) {
    case 'System.String':
      return castToString(content);
    case 'System.Byte[]':
      if (content instanceof ArrayValue) return content;
      if (text !== undefined) return bytesValue(fromBase64(text));
      throw cannotCast(token, target);
    case 'System.Guid':
      if (content instanceof ArrayValue) return guidOfCastBytes(content);
      return convertTo(typeOf(content) === target ? content : castToString(content), target);
    case 'System.TimeSpan':
      return convertTo(typeOf(content) === target ? content : castToString(content), target);
    case 'System.Uri':
      return typeOf(content) === target ? content : uriOf(castToString(content));
    case 'System.DateTime': {
      if (text !== undefined) return parse(text, null);
      const date = plain as DateTimeValue | DateTimeOffsetValue | null;
      if (typeOf(content).fullName !== 'System.DateTimeOffset') return convertTo(content, target);
      return { ticks: date!.ticks, kind: 'unspecified' };
    }
    case 'System.DateTimeOffset':
      return offsetOf(content, target);
    default:
      return convertTo(content, target);
  }
}

function guidOfCastBytes(content: ArrayValue): string {
  const bytes = bytesOf(content);
  if (bytes.length === 16) return guidOfBytes(bytes);
  throw fault('ArgumentException', 'Byte array for Guid must be exactly 16 bytes long.', 'b');
}

function offsetOf(content: unknown, target: Type): unknown {
  if (typeOf(content) === target) return unbox(content);
  const text = stringOf(content);
  if (text !== undefined) return parseDateTimeOffset(text, { today: today() });
  const date = convertTo(content, named('System.DateTime')) as DateTimeValue;
  return { ticks: date.ticks, offsetMinutes: 0 };
}

/** Convert.ToString of a content; bytes are base64. */
export function castToString(content: unknown): string {
  if (!(content instanceof ArrayValue)) return concatText(content);
  return Buffer.from(bytesOf(content)).toString('base64');
}

const keywords: Readonly<Record<string, string>> = {
  bool: 'Boolean',
  long: 'Int64',
  decimal: 'Decimal',
  double: 'Double',
  int: 'Int32',
  short: 'Int16',
  ushort: 'UInt16',
  char: 'Char',
  byte: 'Byte',
  sbyte: 'SByte',
  float: 'Single',
  uint: 'UInt32',
  ulong: 'UInt64',
  string: 'String',
};

export function typeByKeyword(name: string): Type {
  if (name === 'byte[]') return known.bytes;
  const list = name.endsWith('?') ? name.slice(0, -1) : name;
  const type = named(`System.${Object.hasOwn(keywords, list) ? keywords[list] : list}`);
  return list === name ? type : nullableOf(type);
}

const valueTypes = [
  'bool',
  'DateTimeOffset',
  'long',
  'DateTime',
  'decimal',
  'double',
  'int',
  'short',
  'ushort',
  'byte',
  'sbyte',
  'float',
  'uint',
  'ulong',
  'Guid',
  'TimeSpan',
];
const castNames = [
  ...valueTypes,
  ...valueTypes.map((name) => `${name}?`),
  'string',
  'Uri',
  'byte[]',
];

/** The type of a name; types can be looked up only after all are declared. */
function onceNeeded(name: string): () => Type {
  let type: Type | undefined;
  return () => {
    type ??= typeByKeyword(name);
    return type;
  };
}

/** Both directions of every conversion JToken declares. */
export function conversions(): Record<string, unknown> {
  const members: Record<string, unknown> = {};
  for (const name of [...castNames, 'char', 'char?']) {
    const type = onceNeeded(name);
    members[`explicit ${name}(JToken value)`] = (token: Token | null) => castToken(token, type());
  }
  for (const name of castNames) {
    const type = onceNeeded(name);
    members[`implicit JToken(${name} value)`] = (value: unknown) => implicitToken(value, type());
  }
  return members;
}

const widened = /^System\.(?:Int32|Int16|UInt16|Byte|SByte|UInt32)$/;

/** By the constructor of JValue that fits: small integers become Int64, unless they are nullable. */
export function implicitToken(value: unknown, type: Type): ValueToken {
  if (type === known.string) return new ValueToken(value, kinds.String);
  return widened.test(type.fullName)
    ? valueToken(box(BigInt(value as number), known.long))
    : valueToken(box(value, type));
}
