// Newtonsoft.Json.Linq.JRaw: JSON that is written as it stands.
import { required } from '../../running/exceptions.ts';
import { declareType, named } from '../../types/registry.ts';
import type { Type } from '../../types/type.ts';
import { type Token, tokenTypes, ValueToken } from './tokens/index.ts';

export const jRawType = declareType('class Newtonsoft.Json.Linq.JRaw : JValue', {
  'new(JRaw other)': (_type: Type, other: Token | null) => required(other, 'other').clone(),
  'new(object rawJson)': (_type: Type, content: unknown) =>
    new ValueToken(content, tokenTypes.Raw, named('Newtonsoft.Json.Linq.JRaw')),
});
