// LINQ to XML's tree: names, elements, attributes, text and comments, each with its parent.
import {
  readXml,
  writeXml,
  writeXmlAttribute,
  type XmlAttribute,
  type XmlDocument,
  type XmlElement,
  type XmlNode,
  xmlnsNamespace,
} from '../../../../dotnet/index.ts';
import { invalidOperation, required } from '../../running/exceptions.ts';
import { allocate, charge } from '../../running/run.ts';
import { tick } from '../../running/sequences.ts';
import { Instance } from '../../running/values.ts';
import { named } from '../../types/registry.ts';

const space = 'System.Xml.Linq';

export class NamespaceValue extends Instance {
  readonly uri: string;

  constructor(uri: string) {
    super(named(`${space}.XNamespace`));
    this.uri = uri;
  }
}

export class NameValue extends Instance {
  readonly local: string;
  readonly uri: string;

  constructor(local: string, uri = '') {
    super(named(`${space}.XName`));
    this.local = local;
    this.uri = uri;
  }

  get text(): string {
    return this.uri === '' ? this.local : `{${this.uri}}${this.local}`;
  }
}

/** `{uri}local` or a bare local name. */
export function parseName(text: string): NameValue {
  const match = /^\{([^}]*)\}(.+)$/s.exec(text);
  return match ? new NameValue(match[2]!, match[1]) : new NameValue(text);
}

export abstract class ObjectValue extends Instance {
  parent: ContainerValue | null = null;

  get document(): DocumentValue | null {
    let node: ObjectValue | null = this;
    while (node && !(node instanceof DocumentValue)) node = node.parent;
    return node;
  }
}

export class AttributeValue extends ObjectValue {
  readonly name: NameValue;
  value: string;

  constructor(name: NameValue, value: string) {
    super(named(`${space}.XAttribute`));
    this.name = name;
    this.value = value;
  }

  get isDeclaration(): boolean {
    return (
      this.name.uri === xmlnsNamespace || (this.name.uri === '' && this.name.local === 'xmlns')
    );
  }

  remove(): void {
    const owner = this.parent as ElementValue | null;
    if (!owner) throw invalidOperation('The parent is missing.');
    owner.attributes.splice(owner.attributes.indexOf(this), 1);
    this.parent = null;
  }
}

export abstract class NodeValue extends ObjectValue {
  abstract clone(): NodeValue;

  remove(): void {
    if (!this.parent) throw invalidOperation('The parent is missing.');
    const { children } = this.parent;
    children.splice(children.indexOf(this), 1);
    this.parent = null;
  }

  sibling(offset: number): NodeValue | null {
    const children = this.parent?.children ?? [];
    return children[children.indexOf(this) + offset] ?? null;
  }
}

/** Text, CDATA, comments and processing instructions. */
export class DataValue extends NodeValue {
  readonly kind: 'text' | 'cdata' | 'comment' | 'instruction';
  value: string;
  readonly target: string;

  constructor(kind: DataValue['kind'], value: string, target = '') {
    const types = {
      text: 'XText',
      cdata: 'XCData',
      comment: 'XComment',
      instruction: 'XProcessingInstruction',
    };
    super(named(`${space}.${types[kind]}`));
    this.kind = kind;
    this.value = value;
    this.target = target;
  }

  clone(): NodeValue {
    return new DataValue(this.kind, this.value, this.target);
  }
}

export abstract class ContainerValue extends NodeValue {
  readonly children: NodeValue[] = [];

  insert(index: number, node: NodeValue): void {
    const own = node.parent ? node.clone() : node;
    allocate(1);
    own.parent = this;
    this.children.splice(index, 0, own);
  }

  append(node: NodeValue): void {
    this.insert(this.children.length, node);
  }

  /** Text next to text becomes one node, as strings added one after the other do. */
  appendText(text: string): void {
    if (text === '' && this.children.length > 0) return;
    const last = this.children[this.children.length - 1];
    if (last instanceof DataValue && last.kind === 'text') last.value += text;
    else this.append(new DataValue('text', text));
  }

  get elements(): ElementValue[] {
    return this.children.filter((child): child is ElementValue => child instanceof ElementValue);
  }

  *descendants(): Generator<NodeValue> {
    for (const child of [...this.children]) {
      tick();
      yield child;
      if (child instanceof ContainerValue) yield* child.descendants();
    }
  }

  get text(): string {
    let text = '';
    for (const child of this.children) {
      if (child instanceof DataValue && (child.kind === 'text' || child.kind === 'cdata'))
        text += child.value;
      else if (child instanceof ElementValue) text += child.text;
    }
    return text;
  }

  clear(): void {
    for (const child of this.children) child.parent = null;
    this.children.length = 0;
  }
}

export class ElementValue extends ContainerValue {
  name: NameValue;
  readonly attributes: AttributeValue[] = [];
  /** `<a></a>` as read; elements built with no content print as `<a />`. */
  hasEndTag = false;

