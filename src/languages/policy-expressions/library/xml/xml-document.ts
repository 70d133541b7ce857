// System.Xml.XmlDocument and its nodes, to read with: views of the tree that LINQ to XML has.
import { xmlText } from '../../../../dotnet/index.ts';
import { fault, required } from '../../running/exceptions.ts';
import { allocate } from '../../running/run.ts';
import { made } from '../../running/text.ts';
import { Instance } from '../../running/values.ts';
import { declareType, named } from '../../types/registry.ts';
import type { Type } from '../../types/type.ts';
import type { ResolverValue } from './namespace-resolver.ts';
import { AttributeValue, DocumentValue, ElementValue, type NodeValue } from './nodes.ts';
import { parseXml } from './reading.ts';
import { childrenOf, descendantsOf, neighbour } from './walking.ts';
import { plainText } from './writing.ts';
import { nodeTypeOf } from './x-object.ts';
import { evaluate, objectOf } from './xpath.ts';

type Text = string | null;
type Subject = NodeValue | DocumentValue | AttributeValue;

const typeNames: Record<string, string> = {
  element: 'XmlElement',
  text: 'XmlText',
  cdata: 'XmlCDataSection',
  comment: 'XmlComment',
  instruction: 'XmlProcessingInstruction',
  doctype: 'XmlDocumentType',
};

/** An XmlNode. */
export class NodeView extends Instance {
  subject: Subject;
  /** Of documents: whether loading keeps white space. */
  keepsSpace = false;

  constructor(subject: Subject, type?: Type) {
    super(
      type ?? named(`System.Xml.${'kind' in subject ? typeNames[subject.kind] : 'XmlAttribute'}`),
    );
    this.subject = subject;
  }

  /** Nodes beneath; an attribute has none here. */
  get children(): readonly NodeView[] {
    return 'kind' in this.subject ? childrenOf(this.subject).map(viewOf) : [];
  }

  [Symbol.iterator](): Iterator<NodeView> {
    return this.children[Symbol.iterator]();
  }
}

const views = new WeakMap<object, NodeView>();

/** One node is one reference. */
function viewOf(subject: Subject): NodeView {
  let view = views.get(subject);
  if (!view) {
    allocate(1);
    view = new NodeView(subject);
    views.set(subject, view);
  }
  return view;
}

/** An XmlNodeList or XmlAttributeCollection. */
class ViewList extends Instance {
  readonly items: readonly NodeView[];

  constructor(type: string, items: readonly NodeView[]) {
    super(named(`System.Xml.${type}`));
    this.items = items;
  }

  [Symbol.iterator](): Iterator<NodeView> {
    return this.items[Symbol.iterator]();
  }
}

const listOf = (items: readonly NodeView[]) => new ViewList('XmlNodeList', items);

function load(view: NodeView, text: Text): void {
  const document = parseXml(required(text, 'xml'), view.keepsSpace ? 1 : 0);
  view.subject = document;
  views.set(document, view);
}

function nameOf({ subject }: NodeView): string {
  if (!('kind' in subject) || subject.kind === 'element') {
    return subject.prefix === '' ? subject.localName : `${subject.prefix}:${subject.localName}`;
  }
  switch (subject.kind) {
    case 'document':
      return '#document';
    case 'cdata':
      return '#cdata-section';
    case 'instruction':
      return subject.target;
    case 'doctype':
      return subject.name;
    default:
      return `#${subject.kind}`;
  }
}

function contentOf({ subject }: NodeView): Text {
  if (!('kind' in subject)) return subject.value;
  if (subject.kind === 'instruction') return subject.data;
  return subject.kind === 'element' || subject.kind === 'document' || subject.kind === 'doctype'
    ? null
    : subject.value;
}

const textOf = (view: NodeView) =>
  contentOf(view) ?? made('kind' in view.subject ? xmlText(view.subject) : view.subject.value);

function outer({ subject }: NodeView): string {
  const declaration = subject instanceof DocumentValue ? (subject.declaration?.text ?? '') : '';
  return declaration + plainText(subject);
}

function select({ subject }: NodeView, path: Text, resolver: ResolverValue | null = null) {
  if (!('kind' in subject)) throw fault('NotSupportedException', 'Attributes have no paths here.');
  const result = evaluate(subject, path, resolver);
  if (result.kind !== 'nodes') {
    throw fault('System.Xml.XPath.XPathException', 'Expression must evaluate to a node-set.');
  }
  return result.nodes.map((found) => viewOf(objectOf(found) as Subject));
}

function named_(view: NodeView, name: Text): NodeView[] {
  if (!('kind' in view.subject)) return [];
  const all = [...descendantsOf(view.subject)].filter((node) => node instanceof ElementValue);
  const found = all.map(viewOf);
  return name === '*' ? found : found.filter((each) => nameOf(each) === name);
}

const attributesOf = ({ subject }: NodeView) =>
  subject instanceof ElementValue ? subject.attributes.map(viewOf) : [];

const attributeOf = (view: NodeView, name: Text) =>
  attributesOf(view).find((each) => nameOf(each) === name) ?? null;

function parentOf({ subject }: NodeView): NodeView | null {
  // The parent of an attribute is null in this model; its owner is another thing.
  return 'kind' in subject && subject.parent ? viewOf(subject.parent) : null;
}

function besideOf({ subject }: NodeView, step: 1 | -1): NodeView | null {
  const node = 'kind' in subject ? neighbour(subject, step) : null;
  return node && viewOf(node);
}

