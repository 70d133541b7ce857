// System.Convert, and the enumerations conversion and rounding take.
import { fromBase64, type IntegerKind, MidpointRounding, toBase64 } from '../../../dotnet/index.ts';
import { fault, outOfRange, required } from '../running/exceptions.ts';
import { concatText, formatOf } from '../running/text.ts';
import { type ArrayValue, box, bytesOf, bytesValue } from '../running/values.ts';
import { declareEnum, declareType, named } from '../types/registry.ts';
import type { Type } from '../types/type.ts';
import { changeType, convertTo } from './converting.ts';
import { cultureOf } from './culture.ts';

type Text = string | null;

/** Bits of the integer types that parse in other bases. */
const widths: readonly (readonly [string, string, IntegerKind, number])[] = [
  ['ToByte', 'byte', 'byte', 8],
  ['ToSByte', 'sbyte', 'sbyte', 8],
  ['ToInt16', 'short', 'short', 16],
  ['ToUInt16', 'ushort', 'ushort', 16],
  ['ToInt32', 'int', 'int', 32],
  ['ToUInt32', 'uint', 'uint', 32],
  ['ToInt64', 'long', 'long', 64],
  ['ToUInt64', 'ulong', 'ulong', 64],
];

const names: Record<string, string> = {
  bool: 'Boolean',
  byte: 'Byte',
  sbyte: 'SByte',
  short: 'Int16',
  ushort: 'UInt16',
  int: 'Int32',
  uint: 'UInt32',
  long: 'Int64',
  ulong: 'UInt64',
  float: 'Single',
  double: 'Double',
  decimal: 'Decimal',
  char: 'Char',
  string: 'String',
  object: 'Object',
  DateTime: 'DateTime',
};

const typeOf = (keyword: string) => named(`System.${names[keyword]}`);

function parseBase(text: Text, base: number, bits: number, signed: boolean): bigint {
  if (text === null) return 0n;
  if (![2, 8, 10, 16].includes(base)) throw fault('ArgumentException', 'Invalid Base.');
  const plain = base === 16 ? text.replace(/^0x/i, '') : text;
  const digits = '0123456789abcdef'.slice(0, base);
  const shape = base === 10 ? /^[-+]?\d+$/ : new RegExp(`^[${digits}]+$`, 'i');
  if (plain === '') {
    const message =
      'Index was out of range. Must be non-negative and less than the size of the collection.';
    throw outOfRange('startIndex', message);
  }
  if (!shape.test(plain)) {
    throw fault('FormatException', 'Could not find any recognizable digits.');
  }
  if (base === 10) return BigInt(plain);
  const prefix = { 2: '0b', 8: '0o', 16: '0x' }[base as 2];
  const value = BigInt(prefix + plain);
  if (value >= 1n << BigInt(bits)) {
    throw fault('OverflowException', 'Value was either too large or too small.');
  }
  return signed ? BigInt.asIntN(bits, value) : value;
}

function toBase(value: number | bigint, base: number, bits: number): string {
  if (![2, 8, 10, 16].includes(base)) throw fault('ArgumentException', 'Invalid Base.');
  return base === 10 ? String(value) : BigInt.asUintN(bits, BigInt(value)).toString(base);
}

const inputs =
  'bool byte sbyte short ushort int uint long ulong float double decimal char string object DateTime'.split(
    ' ',
  );

function convertMembers(): Record<string, unknown> {
  const members: Record<string, unknown> = {};
  const targets: readonly (readonly [string, string])[] = [
    ['ToBoolean', 'bool'],
    ...widths.map(([method, keyword]) => [method, keyword] as const),
    ['ToSingle', 'float'],
    ['ToDouble', 'double'],
    ['ToDecimal', 'decimal'],
    ['ToChar', 'char'],
    ['ToDateTime', 'DateTime'],
  ];
  for (const [method, keyword] of targets) {
    for (const input of inputs) {
      members[`static ${keyword} ${method}(${input} value)`] = (value: unknown) =>
        convertTo(
          input === 'object' || input === 'string' ? value : box(value, typeOf(input)),
          typeOf(keyword),
        );
    }
    for (const input of ['string', 'object']) {
      members[`static ${keyword} ${method}(${input} value, IFormatProvider provider)`] = (
        value: unknown,
        provider: unknown,
      ) => convertTo(value, typeOf(keyword), cultureOf(provider));
    }
  }
  for (const [method, keyword, kind, bits] of widths) {
    const signed = !kind.startsWith('u') && kind !== 'byte';
    members[`static ${keyword} ${method}(string value, int fromBase)`] = (
      text: Text,
      base: number,
    ) => {
      const value = parseBase(text, base, bits, signed);
      return bits === 64 ? value : Number(value);
    };
  }
  for (const input of inputs) {
    const type = () => typeOf(input);
    members[`static string ToString(${input} value)`] = (value: unknown) =>
      input === 'string' ? value : concatText(input === 'object' ? value : box(value, type()));
    members[`static string ToString(${input} value, IFormatProvider provider)`] = (
      value: unknown,
      provider: unknown,
    ) =>
      formatOf(
        input === 'object' || input === 'string' ? value : box(value, type()),
        null,
        provider,
      );
  }
  for (const [input, bits] of [
    ['byte', 8],
    ['short', 16],
    ['int', 32],
    ['long', 64],
  ] as const) {
    members[`static string ToString(${input} value, int toBase)`] = (
      value: number | bigint,
      base: number,
    ) => toBase(value, base, bits);
  }
  return members;
}

const convertType = declareType('static class System.Convert', {
  ...convertMembers(),
  'static string ToBase64String(byte[] inArray)': (data: ArrayValue | null) =>
    toBase64(bytesOf(required(data, 'inArray'))),
  'static string ToBase64String(byte[] inArray, Base64FormattingOptions options)': (
    data: ArrayValue | null,
    options: number,
  ) => toBase64(bytesOf(required(data, 'inArray')), options === 1),
  'static string ToBase64String(byte[] inArray, int offset, int length)': (
    data: ArrayValue | null,
    offset: number,
    length: number,
  ) => toBase64(bytesOf(required(data, 'inArray')).subarray(offset, offset + length)),
  'static byte[] FromBase64String(string s)': (text: Text) =>
    bytesValue(fromBase64(required(text, 's'))),
  'static string ToHexString(byte[] inArray)': (data: ArrayValue | null) =>
    Buffer.from(bytesOf(required(data, 'inArray')))
      .toString('hex')
      .toUpperCase(),
  'static byte[] FromHexString(string s)': (text: Text) => {
    const given = required(text, 's');
    if (given.length % 2 !== 0 || /[^0-9a-f]/i.test(given)) {
      throw fault('FormatException', 'The input is not a valid hex string.');
    }
    return bytesValue(new Uint8Array(Buffer.from(given, 'hex')));
  },
  'static object ChangeType(object value, Type conversionType)': (
    value: unknown,
    type: Type | null,
  ) => changeType(value, required(type, 'conversionType')),
  'static object ChangeType(object value, Type conversionType, IFormatProvider provider)': (
    value: unknown,
    type: Type | null,
    provider: unknown,
  ) => changeType(value, required(type, 'conversionType'), cultureOf(provider)),
  'static bool IsDBNull(object value)': () => false,
});

export const convertTypes = [
  convertType,
  declareEnum('System.MidpointRounding', MidpointRounding),
  declareEnum('System.Base64FormattingOptions', { None: 0, InsertLineBreaks: 1 }),
  declareType('static class System.Environment', { 'static string NewLine': () => '\n' }),
];
