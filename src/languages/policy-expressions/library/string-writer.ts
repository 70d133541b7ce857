// System.IO.TextWriter and StringWriter.
import { fault } from '../running/exceptions.ts';
import { concatText, formatOf } from '../running/text.ts';
import { type ArrayValue, box, Instance } from '../running/values.ts';
import { declareType, named } from '../types/registry.ts';
import type { Type } from '../types/type.ts';
import { utf16Encoding } from './encoding.ts';
import { type BuilderValue, newBuilder } from './string-builder.ts';
import { format, textOfChars } from './string-building.ts';

type Text = string | null;

/** A TextWriter into a StringBuilder. */
export class WriterValue extends Instance {
  readonly builder: BuilderValue;
  readonly provider: unknown;
  newLine = '\n';
  closed = false;

  constructor(type: Type, builder: BuilderValue, provider: unknown = null) {
    super(type);
    this.builder = builder;
    this.provider = provider;
  }

  write(text: string): void {
    if (this.closed) {
      throw fault('System.ObjectDisposedException', 'Cannot write to a closed TextWriter.');
    }
    this.builder.append(text);
  }
}

/** A part of a `char[]`. */
function charsIn(list: ArrayValue | null, start: number, count: number): string {
  if (list === null) throw fault('ArgumentNullException', 'Buffer cannot be null.', 'buffer');
  if (start < 0) {
    throw fault('ArgumentOutOfRangeException', 'Non-negative number required.', 'index');
  }
  if (count < 0) {
    throw fault('ArgumentOutOfRangeException', 'Non-negative number required.', 'count');
  }
  if (list.items.length - start < count) {
    const message =
      'Offset and length were out of bounds for the array or count is greater than the number of elements from index to the end of the source collection.';
    throw fault('ArgumentException', message);
  }
  return textOfChars(list).slice(start, start + count);
}

/** Parameters of Write and WriteLine, each with the text it gives. */
const contents: Readonly<Record<string, (writer: WriterValue, ...given: never[]) => string>> = {
  'string value': (_writer, text: Text) => text ?? '',
  'char value': (_writer, code: number) => String.fromCharCode(code),
  'char[] buffer': (_writer, chars: ArrayValue | null) => textOfChars(chars),
  'char[] buffer, int index, int count': (
    _writer,
    chars: ArrayValue | null,
    start: number,
    count: number,
  ) => charsIn(chars, start, count),
  'StringBuilder value': (_writer, builder: BuilderValue | null) => builder?.text ?? '',
  'object value': (writer, value: unknown) => formatOf(value, null, writer.provider),
  ...Object.fromEntries(
    Object.entries({
      bool: 'Boolean',
      int: 'Int32',
      uint: 'UInt32',
      long: 'Int64',
      ulong: 'UInt64',
      float: 'Single',
      double: 'Double',
      decimal: 'Decimal',
    }).map(([keyword, name]) => [
      `${keyword} value`,
      (writer: WriterValue, value: unknown) =>
        formatOf(box(value, named(`System.${name}`)), null, writer.provider),
    ]),
  ),
  'string format, object arg0': (writer, text: Text, a: unknown) =>
    format(writer.provider, text, [a]),
  'string format, object arg0, object arg1': (writer, text: Text, ...list: unknown[]) =>
    format(writer.provider, text, list),
  'string format, object arg0, object arg1, object arg2': (
    writer,
    text: Text,
    ...list: unknown[]
  ) => format(writer.provider, text, list),
  'string format, params object[] arg': (writer, text: Text, list: ArrayValue | null) => {
    if (list === null) throw fault('ArgumentNullException', 'Value cannot be null.', 'arg');
    return format(writer.provider, text, list.items as unknown[]);
  },
};

const writing = Object.fromEntries(
  Object.entries(contents).flatMap(([parameters, textOf]) => [
    [
      `void Write(${parameters})`,
      (writer: WriterValue, ...given: never[]) => writer.write(textOf(writer, ...given)),
    ],
    [
      `void WriteLine(${parameters})`,
      (writer: WriterValue, ...given: never[]) =>
        writer.write(textOf(writer, ...given) + writer.newLine),
    ],
  ]),
);

const close = (writer: WriterValue) => {
  writer.closed = true;
};

function builderGiven(builder: BuilderValue | null): BuilderValue {
  if (builder === null) throw fault('ArgumentNullException', 'Buffer cannot be null.', 'sb');
  return builder;
}

export const stringWriterTypes = [
  declareType(
    'abstract class System.IO.TextWriter : IDisposable',
    {
      ...writing,
      'void WriteLine()': (writer: WriterValue) => writer.write(writer.newLine),
      'void Flush()': () => undefined,
      'void Close()': close,
      'string NewLine': {
        get: (writer: WriterValue) => writer.newLine,
        set: (writer: WriterValue, text: Text) => {
          writer.newLine = text ?? '\n';
        },
      },
      'Encoding Encoding': utf16Encoding,
      'IFormatProvider FormatProvider': (writer: WriterValue) => writer.provider,
    },
    { text: (writer: WriterValue) => concatText(writer.builder), dispose: close },
  ),
  declareType('class System.IO.StringWriter : TextWriter', {
    'new()': (type: Type) => new WriterValue(type, newBuilder()),
    'new(IFormatProvider formatProvider)': (type: Type, provider: unknown) =>
      new WriterValue(type, newBuilder(), provider),
    'new(StringBuilder sb)': (type: Type, builder: BuilderValue | null) =>
      new WriterValue(type, builderGiven(builder)),
    'new(StringBuilder sb, IFormatProvider formatProvider)': (
      type: Type,
      builder: BuilderValue | null,
      provider: unknown,
    ) => new WriterValue(type, builderGiven(builder), provider),
    'StringBuilder GetStringBuilder()': (writer: WriterValue) => writer.builder,
  }),
];
