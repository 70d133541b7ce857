// System.Xml.XmlDocument and XmlDocumentFragment.
import { fault, required } from '../../../running/exceptions.ts';
import { Instance } from '../../../running/values.ts';
import { declareType, named } from '../../../types/registry.ts';
import type { Type } from '../../../types/type.ts';
import { appendTo, type TextSink, type TextSource, xmlTextOf } from '../text-ends.ts';
import type { WriterValue } from '../xml-writer.ts';
import {
  copy,
  load,
  makeAttribute,
  makeAttributeNamed,
  makeElement,
  makeElementNamed,
} from './building.ts';
import { save, savedXml } from './printing.ts';
import {
  DomCharacters,
  DomDeclaration,
  DomDoctype,
  DomDocument,
  DomInstruction,
  type DomNode,
  DomText,
} from './tree.ts';
import { elementsNamed, elementsNamedIn } from './xml-element.ts';

type Text = string | null;
type D = DomDocument;

function declaration(document: D, version: Text, encoding: Text, standalone: Text): DomDeclaration {
  if (!/^1\.\d+$/.test(version ?? '')) {
    throw fault(
      'ArgumentException',
      'Wrong XML version information. The XML must match production "VersionNum ::= \'1.\' [0-9]+".',
    );
  }
  if (standalone && standalone !== 'yes' && standalone !== 'no') {
    const message = `Wrong value for the XML declaration standalone attribute of '${standalone}'.`;
    throw fault('ArgumentException', message);
  }
  return new DomDeclaration(document, version!, encoding ?? '', standalone ?? '');
}

const creation = {
  'XmlElement CreateElement(string name)': (document: D, name: Text) =>
    makeElement(document, name, ''),
  'XmlElement CreateElement(string qualifiedName, string namespaceURI)': makeElement,
  'XmlElement CreateElement(string prefix, string localName, string namespaceURI)':
    makeElementNamed,
  'XmlAttribute CreateAttribute(string name)': (document: D, name: Text) =>
    makeAttribute(document, name),
  'XmlAttribute CreateAttribute(string qualifiedName, string namespaceURI)': makeAttribute,
  'XmlAttribute CreateAttribute(string prefix, string localName, string namespaceURI)':
    makeAttributeNamed,
  'XmlText CreateTextNode(string text)': (document: D, text: Text) =>
    new DomText(document, text ?? ''),
  'XmlCDataSection CreateCDataSection(string data)': (document: D, text: Text) =>
    new DomCharacters(document, 'cdata', text ?? ''),
  'XmlComment CreateComment(string data)': (document: D, text: Text) =>
    new DomCharacters(document, 'comment', text ?? ''),
  'XmlProcessingInstruction CreateProcessingInstruction(string target, string data)': (
    document: D,
    target: Text,
    data: Text,
  ) => new DomInstruction(document, required(target, 'target'), data ?? ''),
  'XmlDeclaration CreateXmlDeclaration(string version, string encoding, string standalone)':
    declaration,
  'XmlDocumentType CreateDocumentType(string name, string publicId, string systemId, string internalSubset)':
    (document: D, name: Text, publicId: Text, systemId: Text, subset: Text) =>
      new DomDoctype(
        document,
        name ?? '',
        publicId ?? undefined,
        systemId ?? undefined,
        subset ?? undefined,
      ),
  'XmlDocumentFragment CreateDocumentFragment()': (document: D) => new DomDocument(document),
  'XmlWhitespace CreateWhitespace(string text)': (document: D, text: Text) =>
    new DomText(document, blank(text), 'Whitespace'),
  'XmlSignificantWhitespace CreateSignificantWhitespace(string text)': (document: D, text: Text) =>
    new DomText(document, blank(text), 'SignificantWhitespace'),
};

function blank(text: Text): string {
  if (/^[ \t\r\n]*$/.test(text ?? '')) return text ?? '';
  throw fault('ArgumentException', 'The string for white space contains an invalid character.');
}

export const xmlDocumentType = declareType('class System.Xml.XmlDocument : XmlNode', {
  'new()': () => new DomDocument(),
  'new(XmlNameTable nt)': (_type: Type, table: Instance | null) => {
    const document = new DomDocument();
    document.nameTable = table ?? undefined;
    return document;
  },
  'void LoadXml(string xml)': load,
  'void Load(TextReader txtReader)': (document: D, source: TextSource | null) =>
    load(document, xmlTextOf(source, 'txtReader')),
  'void Save(TextWriter writer)': (document: D, sink: TextSink | null) =>
    appendTo(required(sink, 'writer'), savedXml(document)),
  'void Save(XmlWriter w)': (document: D, target: WriterValue | null) => {
    const value = required(target, 'w');
    save(value.writer, document);
    value.flush();
  },
  'XmlElement DocumentElement': ({ root }: D) => root ?? null,
  'XmlDocumentType DocumentType': ({ children }: D) =>
    children.find(({ kind }) => kind === 'doctype') ?? null,
  'bool PreserveWhitespace': {
    get: ({ keepsSpace }: D) => keepsSpace,
    set: (document: D, keeps: boolean) => {
      document.keepsSpace = keeps;
    },
  },
  'XmlNameTable NameTable': (document: D) => {
    document.nameTable ??= new Instance(named('System.Xml.NameTable'));
    return document.nameTable;
  },
  // Nothing outside the text is ever read, whatever resolver is set.
  'XmlResolver XmlResolver': { get: () => null, set: () => undefined },
  'XmlNode ImportNode(XmlNode node, bool deep)': (
    document: D,
    node: DomNode | null,
    isDeep: boolean,
  ) => {
    const given = required(node, 'node');
    if (given instanceof DomDocument && !given.isFragment) {
      throw fault('InvalidOperationException', "Cannot import nodes of type 'Document'.");
    }
    return copy(given, document, isDeep, 'imported');
  },
  'XmlElement GetElementById(string elementId)': () => null,
  'XmlNodeList GetElementsByTagName(string name)': elementsNamed,
  'XmlNodeList GetElementsByTagName(string localName, string namespaceURI)': elementsNamedIn,
  ...creation,
});

export const xmlDocumentFragmentType = declareType(
  'class System.Xml.XmlDocumentFragment : XmlNode',
  {},
);
