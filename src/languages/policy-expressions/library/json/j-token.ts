// Newtonsoft.Json.Linq.JToken: the members every token has.
import type { JsonReadOptions } from '../../../../dotnet/index.ts';
import { invalidOperation } from '../../running/exceptions.ts';
import { textOf } from '../../running/text.ts';
import { box, isInstance } from '../../running/values.ts';
import { declareType } from '../../types/registry.ts';
import type { Type } from '../../types/type.ts';
import { annotationMembers } from './annotations.ts';
import { conversions } from './casts.ts';
import { addContent } from './content.ts';
import { tokens, valueOfToken, valuesAs } from './conversions.ts';
import { tokenAs } from './deserializing.ts';
import { EnumerableTokens, enumerableTokens } from './j-enumerable.ts';
import { deepComparer } from './j-token-equality-comparer.ts';
import { type LoadSettings, readOptions } from './json-load-settings.ts';
import { parseToken } from './loading.ts';
import { ancestors, childrenOf, siblings } from './navigation.ts';
import { tokenAt, tokensAt } from './paths.ts';
import { serialized } from './serializing.ts';
import { tokenText } from './token-text.ts';
import { Container, type Token } from './tokens/index.ts';

export const indented = 1;

/** The comments of JToken.Parse: without settings one that stands first is the value. */
function parseAny(text: string | null, settings: LoadSettings | null = null): Token {
  const options: JsonReadOptions = settings ? readOptions(settings) : {};
  return parseToken(text, 'any', options);
}

function addBeside(token: Token, content: unknown, behind: boolean): void {
  const parent = token.inParent() as Container;
  addContent(parent, content, parent.indexOf(token) + (behind ? 1 : 0));
}

function childValues(token: Token, type: Type) {
  if (token instanceof Container) return valuesAs(() => token, type);
  throw invalidOperation(`Cannot access child value on ${token.type.fullName}.`);
}

function* ofType(items: Iterable<Token>, type: Type): Generator<Token> {
  for (const item of items) if (isInstance(item, type)) yield item;
}

export function deepEquals(left: Token | null, right: Token | null): boolean {
  return left === right || (left !== null && right !== null && left.equals(right));
}

export const jTokenType = declareType(
  'abstract class Newtonsoft.Json.Linq.JToken : IEnumerable<JToken>, IJEnumerable<JToken>',
  {
    'static JToken Parse(string json)': parseAny,
    'static JToken Parse(string json, JsonLoadSettings settings)': parseAny,
    'static JToken FromObject(object o)': serialized,
    'static bool DeepEquals(JToken t1, JToken t2)': deepEquals,
    'static JTokenEqualityComparer EqualityComparer': deepComparer,
    'JToken this[object key]': {
      get: (token: Token, key: unknown) => token.childAt(key),
      set: (token: Token, key: unknown, value: Token | null) => token.setChildAt(key, value),
    },
    'JTokenType Type': (token: Token) => token.tokenType,
    'string Path': (token: Token) => token.path,
    'JContainer Parent': (token: Token) => token.parent,
    'JToken Root': (token: Token) => token.root,
    'JToken First': (token: Token) => token.edge(0),
    'JToken Last': (token: Token) => token.edge(-1),
    'JToken Next': (token: Token) => token.sibling(1),
    'JToken Previous': (token: Token) => token.sibling(-1),
    'bool HasValues': (token: Token) => token.hasValues,
    'JEnumerable<JToken> Children()': (token: Token) => enumerableTokens(() => childrenOf(token)),
    'JEnumerable<T> Children<T>()': ([type]: Type[], token: Token) =>
      new EnumerableTokens(type!, () => ofType(childrenOf(token), type!)),
    'IEnumerable<JToken> Ancestors()': (token: Token) => tokens(() => ancestors(token)),
    'IEnumerable<JToken> AncestorsAndSelf()': (token: Token) =>
      tokens(() => [token, ...ancestors(token)]),
    'IEnumerable<JToken> AfterSelf()': (token: Token) => tokens(() => siblings(token, true)),
    'IEnumerable<JToken> BeforeSelf()': (token: Token) => tokens(() => siblings(token, false)),
    'IEnumerable<T> Values<T>()': ([type]: Type[], token: Token) => childValues(token, type!),
    'T Value<T>(object key)': ([type]: Type[], token: Token, key: unknown) =>
      valueOfToken(token.childAt(key), type!),
    'T ToObject<T>()': ([type]: Type[], token: Token) => tokenAs(token, type!),
    'object ToObject(Type objectType)': (token: Token, type: Type) =>
      box(tokenAs(token, type), type),
    'JToken SelectToken(string path)': tokenAt,
    'JToken SelectToken(string path, bool errorWhenNoMatch)': tokenAt,
    'IEnumerable<JToken> SelectTokens(string path)': (token: Token, path: string | null) =>
      tokens(() => tokensAt(token, path)),
    'IEnumerable<JToken> SelectTokens(string path, bool errorWhenNoMatch)': (
      token: Token,
      path: string | null,
      strict: boolean,
    ) => tokens(() => tokensAt(token, path, strict)),
    'void Remove()': (token: Token) => token.detach(),
    'void Replace(JToken value)': (token: Token, value: Token | null) => token.replace(value),
    'void AddAfterSelf(object content)': (token: Token, content: unknown) =>
      addBeside(token, content, true),
    'void AddBeforeSelf(object content)': (token: Token, content: unknown) =>
      addBeside(token, content, false),
    'JToken DeepClone()': (token: Token) => token.clone(),
    // Values say it otherwise: textOf asks the run-time type.
    'string ToString()': textOf,
    'string ToString(Formatting formatting, params JsonConverter[] converters)': (
      token: Token,
      formatting: number,
    ) => tokenText(token, formatting === indented),
    ...annotationMembers,
    ...conversions(),
  },
  {
    text: (token: Token) => tokenText(token, true),
    json: (token: Token) => tokenText(token, false),
  },
);
