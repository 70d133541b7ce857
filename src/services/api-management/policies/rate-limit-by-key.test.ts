// rate-limit-by-key: a sliding window per key.
import { expect, it } from 'vitest';
import { testGateway } from '../fixtures/gateway.ts';

const limit = (more = '', key = 'k') =>
  `<inbound><rate-limit-by-key calls="2" renewal-period="60" counter-key="${key}" ${more}/></inbound>`;

it('the call beyond the limit is 429 with Retry-After, until the window has slid', async () => {
  const gateway = await testGateway(limit());
  expect((await gateway.call()).status).toBe(200);
  gateway.clock.advance(20_000);
  expect((await gateway.call()).status).toBe(200);
  const refused = await gateway.call();
  expect(refused).toMatchObject({
    status: 429,
    text: '{ "statusCode": 429, "message": "Rate limit is exceeded. Try again in 40 seconds." }',
  });
  expect(refused.header('Retry-After')).toBe('40');
  expect(refused.header('Content-Length')).toBe('84');
  gateway.clock.advance(40_000);
  expect((await gateway.call()).status).toBe(200);
  expect((await gateway.call()).status).toBe(429);
});

it('tells remaining and total calls where headers are named', async () => {
  const gateway = await testGateway(
    limit(
      'remaining-calls-header-name="X-Left" total-calls-header-name="X-All" retry-after-header-name="X-Wait"',
    ),
  );
  const first = await gateway.call();
  expect([first.header('X-Left'), first.header('X-All')]).toEqual(['1', '2']);
  await gateway.call();
  const refused = await gateway.call();
  expect([refused.header('X-Left'), refused.header('X-Wait')]).toEqual(['0', '60']);
});

it('a count that is an expression is known only at the end: the refusal comes one call late', async () => {
  const gateway = await testGateway(
    limit('increment-condition="@(context.Response.StatusCode == 200)"'),
  );
  let status = 500;
  gateway.hosts.set('backend.example', () => ({ status }));
  for (let count = 0; count < 3; count++) expect((await gateway.call()).status).toBe(500);
  status = 200;
  const statuses: number[] = [];
  for (let count = 0; count < 3; count++) statuses.push((await gateway.call()).status);
  expect(statuses).toEqual([200, 200, 429]);
});

it('keys have counters of their own', async () => {
  const gateway = await testGateway(
    limit('', '@(context.Request.Headers.GetValueOrDefault("X-Who",""))'),
  );
  const call = async (who: string) => (await gateway.call({ headers: [['X-Who', who]] })).status;
  expect([await call('a'), await call('a'), await call('a'), await call('b')]).toEqual([
    200, 200, 429, 200,
  ]);
});
