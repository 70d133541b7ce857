// Conversions between kinds, and the binary, XML, form and multipart envelopes.
import {
  Decimal,
  englishCulture,
  escapeDataString,
  invariantCulture,
  NumberStyles,
  parseDecimal,
  parseDouble,
  unescapeDataString,
} from '../../../dotnet/index.ts';
import { doubleOf } from '../arithmetic.ts';
import { dataUriToBinary, dataUriToString, decodeBase64 } from '../data-uris.ts';
import { ExpressionEvaluationError, failFunction, usageLink } from '../errors.ts';
import { parseJsonValue } from '../json-values.ts';
import {
  envelopeBytes,
  envelopeOf,
  envelopeText,
  isEnvelope,
  isXmlEnvelope,
  stringify,
} from '../stringify.ts';
import {
  DoubleValue,
  int64Max,
  integerOf,
  isObject,
  kindName,
  toBigInt,
  type Value,
} from '../values.ts';
import { toXml, xmlToValue } from '../xml-values.ts';
import { cultureOf } from './cultures.ts';
import { definitionsOf, failArgument, stringArgument, withDotnet } from './definition.ts';

function couldNotParse(name: string, value: Value): never {
  throw new ExpressionEvaluationError(
    `The template language function '${name}' was invoked with a parameter that is not valid. Could not parse ${stringify(value).slice(0, 200)} as ${name}: the value cannot be converted to the target type. ${usageLink(name)}`,
  );
}

const floatStyles =
  NumberStyles.Float | NumberStyles.AllowThousands | NumberStyles.AllowTrailingSign;

/** int() reads text through a double, as the service does: large integers lose digits. */
function int(args: readonly Value[]): Value {
  const value = args[0] as Value;
  const integer = toBigInt(value);
  if (integer !== undefined) return integerOf(integer);
  if (value instanceof Decimal) {
    return value.compareTo(value.truncate()) === 0
      ? integerOf(value.toBigInt())
      : couldNotParse('int', value);
  }
  const double =
    typeof value === 'string'
      ? tryDouble(value, NumberStyles.Float | NumberStyles.AllowThousands)
      : doubleOf(value);
  if (double === undefined) return couldNotParse('int', value);
  // (long)NaN and anything too small is Int64.MinValue; too large is refused.
  if (Number.isNaN(double) && typeof value === 'string') return -(int64Max + 1n);
  if (!Number.isFinite(double) || double >= 2 ** 63 || !Number.isInteger(double)) {
    return couldNotParse('int', value);
  }
  return double <= -(2 ** 63) ? -(int64Max + 1n) : integerOf(BigInt(double));
}

function tryDouble(text: string, styles: number, culture = invariantCulture): number | undefined {
  try {
    return parseDouble(text, styles, culture);
  } catch {
    return undefined;
  }
}

function float(args: readonly Value[]): Value {
  const value = args[0] as Value;
  const culture = args.length > 1 ? cultureOf('float', args, 1) : englishCulture;
  const double =
    typeof value === 'string' ? tryDouble(value, floatStyles, culture) : doubleOf(value);
  return double === undefined ? couldNotParse('float', value) : DoubleValue.of(double);
}

function decimal(args: readonly Value[]): Value {
  const value = args[0] as Value;
  if (value instanceof Decimal) return value;
  const integer = toBigInt(value);
  try {
    if (integer !== undefined) return Decimal.fromInteger(integer);
    if (typeof value === 'string') {
      return parseDecimal(value, NumberStyles.Number, invariantCulture);
    }
    const double = doubleOf(value);
    if (double !== undefined) return Decimal.fromDouble(double);
  } catch {
    return couldNotParse('decimal', value);
  }
  return couldNotParse('decimal', value);
}

function bool(args: readonly Value[]): boolean {
  const value = args[0] as Value;
  if (typeof value === 'boolean') return value;
  const double = doubleOf(value);
  if (double !== undefined) return double !== 0;
  const word = typeof value === 'string' ? value.trim().toLowerCase() : '';
  if (word === 'true' || word === 'false') return word === 'true';
  return couldNotParse('bool', value);
}

function isInt(args: readonly Value[]): boolean {
  const text = stringArgument('isInt', args, 0);
  return /^\s*[+-]?\d+\s*$/.test(text) && integerFits(text);
}

function integerFits(text: string): boolean {
  const digits = BigInt(text.replace('+', '').trim());
  return digits <= int64Max && digits >= -(int64Max + 1n);
}

function isFloat(args: readonly Value[]): boolean {
  const text = stringArgument('isFloat', args, 0);
  const culture = args.length > 1 ? cultureOf('isFloat', args, 1) : invariantCulture;
  return tryDouble(text, floatStyles, culture) !== undefined;
}

