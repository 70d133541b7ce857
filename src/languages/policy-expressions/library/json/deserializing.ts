// ToObject and DeserializeObject: Newtonsoft's serializer reading JSON as a type.
import {
  type DateTimeOffsetValue,
  type DateTimeValue,
  Decimal,
  type DotnetError,
  fromBase64,
  type JsonReader,
  type JsonTextOptions,
  JsonTextReader,
  JsonToken,
  jsonTokenName,
} from '../../../../dotnet/index.ts';
import { exceptionOf, fault, invalidCast, required } from '../../running/exceptions.ts';
import { charge } from '../../running/run.ts';
import { clrName } from '../../running/text.ts';
import {
  Boxed,
  bare,
  box,
  bytesValue,
  initialOf,
  isInstance,
  typeOf,
  unbox,
} from '../../running/values.ts';
import { known } from '../../types/hierarchy.ts';
import { named } from '../../types/registry.ts';
import { nullableOf, type Type, underlying } from '../../types/type.ts';
import { castToken } from './casts.ts';
import { collectionOf, dictionaryOf, type Entry, gridOf } from './collecting.ts';
import { kindOfType } from './content.ts';
import { type Contract, contractOf, expected } from './contracts.ts';
import { convertContent } from './converting-content.ts';
import { elementOfToken } from './json-xml.ts';
import { integerContent, loadToken } from './loading.ts';
import { createObject, type MemberReader } from './object-creation.ts';
import { TokenReader } from './token-reader.ts';
import { type Token, tokenTypes, ValueToken } from './tokens/index.ts';

const serialization = 'Newtonsoft.Json.JsonSerializationException';

/** `ToObject<T>()`: a bare value. */
export function tokenAs(token: Token, to: Type): unknown {
  const target = underlying(to);
  if (target.kind === 'enum') return enumOf(token, to, target);
  const kind = kindOfType(target);
  const cast = kind !== undefined && kind !== tokenTypes.Bytes;
  if (cast || target === known.char) return castToken(token, to);
  return read(new TokenReader(token), to);
}

function enumOf(token: Token, to: Type, target: Type): unknown {
  if (token.tokenType === tokenTypes.String) {
    try {
      return read(new TokenReader(token), to);
    } catch (error) {
      if (!exceptionOf(error)) throw error;
      const message = `Could not convert '${(token as ValueToken).content}' to ${target.name}.`;
      throw fault('ArgumentException', message);
    }
  }
  if (token.tokenType === tokenTypes.Integer) {
    return Number(unbox((token as ValueToken).content)) | 0;
  }
  const nullable = to !== target;
  const value = castToken(token, nullable ? nullableOf(known.int) : known.int);
  if (nullable && value !== null) throw invalidCast(known.int, to);
  return value;
}

/** `DeserializeObject<T>(text)`: a bare value. */
export function textAs(text: string | null, to: Type, options: JsonTextOptions = {}): unknown {
  const given = required(text, 'value');
  charge(given.length);
  const reader = new JsonTextReader(given, options);
  const value = read(reader, to);
  while (reader.read()) {
    if (reader.token === JsonToken.Comment) continue;
    const message = 'Additional text found in JSON string after finishing deserializing object.';
    throw reader.error(message, serialization);
  }
  return value;
}

function read(reader: JsonReader, to: Type): unknown {
  const contract = contractOf(to);
  if (!reader.readFor(contract.readType)) {
    if (contract.nullable) return null;
    const message = `No JSON content found and type '${clrName(to)}' is not nullable.`;
    throw reader.error(message, serialization);
  }
  const value = readValue(reader, to, contract);
  if (value === null || isInstance(value, to) || to.kind === 'dynamic') return bare(value, to);
  throw invalidCast(typeOf(value), to);
}

