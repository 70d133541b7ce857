// Newtonsoft.Json and Newtonsoft.Json.Linq, in one list.
import { declareEnum, declareType } from '../../types/registry.ts';
import { bigIntegerType } from './big-integer.ts';
import { extensionsType } from './extensions.ts';
import { jArrayType } from './j-array.ts';
import { jConstructorType } from './j-constructor.ts';
import { jContainerType } from './j-container.ts';
import { enumerableTypes } from './j-enumerable.ts';
import { jObjectType } from './j-object.ts';
import { jPropertyType } from './j-property.ts';
import { jRawType } from './j-raw.ts';
import { jTokenType } from './j-token.ts';
import { equalityComparerType } from './j-token-equality-comparer.ts';
import { jValueType } from './j-value.ts';
import { jsonConvertType } from './json-convert.ts';
import { jsonExceptionTypes } from './json-exceptions.ts';
import { loadSettingsTypes } from './json-load-settings.ts';
import { mergeSettingsTypes } from './json-merge-settings.ts';
import { serializerSettingsTypes } from './json-serializer-settings.ts';
import { tokenTypes } from './tokens/index.ts';

export const jsonTypes = [
  declareEnum('Newtonsoft.Json.Formatting', { None: 0, Indented: 1 }),
  declareEnum('Newtonsoft.Json.Linq.JTokenType', tokenTypes),
  ...mergeSettingsTypes,
  ...loadSettingsTypes,
  ...serializerSettingsTypes,
  ...jsonExceptionTypes,
  declareType('abstract class Newtonsoft.Json.JsonConverter', {}),
  bigIntegerType,
  ...enumerableTypes,
  equalityComparerType,
  jTokenType,
  jContainerType,
  jObjectType,
  jArrayType,
  jConstructorType,
  jPropertyType,
  jValueType,
  jRawType,
  extensionsType,
  jsonConvertType,
];
