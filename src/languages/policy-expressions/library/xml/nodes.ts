// The tree of LINQ to XML. Its objects have the shape of the neutral XML tree, so that the printer,
// XPath and the conversion to JSON work on them as they are.
import { xmlNamespace, xmlnsNamespace, xmlText } from '../../../../dotnet/index.ts';
import { fault, invalidOperation } from '../../running/exceptions.ts';
import { allocate, charge } from '../../running/run.ts';
import { Instance } from '../../running/values.ts';
import { named } from '../../types/registry.ts';
import { treeDepthMax, unitsPerNode } from './limits.ts';
import { isDeclarationName, type NameValue } from './names.ts';

export type ContainerValue = ElementValue | DocumentValue;
export type NodeValue =
  | ElementValue
  | TextValue
  | CdataValue
  | CommentValue
  | InstructionValue
  | DoctypeValue;

const linq = (name: string) => named(`System.Xml.Linq.${name}`);

/** What XObject is the base of. */
export abstract class XmlObject extends Instance {
  parent: ContainerValue | undefined;
  annotations: unknown[] = [];
}

abstract class XmlNodeObject extends XmlObject {
  constructor(name: string, size: number) {
    super(linq(name));
    allocate(unitsPerNode + size);
  }
}

/** Characters of a node; setting them is counted. */
abstract class CharacterNode extends XmlNodeObject {
  private characters: string;

  constructor(name: string, value: string) {
    super(name, value.length);
    this.characters = value;
  }

  get value(): string {
    return this.characters;
  }

  set value(value: string) {
    allocate(value.length);
    this.characters = value;
  }
}

export class TextValue extends CharacterNode {
  readonly kind = 'text';

  constructor(value: string) {
    super('XText', value);
  }
}

export class CdataValue extends CharacterNode {
  readonly kind = 'cdata';

  constructor(value: string) {
    super('XCData', value);
  }
}

export class CommentValue extends CharacterNode {
  readonly kind = 'comment';

  constructor(value: string) {
    super('XComment', value);
  }
}

export class InstructionValue extends XmlNodeObject {
  readonly kind = 'instruction';
  target: string;
  data: string;

  constructor(target: string, data: string) {
    super('XProcessingInstruction', target.length + data.length);
    this.target = target;
    this.data = data;
  }
}

export class DoctypeValue extends XmlNodeObject {
  readonly kind = 'doctype';
  name: string;
  publicId: string | undefined;
  systemId: string | undefined;
  internalSubset: string | undefined;

  constructor(name: string, publicId?: string, systemId?: string, internalSubset?: string) {
    super('XDocumentType', name.length + (internalSubset?.length ?? 0));
    this.name = name;
    this.publicId = publicId;
    this.systemId = systemId;
    this.internalSubset = internalSubset;
  }
}

export class AttributeValue extends XmlObject {
  readonly name: NameValue;
  private characters: string;

  constructor(name: NameValue, value: string) {
    super(linq('XAttribute'));
    allocate(unitsPerNode + value.length);
    checkDeclaration(name, value);
    this.name = name;
    this.characters = value;
  }

  get value(): string {
    return this.characters;
  }

  set value(value: string) {
    allocate(value.length);
    checkDeclaration(this.name, value);
    this.characters = value;
  }

  get isDeclaration(): boolean {
    return isDeclarationName(this.name);
  }

  get localName(): string {
    return this.name.localName;
  }

  /** As the neutral tree has it: declarations are all in the namespace of declarations. */
  get namespace(): string {
    return this.isDeclaration ? xmlnsNamespace : this.name.space.uri;
  }

  get prefix(): string {
    const { uri } = this.name.space;
    if (uri === '') return '';
    if (uri === xmlnsNamespace) return 'xmlns';
    if (uri === xmlNamespace) return 'xml';
    const owner = this.parent;
    return owner?.kind === 'element' ? (prefixOf(owner, uri, false) ?? '') : '';
  }
}

function checkDeclaration(name: NameValue, value: string): void {
  if (!isDeclarationName(name)) return;
  const refuse = (message: string) => fault('ArgumentException', message);
  const { localName } = name;
  const isDefault = name.space.uri === '';
  if (value === '') {
    if (isDefault) return;
    throw refuse(`The prefix '${localName}' cannot be bound to the empty namespace name.`);
  }
  if (value === xmlNamespace && (isDefault || localName !== 'xml')) {
    throw refuse(
      "The prefix 'xml' is bound to the namespace name 'http://www.w3.org/XML/1998/namespace'. Other prefixes must not be bound to this namespace name, and it must not be declared as the default namespace.",
    );
  }
  if (value === xmlnsNamespace) {
    throw refuse(
      "The prefix 'xmlns' is bound to the namespace name 'http://www.w3.org/2000/xmlns/'. It must not be declared. Other prefixes must not be bound to this namespace name, and it must not be declared as the default namespace.",
    );
  }
}

/** Elements and documents: what holds nodes. */
abstract class Container extends XmlNodeObject {
  children: NodeValue[] = [];

  constructor(name: string) {
    super(name, 0);
  }

  /** Takes a node out; an element that loses its last node is empty, as if written `<a />`. */
  detach(node: NodeValue): void {
    const index = this.indexOf(node);
    this.children.splice(index, 1);
    node.parent = undefined;
    this.emptied();
  }

  indexOf(node: NodeValue): number {
    charge(1 + (this.children.length >> 4));
    return this.children.indexOf(node);
  }

