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

/** What is left to be read in vain; a document full of broken expressions is not read in squares. */
export interface ScanBudget {
  vainCharacters: number;
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
  budget: ScanBudget,
): number | undefined {
  const near = source.indexOf(delimiter, start);
  if (near < 0) return undefined;
  if (isWholeExpression(decodeEntities(source.slice(start, near)).text)) return near;
  if (budget.vainCharacters <= 0) return undefined;
  const at = source.indexOf('@', start);
  const reach = source.slice(at, at + expressionLengthMax);
  const raw = endOfExpression(reach, 0);
  const behindRaw = raw === undefined ? undefined : delimiterBehind(source, at + raw, delimiter);
  if (behindRaw !== undefined) return behindRaw;
  budget.vainCharacters -= raw ?? reach.length;
  const rest = decodeEntities(reach, at);
  const end = endOfExpression(rest.text, 0);
  const behind =
    end === undefined ? undefined : delimiterBehind(source, rest.sourceOffset(end), delimiter);
  if (behind === undefined) budget.vainCharacters -= end ?? reach.length;
  return behind;
}

function delimiterBehind(source: string, end: number, delimiter: string): number | undefined {
  let at = end;
  while (/\s/.test(source[at] ?? '')) at++;
  return source[at] === delimiter ? at : undefined;
}
