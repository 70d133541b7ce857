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

parentPort?.on('message', async (job: PoolJob) => {
  parentPort?.postMessage(await work(job));
});