/** The value at the reader's token, as an object. */
function readValue(reader: JsonReader, to: Type, contract: Contract): unknown {
  charge(1);
  if (contract.kind === 'linq') return readLinq(reader, contract);
  if (contract.kind === 'xml') return elementOfToken(loadToken(reader), contract.type);
  switch (reader.token) {
    case JsonToken.StartObject:
      return readObject(reader, to, contract);
    case JsonToken.StartArray:
      return readArray(reader, to, contract);
    case JsonToken.String:
      return readText(reader, to, contract);
    case JsonToken.Comment:
      if (reader.read()) return readValue(reader, to, contract);
      throw reader.error('Unexpected end when deserializing object.', serialization);
    case JsonToken.EndObject:
    case JsonToken.EndArray:
    case JsonToken.EndConstructor:
    case JsonToken.PropertyName: {
      const name = jsonTokenName(reader.token);
      throw reader.error(`Unexpected token while deserializing object: ${name}.`, serialization);
    }
    default:
      return convertContent(reader, contentAt(reader), to, contract);
  }
}

/** What stands at the reader, with the type it has there. */
function contentAt(reader: JsonReader): unknown {
  const { content, token } = reader;
  if (reader instanceof TokenReader && reader.current instanceof ValueToken) {
    const own = reader.current.content;
    if (token === JsonToken.Integer || token === JsonToken.Float) return own;
  }
  if (content === null || typeof content === 'string') return content;
  if (typeof content === 'bigint') return integerContent(content);
  if (typeof content === 'boolean') return new Boxed(known.bool, content);
  if (typeof content === 'number') return new Boxed(known.double, content);
  if (content instanceof Decimal) return new Boxed(known.decimal, content);
  if (content instanceof Uint8Array) return bytesValue(content);
  const offset = 'offsetMinutes' in (content as DateTimeValue | DateTimeOffsetValue);
  return new Boxed(named(offset ? 'System.DateTimeOffset' : 'System.DateTime'), content);
}

function readLinq(reader: JsonReader, contract: Contract): Token | null {
  const { name } = contract.type;
  if (reader.token === JsonToken.Null && name !== 'JValue' && name !== 'JToken') return null;
  return loadToken(reader);
}

/** An empty text is null for everything that can be. */
function readText(reader: JsonReader, to: Type, contract: Contract): unknown {
  const text = reader.content as string;
  if (contract.type === known.bytes) return bytesValue(fromBase64(text));
  const keeps = contract.type === known.string || contract.kind === 'any';
  if (text === '' && contract.nullable && !keeps) return null;
  return convertContent(reader, text, to, contract);
}

function readObject(reader: JsonReader, to: Type, contract: Contract): unknown {
  if (contract.kind === 'any') return loadToken(reader);
  if (contract.kind === 'dictionary') return readDictionary(reader, contract);
  if (contract.kind === 'object') {
    return createObject(contract.type, members(reader), reader);
  }
  if (!reader.read()) throw endOf(reader, 'object');
  const wanted = expected(contract);
  const message = `Cannot deserialize the current JSON object (e.g. {"name":"value"}) into type '${clrName(to)}' because the type requires a ${wanted} to deserialize correctly.\nTo fix this error either change the JSON to a ${wanted} or change the deserialized type so that it is a normal .NET type (e.g. not a primitive type like integer, not a collection type like an array or List<T>) that can be deserialized from a JSON object. JsonObjectAttribute can also be added to the type to force it to deserialize from a JSON object.\n`;
  throw reader.error(message, serialization);
}

function endOf(reader: JsonReader, what: string): DotnetError {
  return reader.error(`Unexpected end when deserializing ${what}.`, serialization);
}

/** The members of an object; the caller says which type each has, or skips it. */
function* members(reader: JsonReader): Generator<MemberReader> {
  for (;;) {
    if (!reader.read()) throw endOf(reader, 'object');
    if (reader.token === JsonToken.EndObject) return;
    if (reader.token === JsonToken.Comment) continue;
    yield {
      name: reader.content as string,
      readAs: (type) => readNext(reader, type, 'object'),
      skip: () => reader.skip(),
    };
  }
}

