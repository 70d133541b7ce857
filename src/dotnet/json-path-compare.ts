// How JSONPath filters compare scalars.
import { jsonDate } from './json-date.ts';
import type { JsonNode } from './json-node.ts';
import { doubleText } from './number-format.ts';
import { compileRegex } from './regex.ts';
import { RegexOptions } from './styles.ts';

function numberOf(node: JsonNode): number | bigint | undefined {
  if (node.kind === 'integer' || node.kind === 'float') return node.value;
  return node.kind === 'decimal' ? node.value.toDouble() : undefined;
}

function textOf(node: JsonNode): string | undefined {
  switch (node.kind) {
    case 'string':
      return node.value;
    case 'date':
      return jsonDate(node.value);
    case 'integer':
      return node.value.toString();
    case 'float':
      return doubleText(node.value);
    case 'boolean':
      return node.value ? 'True' : 'False';
    default:
      return undefined;
  }
}

/** Equality; strict compares kinds too, else a string equals what prints as it. */
export function equalScalars(left: JsonNode, right: JsonNode, strict: boolean): boolean {
  const [a, b] = [numberOf(left), numberOf(right)];
  // biome-ignore lint/suspicious/noDoubleEquals: an Int64 and a double compare by value
  if (a !== undefined && b !== undefined) return a == b && (!strict || left.kind === right.kind);
  if (left.kind === right.kind) {
    if (left.kind === 'null' || left.kind === 'undefined') return true;
    if (left.kind === 'boolean' && right.kind === 'boolean') return left.value === right.value;
    if (left.kind === 'date' && right.kind === 'date')
      return left.value.ticks === right.value.ticks;
    return textOf(left) === textOf(right);
  }
  if (strict || (left.kind !== 'string' && right.kind !== 'string')) return false;
  const text = textOf(left);
  return text !== undefined && text === textOf(right);
}

/** Order of two values; undefined where they do not compare. */
export function compareScalars(left: JsonNode, right: JsonNode): number | undefined {
  const [a, b] = [numberOf(left), numberOf(right)];
  if (a !== undefined && b !== undefined) return a < b ? -1 : a > b ? 1 : 0;
  if (left.kind === 'date' && right.kind === 'date') {
    return left.value.ticks < right.value.ticks ? -1 : left.value.ticks > right.value.ticks ? 1 : 0;
  }
  const [x, y] = [textOf(left), textOf(right)];
  if (x === undefined || y === undefined) return undefined;
  if (left.kind !== 'string' && right.kind !== 'string') return undefined;
  return x < y ? -1 : x > y ? 1 : 0;
}

/** `=~` against `/pattern/flags`. */
export function matchesRegex(left: JsonNode, right: JsonNode): boolean {
  if (left.kind !== 'string' || right.kind !== 'string') return false;
  const end = right.value.lastIndexOf('/');
  const flags = right.value.slice(end + 1);
  let options: number = RegexOptions.None;
  if (flags.includes('i')) options |= RegexOptions.IgnoreCase;
  if (flags.includes('m')) options |= RegexOptions.Multiline;
  if (flags.includes('s')) options |= RegexOptions.Singleline;
  if (flags.includes('x')) options |= RegexOptions.ExplicitCapture;
  return compileRegex(right.value.slice(1, end), options).isMatch(left.value);
}
