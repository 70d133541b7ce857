// Proves: what a granted request answers, and what the token says.
import { describe, expect, it } from 'vitest';
import {
  assertionOf,
  assertionType,
  claimsOf,
  headerOf,
  home,
  other,
  readRoleId,
  startMs,
  startWithClient,
} from './fixtures/cloud.ts';

const now = startMs / 1000;
const v2 = `/${home}/oauth2/v2.0/token`;
const v1 = `/${home}/oauth2/token`;

async function start(version: 1 | 2 | null = 1) {
  const world = await startWithClient(version);
  const assertion = await assertionOf(world.certificate, world.client.appId, home);
  const form = {
    grant_type: 'client_credentials',
    client_id: world.client.appId,
    client_assertion_type: assertionType,
    client_assertion: assertion,
  };
  const ask = (more: Record<string, string> = {}, path = v2, init = {}) =>
    world.post(path, { ...form, scope: world.scope, ...more }, init);
  const askV1 = (resource: string) => world.post(v1, { ...form, resource });
  return { ...world, ask, askV1, form };
}

describe('answers', () => {
  it('v2: integers, and neither scope, refresh_token nor id_token', async () => {
    const { ask } = await start();
    const { status, headers, body } = await ask();
    expect(status).toBe(200);
    expect(body).toEqual({
      token_type: 'Bearer',
      expires_in: 3599,
      ext_expires_in: 3599,
      access_token: expect.any(String),
    });
    expect(headers.get('cache-control')).toBe('no-store, no-cache');
    expect(headers.get('content-type')).toBe('application/json; charset=utf-8');
    expect(headers.get('x-ms-request-id')).toMatch(/^[0-9a-f-]{36}$/);
    expect(headers.get('client-request-id')).toBeNull();
  });

  it('v1: strings, with expires_on, not_before and resource', async () => {
    const { askV1 } = await start();
    expect((await askV1(`api://${home}/api`)).body).toEqual({
      token_type: 'Bearer',
      expires_in: '3599',
      ext_expires_in: '3599',
      expires_on: String(now + 3600),
      not_before: String(now - 300),
      resource: `api://${home}/api`,
      access_token: expect.any(String),
    });
  });

  it('honours the correlation id of header, query or body, and echoes it when asked', async () => {
    const { ask } = await start();
    const id = 'dddddddd-0000-4000-8000-000000000004';
    const wrong = { scope: 'x' };
    const header = { headers: { 'client-request-id': id, 'return-client-request-id': 'true' } };
    const answers = [
      await ask(wrong, v2, header),
      await ask(wrong, `${v2}?client-request-id=${id}`),
      await ask({ ...wrong, 'client-request-id': id }),
    ];
    expect(answers.map(({ body }) => body.correlation_id)).toEqual([id, id, id]);
    expect(answers[0]!.headers.get('client-request-id')).toBe(id);
    expect((await ask(wrong)).body.correlation_id).toMatch(/^[0-9a-f-]{36}$/);
  });

  it('writes trace, correlation id and time into the description', async () => {
    const { ask } = await start();
    const { headers, body } = await ask({ scope: 'x' });
    expect(body.timestamp).toBe('2026-01-01 00:00:00Z');
    expect(body.trace_id).toBe(headers.get('x-ms-request-id'));
    expect(body.error_description).toContain(
      ` Trace ID: ${body.trace_id} Correlation ID: ${body.correlation_id} Timestamp: 2026-01-01 00:00:00Z`,
    );
    expect(body.error_uri).toBe('https://login.microsoftonline.com/error?code=1002012');
  });

  it('ignores parameters it does not know, as SDKs send many', async () => {
    const { ask } = await start();
    const more = {
      client_info: '1',
      'x-client-SKU': 'msal.js.node',
      claims: '{"access_token":{}}',
    };
    expect((await ask(more, `${v2}?client-request-id=x`)).status).toBe(200);
  });

  it('matches paths in any letter case, tenants by domain, hosts by alias', async () => {
    const { ask } = await start();
    expect((await ask({}, `/${home.toUpperCase()}/OAuth2/V2.0/Token`)).status).toBe(200);
    const byDomain = await ask({}, '/home.onmicrosoft.com/oauth2/v2.0/token', {
      host: 'login.windows.net',
    });
    expect(claimsOf(byDomain.body.access_token)).toMatchObject({
      tid: home,
      iss: `https://sts.windows.net/${home}/`,
    });
  });

  it('takes the client from HTTP Basic, form-encoded', async () => {
    const { entra, post } = await start();
    const deployer = await entra.ensureHostPrincipal({ tenantId: home, displayName: 'deployer' });
    const { clientId, clientSecret } = deployer;
    const basic = Buffer.from(`${clientId}:${encodeURIComponent(clientSecret)}`).toString('base64');
    const form = { grant_type: 'client_credentials', scope: 'https://vault.azure.net/.default' };
    const headers = { Authorization: `Basic ${basic}` };
    const { status, body } = await post(v2, form, { headers });
    expect(status).toBe(200);
    expect(claimsOf(body.access_token)).toMatchObject({ appid: clientId, appidacr: '1' });
  });

  it('the host’s secret is new at each start and the old one ends', async () => {
    const { entra, post } = await start();
    const first = await entra.ensureHostPrincipal({ tenantId: home, displayName: 'deployer' });
    const second = await entra.ensureHostPrincipal({ tenantId: home, displayName: 'deployer' });
    expect(second).toMatchObject({ clientId: first.clientId, principalId: first.principalId });
    const { body } = await post(v2, {
      grant_type: 'client_credentials',
      client_id: first.clientId,
      client_secret: first.clientSecret,
      scope: 'https://vault.azure.net/.default',
    });
    expect(body.error_codes).toEqual([7000215]);
  });
});

