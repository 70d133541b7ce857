// What due work is, and what a service may ask of it.
import type { Json } from '../base/index.ts';
import type { Write } from '../store/index.ts';

export interface JobKey {
  /** Names the handler; lower case with dashes, such as `logic-apps-runs`. */
  readonly queue: string;
  /** Unique in its queue. */
  readonly id: string;
}

export interface NewJob extends JobKey {
  /** Milliseconds since the Unix epoch, on the Clock. */
  readonly dueMs: number;
  readonly payload?: Json;
}

export interface Job extends NewJob {
  /** Failed attempts so far. */
  readonly attempt: number;
  /** Rises each time the job is taken; records written under it carry it. */
  readonly epoch: number;
}

/**
 * `done` forgets the job; `again` lets it wait until then; `held` keeps the lease with this owner, who
 * removes the job in a batch of its own (`remove`).
 */
export type JobOutcome =
  | { readonly outcome: 'done' }
  | { readonly outcome: 'again'; readonly dueMs: number; readonly payload?: Json }
  | { readonly outcome: 'held' };

/** A throw is a failed attempt: the job becomes due again after `retryDelayMs`. */
export type JobHandler = (job: Job) => Promise<JobOutcome>;

export interface Jobs {
  /** This process, as it stands on the jobs it holds. */
  readonly owner: string;
  /** Writes that make the job wait for its due time; a job of the same key is replaced. */
  schedule(job: NewJob): Promise<Write[]>;
  /** Writes that create a job this owner already holds, for work that goes on at once. */
  hold(job: NewJob): Write[];
  /** Writes that forget a job, waiting or held; empty where it does not exist. */
  remove(key: JobKey): Promise<Write[]>;
  /** Writes that forget a job which this owner is known to hold; reads nothing. */
  settle(key: JobKey): Write[];
  /** Says who does the work of a queue; before `start`. `concurrency`: default 64. */
  handle(queue: string, handler: JobHandler, options?: { readonly concurrency?: number }): void;
  /** Takes over what an earlier owner held, then works until `stop`. */
  start(): Promise<void>;
  /** Takes nothing more and waits for the handlers that run. */
  stop(): Promise<void>;
}
