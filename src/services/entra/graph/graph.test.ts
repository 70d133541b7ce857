// Proves: the directory over Microsoft Graph, who may change it, and what it refuses.
import { describe, expect, it } from 'vitest';
import type { JsonObject } from '../../../base/index.ts';
import {
  type Cloud,
  connection,
  home,
  makeCertificate,
  other,
  readRoleId,
  startCloud,
} from '../fixtures/cloud.ts';
import type { DirectoryRoleName } from '../index.ts';

type Headers = Record<string, string>;

async function start(directoryRoles: DirectoryRoleName[] = ['Global Administrator']) {
  const cloud = await startCloud();
  const caller = await callerOf(cloud, home, directoryRoles);
  return { ...cloud, ...caller };
}

/** A client of Graph that holds these directory roles and nothing else. */
async function callerOf(cloud: Cloud, tenantId: string, directoryRoles: DirectoryRoleName[]) {
  const displayName = `caller ${directoryRoles.join()}`;
  const principal = await cloud.entra.ensureHostPrincipal({
    tenantId,
    displayName,
    directoryRoles,
  });
  const token = async (scope = 'https://graph.microsoft.com/.default') => {
    const { body } = await cloud.post(`/${tenantId}/oauth2/v2.0/token`, {
      grant_type: 'client_credentials',
      client_id: principal.clientId,
      client_secret: principal.clientSecret,
      scope,
    });
    return String(body.access_token);
  };
  async function send(method: string, path: string, body?: unknown, headers: Headers = {}) {
    const request = new Request(`https://graph.microsoft.com/v1.0${path}`, {
      method,
      headers: { Authorization: `Bearer ${await token()}`, ...headers },
      body: body === undefined ? null : JSON.stringify(body),
    });
    const response = await cloud.entra.graph(request, connection('graph.microsoft.com'));
    const text = await response.text();
    // biome-ignore lint/suspicious/noExplicitAny: answers of a protocol
    const json: any = text ? JSON.parse(text) : undefined;
    return { status: response.status, headers: response.headers, body: json };
  }
  return { principal, token, send };
}

const graphId = '00000003-0000-0000-c000-000000000000';

