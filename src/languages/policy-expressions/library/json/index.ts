// Newtonsoft.Json.Linq and JsonConvert: the members of tokens.
import { equalText } from '../../../../dotnet/index.ts';
import { fault, required } from '../../running/exceptions.ts';
import { iterate, Sequence } from '../../running/sequences.ts';
import { formatOf, textOf } from '../../running/text.ts';
import { type ArrayValue, box, Instance, type Reference, stringOf } from '../../running/values.ts';
import { known } from '../../types/hierarchy.ts';
import { declareEnum, declareType, named } from '../../types/registry.ts';
import type { Type } from '../../types/type.ts';
import { bridgeMembers } from './bridge.ts';
import { addContent, nullToken, parseToken, tokenOf, tokenText, valueToken } from './contents.ts';
import { mergeInto } from './merging.ts';
import { readToken, valueOfToken } from './reading.ts';
import {
  childrenOf,
  deepEquals,
  implicitToken,
  indented,
  item,
  jToken,
  setItem,
  text,
  tokens,
  typeByKeyword,
  valueKey,
  valuesAs,
} from './token-members.ts';
import {
  ArrayToken,
  type Container,
  ObjectToken,
  PropertyToken,
  Token,
  tokenTypes,
  ValueToken,
} from './tokens.ts';

const jContainer = declareType('abstract class Newtonsoft.Json.Linq.JContainer : JToken', {
  'int Count': (token: Container) => token.count,
  'void Add(object content)': (token: Container, content: unknown) => addContent(token, content),
  'void AddFirst(object content)': (token: Container, content: unknown) =>
    addContent(token, content, true),
  'void RemoveAll()': (token: Container) => {
    for (const child of [...token.children]) child.remove();
  },
  'void ReplaceAll(object content)': (token: Container, content: unknown) => {
    for (const child of [...token.children]) child.remove();
    addContent(token, content);
  },
  'IEnumerable<JToken> Descendants()': (token: Container) => tokens(() => token.descendants()),
  'IEnumerable<JToken> DescendantsAndSelf()': (token: Container) =>
    tokens(() => [token, ...token.descendants()]),
  'void Merge(object content)': (token: Container, content: unknown) =>
    mergeInto(token, tokenOf(content), 0),
  'void Merge(object content, JsonMergeSettings settings)': (
    token: Container,
    content: unknown,
    settings: MergeSettings | null,
  ) => mergeInto(token, tokenOf(content), settings?.arrays ?? 0),
});

class MergeSettings extends Instance {
  arrays = 0;
}

function findIgnoringCase(token: ObjectToken, name: string, comparison: number): Token | null {
  for (const [own, { value }] of token.properties)
    if (equalText(own, name, comparison)) return value;
  return null;
}

function tryGet(token: ObjectToken, name: string | null, result: Reference): boolean {
  result.value = name === null ? null : (token.find(name) ?? null);
  return result.value !== null;
}

const jObject = declareType(
  'class Newtonsoft.Json.Linq.JObject : JContainer, IEnumerable<KeyValuePair<string, JToken>>, IDictionary<string, JToken>',
  {
    'new()': () => new ObjectToken(),
    'new(JObject other)': (_type: Type, other: Token) => other.clone(),
    'new(object content)': (_type: Type, content: unknown) => filled(new ObjectToken(), content),
    'new(params object[] content)': (_type: Type, content: ArrayValue) =>
      filled(new ObjectToken(), content),
    'static JObject Parse(string json)': (json: string | null) => parseToken(json, 'object'),
    'static JObject FromObject(object o)': (content: unknown) => {
      const token = tokenOf(required(content, 'o'));
      if (token instanceof ObjectToken) return token;
      const shown = token instanceof ArrayToken ? 'Array' : 'String';
      const message = `Object serialized to ${shown}. JObject instance expected.`;
      throw fault('ArgumentException', message);
    },
    'JToken this[object key]': { get: item, set: setItem },
    'JToken this[string propertyName]': {
      get: (token: ObjectToken, name: string | null) =>
        token.find(required(name, 'propertyName')) ?? null,
      set: (token: ObjectToken, name: string | null, value: Token | null) =>
        token.put(required(name, 'propertyName'), value ?? nullToken()),
    },
    'void Add(string propertyName, JToken value)': (
      token: ObjectToken,
      name: string,
      value: Token | null,
    ) => token.attach(new PropertyToken(required(name, 'propertyName'), value ?? nullToken())),
    'bool ContainsKey(string propertyName)': (token: ObjectToken, name: string | null) =>
      token.properties.has(required(name, 'propertyName')),
    'bool Remove(string propertyName)': (token: ObjectToken, name: string | null) =>
      token.delete(required(name, 'propertyName')),
    'bool TryGetValue(string propertyName, out JToken value)': tryGet,
    'bool TryGetValue(string propertyName, StringComparison comparison, out JToken value)': (
      token: ObjectToken,
      name: string,
      comparison: number,
      result: Reference,
    ) => {
      result.value = findIgnoringCase(token, name, comparison);
      return result.value !== null;
    },
    'JToken GetValue(string propertyName)': (token: ObjectToken, name: string | null) =>
      name === null ? null : (token.find(name) ?? null),
    'JToken GetValue(string propertyName, StringComparison comparison)': findIgnoringCase,
    'JProperty Property(string name)': (token: ObjectToken, name: string | null) =>
      name === null ? null : (token.properties.get(name) ?? null),
    'IEnumerable<JProperty> Properties()': (token: ObjectToken) =>
      new Sequence(named('Newtonsoft.Json.Linq.JProperty'), () => token[Symbol.iterator]()),
    'IEnumerable<JToken> PropertyValues()': (token: ObjectToken) =>
      tokens(() => token.children.map(({ value }) => value)),
    'ICollection<string> Keys': (token: ObjectToken) =>
      new Sequence(known.string, () => token.properties.keys()),
    'IEnumerator<KeyValuePair<string, JToken>> GetEnumerator()': () => {
      throw fault('NotSupportedException', 'Use foreach to enumerate a JObject.');
    },
  },
);

