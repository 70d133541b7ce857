// retry: runs once in any case, then while the condition holds, with growing pauses.
import { expect, it } from 'vitest';
import { testGateway } from '../fixtures/gateway.ts';
import { delay } from './retry.ts';

const retry = (attributes: string) =>
  `<inbound/><backend><retry ${attributes}><forward-request buffer-request-body="true"/></retry></backend>`;

it('a false condition runs the policies once', async () => {
  const gateway = await testGateway(retry('condition="false" count="3" interval="0"'));
  await gateway.call();
  expect(gateway.received.length).toBe(1);
});

it('count leaves the first run out, and the body is sent each time', async () => {
  const gateway = await testGateway(retry('condition="true" count="3" interval="0"'));
  await gateway.call({ method: 'POST', body: 'b' });
  expect(gateway.received.map(({ text }) => text)).toEqual(['b', 'b', 'b', 'b']);
});

it('the condition sees the response', async () => {
  const gateway = await testGateway(
    retry('condition="@(context.Response.StatusCode == 500)" count="10" interval="0"'),
  );
  let calls = 0;
  gateway.hosts.set('backend.example', () => ({ status: ++calls < 3 ? 500 : 200 }));
  expect((await gateway.call()).status).toBe(200);
  expect(calls).toBe(3);
});

it('it waits on the clock between runs, but not before a fast first retry', async () => {
  const gateway = await testGateway(
    retry('condition="true" count="2" interval="10" first-fast-retry="true"'),
  );
  const pending = gateway.call();
  await new Promise((resolve) => setTimeout(resolve, 30));
  expect(gateway.received.length).toBe(2);
  gateway.clock.advance(10_000);
  await pending;
  expect(gateway.received.length).toBe(3);
});

it.each([
  ['fixed', { interval: 5 }, [5, 5, 5]],
  ['linear', { interval: 5, delta: 2 }, [5, 7, 9]],
  ['exponential', { interval: 1, delta: 2, maxInterval: 8 }, [3, 5, 8]],
])('%s intervals', (_, rule, expected) => {
  expect([1, 2, 3].map((attempt) => delay(attempt, 0.5, rule))).toEqual(expected);
});

it('wait inside of retry is not saved', async () => {
  const gateway = await testGateway();
  const text = '<inbound><retry condition="true" count="1" interval="1"><wait/></retry></inbound>';
  await expect(gateway.policy(text)).rejects.toThrow('<wait> is not allowed inside of <retry>');
});