describe('who may call', () => {
  it.each([
    ['no token', () => '', 'Access token is empty.'],
    ['no JWT', () => 'Bearer abc', 'CompactToken parsing failed'],
    [
      'a token for another API',
      async (world: Awaited<ReturnType<typeof start>>) =>
        `Bearer ${await world.token('https://vault.azure.net/.default')}`,
      'Invalid audience.',
    ],
    [
      'a tampered token',
      async (world: Awaited<ReturnType<typeof start>>) =>
        `Bearer ${(await world.token()).replace(/\.[^.]+$/, `.${'A'.repeat(342)}`)}`,
      'Invalid signature.',
    ],
  ])('refuses %s', async (_, authorization, words) => {
    const world = await start();
    const headers = { Authorization: await authorization(world) };
    const {
      status,
      body,
      headers: answered,
    } = await world.send('GET', '/applications', undefined, headers);
    expect(status).toBe(401);
    expect(body.error.code).toBe('InvalidAuthenticationToken');
    expect(body.error.message).toContain(words);
    expect(answered.get('www-authenticate')).toMatch(/^Bearer /);
  });

  it('refuses an expired token', async () => {
    const world = await start();
    const Authorization = `Bearer ${await world.token()}`;
    world.clock.advance(3_600_000 + 300_000);
    const { status, body } = await world.send('GET', '/applications', undefined, { Authorization });
    expect(status).toBe(401);
    expect(body.error.message).toBe('Lifetime validation failed, the token is expired.');
  });

  it.each([
    ['no role', [], 'GET', '/applications', 403],
    ['Directory Readers', ['Directory Readers'], 'GET', '/applications', 200],
    ['Directory Readers', ['Directory Readers'], 'POST', '/applications', 403],
    ['Application Administrator', ['Application Administrator'], 'POST', '/applications', 201],
    [
      'Privileged Role Administrator',
      ['Privileged Role Administrator'],
      'POST',
      '/applications',
      403,
    ],
  ] as const)('%s (%j): %s %s gives %d', async (_, roles, method, path, status) => {
    const { send } = await start([...roles]);
    const body = method === 'POST' ? { displayName: 'new' } : undefined;
    const answer = await send(method, path, body);
    expect(answer.status).toBe(status);
    if (status === 403) {
      expect(answer.body.error).toMatchObject({
        code: 'Authorization_RequestDenied',
        message: 'Insufficient privileges to complete the operation.',
      });
    }
  });

  it('an application permission of Graph suffices once it is assigned and in the token', async () => {
    const cloud = await startCloud();
    const plain = await callerOf(cloud, home, []);
    const admin = await callerOf(cloud, home, ['Global Administrator']);
    expect((await plain.send('POST', '/applications', { displayName: 'x' })).status).toBe(403);
    const graph = (await admin.send('GET', `/servicePrincipals(appId='${graphId}')`)).body;
    const role = graph.appRoles.find(
      ({ value }: { value: string }) => value === 'Application.ReadWrite.All',
    );
    const { status } = await admin.send(
      'POST',
      `/servicePrincipals/${graph.id}/appRoleAssignedTo`,
      {
        principalId: plain.principal.principalId,
        resourceId: graph.id,
        appRoleId: role.id,
      },
    );
    expect(status).toBe(201);
    expect((await plain.send('POST', '/applications', { displayName: 'x' })).status).toBe(201);
  });

  it('an application administrator does not give roles of Graph itself', async () => {
    const cloud = await startCloud();
    const { send, principal } = await callerOf(cloud, home, ['Application Administrator']);
    const graph = (await send('GET', `/servicePrincipals(appId='${graphId}')`)).body;
    const { status } = await send('POST', `/servicePrincipals/${graph.id}/appRoleAssignedTo`, {
      principalId: principal.principalId,
      resourceId: graph.id,
      appRoleId: graph.appRoles[0].id,
    });
    expect(status).toBe(403);
  });

  it('a tenant does not see the objects of another one', async () => {
    const cloud = await startCloud();
    const inHome = await callerOf(cloud, home, ['Global Administrator']);
    const inOther = await callerOf(cloud, other, ['Global Administrator']);
    const { body } = await inHome.send('POST', '/applications', { displayName: 'mine' });
    expect((await inOther.send('GET', `/applications/${body.id}`)).status).toBe(404);
    expect(
      (await inOther.send('GET', "/applications?$filter=displayName eq 'mine'")).body.value,
    ).toEqual([]);
  });

  it('/me is an error for an application', async () => {
    const { send } = await start();
    const { status, body } = await send('GET', '/me');
    expect(status).toBe(400);
    expect(body.error.message).toBe(
      '/me request is only valid with delegated authentication flow.',
    );
  });

  it('what is not served is refused by name', async () => {
    const { send } = await start();
    const { status, body } = await send('GET', '/groups');
    expect(status).toBe(501);
    expect(body.error.message).toContain("'GET /groups'");
    expect((await send('PUT', '/applications')).body.error.message).toContain('GET, POST');
  });
});

