// What is wrong in an expression, and where.

/** Faults of parsing carry an offset into the expression's text; faults of evaluation too. */
export class TemplateExpressionError extends Error {
  /** The expression as written, brackets included, where it is known. */
  readonly expression: string | undefined;
  /** UTF-16 offset into `expression`. */
  readonly offset: number | undefined;
  /** Where the text stands in the template: `resources[0].properties.name`. */
  readonly path: string | undefined;

  constructor(
    message: string,
    place: { expression?: string; offset?: number; path?: string } = {},
  ) {
    super(message);
    this.name = 'TemplateExpressionError';
    this.expression = place.expression;
    this.offset = place.offset;
    this.path = place.path;
  }

  /** The same fault with what was not known deeper down. */
  at(place: { expression?: string; offset?: number; path?: string }): TemplateExpressionError {
    return new TemplateExpressionError(this.message, {
      expression: this.expression ?? place.expression,
      offset: this.expression === undefined ? (this.offset ?? place.offset) : this.offset,
      path: this.path ?? place.path,
    });
  }

  /** The expression's line with a caret below the fault. */
  caret(): string {
    if (this.expression === undefined) return this.message;
    const offset = Math.min(this.offset ?? 0, this.expression.length);
    const start = this.expression.lastIndexOf('\n', offset - 1) + 1;
    const line = this.expression.slice(start).split('\n')[0]!;
    const from = Math.max(0, offset - start - 60);
    return `${this.message}\n  ${line.slice(from, from + 100)}\n  ${' '.repeat(offset - start - from)}^`;
  }
}
