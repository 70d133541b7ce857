// Break every link: the checks of the other tenant's token endpoint, one change at a time.
import { constants, generateKeyPairSync, randomUUID, sign } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import {
  type Administrator,
  type AssertionChanges,
  administrator,
  assertion,
  type ClientCertificate,
  contoso,
  fabrikam,
  keyCredential,
  makeCertificate,
  ordersAudience,
  principalOf,
  type Registration,
  register,
  requestToken,
  tokenUrl,
} from './directory.ts';
import { type HttpAnswer, type RunningHost, startLazurite } from './lazurite.ts';

let host: RunningHost;
let admin: Administrator;
let home: Administrator;
let certificate: ClientCertificate;
let expired: ClientCertificate;
let client: Registration;

const dayMs = 86_400_000;

beforeAll(async () => {
  host = await startLazurite('examples/article');
  admin = await administrator(host, 'contoso');
  home = await administrator(host, 'fabrikam');
  certificate = await makeCertificate();
  expired = await makeCertificate({
    notBefore: Date.now() - 30 * dayMs,
    notAfter: Date.now() - 10 * dayMs,
  });
  const keyCredentials = [keyCredential(certificate), keyCredential(expired)];
  client = await register(admin.graph, { keyCredentials });
});
afterAll(() => host?.stop());

interface TokenError {
  readonly error: string;
  readonly error_description: string;
  readonly error_codes: readonly number[];
  readonly trace_id: string;
  readonly correlation_id: string;
  readonly timestamp: string;
}

function expectRefusal(
  answer: HttpAnswer,
  status: number,
  error: string,
  code: number,
): TokenError {
  const body = answer.body as TokenError;
  expect([answer.status, body.error, body.error_codes]).toEqual([status, error, [code]]);
  expect(body.error_description).toMatch(new RegExp(`^AADSTS${code}: `));
  expect(body.timestamp).toMatch(/^\d{4}-\d{2}-\d{2} \d{2}:\d{2}:\d{2}Z$/);
  return body;
}

/** The refusal is told in the trace: rule, reason and what to change. */
async function expectExplained(): Promise<void> {
  const { hops } = await host.json<{
    hops: { decisions: { outcome: string; reason: string; fix?: string }[] }[];
  }>(['explain', 'last']);
  const refused = hops
    .flatMap((hop) => hop.decisions)
    .filter(({ outcome }) => outcome === 'refused');
  expect(refused.length).toBeGreaterThan(0);
  expect(refused.at(-1)!.reason).not.toBe('');
  expect(refused.at(-1)!.fix ?? '').not.toBe('');
}

const post = (changes: AssertionChanges = {}, clientId = client.appId) =>
  requestToken(host, clientId, assertion(clientId, certificate, changes));

describe('a client assertion', () => {
  test('that is right is accepted', async () => {
    const answer = await post();
    expect(answer.status).toBe(200);
    expect(answer.body).toMatchObject({ token_type: 'Bearer' });
    expect(Object.keys(answer.body)).not.toContain('refresh_token');
  });

  const now = () => Math.floor(Date.now() / 1000);
  const other = generateKeyPairSync('rsa', { modulusLength: 2048 }).privateKey;
  const broken: [string, () => AssertionChanges, number, RegExp][] = [
    [
      'with a thumbprint nobody registered',
      () => ({ header: { x5t: Buffer.alloc(20, 7).toString('base64url') } }),
      700027,
      /The key was not found.*0707070707/,
    ],
    [
      'signed with another key behind the right thumbprint',
      () => ({ key: other }),
      700027,
      /signature/,
    ],
    [
      'for the audience of another tenant',
      () => ({ claims: { aud: tokenUrl(fabrikam) } }),
      700023,
      /audience/,
    ],
    [
      'that has expired',
      () => ({ claims: { nbf: now() - 7200, exp: now() - 3600 } }),
      700024,
      /time range/,
    ],
    [
      'not valid yet beyond the skew',
      () => ({ claims: { nbf: now() + 3600, exp: now() + 7200 } }),
      700024,
      /time range/,
    ],
    [
      'whose subject is not its issuer',
      () => ({ claims: { sub: randomUUID() } }),
      50048,
      /issuer/i,
    ],
  ];
  test.each(broken)('%s is refused', async (_name, changes, code, words) => {
    const { error_description: text } = expectRefusal(
      await post(changes()),
      401,
      'invalid_client',
      code,
    );
    expect(text).toMatch(words);
    await expectExplained();
  });

  test('by an issuer that is not the client is refused as a federated one', async () => {
    const iss = randomUUID();
    const answer = await post({ claims: { iss, sub: iss } });
    expectRefusal(answer, 401, 'invalid_client', 700211);
  });

  test('with an expired certificate is refused', async () => {
    const answer = await requestToken(host, client.appId, assertion(client.appId, expired));
    const body = answer.body as TokenError;
    expect(answer.status).toBe(401);
    expect([700027, 1000502]).toContain(body.error_codes[0]);
    expect(body.error_description).toMatch(/expired|validity/i);
  });

  test('with a far exp is accepted', async () => {
    expect((await post({ claims: { exp: now() + 86_400 * 365 } })).status).toBe(200);
  });

  test('without a signature is refused', async () => {
    const unsigned = assertion(client.appId, certificate, { header: { alg: 'none' } });
    const answer = await requestToken(host, client.appId, unsigned.replace(/[^.]*$/, ''));
    expectRefusal(answer, 400, 'invalid_request', 5002730);
  });
});

