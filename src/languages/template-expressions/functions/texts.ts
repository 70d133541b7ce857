// Strings: the functions of the "String functions" page.
import { type Json, readJsonText } from '../../../base/index.ts';
import { textCharsMax } from '../limits.ts';
import { textOf } from '../values.ts';
import { formatText } from './format.ts';
import { guidOfTexts, uniqueStringOf } from './hashes.ts';
import { arrayAt, type FunctionRule, fault, integerAt, rule, textAt, wrongType } from './rule.ts';

const unlimited = Number.POSITIVE_INFINITY;

const mapped = (name: string, work: (text: string) => Json): FunctionRule =>
  rule(name, 1, 1, (args) => work(textAt(name, args, 0)));

const tested = (name: string, work: (text: string, part: string) => Json): FunctionRule =>
  rule(name, 2, 2, (args) =>
    work(textAt(name, args, 0).toLowerCase(), textAt(name, args, 1).toLowerCase()),
  );

const decode64 = (name: string, text: string) => {
  if (!/^[A-Za-z0-9+/\s]*={0,2}\s*$/.test(text)) throw fault(name, 'the text is not base64.');
  return Buffer.from(text, 'base64').toString('utf8');
};

/** JSON as ARM reads it; Newtonsoft's leniency (comments, single words) included where it is ours. */
function parseJson(name: string, text: string): Json {
  try {
    return JSON.parse(text) as Json;
  } catch {
    try {
      return readJsonText(text, { loose: true }).value;
    } catch {
      throw fault(name, 'the text is not valid JSON.');
    }
  }
}

function replace(text: string, from: string, to: string): string {
  if (from === '') throw fault('replace', 'the text to replace is empty.');
  const parts = text.split(from);
  if (text.length + (parts.length - 1) * to.length > textCharsMax) {
    throw fault('replace', 'the result is too large.');
  }
  return parts.join(to);
}

function substring(args: readonly Json[]): string {
  const text = textAt('substring', args, 0);
  const start = integerAt('substring', args, 1);
  const length = args.length > 2 ? integerAt('substring', args, 2) : text.length - start;
  if (start < 0 || length < 0 || start + length > text.length) {
    throw fault(
      'substring',
      `the index and length must refer to a location within the string (index ${start}, length ` +
        `${length}, of ${text.length} characters).`,
    );
  }
  return text.slice(start, start + length);
}

function split(args: readonly Json[]): string[] {
  const text = textAt('split', args, 0);
  const by = args[1] ?? null;
  const delimiters = (Array.isArray(by) ? by : [by]).map((each) => {
    if (typeof each !== 'string') throw wrongType('split', 1, 'String', each);
    return each;
  });
  let parts = [text];
  for (const delimiter of delimiters) {
    if (delimiter !== '') parts = parts.flatMap((part) => part.split(delimiter));
  }
  return parts;
}

function padLeft(args: readonly Json[]): string {
  const value = args[0] ?? null;
  if (typeof value !== 'string' && typeof value !== 'number') {
    throw wrongType('padLeft', 0, 'String', value);
  }
  const length = integerAt('padLeft', args, 1);
  const filler = args.length > 2 ? textAt('padLeft', args, 2) : ' ';
  if (filler.length !== 1 || length < 0 || length > textCharsMax) {
    throw fault('padLeft', 'the padding must be one character, the length not negative.');
  }
  return textOf(value).padStart(length, filler);
}

/** RFC 3986 reference resolution, as .NET's Uri does it; a base without path gets a slash. */
function uri(args: readonly Json[]): string {
  const base = textAt('uri', args, 0);
  const relative = textAt('uri', args, 1);
  try {
    return new URL(relative, base).toString();
  } catch {
    throw fault('uri', 'the base is no absolute address.');
  }
}

const escapeUri = (text: string) =>
  encodeURIComponent(text).replace(
    /[!'()*]/g,
    (character) => `%${character.charCodeAt(0).toString(16).toUpperCase()}`,
  );

function unescapeUri(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

/** `*` stands for any text, letter case counts for nothing; linear in both lengths for each star. */
function like(text: string, pattern: string): boolean {
  const [first = '', ...rest] = pattern.toLowerCase().split('*');
  const lower = text.toLowerCase();
  const last = rest.pop();
  if (last === undefined) return lower === first;
  if (lower.length < first.length + last.length) return false;
  if (!lower.startsWith(first) || !lower.endsWith(last)) return false;
  let at = first.length;
  for (const part of rest) {
    const found = lower.indexOf(part, at);
    if (found < 0) return false;
    at = found + part.length;
  }
  return at <= lower.length - last.length;
}

function dataUriText(text: string): string {
  const match = /^data:([^,]*?)(;base64)?,(.*)$/s.exec(text);
  if (!match) throw fault('dataUriToString', 'the text is no data URI.');
  return match[2] ? decode64('dataUriToString', match[3]!) : unescapeUri(match[3]!);
}

export const textFunctions: readonly FunctionRule[] = [
  mapped('toLower', (text) => text.toLowerCase()),
  mapped('toUpper', (text) => text.toUpperCase()),
  mapped('trim', (text) => text.trim()),
  mapped('base64', (text) => Buffer.from(text, 'utf8').toString('base64')),
  mapped('base64ToString', (text) => decode64('base64ToString', text)),
  mapped('base64ToJson', (text) => parseJson('base64ToJson', decode64('base64ToJson', text))),
  mapped('json', (text) => parseJson('json', text)),
  mapped('uriComponent', escapeUri),
  mapped('uriComponentToString', unescapeUri),
  mapped(
    'dataUri',
    (text) => `data:text/plain;charset=utf-8;base64,${Buffer.from(text).toString('base64')}`,
  ),
  mapped('dataUriToString', dataUriText),
  tested('startsWith', (text, part) => text.startsWith(part)),
  tested('endsWith', (text, part) => text.endsWith(part)),
  rule('like', 2, 2, (args) => like(textAt('like', args, 0), textAt('like', args, 1))),
  rule('string', 1, 1, ([value = null]) => textOf(value)),
  rule('substring', 2, 3, substring),
  rule('replace', 3, 3, (args) =>
    replace(textAt('replace', args, 0), textAt('replace', args, 1), textAt('replace', args, 2)),
  ),
  rule('split', 2, 2, split),
  rule('join', 2, 2, (args) => {
    const by = textAt('join', args, 1);
    const parts = arrayAt('join', args, 0).map(textOf);
    const length = parts.reduce((sum, part) => sum + part.length + by.length, 0);
    if (length > textCharsMax + by.length) throw fault('join', 'the result is too large.');
    return parts.join(by);
  }),
  rule('padLeft', 2, 3, padLeft),
  rule('format', 1, unlimited, (args) => formatText(textAt('format', args, 0), args.slice(1))),
  rule('uri', 2, 2, uri),
  rule('guid', 1, unlimited, (args) => guidOfTexts(args.map((_, i) => textAt('guid', args, i)))),
  rule('uniqueString', 1, unlimited, (args) =>
    uniqueStringOf(args.map((_, i) => textAt('uniqueString', args, i))),
  ),
  rule('fail', 1, 1, (args) => {
    throw fault('fail', textAt('fail', args, 0));
  }),
];