  constructor(name: NameValue) {
    super(named(`${space}.XElement`));
    this.name = name;
  }

  addAttribute(attribute: AttributeValue): void {
    const { name } = attribute;
    if (this.find(name)) throw invalidOperation('Duplicate attribute.');
    const own = attribute.parent ? new AttributeValue(name, attribute.value) : attribute;
    own.parent = this;
    this.attributes.push(own);
  }

  find(name: NameValue): AttributeValue | undefined {
    return this.attributes.find(
      ({ name: own }) => own.local === name.local && own.uri === name.uri,
    );
  }

  get isEmpty(): boolean {
    return this.children.length === 0 && !this.hasEndTag;
  }

  setText(text: string): void {
    this.clear();
    this.hasEndTag = true;
    if (text !== '') this.appendText(text);
  }

  clone(): ElementValue {
    const copy = new ElementValue(this.name);
    copy.hasEndTag = this.hasEndTag;
    for (const { name, value } of this.attributes)
      copy.addAttribute(new AttributeValue(name, value));
    for (const child of this.children) copy.append(child.clone());
    return copy;
  }
}

export interface Declaration {
  version: string;
  encoding?: string;
  standalone?: string;
}

export class DocumentValue extends ContainerValue {
  declaration: Declaration | undefined;

  constructor() {
    super(named(`${space}.XDocument`));
  }

  get root(): ElementValue | null {
    return this.elements[0] ?? null;
  }

  clone(): NodeValue {
    const copy = new DocumentValue();
    copy.declaration = this.declaration;
    for (const child of this.children) copy.append(child.clone());
    return copy;
  }
}

/** Parses a document; `keep` holds white space between elements. */
export function parseXml(text: string | null, keep = false): DocumentValue {
  const given = required(text, 'text');
  charge(given.length);
  const read = readXml(given, { whitespace: keep ? 'keep' : 'drop' });
  const document = new DocumentValue();
  document.declaration = read.declaration;
  for (const child of read.children) attach(document, child);
  return document;
}

function attach(parent: ContainerValue, node: XmlNode): void {
  if (node.kind === 'element') {
    const element = new ElementValue(new NameValue(node.localName, node.namespace));
    element.hasEndTag = !node.selfClosing && node.children.length === 0;
    for (const { localName, namespace, value } of node.attributes) {
      const own = namespace === xmlnsNamespace && localName === 'xmlns' ? '' : namespace;
      element.addAttribute(new AttributeValue(new NameValue(localName, own), value));
    }
    for (const child of node.children) attach(element, child);
    parent.append(element);
  } else if (node.kind === 'instruction') {
    parent.append(new DataValue('instruction', node.data, node.target));
  } else if (node.kind !== 'doctype') parent.append(new DataValue(node.kind, node.value));
}

function attributeNode({ name, value }: AttributeValue): XmlAttribute {
  if (name.uri === '' && name.local === 'xmlns') {
    return { prefix: '', localName: 'xmlns', namespace: xmlnsNamespace, value };
  }
  const prefix = name.uri === xmlnsNamespace ? 'xmlns' : '';
  return { prefix, localName: name.local, namespace: name.uri, value };
}

/** The neutral node of a value, for printing and for XPath. */
export function neutral(node: NodeValue, links?: Map<object, ObjectValue>): XmlNode | XmlDocument {
  if (node instanceof DocumentValue) {
    const document: XmlDocument = { kind: 'document', children: [] };
    if (node.declaration) document.declaration = node.declaration;
    for (const child of node.children) adopt(document, neutral(child, links) as XmlNode);
    links?.set(document, node);
    return document;
  }
  let made: XmlNode;
  if (node instanceof ElementValue) {
    const element: XmlElement = {
      kind: 'element',
      prefix: '',
      localName: node.name.local,
      namespace: node.name.uri,
      attributes: node.attributes.map((attribute) => {
        const own = attributeNode(attribute);
        links?.set(own, attribute);
        return own;
      }),
      children: [],
      selfClosing: node.isEmpty,
    };
    for (const child of node.children) adopt(element, neutral(child, links) as XmlNode);
    made = element;
  } else {
    const { kind, value, target } = node as DataValue;
    made = kind === 'instruction' ? { kind, target, data: value } : { kind, value };
  }
  links?.set(made, node);
  return made;
}

function adopt(parent: XmlDocument | XmlElement, child: XmlNode): void {
  child.parent = parent;
  parent.children.push(child);
}

/** `ToString()`; `plain` is SaveOptions.DisableFormatting. */
export function nodeText(node: NodeValue, plain: boolean): string {
  const text = writeXml(neutral(node), {
    indented: !plain,
    declaration: false,
    prefixes: 'resolve',
  });
  allocate(text.length);
  return text;
}

export function attributeText(attribute: AttributeValue): string {
  return writeXmlAttribute(attributeNode(attribute));
}
