// The members every JToken has.
import {
  type JsonNavigator,
  type JsonNode,
  selectToken,
  selectTokens,
} from '../../../../dotnet/index.ts';
import { fault, invalidOperation, required } from '../../running/exceptions.ts';
import { Sequence, tick } from '../../running/sequences.ts';
import { concatText, keyText } from '../../running/text.ts';
import { box, Instance, stringOf, unbox } from '../../running/values.ts';
import { known } from '../../types/hierarchy.ts';
import { declareType, named } from '../../types/registry.ts';
import { nullableOf, type Type } from '../../types/type.ts';
import { nodeOf, nullToken, parseToken, tokenOf, tokenText, valueToken } from './contents.ts';
import { castToken, readToken, valueOfToken } from './reading.ts';
import {
  ArrayToken,
  Container,
  ObjectToken,
  PropertyToken,
  type Token,
  tokenTypes,
  ValueToken,
} from './tokens.ts';

export const tokenType = () => named('Newtonsoft.Json.Linq.JToken');

export function tokens(items: () => Iterable<Token>): Sequence {
  return new Sequence(tokenType(), () => items()[Symbol.iterator]());
}

export const navigator: JsonNavigator<Token> = {
  kind: (token) =>
    token instanceof ObjectToken ? 'object' : token instanceof ArrayToken ? 'array' : 'value',
  member: (token, name) => (token instanceof ObjectToken ? token.find(name) : undefined),
  members: (token) =>
    token instanceof ObjectToken
      ? [...token.properties.values()].map(({ name, value }) => [name, value] as const)
      : [],
  items: (token) => (token instanceof ArrayToken ? token.items : []),
  scalar: (token): JsonNode => nodeOf(token),
};

/** `token[key]` on a token of unknown kind. */
export function item(token: Token, key: unknown): Token | null {
  const content = unbox(key);
  if (token instanceof ObjectToken) {
    const name = stringOf(key);
    if (name === undefined) {
      const shown = key === null ? 'null' : concatText(key);
      const message = `Accessed JObject values with invalid key value: ${shown}. Object property name expected.`;
      throw fault('ArgumentException', message);
    }
    return token.find(name) ?? null;
  }
  if (token instanceof ArrayToken) {
    if (typeof content !== 'number') {
      const shown = key === null ? 'null' : `"${concatText(key)}"`;
      const message = `Accessed JArray values with invalid key value: ${shown}. Int32 array index expected.`;
      throw fault('ArgumentException', message);
    }
    return token.at(content);
  }
  throw invalidOperation(`Cannot access child value on ${token.type.fullName}.`);
}

export function setItem(token: Token, key: unknown, value: Token | null): void {
  const content = unbox(key);
  if (token instanceof ObjectToken && typeof content === 'string')
    token.put(content, value ?? nullToken());
  else if (token instanceof ArrayToken && typeof content === 'number') {
    token.put(content, value ?? nullToken());
  } else if (token instanceof Container) item(token, key);
  else throw invalidOperation(`Cannot set child value on ${token.type.fullName}.`);
}

export function childrenOf(token: Token): readonly Token[] {
  return token instanceof Container ? token.children : [];
}

export function deepEquals(left: Token | null, right: Token | null): boolean {
  if (left === null || right === null) return left === right;
  if (left.tokenType !== right.tokenType) return false;
  if (left instanceof ObjectToken && right instanceof ObjectToken) {
    if (left.count !== right.count) return false;
    return [...left.properties.values()].every(({ name, value }) =>
      deepEquals(value, right.find(name) ?? null),
    );
  }
  if (left instanceof PropertyToken && right instanceof PropertyToken) {
    return left.name === right.name && deepEquals(left.value, right.value);
  }
  if (left instanceof ArrayToken && right instanceof ArrayToken) {
    return (
      left.items.length === right.items.length &&
      left.items.every((entry, index) => deepEquals(entry, right.items[index]!))
    );
  }
  return valueKey(left as ValueToken) === valueKey(right as ValueToken);
}

