// Nodes that an XmlReader stands on, written or gathered whole.
import { XmlTextWriter, xmlNodeTypes } from '../../../../dotnet/index.ts';
import { type ReaderValue, readStates } from './xml-reader-value.ts';

/** Writes the node with all that is in it, or from the beginning all there is; the reader goes on. */
export function copyNode(reader: ReaderValue, writer: XmlTextWriter): void {
  if (reader.state === readStates.Initial && !reader.read()) return;
  const isWhole = reader.depth === 0 && reader.nodeType === xmlNodeTypes.XmlDeclaration;
  const depth = reader.depth;
  do copyOne(reader, writer);
  while (reader.read() && (isWhole || depth < reader.depth || isEndAt(reader, depth)));
}

/** The end tag of the node itself belongs to it. */
function isEndAt(reader: ReaderValue, depth: number): boolean {
  return reader.depth === depth && reader.nodeType === xmlNodeTypes.EndElement;
}

function copyOne(reader: ReaderValue, writer: XmlTextWriter): void {
  switch (reader.nodeType) {
    case xmlNodeTypes.Element:
      writer.startElement(reader.prefix, reader.localName, reader.namespace);
      for (const { prefix, localName, namespace, value } of reader.attributes) {
        writer.startAttribute(prefix, localName, namespace);
        writer.text(value);
        writer.endAttribute();
      }
      if (reader.node?.isEmpty) writer.endElement();
      break;
    case xmlNodeTypes.EndElement:
      writer.endElement(true);
      break;
    case xmlNodeTypes.Text:
      writer.text(reader.value);
      break;
    case xmlNodeTypes.CDATA:
      writer.cdata(reader.value);
      break;
    case xmlNodeTypes.Comment:
      writer.comment(reader.value);
      break;
    case xmlNodeTypes.ProcessingInstruction:
      writer.instruction(reader.localName, reader.value);
      break;
    case xmlNodeTypes.Whitespace:
    case xmlNodeTypes.SignificantWhitespace:
      writer.space(reader.value);
      break;
    default:
  }
}

/** Text of the node with all that is in it; the reader goes on behind it. */
export function outerText(reader: ReaderValue): string {
  let text = '';
  const writer = new XmlTextWriter(
    (piece) => {
      text += piece;
    },
    { conformance: 'fragment' },
  );
  copyNode(reader, writer);
  writer.close();
  return text;
}

/** XmlReader.MoveToContent: passes over what is no content. */
export function toContent(reader: ReaderValue): number {
  const skipped: readonly number[] = [
    xmlNodeTypes.None,
    xmlNodeTypes.ProcessingInstruction,
    xmlNodeTypes.Comment,
    xmlNodeTypes.DocumentType,
    xmlNodeTypes.Whitespace,
    xmlNodeTypes.SignificantWhitespace,
    xmlNodeTypes.XmlDeclaration,
  ];
  do {
    if (reader.nodeType === xmlNodeTypes.Attribute) reader.toElement();
    if (!skipped.includes(reader.nodeType)) return reader.nodeType;
  } while (reader.read());
  return reader.nodeType;
}
