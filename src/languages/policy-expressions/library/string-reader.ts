// System.IO.TextReader and StringReader.
import { fault, outOfRange, required } from '../running/exceptions.ts';
import { allocate } from '../running/run.ts';
import { type ArrayValue, Instance } from '../running/values.ts';
import { declareType, named } from '../types/registry.ts';
import type { Type } from '../types/type.ts';

/** A TextReader over a text. */
export class ReaderValue extends Instance {
  private readonly text: string;
  private at = 0;
  private closed = false;

  constructor(type: Type, text: string) {
    super(type);
    this.text = text;
  }

  close(): void {
    this.closed = true;
  }

  /** What has not been read yet. */
  private get rest(): string {
    if (this.closed) {
      throw fault('System.ObjectDisposedException', 'Cannot read from a closed TextReader.');
    }
    return this.text.slice(this.at);
  }

  peek(): number {
    return this.rest === '' ? -1 : this.text.charCodeAt(this.at);
  }

  read(): number {
    const code = this.peek();
    if (code !== -1) this.at += 1;
    return code;
  }

  take(count: number): string {
    const taken = this.rest.slice(0, count);
    this.at += taken.length;
    return taken;
  }

  line(): string | null {
    const { rest } = this;
    if (rest === '') return null;
    const end = /\r\n|\n|\r/.exec(rest);
    this.at += end ? end.index + end[0].length : rest.length;
    const line = rest.slice(0, end?.index);
    allocate(line.length);
    return line;
  }

  toEnd(): string {
    allocate(this.rest.length);
    return this.take(this.rest.length);
  }
}

function readInto(reader: ReaderValue, list: ArrayValue | null, start: number, count: number) {
  if (list === null) throw fault('ArgumentNullException', 'Buffer cannot be null.', 'buffer');
  const { items } = list;
  if (start < 0) throw outOfRange('index', 'Non-negative number required.');
  if (count < 0) throw outOfRange('count', 'Non-negative number required.');
  if (items.length - start < count) {
    const message =
      'Offset and length were out of bounds for the array or count is greater than the number of elements from index to the end of the source collection.';
    throw fault('ArgumentException', message);
  }
  const taken = reader.take(count);
  for (let index = 0; index < taken.length; index += 1) {
    items[start + index] = taken.charCodeAt(index);
  }
  return taken.length;
}

export const stringReaderTypes = [
  declareType(
    'abstract class System.IO.TextReader : IDisposable',
    {
      'static TextReader Null': () => new ReaderValue(named('System.IO.StringReader'), ''),
      'string ReadToEnd()': (reader: ReaderValue) => reader.toEnd(),
      'string ReadLine()': (reader: ReaderValue) => reader.line(),
      'int Read()': (reader: ReaderValue) => reader.read(),
      'int Read(char[] buffer, int index, int count)': readInto,
      'int ReadBlock(char[] buffer, int index, int count)': readInto,
      'int Peek()': (reader: ReaderValue) => reader.peek(),
      'void Close()': (reader: ReaderValue) => reader.close(),
    },
    { dispose: (reader: ReaderValue) => reader.close() },
  ),
  declareType('class System.IO.StringReader : TextReader', {
    'new(string s)': (type: Type, text: string | null) =>
      new ReaderValue(type, required(text, 's')),
  }),
];
