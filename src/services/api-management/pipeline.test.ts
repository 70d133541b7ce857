// A call through the gateway: matching, keys, sections, base, errors and their bytes.
import { describe, expect, it } from 'vitest';
import { OutboundError } from '../../http/index.ts';
import { testGateway } from './fixtures/gateway.ts';

describe('forwarding', () => {
  it('sends to serviceUrl and operation path, with query and body as they came', async () => {
    const gateway = await testGateway();
    const answer = await gateway.call({
      method: 'POST',
      path: '/orders/any?a=%2F&b',
      headers: [
        ['X-One', '1'],
        ['x-one', '2'],
        ['Connection', 'close, X-Hop'],
        ['X-Hop', 'no'],
      ],
      body: 'hello',
    });
    expect(answer).toMatchObject({ status: 200, text: 'from backend' });
    expect(answer.header('X-Backend')).toBe('yes');
    const [request] = gateway.received;
    expect(request).toMatchObject({ method: 'POST', text: 'hello' });
    expect(request!.url).toBe('https://backend.example/base/any?a=%2F&b');
    const names = request!.headers.map(([name]) => name);
    expect(names).toEqual(['Host', 'X-One', 'x-one', 'X-Forwarded-For', 'Content-Length']);
    expect(request!.headers[0]).toEqual(['Host', 'backend.example']);
    expect(request!.headers[3]).toEqual(['X-Forwarded-For', '203.0.113.7']);
  });

  it('appends the caller to X-Forwarded-For', async () => {
    const gateway = await testGateway();
    await gateway.call({
      headers: [['X-Forwarded-For', '198.51.100.1']],
      remoteAddress: '::ffff:192.0.2.1',
    });
    expect(gateway.received[0]!.headers).toContainEqual([
      'X-Forwarded-For',
      '198.51.100.1,192.0.2.1',
    ]);
  });

  it('a 4xx of the backend is no error: outbound runs', async () => {
    const gateway = await testGateway(
      '<inbound/><outbound><set-header name="X-Out"><value>ran</value></set-header></outbound>',
    );
    gateway.hosts.set('backend.example', () => ({ status: 404, body: Buffer.from('none') }));
    const answer = await gateway.call();
    expect(answer).toMatchObject({ status: 404, text: 'none' });
    expect(answer.header('X-Out')).toBe('ran');
  });

  it('an empty backend section sends nothing and answers an empty 200', async () => {
    const gateway = await testGateway('<inbound/><backend/>');
    expect(await gateway.call()).toMatchObject({ status: 200, text: '' });
    expect(gateway.received).toEqual([]);
  });

  it('a backend that is not reached is a 500 that tells nothing, and LastError in on-error', async () => {
    const gateway = await testGateway();
    gateway.hosts.set('backend.example', () => {
      throw new OutboundError('ECONNREFUSED', 'nobody listens on 10.1.2.3');
    });
    const answer = await gateway.call();
    expect(answer.status).toBe(500);
    expect(answer.text).toMatch(
      /^{ "statusCode": 500, "message": "Internal server error", "activityId": "[0-9a-f-]{36}" }$/,
    );
  });
});

