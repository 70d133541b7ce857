import { describe, expect, it } from 'vitest';
import type { Json, JsonObject } from '../../../base/index.ts';
import {
  createCloud,
  group,
  home,
  reader,
  stranger,
  sub,
  subscription,
} from '../fixtures/cloud.ts';

const schema = 'https://schema.management.azure.com/schemas/2019-04-01/deploymentTemplate.json#';

const templateOf = (members: JsonObject): JsonObject => ({
  $schema: schema,
  contentVersion: '1.0.0.0',
  resources: [],
  ...members,
});

const box = (name: string, extra: JsonObject = {}): JsonObject => ({
  type: 'Test.Boxes/boxes',
  apiVersion: '2024-01-01',
  name,
  location: '[resourceGroup().location]',
  ...extra,
});

async function setUp() {
  const cloud = await createCloud();
  await cloud.withGroup();
  return cloud;
}

const outputsOf = (answer: { body: JsonObject }): Record<string, Json> => {
  const { outputs, error } = answer.body.properties as JsonObject;
  if (error) throw new Error(JSON.stringify(error));
  return Object.fromEntries(
    Object.entries(outputs as JsonObject).map(([name, output]) => [
      name,
      (output as JsonObject).value ?? null,
    ]),
  );
};

const errorOf = (answer: { body: JsonObject }) =>
  ((answer.body.properties as JsonObject)?.error ?? answer.body.error) as JsonObject;

const outputs = (members: Record<string, [type: string, value: Json]>): JsonObject =>
  Object.fromEntries(
    Object.entries(members).map(([name, [type, value]]) => [name, { type, value }]),
  );

