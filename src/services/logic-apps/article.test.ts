// The article's workflows and a Standard project, with scripted hosts.
import { createHash, generateKeyPairSync } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { afterEach, expect, test } from 'vitest';
import type { JsonObject } from '../../base/index.ts';
import { createCertificate, parseJwt, writePfx } from '../../crypto/index.ts';
import {
  below,
  call,
  closeWorlds,
  echo,
  flow,
  identity,
  put,
  site,
  world,
} from './testing/world.ts';

afterEach(closeWorlds);

const article = (path: string) =>
  readFileSync(new URL(`../../../examples/article/${path}`, import.meta.url), 'utf8');

test('the article, figure 1 across tenants: both refusals are recorded, the reason in plain words', async () => {
  const made = await world({
    '169.254.169.254': ({ url, headers, callingResource }) => {
      expect(headers).toContainEqual(['Metadata', 'true']);
      expect(callingResource).toBe(flow);
      const resource = new URL(url).searchParams.get('resource');
      if (resource === 'api://shared') return { body: { access_token: 'mi-token' } };
      return {
        status: 400,
        body: {
          error: 'invalid_resource',
          error_description:
            'AADSTS500011: The resource principal named api://orders was not found.',
        },
      };
    },
    'gateway.example': ({ headers }) => {
      expect(headers).toContainEqual(['Authorization', 'Bearer mi-token']);
      return { status: 401, body: { statusCode: 401, message: 'wrong issuer' } };
    },
  });
  const values = {
    gatewayUrl: 'https://gateway.example',
    ordersAudience: 'api://orders',
    sharedAudience: 'api://shared',
  };
  await put(made.resources, flow, {
    identity: { type: 'SystemAssigned' },
    properties: {
      definition: JSON.parse(article('workflows/figure-1-across-tenants.json')),
      parameters: Object.fromEntries(
        Object.entries(values).map(([name, value]) => [name, { value }]),
      ),
    },
  });
  const { id, answered } = await made.logicApps.startRun(flow);
  expect(await answered).toMatchObject({ reply: { statusCode: 502, body: { second: 401 } } });
  const run = (await made.logicApps.waitForRun(id))!;
  expect(run.status).toBe('Succeeded');
  const refused = run.actions.find(({ name }) => name === 'Get_orders_of_the_other_tenant')!;
  expect(refused).toMatchObject({ status: 'Failed', code: 'BadRequest' });
  expect(refused.error!.message).toContain('AADSTS500011');
});

