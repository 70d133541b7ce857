// System.Text.Encoding: the encodings by name and code page, with replacement instead of errors.
import { argumentError, argumentOutOfRange, DotnetError } from './errors.ts';
import { fromSingleByte, toSingleByte } from './single-byte.ts';
import { fromUtf7, toUtf7 } from './utf7.ts';

export interface TextEncodingValue {
  /** WebName, such as `utf-8`. */
  readonly name: string;
  readonly encodingName: string;
  readonly codePage: number;
  readonly windowsCodePage: number;
  readonly isSingleByte: boolean;
  /** `[browser display, browser save, mail display, mail save]`. */
  readonly uses: readonly [boolean, boolean, boolean, boolean];
  readonly preamble: Uint8Array;
  /** Finds what has no bytes of its own. */
  readonly foreign: RegExp;
  getBytes(text: string): Uint8Array;
  /** Never throws: wrong bytes become U+FFFD or `?`. A byte order mark stays in the text. */
  getString(bytes: Uint8Array): string;
  maxByteCount(characters: number): number;
  maxCharCount(bytes: number): number;
}

type Entry = TextEncodingValue & { readonly aliases: readonly string[] };

const utf8Decoder = new TextDecoder('utf-8', { ignoreBOM: true });
const loneSurrogate = /\p{Cs}/gu;

function utf16(text: string, bigEndian: boolean): Uint8Array {
  const buffer = Buffer.from(text.toWellFormed(), 'utf16le');
  return Uint8Array.from(bigEndian ? buffer.swap16() : buffer);
}

function fromUtf16(bytes: Uint8Array, bigEndian: boolean): string {
  const even = bytes.length & ~1;
  const buffer = Buffer.from(bytes.subarray(0, even));
  const text = (bigEndian ? buffer.swap16() : buffer).toString('utf16le').toWellFormed();
  return even === bytes.length ? text : `${text}\uFFFD`;
}

function utf32(text: string, littleEndian: boolean): Uint8Array {
  const points = Array.from(text.toWellFormed(), (character) => character.codePointAt(0)!);
  const bytes = new Uint8Array(points.length * 4);
  const view = new DataView(bytes.buffer);
  for (const [index, point] of points.entries()) view.setUint32(index * 4, point, littleEndian);
  return bytes;
}

function fromUtf32(bytes: Uint8Array, littleEndian: boolean): string {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  let text = '';
  for (let at = 0; at + 4 <= bytes.length; at += 4) {
    const point = view.getUint32(at, littleEndian);
    const valid = point <= 0x10ffff && (point < 0xd800 || point > 0xdfff);
    text += valid ? String.fromCodePoint(point) : '\uFFFD';
  }
  return bytes.length % 4 === 0 ? text : `${text}\uFFFD`;
}

const unicode = { windowsCodePage: 1200, isSingleByte: false, foreign: loneSurrogate };

function utf16Entry(name: string, bigEndian: boolean, aliases: readonly string[]): Entry {
  return {
    ...unicode,
    name,
    aliases,
    encodingName: bigEndian ? 'Unicode (Big-Endian)' : 'Unicode',
    codePage: bigEndian ? 1201 : 1200,
    uses: [false, !bigEndian, false, false],
    preamble: bigEndian ? Uint8Array.of(0xfe, 0xff) : Uint8Array.of(0xff, 0xfe),
    getBytes: (text) => utf16(text, bigEndian),
    getString: (bytes) => fromUtf16(bytes, bigEndian),
    maxByteCount: (characters) => (characters + 1) * 2,
    maxCharCount: (bytes) => (bytes >> 1) + (bytes & 1) + 1,
  };
}

function utf32Entry(name: string, littleEndian: boolean, aliases: readonly string[]): Entry {
  return {
    ...unicode,
    name,
    aliases,
    encodingName: littleEndian ? 'Unicode (UTF-32)' : 'Unicode (UTF-32 Big-Endian)',
    codePage: littleEndian ? 12_000 : 12_001,
    uses: [false, false, false, false],
    preamble: littleEndian ? Uint8Array.of(0xff, 0xfe, 0, 0) : Uint8Array.of(0, 0, 0xfe, 0xff),
    getBytes: (text) => utf32(text, littleEndian),
    getString: (bytes) => fromUtf32(bytes, littleEndian),
    maxByteCount: (characters) => (characters + 1) * 4,
    maxCharCount: (bytes) => Math.floor(bytes / 2) + 2,
  };
}

const singleByte = {
  isSingleByte: true,
  windowsCodePage: 1252,
  preamble: new Uint8Array(),
  maxByteCount: (characters: number) => characters + 1,
  maxCharCount: (bytes: number) => bytes,
};

