// System.Xml.XmlWriter over a StringBuilder, a StringWriter or another XmlWriter.
import {
  type DateTimeOffsetValue,
  type DateTimeValue,
  type Decimal,
  XmlTextWriter,
  xmlDateTimeOffsetText,
  xmlDateTimeText,
  xmlDoubleText,
  xmlSingleText,
} from '../../../../dotnet/index.ts';
import { required } from '../../running/exceptions.ts';
import { allocate, charge } from '../../running/run.ts';
import { Instance } from '../../running/values.ts';
import { declareEnum, declareType, named } from '../../types/registry.ts';
import { appendTo, type TextSink } from './text-ends.ts';
import { contentText } from './writing.ts';
import { copyNode } from './xml-reader-copy.ts';
import type { ReaderValue } from './xml-reader-value.ts';
import { type WriterSettings, WriterSettingsValue } from './xml-writer-settings.ts';

type Text = string | null;

/** An XmlWriter; what it writes arrives with Flush, Close or Dispose. */
export class WriterValue extends Instance {
  readonly writer: XmlTextWriter;
  readonly settings: WriterSettings;
  private readonly sink: TextSink;
  private pieces: string[] = [];

  constructor(sink: TextSink, settings: WriterSettings) {
    super(named('System.Xml.XmlWriter'));
    this.sink = sink;
    this.settings = settings;
    const receive = (text: string) => {
      charge(1);
      allocate(text.length);
      this.pieces.push(text);
    };
    this.writer = new XmlTextWriter(receive, {
      indented: settings.indent,
      indentation: settings.indentChars,
      newLine: settings.newLineChars,
      lineBreaks: (['replace', 'entitize', 'keep'] as const)[settings.newLineHandling],
      attributesOnLines: settings.newLineOnAttributes && settings.indent,
      checksCharacters: settings.checkCharacters,
      conformance: (['auto', 'fragment', 'document'] as const)[settings.conformanceLevel],
      omitsDuplicateNamespaces: settings.namespaceHandling === 1,
      implicitDeclaration: settings.omitXmlDeclaration
        ? undefined
        : 'version="1.0" encoding="utf-16"',
    });
  }

  flush(): void {
    appendTo(this.sink, this.pieces.join(''));
    this.pieces = [];
  }

  close(): void {
    this.writer.close();
    this.flush();
  }
}

/** Writes to a StringWriter with the settings of XDocument.Save. */
export function saveTo(
  sink: TextSink,
  write: (writer: XmlTextWriter) => void,
  options: number,
): void {
  const settings = new WriterSettingsValue();
  settings.indent = (options & 1) === 0;
  settings.namespaceHandling = options & 2 ? 1 : 0;
  const value = new WriterValue(sink, settings);
  write(value.writer);
  value.close();
}

type W = WriterValue;

const documents = {
  'void WriteStartDocument()': ({ writer }: W) => writer.startDocument(),
  'void WriteStartDocument(bool standalone)': ({ writer }: W, standalone: boolean) =>
    writer.startDocument(standalone ? 'yes' : 'no'),
  'void WriteEndDocument()': ({ writer }: W) => writer.endDocument(),
  'void WriteDocType(string name, string pubid, string sysid, string subset)': (
    { writer }: W,
    name: Text,
    publicId: Text,
    systemId: Text,
    subset: Text,
  ) => writer.doctype(required(name, 'name'), publicId, systemId, subset),
  'void Flush()': (value: W) => value.flush(),
  'void Close()': (value: W) => value.close(),
  'void Dispose()': (value: W) => value.close(),
  'string LookupPrefix(string ns)': ({ writer }: W, uri: Text) =>
    writer.prefixOf(required(uri, 'ns')) ?? null,
  'XmlWriterSettings Settings': ({ settings }: W) => settings,
};

function element(value: W, prefix: Text, localName: Text, uri: Text, text: Text): void {
  value.writer.startElement(prefix, localName ?? '', uri);
  if (text) value.writer.text(text);
  value.writer.endElement();
}

function attribute(value: W, prefix: Text, localName: Text, uri: Text, text: Text): void {
  value.writer.startAttribute(prefix, localName ?? '', uri);
  value.writer.text(text ?? '');
  value.writer.endAttribute();
}

const elements = {
  'void WriteStartElement(string localName)': ({ writer }: W, localName: Text) =>
    writer.startElement(null, localName ?? '', null),
  'void WriteStartElement(string localName, string ns)': (
    { writer }: W,
    localName: Text,
    uri: Text,
  ) => writer.startElement(null, localName ?? '', uri),
  'void WriteStartElement(string prefix, string localName, string ns)': (
    { writer }: W,
    prefix: Text,
    localName: Text,
    uri: Text,
  ) => writer.startElement(prefix, localName ?? '', uri),
  'void WriteEndElement()': ({ writer }: W) => writer.endElement(),
  'void WriteFullEndElement()': ({ writer }: W) => writer.endElement(true),
  'void WriteElementString(string localName, string value)': (
    value: W,
    localName: Text,
    text: Text,
  ) => element(value, null, localName, null, text),
  'void WriteElementString(string localName, string ns, string value)': (
    value: W,
    localName: Text,
    uri: Text,
    text: Text,
  ) => element(value, null, localName, uri, text),
  'void WriteElementString(string prefix, string localName, string ns, string value)': element,
};

