// cache-lookup-value: hits, misses, defaults; the key is the service's own.
import { expect, it } from 'vitest';
import { testGateway } from '../fixtures/gateway.ts';

const lookup = (more = '') => `<cache-lookup-value key="k" variable-name="v" ${more}/>`;
const store = '<cache-store-value key="k" value="kept" duration="60"/>';
const answer =
  '<return-response><set-body>@(context.Variables.GetValueOrDefault<string>("v", "none"))</set-body></return-response>';

it.each([
  ['a miss sets nothing', `${lookup()}${answer}`, 'none'],
  ['a miss with a default sets that', `${lookup('default-value="d"')}${answer}`, 'd'],
  ['a hit wins', `${store}${lookup('default-value="d"')}${answer}`, 'kept'],
])('%s', async (_, inner, text) => {
  const gateway = await testGateway(`<inbound>${inner}</inbound>`);
  expect((await gateway.call()).text).toBe(text);
});

it('an external cache is not saved', async () => {
  const gateway = await testGateway();
  await expect(
    gateway.policy(`<inbound>${lookup('caching-type="external"')}</inbound>`),
  ).rejects.toThrow('caching-type="external" is not supported');
});
