// JToken.Parse and its kin: text as tokens.
import {
  type JsonBuilder,
  type JsonReader,
  type JsonReadOptions,
  type JsonRoot,
  JsonTextReader,
  readJsonInto,
  readJsonValue,
} from '../../../../dotnet/index.ts';
import { required } from '../../running/exceptions.ts';
import { charge } from '../../running/run.ts';
import { Boxed } from '../../running/values.ts';
import { known } from '../../types/hierarchy.ts';
import { named } from '../../types/registry.ts';
import {
  ArrayToken,
  ConstructorToken,
  nullToken,
  ObjectToken,
  type Token,
  tokenTypes,
  ValueToken,
} from './tokens/index.ts';

/** An integer as the reader gives it: Int64, or BigInteger beyond. */
export function integerContent(value: bigint): Boxed {
  const fits = BigInt.asIntN(64, value) === value;
  return new Boxed(fits ? known.long : named('System.Numerics.BigInteger'), value);
}

const builder: JsonBuilder<Token> = {
  object: (names, values) => {
    const token = new ObjectToken();
    for (let index = 0; index < names.length; index++) token.set(names[index]!, values[index]!);
    return token;
  },
  array: (items) => {
    const token = new ArrayToken();
    for (const item of items) token.insertItem(token.count, item);
    return token;
  },
  constructed: (name, items) => {
    const token = new ConstructorToken(name);
    for (const item of items) token.insertItem(token.count, item);
    return token;
  },
  comment: (text) => new ValueToken(text, tokenTypes.Comment),
  string: (value) => new ValueToken(value, tokenTypes.String),
  integer: (value) => new ValueToken(integerContent(value), tokenTypes.Integer),
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

/** The serializer puts a repeated name at the end and takes a missing value for null. */
const serializerBuilder: JsonBuilder<Token> = {
  ...builder,
  object: (names, values) => {
    const token = new ObjectToken();
    for (let index = 0; index < names.length; index++) {
      token.delete(names[index]!);
      token.set(names[index]!, values[index]!);
    }
    return token;
  },
  undefined: nullToken,
};

/** JToken.Parse, JObject.Parse and JArray.Parse. */
export function parseToken(
  text: string | null,
  root: JsonRoot = 'any',
  options: JsonReadOptions = {},
): Token {
  const given = required(text, 's');
  charge(given.length);
  return readJsonInto(given, builder, { ...options, root });
}

/** What the serializer makes of a whole text; null where there is nothing in it. */
export function loadText(text: string | null): Token | null {
  const given = required(text, 'value');
  charge(given.length);
  const reader = new JsonTextReader(given);
  if (!reader.readFor('any')) return null;
  const token = loadToken(reader);
  while (reader.read());
  return token;
}

/** The token the reader is at, with all that is in it; comments stay, as the serializer keeps them. */
export function loadToken(reader: JsonReader): Token {
  return readJsonValue(reader, serializerBuilder, { comments: 'keep', lenientEnd: true });
}
