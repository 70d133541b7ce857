// A small pool of worker threads for the cryptography that would hold the event loop.
import type { KeyObject } from 'node:crypto';
import { availableParallelism } from 'node:os';
import { Worker } from 'node:worker_threads';
import { CipherError } from './key-cipher.ts';
import { PfxError } from './pfx-ids.ts';
import { type PoolWork, type PoolWorkName, slowWork } from './pool-work.ts';

export interface PoolJob {
  readonly id: number;
  readonly name: PoolWorkName;
  readonly input: unknown;
  /** Under which the worker keeps the key. */
  readonly handle?: number;
  /** Sent with the first job of a handle only. */
  readonly key?: KeyObject;
  /** A handle the worker may drop. */
  readonly forget?: number;
}

export interface PoolAnswer {
  readonly id: number;
  readonly output?: unknown;
  readonly error?: { readonly name: string; readonly message: string; readonly kind?: string };
}

export interface CryptoPool {
  /**
   * Does work in a thread. Throws what the work throws (CipherError, PfxError, RangeError,
   * TypeError) and PoolError where the pool is full, the deadline passes or it is closed.
   */
  run<Name extends PoolWorkName>(
    name: Name,
    input: PoolWork[Name]['input'],
    key?: KeyObject,
  ): Promise<PoolWork[Name]['output']>;
  close(): Promise<void>;
}

export class PoolError extends Error {
  readonly reason: 'full' | 'deadline' | 'closed';

  constructor(reason: 'full' | 'deadline' | 'closed') {
    super(`the cryptography pool is ${reason === 'deadline' ? 'past its deadline' : reason}`);
    this.name = 'PoolError';
    this.reason = reason;
  }
}

export interface CryptoPoolOptions {
  /** Threads for short work; by default one less than the cores, at most 8. */
  readonly threads?: number;
  /** Work that waits or runs; beyond it `full`. Default 4096. */
  readonly waitingMax?: number;
  /** Default 30 seconds; RSA-4096 takes up to 3 on a slow core. */
  readonly deadlineMs?: number;
}

/** Jobs handed to one thread at once: it never idles between two, and few are lost with it. */
const inFlightMax = 16;
/** Key objects each thread keeps. */
const keysMax = 256;

interface Waiting {
  readonly name: PoolWorkName;
  readonly input: unknown;
  readonly key: KeyObject | undefined;
  readonly resolve: (output: unknown) => void;
  readonly reject: (error: Error) => void;
}

/** Threads start with the first work and never keep the process alive. */
export function createCryptoPool(options: CryptoPoolOptions = {}): CryptoPool {
  const cores = availableParallelism();
  const threads = options.threads ?? Math.min(8, Math.max(1, cores - 1));
  const { waitingMax = 4096, deadlineMs = 30_000 } = options;
  const fast = new Lane(threads, inFlightMax, waitingMax, deadlineMs);
  const slow = new Lane(Math.max(1, cores >> 2), 1, waitingMax, deadlineMs);
  return {
    run: (name, input, key) =>
      new Promise((resolve, reject) => {
        const lane = slowWork.has(name) ? slow : fast;
        lane.add({ name, input, key, resolve: resolve as (output: unknown) => void, reject });
      }),
    async close() {
      await Promise.all([fast.close(), slow.close()]);
    },
  };
}

class Lane {
  private readonly threads: (Thread | undefined)[];
  private readonly waiting: Waiting[] = [];
  private readonly perThread: number;
  private readonly waitingMax: number;
  private readonly deadlineMs: number;
  private closed = false;

  constructor(threads: number, perThread: number, waitingMax: number, deadlineMs: number) {
    this.threads = Array<Thread | undefined>(threads).fill(undefined);
    this.perThread = perThread;
    this.waitingMax = waitingMax;
    this.deadlineMs = deadlineMs;
  }

  add(work: Waiting): void {
    if (this.closed) work.reject(new PoolError('closed'));
    else if (this.waiting.length >= this.waitingMax) work.reject(new PoolError('full'));
    else {
      this.waiting.push(work);
      this.dispatch();
    }
  }

  private dispatch(): void {
    while (this.waiting.length > 0) {
      const thread = this.leastBusy();
      if (!thread) return;
      thread.start(this.waiting.shift()!);
    }
  }