function namespaceOf({ subject }: NodeView): string {
  return subject instanceof ElementValue || subject instanceof AttributeValue
    ? subject.namespace
    : '';
}

const child = (view: NodeView, name: Text) =>
  view.children.find((each) => each.subject instanceof ElementValue && nameOf(each) === name) ??
  null;

const nodeMembers = {
  'string Name': nameOf,
  'string LocalName': (view: NodeView) => nameOf(view).replace(/^.*:/, ''),
  'string NamespaceURI': namespaceOf,
  'string Prefix': (view: NodeView) => /^(.*):/.exec(nameOf(view))?.[1] ?? '',
  'string Value': contentOf,
  'string InnerText': textOf,
  'string InnerXml': (view: NodeView) => made(view.children.map(outer).join('')),
  'string OuterXml': outer,
  'XmlNodeType NodeType': ({ subject }: NodeView) => nodeTypeOf(subject),
  'XmlNode ParentNode': parentOf,
  'XmlNode FirstChild': ({ children }: NodeView) => children[0] ?? null,
  'XmlNode LastChild': ({ children }: NodeView) => children.at(-1) ?? null,
  'XmlNode NextSibling': (view: NodeView) => besideOf(view, 1),
  'XmlNode PreviousSibling': (view: NodeView) => besideOf(view, -1),
  'bool HasChildNodes': ({ children }: NodeView) => children.length > 0,
  'XmlNodeList ChildNodes': ({ children }: NodeView) => listOf(children),
  'XmlAttributeCollection Attributes': (view: NodeView) =>
    view.subject instanceof ElementValue
      ? new ViewList('XmlAttributeCollection', attributesOf(view))
      : null,
  'XmlElement this[string name]': child,
  'XmlNode SelectSingleNode(string xpath)': (view: NodeView, path: Text) =>
    select(view, path)[0] ?? null,
  'XmlNode SelectSingleNode(string xpath, XmlNamespaceManager nsmgr)': (
    view: NodeView,
    path: Text,
    resolver: ResolverValue | null,
  ) => select(view, path, resolver)[0] ?? null,
  'XmlNodeList SelectNodes(string xpath)': (view: NodeView, path: Text) =>
    listOf(select(view, path)),
  'XmlNodeList SelectNodes(string xpath, XmlNamespaceManager nsmgr)': (
    view: NodeView,
    path: Text,
    resolver: ResolverValue | null,
  ) => listOf(select(view, path, resolver)),
};

const byName = {
  'XmlNodeList GetElementsByTagName(string name)': (view: NodeView, name: Text) =>
    listOf(named_(view, required(name, 'name'))),
};

const at = ({ items }: ViewList, index: number) => items[index] ?? null;

const plain = (name: string, base: string) => declareType(`class System.Xml.${name} : ${base}`, {});

export const xmlDocumentTypes = [
  declareType('abstract class System.Xml.XmlNode : IEnumerable<XmlNode>', nodeMembers, {
    json: outer,
  }),
  declareType('class System.Xml.XmlDocument : XmlNode', {
    'new()': (type: Type) => new NodeView(new DocumentValue(), type),
    'void LoadXml(string xml)': load,
    'XmlElement DocumentElement': ({ subject }: NodeView) => {
      const root = subject instanceof DocumentValue ? subject.root : null;
      return root && viewOf(root);
    },
    'XmlNameTable NameTable': () => new Instance(named('System.Xml.NameTable')),
    'bool PreserveWhitespace': {
      get: ({ keepsSpace }: NodeView) => keepsSpace,
      set: (view: NodeView, keeps: boolean) => {
        view.keepsSpace = keeps;
      },
    },
    ...byName,
  }),
  declareType('class System.Xml.XmlElement : XmlNode', {
    'string GetAttribute(string name)': (view: NodeView, name: Text) => {
      const found = attributeOf(view, name);
      return found ? contentOf(found) : '';
    },
    'XmlAttribute GetAttributeNode(string name)': attributeOf,
    'bool HasAttribute(string name)': (view: NodeView, name: Text) =>
      attributeOf(view, name) !== null,
    'bool HasAttributes': (view: NodeView) => attributesOf(view).length > 0,
    'bool IsEmpty': ({ subject }: NodeView) =>
      subject instanceof ElementValue && subject.selfClosing,
    ...byName,
  }),
  plain('XmlAttribute', 'XmlNode'),
  plain('XmlCharacterData', 'XmlNode'),
  ...['XmlText', 'XmlCDataSection', 'XmlComment'].map((name) => plain(name, 'XmlCharacterData')),
  plain('XmlProcessingInstruction', 'XmlNode'),
  plain('XmlDocumentType', 'XmlNode'),
  declareType('class System.Xml.XmlNodeList : IEnumerable<XmlNode>', {
    'int Count': ({ items }: ViewList) => items.length,
    'XmlNode Item(int index)': at,
    'XmlNode this[int i]': at,
  }),
  declareType('class System.Xml.XmlAttributeCollection : IEnumerable<XmlAttribute>', {
    'int Count': ({ items }: ViewList) => items.length,
    'XmlAttribute this[int i]': at,
    'XmlAttribute this[string name]': ({ items }: ViewList, name: Text) =>
      items.find((each) => nameOf(each) === name) ?? null,
  }),
];

/** The tree under a view, for JsonConvert.SerializeXmlNode. */
export function treeOf(view: NodeView): ElementValue | DocumentValue {
  const { subject } = view;
  if (subject instanceof ElementValue || subject instanceof DocumentValue) return subject;
  throw fault('ArgumentException', 'Only documents and elements become JSON here.', 'node');
}
