// Graph semantics, durability and recovery of runs.
import { afterEach, expect, test } from 'vitest';
import { memoryStore, type Store } from '../../../store/index.ts';
import type { RunDocument } from '../state.ts';
import {
  composed,
  definitionOf,
  readHistory,
  type Stage,
  settle,
  stage,
  statusesOf,
} from '../testing/stage.ts';

const stages: Stage[] = [];
const open = (options: Parameters<typeof stage>[0] = {}) => {
  const opened = stage(options);
  stages.push(opened);
  return opened;
};
afterEach(async () => {
  for (const opened of stages.splice(0)) await opened.close();
});

const failing = (runAfter: Record<string, string[]> = {}) => composed("@int('x')", runAfter);

test('actions run after those they name, and a chain of pure actions is one commit', async () => {
  const { run, store } = open();
  const { statuses, document, action } = await run(
    definitionOf({
      C: composed("@concat(outputs('A'), outputs('b'))", { B: ['Succeeded'] }),
      A: composed('a'),
      B: composed("@concat(outputs('A'), '1')", { A: ['SUCCEEDED'] }),
    }),
  );
  expect(statuses).toEqual({ A: 'Succeeded', B: 'Succeeded', C: 'Succeeded' });
  expect(action('C').outputs).toBe('aa1');
  expect(document.status).toBe('Succeeded');
  expect((await store.get('logic-apps.run', `${document.hexId}/${document.name}`))?.version).toBe(
    1,
  );
});

test.each<[string, object, string, Record<string, string>]>([
  ['a failed last action fails the run', { A: failing() }, 'Failed', { A: 'Failed' }],
  [
    'a handled failure succeeds when every leaf is clean',
    { A: failing(), B: composed(1, { A: ['Failed'] }) },
    'Succeeded',
    { A: 'Failed', B: 'Succeeded' },
  ],
  [
    'a skipped leaf takes the status of what it runs after',
    { A: failing(), Ok: composed(1, { A: ['Succeeded'] }), Fail: composed(1, { A: ['Failed'] }) },
    'Failed',
    { A: 'Failed', Fail: 'Succeeded', Ok: 'Skipped' },
  ],
  [
    'skipping goes on along the graph',
    { A: failing(), B: composed(1, { A: ['Succeeded'] }), C: composed(1, { B: ['Succeeded'] }) },
    'Failed',
    { A: 'Failed', B: 'Skipped', C: 'Skipped' },
  ],
  [
    'a successor may accept Skipped',
    { A: failing(), B: composed(1, { A: ['Succeeded'] }), C: composed(1, { B: ['Skipped'] }) },
    'Succeeded',
    { A: 'Failed', B: 'Skipped', C: 'Succeeded' },
  ],
  [
    'all predecessors must have an accepted status',
    { A: composed(1), B: failing(), C: composed(1, { A: ['Succeeded'], B: ['Succeeded'] }) },
    'Failed',
    { A: 'Succeeded', B: 'Failed', C: 'Skipped' },
  ],
  ['a workflow without actions succeeds', {}, 'Succeeded', {}],
])('%s', async (_, actions, status, statuses) => {
  const finished = await open().run(definitionOf(actions));
  expect(finished.statuses).toEqual(statuses);
  expect(finished.document.status).toBe(status);
});

test('a skipped action says which runAfter was not satisfied', async () => {
  const { action } = await open().run(
    definitionOf({ A: failing(), B: composed(1, { A: ['Succeeded'] }) }),
  );
  expect(action('B')).toMatchObject({
    code: 'ActionSkipped',
    error: { code: 'ActionConditionFailed' },
  });
  expect(action('B').error?.message).toContain(
    "Expected status values 'Succeeded' and actual value 'Failed'",
  );
});

test('an expression that cannot be evaluated fails the action with InvalidTemplate', async () => {
  const { action } = await open().run(definitionOf({ A: composed("@variables('none')") }));
  expect(action('A')).toMatchObject({
    status: 'Failed',
    code: 'BadRequest',
    error: { code: 'InvalidTemplate' },
  });
  expect(action('A').error?.message).toMatch(
    /^Unable to process template language expressions in action 'A'/,
  );
});

test('a Response answers the waiting caller; with nobody waiting it is Skipped', async () => {
  const definition = definitionOf({
    R: { type: 'Response', inputs: { statusCode: 201, body: { a: 1 } } },
  });
  const answered = await open().run(definition, { waiting: true });
  expect(answered.reply).toEqual({ statusCode: 201, body: { a: 1 } });
  const alone = await open().run(definition, { waiting: false });
  expect(alone.action('R')).toMatchObject({
    status: 'Skipped',
    error: { code: 'ActionResponseSkipped' },
  });
  expect(alone.reply).toBeUndefined();
});

test('trackedProperties are evaluated from the finished action', async () => {
  const { action } = await open().run(
    definitionOf({
      A: { ...composed(5), trackedProperties: { twice: '@add(action().outputs, 5)' } },
    }),
  );
  expect(action('A').tracked).toEqual({ twice: 10 });
});

