// forward-request: time, redirects, errors of the backend.
import { expect, it } from 'vitest';
import { testGateway } from '../fixtures/gateway.ts';

const forward = (attributes: string, after = '') =>
  `<inbound/><backend><forward-request ${attributes}/></backend>${after}`;

it('a backend that is late is a 500', async () => {
  const gateway = await testGateway(forward('timeout="2"'));
  gateway.hosts.set('backend.example', () => new Promise(() => undefined));
  const pending = gateway.call();
  await new Promise((resolve) => setTimeout(resolve, 20));
  gateway.clock.advance(2000);
  expect((await pending).status).toBe(500);
});

it('a client that has gone ends the request to the backend', async () => {
  const gateway = await testGateway();
  gateway.hosts.set('backend.example', () => new Promise(() => undefined));
  const client = new AbortController();
  const pending = gateway.call({ signal: client.signal });
  await new Promise((resolve) => setTimeout(resolve, 20));
  client.abort();
  expect((await pending).status).toBe(500);
});

it.each([
  [301, 'POST', 'GET', ''],
  [303, 'POST', 'GET', ''],
  [307, 'POST', 'POST', 'body'],
  [308, 'POST', 'POST', 'body'],
])('%i is followed where the policy says so: %s becomes %s', async (status, method, next, text) => {
  const gateway = await testGateway(forward('follow-redirects="true"'));
  gateway.hosts.set('backend.example', () => ({
    status,
    headers: [['Location', 'https://two.example/x?y=1']],
  }));
  gateway.hosts.set('two.example', () => ({ body: Buffer.from('two') }));
  const answer = await gateway.call({
    method,
    body: 'body',
    headers: [['Authorization', 'Bearer a']],
  });
  expect(answer.text).toBe('two');
  expect(gateway.received[1]).toMatchObject({
    method: next,
    url: 'https://two.example/x?y=1',
    text,
  });
  expect(gateway.received[1]!.headers.some(([name]) => name === 'Authorization')).toBe(false);
});

it('redirects are handed on otherwise, and end at a limit', async () => {
  const gateway = await testGateway(forward(''));
  gateway.hosts.set('backend.example', () => ({ status: 302, headers: [['Location', '/again']] }));
  expect((await gateway.call()).status).toBe(302);
  await gateway.policy(forward('follow-redirects="true"'));
  expect((await gateway.call()).status).toBe(302);
  expect(gateway.received.length).toBe(1 + 11);
});

it('fail-on-error-status-code leads a 4xx to on-error', async () => {
  const mark = '<on-error><set-header name="X-Error"><value>1</value></set-header></on-error>';
  const gateway = await testGateway(forward('fail-on-error-status-code="true"', mark));
  gateway.hosts.set('backend.example', () => ({ status: 404 }));
  const answer = await gateway.call();
  expect(answer.status).toBe(404);
  expect(answer.header('X-Error')).toBe('1');
});

it('a body is handed on as a stream', async () => {
  const gateway = await testGateway();
  gateway.hosts.set('backend.example', () => ({
    body: (async function* () {
      yield Buffer.from('str');
      yield Buffer.from('eam');
    })(),
  }));
  expect((await gateway.call()).text).toBe('stream');
});

it.each([
  ['http-version="2"', 'http-version="2" is not supported'],
  ['continue-timeout="1"', "'continue-timeout' is not supported"],
])('%s is not saved', async (attributes, message) => {
  const gateway = await testGateway();
  await expect(gateway.policy(forward(attributes))).rejects.toThrow(message);
});
