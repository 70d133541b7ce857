// Functions over text. Positions count UTF-16 units, as .NET's do.
import {
  Decimal,
  decodeXmlName as decodeName,
  encodeXmlName as encodeName,
  endsWithText,
  escapeXmlText,
  formatDecimal,
  formatDouble,
  formatGuid,
  formatInteger,
  htmlDecode,
  indexOfText,
  lastIndexOfText,
  StringComparison,
  startsWithText,
  toLower,
  toUpper,
  trimText,
} from '../../../dotnet/index.ts';
import { doubleOf } from '../arithmetic.ts';
import type { EvaluationContext } from '../context.ts';
import { failFunction } from '../errors.ts';
import { resultCharactersMax, resultItemsMax } from '../limits.ts';
import { envelopeBytes, envelopeOf, isEnvelope, stringify, tooLong } from '../stringify.ts';
import { kindName, toBigInt, type Value } from '../values.ts';
import { cultureOf } from './cultures.ts';
import {
  boundedItems,
  boundedText,
  definitionsOf,
  failArgument,
  integerArgument,
  stringArgument,
  withDotnet,
} from './definition.ts';

const ignoreCase = StringComparison.OrdinalIgnoreCase;

function concat(args: readonly Value[]): string {
  let text = '';
  for (const arg of args) text += typeof arg === 'string' ? arg : stringify(arg);
  return boundedText(text);
}

function replace(args: readonly Value[]): string {
  const text = stringArgument('replace', args, 0);
  const from = stringArgument('replace', args, 1);
  const to = stringArgument('replace', args, 2);
  if (from === '') {
    return failFunction(
      'replace',
      "was invoked with a parameter that is not valid. String cannot be of zero length. (Parameter 'oldValue')",
    );
  }
  if (to.length > from.length) {
    const room = (resultCharactersMax - text.length) / (to.length - from.length);
    if (occursMoreThan(text, from, room)) throw tooLong();
  }
  return text.replaceAll(from, () => to);
}

/** Whether replacing would outgrow the bound; counts before anything is built. */
function occursMoreThan(text: string, search: string, max: number): boolean {
  let count = 0;
  for (let at = text.indexOf(search); at >= 0; at = text.indexOf(search, at + search.length)) {
    if (++count > max) return true;
  }
  return false;
}

function substring(args: readonly Value[]): string {
  const text = stringArgument('substring', args, 0);
  const start = integerArgument('substring', args, 1);
  const length = args.length > 2 ? integerArgument('substring', args, 2) : text.length - start;
  if (start < 0 || length < 0 || start + length > text.length) {
    return failFunction(
      'substring',
      "parameters are out of range: 'start index' and 'length' must be non-negative integers and their sum must be no larger than the length of the string.",
    );
  }
  return text.slice(start, start + length);
}

function slice(args: readonly Value[]): string {
  const text = stringArgument('slice', args, 0);
  const start = integerArgument('slice', args, 1);
  return args.length > 2 ? text.slice(start, integerArgument('slice', args, 2)) : text.slice(start);
}

function split(args: readonly Value[]): Value {
  const text = stringArgument('split', args, 0);
  const separator = stringArgument('split', args, 1);
  return separator === '' ? [text] : boundedItems(text.split(separator, resultItemsMax + 1));
}

/** .NET Framework's answers at the edges: an empty search ends at the last character. */
function lastIndexOf(args: readonly Value[]): number {
  const text = stringArgument('lastIndexOf', args, 0);
  const search = stringArgument('lastIndexOf', args, 1);
  if (text === '') return search === '' ? 0 : -1;
  if (search === '') return text.length - 1;
  return lastIndexOfText(text, search, ignoreCase);
}

/** Occurrence n from the start, or from the end where n is negative; -1 where there are fewer. */
function nthIndexOf(args: readonly Value[]): number {
  const text = toUpper(stringArgument('nthIndexOf', args, 0));
  const search = toUpper(stringArgument('nthIndexOf', args, 1));
  let left = integerArgument('nthIndexOf', args, 2);
  if (left === 0 || search === '' || Math.abs(left) > text.length) return -1;
  if (left > 0) {
    let at = -1;
    do at = text.indexOf(search, at + 1);
    while (at >= 0 && --left > 0);
    return at;
  }
  let at = text.length;
  do at = at === 0 ? -1 : text.lastIndexOf(search, at - 1);
  while (at >= 0 && ++left < 0);
  return at;
}

