// Tree to closures: parsed once, evaluated many times.
import type { EvaluationContext } from './context.ts';
import { ExpressionEvaluationError } from './errors.ts';
import { type FunctionDefinition, findFunction } from './functions/registry.ts';
import { resultCharactersMax } from './limits.ts';
import { stringify, tooLong } from './stringify.ts';
import type { Call, Expression, Member, Template } from './syntax.ts';
import {
  findMember,
  isArray,
  isObject,
  kindName,
  type ObjectValue,
  toBigInt,
  type Value,
} from './values.ts';

/** Gives the value in a run; throws ExpressionEvaluationError. */
export type Evaluator = (context: EvaluationContext) => Value;

/** Compiles a parsed template string. */
export function compileParsed(template: Template): Evaluator {
  switch (template.kind) {
    case 'literal': {
      const { text } = template;
      return () => text;
    }
    case 'expression':
      return compileExpression(template.expression, template.source);
    case 'interpolation': {
      const parts = template.parts.map((part): string | Evaluator =>
        part.kind === 'text'
          ? part.text
          : compileExpression(part.expression, template.source.slice(part.start, part.end)),
      );
      return (context) => {
        let text = '';
        for (const part of parts)
          text += typeof part === 'string' ? part : stringify(part(context));
        if (text.length > resultCharactersMax) throw tooLong();
        return text;
      };
    }
  }
}

/** Compiles an expression; `source` is its text, which errors quote. */
export function compileExpression(expression: Expression, source: string): Evaluator {
  switch (expression.kind) {
    case 'literal': {
      const { value } = expression;
      return () => value;
    }
    case 'call':
      return compileCall(expression, source);
    case 'member':
      return compileMember(expression, source);
  }
}

function compileCall(call: Call, source: string): Evaluator {
  return compileFunction(
    call.name,
    call.args.map((arg) => compileExpression(arg, source)),
    call.args,
  );
}

/**
 * A call of function `name`. An unknown name or a wrong count fails when it is evaluated, so that an
 * untaken branch may hide it; the checker reports both beforehand.
 */
export function compileFunction(
  name: string,
  args: readonly Evaluator[],
  trees: readonly Expression[] = [],
): Evaluator {
  const definition = findFunction(name);
  if (!definition) {
    return () => {
      throw new ExpressionEvaluationError(unknownFunction(name));
    };
  }
  const problem = argumentCountProblem(definition, args.length);
  if (problem !== undefined) {
    return () => {
      throw new ExpressionEvaluationError(problem);
    };
  }
  if (definition.compile) return definition.compile(args, trees);
  return eager(definition, args);
}

function eager(definition: FunctionDefinition, args: readonly Evaluator[]): Evaluator {
  const { call } = definition;
  const [first, second, third] = args;
  switch (args.length) {
    case 0:
      return (context) => call([], context);
    case 1:
      return (context) => call([first!(context)], context);
    case 2:
      return (context) => call([first!(context), second!(context)], context);
    case 3:
      return (context) => call([first!(context), second!(context), third!(context)], context);
    default:
      return (context) =>
        call(
          args.map((arg) => arg(context)),
          context,
        );
  }
}

export function unknownFunction(name: string): string {
  return `The template function '${name}' is not defined or not valid.`;
}

const counts = ['no', 'one', 'two', 'three', 'four', 'five'];

function parameterCount(count: number): string {
  return `${counts[count] ?? count} ${count === 1 ? 'parameter' : 'parameters'}`;
}

/** What is wrong with calling `definition` with `count` arguments; undefined where nothing is. */
export function argumentCountProblem(
  definition: FunctionDefinition,
  count: number,
): string | undefined {
  const { name, min, max } = definition;
  if (count >= min && count <= max) return undefined;
  const invoked = `The function was invoked with '${count}' parameter(s).`;
  if (min === max) {
    return `The template function '${name}' expects ${parameterCount(min)}: ${definition.signature}. ${invoked}`;
  }
  if (max === Number.POSITIVE_INFINITY) {
    const lead =
      min === 1 ? 'Expected at least one argument' : `Expected at least ${counts[min]} arguments`;
    return `${lead}: the template function '${name}' expects ${definition.signature}. ${invoked}`;
  }
  return `The template function '${name}' expects between ${counts[min]} and ${parameterCount(max)}: ${definition.signature}. ${invoked}`;
}

function compileMember(member: Member, source: string): Evaluator {
  const target = compileExpression(member.target, source);
  const { key, safe } = member;
  if (key.kind === 'literal' && typeof key.value === 'string') {
    const name = key.value;
    return (context) => {
      const owner = target(context);
      if (isObject(owner)) {
        const value = Object.hasOwn(owner, name) ? owner[name] : findMember(owner, name);
        if (value !== undefined) return value;
        if (safe) return null;
        throw missing(source, owner, name);
      }
      return selectFrom(owner, name, safe, source);
    };
  }
  const index = compileExpression(key, source);
  return (context) => selectFrom(target(context), index(context), safe, source);
}

function selectFrom(owner: Value, key: Value, safe: boolean, source: string): Value {
  if (owner === null && safe) return null;
  if (isObject(owner)) {
    if (typeof key !== 'string') {
      throw cannot(
        source,
        `property '${stringify(key)}' cannot be selected. Object properties can only be selected using a property name of type 'String'; the provided value is of type '${kindName(key)}'.`,
      );
    }
    const value = findMember(owner, key);
    if (value !== undefined) return value;
    if (safe) return null;
    throw missing(source, owner, key);
  }
  if (isArray(owner)) return elementOf(owner, key, safe, source);
  throw cannot(
    source,
    `property '${stringify(key)}' cannot be selected. Property selection is not supported on values of type '${kindName(owner)}'.`,
  );
}

function elementOf(owner: readonly Value[], key: Value, safe: boolean, source: string): Value {
  const index = toBigInt(key);
  if (index === undefined) {
    throw cannot(
      source,
      `property '${stringify(key)}' cannot be selected. Array elements can only be selected using an integer index.`,
    );
  }
  const value = index < 0n || index >= owner.length ? undefined : owner[Number(index)];
  if (value !== undefined) return value;
  if (safe) return null;
  throw cannot(
    source,
    `array index '${index}' is outside bounds (0, ${owner.length - 1}) of array.`,
  );
}

/** Names listed in "available properties", so that a wide object does not flood the message. */
const namesListedMax = 50;

function missing(source: string, owner: ObjectValue, name: string): ExpressionEvaluationError {
  const names = Object.keys(owner);
  const listed = names.slice(0, namesListedMax).join(', ');
  const rest = names.length > namesListedMax ? ', …' : '';
  return cannot(
    source,
    `property '${name}' doesn't exist, available properties are '${listed}${rest}'.`,
  );
}

function cannot(source: string, reason: string): ExpressionEvaluationError {
  return new ExpressionEvaluationError(
    `The template language expression '${source}' cannot be evaluated because ${reason} Please see https://aka.ms/logicexpressions for usage details.`,
  );
}