describe('applications', () => {
  it('are created, read, changed and deleted', async () => {
    const { send } = await start();
    const { status, body } = await send('POST', '/applications', {
      displayName: 'app',
      keyCredentials: [],
    });
    expect(status).toBe(201);
    expect(body['@odata.context']).toBe(
      'https://graph.microsoft.com/v1.0/$metadata#applications/$entity',
    );
    expect(body).toMatchObject({
      displayName: 'app',
      signInAudience: 'AzureADMyOrg',
      publisherDomain: 'home.onmicrosoft.com',
      identifierUris: [],
    });
    const change = { displayName: 'renamed', identifierUris: [`api://${body.appId}`] };
    expect((await send('PATCH', `/applications/${body.id}`, change)).status).toBe(204);
    for (const path of [`/applications/${body.id}`, `/applications(appId='${body.appId}')`]) {
      expect((await send('GET', path)).body).toMatchObject(change);
    }
    expect((await send('DELETE', `/applications/${body.id}`)).status).toBe(204);
    expect((await send('GET', `/applications/${body.id}`)).body.error).toMatchObject({
      code: 'Request_ResourceNotFound',
      message: `Resource '${body.id}' does not exist or one of its queried reference-property objects are not present.`,
    });
  });

  it('are upserted by uniqueName', async () => {
    const { send } = await start();
    const path = "/applications(uniqueName='it''s')";
    const body = { displayName: 'one' };
    expect((await send('PATCH', path, body)).status).toBe(404);
    const prefer = { Prefer: 'create-if-missing' };
    const created = await send('PATCH', path, body, prefer);
    expect(created.status).toBe(201);
    expect(created.body).toMatchObject({ displayName: 'one', uniqueName: "it's" });
    expect((await send('PATCH', path, { displayName: 'two' }, prefer)).status).toBe(204);
    expect((await send('GET', path)).body).toMatchObject({
      id: created.body.id,
      displayName: 'two',
    });
  });

  it('a secret is shown once, by addPassword, and works until it is removed', async () => {
    const { send, post } = await start();
    const app = (await send('POST', '/applications', { displayName: 'app' })).body;
    await send('POST', '/servicePrincipals', { appId: app.appId });
    const passwordCredential = {
      displayName: 'one',
      startDateTime: null,
      endDateTime: '2027-01-01T00:00:00Z',
    };
    const added = await send('POST', `/applications/${app.id}/addPassword`, { passwordCredential });
    expect(added.status).toBe(200);
    expect(added.body.secretText).toMatch(/^.{3}8Q~[A-Za-z0-9_-]{34}$/);
    const shown = (await send('GET', `/applications/${app.id}`)).body.passwordCredentials;
    expect(shown).toEqual([
      expect.objectContaining({
        keyId: added.body.keyId,
        hint: added.body.secretText.slice(0, 3),
        secretText: null,
      }),
    ]);
    const ask = () =>
      post(`/${home}/oauth2/v2.0/token`, {
        grant_type: 'client_credentials',
        client_id: app.appId,
        client_secret: added.body.secretText,
        scope: 'https://vault.azure.net/.default',
      });
    expect((await ask()).status).toBe(200);
    const { keyId } = added.body;
    expect((await send('POST', `/applications/${app.id}/removePassword`, { keyId })).status).toBe(
      204,
    );
    expect((await ask()).body.error_codes).toEqual([7000215]);
  });

  it('certificates: az’s base64 with line breaks; bytes come back only when selected', async () => {
    const { send } = await start();
    const { der } = await makeCertificate();
    const key = der.toString('base64').replace(/.{64}/g, '$&\n');
    const app = (
      await send('POST', '/applications', { displayName: 'app', keyCredentials: [{ key }] })
    ).body;
    expect(app.keyCredentials[0]).toMatchObject({
      type: 'AsymmetricX509Cert',
      usage: 'Verify',
      key: null,
    });
    const { keyId } = app.keyCredentials[0];
    const selected = (await send('GET', `/applications/${app.id}?$select=id,keyCredentials`)).body;
    expect(selected.keyCredentials[0].key).toBe(der.toString('base64'));
    expect(selected).not.toHaveProperty('displayName');
    await send('PATCH', `/applications/${app.id}`, { keyCredentials: [{ keyId }, { key }] });
    expect((await send('GET', `/applications/${app.id}`)).body.keyCredentials).toHaveLength(2);
  });

  const role = {
    id: readRoleId,
    value: 'A',
    displayName: 'A',
    allowedMemberTypes: ['Application'],
  };
  it.each([
    ['no display name', {}, /displayName/],
    ['an unknown member', { displayName: 'x', colour: 'red' }, /Invalid property 'colour'/],
    ['a wrong kind', { displayName: 1 }, /displayName/],
    ['an unknown audience', { displayName: 'x', signInAudience: 'All' }, /signInAudience/],
    ['version 3', { displayName: 'x', api: { requestedAccessTokenVersion: 3 } }, /null, 1 or 2/],
    [
      'version 1 with personal accounts',
      { displayName: 'x', signInAudience: 'AzureADandPersonalMicrosoftAccount' },
      /must be 2/,
    ],
    [
      'an identifier URI with a slash at its end',
      { displayName: 'x', identifierUris: [`api://${home}/`] },
      /must not end/,
    ],
    [
      'an api URI of nobody',
      { displayName: 'x', identifierUris: ['api://nobody'] },
      /tenant verified domain, tenant ID, or app ID/,
    ],
    [
      'a foreign domain',
      { displayName: 'x', identifierUris: ['https://example.com/x'] },
      /verified domain/,
    ],
    [
      'an identifier URI in use',
      { displayName: 'x', identifierUris: [`api://${home}/taken`] },
      /already exists/,
    ],
    [
      'two roles with one id',
      { displayName: 'x', appRoles: [role, { ...role, value: 'B' }] },
      /unique/,
    ],
    [
      'two roles with one value',
      { displayName: 'x', appRoles: [role, { ...role, id: home }] },
      /unique/,
    ],
    [
      'a role for nobody',
      { displayName: 'x', appRoles: [{ ...role, allowedMemberTypes: [] }] },
      /allowedMemberTypes/,
    ],
    [
      'a role value with a blank',
      { displayName: 'x', appRoles: [{ ...role, value: 'A B' }] },
      /blanks/,
    ],
    [
      'a role id that is no GUID',
      { displayName: 'x', appRoles: [{ ...role, id: '1' }] },
      /Invalid GUID/,
    ],
    [
      'a key that is no certificate',
      { displayName: 'x', keyCredentials: [{ key: 'AAAA' }] },
      /invalid certificate/,
    ],
    [
      'a secret in the body',
      { displayName: 'x', passwordCredentials: [{ secretText: 's' }] },
      /addPassword/,
    ],
  ])('refuses %s', async (_, body, message) => {
    const { send, register } = await start();
    await register(home, 'taken', { identifierUris: [`api://${home}/taken`] });
    const answer = await send('POST', '/applications', body);
    expect(answer.status).toBe(400);
    expect(answer.body.error.message).toMatch(message);
  });

  it('a body that is no JSON is refused', async () => {
    const { entra, token } = await start();
    const headers = { Authorization: `Bearer ${await token()}` };
    const request = new Request('https://graph.microsoft.com/v1.0/applications', {
      method: 'POST',
      headers,
      body: '{',
    });
    const response = await entra.graph(request, connection('graph.microsoft.com'));
    expect(response.status).toBe(400);
  });

  it('deleting one deletes its service principal at home and what that one held', async () => {
    const { send, register, assign } = await start();
    const api = await register(home, 'api', { appRoles: [role] });
    const client = await register(home, 'client');
    await assign(home, client.principalId, api.principalId);
    await send('DELETE', `/applications(appId='${client.appId}')`);
    expect((await send('GET', `/servicePrincipals/${client.principalId}`)).status).toBe(404);
    expect(
      (await send('GET', `/servicePrincipals/${api.principalId}/appRoleAssignedTo`)).body.value,
    ).toEqual([]);
  });
});

