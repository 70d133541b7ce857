// System.Xml.XmlNode: what every node of an XmlDocument has.
import { xmlNodeTypes } from '../../../../../dotnet/index.ts';
import { fault, invalidOperation, nullReference, required } from '../../../running/exceptions.ts';
import { declareType } from '../../../types/registry.ts';
import type { ResolverValue } from '../xml-namespace-manager.ts';
import type { WriterValue } from '../xml-writer.ts';
import { evaluate } from '../xpath.ts';
import { copy, loadContent } from './building.ts';
import { insert, remove, removeChildren } from './changing.ts';
import { contentOf, innerText, innerXml, outerXml, write } from './printing.ts';
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
  DomText,
  nameOf,
  namespaceAt,
} from './tree.ts';
import { AttributeCollection, NodeList } from './xml-node-list.ts';

type Text = string | null;

export function nodeName(node: DomNode): string {
  if (node instanceof DomElement || node instanceof DomAttribute) return nameOf(node);
  if (node instanceof DomInstruction) return node.target;
  if (node instanceof DomDoctype) return node.name;
  if (node instanceof DomDeclaration) return 'xml';
  if (node instanceof DomDocument) return node.isFragment ? '#document-fragment' : '#document';
  if (node instanceof DomCharacters) return node.kind === 'cdata' ? '#cdata-section' : '#comment';
  const { variety } = node as DomText;
  return `#${variety === 'SignificantWhitespace' ? 'significant-whitespace' : variety.toLowerCase()}`;
}

export function nodeTypeOf(node: DomNode): number {
  if (node instanceof DomElement) return xmlNodeTypes.Element;
  if (node instanceof DomAttribute) return xmlNodeTypes.Attribute;
  if (node instanceof DomText) return xmlNodeTypes[node.variety];
  if (node instanceof DomInstruction) return xmlNodeTypes.ProcessingInstruction;
  if (node instanceof DomDoctype) return xmlNodeTypes.DocumentType;
  if (node instanceof DomDeclaration) return xmlNodeTypes.XmlDeclaration;
  if (node instanceof DomCharacters) {
    return node.kind === 'cdata' ? xmlNodeTypes.CDATA : xmlNodeTypes.Comment;
  }
  return (node as DomDocument).isFragment ? xmlNodeTypes.DocumentFragment : xmlNodeTypes.Document;
}

const typeName = (node: DomNode) => Object.keys(xmlNodeTypes)[nodeTypeOf(node)];

function setValue(node: DomNode, value: Text): void {
  const text = value ?? '';
  if (node instanceof DomText || node instanceof DomCharacters || node instanceof DomAttribute) {
    node.value = text;
  } else if (node instanceof DomInstruction) node.data = text;
  else throw invalidOperation(`Cannot set a value on node type '${typeName(node)}'.`);
}

function setInnerText(node: DomNode, value: Text): void {
  if (node instanceof DomElement || (node instanceof DomDocument && node.isFragment)) {
    removeChildren(node);
    insert(node, new DomText(node.owner!, value ?? ''), null);
  } else if (node instanceof DomDocument) {
    throw invalidOperation("The 'InnerText' of a 'Document' node is read-only and cannot be set.");
  } else setValue(node, value);
}

function setInnerXml(node: DomNode, value: Text): void {
  if (node instanceof DomElement || node instanceof DomDocument) loadContent(node, value);
  else if (node instanceof DomAttribute) setValue(node, value);
  else
    throw invalidOperation(
      "Cannot set the 'InnerXml' for the current node because it is either read-only or cannot have children.",
    );
}

function select(node: DomNode, path: Text, resolver: ResolverValue | null = null): DomNode[] {
  if (!('kind' in node)) throw fault('NotSupportedException', 'This node has no paths here.');
  const result = evaluate(node as DomChild | DomDocument, path, resolver);
  if (result.kind !== 'nodes') {
    throw fault('System.Xml.XPath.XPathException', 'Expression must evaluate to a node-set.');
  }
  return result.nodes.flatMap((found) => {
    if (found.kind === 'namespace') return [];
    return [(found.kind === 'attribute' ? found.attribute : found) as unknown as DomNode];
  });
}

/** The node before or after. */
function besideOf(node: DomNode, step: 1 | -1): DomNode | null {
  const siblings = node.parent?.nodes ?? [];
  const index = siblings.indexOf(node);
  return index < 0 ? null : (siblings[index + step] ?? null);
}

const child = (node: DomNode, matches: (element: DomElement) => boolean) =>
  node.nodes.find((each) => each instanceof DomElement && matches(each)) ?? null;

function prefixAt(node: DomNode, namespace: Text): string {
  for (let at: DomNode | undefined = node; at; at = at.parent) {
    if (!(at instanceof DomElement)) continue;
    if (at.namespace === namespace) return at.prefix;
    const found = at.attributes.find(
      ({ prefix, value }) => prefix === 'xmlns' && value === namespace,
    );
    if (found) return found.localName;
  }
  return '';
}

const names = {
  'string Name': nodeName,
  'string LocalName': (node: DomNode) =>
    node instanceof DomElement || node instanceof DomAttribute ? node.localName : nodeName(node),
  'string NamespaceURI': (node: DomNode) =>
    node instanceof DomElement || node instanceof DomAttribute ? node.namespace : '',
  'string Prefix': {
    get: (node: DomNode) =>
      node instanceof DomElement || node instanceof DomAttribute ? node.prefix : '',
    set: (node: DomNode, prefix: Text) => {
      if (node instanceof DomElement || node instanceof DomAttribute) node.prefix = prefix ?? '';
    },
  },
  'XmlNodeType NodeType': nodeTypeOf,
  'string BaseURI': () => '',
  'bool IsReadOnly': (node: DomNode) => node instanceof DomDoctype,
};

