// Newtonsoft.Json.Linq.JArray.
import { fault, required } from '../../running/exceptions.ts';
import type { ArrayValue } from '../../running/values.ts';
import { declareType } from '../../types/registry.ts';
import type { Type } from '../../types/type.ts';
import { EnumeratorValue } from '../collections/enumerator.ts';
import { addContent } from './content.ts';
import { type LoadSettings, readOptions } from './json-load-settings.ts';
import { parseToken } from './loading.ts';
import { serialized } from './serializing.ts';
import { ArrayToken, kindName, type Token } from './tokens/index.ts';

function filled(content: unknown): ArrayToken {
  const token = new ArrayToken();
  addContent(token, content);
  return token;
}

function fromObject(content: unknown): Token {
  const token = serialized(content);
  if (token instanceof ArrayToken) return token;
  const message = `Object serialized to ${kindName(token.tokenType)}. JArray instance expected.`;
  throw fault('ArgumentException', message);
}

function parse(text: string | null, settings: LoadSettings | null = null): Token {
  return parseToken(text, 'array', readOptions(settings));
}

export const jArrayType = declareType(
  'class Newtonsoft.Json.Linq.JArray : JContainer, IList<JToken>',
  {
    'new()': () => new ArrayToken(),
    'new(JArray other)': (_type: Type, other: Token | null) => required(other, 'other').clone(),
    'new(object content)': (_type: Type, content: unknown) => filled(content),
    'new(params object[] content)': (_type: Type, content: ArrayValue) => filled(content),
    'static JArray Parse(string json)': parse,
    'static JArray Parse(string json, JsonLoadSettings settings)': parse,
    'static JArray FromObject(object o)': fromObject,
    'JToken this[object key]': {
      get: (token: ArrayToken, key: unknown) => token.childAt(key),
      set: (token: ArrayToken, key: unknown, value: Token | null) => token.setChildAt(key, value),
    },
    'JToken this[int index]': {
      get: (token: ArrayToken, index: number) => token.at(index),
      set: (token: ArrayToken, index: number, value: Token | null) => token.setItem(index, value),
    },
    'void Add(JToken item)': (token: ArrayToken, item: Token | null) => token.add(item),
    'void Insert(int index, JToken item)': (token: ArrayToken, index: number, item: Token | null) =>
      token.insert(index, item),
    'int IndexOf(JToken item)': (token: ArrayToken, item: Token | null) => token.indexOf(item),
    'void RemoveAt(int index)': (token: ArrayToken, index: number) => token.removeItemAt(index),
    'bool Remove(JToken item)': (token: ArrayToken, item: Token | null) => token.removeItem(item),
    'void Clear()': (token: ArrayToken) => token.clearItems(),
    'bool Contains(JToken item)': (token: ArrayToken, item: Token | null) => token.contains(item),
    'bool IsReadOnly': (token: ArrayToken) => token.isReadOnly,
    'void CopyTo(JToken[] array, int arrayIndex)': (
      token: ArrayToken,
      array: ArrayValue | null,
      start: number,
    ) => copyTo(token, required(array, 'array'), start),
    'IEnumerator<JToken> GetEnumerator()': (token: ArrayToken) => new EnumeratorValue(token),
  },
);

function copyTo({ items }: ArrayToken, array: ArrayValue, start: number): void {
  if (start < 0) {
    throw fault('ArgumentOutOfRangeException', 'arrayIndex is less than 0.', 'arrayIndex');
  }
  const size = array.items.length;
  if (start >= size && start !== 0) {
    throw fault('ArgumentException', 'arrayIndex is equal to or greater than the length of array.');
  }
  if (items.length > size - start) {
    const message =
      'The number of elements in the source JObject is greater than the available space from arrayIndex to the end of the destination array.';
    throw fault('ArgumentException', message);
  }
  for (const [index, item] of items.entries()) array.items[start + index] = item as never;
}
