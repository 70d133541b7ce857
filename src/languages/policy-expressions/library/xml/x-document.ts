// System.Xml.Linq.XDocument.
import { required } from '../../running/exceptions.ts';
import { declareType } from '../../types/registry.ts';
import type { Type } from '../../types/type.ts';
import { addContent, snapshotOf } from './content.ts';
import { parseXml } from './reading.ts';
import { cloneNode, DeclarationValue, DocumentValue } from './tree/index.ts';
import { savingMembers } from './x-saving.ts';

type Text = string | null;

function create(content: unknown, declaration?: DeclarationValue | null): DocumentValue {
  const document = new DocumentValue();
  document.declaration = declaration ?? undefined;
  for (const item of snapshotOf(content)) {
    if (item instanceof DeclarationValue) document.declaration = item;
    else addContent(document, item);
  }
  return document;
}

export const documentType = declareType('class System.Xml.Linq.XDocument : XContainer', {
  'new()': () => new DocumentValue(),
  'new(params object[] content)': (_type: Type, content: unknown) => create(content),
  'new(XDeclaration declaration, params object[] content)': (
    _type: Type,
    declaration: DeclarationValue | null,
    content: unknown,
  ) => create(content, declaration),
  'new(XDocument other)': (_type: Type, other: DocumentValue | null) =>
    cloneNode(required(other, 'other')),
  'static XDocument Parse(string text)': (text: Text) => parseXml(text),
  'static XDocument Parse(string text, LoadOptions options)': parseXml,
  ...savingMembers,
  'XElement Root': ({ root }: DocumentValue) => root,
  'XDocumentType DocumentType': ({ children }: DocumentValue) =>
    children.find(({ kind }) => kind === 'doctype') ?? null,
  'XDeclaration Declaration': {
    get: ({ declaration }: DocumentValue) => declaration ?? null,
    set: (document: DocumentValue, declaration: DeclarationValue | null) => {
      document.declaration = declaration ?? undefined;
    },
  },
});
