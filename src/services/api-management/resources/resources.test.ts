// The ARM types: what is accepted, what is refused by name, and what a GET shows.
import { describe, expect, it } from 'vitest';
import type { JsonObject } from '../../../base/index.ts';
import { serviceId, testGateway } from '../fixtures/gateway.ts';

const publisher = { publisherEmail: 'a@b.example', publisherName: 'B' };
const api = { displayName: 'A', path: 'a' };
const operation = { displayName: 'O', method: 'GET', urlTemplate: '/o' };
const policy = (value: string, format = 'rawxml') => ({ format, value });

describe('refused', () => {
  const cases: [string, string, JsonObject, string][] = [
    ['a service without publisher', '', {}, 'publisherEmail is required'],
    [
      'a property of a service that would change it',
      '',
      { ...publisher, virtualNetworkType: 'Internal' },
      "The property 'virtualNetworkType' is not supported",
    ],
    [
      'a CA certificate that is none',
      '',
      {
        ...publisher,
        certificates: [{ encodedCertificate: 'AQID', storeName: 'Root' }],
      },
      'The certificate has to be DER or PEM in base64',
    ],
    [
      'a CA certificate of another store',
      '',
      { ...publisher, certificates: [{ encodedCertificate: 'AQID', storeName: 'My' }] },
      "The value must be 'Root' or 'CertificateAuthority'",
    ],
    ['an API without a name', '/apis/a', { path: 'a' }, 'displayName is required'],
    ['an API without a path', '/apis/a', { displayName: 'A' }, 'path is required'],
    [
      'an API on a path that is taken',
      '/apis/a',
      { ...api, path: '/Orders/' },
      "with the same Path '/Orders/' as API 'orders'",
    ],
    [
      'an import',
      '/apis/a',
      { ...api, format: 'openapi', value: '…' },
      'Importing an API description is not supported',
    ],
    [
      'a GraphQL API',
      '/apis/a',
      { ...api, apiType: 'graphql' },
      "APIs of the type 'graphql' are not supported",
    ],
    [
      'a serviceUrl that is no URL',
      '/apis/a',
      { ...api, serviceUrl: 'backend' },
      'serviceUrl must be an absolute',
    ],
    [
      'an operation without a method',
      '/apis/orders/operations/o',
      { displayName: 'O', urlTemplate: '/' },
      'method is required',
    ],
    [
      'an operation with an undeclared parameter',
      '/apis/orders/operations/o',
      { ...operation, urlTemplate: '/{x}' },
      "'x' is not",
    ],
    [
      'a template that names a parameter twice',
      '/apis/orders/operations/o',
      { ...operation, urlTemplate: '/{x}/{x}' },
      'must be unique',
    ],
    [
      'an unknown versioning scheme',
      '/apiVersionSets/v',
      { displayName: 'v', versioningScheme: 'Cookie' },
      'versioningScheme must be',
    ],
    [
      'a version set without its header',
      '/apiVersionSets/v',
      { displayName: 'v', versioningScheme: 'Header' },
      'versionHeaderName is required',
    ],
    ['a product in no state', '/products/p', { displayName: 'P', state: 'open' }, 'state must be'],
    ['a link to no API', '/products/p/apis/none', {}, "There is no API 'none'"],
    [
      'a subscription of nothing',
      '/subscriptions/s',
      { displayName: 'S', scope: '/products/none' },
      "The scope '/products/none' does not exist",
    ],
    [
      'a subscription with a wrong scope',
      '/subscriptions/s',
      { displayName: 'S', scope: '/users/1' },
      'scope must be',
    ],
    [
      'a named value with blanks in its name',
      '/namedValues/n',
      { displayName: 'a b', value: '' },
      'displayName may hold',
    ],
    ['a named value without a value', '/namedValues/n', { displayName: 'a' }, 'value is required'],
    [
      'a named value from a vault',
      '/namedValues/n',
      { displayName: 'a', keyVault: { secretIdentifier: 'x' } },
      'Named values from Key Vault are not supported',
    ],
    [
      'a backend without a URL',
      '/backends/b',
      { protocol: 'http', url: 'b' },
      'url must be an absolute',
    ],
    [
      'a pool',
      '/backends/b',
      { type: 'Pool', url: 'https://b' },
      "Backends of the type 'Pool' are not supported",
    ],
    [
      'a circuit breaker',
      '/backends/b',
      { url: 'https://b', circuitBreaker: { rules: [] } },
      "The property 'circuitBreaker'",
    ],
    [
      'a certificate of a backend',
      '/backends/b',
      { url: 'https://b', credentials: { certificate: ['x'] } },
      "The credential 'certificate'",
    ],
    [
      'a policy by another name',
      '/policies/mine',
      policy('<policies/>'),
      "The name of a policy resource is 'policy'",
    ],
    [
      'a policy by link',
      '/policies/policy',
      policy('https://x', 'rawxml-link'),
      "The format 'rawxml-link' is not supported",
    ],
    [
      'a policy in an unknown format',
      '/policies/policy',
      policy('<policies/>', 'json'),
      "format must be 'xml' or 'rawxml'",
    ],
    [
      'a policy that cannot be read',
      '/policies/policy',
      policy('<policies>'),
      'Error on line 1, column 1: <policies> is never closed',
    ],
    [
      'raw quotes in the format xml',
      '/policies/policy',
      policy(
        '<policies><inbound><set-variable name="a" value="@("b")"/></inbound></policies>',
        'xml',
      ),
      'Error on line 1',
    ],
    [
      'a policy that is not documented',
      '/policies/policy',
      policy('<policies>\n<inbound>\n <nope/></inbound></policies>'),
      'Error on line 3, column 2: there is no policy <nope>',
    ],
    [
      'a policy that does not run here',
      '/policies/policy',
      policy('<policies><inbound><xsl-transform/></inbound></policies>'),
      "The policy 'xsl-transform' is not supported by this gateway yet.",
    ],
    [
      'an unknown named value',
      '/policies/policy',
      policy('<policies><inbound><set-method>{{m}}</set-method></inbound></policies>'),
      "there is no named value 'm'",
    ],
    [
      'a fragment as a policy',
      '/policies/policy',
      policy('<fragment/>'),
      'The root element is <fragment>, not <policies>',
    ],
    [
      'a policy as a fragment',
      '/policyFragments/f',
      policy('<policies/>'),
      'The root element is <policies>, not <fragment>',
    ],
    [
      'a child that is not supported',
      '/loggers/l',
      {},
      "The resource type 'service/loggers' could not be found",
    ],
  ];
  it.each(cases)('%s', async (_, path, properties, message) => {
    const gateway = await testGateway();
    if (path.startsWith('/products/p/')) await gateway.put('/products/p', { displayName: 'P' });
    const more: JsonObject = path === '' ? { location: 'westeurope' } : {};
    await expect(gateway.put(path, properties, more)).rejects.toThrow(message);
  });

  it('every fault of a policy at once, none of them saved', async () => {
    const gateway = await testGateway('<inbound><set-method>PUT</set-method></inbound>');
    const wrong =
      '<inbound><set-backend-service/>\n<quota-by-key counter-key="k" calls="x" renewal-period="1"/></inbound>';
    await expect(gateway.policy(wrong)).rejects.toThrow(/incorrect values: .*line 2/s);
    await gateway.call();
    expect(gateway.received[0]!.method).toBe('PUT');
  });

  it('deleting a named value that a policy uses', async () => {
    const gateway = await testGateway();
    await gateway.put('/namedValues/n', { displayName: 'who', value: 'v' });
    await gateway.policy('<inbound><set-method>{{Who}}</set-method></inbound>');
    await expect(gateway.delete('/namedValues/n')).rejects.toThrow("'who' is used by the policy");
  });
});