describe('queries', () => {
  it.each([
    ["appId eq 'APPID'", ['alpha']],
    ["displayName eq 'ALPHA'", ['alpha']],
    ["startswith(displayName,'al')", ['alpha']],
    ["displayName in ('alpha', 'beta')", ['alpha', 'beta']],
    ["startsWith(displayName,'al') or displayName eq 'beta'", ['alpha', 'beta']],
    ["not (displayName eq 'alpha') and startswith(displayName,'b')", ['beta']],
    [`identifierUris/any(s:s eq 'api://${home}/alpha')`, ['alpha']],
    [`identifierUris/any(s:startswith(s,'api://${home}'))`, ['alpha']],
    ["displayName ne 'alpha' and displayName ne 'caller Global Administrator'", ['beta']],
    ['api/requestedAccessTokenVersion eq null and identifierUris/any(x:x ne null)', ['alpha']],
  ])('$filter=%s', async (filter, expected) => {
    const { send, register } = await start();
    const { appId } = await register(home, 'alpha', { identifierUris: [`api://${home}/alpha`] });
    await register(home, 'beta');
    const text = encodeURIComponent(filter.replace('APPID', appId.toUpperCase()));
    const { status, body } = await send('GET', `/applications?$filter=${text}`);
    expect(status).toBe(200);
    const found = body.value.map(({ displayName }: JsonObject) => displayName);
    expect(found.sort()).toEqual(expected);
  });

  it.each([
    'displayName gt 1',
    'displayName',
    "(displayName eq 'a'",
    "displayName eq 'a' displayName",
    'displayName eq',
    "endswith(displayName,'a')",
    '~',
    `${'('.repeat(40)}displayName eq 'a'${')'.repeat(40)}`,
    `displayName eq '${'x'.repeat(5000)}'`,
  ])('refuses $filter=%s', async (filter) => {
    const { send } = await start();
    const { status, body } = await send(
      'GET',
      `/applications?$filter=${encodeURIComponent(filter)}`,
    );
    expect({ status, code: body.error.code }).toEqual({
      status: 400,
      code: 'Request_UnsupportedQuery',
    });
  });

  it.each(['$expand=owners', '$orderby=displayName', '$search="x"', '$top=0', '$top=1000'])(
    'refuses %s',
    async (query) => {
      const { send } = await start();
      expect((await send('GET', `/applications?${query}`)).status).toBe(400);
    },
  );

  it('pages with $top and @odata.nextLink, counts with $count', async () => {
    const { send } = await start();
    const seen: string[] = [];
    let path = '/servicePrincipals?$top=2&$select=id&$count=true';
    for (let pages = 0; path && pages < 10; pages++) {
      const { body } = await send('GET', path);
      expect(body['@odata.count']).toBe(6);
      seen.push(...body.value.map(({ id }: { id: string }) => id));
      path = body['@odata.nextLink']?.slice('https://graph.microsoft.com/v1.0'.length);
    }
    expect(new Set(seen).size).toBe(6);
  });

  it('beta answers the same', async () => {
    const { entra, token } = await start();
    const headers = { Authorization: `Bearer ${await token()}` };
    const request = new Request('https://graph.microsoft.com/beta/organization', { headers });
    const response = await entra.graph(request, connection('graph.microsoft.com'));
    expect(await response.json()).toMatchObject({
      '@odata.context': 'https://graph.microsoft.com/beta/$metadata#organization',
      value: [
        { id: home, displayName: 'Home', verifiedDomains: [{ name: 'home.onmicrosoft.com' }] },
      ],
    });
  });
});