test('limit.timeout stops an action and marks it TimedOut, the run Failed', async () => {
  const { statuses, document, action } = await open().run(
    definitionOf({
      W: {
        type: 'Wait',
        inputs: { interval: { count: 1, unit: 'Hour' } },
        limit: { timeout: 'PT10S' },
      },
    }),
  );
  expect(statuses).toEqual({ W: 'TimedOut' });
  expect(action('W').code).toBe('ActionTimedOut');
  expect(document.status).toBe('Failed');
});

test('cancelling a run cancels what runs and skips what never began', async () => {
  const { start, engine, store } = open();
  const run = await start(
    definitionOf({
      W: { type: 'Wait', inputs: { interval: { count: 1, unit: 'Hour' } } },
      B: composed(1, { W: ['Succeeded'] }),
    }),
  );
  await engine.cancel(run.document.hexId, run.document.name);
  expect(run.document.status).toBe('Cancelled');
  expect(statusesOf(await readHistory(store, run.document))).toEqual({
    B: 'Skipped',
    W: 'Cancelled',
  });
});

const chain = definitionOf({
  Init: {
    type: 'InitializeVariable',
    inputs: { variables: [{ name: 'sum', type: 'Integer', value: 0 }] },
  },
  Loop: {
    type: 'Foreach',
    foreach: '@createArray(1,2,3,4,5)',
    runtimeConfiguration: { concurrency: { repetitions: 2 } },
    runAfter: { Init: ['Succeeded'] },
    actions: {
      Call: {
        type: 'Http',
        inputs: { method: 'GET', uri: "http://host.example/@{items('Loop')}" },
      },
      Add: {
        type: 'IncrementVariable',
        inputs: { name: 'sum', value: "@body('Call').n" },
        runAfter: { Call: ['Succeeded'] },
      },
    },
  },
  Again: {
    type: 'Until',
    expression: "@greater(variables('sum'), 16)",
    runAfter: { Loop: ['Succeeded'] },
    actions: {
      Pause: { type: 'Wait', inputs: { interval: { count: 5, unit: 'Second' } } },
      More: {
        type: 'IncrementVariable',
        inputs: { name: 'sum' },
        runAfter: { Pause: ['Succeeded'] },
      },
    },
  },
  Branch: {
    type: 'If',
    runAfter: { Again: ['Succeeded'] },
    expression: { equals: ["@variables('sum')", 17] },
    actions: { Right: composed("@variables('sum')") },
    else: { actions: { Wrong: composed(0) } },
  },
  Answer: { type: 'Response', inputs: { statusCode: 200 }, runAfter: { Branch: ['Succeeded'] } },
});
const hosts = {
  'host.example': ({ url }: { url: string }) => ({
    body: { n: Number(new URL(url).pathname.slice(1)) },
  }),
};

/** Fails for good after `commits` writes, as a process that is killed. */
function killedAfter(store: Store, commits: number): Store {
  let left = commits;
  return {
    ...store,
    write: (batch) => (left-- > 0 ? store.write(batch) : Promise.reject(new Error('killed'))),
  };
}

async function commitsOf(): Promise<number> {
  let commits = 0;
  const inner = memoryStore();
  const store: Store = {
    ...inner,
    write: (batch) => {
      commits++;
      return inner.write(batch);
    },
  };
  const calm = open({ store, hosts });
  const { document, statuses } = await calm.run(chain, { waiting: true });
  expect(document.status).toBe('Succeeded');
  expect(statuses).toMatchObject({ Right: 'Succeeded', Wrong: 'Skipped', Answer: 'Succeeded' });
  return commits;
}

test('a run killed after any commit continues to the same end; only the Response is Skipped', async () => {
  const commits = await commitsOf();
  expect(commits).toBeGreaterThan(5);
  for (let kill = 1; kill < commits; kill++) {
    const inner = memoryStore();
    const first = open({ store: killedAfter(inner, kill), hosts });
    const run = await first.start(chain, { waiting: true });
    const failed = first.finish(run).catch((error: Error) => error.message);
    expect(await failed).toBe('killed');
    await first.close();

    const second = open({ store: inner, clock: first.clock, hosts });
    second.workflow(chain);
    await second.jobs.start();
    const { hexId, name } = run.document;
    const again = second.engine.find(hexId, name);
    expect(again, `killed after commit ${kill}`).toBeDefined();
    const { statuses, action, document } = await second.finish(again!);
    expect(document.status, `killed after commit ${kill}`).toBe('Succeeded');
    expect(action('Right').outputs, `killed after commit ${kill}`).toBe(17);
    expect(statuses.Answer, `killed after commit ${kill}`).toBe('Skipped');
    expect((await inner.get<RunDocument>('logic-apps.run', `${hexId}/${name}`))?.value.epoch).toBe(
      2,
    );
    await settle();
    expect(await inner.scan('jobs')).toEqual([]);
    await second.close();
  }
});
