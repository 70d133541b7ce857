// The shape of a function, and the checks of arguments that all of them share.
import { DotnetError } from '../../../dotnet/index.ts';
import type { EvaluationContext } from '../context.ts';
import { ExpressionEvaluationError, failFunction, usageLink } from '../errors.ts';
import { resultCharactersMax, resultItemsMax } from '../limits.ts';
import { tooLong } from '../stringify.ts';
import type { Expression } from '../syntax.ts';
import { isArray, isObject, kindName, kindOf, toBigInt, type Value } from '../values.ts';

/** Gives a value in a run. */
export type ArgumentEvaluator = (context: EvaluationContext) => Value;

export type FunctionGroup =
  | 'string'
  | 'collection'
  | 'logic'
  | 'conversion'
  | 'math'
  | 'date'
  | 'workflow'
  | 'uri'
  | 'object';

/** One function of the language. */
export interface FunctionDefinition {
  readonly name: string;
  readonly group: FunctionGroup;
  /** The parameters in words, `?` for optional ones: `text, start, length?`. */
  readonly signature: string;
  readonly min: number;
  readonly max: number;
  /** Its value for evaluated arguments; their count has been checked. */
  call(args: readonly Value[], context: EvaluationContext): Value;
  /** Lazy functions and those with a quicker form build their own closure. */
  readonly compile?: (
    args: readonly ArgumentEvaluator[],
    trees: readonly Expression[],
  ) => ArgumentEvaluator;
}

type Row = readonly [
  name: string,
  signature: string,
  call: (args: readonly Value[], context: EvaluationContext) => Value,
];

/** Definitions of a group; bounds of the count follow from the signature (`x?` optional, `…` many). */
export function definitionsOf(
  group: FunctionGroup,
  rows: readonly Row[],
): readonly FunctionDefinition[] {
  return rows.map(([name, signature, call]) => {
    const parameters = signature === '' ? [] : signature.split(', ');
    const many = parameters.at(-1) === '…';
    const named = many ? parameters.slice(0, -1) : parameters;
    return {
      name,
      group,
      signature,
      min: named.filter((parameter) => !parameter.endsWith('?')).length,
      max: many ? Number.POSITIVE_INFINITY : named.length,
      call,
    };
  });
}

const ordinals = ['first', 'second', 'third', 'fourth', 'fifth'];

/** Fails because argument `index` is not `expected`; `only` where the function takes one. */
export function failArgument(
  name: string,
  args: readonly Value[],
  index: number,
  expected: string,
  only = false,
): never {
  const which = only ? '' : `${ordinals[index] ?? `${index + 1}th`} `;
  return failFunction(
    name,
    `expects its ${which}parameter to ${expected}. The provided value is of type '${kindName(args[index] ?? null)}'.`,
  );
}

export function stringArgument(
  name: string,
  args: readonly Value[],
  index: number,
  only = false,
): string {
  const value = args[index];
  if (typeof value === 'string') return value;
  return failArgument(name, args, index, only ? 'be a string' : 'be of type string', only);
}

/** An integer argument that fits a JavaScript index; a whole double is not an integer. */
export function integerArgument(name: string, args: readonly Value[], index: number): number {
  const integer = toBigInt(args[index] ?? null);
  if (integer === undefined) return failArgument(name, args, index, 'be an integer');
  return Number(integer);
}

export function booleanArgument(name: string, args: readonly Value[], index: number): boolean {
  const value = args[index];
  if (typeof value === 'boolean') return value;
  return failArgument(name, args, index, 'be a boolean', args.length === 1);
}

export function arrayArgument(
  name: string,
  args: readonly Value[],
  index: number,
  expected = 'be an array',
): readonly Value[] {
  const value = args[index];
  if (isArray(value)) return value;
  return failArgument(name, args, index, expected, args.length === 1);
}

export function isNumber(value: Value | undefined): boolean {
  const kind = kindOf(value ?? null);
  return kind === 'integer' || kind === 'float' || kind === 'decimal';
}

export { isObject };

/** Runs .NET's part; its failure becomes the service's message about function `name`. */
export function withDotnet<T>(
  name: string,
  run: () => T,
  lead = 'was invoked with a parameter that is not valid.',
): T {
  try {
    return run();
  } catch (error) {
    if (!(error instanceof DotnetError)) throw error;
    throw new ExpressionEvaluationError(
      `The template language function '${name}' ${lead} ${error.message} ${usageLink(name)}`,
    );
  }
}

/** Fails when a text result is beyond the bound. */
export function boundedText(text: string): string {
  if (text.length > resultCharactersMax) throw tooLong();
  return text;
}

/** Fails when an array result is beyond the bound. */
export function boundedItems(items: readonly Value[]): readonly Value[] {
  if (items.length > resultItemsMax) {
    throw new ExpressionEvaluationError(
      `The result of the template language expression has more than ${resultItemsMax} items.`,
    );
  }
  return items;
}
