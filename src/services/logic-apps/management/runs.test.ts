// Runs are kept within bounds: the oldest finished ones go, with their journals.
import { expect, test } from 'vitest';
import { manualClock } from '../../../base/index.ts';
import { memoryStore } from '../../../store/index.ts';
import { runRetentionMs, runsPerCleaning } from '../limits.ts';
import { invertedTicks } from '../names.ts';
import { kinds, type RunDocument, runJournal, runKey } from '../state.ts';
import { settle } from '../testing/stage.ts';
import { createRetention, listRuns } from './runs.ts';

const hexId = '0'.repeat(32);

test('finished runs older than the retention go with their journals; running ones stay', async () => {
  const store = memoryStore();
  const clock = manualClock();
  const now = clock.now();
  const run = (startMs: number, ended: boolean): RunDocument => ({
    hexId,
    name: `${invertedTicks(startMs)}000000000CU00`,
    version: '',
    status: ended ? 'Succeeded' : 'Running',
    startMs,
    ...(ended && { endMs: startMs }),
    clientTrackingId: '',
    trigger: { name: 'manual', startMs, endMs: startMs, trackingId: '', code: 'OK' },
    epoch: 1,
  });
  const old = run(now - runRetentionMs - 5, true);
  const running = run(now - runRetentionMs - 9, false);
  const recent = run(now - 5, true);
  for (const each of [old, running, recent]) {
    await store.write([
      { put: { kind: kinds.run, key: runKey(hexId, each.name), value: each } },
      { append: { journal: runJournal(hexId, each.name), value: { events: '[]' } } },
    ]);
  }
  const ended = createRetention(store, clock);
  for (let count = 1; count < runsPerCleaning; count++) ended(recent);
  await settle();
  expect(await listRuns(store, hexId, { limit: 10 })).toHaveLength(3);
  ended(recent);
  await settle(20);
  const kept = await listRuns(store, hexId, { limit: 10 });
  expect(kept.map(({ name }) => name)).toEqual([recent.name, running.name]);
  expect(await store.read(runJournal(hexId, old.name))).toEqual([]);
  expect(await store.read(runJournal(hexId, running.name))).toHaveLength(1);
});
