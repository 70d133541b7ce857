// The HTTP action: what goes out, what comes back, retries, the asynchronous pattern, authentication.
import { afterEach, expect, test } from 'vitest';
import { header } from '../../../http/index.ts';
import {
  definitionOf,
  type Host,
  type Reply,
  type Stage,
  type StageOptions,
  stage,
} from '../testing/stage.ts';

const stages: Stage[] = [];
afterEach(async () => {
  for (const opened of stages.splice(0)) await opened.close();
});

const http = (inputs: object, rest: object = {}) => ({
  H: { type: 'Http', inputs: { method: 'GET', uri: 'https://host.example/a', ...inputs }, ...rest },
});

async function run(
  actions: object,
  host: Host = () => ({ status: 200 }),
  options: StageOptions = {},
) {
  const opened = stage({ ...options, hosts: { 'host.example': host, ...options.hosts } });
  stages.push(opened);
  const finished = await opened.run(definitionOf(actions));
  return { ...finished, sent: opened.sent, record: finished.action('H') };
}

test.each<[string, object, string | undefined, string]>([
  ['text as text/plain', { body: 'é' }, 'text/plain; charset=utf-8', 'é'],
  [
    'a value as JSON, numbers in their kind',
    { body: { a: "@json('5.0')" } },
    'application/json; charset=utf-8',
    '{"a":5.0}',
  ],
  [
    'text with a JSON type as it is',
    { body: '{ }', headers: { 'content-type': 'application/json' } },
    'application/json',
    '{ }',
  ],
  [
    'a form as the author wrote it',
    { body: 'a=b%20c', headers: { 'Content-Type': 'application/x-www-form-urlencoded' } },
    'application/x-www-form-urlencoded',
    'a=b%20c',
  ],
  [
    'an envelope as its bytes',
    { body: { '$content-type': 'image/x', $content: 'aGk=' } },
    'image/x',
    'hi',
  ],
  ['nothing without a body', {}, undefined, ''],
])('a body goes out: %s', async (_, inputs, type, text) => {
  const { sent } = await run(http({ method: 'POST', ...inputs }));
  expect(sent[0]!.text).toBe(text);
  expect(header(sent[0]!.headers, 'content-type')).toBe(type);
});

test.each<[string, Host, unknown]>([
  ['JSON as a value', () => ({ body: { n: 1 } }), { n: 1 }],
  [
    'JSON that is none as text',
    () => ({ headers: { 'content-type': 'application/json' }, body: '{' }),
    '{',
  ],
  ['text as text', () => ({ headers: { 'content-type': 'text/xml' }, body: '<a/>' }), '<a/>'],
  [
    'other content as an envelope',
    () => ({ headers: { 'content-type': 'image/x' }, body: 'hi' }),
    { '$content-type': 'image/x', $content: 'aGk=' },
  ],
  [
    'a form with its pairs',
    () => ({ headers: { 'content-type': 'application/x-www-form-urlencoded' }, body: 'a=1' }),
    expect.objectContaining({ $formdata: [{ key: 'a', value: '1' }] }),
  ],
  ['nothing as no body', () => ({}), undefined],
])('an answer comes back: %s', async (_, host, body) => {
  const { record } = await run(http({}), host);
  expect((record.outputs as { body?: unknown }).body).toEqual(body);
});

test('queries are encoded and added; the workflow names itself in headers', async () => {
  const { sent } = await run(
    http({ uri: 'https://host.example/a?x=1', queries: { 'y z': 'a&b', n: 5 }, cookie: 'c=1' }),
  );
  expect(sent[0]!.url).toBe('https://host.example/a?x=1&y%20z=a%26b&n=5');
  expect(header(sent[0]!.headers, 'cookie')).toBe('c=1');
  expect(header(sent[0]!.headers, 'x-ms-workflow-operation-name')).toBe('H');
  expect(header(sent[0]!.headers, 'user-agent')).toMatch(
    /^azure-logic-apps\/1\.0 \(workflow [0-9a-f]{32}; version 08\d{18}\)$/,
  );
  expect(sent[0]!.callingResource).toContain('/providers/Microsoft.Logic/workflows/flow');
});

test('a status from 400 on fails the action, and its outputs stay readable', async () => {
  const { record, sent } = await run(http({}), () => ({ status: 404, body: { why: 'gone' } }));
  expect(record).toMatchObject({
    status: 'Failed',
    code: 'NotFound',
    outputs: { statusCode: 404, body: { why: 'gone' } },
  });
  expect(sent).toHaveLength(1);
});

const failingTimes = (
  times: number,
  status: number,
  headers: Record<string, string> = {},
): Host => {
  let left = times;
  return () => (left-- > 0 ? { status, headers } : { status: 200 });
};

