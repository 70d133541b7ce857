// Nodes of XmlDocument: read from text, made by name, copied.
import {
  continuesName,
  type PulledNode,
  writeXml,
  wrongInName,
  type XmlDocument,
  XmlPull,
  xmlError,
  xmlNamespace,
  xmlNodeTypes,
  xmlnsNamespace,
} from '../../../../../dotnet/index.ts';
import { fault, required } from '../../../running/exceptions.ts';
import { charge } from '../../../running/run.ts';
import { treeDepthMax } from '../limits.ts';
import { tooDeep } from '../tree/index.ts';
import { insert, removeChildren } from './changing.ts';
import {
  DomAttribute,
  DomCharacters,
  type DomChild,
  DomDeclaration,
  DomDoctype,
  DomDocument,
  DomElement,
  DomInstruction,
  type DomNode,
  type DomParent,
  DomText,
  namespaceAt,
} from './tree.ts';

type Text = string | null;

/** XmlDocument.LoadXml: what was there makes way. */
export function load(document: DomDocument, text: Text): void {
  const given = required(text, 'xml');
  charge(given.length);
  removeChildren(document);
  const whitespace = document.keepsSpace ? 'keep' : 'drop';
  fill(document, new XmlPull(given, { whitespace, doctype: 'parse', isLegacy: true }));
}

/** The neutral tree as an XmlDocument. */
export function domOf(tree: XmlDocument): DomDocument {
  const document = new DomDocument();
  document.keepsSpace = true;
  load(document, writeXml(tree));
  document.keepsSpace = false;
  return document;
}

/** InnerXml: a fragment in the namespaces of the node. */
export function loadContent(node: DomParent, text: Text): void {
  const given = text ?? '';
  charge(given.length);
  const pull = new XmlPull(given, {
    whitespace: 'keep',
    doctype: 'refuse',
    conformance: node instanceof DomDocument && !node.isFragment ? 'document' : 'fragment',
    isLegacy: true,
    namespaceOf: (prefix) => namespaceAt(node, prefix),
  });
  const holder = new DomDocument(node instanceof DomDocument ? node.maker : node.owner);
  fill(holder, pull);
  removeChildren(node);
  for (const child of [...holder.nodes]) insert(node, child, null);
}

function fill(top: DomDocument, pull: XmlPull): void {
  const open: DomParent[] = [top];
  while (pull.read()) {
    charge(1);
    const { node } = pull;
    if (node.type === xmlNodeTypes.EndElement) {
      open.pop();
      continue;
    }
    const parent = open.at(-1)!;
    const made = nodeOf(top.maker, node);
    made.parent = parent;
    if (made instanceof DomDeclaration) top.declaration = made;
    else parent.children.push(made as DomChild);
    if (made instanceof DomElement && !node.isEmpty) open.push(made);
  }
}

const partOf = ({ attributes }: PulledNode, name: string) =>
  attributes.find(({ localName }) => localName === name)?.value;

function nodeOf(owner: DomDocument, node: PulledNode): DomNode {
  const { value, localName } = node;
  switch (node.type) {
    case xmlNodeTypes.Element:
      return elementOf(owner, node);
    case xmlNodeTypes.CDATA:
      return new DomCharacters(owner, 'cdata', value);
    case xmlNodeTypes.Comment:
      return new DomCharacters(owner, 'comment', value);
    case xmlNodeTypes.ProcessingInstruction:
      return new DomInstruction(owner, localName, value);
    case xmlNodeTypes.XmlDeclaration: {
      const [version, encoding, standalone] = ['version', 'encoding', 'standalone'].map(
        (name) => partOf(node, name) ?? '',
      ) as [string, string, string];
      return new DomDeclaration(owner, version, encoding, standalone);
    }
    case xmlNodeTypes.DocumentType: {
      const [publicId, systemId] = ['PUBLIC', 'SYSTEM'].map((name) => partOf(node, name));
      return new DomDoctype(owner, localName, publicId, systemId, value);
    }
    case xmlNodeTypes.Whitespace:
      return new DomText(owner, value, 'Whitespace');
    case xmlNodeTypes.SignificantWhitespace:
      return new DomText(owner, value, 'SignificantWhitespace');
    default:
      return new DomText(owner, value);
  }
}

function elementOf(owner: DomDocument, node: PulledNode): DomElement {
  const element = new DomElement(owner, node.prefix, node.localName, node.namespace);
  element.selfClosing = node.isEmpty;
  for (const { prefix, localName, namespace, value } of node.attributes) {
    const attribute = new DomAttribute(owner, prefix, localName, namespace, value);
    attribute.element = element;
    element.attributes.push(attribute);
  }
  return element;
}

