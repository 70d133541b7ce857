// Text files as people keep them: with or without a byte order mark, in UTF-8 or UTF-16.
import { readFileSync, writeFileSync } from 'node:fs';
import { ConfigurationError } from '../base/index.ts';

export type TextEncoding = 'utf-8' | 'utf-16le' | 'utf-16be';

export interface TextFile {
  /** Without a byte order mark. */
  readonly text: string;
  readonly encoding: TextEncoding;
  readonly mark: boolean;
}

const marks: readonly (readonly [TextEncoding, readonly number[]])[] = [
  ['utf-8', [0xef, 0xbb, 0xbf]],
  ['utf-16le', [0xff, 0xfe]],
  ['utf-16be', [0xfe, 0xff]],
];

/** Reads a file, `-` for standard input. Throws ConfigurationError where it cannot be read as text. */
export function readTextFile(file: string): TextFile {
  const bytes = readBytes(file);
  const marked = marks.find(([, mark]) => mark.every((byte, index) => bytes[index] === byte));
  const encoding = marked?.[0] ?? unmarkedEncoding(bytes);
  try {
    // The decoder takes the byte order mark away.
    return {
      text: new TextDecoder(encoding, { fatal: true }).decode(bytes),
      encoding,
      mark: !!marked,
    };
  } catch {
    const message = bytes.includes(0)
      ? 'is not a text file'
      : `is not valid ${encoding.toUpperCase()}`;
    throw new ConfigurationError({ file, message, fix: 'Save it as UTF-8.' });
  }
}

function readBytes(file: string): Buffer {
  let bytes: Buffer;
  try {
    bytes = readFileSync(file === '-' ? 0 : file);
  } catch (error) {
    const reason = (error as NodeJS.ErrnoException).code ?? 'unreadable';
    const message =
      reason === 'ENOENT' ? 'there is no such file or folder' : `cannot be read (${reason})`;
    throw new ConfigurationError({ file, message, fix: 'Name a file that can be read.' });
  }
  return bytes;
}

/** UTF-16 without a mark shows in the zero byte beside the first `<`. */
function unmarkedEncoding(bytes: Buffer): TextEncoding {
  if (bytes[0] === 0x3c && bytes[1] === 0) return 'utf-16le';
  if (bytes[0] === 0 && bytes[1] === 0x3c) return 'utf-16be';
  return 'utf-8';
}

/** Writes text the way the file was kept. */
export function writeTextFile(file: string, text: string, { encoding, mark }: TextFile): void {
  const marked = mark ? `\uFEFF${text}` : text;
  const bytes = Buffer.from(marked, encoding === 'utf-8' ? 'utf8' : 'utf16le');
  try {
    writeFileSync(file, encoding === 'utf-16be' ? bytes.swap16() : bytes);
  } catch (error) {
    const reason = (error as NodeJS.ErrnoException).code ?? 'unwritable';
    throw new ConfigurationError({ file, message: `cannot be written (${reason})` });
  }
}
