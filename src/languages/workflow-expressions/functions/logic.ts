// if and or not equals coalesce, and the comparisons. if, and, or, coalesce evaluate only what they need.
import { equalValues, orderValues } from '../compare.ts';
import type { Value } from '../values.ts';
import {
  type ArgumentEvaluator,
  booleanArgument,
  definitionsOf,
  type FunctionDefinition,
  failArgument,
} from './definition.ts';

function order(
  name: string,
  holds: (order: number) => boolean,
): readonly [string, string, (args: readonly Value[]) => Value] {
  return [
    name,
    'left, right',
    ([left, right]) => holds(orderValues(name, left as Value, right as Value)),
  ];
}

const eager = definitionsOf('logic', [
  ['equals', 'left, right', ([left, right]) => equalValues(left as Value, right as Value)],
  ['not', 'condition', (args) => !booleanArgument('not', args, 0)],
  order('less', (order) => order < 0),
  order('lessOrEquals', (order) => order <= 0),
  order('greater', (order) => order > 0),
  order('greaterOrEquals', (order) => order >= 0),
]);

function condition(name: string, value: Value, index: number): boolean {
  if (typeof value === 'boolean') return value;
  const padding: Value[] = new Array<Value>(index).fill(null);
  return failArgument(name, [...padding, value], index, 'be of type boolean');
}

function junction(
  name: string,
  decides: boolean,
): (args: readonly ArgumentEvaluator[]) => ArgumentEvaluator {
  return (args) => (context) => {
    for (let index = 0; index < args.length; index++) {
      if (condition(name, args[index]!(context), index) === decides) return decides;
    }
    return !decides;
  };
}

/** A lazy function; `call` serves only those that hold evaluated values. */
function lazy(
  name: string,
  signature: string,
  compile: (args: readonly ArgumentEvaluator[]) => ArgumentEvaluator,
): FunctionDefinition {
  const [definition] = definitionsOf('logic', [
    [name, signature, (args, context) => compile(args.map((arg) => () => arg))(context)],
  ]);
  return { ...(definition as FunctionDefinition), compile };
}

export const logicFunctions: readonly FunctionDefinition[] = [
  ...eager,
  lazy(
    'if',
    'condition, valueIfTrue, valueIfFalse',
    ([test, yes, no]) =>
      (context) =>
        condition('if', test!(context), 0) ? yes!(context) : no!(context),
  ),
  lazy('and', 'condition, …', junction('and', false)),
  lazy('or', 'condition, …', junction('or', true)),
  lazy('coalesce', 'value, …', (args) => (context) => {
    for (const arg of args) {
      const value = arg(context);
      if (value !== null) return value;
    }
    return null;
  }),
];
