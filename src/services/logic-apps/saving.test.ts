// What is refused, by name, when a workflow is saved.
import { afterEach, expect, test } from 'vitest';
import type { JsonObject } from '../../base/index.ts';
import { closeWorlds, definition, echo, flow, put, site, world } from './testing/world.ts';

afterEach(closeWorlds);

test.each<[string, JsonObject, RegExp]>([
  [
    'an unsupported action',
    { A: { type: 'ApiConnection', inputs: {} } },
    /actions of type 'ApiConnection' are not supported yet/,
  ],
  [
    'an unknown action',
    { A: { type: 'Nonsense', inputs: {} } },
    /'Nonsense' is not a type of actions/,
  ],
  [
    'a broken runAfter',
    { A: { type: 'Compose', inputs: 1, runAfter: { B: ['Succeeded'] } } },
    /runs after 'B', which is not an action beside it/,
  ],
  [
    'a circle',
    {
      A: { type: 'Compose', inputs: 1, runAfter: { B: [] } },
      B: { type: 'Compose', inputs: 1, runAfter: { A: [] } },
    },
    /wait for each other/,
  ],
  [
    'an unknown function in an untaken branch',
    { A: { type: 'Compose', inputs: '@if(true, 1, nonsense())' } },
    /'nonsense' is not defined/,
  ],
  [
    'a reference to no action',
    { A: { type: 'Compose', inputs: "@body('Z')" } },
    /'Z' referenced by 'A' are not defined/,
  ],
  [
    'an expression that does not parse',
    { A: { type: 'Compose', inputs: '@concat(' } },
    /definition\.actions\.A\.inputs/,
  ],
  [
    'a variable inside a scope',
    {
      S: {
        type: 'Scope',
        actions: {
          V: { type: 'InitializeVariable', inputs: { variables: [{ name: 'v', type: 'String' }] } },
        },
      },
    },
    /top level/,
  ],
  [
    'inline code without an integration account',
    { J: { type: 'JavaScriptCode', inputs: { code: 'return 1;' } } },
    /integration account/,
  ],
  [
    'pagination',
    {
      H: {
        type: 'Http',
        inputs: { method: 'GET', uri: 'https://x' },
        runtimeConfiguration: { paginationPolicy: { minimumItemCount: 5 } },
      },
    },
    /pagination is not supported yet/,
  ],
  [
    'a redirecting Response',
    { R: { type: 'Response', inputs: { statusCode: 302 } } },
    /2xx, 4xx or 5xx/,
  ],
  [
    'an unknown authentication',
    {
      H: {
        type: 'Http',
        inputs: { method: 'GET', uri: 'https://x', authentication: { type: 'Magic' } },
      },
    },
    /'Magic' is not a type of authentication/,
  ],
  [
    'an authentication without its members',
    {
      H: {
        type: 'Http',
        inputs: {
          method: 'GET',
          uri: 'https://x',
          authentication: { type: 'ActiveDirectoryOAuth', tenant: 't' },
        },
      },
    },
    /needs 'audience', 'clientId'/,
  ],
])('%s is refused when the workflow is saved', async (_, actions, message) => {
  const made = await world();
  await expect(
    put(made.resources, flow, { properties: { definition: definition(actions) } }),
  ).rejects.toMatchObject({
    status: 400,
    code: 'InvalidTemplate',
    message: expect.stringMatching(message),
  });
  expect(await made.resources.get(flow)).toBeUndefined();
});

test.each<[string, JsonObject, RegExp]>([
  [
    'an unsupported trigger',
    { type: 'Http', inputs: {} },
    /triggers of type 'Http' are not supported yet/,
  ],
  ['an unknown trigger', { type: 'Nonsense' }, /'Nonsense' is not a type of triggers/],
  [
    'a wrong frequency',
    { type: 'Recurrence', recurrence: { frequency: 'Eon', interval: 1 } },
    /'eon' is not a frequency/,
  ],
])('%s is refused when the workflow is saved', async (_, trigger, message) => {
  const made = await world();
  const saved = put(made.resources, flow, {
    properties: { definition: { ...definition({}), triggers: { t: trigger } } },
  });
  await expect(saved).rejects.toThrow(message);
});

test('a parameter without a value is refused', async () => {
  const made = await world();
  const saved = put(made.resources, flow, {
    properties: { definition: { ...definition({}), parameters: { p: { type: 'String' } } } },
  });
  await expect(saved).rejects.toThrow(/the parameter 'p' has no value/);
});

test('accessControl, and sites that are no Logic Apps, are refused by name', async () => {
  const { resources } = await world();
  const guarded = { properties: { definition: echo, accessControl: { triggers: {} } } };
  await expect(put(resources, flow, guarded)).rejects.toThrow(
    /'accessControl' is not supported yet/,
  );
  await expect(put(resources, site, { kind: 'app', properties: {} })).rejects.toThrow(
    /only Standard Logic Apps/,
  );
});
