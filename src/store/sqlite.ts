// The embedded store: SQLite in a thread of its own, batches committed in groups.
import { Worker } from 'node:worker_threads';
import { assert, ConfigurationError } from '../base/index.ts';
import type { Envelope } from '../crypto/index.ts';
import {
  type Change,
  ConflictError,
  type ScanOptions,
  type Store,
  type Write,
} from './contract.ts';
import type {
  PlainWrite,
  Reply,
  SealedPlace,
  SealedRow,
  StoredValue,
  Task,
  WorkerReply,
} from './sqlite-protocol.ts';

export interface SqliteStoreOptions {
  /** Path of the database file; its folder must exist. */
  readonly path: string;
  /** Seals the values that are marked so. */
  readonly envelope: Envelope;
}

export interface SqliteStore extends Store {
  /**
   * Wraps anew what an earlier master key sealed, a page at a time while everything goes on; gives
   * how many values that were. Versions stay, nobody is notified.
   */
  rewrap(): Promise<number>;
}

interface Waiting {
  readonly task: Task;
  readonly resolve: (reply: Reply) => void;
  readonly reject: (error: Error) => void;
}

/**
 * Opens or creates the file and takes an exclusive lock on it. Throws ConfigurationError where it
 * is locked by another process, unreadable, or written by a newer Lazurite.
 */
export async function openSqliteStore({
  path,
  envelope,
}: SqliteStoreOptions): Promise<SqliteStore> {
  const worker = await startWorker(path);
  const send = groupTasks(worker);
  const listeners = new Map<string, Set<(change: Change) => void>>();
  const rows = async (task: Task) => {
    const reply = await send(task);
    assert('rows' in reply, 'a read is answered with rows');
    return reply.rows;
  };
  const decode = <Value>(value: StoredValue, context: string): Value =>
    JSON.parse(typeof value === 'string' ? value : envelope.open(value, context).toString());

  return {
    async get<Value>(kind: string, key: string) {
      const [row] = await rows({ get: { kind, key } });
      if (!row) return undefined;
      const value = decode<Value>(row.value, documentContext(kind, key));
      return { kind, key, version: row.version, value };
    },
    async scan<Value>(kind: string, options: ScanOptions = {}) {
      const { prefix = '', after, limit = 1000, descending = false } = options;
      const bounds = { from: prefix, until: `${prefix}\u{10FFFF}` };
      const found = await rows({ scan: { kind, ...bounds, after, limit, descending } });
      return found.map(({ key, version, value }) => ({
        kind,
        key,
        version,
        value: decode<Value>(value, documentContext(kind, key)),
      }));
    },
    async write(batch) {
      const reply = await send({ write: batch.map((each) => plainWrite(each, envelope)) });
      assert('versions' in reply, 'a write is answered with versions');
      for (const change of reply.changes) {
        for (const listener of listeners.get(change.kind) ?? []) listener(change);
      }
      return reply.versions;
    },
    async read<Value>(journal: string, { after = 0, limit = 10_000 } = {}) {
      const found = await rows({ read: { journal, after, limit } });
      return found.map(({ sequence, value }) => ({
        sequence,
        value: decode<Value>(value, journalContext(journal)),
      }));
    },
    watch(kind, listener) {
      const set = listeners.get(kind) ?? new Set();
      listeners.set(kind, set.add(listener));
      return () => void set.delete(listener);
    },
    rewrap: () => rewrapAll(send, envelope),
    async close() {
      const closed = new Promise((resolve) => worker.once('exit', resolve));
      worker.once('message', () => void worker.terminate());
      worker.postMessage({ close: true });
      await closed;
    },
  };
}

