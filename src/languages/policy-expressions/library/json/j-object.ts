// Newtonsoft.Json.Linq.JObject.
import { equalText } from '../../../../dotnet/index.ts';
import { fault, required } from '../../running/exceptions.ts';
import { Sequence } from '../../running/sequences.ts';
import type { ArrayValue, Reference } from '../../running/values.ts';
import { declareType, named } from '../../types/registry.ts';
import type { Type } from '../../types/type.ts';
import { EnumeratorValue } from '../collections/enumerator.ts';
import { addContent, tokenOf } from './content.ts';
import { enumerableTokens } from './j-enumerable.ts';
import { type LoadSettings, readOptions } from './json-load-settings.ts';
import { parseToken } from './loading.ts';
import { serialized } from './serializing.ts';
import { kindName, ObjectToken, type PropertyToken, type Token } from './tokens/index.ts';

const ordinal = 4;

/** The exact name first, then the first that the comparison finds equal. */
function propertyOf(
  token: ObjectToken,
  name: string | null,
  comparison = ordinal,
): PropertyToken | null {
  if (name === null) return null;
  const exact = token.properties.get(name);
  if (exact || comparison === ordinal) return exact ?? null;
  return token.items.find((property) => equalText(property.name, name, comparison)) ?? null;
}

function valueNamed(token: ObjectToken, name: string | null, comparison = ordinal): Token | null {
  return propertyOf(token, name, comparison)?.value ?? null;
}

function filled(content: unknown): ObjectToken {
  const token = new ObjectToken();
  addContent(token, content);
  return token;
}

function fromObject(content: unknown): Token {
  const token = serialized(content);
  if (token instanceof ObjectToken) return token;
  const message = `Object serialized to ${kindName(token.tokenType)}. JObject instance expected.`;
  throw fault('ArgumentException', message);
}

function parse(text: string | null, settings: LoadSettings | null = null): Token {
  return parseToken(text, 'object', readOptions(settings));
}

export const jObjectType = declareType(
  'class Newtonsoft.Json.Linq.JObject : JContainer, IEnumerable<KeyValuePair<string, JToken>>, IDictionary<string, JToken>',
  {
    'new()': () => new ObjectToken(),
    'new(JObject other)': (_type: Type, other: Token | null) => required(other, 'other').clone(),
    'new(object content)': (_type: Type, content: unknown) => filled(content),
    'new(params object[] content)': (_type: Type, content: ArrayValue) => filled(content),
    'static JObject Parse(string json)': parse,
    'static JObject Parse(string json, JsonLoadSettings settings)': parse,
    'static JObject FromObject(object o)': fromObject,
    'JToken this[object key]': {
      get: (token: ObjectToken, key: unknown) => token.childAt(key),
      set: (token: ObjectToken, key: unknown, value: Token | null) => token.setChildAt(key, value),
    },
    'JToken this[string propertyName]': {
      get: (token: ObjectToken, name: string | null) =>
        token.find(required(name, 'propertyName')) ?? null,
      set: (token: ObjectToken, name: string | null, value: Token | null) =>
        token.set(required(name, 'name'), value),
    },
    'void Add(string propertyName, JToken value)': (
      token: ObjectToken,
      name: string,
      value: Token | null,
    ) => token.insert(name, value),
    'bool ContainsKey(string propertyName)': (token: ObjectToken, name: string) => token.has(name),
    'bool Remove(string propertyName)': (token: ObjectToken, name: string | null) =>
      name !== null && token.delete(name),
    'bool TryGetValue(string propertyName, out JToken value)': (
      token: ObjectToken,
      name: string | null,
      result: Reference,
    ) => token.tryGet(name, result),
    'bool TryGetValue(string propertyName, StringComparison comparison, out JToken value)': (
      token: ObjectToken,
      name: string | null,
      comparison: number,
      result: Reference,
    ) => {
      result.value = valueNamed(token, name, comparison);
      return result.value !== null;
    },
    'JToken GetValue(string propertyName)': valueNamed,
    'JToken GetValue(string propertyName, StringComparison comparison)': valueNamed,
    'JProperty Property(string name)': propertyOf,
    'JProperty Property(string name, StringComparison comparison)': propertyOf,
    'IEnumerable<JProperty> Properties()': (token: ObjectToken) =>
      new Sequence(named('Newtonsoft.Json.Linq.JProperty'), () => token[Symbol.iterator]()),
    'JEnumerable<JToken> PropertyValues()': (token: ObjectToken) =>
      enumerableTokens(() => token.items.map(({ value }) => value)),
    'IEnumerator<KeyValuePair<string, JToken>> GetEnumerator()': (token: ObjectToken) =>
      new EnumeratorValue(token),
  },
  {
    members: {
      get: (token: ObjectToken, name: string) => token.find(name) ?? null,
      set: (token: ObjectToken, name: string, content: unknown) =>
        token.set(name, content === null ? null : tokenOf(content)),
    },
    explicit: [
      'this',
      'IndexOf',
      'Insert',
      'RemoveAt',
      'Add',
      'Clear',
      'Contains',
      'CopyTo',
      'IsReadOnly',
      'Keys',
      'Values',
      'Remove',
    ],
  },
);
