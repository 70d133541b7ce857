// What a template function is: its name, how many arguments, how it is answered.
import type { Json, JsonObject } from '../../../base/index.ts';
import { TemplateExpressionError } from '../errors.ts';
import type { Compiled, Frame } from '../scope.ts';
import { isObject, kindOf } from '../values.ts';

export interface Argument {
  readonly evaluate: Compiled;
  readonly lambda?: { readonly names: readonly string[]; readonly body: Compiled };
}

/** One of `call` and `lazy`; with neither, the deployment answers (`scope.host`). */
export interface FunctionRule {
  /** As documented; matched in any letter case. */
  readonly name: string;
  readonly min: number;
  /** Infinity where there is no end. */
  readonly max: number;
  readonly call?: (args: readonly Json[], frame: Frame) => Json;
  /** Evaluates its arguments itself: short circuits and lambdas. */
  readonly lazy?: (args: readonly Argument[], frame: Frame) => Json;
  /** Why it is refused by name. */
  readonly unsupported?: string;
}

export function rule(
  name: string,
  min: number,
  max: number,
  call: (args: readonly Json[], frame: Frame) => Json,
): FunctionRule {
  return { name, min, max, call };
}

export function checkCount({ min, max }: FunctionRule, name: string, count: number): void {
  if (count >= min && count <= max) return;
  const wanted =
    min === max
      ? `exactly ${min}`
      : max === Number.POSITIVE_INFINITY
        ? `at least ${min}`
        : `${min} to ${max}`;
  throw new TemplateExpressionError(
    `Unable to evaluate template language function '${name}': function requires ${wanted} ` +
      `argument(s) while ${count} were provided. Please see ` +
      'https://aka.ms/arm-template-expressions for usage details.',
  );
}

export function wrongType(
  name: string,
  index: number,
  wanted: string,
  value: Json,
): TemplateExpressionError {
  return new TemplateExpressionError(
    `The template language function '${name}' expects its argument ${index + 1} to be of type ` +
      `'${wanted}'. The provided value is of type '${kindOf(value)}'. Please see ` +
      'https://aka.ms/arm-template-expressions for usage details.',
  );
}

export function fault(name: string, why: string): TemplateExpressionError {
  return new TemplateExpressionError(
    `Unable to evaluate template language function '${name}': ${why}`,
  );
}

/** Readers of arguments by place; each throws in ARM's words on another kind. */
export function textAt(name: string, args: readonly Json[], index: number): string {
  const value = args[index] ?? null;
  if (typeof value !== 'string') throw wrongType(name, index, 'String', value);
  return value;
}

export function integerAt(name: string, args: readonly Json[], index: number): number {
  const value = args[index] ?? null;
  if (typeof value !== 'number' || !Number.isInteger(value)) {
    throw wrongType(name, index, 'Integer', value);
  }
  return value;
}

export function arrayAt(name: string, args: readonly Json[], index: number): Json[] {
  const value = args[index] ?? null;
  if (!Array.isArray(value)) throw wrongType(name, index, 'Array', value);
  return value;
}

export function objectAt(name: string, args: readonly Json[], index: number): JsonObject {
  const value = args[index] ?? null;
  if (!isObject(value)) throw wrongType(name, index, 'Object', value);
  return value;
}

export function booleanAt(name: string, args: readonly Json[], index: number): boolean {
  const value = args[index] ?? null;
  if (typeof value !== 'boolean') throw wrongType(name, index, 'Boolean', value);
  return value;
}
