// Text files as people keep them: marks and encodings in, the same out again.
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, it } from 'vitest';
import { readTextFile, writeTextFile } from './text-file.ts';

const folder = mkdtempSync(join(tmpdir(), 'text-file-'));
afterAll(() => rmSync(folder, { recursive: true }));

function kept(bytes: Uint8Array): string {
  const file = join(folder, 'a.xml');
  writeFileSync(file, bytes);
  return file;
}

const utf16 = Buffer.from('<ä/>', 'utf16le');

it.each([
  ['UTF-8', Buffer.from('<ä/>')],
  ['UTF-8 with a mark', Buffer.from('\uFEFF<ä/>')],
  ['UTF-16 LE with a mark', Buffer.concat([Buffer.from([0xff, 0xfe]), utf16])],
  ['UTF-16 BE with a mark', Buffer.concat([Buffer.from([0xff, 0xfe]), utf16]).swap16()],
  ['UTF-16 LE without a mark', utf16],
  ['UTF-16 BE without a mark', Buffer.from(utf16).swap16()],
])('%s is read, and written as it was kept', (_, bytes) => {
  const file = kept(bytes);
  const source = readTextFile(file);
  expect(source.text).toBe('<ä/>');
  writeTextFile(file, source.text, source);
  expect(readFileSync(file).equals(bytes)).toBe(true);
});

it.each([
  ['another encoding', Buffer.from([0x3c, 0xe4, 0x2f, 0x3e]), 'is not valid UTF-8'],
  ['bytes', Buffer.from([0x89, 0x50, 0, 1]), 'is not a text file'],
])('%s is refused', (_, bytes, message) => {
  expect(() => readTextFile(kept(bytes))).toThrow(message);
});

it('a file that is not there, a folder, and a place that cannot be written are refused', () => {
  expect(() => readTextFile(join(folder, 'nope'))).toThrow('there is no such file or folder');
  expect(() => readTextFile(folder)).toThrow('cannot be read (EISDIR)');
  const source = { text: '', encoding: 'utf-8', mark: false } as const;
  expect(() => writeTextFile(folder, '', source)).toThrow('cannot be written (EISDIR)');
});