/** Wraps every sealed value anew that is not under the envelope's current master key. */
async function rewrapAll(
  send: (task: Task) => Promise<Reply>,
  envelope: Envelope,
): Promise<number> {
  let replaced = 0;
  const places: SealedPlace[] = [
    { table: 'documents', kind: '', key: '' },
    { table: 'journal_entries', sequence: 0 },
  ];
  for (let place of places) {
    for (;;) {
      const reply = await send({ sealed: { ...place, limit: rewrapPage } });
      assert('sealedRows' in reply, 'a page is answered with sealed rows');
      const rewrapped = reply.sealedRows.flatMap((row) => {
        const to = envelope.rewrap(row.value, contextOf(row));
        return to ? [{ row, to }] : [];
      });
      const done = rewrapped.length > 0 ? await send({ rewrap: rewrapped }) : { replaced: 0 };
      assert('replaced' in done, 'a rewrapping is answered with a number');
      replaced += done.replaced;
      const last = reply.sealedRows.at(-1);
      if (!last || reply.sealedRows.length < rewrapPage) break;
      place =
        'sequence' in last
          ? { table: 'journal_entries', sequence: last.sequence }
          : { table: 'documents', kind: last.kind, key: last.key };
    }
  }
  return replaced;
}

/** Small enough that other work gets its turn between two pages. */
const rewrapPage = 200;

const contextOf = (row: SealedRow) =>
  'sequence' in row ? journalContext(row.journal) : documentContext(row.kind, row.key);

const documentContext = (kind: string, key: string) => `document\n${kind}\n${key}`;
const journalContext = (journal: string) => `journal\n${journal}`;

function plainWrite(write: Write, envelope: Envelope): PlainWrite {
  const encode = (value: unknown, sealed: boolean | undefined, context: string): StoredValue => {
    const text = JSON.stringify(value);
    return sealed ? envelope.seal(Buffer.from(text), context) : text;
  };
  if ('put' in write) {
    const { kind, key, value, sealed } = write.put;
    const stored = encode(value, sealed, documentContext(kind, key));
    return { put: { kind, key, value: stored }, ifVersion: write.ifVersion };
  }
  if ('append' in write) {
    const { journal, value, sealed } = write.append;
    return { append: { journal, value: encode(value, sealed, journalContext(journal)) } };
  }
  return write;
}

/** Tasks that arrive while the thread is busy go to it together, and commit together. */
function groupTasks(worker: Worker): (task: Task) => Promise<Reply> {
  let waiting: Waiting[] = [];
  let inFlight: Waiting[] = [];
  let broken: Error | undefined;

  function flush(): void {
    if (inFlight.length > 0 || waiting.length === 0) return;
    inFlight = waiting;
    waiting = [];
    worker.postMessage({ tasks: inFlight.map(({ task }) => task) });
  }
  worker.on('message', (message: WorkerReply) => {
    if (!('replies' in message)) return;
    const answered = inFlight;
    inFlight = [];
    flush();
    answered.forEach((each, index) => {
      settle(each, message.replies[index]!);
    });
  });
  worker.on('exit', () => {
    broken = new Error('the store is closed');
    for (const each of [...inFlight, ...waiting]) each.reject(broken);
  });
  return (task) =>
    new Promise((resolve, reject) => {
      if (broken) {
        reject(broken);
        return;
      }
      waiting.push({ task, resolve, reject });
      if (waiting.length === 1) queueMicrotask(flush);
    });
}

function settle({ resolve, reject }: Waiting, reply: Reply): void {
  if ('conflict' in reply) {
    const { kind, key, expected, found } = reply.conflict;
    reject(new ConflictError(kind, key, expected, found));
  } else if ('failed' in reply) reject(new Error(`the store failed: ${reply.failed.message}`));
  else resolve(reply);
}

async function startWorker(path: string): Promise<Worker> {
  const extension = import.meta.url.endsWith('.ts') ? 'ts' : 'js';
  const worker = new Worker(new URL(`./sqlite-worker.${extension}`, import.meta.url), {
    workerData: { path },
  });
  const first = await new Promise<WorkerReply>((resolve, reject) => {
    worker.once('message', resolve);
    worker.once('error', reject);
  });
  if ('failed' in first) {
    await worker.terminate();
    throw openingError(path, first.failed);
  }
  return worker;
}

function openingError(file: string, { kind, message }: { kind: string; message: string }): Error {
  if (kind === 'locked') {
    return new ConfigurationError({
      file,
      message: 'another Lazurite is running on this data folder',
      fix: 'Stop it first, or give this one a folder of its own with --data.',
    });
  }
  const fix =
    kind === 'newer'
      ? 'Update Lazurite, or give another folder with --data.'
      : 'Restore the file from a copy, or give another folder with --data to start afresh.';
  return new ConfigurationError({ file, message: `the store cannot be opened: ${message}`, fix });
}
