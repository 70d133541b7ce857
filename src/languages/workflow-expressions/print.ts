// Tree to text; what is printed parses to the same tree.

import type { Expression, Template } from './syntax.ts';
import { DoubleValue, type Value } from './values.ts';

/** The expression in canonical spelling, without a leading `@`. */
export function printExpression(expression: Expression): string {
  switch (expression.kind) {
    case 'literal':
      return printLiteral(expression.value);
    case 'call':
      return `${expression.name}(${expression.args.map(printExpression).join(', ')})`;
    case 'member': {
      const target = printExpression(expression.target);
      const mark = expression.safe ? '?' : '';
      const { key } = expression;
      return expression.notation === 'dot' && key.kind === 'literal'
        ? `${target}${mark}.${String(key.value)}`
        : `${target}${mark}[${printExpression(key)}]`;
    }
  }
}

function printLiteral(value: Value): string {
  if (typeof value === 'string') return `'${value.replaceAll("'", "''")}'`;
  if (value instanceof DoubleValue) return printDouble(value.value);
  return typeof value === 'number' && !Number.isInteger(value) ? printDouble(value) : String(value);
}

function printDouble(value: number): string {
  if (!Number.isFinite(value)) return value < 0 ? '-1e999' : '1e999';
  const text = Object.is(value, -0) ? '-0' : String(value);
  return /[.e]/.test(text) ? text : `${text}.0`;
}

/** The template string as it stands in JSON (before JSON escapes). */
export function printTemplate(template: Template): string {
  switch (template.kind) {
    case 'literal':
      return printLiteralText(template.text);
    case 'expression':
      return `@${printExpression(template.expression)}`;
    case 'interpolation':
      return template.parts
        .map((part) =>
          part.kind === 'text'
            ? part.text.replaceAll('@{', '@@{')
            : `@{${printExpression(part.expression)}}`,
        )
        .join('');
  }
}

function printLiteralText(text: string): string {
  if (text.length > 1 && text.startsWith('@')) return `@${text}`;
  return text.replaceAll('@{', '@@{');
}