  /** An idle thread, else a new one, else the one with the fewest jobs; none when all are full. */
  private leastBusy(): Thread | undefined {
    let best: Thread | undefined;
    for (let index = 0; index < this.threads.length; index++) {
      const thread = this.threads[index];
      if (!thread) {
        if (best?.busy === 0) return best;
        return this.open(index);
      }
      if (!best || thread.busy < best.busy) best = thread;
    }
    return best && best.busy < this.perThread ? best : undefined;
  }

  private open(index: number): Thread {
    const thread: Thread = new Thread(
      this.deadlineMs,
      () => this.dispatch(),
      () => {
        if (this.threads[index] === thread) this.threads[index] = undefined;
        this.dispatch();
      },
    );
    this.threads[index] = thread;
    return thread;
  }

  async close(): Promise<void> {
    this.closed = true;
    for (const work of this.waiting.splice(0)) work.reject(new PoolError('closed'));
    await Promise.all(this.threads.map((thread) => thread?.end('closed')));
  }
}

class Thread {
  private readonly worker: Worker;
  private readonly jobs = new Map<number, { work: Waiting; deadline: NodeJS.Timeout }>();
  /** Handles of the keys that the worker holds, least recently used first. */
  private readonly keys = new Map<KeyObject, number>();
  private readonly deadlineMs: number;
  private readonly freed: () => void;
  private readonly ended: () => void;
  private readonly outgoing: PoolJob[] = [];
  private nextId = 1;

  constructor(deadlineMs: number, freed: () => void, ended: () => void) {
    this.deadlineMs = deadlineMs;
    this.freed = freed;
    this.ended = ended;
    // Sources run as they are, or built: the worker's file lies beside this one either way.
    const extension = import.meta.url.endsWith('.ts') ? 'ts' : 'js';
    this.worker = new Worker(new URL(`./pool-worker.${extension}`, import.meta.url));
    this.worker.unref();
    this.worker.on('message', (answers: readonly PoolAnswer[]) => {
      for (const answer of answers) this.settle(answer);
      this.freed();
    });
    this.worker.on('error', () => void this.end('deadline'));
  }

  get busy(): number {
    return this.jobs.size;
  }

  start(work: Waiting): void {
    const id = this.nextId++;
    const deadline = setTimeout(() => void this.end('deadline'), this.deadlineMs);
    deadline.unref();
    if (this.jobs.size === 0) this.worker.ref();
    this.jobs.set(id, { work, deadline });
    const job = { id, name: work.name, input: work.input };
    if (this.outgoing.length === 0) queueMicrotask(() => this.send());
    this.outgoing.push(work.key ? { ...job, ...this.handleOf(work.key) } : job);
  }

  /** What was started in one turn goes out in one message. */
  private send(): void {
    this.worker.postMessage(this.outgoing.splice(0));
  }

  private handleOf(key: KeyObject): Pick<PoolJob, 'handle' | 'key' | 'forget'> {
    const known = this.keys.get(key);
    if (known !== undefined) {
      this.keys.delete(key);
      this.keys.set(key, known);
      return { handle: known };
    }
    const handle = this.nextId++;
    this.keys.set(key, handle);
    if (this.keys.size <= keysMax) return { handle, key };
    const [oldest, forget] = this.keys.entries().next().value!;
    this.keys.delete(oldest);
    return { handle, key, forget };
  }

  private settle({ id, output, error }: PoolAnswer): void {
    const job = this.jobs.get(id);
    if (!job) return;
    this.jobs.delete(id);
    clearTimeout(job.deadline);
    if (this.jobs.size === 0) this.worker.unref();
    if (error) job.work.reject(revive(error));
    else job.work.resolve(output);
  }

  /** Stops the thread; what it was doing fails for this reason. */
  async end(reason: 'deadline' | 'closed'): Promise<void> {
    for (const { work, deadline } of this.jobs.values()) {
      clearTimeout(deadline);
      work.reject(new PoolError(reason));
    }
    this.jobs.clear();
    await this.worker.terminate();
    this.ended();
  }
}

function revive(error: NonNullable<PoolAnswer['error']>): Error {
  if (error.name === 'CipherError') return new CipherError(error.message);
  if (error.name === 'PfxError') {
    const plain = error.message.replace(/^the PFX cannot be read: /, '');
    return new PfxError(error.kind === 'password' ? 'password' : 'format', plain);
  }
  if (error.name === 'RangeError') return new RangeError(error.message);
  if (error.name === 'TypeError') return new TypeError(error.message);
  return new Error(error.message);
}