export function valueKey({ content, tokenType: kind }: ValueToken): string {
  if (content === null) return 'null';
  const plain = unbox(content);
  const number = typeof plain === 'number' || typeof plain === 'bigint';
  return `${kind}:${number ? String(plain) : keyText(content)}`;
}

/** The text of a value: `True`, a string without quotes, a date by the culture. */
export function text(token: Token): string {
  if (!(token instanceof ValueToken)) return tokenText(token, true);
  return token.content === null ? '' : concatText(token.content);
}

export const indented = 1;

export const castTypes: readonly (readonly [string, boolean])[] = [
  ['bool', true],
  ['DateTimeOffset', true],
  ['long', true],
  ['DateTime', true],
  ['decimal', true],
  ['double', true],
  ['int', true],
  ['short', true],
  ['ushort', true],
  ['char', true],
  ['byte', true],
  ['sbyte', true],
  ['float', true],
  ['uint', true],
  ['ulong', true],
  ['Guid', true],
  ['TimeSpan', true],
  ['string', false],
  ['Uri', false],
  ['byte[]', false],
];

/** Both directions of every conversion JToken declares. */
export function conversions(): Record<string, unknown> {
  const members: Record<string, unknown> = {};
  for (const [name, isValue] of castTypes) {
    for (const mark of isValue ? ['', '?'] : ['']) {
      const type = typeByKeyword(name, mark === '?');
      members[`explicit ${name}${mark}(JToken value)`] = (token: Token | null) =>
        castToken(token, type());
      members[`implicit JToken(${name}${mark} value)`] = (value: unknown) =>
        implicitToken(box(value, type()));
    }
  }
  return members;
}

/** Integers become Int64 and reals stay, as the overloads of JValue's constructor have it. */
export function implicitToken(content: unknown): Token {
  const plain = unbox(content);
  if (typeof plain === 'number' && content instanceof Instance) {
    const { type } = content;
    if (/^System\.(Int32|Int16|UInt16|Byte|SByte|UInt32)$/.test(type.fullName)) {
      return valueToken(box(BigInt(plain), known.long));
    }
    if (type === known.char) {
      return new ValueToken(String.fromCharCode(plain), tokenTypes.String);
    }
  }
  return valueToken(content);
}

