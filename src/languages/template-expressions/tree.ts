// JSON with expressions in it: evaluated as a whole, or only checked.
import type { Json, JsonObject } from '../../base/index.ts';
import { compileExpression } from './compile.ts';
import { TemplateExpressionError } from './errors.ts';
import { copyCountMax, depthMax } from './limits.ts';
import { isExpression, literalText } from './parse.ts';
import type { EvaluationScope, Frame } from './scope.ts';
import { isObject, objectOf } from './values.ts';

export interface TreeOptions {
  /** Where the value stands: `resources[0].properties`. */
  readonly path?: string;
  /** Whether an object's `copy` array makes members (properties and variables): default true. */
  readonly copies?: boolean;
}

/** Evaluates every expression in names and values. Throws TemplateExpressionError with the path. */
export function evaluateTree(value: Json, scope: EvaluationScope, options: TreeOptions = {}): Json {
  const walk: Walk = {
    frame: { scope, locals: undefined, budget: { steps: 0 } },
    copies: options.copies ?? true,
  };
  return evaluate(value, walk, options.path ?? '', 0);
}

interface Walk {
  readonly frame: Frame;
  readonly copies: boolean;
}

function evaluate(value: Json, walk: Walk, path: string, depth: number): Json {
  if (depth > depthMax)
    throw new TemplateExpressionError('The value is nested too deep.', { path });
  if (typeof value === 'string') return evaluateText(value, walk, path);
  if (Array.isArray(value)) {
    return value.map((each, index) => evaluate(each, walk, `${path}[${index}]`, depth + 1));
  }
  if (!isObject(value)) return value;
  const pairs: (readonly [string, Json])[] = [];
  for (const [key, member] of Object.entries(value)) {
    const inner = path === '' ? key : `${path}.${key}`;
    if (walk.copies && key.toLowerCase() === 'copy' && isCopies(member)) {
      pairs.push(...evaluateCopies(member, walk, inner, depth + 1));
      continue;
    }
    const name = isExpression(key) ? String(evaluateText(key, walk, inner)) : literalText(key);
    pairs.push([name, evaluate(member, walk, inner, depth + 1)]);
  }
  return objectOf(pairs);
}

function evaluateText(text: string, walk: Walk, path: string): Json {
  if (!isExpression(text)) return literalText(text);
  try {
    return compileExpression(text)(walk.frame);
  } catch (error) {
    throw error instanceof TemplateExpressionError ? error.at({ expression: text, path }) : error;
  }
}

function isCopies(value: Json): value is JsonObject[] {
  return (
    Array.isArray(value) &&
    value.length > 0 &&
    value.every((each) => isObject(each) && 'name' in each && 'count' in each && 'input' in each)
  );
}

/** `copy: [{name, count, input}]` makes one array member for each entry. */
function evaluateCopies(
  copies: readonly JsonObject[],
  walk: Walk,
  path: string,
  depth: number,
): [string, Json][] {
  return copies.map((copy, index) => {
    const place = `${path}[${index}]`;
    const name = evaluate(copy.name!, walk, `${place}.name`, depth);
    if (typeof name !== 'string') {
      throw new TemplateExpressionError('The name of a copy loop must be a string.', {
        path: place,
      });
    }
    const count = checkCopyCount(evaluate(copy.count!, walk, `${place}.count`, depth), place);
    const elements = Array.from({ length: count }, (_each, iteration) => {
      const scope = withLoop(walk.frame.scope, name, iteration);
      const inner = { ...walk, frame: { ...walk.frame, scope } };
      return evaluate(copy.input!, inner, `${place}.input`, depth + 1);
    });
    return [name, elements];
  });
}

/** The count of any copy loop: 0 to 800. */
export function checkCopyCount(count: Json, path: string): number {
  if (typeof count === 'number' && Number.isInteger(count) && count >= 0 && count <= copyCountMax) {
    return count;
  }
  throw new TemplateExpressionError(
    `The count of a copy loop must be an integer from 0 to ${copyCountMax}.`,
    { path },
  );
}

/** The scope inside one iteration; `copyIndex('name')` reads it, `copyIndex()` a resource's loop. */
export function withLoop(
  scope: EvaluationScope,
  name: string,
  index: number,
  unnamed = false,
): EvaluationScope {
  const named = new Map(scope.loops?.named).set(name.toLowerCase(), index);
  const loops = { named, current: unnamed ? index : scope.loops?.current };
  return { ...scope, loops };
}

/** One thing wrong that shows without evaluating. */
export interface Fault {
  readonly path: string;
  readonly message: string;
  readonly expression?: string;
  readonly offset?: number;
}

/** Parses and binds every expression of a value; gives all faults, none of them thrown. */
export function checkTree(value: Json, path = ''): Fault[] {
  const faults: Fault[] = [];
  const visit = (each: Json, place: string, depth: number): void => {
    if (depth > depthMax) return void faults.push({ path: place, message: 'nested too deep' });
    if (typeof each === 'string') checkText(each, place, faults);
    else if (Array.isArray(each)) {
      each.forEach((item, index) => void visit(item, `${place}[${index}]`, depth + 1));
    } else if (isObject(each)) {
      for (const [key, member] of Object.entries(each)) {
        const inner = place === '' ? key : `${place}.${key}`;
        checkText(key, inner, faults);
        visit(member, inner, depth + 1);
      }
    }
  };
  visit(value, path, 0);
  return faults;
}

function checkText(text: string, path: string, faults: Fault[]): void {
  if (!isExpression(text)) return;
  try {
    compileExpression(text);
  } catch (error) {
    if (!(error instanceof TemplateExpressionError)) throw error;
    const { message, offset } = error;
    faults.push({ path, message, expression: text, offset });
  }
}
