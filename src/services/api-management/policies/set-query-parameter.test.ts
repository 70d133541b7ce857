// set-query-parameter: each action on the query sent to the backend.
import { expect, it } from 'vitest';
import { testGateway } from '../fixtures/gateway.ts';

it.each([
  ['', '<value>1 &amp; 2</value>', '?a=0&b=x', '?b=x&a=1%20%26%202'],
  ['append', '<value>1</value>', '?a=0', '?a=0&a=1'],
  ['skip', '<value>1</value>', '?A=0', '?A=0'],
  ['skip', '<value>1</value>', '', '?a=1'],
  ['delete', '', '?a=0&b=1&A=2', '?b=1'],
])('%s %s on %s', async (action, value, query, expected) => {
  const attribute = action && `exists-action="${action}"`;
  const gateway = await testGateway(
    `<inbound><set-query-parameter name="a" ${attribute}>${value}</set-query-parameter></inbound>`,
  );
  await gateway.call({ path: `/orders/any${query}` });
  expect(gateway.received[0]!.url).toBe(`https://backend.example/base/any${expected}`);
});
