// Compiles the expressions of a document and words what the compiler says.
import { compileExpression, endOfExpression } from '../policy-expressions/index.ts';
import type { SuspectLiteral } from './check-elements.ts';
import { adviceFor } from './expression-advice.ts';
import type { Finding } from './findings.ts';
import { namedValuePattern, suspectPlacesMax } from './limits.ts';
import type { PolicyValue } from './policies.ts';

/** Why an expression does not compile; the offset counts from its `@`. */
export interface ExpressionProblem {
  readonly offset: number;
  /** As a C# compiler says it, with its code where there is one. */
  readonly message: string;
}

/** All that is wrong; nothing where the expression compiles. `code` is `@(…)` or `@{…}`. */
export type CompileExpression = (code: string) => readonly ExpressionProblem[];

/** The compiler of the language. It remembers what it compiled: documents repeat expressions. */
export function expressionCompiler(): CompileExpression {
  const known = new Map<string, readonly ExpressionProblem[]>();
  return (code) => {
    const problems = known.get(code) ?? problemsOf(code);
    known.set(code, problems);
    return problems;
  };
}

function problemsOf(code: string): readonly ExpressionProblem[] {
  const compiled = compileExpression(code);
  if ('evaluate' in compiled) return [];
  return compiled.map(({ start, code: number, message }) => ({
    offset: start,
    message: `${number}: ${message}`,
  }));
}

export interface ExpressionCheck {
  readonly findings: readonly Finding[];
  readonly compiled: number;
}

/** Compiles every expression, and what looks like one behind other text. */
export function checkExpressions(
  expressions: readonly PolicyValue[],
  suspects: readonly SuspectLiteral[],
  compile: CompileExpression,
): ExpressionCheck {
  const findings: Finding[] = [];
  let compiled = 0;
  for (const value of expressions) {
    const end = endOfExpression(value.text, 0);
    if (end !== undefined && end < value.text.length) {
      findings.push(partial(value, end));
      continue;
    }
    const problems = compile(value.text);
    if (problems.length === 0) {
      compiled += 1;
      continue;
    }
    const open = openWith(value.text, compile);
    if (open === 'named value') compiled += 1;
    else if (open === 'placeholder') findings.push(placeholder(value, problems[0]!));
    else findings.push(...problems.map((problem) => findingOf(value, problem)));
  }
  for (const suspect of suspects) findings.push(...notEvaluated(suspect, compile));
  return { findings, compiled };
}

/** An expression that begins behind other text is not evaluated; an address such as `a@(b)` is none. */
function notEvaluated({ value, what }: SuspectLiteral, compile: CompileExpression): Finding[] {
  for (const { index } of [...value.text.matchAll(/@[({]/g)].slice(0, suspectPlacesMax)) {
    const end = endOfExpression(value.text, index);
    if (end === undefined) continue;
    const code = value.text.slice(index, end);
    const meant = code.includes('context.') || compile(code).length === 0;
    if (!meant) continue;
    const message = `${what} holds an expression behind other text: it is not evaluated`;
    const fix = 'Make the whole value one expression, such as @($"…{…}").';
    const place = value.positionOf(index);
    return [{ severity: 'warning', ...place, rule: 'expression-partial', message, fix }];
  }
  return [];
}

function partial(value: PolicyValue, end: number): Finding {
  const message = 'text stands behind the expression; a value is one whole expression or none';
  const fix = 'Take the text into the expression, such as @($"{…} text").';
  const rule = 'expression-partial';
  return { severity: 'error', ...value.positionOf(end), rule, message, fix };
}

function placeholder(value: PolicyValue, problem: ExpressionProblem): Finding {
  const position = value.positionOf(problem.offset);
  const message =
    'the expression compiles only once the placeholders of its deployment tool are filled in';
  const fix = 'Check the document as the deployment tool renders it.';
  return { severity: 'warning', ...position, rule: 'template-placeholder', message, fix };
}

function findingOf(value: PolicyValue, problem: ExpressionProblem): Finding {
  const position = value.positionOf(problem.offset);
  const fix = adviceFor(problem.message);
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
    standIns.some((value) => compile(code.replace(pattern, value)).length === 0);
  if (fill(namedValuePattern)) return 'named value';
  return fill(/[$%#]\{[^{}"]*\}#?|__\w+__/g) ? 'placeholder' : undefined;
}
