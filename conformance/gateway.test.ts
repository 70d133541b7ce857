// Break every link: the gateway of the other tenant, one change at a time.
import { createHmac, createPublicKey, generateKeyPairSync } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import {
  type Administrator,
  administrator,
  apis,
  assertion,
  type ClientCertificate,
  contoso,
  contosoGateway,
  jwt,
  keyCredential,
  makeCertificate,
  principalOf,
  type Registration,
  register,
  requestToken,
} from './directory.ts';
import { type HttpAnswer, type RunningHost, startLazurite } from './lazurite.ts';

let host: RunningHost;
let admin: Administrator;
let certificate: ClientCertificate;
let client: Registration;
let token: string;

const service = `${apis}/providers/Microsoft.ApiManagement/service/contoso-gateway`;
const apiVersion = '2024-05-01';

beforeAll(async () => {
  host = await startLazurite('examples/article');
  admin = await administrator(host, 'contoso');
  certificate = await makeCertificate();
  client = await register(admin.graph, { keyCredentials: [keyCredential(certificate)] });
  const api = await principalOf(admin.graph, "displayName eq 'Contoso orders API'");
  await admin.graph('POST', `/servicePrincipals/${api.id}/appRoleAssignedTo`, {
    principalId: client.principalId,
    resourceId: api.id,
    appRoleId: api.appRoles[0]!.id,
  });
  token = await accessToken();
});
afterAll(() => host?.stop());

async function accessToken(clientId = client.appId): Promise<string> {
  const answer = await requestToken(host, clientId, assertion(clientId, certificate));
  return (answer.body as { access_token: string }).access_token;
}

const orders = (authorization: string | undefined, path = '/orders/orders') =>
  host.http(`${contosoGateway}${path}`, {
    headers: authorization === undefined ? {} : { Authorization: authorization },
  });

/** The bytes are Azure's: one blank inside each brace and after each colon and comma. */
function expectRefused(answer: HttpAnswer, status: number): string {
  expect(answer.status).toBe(status);
  expect(answer.text).toMatch(/^\{ "statusCode": \d{3}, "message": ".*" \}$/);
  return (answer.body as { message: string }).message;
}

async function refusalOfLast(): Promise<{ rule: string; reason: string; fix?: string }> {
  const { hops } = await host.json<{
    hops: { decisions: { rule: string; outcome: string; reason: string; fix?: string }[] }[];
  }>(['explain', 'last']);
  const refused = hops
    .flatMap((hop) => hop.decisions)
    .filter(({ outcome }) => outcome === 'refused');
  expect(refused).not.toEqual([]);
  return refused.find(({ fix }) => fix) ?? refused.at(-1)!;
}

test('the right token reaches the backend', async () => {
  const answer = await orders(`Bearer ${token}`);
  expect(answer.status).toBe(200);
  expect(answer.body).toMatchObject({ orders: expect.any(Array), caller: client.appId });
});