describe('service principals', () => {
  it('az finds one by its names', async () => {
    const { send, register } = await start();
    const { appId, principalId } = await register(home, 'app');
    const filter = encodeURIComponent(`servicePrincipalNames/any(c:c eq '${appId}')`);
    const { body } = await send('GET', `/servicePrincipals?$filter=${filter}`);
    expect(body.value).toEqual([expect.objectContaining({ id: principalId, appId })]);
  });

  it('a multi-tenant application gets one in another tenant, with another id', async () => {
    const cloud = await startCloud();
    const { send } = await callerOf(cloud, other, ['Global Administrator']);
    const { appId, principalId } = await cloud.register(home, 'app', {
      signInAudience: 'AzureADMultipleOrgs',
    });
    const { status, body } = await send('POST', '/servicePrincipals', { appId });
    expect(status).toBe(201);
    expect(body).toMatchObject({
      appId,
      appOwnerOrganizationId: home,
      servicePrincipalType: 'Application',
    });
    expect(body.id).not.toBe(principalId);
  });

  it.each([
    ['an unknown application', async () => home, 400, 'NoBackingApplicationObject'],
    [
      'a single-tenant application of another tenant',
      async ({ register }: Cloud) => (await register(other, 'app')).appId,
      400,
      'Request_BadRequest',
    ],
    [
      'an application that has one',
      async ({ register }: Cloud) => (await register(home, 'app')).appId,
      409,
      'Request_MultipleObjectsWithSameKeyValue',
    ],
    ['an app id that is no GUID', async () => 'x', 400, 'Request_BadRequest'],
  ])('refuses %s', async (_, appIdOf, status, code) => {
    const world = await start();
    const answer = await world.send('POST', '/servicePrincipals', { appId: await appIdOf(world) });
    expect({ status: answer.status, code: answer.body.error.code }).toEqual({ status, code });
  });

  it('are changed and deleted', async () => {
    const { send, register } = await start();
    const { principalId } = await register(home, 'app');
    const change = { accountEnabled: false, appRoleAssignmentRequired: true };
    expect((await send('PATCH', `/servicePrincipals/${principalId}`, change)).status).toBe(204);
    expect((await send('GET', `/servicePrincipals/${principalId}`)).body).toMatchObject(change);
    expect((await send('DELETE', `/servicePrincipals/${principalId}`)).status).toBe(204);
    expect((await send('GET', `/servicePrincipals/${principalId}`)).status).toBe(404);
  });

  it('a managed identity’s is deleted with its resource alone', async () => {
    const { send, entra } = await start();
    const { principalId } = await entra.managedIdentityDirectory.ensure({
      tenantId: home,
      identityId: '/subscriptions/s/x',
      displayName: 'x',
      explicit: false,
      certificate: (await makeCertificate()).der,
    });
    const shown = (await send('GET', `/servicePrincipals/${principalId}`)).body;
    expect(shown).toMatchObject({
      servicePrincipalType: 'ManagedIdentity',
      alternativeNames: ['isExplicit=False', '/subscriptions/s/x'],
    });
    expect((await send('DELETE', `/servicePrincipals/${principalId}`)).status).toBe(400);
  });

  it('getByIds gives what exists', async () => {
    const { send, register } = await start();
    const { principalId } = await register(home, 'app');
    const { body } = await send('POST', '/directoryObjects/getByIds', {
      ids: [principalId, other],
    });
    expect(body.value).toEqual([
      expect.objectContaining({
        '@odata.type': '#microsoft.graph.servicePrincipal',
        id: principalId,
      }),
    ]);
  });
});

