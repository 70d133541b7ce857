import { expect, test } from 'vitest';
import { ConfigurationError } from '../base/index.ts';
import type { Connection } from '../http/index.ts';
import { controlService } from './control.ts';

const secret = 'a-secret';
const service = controlService(
  [
    {
      method: 'GET',
      path: '/echo/{name}',
      operation: 'echo',
      handler: async ({ parameters }) => parameters,
    },
    {
      method: 'POST',
      path: '/fail',
      operation: 'fail',
      handler: async ({ body }) => {
        if (body.mine) throw new Error('private detail');
        throw new ConfigurationError({ message: 'what is wrong', fix: 'what to write' });
      },
    },
  ],
  secret,
  ['127.0.0.1:9000'],
);

async function call(path: string, init: RequestInit = {}, headers: Record<string, string> = {}) {
  const all = { Host: '127.0.0.1:9000', Authorization: `Bearer ${secret}`, ...headers };
  const request = new Request(`http://127.0.0.1:9000${path}`, { ...init, headers: all });
  const response = await service(request, {} as Connection);
  return { status: response.status, body: await response.json() };
}

test('a caller with the secret is served', async () => {
  expect(await call('/echo/a%20b')).toEqual({ status: 200, body: { name: 'a b' } });
});

test.each([
  ['a wrong secret', { Authorization: 'Bearer other' }, 401],
  ['no secret', { Authorization: '' }, 401],
  ['another host name', { Host: 'rebound.example:9000' }, 421],
  ['a page of a browser', { Origin: 'http://127.0.0.1:9000' }, 403],
])('%s is refused', async (_name, headers, status) => {
  expect((await call('/echo/x', {}, headers)).status).toBe(status);
});

test('what does not exist is named', async () => {
  expect(await call('/nothing')).toMatchObject({
    status: 404,
    body: { error: { message: 'the control service has no GET /nothing' } },
  });
});

test("the user's fault comes back with its fix, ours without detail", async () => {
  expect(await call('/fail', { method: 'POST', body: '{}' })).toMatchObject({
    status: 400,
    body: { error: { problems: [{ message: 'what is wrong', fix: 'what to write' }] } },
  });
  const ours = await call('/fail', { method: 'POST', body: '{"mine":true}' });
  expect(ours.status).toBe(500);
  expect(JSON.stringify(ours.body)).not.toContain('private');
  expect((await call('/fail', { method: 'POST', body: '[' })).status).toBe(400);
});