describe('a deployment', () => {
  it('writes resources with parameters, variables and outputs', async () => {
    const cloud = await setUp();
    const answer = await cloud.deploy(
      templateOf({
        parameters: { name: { type: 'string' }, size: { type: 'int', defaultValue: 3 } },
        variables: { full: "[concat(parameters('name'), '-', uniqueString(resourceGroup().id))]" },
        resources: [box("[variables('full')]", { properties: { size: "[parameters('size')]" } })],
        outputs: outputs({
          id: ['string', "[resourceId('Test.Boxes/boxes', variables('full'))]"],
          url: ['string', "[reference(resourceId('Test.Boxes/boxes', variables('full'))).url]"],
          size: ['int', "[reference(variables('full')).size]"],
        }),
      }),
      { NAME: { value: 'b' } },
    );
    const { id, url, size } = outputsOf(answer);
    expect(size).toBe(3);
    expect(url).toMatch(/^https:\/\/b-[a-z2-7]{13}\.boxes\.test\/$/);
    expect(await cloud.resources.get(String(id))).toMatchObject({ location: 'westeurope' });
    expect(answer.body.properties).toMatchObject({
      provisioningState: 'Succeeded',
      mode: 'Incremental',
      parameters: { name: { type: 'String', value: 'b' }, size: { type: 'Int', value: 3 } },
      outputResources: [{ id }],
    });
  });

  it('never shows secure parameters and outputs', async () => {
    const cloud = await setUp();
    const answer = await cloud.deploy(
      templateOf({
        parameters: { secret: { type: 'securestring' } },
        resources: [box('b', { properties: { secret: "[parameters('secret')]" } })],
        outputs: { secret: { type: 'securestring', value: "[parameters('secret')]" } },
      }),
      { secret: { value: 'hunter2' } },
    );
    expect(answer.body.properties).toMatchObject({
      parameters: { secret: { type: 'SecureString' } },
      outputs: { secret: { type: 'SecureString' } },
    });
    expect(JSON.stringify(answer.body)).not.toContain('hunter2');
    expect(
      (await cloud.resources.get(`${group}/providers/Test.Boxes/boxes/b`))?.properties.secret,
    ).toBe('hunter2');
  });

  it('reads null as the default, utcNow and newGuid in defaults only', async () => {
    const cloud = await setUp();
    const answer = await cloud.deploy(
      templateOf({
        parameters: {
          a: { type: 'string', defaultValue: 'the default' },
          now: { type: 'string', defaultValue: '[utcNow()]' },
          id: { type: 'string', defaultValue: '[newGuid()]' },
          both: { type: 'string', defaultValue: "[concat(parameters('a'), '!')]" },
        },
        outputs: outputs({
          a: ['string', "[parameters('a')]"],
          now: ['string', "[parameters('now')]"],
          same: ['bool', "[equals(parameters('id'), parameters('id'))]"],
          both: ['string', "[parameters('both')]"],
        }),
      }),
      { a: { value: null } },
    );
    expect(outputsOf(answer)).toEqual({
      a: 'the default',
      now: '20260101T000000Z',
      same: true,
      both: 'the default!',
    });
    const refused = await cloud.deploy(
      templateOf({ outputs: outputs({ now: ['string', '[utcNow()]'] }) }),
    );
    expect(JSON.stringify(errorOf(refused))).toContain('not expected at this location');
  });

  it('expands copies of resources, properties, variables and outputs', async () => {
    const cloud = await setUp();
    const answer = await cloud.deploy(
      templateOf({
        variables: {
          copy: [{ name: 'names', count: 3, input: "[format('v{0}', copyIndex('names'))]" }],
        },
        resources: [
          box("[format('b{0}', copyIndex(1))]", {
            copy: { name: 'boxes', count: 3, mode: 'serial', batchSize: 1 },
            properties: {
              copy: [
                {
                  name: 'parts',
                  count: 2,
                  input: "[add(copyIndex('parts'), mul(10, copyIndex()))]",
                },
              ],
            },
          }),
          box('last', { dependsOn: ['boxes'], properties: { parts: [] } }),
        ],
        outputs: {
          names: { type: 'array', value: "[variables('names')]" },
          parts: {
            type: 'array',
            copy: { count: 3, input: "[reference(format('b{0}', copyIndex(1))).parts]" },
          },
        },
      }),
    );
    expect(outputsOf(answer)).toEqual({
      names: ['v0', 'v1', 'v2'],
      parts: [
        [0, 1],
        [10, 11],
        [20, 21],
      ],
    });
    expect(cloud.log).toEqual(['b1', 'b2', 'b3', 'last']);
  });

  it('orders by dependsOn and by what reference() needs, in every spelling', async () => {
    const cloud = await setUp();
    const answer = await cloud.deploy(
      templateOf({
        resources: [
          box('d', { dependsOn: ["[resourceId('Test.Boxes/boxes', 'c')]"] }),
          box('c', { dependsOn: ['Test.Boxes/boxes/b'] }),
          box('b', {
            properties: { of: "[reference('a', '2024-01-01', 'Full').identity.principalId]" },
          }),
          box('a', { identity: { type: 'SystemAssigned' } }),
          {
            type: 'Test.Boxes/boxes/lids',
            apiVersion: '2024-01-01',
            name: 'a/lid',
            dependsOn: ['a'],
            properties: {},
          },
        ],
        outputs: outputs({ of: ['string', "[reference('b').of]"] }),
      }),
    );
    expect(outputsOf(answer)).toEqual({ of: 'principal of a' });
    expect(cloud.log).toEqual(['a', 'b', 'c', 'd']);
    expect((answer.body.properties as JsonObject).dependencies).toHaveLength(3);
  });

  it('skips what its condition excludes, also as a dependency', async () => {
    const cloud = await setUp();
    const answer = await cloud.deploy(
      templateOf({
        resources: [
          box('off', { condition: '[equals(1, 2)]' }),
          box('on', { dependsOn: ['off'], condition: true }),
        ],
      }),
    );
    expect(
      outputsOf({
        body: { properties: { outputs: {}, ...(answer.body.properties as JsonObject) } },
      }),
    ).toEqual({});
    expect(cloud.log).toEqual(['on']);
  });

  it('deploys nested children of a resource, and extension resources in both spellings', async () => {
    const cloud = await setUp();
    const role = (name: string, extra: JsonObject) => ({
      apiVersion: '2022-04-01',
      name,
      ...extra,
      properties: {
        roleDefinitionId: `[subscriptionResourceId('Microsoft.Authorization/roleDefinitions', '${reader.split('/').at(-1)}')]`,
        principalId: stranger,
      },
    });
    const guid = "[guid(resourceGroup().id, 'role')]";
    const answer = await cloud.deploy(
      templateOf({
        resources: [
          box('b', {
            resources: [
              {
                type: 'lids',
                apiVersion: '2024-01-01',
                name: 'l',
                dependsOn: ['b'],
                properties: { n: 1 },
              },
            ],
          }),
          role(guid, {
            type: 'Microsoft.Authorization/roleAssignments',
            scope: 'Test.Boxes/boxes/b',
            dependsOn: ['b'],
          }),
        ],
        outputs: outputs({
          n: ['int', "[reference(resourceId('Test.Boxes/boxes/lids', 'b', 'l')).n]"],
        }),
      }),
    );
    expect(outputsOf(answer)).toEqual({ n: 1 });
    const assigned = await cloud.resources.list('Microsoft.Authorization/roleAssignments', group);
    expect(assigned.map((each) => each.properties.scope)).toEqual([
      `${group}/providers/Test.Boxes/boxes/b`,
    ]);
    const classic = await cloud.deploy(
      templateOf({
        resources: [
          role("[concat('b/Microsoft.Authorization/', guid('x'))]", {
            type: 'Test.Boxes/boxes/providers/roleAssignments',
            properties: {},
          }),
        ].map((each) => ({ ...each, properties: { roleDefinitionId: reader, principalId: home } })),
      }),
    );
    expect(classic.body.properties).toMatchObject({ provisioningState: 'Succeeded' });
  });

  it('calls list… actions and reads resources outside the template as the caller', async () => {
    const cloud = await setUp();
    await cloud.deploy(templateOf({ resources: [box('before')] }));
    const id = `${group}/providers/Test.Boxes/boxes/before`;
    const answer = await cloud.deploy(
      templateOf({
        resources: [
          box('b', { properties: { key: "[listKeys('b2', '2024-01-01').key]" } }),
          box('b2'),
        ],
        outputs: outputs({
          url: ['string', `[reference('${id}', '2024-01-01').url]`],
          key: ['string', "[reference('b').key]"],
          asked: ['object', `[listKeys('${id}', '2024-01-01', createObject('a', 1)).asked]`],
        }),
      }),
    );
    expect(outputsOf(answer)).toEqual({
      url: 'https://before.boxes.test/',
      key: 'key of b2',
      asked: { a: 1 },
    });
  });

  it('keeps what came before a failure, goes on elsewhere, and names every failed resource', async () => {
    const cloud = await setUp();
    const answer = await cloud.deploy(
      templateOf({
        resources: [
          box('good'),
          box('bad', { dependsOn: ['good'], properties: { fail: true } }),
          box('after', { dependsOn: ['bad'] }),
          box('needs', { properties: { url: "[reference('bad').url]" } }),
          box('apart', { properties: { wrong: "[add('a', 1)]" } }),
          box('fine'),
        ],
      }),
    );
    expect(answer.body.properties).toMatchObject({ provisioningState: 'Failed' });
    expect(errorOf(answer)).toMatchObject({
      code: 'DeploymentFailed',
      message: expect.stringContaining('At least one resource deployment operation failed.'),
      details: expect.arrayContaining([
        expect.objectContaining({ code: 'BoxBroken', message: 'The box is broken.' }),
        expect.objectContaining({
          code: 'InvalidTemplate',
          target: 'resources[4].properties.wrong',
        }),
      ]),
    });
    expect((errorOf(answer).details as Json[]).length).toBe(2);
    expect(cloud.log.sort()).toEqual(['fine', 'good']);
    const { body } = await cloud.send('GET', `${group}/deployments/main/operations`);
    const states = (body.value as JsonObject[]).map(({ properties }) => {
      const { provisioningState, targetResource, statusCode } = properties as JsonObject;
      return `${(targetResource as JsonObject).resourceName} ${provisioningState} ${statusCode}`;
    });
    expect(states.sort()).toEqual([
      'apart Failed BadRequest',
      'bad Failed Conflict',
      'fine Succeeded Created',
      'good Succeeded Created',
      'needs Failed Conflict',
    ]);
  });

  it('tells nothing of our own defects', async () => {
    const cloud = await setUp();
    const answer = await cloud.deploy(
      templateOf({ resources: [box('b', { properties: { defect: true } })] }),
    );
    expect(JSON.stringify(answer.body)).not.toContain('a defect of ours');
    expect(cloud.defects.map(String)).toEqual(['Error: a defect of ours']);
  });

  it('is the same when it is deployed twice', async () => {
    const cloud = await setUp();
    const template = templateOf({ resources: [box('b')] });
    await cloud.deploy(template);
    const second = await cloud.deploy(template);
    expect(second.body.properties).toMatchObject({ provisioningState: 'Succeeded' });
  });
});

