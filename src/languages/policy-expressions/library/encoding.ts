// System.Text.Encoding and the classes of single encodings.
import {
  firstInvalid,
  type TextEncodingValue,
  textEncoding,
  textEncodingOfPage,
} from '../../../dotnet/index.ts';
import { fault, outOfRange, required } from '../running/exceptions.ts';
import { allocate } from '../running/run.ts';
import { type ArrayValue, bytesOf, bytesValue, Instance } from '../running/values.ts';
import { declareType, named } from '../types/registry.ts';
import type { Type } from '../types/type.ts';
import { cannotDecode, cannotEncode, FallbackValue, fallbackTypes } from './encoding-fallbacks.ts';
import { charsOf, textOfChars } from './string-building.ts';

type Text = string | null;

/** Encodings that have a class of their own. */
const classes: Readonly<Record<string, string>> = {
  'utf-8': 'UTF8Encoding',
  'us-ascii': 'ASCIIEncoding',
  'utf-16': 'UnicodeEncoding',
  'utf-16BE': 'UnicodeEncoding',
  'utf-32': 'UTF32Encoding',
  'utf-32BE': 'UTF32Encoding',
  'utf-7': 'UTF7Encoding',
  'iso-8859-1': 'Latin1Encoding',
};

interface Options {
  readonly mark?: boolean;
  readonly encoder?: FallbackValue | null;
  readonly decoder?: FallbackValue | null;
}

class EncodingValue extends Instance {
  readonly encoding: TextEncodingValue;
  readonly encoder: FallbackValue | null;
  readonly decoder: FallbackValue | null;
  readonly preamble: Uint8Array;

  constructor(encoding: TextEncodingValue, options: Options = {}) {
    const { mark = true, encoder = null, decoder = null } = options;
    super(named(`System.Text.${classes[encoding.name] ?? 'Encoding'}`));
    this.encoding = encoding;
    this.encoder = encoder;
    this.decoder = decoder;
    this.preamble = mark ? encoding.preamble : new Uint8Array();
  }

  encode(text: string): Uint8Array {
    allocate(text.length);
    const { encoder, encoding } = this;
    if (!encoder) return encoding.getBytes(text);
    const { replacement } = encoder;
    encoding.foreign.lastIndex = 0;
    const found = encoding.foreign.exec(text);
    if (found && replacement === undefined) throw cannotEncode(found);
    return encoding.getBytes(text.replace(encoding.foreign, () => replacement!));
  }

  decode(bytes: Uint8Array): string {
    allocate(bytes.length);
    const { decoder, encoding } = this;
    if (!decoder) return encoding.getString(bytes);
    let text = '';
    let rest = bytes;
    for (;;) {
      const wrong = firstInvalid(encoding, rest);
      if (!wrong) return text + encoding.getString(rest);
      if (decoder.replacement === undefined) throw cannotDecode(wrong.bytes, wrong.index);
      text += encoding.getString(rest.subarray(0, wrong.index)) + decoder.replacement;
      rest = rest.subarray(wrong.index + wrong.bytes.length);
    }
  }
}

const shared = new Map<string, EncodingValue>();

/** The one encoding of its kind with the usual replacements. */
function sharedEncoding(encoding: TextEncodingValue): EncodingValue {
  let value = shared.get(encoding.name);
  if (!value) {
    value = new EncodingValue(encoding);
    shared.set(encoding.name, value);
  }
  return value;
}

const standard = (name: string) => () => sharedEncoding(textEncoding(name));

/** The encoding of a StringWriter, without byte order mark. */
export const utf16Encoding = () => made('utf-16', false, false);

function array(value: ArrayValue | null, parameter: string): ArrayValue {
  if (value === null) throw fault('ArgumentNullException', 'Array cannot be null.', parameter);
  return value;
}

function text(value: Text, parameter: string): string {
  if (value !== null) return value;
  const message =
    parameter === 's'
      ? 'String reference not set to an instance of a String.'
      : 'Value cannot be null.';
  throw fault('ArgumentNullException', message, parameter);
}

/** Refuses a range that is not within `length`; `whole` is what it has to lie in. */
function within(length: number, start: number, count: number, whole: string, parameter: string) {
  if (start < 0) throw outOfRange('index', 'Non-negative number required.');
  if (count < 0) throw outOfRange('count', 'Non-negative number required.');
  if (start + count > length) {
    const message = `Index and count must refer to a location within the ${whole}.`;
    throw outOfRange(parameter, message);
  }
}

