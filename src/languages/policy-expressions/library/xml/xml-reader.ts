// System.Xml.XmlReader over the text of a StringReader.
import { type DotnetError, qualified, xmlError, xmlNodeTypes } from '../../../../dotnet/index.ts';
import { fault, invalidOperation, outOfRange, required } from '../../running/exceptions.ts';
import { known } from '../../types/hierarchy.ts';
import { declareEnum, declareType } from '../../types/registry.ts';
import { type TextSource, xmlTextOf } from './text-ends.ts';
import { contentMembers } from './xml-reader-content.ts';
import { outerText, toContent } from './xml-reader-copy.ts';
import type { ReaderSettingsValue } from './xml-reader-settings.ts';
import { ReaderValue, readStates } from './xml-reader-value.ts';

type R = ReaderValue;
type Text = string | null;

function create(source: TextSource | null, settings: ReaderSettingsValue | null = null): R {
  return new ReaderValue(xmlTextOf(source, 'input'), settings?.clone());
}

const { Element, EndElement } = xmlNodeTypes;
const typeNames = Object.keys(xmlNodeTypes);

/** The reader has a node of another type than the call is for. */
function wrongType(reader: R): DotnetError {
  const message = `'${typeNames[reader.nodeType]}' is an invalid XmlNodeType.`;
  return xmlError(message, reader.line, reader.position);
}

/** Passes over the node; false at the end of what holds it. */
function skip(reader: R): boolean {
  reader.toElement();
  const depth = reader.depth;
  if (reader.nodeType !== Element || reader.node!.isEmpty) return reader.read();
  while (reader.read() && depth < reader.depth);
  return reader.nodeType === EndElement && reader.read();
}

type Match = (reader: R) => boolean;

function byName(name: Text, namespace?: Text): Match {
  const wanted = required(name, namespace === undefined ? 'name' : 'localName');
  if (wanted === '') {
    throw fault('ArgumentException', 'The value cannot be an empty string.', 'name');
  }
  if (namespace === undefined)
    return (reader) => reader.nodeType === Element && reader.name === wanted;
  const uri = required(namespace, 'namespaceURI');
  return (reader) =>
    reader.nodeType === Element && reader.localName === wanted && reader.namespace === uri;
}

function toFollowing(reader: R, matches: Match): boolean {
  while (reader.read()) if (matches(reader)) return true;
  return false;
}

function toDescendant(reader: R, matches: Match): boolean {
  let depth = reader.depth;
  if (reader.nodeType !== Element) {
    if (reader.state !== readStates.Initial) return false;
    depth -= 1;
  } else if (reader.node!.isEmpty) return false;
  while (reader.read() && reader.depth > depth) if (matches(reader)) return true;
  return false;
}

function toNextSibling(reader: R, matches: Match): boolean {
  do {
    if (!skip(reader)) break;
    if (matches(reader)) return true;
  } while (reader.nodeType !== EndElement && reader.state !== readStates.EndOfFile);
  return false;
}

function requireElement(reader: R, name?: Text, namespace?: Text): void {
  if (toContent(reader) !== Element) throw wrongType(reader);
  if (name === undefined) return;
  const isNamed =
    namespace === undefined
      ? reader.name === name
      : reader.localName === name && reader.namespace === namespace;
  if (isNamed) return;
  const message =
    namespace === undefined
      ? `Element '${name}' was not found.`
      : `Element '${name}' with namespace name '${namespace}' was not found.`;
  throw xmlError(message, reader.line, reader.position);
}

function elementString(reader: R, name?: Text, namespace?: Text): string {
  requireElement(reader, name, namespace);
  if (reader.node!.isEmpty) {
    reader.read();
    return '';
  }
  reader.read();
  const text = plainText(reader);
  if (reader.nodeType !== EndElement) {
    const type = typeNames[reader.nodeType];
    const message = `Unexpected node type ${type}. ReadElementString method can only be called on elements with simple or empty content.`;
    throw xmlError(message, reader.line, reader.position);
  }
  reader.read();
  return text;
}

