// add sub mul div mod min max rand range.
import { calculate, decimalOf, doubleOf, type Operator } from '../arithmetic.ts';
import { compareNumbers } from '../compare.ts';
import type { EvaluationContext } from '../context.ts';
import { failFunction } from '../errors.ts';
import { rangeCountMax } from '../limits.ts';
import { DoubleValue, integerOf, isArray, kindOf, toBigInt, type Value } from '../values.ts';
import {
  definitionsOf,
  failArgument,
  integerArgument,
  isNumber,
  withDotnet,
} from './definition.ts';

const operators: readonly Operator[] = ['add', 'sub', 'mul', 'div', 'mod'];

function extreme(name: string, sign: 1 | -1): (args: readonly Value[]) => Value {
  return (args) => {
    const given = args.length === 1 && isArray(args[0]) ? args[0] : args;
    const [first, ...rest] = given;
    if (first === undefined) {
      return failFunction(name, 'expects at least one number; the array is empty.');
    }
    given.forEach((value, index) => {
      if (!isNumber(value)) {
        failArgument(name, given, index, 'be an integer or a decimal number, or an array of them');
      }
    });
    const best = rest.reduce<Value>((kept, value) => {
      const order = compareNumbers(value, kept) ?? 0;
      return order * sign < 0 ? value : kept;
    }, first);
    return promote(best, given);
  };
}

/** The result takes the widest kind among the arguments: decimal, else double, else Int64. */
function promote(best: Value, given: readonly Value[]): Value {
  const kinds = new Set(given.map(kindOf));
  if (kinds.has('decimal')) return withDotnet('max', () => decimalOf(best));
  return kinds.has('float') ? DoubleValue.of(doubleOf(best) ?? 0) : best;
}

function rand(args: readonly Value[], context: EvaluationContext): Value {
  const low = integerArgument('rand', args, 0);
  const high = integerArgument('rand', args, 1);
  if (low > high) {
    return failFunction(
      'rand',
      `expects its first parameter '${low}' not to be larger than its second '${high}'.`,
    );
  }
  return low + Math.floor(context.random() * (high - low));
}

function range(args: readonly Value[]): Value {
  const start = toBigInt(args[0] as Value);
  if (start === undefined) return failArgument('range', args, 0, 'be an integer');
  const count = integerArgument('range', args, 1);
  if (count < 0 || count > rangeCountMax) {
    return failFunction(
      'range',
      `parameters are out of range: 'count' must be a positive integer no larger than ${rangeCountMax}.`,
    );
  }
  return Array.from({ length: count }, (_, index) => integerOf(start + BigInt(index)));
}

export const mathFunctions = definitionsOf('math', [
  ...operators.map(
    (name) => [name, 'left, right', (args: readonly Value[]) => calculate(name, args)] as const,
  ),
  ['min', 'number, …', extreme('min', 1)],
  ['max', 'number, …', extreme('max', -1)],
  ['rand', 'minimum, maximumExclusive', rand],
  ['range', 'start, count', range],
]);
