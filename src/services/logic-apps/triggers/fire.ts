// From a trigger's outputs to runs: conditions, splitOn, correlation, concurrency.
import { newGuid } from '../../../base/index.ts';
import { member, memberAt, textMember, wholeNumber } from '../actions/reading.ts';
import { LogicAppsError } from '../errors.ts';
import {
  compile,
  compileWhere,
  type EvaluationContext,
  errorOf,
  isArray,
  isObject,
  type ObjectValue,
  stringify,
  ticksOfMilliseconds,
  type Value,
} from '../language.ts';
import { activeRunsMax, splitOnItemsMax } from '../limits.ts';
import type { PlanTrigger } from '../plan/plan.ts';
import type { Engine, LoadedWorkflow } from '../run/engine.ts';
import type { LiveRun } from '../run/live-run.ts';

export interface Firing {
  readonly workflow: LoadedWorkflow;
  readonly trigger: PlanTrigger;
  readonly outputs: ObjectValue | undefined;
  readonly atMs: number;
  readonly clientTrackingId?: string;
  /** Whether somebody waits for a Response. */
  readonly caller: 'waiting' | 'polling' | 'none';
  readonly scheduledMs?: number;
  /** Calls inside one another that led here. */
  readonly hops?: number;
}

/**
 * Starts the runs of a fired trigger: none where a condition does not hold, one per item under
 * splitOn. Throws LogicAppsError where too many runs are in flight.
 */
export async function fire(engine: Engine, firing: Firing): Promise<LiveRun[]> {
  const { workflow, trigger, outputs, atMs } = firing;
  const { definition } = trigger;
  const context = triggerContext(firing, outputs);
  if (!conditionsHold(definition, context)) return [];
  checkConcurrency(engine, workflow, definition);
  const given = firing.clientTrackingId ?? trackingIdOf(definition, context);
  const split = splitOn(definition, outputs, context);
  const code = firing.scheduledMs === undefined ? 'OK' : 'NotSpecified';
  const runs: LiveRun[] = [];
  for (const each of split ?? [outputs]) {
    runs.push(
      await engine.start({
        workflow,
        caller: split === undefined ? firing.caller : 'none',
        clientTrackingId: given,
        trigger: {
          name: trigger.name,
          outputs: each,
          startMs: atMs,
          endMs: atMs,
          scheduledMs: firing.scheduledMs,
          trackingId: newGuid(),
          code,
          ...(firing.hops && { hops: firing.hops }),
          ...((trigger.secured.inputs || trigger.secured.outputs) && { secured: trigger.secured }),
          ...(split && runs[0] && { originHistoryName: runs[0].document.name }),
        },
      }),
    );
  }
  return runs;
}

function triggerContext(
  { trigger, workflow, atMs }: Firing,
  outputs: Value | undefined,
): EvaluationContext {
  const { parameters, appSettings } = workflow.facts;
  return {
    parameter: (name) => member(parameters, name),
    variable: () => undefined,
    trigger: () => ({
      name: trigger.name,
      ...(outputs !== undefined && { outputs }),
      status: 'Succeeded',
    }),
    action: () => undefined,
    appsetting: (name) =>
      Object.entries(appSettings).find(([each]) => each.toLowerCase() === name.toLowerCase())?.[1],
    nowTicks: () => ticksOfMilliseconds(atMs),
    random: Math.random,
  };
}

function conditionsHold(definition: ObjectValue, context: EvaluationContext): boolean {
  const conditions = member(definition, 'conditions');
  if (!isArray(conditions)) return true;
  return conditions.every((each) => {
    try {
      return compileWhere(member(each, 'expression') ?? true)(context);
    } catch (error) {
      if (errorOf(error)) return false;
      throw error;
    }
  });
}

/** More runs than `runs` and `maximumWaitingRuns` allow are refused; those that wait run at once here. */
function checkConcurrency(engine: Engine, workflow: LoadedWorkflow, definition: ObjectValue): void {
  const concurrency = memberAt(definition, 'runtimeConfiguration', 'concurrency');
  const single = /singleinstance/i.test(textMember(definition, 'operationOptions') ?? '');
  const runs = single ? 1 : wholeNumber(member(concurrency, 'runs'));
  const waiting = wholeNumber(member(concurrency, 'maximumWaitingRuns')) ?? (runs ?? 0) + 10;
  const most =
    runs === undefined ? activeRunsMax : Math.min(activeRunsMax, runs + (single ? 0 : waiting));
  if (engine.active(workflow.facts.hexId) < most) return;
  throw new LogicAppsError(
    'WorkflowRunRateLimited',
    `The workflow '${workflow.facts.name}' has as many runs in flight and waiting as its trigger allows.`,
  );
}

function trackingIdOf(definition: ObjectValue, context: EvaluationContext): string | undefined {
  const template = memberAt(definition, 'correlation', 'clientTrackingId');
  return template === undefined ? undefined : stringify(compile(template)(context));
}

/** Outputs per item: the array's place holds the item, its siblings are lost. */
function splitOn(
  definition: ObjectValue,
  outputs: ObjectValue | undefined,
  context: EvaluationContext,
): ObjectValue[] | undefined {
  const template = member(definition, 'splitOn');
  if (template === undefined) return undefined;
  const items = compile(template)(context);
  if (items === null) return [];
  if (!isArray(items))
    throw new LogicAppsError(
      'InvalidRequest',
      "The 'splitOn' expression of the trigger does not give an array.",
    );
  if (items.length > splitOnItemsMax)
    throw new LogicAppsError(
      'InvalidRequest',
      `The 'splitOn' array has more than ${splitOnItemsMax} items.`,
    );
  const path =
    /^@triggerBody\(\)\??((?:\??\[?'?[\w$]+'?\]?)*)$/i.exec(stringify(template))?.[1] ?? '';
  const names = [...path.matchAll(/[\w$]+/g)].map(([name]) => name);
  return items.map((item) => ({
    ...(isObject(outputs) ? outputs : {}),
    body: names.reduceRight<Value>((inner, name) => ({ [name]: inner }), item),
  }));
}
