// A gateway as tests meet it: real resources, store, host table and backend, a clock that stands still.
import { generateKeyPairSync, type KeyObject } from 'node:crypto';
import { it } from 'vitest';
import { type JsonObject, type ManualClock, manualClock } from '../../base/index.ts';
import { jwkOf, signJwt } from '../../crypto/index.ts';
import {
  createHostTable,
  type Exchange,
  type ExchangeRequest,
  type ExchangeResponse,
  type HeaderList,
  type HostRow,
  header,
  readBody,
} from '../../http/index.ts';
import { createResources } from '../../resources/index.ts';
import { memoryStore } from '../../store/index.ts';
import { type ApiManagement, createApiManagement } from './index.ts';
import { policyLanguage } from './policy-language.ts';

/** Tests that need the expression language, which is a room of its own. */
export const expressionIt = it.runIf(
  typeof policyLanguage(manualClock()).compile('@(1)') === 'function',
);

const subscriptionId = '11111111-1111-4111-8111-111111111111';
export const tenantId = '22222222-2222-4222-8222-222222222222';
export const serviceId = `/subscriptions/${subscriptionId}/resourceGroups/apis/providers/Microsoft.ApiManagement/service/gw`;
const apiVersion = '2024-05-01';

export interface Received {
  readonly method: string;
  readonly url: string;
  readonly headers: HeaderList;
  readonly text: string;
  readonly callingResource: string | undefined;
}

export interface CallInput {
  readonly method?: string;
  readonly path?: string;
  readonly headers?: HeaderList;
  readonly body?: string;
  readonly remoteAddress?: string;
  readonly host?: string;
  readonly signal?: AbortSignal;
}

export interface Answer {
  readonly status: number;
  readonly reason: string | undefined;
  readonly headers: HeaderList;
  readonly text: string;
  header(name: string): string | undefined;
}

type Handler = (
  request: Received,
) => Partial<ExchangeResponse> | Promise<Partial<ExchangeResponse>>;

/** Keys of a test's issuer: P-256, since RSA keys take long to make. */
export const publishedKey = generateKeyPairSync('ec', { namedCurve: 'P-256' });
export const foreignKey = generateKeyPairSync('ec', { namedCurve: 'P-256' });

export interface TestGateway {
  readonly clock: ManualClock;
  readonly management: ApiManagement;
  /** What backends and other hosts received, in order. */
  readonly received: Received[];
  /** Answers for hosts; `backend.example` echoes until it is replaced. */
  readonly hosts: Map<string, Handler>;
  /** Keys that the tenant publishes. */
  readonly keys: JsonObject[];
  put(path: string, properties: JsonObject, more?: JsonObject): Promise<JsonObject>;
  delete(path: string): Promise<boolean>;
  /** Saves the API's policy from the text of its sections. */
  policy(sections: string): Promise<unknown>;
  call(input?: CallInput): Promise<Answer>;
}

/** One API `/orders` with `GET /items/{id}` and `* /any`, without a key, and the given policy. */
export async function testGateway(
  sections = '',
  options: { readonly api?: JsonObject; readonly random?: () => number } = {},
): Promise<TestGateway> {
  const clock = manualClock();
  const received: Received[] = [];
  const keys = [
    { ...jwkOf(publishedKey.publicKey), kid: 'one', use: 'sig' } as unknown as JsonObject,
  ];
  const hosts = new Map<string, Handler>([
    [
      'backend.example',
      () => ({ headers: [['X-Backend', 'yes']], body: Buffer.from('from backend') }),
    ],
    [
      'login.microsoftonline.com',
      ({ url }) => ({ body: Buffer.from(JSON.stringify(metadataOf(url, keys))) }),
    ],
  ]);
  const others = (request: ExchangeRequest) => serveHost(request, hosts, received);
  const row = (pattern: string, service: string, exchange: Exchange): HostRow => {
    return { pattern, service, target: { exchange } };
  };
  const table = createHostTable({
    rows: [
      row('*.azure-api.net', 'gateway', (request) => management.exchange(request)),
      row('*.example', 'backend', others),
      row('*.microsoftonline.com', 'entra', others),
      row('169.254.169.254', 'metadata', others),
    ],
    network: () => Promise.reject(new Error('no network in tests')),
    allowNetwork: false,
  });
  const management: ApiManagement = createApiManagement({
    clock,
    outbound: table.outbound,
    resources: () => resources,
    random: options.random,
  });
  const resources = createResources({
    ...{ store: memoryStore(), clock, types: management.resourceTypes },
    managedIdentities: {
      ensure: async () => ({ principalId: 'p', clientId: 'c', tenantId }),
      remove: async () => undefined,
    },
    subscriptions: {
      tenantOf: (id) => (id === subscriptionId ? tenantId : undefined),
      list: () => [],
    },
  });
  const put = async (id: string, body: JsonObject) => {
    const { resource } = await resources.put({ id, apiVersion, body, callerObjectId: '' });
    return resource.properties;
  };
  const gateway: TestGateway = {
    ...{ clock, management, received, hosts, keys },
    put: (path, properties, more = {}) => put(`${serviceId}${path}`, { ...more, properties }),
    delete: (path) => resources.delete(`${serviceId}${path}`),
    policy: (text) =>
      put(`${serviceId}/apis/orders/policies/policy`, {
        properties: { format: 'rawxml', value: `<policies>${text}</policies>` },
      }),
    call: (input = {}) => call(table.receive, input),
  };
  await seed(gateway, put, options.api);
  if (sections !== '') await gateway.policy(sections);
  return gateway;
}

