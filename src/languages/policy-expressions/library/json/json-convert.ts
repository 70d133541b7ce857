// Newtonsoft.Json.JsonConvert.
import { jsonString } from '../../../../dotnet/index.ts';
import { fault } from '../../running/exceptions.ts';
import { clrName } from '../../running/text.ts';
import { type Boxed, box, typeOf } from '../../running/values.ts';
import { known } from '../../types/hierarchy.ts';
import { declareType } from '../../types/registry.ts';
import type { Type } from '../../types/type.ts';
import { typeByKeyword } from './casts.ts';
import { kindOfType } from './content.ts';
import { textAs, textAsObject } from './deserializing.ts';
import { indented } from './j-token.ts';
import { nullValues, type SerializerSettings, textOptions } from './json-serializer-settings.ts';
import { xmlMembers } from './json-xml.ts';
import { serializedOrNull } from './serializing.ts';
import { contentText, tokenText } from './token-text.ts';
import { tokenTypes } from './tokens/index.ts';

function serialize(
  value: unknown,
  formatting = 0,
  settings: SerializerSettings | null = null,
): string {
  const omitNulls = settings?.nulls === nullValues.Ignore;
  return tokenText(serializedOrNull(value, omitNulls), formatting === indented);
}

const serializeBy = (value: unknown, settings: SerializerSettings | null) =>
  serialize(value, settings?.formatting, settings);

function deserialize([type]: Type[], text: string | null): unknown {
  return textAs(text, type!);
}

function deserializeBy(
  [type]: Type[],
  text: string | null,
  settings: SerializerSettings | null,
): unknown {
  return textAs(text, type!, textOptions(settings));
}

/** `ToString(object)`: only what JSON has a value for. */
function valueText(value: unknown): string {
  if (value === null) return 'null';
  const type = typeOf(value);
  const kind = kindOfType(type);
  if ((kind !== undefined && kind !== tokenTypes.Bytes) || type === known.char) {
    return contentText(value);
  }
  const message = `Unsupported type: ${clrName(type)}. Use the JsonSerializer class to get the object's JSON representation.`;
  throw fault('ArgumentException', message);
}

function quotedText(value: string | null, delimiter = 34): string {
  const text = jsonString(value ?? '');
  if (delimiter === 34) return text;
  const quote = String.fromCharCode(delimiter);
  return quote + text.slice(1, -1).replaceAll('\\"', '"').replaceAll(quote, `\\${quote}`) + quote;
}

/** NaN and the infinities stand without quotes here. */
const bareText = (type: () => Type) => (value: unknown) =>
  contentText(box(value, type())).replace(/^"(.*)"$/, '$1');
const textAsType = (name: string) => (value: unknown) => valueText(box(value, typeByKeyword(name)));

const typed = [
  'bool',
  'byte',
  'sbyte',
  'short',
  'ushort',
  'int',
  'uint',
  'long',
  'ulong',
  'decimal',
  'DateTime',
  'DateTimeOffset',
  'TimeSpan',
  'Uri',
];

const textMembers = Object.fromEntries(
  typed.map((name) => [`static string ToString(${name} value)`, textAsType(name)]),
);

export const jsonConvertType = declareType('static class Newtonsoft.Json.JsonConvert', {
  'const string True': 'true',
  'const string False': 'false',
  'const string Null': 'null',
  'const string Undefined': 'undefined',
  'const string PositiveInfinity': 'Infinity',
  'const string NegativeInfinity': '-Infinity',
  'const string NaN': 'NaN',
  'static string SerializeObject(object value)': (value: unknown) => serialize(value),
  'static string SerializeObject(object value, Formatting formatting)': (
    value: unknown,
    formatting: number,
  ) => serialize(value, formatting),
  'static string SerializeObject(object value, params JsonConverter[] converters)': (
    value: unknown,
  ) => serialize(value),
  'static string SerializeObject(object value, JsonSerializerSettings settings)': serializeBy,
  'static string SerializeObject(object value, Formatting formatting, JsonSerializerSettings settings)':
    serialize,
  'static string SerializeObject(object value, Type type, JsonSerializerSettings settings)': (
    value: unknown,
    _type: Type,
    settings: SerializerSettings | null,
  ) => serializeBy(value, settings),
  'static string SerializeObject(object value, Formatting formatting, params JsonConverter[] converters)':
    (value: unknown, formatting: number) => serialize(value, formatting),
  'static object DeserializeObject(string value)': (text: string | null) => textAsObject(text),
  'static object DeserializeObject(string value, JsonSerializerSettings settings)': (
    text: string | null,
    settings: SerializerSettings | null,
  ) => textAsObject(text, textOptions(settings)),
  'static object DeserializeObject(string value, Type type, JsonSerializerSettings settings)': (
    text: string | null,
    type: Type,
    settings: SerializerSettings | null,
  ) => box(deserializeBy([type ?? known.object], text, settings), type ?? known.object),
  'static T DeserializeObject<T>(string value, JsonSerializerSettings settings)': deserializeBy,
  'static object DeserializeObject(string value, Type type)': (text: string | null, type: Type) =>
    type === null ? textAsObject(text) : box(textAs(text, type), type),
  'static T DeserializeObject<T>(string value)': deserialize,
  'static T DeserializeObject<T>(string value, params JsonConverter[] converters)': deserialize,
  'static T DeserializeAnonymousType<T>(string value, T anonymousTypeObject)': deserialize,
  ...xmlMembers,
  'static string ToString(object value)': valueText,
  'static string ToString(string value)': (value: string | null) => quotedText(value),
  'static string ToString(string value, char delimiter)': quotedText,
  'static string ToString(char value)': (value: number) => quotedText(String.fromCharCode(value)),
  'static string ToString(double value)': bareText(() => known.double),
  'static string ToString(float value)': bareText(() => known.float),
  'static string ToString(Guid value)': textAsType('Guid'),
  'static string ToString(Enum value)': (value: Boxed) => String(value.value),
  ...textMembers,
});