test.each<[string, object, Host, number, string]>([
  ['the default: four retries', {}, failingTimes(9, 500), 5, 'Failed'],
  ['none', { retryPolicy: { type: 'none' } }, failingTimes(9, 500), 1, 'Failed'],
  [
    'fixed',
    { retryPolicy: { type: 'fixed', count: 2, interval: 'PT7S' } },
    failingTimes(2, 429),
    3,
    'Succeeded',
  ],
  [
    'exponential',
    { retryPolicy: { type: 'Exponential', count: 3, interval: 'PT10S' } },
    failingTimes(9, 408),
    4,
    'Failed',
  ],
])('a transient answer is tried again: %s', async (_, inputs, host, calls, status) => {
  const { sent, record } = await run(http(inputs), host);
  expect(sent).toHaveLength(calls);
  expect(record.status).toBe(status);
  expect(record.retryHistory).toHaveLength(calls - 1);
});

test('a retry waits as the policy says, and as Retry-After asks', async () => {
  const fixed = { retryPolicy: { type: 'fixed', count: 1, interval: 'PT30S' } };
  const { record } = await run(http(fixed), failingTimes(1, 500));
  expect(record.endMs! - record.startMs).toBe(30_000);
  const asked = await run(http(fixed), failingTimes(1, 429, { 'retry-after': '45' }));
  expect(asked.record.endMs! - asked.record.startMs).toBe(45_000);
});

test('a 202 with a Location is polled until it says something else; its last answer counts', async () => {
  let polls = 0;
  const { record, sent } = await run(
    http({ method: 'POST', body: 'x', authentication: { type: 'Raw', value: 'Key k' } }),
    ({ url }): Reply => {
      if (url.endsWith('/a'))
        return { status: 202, headers: { location: '/status', 'retry-after': '5' } };
      return ++polls < 3
        ? { status: 202, headers: { location: '/status' } }
        : { status: 200, body: { done: true } };
    },
  );
  expect(record.outputs).toMatchObject({ statusCode: 200, body: { done: true } });
  expect(sent.map(({ method, url }) => `${method} ${url}`)).toEqual([
    'POST https://host.example/a',
    'GET https://host.example/status',
    'GET https://host.example/status',
    'GET https://host.example/status',
  ]);
  expect(header(sent[1]!.headers, 'authorization')).toBe('Key k');
  expect(record.endMs! - record.startMs).toBe(5_000 + 20_000 + 20_000);
});

test('DisableAsyncPattern takes the 202 itself', async () => {
  const accepted: Host = () => ({ status: 202, headers: { location: '/status' } });
  const { record, sent } = await run(
    http({}, { operationOptions: 'DisableAsyncPattern' }),
    accepted,
  );
  expect(record.outputs).toMatchObject({ statusCode: 202 });
  expect(sent).toHaveLength(1);
});

test('redirects are followed; credentials do not follow to another host', async () => {
  const { sent, record } = await run(
    http({ authentication: { type: 'Basic', username: 'u', password: 'p' } }),
    ({ url }) =>
      url.endsWith('/a')
        ? { status: 302, headers: { location: '/b' } }
        : { status: 307, headers: { location: 'https://other.example/c' } },
    { hosts: { 'other.example': () => ({ status: 200, body: { here: 1 } }) } },
  );
  expect(record.outputs).toMatchObject({ statusCode: 200, body: { here: 1 } });
  expect(sent.map(({ headers }) => header(headers, 'authorization'))).toEqual([
    'Basic dTpw',
    'Basic dTpw',
    undefined,
  ]);
});

test('an answer that takes too long is a time-out, tried again by the policy', async () => {
  const never: Host = () => new Promise(() => undefined);
  const { record } = await run(http({ retryPolicy: { type: 'none' } }), never);
  expect(record.error).toMatchObject({ code: 'RequestTimeout' });
});

test.each<[string, object, string, RegExp]>([
  [
    'an address that is none',
    { uri: "@concat('nowhere')" },
    'InvalidTemplate',
    /'nowhere' is not valid/,
  ],
  [
    'a header with a line break',
    { headers: { a: "@concat('x', decodeUriComponent('%0A'), 'y')" } },
    'InvalidTemplate',
    /line break/,
  ],
  [
    'a host that is not there',
    { uri: 'https://absent.example/' },
    'BadRequest',
    /absent\.example is not in the host table/,
  ],
])('%s fails the action', async (_, inputs, code, message) => {
  const { record } = await run(http(inputs));
  expect(record).toMatchObject({ status: 'Failed', error: { code } });
  expect(record.error!.message).toMatch(message);
});

