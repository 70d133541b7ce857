// Newtonsoft.Json.Linq.JProperty.
import { required } from '../../running/exceptions.ts';
import { declareType } from '../../types/registry.ts';
import type { Type } from '../../types/type.ts';
import { addContent, isMulti, tokenOf } from './content.ts';
import { ArrayToken, PropertyToken, type Token } from './tokens/index.ts';

/** A sequence becomes an array; everything else is one value. */
function made(_type: Type, name: string | null, content: unknown): PropertyToken {
  const own = required(name, 'name');
  if (!isMulti(content)) return new PropertyToken(own, tokenOf(content));
  const array = new ArrayToken();
  addContent(array, content);
  return new PropertyToken(own, array);
}

export const jPropertyType = declareType('class Newtonsoft.Json.Linq.JProperty : JContainer', {
  'new(JProperty other)': (_type: Type, other: Token | null) => required(other, 'other').clone(),
  'new(string name, object content)': made,
  'new(string name, params object[] content)': made,
  'string Name': (token: PropertyToken) => token.name,
  'JToken Value': {
    get: (token: PropertyToken) => token.value,
    set: (token: PropertyToken, value: Token | null) => {
      token.value = value;
    },
  },
});
