// For the tests of the library: what an expression gives, or why it gives nothing, as one text.
import { compileExpression, PolicyRuntimeError } from '../compile.ts';
import { contextFromJson } from '../context/from-json.ts';
import type { EvaluationLimits } from '../limits.ts';
import { renderValue } from '../render.ts';

/** 2024-01-02T03:04:05Z. */
const now = Date.UTC(2024, 0, 2, 3, 4, 5);

const surroundings = {
  now: () => now,
  random: () => 0.5,
  randomBytes: (count: number) => new Uint8Array(count).fill(7),
};

/**
 * The rendered value of an expression, `CS1061 message` where it does not compile, or
 * `System.FormatException: message` where it throws. The clock stands; random bytes are all 7.
 */
export function outcomeOf(
  expression: string,
  context: unknown = {},
  limits: Partial<EvaluationLimits> = {},
): unknown {
  const program = compileExpression(expression);
  if (!('evaluate' in program)) return `${program[0]!.code} ${program[0]!.message}`;
  try {
    const given = contextFromJson(context);
    return program.evaluate(given, { ...surroundings, limits }, renderValue).value;
  } catch (error) {
    if (error instanceof PolicyRuntimeError) return `${error.type}: ${error.message}`;
    throw error;
  }
}

/**
 * As `outcomeOf`, in one word: a text as it is, other values as JSON, and of what fails only the
 * compiler's code or the exception's type.
 */
export function outcomeWord(expression: string, context: unknown = {}): string {
  const outcome = outcomeOf(expression, context);
  if (typeof outcome !== 'string') return JSON.stringify(outcome);
  return /^(CS\d{4}|[A-Z]\w+(?:\.\w+)+Exception)(?=[: ])/.exec(outcome)?.[1] ?? outcome;
}
