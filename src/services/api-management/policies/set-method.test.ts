// set-method: the method sent to the backend.
import { expect, it } from 'vitest';
import { testGateway } from '../fixtures/gateway.ts';

it('changes the method', async () => {
  const gateway = await testGateway('<inbound><set-method>put</set-method></inbound>');
  await gateway.call();
  expect(gateway.received[0]!.method).toBe('PUT');
});

it('what is no method is a 500', async () => {
  const gateway = await testGateway('<inbound><set-method>GET /x</set-method></inbound>');
  expect((await gateway.call()).status).toBe(500);
  expect(gateway.received).toEqual([]);
});
