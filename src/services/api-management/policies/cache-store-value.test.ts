// cache-store-value: kept for its duration, across calls.
import { expect, it } from 'vitest';
import { testGateway } from '../fixtures/gateway.ts';

it('ends with its duration', async () => {
  const gateway = await testGateway(
    '<inbound><cache-store-value key="k" value="v" duration="60"/></inbound>',
  );
  await gateway.call();
  await gateway.policy(
    '<inbound><cache-lookup-value key="k" variable-name="v" default-value="gone"/>' +
      '<return-response><set-body>@((string)context.Variables["v"])</set-body></return-response></inbound>',
  );
  expect((await gateway.call()).text).toBe('v');
  gateway.clock.advance(60_000);
  expect((await gateway.call()).text).toBe('gone');
});
