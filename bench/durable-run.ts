// Durable runs of five actions: the engine on SQLite, every commit flushed, values sealed.
import { randomBytes } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { systemClock } from '../src/base/index.ts';
import { createEnvelope } from '../src/crypto/index.ts';
import type { Outbound } from '../src/http/index.ts';
import { createJobs } from '../src/jobs/index.ts';
import { createResources } from '../src/resources/index.ts';
import { createLogicApps } from '../src/services/logic-apps/index.ts';
import { openSqliteStore, type Store } from '../src/store/index.ts';
import type { Measurement } from './main.ts';

const group = '/subscriptions/11111111-1111-1111-1111-111111111111/resourceGroups/bench';
const answerBody = Buffer.from('{"n":1}');
const outbound: Outbound = async () => ({
  status: 200,
  headers: [['Content-Type', 'application/json']],
  body: answerBody,
});

const names = ['A', 'B', 'C', 'D', 'E'];
const chain = (action: (before: string | undefined) => object) =>
  Object.fromEntries(
    names.map((name, index) => {
      const before = names[index - 1];
      return [name, { ...action(before), runAfter: before ? { [before]: ['Succeeded'] } : {} }];
    }),
  );

const workflows = {
  'five calls': chain((before) => ({
    type: 'Http',
    inputs: {
      method: 'GET',
      uri: `https://host.example/${before ? `@{body('${before}').n}` : '0'}`,
    },
  })),
  'five data operations': chain((before) => ({
    type: 'Compose',
    inputs: before ? `@add(outputs('${before}'), 1)` : '@triggerBody().n',
  })),
};

/** Runs finished per second, `inFlight` at a time. */
async function runsPerSecond(
  store: Store,
  actions: object,
  runs: number,
  inFlight: number,
): Promise<number> {
  const clock = systemClock();
  const jobs = createJobs({ store, clock });
  const principal = { principalId: '', clientId: '', tenantId: '' };
  const resources = createResources({
    store,
    clock,
    types: [],
    managedIdentities: {
      ensure: async () => principal,
      remove: async () => undefined,
    },
    subscriptions: { tenantOf: () => '22222222-2222-2222-2222-222222222222', list: () => [] },
  });
  const logicApps = createLogicApps({
    store,
    clock,
    jobs,
    resources,
    outbound,
    identityHeaderOf: () => undefined,
  });
  resources.register(logicApps.resourceTypes);
  await jobs.start();
  const put = (id: string, body: object) =>
    resources.put({
      id,
      apiVersion: '2019-05-01',
      body: { location: 'westeurope', ...body },
      callerObjectId: '',
    });
  await put(group, {});
  const id = `${group}/providers/Microsoft.Logic/workflows/bench`;
  const triggers = { manual: { type: 'Request', kind: 'Http', inputs: {} } };
  await put(id, { properties: { definition: { contentVersion: '1.0.0.0', triggers, actions } } });
  const work = async (count: number) => {
    let left = count;
    const one = async () => {
      while (left-- > 0) {
        const started = await logicApps.startRun(id, { body: { n: 1 } });
        await started.answered;
      }
    };
    await Promise.all(Array.from({ length: inFlight }, one));
  };
  await work(Math.ceil(runs / 5));
  const start = performance.now();
  await work(runs);
  const seconds = (performance.now() - start) / 1000;
  await logicApps.close();
  await jobs.stop();
  return runs / seconds;
}

/** The pg-boss chain needs a PostgreSQL server, which a clean machine does not have. */
export async function measure(): Promise<Measurement[]> {
  const measurements: Measurement[] = [];
  for (const [name, actions] of Object.entries(workflows)) {
    const folder = mkdtempSync(join(tmpdir(), 'lazurite-bench-'));
    const envelope = createEnvelope(randomBytes(32));
    const store = await openSqliteStore({ path: join(folder, 'bench.sqlite'), envelope });
    try {
      const many = await runsPerSecond(store, actions, 3_000, 64);
      measurements.push({
        name: `durable run, ${name}, SQLite FULL`,
        baseline:
          'unavailable: pg-boss needs a PostgreSQL server (elsewhere it reached 150 to 870 such runs/s)',
        measured: `${Math.round(many)} runs/s, 64 in flight`,
        ratio: undefined,
        goal: '≥ 6x runs/s of a pg-boss chain of five jobs',
      });
    } finally {
      await store.close();
      rmSync(folder, { recursive: true, force: true });
    }
  }
  return measurements;
}
