// The language's two faults: text that does not parse, and an expression that cannot be evaluated.

/** What the service's run history shows as code. */
export type ExpressionErrorCode = 'InvalidTemplate' | 'ExpressionEvaluationFailed';

/** A text that is not an expression; `offset` is the place in `text` (UTF-16 units, 0-based). */
export class ExpressionSyntaxError extends Error {
  readonly code: ExpressionErrorCode = 'InvalidTemplate';
  readonly text: string;
  readonly offset: number;

  constructor(message: string, text: string, offset: number) {
    super(message);
    this.name = 'ExpressionSyntaxError';
    this.text = text;
    this.offset = offset;
  }

  /** The message, then the line that is wrong with a caret under the place. */
  get pointed(): string {
    return `${this.message}\n${pointAt(this.text, this.offset)}`;
  }
}

/** An expression that parsed but has no value; the message is worded as the service words it. */
export class ExpressionEvaluationError extends Error {
  readonly code: ExpressionErrorCode;

  constructor(message: string, code: ExpressionErrorCode = 'InvalidTemplate') {
    super(message);
    this.name = 'ExpressionEvaluationError';
    this.code = code;
  }
}

/** Characters of a line shown on each side of the caret. */
const excerptHalf = 60;

/** The line of `text` around `offset` with a caret under it. */
export function pointAt(text: string, offset: number): string {
  const start = text.lastIndexOf('\n', offset - 1) + 1;
  const found = text.indexOf('\n', offset);
  const end = found < 0 ? text.length : found;
  const from = Math.max(start, offset - excerptHalf);
  const to = Math.min(end, offset + excerptHalf);
  const lead = from > start ? '…' : '';
  const line = text.slice(from, to).replace(/[\t\r]/g, ' ');
  return `  ${lead}${line}${to < end ? '…' : ''}\n  ${' '.repeat(lead.length + offset - from)}^`;
}

/** Fails as the service words it for function `name`; the usage link is the service's own. */
export function failFunction(name: string, rest: string): never {
  throw new ExpressionEvaluationError(
    `The template language function '${name}' ${rest} ${usageLink(name)}`,
  );
}

/** The sentence that ends the service's messages about a function. */
export function usageLink(name: string): string {
  return `Please see https://aka.ms/logicexpressions#${name.toLowerCase()} for usage details.`;
}
