// Every AADSTS refusal, reached by changing one thing of a request that is granted.
import { createHmac, createSecretKey } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { manualClock } from '../../base/index.ts';
import { signJwt } from '../../crypto/index.ts';
import { inSpan, type RecordedSpan, startTelemetry } from '../../telemetry/index.ts';
import { type RefusalCode, refusals } from './errors.ts';
import {
  type AssertionParts,
  assertionOf,
  assertionType,
  connection,
  encode,
  home,
  makeCertificate,
  other,
  startMs,
  startWithClient,
  strangerKey,
} from './fixtures/cloud.ts';

type World = Awaited<ReturnType<typeof startWithClient>>;
type Answer = Awaited<ReturnType<World['post']>>;

const v2 = `/${home}/oauth2/v2.0/token`;
const now = startMs / 1000;

/** The request that is granted, with parts of form and assertion replaced. */
async function ask(
  world: World,
  form: Record<string, string | undefined> = {},
  parts: AssertionParts = {},
  path = v2,
): Promise<Answer> {
  const { certificate, client, scope } = world;
  const assertion = await assertionOf(certificate, client.appId, home, parts);
  return world.post(path, {
    grant_type: 'client_credentials',
    client_id: client.appId,
    client_assertion_type: assertionType,
    client_assertion: assertion,
    scope,
    ...form,
  });
}
const withSecret = (world: World, secret: string | undefined, form = {}) =>
  ask(world, {
    client_assertion: undefined,
    client_assertion_type: undefined,
    client_secret: secret,
    ...form,
  });
async function secretOf(world: World, endDateTime?: string): Promise<string> {
  return (await graphAddPassword(world, endDateTime)).secretText;
}
async function graphAddPassword(world: World, endDateTime?: string) {
  const deployer = await world.entra.ensureHostPrincipal({
    tenantId: home,
    displayName: 'deployer',
    directoryRoles: ['Global Administrator'],
  });
  const answer = await world.post(v2, {
    grant_type: 'client_credentials',
    client_id: deployer.clientId,
    client_secret: deployer.clientSecret,
    scope: 'https://graph.microsoft.com/.default',
  });
  const response = await world.entra.graph(
    new Request(
      `https://graph.microsoft.com/v1.0/applications(appId='${world.client.appId}')/addPassword`,
      {
        method: 'POST',
        headers: { Authorization: `Bearer ${answer.body.access_token}` },
        body: JSON.stringify({ passwordCredential: { displayName: 'one', endDateTime } }),
      },
    ),
    connection('graph.microsoft.com'),
  );
  expect(response.status).toBe(200);
  return (await response.json()) as { secretText: string; keyId: string };
}
const federate = (world: World, properties: object) =>
  world.apply(home, 'Microsoft.Graph/applications/federatedIdentityCredentials@v1.0', {
    name: 'client/fic',
    issuer: 'https://issuer.example',
    subject: 'someone',
    audiences: ['api://AzureADTokenExchange'],
    ...properties,
  });
const foreign = {
  claims: {
    iss: 'https://issuer.example',
    sub: 'someone',
    aud: 'api://AzureADTokenExchange',
  },
};

type Case = readonly [RefusalCode, string, (world: World) => Promise<Answer>, (string | RegExp)?];

