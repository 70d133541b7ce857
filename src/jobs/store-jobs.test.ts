// Due work survives its owner, fires on the Clock, and is never settled by one who lost it.
import { expect, test } from 'vitest';
import { manualClock } from '../base/index.ts';
import { memoryStore, type Store } from '../store/index.ts';
import type { Job, JobOutcome } from './contract.ts';
import { retryDelayMs } from './retry.ts';
import { createJobs } from './store-jobs.ts';

const turn = async () => {
  for (let i = 0; i < 20; i++) await new Promise((resolve) => setImmediate(resolve));
};

function bench(
  outcome: (job: Job) => JobOutcome | Promise<JobOutcome> = () => ({ outcome: 'done' }),
) {
  const store = memoryStore();
  const clock = manualClock(1_000);
  const seen: Job[] = [];
  const open = (owner: string, on: Store = store) => {
    const jobs = createJobs({ store: on, clock, owner });
    jobs.handle('q', async (job) => {
      seen.push(job);
      return outcome(job);
    });
    return jobs;
  };
  return { store, clock, seen, open };
}

test('a job runs when the clock reaches its due time, and not before', async () => {
  const { store, clock, seen, open } = bench();
  const jobs = open('a');
  await jobs.start();
  await store.write(await jobs.schedule({ queue: 'q', id: 'x', dueMs: 5_000, payload: { n: 1 } }));
  clock.set(4_999);
  await turn();
  expect(seen).toEqual([]);
  clock.set(5_000);
  await turn();
  expect(seen).toMatchObject([{ id: 'x', payload: { n: 1 }, epoch: 1, attempt: 0 }]);
  expect(await store.scan('jobs')).toEqual([]);
  expect(await store.scan('jobs.due')).toEqual([]);
  await jobs.stop();
});

test('a job scheduled again under its key waits for the new time only', async () => {
  const { store, clock, seen, open } = bench();
  const jobs = open('a');
  await jobs.start();
  await store.write(await jobs.schedule({ queue: 'q', id: 'x', dueMs: 5_000 }));
  await store.write(await jobs.schedule({ queue: 'q', id: 'x', dueMs: 9_000 }));
  clock.set(6_000);
  await turn();
  expect(seen).toEqual([]);
  clock.set(9_000);
  await turn();
  expect(seen).toHaveLength(1);
  await jobs.stop();
});

test('a handler that throws is tried again after a growing delay, its attempts counted', async () => {
  let failures = 2;
  const { store, clock, seen, open } = bench(() => {
    if (failures-- > 0) throw new Error('not yet');
    return { outcome: 'done' };
  });
  const jobs = open('a');
  await jobs.start();
  await store.write(await jobs.schedule({ queue: 'q', id: 'x', dueMs: 1_000 }));
  await turn();
  clock.advance(retryDelayMs(1));
  await turn();
  clock.advance(retryDelayMs(2));
  await turn();
  expect(seen.map(({ attempt, epoch }) => [attempt, epoch])).toEqual([
    [0, 1],
    [1, 2],
    [2, 3],
  ]);
  expect(await store.scan('jobs')).toEqual([]);
  await jobs.stop();
});

test('what another owner held is taken over at start with a higher epoch', async () => {
  const { store, seen, open } = bench(() => ({ outcome: 'held' }));
  const first = open('a');
  await store.write(first.hold({ queue: 'q', id: 'run', dueMs: 1_000 }));
  const second = open('b');
  await second.start();
  await turn();
  expect(seen).toMatchObject([{ id: 'run', epoch: 2 }]);
  expect((await store.get<{ owner: string }>('jobs', 'q/run'))?.value.owner).toBe('b');
  await store.write(second.settle({ queue: 'q', id: 'run' }));
  expect(await store.scan('jobs')).toEqual([]);
  await second.stop();
});

test('what this owner holds itself is not taken from it', async () => {
  const { store, seen, open } = bench();
  const jobs = open('a');
  await store.write(jobs.hold({ queue: 'q', id: 'run', dueMs: 1_000 }));
  await jobs.start();
  await turn();
  expect(seen).toEqual([]);
  await jobs.stop();
});

test('an owner that lost a job cannot settle it', async () => {
  let release = () => {};
  const gate = new Promise<void>((resolve) => {
    release = resolve;
  });
  const { store, open } = bench(async () => {
    await gate;
    return { outcome: 'done' };
  });
  const jobs = open('a');
  await jobs.start();
  await store.write(await jobs.schedule({ queue: 'q', id: 'x', dueMs: 1_000 }));
  await turn();
  const row = await store.get<{ epoch: number }>('jobs', 'q/x');
  await store.write([
    { put: { kind: 'jobs', key: 'q/x', value: { ...row!.value, owner: 'b', epoch: 2 } } },
  ]);
  release();
  await turn();
  expect((await store.get<{ owner: string }>('jobs', 'q/x'))?.value.owner).toBe('b');
  await jobs.stop();
});

test('no more than the queue allows run at once, and the rest follow', async () => {
  const { store, open } = bench();
  let running = 0;
  let most = 0;
  let done = 0;
  const jobs = open('a');
  jobs.handle(
    'q',
    async () => {
      most = Math.max(most, ++running);
      await turn();
      running--;
      done++;
      return { outcome: 'done' };
    },
    { concurrency: 3 },
  );
  for (let i = 0; i < 10; i++) {
    await store.write(await jobs.schedule({ queue: 'q', id: `x${i}`, dueMs: 1_000 }));
  }
  await jobs.start();
  for (let i = 0; i < 20; i++) await turn();
  expect([most, done]).toEqual([3, 10]);
  await jobs.stop();
});

test('more due jobs than one page are all found', async () => {
  const { store, seen, open } = bench();
  const jobs = open('a');
  for (let i = 0; i < 450; i++) {
    await store.write(await jobs.schedule({ queue: 'q', id: `x${i}`, dueMs: 1_000 }));
  }
  await jobs.start();
  for (let i = 0; i < 30; i++) await turn();
  expect(new Set(seen.map(({ id }) => id)).size).toBe(450);
  await jobs.stop();
});

test('a job removed before it is due never runs', async () => {
  const { store, clock, seen, open } = bench();
  const jobs = open('a');
  await jobs.start();
  await store.write(await jobs.schedule({ queue: 'q', id: 'x', dueMs: 5_000 }));
  await store.write(await jobs.remove({ queue: 'q', id: 'x' }));
  clock.set(6_000);
  await turn();
  expect(seen).toEqual([]);
  expect(await jobs.remove({ queue: 'q', id: 'x' })).toEqual([]);
  await jobs.stop();
});

test.each([
  [1, 1_000],
  [2, 2_000],
  [5, 16_000],
  [50, 300_000],
])('after failed attempt %i the wait is %i ms', (attempt, delay) => {
  expect(retryDelayMs(attempt)).toBe(delay);
});
