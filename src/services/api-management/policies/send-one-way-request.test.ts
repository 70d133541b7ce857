// send-one-way-request: the call does not wait, and a failure does not reach it.
import { expect, it } from 'vitest';
import { OutboundError } from '../../../http/index.ts';
import { testGateway } from '../fixtures/gateway.ts';

const policy =
  '<inbound><send-one-way-request><set-url>https://log.example/</set-url><set-method>POST</set-method><set-body>hi</set-body></send-one-way-request></inbound>';

it('goes on without the answer', async () => {
  const gateway = await testGateway(policy);
  gateway.hosts.set('log.example', () => new Promise(() => undefined));
  expect((await gateway.call()).text).toBe('from backend');
  expect(gateway.received.map(({ url, text }) => [url, text])).toContainEqual([
    'https://log.example/',
    'hi',
  ]);
});

it('a failure is only traced', async () => {
  const gateway = await testGateway(policy);
  gateway.hosts.set('log.example', () => {
    throw new OutboundError('ECONNREFUSED', 'refused');
  });
  expect((await gateway.call()).status).toBe(200);
});