function filled<T extends Container>(token: T, content: unknown): T {
  addContent(token, content);
  return token;
}

const jArray = declareType('class Newtonsoft.Json.Linq.JArray : JContainer, IList<JToken>', {
  'new()': () => new ArrayToken(),
  'new(JArray other)': (_type: Type, other: Token) => other.clone(),
  'new(object content)': (_type: Type, content: unknown) => filled(new ArrayToken(), content),
  'new(params object[] content)': (_type: Type, content: ArrayValue) =>
    filled(new ArrayToken(), content),
  'static JArray Parse(string json)': (json: string | null) => parseToken(json, 'array'),
  'static JArray FromObject(object o)': (content: unknown) => {
    const token = tokenOf(required(content, 'o'));
    if (token instanceof ArrayToken) return token;
    throw fault('ArgumentException', 'Object serialized to Object. JArray instance expected.');
  },
  'JToken this[object key]': { get: item, set: setItem },
  'JToken this[int index]': {
    get: (token: ArrayToken, index: number) => token.at(index),
    set: (token: ArrayToken, index: number, value: Token | null) =>
      token.put(index, value ?? nullToken()),
  },
  'void Add(JToken item)': (token: ArrayToken, value: Token | null) =>
    token.append(value ?? nullToken()),
  'void Insert(int index, JToken item)': (token: ArrayToken, index: number, value: Token | null) =>
    token.insert(index, value ?? nullToken()),
  'int IndexOf(JToken item)': (token: ArrayToken, value: Token) => token.indexOf(value),
  'void RemoveAt(int index)': (token: ArrayToken, index: number) => token.removeAt(index),
  'bool Remove(JToken item)': (token: ArrayToken, value: Token) => {
    const index = token.indexOf(value);
    if (index >= 0) token.removeAt(index);
    return index >= 0;
  },
  'void Clear()': (token: ArrayToken) => token.clear(),
  'bool Contains(JToken item)': (token: ArrayToken, value: Token) => token.contains(value),
});

const jProperty = declareType('class Newtonsoft.Json.Linq.JProperty : JContainer', {
  'new(string name, object content)': (_type: Type, name: string | null, content: unknown) =>
    new PropertyToken(required(name, 'name'), propertyValue(content)),
  'new(string name, params object[] content)': (
    _type: Type,
    name: string | null,
    content: ArrayValue,
  ) => new PropertyToken(required(name, 'name'), propertyValue(content)),
  'string Name': (token: PropertyToken) => token.name,
  'JToken Value': {
    get: (token: PropertyToken) => token.value,
    set: (token: PropertyToken, value: Token | null) => {
      token.value = value ?? nullToken();
    },
  },
});

/** Sequences become arrays; everything else is one value. */
function propertyValue(content: unknown): Token {
  if (content instanceof Token) return content;
  const array = new ArrayToken();
  const isSequence =
    content instanceof Instance && stringOf(content) === undefined && Symbol.iterator in content;
  if (!isSequence || content.type === known.bytes) return valueToken(content);
  addContent(array, content);
  return array;
}

function valueFormat(token: ValueToken, format: string | null): string {
  return token.content === null ? '' : formatOf(token.content, format);
}

const valueConstructors = Object.fromEntries(
  [
    'long',
    'decimal',
    'ulong',
    'double',
    'float',
    'DateTime',
    'DateTimeOffset',
    'bool',
    'string',
    'char',
    'Guid',
    'Uri',
    'TimeSpan',
  ].map((name) => [
    `new(${name} value)`,
    (_type: Type, value: unknown) => implicitToken(box(value, typeByKeyword(name, false)())),
  ]),
);