describe('a token', () => {
  test('that is missing is refused', async () => {
    expect(expectRefused(await orders(undefined), 401)).toMatch(/JWT not present/);
    expect((await refusalOfLast()).fix).toBeTruthy();
  });

  test('without its scheme is refused', async () => {
    expectRefused(await orders(token), 401);
  });

  test('that was changed is refused', async () => {
    const [header, payload, signature] = token.split('.');
    const claims = JSON.parse(Buffer.from(payload!, 'base64url').toString());
    claims.roles = ['Orders.Read', 'Orders.Write'];
    const changed = Buffer.from(JSON.stringify(claims)).toString('base64url');
    expectRefused(await orders(`Bearer ${header}.${changed}.${signature}`), 401);
    expect((await refusalOfLast()).reason).not.toContain(changed);
  });

  const claims = () => JSON.parse(Buffer.from(token.split('.')[1]!, 'base64url').toString());
  const header = () => JSON.parse(Buffer.from(token.split('.')[0]!, 'base64url').toString());

  test('signed by a key nobody published is refused', async () => {
    const { privateKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
    expectRefused(await orders(`Bearer ${jwt(header(), claims(), privateKey)}`), 401);
    const unknown = jwt({ ...header(), kid: 'nobody', x5t: 'nobody' }, claims(), privateKey);
    expectRefused(await orders(`Bearer ${unknown}`), 401);
  });

  test('with alg none is refused', async () => {
    expectRefused(
      await orders(`Bearer ${jwt({ alg: 'none', typ: 'JWT' }, claims(), undefined)}`),
      401,
    );
  });

  test('signed as HS256 with the public key is refused', async () => {
    const keys = await host.http('https://login.microsoftonline.com/common/discovery/keys');
    const [key] = (keys.body as { keys: { kty: string }[] }).keys;
    const secret = createPublicKey({ key: key!, format: 'jwk' }).export({
      type: 'spki',
      format: 'pem',
    });
    const encode = (value: object) => Buffer.from(JSON.stringify(value)).toString('base64url');
    const input = `${encode({ ...header(), alg: 'HS256' })}.${encode(claims())}`;
    const mac = createHmac('sha256', secret).update(input).digest('base64url');
    expectRefused(await orders(`Bearer ${input}.${mac}`), 401);
  });

  test('for another audience is refused', async () => {
    const wrong = await admin.token('https://graph.microsoft.com');
    expectRefused(await orders(`Bearer ${wrong}`), 401);
    const { rule, reason } = await refusalOfLast();
    expect(`${rule} ${reason}`).toMatch(/audience/i);
  });

  test('without the role that the policy requires is refused', async () => {
    const plain = await register(admin.graph, { keyCredentials: [keyCredential(certificate)] });
    const message = expectRefused(await orders(`Bearer ${await accessToken(plain.appId)}`), 401);
    expect(message).toMatch(/claim/i);
    const { fix } = await refusalOfLast();
    expect(fix).toMatch(/app role/);
  });

  test('that has expired is refused', async () => {
    await host.command(['clock', 'advance', 'PT3H']);
    try {
      expectRefused(await orders(`Bearer ${token}`), 401);
      const { rule, reason } = await refusalOfLast();
      expect(`${rule} ${reason}`).toMatch(/expire|lifetime|time/i);
    } finally {
      await host.command(['clock', 'reset']);
    }
    expect((await orders(`Bearer ${token}`)).status).toBe(200);
  });
});

describe('a gateway that is set up otherwise', () => {
  async function deployApi(name: string, inbound: string, subscriptionRequired = false) {
    const put = async (path: string, properties: object) => {
      const answer = await admin.arm('PUT', `${service}${path}`, { properties }, apiVersion);
      expect([200, 201, 202]).toContain(answer.status);
    };
    await put(`/apis/${name}`, {
      displayName: name,
      path: name,
      protocols: ['https'],
      serviceUrl: 'https://orders.contoso.example',
      subscriptionRequired,
    });
    await put(`/apis/${name}/operations/list`, {
      displayName: 'List',
      method: 'GET',
      urlTemplate: '/orders',
    });
    const value = `<policies><inbound><base />${inbound}</inbound><backend><base /></backend><outbound><base /></outbound><on-error><base /></on-error></policies>`;
    await put(`/apis/${name}/policies/policy`, { format: 'rawxml', value });
  }

  test('a v1 token against v2 metadata is refused on its issuer', async () => {
    await deployApi(
      'v2-metadata',
      `<validate-jwt header-name="Authorization"><openid-config url="https://login.microsoftonline.com/${contoso}/v2.0/.well-known/openid-configuration" /></validate-jwt>`,
    );
    expectRefused(await orders(`Bearer ${token}`, '/v2-metadata/orders'), 401);
    const { rule, reason, fix } = await refusalOfLast();
    expect(`${rule} ${reason}`).toMatch(/issuer/i);
    expect(fix).toBeTruthy();
  });

  test('a subscription key that is missing is refused with the realm', async () => {
    await deployApi('keyed', '', true);
    const answer = await orders(undefined, '/keyed/orders');
    expect(expectRefused(answer, 401)).toBe(
      'Access denied due to missing subscription key. Make sure to include subscription key when making requests to an API.',
    );
    expect(answer.headers['www-authenticate']).toMatch(/^AzureApiManagementKey realm="/);
  });

  test('a path that no operation has is not found', async () => {
    expect(expectRefused(await orders(undefined, '/orders/nothing'), 404)).toBe(
      'Resource not found',
    );
  });

  test('a policy that this gateway does not know is refused when it is saved, by name', async () => {
    const value = '<policies><inbound><publish-to-moon topic="x" /></inbound></policies>';
    const properties = { format: 'rawxml', value };
    const answer = await admin.arm(
      'PUT',
      `${service}/apis/orders/policies/policy`,
      { properties },
      apiVersion,
    );
    expect(answer.status).toBe(400);
    expect(answer.text).toContain('publish-to-moon');
    expect((await orders(`Bearer ${token}`)).status).toBe(200);
  });
});