describe('a nested deployment', () => {
  const nested = (extra: JsonObject): JsonObject => ({
    type: 'Microsoft.Resources/deployments',
    apiVersion: '2022-09-01',
    name: 'inner',
    ...extra,
  });

  it('of inner scope has parameters of its own and gives outputs', async () => {
    const cloud = await setUp();
    const answer = await cloud.deploy(
      templateOf({
        parameters: { name: { type: 'string', defaultValue: 'outer' } },
        resources: [
          box('first'),
          nested({
            properties: {
              mode: 'Incremental',
              expressionEvaluationOptions: { scope: 'Inner' },
              parameters: {
                name: { value: "[concat(parameters('name'), '-inner')]" },
                url: { value: "[reference('first').url]" },
              },
              template: templateOf({
                parameters: { name: { type: 'string' }, url: { type: 'string' } },
                resources: [box("[parameters('name')]")],
                outputs: {
                  ...outputs({
                    got: ['string', "[concat(parameters('name'), ' ', parameters('url'))]"],
                  }),
                  secret: { type: 'securestring', value: 'hush' },
                },
              }),
            },
          }),
        ],
        outputs: outputs({
          got: ['string', "[reference('inner').outputs.got.value]"],
          hidden: ['bool', "[contains(reference('inner').outputs.secret, 'value')]"],
          secret: [
            'int',
            "[length(listOutputsWithSecureValues('inner', '2022-09-01').secret.value)]",
          ],
        }),
      }),
    );
    expect(outputsOf(answer)).toEqual({
      got: 'outer-inner https://first.boxes.test/',
      hidden: false,
      secret: 4,
    });
    const { body } = await cloud.send('GET', `${group}/providers/Microsoft.Resources/deployments`);
    expect((body.value as JsonObject[]).map((each) => each.name)).toEqual(['inner', 'main']);
  });

  it('without options belongs to the template around it, loops included', async () => {
    const cloud = await setUp();
    const answer = await cloud.deploy(
      templateOf({
        parameters: { name: { type: 'string', defaultValue: 'o' } },
        variables: { v: 'variable' },
        resources: [
          box('first'),
          nested({
            name: "[format('inner{0}', copyIndex())]",
            copy: { name: 'loop', count: 2 },
            properties: {
              mode: 'Incremental',
              template: templateOf({
                resources: [
                  box("[format('{0}{1}', parameters('name'), copyIndex('loop'))]", {
                    properties: { v: "[variables('v')]", url: "[reference('first').url]" },
                  }),
                ],
              }),
            },
          }),
        ],
      }),
    );
    expect(answer.body.properties).toMatchObject({ provisioningState: 'Succeeded' });
    const made = await cloud.resources.get(`${group}/providers/Test.Boxes/boxes/o1`);
    expect(made?.properties).toMatchObject({ v: 'variable', url: 'https://first.boxes.test/' });
  });

  it('goes from a subscription to a group that the template makes', async () => {
    const cloud = await createCloud();
    const answer = await cloud.deploy(
      {
        ...templateOf({}),
        $schema: schema.replace(
          '2019-04-01/deploymentTemplate',
          '2018-05-01/subscriptionDeploymentTemplate',
        ),
        resources: [
          {
            type: 'Microsoft.Resources/resourceGroups',
            apiVersion: '2022-09-01',
            name: 'New',
            location: '[deployment().location]',
          },
          nested({
            resourceGroup: 'New',
            dependsOn: ["[subscriptionResourceId('Microsoft.Resources/resourceGroups', 'New')]"],
            properties: {
              mode: 'Incremental',
              expressionEvaluationOptions: { scope: 'inner' },
              template: templateOf({
                resources: [box('b')],
                outputs: outputs({ group: ['string', '[resourceGroup().name]'] }),
              }),
            },
          }),
        ],
        outputs: outputs({ group: ['string', "[reference('inner').outputs.group.value]"] }),
      },
      {},
      { scope: sub },
    );
    expect(outputsOf(answer)).toEqual({ group: 'New' });
    expect(
      await cloud.resources.get(`${sub}/resourceGroups/New/providers/Test.Boxes/boxes/b`),
    ).toBeDefined();
  });

  it('that fails, fails its resource with its details', async () => {
    const cloud = await setUp();
    const answer = await cloud.deploy(
      templateOf({
        resources: [
          nested({
            properties: {
              expressionEvaluationOptions: { scope: 'inner' },
              mode: 'Incremental',
              template: templateOf({ resources: [box('b', { properties: { fail: true } })] }),
            },
          }),
        ],
      }),
    );
    expect(errorOf(answer)).toMatchObject({
      code: 'DeploymentFailed',
      details: [{ code: 'DeploymentFailed', details: [{ code: 'BoxBroken' }] }],
    });
  });
});

