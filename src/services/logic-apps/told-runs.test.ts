// What a recorded run tells expressions that are tried on it.
import { afterEach, expect, test } from 'vitest';
import type { JsonObject } from '../../base/index.ts';
import { closeWorlds, definition, flow, put, world } from './testing/world.ts';

afterEach(closeWorlds);

const secure = (...properties: string[]) => ({
  runtimeConfiguration: { secureData: { properties } },
});

async function givenOf(actions: JsonObject, trigger: JsonObject = {}): Promise<string> {
  const made = await world();
  await put(made.resources, flow, { properties: { definition: definition(actions, trigger) } });
  const { id } = await made.logicApps.startRun(flow, { body: { secret: 'trigger-secret' } });
  await made.logicApps.waitForRun(id);
  return (await made.logicApps.givenOfRun(id)) ?? '';
}

const compose = (inputs: unknown, more: JsonObject = {}) =>
  ({ type: 'Compose', inputs, runAfter: {}, ...more }) as JsonObject;
const initialize = {
  type: 'InitializeVariable',
  inputs: { variables: [{ name: 'total', type: 'Integer', value: 7 }] },
  runAfter: {},
};

test('trigger outputs, inputs and outputs of actions and variables, numbers as they are', async () => {
  const text = await givenOf({ A: compose('@createArray(float(5), 5)'), V: initialize });
  expect(text).toContain('"outputs":[5.0,5]');
  expect(JSON.parse(text)).toMatchObject({
    trigger: {
      name: 'manual',
      status: 'Succeeded',
      outputs: { body: { secret: 'trigger-secret' } },
    },
    actions: { A: { status: 'Succeeded', inputs: [5, 5] } },
    variables: { total: 7 },
  });
});

test('secured inputs and outputs are left out, and every variable beside them', async () => {
  const text = await givenOf({
    A: compose("@concat('hid', 'den')", secure('inputs', 'outputs')),
    B: compose("@outputs('A')", { runAfter: { A: ['Succeeded'] } }),
    V: initialize,
  });
  expect(text).not.toContain('hidden');
  const given = JSON.parse(text) as { actions: Record<string, object>; variables?: object };
  expect(Object.keys(given.actions.A!)).not.toContain('outputs');
  expect(given.variables).toBeUndefined();
});

test('secured outputs of the trigger are left out', async () => {
  expect(await givenOf({ A: compose(1) }, secure('inputs', 'outputs'))).not.toContain(
    'trigger-secret',
  );
});

test('an action in a loop gives its last turn', async () => {
  const loop = {
    type: 'Foreach',
    foreach: '@createArray(1, 2, 3)',
    operationOptions: 'Sequential',
    actions: { A: compose("@items('L')") },
    runAfter: {},
  };
  expect(JSON.parse(await givenOf({ L: loop }))).toMatchObject({ actions: { A: { outputs: 3 } } });
});

test('a run that is not there gives nothing', async () => {
  const made = await world();
  expect(await made.logicApps.givenOfRun(`${flow}/runs/08584`)).toBeUndefined();
});
