// set-backend-service: another base URL, or a backend of the service with its credentials.
import { expect, it } from 'vitest';
import { testGateway } from '../fixtures/gateway.ts';

const to = (attributes: string) => `<set-backend-service ${attributes}/>`;

it('base-url replaces host and base path, the operation path stays', async () => {
  const gateway = await testGateway(
    `<inbound>${to('base-url="http://other.example:8080/v1/"')}</inbound>`,
  );
  await gateway.call({ path: '/orders/any?x=1' });
  expect(gateway.received[0]!.url).toBe('http://other.example/v1/any?x=1');
  expect(gateway.received[0]!.headers[0]).toEqual(['Host', 'other.example']);
});

it('backend-id brings credentials, and base-url cannot override it', async () => {
  const gateway = await testGateway();
  await gateway.put('/backends/b', {
    ...{ url: 'https://b.example/api', protocol: 'http' },
    credentials: {
      header: { 'X-Key': ['k'] },
      query: { code: ['c d'] },
      authorization: { scheme: 'Basic', parameter: 'abc' },
    },
  });
  await gateway.policy(
    `<inbound>${to('backend-id="B"')}${to('base-url="https://other.example"')}</inbound>`,
  );
  await gateway.call();
  expect(gateway.received[0]!.url).toBe('https://b.example/api/any?code=c%20d');
  expect(gateway.received[0]!.headers).toContainEqual(['X-Key', 'k']);
  expect(gateway.received[0]!.headers).toContainEqual(['Authorization', 'Basic abc']);
});

it.each([to('backend-id="none"'), to('base-url="nowhere"')])('%s is a 500', async (text) => {
  const gateway = await testGateway(`<inbound>${text}</inbound>`);
  expect((await gateway.call()).status).toBe(500);
});

it.each([
  [to(''), "needs one of the attributes 'base-url', 'backend-id'"],
  [to('base-url="a" backend-id="b"'), "Exactly one of 'base-url' and 'backend-id'"],
  [to('base-url="a" sf-replica-type="primary"'), "'sf-replica-type' is not supported"],
])('%s is not saved', async (text, message) => {
  const gateway = await testGateway();
  await expect(gateway.policy(`<inbound>${text}</inbound>`)).rejects.toThrow(message);
});
