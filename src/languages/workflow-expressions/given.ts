// A context made of plain data: a context file, a test, one line of the command.
import { type EvaluationContext, type Given, outputsOf, recordOf } from './context.ts';
import { findMember, isObject, type Value } from './values.ts';

/** What plain data cannot give. */
export interface Sources {
  /** .NET UTC ticks. */
  nowTicks(): bigint;
  random(): number;
}

/** A context over plain data; names are found ignoring case. */
export function contextOf(given: Given, sources: Sources): EvaluationContext {
  const pick = (from: Value | undefined, name: string): Value | undefined =>
    isObject(from) ? findMember(from, name) : undefined;
  const trigger = triggerOf(given);
  const records = new Map<string, Value>();
  const action = (name: string): Value | undefined => {
    const known = records.get(name);
    if (known !== undefined) return known;
    const found = pick(given.actions, name);
    if (found === undefined) return undefined;
    const record = recordOf(name, found);
    records.set(name, record);
    return record;
  };
  return {
    parameter: (name) => pick(given.parameters, name),
    variable: (name) => pick(given.variables, name),
    trigger: () => trigger,
    action,
    result: (name) => pick(given.results, name),
    item: () => given.item,
    items: (name) => pick(given.items, name),
    iterationIndex: (name) => {
      const index = pick(given.iterationIndexes, name);
      return typeof index === 'number' ? index : undefined;
    },
    workflow: () => given.workflow,
    appsetting: (name) => pick(given.appsettings, name),
    agentParameter: (name) => pick(given.agentParameters, name),
    listCallbackUrl: () => (typeof given.callbackUrl === 'string' ? given.callbackUrl : undefined),
    nowTicks: sources.nowTicks,
    random: sources.random,
  };
}

function triggerOf(given: Given): Value | undefined {
  const outputs = outputsOf(given.triggerOutputs, given.triggerBody);
  if (given.trigger === undefined) {
    return outputs === undefined ? undefined : { name: 'manual', outputs };
  }
  if (outputs === undefined || !isObject(given.trigger)) return given.trigger;
  return { ...given.trigger, outputs };
}
