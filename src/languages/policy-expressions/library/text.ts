// System.Text and System.IO: Encoding, StringBuilder, StringReader, StringWriter.
import { type TextEncodingValue, textEncoding } from '../../../dotnet/index.ts';
import { indexOutside, outOfRange, required } from '../running/exceptions.ts';
import { allocate } from '../running/run.ts';
import { concatText } from '../running/text.ts';
import { type ArrayValue, bytesOf, bytesValue, Instance } from '../running/values.ts';
import { declareType, named } from '../types/registry.ts';
import type { Type } from '../types/type.ts';
import { charsOf, format, textOfChars } from './string-building.ts';

class EncodingValue extends Instance {
  readonly encoding: TextEncodingValue;

  constructor(name: string | number) {
    super(named('System.Text.Encoding'));
    this.encoding = textEncoding(name);
  }
}

const known = new Map<string, EncodingValue>();

function encodingNamed(name: string): () => EncodingValue {
  return () => {
    let value = known.get(name);
    if (!value) {
      value = new EncodingValue(name);
      known.set(name, value);
    }
    return value;
  };
}

const bytes = (value: EncodingValue, text: string | null) =>
  bytesValue(value.encoding.getBytes(required(text, 's')));

function decode(value: EncodingValue, data: ArrayValue | null, start = 0, count?: number): string {
  const all = bytesOf(required(data, 'bytes'));
  const end = count === undefined ? all.length : start + count;
  if (start < 0 || end > all.length || end < start) throw outOfRange('index');
  allocate(end - start);
  return value.encoding.getString(all.subarray(start, end));
}

const encodingType = declareType('abstract class System.Text.Encoding', {
  'static Encoding UTF8': encodingNamed('utf-8'),
  'static Encoding ASCII': encodingNamed('us-ascii'),
  'static Encoding Unicode': encodingNamed('utf-16'),
  'static Encoding BigEndianUnicode': encodingNamed('utf-16BE'),
  'static Encoding UTF32': encodingNamed('utf-32'),
  'static Encoding Default': encodingNamed('utf-8'),
  'static Encoding Latin1': encodingNamed('iso-8859-1'),
  'static Encoding GetEncoding(string name)': (name: string | null) =>
    new EncodingValue(required(name, 'name')),
  'static Encoding GetEncoding(int codepage)': (page: number) => new EncodingValue(page),
  'string WebName': (value: EncodingValue) => value.encoding.name,
  'string BodyName': (value: EncodingValue) => value.encoding.name,
  'string EncodingName': (value: EncodingValue) => value.encoding.encodingName,
  'int CodePage': (value: EncodingValue) => value.encoding.codePage,
  'byte[] GetPreamble()': (value: EncodingValue) => bytesValue(value.encoding.preamble.slice()),
  'byte[] GetBytes(string s)': bytes,
  'byte[] GetBytes(char[] chars)': (value: EncodingValue, chars: ArrayValue | null) =>
    bytes(value, textOfChars(required(chars, 'chars'))),
  'int GetByteCount(string s)': (value: EncodingValue, text: string | null) =>
    value.encoding.getBytes(required(text, 's')).length,
  'int GetCharCount(byte[] bytes)': (value: EncodingValue, data: ArrayValue | null) =>
    decode(value, data).length,
  'string GetString(byte[] bytes)': (value: EncodingValue, data: ArrayValue | null) =>
    decode(value, data),
  'string GetString(byte[] bytes, int index, int count)': decode,
  'char[] GetChars(byte[] bytes)': (value: EncodingValue, data: ArrayValue | null) =>
    charsOf(decode(value, data)),
});

class BuilderValue extends Instance {
  text: string;

  constructor(type: Type, text: string) {
    super(type);
    this.text = text;
  }

  append(text: string): this {
    allocate(text.length);
    this.text += text;
    return this;
  }

  replaceRange(start: number, count: number, text: string): this {
    if (start < 0 || count < 0 || start + count > this.text.length) throw outOfRange('index');
    allocate(text.length);
    this.text = this.text.slice(0, start) + text + this.text.slice(start + count);
    return this;
  }
}

const char = (code: number) => String.fromCharCode(code);
type B = BuilderValue;