describe('matching', () => {
  it.each([
    ['GET', '/orders/items/7', 200],
    ['GET', '/ORDERS/Items/7/', 200],
    ['GET', '/orders//items/7', 200],
    ['POST', '/orders/items/7', 404],
    ['GET', '/orders/items/7/lines', 404],
    ['GET', '/orders', 404],
    ['GET', '/other', 404],
  ])('%s %s is %i', async (method, path, status) => {
    const gateway = await testGateway();
    const answer = await gateway.call({ method, path });
    expect(answer.status).toBe(status);
    if (status === 404)
      expect(answer.text).toBe('{ "statusCode": 404, "message": "Resource not found" }');
  });

  it('the API with the longest path wins', async () => {
    const gateway = await testGateway();
    await gateway.put('/apis/v2', {
      displayName: 'v2',
      path: 'orders/v2',
      serviceUrl: 'https://two.example',
      subscriptionRequired: false,
    });
    await gateway.put('/apis/v2/operations/any', {
      displayName: 'x',
      method: 'GET',
      urlTemplate: '/any',
    });
    gateway.hosts.set('two.example', () => ({ body: Buffer.from('two') }));
    expect((await gateway.call({ path: '/orders/v2/any' })).text).toBe('two');
    expect((await gateway.call({ path: '/orders/any' })).text).toBe('from backend');
  });

  it('a literal segment beats a parameter, a parameter a wildcard', async () => {
    const gateway = await testGateway();
    const add = async (name: string, urlTemplate: string, parameter?: string) => {
      const templateParameters = parameter ? [{ name: parameter }] : [];
      await gateway.put(`/apis/orders/operations/${name}`, {
        displayName: name,
        method: 'GET',
        urlTemplate,
        templateParameters,
      });
      const value = `<policies><inbound><return-response><set-body>${name}</set-body></return-response></inbound></policies>`;
      await gateway.put(`/apis/orders/operations/${name}/policies/policy`, {
        format: 'rawxml',
        value,
      });
    };
    await add('rest', '/*');
    await add('one', '/items/{x}', 'x');
    await add('special', '/items/special');
    await gateway.delete('/apis/orders/operations/get-item');
    expect((await gateway.call({ path: '/orders/items/special' })).text).toBe('special');
    expect((await gateway.call({ path: '/orders/items/other' })).text).toBe('one');
    expect((await gateway.call({ path: '/orders/deep/er' })).text).toBe('rest');
  });

  it.each([
    ['Segment', {}, '/orders/v1/any', []],
    ['Query', { versionQueryName: 'ver' }, '/orders/any?ver=v1', []],
    ['Header', { versionHeaderName: 'X-Ver' }, '/orders/any', [['X-Ver', 'v1']]],
  ] as const)('a version by %s selects its API', async (versioningScheme, names, path, headers) => {
    const gateway = await testGateway();
    await gateway.put('/apiVersionSets/s', { displayName: 's', versioningScheme, ...names });
    await gateway.put('/apis/orders', {
      ...{ displayName: 'Orders', path: 'orders', serviceUrl: 'https://backend.example' },
      ...{ subscriptionRequired: false, apiVersion: 'v1', apiVersionSetId: '/apiVersionSets/s' },
    });
    expect((await gateway.call({ path, headers })).status).toBe(200);
    expect((await gateway.call({ path: '/orders/any' })).status).toBe(404);
  });

  it('a revision that is not current answers only under ;rev=', async () => {
    const gateway = await testGateway();
    await gateway.put('/apis/orders;rev=2', {
      displayName: 'Orders',
      path: 'orders',
      serviceUrl: 'https://two.example',
      subscriptionRequired: false,
    });
    await gateway.put('/apis/orders;rev=2/operations/any', {
      displayName: 'x',
      method: 'GET',
      urlTemplate: '/any',
    });
    gateway.hosts.set('two.example', () => ({ body: Buffer.from('two') }));
    expect((await gateway.call({ path: '/orders/any' })).text).toBe('from backend');
    expect((await gateway.call({ path: '/orders;rev=2/any' })).text).toBe('two');
    expect((await gateway.call({ path: '/orders;rev=3/any' })).status).toBe(404);
  });

  it('a host without a service cannot be reached', async () => {
    const gateway = await testGateway();
    await expect(gateway.call({ host: 'nobody.azure-api.net' })).rejects.toThrow(OutboundError);
  });
});

const missing =
  '{ "statusCode": 401, "message": "Access denied due to missing subscription key. Make sure to include subscription key when making requests to an API." }';
const invalid =
  '{ "statusCode": 401, "message": "Access denied due to invalid subscription key. Make sure to provide a valid key for an active subscription." }';

