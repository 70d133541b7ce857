// What Logic Apps keep in the store: kinds, keys and the shapes of their documents.
import type { Json } from '../../base/index.ts';
import type { ActionStatus, RunError } from './run/history.ts';

export const kinds = {
  /** By hex id: where a workflow stands and which version is current. */
  workflow: 'logic-apps.workflow',
  /** By hex id; sealed: the keys of its callback URLs. */
  keys: 'logic-apps.keys',
  /** By hex id and version: the definition a run keeps to its end. */
  version: 'logic-apps.version',
  /** By hex id and run name: newest first in the order of keys. */
  run: 'logic-apps.run',
  /** By site id; sealed: settings its project brought, the key of its runtime. */
  site: 'logic-apps.site',
} as const;

/** The queue whose jobs are the runs in flight. */
export const runQueue = 'logic-apps-runs';
/** The queue of Recurrence triggers. */
export const recurrenceQueue = 'logic-apps-recurrences';

export interface WorkflowDocument {
  readonly hexId: string;
  readonly name: string;
  readonly hosting: 'consumption' | 'standard';
  readonly kind: 'Stateful' | 'Stateless';
  /** The ARM resource: the workflow, or the site it belongs to. */
  readonly resourceId: string;
  readonly version: string;
  readonly enabled: boolean;
  readonly createdMs: number;
  readonly changedMs: number;
}

export interface KeysDocument {
  /** Base64 of 32 bytes each. */
  readonly primary: string;
  readonly secondary: string;
}

export interface VersionDocument {
  /** JSON text, numbers as written. */
  readonly definition: string;
  /** JSON text of values by name. */
  readonly parameters: string;
}

export interface RunDocument {
  readonly hexId: string;
  readonly name: string;
  readonly version: string;
  readonly status: ActionStatus;
  readonly startMs: number;
  readonly endMs?: number;
  readonly error?: RunError;
  readonly clientTrackingId: string;
  readonly trigger: {
    readonly name: string;
    readonly startMs: number;
    readonly endMs: number;
    readonly trackingId: string;
    readonly code: string;
    readonly scheduledMs?: number;
    readonly originHistoryName?: string;
  };
  /** W3C trace context of the run; every action's span hangs below it. */
  readonly traceparent?: string;
  /** The fencing epoch under which it was last written. */
  readonly epoch: number;
}

export const runKey = (hexId: string, name: string) => `${hexId}/${name}`;
export const runJournal = (hexId: string, name: string) => `logic-apps/${hexId}/${name}`;
export const versionKey = (hexId: string, version: string) => `${hexId}/${version}`;

/** One commit of a run's journal: the JSON text of its events, so that number kinds survive. */
export type JournalRecord = { readonly events: string } & Json;