function bytesIn(data: ArrayValue | null, start: number, count: number): Uint8Array {
  const all = bytesOf(array(data, 'bytes'));
  within(all.length, start, count, 'buffer', 'bytes');
  return all.subarray(start, start + count);
}

function charsIn(data: ArrayValue | null, start: number, count: number): string {
  const all = textOfChars(array(data, 'chars'));
  within(all.length, start, count, 'buffer', 'chars');
  return all.slice(start, start + count);
}

function textIn(value: Text, start: number, count: number): string {
  const all = text(value, 's');
  within(all.length, start, count, 'string', 'index');
  return all.slice(start, start + count);
}

/** Writes into an array of the caller; gives how much was written. */
function writeInto(
  items: ArrayLike<number>,
  target: ArrayValue | null,
  at: number,
  [kind, word, name]: readonly [string, string, string],
): number {
  const { items: room } = array(target, kind);
  if (at < 0 || at > room.length) {
    const message =
      'Index was out of range. Must be non-negative and less than the size of the collection.';
    throw outOfRange(kind === 'bytes' ? 'byteIndex' : 'charIndex', message);
  }
  if (at + items.length > room.length) {
    const message = `The output ${word} buffer is too small to contain the ${name}.`;
    throw fault('ArgumentException', message, kind);
  }
  for (let index = 0; index < items.length; index += 1) room[at + index] = items[index]!;
  return items.length;
}

function putBytes(value: EncodingValue, given: string, target: ArrayValue | null, at: number) {
  const name = `encoded data, encoding '${value.encoding.encodingName}' fallback 'System.Text.EncoderReplacementFallback'`;
  return writeInto(value.encode(given), target, at, ['bytes', 'byte', name]);
}

const encodingBytes = {
  'byte[] GetBytes(string s)': (value: EncodingValue, given: Text) =>
    bytesValue(value.encode(text(given, 's'))),
  'byte[] GetBytes(string s, int index, int count)': (
    value: EncodingValue,
    given: Text,
    start: number,
    count: number,
  ) => bytesValue(value.encode(textIn(given, start, count))),
  'byte[] GetBytes(char[] chars)': (value: EncodingValue, chars: ArrayValue | null) =>
    bytesValue(value.encode(textOfChars(array(chars, 'chars')))),
  'byte[] GetBytes(char[] chars, int index, int count)': (
    value: EncodingValue,
    chars: ArrayValue | null,
    start: number,
    count: number,
  ) => bytesValue(value.encode(charsIn(chars, start, count))),
  'int GetBytes(string s, int charIndex, int charCount, byte[] bytes, int byteIndex)': (
    value: EncodingValue,
    given: Text,
    start: number,
    count: number,
    target: ArrayValue | null,
    at: number,
  ) => putBytes(value, textIn(given, start, count), target, at),
  'int GetBytes(char[] chars, int charIndex, int charCount, byte[] bytes, int byteIndex)': (
    value: EncodingValue,
    chars: ArrayValue | null,
    start: number,
    count: number,
    target: ArrayValue | null,
    at: number,
  ) => putBytes(value, charsIn(chars, start, count), target, at),
  'int GetByteCount(string s)': (value: EncodingValue, given: Text) =>
    value.encode(text(given, 'chars')).length,
  'int GetByteCount(string s, int index, int count)': (
    value: EncodingValue,
    given: Text,
    start: number,
    count: number,
  ) => value.encode(textIn(given, start, count)).length,
  'int GetByteCount(char[] chars)': (value: EncodingValue, chars: ArrayValue | null) =>
    value.encode(textOfChars(array(chars, 'chars'))).length,
  'int GetByteCount(char[] chars, int index, int count)': (
    value: EncodingValue,
    chars: ArrayValue | null,
    start: number,
    count: number,
  ) => value.encode(charsIn(chars, start, count)).length,
  'int GetMaxByteCount(int charCount)': ({ encoding }: EncodingValue, count: number) => {
    if (count < 0) throw outOfRange('charCount', 'Non-negative number required.');
    return encoding.maxByteCount(count);
  },
};

