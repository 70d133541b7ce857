// Values as text: what `@{…}`, concat and string() print, and JSON with its number kinds.
import {
  Decimal,
  doubleText,
  fromBase64,
  jsonDecimal,
  jsonDouble,
  jsonString,
  textEncoding,
} from '../../dotnet/index.ts';
import { ExpressionEvaluationError } from './errors.ts';
import { jsonDepthMax, resultCharactersMax } from './limits.ts';
import { DoubleValue, isObject, type ObjectValue, type Value } from './values.ts';

/**
 * The text a value takes inside other text: `True`, nothing for null, `5` for 5.0, compact JSON for
 * arrays and objects, the decoded content of a binary or XML envelope.
 */
export function stringify(value: Value): string {
  switch (typeof value) {
    case 'string':
      return value;
    case 'number':
      return Number.isInteger(value) ? String(value) : doubleText(value);
    case 'boolean':
      return value ? 'True' : 'False';
    case 'bigint':
      return value.toString();
    default:
      if (value === null) return '';
      if (value instanceof DoubleValue) return doubleText(value.value);
      if (value instanceof Decimal) return value.toString();
      if (isEnvelope(value)) return envelopeText(value);
      return stringifyJsonValue(value);
  }
}

/** Compact JSON as Newtonsoft writes it: `[5.0]`, `1E+21`, 64-bit integers in full. */
export function stringifyJsonValue(value: Value): string {
  const text = write(value, 0);
  if (text.length > resultCharactersMax) throw tooLong();
  return text;
}

function write(value: Value, depth: number): string {
  switch (typeof value) {
    case 'string':
      return quote(value);
    case 'number':
      return Number.isInteger(value) ? String(value) : jsonDouble(value);
    case 'boolean':
    case 'bigint':
      return String(value);
    default:
      if (value === null) return 'null';
      if (value instanceof DoubleValue) return jsonDouble(value.value);
      if (value instanceof Decimal) return jsonDecimal(value);
      if (depth >= jsonDepthMax) {
        throw new ExpressionEvaluationError(`The value nests deeper than ${jsonDepthMax} levels.`);
      }
      return Array.isArray(value)
        ? writeArray(value, depth + 1)
        : writeObject(value as ObjectValue, depth + 1);
  }
}

function writeArray(items: readonly Value[], depth: number): string {
  let text = '[';
  for (const item of items)
    text += text.length === 1 ? write(item, depth) : `,${write(item, depth)}`;
  return `${text}]`;
}

function writeObject(object: ObjectValue, depth: number): string {
  let text = '{';
  for (const name of Object.keys(object)) {
    const member = `${quote(name)}:${write(object[name] as Value, depth)}`;
    text += text.length === 1 ? member : `,${member}`;
  }
  return `${text}}`;
}

// biome-ignore lint/suspicious/noControlCharactersInRegex: control characters need the slow path
const needsEscape = /["\\\u0000-\u001f\u0085\u2028\u2029]/;

function quote(text: string): string {
  return needsEscape.test(text) ? jsonString(text) : `"${text}"`;
}

/** Binary content: `{"$content-type": …, "$content": base64}`. */
export interface Envelope extends ObjectValue {
  readonly '$content-type': string;
  readonly $content: string;
}

export function isEnvelope(value: Value): value is Envelope {
  return (
    isObject(value) &&
    typeof value['$content-type'] === 'string' &&
    typeof value.$content === 'string'
  );
}

/** An envelope of UTF-8 text. */
export function envelopeOf(contentType: string, content: string | Uint8Array): Envelope {
  return {
    '$content-type': contentType,
    $content: Buffer.from(content as Uint8Array).toString('base64'),
  };
}

/** The bytes of an envelope; wrong base64 gives what could be read. */
export function envelopeBytes(envelope: Envelope): Buffer {
  return Buffer.from(envelope.$content, 'base64');
}

/** Binary content that says it is XML. */
export function isXmlEnvelope(value: Value): value is Envelope {
  return isEnvelope(value) && /^[^;]*[/+]xml\s*(?:;|$)/i.test(value['$content-type']);
}

/**
 * The text of an envelope in the charset it names, else UTF-8 with U+FFFD for wrong bytes. Fails for
 * a content type that is none and for content that is not base64.
 */
export function envelopeText(envelope: Envelope): string {
  const type = envelope['$content-type'];
  if (!isMediaType(type)) {
    throw new ExpressionEvaluationError(
      `The content type '${type.slice(0, 100)}' of the binary content is not valid; it cannot be converted to a string.`,
    );
  }
  let bytes: Uint8Array;
  try {
    bytes = fromBase64(envelope.$content);
  } catch {
    throw new ExpressionEvaluationError(
      'The binary content is not valid base64; it cannot be converted to a string.',
    );
  }
  const charset = /;\s*charset\s*=\s*"?([^";\s]+)/i.exec(type)?.[1] ?? 'utf-8';
  if (!/^utf-?8$/i.test(charset)) {
    try {
      return textEncoding(charset).getString(bytes);
    } catch {
      // An unknown charset is read as UTF-8, as one that is missing.
    }
  }
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('utf8');
}

const token = "[!#$%&'*+.^_`|~\\w-]+";
const mediaTypeShape = new RegExp(
  `^\\s*${token}/${token}(?:\\s*;\\s*${token}\\s*=\\s*(?:[!#$%&'*+.^_\`|~\\w:/-]+|"[^"]*"))*\\s*;?\\s*$`,
);

/** Whether `text` is a media type with well-formed parameters. */
export function isMediaType(text: string): boolean {
  return text.length <= 1_000 && mediaTypeShape.test(text);
}

export function tooLong(): ExpressionEvaluationError {
  return new ExpressionEvaluationError(
    `The result of the template language expression is longer than ${resultCharactersMax} characters.`,
  );
}
