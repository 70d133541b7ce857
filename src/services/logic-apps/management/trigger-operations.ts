// Operations on a workflow's triggers and versions.
import type { Json, JsonObject } from '../../../base/index.ts';
import { member, textMember } from '../actions/reading.ts';
import { signedQuery, toQuery } from '../callback-urls.ts';
import { LogicAppsError } from '../errors.ts';
import { objectOf, parseJsonValue, type Value } from '../language.ts';
import { isoTime } from '../names.ts';
import type { PlanTrigger } from '../plan/plan.ts';
import { kinds } from '../state.ts';
import { fire } from '../triggers/fire.ts';
import type { Workflow, Workflows } from '../workflows.ts';
import { type OperationCall, type OperationOptions, ok, topOf } from './operation.ts';
import { listRuns } from './runs.ts';
import { asJson } from './views.ts';

function triggerView({ place, workflow }: OperationCall, trigger: PlanTrigger): JsonObject {
  const { document } = workflow;
  const recurrence = member(trigger.definition, 'recurrence');
  return {
    properties: {
      provisioningState: 'Succeeded',
      createdTime: isoTime(document.createdMs),
      changedTime: isoTime(document.changedMs),
      state: document.enabled ? 'Enabled' : 'Disabled',
      ...(recurrence !== undefined && { recurrence: asJson(recurrence) }),
      workflow: {
        id: `${place.workflowPath}/versions/${document.version}`,
        name: document.version,
        type: `${place.type}/versions`,
      },
    },
    id: `${place.workflowPath}/triggers/${trigger.name}`,
    name: trigger.name,
    type: `${place.type}/triggers`,
  };
}

function triggerOf({ workflow, parameters }: OperationCall): PlanTrigger {
  const found = workflow.loaded.plan.triggers.find(
    ({ name }) => name.toLowerCase() === parameters.trigger!.toLowerCase(),
  );
  if (!found)
    throw new LogicAppsError(
      'WorkflowTriggerNotFound',
      `The workflow '${workflow.document.name}' trigger '${parameters.trigger}' could not be found.`,
    );
  return found;
}

export async function listOfTriggers(_: OperationOptions, call: OperationCall) {
  return ok({
    value: call.workflow.loaded.plan.triggers.map((trigger) => triggerView(call, trigger)),
  });
}

export async function getTrigger(_: OperationOptions, call: OperationCall) {
  return ok(triggerView(call, triggerOf(call)));
}

export async function listCallbackUrl({ workflows }: OperationOptions, call: OperationCall) {
  const url = await callbackUrl(workflows, call.workflow, triggerOf(call), call.body);
  return ok(url);
}

/** `{value, method, basePath, relativePath?, queries}`; the body may ask `NotAfter` and `KeyType`. */
export async function callbackUrl(
  workflows: Workflows,
  workflow: Workflow,
  trigger: PlanTrigger,
  body: Json = null,
): Promise<JsonObject> {
  const { document, loaded } = workflow;
  const keys = await workflows.keys(document.hexId);
  if (!keys || trigger.type !== 'request')
    throw new LogicAppsError(
      'InvalidRequest',
      `The trigger '${trigger.name}' has no callback URL.`,
    );
  const asked = parseJsonValue(JSON.stringify(body ?? {}));
  const key = /^secondary$/i.test(textMember(asked, 'KeyType') ?? '')
    ? keys.secondary
    : keys.primary;
  const notAfter = textMember(asked, 'NotAfter');
  if (notAfter !== undefined && Number.isNaN(Date.parse(notAfter))) {
    throw new LogicAppsError('InvalidRequest', `'NotAfter' is not a time: '${notAfter}'.`);
  }
  const signed = signedQuery(
    key,
    document.hexId,
    `/triggers/${trigger.name}/run`,
    notAfter && new Date(notAfter).toISOString(),
  );
  const standard = document.hosting === 'standard';
  const queries = { 'api-version': standard ? '2022-05-01' : '2016-10-01', ...signed };
  const { endpoint } = loaded.facts;
  const name = encodeURIComponent(trigger.name);
  const basePath = standard
    ? `${endpoint}/api/${encodeURIComponent(document.name)}/triggers/${name}/invoke`
    : `${endpoint}/workflows/${document.hexId}/triggers/${name}/paths/invoke`;
  const relativePath = textMember(trigger.inputs, 'relativePath');
  const path =
    relativePath === undefined ? basePath : `${basePath}/${relativePath.replace(/^\//, '')}`;
  return {
    value: `${path}?${toQuery(queries)}`,
    method: textMember(trigger.inputs, 'method')?.toUpperCase() ?? 'POST',
    basePath,
    ...(relativePath !== undefined && {
      relativePath,
      relativePathParameters: [...relativePath.matchAll(/\{([^}]+)\}/g)].map((match) => match[1]!),
    }),
    queries: queries as unknown as JsonObject,
  };
}

/** Fires a trigger by hand; nobody waits for a Response. The body becomes the trigger's. */
export async function runTrigger({ engine, clock }: OperationOptions, call: OperationCall) {
  const trigger = triggerOf(call);
  const hasBody = call.body !== null && call.body !== undefined && call.body !== '';
  const outputs: [string, Value][] = hasBody
    ? [['body', parseJsonValue(JSON.stringify(call.body))]]
    : [];
  const [run] = await fire(engine, {
    workflow: call.workflow.loaded,
    trigger,
    outputs: objectOf([['headers', {}], ...outputs]),
    atMs: clock.now(),
    caller: 'none',
  });
  return { status: 202, ...(run && { headers: { 'x-ms-workflow-run-id': run.document.name } }) };
}

export async function listOfHistories({ store }: OperationOptions, call: OperationCall) {
  const trigger = triggerOf(call);
  const runs = await listRuns(store, call.workflow.document.hexId, {
    limit: topOf(call.query),
    where: (run) => run.trigger.name === trigger.name,
  });
  return ok({
    value: runs.map((run) => ({
      properties: {
        startTime: isoTime(run.trigger.startMs),
        endTime: isoTime(run.trigger.endMs),
        status: 'Succeeded',
        code: run.trigger.code,
        trackingId: run.trigger.trackingId,
        correlation: { clientTrackingId: run.clientTrackingId },
        fired: true,
        run: {
          id: `${call.place.workflowPath}/runs/${run.name}`,
          name: run.name,
          type: `${call.place.type}/runs`,
        },
      },
      id: `${call.place.workflowPath}/triggers/${trigger.name}/histories/${run.name}`,
      name: run.name,
      type: `${call.place.type}/triggers/histories`,
    })),
  });
}

function versionView({ place }: OperationCall, version: string, definition?: Value): JsonObject {
  return {
    properties: { version, ...(definition !== undefined && { definition: asJson(definition) }) },
    id: `${place.workflowPath}/versions/${version}`,
    name: version,
    type: `${place.type}/versions`,
  };
}

export async function listOfVersions({ store }: OperationOptions, call: OperationCall) {
  const { hexId } = call.workflow.document;
  const found = await store.scan(kinds.version, { prefix: `${hexId}/`, limit: topOf(call.query) });
  return ok({ value: found.map(({ key }) => versionView(call, key.slice(hexId.length + 1))) });
}

export async function getVersion({ workflows }: OperationOptions, call: OperationCall) {
  const loaded = await workflows.load(call.workflow.document.hexId, call.parameters.version!);
  if (!loaded)
    throw new LogicAppsError(
      'ResourceNotFound',
      `The version '${call.parameters.version}' could not be found.`,
    );
  return ok(versionView(call, call.parameters.version!, loaded.plan.definition));
}
