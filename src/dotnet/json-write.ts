// JSON text as Newtonsoft writes it.
import type { Decimal } from './decimal.ts';
import { argumentError, outOfMemory } from './errors.ts';
import { jsonDate } from './json-date.ts';
import type { JsonNode } from './json-node.ts';
import { builtDepthMax, textLengthMax } from './limits.ts';
import { doubleText, singleText } from './number-format.ts';
import { formatTimeSpan } from './time-span.ts';

export interface JsonWriteOptions {
  readonly indented?: boolean;
  /** Line break of the indented form; `\n` when absent. */
  readonly newLine?: string;
}

/** JToken.ToString(formatting). */
export function writeJson(node: JsonNode, options: JsonWriteOptions = {}): string {
  return options.indented ? writeIndented(node, options.newLine ?? '\n', 0) : writePlain(node, 0);
}

function checkDepth(depth: number): void {
  if (depth > builtDepthMax) throw argumentError('The JSON is nested too deeply to be written.');
}

function writePlain(node: JsonNode, depth: number): string {
  checkDepth(depth);
  if (node.kind === 'array') {
    let text = '[';
    for (let i = 0; i < node.items.length; i++) {
      text +=
        i > 0 ? `,${writePlain(node.items[i]!, depth + 1)}` : writePlain(node.items[i]!, depth + 1);
    }
    return `${text}]`;
  }
  if (node.kind !== 'object') return writeScalar(node);
  let text = '{';
  for (const [name, member] of node.members) {
    text += `${text === '{' ? '' : ','}${jsonString(name)}:${writePlain(member, depth + 1)}`;
    if (text.length > textLengthMax) throw outOfMemory();
  }
  return `${text}}`;
}

function writeIndented(node: JsonNode, newLine: string, depth: number): string {
  checkDepth(depth);
  if (node.kind !== 'array' && node.kind !== 'object') return writeScalar(node);
  const inner = `${newLine}  `;
  const parts: string[] = [];
  if (node.kind === 'array') {
    for (const item of node.items) parts.push(inner + writeIndented(item, inner, depth + 1));
    return parts.length === 0 ? '[]' : `[${parts.join(',')}${newLine}]`;
  }
  for (const [name, member] of node.members) {
    parts.push(`${inner}${jsonString(name)}: ${writeIndented(member, inner, depth + 1)}`);
  }
  return parts.length === 0 ? '{}' : `{${parts.join(',')}${newLine}}`;
}

/** One value that is neither object nor array. */
function writeScalar(node: Exclude<JsonNode, { kind: 'array' | 'object' }>): string {
  switch (node.kind) {
    case 'string':
      return jsonString(node.value);
    case 'integer':
      return node.value.toString();
    case 'float':
      return jsonDouble(node.value);
    case 'decimal':
      return jsonDecimal(node.value);
    case 'boolean':
      return node.value ? 'true' : 'false';
    case 'date':
      return `"${jsonDate(node.value)}"`;
    case 'timeSpan':
      return `"${formatTimeSpan(node.value)}"`;
    case 'bytes':
      return `"${Buffer.from(node.value).toString('base64')}"`;
    case 'raw':
      return node.value;
    default:
      return node.kind;
  }
}

// biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what is escaped
const escaped = /["\\\u0000-\u001f\u0085\u2028\u2029]/;
// biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what is escaped
const escapedAll = /["\\\u0000-\u001f\u0085\u2028\u2029]/g;
const shortEscapes: Readonly<Record<string, string>> = {
  '"': '\\"',
  '\\': '\\\\',
  '\b': '\\b',
  '\f': '\\f',
  '\n': '\\n',
  '\r': '\\r',
  '\t': '\\t',
};

/** A JSON string with quotes, escaped as by default: no HTML or non-ASCII escapes. */
export function jsonString(text: string): string {
  if (!escaped.test(text)) return `"${text}"`;
  const body = text.replace(
    escapedAll,
    (character) =>
      shortEscapes[character] ?? `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );
  return `"${body}"`;
}

/** A double with a point or an exponent (`5.0`, `1E+21`); NaN and infinities in quotes. */
export function jsonDouble(value: number): string {
  return Number.isFinite(value) ? withPoint(doubleText(value)) : `"${doubleText(value)}"`;
}

export function jsonSingle(value: number): string {
  return Number.isFinite(value) ? withPoint(singleText(value)) : `"${singleText(value)}"`;
}

export function jsonDecimal(value: Decimal): string {
  return withPoint(value.toString());
}

function withPoint(text: string): string {
  return /[.E]/.test(text) ? text : `${text}.0`;
}
