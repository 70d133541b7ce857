// The management tree: runs, actions, repetitions, contents.
import { afterEach, expect, test } from 'vitest';
import type { JsonObject } from '../../../base/index.ts';
import { below, call, closeWorlds, definition, flow, put, urlOf, world } from '../testing/world.ts';

afterEach(closeWorlds);

test('runs, actions and repetitions are listed as the management API does; secured values stay out', async () => {
  const made = await world();
  await put(made.resources, flow, {
    properties: {
      definition: definition({
        Secret: {
          type: 'Compose',
          inputs: 'hush',
          runtimeConfiguration: { secureData: { properties: ['inputs'] } },
          runAfter: {},
        },
        Reader: {
          type: 'Compose',
          inputs: "@outputs('Secret')",
          runAfter: { Secret: ['Succeeded'] },
        },
        Loop: {
          type: 'Foreach',
          foreach: '@createArray(1,2)',
          actions: { Inner: { type: 'Compose', inputs: '@item()' } },
          runAfter: { Reader: ['Succeeded'] },
        },
      }),
    },
  });
  await call(made.logicApps.service, await urlOf(made), {
    body: '{}',
    headers: { 'x-ms-client-tracking-id': 'mine' },
  });
  const list = (await below(made, 'GET', ['runs']))!.body as {
    value: { name: string; properties: JsonObject }[];
  };
  const [run] = list.value;
  expect(run!.properties).toMatchObject({
    status: 'Succeeded',
    correlation: { clientTrackingId: 'mine' },
  });
  const actions = (await below(made, 'GET', ['runs', run!.name, 'actions']))!.body as {
    value: { name: string; properties: JsonObject }[];
  };
  const byName = new Map(actions.value.map(({ name, properties }) => [name, properties]));
  expect([...byName.keys()].sort()).toEqual(['Inner', 'Loop', 'Reader', 'Secret']);
  for (const name of ['Secret', 'Reader']) {
    expect(byName.get(name)).not.toHaveProperty('inputsLink');
    expect(byName.get(name)).not.toHaveProperty('outputsLink');
  }
  expect(byName.get('Inner')).toMatchObject({ repetitionCount: 2 });
  const repetition = (await below(made, 'GET', [
    'runs',
    run!.name,
    'actions',
    'Inner',
    'repetitions',
    '000001',
  ]))!.body as { properties: { outputsLink: { uri: string } } };
  const content = await call(made.logicApps.service, repetition.properties.outputsLink.uri, {
    method: 'GET',
  });
  expect(content.text).toBe('2');
  const tampered = repetition.properties.outputsLink.uri.replace('000001', '000000');
  expect((await call(made.logicApps.service, tampered, { method: 'GET' })).status).toBe(401);
  expect(await below(made, 'GET', ['nothing'])).toBeUndefined();
  await expect(below(made, 'GET', ['runs', 'none'])).rejects.toMatchObject({
    status: 404,
    code: 'WorkflowRunNotFound',
  });
  const failed = (await below(made, 'GET', ['runs'], { $filter: "status eq 'Failed'" }))!.body as {
    value: [];
  };
  expect(failed.value).toEqual([]);
  await expect(below(made, 'GET', ['runs'], { $filter: 'x eq 1' })).rejects.toThrow(
    /not supported/,
  );
});

test('a list of runs continues at its nextLink', async () => {
  const made = await world();
  await put(made.resources, flow, { properties: { definition: definition({}) } });
  for (let i = 0; i < 3; i++) await made.logicApps.startRun(flow);
  const first = (await below(made, 'GET', ['runs'], { $top: '2' }))!.body as {
    value: { name: string }[];
    nextLink: string;
  };
  expect(first.value).toHaveLength(2);
  const query = Object.fromEntries(new URL(first.nextLink).searchParams);
  const second = (await below(made, 'GET', ['runs'], query))!.body as {
    value: { name: string }[];
    nextLink?: string;
  };
  expect(second.value).toHaveLength(1);
  expect(second.nextLink).toBeUndefined();
});

test('a deleted workflow takes its runs along', async () => {
  const made = await world();
  await put(made.resources, flow, { properties: { definition: definition({}) } });
  await made.logicApps.startRun(flow);
  await made.resources.delete(flow);
  expect(await made.store.scan('logic-apps.run')).toEqual([]);
  expect(await made.logicApps.workflowIds()).toEqual([]);
});