describe('languageVersion 2.0', () => {
  const symbolic = (members: JsonObject) => templateOf({ languageVersion: '2.0', ...members });

  it('names resources by symbols, reads existing ones, takes loops as a whole', async () => {
    const cloud = await setUp();
    await cloud.deploy(templateOf({ resources: [box('before')] }));
    const answer = await cloud.deploy(
      symbolic({
        definitions: {
          point: {
            type: 'object',
            properties: { x: { type: 'int' }, y: { type: 'int', nullable: true } },
          },
        },
        parameters: {
          point: { $ref: '#/definitions/point' },
          maybe: { type: 'string', nullable: true },
        },
        functions: [
          {
            namespace: '__bicep',
            members: {
              twice: {
                parameters: [{ type: 'string', name: 's' }],
                output: { type: 'string', value: "[concat(parameters('s'), parameters('s'))]" },
              },
            },
          },
        ],
        resources: {
          old: {
            existing: true,
            type: 'Test.Boxes/boxes',
            apiVersion: '2024-01-01',
            name: 'before',
          },
          many: box("[format('m{0}', copyIndex())]", { copy: { name: 'many', count: 2 } }),
          'many::lid': {
            type: 'Test.Boxes/boxes/lids',
            apiVersion: '2024-01-01',
            name: 'm0/l',
            properties: { x: "[parameters('point').x]" },
            dependsOn: ['many'],
          },
          one: box('one', { dependsOn: ['old', 'many[1]'] }),
        },
        outputs: {
          ...outputs({
            old: ['string', "[reference('old').url]"],
            urls: ['array', "[map(references('many'), lambda('b', lambdaVariables('b').url))]"],
            full: ['string', "[references('many', 'full')[1].location]"],
            single: ['string', "[reference('many[1]').url]"],
            info: ['string', "[resourceInfo('one').id]"],
            twice: ['string', "[__bicep.twice('ab')]"],
            maybe: ['bool', "[equals(parameters('maybe'), null())]"],
          }),
          not: { type: 'string', condition: false, value: "[fail('not evaluated')]" },
          optional: {
            type: 'string',
            nullable: true,
            value: "[tryGet(reference('one'), 'nothing')]",
          },
        },
      }),
      { point: { value: { x: 7 } } },
    );
    expect(outputsOf(answer)).toEqual({
      old: 'https://before.boxes.test/',
      urls: ['https://m0.boxes.test/', 'https://m1.boxes.test/'],
      full: 'westeurope',
      single: 'https://m1.boxes.test/',
      info: `${group}/providers/Test.Boxes/boxes/one`,
      twice: 'abab',
      maybe: true,
      optional: null,
    });
  });

  it.each([
    ['imports', 'import', { graph: { provider: 'MicrosoftGraph', version: '1.0.0' } }],
    ['extensions', 'extension', { graph: { name: 'MicrosoftGraph', version: '1.0.0' } }],
  ] as const)('creates directory objects through %s', async (section, member, value) => {
    const cloud = await setUp();
    const answer = await cloud.deploy(
      symbolic({
        [section]: value,
        resources: {
          app: {
            [member]: 'graph',
            type: 'Microsoft.Graph/applications@v1.0',
            properties: { uniqueName: 'my-app', displayName: 'My app' },
          },
          sp: {
            [member]: 'graph',
            type: 'Microsoft.Graph/servicePrincipals@v1.0',
            properties: { appId: "[reference('app').appId]" },
          },
          known: {
            [member]: 'graph',
            existing: true,
            type: 'Microsoft.Graph/applications@v1.0',
            dependsOn: ['app'],
            properties: { uniqueName: 'my-app' },
          },
        },
        outputs: outputs({
          appId: ['string', "[reference('known').appId]"],
          sp: ['string', "[reference('sp').id]"],
        }),
      }),
    );
    expect(outputsOf(answer)).toEqual({ appId: 'app of my-app', sp: 'id of app of my-app' });
    expect([...cloud.directory.values()].map((each) => each.tenantId)).toEqual([home, home]);
  });

  it('fails for a directory object that is refused or not there', async () => {
    const cloud = await setUp();
    const object = (extra: JsonObject, properties: JsonObject) =>
      symbolic({
        imports: { graph: { provider: 'MicrosoftGraph', version: '1.0.0' } },
        resources: {
          app: { import: 'graph', type: 'Microsoft.Graph/applications@v1.0', ...extra, properties },
        },
      });
    const refused = await cloud.deploy(object({}, { uniqueName: 'x', displayName: 'refused' }));
    expect(errorOf(refused)).toMatchObject({ details: [{ code: 'Request_BadRequest' }] });
    const missing = await cloud.deploy(object({ existing: true }, { uniqueName: 'x' }));
    expect(errorOf(missing)).toMatchObject({ details: [{ code: 'DirectoryObjectNotFound' }] });
  });
});

