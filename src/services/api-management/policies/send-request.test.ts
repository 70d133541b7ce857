// send-request: new and copied requests, their parts, and what happens when they fail.
import { expect, it } from 'vitest';
import { OutboundError } from '../../../http/index.ts';
import { testGateway } from '../fixtures/gateway.ts';

const send = (attributes: string, inner: string) =>
  `<inbound><send-request response-variable-name="r" ${attributes}>${inner}</send-request></inbound>`;
const url = '<set-url>https://other.example/t?a=1</set-url>';

it('a new request has only what its children say', async () => {
  const parts =
    '<set-method>POST</set-method><set-header name="X-A"><value>1</value></set-header><set-body>b</set-body><authentication-basic username="u" password="p"/>';
  const gateway = await testGateway(send('', url + parts));
  expect((await gateway.call({ headers: [['X-Mine', '1']] })).text).toBe('from backend');
  expect(gateway.received[0]).toMatchObject({
    method: 'POST',
    url: 'https://other.example/t?a=1',
    text: 'b',
  });
  expect(gateway.received[0]!.headers).toEqual([
    ['Host', 'other.example'],
    ['X-A', '1'],
    ['Authorization', 'Basic dTpw'],
    ['Content-Length', '1'],
  ]);
});

it('a copied one has method, headers and body of the call, which keeps its own', async () => {
  const gateway = await testGateway(send('mode="copy"', url));
  await gateway.call({ method: 'PUT', headers: [['X-Mine', '1']], body: 'text' });
  expect(gateway.received).toMatchObject([
    { method: 'PUT', url: 'https://other.example/t?a=1', text: 'text' },
    { method: 'PUT', url: 'https://backend.example/base/any', text: 'text' },
  ]);
  expect(gateway.received[0]!.headers).toContainEqual(['X-Mine', '1']);
});

it('a failure is a 500, or nothing where the policy says so', async () => {
  const refused = () => {
    throw new OutboundError('ECONNREFUSED', 'refused');
  };
  const gateway = await testGateway(send('', url));
  gateway.hosts.set('other.example', refused);
  expect((await gateway.call()).status).toBe(500);
  await gateway.policy(send('ignore-error="true"', url));
  expect((await gateway.call()).status).toBe(200);
});

it('it waits as long as its timeout', async () => {
  const gateway = await testGateway(send('timeout="5" ignore-error="true"', url));
  gateway.hosts.set('other.example', () => new Promise(() => undefined));
  const pending = gateway.call();
  await new Promise((resolve) => setTimeout(resolve, 20));
  gateway.clock.advance(5000);
  expect((await pending).status).toBe(200);
});

it('the response is an IResponse, read any number of times', async () => {
  const read = '((IResponse)context.Variables["r"])';
  const gateway = await testGateway(
    send('', url).replace(
      '</inbound>',
      `<return-response><set-body>@(${read}.StatusCode + ${read}.Body.As<string>(true) + ${read}.Body.As<string>())</set-body></return-response></inbound>`,
    ),
  );
  gateway.hosts.set('other.example', () => ({ status: 203, body: Buffer.from('x') }));
  expect((await gateway.call()).text).toBe('203xx');
});

it.each([
  [
    '<authentication-certificate thumbprint="a"/>',
    '<authentication-certificate> in a request is not supported',
  ],
  ['<proxy url="http://p"/>', '<proxy> in a request is not supported'],
])('%s is not saved', async (inner, message) => {
  const gateway = await testGateway();
  await expect(gateway.policy(send('', url + inner))).rejects.toThrow(message);
});
