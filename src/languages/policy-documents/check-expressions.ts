// Compiles the expressions of a document and words what the compiler says.
import { compileExpression, endOfExpression } from '../policy-expressions/index.ts';
import type { Finding } from './findings.ts';
import { namedValuePattern } from './limits.ts';
import type { PolicyValue } from './policies.ts';

/** Why an expression does not compile; the offset counts from its `@`. */
export interface ExpressionProblem {
  readonly offset: number;
  /** As a C# compiler says it, with its code where there is one. */
  readonly message: string;
}

/** Undefined where the expression compiles. `code` is `@(…)` or `@{…}`. */
export type CompileExpression = (code: string) => ExpressionProblem | undefined;

export interface ExpressionCheck {
  readonly findings: readonly Finding[];
  readonly compiled: number;
}

function compileWithLanguage(code: string): ExpressionProblem | undefined {
  const compiled = compileExpression(code);
  if ('evaluate' in compiled) return undefined;
  const { start, code: number, message } = compiled[0]!;
  return { offset: start, message: `${number}: ${message}` };
}

/** Compiles every expression once. */
export function checkExpressions(
  expressions: readonly PolicyValue[],
  compile: CompileExpression = compileWithLanguage,
): ExpressionCheck {
  const findings: Finding[] = [];
  let compiled = 0;
  for (const value of expressions) {
    const end = endOfExpression(value.text, 0);
    if (end !== undefined && end < value.text.length) {
      findings.push(partial(value, end));
      continue;
    }
    const problem = compile(value.text);
    if (!problem) {
      compiled += 1;
      continue;
    }
    const open = openWith(value.text, compile);
    if (open === 'named value') compiled += 1;
    else findings.push(findingOf(value, problem, open === 'placeholder'));
  }
  return { findings, compiled };
}

function partial(value: PolicyValue, end: number): Finding {
  const message = 'text stands behind the expression; a value is one whole expression or none';
  const fix = 'Take the text into the expression, such as @($"{…} text").';
  const rule = 'expression-partial';
  return { severity: 'error', ...value.positionOf(end), rule, message, fix };
}

function findingOf(value: PolicyValue, problem: ExpressionProblem, placeholder: boolean): Finding {
  const position = value.positionOf(problem.offset);
  if (placeholder) {
    const message =
      'the expression compiles only once the placeholders of its deployment tool are filled in';
    const fix = 'Check the document as the deployment tool renders it.';
    return { severity: 'warning', ...position, rule: 'template-placeholder', message, fix };
  }
  const fix = 'Correct the C# of this expression.';
  return { severity: 'error', ...position, rule: 'expression', message: problem.message, fix };
}

/** Values that stand in for what is filled in later; one of them usually has a fitting type. */
const standIns = ['1', 'true', '"x"', 'x'];

/** Whether the expression compiles once something is filled in. */
function openWith(
  code: string,
  compile: CompileExpression,
): 'named value' | 'placeholder' | undefined {
  const fill = (pattern: RegExp) =>
    pattern.test(code) &&
    standIns.some((value) => compile(code.replace(pattern, value)) === undefined);
  if (fill(namedValuePattern)) return 'named value';
  return fill(/[$%]\{[^{}"]*\}/g) ? 'placeholder' : undefined;
}
