// .NET values to tokens and back: what constructors, FromObject, SerializeObject and casts do.
import {
  type DateTimeOffsetValue,
  type DateTimeValue,
  Decimal,
  formatGuid,
  type JsonBuilder,
  type JsonNode,
  readJsonInto,
  type TimeSpanValue,
  writeJson,
} from '../../../../dotnet/index.ts';
import { AnonymousValue } from '../../running/anonymous.ts';
import { fault, required } from '../../running/exceptions.ts';
import { charge } from '../../running/run.ts';
import { iterateBoxed } from '../../running/sequences.ts';
import { concatText, textOf } from '../../running/text.ts';
import { ArrayValue, Boxed, box, Instance, stringOf, typeOf } from '../../running/values.ts';
import { derives, known } from '../../types/hierarchy.ts';
import { numericKind } from '../../types/numeric.ts';
import { named } from '../../types/registry.ts';
import { DictionaryValue } from '../collections.ts';
import { KeyValuePair } from '../nullable.ts';
import {
  ArrayToken,
  type Container,
  ObjectToken,
  PropertyToken,
  Token,
  tokenTypes,
  ValueToken,
} from './tokens.ts';

const depthMax = 128;

export function nullToken(): ValueToken {
  return new ValueToken(null, tokenTypes.Null);
}

const builder: JsonBuilder<Token> = {
  object: (members) => {
    const token = new ObjectToken();
    for (const [name, value] of members) token.put(name, value);
    return token;
  },
  array: (items) => {
    const token = new ArrayToken();
    for (const item of items) token.append(item);
    return token;
  },
  string: (value) => new ValueToken(value, tokenTypes.String),
  integer: (value) => {
    // Beyond 64 bits Newtonsoft holds a BigInteger; a decimal keeps the digits here.
    const fits = BigInt.asIntN(64, value) === value;
    const content = fits ? new Boxed(known.long, value) : new Boxed(known.double, Number(value));
    return new ValueToken(content, tokenTypes.Integer);
  },
  float: (value) => new ValueToken(new Boxed(known.double, value), tokenTypes.Float),
  decimal: (value) => new ValueToken(new Boxed(known.decimal, value), tokenTypes.Float),
  boolean: (value) => new ValueToken(new Boxed(known.bool, value), tokenTypes.Boolean),
  null: nullToken,
  undefined: () => new ValueToken(null, tokenTypes.Undefined),
  date: (value) => {
    const offset = 'offsetMinutes' in value;
    const type = named(offset ? 'System.DateTimeOffset' : 'System.DateTime');
    return new ValueToken(new Boxed(type, value), tokenTypes.Date);
  },
};

/** JToken.Parse, JObject.Parse and JArray.Parse. */
export function parseToken(text: string | null, root: 'any' | 'object' | 'array' = 'any'): Token {
  const given = required(text, 'json');
  charge(given.length);
  return readJsonInto(given, builder, { root });
}

/** Content of a constructor or of Add: tokens stay, sequences spread, values become tokens. */
export function addContent(container: Container, content: unknown, first = false): void {
  if (content instanceof Token) container.append(content, first);
  else if (isMulti(content)) {
    for (const item of iterateBoxed(content)) addContent(container, item, false);
  } else container.append(valueToken(content), first);
}

/** Whether content is a sequence of contents: anything enumerable but strings and tokens. */
function isMulti(content: unknown): boolean {
  if (stringOf(content) !== undefined || content instanceof Token) return false;
  if (!(content instanceof Instance) || content.type === known.bytes) return false;
  return derives(content.type, known.enumerable);
}

const scalarTypes: Record<string, number> = {
  'System.Boolean': tokenTypes.Boolean,
  'System.DateTime': tokenTypes.Date,
  'System.DateTimeOffset': tokenTypes.Date,
  'System.Guid': tokenTypes.Guid,
  'System.TimeSpan': tokenTypes.TimeSpan,
  'System.Uri': tokenTypes.Uri,
  'System.Byte[]': tokenTypes.Bytes,
};

/** A JValue of a value; a char or an object of another kind is refused. */
export function valueToken(content: unknown): Token {
  if (content === null || content === undefined) return nullToken();
  if (content instanceof Token) return content;
  const text = stringOf(content);
  if (text !== undefined) return new ValueToken(text, tokenTypes.String);
  const type = typeOf(content);
  const kind = numericKind(type);
  if (type.kind === 'enum') return new ValueToken(content, tokenTypes.Integer);
  if (kind === 'float' || kind === 'double' || kind === 'decimal') {
    return new ValueToken(content, tokenTypes.Float);
  }
  if (kind && kind !== 'char') return new ValueToken(content, tokenTypes.Integer);
  if (Object.hasOwn(scalarTypes, type.fullName)) {
    return new ValueToken(content, scalarTypes[type.fullName]!);
  }
  const message = `Could not determine JSON object type for type ${type.fullName}.`;
  throw fault('ArgumentException', message);
}

