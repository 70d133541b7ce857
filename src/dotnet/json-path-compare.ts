// How JSONPath filters compare values: JValue.CompareTo, and equality that knows some strings.
import { Buffer } from 'node:buffer';
import { parseDateTime } from './date-parse.ts';
import { DotnetError, formatError } from './errors.ts';
import { jsonDate } from './json-date.ts';
import type { JsonNode } from './json-node.ts';
import { doubleText } from './number-format.ts';
import { parseDouble, parseInteger } from './number-parse.ts';
import { compileRegex } from './regex.ts';
import { RegexOptions } from './styles.ts';
import { formatTimeSpan } from './time-span.ts';

type Scalar = Exclude<JsonNode, { kind: 'array' | 'object' }>;

const isNumber = ({ kind }: JsonNode) =>
  kind === 'integer' || kind === 'float' || kind === 'decimal';
const isEmpty = ({ kind }: JsonNode) => kind === 'null' || kind === 'undefined';

/** Kinds of the same name: both kinds of real numbers are Float. */
function sameKind(left: JsonNode, right: JsonNode): boolean {
  const real = ({ kind }: JsonNode) => kind === 'float' || kind === 'decimal';
  return left.kind === right.kind || (real(left) && real(right));
}

/** `===` where strict, else `==`, which also finds dates and the like equal to their text. */
export function equalScalars(left: Scalar, right: Scalar, strict: boolean): boolean {
  if (isNumber(left) && isNumber(right)) return compareNumbers(left, right) === 0;
  if (sameKind(left, right)) return isEmpty(left) || compareScalars(left, right) === 0;
  if (strict || right.kind !== 'string') return false;
  return specialText(left) === right.value;
}

function specialText(node: Scalar): string | undefined {
  switch (node.kind) {
    case 'date':
      return jsonDate(node.value);
    case 'bytes':
      return Buffer.from(node.value).toString('base64');
    case 'timeSpan':
      return formatTimeSpan(node.value);
    default:
      return undefined;
  }
}

/** JValue.CompareTo: by the left one's kind; a text takes the right one's. */
export function compareScalars(left: Scalar, right: Scalar): number {
  if (isEmpty(left) || isEmpty(right)) return Number(isEmpty(right)) - Number(isEmpty(left));
  const by = left.kind === 'string' ? right : left;
  switch (by.kind) {
    case 'integer':
    case 'float':
    case 'decimal':
      return compareNumbers(numberOf(left, by.kind), numberOf(right, by.kind));
    case 'boolean':
      return Number(booleanOf(left)) - Number(booleanOf(right));
    case 'date':
      return order(ticksOf(left), ticksOf(right));
    case 'timeSpan':
      if (left.kind === 'timeSpan' && right.kind === 'timeSpan') {
        return order(left.value.ticks, right.value.ticks);
      }
      throw new DotnetError('System.ArgumentException', 'Object must be of type TimeSpan.');
    default:
      return order(textOf(left), textOf(right));
  }
}

function order<T>(left: T, right: T): number {
  return left < right ? -1 : left > right ? 1 : 0;
}

function compareNumbers(left: JsonNode, right: JsonNode): number {
  if (left.kind === 'decimal' && right.kind === 'decimal') return left.value.compareTo(right.value);
  const [a, b] = [left, right].map((node) =>
    node.kind === 'decimal' ? node.value.toDouble() : (node as { value: number | bigint }).value,
  );
  // biome-ignore lint/suspicious/noDoubleEquals: an Int64 and a double compare by value
  return a == b ? 0 : order(a!, b!);
}

function invalidCast(node: Scalar, to: string): DotnetError {
  const message = `Invalid cast from '${node.kind}' to '${to}'.`;
  return new DotnetError('System.InvalidCastException', message);
}

/** Convert.ToInt64, or ToDouble where the other is real. */
function numberOf(node: Scalar, kind: string): JsonNode {
  if (isNumber(node)) return node;
  if (node.kind === 'boolean') return { kind: 'integer', value: node.value ? 1n : 0n };
  if (node.kind !== 'string') throw invalidCast(node, 'Int64');
  if (kind === 'integer') return { kind: 'integer', value: parseInteger(node.value, 'long') };
  return { kind: 'float', value: parseDouble(node.value) };
}

function booleanOf(node: Scalar): boolean {
  if (node.kind === 'boolean') return node.value;
  if (node.kind === 'integer' || node.kind === 'float') return Number(node.value) !== 0;
  if (node.kind === 'decimal') return !node.value.isZero;
  if (node.kind !== 'string') throw invalidCast(node, 'Boolean');
  const word = node.value.trim().toLowerCase();
  if (word === 'true' || word === 'false') return word === 'true';
  throw formatError(`String '${node.value}' was not recognized as a valid Boolean.`);
}

function ticksOf(node: Scalar): bigint {
  if (node.kind === 'date') return node.value.ticks;
  if (node.kind === 'string') return parseDateTime(node.value).ticks;
  throw invalidCast(node, 'DateTime');
}

/** Convert.ToString. */
function textOf(node: Scalar): string {
  switch (node.kind) {
    case 'string':
    case 'raw':
      return node.value;
    case 'integer':
    case 'decimal':
      return node.value.toString();
    case 'float':
      return doubleText(node.value);
    case 'boolean':
      return node.value ? 'True' : 'False';
    default:
      return specialText(node) ?? '';
  }
}

/** `=~` against `/pattern/flags`. */
export function matchesRegex(left: Scalar, right: Scalar): boolean {
  if (left.kind !== 'string' || right.kind !== 'string') return false;
  const end = right.value.lastIndexOf('/');
  if (end < 1) {
    const message = 'Length cannot be less than zero.';
    throw new DotnetError('System.ArgumentOutOfRangeException', `${message} (Parameter 'length')`);
  }
  const flags = right.value.slice(end + 1);
  let options: number = RegexOptions.None;
  if (flags.includes('i')) options |= RegexOptions.IgnoreCase;
  if (flags.includes('m')) options |= RegexOptions.Multiline;
  if (flags.includes('s')) options |= RegexOptions.Singleline;
  if (flags.includes('x')) options |= RegexOptions.ExplicitCapture;
  return compileRegex(right.value.slice(1, end), options).isMatch(left.value);
}