const encodings: readonly Entry[] = [
  {
    ...unicode,
    name: 'utf-8',
    encodingName: 'Unicode (UTF-8)',
    codePage: 65_001,
    uses: [true, true, true, true],
    preamble: Uint8Array.of(0xef, 0xbb, 0xbf),
    aliases: [
      'unicode-1-1-utf-8',
      'unicode-2-0-utf-8',
      'x-unicode-1-1-utf-8',
      'x-unicode-2-0-utf-8',
    ],
    getBytes: (text) => Uint8Array.from(Buffer.from(text, 'utf8')),
    getString: (bytes) => utf8Decoder.decode(bytes),
    maxByteCount: (characters) => (characters + 1) * 3,
    maxCharCount: (bytes) => bytes + 1,
  },
  {
    ...singleByte,
    name: 'us-ascii',
    encodingName: 'US-ASCII',
    codePage: 20_127,
    uses: [false, false, true, true],
    aliases:
      'ascii us iso646-us ansi_x3.4-1968 ansi_x3.4-1986 cp367 csascii ibm367 iso-ir-6 iso_646.irv:1991'.split(
        ' ',
      ),
    foreign: /[^\0-\x7f]/g,
    getBytes: (text) => toSingleByte(text, 0x7f),
    getString: (bytes) =>
      Array.from(bytes, (byte) => (byte < 128 ? String.fromCharCode(byte) : '?')).join(''),
  },
  utf16Entry('utf-16', false, ['utf-16le', 'unicode', 'ucs-2', 'iso-10646-ucs-2']),
  utf16Entry('utf-16BE', true, ['unicodefffe']),
  utf32Entry('utf-32', true, ['utf-32le']),
  utf32Entry('utf-32BE', false, []),
  {
    ...singleByte,
    name: 'iso-8859-1',
    encodingName: 'Western European (ISO)',
    codePage: 28_591,
    uses: [true, true, true, true],
    aliases:
      'latin1 l1 cp819 csisolatin1 ibm819 iso8859-1 iso-ir-100 iso_8859-1 iso_8859-1:1987'.split(
        ' ',
      ),
    foreign: /[^\0-\xff]/g,
    getBytes: (text) => toSingleByte(text, 0xff),
    getString: (bytes) => Buffer.from(bytes).toString('latin1'),
  },
  {
    ...unicode,
    name: 'utf-7',
    encodingName: 'Unicode (UTF-7)',
    codePage: 65_000,
    uses: [false, false, true, true],
    preamble: new Uint8Array(),
    aliases: 'unicode-1-1-utf-7 csunicode11utf7 x-unicode-1-1-utf-7 x-unicode-2-0-utf-7'.split(' '),
    foreign: /(?!)/g,
    getBytes: toUtf7,
    getString: fromUtf7,
    maxByteCount: (characters) => characters * 3 + 2,
    maxCharCount: (bytes) => Math.max(1, bytes),
  },
  ...(
    [
      ['windows-1250', 'Central European (Windows)', 1250],
      ['windows-1251', 'Cyrillic (Windows)', 1251],
      ['windows-1252', 'Western European (Windows)', 1252],
      ['iso-8859-2', 'Central European (ISO)', 28_592],
      ['iso-8859-15', 'Latin 9 (ISO)', 28_605],
    ] as const
  ).map(
    ([name, encodingName, codePage]): Entry => ({
      ...singleByte,
      name,
      encodingName,
      codePage,
      windowsCodePage: codePage < 2000 ? codePage : 1252,
      uses: [true, true, true, true],
      aliases: codePage < 2000 ? [`x-cp${codePage}`] : [],
      foreign: /[^\0-\xff]/g,
      getBytes: (text) => toSingleByte(text, name),
      getString: (bytes) => fromSingleByte(bytes, name),
    }),
  ),
];

const hint =
  'For information on defining a custom encoding, see the documentation for the Encoding.RegisterProvider method.';

/** Encoding.GetEncoding(name), ignoring case. Throws ArgumentException. */
export function textEncoding(name: string): TextEncodingValue {
  const wanted = name.toLowerCase();
  const found = encodings.find(
    (each) => each.name.toLowerCase() === wanted || each.aliases.includes(wanted),
  );
  if (found) return found;
  throw argumentError(`'${name}' is not a supported encoding name. ${hint}`, 'name');
}

/** Encoding.GetEncoding(code page); 0 is the default. Throws NotSupportedException. */
export function textEncodingOfPage(codePage: number): TextEncodingValue {
  if (codePage < 0 || codePage > 65_535) {
    throw argumentOutOfRange('codepage', 'Valid values are between 0 and 65535, inclusive.');
  }
  const wanted = codePage === 0 ? 65_001 : codePage;
  const found = encodings.find((each) => each.codePage === wanted);
  if (found) return found;
  throw new DotnetError(
    'System.NotSupportedException',
    `No data is available for encoding ${codePage}. ${hint}`,
  );
}

/** The first bytes that mean nothing in the encoding; undefined where all do. */
export function firstInvalid(
  encoding: TextEncodingValue,
  bytes: Uint8Array,
): { readonly index: number; readonly bytes: Uint8Array } | undefined {
  const unit =
    encoding.codePage === 65_001 || encoding.isSingleByte ? 1 : encoding.codePage < 2000 ? 2 : 4;
  for (let index = 0; index < bytes.length; ) {
    const [length, valid] = characterAt(encoding, bytes, index, unit);
    if (!valid) return { index, bytes: bytes.subarray(index, index + length) };
    index += length;
  }
  return undefined;
}

/** The length of the character at a place, and whether it is one. */
function characterAt(
  encoding: TextEncodingValue,
  bytes: Uint8Array,
  index: number,
  unit: number,
): readonly [number, boolean] {
  for (let length = unit; length <= 4; length += unit) {
    const part = bytes.subarray(index, index + length);
    const text = encoding.getString(part);
    const again = encoding.getBytes(text);
    if (part.length === length && Buffer.from(part).equals(again)) return [length, true];
    // A second replacement means that the last byte began something else.
    if (length > unit && [...text].length > 1) return [length - unit, false];
    if (part.length < length) return [part.length, false];
  }
  return [unit, false];
}
