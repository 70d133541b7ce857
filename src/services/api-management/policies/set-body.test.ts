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

const liquid = (text: string) => `<set-body template="liquid">${text}</set-body>`;

it.each([
  ['{{context.Variables["a"]}}-{{context.Variables["o"].x.y}}', 'text-1'],
  ['{{body.name | upcase}} {% for i in body.list %}{{i}};{% endfor %}', 'ANN 1;2;'],
  [
    '{{context.Request.Method}} {{context.Request.Headers["x-a"]}} {{context.OriginalUrl.Path}}',
    'POST h /orders/any',
  ],
  [
    '[{{body.constructor}}{{context.Variables["__proto__"]}}{{body.__proto__.x}}{{nothing.at.all}}]',
    '[]',
  ],
  ['<a b="{{body.name}}">&lt;{{who}}</a>', '<a b="Ann">&lt;me</a>'],
])('a Liquid template %s', async (text, expected) => {
  const gateway = await testGateway();
  await gateway.put('/namedValues/n', { displayName: 'who', value: 'me' });
  const variables =
    '<set-variable name="a" value="text"/>' +
    '<set-variable name="o" value="@(JObject.Parse("{\\"x\\":{\\"y\\":1}}"))"/>';
  await gateway.policy(`<inbound>${variables}${liquid(text)}</inbound>`);
  const body = '{"name":"Ann","list":[1,2]}';
  await gateway.call({ method: 'POST', headers: [['X-A', 'h']], body });
  expect(gateway.received[0]!.text).toBe(expected);
});

it('a Liquid template over the response body in outbound', async () => {
  const gateway = await testGateway(
    `<inbound/><outbound>${liquid('{{context.Response.StatusCode}} {{body}}')}</outbound>`,
  );
  expect((await gateway.call()).text).toBe('200 from backend');
});

it.each([
  ['an XML body', '{{body.a}}', '<a/>'],
  ['a file', '{% include "/etc/passwd" %}', '{}'],
])('a Liquid template over %s is a 500', async (_, text, body) => {
  const gateway = await testGateway(`<inbound>${liquid(text)}</inbound>`);
  expect((await gateway.call({ method: 'POST', body })).status).toBe(500);
});

it('a wrong Liquid template is not saved', async () => {
  const gateway = await testGateway();
  await expect(gateway.policy(`<inbound>${liquid('{% if %}')}</inbound>`)).rejects.toThrow(
    'The Liquid template is wrong',
  );
});