describe('kept', () => {
  it('a service has its gateway address', async () => {
    const gateway = await testGateway();
    const kept = await gateway.put('', publisher, { location: 'westeurope' });
    expect(kept).toMatchObject({
      gatewayUrl: 'https://gw.azure-api.net',
      provisioningState: 'Succeeded',
    });
  });

  it('a subscription keeps its keys, and a GET does not show them', async () => {
    const gateway = await testGateway();
    const first = await gateway.put('/subscriptions/s', { displayName: 'S', scope: '/apis' });
    expect(first.primaryKey).toMatch(/^[0-9a-f]{32}$/);
    const again = await gateway.put('/subscriptions/s', {
      displayName: 'S2',
      scope: `${serviceId}/apis/orders`,
    });
    expect(again.primaryKey).toBe(first.primaryKey);
    const type = gateway.management.resourceTypes.find((each) =>
      each.type.endsWith('/subscriptions'),
    )!;
    const resource = { id: 'x', name: 's', type: type.type, properties: again };
    expect(await type.view!(resource)).not.toHaveProperty('primaryKey');
    const input = { resource, apiVersion: '2024-05-01', body: {}, query: {}, origin: '' };
    expect(await type.actions!.listSecrets!(input)).toMatchObject({
      body: { primaryKey: first.primaryKey },
    });
  });

  it('a secret named value is shown only when asked for', async () => {
    const gateway = await testGateway();
    const type = gateway.management.resourceTypes.find((each) =>
      each.type.endsWith('/namedValues'),
    )!;
    const properties = await gateway.put('/namedValues/n', {
      displayName: 'n',
      value: 'v',
      secret: true,
    });
    const resource = { id: 'x', name: 'n', type: type.type, properties };
    expect(await type.view!(resource)).not.toHaveProperty('value');
    const input = { resource, apiVersion: '2024-05-01', body: {}, query: {}, origin: '' };
    expect(await type.actions!.listValue!(input)).toEqual({ status: 200, body: { value: 'v' } });
  });

  it('a policy in the format xml is read as well-formed XML', async () => {
    const gateway = await testGateway();
    const value =
      '<policies><inbound><set-header name="X-A"><value>a &lt; b</value></set-header></inbound></policies>';
    await gateway.put('/apis/orders/policies/policy', { format: 'xml', value });
    await gateway.call();
    expect(gateway.received[0]!.headers).toContainEqual(['X-A', 'a < b']);
  });
});
