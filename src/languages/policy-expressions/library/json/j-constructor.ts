// Newtonsoft.Json.Linq.JConstructor.
import { fault, required } from '../../running/exceptions.ts';
import type { ArrayValue } from '../../running/values.ts';
import { declareType } from '../../types/registry.ts';
import type { Type } from '../../types/type.ts';
import { addContent } from './content.ts';
import { ConstructorToken, type Token } from './tokens/index.ts';

function named(name: string | null): ConstructorToken {
  if (required(name, 'name') !== '') return new ConstructorToken(name);
  throw fault('ArgumentException', 'Constructor name cannot be empty.', 'name');
}

function filled(_type: Type, name: string | null, content: unknown): ConstructorToken {
  const token = named(name);
  addContent(token, content);
  return token;
}

export const jConstructorType = declareType(
  'class Newtonsoft.Json.Linq.JConstructor : JContainer',
  {
    'new()': () => new ConstructorToken(null),
    'new(JConstructor other)': (_type: Type, other: Token | null) =>
      required(other, 'other').clone(),
    'new(string name)': (_type: Type, name: string | null) => named(name),
    'new(string name, object content)': filled,
    'new(string name, params object[] content)': (
      type: Type,
      name: string | null,
      content: ArrayValue,
    ) => filled(type, name, content),
    'string Name': {
      get: (token: ConstructorToken) => token.name,
      set: (token: ConstructorToken, name: string | null) => {
        token.name = name;
      },
    },
    'JToken this[object key]': {
      get: (token: ConstructorToken, key: unknown) => token.childAt(key),
      set: (token: ConstructorToken, key: unknown, value: Token | null) =>
        token.setChildAt(key, value),
    },
  },
);
