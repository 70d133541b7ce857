// Runs and actions as the management API shows them; secured values never leave.
import type { Json, JsonObject } from '../../../base/index.ts';
import { isObject, stringifyJsonValue, type Value } from '../language.ts';
import { isoTime, repetitionName } from '../names.ts';
import type { ActionRecord, RunHistory, TriggerFacts } from '../run/history.ts';
import type { RunDocument, WorkflowDocument } from '../state.ts';

/** Where the things of a workflow are addressed: ids, type names and content links. */
export interface Place {
  /** `/subscriptions/…/workflows/w`, or `/workflows/w` as the Standard runtime says. */
  readonly workflowPath: string;
  /** `Microsoft.Logic/workflows`, or `workflows`. */
  readonly type: string;
  /** Link to a value of a run, signed. */
  contentLink(run: string, path: string): string;
}

/** Members of an authentication that the history never shows. */
const secretMembers = /^(password|pfx|secret|value|parameter|client_secret)$/i;

/** Inputs as shown: the secrets of an authentication stand as `*sanitized*`. */
export function shown(value: Value | undefined): Value | undefined {
  if (!isObject(value) || !isObject(value.authentication ?? null)) return value;
  const entries = Object.entries(value.authentication as object).map(([name, each]) => [
    name,
    secretMembers.test(name) ? '*sanitized*' : each,
  ]);
  return { ...value, authentication: Object.fromEntries(entries) };
}

export function asJson(value: Value): Json {
  return JSON.parse(stringifyJsonValue(value)) as Json;
}

function link(
  place: Place,
  run: string,
  path: string,
  value: Value | undefined,
  secured: boolean,
): JsonObject | undefined {
  if (value === undefined || secured) return undefined;
  const size = Buffer.byteLength(stringifyJsonValue(value));
  return { uri: place.contentLink(run, path), contentSize: size };
}

function withDefined(members: Record<string, Json | undefined>): JsonObject {
  return Object.fromEntries(
    Object.entries(members).filter((pair): pair is [string, Json] => pair[1] !== undefined),
  );
}

const errorOf = (error: { code: string; message: string } | undefined): JsonObject | undefined =>
  error && { code: error.code, message: error.message };

export function runView(
  place: Place,
  workflow: WorkflowDocument,
  run: RunDocument,
  history?: RunHistory,
): JsonObject {
  const id = `${place.workflowPath}/runs/${run.name}`;
  const response =
    history?.responseKey === undefined ? undefined : history.records.get(history.responseKey);
  return {
    properties: withDefined({
      waitEndTime: isoTime(run.startMs),
      startTime: isoTime(run.startMs),
      endTime: run.endMs === undefined ? undefined : isoTime(run.endMs),
      status: run.status,
      code: run.error?.code,
      error: errorOf(run.error),
      correlation: { clientTrackingId: run.clientTrackingId },
      workflow: {
        properties: {},
        id: `${place.workflowPath}/versions/${run.version}`,
        name: run.version,
        type: `${place.type}/versions`,
      },
      trigger: triggerView(place, run, history?.trigger),
      outputs: {},
      response: response && responseView(response, run),
    }),
    id,
    name: run.name,
    type: `${place.type}/runs`,
    ...(workflow.hosting === 'standard' && { kind: workflow.kind }),
  };
}

function triggerView(
  place: Place,
  run: RunDocument,
  trigger: TriggerFacts | undefined,
): JsonObject {
  const { name, startMs, endMs, trackingId, code, scheduledMs, originHistoryName } = run.trigger;
  const secured = trigger?.secured;
  return withDefined({
    name,
    inputsLink: link(place, run.name, 'TriggerInputs', trigger?.inputs, secured?.inputs ?? false),
    outputsLink: link(
      place,
      run.name,
      'TriggerOutputs',
      trigger?.outputs,
      secured?.outputs ?? false,
    ),
    startTime: isoTime(startMs),
    endTime: isoTime(endMs),
    scheduledTime: scheduledMs === undefined ? undefined : isoTime(scheduledMs),
    originHistoryName: originHistoryName ?? run.name,
    correlation: { clientTrackingId: run.clientTrackingId },
    trackingId,
    code,
    status: 'Succeeded',
  });
}

function responseView(record: ActionRecord, run: RunDocument): JsonObject {
  return withDefined({
    name: record.name,
    startTime: isoTime(record.startMs),
    endTime: record.endMs === undefined ? undefined : isoTime(record.endMs),
    correlation: { clientTrackingId: run.clientTrackingId, actionTrackingId: record.trackingId },
    code: record.code,
    status: record.status,
  });
}

/** An action of a run; `repetitions` of one inside a loop are counted. */
export function actionView(
  place: Place,
  run: RunDocument,
  record: ActionRecord,
  counts: { repetitions?: number; iterations?: number } = {},
): JsonObject {
  const repetition =
    record.indices.length > 0 ? `/repetitions/${repetitionName(record.indices)}` : '';
  const content = `actions/${encodeURIComponent(record.name)}${repetition}`;
  const { secured } = record;
  return {
    properties: withDefined({
      inputsLink: link(
        place,
        run.name,
        `${content}/ActionInputs`,
        shown(record.inputs),
        secured.inputs,
      ),
      outputsLink: link(
        place,
        run.name,
        `${content}/ActionOutputs`,
        record.outputs,
        secured.outputs,
      ),
      startTime: isoTime(record.startMs),
      endTime: record.endMs === undefined ? undefined : isoTime(record.endMs),
      correlation: withDefined({
        actionTrackingId: record.trackingId || undefined,
        clientTrackingId: run.clientTrackingId,
      }),
      status: record.status,
      code: record.code,
      error: errorOf(record.error),
      canResubmit: false,
      trackedProperties: record.tracked === undefined ? undefined : asJson(record.tracked),
      retryHistory:
        record.retryHistory.length > 0
          ? asJson(record.retryHistory.map((entry) => JSON.parse(JSON.stringify(entry)) as Value))
          : undefined,
      repetitionCount: counts.repetitions,
      iterationCount: counts.iterations,
      repetitionIndexes:
        record.indices.length > 0 ? record.indices.map((itemIndex) => ({ itemIndex })) : undefined,
    }),
    id: `${place.workflowPath}/runs/${run.name}/actions/${record.name}${repetition}`,
    name: repetition ? repetitionName(record.indices) : record.name,
    type: repetition ? `${place.type}/runs/actions/repetitions` : `${place.type}/runs/actions`,
  };
}