const contents = {
  'string Value': { get: contentOf, set: setValue },
  'string InnerText': { get: innerText, set: setInnerText },
  'string InnerXml': { get: innerXml, set: setInnerXml },
  'string OuterXml': (node: DomNode) => outerXml(node),
  'void WriteTo(XmlWriter w)': (node: DomNode, target: WriterValue | null) =>
    write(required(target, 'w').writer, node),
  'void WriteContentTo(XmlWriter w)': (node: DomNode, target: WriterValue | null) => {
    for (const each of node.nodes) write(required(target, 'w').writer, each);
  },
};

const places = {
  'XmlDocument OwnerDocument': (node: DomNode) => node.owner ?? null,
  'XmlNode ParentNode': ({ parent }: DomNode) => parent ?? null,
  'XmlNode FirstChild': ({ nodes }: DomNode) => nodes[0] ?? null,
  'XmlNode LastChild': ({ nodes }: DomNode) => nodes.at(-1) ?? null,
  'XmlNode NextSibling': (node: DomNode) => besideOf(node, 1),
  'XmlNode PreviousSibling': (node: DomNode) => besideOf(node, -1),
  'bool HasChildNodes': ({ nodes }: DomNode) => nodes.length > 0,
  'XmlNodeList ChildNodes': (node: DomNode) => new NodeList(() => node.nodes),
  'XmlAttributeCollection Attributes': (node: DomNode) =>
    node instanceof DomElement ? new AttributeCollection(node) : null,
  'XmlElement this[string name]': (node: DomNode, name: Text) =>
    child(node, (element) => nameOf(element) === name),
  'XmlElement this[string localname, string ns]': (node: DomNode, name: Text, uri: Text) =>
    child(node, (element) => element.localName === name && element.namespace === uri),
  'string GetNamespaceOfPrefix(string prefix)': (node: DomNode, prefix: Text) =>
    prefix === null ? '' : (namespaceAt(node, prefix) ?? ''),
  'string GetPrefixOfNamespace(string namespaceURI)': prefixAt,
};

const selecting = {
  'XmlNode SelectSingleNode(string xpath)': (node: DomNode, path: Text) =>
    select(node, path)[0] ?? null,
  'XmlNode SelectSingleNode(string xpath, XmlNamespaceManager nsmgr)': (
    node: DomNode,
    path: Text,
    resolver: ResolverValue | null,
  ) => select(node, path, resolver)[0] ?? null,
  'XmlNodeList SelectNodes(string xpath)': (node: DomNode, path: Text) => {
    const found = select(node, path);
    return new NodeList(() => found);
  },
  'XmlNodeList SelectNodes(string xpath, XmlNamespaceManager nsmgr)': (
    node: DomNode,
    path: Text,
    resolver: ResolverValue | null,
  ) => {
    const found = select(node, path, resolver);
    return new NodeList(() => found);
  },
};

type Child = DomNode | null;

/** A node that is to be inserted; .NET does not ask for null. */
function given(node: Child): DomNode {
  if (node === null) throw nullReference();
  return node;
}

function insertAfter(node: DomNode, added: Child, after: Child): DomNode {
  if (after && after.parent !== node) {
    throw fault('ArgumentException', 'The reference node is not a child of this node.');
  }
  return insert(node, given(added), after ? besideOf(after, 1) : (node.nodes[0] ?? null));
}

function replace(node: DomNode, added: Child, old: Child): DomNode {
  const next = besideOf(required(old, 'oldChild'), 1);
  remove(node, old);
  insert(node, given(added), next === added ? besideOf(next!, 1) : next);
  return old!;
}

const changing = {
  'XmlNode AppendChild(XmlNode newChild)': (node: DomNode, added: Child) =>
    insert(node, given(added), null),
  'XmlNode PrependChild(XmlNode newChild)': (node: DomNode, added: Child) =>
    insert(node, given(added), node.nodes[0] ?? null),
  'XmlNode InsertBefore(XmlNode newChild, XmlNode refChild)': (
    node: DomNode,
    added: Child,
    before: Child,
  ) => insert(node, given(added), before),
  'XmlNode InsertAfter(XmlNode newChild, XmlNode refChild)': insertAfter,
  'XmlNode ReplaceChild(XmlNode newChild, XmlNode oldChild)': replace,
  'XmlNode RemoveChild(XmlNode oldChild)': remove,
  'void RemoveAll()': (node: DomNode) => {
    removeChildren(node);
    if (!(node instanceof DomElement)) return;
    for (const attribute of node.attributes) attribute.element = undefined;
    node.attributes = [];
  },
  'XmlNode CloneNode(bool deep)': (node: DomNode, isDeep: boolean) =>
    copy(node, node.owner ?? (node as DomDocument), isDeep),
  'XmlNode Clone()': (node: DomNode) => copy(node, node.owner ?? (node as DomDocument), true),
  'void Normalize()': () => undefined,
  'bool Supports(string feature, string version)': (_node: DomNode, feature: Text, version: Text) =>
    feature?.toUpperCase() === 'XML' && (version === null || /^[12]\.0$/.test(version)),
};

export const xmlNodeType = declareType(
  'abstract class System.Xml.XmlNode : IEnumerable<XmlNode>',
  { ...names, ...contents, ...places, ...selecting, ...changing },
  { json: outerXml },
);

export const xmlLinkedNodeType = declareType(
  'abstract class System.Xml.XmlLinkedNode : XmlNode',
  {},
);