describe('tokens', () => {
  it('v1 by the resource’s requestedAccessTokenVersion, on either endpoint', async () => {
    const { ask, askV1, client } = await start(null);
    for (const { body } of [await ask(), await askV1(`api://${home}/api`)]) {
      const header = headerOf(body.access_token);
      expect(header).toEqual({ typ: 'JWT', alg: 'RS256', x5t: header.kid, kid: header.kid });
      expect(claimsOf(body.access_token)).toEqual({
        aud: `api://${home}/api`,
        iss: `https://sts.windows.net/${home}/`,
        iat: now - 300,
        nbf: now - 300,
        exp: now + 3600,
        aio: expect.any(String),
        appid: client.appId,
        appidacr: '2',
        idp: `https://sts.windows.net/${home}/`,
        oid: client.principalId,
        rh: expect.any(String),
        sub: client.principalId,
        tid: home,
        uti: expect.any(String),
        ver: '1.0',
      });
    }
  });

  it('v2 by the resource’s requestedAccessTokenVersion, on either endpoint', async () => {
    const { ask, askV1, client, api } = await start(2);
    for (const { body } of [await ask(), await askV1(`api://${home}/api`)]) {
      const header = headerOf(body.access_token);
      expect(header).toEqual({ typ: 'JWT', alg: 'RS256', kid: header.kid });
      expect(claimsOf(body.access_token)).toEqual({
        aud: api.appId,
        iss: `https://login.microsoftonline.com/${home}/v2.0`,
        iat: now - 300,
        nbf: now - 300,
        exp: now + 3600,
        aio: expect.any(String),
        azp: client.appId,
        azpacr: '2',
        oid: client.principalId,
        rh: expect.any(String),
        sub: client.principalId,
        tid: home,
        uti: expect.any(String),
        ver: '2.0',
      });
    }
  });

  it.each([
    ['https://vault.azure.net/.default', 'https://vault.azure.net'],
    ['https://management.azure.com//.default', 'https://management.azure.com/'],
    ['https://management.core.windows.net//.default', 'https://management.core.windows.net/'],
    ['00000003-0000-0000-c000-000000000000/.default', '00000003-0000-0000-c000-000000000000'],
    ['.default', '00000003-0000-0000-c000-000000000000'],
  ])('scope %s: the audience is %s', async (scope, aud) => {
    const { ask } = await start();
    expect(claimsOf((await ask({ scope })).body.access_token).aud).toBe(aud);
  });

  it('roles come from assignments in the issuing tenant alone', async () => {
    const { ask, client, api, assign } = await start();
    expect(claimsOf((await ask()).body.access_token)).not.toHaveProperty('roles');
    await assign(home, client.principalId, api.principalId);
    expect(claimsOf((await ask()).body.access_token).roles).toEqual(['Things.Read']);
  });

  it('assignment required: default access lets in and gives no role', async () => {
    const { ask, client, api, assign, admit } = await start();
    await admit(home, api.appId, { appRoleAssignmentRequired: true });
    await assign(home, client.principalId, api.principalId, '00000000-0000-0000-0000-000000000000');
    expect(claimsOf((await ask()).body.access_token)).not.toHaveProperty('roles');
  });

  it('a disabled role is in no token', async () => {
    const { ask, client, api, assign, apply } = await start();
    await assign(home, client.principalId, api.principalId);
    await apply(home, 'Microsoft.Graph/applications@v1.0', {
      uniqueName: 'api',
      appRoles: [
        {
          id: readRoleId,
          value: 'Things.Read',
          displayName: 'Read',
          allowedMemberTypes: ['Application'],
          isEnabled: false,
        },
      ],
    });
    expect(claimsOf((await ask()).body.access_token)).not.toHaveProperty('roles');
  });

  it('a multi-tenant client has another object id in every tenant', async () => {
    const { post, form, apply, admit, client, certificate } = await start();
    await apply(home, 'Microsoft.Graph/applications@v1.0', {
      uniqueName: 'client',
      signInAudience: 'AzureADMultipleOrgs',
    });
    const principalId = await admit(other, client.appId);
    const client_assertion = await assertionOf(certificate, client.appId, other);
    const scope = 'https://vault.azure.net/.default';
    const { body } = await post(`/${other}/oauth2/v2.0/token`, {
      ...form,
      client_assertion,
      scope,
    });
    expect(principalId).not.toBe(client.principalId);
    expect(claimsOf(body.access_token)).toMatchObject({
      tid: other,
      oid: principalId,
      sub: principalId,
      iss: `https://sts.windows.net/${other}/`,
    });
  });

  it('optional claims idtyp and aud use_guid are honoured', async () => {
    const { ask, apply, api } = await start();
    await apply(home, 'Microsoft.Graph/applications@v1.0', {
      uniqueName: 'api',
      optionalClaims: {
        accessToken: [{ name: 'idtyp' }, { name: 'aud', additionalProperties: ['use_guid'] }],
      },
    });
    const claims = claimsOf((await ask()).body.access_token);
    expect(claims).toMatchObject({ idtyp: 'app', aud: api.appId });
  });

  it('each token has its own uti', async () => {
    const { ask } = await start();
    const ids = [(await ask()).body, (await ask()).body].map(
      (body) => claimsOf(body.access_token).uti,
    );
    expect(new Set(ids).size).toBe(2);
  });

  it('a new signing key signs at once; both keys are published until the old tokens have ended', async () => {
    const { ask, entra, get, clock } = await start();
    const before = headerOf((await ask()).body.access_token).kid;
    clock.advance(1000);
    await entra.rotateSigningKey();
    const after = headerOf((await ask()).body.access_token).kid;
    expect(after).not.toBe(before);
    const kids = async () =>
      (await get('/common/discovery/keys')).body.keys.map(({ kid }: { kid: string }) => kid);
    expect(await kids()).toEqual([after, before]);
    clock.advance(2 * 86_400_000);
    expect(await kids()).toEqual([after]);
  });
});