/** Text from here on, up to what is none. */
function plainText(reader: R): string {
  const { Text, CDATA, Whitespace, SignificantWhitespace } = xmlNodeTypes;
  let text = '';
  while (([Text, CDATA, Whitespace, SignificantWhitespace] as number[]).includes(reader.nodeType)) {
    text += reader.value;
    if (!reader.read()) break;
  }
  return text;
}

function readString(reader: R): string {
  if (reader.state !== readStates.Interactive) return '';
  reader.toElement();
  if (reader.nodeType === Element) {
    if (reader.node!.isEmpty) return '';
    if (!reader.read())
      throw invalidOperation('Operation is not valid due to the current state of the object.');
    if (reader.nodeType === EndElement) return '';
  }
  return plainText(reader);
}

function markup(reader: R, isInner: boolean): string {
  if (reader.state !== readStates.Interactive) return '';
  if (reader.attribute) {
    const { attribute } = reader;
    if (isInner) return attribute.value;
    return `${qualified(attribute)}="${attribute.value}"`;
  }
  if (reader.nodeType !== Element) {
    if (!isInner && reader.nodeType !== EndElement) return outerText(reader);
    reader.read();
    return '';
  }
  if (!isInner) return outerText(reader);
  let text = '';
  const isEmpty = reader.node!.isEmpty;
  const depth = reader.depth;
  reader.read();
  while (!isEmpty && reader.depth > depth) text += outerText(reader);
  if (!isEmpty) reader.read();
  return text;
}

function attributeAt(reader: R, index: number): string {
  const found = reader.attributes[index];
  if (!found) throw outOfRange('i');
  return found.value;
}

const attributeNamed = (reader: R, name: Text, namespace?: Text) =>
  reader.attributes[reader.indexOf(required(name, 'name'), namespace ?? undefined)]?.value ?? null;

const moving = {
  'bool Read()': (reader: R) => reader.read(),
  'void Skip()': (reader: R) => {
    if (reader.state === readStates.Interactive) skip(reader);
  },
  'void Close()': (reader: R) => reader.close(),
  'void Dispose()': (reader: R) => reader.close(),
  'XmlNodeType MoveToContent()': toContent,
  'bool MoveToElement()': (reader: R) => reader.toElement(),
  'bool MoveToFirstAttribute()': (reader: R) => reader.toAttribute(0),
  'bool MoveToNextAttribute()': (reader: R) => reader.toNextAttribute(),
  'bool MoveToAttribute(string name)': (reader: R, name: Text) =>
    reader.toAttribute(reader.indexOf(required(name, 'name'))),
  'bool MoveToAttribute(string name, string ns)': (reader: R, name: Text, uri: Text) =>
    reader.toAttribute(reader.indexOf(required(name, 'name'), uri ?? '')),
  'void MoveToAttribute(int i)': (reader: R, index: number) => {
    if (!reader.toAttribute(index)) throw outOfRange('i');
  },
  'bool ReadAttributeValue()': (reader: R) => reader.toAttributeValue(),
  'bool ReadToFollowing(string name)': (reader: R, name: Text) => toFollowing(reader, byName(name)),
  'bool ReadToFollowing(string localName, string namespaceURI)': (
    reader: R,
    name: Text,
    uri: Text,
  ) => toFollowing(reader, byName(name, uri)),
  'bool ReadToDescendant(string name)': (reader: R, name: Text) =>
    toDescendant(reader, byName(name)),
  'bool ReadToDescendant(string localName, string namespaceURI)': (
    reader: R,
    name: Text,
    uri: Text,
  ) => toDescendant(reader, byName(name, uri)),
  'bool ReadToNextSibling(string name)': (reader: R, name: Text) =>
    toNextSibling(reader, byName(name)),
  'bool ReadToNextSibling(string localName, string namespaceURI)': (
    reader: R,
    name: Text,
    uri: Text,
  ) => toNextSibling(reader, byName(name, uri)),
  'XmlReader ReadSubtree()': (reader: R) => {
    if (reader.nodeType !== Element) {
      throw invalidOperation(
        'ReadSubtree() can be called only if the reader is on an element node.',
      );
    }
    return reader.subtree();
  },
};

