// The workflow language as this room uses it: compiled once per definition part, errors told apart.
import {
  type CompiledCondition,
  compileCondition,
  compileTemplate,
  type Evaluator,
  ExpressionEvaluationError,
  ExpressionSyntaxError,
  isObject,
  templateReferences,
  type Value,
} from '../../languages/workflow-expressions/index.ts';

export {
  DoubleValue,
  type Envelope,
  type EvaluationContext,
  type Evaluator,
  ExpressionEvaluationError,
  envelopeBytes,
  envelopeOf,
  findFunction,
  findMember,
  isArray,
  isEnvelope,
  isObject,
  kindName,
  kindOf,
  numberOfToken,
  type ObjectValue,
  objectOf,
  parseJsonValue,
  stringify,
  stringifyJsonValue,
  ticksOfMilliseconds,
  toBigInt,
  type Value,
  withItem,
} from '../../languages/workflow-expressions/index.ts';

/** Strings are few and short-lived definitions many: the newest texts stay compiled. */
const compiledTextsMax = 5_000;
const texts = new Map<string, Evaluator>();
const trees = new WeakMap<object, Evaluator>();
const conditions = new WeakMap<object, CompiledCondition>();

/** The evaluator of a JSON template. Throws ExpressionSyntaxError for a string that is none. */
export function compile(template: Value): Evaluator {
  if (typeof template === 'string') return compileText(template);
  if (typeof template !== 'object' || template === null) return () => template;
  let evaluator = trees.get(template);
  if (!evaluator) {
    evaluator = compileTemplate(template).evaluate;
    trees.set(template, evaluator);
  }
  return evaluator;
}

function compileText(text: string): Evaluator {
  let evaluator = texts.get(text);
  if (!evaluator) {
    evaluator = compileTemplate(text).evaluate;
    if (texts.size >= compiledTextsMax) texts.clear();
    texts.set(text, evaluator);
  }
  return evaluator;
}

/** The condition of If, Until, Query or a trigger: a string or an object. */
export function compileWhere(condition: Value): CompiledCondition['evaluate'] {
  if (!isObject(condition)) return compileCondition(condition).evaluate;
  let compiled = conditions.get(condition);
  if (!compiled) {
    compiled = compileCondition(condition);
    conditions.set(condition, compiled);
  }
  return compiled.evaluate;
}

/** Code and message of the language's own errors; undefined for every other throw. */
export function errorOf(error: unknown): { code: string; message: string } | undefined {
  if (error instanceof ExpressionEvaluationError || error instanceof ExpressionSyntaxError) {
    return { code: error.code, message: error.message };
  }
  return undefined;
}

export interface References {
  /** Lower-case names of actions and scopes whose records are read. */
  readonly actions: ReadonlySet<string>;
  readonly variables: ReadonlySet<string>;
  readonly trigger: boolean;
  /** `items()` and `item()`: whatever the loops around it run over. */
  readonly items: boolean;
}

/** What a template reads; empty where a string does not parse (the checker reports it). */
export function referencesOf(template: Value): References {
  const actions = new Set<string>();
  const variables = new Set<string>();
  let trigger = false;
  let items = false;
  for (const { kind, name = '' } of safeReferences(template)) {
    if (kind === 'action' || kind === 'scope') actions.add(name.toLowerCase());
    else if (kind === 'variable') variables.add(name.toLowerCase());
    else if (kind === 'trigger') trigger = true;
    else if (kind === 'item' || kind === 'loop') items = true;
  }
  return { actions, variables, trigger, items };
}

function safeReferences(template: Value) {
  try {
    return templateReferences(template);
  } catch (error) {
    if (errorOf(error)) return [];
    throw error;
  }
}
