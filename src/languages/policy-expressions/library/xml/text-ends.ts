// Where XML is read from and written to: readers and writers of text, and StringBuilder.
import { required } from '../../running/exceptions.ts';
import type { BuilderValue } from '../string-builder.ts';
import type { ReaderValue } from '../string-reader.ts';
import { WriterValue } from '../string-writer.ts';

export type TextSource = ReaderValue;
export type TextSink = BuilderValue | WriterValue;

/** What is left to read of a TextReader. */
export function xmlTextOf(source: TextSource | null, parameter: string): string {
  return required(source, parameter).toEnd();
}

export function appendTo(sink: TextSink, text: string): void {
  if (sink instanceof WriterValue) sink.write(text);
  else sink.append(text);
}
