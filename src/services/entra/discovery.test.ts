// Proves: metadata and keys as SDKs and validators read them.
import { describe, expect, it } from 'vitest';
import { createTokenVerifier } from '../../http/index.ts';
import {
  assertionOf,
  assertionType,
  connection,
  home,
  other,
  startCloud,
  startWithClient,
} from './fixtures/cloud.ts';

const authority = 'https://login.microsoftonline.com';

describe('OpenID metadata', () => {
  it('v2 names the tenant by its id, also when asked by domain', async () => {
    const { get } = await startCloud();
    for (const segment of [home, 'HOME.onmicrosoft.com']) {
      const { status, headers, body } = await get(
        `/${segment}/v2.0/.well-known/openid-configuration`,
      );
      expect(status).toBe(200);
      expect(headers.get('access-control-allow-origin')).toBe('*');
      expect(headers.get('cache-control')).toBe('max-age=86400, private');
      expect(body).toMatchObject({
        issuer: `${authority}/${home}/v2.0`,
        token_endpoint: `${authority}/${home}/oauth2/v2.0/token`,
        authorization_endpoint: `${authority}/${home}/oauth2/v2.0/authorize`,
        jwks_uri: `${authority}/${home}/discovery/v2.0/keys`,
      });
    }
  });

  it('v1 has the issuer at sts.windows.net with a trailing slash', async () => {
    const { get } = await startCloud();
    expect((await get(`/${home}/.well-known/openid-configuration`)).body).toMatchObject({
      issuer: `https://sts.windows.net/${home}/`,
      token_endpoint: `${authority}/${home}/oauth2/token`,
      jwks_uri: `${authority}/common/discovery/keys`,
      scopes_supported: ['openid'],
    });
  });

  it.each([
    ['/common/v2.0', `${authority}/{tenantid}/v2.0`],
    ['/organizations/v2.0', `${authority}/{tenantid}/v2.0`],
    ['/consumers/v2.0', `${authority}/9188040d-6c67-4c5b-b112-36a304b66dad/v2.0`],
    ['/common', 'https://sts.windows.net/{tenantid}/'],
  ])('%s has the issuer %s', async (path, issuer) => {
    const { get } = await startCloud();
    expect((await get(`${path}/.well-known/openid-configuration`)).body.issuer).toBe(issuer);
  });

  it.each([
    ['/organizations', 90002],
    ['/nobody.onmicrosoft.com/v2.0', 90002],
    ['/99999999-0000-4000-8000-000000000000/v2.0', 90002],
    ['/no_body/v2.0', 900023],
  ])('%s is no tenant: AADSTS%d', async (path, code) => {
    const { get } = await startCloud();
    const { status, body } = await get(`${path}/.well-known/openid-configuration`);
    expect({ status, error: body.error, codes: body.error_codes }).toEqual({
      status: 400,
      error: 'invalid_tenant',
      codes: [code],
    });
  });

  it('under a custom authority every endpoint stays on that host', async () => {
    const { get } = await startCloud();
    const path = `/${home}/v2.0/.well-known/openid-configuration`;
    const { body } = await get(path, 'login.localhost:8443');
    expect(body.token_endpoint).toBe(`https://login.localhost:8443/${home}/oauth2/v2.0/token`);
    expect(body.jwks_uri).toBe(`https://login.localhost:8443/${home}/discovery/v2.0/keys`);
  });
});

describe('keys', () => {
  it('every tenant publishes the same keys, each with x5t equal to kid and its certificate', async () => {
    const { get } = await startCloud();
    const ofHome = (await get(`/${home}/discovery/v2.0/keys`)).body.keys;
    const ofOther = (await get(`/${other}/discovery/v2.0/keys`)).body.keys;
    expect(ofHome[0]).toMatchObject({
      kty: 'RSA',
      use: 'sig',
      x5t: ofHome[0].kid,
      x5c: [expect.any(String)],
      issuer: `${authority}/${home}/v2.0`,
    });
    expect(ofOther[0]).toMatchObject({ kid: ofHome[0].kid, n: ofHome[0].n });
    expect((await get('/common/discovery/v2.0/keys')).body.keys[0].issuer).toBe(
      `${authority}/{tenantid}/v2.0`,
    );
    const v1 = (await get('/common/discovery/keys')).body.keys[0];
    expect(v1.kid).toBe(ofHome[0].kid);
    expect(v1).not.toHaveProperty('issuer');
  });

  it('a token is verified through the metadata it comes with', async () => {
    const { post, certificate, client, scope, entra, clock } = await startWithClient();
    const { body } = await post(`/${home}/oauth2/v2.0/token`, {
      grant_type: 'client_credentials',
      client_assertion_type: assertionType,
      client_assertion: await assertionOf(certificate, client.appId, home),
      scope,
    });
    const verifier = createTokenVerifier({
      clock,
      async outbound({ url }) {
        const response = await entra.service(
          new Request(url),
          connection('login.microsoftonline.com'),
        );
        return {
          status: response.status,
          headers: [],
          body: Buffer.from(await response.arrayBuffer()),
        };
      },
    });
    const metadataUrl = `${authority}/${home}/.well-known/openid-configuration`;
    expect(await verifier.verify(body.access_token, { metadataUrl })).toMatchObject({
      ok: true,
      metadataIssuer: `https://sts.windows.net/${home}/`,
    });
  });
});

describe('instance discovery', () => {
  const path = '/common/discovery/instance?api-version=1.1&authorization_endpoint=';

  it('knows the hosts of the cloud', async () => {
    const { get } = await startCloud();
    const { body } = await get(`${path}https://login.windows.net/${home}/oauth2/v2.0/authorize`);
    expect(body).toEqual({
      tenant_discovery_endpoint: `${authority}/${home}/v2.0/.well-known/openid-configuration`,
      'api-version': '1.1',
      metadata: [
        {
          preferred_network: 'login.microsoftonline.com',
          preferred_cache: 'login.windows.net',
          aliases: [
            'login.microsoftonline.com',
            'login.windows.net',
            'login.microsoft.com',
            'sts.windows.net',
          ],
        },
      ],
    });
  });

  it('refuses every other host with invalid_instance', async () => {
    const { get } = await startCloud();
    const { status, body } = await get(`${path}https://idp.example/${home}/oauth2/v2.0/authorize`);
    expect({ status, error: body.error }).toEqual({ status: 400, error: 'invalid_instance' });
  });
});

describe('other paths', () => {
  it.each([
    ['/common/userrealm/someone@home.onmicrosoft.com?api-version=1.0', 404],
    [`/${home}/oauth2/v2.0/authorize`, 501],
    [`/${home}/oauth2/v2.0/devicecode`, 501],
    [`/${home}/adminconsent`, 501],
    ['/nothing', 404],
  ])('%s: %d', async (path, status) => {
    const { get } = await startCloud();
    const answer = await get(path);
    expect(answer.status).toBe(status);
    if (status === 501) expect(answer.body.error_description).toMatch(/^Lazurite does not serve /);
  });

  it('HEAD and OPTIONS are answered', async () => {
    const { entra } = await startCloud();
    const url = `${authority}/${home}/v2.0/.well-known/openid-configuration`;
    const ask = (method: string) =>
      entra.service(new Request(url, { method }), connection('login.microsoftonline.com'));
    const head = await ask('HEAD');
    expect({ status: head.status, text: await head.text() }).toEqual({ status: 200, text: '' });
    const options = await ask('OPTIONS');
    expect(options.status).toBe(204);
    expect(options.headers.get('access-control-allow-origin')).toBe('*');
  });
});
