// Workflow actions: one workflow calls another and waits for its Response.
import type { Clock } from '../../base/index.ts';
import { activeTraceparent } from '../../telemetry/index.ts';
import type { ChildCall, ChildResult } from './actions/action.ts';
import { member } from './actions/reading.ts';
import { LogicAppsError } from './errors.ts';
import { isObject, objectOf, stringify, type Value } from './language.ts';
import { nestedCallsMax } from './limits.ts';
import { workflowHexId } from './names.ts';
import type { Engine } from './run/engine.ts';
import type { WorkflowFacts } from './run/facts.ts';
import { fire } from './triggers/fire.ts';
import { hexIdOf, type Workflows } from './workflows.ts';

export interface ChildOptions {
  readonly workflows: Workflows;
  readonly engine: Engine;
  readonly clock: Clock;
}

/** Starts the child and gives its Response; a refusal becomes the action's failure. */
export async function callChild(
  options: ChildOptions,
  call: ChildCall,
  { facts, hops = 0 }: { readonly facts: WorkflowFacts; readonly hops?: number },
): Promise<ChildResult> {
  if (hops >= nestedCallsMax) {
    return refuse(
      'NestedCallsLimitExceeded',
      `More than ${nestedCallsMax} workflows call one another.`,
    );
  }
  const { workflows, engine, clock } = options;
  const hexId = call.workflow.startsWith('/')
    ? workflowHexId(call.workflow)
    : hexIdOf({ hosting: 'standard', resourceId: facts.resourceId, name: call.workflow });
  const child = await workflows.find(hexId);
  if (!child) return refuse('NotFound', `The workflow '${call.workflow}' could not be found.`);
  const { document, loaded } = child;
  const triggers = loaded.plan.triggers.filter(({ type }) => type === 'request');
  const trigger = triggers.find(
    ({ name }) => call.trigger === '' || name.toLowerCase() === call.trigger.toLowerCase(),
  );
  if (!trigger)
    return refuse(
      'NotFound',
      `The workflow '${document.name}' has no Request trigger '${call.trigger}'.`,
    );
  if (!document.enabled)
    return refuse('WorkflowTriggerIsNotEnabled', `The workflow '${document.name}' is disabled.`);
  if (!loaded.plan.answers) {
    return refuse(
      'NestedWorkflowDoesNotContainResponseAction',
      `The nested workflow '${document.name}' does not contain a Response action.`,
    );
  }
  const traceparent = activeTraceparent();
  const headers = objectOf([
    ...call.headers,
    ...(traceparent ? ([['traceparent', traceparent]] as const) : []),
  ]);
  const outputs: [string, Value][] = [
    ['headers', headers],
    ...(call.body === undefined ? [] : ([['body', call.body]] as [string, Value][])),
  ];
  const clientTrackingId = call.headers.find(([name]) =>
    /^x-ms-client-tracking-id$/i.test(name),
  )?.[1];
  try {
    const [run] = await fire(engine, {
      workflow: loaded,
      trigger,
      outputs: objectOf(outputs),
      atMs: clock.now(),
      clientTrackingId,
      caller: 'waiting',
      hops: hops + 1,
    });
    if (!run)
      return refuse(
        'TriggerConditionNotMet',
        `A condition of the trigger of '${document.name}' does not hold.`,
      );
    const answer = await run.answered;
    if (answer.answer === 'none')
      return refuse(
        'NoResponse',
        `The run '${run.document.name}' of '${document.name}' ended (${answer.status}) without reaching a Response action.`,
      );
    const { reply } = answer;
    const own = member(reply, 'headers');
    return {
      ok: true,
      status: Number(stringify(member(reply, 'statusCode') ?? 200)),
      headers: { ...(isObject(own) ? own : {}), 'x-ms-workflow-run-id': run.document.name },
      body: member(reply, 'body'),
    };
  } catch (error) {
    if (error instanceof LogicAppsError) return refuse(error.code, error.message);
    throw error;
  }
}

const refuse = (code: string, message: string): ChildResult => ({ ok: false, code, message });
