// System.Xml.Linq.XComment.
import { required } from '../../running/exceptions.ts';
import { declareType } from '../../types/registry.ts';
import type { Type } from '../../types/type.ts';
import { CommentValue, cloneNode } from './tree/index.ts';
import { characters } from './x-text.ts';

type Text = string | null;

export const commentType = declareType('class System.Xml.Linq.XComment : XNode', {
  'new(string value)': (_type: Type, text: Text) => new CommentValue(required(text, 'value')),
  'new(XComment other)': (_type: Type, other: CommentValue | null) =>
    cloneNode(required(other, 'other')),
  'string Value': characters,
});