/** The next value as a bare one of the type. */
function readNext(reader: JsonReader, type: Type, what: string): unknown {
  const contract = contractOf(type);
  if (!reader.readFor(contract.readType)) throw endOf(reader, what);
  return stored(readValue(reader, type, contract), type);
}

/** An element has to be of the type it is put among. */
function stored(value: unknown, type: Type): unknown {
  if (value === null) return initialOf(type);
  if (type.kind === 'dynamic' || isInstance(value, type)) return bare(value, type);
  const shown = value instanceof ValueToken ? `"${value.content}"` : `"${typeOf(value).name}"`;
  const message = `The value ${shown} is not of type "${clrName(type)}" and cannot be used in this generic collection.`;
  throw fault('ArgumentException', message, 'value');
}

function readDictionary(reader: JsonReader, contract: Contract): unknown {
  const entries: Entry[] = [];
  for (const member of members(reader)) {
    const key = readKey(reader, member.name, contract.key!);
    entries.push([key, member.readAs(contract.item!)]);
  }
  return dictionaryOf(contract.type, entries);
}

function readKey(reader: JsonReader, name: string, type: Type): unknown {
  try {
    return bare(convertContent(reader, name, type, contractOf(type)), type);
  } catch (error) {
    if (!exceptionOf(error)) throw error;
    const message = `Could not convert string '${name}' to dictionary key type '${clrName(type)}'. Create a TypeConverter to convert from the string to the key type object.`;
    throw reader.error(message, serialization);
  }
}

function readArray(reader: JsonReader, to: Type, contract: Contract): unknown {
  if (contract.kind === 'any') return loadToken(reader);
  if (contract.kind !== 'array') {
    const wanted = expected(contract);
    const message = `Cannot deserialize the current JSON array (e.g. [1,2,3]) into type '${clrName(to)}' because the type requires a ${wanted} to deserialize correctly.\nTo fix this error either change the JSON to a ${wanted} or change the deserialized type to an array or a type that implements a collection interface (e.g. ICollection, IList) like List<T> that can be deserialized from a JSON array. JsonArrayAttribute can also be added to the type to force it to deserialize from a JSON array.\n`;
    throw reader.error(message, serialization);
  }
  const { item, type } = contract;
  if (type.rank > 1) return gridOf(type, readGrid(reader, item!, type.rank));
  const items: unknown[] = [];
  for (;;) {
    const own = contractOf(item!);
    if (!reader.readFor(own.readType)) throw endOf(reader, 'array');
    if (reader.token === JsonToken.EndArray) return collectionOf(type, item!, items, reader);
    if (reader.token === JsonToken.Comment) continue;
    items.push(stored(readValue(reader, item!, own), item!));
  }
}

/** Nested arrays, as deep as the rank. */
function readGrid(reader: JsonReader, item: Type, rank: number): unknown[] {
  const items: unknown[] = [];
  for (;;) {
    const own = contractOf(item);
    if (!reader.readFor(rank > 1 ? 'any' : own.readType)) throw endOf(reader, 'array');
    if (reader.token === JsonToken.EndArray) return items;
    if (reader.token === JsonToken.Comment) continue;
    if (rank === 1) items.push(stored(readValue(reader, item, own), item));
    else if (reader.token === JsonToken.StartArray) items.push(readGrid(reader, item, rank - 1));
    else {
      const found = jsonTokenName(reader.token);
      const message = `Unexpected token when deserializing multidimensional array: ${found}.`;
      throw reader.error(message, serialization);
    }
  }
}

/** `DeserializeObject(text)`: containers as tokens, everything else as the value itself. */
export function textAsObject(text: string | null, options: JsonTextOptions = {}): unknown {
  const value = textAs(text, known.object, options);
  return value === null ? null : box(value, known.object);
}