const elements = {
  'void ReadStartElement()': (reader: R) => {
    requireElement(reader);
    reader.read();
  },
  'void ReadStartElement(string name)': (reader: R, name: Text) => {
    requireElement(reader, name);
    reader.read();
  },
  'void ReadStartElement(string localname, string ns)': (reader: R, name: Text, uri: Text) => {
    requireElement(reader, name, uri);
    reader.read();
  },
  'void ReadEndElement()': (reader: R) => {
    if (toContent(reader) !== EndElement) throw wrongType(reader);
    reader.read();
  },
  'bool IsStartElement()': (reader: R) => toContent(reader) === Element,
  'bool IsStartElement(string name)': (reader: R, name: Text) =>
    toContent(reader) === Element && reader.name === name,
  'bool IsStartElement(string localname, string ns)': (reader: R, name: Text, uri: Text) =>
    toContent(reader) === Element && reader.localName === name && reader.namespace === uri,
  'string ReadElementString()': (reader: R) => elementString(reader),
  'string ReadElementString(string name)': elementString,
  'string ReadElementString(string localname, string ns)': elementString,
  'string ReadString()': readString,
  'string ReadInnerXml()': (reader: R) => markup(reader, true),
  'string ReadOuterXml()': (reader: R) => markup(reader, false),
};

const { Attribute, Text: TextType, CDATA, Comment } = xmlNodeTypes;
const withValue: readonly number[] = [
  ...[Attribute, TextType, CDATA, Comment],
  ...[xmlNodeTypes.ProcessingInstruction, xmlNodeTypes.DocumentType],
  ...[xmlNodeTypes.Whitespace, xmlNodeTypes.SignificantWhitespace, xmlNodeTypes.XmlDeclaration],
];

const properties = {
  'XmlReaderSettings Settings': ({ settings }: R) => settings,
  'XmlNodeType NodeType': ({ nodeType }: R) => nodeType,
  'string Name': ({ name }: R) => name,
  'string LocalName': ({ localName }: R) => localName,
  'string Prefix': ({ prefix }: R) => prefix,
  'string NamespaceURI': ({ namespace }: R) => namespace,
  'string Value': ({ value }: R) => value,
  'bool HasValue': ({ nodeType }: R) => withValue.includes(nodeType),
  'Type ValueType': () => known.string,
  'int Depth': ({ depth }: R) => depth,
  'string BaseURI': () => '',
  'bool IsEmptyElement': (reader: R) => reader.nodeType === Element && reader.node!.isEmpty,
  'bool IsDefault': () => false,
  'char QuoteChar': () => 0x22,
  'XmlSpace XmlSpace': ({ node }: R) => node?.space ?? 0,
  'string XmlLang': ({ node }: R) => node?.language ?? '',
  'int AttributeCount': ({ attributes }: R) => attributes.length,
  'bool HasAttributes': ({ attributes }: R) => attributes.length > 0,
  'bool EOF': ({ state }: R) => state === readStates.EndOfFile,
  'ReadState ReadState': ({ state }: R) => state,
  'XmlNameTable NameTable': ({ settings }: R) => settings.nameTable,
  'bool CanResolveEntity': () => true,
  'string this[int i]': attributeAt,
  'string this[string name]': (reader: R, name: Text) => attributeNamed(reader, name),
  'string this[string name, string namespaceURI]': attributeNamed,
  'string GetAttribute(int i)': attributeAt,
  'string GetAttribute(string name)': (reader: R, name: Text) => attributeNamed(reader, name),
  'string GetAttribute(string name, string namespaceURI)': attributeNamed,
  'string LookupNamespace(string prefix)': (reader: R, prefix: Text) =>
    reader.lookup(required(prefix, 'prefix')),
};

export const xmlReaderTypes = [
  declareEnum('System.Xml.ReadState', readStates),
  declareEnum('System.Xml.XmlSpace', { None: 0, Default: 1, Preserve: 2 }),
  declareType(
    'abstract class System.Xml.XmlReader : IDisposable, IXmlLineInfo',
    {
      'static XmlReader Create(TextReader input)': (source: TextSource | null) => create(source),
      'static XmlReader Create(TextReader input, XmlReaderSettings settings)': create,
      ...properties,
      ...moving,
      ...elements,
      ...contentMembers,
    },
    { dispose: (reader: R) => reader.close() },
  ),
];
