// Integers: arithmetic, ranges, conversions.
import type { Json } from '../../../base/index.ts';
import { rangeCountMax } from '../limits.ts';
import { type FunctionRule, fault, integerAt, rule, wrongType } from './rule.ts';

function binary(
  name: string,
  work: (left: number, right: number) => number,
  divides = false,
): FunctionRule {
  return rule(name, 2, 2, (args) => {
    const left = integerAt(name, args, 0);
    const right = integerAt(name, args, 1);
    if (divides && right === 0) throw fault(name, 'attempted to divide by zero.');
    const result = work(left, right);
    if (!Number.isSafeInteger(result)) throw fault(name, 'the result is out of range.');
    return result === 0 ? 0 : result;
  });
}

/** `min(1,2)` or `min([1,2])`. */
function extreme(name: 'min' | 'max'): FunctionRule {
  return rule(name, 1, Number.POSITIVE_INFINITY, (args) => {
    const values: readonly Json[] = args.length === 1 && Array.isArray(args[0]) ? args[0] : args;
    if (values.length === 0) throw fault(name, 'the array is empty.');
    return values
      .map((_value, index) => integerAt(name, values, index))
      .reduce((left, right) => Math[name](left, right));
  });
}

export const numberFunctions: readonly FunctionRule[] = [
  binary('add', (left, right) => left + right),
  binary('sub', (left, right) => left - right),
  binary('mul', (left, right) => left * right),
  binary('div', (left, right) => Math.trunc(left / right), true),
  binary('mod', (left, right) => left % right, true),
  extreme('min'),
  extreme('max'),
  rule('range', 2, 2, (args) => {
    const start = integerAt('range', args, 0);
    const count = integerAt('range', args, 1);
    if (count < 0 || count > rangeCountMax || start + count > 2_147_483_647) {
      throw fault('range', `the count must be 0 to ${rangeCountMax} and the end below 2147483647.`);
    }
    return Array.from({ length: count }, (_each, index) => start + index);
  }),
  rule('int', 1, 1, ([value = null]) => {
    if (typeof value === 'number') return Math.trunc(value);
    if (typeof value === 'string' && /^\s*[+-]?\d+\s*$/.test(value)) return Number(value);
    throw typeof value === 'string'
      ? fault('int', `the text is no integer.`)
      : wrongType('int', 0, 'String', value);
  }),
  rule('float', 1, 1, ([value = null]) => {
    const number = typeof value === 'string' && value.trim() !== '' ? Number(value) : value;
    if (typeof number === 'number' && Number.isFinite(number)) return number;
    throw fault('float', 'the value is no number.');
  }),
];
