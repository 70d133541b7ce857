import { generateKeyPairSync } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import type { Json, JsonObject } from '../../base/index.ts';
import {
  createCloud,
  deployer,
  group,
  home,
  other,
  otherSubscription,
  owner,
  reader,
  type SendOptions,
  stranger,
  sub,
  subscription,
} from './fixtures/cloud.ts';

const box = `${group}/providers/Test.Boxes/boxes/b`;
const identity = `${group}/providers/Microsoft.ManagedIdentity/userAssignedIdentities/me`;

async function setUp() {
  const cloud = await createCloud();
  await cloud.withGroup();
  return cloud;
}

const codeOf = ({ body }: { body: JsonObject }) => (body.error as JsonObject | undefined)?.code;
const messageOf = ({ body }: { body: JsonObject }) => String((body.error as JsonObject)?.message);
const valuesOf = ({ body }: { body: JsonObject }) => body.value as JsonObject[];

describe('a token', () => {
  it('of the subscription’s tenant for the control plane is accepted under all its audiences', async () => {
    const cloud = await createCloud();
    for (const aud of [
      'https://management.azure.com',
      'https://management.azure.com/',
      'https://management.core.windows.net',
      'https://management.core.windows.net/',
      '797f4846-ba00-4fd7-ba43-dac1f8f63013',
    ]) {
      const authorization = `Bearer ${await cloud.token({ aud })}`;
      expect((await cloud.send('GET', sub, undefined, { authorization })).status).toBe(200);
    }
  });

  it('is asked for with a challenge that names the tenant', async () => {
    const cloud = await createCloud();
    const answer = await cloud.send('GET', sub, undefined, { authorization: null });
    expect(answer.status).toBe(401);
    expect(codeOf(answer)).toBe('AuthenticationFailed');
    expect(answer.headers.get('www-authenticate')).toContain(
      `Bearer authorization_uri="https://login.microsoftonline.com/${home}"`,
    );
    const anywhere = await cloud.send('GET', '/subscriptions', undefined, { authorization: null });
    expect(anywhere.headers.get('www-authenticate')).toContain('/common"');
  });

  const now = Date.parse('2026-01-01T00:00:00Z') / 1000;
  const claims: [rule: string, claims: JsonObject, code: string, words: string][] = [
    [
      'for another audience',
      { aud: 'https://vault.azure.net' },
      'InvalidAuthenticationTokenAudience',
      "wrong audience or resource 'https://vault.azure.net'",
    ],
    [
      'of another tenant',
      { tid: other, iss: `https://sts.windows.net/${other}/` },
      'InvalidAuthenticationTokenTenant',
      `is from the wrong issuer 'https://sts.windows.net/${other}/'. It must match the tenant 'https://sts.windows.net/${home}/'`,
    ],
    [
      'with the issuer of v2',
      { iss: `https://login.microsoftonline.com/${home}/v2.0` },
      'InvalidAuthenticationTokenTenant',
      'wrong issuer',
    ],
    [
      'that has expired',
      { exp: now - 301 },
      'ExpiredAuthenticationToken',
      "expiry UTC time '12/31/2025 11:54:59 PM' is earlier than current UTC time '1/1/2026 12:00:00 AM'",
    ],
    [
      'that is not valid yet',
      { nbf: now + 301 },
      'InvalidAuthenticationToken',
      'not valid at the current time',
    ],
    ['without a principal', { oid: null }, 'InvalidAuthenticationToken', "'oid' should be present"],
    ['without a tenant', { tid: null }, 'InvalidAuthenticationToken', 'invalid'],
  ];
  it.each(claims)('%s is refused', async (_rule, changed, code, words) => {
    const cloud = await createCloud();
    const authorization = `Bearer ${await cloud.token(changed)}`;
    const answer = await cloud.send('GET', sub, undefined, { authorization });
    expect(answer.status).toBe(401);
    expect(codeOf(answer)).toBe(code);
    expect(messageOf(answer)).toContain(words);
    expect(answer.headers.get('www-authenticate')).toContain('error="invalid_token"');
  });

  it('that is tampered with, unsigned, signed by another key or no Bearer token is refused', async () => {
    const cloud = await createCloud();
    const good = await cloud.token();
    const [head, body, signature] = good.split('.') as [string, string, string];
    const foreign = generateKeyPairSync('rsa', { modulusLength: 2048 }).privateKey;
    const none = Buffer.from('{"alg":"none","typ":"JWT"}').toString('base64url');
    const more = Buffer.from(
      JSON.stringify({ ...JSON.parse(Buffer.from(body, 'base64url').toString()), oid: stranger }),
    ).toString('base64url');
    for (const [authorization, code] of [
      [`Bearer ${head}.${more}.${signature}`, 'InvalidAuthenticationToken'],
      [`Bearer ${none}.${body}.`, 'InvalidAuthenticationToken'],
      [`Bearer ${await cloud.token({}, foreign)}`, 'InvalidAuthenticationToken'],
      ['Bearer nonsense', 'InvalidAuthenticationToken'],
      ['Basic dTpw', 'AuthenticationFailedInvalidHeader'],
    ] as const) {
      const answer = await cloud.send('GET', sub, undefined, { authorization });
      expect([answer.status, codeOf(answer)]).toEqual([401, code]);
    }
  });
});

