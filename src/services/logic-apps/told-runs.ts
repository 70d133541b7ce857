// Runs as the host's commands tell them: whole, with decisions, secured values left out.
import type { Json } from '../../base/index.ts';
import type { Store } from '../../store/index.ts';
import type { RecordedSpan } from '../../telemetry/index.ts';
import { objectOf, stringifyJsonValue, type Value } from './language.ts';
import { readHistory } from './management/runs.ts';
import { asJson, shown } from './management/views.ts';
import { isoTime, repetitionName } from './names.ts';
import type { ActionRecord, RunError, RunHistory, Secured } from './run/history.ts';
import { keptSpan } from './run/tracing.ts';
import type { RunDocument } from './state.ts';

export interface ToldAction {
  readonly name: string;
  /** `000003`, nested `000000-000003`; absent outside loops. */
  readonly repetition?: string;
  readonly type?: string;
  readonly status: string;
  readonly code?: string;
  readonly error?: RunError;
  readonly startTime: string;
  readonly endTime?: string;
  readonly trackingId: string;
  /** Absent where there are none, or where they are secured. */
  readonly inputs?: Json;
  readonly outputs?: Json;
  readonly secured: { readonly inputs: boolean; readonly outputs: boolean };
  readonly retries: number;
}

export interface RunSummary {
  /** `<workflow id>/runs/<name>`. */
  readonly id: string;
  readonly name: string;
  readonly workflowId: string;
  readonly status: string;
  readonly startTime: string;
  readonly endTime?: string;
  readonly error?: RunError;
  readonly trigger: string;
  readonly clientTrackingId: string;
  readonly traceId?: string;
}

export interface ToldRun extends RunSummary {
  readonly actions: readonly ToldAction[];
  /** Status and body given to the caller, where a Response was reached. */
  readonly response?: Json;
  /** What was decided on the way, here and by the hops this run caused. */
  readonly spans: readonly RecordedSpan[];
}

export function summaryOf(workflowId: string, run: RunDocument): RunSummary {
  return {
    id: `${workflowId}/runs/${run.name}`,
    name: run.name,
    workflowId,
    status: run.status,
    startTime: isoTime(run.startMs),
    ...(run.endMs !== undefined && { endTime: isoTime(run.endMs) }),
    ...(run.error && { error: run.error }),
    trigger: run.trigger.name,
    clientTrackingId: run.clientTrackingId,
    ...(run.traceparent && { traceId: run.traceparent.split('-')[1] }),
  };
}

/** Reads the journal of a run. */
export async function tellRun(
  store: Store,
  workflowId: string,
  run: RunDocument,
): Promise<ToldRun> {
  const history = await readHistory(store, run.hexId, run.name);
  const response = responseOf(history);
  return {
    ...summaryOf(workflowId, run),
    actions: [...history.records.values()].map(toldAction),
    ...(response !== undefined && { response: asJson(response) }),
    spans: history.spans.map(keptSpan),
  };
}

/**
 * What expressions may ask of a run, as `lazurite repl` takes it: JSON text, so that number kinds
 * survive. Secured inputs and outputs are left out, and all variables where anything is secured: a
 * variable does not say where its value came from. Of an action in a loop, its last turn.
 */
export async function tellGiven(store: Store, run: RunDocument): Promise<string> {
  const history = await readHistory(store, run.hexId, run.name);
  const records = [...history.records.values()];
  const { trigger } = history;
  const secured = [trigger, ...records].some(
    (each) => each?.secured?.inputs || each?.secured?.outputs,
  );
  const variables = [...history.variables.values()].map(
    ({ name, value }) => [name, value] as const,
  );
  return stringifyJsonValue(
    objectOf([
      ...(trigger ? [['trigger', askable({ ...trigger, status: 'Succeeded' })] as const] : []),
      ['actions', objectOf(records.map((record) => [record.name, askable(record)]))],
      ...(secured ? [] : [['variables', objectOf(variables)] as const]),
    ]),
  );
}

type Askable = Pick<ActionRecord, 'name' | 'status' | 'code' | 'error' | 'endMs' | 'inputs'> &
  Pick<ActionRecord, 'outputs' | 'startMs' | 'trackingId'> & { readonly secured?: Secured };

function askable(record: Askable): Value {
  const { name, status, code, error, startMs, endMs, trackingId, secured } = record;
  const inputs = secured?.inputs ? undefined : shown(record.inputs);
  const outputs = secured?.outputs ? undefined : record.outputs;
  return {
    name,
    status,
    ...(code !== undefined && { code }),
    ...(error && { error: { ...error } }),
    startTime: isoTime(startMs),
    ...(endMs !== undefined && { endTime: isoTime(endMs) }),
    trackingId,
    ...(inputs !== undefined && { inputs }),
    ...(outputs !== undefined && { outputs }),
  };
}

function responseOf(history: RunHistory): Value | undefined {
  const record =
    history.responseKey === undefined ? undefined : history.records.get(history.responseKey);
  return record?.secured.outputs ? undefined : record?.outputs;
}

function toldAction(record: ActionRecord): ToldAction {
  const { secured } = record;
  const inputs = secured.inputs ? undefined : shown(record.inputs);
  const outputs = secured.outputs ? undefined : record.outputs;
  return {
    name: record.name,
    ...(record.indices.length > 0 && { repetition: repetitionName(record.indices) }),
    status: record.status,
    ...(record.code !== undefined && { code: record.code }),
    ...(record.error && { error: record.error }),
    startTime: isoTime(record.startMs),
    ...(record.endMs !== undefined && { endTime: isoTime(record.endMs) }),
    trackingId: record.trackingId,
    ...(inputs !== undefined && { inputs: asJson(inputs) }),
    ...(outputs !== undefined && { outputs: asJson(outputs) }),
    secured,
    retries: record.retryHistory.length,
  };
}
