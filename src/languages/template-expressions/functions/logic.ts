// Comparison and logic; `if`, `and`, `or` and `coalesce` evaluate only what they need.
import type { Json } from '../../../base/index.ts';
import type { Frame } from '../scope.ts';
import { equalValues } from '../values.ts';
import { type Argument, booleanAt, type FunctionRule, fault, rule, wrongType } from './rule.ts';

function booleanOf(name: string, index: number, arg: Argument, frame: Frame): boolean {
  const value = arg.evaluate(frame);
  if (typeof value !== 'boolean') throw wrongType(name, index, 'Boolean', value);
  return value;
}

/** Integers by size, texts by code unit. */
function compare(name: string, args: readonly Json[]): number {
  const [left = null, right = null] = args;
  if (typeof left === 'number' && typeof right === 'number') return left - right;
  if (typeof left === 'string' && typeof right === 'string') {
    return left < right ? -1 : left > right ? 1 : 0;
  }
  throw fault(name, 'both arguments must be integers, or both strings.');
}

export const logicFunctions: readonly FunctionRule[] = [
  {
    name: 'if',
    min: 3,
    max: 3,
    lazy: ([condition, yes, no], frame) =>
      (booleanOf('if', 0, condition!, frame) ? yes! : no!).evaluate(frame),
  },
  {
    name: 'and',
    min: 2,
    max: Number.POSITIVE_INFINITY,
    lazy: (args, frame) => args.every((arg, index) => booleanOf('and', index, arg, frame)),
  },
  {
    name: 'or',
    min: 2,
    max: Number.POSITIVE_INFINITY,
    lazy: (args, frame) => args.some((arg, index) => booleanOf('or', index, arg, frame)),
  },
  {
    name: 'coalesce',
    min: 1,
    max: Number.POSITIVE_INFINITY,
    lazy(args, frame) {
      for (const arg of args) {
        const value = arg.evaluate(frame);
        if (value !== null) return value;
      }
      return null;
    },
  },
  rule('not', 1, 1, (args) => !booleanAt('not', args, 0)),
  rule('xor', 2, 2, (args) => booleanAt('xor', args, 0) !== booleanAt('xor', args, 1)),
  rule('equals', 2, 2, ([left = null, right = null]) => equalValues(left, right)),
  rule('less', 2, 2, (args) => compare('less', args) < 0),
  rule('lessOrEquals', 2, 2, (args) => compare('lessOrEquals', args) <= 0),
  rule('greater', 2, 2, (args) => compare('greater', args) > 0),
  rule('greaterOrEquals', 2, 2, (args) => compare('greaterOrEquals', args) >= 0),
  rule('true', 0, 0, () => true),
  rule('false', 0, 0, () => false),
  rule('null', 0, 0, () => null),
  rule('bool', 1, 1, ([value = null]) => {
    if (typeof value === 'boolean') return value;
    if (typeof value === 'number') return value !== 0;
    if (typeof value === 'string' && /^(true|false)$/i.test(value)) {
      return value.toLowerCase() === 'true';
    }
    if (value === '1' || value === '0') return value === '1';
    throw fault('bool', "the value is neither 'true', 'false' nor a number.");
  }),
];
