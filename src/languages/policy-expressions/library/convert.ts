// System.Convert, and the enumerations conversion and rounding take.
import { type IntegerKind, MidpointRounding } from '../../../dotnet/index.ts';
import { fault, required } from '../running/exceptions.ts';
import { clrName, concatText, formatOf } from '../running/text.ts';
import {
  type ArrayValue,
  box,
  bytesOf,
  bytesValue,
  Instance,
  typeOf as typeOfValue,
} from '../running/values.ts';
import { derives, known } from '../types/hierarchy.ts';
import { declareEnum, declareType, named } from '../types/registry.ts';
import type { Type } from '../types/type.ts';
import { base64 } from './convert-base64.ts';
import { parseBase, toBase } from './convert-bases.ts';
import { changeType, convertTo } from './converting.ts';
import { cultureOf } from './culture.ts';
import { typeCodeOf, typeCodes, typeOfCode } from './type-code.ts';

type Text = string | null;

/** The integer types, which parse in other bases. */
const widths: readonly (readonly [string, string, IntegerKind])[] = [
  ['ToByte', 'byte', 'byte'],
  ['ToSByte', 'sbyte', 'sbyte'],
  ['ToInt16', 'short', 'short'],
  ['ToUInt16', 'ushort', 'ushort'],
  ['ToInt32', 'int', 'int'],
  ['ToUInt32', 'uint', 'uint'],
  ['ToInt64', 'long', 'long'],
  ['ToUInt64', 'ulong', 'ulong'],
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
  members['static char ToChar(string value)'] = (text: Text) =>
    convertTo(required(text, 'value'), typeOf('char'));
  members['static char ToChar(string value, IFormatProvider provider)'] = (text: Text) =>
    convertTo(required(text, 'value'), typeOf('char'));
  members['static sbyte ToSByte(string value, IFormatProvider provider)'] = (
    text: Text,
    provider: unknown,
  ) => convertTo(required(text, 's'), typeOf('sbyte'), cultureOf(provider));
  for (const [method, keyword, kind] of widths) {
    members[`static ${keyword} ${method}(string value, int fromBase)`] = (
      text: Text,
      base: number,
    ) => {
      const value = parseBase(text, base, kind);
      return kind === 'long' || kind === 'ulong' ? value : Number(value);
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
      input === 'string'
        ? value
        : formatOf(input === 'object' ? value : box(value, type()), null, provider);
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

/** `ChangeType` for the types of type codes, and for what a value already is. */
function change(value: unknown, to: Type | null, provider: unknown = null): unknown {
  const target = required(to, 'conversionType');
  if (value === null) {
    if (!target.isValueType) return null;
    throw fault('InvalidCastException', 'Null object cannot be converted to a value type.');
  }
  const from = typeOfValue(value);
  if (from === target) return value;
  if (!derives(from, named('System.IConvertible'))) {
    throw fault('InvalidCastException', 'Object must implement IConvertible.');
  }
  if (target.kind === 'enum' || (target !== known.object && typeCodeOf(target) === 1)) {
    const message = `Invalid cast from '${clrName(from)}' to '${clrName(target)}'.`;
    throw fault('InvalidCastException', message);
  }
  return changeType(value, target, cultureOf(provider));
}

function changeToCode(value: unknown, code: number, provider: unknown = null): unknown {
  const { Empty, Object: anything, String: text, DBNull } = typeCodes;
  if (value === null && (code === Empty || code === anything || code === text)) return null;
  if (value === null || !derives(typeOfValue(value), named('System.IConvertible'))) {
    throw fault('InvalidCastException', 'Object must implement IConvertible.');
  }
  if (code === Empty || code === DBNull) {
    const name = code === Empty ? 'Empty' : 'DBNull';
    throw fault('InvalidCastException', `Object cannot be cast to ${name}.`);
  }
  const target = typeOfCode(code);
  if (!target) throw fault('ArgumentException', 'Unknown TypeCode value.');
  return change(value, target, provider);
}

let theDbNull: Instance | undefined;

/** The one value of DBNull. */
function dbNull(): Instance {
  theDbNull ??= new Instance(named('System.DBNull'));
  return theDbNull;
}

const convertType = declareType('static class System.Convert', {
  ...convertMembers(),
  ...base64,
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
  'static object ChangeType(object value, Type conversionType)': change,
  'static object ChangeType(object value, Type conversionType, IFormatProvider provider)': change,
  'static object ChangeType(object value, TypeCode typeCode)': changeToCode,
  'static object ChangeType(object value, TypeCode typeCode, IFormatProvider provider)':
    changeToCode,
  'static TypeCode GetTypeCode(object value)': (value: unknown) =>
    typeCodeOf(value === null ? null : typeOfValue(value)),
  'static object DBNull': dbNull,
  'static bool IsDBNull(object value)': (value: unknown) => value === dbNull(),
});

export const convertTypes = [
  convertType,
  declareType('sealed class System.DBNull', { 'static DBNull Value': dbNull }, { text: () => '' }),
  declareEnum('System.MidpointRounding', MidpointRounding),
  declareEnum('System.Base64FormattingOptions', { None: 0, InsertLineBreaks: 1 }),
  declareType('static class System.Environment', { 'static string NewLine': () => '\n' }),
];
