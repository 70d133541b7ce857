// XML text to the tree of LINQ to XML.
import {
  readXml,
  type XmlDocument,
  type XmlElement,
  type XmlNode,
  type XmlPlace,
  xmlNodeTypes,
  xmlnsNamespace,
} from '../../../../dotnet/index.ts';
import { invalidOperation, required } from '../../running/exceptions.ts';
import { charge } from '../../running/run.ts';
import {
  AttributeValue,
  CdataValue,
  CommentValue,
  type ContainerValue,
  DeclarationValue,
  DoctypeValue,
  DocumentValue,
  ElementValue,
  InstructionValue,
  type NodeValue,
  TextValue,
} from './tree/index.ts';
import { nameIn } from './tree/names.ts';
import { outerText, toContent } from './xml-reader-copy.ts';
import { type ReaderValue, readStates } from './xml-reader-value.ts';

/** LoadOptions.PreserveWhitespace. */
const preserveWhitespace = 1;
/** LoadOptions.SetLineInfo. */
const setLineInfo = 4;

/** XDocument.Parse. Throws System.Xml.XmlException. */
export function parseXml(text: string | null, options = 0): DocumentValue {
  const given = required(text, 's');
  charge(given.length);
  const whitespace = options & preserveWhitespace ? 'keep' : 'drop';
  const places = (options & setLineInfo) !== 0;
  return documentOf(readXml(given, { whitespace, entities: 'expand' }), places);
}

/** XElement.Parse: the root of a document, without the document. */
export function parseElement(text: string | null, options = 0): ElementValue {
  const document = parseXml(text, options);
  const root = document.root!;
  document.detach(root);
  return root;
}

/** The neutral tree as values. */
export function documentOf(tree: XmlDocument, places = false): DocumentValue {
  const document = new DocumentValue();
  if (tree.declaration) {
    const { version, encoding, standalone } = tree.declaration;
    document.declaration = new DeclarationValue(version ?? '1.0', encoding, standalone);
  }
  adopt(document, tree.children, places);
  return document;
}

function adopt(container: ContainerValue, children: readonly XmlNode[], places: boolean): void {
  for (const child of children) {
    const node = nodeOf(child, places);
    if (places) node.place = placeOf(child);
    node.parent = container;
    container.children.push(node);
  }
}

const placeOf = ({ line = 0, position = 0 }: XmlPlace) => ({ line, position });

function nodeOf(node: XmlNode, places: boolean): NodeValue {
  switch (node.kind) {
    case 'element':
      return elementOf(node, places);
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

/** The reader bounds the depth, so recursion is safe. */
function elementOf(tree: XmlElement, places: boolean): ElementValue {
  const element = new ElementValue(nameIn(tree.namespace, tree.localName));
  for (const each of tree.attributes) {
    const { prefix, localName, namespace, value } = each;
    const isDefault = namespace === xmlnsNamespace && prefix === '';
    const name = isDefault ? nameIn('', 'xmlns') : nameIn(namespace, localName);
    const attribute = new AttributeValue(name, value);
    attribute.parent = element;
    if (places) attribute.place = placeOf(each);
    element.attributes.push(attribute);
  }
  element.selfClosing = tree.selfClosing;
  adopt(element, tree.children, places);
  return element;
}

const typeNames = Object.keys(xmlNodeTypes);

/** XElement.Load: the element an XmlReader comes to, which must be all it holds. */
export function loadElement(reader: ReaderValue): ElementValue {
  if (toContent(reader) !== xmlNodeTypes.Element) {
    const type = typeNames[reader.nodeType];
    throw invalidOperation(
      `The XmlReader must be on a node of type Element instead of a node of type ${type}.`,
    );
  }
  const element = readNode(reader) as ElementValue;
  toContent(reader);
  if (reader.state !== readStates.EndOfFile) {
    throw invalidOperation('The XmlReader state should be EndOfFile after this operation.');
  }
  return element;
}

/** XNode.ReadFrom: the node an XmlReader stands on; the reader goes on behind it. */
export function readNode(reader: ReaderValue): NodeValue {
  if (reader.state !== readStates.Interactive) {
    throw invalidOperation('The XmlReader state should be Interactive.');
  }
  const { nodeType, value, localName } = reader;
  if (nodeType === xmlNodeTypes.Element) {
    return parseElement(outerText(reader), preserveWhitespace);
  }
  const made = leafOf(nodeType, localName, value);
  if (!made)
    throw invalidOperation(`The XmlReader should not be on a node of type ${typeNames[nodeType]}.`);
  reader.read();
  return made;
}

function leafOf(type: number, name: string, value: string): NodeValue | undefined {
  switch (type) {
    case xmlNodeTypes.Text:
    case xmlNodeTypes.Whitespace:
    case xmlNodeTypes.SignificantWhitespace:
      return new TextValue(value);
    case xmlNodeTypes.CDATA:
      return new CdataValue(value);
    case xmlNodeTypes.Comment:
      return new CommentValue(value);
    case xmlNodeTypes.ProcessingInstruction:
      return new InstructionValue(name, value);
    default:
      return undefined;
  }
}
