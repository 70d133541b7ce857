// XmlReader's typed reading: ReadContentAs… and ReadElementContentAs….
import {
  type DotnetError,
  xmlBoolean,
  xmlDateTime,
  xmlDateTimeModes,
  xmlDateTimeOffset,
  xmlDecimal,
  xmlDouble,
  xmlError,
  xmlInteger,
  xmlNodeTypes,
  xmlSingle,
} from '../../../../dotnet/index.ts';
import { exceptionOf, invalidOperation, required } from '../../running/exceptions.ts';
import { today } from '../instants.ts';
import type { ReaderValue } from './xml-reader-value.ts';

type R = ReaderValue;
type Text = string | null;

const typeNames = Object.keys(xmlNodeTypes);
const { Element, EndElement, Attribute } = xmlNodeTypes;

/** What reads a text, and how .NET's messages name the type. */
const readers: Readonly<Record<string, readonly [string, (text: string) => unknown]>> = {
  'string String': ['String', (text) => text],
  'object Object': ['Object', (text) => text],
  'bool Boolean': ['Boolean', xmlBoolean],
  'int Int': ['Int', (text) => Number(xmlInteger(text, 'int'))],
  'long Long': ['Long', (text) => xmlInteger(text, 'long')],
  'double Double': ['Double', xmlDouble],
  'float Float': ['Float', xmlSingle],
  'decimal Decimal': ['Decimal', xmlDecimal],
  'DateTime DateTime': [
    'DateTime',
    (text) => xmlDateTime(text, xmlDateTimeModes.RoundtripKind, today()),
  ],
};

/** The text from here on; comments and instructions are passed over. */
function contentText(reader: R): string {
  if (reader.nodeType === Attribute) return reader.value;
  const { Text, CDATA, Whitespace, SignificantWhitespace } = xmlNodeTypes;
  const { ProcessingInstruction, Comment } = xmlNodeTypes;
  const texts: readonly number[] = [Text, CDATA, Whitespace, SignificantWhitespace];
  const passed: readonly number[] = [ProcessingInstruction, Comment];
  let text = '';
  for (;;) {
    if (texts.includes(reader.nodeType)) text += reader.value;
    else if (!passed.includes(reader.nodeType)) return text;
    if (!reader.read()) return text;
  }
}

function convert(reader: R, text: string, name: string, parse: (text: string) => unknown) {
  const { line, position } = reader;
  try {
    return parse(text);
  } catch (error) {
    const type = exceptionOf(error)?.type.fullName;
    if (type !== 'System.FormatException' && type !== 'System.OverflowException') throw error;
    throw xmlError(`Content cannot be converted to the type ${name}.`, line, position);
  }
}

function content(reader: R, name: string, parse: (text: string) => unknown): unknown {
  const { Element: element, None, Document, DocumentType, EndElement: end } = xmlNodeTypes;
  const refused: readonly number[] = [element, None, Document, DocumentType, end];
  if (refused.includes(reader.nodeType)) {
    throw invalidOperation(
      `The ReadContentAs${name} method is not supported on node type ${typeNames[reader.nodeType]}. If you want to read typed content of an element, use the ReadElementContentAs method.`,
    );
  }
  return convert(reader, contentText(reader), name, parse);
}

function elementContent(reader: R, name: string, parse: (text: string) => unknown): unknown {
  if (reader.nodeType !== Element) {
    throw invalidOperation(
      `The ReadElementContentAs${name} method is not supported on node type ${typeNames[reader.nodeType]}.`,
    );
  }
  const { isEmpty } = reader.node!;
  reader.read();
  if (isEmpty) return parse('');
  if (reader.nodeType === EndElement) {
    const value = parse('');
    reader.read();
    return value;
  }
  if (reader.nodeType === Element) throw mixed(reader);
  const value = convert(reader, contentText(reader), name, parse);
  if (reader.nodeType !== EndElement) throw mixed(reader);
  reader.read();
  return value;
}

function mixed(reader: R): DotnetError {
  const message =
    'ReadElementContentAs() methods cannot be called on an element that has child elements.';
  return xmlError(message, reader.line, reader.position);
}

function elementNamed(reader: R, localName: Text, namespace: Text): void {
  const name = required(localName, 'localName');
  const uri = required(namespace, 'namespaceURI');
  if (reader.localName === name && reader.namespace === uri) return;
  const message = `Element '${name}' with namespace name '${uri}' was not found.`;
  throw xmlError(message, reader.line, reader.position);
}

function members(): Record<string, unknown> {
  const list: [string, unknown][] = [];
  for (const [head, [name, parse]] of Object.entries(readers)) {
    const [type, suffix] = head.split(' ');
    list.push([`${type} ReadContentAs${suffix}()`, (reader: R) => content(reader, name, parse)]);
    const head_ = `${type} ReadElementContentAs${suffix}`;
    list.push([`${head_}()`, (reader: R) => elementContent(reader, name, parse)]);
    list.push([
      `${head_}(string localName, string namespaceURI)`,
      (reader: R, localName: Text, namespace: Text) => {
        elementNamed(reader, localName, namespace);
        return elementContent(reader, name, parse);
      },
    ]);
  }
  list.push([
    'DateTimeOffset ReadContentAsDateTimeOffset()',
    (reader: R) => content(reader, 'DateTimeOffset', (text) => xmlDateTimeOffset(text, today())),
  ]);
  return Object.fromEntries(list);
}

export const contentMembers = members();
