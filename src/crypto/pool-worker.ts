// A worker thread of the pool: takes jobs, keeps the key objects it was given under their handles.
import type { KeyObject } from 'node:crypto';
import { parentPort } from 'node:worker_threads';
import type { PoolAnswer, PoolJob } from './pool.ts';
import { poolWork } from './pool-work.ts';

const keys = new Map<number, KeyObject>();

async function work(job: PoolJob): Promise<PoolAnswer> {
  if (job.forget !== undefined) keys.delete(job.forget);
  if (job.handle !== undefined && job.key) keys.set(job.handle, job.key);
  const key = job.handle === undefined ? undefined : keys.get(job.handle);
  try {
    const run = poolWork[job.name] as (input: unknown, key: unknown) => unknown;
    return { id: job.id, output: await run(job.input, key) };
  } catch (error) {
    const { name, message, kind } = error as Error & { kind?: string };
    return { id: job.id, error: { name, message, kind } };
  }
}

/** Answers go out together: each message wakes the other thread, which costs as much as the work. */
const togetherMax = 4;
let answers: PoolAnswer[] = [];
let flushing = false;

function flush(): void {
  flushing = false;
  if (answers.length === 0) return;
  parentPort?.postMessage(answers);
  answers = [];
}

parentPort?.on('message', async (jobs: readonly PoolJob[]) => {
  for (const job of jobs) {
    answers.push(await work(job));
    if (answers.length >= togetherMax) flush();
  }
  if (flushing) return;
  // After whatever else has arrived by now.
  flushing = true;
  setImmediate(flush);
});
