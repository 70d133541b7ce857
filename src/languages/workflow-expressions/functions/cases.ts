// Evaluates one template string for the tables of cases: JSON text of the value, or the error.

import { ExpressionEvaluationError, ExpressionSyntaxError } from '../errors.ts';
import { contextOf } from '../given.ts';
import { parseJsonValue } from '../json-values.ts';
import { stringifyJsonValue } from '../stringify.ts';
import { compileTemplate } from '../templates.ts';

/** The clock of the cases: 2025-09-25T05:18:31.3384797Z. */
export const caseTicks = 638_943_743_113_384_797n;

/** `5.0`, `"text"`, … or `error: message`. `given` is JSON text; random gives 0.5. */
export function outcome(text: string, given = '{}'): string {
  const context = contextOf(parseJsonValue(given) as object, {
    nowTicks: () => caseTicks,
    random: () => 0.5,
  });
  try {
    return stringifyJsonValue(compileTemplate(text).evaluate(context));
  } catch (error) {
    if (error instanceof ExpressionEvaluationError || error instanceof ExpressionSyntaxError) {
      return `error: ${error.message}`;
    }
    throw error;
  }
}
