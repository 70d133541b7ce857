// quota-by-key: a fixed window per key.
import { expect, it } from 'vitest';
import { testGateway } from '../fixtures/gateway.ts';
import { timeSpan } from './quota-by-key.ts';

const quota = (more: string) => `<inbound><quota-by-key counter-key="k" ${more}/></inbound>`;

it('the call beyond the quota is 403 until the period ends', async () => {
  const gateway = await testGateway(
    quota('calls="1" renewal-period="3600" first-period-start="2025-12-31T23:30:00Z"'),
  );
  expect((await gateway.call()).status).toBe(200);
  const refused = await gateway.call();
  expect(refused).toMatchObject({
    status: 403,
    text: '{ "statusCode": 403, "message": "Out of call volume quota. Quota will be replenished in 00:30:00." }',
  });
  expect(refused.header('Retry-After')).toBe('1800');
  gateway.clock.advance(1_800_000);
  expect((await gateway.call()).status).toBe(200);
});

it('a period of 0 never ends', async () => {
  const gateway = await testGateway(quota('calls="1" renewal-period="0"'));
  await gateway.call();
  gateway.clock.advance(365 * 86_400_000);
  expect((await gateway.call()).status).toBe(403);
});

it('a time is told with its days', () => {
  expect(timeSpan((14 * 86_400 + 7 * 3600 + 13 * 60 + 56) * 1000)).toBe('14.07:13:56');
});

it.each([
  ['calls="1" renewal-period="60"', "'renewal-period' must be 0 or at least 300"],
  ['bandwidth="1" calls="1" renewal-period="300"', "'bandwidth' is not supported"],
  ['renewal-period="300"', "needs one of the attributes 'calls', 'bandwidth'"],
  [
    'calls="1" renewal-period="300" first-period-start="soon"',
    "'first-period-start' must be a date",
  ],
])('%s is not saved', async (attributes, message) => {
  const gateway = await testGateway();
  await expect(gateway.policy(quota(attributes))).rejects.toThrow(message);
});
