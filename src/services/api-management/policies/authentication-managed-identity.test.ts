// authentication-managed-identity: a token of the service's identity, from the metadata address.
import { describe, expect, it } from 'vitest';
import { serviceId, type TestGateway, testGateway } from '../fixtures/gateway.ts';

const policy = (attributes = '') =>
  `<inbound><authentication-managed-identity resource="https://vault.azure.net" ${attributes}/></inbound>`;

async function withIdentity(sections: string): Promise<TestGateway> {
  const gateway = await testGateway(sections);
  const expires_on = String(Date.parse('2026-01-02T00:00:00Z') / 1000);
  gateway.hosts.set('169.254.169.254', () => ({
    body: Buffer.from(JSON.stringify({ access_token: 'the.token', expires_on })),
  }));
  return gateway;
}
const asked = (gateway: TestGateway) =>
  gateway.received.filter(({ url }) => url.includes('169.254'));

describe('a token', () => {
  it('is asked for as the service, once until near its end, and sent to the backend', async () => {
    const gateway = await withIdentity(policy());
    await gateway.call();
    await gateway.call();
    expect(asked(gateway)).toMatchObject([
      {
        url: 'http://169.254.169.254/metadata/identity/oauth2/token?api-version=2018-02-01&resource=https%3A%2F%2Fvault.azure.net',
        callingResource: serviceId,
      },
    ]);
    expect(asked(gateway)[0]!.headers).toContainEqual(['Metadata', 'true']);
    expect(gateway.received.at(-1)!.headers).toContainEqual(['Authorization', 'Bearer the.token']);
    gateway.clock.advance(86_400_000 - 300_000);
    await gateway.call();
    expect(asked(gateway).length).toBe(2);
  });

  it('of a user-assigned identity is asked for by client id', async () => {
    const gateway = await withIdentity(policy('client-id="abc"'));
    await gateway.call();
    expect(asked(gateway)[0]!.url).toMatch(/&client_id=abc$/);
  });

  it('goes into a variable instead, where one is named', async () => {
    const gateway = await withIdentity(policy('output-token-variable-name="t"'));
    await gateway.call({ headers: [['Authorization', 'Bearer mine']] });
    expect(gateway.received.at(-1)!.headers).toContainEqual(['Authorization', 'Bearer mine']);
  });
});

it('without an identity the call fails, unless the policy ignores it', async () => {
  const gateway = await testGateway(policy());
  gateway.hosts.set('169.254.169.254', () => ({
    status: 400,
    body: Buffer.from('{"error":"invalid_request","error_description":"Identity not found"}'),
  }));
  expect((await gateway.call()).status).toBe(500);
  await gateway.policy(policy('ignore-error="true"'));
  expect((await gateway.call()).status).toBe(200);
});
