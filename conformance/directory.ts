// What the suites set up in the running directories and control plane, over their own protocols.
import { createHash, generateKeyPairSync, type KeyObject, randomUUID, sign } from 'node:crypto';
import { createCertificate } from '../src/crypto/index.ts';
import type { HttpAnswer, RunningHost } from './lazurite.ts';

export const fabrikam = '3f9c2a5e-7d41-4b6a-9c11-5a0e8f2d6b01';
export const contoso = 'b7d0e4c8-1f35-4e92-8a67-2c9d3b5f7e02';
export const integration =
  '/subscriptions/8c1d7f60-52ab-4d3e-b0c9-1e6f4a9d2c11/resourceGroups/integration';
export const apis = '/subscriptions/d24e9b13-6c87-4fa0-9e5d-7b3a8c1f0e22/resourceGroups/apis';
export const ordersAudience = 'https://contoso.onmicrosoft.com/orders-api';
export const contosoGateway = 'https://contoso-gateway.azure-api.net';
export const vault = 'https://kv-fabrikam-article.vault.azure.net';

const login = 'https://login.microsoftonline.com';

export interface Credential {
  readonly tenantId: string;
  readonly clientId: string;
  readonly clientSecret: string;
}

/** Calls Graph and Resource Manager with the deploying principal's tokens. */
export interface Administrator {
  readonly credential: Credential;
  token(resource: string): Promise<string>;
  graph(method: string, path: string, json?: unknown): Promise<HttpAnswer>;
  arm(method: string, id: string, json?: unknown, apiVersion?: string): Promise<HttpAnswer>;
}

export async function administrator(host: RunningHost, tenant: string): Promise<Administrator> {
  const credential = await host.json<Credential>(['credentials', tenant]);
  const tokens = new Map<string, Promise<string>>();
  const token = (resource: string) => {
    const known = tokens.get(resource) ?? tokenBySecret(host, credential, resource);
    tokens.set(resource, known);
    return known;
  };
  const call = async (resource: string, method: string, url: string, json?: unknown) => {
    const headers = { Authorization: `Bearer ${await token(resource)}` };
    return host.http(url, { method, headers, json });
  };
  return {
    credential,
    token,
    graph: (method, path, json) =>
      call('https://graph.microsoft.com', method, `https://graph.microsoft.com/v1.0${path}`, json),
    arm: (method, id, json, apiVersion = '2022-04-01') => {
      const url = `https://management.azure.com${id}?api-version=${apiVersion}`;
      return call('https://management.azure.com', method, url, json);
    },
  };
}

export async function tokenBySecret(
  host: RunningHost,
  { tenantId, clientId, clientSecret }: Credential,
  resource: string,
): Promise<string> {
  const answer = await host.http(`${login}/${tenantId}/oauth2/v2.0/token`, {
    form: {
      grant_type: 'client_credentials',
      client_id: clientId,
      client_secret: clientSecret,
      scope: `${resource}/.default`,
    },
  });
  const { access_token: token } = answer.body as { access_token?: string };
  if (!token) throw new Error(answer.text);
  return token;
}

export interface ClientCertificate {
  readonly der: Buffer;
  readonly privateKey: KeyObject;
  /** Base64url SHA-1 and SHA-256 of the DER. */
  readonly x5t: string;
  readonly x5tS256: string;
}

const dayMs = 86_400_000;

export async function makeCertificate(
  dates: { notBefore?: number; notAfter?: number } = {},
): Promise<ClientCertificate> {
  const { publicKey, privateKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
  const der = await createCertificate({
    subject: 'CN=conformance',
    publicKey,
    signingKey: privateKey,
    notBefore: dates.notBefore ?? Date.now() - dayMs,
    notAfter: dates.notAfter ?? Date.now() + 365 * dayMs,
  });
  const digest = (algorithm: string) => createHash(algorithm).update(der).digest('base64url');
  return { der, privateKey, x5t: digest('sha1'), x5tS256: digest('sha256') };
}

export function keyCredential({ der }: ClientCertificate) {
  const key = der.toString('base64');
  return { type: 'AsymmetricX509Cert', usage: 'Verify', displayName: 'conformance', key };
}

export interface Registration {
  readonly appId: string;
  readonly applicationId: string;
  /** Object id of the service principal in the application's own tenant. */
  readonly principalId: string;
}

/** An application and its service principal in the administrator's tenant. */
export async function register(
  graph: Administrator['graph'],
  properties: object,
): Promise<Registration> {
  const application = await graph('POST', '/applications', {
    displayName: `conformance ${randomUUID()}`,
    ...properties,
  });
  const { id, appId } = expectStatus(application, 201) as { id: string; appId: string };
  const principal = await graph('POST', '/servicePrincipals', { appId });
  const { id: principalId } = expectStatus(principal, 201) as { id: string };
  return { appId, applicationId: id, principalId };
}

export async function principalOf(graph: Administrator['graph'], filter: string) {
  const answer = await graph('GET', `/servicePrincipals?$filter=${encodeURIComponent(filter)}`);
  const { value } = expectStatus(answer, 200) as {
    value: { id: string; appRoles: { id: string }[] }[];
  };
  return value[0]!;
}

export function expectStatus(answer: HttpAnswer, status: number): unknown {
  if (answer.status !== status) throw new Error(`${answer.status}, not ${status}: ${answer.text}`);
  return answer.body;
}

const encode = (value: unknown) => Buffer.from(JSON.stringify(value)).toString('base64url');

/** A compact JWT; the caller decides every member. */
export function jwt(header: object, claims: object, key: KeyObject | undefined): string {
  const input = `${encode(header)}.${encode(claims)}`;
  if (!key) return `${input}.`;
  return `${input}.${sign('sha256', Buffer.from(input), key).toString('base64url')}`;
}

export interface AssertionChanges {
  readonly header?: object;
  readonly claims?: Record<string, unknown>;
  readonly key?: KeyObject;
}

export const tokenUrl = (tenant: string) => `${login}/${tenant}/oauth2/v2.0/token`;

/** A correct client assertion for contoso, with the changes given. */
export function assertion(
  clientId: string,
  certificate: ClientCertificate,
  { header, claims, key }: AssertionChanges = {},
): string {
  const now = Math.floor(Date.now() / 1000);
  return jwt(
    { alg: 'RS256', typ: 'JWT', x5t: certificate.x5t, ...header },
    {
      aud: tokenUrl(contoso),
      iss: clientId,
      sub: clientId,
      jti: randomUUID(),
      nbf: now,
      exp: now + 600,
      ...claims,
    },
    key ?? certificate.privateKey,
  );
}

/** Posts an assertion to contoso's token endpoint. */
export function requestToken(
  host: RunningHost,
  clientId: string,
  clientAssertion: string,
  resource = ordersAudience,
): Promise<HttpAnswer> {
  return host.http(tokenUrl(contoso), {
    form: {
      grant_type: 'client_credentials',
      client_id: clientId,
      client_assertion_type: 'urn:ietf:params:oauth:client-assertion-type:jwt-bearer',
      client_assertion: clientAssertion,
      scope: `${resource}/.default`,
    },
  });
}