describe('before the first write', () => {
  const param = (declaration: JsonObject) => templateOf({ parameters: { p: declaration } });
  const refusals: [
    rule: string,
    template: JsonObject,
    parameters: JsonObject,
    code: string,
    message: string,
  ][] = [
    [
      'a parameter without a value',
      param({ type: 'string' }),
      {},
      'InvalidTemplate',
      "The value for the template parameter 'p' is not provided",
    ],
    [
      'a parameter that is not declared',
      templateOf({}),
      { q: { value: 1 } },
      'InvalidTemplate',
      "The template parameters 'q' in the parameters file are not valid",
    ],
    [
      'a parameter of another type',
      param({ type: 'string' }),
      { p: { value: 1 } },
      'InvalidTemplate',
      "Expected 'String, Uri'. Actual 'Integer'",
    ],
    [
      'a value that is not allowed',
      param({ type: 'string', allowedValues: ['a'] }),
      { p: { value: 'b' } },
      'InvalidTemplate',
      "not part of the allowed value(s): 'a'",
    ],
    [
      'a value too short',
      param({ type: 'string', minLength: 3 }),
      { p: { value: 'b' } },
      'InvalidTemplate',
      "greater than or equal to '3'",
    ],
    [
      'a value too long',
      param({ type: 'array', maxLength: 1 }),
      { p: { value: [1, 2] } },
      'InvalidTemplate',
      "less than or equal to '1'",
    ],
    [
      'a value too small',
      param({ type: 'int', minValue: 3 }),
      { p: { value: 2 } },
      'InvalidTemplate',
      "greater than or equal to '3'",
    ],
    [
      'a value too large',
      param({ type: 'int', maxValue: 3 }),
      { p: { value: 4 } },
      'InvalidTemplate',
      "less than or equal to '3'",
    ],
    [
      'a parameter of an unknown type',
      param({ type: 'text' }),
      { p: { value: 'b' } },
      'InvalidTemplate',
      "The type 'text'",
    ],
    [
      'a definition that is not there',
      param({ $ref: '#/definitions/x' }),
      { p: { value: 'b' } },
      'InvalidTemplate',
      "'#/definitions/x'",
    ],
    [
      'a property that is missing',
      param({ type: 'object', properties: { x: { type: 'int' } } }),
      { p: { value: {} } },
      'InvalidTemplate',
      "'x' is missing",
    ],
    [
      'a property that is not permitted',
      param({ type: 'object', properties: {}, additionalProperties: false }),
      { p: { value: { y: 1 } } },
      'InvalidTemplate',
      "'y' is not permitted",
    ],
    [
      'an element of another type',
      param({ type: 'array', items: { type: 'int' } }),
      { p: { value: ['a'] } },
      'InvalidTemplate',
      '[0]: Expected',
    ],
    [
      'a key vault reference',
      param({ type: 'string' }),
      { p: { reference: {} } },
      'InvalidTemplate',
      "does not support 'reference'",
    ],
    [
      'a parameter without value member',
      param({ type: 'string' }),
      { p: 'x' },
      'InvalidTemplate',
      '{"value": …}',
    ],
    [
      'a default that needs itself',
      param({ type: 'string', defaultValue: "[parameters('p')]" }),
      {},
      'InvalidTemplate',
      'needs itself',
    ],
    [
      'an unknown resource type',
      templateOf({ resources: [box('a'), { ...box('b'), type: 'Test.Boxes/bags' }] }),
      {},
      'InvalidResourceType',
      "'Test.Boxes/bags' is not supported by Lazurite",
    ],
    [
      'an unknown type made by an expression',
      templateOf({
        resources: [box('a'), { ...box('b'), type: "[concat('Test.Boxes', '/bags')]" }],
      }),
      {},
      'InvalidResourceType',
      "'Test.Boxes/bags'",
    ],
    [
      'an expression that does not parse',
      templateOf({ resources: [box('a'), box("[concat('a']")] }),
      {},
      'InvalidTemplate',
      "At 'resources[1].name'",
    ],
    [
      'a function that does not exist',
      templateOf({ resources: [box('a')], outputs: outputs({ o: ['string', '[nosuch()]'] }) }),
      {},
      'InvalidTemplate',
      "'nosuch' is not valid",
    ],
    [
      'a name with too many segments',
      templateOf({ resources: [box('a/b')] }),
      {},
      'InvalidTemplate',
      'incorrect segment lengths',
    ],
    [
      'reference() in a name',
      templateOf({ resources: [box('a'), box("[reference('a').url]")] }),
      {},
      'InvalidTemplate',
      "'reference' is not expected at this location",
    ],
    [
      'reference() in a variable',
      templateOf({
        variables: { v: "[reference('a').url]" },
        resources: [box('a'), box("[variables('v')]")],
      }),
      {},
      'InvalidTemplate',
      "'reference' is not expected",
    ],
    [
      'a variable that needs itself',
      templateOf({ variables: { v: "[variables('v')]" }, resources: [box("[variables('v')]")] }),
      {},
      'InvalidTemplate',
      'needs itself',
    ],
    [
      'a variable that is not there',
      templateOf({ resources: [box("[variables('v')]")] }),
      {},
      'InvalidTemplate',
      "variable 'v' is not found",
    ],
    [
      'a parameter that is not there',
      templateOf({ resources: [box("[parameters('v')]")] }),
      {},
      'InvalidTemplate',
      "parameter 'v' is not found",
    ],
    [
      'the same resource twice',
      templateOf({ resources: [box('a'), box('A')] }),
      {},
      'InvalidTemplate',
      'is defined multiple times',
    ],
    [
      'a dependency that is not there',
      templateOf({ resources: [box('a', { dependsOn: ['zzz'] })] }),
      {},
      'InvalidTemplate',
      "'zzz' is not defined in the template",
    ],
    [
      'dependsOn that is no array',
      templateOf({ resources: [box('a', { dependsOn: 'zzz' })] }),
      {},
      'InvalidTemplate',
      'must be an array',
    ],
    [
      'a circle of dependencies',
      templateOf({ resources: [box('a', { dependsOn: ['b'] }), box('b', { dependsOn: ['a'] })] }),
      {},
      'InvalidTemplate',
      'Circular dependency detected',
    ],
    [
      'a condition that is no boolean',
      templateOf({ resources: [box('a', { condition: 'maybe' })] }),
      {},
      'InvalidTemplate',
      'must be a boolean',
    ],
    [
      'a copy of too many',
      templateOf({ resources: [box('a', { copy: { name: 'c', count: 801 } })] }),
      {},
      'InvalidTemplate',
      '0 to 800',
    ],
    [
      'a copy without name',
      templateOf({ resources: [box('a', { copy: { count: 1 } })] }),
      {},
      'InvalidTemplate',
      'needs a name',
    ],
    [
      'a resource without apiVersion',
      templateOf({ resources: [{ type: 'Test.Boxes/boxes', name: 'a' }] }),
      {},
      'InvalidTemplate',
      "'apiVersion' of a resource must be a string",
    ],
    [
      'a resource without type',
      templateOf({ resources: [{ name: 'a' }] }),
      {},
      'InvalidTemplate',
      'needs a type',
    ],
    [
      'a resource that is no object',
      templateOf({ resources: ['a'] }),
      {},
      'InvalidTemplate',
      'must be an object',
    ],
    [
      'resources that are no list',
      templateOf({ resources: 'a' }),
      {},
      'InvalidTemplate',
      'an array or an object',
    ],
    [
      'a scope that is no id',
      templateOf({ resources: [box('a', { scope: '/x' })] }),
      {},
      'InvalidTemplate',
      'is no resource id',
    ],
    ['no schema', { resources: [] }, {}, 'InvalidTemplate', "'$schema'"],
    [
      'a schema of another scope',
      {
        ...templateOf({}),
        $schema: schema.replace('deploymentTemplate', 'tenantDeploymentTemplate'),
      },
      {},
      'InvalidTemplate',
      'is not supported',
    ],
    ['an unknown section', templateOf({ asserts: {} }), {}, 'InvalidTemplate', "member 'asserts'"],
    [
      'an unknown language version',
      templateOf({ languageVersion: '3.0' }),
      {},
      'InvalidTemplate',
      'language version',
    ],
    [
      'a wrong content version',
      templateOf({ contentVersion: '1' }),
      {},
      'InvalidTemplate',
      'contentVersion',
    ],
    [
      'an unknown extension',
      templateOf({ imports: { k: { provider: 'Kubernetes' } } }),
      {},
      'InvalidTemplate',
      "'Kubernetes' is not supported",
    ],
    [
      'an extension that is not imported',
      templateOf({
        resources: { a: { import: 'graph', type: 'Microsoft.Graph/groups@v1.0', properties: {} } },
      }),
      {},
      'InvalidTemplate',
      "'graph' is not imported",
    ],
    [
      'an unknown type in a nested template',
      templateOf({
        resources: [
          {
            type: 'Microsoft.Resources/deployments',
            apiVersion: '2022-09-01',
            name: 'n',
            properties: {
              template: templateOf({ resources: [{ ...box('x'), type: 'No.Such/type' }] }),
            },
          },
        ],
      }),
      {},
      'InvalidResourceType',
      "'No.Such/type'",
    ],
    ['a template that is no object', 'x' as never, {}, 'InvalidTemplate', 'must be a JSON object'],
  ];
  it.each(refusals)('refuses %s', async (_rule, template, parameters, code, message) => {
    const cloud = await setUp();
    const answer = await cloud.deploy(template, parameters);
    expect(answer.status).toBe(400);
    expect(errorOf(answer)).toMatchObject({ code, message: expect.stringContaining(message) });
    expect(cloud.log).toEqual([]);
    expect(cloud.defects).toEqual([]);
  });

  it('refuses a user function called with the wrong number of arguments, or without end', async () => {
    const cloud = await setUp();
    const withFunction = (value: string, call: string) =>
      templateOf({
        functions: [
          {
            namespace: 'my',
            members: {
              f: { parameters: [{ name: 'x', type: 'int' }], output: { type: 'int', value } },
            },
          },
        ],
        resources: [box(call)],
      });
    const wrong = await cloud.deploy(withFunction("[parameters('x')]", '[my.f()]'));
    expect(errorOf(wrong).message).toContain('takes 1 argument(s), 0 were given');
    const endless = await cloud.deploy(withFunction("[my.f(parameters('x'))]", '[my.f(1)]'));
    expect(errorOf(endless).message).toContain('without end');
    const missing = await cloud.deploy(withFunction("[parameters('y')]", '[my.f(1)]'));
    expect(errorOf(missing).message).toContain("no parameter 'y'");
  });

  it('refuses resources that the caller may not write, and writes none of the others', async () => {
    const cloud = await setUp();
    await cloud.send(
      'PUT',
      `${group}/providers/Microsoft.Authorization/roleAssignments/${crypto.randomUUID()}`,
      {
        properties: {
          principalId: stranger,
          roleDefinitionId:
            '/providers/Microsoft.Authorization/roleDefinitions/b24988ac-6180-42a0-ab88-20f7382dd24c',
        },
      },
    );
    const answer = await cloud.deploy(
      templateOf({
        resources: [
          box('b'),
          {
            type: 'Microsoft.Authorization/roleAssignments',
            apiVersion: '2022-04-01',
            name: "[guid('x')]",
            properties: { principalId: stranger, roleDefinitionId: reader },
          },
        ],
      }),
      {},
      { as: stranger },
    );
    expect(answer.status).toBe(403);
    expect(errorOf(answer)).toMatchObject({
      code: 'InvalidTemplateDeployment',
      message: expect.stringContaining("'Microsoft.Authorization/roleAssignments/write'"),
    });
    expect(cloud.log).toEqual([]);
  });
});

