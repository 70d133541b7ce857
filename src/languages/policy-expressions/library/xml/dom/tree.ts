// The tree of XmlDocument. Its nodes have the shape of the neutral XML tree, so that XPath, the printer
// and the conversion to JSON work on them as they are.
import { xmlNamespace, xmlnsNamespace } from '../../../../../dotnet/index.ts';
import { allocate, charge } from '../../../running/run.ts';
import { Instance } from '../../../running/values.ts';
import { named } from '../../../types/registry.ts';
import { unitsPerNode } from '../limits.ts';

export type DomParent = DomElement | DomDocument;
/** What stands among the children of the neutral tree. */
export type DomChild = DomElement | DomText | DomCharacters | DomInstruction | DomDoctype;

const xml = (name: string) => named(`System.Xml.${name}`);

/** An XmlNode. */
export abstract class DomNode extends Instance {
  /** The document it was made for; a document has none. */
  readonly owner: DomDocument | undefined;
  parent: DomParent | undefined;

  constructor(type: string, owner: DomDocument | undefined, size: number) {
    super(xml(type));
    allocate(unitsPerNode + size);
    this.owner = owner;
  }

  /** ChildNodes, as .NET lists them. */
  get nodes(): readonly DomNode[] {
    return [];
  }

  [Symbol.iterator](): Iterator<DomNode> {
    return this.nodes[Symbol.iterator]();
  }
}

const textTypes = {
  Text: 'XmlText',
  Whitespace: 'XmlWhitespace',
  SignificantWhitespace: 'XmlSignificantWhitespace',
};

/** An XmlText, XmlWhitespace or XmlSignificantWhitespace. */
export class DomText extends DomNode {
  readonly kind = 'text';
  readonly variety: keyof typeof textTypes;
  value: string;

  constructor(owner: DomDocument, value: string, variety: keyof typeof textTypes = 'Text') {
    super(textTypes[variety], owner, value.length);
    this.value = value;
    this.variety = variety;
  }
}

/** An XmlCDataSection or XmlComment. */
export class DomCharacters extends DomNode {
  readonly kind: 'cdata' | 'comment';
  value: string;

  constructor(owner: DomDocument, kind: 'cdata' | 'comment', value: string) {
    super(kind === 'cdata' ? 'XmlCDataSection' : 'XmlComment', owner, value.length);
    this.kind = kind;
    this.value = value;
  }
}

export class DomInstruction extends DomNode {
  readonly kind = 'instruction';
  readonly target: string;
  data: string;

  constructor(owner: DomDocument, target: string, data: string) {
    super('XmlProcessingInstruction', owner, target.length + data.length);
    this.target = target;
    this.data = data;
  }
}

export class DomDoctype extends DomNode {
  readonly kind = 'doctype';
  readonly name: string;
  readonly publicId: string | undefined;
  readonly systemId: string | undefined;
  readonly internalSubset: string | undefined;

  constructor(
    owner: DomDocument,
    name: string,
    publicId?: string,
    systemId?: string,
    internalSubset?: string,
  ) {
    super('XmlDocumentType', owner, name.length + (internalSubset?.length ?? 0));
    this.name = name;
    this.publicId = publicId;
    this.systemId = systemId;
    this.internalSubset = internalSubset;
  }
}

/** An XmlDeclaration; the neutral tree keeps it beside the children. */
export class DomDeclaration extends DomNode {
  readonly version: string;
  encoding: string | undefined;
  standalone: string | undefined;

  constructor(owner: DomDocument, version: string, encoding: string, standalone: string) {
    super('XmlDeclaration', owner, 0);
    this.version = version;
    this.encoding = encoding === '' ? undefined : encoding;
    this.standalone = standalone === '' ? undefined : standalone;
  }

  get value(): string {
    const encoding = this.encoding === undefined ? '' : ` encoding="${this.encoding}"`;
    const alone = this.standalone === undefined ? '' : ` standalone="${this.standalone}"`;
    return `version="${this.version}"${encoding}${alone}`;
  }
}

export class DomAttribute extends DomNode {
  prefix: string;
  readonly localName: string;
  readonly namespace: string;
  value: string;
  element: DomElement | undefined;

  constructor(
    owner: DomDocument,
    prefix: string,
    localName: string,
    namespace: string,
    value: string,
  ) {
    super('XmlAttribute', owner, localName.length + value.length);
    this.prefix = prefix;
    this.localName = localName;
    this.namespace = namespace;
    this.value = value;
  }

  /** The value as a text; changing the text changes nothing. */
  override get nodes(): readonly DomNode[] {
    return this.value === '' ? [] : [new DomText(this.owner!, this.value)];
  }
}

export class DomElement extends DomNode {
  readonly kind = 'element';
  prefix: string;
  readonly localName: string;
  readonly namespace: string;
  attributes: DomAttribute[] = [];
  children: DomChild[] = [];
  /** Whether it prints as `<a />` while it has no children. */
  selfClosing = true;

  constructor(owner: DomDocument, prefix: string, localName: string, namespace: string) {
    super('XmlElement', owner, localName.length);
    this.prefix = prefix;
    this.localName = localName;
    this.namespace = namespace;
  }

  override get nodes(): readonly DomNode[] {
    return this.children;
  }

  find(name: string, namespace?: string): DomAttribute | undefined {
    charge(1 + (this.attributes.length >> 4));
    return this.attributes.find((each) =>
      namespace === undefined
        ? nameOf(each) === name
        : each.localName === name && each.namespace === namespace,
    );
  }
}

/** An XmlDocument, or an XmlDocumentFragment, which holds nodes the same way. */
export class DomDocument extends DomNode {
  readonly kind = 'document';
  declaration: DomDeclaration | undefined;
  children: DomChild[] = [];
  keepsSpace = false;
  nameTable: Instance | undefined;

  constructor(owner?: DomDocument) {
    super(owner ? 'XmlDocumentFragment' : 'XmlDocument', owner, 0);
  }

  override get nodes(): readonly DomNode[] {
    return this.declaration ? [this.declaration, ...this.children] : this.children;
  }

  get isFragment(): boolean {
    return this.owner !== undefined;
  }

  get root(): DomElement | undefined {
    return this.children.find((child): child is DomElement => child.kind === 'element');
  }

  /** The document that nodes for this place are made for. */
  get maker(): DomDocument {
    return this.owner ?? this;
  }
}

/** `prefix:name`. */
export function nameOf(named: DomElement | DomAttribute): string {
  return named.prefix === '' ? named.localName : `${named.prefix}:${named.localName}`;
}

/** The namespace a prefix stands for at a node. */
export function namespaceAt(node: DomNode, prefix: string): string | undefined {
  if (prefix === 'xml') return xmlNamespace;
  if (prefix === 'xmlns') return xmlnsNamespace;
  for (let at: DomNode | undefined = node; at; at = at.parent) {
    if (!(at instanceof DomElement)) continue;
    charge(1 + at.attributes.length);
    if (at.prefix === prefix) return at.namespace;
    for (const attribute of at.attributes) {
      if (attribute.namespace !== xmlnsNamespace) continue;
      if ((attribute.prefix === '' ? '' : attribute.localName) === prefix) return attribute.value;
    }
  }
  return undefined;
}
