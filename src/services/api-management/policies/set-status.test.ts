// set-status: code and reason of the answer.
import { expect, it } from 'vitest';
import { testGateway } from '../fixtures/gateway.ts';

it('changes the response in outbound, with or without a reason', async () => {
  const gateway = await testGateway(
    '<inbound/><outbound><set-status code="203" reason="Other"/></outbound>',
  );
  expect(await gateway.call()).toMatchObject({
    status: 203,
    reason: 'Other',
    text: 'from backend',
  });
  await gateway.policy('<inbound/><outbound><set-status code="203"/></outbound>');
  expect(await gateway.call()).toMatchObject({ status: 203, reason: undefined });
});

it('a code out of range is a 500', async () => {
  const gateway = await testGateway('<inbound/><outbound><set-status code="99"/></outbound>');
  expect((await gateway.call()).status).toBe(500);
});
