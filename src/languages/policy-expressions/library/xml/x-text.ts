// System.Xml.Linq.XText.
import { required } from '../../running/exceptions.ts';
import { declareType } from '../../types/registry.ts';
import type { Type } from '../../types/type.ts';
import { requireWhiteSpace } from './content.ts';
import { type CdataValue, type CommentValue, cloneNode, TextValue } from './tree/index.ts';

type Text = string | null;

/** `Value` of texts and comments. */
export const characters = {
  get: (node: TextValue | CdataValue | CommentValue) => node.value,
  set: (node: TextValue | CdataValue | CommentValue, text: Text) => {
    const given = required(text, 'value');
    if (node.parent && node.kind !== 'comment') requireWhiteSpace(node.parent, given);
    node.value = given;
  },
};

export const textType = declareType('class System.Xml.Linq.XText : XNode', {
  'new(string value)': (_type: Type, text: Text) => new TextValue(required(text, 'value')),
  'new(XText other)': (_type: Type, other: TextValue | null) => cloneNode(required(other, 'other')),
  'string Value': characters,
});