const cases: readonly Case[] = [
  [50027, 'an assertion that is no JWT', (w) => ask(w, { client_assertion: 'abc' })],
  [
    50027,
    'an assertion without a thumbprint',
    (w) => ask(w, {}, { header: { x5t: undefined } }),
    'No certificate thumbprint specified in token header.',
  ],
  [50048, 'sub differs from iss', (w) => ask(w, {}, { claims: { sub: other } })],
  [
    50049,
    'an authority of no cloud',
    (w) => w.get('/common/discovery/instance?authorization_endpoint=https://idp.example/x/oauth2'),
    'Unknown or invalid instance.',
  ],
  [50050, 'no authority at all', (w) => w.get('/common/discovery/instance?api-version=1.1')],
  [50059, 'no tenant named', (w) => ask(w, {}, {}, '/organizations/oauth2/v2.0/token')],
  [
    500011,
    'an API without a service principal in the tenant',
    (w) => ask(w, { scope: 'api://elsewhere/.default' }),
    'The resource principal named api://elsewhere was not found in the tenant named Home.',
  ],
  [
    500014,
    'a disabled API',
    async (w) => {
      await w.admit(home, w.api.appId, { accountEnabled: false });
      return ask(w);
    },
    'is disabled',
  ],
  [
    501051,
    'assignment required and missing',
    async (w) => {
      await w.admit(home, w.api.appId, { appRoleAssignmentRequired: true });
      return ask(w);
    },
    /^AADSTS501051: Application '[0-9a-f-]{36}'\(client\) is not assigned to a role for the application '[0-9a-f-]{36}'\(api\)\. /,
  ],
  [
    50166,
    'an issuer that cannot be reached',
    async (w) => {
      await federate(w, {});
      return ask(w, {}, foreign);
    },
  ],
  [
    5002730,
    'HS256 with the public key',
    async (w) => {
      const { certificate, client } = w;
      const text = `${encode({ alg: 'HS256', x5t: certificate.x5t })}.${encode({
        iss: client.appId,
        sub: client.appId,
        aud: `https://login.microsoftonline.com${v2}`,
        exp: now + 600,
      })}`;
      const mac = createHmac('sha256', certificate.der).update(text).digest('base64url');
      return ask(w, { client_assertion: `${text}.${mac}` });
    },
  ],
  [
    5002730,
    'alg none',
    async (w) => {
      const claims = { iss: w.client.appId, sub: w.client.appId, exp: now + 600 };
      const text = `${encode({ alg: 'none', x5t: w.certificate.x5t })}.${encode(claims)}.`;
      return ask(w, { client_assertion: text });
    },
  ],
  [70003, 'a grant that is not served', (w) => ask(w, { grant_type: 'refresh_token' })],
  [70003, 'a grant that does not exist', (w) => ask(w, { grant_type: 'magic' }), "'magic'"],
  [70011, 'two resources', (w) => ask(w, { scope: 'api://a/.default api://b/.default' })],
  [
    700016,
    'an unknown client',
    (w) => ask(w, { client_id: '99999999-0000-4000-8000-000000000000' }),
    "Application with identifier '99999999-0000-4000-8000-000000000000' was not found in the directory 'Home'.",
  ],
  [
    700016,
    'a single-tenant application from another tenant',
    (w) => ask(w, {}, {}, `/${other}/oauth2/v2.0/token`),
    "was not found in the directory 'Other'",
  ],
  [
    700023,
    'the audience of another tenant',
    (w) =>
      ask(
        w,
        {},
        { claims: { aud: `https://login.microsoftonline.com/${other}/oauth2/v2.0/token` } },
      ),
    'Client assertion audience claim does not match Realm issuer.',
  ],
  [
    700023,
    'an audience without /token',
    (w) => ask(w, {}, { claims: { aud: `https://login.microsoftonline.com/${home}/` } }),
  ],
  [
    700023,
    'another cloud',
    (w) =>
      ask(w, {}, { claims: { aud: `https://login.microsoftonline.us/${home}/oauth2/v2.0/token` } }),
  ],
  [
    700024,
    'an expired assertion',
    (w) => ask(w, {}, { claims: { exp: now - 300 } }),
    'Current time: 2026-01-01T00:00:00.0000000Z, assertion valid from 2026-01-01T00:00:00.0000000Z, expiry time of assertion 2025-12-31T23:55:00.0000000Z.',
  ],
  [700024, 'nbf beyond the skew', (w) => ask(w, {}, { claims: { nbf: now + 301 } })],
  [
    700024,
    'no exp, no nbf',
    (w) => ask(w, {}, { claims: { nbf: undefined, exp: undefined } }),
    'assertion valid from 1970-01-01T00:00:00.0000000Z',
  ],
  [
    700027,
    'a thumbprint that is not registered',
    (w) => ask(w, {}, { header: { x5t: Buffer.alloc(20, 7).toString('base64url') } }),
    `[Reason - The key was not found., Thumbprint of key used by client: '${'07'.repeat(20)}'`,
  ],
  [
    700027,
    'another key behind the right thumbprint',
    (w) => ask(w, {}, { key: strangerKey }),
    /\[Reason - The provided signature value did not match the expected signature value\., Thumbprint of key used by client: '[0-9A-F]{40}', Found key 'Start=12\/31\/2025 00:00:00, End=01\/01\/2027 00:00:00'/,
  ],
  [
    700027,
    'a registered key that has ended',
    async (w) => {
      w.clock.advance(366 * 86_400_000);
      return ask(w, {}, { claims: { nbf: undefined, exp: now + 400 * 86_400 } });
    },
    'The key used is expired.',
  ],
  [
    1000502,
    'a certificate outside its validity window',
    async (w) => {
      const certificate = await makeCertificate([10, 20]);
      const key = certificate.der.toString('base64');
      await w.apply(home, 'Microsoft.Graph/applications@v1.0', {
        uniqueName: 'client',
        keyCredentials: [{ key }],
      });
      return ask({ ...w, certificate });
    },
  ],
  [
    700211,
    'iss that is neither the client id nor a registered issuer',
    (w) => ask(w, {}, { claims: { iss: other } }),
    `presented assertion issuer '${other}'`,
  ],
  [
    700212,
    'another audience than the federated credential',
    async (w) => {
      await federate(w, {});
      return ask(w, {}, { claims: { ...foreign.claims, aud: 'api://x' } });
    },
    "presented assertion audience 'api://x'",
  ],
  [
    700213,
    'another subject than the federated credential',
    async (w) => {
      await federate(w, { subject: 'somebody else' });
      return ask(w, {}, foreign);
    },
    "presented assertion subject 'someone'",
  ],
  [
    7002138,
    'a subject that differs in letter case alone',
    async (w) => {
      await federate(w, { subject: 'Someone' });
      return ask(w, {}, foreign);
    },
  ],
  [
    700222,
    'a token of Entra that is not a managed identity’s',
    (w) =>
      ask(
        w,
        {},
        { claims: { iss: `https://sts.windows.net/${home}/`, oid: w.client.principalId } },
      ),
    'AAD-issued tokens may not be used for federated identity flows',
  ],
  [
    7000110,
    'two client ids',
    (w) => {
      const basic = Buffer.from(`${other}:x`).toString('base64');
      return w.post(
        v2,
        { grant_type: 'client_credentials', client_id: w.client.appId, scope: w.scope },
        { headers: { Authorization: `Basic ${basic}` } },
      );
    },
  ],
  [
    7000112,
    'a disabled service principal',
    async (w) => {
      await w.admit(home, w.client.appId, { accountEnabled: false });
      return ask(w);
    },
    /Application '[0-9a-f-]{36}'\(client\) is disabled\./,
  ],
  [7000215, 'a wrong secret', (w) => withSecret(w, 'wrong')],
  [
    7000215,
    'the id of a secret',
    async (w) => withSecret(w, (await graphAddPassword(w)).keyId),
    'not the client secret ID',
  ],
  [7000216, 'no credential', (w) => withSecret(w, undefined)],
  [
    7000222,
    'an expired secret',
    async (w) => {
      const secret = await secretOf(w, '2026-02-01T00:00:00Z');
      w.clock.set(Date.parse('2026-02-01T00:00:00Z'));
      return withSecret(w, secret);
    },
    'are expired',
  ],
  [
    7000229,
    'a multi-tenant client without a service principal in the tenant',
    async (w) => {
      await w.apply(home, 'Microsoft.Graph/applications@v1.0', {
        uniqueName: 'client',
        signInAudience: 'AzureADMultipleOrgs',
      });
      return ask(w, {}, {}, `/${other}/oauth2/v2.0/token`);
    },
    `is missing service principal in the tenant ${other}.`,
  ],
  [
    90002,
    'an unknown tenant',
    (w) => ask(w, {}, {}, '/nobody.onmicrosoft.com/oauth2/v2.0/token'),
    "Tenant 'nobody.onmicrosoft.com' not found.",
  ],
  [900023, 'a tenant that is no name', (w) => ask(w, {}, {}, '/no_body/oauth2/v2.0/token')],
  ...(['grant_type', 'client_id', 'scope'] as const).map(
    (parameter): Case => [
      900144,
      `no ${parameter}`,
      (w) => withSecret(w, undefined, { [parameter]: undefined }),
      `The request body must contain the following parameter: '${parameter}'.`,
    ],
  ),
  [900144, 'no resource on v1', (w) => ask(w, {}, {}, `/${home}/oauth2/token`), "'resource'"],
  [
    900144,
    'an assertion without its type',
    (w) => ask(w, { client_assertion_type: undefined }),
    "'client_assertion_type'",
  ],
  [
    900144,
    'a JSON body',
    (w) =>
      w.post(
        v2,
        { grant_type: 'client_credentials' },
        { headers: { 'Content-Type': 'application/json' } },
      ),
    "'grant_type'",
  ],
  [
    900561,
    'a GET',
    (w) => w.post(v2, {}, { method: 'GET' }),
    'The endpoint only accepts POST requests. Received a GET request.',
  ],
  [9001023, 'client credentials at /common', (w) => ask(w, {}, {}, '/common/oauth2/v2.0/token')],
  [9002313, 'an assertion type that does not exist', (w) => ask(w, { client_assertion_type: 'x' })],
  [9002313, 'a form beyond every bound', (w) => ask(w, { filler: 'x'.repeat(140_000) })],
  [901002, 'resource on the v2 endpoint', (w) => ask(w, { resource: 'https://vault.azure.net' })],
  [
    1002012,
    'a scope without /.default',
    (w) => ask(w, { scope: `api://${home}/api/Things.Read` }),
    'must have a scope value with /.default suffixed',
  ],
];

