// find-and-replace: plain text in request and response bodies.
import { expect, it } from 'vitest';
import { testGateway } from '../fixtures/gateway.ts';

it('replaces every occurrence, with no patterns', async () => {
  const gateway = await testGateway(
    '<inbound/><outbound><find-and-replace from="a.b" to="$&amp;"/></outbound>',
  );
  gateway.hosts.set('backend.example', () => ({
    headers: [['Content-Length', '11']],
    body: Buffer.from('a.b axb a.b'),
  }));
  const answer = await gateway.call();
  expect(answer.text).toBe('$& axb $&');
  expect(answer.header('Content-Length')).toBe('9');
});

it('works on the request in inbound, and leaves no body alone', async () => {
  const gateway = await testGateway('<inbound><find-and-replace from="x" to="y"/></inbound>');
  await gateway.call({ method: 'POST', body: 'xx' });
  await gateway.call();
  expect(gateway.received.map(({ text }) => text)).toEqual(['yy', '']);
});
