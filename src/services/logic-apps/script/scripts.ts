// Runs inline code in a thread of its own, with a deadline that holds even where the script does not yield.
import { Worker } from 'node:worker_threads';
import type { ScriptCall, ScriptResult } from '../actions/action.ts';
import { parseJsonValue, stringifyJsonValue } from '../language.ts';
import { scriptBytesMax } from '../limits.ts';
import type { ScriptReport } from './script-worker.ts';

export interface Scripts {
  run(call: ScriptCall, signal: AbortSignal): Promise<ScriptResult>;
  close(): Promise<void>;
}

/** Time a thread gets beyond its script's deadline before it is ended from outside. */
const graceMs = 2_000;

interface Pending {
  readonly call: ScriptCall;
  readonly resolve: (result: ScriptResult) => void;
}

export interface ScriptsOptions {
  /** Memory of one script. */
  readonly bytesMax?: number;
}

/** One thread, one script at a time; it starts with the first script and never keeps the process alive. */
export function createScripts({ bytesMax = scriptBytesMax }: ScriptsOptions = {}): Scripts {
  const waiting: Pending[] = [];
  let thread: Worker | undefined;
  let current: (Pending & { id: number; timer: NodeJS.Timeout }) | undefined;
  let lastId = 0;

  function settle(result: ScriptResult): void {
    const done = current;
    if (!done) return;
    clearTimeout(done.timer);
    current = undefined;
    done.resolve(result);
    next();
  }
  function open(): Worker {
    const url = new URL(
      `./script-worker${import.meta.url.endsWith('.ts') ? '.ts' : '.js'}`,
      import.meta.url,
    );
    const worker = new Worker(url);
    worker.unref();
    worker.on('message', (report: ScriptReport) => {
      if (report.id !== current?.id) return;
      settle(resultOf(report, current.call));
    });
    const lost = () => {
      if (thread !== worker) return;
      thread = undefined;
      settle(failure('the thread of inline code ended; the script may have used too much memory'));
    };
    worker.on('error', lost);
    worker.on('exit', lost);
    return worker;
  }
  function next(): void {
    const pending = waiting.shift();
    if (!pending || current) return;
    thread ??= open();
    const { code, context, timeoutMs } = pending.call;
    const timer = setTimeout(() => {
      const stuck = thread;
      thread = undefined;
      void stuck?.terminate();
      settle(tooLong(timeoutMs));
    }, timeoutMs + graceMs);
    timer.unref();
    current = { ...pending, id: ++lastId, timer };
    thread.ref();
    thread.postMessage({
      id: lastId,
      code,
      context: stringifyJsonValue(context),
      timeoutMs,
      bytesMax,
    });
    thread.unref();
  }
  return {
    run: (call, signal) =>
      new Promise((resolve, reject) => {
        signal.addEventListener('abort', () => reject(signal.reason), { once: true });
        waiting.push({ call, resolve });
        if (!current) next();
      }),
    async close() {
      const worker = thread;
      thread = undefined;
      waiting.length = 0;
      await worker?.terminate();
    },
  };
}

function resultOf(report: ScriptReport, call: ScriptCall): ScriptResult {
  if (report.ok) return { ok: true, value: parseJsonValue(report.json) };
  return report.timedOut ? tooLong(call.timeoutMs) : failure(report.message);
}

const tooLong = (timeoutMs: number) =>
  failure(`the code ran longer than ${timeoutMs / 1000} seconds`);

function failure(reason: string): ScriptResult {
  return {
    ok: false,
    code: 'InlineCodeScriptRuntimeFailure',
    message: `The inline code action failed with an error: '${reason}'.`,
  };
}
