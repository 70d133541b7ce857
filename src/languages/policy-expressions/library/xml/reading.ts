// XML text to the tree of LINQ to XML.
import {
  readXml,
  type XmlDocument,
  type XmlElement,
  type XmlNode,
  xmlnsNamespace,
} from '../../../../dotnet/index.ts';
import { required } from '../../running/exceptions.ts';
import { charge } from '../../running/run.ts';
import { nameIn } from './names.ts';
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
} from './nodes.ts';

/** LoadOptions.PreserveWhitespace. */
const preserveWhitespace = 1;

/** XDocument.Parse. Throws System.Xml.XmlException. */
export function parseXml(text: string | null, options = 0): DocumentValue {
  const given = required(text, 's');
  charge(given.length);
  const whitespace = options & preserveWhitespace ? 'keep' : 'drop';
  return documentOf(readXml(given, { whitespace, entities: 'expand' }));
}

/** XElement.Parse: the root of a document, without the document. */
export function parseElement(text: string | null, options = 0): ElementValue {
  const document = parseXml(text, options);
  const root = document.root!;
  document.detach(root);
  return root;
}

/** The neutral tree as values. */
export function documentOf(tree: XmlDocument): DocumentValue {
  const document = new DocumentValue();
  if (tree.declaration) {
    const { version, encoding, standalone } = tree.declaration;
    document.declaration = new DeclarationValue(version ?? '1.0', encoding, standalone);
  }
  adopt(document, tree.children);
  return document;
}

function adopt(container: ContainerValue, children: readonly XmlNode[]): void {
  for (const child of children) {
    const node = nodeOf(child);
    node.parent = container;
    container.children.push(node);
  }
}

function nodeOf(node: XmlNode): NodeValue {
  switch (node.kind) {
    case 'element':
      return elementOf(node);
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
function elementOf(tree: XmlElement): ElementValue {
  const element = new ElementValue(nameIn(tree.namespace, tree.localName));
  for (const { prefix, localName, namespace, value } of tree.attributes) {
    const isDefault = namespace === xmlnsNamespace && prefix === '';
    const name = isDefault ? nameIn('', 'xmlns') : nameIn(namespace, localName);
    const attribute = new AttributeValue(name, value);
    attribute.parent = element;
    element.attributes.push(attribute);
  }
  element.selfClosing = tree.selfClosing;
  adopt(element, tree.children);
  return element;
}