const attributes = {
  'void WriteStartAttribute(string localName)': ({ writer }: W, localName: Text) =>
    writer.startAttribute(null, localName ?? '', null),
  'void WriteStartAttribute(string localName, string ns)': (
    { writer }: W,
    localName: Text,
    uri: Text,
  ) => writer.startAttribute(null, localName ?? '', uri),
  'void WriteStartAttribute(string prefix, string localName, string ns)': (
    { writer }: W,
    prefix: Text,
    localName: Text,
    uri: Text,
  ) => writer.startAttribute(prefix, localName ?? '', uri),
  'void WriteEndAttribute()': ({ writer }: W) => writer.endAttribute(),
  'void WriteAttributeString(string localName, string value)': (
    value: W,
    localName: Text,
    text: Text,
  ) => attribute(value, null, localName, null, text),
  'void WriteAttributeString(string localName, string ns, string value)': (
    value: W,
    localName: Text,
    uri: Text,
    text: Text,
  ) => attribute(value, null, localName, uri, text),
  'void WriteAttributeString(string prefix, string localName, string ns, string value)': attribute,
};

const content = {
  'void WriteString(string text)': ({ writer }: W, text: Text) => {
    if (text !== null) writer.text(text);
  },
  'void WriteCData(string text)': ({ writer }: W, text: Text) => writer.cdata(text ?? ''),
  'void WriteComment(string text)': ({ writer }: W, text: Text) => writer.comment(text ?? ''),
  'void WriteProcessingInstruction(string name, string text)': (
    { writer }: W,
    target: Text,
    data: Text,
  ) => writer.instruction(target ?? '', data ?? ''),
  'void WriteWhitespace(string ws)': ({ writer }: W, text: Text) => writer.space(text ?? ''),
  'void WriteRaw(string data)': ({ writer }: W, text: Text) => writer.raw(text ?? ''),
  'void WriteCharEntity(char ch)': ({ writer }: W, unit: number) =>
    writer.raw(`&#x${unit.toString(16).toUpperCase()};`),
  'void WriteEntityRef(string name)': ({ writer }: W, name: Text) => writer.raw(`&${name};`),
  'void WriteNode(XmlReader reader, bool defattr)': (value: W, reader: ReaderValue | null) =>
    copyNode(required(reader, 'reader'), value.writer),
};

const text =
  <T>(format: (value: T) => string) =>
  ({ writer }: W, value: T) =>
    writer.text(format(value));

const values = {
  'void WriteValue(object value)': ({ writer }: W, value: unknown) =>
    writer.text(contentText(required(value, 'value'))),
  'void WriteValue(string value)': ({ writer }: W, value: Text) => writer.text(value ?? ''),
  'void WriteValue(bool value)': text((value: boolean) => (value ? 'true' : 'false')),
  'void WriteValue(DateTime value)': text<DateTimeValue>(xmlDateTimeText),
  'void WriteValue(DateTimeOffset value)': text<DateTimeOffsetValue>(xmlDateTimeOffsetText),
  'void WriteValue(double value)': text(xmlDoubleText),
  'void WriteValue(float value)': text(xmlSingleText),
  'void WriteValue(decimal value)': text((value: Decimal) => value.toString()),
  'void WriteValue(int value)': text((value: number) => value.toString()),
  'void WriteValue(long value)': text((value: bigint) => value.toString()),
};

const states = {
  Start: 0,
  Prolog: 1,
  Element: 2,
  Attribute: 3,
  Content: 4,
  Closed: 5,
  Error: 6,
};

function create(sink: TextSink | null, settings: WriterSettingsValue | null, name: string): W {
  return new WriterValue(required(sink, name), settings?.clone() ?? new WriterSettingsValue());
}

export const xmlWriterTypes = [
  declareEnum('System.Xml.WriteState', states),
  declareType(
    'abstract class System.Xml.XmlWriter : IDisposable',
    {
      'static XmlWriter Create(StringBuilder output)': (sink: TextSink | null) =>
        create(sink, null, 'output'),
      'static XmlWriter Create(StringBuilder output, XmlWriterSettings settings)': (
        sink: TextSink | null,
        settings: WriterSettingsValue | null,
      ) => create(sink, settings, 'output'),
      'static XmlWriter Create(TextWriter output)': (sink: TextSink | null) =>
        create(sink, null, 'output'),
      'static XmlWriter Create(TextWriter output, XmlWriterSettings settings)': (
        sink: TextSink | null,
        settings: WriterSettingsValue | null,
      ) => create(sink, settings, 'output'),
      'WriteState WriteState': ({ writer }: W) =>
        writer.state === 'Document' ? states.Prolog : states[writer.state],
      ...documents,
      ...elements,
      ...attributes,
      ...content,
      ...values,
    },
    { dispose: (value: W) => value.close() },
  ),
];