describe('the client and the resource', () => {
  test('an unknown client is refused', async () => {
    const clientId = randomUUID();
    const answer = await requestToken(host, clientId, assertion(clientId, certificate));
    const body = expectRefusal(answer, 400, 'unauthorized_client', 700016);
    expect(body.error_description).toContain(clientId);
  });

  test('a client without a service principal in this tenant is refused', async () => {
    const stranger = await register(home.graph, {
      signInAudience: 'AzureADMultipleOrgs',
      keyCredentials: [keyCredential(certificate)],
    });
    expectRefusal(await post({}, stranger.appId), 401, 'invalid_client', 7000229);
    await expectExplained();
  });

  test('a disabled service principal is refused', async () => {
    const disabled = await register(admin.graph, { keyCredentials: [keyCredential(certificate)] });
    await admin.graph('PATCH', `/servicePrincipals/${disabled.principalId}`, {
      accountEnabled: false,
    });
    const answer = await post({}, disabled.appId);
    expectRefusal(answer, answer.status, (answer.body as TokenError).error, 7000112);
    expect(answer.status).toBeGreaterThanOrEqual(400);
  });

  test('a resource that is not in this tenant is refused', async () => {
    const answer = await requestToken(
      host,
      client.appId,
      assertion(client.appId, certificate),
      'https://fabrikam.onmicrosoft.com/orders-api',
    );
    expectRefusal(answer, 400, 'invalid_resource', 500011);
  });

  test('where the resource requires an assignment, a client without one is refused', async () => {
    const api = await principalOf(admin.graph, "displayName eq 'Contoso orders API'");
    await admin.graph('PATCH', `/servicePrincipals/${api.id}`, { appRoleAssignmentRequired: true });
    expectRefusal(await post(), 400, 'invalid_grant', 501051);
    await admin.graph('PATCH', `/servicePrincipals/${api.id}`, {
      appRoleAssignmentRequired: false,
    });
    expect((await post()).status).toBe(200);
  });

  test('roles are in the token only where they are assigned in this tenant', async () => {
    const claims = async () => claimsOf(await post());
    expect((await claims()).roles).toBeUndefined();
    const api = await principalOf(admin.graph, "displayName eq 'Contoso orders API'");
    const granted = await admin.graph('POST', `/servicePrincipals/${api.id}/appRoleAssignedTo`, {
      principalId: client.principalId,
      resourceId: api.id,
      appRoleId: api.appRoles[0]!.id,
    });
    expect(granted.status).toBe(201);
    expect(await claims()).toMatchObject({
      roles: ['Orders.Read'],
      tid: contoso,
      iss: `https://sts.windows.net/${contoso}/`,
      aud: ordersAudience,
      ver: '1.0',
      appid: client.appId,
      appidacr: '2',
      oid: client.principalId,
      sub: client.principalId,
    });
  });
});

function claimsOf(answer: HttpAnswer): Record<string, unknown> {
  const { access_token: token } = answer.body as { access_token: string };
  return JSON.parse(Buffer.from(token.split('.')[1]!, 'base64url').toString());
}

describe('assertions in the shapes SDKs emit are accepted', () => {
  const standard = (text: string) => Buffer.from(text, 'base64url').toString('base64');
  const now = Math.floor(Date.now() / 1000);
  const shapes: [string, () => AssertionChanges][] = [
    ['x5t padded, url-safe', () => ({ header: { x5t: `${certificate.x5t}=` } })],
    ['x5t in standard base64', () => ({ header: { x5t: standard(certificate.x5t) } })],
    [
      'x5t#S256 in standard base64 with RS256',
      () => ({ header: { x5t: undefined, 'x5t#S256': standard(certificate.x5tS256) } }),
    ],
    ['dates as strings', () => ({ claims: { nbf: String(now), exp: String(now + 600) } })],
    [
      'dates as floats, no nbf',
      () => ({ claims: { nbf: undefined, exp: now + 600.5, iat: now - 0.25 } }),
    ],
    ['neither nbf nor iat', () => ({ claims: { nbf: undefined } })],
    ['x5c as one string', () => ({ header: { x5c: certificate.der.toString('base64') } })],
    [
      'x5c as an array with line breaks',
      () => ({ header: { x5c: [certificate.der.toString('base64').replace(/.{64}/g, '$&\n')] } }),
    ],
    [
      'the v1 token endpoint as audience',
      () => ({ claims: { aud: `https://login.microsoftonline.com/${contoso}/oauth2/token` } }),
    ],
    [
      'an alias host and the domain as audience',
      () => ({
        claims: { aud: 'https://login.windows.net/contoso.onmicrosoft.com/oauth2/v2.0/token' },
      }),
    ],
  ];
  test.each(shapes)('%s', async (_name, changes) => {
    const answer = await post(changes());
    expect(answer.text).toContain('access_token');
  });

  test('PS256 with x5t#S256', async () => {
    const parts = assertion(client.appId, certificate, {
      header: { alg: 'PS256', x5t: undefined, 'x5t#S256': certificate.x5tS256 },
    }).split('.');
    const signature = sign('sha256', Buffer.from(`${parts[0]}.${parts[1]}`), {
      key: certificate.privateKey,
      padding: constants.RSA_PKCS1_PSS_PADDING,
      saltLength: 32,
    });
    const token = `${parts[0]}.${parts[1]}.${signature.toString('base64url')}`;
    expect((await requestToken(host, client.appId, token)).status).toBe(200);
  });
});