const jValue = declareType(
  'class Newtonsoft.Json.Linq.JValue : JToken, IComparable, IFormattable',
  {
    ...valueConstructors,
    'new(object value)': (_type: Type, value: unknown) => valueToken(value),
    'new(JValue other)': (_type: Type, other: Token) => other.clone(),
    'static JValue CreateNull()': nullToken,
    'static JValue CreateString(string value)': (value: string | null) =>
      new ValueToken(value, value === null ? tokenTypes.Null : tokenTypes.String),
    'object Value': {
      get: (token: ValueToken) => token.content,
      set: (token: ValueToken, value: unknown) => {
        const made = valueToken(value) as ValueToken;
        token.content = made.content;
        token.tokenType = made.tokenType;
      },
    },
    'string ToString()': text,
    'string ToString(string format)': valueFormat,
    'string ToString(IFormatProvider formatProvider)': (token: ValueToken) => text(token),
    'string ToString(string format, IFormatProvider formatProvider)': valueFormat,
    'bool Equals(JValue other)': (left: ValueToken, right: ValueToken | null) =>
      deepEquals(left, right),
  },
  {
    key: valueKey,
    format: valueFormat,
    text,
    wrapped: { open: (token: ValueToken) => token.content, close: valueToken },
  },
);

const space = 'Newtonsoft.Json.Linq';

const extensions = declareType(`static class ${space}.Extensions`, {
  'static U Value<U>(this IEnumerable<JToken> value)': ([type]: Type[], value: Token | null) =>
    valueOfToken(required(value, 'value'), type!),
  'static IEnumerable<U> Values<U>(this IEnumerable<JToken> source)': (
    [type]: Type[],
    source: unknown,
  ) => valuesAs(inner(source), type!),
  'static IEnumerable<JToken> Values(this IEnumerable<JToken> source)': (source: unknown) =>
    tokens(() => inner(source)),
  'static IEnumerable<JToken> Values(this IEnumerable<JToken> source, object key)': (
    source: unknown,
    key: unknown,
  ) => tokens(() => keyed(source, key)),
  'static IEnumerable<U> Values<U>(this IEnumerable<JToken> source, object key)': (
    [type]: Type[],
    source: unknown,
    key: unknown,
  ) => valuesAs(keyed(source, key), type!),
  'static IEnumerable<JProperty> Properties(this IEnumerable<JObject> source)': (source: unknown) =>
    new Sequence(named('Newtonsoft.Json.Linq.JProperty'), () =>
      [...iterate(source)]
        .flatMap((entry) => [...(entry as ObjectToken).properties.values()])
        [Symbol.iterator](),
    ),
  'static IEnumerable<JToken> Children(this IEnumerable<JToken> source)': (source: unknown) =>
    tokens(() => [...iterate(source)].flatMap((entry) => childrenOf(entry as Token))),
  'static IEnumerable<JToken> Descendants(this IEnumerable<JContainer> source)': (
    source: unknown,
  ) =>
    tokens(() => [...iterate(source)].flatMap((entry) => [...(entry as Container).descendants()])),
});

/** Values of properties and the children of containers; other tokens stand for themselves. */
function* inner(source: unknown): Generator<Token> {
  for (const entry of iterate(source)) {
    if (entry instanceof ValueToken) yield entry;
    else yield* childrenOf(entry as Token);
  }
}

function* keyed(source: unknown, key: unknown): Generator<Token> {
  for (const entry of iterate(source)) {
    const found = item(entry as Token, key);
    if (found) yield found;
  }
}

const convert = declareType('static class Newtonsoft.Json.JsonConvert', {
  'static string SerializeObject(object value)': (value: unknown) =>
    tokenText(tokenOf(value), false),
  'static string SerializeObject(object value, Formatting formatting)': (
    value: unknown,
    formatting: number,
  ) => tokenText(tokenOf(value), formatting === indented),
  'static object DeserializeObject(string value)': (value: string | null) => {
    const token = parseToken(value);
    return token instanceof ValueToken ? token.content : token;
  },
  'static T DeserializeObject<T>(string value)': ([type]: Type[], value: string | null) =>
    readToken(parseToken(value), type!),
  'static object DeserializeObject(string value, Type type)': (value: string | null, type: Type) =>
    box(readToken(parseToken(value), type), type),
  ...bridgeMembers,
  'static string ToString(object value)': (value: unknown) => tokenText(valueToken(value), false),
});

export const jsonTypes = [
  declareEnum('Newtonsoft.Json.Formatting', { None: 0, Indented: 1 }),
  declareEnum(`${space}.JTokenType`, tokenTypes),
  declareEnum(`${space}.MergeArrayHandling`, { Concat: 0, Union: 1, Replace: 2, Merge: 3 }),
  declareType(`class ${space}.JsonMergeSettings`, {
    'new()': (type: Type) => new MergeSettings(type),
    'MergeArrayHandling MergeArrayHandling': {
      get: (settings: MergeSettings) => settings.arrays,
      set: (settings: MergeSettings, value: number) => {
        settings.arrays = value;
      },
    },
  }),
  declareType('abstract class Newtonsoft.Json.JsonConverter', {}),
  jToken,
  jContainer,
  jObject,
  jArray,
  jProperty,
  jValue,
  declareType(`class ${space}.JRaw : JValue`, {
    'new(object rawJson)': (_type: Type, content: unknown) =>
      new ValueToken(content === null ? null : textOf(content), tokenTypes.Raw),
  }),
  extensions,
  convert,
];
