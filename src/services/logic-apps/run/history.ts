// A run as its records tell it: what the journal's events add up to. Needs no definition.

import type { Opening, RetryEntry, VariableWrite } from '../actions/action.ts';
import type { ObjectValue, Value } from '../language.ts';

export type ActionStatus =
  | 'Running'
  | 'Waiting'
  | 'Succeeded'
  | 'Failed'
  | 'Skipped'
  | 'TimedOut'
  | 'Cancelled';

export interface RunError {
  readonly code: string;
  readonly message: string;
}

export interface Secured {
  readonly inputs: boolean;
  readonly outputs: boolean;
}

export interface TriggerFacts {
  readonly name: string;
  readonly inputs?: Value;
  readonly outputs?: Value;
  readonly startMs: number;
  readonly endMs: number;
  readonly scheduledMs?: number;
  readonly trackingId: string;
  readonly code: string;
  readonly secured?: Secured;
  /** Calls inside one another that led here; absent for none. */
  readonly hops?: number;
  /** Set on the runs of a splitOn and on resubmitted ones. */
  readonly originHistoryName?: string;
}

/** What one commit of a run's journal holds: facts, never expressions. */
export type RunEvent =
  | {
      readonly type: 'run-started';
      readonly atMs: number;
      readonly trigger: TriggerFacts;
      readonly clientTrackingId: string;
      readonly caller: 'waiting' | 'polling' | 'none';
    }
  | {
      readonly type: 'started';
      readonly name: string;
      readonly indices?: readonly number[];
      readonly atMs: number;
      readonly trackingId: string;
      readonly secured?: Secured;
      readonly inputs?: Value;
      readonly detail?: ObjectValue;
      readonly open?: readonly Opening[];
    }
  | {
      readonly type: 'progress';
      readonly name: string;
      readonly indices?: readonly number[];
      readonly atMs: number;
      readonly detail?: ObjectValue;
      readonly open?: readonly Opening[];
      readonly attempt?: RetryEntry;
    }
  | {
      readonly type: 'finished';
      readonly name: string;
      readonly indices?: readonly number[];
      readonly atMs: number;
      readonly status: ActionStatus;
      readonly code: string;
      readonly outputs?: Value;
      readonly error?: RunError;
      readonly variables?: readonly VariableWrite[];
      readonly replied?: boolean;
      readonly tracked?: Value;
      /** For an action that started and finished in one step. */
      readonly trackingId?: string;
      readonly inputs?: Value;
      readonly secured?: Secured;
    }
  | {
      readonly type: 'skipped';
      readonly names: readonly string[];
      readonly indices?: readonly number[];
      readonly atMs: number;
      readonly error: RunError;
    }
  | { readonly type: 'caller-gone'; readonly atMs: number }
  | {
      readonly type: 'run-ended';
      readonly atMs: number;
      readonly status: ActionStatus;
      readonly error?: RunError;
    }
  /** Decisions for `explain`: of the engine, and spans of the hops it caused. */
  | { readonly type: 'trace'; readonly spans: readonly Value[] };

export interface ActionRecord {
  readonly name: string;
  readonly indices: readonly number[];
  status: ActionStatus;
  finished: boolean;
  startMs: number;
  endMs?: number;
  trackingId: string;
  code?: string;
  error?: RunError;
  inputs?: Value;
  outputs?: Value;
  detail?: ObjectValue;
  open: Opening[];
  retryHistory: RetryEntry[];
  secured: Secured;
  tracked?: Value;
}

export interface Variable {
  readonly name: string;
  readonly type: string;
  value: Value;
}

export interface RunHistory {
  trigger: TriggerFacts | undefined;
  clientTrackingId: string;
  startMs: number;
  /** `polling`: the caller asks again later, also after a restart. */
  caller: 'waiting' | 'polling' | 'answered' | 'none';
  /** The Response action that answered. */
  responseKey: string | undefined;
  readonly records: Map<string, ActionRecord>;
  /** By lower-case name. */
  readonly variables: Map<string, Variable>;
  readonly spans: Value[];
  ended:
    | { readonly atMs: number; readonly status: ActionStatus; readonly error?: RunError }
    | undefined;
}

