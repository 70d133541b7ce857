// Whole JSON values as templates: every string and every member name may hold expressions.
import { compileFunction, compileParsed, type Evaluator } from './compile.ts';
import type { EvaluationContext } from './context.ts';
import { ExpressionEvaluationError } from './errors.ts';
import { findFunction } from './functions/registry.ts';
import { jsonDepthMax, templateNodesMax } from './limits.ts';
import { parseTemplate } from './parser.ts';
import { stringify } from './stringify.ts';
import { isArray, isObject, kindName, objectOf, type Value } from './values.ts';

/** A template ready for evaluation; keep it and evaluate it in as many runs as needed. */
export interface Compiled {
  /** The value in a run. Throws ExpressionEvaluationError. */
  readonly evaluate: Evaluator;
  /** No expression in it: `evaluate` gives the same value in every run. */
  readonly constant: boolean;
}

/** Evaluates a compiled template in a run. Throws ExpressionEvaluationError. */
export function evaluate(compiled: Compiled, context: EvaluationContext): Value {
  return compiled.evaluate(context);
}

/**
 * Compiles any JSON value of a definition (inputs, outputs, a header map, one string). Throws
 * ExpressionSyntaxError for the first string that is not a valid template.
 */
export function compileTemplate(json: Value): Compiled {
  return compileTree(json, { nodes: 0 }, 0);
}

interface Budget {
  nodes: number;
}

function compileTree(json: Value, budget: Budget, depth: number): Compiled {
  if (++budget.nodes > templateNodesMax || depth > jsonDepthMax) {
    throw new ExpressionEvaluationError('The template is too large or nests too deeply.');
  }
  if (typeof json === 'string') return compileText(json);
  if (isArray(json)) return compileArray(json, budget, depth);
  if (isObject(json)) return compileObject(json, budget, depth);
  return { evaluate: () => json, constant: true };
}

function compileText(text: string): Compiled {
  const template = parseTemplate(text);
  return { evaluate: compileParsed(template), constant: template.kind === 'literal' };
}

function constantOf(value: Value): Compiled {
  return { evaluate: () => value, constant: true };
}

/** Evaluates constants once; a run never changes a value, so they may be shared. */
function settle(compiled: Compiled): Compiled {
  return compiled.constant ? constantOf(compiled.evaluate(unusedContext)) : compiled;
}

const unusedContext = {} as EvaluationContext;

function compileArray(json: readonly Value[], budget: Budget, depth: number): Compiled {
  const items = json.map((item) => compileTree(item, budget, depth + 1));
  return settle({
    evaluate: (context) => items.map((item) => item.evaluate(context)),
    constant: items.every((item) => item.constant),
  });
}

function compileObject(
  json: { readonly [name: string]: Value },
  budget: Budget,
  depth: number,
): Compiled {
  const members = Object.keys(json).map((name) => ({
    name: compileText(name),
    value: compileTree(json[name] as Value, budget, depth + 1),
  }));
  return settle({
    evaluate: (context) =>
      objectOf(
        members.map(
          ({ name, value }) =>
            [stringify(name.evaluate(context)), value.evaluate(context)] as const,
        ),
      ),
    constant: members.every(({ name, value }) => name.constant && value.constant),
  });
}

/** A compiled condition; its result is always a boolean. */
export interface CompiledCondition {
  readonly evaluate: (context: EvaluationContext) => boolean;
}

/**
 * Compiles the condition of If, Until, Query or a trigger: an expression string, or an object whose
 * keys are functions with their arguments (`{"and": [{"equals": ["@body('X')", 1]}]}`), names in any
 * letter case, a single argument also without an array. An empty object holds.
 */
export function compileCondition(condition: Value): CompiledCondition {
  const evaluator = isObject(condition)
    ? compileConditionObject(condition)
    : compileTemplate(condition).evaluate;
  return {
    evaluate: (context) => {
      const value = evaluator(context);
      if (typeof value === 'boolean') return value;
      throw new ExpressionEvaluationError(
        `The result of the evaluation of the condition is of type '${kindName(value)}'. The result must be a valid boolean.`,
        'ExpressionEvaluationFailed',
      );
    },
  };
}

function compileConditionObject(condition: { readonly [name: string]: Value }): Evaluator {
  const names = Object.keys(condition);
  if (names.length === 0) return () => true;
  const [name] = names as [string];
  if (names.length > 1) {
    throw new ExpressionEvaluationError(
      `A condition object holds one function; '${names.join("', '")}' stand beside each other. Combine them with 'and' or 'or'.`,
    );
  }
  return compileFunction(name, argumentsOf(condition[name] as Value).map(compileOperand));
}

function argumentsOf(value: Value): readonly Value[] {
  return isArray(value) ? value : [value];
}

/** An operand: an object that names one known function is a call, anything else a template. */
function compileOperand(operand: Value): Evaluator {
  if (isObject(operand)) {
    const names = Object.keys(operand);
    if (names.length === 1 && findFunction(names[0]!)) return compileConditionObject(operand);
  }
  return compileTemplate(operand).evaluate;
}
