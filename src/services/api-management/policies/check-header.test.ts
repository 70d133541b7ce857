// check-header: presence and allowed values.
import { expect, it } from 'vitest';
import { testGateway } from '../fixtures/gateway.ts';

const policy = (ignoreCase: boolean, values: string) =>
  `<inbound><check-header name="X-A" failed-check-httpcode="401" failed-check-error-message="No." ignore-case="${ignoreCase}">${values}</check-header></inbound>`;
const values = '<value>One</value><value>Two</value>';

it.each([
  [false, values, [['x-a', 'Two']], 200],
  [false, values, [['X-A', 'two']], 401],
  [true, values, [['X-A', 'two']], 200],
  [true, values, [['X-A', 'three']], 401],
  [true, values, [], 401],
  [true, '', [['X-A', 'anything']], 200],
  [true, '', [], 401],
] as const)('ignore-case %s, %s with %j is %i', async (ignoreCase, listed, headers, status) => {
  const gateway = await testGateway(policy(ignoreCase, listed));
  const answer = await gateway.call({ headers });
  expect(answer.status).toBe(status);
  if (status === 401) expect(answer.text).toBe('{ "statusCode": 401, "message": "No." }');
});