test.each<[string, object, string | undefined]>([
  ['None', { type: 'None' }, undefined],
  ['Basic', { type: 'basic', username: 'u', password: 'p' }, 'Basic dTpw'],
  ['Raw value', { type: 'Raw', value: 'Bearer t' }, 'Bearer t'],
  ['Raw scheme and parameter', { type: 'Raw', scheme: 'Key', parameter: 'k' }, 'Key k'],
  ['an expression', '@json(\'{"type":"Raw","value":"x"}\')' as unknown as object, 'x'],
])('authentication %s', async (_, authentication, authorization) => {
  const { sent } = await run(http({ authentication }));
  expect(header(sent[0]!.headers, 'authorization')).toBe(authorization);
});

const identity = { type: 'SystemAssigned', principalId: 'p', tenantId: 't' };
const metadata: Host = ({ url }) => ({
  body: { access_token: new URL(url).searchParams.get('resource')! },
});

test.each<[string, string, string]>([
  ['https://management.azure.com/x', 'management.azure.com', 'https://management.azure.com/'],
  ['https://v.vault.azure.net/x', 'v.vault.azure.net', 'https://vault.azure.net'],
  ['https://a.blob.core.windows.net/x', 'a.blob.core.windows.net', 'https://storage.azure.com/'],
  ['https://host.example/a', 'host.example', 'https://host.example'],
])('a managed identity without audience asks for the one of %s', async (uri, host, audience) => {
  const { sent } = await run(
    http({ uri, authentication: { type: 'ManagedServiceIdentity' } }),
    undefined,
    {
      identity,
      hosts: { '169.254.169.254': metadata, [host]: () => ({}) },
    },
  );
  expect(header(sent.at(-1)!.headers, 'authorization')).toBe(`Bearer ${audience}`);
});

test.each<[string, object, StageOptions['identity'], RegExp]>([
  ['no identity', {}, undefined, /has no system-assigned identity; its identity is 'None'/],
  [
    'an identity that is not assigned',
    { identity: '/subscriptions/s/x' },
    identity,
    /'\/subscriptions\/s\/x' is not assigned/,
  ],
])('a Logic App with %s gets no token', async (_, more, given, message) => {
  const { record, sent } = await run(
    http({ authentication: { type: 'ManagedServiceIdentity', ...more } }),
    undefined,
    { identity: given },
  );
  expect(record.error!.message).toMatch(message);
  expect(sent).toEqual([]);
});

const oauth = {
  type: 'ActiveDirectoryOAuth',
  tenant: 'tenant',
  audience: 'api://x',
  clientId: 'client',
  secret: 'hush',
};

test('ActiveDirectoryOAuth with a secret asks the v1 endpoint of the default authority', async () => {
  const { sent } = await run(http({ authentication: oauth }), undefined, {
    hosts: { 'login.windows.net': () => ({ body: { access_token: 'token' } }) },
  });
  expect(sent[0]!.url).toBe('https://login.windows.net/tenant/oauth2/token');
  expect(Object.fromEntries(new URLSearchParams(sent[0]!.text))).toEqual({
    resource: 'api://x',
    client_id: 'client',
    grant_type: 'client_credentials',
    client_secret: 'hush',
  });
  expect(header(sent[1]!.headers, 'authorization')).toBe('Bearer token');
});

test('a refused token request fails the action with BadRequest and quotes the AADSTS text', async () => {
  const { record, sent } = await run(http({ authentication: oauth }), undefined, {
    hosts: {
      'login.windows.net': () => ({
        status: 401,
        body: {
          error: 'invalid_client',
          error_description: 'AADSTS7000215: Invalid client secret provided.',
        },
      }),
    },
  });
  expect(record).toMatchObject({
    status: 'Failed',
    code: 'BadRequest',
    error: { code: 'BadRequest' },
  });
  expect(record.error!.message).toBe(
    "Http request failed as there is an error getting AD OAuth token: 'AADSTS7000215: Invalid client secret provided.'.",
  );
  expect(sent).toHaveLength(1);
  expect(JSON.stringify(record.error)).not.toContain('hush');
});

test.each<[string, object, Partial<StageOptions>, RegExp]>([
  ['is no base64', { pfx: '%%%' }, {}, /not base64/],
  ['is no PKCS#12 file', { pfx: 'aGVsbG8=' }, {}, /could not be read/],
  [
    'on Standard without the profile',
    { pfx: 'aGVsbG8=' },
    { facts: { hosting: 'standard' } },
    /WEBSITE_LOAD_USER_PROFILE/,
  ],
])('a pfx that %s is refused, and not quoted', async (_, more, options, message) => {
  const { secret: _secret, ...bare } = oauth;
  const { record } = await run(
    http({ authentication: { ...bare, ...more, password: 'hush' } }),
    undefined,
    options,
  );
  expect(record.error!.message).toMatch(message);
  expect(record.error!.message).not.toContain('hush');
});