describe('subscription keys', () => {
  async function keyed() {
    const gateway = await testGateway('', { api: { subscriptionRequired: true } });
    await gateway.put('/subscriptions/s1', {
      displayName: 's1',
      scope: '/apis/orders',
      primaryKey: 'primary',
      secondaryKey: 'secondary',
    });
    return gateway;
  }

  it('a missing key is answered with the exact bytes and the challenge', async () => {
    const answer = await (await keyed()).call();
    expect(answer.status).toBe(401);
    expect(answer.text).toBe(missing);
    expect(answer.headers).toEqual([
      [
        'WWW-Authenticate',
        'AzureApiManagementKey realm="https://gw.azure-api.net/orders",name="Ocp-Apim-Subscription-Key",type="header"',
      ],
      ['Content-Type', 'application/json'],
      ['Content-Length', '152'],
    ]);
  });

  it('an invalid key is answered with the exact bytes', async () => {
    const answer = await (await keyed()).call({
      headers: [['Ocp-Apim-Subscription-Key', 'wrong']],
    });
    expect(answer.status).toBe(401);
    expect(answer.text).toBe(invalid);
    expect(answer.header('Content-Length')).toBe('143');
  });

  it.each([
    ['the primary key in the header', '', [['ocp-apim-subscription-key', 'primary']], 200],
    ['the secondary key in the query', '?subscription-key=secondary', [], 200],
    [
      'the header before the query',
      '?subscription-key=primary',
      [['Ocp-Apim-Subscription-Key', 'wrong']],
      401,
    ],
  ] as const)('%s', async (_, query, headers, status) => {
    const gateway = await keyed();
    expect((await gateway.call({ path: `/orders/any${query}`, headers })).status).toBe(status);
  });

  it('a renamed header is read and named in the challenge', async () => {
    const gateway = await testGateway('', {
      api: {
        subscriptionRequired: true,
        subscriptionKeyParameterNames: { header: 'x-api-key', query: 'key' },
      },
    });
    await gateway.put('/subscriptions/s1', { displayName: 's1', scope: '/apis', primaryKey: 'p' });
    expect((await gateway.call()).header('WWW-Authenticate')).toContain('name="x-api-key"');
    expect((await gateway.call({ headers: [['X-Api-Key', 'p']] })).status).toBe(200);
  });

  it.each(['suspended', 'submitted', 'rejected', 'cancelled', 'expired'])(
    'a %s subscription is refused',
    async (state) => {
      const gateway = await keyed();
      await gateway.put('/subscriptions/s1', { displayName: 's1', scope: '/apis/orders', state });
      expect(
        (await gateway.call({ headers: [['Ocp-Apim-Subscription-Key', 'primary']] })).text,
      ).toBe(invalid);
    },
  );

  it('a key of another API is refused', async () => {
    const gateway = await keyed();
    await gateway.put('/apis/other', { displayName: 'o', path: 'other' });
    await gateway.put('/subscriptions/s2', {
      displayName: 's2',
      scope: '/apis/other',
      primaryKey: 'other',
    });
    expect((await gateway.call({ headers: [['Ocp-Apim-Subscription-Key', 'other']] })).text).toBe(
      invalid,
    );
  });

  it('an invalid key is refused even where none is needed', async () => {
    const gateway = await testGateway();
    expect((await gateway.call({ headers: [['Ocp-Apim-Subscription-Key', 'x']] })).status).toBe(
      401,
    );
  });

  it('product policies run only in the context of the product', async () => {
    const gateway = await keyed();
    await gateway.put('/products/gold', { displayName: 'Gold', state: 'published' });
    await gateway.put('/products/gold/apis/orders', {});
    const value =
      '<policies><inbound><set-header name="X-Gold"><value>1</value></set-header></inbound></policies>';
    await gateway.put('/products/gold/policies/policy', { format: 'rawxml', value });
    await gateway.put('/subscriptions/g', {
      displayName: 'g',
      scope: '/products/gold',
      primaryKey: 'gold',
    });
    await gateway.call({ headers: [['Ocp-Apim-Subscription-Key', 'gold']] });
    await gateway.call({ headers: [['Ocp-Apim-Subscription-Key', 'primary']] });
    const marks = gateway.received.map(({ headers }) =>
      headers.some(([name]) => name === 'X-Gold'),
    );
    expect(marks).toEqual([true, false]);
  });

  it('an open product lets a call without a key in', async () => {
    const gateway = await keyed();
    await gateway.put('/products/open', { displayName: 'Open', subscriptionRequired: false });
    await gateway.put('/products/open/apis/orders', {});
    expect((await gateway.call()).status).toBe(200);
  });

  it('the key goes on to the backend', async () => {
    const gateway = await keyed();
    await gateway.call({ headers: [['Ocp-Apim-Subscription-Key', 'primary']] });
    expect(gateway.received[0]!.headers).toContainEqual(['Ocp-Apim-Subscription-Key', 'primary']);
  });
});

