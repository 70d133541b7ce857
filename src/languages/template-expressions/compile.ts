// Syntax tree → closures; calls are bound to their rule once.
import type { Json } from '../../base/index.ts';
import { TemplateExpressionError } from './errors.ts';
import { functionRule } from './functions/registry.ts';
import { type Argument, checkCount, type FunctionRule } from './functions/rule.ts';
import { compiledMax, elementsMax, stepsMax, textCharsMax } from './limits.ts';
import { type Node, parseExpression } from './parse.ts';
import type { Compiled, EvaluationScope, Frame } from './scope.ts';
import { isObject, select } from './values.ts';

const compiledExpressions = new Map<string, Compiled>();

/** Parses and compiles `[…]`; the same text is compiled once. Throws TemplateExpressionError. */
export function compileExpression(text: string): Compiled {
  const known = compiledExpressions.get(text);
  if (known) return known;
  const compiled = compile(parseExpression(text), text);
  if (compiledExpressions.size >= compiledMax) {
    compiledExpressions.delete(compiledExpressions.keys().next().value!);
  }
  compiledExpressions.set(text, compiled);
  return compiled;
}

/** Evaluates `[…]` in a scope. Throws TemplateExpressionError; what the scope throws passes. */
export function evaluateExpression(text: string, scope: EvaluationScope): Json {
  return compileExpression(text)({ scope, locals: undefined, budget: { steps: 0 } });
}

function compile(node: Node, text: string): Compiled {
  switch (node.kind) {
    case 'literal': {
      const { value } = node;
      return () => value;
    }
    case 'member': {
      const of = compile(node.of, text);
      const { name, start } = node;
      return (frame) => located(text, start, () => selectNamed(of(frame), name));
    }
    case 'index': {
      const of = compile(node.of, text);
      const key = compile(node.key, text);
      const { start } = node;
      return (frame) => located(text, start, () => select(of(frame), key(frame)));
    }
    case 'call':
      return compileCall(node, text);
  }
}

/** `.0` reads an element where the value is an array. */
function selectNamed(value: Json, name: string): Json {
  return select(value, Array.isArray(value) && /^\d+$/.test(name) ? Number(name) : name);
}

function compileCall(node: Node & { kind: 'call' }, text: string): Compiled {
  const { name, start } = node;
  const rule = functionRule(name);
  if (!rule) {
    if (!name.includes('.')) {
      throw new TemplateExpressionError(
        `The template function '${name}' is not valid. Please see ` +
          'https://aka.ms/arm-template-expressions for usage details.',
        { expression: text, offset: start },
      );
    }
    return compileUserCall(node, text);
  }
  if (rule.unsupported !== undefined) {
    throw new TemplateExpressionError(
      `The template function '${name}' is not supported by Lazurite: ${rule.unsupported}.`,
      { expression: text, offset: start },
    );
  }
  located(text, start, () => checkCount(rule, name, node.args.length));
  const args = node.args.map((arg) => argumentOf(arg, text));
  return (frame) =>
    located(text, start, () => {
      spend(frame);
      return bounded(call(rule, name, args, frame));
    });
}

function call(rule: FunctionRule, name: string, args: readonly Argument[], frame: Frame): Json {
  if (rule.lazy) return rule.lazy(args, frame);
  const values = args.map((arg) => arg.evaluate(frame));
  if (rule.call) return rule.call(values, frame);
  const host = frame.scope.host.get(rule.name.toLowerCase());
  if (!host) {
    throw new TemplateExpressionError(
      `The template function '${name}' is not expected at this location. Please see ` +
        'https://aka.ms/arm-template-expressions for usage details.',
    );
  }
  return host(values, name);
}

function compileUserCall(node: Node & { kind: 'call' }, text: string): Compiled {
  const args = node.args.map((arg) => compile(arg, text));
  const { name, start } = node;
  return (frame) =>
    located(text, start, () => {
      spend(frame);
      const user = frame.scope.userFunction?.(name);
      if (!user) {
        throw new TemplateExpressionError(
          `The template function '${name}' is not valid: the template defines no such function here.`,
        );
      }
      return bounded(
        user(
          args.map((arg) => arg(frame)),
          name,
        ),
      );
    });
}

/** A `lambda(…)` argument is not evaluated but handed to the function that takes it. */
function argumentOf(node: Node, text: string): Argument {
  if (node.kind === 'call' && node.name.toLowerCase() === 'lambda') {
    const names = node.args.slice(0, -1).map((arg) => {
      if (arg.kind !== 'literal' || typeof arg.value !== 'string') {
        throw new TemplateExpressionError(
          "The arguments of 'lambda' before its last must be names as string literals.",
          { expression: text, offset: arg.start },
        );
      }
      return arg.value;
    });
    const last = node.args.at(-1);
    if (!last) {
      throw new TemplateExpressionError("The function 'lambda' needs a body.", {
        expression: text,
        offset: node.start,
      });
    }
    return { evaluate: notAValue, lambda: { names, body: compile(last, text) } };
  }
  return { evaluate: compile(node, text) };
}

const notAValue: Compiled = () => {
  throw new TemplateExpressionError("A 'lambda' is not expected at this location.");
};

function spend(frame: Frame): void {
  if (++frame.budget.steps > stepsMax) {
    throw new TemplateExpressionError(`The evaluation takes more than ${stepsMax} steps.`);
  }
}

function bounded(value: Json): Json {
  if (typeof value === 'string') {
    if (value.length > textCharsMax) throw tooLarge(`a text of ${value.length} characters`);
  } else if (Array.isArray(value)) {
    if (value.length > elementsMax) throw tooLarge(`an array of ${value.length} elements`);
  } else if (isObject(value) && Object.keys(value).length > elementsMax) {
    throw tooLarge('an object with too many members');
  }
  return value;
}

function tooLarge(what: string): TemplateExpressionError {
  return new TemplateExpressionError(`The evaluation gives ${what}: too large.`);
}

/** Adds the place to a fault that does not know it yet. */
function located<T>(expression: string, offset: number, work: () => T): T {
  try {
    return work();
  } catch (error) {
    if (error instanceof TemplateExpressionError && error.expression === undefined) {
      throw error.at({ expression, offset });
    }
    throw error;
  }
}
