// set-body: literal and computed bodies of request and response.
import { expect, it } from 'vitest';
import { testGateway } from '../fixtures/gateway.ts';

it('replaces the request body and its length in inbound', async () => {
  const gateway = await testGateway('<inbound><set-body>ä new</set-body></inbound>');
  await gateway.call({ method: 'POST', body: 'old' });
  expect(gateway.received[0]).toMatchObject({ text: 'ä new' });
  expect(gateway.received[0]!.headers).toContainEqual(['Content-Length', '6']);
});

it('replaces the response body in outbound', async () => {
  const gateway = await testGateway('<inbound/><outbound><set-body>{"a": 1}</set-body></outbound>');
  const answer = await gateway.call();
  expect(answer.text).toBe('{"a": 1}');
  expect(answer.header('Content-Length')).toBe('8');
});

it('an empty one leaves an empty body', async () => {
  const gateway = await testGateway('<inbound/><outbound><set-body/></outbound>');
  expect((await gateway.call()).text).toBe('');
});

it('computes the new body from the old one', async () => {
  const gateway = await testGateway(
    '<inbound><set-body>@(context.Request.Body.As<string>().ToUpper() + "!")</set-body></inbound>',
  );
  await gateway.call({ method: 'POST', body: 'hello' });
  expect(gateway.received[0]!.text).toBe('HELLO!');
});

it('a body that was read without preserveContent is gone', async () => {
  const read = (preserve: string) =>
    `<inbound><set-variable name="a" value="@(context.Request.Body.As<string>(${preserve}))"/></inbound>`;
  const gateway = await testGateway(read(''));
  await gateway.call({ method: 'POST', body: 'hello' });
  await gateway.policy(read('preserveContent: true'));
  await gateway.call({ method: 'POST', body: 'hello' });
  expect(gateway.received.map(({ text }) => text)).toEqual(['', 'hello']);
});

it('bytes are sent as they are', async () => {
  const gateway = await testGateway(
    '<inbound/><outbound><set-body>@(new byte[] { 104, 105 })</set-body></outbound>',
  );
  expect((await gateway.call()).text).toBe('hi');
});

it('a Liquid template is not saved', async () => {
  const gateway = await testGateway();
  await expect(
    gateway.policy('<inbound><set-body template="liquid">{{body.a}}</set-body></inbound>'),
  ).rejects.toThrow('template="liquid" is not supported');
});