describe('sections', () => {
  const mark = (text: string) =>
    `<set-header name="X-Path" exists-action="append"><value>${text}</value></set-header>`;

  it('base joins global, API and operation in the order they are written', async () => {
    const gateway = await testGateway(
      `<inbound>${mark('api-before')}<base/>${mark('api-after')}</inbound>`,
    );
    const document = (text: string) => ({
      format: 'rawxml',
      value: `<policies><inbound>${text}</inbound><backend><forward-request/></backend></policies>`,
    });
    await gateway.put('/policies/policy', document(mark('global')));
    await gateway.put('/apis/orders/operations/any/policies/policy', {
      format: 'rawxml',
      value: `<policies><inbound><base/>${mark('operation')}</inbound><backend><base/></backend></policies>`,
    });
    await gateway.call();
    expect(gateway.received[0]!.headers).toContainEqual([
      'X-Path',
      'api-before,global,api-after,operation',
    ]);
  });

  it('a fragment runs where it is included; without it the policy is not saved', async () => {
    const gateway = await testGateway();
    const include = '<inbound><include-fragment fragment-id="f"/></inbound>';
    await expect(gateway.policy(include)).rejects.toThrow("there is no policy fragment 'f'");
    await gateway.put('/policyFragments/f', {
      format: 'rawxml',
      value: `<fragment>${mark('f')}</fragment>`,
    });
    await gateway.policy(include);
    await gateway.call();
    expect(gateway.received[0]!.headers).toContainEqual(['X-Path', 'f']);
  });

  it('named values are filled in, and a change of one takes effect', async () => {
    const gateway = await testGateway();
    await gateway.put('/namedValues/n', { displayName: 'who', value: 'one' });
    await gateway.policy(`<inbound>${mark('{{who}}')}</inbound>`);
    await gateway.call();
    await gateway.put('/namedValues/n', { displayName: 'who', value: 'two' });
    await gateway.call();
    const values = gateway.received.map(
      ({ headers }) => headers.find(([name]) => name === 'X-Path')?.[1],
    );
    expect(values).toEqual(['one', 'two']);
  });

  it('return-response ends the call: neither backend nor outbound run', async () => {
    const gateway = await testGateway(
      `<inbound><return-response><set-status code="202" reason="Fine"/></return-response>${mark('x')}</inbound><outbound>${mark('out')}</outbound>`,
    );
    const answer = await gateway.call();
    expect(answer).toMatchObject({ status: 202, reason: 'Fine', text: '' });
    expect(answer.header('X-Path')).toBeUndefined();
    expect(gateway.received).toEqual([]);
  });

  it('on-error starts from the default answer and may change it', async () => {
    const gateway = await testGateway(
      '<inbound><check-header name="X-Must" failed-check-httpcode="403" failed-check-error-message="No." ignore-case="true"/></inbound>' +
        '<on-error><set-header name="X-Seen"><value>1</value></set-header></on-error>',
    );
    const answer = await gateway.call();
    expect(answer).toMatchObject({ status: 403, text: '{ "statusCode": 403, "message": "No." }' });
    expect(answer.header('X-Seen')).toBe('1');
  });

  it('an error inside of on-error is the plain 500', async () => {
    const check =
      '<check-header name="X-Must" failed-check-httpcode="403" failed-check-error-message="No." ignore-case="true"/>';
    const gateway = await testGateway(
      `<inbound>${check}</inbound><on-error><send-request response-variable-name="r"><set-url>nowhere</set-url></send-request></on-error>`,
    );
    expect((await gateway.call()).status).toBe(500);
  });
});

describe('answers', () => {
  it('204 carries neither body nor length', async () => {
    const gateway = await testGateway(
      '<inbound><return-response><set-status code="204"/></return-response></inbound>',
    );
    expect(await gateway.call()).toMatchObject({ status: 204, text: '', headers: [] });
  });

  it('HEAD keeps the length of the backend and carries no body', async () => {
    const gateway = await testGateway();
    gateway.hosts.set('backend.example', () => ({
      headers: [['Content-Length', '42']],
      body: null,
    }));
    const answer = await gateway.call({ method: 'HEAD' });
    expect(answer).toMatchObject({ status: 200, text: '' });
    expect(answer.header('Content-Length')).toBe('42');
  });

  it('hop-by-hop fields of the backend stay here', async () => {
    const gateway = await testGateway();
    gateway.hosts.set('backend.example', () => ({
      headers: [
        ['Connection', 'close'],
        ['Transfer-Encoding', 'chunked'],
        ['X-A', '1'],
      ],
      body: Buffer.from('x'),
    }));
    expect((await gateway.call()).headers).toEqual([
      ['X-A', '1'],
      ['Content-Length', '1'],
    ]);
  });
});