describe('a right', () => {
  it('that is missing is refused in ARM’s words', async () => {
    const cloud = await setUp();
    const answer = await cloud.send('PUT', box, { location: 'westeurope' }, { as: stranger });
    expect(answer.status).toBe(403);
    expect((answer.body.error as JsonObject).code).toBe('AuthorizationFailed');
    expect(messageOf(answer)).toBe(
      `The client 'bbbbbbbb-0000-0000-0000-000000000001' with object id '${stranger}' does not have ` +
        "authorization to perform action 'Test.Boxes/boxes/write' over scope " +
        `'${box}' or the scope is invalid. If access was recently granted, please refresh your credentials.`,
    );
  });

  const requests: [method: string, path: string, action: string][] = [
    ['GET', sub, 'Microsoft.Resources/subscriptions/read'],
    ['GET', `${sub}/resourceGroups`, 'Microsoft.Resources/subscriptions/resourceGroups/read'],
    ['PUT', group, 'Microsoft.Resources/subscriptions/resourceGroups/write'],
    ['PATCH', group, 'Microsoft.Resources/subscriptions/resourceGroups/write'],
    ['GET', group, 'Microsoft.Resources/subscriptions/resourceGroups/read'],
    ['DELETE', group, 'Microsoft.Resources/subscriptions/resourceGroups/delete'],
    ['GET', `${sub}/resources`, 'Microsoft.Resources/subscriptions/resources/read'],
    [
      'GET',
      `${group}/resources`,
      'Microsoft.Resources/subscriptions/resourceGroups/resources/read',
    ],
    ['POST', `${sub}/providers/Test.Boxes/register`, 'Test.Boxes/register/action'],
    ['GET', box, 'Test.Boxes/boxes/read'],
    ['DELETE', box, 'Test.Boxes/boxes/delete'],
    ['PATCH', box, 'Test.Boxes/boxes/write'],
    ['GET', `${group}/providers/Test.Boxes/boxes`, 'Test.Boxes/boxes/read'],
    ['POST', `${box}/listKeys`, 'Test.Boxes/boxes/listKeys/action'],
    ['GET', `${box}/runs/1`, 'Test.Boxes/boxes/runs/read'],
    ['POST', `${box}/runs/1/cancel`, 'Test.Boxes/boxes/runs/cancel/action'],
    [
      'GET',
      `${sub}/providers/Microsoft.Authorization/roleAssignments`,
      'Microsoft.Authorization/roleAssignments/read',
    ],
    [
      'GET',
      `${sub}/providers/Microsoft.Authorization/roleDefinitions`,
      'Microsoft.Authorization/roleDefinitions/read',
    ],
    [
      'GET',
      `${group}/providers/Microsoft.Resources/deployments`,
      'Microsoft.Resources/deployments/read',
    ],
    [
      'PUT',
      `${group}/providers/Microsoft.Resources/deployments/d`,
      'Microsoft.Resources/deployments/write',
    ],
    [
      'POST',
      `${group}/providers/Microsoft.Resources/deployments/d/validate`,
      'Microsoft.Resources/deployments/validate/action',
    ],
    [
      'POST',
      `${group}/providers/Microsoft.Resources/deployments/d/whatIf`,
      'Microsoft.Resources/deployments/whatIf/action',
    ],
    [
      'POST',
      `${group}/providers/Microsoft.Resources/deployments/d/cancel`,
      'Microsoft.Resources/deployments/cancel/action',
    ],
    [
      'DELETE',
      `${group}/providers/Microsoft.Resources/deployments/d`,
      'Microsoft.Resources/deployments/delete',
    ],
    ['GET', `${group}/deployments/d/operations`, 'Microsoft.Resources/deployments/operations/read'],
  ];
  it.each(requests)('%s %s asks for %s', async (method, path, action) => {
    const cloud = await setUp();
    await cloud.send('PUT', box, { location: 'westeurope' });
    const body = ['PUT', 'PATCH', 'POST'].includes(method) ? {} : undefined;
    const answer = await cloud.send(method, path, body, { as: stranger });
    expect(answer.status).toBe(403);
    expect(messageOf(answer)).toContain(`'${action}'`);
  });

  it('to assign a user-assigned identity is asked at the identity', async () => {
    const cloud = await setUp();
    await cloud.send('PUT', identity, { location: 'westeurope' });
    await cloud.send('PUT', `${box}2`, { location: 'westeurope' });
    await cloud.send(
      'PUT',
      `${box}2/providers/Microsoft.Authorization/roleAssignments/${crypto.randomUUID()}`,
      {
        properties: { principalId: stranger, roleDefinitionId: owner },
      },
    );
    const body = {
      location: 'westeurope',
      identity: { type: 'UserAssigned', userAssignedIdentities: { [identity]: {} } },
    };
    const refused = await cloud.send('PUT', `${box}2`, body, { as: stranger });
    expect(codeOf(refused)).toBe('LinkedAuthorizationFailed');
    const operator = 'f1a07417-d97a-45cb-824c-7a7467783830';
    await cloud.send(
      'PUT',
      `${identity}/providers/Microsoft.Authorization/roleAssignments/${crypto.randomUUID()}`,
      {
        properties: {
          principalId: stranger,
          roleDefinitionId: `/providers/Microsoft.Authorization/roleDefinitions/${operator}`,
        },
      },
    );
    expect((await cloud.send('PUT', `${box}2`, body, { as: stranger })).status).toBe(200);
  });
});

