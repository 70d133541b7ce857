// cache-remove-value: what was kept is gone.
import { expect, it } from 'vitest';
import { testGateway } from '../fixtures/gateway.ts';

it('forgets the key', async () => {
  const gateway = await testGateway(
    '<inbound><cache-store-value key="k" value="v" duration="60"/><cache-remove-value key="k"/>' +
      '<cache-lookup-value key="k" variable-name="v" default-value="gone"/>' +
      '<return-response><set-body>@((string)context.Variables["v"])</set-body></return-response></inbound>',
  );
  expect((await gateway.call()).text).toBe('gone');
});
