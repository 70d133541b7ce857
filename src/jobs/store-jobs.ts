// Jobs over the store: one document per job, one index document per waiting job.
import { type Clock, type Json, newGuid } from '../base/index.ts';
import { ConflictError, type Store, type StoredDocument, type Write } from '../store/index.ts';
import type { Job, JobHandler, JobKey, JobOutcome, Jobs, NewJob } from './contract.ts';
import { concurrencyDefault, scanPage } from './limits.ts';
import { retryDelayMs } from './retry.ts';

const jobKind = 'jobs';
const dueKind = 'jobs.due';

/** As stored. `owner` empty: waiting, and listed in the index under `dueMs`. */
interface Row {
  readonly queue: string;
  readonly id: string;
  readonly dueMs: number;
  readonly payload: Json;
  readonly attempt: number;
  readonly epoch: number;
  readonly owner: string;
}

interface Queue {
  readonly handler: JobHandler;
  readonly concurrency: number;
  running: number;
}

const keyOf = ({ queue, id }: JobKey) => `${queue}/${id}`;
const dueKey = (job: NewJob) => `${String(Math.max(0, job.dueMs)).padStart(16, '0')}/${keyOf(job)}`;
const dueOf = (key: string) => Number(key.slice(0, 16));

const putRow = (row: Row, ifVersion?: number): Write => ({
  put: { kind: jobKind, key: keyOf(row), value: row },
  ...(ifVersion !== undefined && { ifVersion }),
});
const putDue = (row: Row): Write => ({ put: { kind: dueKind, key: dueKey(row), value: {} } });
const deleteDue = (row: Row): Write => ({ delete: { kind: dueKind, key: dueKey(row) } });

export interface JobsOptions {
  readonly store: Store;
  readonly clock: Clock;
  /** Default: a new name for each process. */
  readonly owner?: string;
  /** Told of a handler's throw or a store that failed; never holds a payload. */
  readonly onError?: (error: unknown, queue: string) => void;
}

/** Due work over `store`, woken by `clock`. */
export function createJobs(options: JobsOptions): Jobs {
  return new StoreJobs(options);
}

class StoreJobs implements Jobs {
  readonly owner: string;
  private readonly store: Store;
  private readonly clock: Clock;
  private readonly onError: (error: unknown, queue: string) => void;
  private readonly queues = new Map<string, Queue>();
  private readonly active = new Set<Promise<void>>();
  private stopWatching: (() => void) | undefined;
  private cancelWake: (() => void) | undefined;
  private wakeMs = Number.POSITIVE_INFINITY;
  private pumping: Promise<void> | undefined;
  private pumpAgain = false;
  private running = false;

  constructor(options: JobsOptions) {
    this.store = options.store;
    this.clock = options.clock;
    this.owner = options.owner ?? newGuid();
    this.onError = options.onError ?? (() => undefined);
  }

  async schedule(job: NewJob): Promise<Write[]> {
    const found = await this.store.get<Row>(jobKind, keyOf(job));
    const row: Row = {
      queue: job.queue,
      id: job.id,
      dueMs: job.dueMs,
      payload: job.payload ?? null,
      attempt: 0,
      epoch: found?.value.epoch ?? 0,
      owner: '',
    };
    const old = found && !found.value.owner ? [deleteDue(found.value)] : [];
    return [...old, putRow(row, found?.version ?? 0), putDue(row)];
  }

  hold(job: NewJob): Write[] {
    const row: Row = {
      queue: job.queue,
      id: job.id,
      dueMs: job.dueMs,
      payload: job.payload ?? null,
      attempt: 0,
      epoch: 1,
      owner: this.owner,
    };
    return [putRow(row, 0)];
  }

  async remove(key: JobKey): Promise<Write[]> {
    const found = await this.store.get<Row>(jobKind, keyOf(key));
    if (!found) return [];
    const index = found.value.owner ? [] : [deleteDue(found.value)];
    return [{ delete: { kind: jobKind, key: keyOf(key) }, ifVersion: found.version }, ...index];
  }

  settle(key: JobKey): Write[] {
    return [{ delete: { kind: jobKind, key: keyOf(key) } }];
  }

  handle(queue: string, handler: JobHandler, options: { concurrency?: number } = {}): void {
    const concurrency = options.concurrency ?? concurrencyDefault;
    this.queues.set(queue, { handler, concurrency, running: 0 });
  }

  async start(): Promise<void> {
    this.running = true;
    await this.takeOver();
    this.stopWatching = this.store.watch(dueKind, ({ key, version }) => {
      if (version > 0) this.wakeAt(dueOf(key));
    });
    await this.pump();
  }

