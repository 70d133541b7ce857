// ip-filter: single addresses, ranges and subnets, allowed or forbidden.
import { expect, it } from 'vitest';
import { testGateway } from '../fixtures/gateway.ts';

const list =
  '<address>192.0.2.1</address><address-range from="198.51.100.10" to="198.51.100.20"/><address>2001:db8::/64</address>';

it.each([
  ['allow', '192.0.2.1', 200, ''],
  ['allow', '198.51.100.20', 200, ''],
  ['allow', '2001:db8::5', 200, ''],
  ['allow', '::ffff:192.0.2.1', 200, ''],
  ['allow', '198.51.100.21', 403, 'Caller IP address 198.51.100.21 is not allowed. Access denied.'],
  ['forbid', '198.51.100.15', 403, 'Caller IP address is blocked. Access denied.'],
  ['forbid', '198.51.100.9', 200, ''],
  ['allow', '', 403, 'Failed to establish IP address for the caller. Access denied.'],
])('%s %s is %i', async (action, remoteAddress, status, message) => {
  const gateway = await testGateway(
    `<inbound><ip-filter action="${action}">${list}</ip-filter></inbound>`,
  );
  const answer = await gateway.call({ remoteAddress });
  expect(answer.status).toBe(status);
  if (message) expect(JSON.parse(answer.text).message).toBe(message);
});

it('what is no address is a 500', async () => {
  const gateway = await testGateway(
    '<inbound><ip-filter action="allow"><address>home</address></ip-filter></inbound>',
  );
  expect((await gateway.call()).status).toBe(500);
});