function trim(args: readonly Value[]): string {
  const text = args[0];
  if (typeof text === 'string') return trimText(text);
  return failFunction(
    'trim',
    `was invoked with parameters that are not valid: a string is expected, not a value of type '${kindName(text ?? null)}'.`,
  );
}

function formatNumber(args: readonly Value[]): string {
  const value = args[0] as Value;
  const format = stringArgument('formatNumber', args, 1);
  const culture = cultureOf('formatNumber', args, 2);
  return withDotnet('formatNumber', () => {
    const integer = toBigInt(value);
    if (integer !== undefined) return formatInteger(integer, 'long', format, culture);
    if (value instanceof Decimal) return formatDecimal(value, format, culture);
    const double = doubleOf(value);
    if (double === undefined) {
      return failArgument('formatNumber', args, 0, 'be an integer or a decimal number');
    }
    return formatDouble(double, format, culture);
  });
}

function guid(args: readonly Value[], context: EvaluationContext): string {
  const bytes = Array.from({ length: 16 }, () => Math.floor(context.random() * 256));
  bytes[6] = (bytes[6]! & 0x0f) | 0x40;
  bytes[8] = (bytes[8]! & 0x3f) | 0x80;
  const hex = bytes.map((byte) => byte.toString(16).padStart(2, '0')).join('');
  const plain = hex.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5');
  if (args.length === 0) return plain;
  const format = stringArgument('guid', args, 0);
  return format === 'D' || format === 'd'
    ? plain
    : withDotnet('guid', () => formatGuid(plain, format));
}

function trimByteOrderMark(args: readonly Value[]): Value {
  const content = args[0] as Value;
  if (typeof content === 'string') return content.startsWith('\uFEFF') ? content.slice(1) : content;
  if (!isEnvelope(content)) {
    return failArgument('trimByteOrderMark', args, 0, 'be a string or binary content', true);
  }
  const bytes = envelopeBytes(content);
  const marked = bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf;
  return marked ? envelopeOf(content['$content-type'], bytes.subarray(3)) : content;
}

/** What XmlConvert and SecurityElement do to a value: the five entities. */
function encodeXmlValue(args: readonly Value[]): string {
  const text = stringArgument('encodeXmlValue', args, 0, true);
  return boundedText(escapeXmlText(text).replaceAll('"', '&quot;').replaceAll("'", '&apos;'));
}

export const stringFunctions = definitionsOf('string', [
  ['concat', 'text, …', concat],
  ['substring', 'text, startIndex, length?', substring],
  ['slice', 'text, startIndex, endIndex?', slice],
  ['replace', 'text, oldText, newText', replace],
  ['guid', 'format?', guid],
  ['toLower', 'text', (args) => toLower(stringArgument('toLower', args, 0, true))],
  ['toUpper', 'text', (args) => toUpper(stringArgument('toUpper', args, 0, true))],
  [
    'indexOf',
    'text, searchText',
    (args) =>
      indexOfText(
        stringArgument('indexOf', args, 0),
        stringArgument('indexOf', args, 1),
        0,
        ignoreCase,
      ),
  ],
  ['nthIndexOf', 'text, searchText, occurrence', nthIndexOf],
  ['lastIndexOf', 'text, searchText', lastIndexOf],
  [
    'startsWith',
    'text, searchText',
    (args) =>
      startsWithText(
        stringArgument('startsWith', args, 0),
        stringArgument('startsWith', args, 1),
        ignoreCase,
      ),
  ],
  [
    'endsWith',
    'text, searchText',
    (args) =>
      endsWithText(
        stringArgument('endsWith', args, 0),
        stringArgument('endsWith', args, 1),
        ignoreCase,
      ),
  ],
  ['split', 'text, separator', split],
  ['trim', 'text', trim],
  ['formatNumber', 'number, format, locale?', formatNumber],
  ['trimByteOrderMark', 'content', trimByteOrderMark],
  ['encodeXmlValue', 'text', encodeXmlValue],
  ['decodeXmlValue', 'text', (args) => htmlDecode(stringArgument('decodeXmlValue', args, 0, true))],
  ['encodeXmlName', 'name', (args) => encodeName(stringArgument('encodeXmlName', args, 0, true))],
  ['decodeXmlName', 'name', (args) => decodeName(stringArgument('decodeXmlName', args, 0, true))],
]);
