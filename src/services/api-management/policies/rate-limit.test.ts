// rate-limit: per subscription, with counters of their own for an API and an operation.
import { expect, it } from 'vitest';
import { testGateway } from '../fixtures/gateway.ts';

const limit = (inner = '') =>
  `<inbound><rate-limit calls="3" renewal-period="60">${inner}</rate-limit></inbound>`;

async function keyed(sections: string) {
  const gateway = await testGateway(sections);
  for (const key of ['one', 'two']) {
    await gateway.put(`/subscriptions/${key}`, {
      displayName: key,
      scope: '/apis',
      primaryKey: key,
    });
  }
  const call = async (key: string, path?: string) => {
    return (await gateway.call({ path, headers: [['Ocp-Apim-Subscription-Key', key]] })).status;
  };
  return { gateway, call };
}

it('counts each subscription for itself', async () => {
  const { call } = await keyed(limit());
  expect([
    await call('one'),
    await call('one'),
    await call('one'),
    await call('one'),
    await call('two'),
  ]).toEqual([200, 200, 200, 429, 200]);
});

it('is skipped without a subscription', async () => {
  const { gateway } = await keyed(limit());
  for (let count = 0; count < 5; count++) expect((await gateway.call()).status).toBe(200);
});

it('an operation has a counter of its own, by id or by name', async () => {
  const inner =
    '<api id="orders" calls="9" renewal-period="60"><operation name="Any" calls="1" renewal-period="60"/></api>';
  const { call } = await keyed(limit(inner));
  expect([await call('one'), await call('one'), await call('one', '/orders/items/1')]).toEqual([
    200, 429, 200,
  ]);
});

it('an api without a name is not saved', async () => {
  const gateway = await testGateway();
  await expect(gateway.policy(limit('<api calls="1" renewal-period="60"/>'))).rejects.toThrow(
    "<api> needs one of the attributes 'name', 'id'",
  );
});