async function seed(
  gateway: TestGateway,
  put: (id: string, body: JsonObject) => Promise<JsonObject>,
  api: JsonObject = {},
): Promise<void> {
  await put(`/subscriptions/${subscriptionId}/resourceGroups/apis`, { location: 'westeurope' });
  await put(serviceId, {
    location: 'westeurope',
    identity: { type: 'SystemAssigned' },
    sku: { name: 'Developer', capacity: 1 },
    properties: { publisherEmail: 'a@b.example', publisherName: 'B' },
  });
  await gateway.put('/apis/orders', {
    ...{ displayName: 'Orders', path: 'orders', serviceUrl: 'https://backend.example/base' },
    ...{ protocols: ['https'], subscriptionRequired: false, ...api },
  });
  await gateway.put('/apis/orders/operations/get-item', {
    ...{ displayName: 'Get item', method: 'GET', urlTemplate: '/items/{id}' },
    templateParameters: [{ name: 'id', type: 'string', required: true }],
  });
  await gateway.put('/apis/orders/operations/any', {
    displayName: 'Any',
    method: '*',
    urlTemplate: '/any',
  });
}

async function serveHost(
  request: ExchangeRequest,
  hosts: ReadonlyMap<string, Handler>,
  received: Received[],
): Promise<ExchangeResponse> {
  const { method, target, headers, body, connection } = request;
  const text = (await readBody(body)).toString('utf8');
  const url = `${connection.scheme}://${connection.host}${target}`;
  const seen = { method, url, headers, text, callingResource: connection.callingResource };
  received.push(seen);
  const answer = (await hosts.get(connection.host)?.(seen)) ?? { status: 404 };
  return { status: 200, headers: [], body: null, ...answer };
}

async function call(
  receive: (request: ExchangeRequest) => Promise<ExchangeResponse>,
  input: CallInput,
): Promise<Answer> {
  const {
    method = 'GET',
    path = '/orders/any',
    headers = [],
    body,
    host = 'gw.azure-api.net',
  } = input;
  const length = body === undefined ? [] : [['Content-Length', String(body.length)] as const];
  const response = await receive({
    method,
    target: path,
    headers: [['Host', host], ...headers, ...length],
    body: body === undefined ? null : once(Buffer.from(body)),
    connection: {
      ...{ scheme: 'https', host, port: 443, hops: 0 },
      remoteAddress: input.remoteAddress ?? '203.0.113.7',
      signal: input.signal ?? new AbortController().signal,
    },
  });
  const text = (await readBody(response.body)).toString('utf8');
  const { status, reason } = response;
  return {
    status,
    reason,
    headers: response.headers,
    text,
    header: (name) => header(response.headers, name),
  };
}

async function* once(bytes: Uint8Array) {
  yield bytes;
}

function metadataOf(url: string, keys: readonly JsonObject[]): JsonObject {
  const tenant = url.split('/')[3]!;
  if (url.includes('/keys')) return { keys: [...keys] };
  const jwks_uri = `https://login.microsoftonline.com/${tenant}/keys`;
  const issuer = url.includes('/v2.0/')
    ? `https://login.microsoftonline.com/${tenant}/v2.0`
    : `https://sts.windows.net/${tenant}/`;
  return { issuer, jwks_uri };
}

export const issuerV1 = `https://sts.windows.net/${tenantId}/`;
export const issuerV2 = `https://login.microsoftonline.com/${tenantId}/v2.0`;
export const audience = 'api://orders';

/** A v1 token valid for an hour from the clock's start; `claims` replace its own. */
export function tokenOf(
  claims: JsonObject = {},
  { key = publishedKey.privateKey, kid = 'one' }: { key?: KeyObject; kid?: string } = {},
): Promise<string> {
  const now = Date.parse('2026-01-01T00:00:00Z') / 1000;
  const all = {
    ...{ iss: issuerV1, aud: audience, sub: 'someone', appid: 'client-1', tid: tenantId },
    ...{ roles: ['Orders.Read', 'Orders.List'], nbf: now - 60, exp: now + 3600, ...claims },
  };
  return signJwt({ alg: key.type === 'secret' ? 'HS256' : 'ES256', kid, typ: 'JWT' }, all, key);
}
