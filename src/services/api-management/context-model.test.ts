// What expressions see of a call, in each section.
import { generateKeyPairSync } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { createCertificate } from '../../crypto/index.ts';
import { serviceId, type TestGateway, testGateway } from './fixtures/gateway.ts';

const answer = (code: string) =>
  `<return-response><set-body>@((${code})?.ToString() ?? "null")</set-body></return-response>`;

async function seen(code: string, prepare?: (gateway: TestGateway) => Promise<unknown>) {
  const gateway = await testGateway(`<inbound>${answer(code)}</inbound>`);
  await prepare?.(gateway);
  const { text } = await gateway.call({
    path: '/orders/items/7%20a?x=1&x=2&y=%2F',
    headers: [
      ['X-A', '1'],
      ['x-a', '2'],
      ['Ocp-Apim-Subscription-Key', 'k1'],
    ],
  });
  return text;
}

const withKey = (gateway: TestGateway) =>
  gateway.put('/subscriptions/s1', { displayName: 'First', scope: '/apis', primaryKey: 'k1' });

describe('a client certificate', () => {
  it.each([
    ['of an authority of the service', true, 'True'],
    ['of an authority that the service does not know', false, 'False'],
  ])('%s', async (_rule, isKnown, expected) => {
    const [authority, client] = [0, 1].map(() =>
      generateKeyPairSync('ec', { namedCurve: 'P-256' }),
    );
    const life = { notBefore: Date.UTC(2025, 0, 1), notAfter: Date.UTC(2040, 0, 1) };
    const issuer = await createCertificate({
      ...{ subject: 'CN=authority', ...life, basicConstraints: { ca: true } },
      ...{ publicKey: authority!.publicKey, signingKey: authority!.privateKey },
    });
    const clientCertificate = await createCertificate({
      ...{ subject: 'CN=client', issuer, ...life },
      ...{ publicKey: client!.publicKey, signingKey: authority!.privateKey },
    });
    const gateway = await testGateway(
      `<inbound>${answer('"" + context.Request.Certificate.VerifyNoRevocation()')}</inbound>`,
    );
    const certificates = [
      { encodedCertificate: issuer.toString('base64'), storeName: 'CertificateAuthority' },
    ];
    await gateway.put(
      '',
      { publisherEmail: 'a@b.example', publisherName: 'B', ...(isKnown && { certificates }) },
      { location: 'westeurope', sku: { name: 'Developer', capacity: 1 } },
    );
    expect((await gateway.call({ clientCertificate })).text).toBe(expected);
  });
});