/** XmlDocument.CheckName: every character may stand in a name; the first may be any of them. */
export function requireName(name: string): string {
  for (let at = 0; at < name.length; at++) {
    const unit = name.charCodeAt(at);
    if (!continuesName(unit) && unit !== 0x3a) throw xmlError(wrongInName(name, at));
  }
  return name;
}

function split(name: Text): { readonly prefix: string; readonly localName: string } {
  const given = name ?? '';
  const colon = given.indexOf(':');
  if (colon <= 0 || colon === given.length - 1) return { prefix: '', localName: given };
  return { prefix: given.slice(0, colon), localName: given.slice(colon + 1) };
}

const emptyName = () =>
  fault(
    'ArgumentException',
    'The local name for elements or attributes cannot be null or an empty string.',
  );

export function makeElement(owner: DomDocument, name: Text, namespace: Text): DomElement {
  const { prefix, localName } = split(name);
  return makeElementNamed(owner, prefix, localName, namespace);
}

export function makeElementNamed(
  owner: DomDocument,
  prefix: Text,
  localName: Text,
  namespace: Text,
): DomElement {
  requireName(prefix ?? '');
  requireName(localName ?? '');
  if (!localName) throw emptyName();
  return new DomElement(owner, prefix ?? '', localName, namespace ?? '');
}

export function makeAttribute(owner: DomDocument, name: Text, namespace?: Text): DomAttribute {
  const { prefix, localName } = split(name);
  if (namespace !== undefined) return makeAttributeNamed(owner, prefix, localName, namespace);
  const uri =
    prefix === 'xmlns' || (prefix === '' && localName === 'xmlns')
      ? xmlnsNamespace
      : prefix === 'xml'
        ? xmlNamespace
        : '';
  return makeAttributeNamed(owner, prefix, localName, uri);
}

export function makeAttributeNamed(
  owner: DomDocument,
  prefix: Text,
  localName: Text,
  namespace: Text,
): DomAttribute {
  requireName(prefix ?? '');
  requireName(localName ?? '');
  if (!localName) throw emptyName();
  return new DomAttribute(owner, prefix ?? '', localName, namespace ?? '', '');
}

/** A copy without parent, for a document; without its content unless it is deep. */
export function copy(
  node: DomNode,
  owner: DomDocument,
  isDeep: boolean,
  by: 'cloned' | 'imported' = 'cloned',
  depth = 0,
): DomNode {
  charge(1);
  if (depth > treeDepthMax) throw tooDeep();
  if (node instanceof DomElement) {
    const element = new DomElement(owner, node.prefix, node.localName, node.namespace);
    element.selfClosing = by === 'imported' || node.selfClosing;
    for (const each of node.attributes) {
      const attribute = copy(each, owner, true) as DomAttribute;
      attribute.element = element;
      element.attributes.push(attribute);
    }
    if (isDeep) copyChildren(node, element, owner, by, depth);
    return element;
  }
  if (node instanceof DomDocument) {
    const document = new DomDocument(node.isFragment ? owner : undefined);
    document.keepsSpace = node.keepsSpace;
    if (isDeep) copyChildren(node, document, document.maker, by, depth);
    return document;
  }
  return copyLeaf(node, owner);
}

function copyChildren(
  from: DomParent,
  to: DomParent,
  owner: DomDocument,
  by: 'cloned' | 'imported',
  depth: number,
): void {
  for (const child of from.nodes) {
    const own = copy(child, owner, true, by, depth + 1);
    own.parent = to;
    if (own instanceof DomDeclaration) (to as DomDocument).declaration = own;
    else to.children.push(own as DomChild);
  }
}

function copyLeaf(node: DomNode, owner: DomDocument): DomNode {
  if (node instanceof DomText) return new DomText(owner, node.value, node.variety);
  if (node instanceof DomCharacters) return new DomCharacters(owner, node.kind, node.value);
  if (node instanceof DomInstruction) return new DomInstruction(owner, node.target, node.data);
  if (node instanceof DomAttribute) {
    const { prefix, localName, namespace, value } = node;
    return new DomAttribute(owner, prefix, localName, namespace, value);
  }
  if (node instanceof DomDeclaration) {
    const { version, encoding = '', standalone = '' } = node;
    return new DomDeclaration(owner, version, encoding, standalone);
  }
  const { name, publicId, systemId, internalSubset } = node as DomDoctype;
  return new DomDoctype(owner, name, publicId, systemId, internalSubset);
}
