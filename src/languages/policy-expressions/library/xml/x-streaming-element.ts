// System.Xml.Linq.XStreamingElement: content that is walked only when it is written.
import { XmlTextWriter, xmlnsNamespace } from '../../../../dotnet/index.ts';
import { fault, required } from '../../running/exceptions.ts';
import { allocate, charge } from '../../running/run.ts';
import { iterateBoxed } from '../../running/sequences.ts';
import { made } from '../../running/text.ts';
import { Instance, stringOf } from '../../running/values.ts';
import { derives, known } from '../../types/hierarchy.ts';
import { declareType, named } from '../../types/registry.ts';
import type { Type } from '../../types/type.ts';
import type { TextSink } from './text-ends.ts';
import { AttributeValue, type NodeValue, XmlObject } from './tree/index.ts';
import type { NameValue } from './tree/names.ts';
import { contentText, writeNode } from './writing.ts';
import { saveTo, type WriterValue } from './xml-writer.ts';

export class StreamingValue extends Instance {
  name: NameValue;
  content: unknown[] = [];

  constructor(name: NameValue) {
    super(named('System.Xml.Linq.XStreamingElement'));
    this.name = name;
  }

  add(content: unknown): void {
    if (content === null) return;
    allocate(1);
    this.content.push(content);
  }
}

/** Writes an element and walks its content on the way. */
export function writeStreaming(writer: XmlTextWriter, { name, content }: StreamingValue): void {
  charge(1);
  writer.startElement(null, name.localName, name.space.uri);
  for (const item of content) write(writer, item);
  writer.endElement(content.length > 0 && writer.state === 'Content');
}

function write(writer: XmlTextWriter, content: unknown): void {
  charge(1);
  if (content === null || content === undefined) return;
  const text = stringOf(content);
  if (text !== undefined) writer.text(text);
  else if (content instanceof AttributeValue) writeAttribute(writer, content);
  else if (content instanceof XmlObject) writeNode(writer, content as NodeValue);
  else if (content instanceof StreamingValue) writeStreaming(writer, content);
  else if (content instanceof Instance && derives(content.type, known.enumerable)) {
    for (const item of iterateBoxed(content)) write(writer, item);
  } else writer.text(contentText(content));
}

function writeAttribute(writer: XmlTextWriter, attribute: AttributeValue): void {
  const { localName, uri } = { localName: attribute.name.localName, uri: attribute.name.space.uri };
  if (writer.state !== 'Element') {
    throw fault('InvalidOperationException', 'An attribute cannot be written after content.');
  }
  writer.startAttribute(uri === xmlnsNamespace ? 'xmlns' : null, localName, uri);
  writer.text(attribute.value);
  writer.endAttribute();
}

function text(value: StreamingValue, options = 0): string {
  const pieces: string[] = [];
  const writer = new XmlTextWriter((piece) => pieces.push(piece), {
    indented: (options & 1) === 0,
    omitsDuplicateNamespaces: (options & 2) !== 0,
  });
  writeStreaming(writer, value);
  return made(pieces.join(''));
}

export const streamingElementType = declareType(
  'class System.Xml.Linq.XStreamingElement',
  {
    'new(XName name)': (_type: Type, name: NameValue | null) =>
      new StreamingValue(required(name, 'name')),
    'new(XName name, object content)': create,
    'new(XName name, params object[] content)': create,
    'XName Name': {
      get: ({ name }: StreamingValue) => name,
      set: (value: StreamingValue, name: NameValue | null) => {
        value.name = required(name, 'value');
      },
    },
    'void Add(object content)': (value: StreamingValue, content: unknown) => value.add(content),
    'void Add(params object[] content)': (value: StreamingValue, content: unknown) =>
      value.add(content),
    'void Save(TextWriter textWriter)': (value: StreamingValue, sink: TextSink | null) =>
      saveTo(required(sink, 'textWriter'), (writer) => writeStreaming(writer, value), 0),
    'void Save(TextWriter textWriter, SaveOptions options)': (
      value: StreamingValue,
      sink: TextSink | null,
      options: number,
    ) => saveTo(required(sink, 'textWriter'), (writer) => writeStreaming(writer, value), options),
    'void Save(XmlWriter writer)': (value: StreamingValue, target: WriterValue | null) => {
      const { writer } = required(target, 'writer');
      writeStreaming(writer, value);
    },
    'void WriteTo(XmlWriter writer)': (value: StreamingValue, target: WriterValue | null) =>
      writeStreaming(required(target, 'writer').writer, value),
    'string ToString()': (value: StreamingValue) => text(value),
    'string ToString(SaveOptions options)': text,
  },
  { text: (value: StreamingValue) => text(value) },
);

function create(_type: Type, name: NameValue | null, content: unknown): StreamingValue {
  const value = new StreamingValue(required(name, 'name'));
  value.add(content);
  return value;
}