export const keywords: Record<string, string> = {
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

export function typeByKeyword(name: string, nullable: boolean): () => Type {
  return () => {
    if (name === 'byte[]') return known.bytes;
    const type = named(`System.${keywords[name] ?? name}`);
    return nullable ? nullableOf(type) : type;
  };
}

export function ancestors(token: Token): Token[] {
  const list: Token[] = [];
  for (let { parent } = token; parent; { parent } = parent) list.push(parent);
  return list;
}

export function put(token: Token, content: unknown, after: boolean): void {
  const { parent } = token;
  if (parent instanceof ArrayToken) {
    parent.insert(parent.items.indexOf(token) + (after ? 1 : 0), valueToken(content));
  } else if (!parent) throw invalidOperation('The parent is missing.');
}

export const jToken = declareType(
  'abstract class Newtonsoft.Json.Linq.JToken : IEnumerable<JToken>',
  {
    'static JToken Parse(string json)': (json: string | null) => parseToken(json),
    'static JToken FromObject(object o)': (content: unknown) => tokenOf(required(content, 'o')),
    'static bool DeepEquals(JToken t1, JToken t2)': deepEquals,
    'JToken this[object key]': { get: item, set: setItem },
    'JTokenType Type': (token: Token) => token.tokenType,
    'string Path': (token: Token) => token.path,
    'JContainer Parent': (token: Token) => token.parent,
    'JToken Root': (token: Token) => token.root,
    'JToken First': (token: Token) => edge(token, 0),
    'JToken Last': (token: Token) => edge(token, -1),
    'JToken Next': (token: Token) => token.sibling(1),
    'JToken Previous': (token: Token) => token.sibling(-1),
    'bool HasValues': (token: Token) => childrenOf(token).length > 0,
    'IEnumerable<JToken> Children()': (token: Token) => tokens(() => childrenOf(token)),
    'IEnumerable<T> Children<T>()': ([type]: Type[], token: Token) =>
      new Sequence(type!, () =>
        childrenOf(token)
          .filter((child) => child.type === type || type === tokenType())
          [Symbol.iterator](),
      ),
    'IEnumerable<JToken> Ancestors()': (token: Token) => tokens(() => ancestors(token)),
    'IEnumerable<JToken> AncestorsAndSelf()': (token: Token) =>
      tokens(() => [token, ...ancestors(token)]),
    'IEnumerable<JToken> AfterSelf()': (token: Token) =>
      tokens(() => token.siblings().slice(token.siblings().indexOf(token) + 1)),
    'IEnumerable<JToken> BeforeSelf()': (token: Token) =>
      tokens(() => token.siblings().slice(0, Math.max(0, token.siblings().indexOf(token)))),
    'IEnumerable<T> Values<T>()': ([type]: Type[], token: Token) => {
      if (!(token instanceof Container)) {
        throw invalidOperation(`Cannot access child value on ${token.type.fullName}.`);
      }
      return valuesAs(childrenOf(token), type!);
    },
    'T Value<T>(object key)': ([type]: Type[], token: Token, key: unknown) =>
      valueOfToken(item(token, key), type!),
    'T ToObject<T>()': ([type]: Type[], token: Token) => readToken(token, type!),
    'object ToObject(Type objectType)': (token: Token, type: Type) =>
      box(readToken(token, type), type),
    'JToken SelectToken(string path)': (token: Token, path: string | null) =>
      selectToken(token, required(path, 'path'), navigator) ?? null,
    'JToken SelectToken(string path, bool errorWhenNoMatch)': (
      token: Token,
      path: string | null,
      strict: boolean,
    ) => selectToken(token, required(path, 'path'), navigator, strict) ?? null,
    'IEnumerable<JToken> SelectTokens(string path)': (token: Token, path: string | null) =>
      tokens(() => selectTokens(token, required(path, 'path'), navigator)),
    'IEnumerable<JToken> SelectTokens(string path, bool errorWhenNoMatch)': (
      token: Token,
      path: string | null,
      strict: boolean,
    ) => tokens(() => selectTokens(token, required(path, 'path'), navigator, strict)),
    'void Remove()': (token: Token) => token.remove(),
    'void Replace(JToken value)': (token: Token, value: Token | null) =>
      token.replace(value ?? nullToken()),
    'void AddAfterSelf(object content)': (token: Token, content: unknown) =>
      put(token, content, true),
    'void AddBeforeSelf(object content)': (token: Token, content: unknown) =>
      put(token, content, false),
    'JToken DeepClone()': (token: Token) => token.clone(),
    'string ToString()': text,
    'string ToString(Formatting formatting, params JsonConverter[] converters)': (
      token: Token,
      formatting: number,
    ) => tokenText(token, formatting === indented),
    ...conversions(),
  },
  { text, json: (token: Token) => tokenText(token, false) },
);

export function edge(token: Token, index: number): Token | null {
  if (!(token instanceof Container)) {
    throw invalidOperation(`Cannot access child value on ${token.type.fullName}.`);
  }
  return token.children.at(index) ?? null;
}

export function* converted(list: Iterable<unknown>, type: Type): Generator<unknown> {
  for (const entry of list) {
    tick();
    yield valueOfToken(entry as Token | null, type);
  }
}

export function valuesAs(list: Iterable<unknown>, type: Type): Sequence {
  return new Sequence(type, () => converted(list, type));
}
