// Where a value that begins with `@(` or `@{` ends, in every way real documents write it.
import { endOfExpression } from '../policy-expressions/index.ts';
import { decodeEntities } from './entities.ts';
import { expressionLengthMax } from './limits.ts';

const opening = /^\s*@[({]/;

/** Whether a value is an expression (white space before it is allowed). */
export function isExpression(text: string): boolean {
  return opening.test(text);
}

/** Whether `text` is one expression and nothing else but white space around it. */
export function isWholeExpression(text: string): boolean {
  if (!isExpression(text)) return false;
  const end = endOfExpression(text, text.indexOf('@'));
  return end !== undefined && text.slice(end).trim() === '';
}

/**
 * Offset of the first character behind the value that begins at `start`, where `delimiter`
 * (the closing quote, or `<` for text) stands. The strict reading comes first, so that a
 * well-formed document is read as any XML parser would; then the raw one (quotes, `<`, `&&` as
 * they are); then the mixed one, where strings are written with `&quot;` among raw characters.
 * Undefined: no expression ends before a delimiter.
 */
export function endOfExpressionValue(
  source: string,
  start: number,
  delimiter: string,
): number | undefined {
  const near = source.indexOf(delimiter, start);
  if (near < 0) return undefined;
  if (isWholeExpression(decodeEntities(source.slice(start, near)).text)) return near;
  const at = source.indexOf('@', start);
  const raw = delimiterBehind(source, endOfExpression(source, at), delimiter);
  if (raw !== undefined) return raw;
  const rest = decodeEntities(source.slice(at, at + expressionLengthMax), at);
  const end = endOfExpression(rest.text, 0);
  if (end === undefined) return undefined;
  return delimiterBehind(source, rest.sourceOffset(end), delimiter);
}

function delimiterBehind(
  source: string,
  end: number | undefined,
  delimiter: string,
): number | undefined {
  if (end === undefined) return undefined;
  let at = end;
  while (/\s/.test(source[at] ?? '')) at++;
  return source[at] === delimiter ? at : undefined;
}
