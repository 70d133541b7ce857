// System.Xml.XmlDeclaration.
import { declareType } from '../../../types/registry.ts';
import type { DomDeclaration } from './tree.ts';

type Text = string | null;

export const xmlDeclarationType = declareType('class System.Xml.XmlDeclaration : XmlLinkedNode', {
  'string Version': ({ version }: DomDeclaration) => version,
  'string Encoding': {
    get: ({ encoding }: DomDeclaration) => encoding ?? '',
    set: (node: DomDeclaration, encoding: Text) => {
      node.encoding = encoding || undefined;
    },
  },
  'string Standalone': {
    get: ({ standalone }: DomDeclaration) => standalone ?? '',
    set: (node: DomDeclaration, standalone: Text) => {
      node.standalone = standalone || undefined;
    },
  },
});