describe('app role assignments', () => {
  const appRoles = [
    { id: readRoleId, value: 'A', displayName: 'A', allowedMemberTypes: ['Application'] },
    { id: other, value: 'B', displayName: 'B', allowedMemberTypes: ['User'] },
  ];
  async function startRoles() {
    const world = await start();
    const api = await world.register(home, 'api', { appRoles });
    const client = await world.register(home, 'client');
    const ids = {
      principalId: client.principalId,
      resourceId: api.principalId,
      appRoleId: readRoleId,
    };
    return { ...world, api, client, ids };
  }

  it.each([
    ['appRoleAssignedTo', 'resourceId'],
    ['appRoleAssignments', 'principalId'],
  ] as const)('%s: created, listed, read, deleted', async (set, side) => {
    const { send, ids } = await startRoles();
    const path = `/servicePrincipals/${ids[side]}/${set}`;
    const created = await send('POST', path, ids);
    expect(created.status).toBe(201);
    expect(created.body).toMatchObject({
      ...ids,
      principalType: 'ServicePrincipal',
      principalDisplayName: 'client',
      resourceDisplayName: 'api',
    });
    expect((await send('GET', path)).body.value).toHaveLength(1);
    expect((await send('GET', `${path}/${created.body.id}`)).body.id).toBe(created.body.id);
    expect((await send('DELETE', `${path}/${created.body.id}`)).status).toBe(204);
    expect((await send('DELETE', `${path}/${created.body.id}`)).status).toBe(404);
    expect((await send('GET', path)).body.value).toEqual([]);
  });

  it.each([
    [
      'a role that does not exist',
      { appRoleId: home },
      400,
      /Permission being assigned was not found/,
    ],
    ['a role for users', { appRoleId: other }, 400, /Permission being assigned was not found/],
    ['a principal that does not exist', { principalId: other }, 404, /does not exist/],
    ['another resource than the path', { resourceId: other }, 400, /must be the id/],
    ['no role', { appRoleId: null }, 400, /appRoleId/],
  ])('refuses %s', async (_, change, status, message) => {
    const { send, ids } = await startRoles();
    const answer = await send('POST', `/servicePrincipals/${ids.resourceId}/appRoleAssignedTo`, {
      ...ids,
      ...change,
    });
    expect(answer.status).toBe(status);
    expect(answer.body.error.message).toMatch(message);
  });

  it('refuses the same assignment twice', async () => {
    const { send, ids } = await startRoles();
    const path = `/servicePrincipals/${ids.resourceId}/appRoleAssignedTo`;
    await send('POST', path, ids);
    expect((await send('POST', path, ids)).body.error.message).toBe(
      'Permission being assigned already exists on the object',
    );
  });
});

