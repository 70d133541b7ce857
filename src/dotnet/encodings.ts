// System.Text.Encoding: text to bytes and back, with replacement instead of errors.
import { argumentError } from './errors.ts';

export interface TextEncodingValue {
  /** WebName, such as `utf-8`. */
  readonly name: string;
  readonly encodingName: string;
  readonly codePage: number;
  readonly preamble: Uint8Array;
  getBytes(text: string): Uint8Array;
  /** Never throws: wrong bytes become U+FFFD or `?`. A byte order mark stays in the text. */
  getString(bytes: Uint8Array): string;
}

const strictUtf8 = new TextDecoder('utf-8', { ignoreBOM: true });

function view(bytes: Uint8Array): Buffer {
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
}

function singleByte(text: string, most: number): Uint8Array {
  const bytes = new Uint8Array(text.length);
  let count = 0;
  for (const character of text) {
    const code = character.codePointAt(0)!;
    // A pair outside the set gives two replacements.
    for (let i = 0; i < character.length; i++) bytes[count++] = code <= most ? code : 0x3f;
  }
  return bytes;
}

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

function utf32(text: string): Uint8Array {
  const points = Array.from(text.toWellFormed(), (character) => character.codePointAt(0)!);
  const buffer = Buffer.alloc(points.length * 4);
  points.forEach((point, i) => {
    buffer.writeUInt32LE(point, i * 4);
  });
  return Uint8Array.from(buffer);
}

function fromUtf32(bytes: Uint8Array): string {
  const buffer = view(bytes);
  let text = '';
  for (let i = 0; i + 4 <= bytes.length; i += 4) {
    const point = buffer.readUInt32LE(i);
    const valid = point <= 0x10ffff && (point < 0xd800 || point > 0xdfff);
    text += valid ? String.fromCodePoint(point) : '\uFFFD';
  }
  return bytes.length % 4 === 0 ? text : `${text}\uFFFD`;
}

const none = new Uint8Array();
const encodings: readonly (TextEncodingValue & { readonly aliases: readonly string[] })[] = [
  {
    name: 'utf-8',
    encodingName: 'Unicode (UTF-8)',
    codePage: 65001,
    preamble: Uint8Array.of(0xef, 0xbb, 0xbf),
    aliases: ['utf8', 'unicode-1-1-utf-8'],
    getBytes: (text) => Uint8Array.from(Buffer.from(text, 'utf8')),
    getString: (bytes) => strictUtf8.decode(bytes),
  },
  {
    name: 'us-ascii',
    encodingName: 'US-ASCII',
    codePage: 20127,
    preamble: none,
    aliases: ['ascii', 'iso646-us', 'us'],
    getBytes: (text) => singleByte(text, 0x7f),
    getString: (bytes) =>
      Array.from(bytes, (byte) => (byte < 128 ? String.fromCharCode(byte) : '?')).join(''),
  },
  {
    name: 'utf-16',
    encodingName: 'Unicode',
    codePage: 1200,
    preamble: Uint8Array.of(0xff, 0xfe),
    aliases: ['utf-16le', 'unicode', 'ucs-2', 'iso-10646-ucs-2'],
    getBytes: (text) => utf16(text, false),
    getString: (bytes) => fromUtf16(bytes, false),
  },
  {
    name: 'utf-16BE',
    encodingName: 'Unicode (Big-Endian)',
    codePage: 1201,
    preamble: Uint8Array.of(0xfe, 0xff),
    aliases: ['unicodefffe'],
    getBytes: (text) => utf16(text, true),
    getString: (bytes) => fromUtf16(bytes, true),
  },
  {
    name: 'utf-32',
    encodingName: 'Unicode (UTF-32)',
    codePage: 12000,
    preamble: Uint8Array.of(0xff, 0xfe, 0, 0),
    aliases: ['utf-32le'],
    getBytes: utf32,
    getString: fromUtf32,
  },
  {
    name: 'iso-8859-1',
    encodingName: 'Western European (ISO)',
    codePage: 28591,
    preamble: none,
    aliases: ['latin1', 'l1', 'iso8859-1', 'iso_8859-1'],
    getBytes: (text) => singleByte(text, 0xff),
    getString: (bytes) => view(bytes).toString('latin1'),
  },
];

/** Encoding.GetEncoding(name or code page), ignoring case. Throws ArgumentException. */
export function textEncoding(nameOrCodePage: string | number): TextEncodingValue {
  const wanted = String(nameOrCodePage).toLowerCase();
  const found = encodings.find(
    (each) =>
      each.codePage === nameOrCodePage ||
      each.name.toLowerCase() === wanted ||
      each.aliases.includes(wanted),
  );
  if (found) return found;
  throw argumentError(
    `'${nameOrCodePage}' is not a supported encoding name. For information on defining a custom encoding, see the documentation for the Encoding.RegisterProvider method.`,
    'name',
  );
}