describe('subscriptions and providers', () => {
  it('lists those of the caller’s tenant in which it has a role, however small', async () => {
    const cloud = await createCloud();
    const { body } = await cloud.send('GET', '/subscriptions');
    expect(body.value).toMatchObject([
      { subscriptionId: subscription, tenantId: home, state: 'Enabled' },
    ]);
    const none = await cloud.send('GET', '/subscriptions', undefined, { as: stranger });
    expect(none.body.value).toEqual([]);
    await cloud.withGroup();
    await cloud.send(
      'PUT',
      `${group}/providers/Microsoft.Authorization/roleAssignments/${crypto.randomUUID()}`,
      { properties: { principalId: stranger, roleDefinitionId: reader } },
    );
    const some = await cloud.send('GET', '/subscriptions', undefined, { as: stranger });
    expect(some.body.value).toHaveLength(1);
    expect(valuesOf(await cloud.send('GET', '/tenants'))).toMatchObject([{ tenantId: home }]);
    expect((await cloud.send('GET', sub)).body).toMatchObject({ displayName: 'Home' });
    expect(valuesOf(await cloud.send('GET', `${sub}/locations`)).length).toBeGreaterThan(0);
  });

  it('names every registered namespace with its types and api-versions', async () => {
    const cloud = await createCloud();
    const { body } = await cloud.send('GET', `${sub}/providers/test.boxes`);
    expect(body).toMatchObject({
      namespace: 'Test.Boxes',
      registrationState: 'Registered',
      resourceTypes: [
        { resourceType: 'boxes', apiVersions: ['2024-01-01', '2023-01-01'] },
        { resourceType: 'boxes/lids' },
      ],
    });
    const all = valuesOf(await cloud.send('GET', `${sub}/providers`)).map((each) => each.namespace);
    expect(all).toContain('Microsoft.Authorization');
    expect((await cloud.send('POST', `${sub}/providers/Test.Boxes/register`)).status).toBe(200);
    expect((await cloud.send('GET', `${sub}/providers/No.Such`)).status).toBe(404);
    expect((await cloud.send('GET', '/providers')).status).toBe(200);
  });

  it.each([
    [
      '2015-01-01',
      'an object of the old fields',
      (body: Json) => (body as JsonObject).graphEndpoint,
    ],
    ['2019-05-01', 'an array', (body: Json) => ((body as Json[])[0] as JsonObject).resourceManager],
    ['2022-09-01', 'one object', (body: Json) => (body as JsonObject).microsoftGraphResourceId],
  ])(
    'answers /metadata/endpoints of %s with %s, without a token',
    async (version, _shape, read) => {
      const cloud = await createCloud();
      const answer = await cloud.send(
        'GET',
        `/metadata/endpoints?api-version=${version}`,
        undefined,
        {
          authorization: null,
        },
      );
      expect(answer.status).toBe(200);
      expect(read(answer.body)).toBeTruthy();
    },
  );
});

