// XML text to the neutral tree: namespaces and positions, in .NET's reading.
import { xmlNodesMax } from './limits.ts';
import { xmlError } from './xml-cursor.ts';
import { type XmlDocument, type XmlElement, type XmlNode, xmlNodeTypes } from './xml-node.ts';
import { type PulledNode, XmlPull } from './xml-pull.ts';

export interface XmlReadOptions {
  /** `drop` (default) removes text that is only white space, as XElement.Parse and XmlDocument do. */
  readonly whitespace?: 'drop' | 'keep';
  /** `keep` (default) holds the document type; nothing outside the text is ever read. */
  readonly doctype?: 'refuse' | 'keep';
  /** `refuse` (default) knows no entity, whatever the document type declares. */
  readonly entities?: 'refuse' | 'expand';
  /** Read as XmlDocument.LoadXml does, not as XmlReader.Create. */
  readonly isLegacy?: boolean;
}

/** Reads one document. Throws System.Xml.XmlException with line and position. */
export function readXml(text: string, options: XmlReadOptions = {}): XmlDocument {
  const { whitespace = 'drop', doctype, entities = 'refuse', isLegacy } = options;
  const pull = new XmlPull(text, {
    whitespace,
    doctype: doctype === 'refuse' ? 'refuse' : 'parse',
    entities,
    isLegacy,
  });
  const document: XmlDocument = { kind: 'document', children: [] };
  const open: (XmlElement | XmlDocument)[] = [document];
  let nodes = 0;
  while (pull.read()) {
    if (++nodes > xmlNodesMax) throw xmlError('The document has too many nodes.');
    const { node } = pull;
    if (node.type === xmlNodeTypes.EndElement) {
      open.pop();
      continue;
    }
    if (node.type === xmlNodeTypes.XmlDeclaration) {
      document.declaration = declarationOf(node);
      continue;
    }
    const parent = open.at(-1)!;
    const made = nodeOf(node);
    made.parent = parent;
    parent.children.push(made);
    if (made.kind === 'element' && !node.isEmpty) open.push(made);
  }
  return document;
}

function attributeValue({ attributes }: PulledNode, name: string): string | undefined {
  return attributes.find(({ localName }) => localName === name)?.value;
}

function declarationOf(node: PulledNode): XmlDocument['declaration'] {
  return {
    version: attributeValue(node, 'version') ?? '1.0',
    encoding: attributeValue(node, 'encoding'),
    standalone: attributeValue(node, 'standalone'),
  };
}

function nodeOf(node: PulledNode): XmlNode {
  const { line, position, value } = node;
  const place = { line, position };
  switch (node.type) {
    case xmlNodeTypes.Element:
      return elementOf(node);
    case xmlNodeTypes.CDATA:
      return { kind: 'cdata', value, ...place };
    case xmlNodeTypes.Comment:
      return { kind: 'comment', value, ...place };
    case xmlNodeTypes.ProcessingInstruction:
      return { kind: 'instruction', target: node.localName, data: value, ...place };
    case xmlNodeTypes.DocumentType:
      return {
        kind: 'doctype',
        name: node.localName,
        publicId: attributeValue(node, 'PUBLIC'),
        systemId: attributeValue(node, 'SYSTEM'),
        internalSubset: value,
        ...place,
      };
    default:
      return { kind: 'text', value, ...place };
  }
}

function elementOf(node: PulledNode): XmlElement {
  const { prefix, localName, namespace, isEmpty, line, position } = node;
  return {
    ...{ kind: 'element', prefix, localName, namespace, children: [], selfClosing: isEmpty },
    attributes: node.attributes.map((each) => ({
      prefix: each.prefix,
      localName: each.localName,
      namespace: each.namespace,
      value: each.value,
      line: each.line,
      position: each.position,
    })),
    ...{ line, position },
  };
}
