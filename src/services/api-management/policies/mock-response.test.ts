// mock-response: the example of the operation, or an empty body.
import { expect, it } from 'vitest';
import { testGateway } from '../fixtures/gateway.ts';

it.each([
  ['', 200, 'application/json', '{"a":1}'],
  ['content-type="text/plain"', 200, 'text/plain', 'plain'],
  ['status-code="404"', 404, 'application/json', 'sample'],
  ['status-code="500" content-type="text/css"', 500, 'text/css', ''],
])('%s', async (attributes, status, type, text) => {
  const gateway = await testGateway(`<inbound><mock-response ${attributes}/></inbound>`);
  await gateway.put('/apis/orders/operations/any', {
    ...{ displayName: 'Any', method: 'GET', urlTemplate: '/any' },
    responses: [
      {
        statusCode: 200,
        representations: [
          { contentType: 'application/json', examples: { default: { value: { a: 1 } } } },
          { contentType: 'text/plain', examples: { default: { value: 'plain' } } },
        ],
      },
      { statusCode: 404, representations: [{ contentType: 'application/json', sample: 'sample' }] },
    ],
  });
  const answer = await gateway.call();
  expect(answer).toMatchObject({ status, text });
  expect(answer.header('Content-Type')).toBe(type);
  expect(gateway.received).toEqual([]);
});
