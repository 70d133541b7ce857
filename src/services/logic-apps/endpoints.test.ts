// Calls of triggers: who may call, what the run gets, what the caller gets.
import { afterEach, expect, test } from 'vitest';
import type { JsonObject } from '../../base/index.ts';
import { settle } from './testing/stage.ts';
import {
  call,
  closeWorlds,
  definition,
  echo,
  flow,
  group,
  put,
  urlOf,
  world,
} from './testing/world.ts';

afterEach(closeWorlds);

test('a caller of the signed address gets the Response, with the headers of its run', async () => {
  const made = await world();
  await put(made.resources, flow, { properties: { definition: echo } });
  const url = await urlOf(made);
  expect(url).toMatch(
    /^https:\/\/prod-\d\d\.westeurope\.logic\.azure\.com:443\/workflows\/[0-9a-f]{32}\/triggers\/manual\/paths\/invoke\?api-version=2016-10-01&sp=%2Ftriggers%2Fmanual%2Frun&sv=1\.0&sig=[\w-]{43}$/,
  );
  const answer = await call(made.logicApps.service, url, { body: '{"n":5.0}' });
  expect(answer).toMatchObject({ status: 200, text: '{"n":5.0}' });
  expect(answer.headers).toMatchObject({
    'x-own': 'yes',
    'content-type': 'application/json; charset=utf-8',
  });
  expect(answer.headers['set-cookie']).toBeUndefined();
  expect(answer.headers['x-ms-workflow-run-id']).toMatch(/^\d{29}CU\d\d$/);
  expect(answer.headers['x-ms-client-tracking-id']).toBe(answer.headers['x-ms-workflow-run-id']);
});

test.each<[string, (url: URL) => void, Record<string, string>, number, string]>([
  [
    'no signature',
    (url) => url.searchParams.delete('sig'),
    {},
    401,
    'DirectApiAuthorizationRequired',
  ],
  [
    'a wrong signature',
    (url) => url.searchParams.set('sig', 'x'.repeat(43)),
    {},
    401,
    'AuthorizationFailed',
  ],
  [
    'another permission',
    (url) => url.searchParams.set('sp', '/triggers/other/run'),
    {},
    401,
    'AuthorizationFailed',
  ],
  [
    'a signature and a bearer token',
    () => undefined,
    { authorization: 'Bearer x' },
    401,
    'DirectApiRequestHasMoreThanOneAuthorization',
  ],
  [
    'an unknown trigger',
    (url) => {
      url.pathname = url.pathname.replace('manual', 'other');
    },
    {},
    404,
    'WorkflowTriggerNotFound',
  ],
  [
    'an unknown workflow',
    (url) => {
      url.pathname = url.pathname.replace(/[0-9a-f]{32}/, '0'.repeat(32));
    },
    {},
    404,
    'WorkflowNotFound',
  ],
  [
    'a path the trigger does not have',
    (url) => {
      url.pathname += '/more';
    },
    {},
    404,
    'TriggerRelativePathNotMatched',
  ],
])('%s is refused', async (_, change, headers, status, code) => {
  const made = await world();
  await put(made.resources, flow, { properties: { definition: echo } });
  const url = new URL(await urlOf(made));
  change(url);
  const answer = await call(made.logicApps.service, url.href, { body: '{}', headers });
  expect([answer.status, answer.json().error.code]).toEqual([status, code]);
});

test('a disabled workflow refuses its callers until it is enabled', async () => {
  const made = await world();
  await put(made.resources, flow, { properties: { definition: echo } });
  const url = await urlOf(made);
  const act = async (name: string) => {
    const resource = (await made.resources.get(flow))!;
    await made.resources.typeOf(resource.type)!.actions![name]!({
      resource,
      apiVersion: '2019-05-01',
      body: {},
      query: {},
      origin: '',
    });
  };
  await act('disable');
  expect((await call(made.logicApps.service, url, { body: '{}' })).json().error.code).toBe(
    'WorkflowTriggerIsNotEnabled',
  );
  await act('enable');
  expect((await call(made.logicApps.service, url, { body: '{}' })).status).toBe(200);
});

test('a regenerated key ends the addresses that were signed with it', async () => {
  const made = await world();
  await put(made.resources, flow, { properties: { definition: echo } });
  const url = await urlOf(made);
  const resource = (await made.resources.get(flow))!;
  await made.resources.typeOf(resource.type)!.actions!.regenerateAccessKey!({
    resource,
    apiVersion: '',
    body: { keyType: 'Primary' },
    query: {},
    origin: '',
  });
  expect((await call(made.logicApps.service, url, { body: '{}' })).status).toBe(401);
  expect((await call(made.logicApps.service, await urlOf(made), { body: '{}' })).status).toBe(200);
});