describe('context', () => {
  it.each([
    ['context.Request.Method', 'GET'],
    [
      'context.Request.OriginalUrl.ToString()',
      'https://gw.azure-api.net/orders/items/7%20a?x=1&x=2&y=%2F',
    ],
    ['context.Request.OriginalUrl.Path', '/orders/items/7%20a'],
    ['context.Request.Url.Host', 'backend.example'],
    ['context.Request.Url.Path', '/base/items/7%20a'],
    ['context.Request.Url.QueryString', '?x=1&x=2&y=%2F'],
    ['context.Request.Url.Query.GetValueOrDefault("x")', '1,2'],
    ['context.Request.Url.Query["y"][0]', '/'],
    ['context.Request.Headers.GetValueOrDefault("X-a", "")', '1,2'],
    ['context.Request.Headers["X-A"][1]', '2'],
    ['context.Request.MatchedParameters["id"]', '7 a'],
    ['context.Request.IpAddress', '203.0.113.7'],
    ['context.Request.Body', 'null'],
    ['context.Request.Certificate', 'null'],
    ['context.Response', 'null'],
    ['context.LastError', 'null'],
    ['context.Product', 'null'],
    ['context.User', 'null'],
    [
      'context.Api.Id + context.Api.Name + context.Api.Path + context.Api.Revision',
      'ordersOrdersorders1',
    ],
    ['context.Api.ServiceUrl.Host', 'backend.example'],
    ['context.Operation.Id + " " + context.Operation.UrlTemplate', 'get-item /items/{id}'],
    [
      'context.Subscription.Id + " " + context.Subscription.Name + " " + context.Subscription.Key',
      's1 First k1',
    ],
    ['context.Deployment.ServiceName + " " + context.Deployment.Region', 'gw westeurope'],
    ['context.Deployment.ServiceId', serviceId],
    ['context.Timestamp.ToString("yyyy-MM-dd")', '2026-01-01'],
    ['context.RequestId.ToString().Length.ToString()', '36'],
  ])('%s', async (code, expected) => {
    expect(await seen(code, withKey)).toBe(expected);
  });

  it('the product of a key is there with its APIs', async () => {
    const text = await seen(
      'context.Product.Name + context.Product.Apis.Count()',
      async (gateway) => {
        await gateway.put('/products/p', { displayName: 'P' });
        await gateway.put('/products/p/apis/orders', {});
        await gateway.put('/subscriptions/s1', {
          displayName: 'S',
          scope: '/products/p',
          primaryKey: 'k1',
        });
      },
    );
    expect(text).toBe('P1');
  });

  it('the response is there in outbound, its body too', async () => {
    const code =
      'context.Response.StatusCode + context.Response.Headers.GetValueOrDefault("x-backend") + context.Response.Body.As<string>()';
    const gateway = await testGateway(`<inbound/><outbound>${answer(code)}</outbound>`);
    expect((await gateway.call()).text).toBe('200yesfrom backend');
  });

  it('LastError tells in on-error what went wrong, and where', async () => {
    const code =
      'String.Join("|", context.LastError.Source, context.LastError.Reason, context.LastError.Message, context.LastError.Scope, context.LastError.Section, context.LastError.Path, context.LastError.PolicyId, context.LastError.HttpErrorCode, context.Response.StatusCode)';
    const check =
      '<check-header id="mine" name="X-Must" failed-check-httpcode="403" failed-check-error-message="No." ignore-case="true"/>';
    const gateway = await testGateway(
      `<inbound><choose><when condition="false"/><when condition="true">${check}</when></choose></inbound><on-error>${answer(code)}</on-error>`,
    );
    expect((await gateway.call()).text).toBe(
      'check-header|HeaderNotFound|Header X-Must was not found in the request. Access denied.|api|inbound|choose[1]/when[2]/check-header[1]|mine|403|403',
    );
  });

  it.each([
    ['/nowhere', 'configuration|OperationNotFound'],
    ['/orders/any', 'authorization|SubscriptionKeyNotFound'],
  ])('LastError of %s', async (path, expected) => {
    const gateway = await testGateway('', { api: { subscriptionRequired: true } });
    const value = `<policies><on-error>${answer('context.LastError.Source + "|" + context.LastError.Reason')}</on-error></policies>`;
    await gateway.put('/policies/policy', { format: 'rawxml', value });
    expect((await gateway.call({ path })).text).toBe(expected);
  });

  it('an exception is a 500 that hides it from the caller, not from on-error', async () => {
    const gateway = await testGateway(
      `<inbound><set-variable name="a" value="@((string)context.Variables["none"])"/></inbound><on-error><set-header name="X-Reason"><value>@(context.LastError.Reason + " " + context.LastError.Message.Contains("KeyNotFoundException"))</value></set-header></on-error>`,
    );
    const found = await gateway.call();
    expect(found.status).toBe(500);
    expect(found.text).not.toContain('KeyNotFound');
    expect(found.header('X-Reason')).toBe('ExpressionValueEvaluationFailure True');
  });

  it.each([
    ['an endless loop', '<set-variable name="a" value="@{ while (true) { } }"/>'],
    [
      'a text that grows',
      '<set-variable name="a" value="@{ var s = &quot;x&quot;; while (true) { s += s; } }"/>',
    ],
    [
      'endless recursion',
      '<set-variable name="a" value="@{ int F(int n) => F(n + 1); return F(0); }"/>',
    ],
    [
      'a lazy sequence that a template reads',
      '<set-variable name="a" value="@(Enumerable.Range(0, int.MaxValue).Where(x => x < 0))"/><set-body template="liquid">{{context.Variables["a"]}}</set-body>',
    ],
    [
      'an exception in a lazy sequence that a template reads',
      '<set-variable name="a" value="@(new[] { "x" }.Select(int.Parse))"/><set-body template="liquid">{{context.Variables["a"]}}</set-body>',
    ],
  ])('%s is ExpressionValueEvaluationFailure', async (_name, policies) => {
    const gateway = await testGateway(
      `<inbound>${policies}</inbound><on-error><set-header name="X-Reason"><value>@(context.LastError.Reason)</value></set-header></on-error>`,
    );
    const found = await gateway.call({ method: 'POST', body: 'x' });
    expect(found.status).toBe(500);
    expect(found.header('X-Reason')).toBe('ExpressionValueEvaluationFailure');
  });

  it('a validated token is a Jwt', async () => {
    const gateway = await testGateway();
    const { tenantId, audience, tokenOf } = await import('./fixtures/gateway.ts');
    await gateway.policy(
      `<inbound><validate-jwt header-name="Authorization" output-token-variable-name="t"><openid-config url="https://login.microsoftonline.com/${tenantId}/.well-known/openid-configuration"/><audiences><audience>${audience}</audience></audiences></validate-jwt>${answer('((Jwt)context.Variables["t"]).Claims.GetValueOrDefault("appid", "none") + ((Jwt)context.Variables["t"]).Subject')}</inbound>`,
    );
    const headers = [['Authorization', `Bearer ${await tokenOf()}`]] as const;
    expect((await gateway.call({ headers })).text).toBe('client-1someone');
  });

  it('an ignored failure of send-request leaves null', async () => {
    const gateway = await testGateway(
      `<inbound><send-request response-variable-name="r" ignore-error="true" timeout="1"><set-url>https://nobody.invalid/</set-url></send-request>${answer('(context.Variables["r"] == null).ToString()')}</inbound>`,
    );
    expect((await gateway.call()).text).toBe('True');
  });

  it('a body no expression names is not held in memory', async () => {
    const gateway = await testGateway(
      '<inbound/><outbound><set-header name="X-Status"><value>@(context.Response.StatusCode.ToString())</value></set-header></outbound>',
    );
    let read = 0;
    gateway.hosts.set('backend.example', () => ({
      body: (async function* () {
        read += 1;
        yield Buffer.from('stream');
      })(),
    }));
    const { connection, ...rest } = request();
    const found = await gateway.receive({ ...rest, connection });
    expect([found.headers, read]).toEqual([[['X-Status', '200']], 0]);
  });
});

function request() {
  const signal = new AbortController().signal;
  const connection = {
    scheme: 'https',
    host: 'gw.azure-api.net',
    port: 443,
    remoteAddress: '::1',
    signal,
    hops: 0,
  } as const;
  return { method: 'GET', target: '/orders/any', headers: [], body: null, connection };
}
