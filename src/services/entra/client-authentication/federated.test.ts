// Proves the rules of federated identity credentials, with a foreign issuer and with managed identities.
import { generateKeyPairSync } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { jwkOf, signJwt } from '../../../crypto/index.ts';
import type { Outbound } from '../../../http/index.ts';
import {
  assertionOf,
  assertionType,
  claimsOf,
  home,
  makeCertificate,
  other,
  startCloud,
  startMs,
} from '../fixtures/cloud.ts';

const issuer = 'https://issuer.example/path/';
const pair = generateKeyPairSync('rsa', { modulusLength: 2048 });
const now = startMs / 1000;

const issuerNetwork: Outbound = async ({ url }) => {
  const document = url.endsWith('/.well-known/openid-configuration')
    ? { issuer, jwks_uri: 'https://issuer.example/keys' }
    : { keys: [{ ...jwkOf(pair.publicKey), kid: 'one', use: 'sig' }] };
  return { status: 200, headers: [], body: Buffer.from(JSON.stringify(document)) };
};

const audience = 'api://AzureADTokenExchange';
const foreign = (header = {}, claims = {}, key = pair.privateKey) =>
  signJwt(
    { alg: 'RS256', kid: 'one', ...header } as never,
    { iss: issuer, sub: 'repo:main', aud: audience, exp: now + 600, ...claims },
    key,
  );

async function start() {
  const cloud = await startCloud(issuerNetwork);
  const client = await cloud.register(home, 'client', { signInAudience: 'AzureADMultipleOrgs' });
  const ask = (client_assertion: string, tenant = home) =>
    cloud.post(`/${tenant}/oauth2/v2.0/token`, {
      grant_type: 'client_credentials',
      client_id: client.appId,
      client_assertion_type: assertionType,
      client_assertion,
      scope: 'https://vault.azure.net/.default',
    });
  const federate = (properties: object) =>
    cloud.apply(home, 'Microsoft.Graph/applications/federatedIdentityCredentials@v1.0', {
      name: 'client/fic',
      audiences: [audience],
      ...properties,
    });
  return { ...cloud, client, ask, federate };
}

describe('a foreign issuer', () => {
  const startForeign = async () => {
    const world = await start();
    await world.federate({ issuer, subject: 'repo:main' });
    return world;
  };

  it('its token is verified with the keys it publishes; the client counts as strongly proven', async () => {
    const { ask } = await startForeign();
    const { status, body } = await ask(await foreign());
    expect(status).toBe(200);
    expect(claimsOf(body.access_token).appidacr).toBe('2');
  });

  it.each([
    ['an issuer without its trailing slash', {}, { iss: issuer.slice(0, -1) }, 700211],
    ['an issuer with a blank', {}, { iss: `${issuer} ` }, 700211],
    ['another subject', {}, { sub: 'repo:other' }, 700213],
    ['letter case', {}, { sub: 'Repo:main' }, 7002138],
    ['another audience', {}, { aud: 'api://other' }, 700212],
    ['an unknown key', { kid: 'two' }, {}, 700027],
    ['an expired token', {}, { exp: now - 301 }, 700024],
    ['PS256', { alg: 'PS256' }, {}, 5002730],
  ])('refuses %s', async (_, header, claims, code) => {
    const { ask } = await startForeign();
    const { status, body } = await ask(await foreign(header, claims));
    expect(body.error_codes).toEqual([code]);
    expect(status).toBe(code === 5002730 ? 400 : 401);
  });

  it('refuses a signature that is not the published key’s', async () => {
    const { ask } = await startForeign();
    const stranger = generateKeyPairSync('rsa', { modulusLength: 2048 }).privateKey;
    expect((await ask(await foreign({}, {}, stranger))).body.error_codes).toEqual([700027]);
  });
});

