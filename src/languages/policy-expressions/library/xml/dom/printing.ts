// Text of XmlDocument's nodes: OuterXml, InnerXml, InnerText, Save.
import {
  writeHeldNode,
  writeXml,
  type XmlTextWriter,
  xmlText,
} from '../../../../../dotnet/index.ts';
import { made } from '../../../running/text.ts';
import {
  DomAttribute,
  DomCharacters,
  DomDeclaration,
  type DomDoctype,
  DomDocument,
  DomElement,
  DomInstruction,
  type DomNode,
  DomText,
} from './tree.ts';

/** The text a node holds itself, null where it holds none. */
export function contentOf(node: DomNode): string | null {
  if (node instanceof DomInstruction) return node.data;
  const holds =
    node instanceof DomText ||
    node instanceof DomCharacters ||
    node instanceof DomAttribute ||
    node instanceof DomDeclaration;
  return holds ? node.value : null;
}

/** InnerText. */
export function innerText(node: DomNode): string {
  if (node instanceof DomElement || node instanceof DomDocument) return made(xmlText(node));
  return contentOf(node) ?? '';
}

type Printed = DomElement | DomDocument | DomText | DomCharacters | DomInstruction | DomDoctype;

/** OuterXml. */
export function outerXml(node: DomNode): string {
  if (node instanceof DomAttribute) return attributeXml(node);
  if (node instanceof DomDeclaration) return `<?xml ${node.value}?>`;
  return made(writeXml(node as Printed, { prefixes: 'declare' }));
}

function attributeXml(attribute: DomAttribute): string {
  const owner = attribute.owner!;
  const holder = new DomElement(owner, '', 'a', '');
  const { prefix, localName, namespace, value } = attribute;
  holder.attributes.push(new DomAttribute(owner, prefix, localName, namespace, value));
  return writeXml(holder, { prefixes: 'keep' }).slice(3, -3);
}

/** Text as XmlDocument.Save writes it to a StringWriter. */
export function savedXml(document: DomDocument): string {
  const { version = '1.0', standalone } = document.declaration ?? {};
  const alone = standalone === undefined ? '' : ` standalone="${standalone}"`;
  const lineBreak = document.keepsSpace ? '' : '\n';
  const body = writeXml(document, {
    prefixes: 'declare',
    indented: !document.keepsSpace,
    declaration: false,
  });
  return made(`<?xml version="${version}" encoding="utf-16"${alone}?>${lineBreak}${body}`);
}

/** Writes a node to a writer that is open. */
export function write(writer: XmlTextWriter, node: DomNode): void {
  if (node instanceof DomAttribute) {
    writer.startAttribute(node.prefix, node.localName, node.namespace);
    writer.text(node.value);
    writer.endAttribute();
  } else if (node instanceof DomDeclaration) writer.startDocument(node.standalone);
  else {
    if (node instanceof DomDocument && node.declaration) write(writer, node.declaration);
    writeHeldNode(writer, node as Printed);
  }
}

/** XmlDocument.Save to a writer: a declaration is written in any case. */
export function save(writer: XmlTextWriter, document: DomDocument): void {
  if (document.nodes.length === 0) return;
  if (writer.state === 'Start') writer.startDocument(document.declaration?.standalone);
  writeHeldNode(writer, document);
}

/** InnerXml. */
export function innerXml(node: DomNode): string {
  if (node instanceof DomAttribute) return attributeXml(node).replace(/^[^"]*"|"$/g, '');
  return made(node.nodes.map((child) => outerXml(child)).join(''));
}