test('without a Response the caller gets 202 at once, with the address of the run', async () => {
  const made = await world();
  await put(made.resources, flow, {
    properties: {
      definition: definition({
        W: { type: 'Wait', inputs: { interval: { count: 10, unit: 'Second' } } },
      }),
    },
  });
  const answer = await call(made.logicApps.service, await urlOf(made), { body: '{}' });
  expect(answer.status).toBe(202);
  const running = await call(made.logicApps.service, answer.headers.location!, { method: 'GET' });
  expect(running.status).toBe(202);
  made.clock.advance(10_000);
  await settle(20);
  const ended = await call(made.logicApps.service, answer.headers.location!, { method: 'GET' });
  expect(ended.json().properties.status).toBe('Succeeded');
});

test('an asynchronous Response answers 202, and then whoever asks at its location', async () => {
  const made = await world();
  await put(made.resources, flow, {
    properties: {
      definition: definition({
        W: { type: 'Wait', inputs: { interval: { count: 10, unit: 'Second' } } },
        R: {
          type: 'Response',
          inputs: { statusCode: 200, body: 'late' },
          operationOptions: 'Asynchronous',
          runAfter: { W: ['Succeeded'] },
        },
      }),
    },
  });
  const { status, headers } = await call(made.logicApps.service, await urlOf(made), { body: '{}' });
  expect(status).toBe(202);
  made.clock.advance(10_000);
  await settle(20);
  expect(await call(made.logicApps.service, headers.location!, { method: 'GET' })).toMatchObject({
    status: 200,
    text: 'late',
  });
});

test('a run that ends without reaching its Response answers 502 NoResponse; a slow one 504', async () => {
  const made = await world();
  const actions = {
    A: { type: 'Compose', inputs: "@int('x')", runAfter: {} },
    R: { type: 'Response', inputs: { statusCode: 200 }, runAfter: { A: ['Succeeded'] } },
  };
  await put(made.resources, flow, { properties: { definition: definition(actions) } });
  const none = await call(made.logicApps.service, await urlOf(made), { body: '{}' });
  expect([none.status, none.json().error.code]).toEqual([502, 'NoResponse']);
  const slow = {
    W: { type: 'Wait', inputs: { interval: { count: 1, unit: 'Hour' } }, runAfter: {} },
    R: { type: 'Response', inputs: { statusCode: 200 }, runAfter: { W: ['Succeeded'] } },
  };
  await put(made.resources, flow, { properties: { definition: definition(slow) } });
  const pending = call(made.logicApps.service, await urlOf(made), { body: '{}' });
  await settle(20);
  made.clock.advance(120_000);
  expect((await pending).status).toBe(504);
});

test('method, relative path and queries of the request reach the run', async () => {
  const made = await world();
  const trigger = { inputs: { method: 'GET', relativePath: '/orders/{id}' } };
  const answer = {
    R: {
      type: 'Response',
      inputs: {
        statusCode: 200,
        body: { p: '@triggerOutputs().relativePathParameters', q: '@triggerOutputs().queries' },
      },
      runAfter: {},
    },
  };
  await put(made.resources, flow, { properties: { definition: definition(answer, trigger) } });
  const url = (await urlOf(made)).replace('{id}', 'a%20b');
  const got = await call(made.logicApps.service, `${url}&top=5`, { method: 'GET' });
  expect(got.json()).toEqual({ p: { id: 'a b' }, q: { top: '5' } });
  expect(
    (await call(made.logicApps.service, url, { method: 'POST', body: '{}' })).json().error.code,
  ).toBe('TriggerRequestMethodNotValid');
});

test('a body that does not fit the schema is refused where validation is on', async () => {
  const made = await world();
  const schema = { type: 'object', required: ['id'] };
  await put(made.resources, flow, {
    properties: {
      definition: definition(echo.actions as JsonObject, {
        inputs: { schema },
        operationOptions: 'EnableSchemaValidation',
      }),
    },
  });
  const url = await urlOf(made);
  expect((await call(made.logicApps.service, url, { body: '{}' })).json().error.code).toBe(
    'TriggerInputSchemaMismatch',
  );
  expect((await call(made.logicApps.service, url, { body: '{"id":1}' })).status).toBe(200);
});

test('splitOn starts a run per item; a condition that does not hold starts none', async () => {
  const made = await world();
  await put(made.resources, flow, {
    properties: {
      definition: definition(
        { A: { type: 'Compose', inputs: '@triggerBody()', runAfter: {} } },
        {
          splitOn: '@triggerBody()',
          conditions: [{ expression: '@greater(length(triggerBody()), 1)' }],
        },
      ),
    },
  });
  const url = await urlOf(made);
  await call(made.logicApps.service, url, { body: '[1]' });
  expect(await made.logicApps.runs(flow)).toEqual([]);
  await call(made.logicApps.service, url, { body: '[1,2,3]' });
  const runs = await made.logicApps.runs(flow);
  const outputs = await Promise.all(
    runs.map(async ({ id }) => (await made.logicApps.run(id))!.actions[0]!.outputs),
  );
  expect(outputs.sort()).toEqual([1, 2, 3]);
});