const encodingText = {
  'string GetString(byte[] bytes)': (value: EncodingValue, data: ArrayValue | null) =>
    value.decode(bytesOf(array(data, 'bytes'))),
  'string GetString(byte[] bytes, int index, int count)': (
    value: EncodingValue,
    data: ArrayValue | null,
    start: number,
    count: number,
  ) => value.decode(bytesIn(data, start, count)),
  'char[] GetChars(byte[] bytes)': (value: EncodingValue, data: ArrayValue | null) =>
    charsOf(value.decode(bytesOf(array(data, 'bytes')))),
  'char[] GetChars(byte[] bytes, int index, int count)': (
    value: EncodingValue,
    data: ArrayValue | null,
    start: number,
    count: number,
  ) => charsOf(value.decode(bytesIn(data, start, count))),
  'int GetChars(byte[] bytes, int byteIndex, int byteCount, char[] chars, int charIndex)': (
    value: EncodingValue,
    data: ArrayValue | null,
    start: number,
    count: number,
    target: ArrayValue | null,
    at: number,
  ) => {
    const codes = charsOf(value.decode(bytesIn(data, start, count))).items as number[];
    const name = `decoded characters, encoding '${value.encoding.encodingName}' fallback 'System.Text.DecoderReplacementFallback'`;
    return writeInto(codes, target, at, ['chars', 'char', name]);
  },
  'int GetCharCount(byte[] bytes)': (value: EncodingValue, data: ArrayValue | null) =>
    value.decode(bytesOf(array(data, 'bytes'))).length,
  'int GetCharCount(byte[] bytes, int index, int count)': (
    value: EncodingValue,
    data: ArrayValue | null,
    start: number,
    count: number,
  ) => value.decode(bytesIn(data, start, count)).length,
  'int GetMaxCharCount(int byteCount)': ({ encoding }: EncodingValue, count: number) => {
    if (count < 0) throw outOfRange('byteCount', 'Non-negative number required.');
    return encoding.maxCharCount(count);
  },
};

const about = {
  'string WebName': ({ encoding }: EncodingValue) => encoding.name,
  'string BodyName': ({ encoding }: EncodingValue) => encoding.name,
  'string HeaderName': ({ encoding }: EncodingValue) => encoding.name,
  'string EncodingName': ({ encoding }: EncodingValue) => encoding.encodingName,
  'int CodePage': ({ encoding }: EncodingValue) => encoding.codePage,
  'int WindowsCodePage': ({ encoding }: EncodingValue) => encoding.windowsCodePage,
  'bool IsSingleByte': ({ encoding }: EncodingValue) => encoding.isSingleByte,
  'bool IsBrowserDisplay': ({ encoding }: EncodingValue) => encoding.uses[0],
  'bool IsBrowserSave': ({ encoding }: EncodingValue) => encoding.uses[1],
  'bool IsMailNewsDisplay': ({ encoding }: EncodingValue) => encoding.uses[2],
  'bool IsMailNewsSave': ({ encoding }: EncodingValue) => encoding.uses[3],
  'bool IsReadOnly': () => true,
  'bool IsAlwaysNormalized()': ({ encoding }: EncodingValue) => encoding.name === 'iso-8859-1',
  'byte[] GetPreamble()': ({ preamble }: EncodingValue) => bytesValue(preamble.slice()),
  'object Clone()': (value: EncodingValue) => new EncodingValue(value.encoding, value),
};

function transcode(
  from: EncodingValue | null,
  to: EncodingValue | null,
  data: ArrayValue | null,
  range?: readonly [number, number],
): ArrayValue {
  if (!from) throw fault('ArgumentNullException', 'Array cannot be null.', 'srcEncoding');
  if (!to) throw fault('ArgumentNullException', 'Array cannot be null.', 'dstEncoding');
  const all = bytesOf(required(data, 'bytes'));
  return bytesValue(to.encode(from.decode(range ? bytesIn(data, ...range) : all)));
}

const fallbacks = (encoder: FallbackValue | null, decoder: FallbackValue | null): Options => ({
  encoder: required(encoder, 'encoderFallback'),
  decoder: required(decoder, 'decoderFallback'),
});

