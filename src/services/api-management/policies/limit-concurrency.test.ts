// limit-concurrency: no queue; what is too much is 429 at once.
import { expect, it } from 'vitest';
import { testGateway } from '../fixtures/gateway.ts';

it('refuses the call beyond the limit and frees the place behind it', async () => {
  const gateway = await testGateway(
    '<inbound/><backend><limit-concurrency key="k" max-count="1"><forward-request/></limit-concurrency></backend>',
  );
  let release: () => void = () => undefined;
  gateway.hosts.set(
    'backend.example',
    () =>
      new Promise((resolve) => {
        release = () => resolve({ status: 200 });
      }),
  );
  const first = gateway.call();
  await new Promise((resolve) => setTimeout(resolve, 20));
  expect((await gateway.call()).status).toBe(429);
  release();
  expect((await first).status).toBe(200);
  gateway.hosts.set('backend.example', () => ({ status: 200 }));
  expect((await gateway.call()).status).toBe(200);
});