const nothingSecured: Secured = { inputs: false, outputs: false };
const noIndices: readonly number[] = [];

export function emptyHistory(): RunHistory {
  return {
    trigger: undefined,
    clientTrackingId: '',
    startMs: 0,
    caller: 'none',
    responseKey: undefined,
    records: new Map(),
    variables: new Map(),
    spans: [],
    ended: undefined,
  };
}

/** The key of a record: the turn of each loop around it, outermost first, and the action's name. */
export function recordKey(name: string, indices: readonly number[] = noIndices): string {
  return indices.length === 0 ? name : `${indices.join('-')}/${name}`;
}

/** Adds one event to the history. */
export function applyEvent(history: RunHistory, event: RunEvent): void {
  switch (event.type) {
    case 'run-started':
      history.trigger = event.trigger;
      history.clientTrackingId = event.clientTrackingId;
      history.startMs = event.atMs;
      history.caller = event.caller;
      return;
    case 'started':
      applyStarted(history, event);
      return;
    case 'progress':
      applyProgress(history, event);
      return;
    case 'finished':
      applyFinished(history, event);
      return;
    case 'skipped':
      for (const name of event.names) applySkipped(history, event, name);
      return;
    case 'caller-gone':
      if (history.caller === 'waiting') history.caller = 'none';
      return;
    case 'run-ended':
      history.ended = event;
      return;
    case 'trace':
      history.spans.push(...event.spans);
  }
}

type EventOf<Type extends RunEvent['type']> = Extract<RunEvent, { type: Type }>;

function applyStarted(history: RunHistory, event: EventOf<'started'>): void {
  const indices = event.indices ?? noIndices;
  history.records.set(recordKey(event.name, indices), {
    name: event.name,
    indices,
    status: 'Running',
    finished: false,
    startMs: event.atMs,
    trackingId: event.trackingId,
    inputs: event.inputs,
    detail: event.detail,
    open: [...(event.open ?? [])],
    retryHistory: [],
    secured: event.secured ?? nothingSecured,
  });
}

function applyProgress(history: RunHistory, event: EventOf<'progress'>): void {
  const record = history.records.get(recordKey(event.name, event.indices));
  if (!record) return;
  if (event.detail !== undefined) record.detail = event.detail;
  if (event.open) record.open.push(...event.open);
  if (event.attempt) record.retryHistory.push(event.attempt);
}

function applyFinished(history: RunHistory, event: EventOf<'finished'>): void {
  const key = recordKey(event.name, event.indices);
  let record = history.records.get(key);
  if (!record) {
    record = {
      name: event.name,
      indices: event.indices ?? noIndices,
      status: 'Running',
      finished: false,
      startMs: event.atMs,
      trackingId: event.trackingId ?? '',
      inputs: event.inputs,
      open: [],
      retryHistory: [],
      secured: event.secured ?? nothingSecured,
    };
    history.records.set(key, record);
  }
  record.finished = true;
  record.status = event.status;
  record.code = event.code;
  record.endMs = event.atMs;
  record.outputs = event.outputs;
  record.error = event.error;
  record.tracked = event.tracked;
  for (const { name, type, value } of event.variables ?? []) {
    const known = history.variables.get(name.toLowerCase());
    if (known) known.value = value;
    else history.variables.set(name.toLowerCase(), { name, type: type ?? 'String', value });
  }
  if (event.replied) {
    history.caller = 'answered';
    history.responseKey = key;
  }
}

function applySkipped(history: RunHistory, event: EventOf<'skipped'>, name: string): void {
  const indices = event.indices ?? noIndices;
  history.records.set(recordKey(name, indices), {
    name,
    indices,
    status: 'Skipped',
    finished: true,
    startMs: event.atMs,
    endMs: event.atMs,
    trackingId: '',
    code: 'ActionSkipped',
    error: event.error,
    open: [],
    retryHistory: [],
    secured: nothingSecured,
  });
}
