// rewrite-uri: templates, parameters of the operation, the query.
import { expect, it } from 'vitest';
import { testGateway } from '../fixtures/gateway.ts';

it.each([
  ['template="/v2/{id}/x"', '/orders/items/a%20b', '/v2/a%20b/x'],
  ['template="v2"', '/orders/any', '/v2'],
  ['template="/v2?item={id}"', '/orders/items/7?x=1', '/v2?item=7&x=1'],
  ['template="/v2?x=9"', '/orders/any?x=1&y=2', '/v2?x=9&y=2'],
  ['template="/v2" copy-unmatched-params="false"', '/orders/any?x=1', '/v2'],
])('%s on %s', async (attributes, path, expected) => {
  const gateway = await testGateway(`<inbound><rewrite-uri ${attributes}/></inbound>`);
  await gateway.call({ path });
  expect(gateway.received[0]!.url).toBe(`https://backend.example/base${expected}`);
});

it('the template may be an expression', async () => {
  const template = '@("/e/" + context.Request.MatchedParameters["id"])';
  const gateway = await testGateway(`<inbound><rewrite-uri template="${template}"/></inbound>`);
  await gateway.call({ path: '/orders/items/7' });
  expect(gateway.received[0]!.url).toBe('https://backend.example/base/e/7');
});