const encodingType = declareType(
  'abstract class System.Text.Encoding : ICloneable',
  {
    'static Encoding UTF8': standard('utf-8'),
    'static Encoding UTF7': standard('utf-7'),
    'static Encoding ASCII': standard('us-ascii'),
    'static Encoding Unicode': standard('utf-16'),
    'static Encoding BigEndianUnicode': standard('utf-16BE'),
    'static Encoding UTF32': standard('utf-32'),
    'static Encoding Default': () => made('utf-8', false, false),
    'static Encoding Latin1': standard('iso-8859-1'),
    'static Encoding GetEncoding(string name)': (name: Text) =>
      sharedEncoding(textEncoding(required(name, 'name'))),
    'static Encoding GetEncoding(int codepage)': (page: number) =>
      sharedEncoding(textEncodingOfPage(page)),
    'static Encoding GetEncoding(string name, EncoderFallback encoderFallback, DecoderFallback decoderFallback)':
      (name: Text, encoder: FallbackValue | null, decoder: FallbackValue | null) =>
        new EncodingValue(textEncoding(required(name, 'name')), fallbacks(encoder, decoder)),
    'static Encoding GetEncoding(int codepage, EncoderFallback encoderFallback, DecoderFallback decoderFallback)':
      (page: number, encoder: FallbackValue | null, decoder: FallbackValue | null) =>
        new EncodingValue(textEncodingOfPage(page), fallbacks(encoder, decoder)),
    'static byte[] Convert(Encoding srcEncoding, Encoding dstEncoding, byte[] bytes)': (
      from: EncodingValue | null,
      to: EncodingValue | null,
      data: ArrayValue | null,
    ) => transcode(from, to, data),
    'static byte[] Convert(Encoding srcEncoding, Encoding dstEncoding, byte[] bytes, int index, int count)':
      (
        from: EncodingValue | null,
        to: EncodingValue | null,
        data: ArrayValue | null,
        start: number,
        count: number,
      ) => transcode(from, to, data, [start, count]),
    ...about,
    ...encodingBytes,
    ...encodingText,
  },
  { key: ({ encoding, preamble }: EncodingValue) => `${encoding.codePage} ${preamble.length}` },
);

const strict = (): Options => ({
  encoder: new FallbackValue(named('System.Text.EncoderExceptionFallback'), undefined),
  decoder: new FallbackValue(named('System.Text.DecoderExceptionFallback'), undefined),
});
const made = (name: string, mark: boolean, throws: boolean) =>
  new EncodingValue(textEncoding(name), { mark, ...(throws && strict()) });

/** Constructors of the encodings whose bytes come in two orders. */
function ordered(little: string, big: string): Record<string, unknown> {
  const name = (bigEndian: boolean) => (bigEndian ? big : little);
  return {
    'new()': () => made(little, true, false),
    'new(bool bigEndian, bool byteOrderMark)': (_type: Type, bigEndian: boolean, mark: boolean) =>
      made(name(bigEndian), mark, false),
    'new(bool bigEndian, bool byteOrderMark, bool throwOnInvalidBytes)': (
      _type: Type,
      bigEndian: boolean,
      mark: boolean,
      throws: boolean,
    ) => made(name(bigEndian), mark, throws),
  };
}

export const encodingTypes = [
  encodingType,
  ...fallbackTypes,
  declareType('class System.Text.UTF8Encoding : Encoding', {
    'new()': () => made('utf-8', false, false),
    'new(bool encoderShouldEmitUTF8Identifier)': (_type: Type, mark: boolean) =>
      made('utf-8', mark, false),
    'new(bool encoderShouldEmitUTF8Identifier, bool throwOnInvalidBytes)': (
      _type: Type,
      mark: boolean,
      throws: boolean,
    ) => made('utf-8', mark, throws),
  }),
  declareType('class System.Text.ASCIIEncoding : Encoding', {
    'new()': () => made('us-ascii', true, false),
  }),
  declareType('class System.Text.UnicodeEncoding : Encoding', {
    ...ordered('utf-16', 'utf-16BE'),
    'const int CharSize': 2,
  }),
  declareType('class System.Text.UTF32Encoding : Encoding', ordered('utf-32', 'utf-32BE')),
  declareType('class System.Text.Latin1Encoding : Encoding', {}),
  declareType('class System.Text.UTF7Encoding : Encoding', {
    'new()': () => made('utf-7', true, false),
  }),
];