test('the article, figure 2: the certificate read from the vault opens the other tenant', async () => {
  const { privateKey, publicKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
  const certificate = await createCertificate({
    subject: 'CN=partner',
    publicKey,
    signingKey: privateKey,
    notBefore: Date.parse('2025-01-01'),
    notAfter: Date.parse('2027-01-01'),
  });
  const pfx = writePfx({ privateKey, certificates: [certificate] }).toString('base64');
  const made = await world({
    '169.254.169.254': ({ url }) => ({
      body: { access_token: `mi for ${new URL(url).searchParams.get('resource')}` },
    }),
    'vault.example': ({ headers }) => {
      expect(headers).toContainEqual(['Authorization', 'Bearer mi for https://vault.azure.net']);
      return { body: { value: pfx } };
    },
    'login.microsoftonline.com': ({ url, text }) => {
      expect(url).toBe('https://login.microsoftonline.com/other-tenant/oauth2/token');
      const form = new URLSearchParams(text);
      expect(form.get('resource')).toBe('api://orders');
      const jwt = parseJwt(form.get('client_assertion')!)!;
      expect(jwt.header).toMatchObject({
        alg: 'RS256',
        typ: 'JWT',
        x5t: expect.stringMatching(/^[\w-]{27}$/),
      });
      expect(jwt.claims).toMatchObject({ aud: url, iss: 'client', sub: 'client' });
      return { body: { token_type: 'Bearer', access_token: 'foreign-token' } };
    },
    'gateway.example': ({ headers }) => ({
      body: { orders: [headers.find(([name]) => name === 'Authorization')?.[1] ?? ''] },
    }),
  });
  const values = {
    gatewayUrl: 'https://gateway.example',
    audience: 'api://orders',
    vaultUri: 'https://vault.example/',
    tenantId: 'other-tenant',
    clientId: 'client',
  };
  await put(made.resources, flow, {
    identity: { type: 'SystemAssigned' },
    properties: {
      definition: JSON.parse(article('workflows/figure-2-certificate.json')),
      parameters: Object.fromEntries(
        Object.entries(values).map(([name, value]) => [name, { value }]),
      ),
    },
  });
  const { id } = await made.logicApps.startRun(flow);
  const run = (await made.logicApps.waitForRun(id))!;
  expect(run.actions.map(({ name, status }) => `${name} ${status}`)).toEqual([
    'Get_certificate Succeeded',
    'Get_orders Succeeded',
    'Response Succeeded',
  ]);
  expect(JSON.stringify(run)).not.toContain(pfx.slice(0, 60));
  expect(run.actions[1]!.outputs).toMatchObject({
    statusCode: 200,
    body: { orders: ['Bearer foreign-token'] },
  });
});

const projectFiles = () =>
  new Map(
    [
      'host.json',
      'connections.json',
      'parameters.json',
      'local.settings.json',
      'call-contoso/workflow.json',
    ].map((path) => [path, article(`standard/${path}`)] as const),
  );

const siteBody: JsonObject = {
  kind: 'functionapp,workflowapp',
  identity: { type: 'UserAssigned', userAssignedIdentities: { [identity]: {} } },
  properties: {
    siteConfig: {
      appSettings: Object.entries({
        SIGNING_IDENTITY_ID: identity,
        SIGNING_KEY_ID: 'https://vault.example/keys/signing/1',
        CERTIFICATE_THUMBPRINT: 'thumb',
        CLIENT_ID: 'client',
        CONTOSO_TENANT_ID: 'other-tenant',
        CONTOSO_GATEWAY_URL: 'https://gateway.example',
        ORDERS_API_CLIENT_ID: 'api',
      }).map(([name, value]) => ({ name, value })),
    },
  },
};

test('the article, figure 2 on Standard: the assertion is hashed inline and signed by the vault', async () => {
  const made = await world({
    '169.254.129.1': ({ url, headers }) => {
      expect(headers).toContainEqual(['X-IDENTITY-HEADER', 'site-secret']);
      expect(new URL(url).searchParams.get('mi_res_id')).toBe(identity);
      return { body: { access_token: 'mi' } };
    },
    'vault.example': ({ url, text }) => {
      expect(new URL(url).search).toBe('?api-version=7.4');
      return { body: { kid: 'k', value: `signed-${JSON.parse(text).value}` } };
    },
    'login.microsoftonline.com': ({ text }) => ({
      body: { access_token: new URLSearchParams(text).get('client_assertion')! },
    }),
    'gateway.example': ({ headers }) => ({
      body: { orders: headers.find(([name]) => name === 'Authorization')?.[1] ?? '' },
    }),
  });
  await put(made.resources, identity, {});
  await put(made.resources, site, siteBody);
  expect(await made.logicApps.publishProject(site, projectFiles())).toEqual(['call-contoso']);
  const { id, answered } = await made.logicApps.startRun(`${site}/workflows/call-contoso`);
  const run = (await made.logicApps.waitForRun(id))!;
  expect(run.actions.filter(({ status }) => status !== 'Succeeded')).toEqual([]);
  const { reply } = (await answered) as unknown as { reply: { body: { orders: string } } };
  const [, input, digest] = /^Bearer (.+)\.signed-(.+)$/.exec(reply.body.orders)!;
  expect(digest).toBe(createHash('sha256').update(input!).digest('base64url'));
  const [, claims] = input!.split('.');
  expect(JSON.parse(Buffer.from(claims!, 'base64url').toString())).toMatchObject({
    iss: 'client',
    exp: 1_767_225_600 + 600,
  });
});

test('a Standard workflow answers at its site, and its management tree asks for the master key', async () => {
  const made = await world();
  await put(made.resources, identity, {});
  await put(made.resources, site, siteBody);
  const files = new Map([
    ['host.json', '{"version":"2.0"}'],
    ['echo/workflow.json', JSON.stringify({ definition: echo, kind: 'stateful' })],
  ]);
  await made.logicApps.publishProject(site, files);
  const path = [
    'hostruntime',
    'runtime',
    'webhooks',
    'workflow',
    'api',
    'management',
    'workflows',
    'echo',
    'triggers',
    'manual',
    'listCallbackUrl',
  ];
  const { value } = (await below(made, 'POST', path, {}, site))!.body as { value: string };
  expect(value).toMatch(
    /^https:\/\/site\.azurewebsites\.net:443\/api\/echo\/triggers\/manual\/invoke\?api-version=2022-05-01&/,
  );
  expect(await call(made.logicApps.sites, value, { body: '[1]' })).toMatchObject({
    status: 200,
    text: '[1]',
  });
  const direct =
    'https://site.azurewebsites.net/runtime/webhooks/workflow/api/management/workflows/echo/runs';
  expect((await call(made.logicApps.sites, direct, { method: 'GET' })).status).toBe(401);
});

test.each<[string, Record<string, string>, RegExp]>([
  ['without host.json', { 'a/workflow.json': '{}' }, /no host\.json/],
  ['without workflows', { 'host.json': '{"version":"2.0"}' }, /no <name>\/workflow\.json/],
  [
    'with broken JSON',
    { 'host.json': '{"version":"2.0"}', 'a/workflow.json': '{\n  x' },
    /a\/workflow\.json:2:3/,
  ],
  [
    'with connections',
    {
      'host.json': '{"version":"2.0"}',
      'connections.json': '{"serviceProviderConnections":{"blob":{}}}',
    },
    /'blob'.*not supported yet/,
  ],
  [
    'with an agent',
    { 'host.json': '{"version":"2.0"}', 'a/workflow.json': '{"kind":"Agent","definition":{}}' },
    /kind 'Agent'/,
  ],
])('a project %s is refused, and nothing is written', async (_, files, message) => {
  const made = await world();
  await put(made.resources, identity, {});
  await put(made.resources, site, siteBody);
  await expect(made.logicApps.publishProject(site, new Map(Object.entries(files)))).rejects.toThrow(
    message,
  );
  expect(await made.store.scan('logic-apps.workflow')).toEqual([]);
});
