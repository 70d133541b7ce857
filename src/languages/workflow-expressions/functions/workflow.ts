// What an expression asks of the run: parameters, variables, trigger, actions, loops.
import type { EvaluationContext } from '../context.ts';
import { ExpressionEvaluationError, failFunction } from '../errors.ts';
import { findMember, isObject, type Value } from '../values.ts';
import {
  type ArgumentEvaluator,
  definitionsOf,
  type FunctionDefinition,
  stringArgument,
} from './definition.ts';

function member(value: Value | undefined, name: string): Value {
  return isObject(value) ? (findMember(value, name) ?? null) : null;
}

function unavailable(name: string, where: string): never {
  return failFunction(name, `is not available here: it can be used only ${where}.`);
}

function actionRecord(name: string, args: readonly Value[], context: EvaluationContext): Value {
  const action = stringArgument(name, args, 0, true);
  const record = context.action(action);
  if (record !== undefined) return record;
  throw new ExpressionEvaluationError(
    `The template function '${name}' is not expected to reference action '${action}': no action of that name has run where the expression stands.`,
  );
}

/** Functions of one name: the record of an action, then members of it. */
function ofAction(name: string, ...path: readonly string[]): Definition {
  return [
    name,
    'actionName',
    (args, context) => path.reduce<Value>(member, actionRecord(name, args, context)),
  ];
}

function ofTrigger(name: string, ...path: readonly string[]): Definition {
  return [
    name,
    '',
    (_, context) => {
      const record = context.trigger();
      if (record === undefined) return unavailable(name, 'in a run that a trigger started');
      return path.reduce<Value>(member, record);
    },
  ];
}

type Definition = readonly [
  string,
  string,
  (args: readonly Value[], context: EvaluationContext) => Value,
];

/** A look-up by name whose absence the service words as `absent` says. */
function named(
  name: string,
  parameter: string,
  find: (context: EvaluationContext, name: string) => Value | undefined,
  absent: (sought: string) => string,
): Definition {
  return [
    name,
    parameter,
    (args, context) => {
      const sought = stringArgument(name, args, 0, true);
      const value = find(context, sought);
      if (value !== undefined) return value;
      throw new ExpressionEvaluationError(absent(sought));
    },
  ];
}

function items(args: readonly Value[], context: EvaluationContext): Value {
  const loop = stringArgument('items', args, 0, true);
  const value = context.items?.(loop);
  return value === undefined
    ? unavailable(
        'items',
        `inside the Foreach that it names: the expression does not stand in '${loop}'`,
      )
    : value;
}

function item(_: readonly Value[], context: EvaluationContext): Value {
  const value = context.item?.();
  return value === undefined
    ? unavailable('item', 'inside Foreach, Query, Select and Table')
    : value;
}

function iterationIndexes(args: readonly Value[], context: EvaluationContext): Value {
  const loop = stringArgument('iterationIndexes', args, 0, true);
  const index = context.iterationIndex?.(loop);
  return index === undefined
    ? unavailable(
        'iterationIndexes',
        `inside the Until that it names: the expression does not stand in '${loop}'`,
      )
    : index;
}

const definitions = definitionsOf('workflow', [
  named(
    'parameters',
    'parameterName',
    (context, name) => context.parameter(name),
    (name) =>
      `The template language function 'parameters' cannot be evaluated: the workflow parameter '${name}' is not found.`,
  ),
  named(
    'variables',
    'variableName',
    (context, name) => context.variable(name),
    (name) =>
      `The template language function 'variables' cannot be evaluated: the variable '${name}' doesn't exist. To initialize and update a variable use the 'Initialize Variable' and 'Set Variable' actions.`,
  ),
  named(
    'appsetting',
    'settingName',
    (context, name) => context.appsetting?.(name),
    (name) =>
      `The template language function 'appsetting' cannot be evaluated: the app setting '${name}' is not found.`,
  ),
  named(
    'agentParameters',
    'parameterName',
    (context, name) => context.agentParameter?.(name),
    (name) =>
      `The template language function 'agentParameters' cannot be evaluated: the agent parameter '${name}' is not found.`,
  ),
  named(
    'result',
    'scopeName',
    (context, name) => context.result?.(name),
    (name) =>
      `The template function 'result' is not expected to reference '${name}': it takes the name of a scope, a loop or a condition that has run.`,
  ),
  ofAction('actions'),
  ofAction('outputs', 'outputs'),
  ofAction('actionOutputs', 'outputs'),
  ofAction('body', 'outputs', 'body'),
  ofAction('actionBody', 'outputs', 'body'),
  [
    'action',
    '',
    (_, context) => context.self?.() ?? unavailable('action', 'where an action speaks of itself'),
  ],
  ofTrigger('trigger'),
  ofTrigger('triggers'),
  ofTrigger('triggerOutputs', 'outputs'),
  ofTrigger('triggerBody', 'outputs', 'body'),
  ['item', '', item],
  ['items', 'loopName', items],
  ['iterationIndexes', 'loopName', iterationIndexes],
  ['workflow', '', (_, context) => context.workflow?.() ?? unavailable('workflow', 'in a run')],
  [
    'listCallbackUrl',
    '',
    (_, context) =>
      context.listCallbackUrl?.() ?? unavailable('listCallbackUrl', 'in webhook operations'),
  ],
]);

/** The most used ones skip the argument array when the name is a literal. */
const quick: Record<string, (name: string) => ArgumentEvaluator> = {
  parameters: (name) => (context) => context.parameter(name) as Value,
  variables: (name) => (context) => context.variable(name) as Value,
  outputs: (name) => (context) => bare(context.action(name), 'outputs') as Value,
  body: (name) => (context) => bare(bare(context.action(name), 'outputs'), 'body') as Value,
};

/** The member by its exact name, or undefined where only the long way can answer. */
function bare(value: Value | undefined, name: string): Value | undefined {
  return isObject(value) && Object.hasOwn(value, name) ? value[name] : undefined;
}

export const workflowFunctions: readonly FunctionDefinition[] = definitions.map((definition) => {
  const make = quick[definition.name];
  if (!make) return definition;
  return {
    ...definition,
    compile: (args, trees) => {
      const tree = trees[0];
      const [arg] = args as [ArgumentEvaluator];
      const slow: ArgumentEvaluator = (context) => definition.call([arg(context)], context);
      if (tree?.kind !== 'literal' || typeof tree.value !== 'string') return slow;
      const fast = make(tree.value);
      return (context) => {
        const value = fast(context);
        return value === undefined ? slow(context) : value;
      };
    },
  };
});
