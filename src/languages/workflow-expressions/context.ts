// What an expression may ask of the run it stands in; the workflow engine implements it.
import { isArray, isObject, objectOf, type Value } from './values.ts';

/**
 * The run as an expression sees it. `undefined` from a look-up means "no such thing" and becomes the
 * service's error; JSON null is a value. Names arrive as written in the expression: implementers
 * compare them ignoring case (`findMember` does). A member that is absent answers "not available here".
 */
export interface EvaluationContext {
  /** `parameters('x')`. */
  parameter(name: string): Value | undefined;
  /** `variables('x')`. */
  variable(name: string): Value | undefined;
  /**
   * `trigger()`: `{name, inputs?, outputs?, startTime, endTime, …, status}`. `triggerOutputs()` and
   * `triggerBody()` read its `outputs` and `outputs.body`.
   */
  trigger(): Value | undefined;
  /**
   * `actions('X')`: `{name, inputs?, outputs?, startTime, …, code, status, error?}`. `outputs('X')`
   * and `body('X')` read its `outputs` and `outputs.body`. Loop-aware: the engine gives the record of
   * the iteration the expression stands in.
   */
  action(name: string): Value | undefined;
  /** `action()`: the action the expression belongs to. */
  self?(): Value | undefined;
  /** `result('Scope')`: an array of the children's records. */
  result?(scope: string): Value | undefined;
  /** `item()`: the element of the innermost Foreach, Query, Select or Table. */
  item?(): Value | undefined;
  /** `items('Loop')`. */
  items?(loop: string): Value | undefined;
  /** `iterationIndexes('Until')`: 0-based. */
  iterationIndex?(loop: string): number | undefined;
  /** `workflow()`: `{id, name, type, location, tags, run}`. */
  workflow?(): Value | undefined;
  /** `appsetting('X')`. */
  appsetting?(name: string): Value | undefined;
  /** `listCallbackUrl()`: only inside webhook operations. */
  listCallbackUrl?(): string | undefined;
  /** `agentParameters('x')`: only inside an agent's tools. */
  agentParameter?(name: string): Value | undefined;
  /** The clock: .NET UTC ticks (100 ns since 0001-01-01). See `ticksOfMilliseconds`. */
  nowTicks(): bigint;
  /** At least 0, below 1; `rand()` and `guid()` draw from it. */
  random(): number;
}

/** .NET UTC ticks of milliseconds since the Unix epoch. */
export function ticksOfMilliseconds(ms: number): bigint {
  return BigInt(Math.round(ms * 10_000)) + 621_355_968_000_000_000n;
}

/** The same run with another `item()`, as Query, Select and Table evaluate per element. */
export function withItem(context: EvaluationContext, item: Value): EvaluationContext {
  const derived = Object.create(context) as { item: () => Value };
  derived.item = () => item;
  return derived as unknown as EvaluationContext;
}

/** Plain data a context is made of: a context file, a test, one line of the command. */
export interface Given {
  readonly parameters?: Value;
  readonly variables?: Value;
  readonly trigger?: Value;
  readonly triggerBody?: Value;
  readonly triggerOutputs?: Value;
  /** Name to `{body?, outputs?, status?, …}`. */
  readonly actions?: Value;
  /** Loop name to its current element. */
  readonly items?: Value;
  readonly item?: Value;
  readonly iterationIndexes?: Value;
  /** Scope name to the array that `result()` gives. */
  readonly results?: Value;
  readonly workflow?: Value;
  readonly appsettings?: Value;
  readonly agentParameters?: Value;
  readonly callbackUrl?: Value;
}

/** The action's or trigger's record of `{body, outputs, …}` as given: `body` fills `outputs.body`. */
export function recordOf(name: string, given: Value): Value {
  if (!isObject(given)) return given;
  const entries: [string, Value][] = [];
  if (!Object.hasOwn(given, 'name')) entries.push(['name', name]);
  for (const [key, value] of Object.entries(given)) {
    if (key !== 'body' && key !== 'outputs') entries.push([key, value]);
  }
  const outputs = outputsOf(given.outputs, given.body);
  if (outputs !== undefined) entries.push(['outputs', outputs]);
  return objectOf(entries);
}

/** `outputs` with `body` filled in where it is given beside it. */
export function outputsOf(outputs: Value | undefined, body: Value | undefined): Value | undefined {
  if (body === undefined) return outputs;
  if (outputs === undefined) return { body };
  if (!isObject(outputs) || isArray(outputs)) return outputs;
  return Object.hasOwn(outputs, 'body')
    ? outputs
    : objectOf([...Object.entries(outputs), ['body', body]]);
}