test('a Recurrence fires on the clock, and missed times are not made up', async () => {
  const made = await world();
  await put(made.resources, flow, {
    properties: {
      definition: {
        ...definition({ A: { type: 'Compose', inputs: 1, runAfter: {} } }),
        triggers: {
          Every: { type: 'Recurrence', recurrence: { frequency: 'Minute', interval: 5 } },
        },
      },
    },
  });
  for (let minute = 0; minute < 11; minute++) {
    made.clock.advance(60_000);
    await settle(20);
  }
  expect(await made.logicApps.runs(flow)).toHaveLength(2);
});

test('a workflow calls another and takes its Response; one without a Response is refused', async () => {
  const made = await world();
  const child = `${group}/providers/Microsoft.Logic/workflows/child`;
  await put(made.resources, child, { properties: { definition: echo } });
  const parent = definition({
    Call: {
      type: 'Workflow',
      inputs: { host: { triggerName: 'manual', workflow: { id: child } }, body: { a: 1 } },
      runAfter: {},
    },
  });
  await put(made.resources, flow, { properties: { definition: parent } });
  const first = (await made.logicApps.waitForRun((await made.logicApps.startRun(flow)).id))!;
  expect(first.actions[0]).toMatchObject({
    status: 'Succeeded',
    outputs: { statusCode: 200, body: { a: 1 } },
  });
  await put(made.resources, child, { properties: { definition: definition({}) } });
  const second = (await made.logicApps.waitForRun((await made.logicApps.startRun(flow)).id))!;
  expect(second.actions[0]).toMatchObject({
    status: 'Failed',
    code: 'NestedWorkflowDoesNotContainResponseAction',
  });
});

test('when the caller has gone, its Response is Skipped and nobody gets an answer', async () => {
  const made = await world();
  const actions = {
    W: { type: 'Wait', inputs: { interval: { count: 10, unit: 'Second' } }, runAfter: {} },
    R: { type: 'Response', inputs: { statusCode: 200 }, runAfter: { W: ['Succeeded'] } },
  };
  await put(made.resources, flow, { properties: { definition: definition(actions) } });
  const caller = new AbortController();
  const pending = call(made.logicApps.service, await urlOf(made), { body: '{}' }, caller.signal);
  await settle(20);
  caller.abort();
  await pending;
  made.clock.advance(10_000);
  await settle(20);
  const [run] = await made.logicApps.runs(flow);
  const { actions: told } = (await made.logicApps.run(run!.id))!;
  expect(told.find(({ name }) => name === 'R')).toMatchObject({
    status: 'Skipped',
    error: { code: 'ActionResponseSkipped' },
  });
});

test('a trigger beyond its concurrency answers 429', async () => {
  const made = await world();
  const actions = {
    W: { type: 'Wait', inputs: { interval: { count: 1, unit: 'Hour' } }, runAfter: {} },
  };
  const trigger = { runtimeConfiguration: { concurrency: { runs: 1, maximumWaitingRuns: 1 } } };
  await put(made.resources, flow, { properties: { definition: definition(actions, trigger) } });
  const url = await urlOf(made);
  const statuses = [];
  for (let i = 0; i < 3; i++)
    statuses.push((await call(made.logicApps.service, url, { body: '{}' })).status);
  expect(statuses).toEqual([202, 202, 429]);
});

test('a workflow that calls itself ends at the bound of calls inside one another', async () => {
  const made = await world();
  const actions = {
    Self: {
      type: 'Workflow',
      inputs: { host: { triggerName: 'manual', workflow: { id: flow } } },
      runAfter: {},
    },
    R: {
      type: 'Response',
      inputs: { statusCode: 200 },
      runAfter: { Self: ['Succeeded', 'Failed'] },
    },
  };
  await put(made.resources, flow, { properties: { definition: definition(actions) } });
  const { id, answered } = await made.logicApps.startRun(flow);
  await answered;
  const runs = await made.logicApps.runs(flow, 100);
  expect(runs).toHaveLength(51);
  expect(runs.at(-1)!.id).toBe(id);
  const last = (await made.logicApps.run(runs[0]!.id))!;
  expect(last.actions[0]!.code).toBe('NestedCallsLimitExceeded');
});

test('an address that was asked to end is refused after its time', async () => {
  const made = await world();
  await put(made.resources, flow, { properties: { definition: echo } });
  const url = await urlOf(made, flow, { NotAfter: '2026-01-01T01:00:00Z' });
  expect((await call(made.logicApps.service, url, { body: '{}' })).status).toBe(200);
  made.clock.advance(3_600_000);
  const late = await call(made.logicApps.service, url, { body: '{}' });
  expect([late.status, late.json().error.code]).toEqual([401, 'AuthorizationFailed']);
});