/** JToken.FromObject and the first half of SerializeObject. */
export function tokenOf(content: unknown, depth = 0): Token {
  if (depth > depthMax) {
    const message = 'Self referencing loop detected.';
    throw fault('Newtonsoft.Json.JsonSerializationException', message);
  }
  charge(1);
  if (content instanceof Token) return content;
  if (content instanceof AnonymousValue) return objectOf(content, depth);
  if (content instanceof KeyValuePair) {
    const [key, value] = content.type.arguments;
    return record(
      [
        ['Key', box(content.key, key!)],
        ['Value', box(content.value, value!)],
      ],
      depth,
    );
  }
  if (content instanceof DictionaryValue || isMap(content)) return mapOf(content, depth);
  if (isMulti(content)) {
    const token = new ArrayToken();
    for (const item of iterateBoxed(content)) token.append(tokenOf(item, depth + 1));
    return token;
  }
  if (content instanceof Boxed && content.type === known.char) {
    return new ValueToken(textOf(content), tokenTypes.String);
  }
  try {
    return valueToken(content);
  } catch {
    // Other objects are written by their public properties; those of the library show their text.
    return new ValueToken(concatText(content), tokenTypes.String);
  }
}

function isMap(content: unknown): boolean {
  return (
    content instanceof Instance &&
    derives(content.type, named('IReadOnlyDictionary', known.string, known.object))
  );
}

function mapOf(content: unknown, depth: number): Token {
  const token = new ObjectToken();
  for (const pair of iterateBoxed(content)) {
    const { key, value, type } = pair as KeyValuePair;
    token.put(
      concatText(box(key, type.arguments[0]!)),
      tokenOf(box(value, type.arguments[1]!), depth + 1),
    );
  }
  return token;
}

function record(members: readonly (readonly [string, unknown])[], depth: number): Token {
  const token = new ObjectToken();
  for (const [name, value] of members) token.put(name, tokenOf(value, depth + 1));
  return token;
}

function objectOf(content: AnonymousValue, depth: number): Token {
  const { shape } = content.type;
  return record(
    content.values.map((_, index) => [
      shape[index]?.name ?? `Item${index + 1}`,
      content.boxed(index),
    ]),
    depth,
  );
}

/** The neutral node of a token, for writing and for paths. */
export function nodeOf(token: Token): JsonNode {
  if (token instanceof ObjectToken) {
    const members = new Map<string, JsonNode>();
    for (const [name, property] of token.properties) members.set(name, nodeOf(property.value));
    return { kind: 'object', members };
  }
  if (token instanceof ArrayToken) return { kind: 'array', items: token.items.map(nodeOf) };
  if (token instanceof PropertyToken) return nodeOf(token.value);
  return scalarNode(token as ValueToken);
}

function scalarNode({ content, tokenType }: ValueToken): JsonNode {
  if (content === null) {
    return tokenType === tokenTypes.Undefined ? { kind: 'undefined' } : { kind: 'null' };
  }
  const text = stringOf(content);
  if (text !== undefined)
    return { kind: tokenType === tokenTypes.Raw ? 'raw' : 'string', value: text };
  if (content instanceof ArrayValue) return { kind: 'bytes', value: content.items as Uint8Array };
  const { value, type } = content as Boxed;
  if (value instanceof Decimal) return { kind: 'decimal', value };
  if (type.kind === 'enum' || typeof value === 'bigint') {
    return { kind: 'integer', value: BigInt(value as number) };
  }
  if (typeof value === 'boolean') return { kind: 'boolean', value };
  if (typeof value === 'number') {
    const real = numericKind(type) === 'double' || numericKind(type) === 'float';
    return real || !Number.isInteger(value)
      ? { kind: 'float', value }
      : { kind: 'integer', value: BigInt(value) };
  }
  switch (type.fullName) {
    case 'System.DateTime':
    case 'System.DateTimeOffset':
      return { kind: 'date', value: value as DateTimeValue | DateTimeOffsetValue };
    case 'System.TimeSpan':
      return { kind: 'timeSpan', value: value as TimeSpanValue };
    case 'System.Guid':
      return { kind: 'string', value: formatGuid(value as string) };
    default:
      return { kind: 'string', value: concatText(content) };
  }
}

/** `ToString(formatting)`. */
export function tokenText(token: Token, indented: boolean): string {
  if (token instanceof PropertyToken) {
    const name = writeJson({ kind: 'string', value: token.name });
    return `${name}:${indented ? ' ' : ''}${writeJson(nodeOf(token.value), { indented })}`;
  }
  return writeJson(nodeOf(token), { indented });
}
