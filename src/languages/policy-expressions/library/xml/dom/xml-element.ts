// System.Xml.XmlElement.
import { charge } from '../../../running/run.ts';
import { declareType } from '../../../types/registry.ts';
import { makeAttribute, makeAttributeNamed } from './building.ts';
import { removeAttribute, setAttribute } from './changing.ts';
import { type DomAttribute, DomElement, type DomNode, type DomParent, nameOf } from './tree.ts';
import { NodeList } from './xml-node-list.ts';

type Text = string | null;
type E = DomElement;

function* descendants(node: DomParent): Generator<DomElement> {
  const pending: DomNode[] = [...node.nodes].reverse();
  for (let next = pending.pop(); next; next = pending.pop()) {
    charge(1);
    if (!(next instanceof DomElement)) continue;
    yield next;
    for (let index = next.children.length - 1; index >= 0; index -= 1) {
      pending.push(next.children[index]!);
    }
  }
}

const listOf = (node: DomParent, matches: (element: E) => boolean) =>
  new NodeList(() => [...descendants(node)].filter(matches));

export const elementsNamed = (node: DomParent, name: Text) =>
  listOf(node, (element) => name === '*' || nameOf(element) === name);

export const elementsNamedIn = (node: DomParent, name: Text, uri: Text) =>
  listOf(
    node,
    (element) =>
      (name === '*' || element.localName === name) && (uri === '*' || element.namespace === uri),
  );

function find(element: E, name: Text, namespace?: Text): DomAttribute | null {
  return element.find(name ?? '', namespace ?? undefined) ?? null;
}

function attributeFor(element: E, name: Text, namespace: Text): DomAttribute {
  const found = find(element, name, namespace ?? '');
  if (found) return found;
  const attribute = makeAttributeNamed(element.owner!, '', name, namespace);
  setAttribute(element, attribute);
  return attribute;
}

function set(element: E, name: Text, value: Text): void {
  const found = find(element, name);
  const attribute = found ?? makeAttribute(element.owner!, name);
  attribute.value = value ?? '';
  if (!found) setAttribute(element, attribute);
}

const reading = {
  'string GetAttribute(string name)': (element: E, name: Text) => find(element, name)?.value ?? '',
  'string GetAttribute(string localName, string namespaceURI)': (
    element: E,
    name: Text,
    uri: Text,
  ) => find(element, name, uri ?? '')?.value ?? '',
  'XmlAttribute GetAttributeNode(string name)': (element: E, name: Text) => find(element, name),
  'XmlAttribute GetAttributeNode(string localName, string namespaceURI)': (
    element: E,
    name: Text,
    uri: Text,
  ) => find(element, name, uri ?? ''),
  'bool HasAttribute(string name)': (element: E, name: Text) => find(element, name) !== null,
  'bool HasAttribute(string localName, string namespaceURI)': (element: E, name: Text, uri: Text) =>
    find(element, name, uri ?? '') !== null,
  'bool HasAttributes': ({ attributes }: E) => attributes.length > 0,
  'bool IsEmpty': {
    get: ({ selfClosing, children }: E) => selfClosing && children.length === 0,
    set: (element: E, isEmpty: boolean) => {
      element.selfClosing = isEmpty;
      if (!isEmpty) return;
      for (const child of element.children) child.parent = undefined;
      element.children = [];
    },
  },
  'XmlNodeList GetElementsByTagName(string name)': elementsNamed,
  'XmlNodeList GetElementsByTagName(string localName, string namespaceURI)': elementsNamedIn,
};

const changing = {
  'void SetAttribute(string name, string value)': set,
  'string SetAttribute(string localName, string namespaceURI, string value)': (
    element: E,
    name: Text,
    uri: Text,
    value: Text,
  ) => {
    attributeFor(element, name, uri).value = value ?? '';
    return value;
  },
  'XmlAttribute SetAttributeNode(XmlAttribute newAttr)': setAttribute,
  'XmlAttribute SetAttributeNode(string localName, string namespaceURI)': attributeFor,
  'void RemoveAttribute(string name)': (element: E, name: Text) => {
    removeAttribute(element, find(element, name) ?? undefined);
  },
  'void RemoveAttribute(string localName, string namespaceURI)': (
    element: E,
    name: Text,
    uri: Text,
  ) => {
    removeAttribute(element, find(element, name, uri ?? '') ?? undefined);
  },
  'XmlAttribute RemoveAttributeNode(XmlAttribute oldAttr)': (
    element: E,
    attribute: DomAttribute | null,
  ) => removeAttribute(element, attribute ?? undefined),
  'XmlAttribute RemoveAttributeNode(string localName, string namespaceURI)': (
    element: E,
    name: Text,
    uri: Text,
  ) => removeAttribute(element, find(element, name, uri ?? '') ?? undefined),
  'XmlNode RemoveAttributeAt(int i)': (element: E, index: number) =>
    removeAttribute(element, element.attributes[index]),
  'void RemoveAllAttributes()': (element: E) => {
    for (const attribute of element.attributes) attribute.element = undefined;
    element.attributes = [];
  },
};

export const xmlElementType = declareType('class System.Xml.XmlElement : XmlLinkedNode', {
  ...reading,
  ...changing,
});