  async stop(): Promise<void> {
    this.running = false;
    this.stopWatching?.();
    this.cancelWake?.();
    await this.pumping;
    await Promise.all(this.active);
  }

  /** What another owner held becomes due at once: with one owner per store, that owner has gone. */
  private async takeOver(): Promise<void> {
    for (let after: string | undefined; ; ) {
      const page = await this.store.scan<Row>(jobKind, { limit: scanPage, after });
      const abandoned = page.filter(({ value }) => value.owner && value.owner !== this.owner);
      const writes = abandoned.flatMap(({ value, version }) => {
        const row = { ...value, owner: '', dueMs: Math.min(value.dueMs, this.clock.now()) };
        return [putRow(row, version), putDue(row)];
      });
      if (writes.length > 0) await this.store.write(writes);
      after = page.at(-1)?.key;
      if (page.length < scanPage) return;
    }
  }

  private wakeAt(atMs: number): void {
    if (!this.running || atMs >= this.wakeMs) return;
    this.cancelWake?.();
    this.wakeMs = atMs;
    this.cancelWake = this.clock.wakeAt(atMs, () => {
      this.wakeMs = Number.POSITIVE_INFINITY;
      void this.pump();
    });
  }

  /** One pass at a time; a wake-up during a pass causes another. */
  private async pump(): Promise<void> {
    if (this.pumping) {
      this.pumpAgain = true;
      return this.pumping;
    }
    this.pumping = this.pumpOnce().catch((error) => {
      this.onError(error, 'jobs');
      // The store failed: look again later rather than spin.
      this.wakeAt(this.clock.now() + retryDelayMs(1));
    });
    await this.pumping;
    this.pumping = undefined;
    if (this.pumpAgain) {
      this.pumpAgain = false;
      await this.pump();
    }
  }

  private async pumpOnce(): Promise<void> {
    for (let after: string | undefined; this.running; ) {
      const page = await this.store.scan(dueKind, { limit: scanPage, after });
      for (const { key } of page) {
        if (dueOf(key) > this.clock.now()) return this.wakeAt(dueOf(key));
        await this.take(key);
      }
      after = page.at(-1)?.key;
      if (page.length < scanPage) return;
    }
  }

  private async take(indexKey: string): Promise<void> {
    const jobKey = indexKey.slice(17);
    const queue = this.queues.get(jobKey.slice(0, jobKey.indexOf('/')));
    if (!this.running || !queue || queue.running >= queue.concurrency) return;
    const found = await this.store.get<Row>(jobKind, jobKey);
    if (!found || found.value.owner || dueKey(found.value) !== indexKey) {
      await this.store.write([{ delete: { kind: dueKind, key: indexKey } }]);
      return;
    }
    const row = { ...found.value, owner: this.owner, epoch: found.value.epoch + 1 };
    const version = await this.claim(found, row);
    if (version === undefined) return;
    queue.running++;
    const work = this.work(queue, row, version).finally(() => {
      queue.running--;
      this.active.delete(work);
      if (this.running) void this.pump();
    });
    this.active.add(work);
  }

  private async claim(found: StoredDocument<Row>, row: Row): Promise<number | undefined> {
    try {
      const [version] = await this.store.write([
        putRow(row, found.version),
        deleteDue(found.value),
      ]);
      return version;
    } catch (error) {
      if (error instanceof ConflictError) return undefined;
      throw error;
    }
  }

  private async work(queue: Queue, row: Row, version: number): Promise<void> {
    try {
      const { owner: _, ...job } = row;
      const outcome = await this.attempt(queue, job);
      if (outcome.outcome === 'held') return;
      await this.store.write(settled(row, version, outcome));
    } catch (error) {
      if (error instanceof ConflictError) return;
      this.onError(error, row.queue);
    }
  }

  private async attempt(queue: Queue, job: Job): Promise<Attempt> {
    try {
      return await queue.handler(job);
    } catch (error) {
      this.onError(error, job.queue);
      const dueMs = this.clock.now() + retryDelayMs(job.attempt + 1);
      return { outcome: 'again', dueMs, failed: true };
    }
  }
}

type Attempt = JobOutcome & { readonly failed?: boolean };

function settled(row: Row, version: number, outcome: Attempt): Write[] {
  if (outcome.outcome !== 'again') {
    return [{ delete: { kind: jobKind, key: keyOf(row) }, ifVersion: version }];
  }
  const next: Row = {
    ...row,
    owner: '',
    dueMs: outcome.dueMs,
    payload: outcome.payload === undefined ? row.payload : outcome.payload,
    attempt: outcome.failed ? row.attempt + 1 : 0,
  };
  return [putRow(next, version), putDue(next)];
}