function json(args: readonly Value[]): Value {
  const value = args[0] as Value;
  if (typeof value === 'string') return parsed(value);
  if (isXmlEnvelope(value)) return xmlToValue('json', value);
  if (isEnvelope(value)) return parsed(envelopeText(value));
  return failFunction(
    'json',
    `expects its parameter to be a string or an XML. The provided value is of type '${kindName(value)}'.`,
  );
}

function parsed(text: string): Value {
  return withDotnet(
    'json',
    () => parseJsonValue(text),
    `parameter is not valid. The provided value '${text.slice(0, 200)}' cannot be parsed:`,
  );
}

function base64(args: readonly Value[]): string {
  const value = args[0] as Value;
  if (value === null) return failArgument('base64', args, 0, 'be a string', true);
  return isEnvelope(value)
    ? envelopeBytes(value).toString('base64')
    : Buffer.from(stringify(value)).toString('base64');
}

function base64ToBinary(args: readonly Value[]): Value {
  const text = stringArgument('base64ToBinary', args, 0, true);
  decodeBase64('base64ToBinary', text);
  return { '$content-type': 'application/octet-stream', $content: text };
}

function base64ToString(name: string): (args: readonly Value[]) => string {
  return (args) => decodeBase64(name, stringArgument(name, args, 0, true)).toString('utf8');
}

function binary(args: readonly Value[]): Value {
  const value = args[0] as Value;
  if (value === null) return failArgument('binary', args, 0, 'have a value', true);
  return envelopeOf(
    'application/octet-stream',
    isEnvelope(value) ? envelopeBytes(value) : stringify(value),
  );
}

function dataUri(args: readonly Value[]): string {
  const value = args[0] as Value;
  if (value === null) return failArgument('dataUri', args, 0, 'have a value', true);
  const made = isEnvelope(value)
    ? value
    : envelopeOf(
        typeof value === 'string' ? 'text/plain;charset=utf-8' : 'application/json;charset=utf-8',
        stringify(value),
      );
  return `data:${made['$content-type']};base64,${made.$content}`;
}

function unescaped(name: string): (args: readonly Value[]) => string {
  return (args) => unescapeDataString(stringArgument(name, args, 0, true));
}

function escaped(name: string): (args: readonly Value[]) => string {
  return (args) => escapeDataString(stringArgument(name, args, 0, true));
}

/** Older designers wrote several arguments; the service joins them. */
function encodeUriComponent(args: readonly Value[]): string {
  const texts = args.map((_, index) =>
    stringArgument('encodeUriComponent', args, index, args.length === 1),
  );
  return escapeDataString(texts.join(''));
}

function xml(args: readonly Value[]): Value {
  const value = args[0] as Value;
  if (typeof value !== 'string' && !isObject(value)) {
    return failArgument('xml', args, 0, 'be a string or an object', true);
  }
  return toXml('xml', value);
}

export const conversionFunctions = definitionsOf('conversion', [
  ['json', 'value', json],
  ['xml', 'value', xml],
  ['string', 'value', ([value]) => stringify(value as Value)],
  ['int', 'value', int],
  ['float', 'value, locale?', float],
  ['decimal', 'value', decimal],
  ['bool', 'value', bool],
  ['isInt', 'text', isInt],
  ['isFloat', 'text, locale?', isFloat],
  ['array', 'value', ([value]) => [value as Value]],
  ['createArray', '…', (args) => [...args]],
  ['base64', 'value', base64],
  ['base64ToBinary', 'text', base64ToBinary],
  ['base64ToString', 'text', base64ToString('base64ToString')],
  ['decodeBase64', 'text', base64ToString('decodeBase64')],
  ['binary', 'value', binary],
  ['dataUri', 'value', dataUri],
  [
    'dataUriToBinary',
    'dataUri',
    (args) => dataUriToBinary('dataUriToBinary', stringArgument('dataUriToBinary', args, 0, true)),
  ],
  [
    'decodeDataUri',
    'dataUri',
    (args) => dataUriToBinary('decodeDataUri', stringArgument('decodeDataUri', args, 0, true)),
  ],
  [
    'dataUriToString',
    'dataUri',
    (args) => dataUriToString('dataUriToString', stringArgument('dataUriToString', args, 0, true)),
  ],
  ['uriComponent', 'text', escaped('uriComponent')],
  ['encodeUriComponent', 'text, …', encodeUriComponent],
  ['decodeUriComponent', 'text', unescaped('decodeUriComponent')],
  ['uriComponentToString', 'text', unescaped('uriComponentToString')],
  [
    'uriComponentToBinary',
    'text',
    (args) => envelopeOf('application/octet-stream', unescaped('uriComponentToBinary')(args)),
  ],
  ['utf8Length', 'text', (args) => Buffer.byteLength(stringArgument('utf8Length', args, 0, true))],
  ['utf16Length', 'text', (args) => stringArgument('utf16Length', args, 0, true).length * 2],
]);