describe('resource groups', () => {
  it('are created, read, listed, changed and deleted with what they hold', async () => {
    const cloud = await createCloud();
    const path = group.replace('resourceGroups', 'resourcegroups');
    expect((await cloud.send('HEAD', path)).status).toBe(404);
    const created = await cloud.send('PUT', path, { location: 'West Europe', tags: { a: '1' } });
    expect(created.status).toBe(201);
    expect(created.body).toMatchObject({
      id: group,
      name: 'Rg',
      location: 'westeurope',
      properties: { provisioningState: 'Succeeded' },
    });
    expect((await cloud.send('HEAD', path)).status).toBe(204);
    expect((await cloud.send('PUT', path, { location: 'westeurope' })).status).toBe(200);
    expect((await cloud.send('PATCH', path, { tags: { b: '2' } })).body.tags).toEqual({ b: '2' });
    expect(valuesOf(await cloud.send('GET', `${sub}/resourcegroups`))).toHaveLength(1);
    await cloud.send('PUT', box, { location: 'westeurope' });
    const deleted = await cloud.send('DELETE', path);
    expect(deleted.status).toBe(202);
    const location = deleted.headers.get('location')!;
    expect(location).toMatch(/^https:\/\/management\.azure\.com\/subscriptions\//);
    expect(deleted.headers.get('retry-after')).toBe('0');
    expect(
      (await cloud.send('GET', location.slice('https://management.azure.com'.length))).status,
    ).toBe(200);
    expect((await cloud.send('GET', `${sub}/operationresults/other`)).status).toBe(404);
    const gone = await cloud.send('GET', path);
    expect([gone.status, codeOf(gone)]).toEqual([404, 'ResourceGroupNotFound']);
    expect(codeOf(await cloud.send('GET', box))).toBe('ResourceGroupNotFound');
  });

  it('list their resources, filtered', async () => {
    const cloud = await setUp();
    await cloud.send('PUT', box, { location: 'westeurope', tags: { t: 'x' } });
    await cloud.send('PUT', identity, { location: 'northeurope' });
    const names = async (filter: string, at = sub) =>
      valuesOf(
        await cloud.send('GET', `${at}/resources?$filter=${encodeURIComponent(filter)}`),
      ).map((each) => each.name);
    expect(await names('')).toEqual(['me', 'b']);
    expect(await names("resourceGroup eq 'RG'")).toEqual(['me', 'b']);
    expect(await names("resourceGroup eq 'none'")).toEqual([]);
    expect(await names("resourceType eq 'test.boxes/boxes' and name eq 'b'")).toEqual(['b']);
    expect(await names("location eq 'northeurope'")).toEqual(['me']);
    expect(await names("tagName eq 't' and tagValue eq 'x'", group)).toEqual(['b']);
    expect(await names("tagName eq 't' and tagValue eq 'y'", group)).toEqual([]);
    const wrong = await cloud.send(
      'GET',
      `${sub}/resources?$filter=${encodeURIComponent("foo eq 'x'")}`,
    );
    expect([wrong.status, codeOf(wrong)]).toEqual([400, 'InvalidRequestContent']);
  });
});

describe('a resource', () => {
  it('is put, read, patched, listed and deleted, under any spelling', async () => {
    const cloud = await setUp();
    const created = await cloud.send('PUT', `/${box.replace('Test.Boxes/', 'Test.Boxes//')}`, {
      location: 'westeurope',
      tags: { a: '1' },
      properties: { secret: 's', n: { x: 1, y: 2 } },
    });
    expect([created.status, created.body.id]).toEqual([201, box]);
    expect(created.body.properties).toEqual({ url: 'https://b.boxes.test/', n: { x: 1, y: 2 } });
    const again = await cloud.send('PUT', box.toLowerCase(), {
      location: 'westeurope',
      properties: { secret: 's', n: { x: 1, y: 2 } },
    });
    expect([again.status, again.body.id]).toEqual([200, box]);
    const patched = await cloud.send('PATCH', box, {
      tags: { b: '2' },
      properties: { n: { x: null, z: 3 } },
    });
    expect(patched.body).toMatchObject({ tags: { b: '2' }, properties: { n: { y: 2, z: 3 } } });
    expect((await cloud.resources.get(box))?.properties).toMatchObject({
      secret: 's',
      n: { y: 2, z: 3 },
    });
    expect((await cloud.send('GET', `${box}/`)).body.name).toBe('b');
    expect((await cloud.send('HEAD', box)).status).toBe(204);
    for (const scope of [sub, group]) {
      const list = valuesOf(await cloud.send('GET', `${scope}/providers/test.boxes/BOXES`));
      expect(list.map((each) => each.id)).toEqual([box]);
    }
    await cloud.send('PUT', `${box}/lids/l`, { properties: {} });
    expect(valuesOf(await cloud.send('GET', `${box}/lids`))).toHaveLength(1);
    expect((await cloud.send('DELETE', box)).status).toBe(200);
    expect((await cloud.send('DELETE', box)).status).toBe(204);
    const gone = await cloud.send('GET', box);
    expect([gone.status, codeOf(gone)]).toEqual([404, 'ResourceNotFound']);
    expect(messageOf(gone)).toContain(
      "The Resource 'Test.Boxes/boxes/b' under resource group 'Rg' was not found.",
    );
  });

  it('that does not exist is hidden from who has no right', async () => {
    const cloud = await setUp();
    for (const at of [group, group.replace('Rg', 'none')]) {
      const answer = await cloud.send('GET', `${at}/providers/Test.Boxes/boxes/x`, undefined, {
        as: stranger,
      });
      expect(codeOf(answer)).toBe('AuthorizationFailed');
    }
  });

  it('answers its actions and what lies below it', async () => {
    const cloud = await setUp();
    await cloud.send('PUT', box, { location: 'westeurope' });
    const keys = await cloud.send('POST', `${box}/LISTKEYS`, { a: 1 });
    expect(keys.body).toEqual({ key: 'key of b', asked: { a: 1 } });
    expect((await cloud.send('GET', `${box}/runs`)).body).toEqual({
      path: ['runs'],
      method: 'GET',
    });
    expect((await cloud.send('GET', `${box}/runs/a%20b`)).body.path).toEqual(['runs', 'a b']);
    expect((await cloud.send('POST', `${box}/runs/1/cancel`, {})).body.path).toEqual([
      'runs',
      '1',
      'cancel',
    ]);
    expect((await cloud.send('GET', `${box}/walks`)).status).toBe(404);
    expect((await cloud.send('POST', `${box}/nothing`, {})).status).toBe(404);
    expect((await cloud.send('POST', `${box}2/listKeys`, {})).status).toBe(404);
  });

  const refusals: [
    rule: string,
    method: string,
    path: string,
    body: Json | undefined,
    options: SendOptions,
    status: number,
    code: string,
  ][] = [
    [
      'no api-version',
      'GET',
      `${sub}?api-version=`,
      undefined,
      {},
      400,
      'MissingApiVersionParameter',
    ],
    [
      'an api-version that is no date',
      'PUT',
      `${box}?api-version=latest`,
      { location: 'x' },
      {},
      400,
      'InvalidApiVersionParameter',
    ],
    [
      'an unknown subscription',
      'GET',
      '/subscriptions/33333333-3333-3333-3333-333333333333/resourceGroups/x/providers/Test.Boxes/boxes/b',
      undefined,
      {},
      404,
      'SubscriptionNotFound',
    ],
    [
      'an unknown group',
      'GET',
      `${sub}/resourceGroups/none/providers/Test.Boxes/boxes/b`,
      undefined,
      {},
      404,
      'ResourceGroupNotFound',
    ],
    [
      'an unknown type',
      'GET',
      `${group}/providers/No.Such/type/x`,
      undefined,
      {},
      404,
      'ResourceNotFound',
    ],
    [
      'an unknown collection',
      'GET',
      `${group}/providers/No.Such/type`,
      undefined,
      {},
      404,
      'InvalidRequestUri',
    ],
    ['a patch of nothing', 'PATCH', box, {}, {}, 404, 'ResourceNotFound'],
    ['a body that is no JSON', 'PUT', box, undefined, { raw: '{' }, 400, 'InvalidRequestContent'],
    ['a body that is no object', 'PUT', box, [], {}, 400, 'InvalidRequestContent'],
    [
      'a body that is too large',
      'PUT',
      box,
      undefined,
      { raw: `{"a":"${'x'.repeat(4 * 1024 * 1024)}"}` },
      413,
      'RequestContentTooLarge',
    ],
    [
      'what the type refuses',
      'PUT',
      box,
      { location: 'x', properties: { fail: true } },
      {},
      409,
      'BoxBroken',
    ],
    [
      'a defect of ours',
      'PUT',
      box,
      { location: 'x', properties: { defect: true } },
      {},
      500,
      'InternalServerError',
    ],
    ['exporting a group', 'POST', `${group}/exportTemplate`, {}, {}, 501, 'NotSupported'],
  ];
  it.each(refusals)('refuses %s', async (_rule, method, path, body, options, status, code) => {
    const cloud = await setUp();
    const answer = await cloud.send(method, path, body, options);
    expect([answer.status, codeOf(answer)]).toEqual([status, code]);
    expect(JSON.stringify(answer.body)).not.toContain('a defect of ours');
  });

  it('carries request ids, and pages long lists', async () => {
    const cloud = await setUp();
    const answer = await cloud.send('GET', sub, undefined, {
      headers: { 'x-ms-client-request-id': 'mine' },
    });
    expect(answer.headers.get('x-ms-client-request-id')).toBe('mine');
    expect(answer.headers.get('x-ms-request-id')).toMatch(/^[0-9a-f-]{36}$/);
    for (let n = 0; n < 1001; n++) {
      await cloud.resources.put({
        id: `${box}${n}`,
        apiVersion: '2024-01-01',
        body: { location: 'x' },
        callerObjectId: '',
      });
    }
    const origin = 'https://management.azure.com:8443';
    const first = await cloud.send('GET', `${group}/providers/Test.Boxes/boxes`, undefined, {
      origin,
    });
    expect(valuesOf(first)).toHaveLength(1000);
    expect(String(first.body.nextLink)).toMatch(
      /^https:\/\/management\.azure\.com:8443\/subscriptions/,
    );
    const second = await cloud.send('GET', String(first.body.nextLink).slice(origin.length));
    expect(valuesOf(second)).toHaveLength(1);
    expect(second.body.nextLink).toBeUndefined();
  });
});

describe('role assignments and definitions', () => {
  const at = (scope: string, name: string = crypto.randomUUID()) =>
    `${scope}/providers/Microsoft.Authorization/roleAssignments/${name}`;
  const properties = { principalId: stranger, roleDefinitionId: reader };

  it('are created at any scope, echo ARM’s shape and decide from then on', async () => {
    const cloud = await setUp();
    expect((await cloud.send('GET', group, undefined, { as: stranger })).status).toBe(403);
    // Clients that pass the scope with its slash send two.
    const created = await cloud.send('PUT', `/${at(group)}`, { properties });
    expect(created.status).toBe(201);
    expect(created.body.properties).toMatchObject({
      roleDefinitionId: `${sub}${reader}`,
      principalId: stranger,
      principalType: 'ServicePrincipal',
      scope: group,
      condition: null,
      createdBy: deployer,
      createdOn: '2026-01-01T00:00:00.000Z',
    });
    expect((await cloud.send('GET', group, undefined, { as: stranger })).status).toBe(200);
    expect((await cloud.send('DELETE', String(created.body.id))).status).toBe(200);
    expect((await cloud.send('GET', group, undefined, { as: stranger })).status).toBe(403);
  });

  it('are listed at, above and below a scope, by principal', async () => {
    const cloud = await setUp();
    await cloud.send('PUT', box, { location: 'x' });
    await cloud.send('PUT', at(group), { properties });
    await cloud.send('PUT', at(box), { properties: { ...properties, principalId: home } });
    const count = async (scope: string, filter = '') =>
      valuesOf(
        await cloud.send(
          'GET',
          `${scope}/providers/Microsoft.Authorization/roleAssignments?$filter=${encodeURIComponent(filter)}`,
        ),
      ).length;
    expect(await count(group)).toBe(3);
    expect(await count(group, 'atScope()')).toBe(2);
    expect(await count(sub, 'atScope()')).toBe(1);
    expect(await count(box, `principalId eq '${home}'`)).toBe(1);
    expect(await count(group, `assignedTo('${stranger}')`)).toBe(1);
  });

  const faults: [rule: string, name: string | undefined, change: JsonObject, code: string][] = [
    ['a name that is no GUID', 'mine', {}, 'InvalidRoleAssignmentId'],
    ['a principal that is no GUID', undefined, { principalId: 'me' }, 'InvalidPrincipalId'],
    [
      'a role that does not exist',
      undefined,
      { roleDefinitionId: `${sub}/providers/Microsoft.Authorization/roleDefinitions/${home}` },
      'RoleDefinitionDoesNotExist',
    ],
    [
      'a condition that is none',
      undefined,
      { condition: '@Resource[x]' },
      'InvalidConditionFormat',
    ],
    [
      'a principal type that does not exist',
      undefined,
      { principalType: 'Robot' },
      'InvalidPrincipalType',
    ],
  ];
  it.each(faults)('are refused with %s', async (_rule, name, change, code) => {
    const cloud = await setUp();
    const answer = await cloud.send('PUT', at(group, name), {
      properties: { ...properties, ...change },
    });
    expect(codeOf(answer)).toBe(code);
  });

  it('are refused twice, and cannot change whom they are for', async () => {
    const cloud = await setUp();
    const path = at(group);
    await cloud.send('PUT', path, { properties });
    const twin = await cloud.send('PUT', at(group), { properties });
    expect([twin.status, codeOf(twin)]).toEqual([409, 'RoleAssignmentExists']);
    expect((await cloud.send('PUT', path, { properties })).status).toBe(200);
    const changed = await cloud.send('PUT', path, {
      properties: { ...properties, principalId: home },
    });
    expect(codeOf(changed)).toBe('RoleAssignmentUpdateNotPermitted');
  });

  it('find roles by name, and create custom ones', async () => {
    const cloud = await setUp();
    const roles = `${sub}/providers/Microsoft.Authorization/roleDefinitions`;
    const byName = async (name: string) =>
      valuesOf(
        await cloud.send('GET', `${roles}?$filter=${encodeURIComponent(`roleName eq '${name}'`)}`),
      );
    expect(await byName('reader')).toMatchObject([
      { id: `${sub}${reader}`, properties: { type: 'BuiltInRole' } },
    ]);
    const guid = 'cccccccc-0000-0000-0000-000000000001';
    const custom = {
      properties: {
        roleName: 'Key lister',
        assignableScopes: [group],
        permissions: [{ actions: ['Test.Boxes/boxes/listKeys/action'] }],
      },
    };
    expect((await cloud.send('PUT', `${roles}/${guid}`, custom)).status).toBe(201);
    expect(await byName('Key lister')).toHaveLength(0);
    const inGroup = await cloud.send(
      'GET',
      `${group}/providers/Microsoft.Authorization/roleDefinitions?$filter=type eq 'CustomRole'`,
    );
    expect(valuesOf(inGroup)).toHaveLength(1);
    expect((await cloud.send('GET', `${roles}/${guid}`)).body).toMatchObject({
      name: guid,
      properties: { type: 'CustomRole' },
    });
    const assigned = { principalId: stranger, roleDefinitionId: `${roles}/${guid}` };
    expect(codeOf(await cloud.send('PUT', at(sub), { properties: assigned }))).toBe(
      'RoleDefinitionDoesNotExist',
    );
    await cloud.send('PUT', box, { location: 'x' });
    await cloud.send('PUT', at(box), { properties: assigned });
    expect((await cloud.send('POST', `${box}/listKeys`, {}, { as: stranger })).status).toBe(200);
    const refused: [string, JsonObject, string][] = [
      [`${roles}/mine`, custom, 'InvalidRoleDefinitionId'],
      [`${roles}/${home}`, custom, 'RoleDefinitionWithSameNameExists'],
      [`${roles}/${home}`, { properties: { roleName: 'x' } }, 'InvalidRoleDefinition'],
      [`${sub}${owner}`, custom, 'RoleDefinitionBuiltIn'],
    ];
    for (const [path, body, code] of refused) {
      expect(codeOf(await cloud.send('PUT', path, body))).toBe(code);
    }
    expect((await cloud.send('GET', `${roles}/${home}`)).status).toBe(404);
  });
});

describe('deployments on the wire', () => {
  const template = {
    $schema: 'https://schema.management.azure.com/schemas/2019-04-01/deploymentTemplate.json#',
    contentVersion: '1.0.0.0',
    resources: [
      { type: 'Test.Boxes/boxes', apiVersion: '2024-01-01', name: 'b', location: 'westeurope' },
    ],
  };
  const path = `${group}/providers/Microsoft.Resources/deployments/d`;
  const body = { properties: { mode: 'Incremental', template } };
  const at = (url: string | null) => url!.slice('https://management.azure.com'.length);

  it('are answered 201 with a status address that ends in Succeeded', async () => {
    const cloud = await setUp();
    const answer = await cloud.send('PUT', path, body);
    expect(answer.status).toBe(201);
    expect(answer.body).toMatchObject({
      id: path,
      name: 'd',
      properties: { provisioningState: 'Accepted' },
    });
    const address = answer.headers.get('azure-asyncoperation');
    expect(address).toMatch(/\/operationStatuses\/\d{19}\?api-version=/);
    expect(answer.headers.get('retry-after')).toBe('0');
    let status: Json = '';
    for (let poll = 0; poll < 100 && status !== 'Succeeded'; poll++) {
      status = (await cloud.send('GET', at(address))).body.status ?? null;
      await new Promise((resolve) => setImmediate(resolve));
    }
    expect(status).toBe('Succeeded');
    expect((await cloud.send('GET', path)).body.properties).toMatchObject({
      outputResources: [{ id: box }],
      templateHash: expect.stringMatching(/^\d+$/),
      duration: expect.stringMatching(/^PT[\d.]+S$/),
    });
    expect((await cloud.send('HEAD', path)).status).toBe(204);
    expect((await cloud.send('PUT', path, body)).status).toBe(200);
  });

  it('take the body of az: an unquoted template with comments and line breaks in strings', async () => {
    const cloud = await setUp();
    const raw = `{"properties": {"mode": "Incremental", "parameters": {}, template: {
      // a comment
      "$schema": "${template.$schema}",
      "contentVersion": "1.0.0.0",
      "resources": [],
      "outputs": {"o": {"type": "string", "value": "[concat('a',
         'b')]"}},
    }}}`;
    expect((await cloud.send('PUT', path, undefined, { raw })).status).toBe(201);
    const validated = await cloud.send('POST', `${path}/validate`, undefined, { raw });
    expect(validated.status).toBe(200);
  });

  it('are validated and compared without a write', async () => {
    const cloud = await setUp();
    const valid = await cloud.send('POST', `${path}/validate`, body);
    expect(valid.body.properties).toMatchObject({
      provisioningState: 'Succeeded',
      validatedResources: [{ id: box }],
    });
    const before = await cloud.send('POST', `${path}/whatIf`, body);
    expect(before.body).toMatchObject({
      status: 'Succeeded',
      properties: { changes: [{ resourceId: box, changeType: 'Create' }] },
    });
    expect(cloud.log).toEqual([]);
    expect((await cloud.send('GET', path)).status).toBe(404);
    await cloud.send('PUT', box, { location: 'westeurope' });
    const after = await cloud.send('POST', `${path}/whatif`, body);
    expect(after.body).toMatchObject({ properties: { changes: [{ changeType: 'Deploy' }] } });
    const wrong = await cloud.send('POST', `${path}/validate`, { properties: { template: {} } });
    expect([wrong.status, codeOf(wrong)]).toEqual([400, 'InvalidTemplate']);
  });

  it('show their operations under both spellings, one by one, and are deleted', async () => {
    const cloud = await setUp();
    await cloud.deploy(template, {}, { name: 'd' });
    const first = valuesOf(await cloud.send('GET', `${path}/operations`));
    expect(first).toMatchObject([
      {
        properties: {
          provisioningState: 'Succeeded',
          statusCode: 'Created',
          targetResource: { id: box },
        },
      },
    ]);
    expect(valuesOf(await cloud.send('GET', `${group}/deployments/d/operations`))).toEqual(first);
    expect(
      (await cloud.send('GET', `${path}/operations/${String(first[0]?.operationId)}`)).status,
    ).toBe(200);
    expect((await cloud.send('GET', `${path}/operations/0`)).status).toBe(404);
    expect(
      valuesOf(await cloud.send('GET', `${group}/providers/Microsoft.Resources/deployments`)),
    ).toHaveLength(1);
    expect(codeOf(await cloud.send('POST', `${path}/cancel`))).toBe('DeploymentCannotBeCancelled');
    expect((await cloud.send('DELETE', path)).status).toBe(200);
    expect((await cloud.send('DELETE', path)).status).toBe(204);
    expect(codeOf(await cloud.send('GET', path))).toBe('DeploymentNotFound');
  });

  it('that run are not overwritten or deleted, and can be cancelled', async () => {
    const cloud = await setUp();
    const boxOf = (name: string, extra: JsonObject) => ({
      ...template.resources[0]!,
      name,
      ...extra,
    });
    const resources = [
      boxOf('x', { properties: { wait: true } }),
      boxOf('y', { dependsOn: ['x'] }),
    ];
    await cloud.send('PUT', path, { properties: { template: { ...template, resources } } });
    for (const method of ['PUT', 'DELETE']) {
      const answer = await cloud.send(method, path, method === 'PUT' ? body : undefined);
      expect([answer.status, codeOf(answer)]).toEqual([409, 'DeploymentActive']);
    }
    const running = valuesOf(await cloud.send('GET', `${path}/operations`));
    expect(running).toMatchObject([{ properties: { provisioningState: 'Running' } }]);
    expect((await cloud.send('POST', `${path}/cancel`)).status).toBe(204);
    cloud.release();
    let state: Json | undefined;
    for (let poll = 0; poll < 1000 && state !== 'Canceled'; poll++) {
      state = ((await cloud.send('GET', path)).body.properties as JsonObject).provisioningState;
      await new Promise((resolve) => setImmediate(resolve));
    }
    expect(state).toBe('Canceled');
    expect(cloud.log).toEqual(['x']);
  });

  it('cannot be changed past their own routes', async () => {
    const cloud = await setUp();
    await cloud.deploy(template, {}, { name: 'd' });
    for (const [method, target] of [
      ['PATCH', path],
      ['PUT', '/providers/Microsoft.Resources/deployments/d'],
    ] as const) {
      const answer = await cloud.send(method, target, { properties: { provisioningState: 'x' } });
      expect(answer.status).toBeGreaterThanOrEqual(400);
    }
    expect((await cloud.send('GET', path)).body.properties).toMatchObject({
      provisioningState: 'Succeeded',
    });
  });

  it('that were interrupted say so', async () => {
    const cloud = await setUp();
    await cloud.deploy(template, {}, { name: 'd' });
    const kind = 'resource:microsoft.resources/deployments';
    const stored = await cloud.store.get<JsonObject>(kind, path.toLowerCase());
    const value = { ...stored!.value, properties: { provisioningState: 'Running' } };
    await cloud.store.write([{ put: { kind, key: path.toLowerCase(), value } }]);
    expect((await cloud.send('GET', path)).body.properties).toMatchObject({
      provisioningState: 'Failed',
      error: { code: 'DeploymentInterrupted' },
    });
  });

  const faults: [rule: string, path: string, body: JsonObject, status: number, code: string][] = [
    [
      'a name that is not allowed',
      `${group}/providers/Microsoft.Resources/deployments/a%3Fb`,
      body,
      400,
      'InvalidDeploymentName',
    ],
    ['no properties', path, {}, 400, 'InvalidRequestContent'],
    [
      'a subscription’s without location',
      `${sub}/providers/Microsoft.Resources/deployments/d`,
      body,
      400,
      'LocationRequired',
    ],
    ['a group that is not there', path.replace('Rg', 'none'), body, 404, 'ResourceGroupNotFound'],
    ['Complete mode', path, { properties: { mode: 'Complete', template } }, 501, 'NotSupported'],
    [
      'a mode that does not exist',
      path,
      { properties: { mode: 'x', template } },
      400,
      'InvalidDeployment',
    ],
    [
      'a template link',
      path,
      { properties: { templateLink: { uri: 'https://x' } } },
      501,
      'NotSupported',
    ],
    [
      'onErrorDeployment',
      path,
      { properties: { template, onErrorDeployment: {} } },
      501,
      'NotSupported',
    ],
  ];
  it.each(faults)('are refused with %s', async (_rule, target, sent, status, code) => {
    const cloud = await setUp();
    const answer = await cloud.send('PUT', target, sent);
    expect([answer.status, codeOf(answer)]).toEqual([status, code]);
  });

  it('of another tenant’s subscription need that tenant’s token', async () => {
    const cloud = await createCloud();
    const answer = await cloud.send('GET', `/subscriptions/${otherSubscription}/resourceGroups`);
    expect(codeOf(answer)).toBe('InvalidAuthenticationTokenTenant');
    const authorization = `Bearer ${await cloud.token({ tid: other, iss: `https://sts.windows.net/${other}/` })}`;
    const allowed = await cloud.send(
      'GET',
      `/subscriptions/${otherSubscription}/resourceGroups`,
      undefined,
      { authorization },
    );
    expect(allowed.status).toBe(200);
  });
});