describe('federated identity credentials', () => {
  const credential = {
    name: 'deploy',
    issuer: 'https://issuer.example',
    subject: 'main',
    audiences: ['api://AzureADTokenExchange'],
  };
  async function startFederated() {
    const world = await start();
    const { appId } = await world.register(home, 'app');
    const path = `/applications(appId='${appId}')/federatedIdentityCredentials`;
    return { ...world, path };
  }

  it('are created, listed, changed and deleted, by id or name', async () => {
    const { send, path } = await startFederated();
    const created = await send('POST', path, credential);
    expect(created.status).toBe(201);
    expect(created.body).toMatchObject(credential);
    expect((await send('PATCH', `${path}/deploy`, { subject: 'other' })).status).toBe(204);
    expect((await send('GET', `${path}/${created.body.id}`)).body.subject).toBe('other');
    expect((await send('DELETE', `${path}/deploy`)).status).toBe(204);
    expect((await send('GET', path)).body.value).toEqual([]);
  });

  it.each([
    ['two audiences', { audiences: ['a', 'b'] }, /exactly one audience/],
    ['no audience', { audiences: [] }, /exactly one audience/],
    ['a short name', { name: 'ab' }, /name 'ab'/],
    ['a name with a blank', { name: 'a b c' }, /name 'a b c'/],
    ['a subject beyond 600 characters', { subject: 'x'.repeat(601) }, /600/],
    ['an issuer without https', { issuer: 'http://x' }, /https/],
    ['no subject', { subject: null }, /subject/],
  ])('refuses %s', async (_, change, message) => {
    const { send, path } = await startFederated();
    const answer = await send('POST', path, { ...credential, ...change });
    expect(answer.status).toBe(400);
    expect(answer.body.error.message).toMatch(message);
  });

  it('refuses a name, or an issuer and subject, that exist', async () => {
    const { send, path } = await startFederated();
    await send('POST', path, credential);
    expect((await send('POST', path, { ...credential, subject: 'x' })).status).toBe(409);
    expect(
      (await send('POST', path, { ...credential, name: 'second' })).body.error.message,
    ).toMatch(/already exists/);
  });

  it('refuses the twenty-first', async () => {
    const { send, path } = await startFederated();
    for (let index = 0; index < 20; index++) {
      await send('POST', path, { ...credential, name: `name${index}`, subject: `${index}` });
    }
    const answer = await send('POST', path, credential);
    expect({ status: answer.status, code: answer.body.error.code }).toEqual({
      status: 403,
      code: 'Directory_QuotaExceeded',
    });
  });
});

describe('templates with the Microsoft.Graph import', () => {
  it('a second deployment changes nothing but what differs', async () => {
    const { apply, entra } = await startCloud();
    const type = 'Microsoft.Graph/applications@v1.0';
    const first = await apply(home, type, { uniqueName: 'app', displayName: 'one' });
    const second = await apply(home, type, { uniqueName: 'app', displayName: 'two' });
    expect(second).toMatchObject({ id: first.id, appId: first.appId, displayName: 'two' });
    const found = await entra.directoryExtension.find(home, type, { uniqueName: 'app' });
    expect(found).toEqual(second);
    expect(await entra.directoryExtension.find(other, type, { uniqueName: 'app' })).toBeUndefined();
  });

  it('refuses types it does not know, and wrong objects, in Graph’s codes', async () => {
    const { apply } = await startCloud();
    await expect(apply(home, 'Microsoft.Graph/groups@v1.0', {})).rejects.toMatchObject({
      code: 'notSupported',
      status: 501,
    });
    await expect(
      apply(home, 'Microsoft.Graph/applications@v1.0', { uniqueName: 'x' }),
    ).rejects.toMatchObject({
      code: 'Request_BadRequest',
      status: 400,
    });
    const fic = 'Microsoft.Graph/applications/federatedIdentityCredentials@v1.0';
    await expect(apply(home, fic, { name: 'nobody/fic' })).rejects.toMatchObject({ status: 404 });
  });
});
