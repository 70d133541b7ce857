// System.Xml.XmlNodeList, XmlNamedNodeMap and XmlAttributeCollection: live lists of nodes.
import { fault, required } from '../../../running/exceptions.ts';
import { Instance } from '../../../running/values.ts';
import { declareType, named } from '../../../types/registry.ts';
import { removeAttribute, setAttribute } from './changing.ts';
import { DomAttribute, type DomElement, type DomNode } from './tree.ts';

type Text = string | null;

export class NodeList extends Instance {
  private readonly read: () => readonly DomNode[];

  constructor(read: () => readonly DomNode[]) {
    super(named('System.Xml.XmlNodeList'));
    this.read = read;
  }

  get items(): readonly DomNode[] {
    return this.read();
  }

  [Symbol.iterator](): Iterator<DomNode> {
    return this.items[Symbol.iterator]();
  }
}

export class AttributeCollection extends Instance {
  readonly element: DomElement;

  constructor(element: DomElement) {
    super(named('System.Xml.XmlAttributeCollection'));
    this.element = element;
  }

  get items(): readonly DomAttribute[] {
    return this.element.attributes;
  }

  [Symbol.iterator](): Iterator<DomAttribute> {
    return this.items[Symbol.iterator]();
  }
}

type A = AttributeCollection;

const item = ({ items }: NodeList | A, index: number) => items[index] ?? null;

function at({ items }: A, index: number): DomAttribute {
  const found = items[index];
  if (found) return found;
  const message = 'The index being passed in is out of range.';
  throw fault('IndexOutOfRangeException', message);
}

const find = ({ element }: A, name: Text, namespace?: Text) =>
  element.find(name ?? '', namespace ?? undefined) ?? null;

function beside(list: A, node: DomAttribute | null, other: DomAttribute | null, step: 0 | 1) {
  const given = required(node, 'newNode');
  if (given === other) return given;
  if (other && other.element !== list.element) {
    throw fault('ArgumentException', 'The reference node must be a child of the current node.');
  }
  if (given.element === list.element) removeAttribute(list.element, given);
  setAttribute(list.element, given);
  const { attributes } = list.element;
  const rest = attributes.filter((each) => each !== given);
  const index = other ? rest.indexOf(other) + step : step === 0 ? rest.length : 0;
  rest.splice(index, 0, given);
  list.element.attributes = rest;
  return given;
}

export const xmlNodeListTypes = [
  declareType('abstract class System.Xml.XmlNodeList : IEnumerable<XmlNode>', {
    'int Count': ({ items }: NodeList) => items.length,
    'XmlNode Item(int index)': item,
    'XmlNode this[int i]': item,
  }),
  declareType('class System.Xml.XmlNamedNodeMap : IEnumerable<XmlNode>', {
    'int Count': ({ items }: A) => items.length,
    'XmlNode Item(int index)': item,
    'XmlNode GetNamedItem(string name)': (list: A, name: Text) => find(list, name),
    'XmlNode GetNamedItem(string localName, string namespaceURI)': find,
    'XmlNode SetNamedItem(XmlNode node)': (list: A, node: DomNode | null) => {
      if (node === null) return null;
      if (!(node instanceof DomAttribute)) {
        const message = "An 'Attributes' collection can only contain Attribute objects.";
        throw fault('ArgumentException', message);
      }
      return setAttribute(list.element, node);
    },
    'XmlNode RemoveNamedItem(string name)': (list: A, name: Text) =>
      removeAttribute(list.element, find(list, name) ?? undefined),
    'XmlNode RemoveNamedItem(string localName, string namespaceURI)': (
      list: A,
      name: Text,
      uri: Text,
    ) => removeAttribute(list.element, find(list, name, uri) ?? undefined),
  }),
  declareType(
    'sealed class System.Xml.XmlAttributeCollection : XmlNamedNodeMap, IEnumerable<XmlAttribute>',
    {
      'XmlAttribute this[int i]': at,
      'XmlAttribute this[string name]': (list: A, name: Text) => find(list, name),
      'XmlAttribute this[string localName, string namespaceURI]': find,
      'XmlAttribute Append(XmlAttribute node)': (list: A, node: DomAttribute | null) =>
        beside(list, node, null, 0),
      'XmlAttribute Prepend(XmlAttribute node)': (list: A, node: DomAttribute | null) =>
        beside(list, node, null, 1),
      'XmlAttribute InsertBefore(XmlAttribute newNode, XmlAttribute refNode)': (
        list: A,
        node: DomAttribute | null,
        other: DomAttribute | null,
      ) => beside(list, node, other, 0),
      'XmlAttribute InsertAfter(XmlAttribute newNode, XmlAttribute refNode)': (
        list: A,
        node: DomAttribute | null,
        other: DomAttribute | null,
      ) => beside(list, node, other, 1),
      'XmlAttribute Remove(XmlAttribute node)': ({ element }: A, node: DomAttribute | null) =>
        removeAttribute(element, node ?? undefined),
      'XmlAttribute RemoveAt(int i)': ({ element }: A, index: number) =>
        removeAttribute(element, element.attributes[index]),
      'void RemoveAll()': ({ element }: A) => {
        for (const attribute of element.attributes) attribute.element = undefined;
        element.attributes = [];
      },
    },
  ),
];