describe('the rights of a deployment', () => {
  it('are those of resource groups where it makes or reads one', async () => {
    const cloud = await setUp();
    const guid = 'cccccccc-0000-0000-0000-000000000001';
    const roles = `${sub}/providers/Microsoft.Authorization/roleDefinitions/${guid}`;
    await cloud.send('PUT', roles, {
      properties: {
        roleName: 'Group maker',
        assignableScopes: [sub],
        permissions: [
          {
            actions: [
              'Microsoft.Resources/deployments/*',
              'Microsoft.Resources/subscriptions/resourceGroups/write',
              'Microsoft.Resources/subscriptions/resourceGroups/read',
            ],
          },
        ],
      },
    });
    const assignment = `${sub}/providers/Microsoft.Authorization/roleAssignments/${crypto.randomUUID()}`;
    await cloud.send('PUT', assignment, {
      properties: { principalId: stranger, roleDefinitionId: roles },
    });
    const answer = await cloud.deploy(
      templateOf({
        $schema: schema.replace('2019-04-01/deployment', '2018-05-01/subscriptionDeployment'),
        resources: [
          {
            type: 'Microsoft.Resources/resourceGroups',
            apiVersion: '2022-09-01',
            name: 'New',
            location: 'westeurope',
          },
        ],
        outputs: outputs({
          at: [
            'string',
            "[reference(subscriptionResourceId('Microsoft.Resources/resourceGroups', 'Rg'), '2022-09-01', 'Full').location]",
          ],
        }),
      }),
      {},
      { scope: sub, as: stranger },
    );
    expect(outputsOf(answer)).toEqual({ at: 'westeurope' });
  });

  it('are needed for what it reads and lists', async () => {
    const cloud = await setUp();
    await cloud.deploy(templateOf({ resources: [box('before')] }));
    const assign = (roleDefinitionId: string) =>
      cloud.send(
        'PUT',
        `${group}/providers/Microsoft.Authorization/roleAssignments/${crypto.randomUUID()}`,
        { properties: { principalId: stranger, roleDefinitionId } },
      );
    // Logic App Contributor: may deploy, and read no boxes.
    await assign(
      '/providers/Microsoft.Authorization/roleDefinitions/87a39d53-fc1b-424a-814c-f7e04687dc9e',
    );
    const id = `${group}/providers/Test.Boxes/boxes/before`;
    const read = (expression: string) =>
      cloud.deploy(
        templateOf({ outputs: outputs({ o: ['object', expression] }) }),
        {},
        { as: stranger },
      );
    const refused = await read(`[reference('${id}', '2024-01-01')]`);
    expect(JSON.stringify(errorOf(refused))).toContain("'Test.Boxes/boxes/read'");
    await assign(reader);
    expect(outputsOf(await read(`[reference('${id}', '2024-01-01')]`))).toMatchObject({ o: {} });
    const list = await read(`[listKeys('${id}', '2024-01-01')]`);
    expect(JSON.stringify(errorOf(list))).toContain("'Test.Boxes/boxes/listKeys/action'");
  });
});

