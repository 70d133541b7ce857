// The run as the expressions of one action see it.
import type { EvaluationContext, ObjectValue, Value } from '../language.ts';
import { isArray, ticksOfMilliseconds } from '../language.ts';
import { isoTime } from '../names.ts';
import type { PlanAction } from '../plan/plan.ts';
import { placeOf, type WorkflowFacts } from './facts.ts';
import { type ActionRecord, type RunHistory, recordKey, type TriggerFacts } from './history.ts';
import type { Machine } from './machine.ts';

/** The context of an action's expressions; `indices` say in which turn of which loop it stands. */
export function scopeOf(
  machine: Machine,
  action: PlanAction,
  indices: readonly number[],
): EvaluationContext {
  const { history, plan, around } = machine;
  const { facts } = around;
  const recordOf = (name: string): ActionRecord | undefined => {
    const found = plan.actions.get(name.toLowerCase());
    if (!found) return undefined;
    return history.records.get(recordKey(found.name, indices.slice(0, found.loops.length)));
  };
  const viewOf = (name: string) => {
    const record = recordOf(name);
    return record && recordView(record, history.clientTrackingId);
  };
  const loopNamed = (name: string) =>
    [...action.loops, action].find((loop) => loop.name.toLowerCase() === name.toLowerCase());
  const itemOf = (loop: PlanAction): Value | undefined => {
    const depth = loop.loops.length;
    const turn = indices[depth];
    const items = history.records.get(recordKey(loop.name, indices.slice(0, depth)))?.detail?.items;
    return turn === undefined || !isArray(items) ? undefined : items[turn];
  };
  return {
    parameter: (name) => memberOf(facts.parameters, name),
    variable: (name) => history.variables.get(name.toLowerCase())?.value,
    trigger: () => history.trigger && triggerView(history.trigger, history.clientTrackingId),
    action: viewOf,
    self: () => viewOf(action.name),
    result: (name) => resultOf(machine, name, indices),
    item: () => {
      const loop = action.loops.findLast(({ type }) => type.type === 'Foreach');
      return loop && itemOf(loop);
    },
    items: (name) => {
      const loop = loopNamed(name);
      return loop && itemOf(loop);
    },
    iterationIndex: (name) => {
      const loop = loopNamed(name);
      return loop && (indices[loop.loops.length] ?? openTurns(history, loop, indices));
    },
    workflow: () => workflowView(facts, around.runName),
    appsetting: (name) => memberOf(facts.appSettings, name),
    nowTicks: () => ticksOfMilliseconds(around.nowMs()),
    random: around.random,
  };
}

/** Inside an Until's own condition the turn is the last one opened. */
function openTurns(history: RunHistory, loop: PlanAction, indices: readonly number[]) {
  const record = history.records.get(recordKey(loop.name, indices.slice(0, loop.loops.length)));
  return record && Math.max(0, record.open.length - 1);
}

function memberOf<T>(members: Readonly<Record<string, T>>, name: string): T | undefined {
  if (Object.hasOwn(members, name)) return members[name];
  const lower = name.toLowerCase();
  const key = Object.keys(members).find((each) => each.toLowerCase() === lower);
  return key === undefined ? undefined : members[key];
}

const views = new WeakMap<ActionRecord, Value>();

/** `actions('X')`: name, inputs, outputs, times, ids, code, status, error. */
export function recordView(record: ActionRecord, clientTrackingId: string): Value {
  const known = views.get(record);
  if (known !== undefined) return known;
  const view: Record<string, Value> = { name: record.name };
  if (record.inputs !== undefined) view.inputs = record.inputs;
  if (record.outputs !== undefined) view.outputs = record.outputs;
  view.startTime = isoTime(record.startMs);
  if (record.endMs !== undefined) view.endTime = isoTime(record.endMs);
  view.trackingId = record.trackingId;
  view.clientTrackingId = clientTrackingId;
  if (record.code !== undefined) view.code = record.code;
  view.status = record.status;
  if (record.error) view.error = { ...record.error };
  if (record.finished) views.set(record, view);
  return view;
}

const triggerViews = new WeakMap<TriggerFacts, ObjectValue>();

function triggerView(trigger: TriggerFacts, clientTrackingId: string): ObjectValue {
  const known = triggerViews.get(trigger);
  if (known) return known;
  const view: ObjectValue = {
    name: trigger.name,
    ...(trigger.inputs !== undefined && { inputs: trigger.inputs }),
    ...(trigger.outputs !== undefined && { outputs: trigger.outputs }),
    startTime: isoTime(trigger.startMs),
    endTime: isoTime(trigger.endMs),
    ...(trigger.scheduledMs !== undefined && { scheduledTime: isoTime(trigger.scheduledMs) }),
    trackingId: trigger.trackingId,
    clientTrackingId,
    ...(trigger.originHistoryName && { originHistoryName: trigger.originHistoryName }),
    code: trigger.code,
    status: 'Succeeded',
  };
  triggerViews.set(trigger, view);
  return view;
}

function workflowView(facts: WorkflowFacts, runName: string): ObjectValue {
  const { subscription, group } = placeOf(facts.resourceId);
  return {
    id: facts.workflowId,
    name: facts.name,
    type: 'Microsoft.Logic/workflows',
    location: facts.location,
    tags: { ...facts.tags },
    run: {
      id: `${facts.workflowId}/runs/${runName}`,
      name: runName,
      type: 'Microsoft.Logic/workflows/runs',
    },
    ...(subscription && { subscriptionId: subscription, resourceGroupName: group }),
  };
}

/** `result('Scope')`: the records of the children; a loop's have their turns' outputs as array. */
function resultOf(machine: Machine, name: string, indices: readonly number[]): Value | undefined {
  const { plan, history } = machine;
  const scope = plan.actions.get(name.toLowerCase());
  if (!scope || scope.branches.size === 0) return undefined;
  const place = indices.slice(0, scope.loops.length);
  const owner = history.records.get(recordKey(scope.name, place));
  const children = [...scope.branches.values()].flatMap(({ actions }) => actions);
  if (!scope.isLoop) {
    return children.flatMap((child) => {
      const record = history.records.get(recordKey(child.name, place));
      return record ? [recordView(record, history.clientTrackingId)] : [];
    });
  }
  return children.map((child): Value => {
    const turns = (owner?.open ?? []).flatMap(({ iteration }) => {
      const record = history.records.get(recordKey(child.name, [...place, iteration ?? 0]));
      return record ? [record] : [];
    });
    const last = turns.at(-1);
    const worst = turns.find(({ status }) => status === 'Failed') ?? last;
    return {
      name: child.name,
      ...(last && { startTime: isoTime(turns[0]!.startMs) }),
      ...(last?.endMs !== undefined && { endTime: isoTime(last.endMs) }),
      ...(worst && { status: worst.status, code: worst.code ?? '' }),
      outputs: turns.map((turn) => recordView(turn, history.clientTrackingId)),
    };
  });
}