  detachAll(): void {
    for (const child of this.children) child.parent = undefined;
    this.children = [];
    this.emptied();
  }

  protected emptied(): void {}
}

export class ElementValue extends Container {
  readonly kind = 'element';
  name: NameValue;
  attributes: AttributeValue[] = [];
  /** Whether the element has no content at all; an empty text is content. */
  selfClosing = true;

  constructor(name: NameValue) {
    super('XElement');
    this.name = name;
  }

  protected override emptied(): void {
    if (this.children.length === 0) this.selfClosing = true;
  }

  get localName(): string {
    return this.name.localName;
  }

  get namespace(): string {
    return this.name.space.uri;
  }

  get prefix(): string {
    const { uri } = this.name.space;
    return uri === '' ? '' : (prefixOf(this, uri, true) ?? '');
  }

  get text(): string {
    const text = xmlText(this);
    allocate(text.length);
    return text;
  }

  attribute(name: NameValue): AttributeValue | undefined {
    charge(1 + (this.attributes.length >> 4));
    return this.attributes.find((each) => sameName(each.name, name));
  }

  append(attribute: AttributeValue): void {
    const own = attribute.parent ? new AttributeValue(attribute.name, attribute.value) : attribute;
    if (this.attribute(own.name)) throw invalidOperation('Duplicate attribute.');
    own.parent = this;
    this.attributes.push(own);
  }
}

export class DocumentValue extends Container {
  readonly kind = 'document';
  declaration: DeclarationValue | undefined;

  constructor() {
    super('XDocument');
  }

  get root(): ElementValue | null {
    return this.children.find((child): child is ElementValue => child.kind === 'element') ?? null;
  }
}

/** An XDeclaration; no node of the tree. */
export class DeclarationValue extends Instance {
  version: string;
  encoding: string | undefined;
  standalone: string | undefined;

  constructor(version: string, encoding?: string, standalone?: string) {
    super(linq('XDeclaration'));
    this.version = version;
    this.encoding = encoding;
    this.standalone = standalone;
  }

  get text(): string {
    const encoding = this.encoding === undefined ? '' : ` encoding="${this.encoding}"`;
    const alone = this.standalone === undefined ? '' : ` standalone="${this.standalone}"`;
    return `<?xml version="${this.version}"${encoding}${alone}?>`;
  }
}

export function sameName(left: NameValue, right: NameValue): boolean {
  return left === right || left.text === right.text;
}

/** The namespace a prefix stands for at an element; undefined where it is declared nowhere. */
export function namespaceOfPrefix(element: ElementValue, prefix: string): string | undefined {
  if (prefix === 'xml') return xmlNamespace;
  if (prefix === 'xmlns') return xmlnsNamespace;
  for (let at: ContainerValue | undefined = element; at?.kind === 'element'; at = at.parent) {
    charge(1 + at.attributes.length);
    for (const { isDeclaration, name, value } of at.attributes) {
      if (isDeclaration && (name.space.uri === '' ? '' : name.localName) === prefix) return value;
    }
  }
  return undefined;
}

/** The nearest prefix of a namespace that nothing nearer redeclares. */
export function prefixOf(
  element: ElementValue,
  uri: string,
  allowDefault: boolean,
): string | undefined {
  if (uri === xmlNamespace) return 'xml';
  if (uri === xmlnsNamespace) return 'xmlns';
  const hidden = new Set<string>();
  for (let at: ContainerValue | undefined = element; at?.kind === 'element'; at = at.parent) {
    charge(1 + at.attributes.length);
    for (const { isDeclaration, name, value } of at.attributes) {
      if (!isDeclaration) continue;
      const prefix = name.space.uri === '' ? '' : name.localName;
      if (value === uri && !hidden.has(prefix) && (allowDefault || prefix !== '')) return prefix;
      hidden.add(prefix);
    }
  }
  return undefined;
}

/** A copy without parent. */
export function cloneNode<T extends NodeValue | DocumentValue>(node: T, depth = 0): T {
  return copy(node, depth) as T;
}

function copy(node: NodeValue | DocumentValue, depth: number): NodeValue | DocumentValue {
  charge(1);
  if (depth > treeDepthMax) throw tooDeep();
  switch (node.kind) {
    case 'element': {
      const element = new ElementValue(node.name);
      for (const { name, value } of node.attributes) {
        const attribute = new AttributeValue(name, value);
        attribute.parent = element;
        element.attributes.push(attribute);
      }
      element.selfClosing = node.selfClosing;
      fill(element, node.children, depth);
      return element;
    }
    case 'document': {
      const document = new DocumentValue();
      const { declaration } = node;
      if (declaration) {
        const { version, encoding, standalone } = declaration;
        document.declaration = new DeclarationValue(version, encoding, standalone);
      }
      fill(document, node.children, depth);
      return document;
    }
    case 'text':
      return new TextValue(node.value);
    case 'cdata':
      return new CdataValue(node.value);
    case 'comment':
      return new CommentValue(node.value);
    case 'instruction':
      return new InstructionValue(node.target, node.data);
    default:
      return new DoctypeValue(node.name, node.publicId, node.systemId, node.internalSubset);
  }
}

function fill(container: ContainerValue, children: readonly NodeValue[], depth: number): void {
  for (const child of children) {
    const own = copy(child, depth + 1) as NodeValue;
    own.parent = container;
    container.children.push(own);
  }
}

export function tooDeep() {
  const message = 'The XML is nested too deeply.';
  return fault('InsufficientExecutionStackException', message);
}