describe('while it runs', () => {
  it('refuses a circle that only reference() makes, instead of waiting for ever', async () => {
    const cloud = await setUp();
    const answer = await cloud.deploy(
      templateOf({
        resources: [
          box('a', { properties: { x: "[reference('b').url]" } }),
          box('b', { properties: { x: "[reference('a').url]" } }),
        ],
      }),
    );
    expect(JSON.stringify(errorOf(answer))).toContain('Circular dependency detected');
  });

  const failures: [rule: string, members: JsonObject, message: string][] = [
    [
      'an output of another type',
      { outputs: outputs({ o: ['int', 'x'] }) },
      "Expected 'Integer'. Actual 'String'",
    ],
    [
      'an output of an unknown type',
      { outputs: outputs({ o: ['text', 'x'] }) },
      "type of the output 'o'",
    ],
    [
      'a reference to nothing',
      { outputs: outputs({ o: ['object', "[reference('zzz')]"] }) },
      "'zzz' is not defined in the template",
    ],
    [
      'a reference to a resource that is not there',
      {
        outputs: outputs({
          o: ['object', "[reference(resourceId('Test.Boxes/boxes', 'zzz'), '2024-01-01')]"],
        }),
      },
      'was not found',
    ],
    [
      'a list of a resource that is not there',
      {
        outputs: outputs({
          o: ['object', "[listKeys(resourceId('Test.Boxes/boxes', 'zzz'), '2024-01-01')]"],
        }),
      },
      'was not found',
    ],
    [
      'an action that the type does not have',
      {
        resources: [box('b')],
        outputs: outputs({ o: ['object', "[listSecrets('b', '2024-01-01')]"] }),
      },
      'was not found',
    ],
    [
      'a copy loop read as one resource',
      {
        resources: [box("[format('b{0}', copyIndex())]", { copy: { name: 'loop', count: 2 } })],
        outputs: outputs({ o: ['object', "[reference('loop')]"] }),
      },
      'is a copy loop',
    ],
    [
      'a template by link',
      {
        resources: [
          {
            type: 'Microsoft.Resources/deployments',
            apiVersion: '2022-09-01',
            name: 'n',
            properties: { templateLink: { uri: 'https://x' } },
          },
        ],
      },
      "'templateLink' is not supported",
    ],
    [
      'nested Complete mode',
      {
        resources: [
          {
            type: 'Microsoft.Resources/deployments',
            apiVersion: '2022-09-01',
            name: 'n',
            properties: { mode: 'Complete', template: templateOf({}) },
          },
        ],
      },
      "'Complete' is not supported",
    ],
  ];
  it.each(failures)('fails for %s', async (_rule, members, message) => {
    const cloud = await setUp();
    const answer = await cloud.deploy(templateOf(members));
    expect(JSON.stringify(errorOf(answer))).toContain(message);
    expect(cloud.defects).toEqual([]);
  });

  it('knows where it is', async () => {
    const cloud = await setUp();
    const answer = await cloud.deploy(
      templateOf({
        outputs: outputs({
          sub: ['string', '[subscription().tenantId]'],
          tenant: ['string', '[tenant().tenantId]'],
          dns: ['string', '[environment().suffixes.keyvaultDns]'],
          name: ['string', '[deployment().name]'],
          version: ['string', '[deployment().properties.template.contentVersion]'],
          who: ['string', '[deployer().objectId]'],
          api: ['string', "[providers('Test.Boxes', 'boxes').apiVersions[0]]"],
          id: ['string', '[subscription().subscriptionId]'],
        }),
      }),
    );
    expect(outputsOf(answer)).toMatchObject({
      sub: home,
      tenant: home,
      dns: '.vault.azure.net',
      name: 'main',
      version: '1.0.0.0',
      api: '2024-01-01',
      id: subscription,
    });
  });
});
