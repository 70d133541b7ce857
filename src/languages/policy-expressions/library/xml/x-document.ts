// System.Xml.Linq.XDocument and XDeclaration.
import { required } from '../../running/exceptions.ts';
import { declareType } from '../../types/registry.ts';
import type { Type } from '../../types/type.ts';
import { addContent, snapshotOf } from './content.ts';
import { cloneNode, DeclarationValue, DocumentValue } from './nodes.ts';
import { parseXml } from './reading.ts';

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

function property(name: 'version' | 'encoding' | 'standalone') {
  return {
    get: (declaration: DeclarationValue) => declaration[name] ?? null,
    set: (declaration: DeclarationValue, text: Text) => {
      declaration[name] = (text ?? undefined) as string;
    },
  };
}

export const declarationType = declareType(
  'class System.Xml.Linq.XDeclaration',
  {
    'new(string version, string encoding, string standalone)': (
      _type: Type,
      version: Text,
      encoding: Text,
      standalone: Text,
    ) => new DeclarationValue(version ?? '1.0', encoding ?? undefined, standalone ?? undefined),
    'new(XDeclaration other)': (_type: Type, other: DeclarationValue | null) => {
      const { version, encoding, standalone } = required(other, 'other');
      return new DeclarationValue(version, encoding, standalone);
    },
    'string Version': property('version'),
    'string Encoding': property('encoding'),
    'string Standalone': property('standalone'),
    'string ToString()': ({ text }: DeclarationValue) => text,
  },
  { text: ({ text }: DeclarationValue) => text },
);