describe('a managed identity', () => {
  const identityId = `/subscriptions/s/resourceGroups/rg/providers/Microsoft.ManagedIdentity/userAssignedIdentities/one`;

  async function startIdentity(tenantId = home, explicit = true) {
    const world = await start();
    const certificate = await makeCertificate();
    const principal = await world.entra.managedIdentityDirectory.ensure({
      tenantId,
      identityId,
      displayName: 'one',
      explicit,
      certificate: certificate.der,
    });
    await world.federate({
      issuer: `https://login.microsoftonline.com/${tenantId}/v2.0`,
      subject: principal.principalId,
    });
    const tokenFor = async (resource: string) => {
      const client_assertion = await assertionOf(certificate, principal.clientId, tenantId);
      const answer = await world.post(`/${tenantId}/oauth2/token`, {
        grant_type: 'client_credentials',
        client_assertion_type: assertionType,
        client_assertion,
        resource,
      });
      expect(answer.status).toBe(200);
      return answer.body.access_token as string;
    };
    return { ...world, principal, tokenFor };
  }

  it('gets its tokens with the platform’s certificate: 24 hours, xms_mirid for Microsoft’s APIs', async () => {
    const { tokenFor, principal } = await startIdentity();
    const claims = claimsOf(await tokenFor('https://vault.azure.net'));
    expect(claims).toMatchObject({
      appid: principal.clientId,
      oid: principal.principalId,
      sub: principal.principalId,
      appidacr: '2',
      xms_mirid: identityId.replace('resourceGroups', 'resourcegroups'),
      exp: now + 86_400,
    });
  });

  it('its token for AzureADTokenExchange is a v2 token and stands for the application', async () => {
    const { tokenFor, ask, client } = await startIdentity();
    const token = await tokenFor(audience);
    expect(claimsOf(token)).toMatchObject({
      iss: `https://login.microsoftonline.com/${home}/v2.0`,
      aud: 'fb60f99c-7a34-4190-8149-302f77469936',
    });
    const { status, body } = await ask(token);
    expect(status).toBe(200);
    expect(claimsOf(body.access_token).appid).toBe(client.appId);
  });

  it('the exchange works at another tenant in which the application is installed', async () => {
    const { tokenFor, ask, admit, client } = await startIdentity();
    await admit(other, client.appId);
    const { status, body } = await ask(await tokenFor(audience), other);
    expect(status).toBe(200);
    expect(claimsOf(body.access_token)).toMatchObject({
      tid: other,
      iss: `https://sts.windows.net/${other}/`,
    });
  });

  it.each([
    ['a token for another audience', home, true, 'https://vault.azure.net'],
    ['a system-assigned identity', home, false, audience],
    ['an identity of another tenant than the application’s home', other, true, audience],
  ])('refuses %s', async (_, tenantId, explicit, resource) => {
    const { tokenFor, ask } = await startIdentity(tenantId, explicit);
    const { status, body } = await ask(await tokenFor(resource));
    expect({ status, codes: body.error_codes }).toEqual({ status: 401, codes: [700222] });
  });

  it('refuses a tampered token', async () => {
    const { tokenFor, ask } = await startIdentity();
    const [header, payload] = (await tokenFor(audience)).split('.');
    const signature = Buffer.alloc(256, 1).toString('base64url');
    expect((await ask(`${header}.${payload}.${signature}`)).body.error_codes).toEqual([700027]);
  });

  it('federated credentials of the identity itself let others be it', async () => {
    const { entra, post, principal } = await startIdentity();
    await entra.managedIdentityDirectory.federate({ tenantId: home, identityId }, [
      { name: 'fic', issuer, subject: 'repo:main', audiences: [audience] },
    ]);
    const { status, body } = await post(`/${home}/oauth2/v2.0/token`, {
      grant_type: 'client_credentials',
      client_id: principal.clientId,
      client_assertion_type: assertionType,
      client_assertion: await foreign(),
      scope: 'https://vault.azure.net/.default',
    });
    expect(status).toBe(200);
    expect(claimsOf(body.access_token).oid).toBe(principal.principalId);
  });

  it('is gone with its resource', async () => {
    const { entra, post, principal } = await startIdentity();
    await entra.managedIdentityDirectory.remove({ tenantId: home, identityId });
    const { body } = await post(`/${home}/oauth2/token`, {
      grant_type: 'client_credentials',
      client_id: principal.clientId,
      resource: 'https://vault.azure.net',
    });
    expect(body.error_codes).toEqual([700016]);
  });
});
