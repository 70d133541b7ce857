// System.Xml.XmlCharacterData and its kinds: texts, CDATA, comments, white space.
import { outOfRange } from '../../../running/exceptions.ts';
import { declareType } from '../../../types/registry.ts';
import type { DomCharacters, DomText } from './tree.ts';

type Text = string | null;
type C = DomText | DomCharacters;

/** The part from `offset`, as much of `count` as there is. */
function part({ value }: C, offset: number, count: number): string {
  if (offset < 0 || offset > value.length) throw outOfRange('offset');
  if (count < 0) throw outOfRange('count');
  return value.slice(offset, offset + count);
}

function replace(node: C, offset: number, count: number, text: Text): void {
  const old = part(node, offset, count);
  node.value = node.value.slice(0, offset) + (text ?? '') + node.value.slice(offset + old.length);
}

export const xmlCharacterDataTypes = [
  declareType('abstract class System.Xml.XmlCharacterData : XmlLinkedNode', {
    'string Data': {
      get: ({ value }: C) => value,
      set: (node: C, text: Text) => {
        node.value = text ?? '';
      },
    },
    'int Length': ({ value }: C) => value.length,
    'string Substring(int offset, int count)': part,
    'void AppendData(string strData)': (node: C, text: Text) => {
      node.value += text ?? '';
    },
    'void InsertData(int offset, string strData)': (node: C, offset: number, text: Text) =>
      replace(node, offset, 0, text),
    'void DeleteData(int offset, int count)': (node: C, offset: number, count: number) =>
      replace(node, offset, count, ''),
    'void ReplaceData(int offset, int count, string strData)': replace,
  }),
  ...['XmlText', 'XmlCDataSection', 'XmlComment', 'XmlWhitespace', 'XmlSignificantWhitespace'].map(
    (name) => declareType(`class System.Xml.${name} : XmlCharacterData`, {}),
  ),
];