describe('refusals', () => {
  it('the request that the cases change is granted', async () => {
    expect((await ask(await startWithClient())).status).toBe(200);
  });

  it.each(cases.map(([code, title, request, words = '']) => ({ code, title, request, words })))(
    'AADSTS$code: $title',
    async ({ code, request, words }) => {
      const { status, body } = await request(await startWithClient());
      expect(body.error_description).toMatch(new RegExp(`^AADSTS${code}: `));
      expect(body.error_codes).toEqual([code]);
      expect(status).toBe(refusals[code].status);
      const isDiscovery = body.error === 'invalid_tenant';
      if (!isDiscovery) expect(body.error).toBe(refusals[code].error);
      if (typeof words === 'string') expect(body.error_description).toContain(words);
      else expect(body.error_description).toMatch(words);
      expect(body.error_description).not.toMatch(/[{}]|undefined/);
      expect(Object.keys(body)).toEqual([
        'error',
        'error_description',
        'error_codes',
        'timestamp',
        'trace_id',
        'correlation_id',
        'error_uri',
      ]);
    },
  );

  it('each refusal is told with a fix, and no trace holds a secret, an assertion or a token', async () => {
    const clock = manualClock(startMs);
    const telemetry = startTelemetry(clock);
    const spans: RecordedSpan[] = [];
    telemetry.subscribe((span) => spans.push(span));
    try {
      for (const [code, title, request] of cases) {
        const world = await startWithClient();
        const sent: string[] = [];
        const post: World['post'] = (path, form, init) => {
          sent.push(form.client_assertion ?? '', form.client_secret ?? '');
          return world.post(path, form, init);
        };
        await inSpan('case', {}, () => request({ ...world, post }));
        const decisions = spans.splice(0).flatMap((span) => span.decisions);
        const refused = decisions.filter(({ outcome }) => outcome === 'refused');
        expect(refused.length, title).toBe(1);
        expect(refused[0]!.reason).toMatch(new RegExp(`^AADSTS${code}: `));
        expect(refused[0]!.rule).toBe(refusals[code].rule);
        expect(refused[0]!.fix, title).toMatch(/[.)]$/);
        expect(refused[0]!.fix).not.toMatch(/[{}]|undefined/);
        const told = JSON.stringify(decisions);
        for (const text of sent.filter((each) => each.length > 8)) {
          expect(told).not.toContain(text);
          const signature = text.split('.').at(-1);
          if (signature) expect(told).not.toContain(signature);
        }
      }
    } finally {
      await telemetry.close();
    }
  });

  it('every code of the table is reached', () => {
    const reached = new Set(cases.map(([code]) => String(code)));
    expect(Object.keys(refusals).filter((code) => !reached.has(code))).toEqual([]);
  });

  it('invalid_client is 401, everything else 400', () => {
    for (const { error, status } of Object.values(refusals)) {
      expect(status).toBe(error === 'invalid_client' ? 401 : 400);
    }
  });

  it('an assertion signed with a shared secret by a real library is refused, too', async () => {
    const world = await startWithClient();
    const secret = createSecretKey(Buffer.from(world.certificate.der));
    const text = await signJwt(
      { alg: 'HS256', x5t: world.certificate.x5t },
      { iss: world.client.appId, sub: world.client.appId, exp: now + 600 },
      secret,
    );
    expect((await ask(world, { client_assertion: text })).body.error_codes).toEqual([5002730]);
  });
});