const builderType = declareType(
  'sealed class System.Text.StringBuilder',
  {
    'new()': (type: Type) => new BuilderValue(type, ''),
    'new(int capacity)': (type: Type) => new BuilderValue(type, ''),
    'new(string value)': (type: Type, text: string | null) => new BuilderValue(type, text ?? ''),
    'new(string value, int capacity)': (type: Type, text: string | null) =>
      new BuilderValue(type, text ?? ''),
    'int Length': {
      get: (value: B) => value.text.length,
      set: (value: B, length: number) => {
        allocate(length);
        value.text = value.text.slice(0, length).padEnd(length, '\0');
      },
    },
    'int Capacity': (value: B) => Math.max(16, value.text.length),
    'char this[int index]': {
      get: (value: B, index: number) => {
        if (index < 0 || index >= value.text.length) throw indexOutside();
        return value.text.charCodeAt(index);
      },
      set: (value: B, index: number, code: number) => {
        if (index < 0 || index >= value.text.length) throw outOfRange('index');
        value.replaceRange(index, 1, char(code));
      },
    },
    'StringBuilder Append(string value)': (value: B, text: string | null) =>
      value.append(text ?? ''),
    'StringBuilder Append(char value)': (value: B, code: number) => value.append(char(code)),
    'StringBuilder Append(char value, int repeatCount)': (
      value: B,
      code: number,
      count: number,
    ) => {
      allocate(count);
      return value.append(char(code).repeat(count));
    },
    'StringBuilder Append(char[] value)': (value: B, chars: ArrayValue | null) =>
      value.append(textOfChars(chars)),
    'StringBuilder Append(object value)': (value: B, content: unknown) =>
      value.append(concatText(content)),
    'StringBuilder Append(string value, int startIndex, int count)': (
      value: B,
      text: string | null,
      start: number,
      count: number,
    ) => value.append((text ?? '').slice(start, start + count)),
    'StringBuilder AppendLine()': (value: B) => value.append('\n'),
    'StringBuilder AppendLine(string value)': (value: B, text: string | null) =>
      value.append(`${text ?? ''}\n`),
    'StringBuilder AppendFormat(string format, params object[] args)': (
      value: B,
      text: string | null,
      list: ArrayValue | null,
    ) => value.append(format(null, text, required(list, 'args').items as unknown[])),
    'StringBuilder AppendFormat(IFormatProvider provider, string format, params object[] args)': (
      value: B,
      provider: unknown,
      text: string | null,
      list: ArrayValue | null,
    ) => value.append(format(provider, text, required(list, 'args').items as unknown[])),
    'StringBuilder Insert(int index, string value)': (
      value: B,
      index: number,
      text: string | null,
    ) => value.replaceRange(index, 0, text ?? ''),
    'StringBuilder Insert(int index, object value)': (value: B, index: number, content: unknown) =>
      value.replaceRange(index, 0, concatText(content)),
    'StringBuilder Remove(int startIndex, int length)': (value: B, start: number, length: number) =>
      value.replaceRange(start, length, ''),
    'StringBuilder Replace(string oldValue, string newValue)': (
      value: B,
      old: string | null,
      text: string | null,
    ) => {
      const replaced = value.text.replaceAll(required(old, 'oldValue'), () => text ?? '');
      allocate(replaced.length);
      value.text = replaced;
      return value;
    },
    'StringBuilder Replace(char oldChar, char newChar)': (value: B, old: number, code: number) => {
      value.text = value.text.replaceAll(char(old), () => char(code));
      return value;
    },
    'StringBuilder Clear()': (value: B) => {
      value.text = '';
      return value;
    },
    'string ToString(int startIndex, int length)': (value: B, start: number, length: number) => {
      if (start < 0 || length < 0 || start + length > value.text.length)
        throw outOfRange('startIndex');
      return value.text.slice(start, start + length);
    },
  },
  { text: (value: B) => value.text },
);

class ReaderValue extends Instance {
  readonly text: string;
  at = 0;

  constructor(type: Type, text: string) {
    super(type);
    this.text = text;
  }

  line(): string | null {
    if (this.at >= this.text.length) return null;
    const match = /\r\n|\n|\r/g;
    match.lastIndex = this.at;
    const found = match.exec(this.text);
    const line = this.text.slice(this.at, found?.index ?? this.text.length);
    this.at = found ? match.lastIndex : this.text.length;
    return line;
  }

  rest(): string {
    const rest = this.text.slice(this.at);
    this.at = this.text.length;
    return rest;
  }
}

export const textTypes = [
  encodingType,
  ...[
    ['UTF8Encoding', 'utf-8'],
    ['ASCIIEncoding', 'us-ascii'],
    ['UnicodeEncoding', 'utf-16'],
  ].map(([name, web]) =>
    declareType(`class System.Text.${name} : Encoding`, { 'new()': () => new EncodingValue(web!) }),
  ),
  builderType,
  declareType('abstract class System.IO.TextReader : IDisposable', {
    'string ReadToEnd()': (value: ReaderValue) => value.rest(),
    'string ReadLine()': (value: ReaderValue) => value.line(),
    'int Read()': (value: ReaderValue) => {
      const code = value.at < value.text.length ? value.text.charCodeAt(value.at) : -1;
      value.at += 1;
      return code;
    },
    'int Peek()': (value: ReaderValue) =>
      value.at < value.text.length ? value.text.charCodeAt(value.at) : -1,
  }),
  declareType('class System.IO.StringReader : TextReader', {
    'new(string s)': (type: Type, text: string | null) =>
      new ReaderValue(type, required(text, 's')),
  }),
  declareType(
    'abstract class System.IO.TextWriter : IDisposable',
    {
      'void Write(string value)': (value: B, text: string | null) => void value.append(text ?? ''),
      'void Write(char value)': (value: B, code: number) => void value.append(char(code)),
      'void Write(object value)': (value: B, content: unknown) =>
        void value.append(concatText(content)),
      'void WriteLine()': (value: B) => void value.append('\n'),
      'void WriteLine(string value)': (value: B, text: string | null) =>
        void value.append(`${text ?? ''}\n`),
      'void WriteLine(object value)': (value: B, content: unknown) =>
        void value.append(`${concatText(content)}\n`),
      'void Flush()': () => undefined,
    },
    { text: (value: B) => value.text },
  ),
  declareType('class System.IO.StringWriter : TextWriter', {
    'new()': (type: Type) => new BuilderValue(type, ''),
  }),
];
