// XDocument.Save and XElement.Save: to a StringWriter or an XmlWriter.
import type { XmlTextWriter } from '../../../../dotnet/index.ts';
import { required } from '../../running/exceptions.ts';
import type { TextSink } from './text-ends.ts';
import type { DocumentValue, ElementValue } from './tree/index.ts';
import { writeNode } from './writing.ts';
import { saveTo, type WriterValue } from './xml-writer.ts';

type Saved = DocumentValue | ElementValue;

function save(node: Saved, sink: TextSink | null, options = 0): void {
  saveTo(required(sink, 'textWriter'), (writer) => writeWhole(writer, node), options);
}

function writeWhole(writer: XmlTextWriter, node: Saved): void {
  if (node.kind === 'document') writeNode(writer, node);
  else {
    writer.startDocument();
    writeNode(writer, node);
    writer.endDocument();
  }
}

export const savingMembers = {
  'void Save(TextWriter textWriter)': (node: Saved, sink: TextSink | null) => save(node, sink),
  'void Save(TextWriter textWriter, SaveOptions options)': save,
  'void Save(XmlWriter writer)': (node: Saved, target: WriterValue | null) =>
    writeWhole(required(target, 'writer').writer, node),
};
