// Text of nodes and attributes, and the text values have inside XML (XmlConvert).
import {
  type DateTimeOffsetValue,
  type DateTimeValue,
  type Decimal,
  type TimeSpanValue,
  writeLinqNode,
  writeXml,
  writeXmlAttribute,
  type XmlTextWriter,
  xmlDateTimeOffsetText,
  xmlDateTimeText,
  xmlDoubleText,
  xmlDurationText,
  xmlSingleText,
} from '../../../../dotnet/index.ts';
import { fault } from '../../running/exceptions.ts';
import { made, textOf } from '../../running/text.ts';
import { Boxed, stringOf } from '../../running/values.ts';
import {
  AttributeValue,
  DeclarationValue,
  type DocumentValue,
  type NodeValue,
  XmlObject,
} from './tree/index.ts';

/** SaveOptions. */
export const saveOptions = { None: 0, DisableFormatting: 1, OmitDuplicateNamespaces: 2 };

/** `ToString(options)` of a node; a document's declaration stays out. */
export function nodeText(
  node: NodeValue | DocumentValue,
  options: number = saveOptions.None,
): string {
  const indented = (options & saveOptions.DisableFormatting) === 0;
  const omitsDuplicateNamespaces = (options & saveOptions.OmitDuplicateNamespaces) !== 0;
  return made(writeXml(node, { indented, prefixes: 'resolve', omitsDuplicateNamespaces }));
}

/** Writes a node to a writer that is open. */
export function writeNode(writer: XmlTextWriter, node: NodeValue | DocumentValue): void {
  if (node.kind !== 'document') {
    writeLinqNode(writer, node);
    return;
  }
  writer.startDocument(node.declaration?.standalone);
  writeLinqNode(writer, node);
  writer.endDocument();
}

/** `ToString()` of an XObject. */
export function objectText(value: unknown): string {
  if (value instanceof AttributeValue) return made(writeXmlAttribute(value));
  if (value instanceof DeclarationValue) return value.text;
  return nodeText(value as NodeValue);
}

/** The unindented form, for rendered results. */
export function plainText(value: unknown): string {
  if (value instanceof AttributeValue) return objectText(value);
  return nodeText(value as NodeValue, saveOptions.DisableFormatting);
}

/** What content that is no node becomes (XContainer.GetStringValue). */
export function contentText(content: unknown): string {
  const text = stringOf(content);
  if (text !== undefined) return text;
  if (content instanceof XmlObject) {
    throw fault('ArgumentException', 'An XObject cannot be used as a value.');
  }
  if (!(content instanceof Boxed)) return textOf(content) ?? '';
  const { value, type } = content;
  switch (type.fullName) {
    case 'System.Boolean':
      return value ? 'true' : 'false';
    case 'System.Double':
      return xmlDoubleText(value as number);
    case 'System.Single':
      return xmlSingleText(value as number);
    case 'System.Decimal':
      return (value as Decimal).toString();
    case 'System.DateTime':
      return xmlDateTimeText(value as DateTimeValue);
    case 'System.DateTimeOffset':
      return xmlDateTimeOffsetText(value as DateTimeOffsetValue);
    case 'System.TimeSpan':
      return xmlDurationText(value as TimeSpanValue);
    default:
      return textOf(content) ?? '';
  }
}
