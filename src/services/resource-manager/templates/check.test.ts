import { describe, expect, it } from 'vitest';
import type { Json, JsonObject } from '../../../base/index.ts';
import type { ResourceType } from '../../../resources/index.ts';
import { checkTemplate } from './check.ts';

const types: ResourceType[] = ['Test.Boxes/boxes', 'Microsoft.Resources/deployments'].map(
  (type) => ({
    type,
    apiVersions: ['2024-01-01'],
    location: false,
    prepare: async () => ({}),
  }),
);

const box = (name: string, extra: JsonObject = {}): JsonObject => ({
  type: 'Test.Boxes/boxes',
  apiVersion: '2024-01-01',
  name,
  ...extra,
});

const check = (members: JsonObject, parameters: JsonObject = {}, unknown: string[] = []) =>
  checkTemplate({
    template: {
      $schema: 'https://schema.management.azure.com/schemas/2019-04-01/deploymentTemplate.json#',
      contentVersion: '1.0.0.0',
      resources: [],
      ...members,
    },
    parameters,
    unknown,
    place: { tenantId: 't', subscriptionId: 's', resourceGroup: 'g' },
    types,
  });

describe('a template is checked before anything is written', () => {
  it('and has no fault where all is well', () => {
    const faults = check(
      {
        parameters: { p: { type: 'string', metadata: { description: '[not an expression' } } },
        resources: [
          box("[concat(parameters('p'), uniqueString(resourceGroup().id))]", {
            properties: { later: "[reference('x').y]", now: '[deployment().name]' },
          }),
        ],
      },
      { p: { value: 'x' } },
    );
    expect(faults).toEqual([]);
  });

  const faults: [
    rule: string,
    members: JsonObject,
    parameters: JsonObject,
    path: string,
    message: string,
  ][] = [
    [
      'an expression',
      { outputs: { o: { type: 'string', value: '[nosuch()]' } } },
      {},
      'outputs.o.value',
      "'nosuch'",
    ],
    [
      'a type',
      { resources: [{ ...box('a'), type: 'No.Such/type' }] },
      {},
      'resources[0].type',
      'No.Such/type',
    ],
    [
      'a missing value',
      { parameters: { p: { type: 'int' } } },
      {},
      'parameters.p',
      'is not provided',
    ],
    [
      'a wrong value',
      { parameters: { p: { type: 'int' } } },
      { p: { value: 'x' } },
      'parameters.p',
      'Actual',
    ],
    ['a superfluous value', {}, { p: { value: 'x' } }, 'parameters.p', 'not valid'],
    [
      'a dependency',
      { resources: [box('a', { dependsOn: ['b'] })] },
      {},
      'resources[0].dependsOn[0]',
      'not defined',
    ],
    ['a section', { resources: 1 }, {}, 'resources', 'array'],
    [
      'a nested template',
      {
        resources: [
          {
            type: 'Microsoft.Resources/deployments',
            apiVersion: '2024-01-01',
            name: 'n',
            properties: { template: { resources: [] } },
          },
        ],
      },
      {},
      'resources[0].properties.template.$schema',
      '$schema',
    ],
  ];
  it.each(faults)(
    'and %s that is wrong is named with its path',
    (_rule, members, parameters, path, message) => {
      const [fault] = check(members, parameters);
      expect(fault).toMatchObject({ path, message: expect.stringContaining(message) });
    },
  );

  it('gives all faults of a kind at once', () => {
    const template = { parameters: { a: { type: 'int' }, b: { type: 'int' } } };
    expect(check(template).map((fault) => fault.path)).toEqual(['parameters.a', 'parameters.b']);
  });

  it('takes values that come later for granted, and still checks the rest', () => {
    const members = (name: string) => ({
      parameters: { later: { type: 'string' } },
      resources: [box("[parameters('later')]"), box(name), box('c', { dependsOn: ['d'] })],
    });
    expect(check(members('b'), {}, ['LATER'])).toEqual([]);
    expect(check(members('a/b'), {}, ['later'])[0]?.message).toContain('segment lengths');
  });

  it('does not pass over a defect of ours', () => {
    const broken = {
      get type(): Json {
        throw new Error('defect');
      },
    } as unknown as JsonObject;
    expect(() => check({ resources: [broken] })).toThrow('defect');
  });
});
