// set-header: each action, joined and separate values, what cannot be set.
import { expect, it } from 'vitest';
import { testGateway } from '../fixtures/gateway.ts';

async function sent(header: string, headers: readonly (readonly [string, string])[]) {
  const gateway = await testGateway(`<inbound>${header}</inbound>`);
  await gateway.call({ headers });
  return gateway.received[0]!.headers.filter(
    ([name]) => /^(x-|cookie|content-length)/i.test(name) && !/forwarded/i.test(name),
  );
}
const values = '<value>1</value><value>2</value>';

it.each([
  [
    'override sets one field per value',
    `<set-header name="X-A">${values}</set-header>`,
    [['x-a', '0']],
    [
      ['X-A', '1'],
      ['X-A', '2'],
    ],
  ],
  [
    'append joins with a comma',
    `<set-header name="X-A" exists-action="append">${values}</set-header>`,
    [['x-a', '0']],
    [['X-A', '0,1,2']],
  ],
  [
    'append keeps cookies apart',
    '<set-header name="Cookie" exists-action="append"><value>b=2</value></set-header>',
    [['Cookie', 'a=1']],
    [
      ['Cookie', 'a=1'],
      ['Cookie', 'b=2'],
    ],
  ],
  [
    'append sets what is absent',
    `<set-header name="X-A" exists-action="append">${values}</set-header>`,
    [],
    [
      ['X-A', '1'],
      ['X-A', '2'],
    ],
  ],
  [
    'skip leaves what is there',
    `<set-header name="X-A" exists-action="skip">${values}</set-header>`,
    [['x-a', '0']],
    [['x-a', '0']],
  ],
  [
    'skip sets what is absent',
    '<set-header name="X-A" exists-action="skip"><value>1</value></set-header>',
    [],
    [['X-A', '1']],
  ],
  [
    'delete takes every field of the name',
    '<set-header name="X-A" exists-action="delete"/>',
    [
      ['x-a', '0'],
      ['X-B', '1'],
      ['X-A', '2'],
    ],
    [['X-B', '1']],
  ],
  [
    "the length is the gateway's own",
    '<set-header name="Content-Length"><value>99</value></set-header>',
    [],
    [],
  ],
] as const)('%s', async (_, header, headers, expected) => {
  expect(await sent(header, headers)).toEqual(expected);
});

it('in outbound it works on the response', async () => {
  const gateway = await testGateway(
    '<inbound/><outbound><set-header name="X-Backend" exists-action="delete"/></outbound>',
  );
  expect((await gateway.call()).header('X-Backend')).toBeUndefined();
});

it('a value with a line break is an error, not a second header', async () => {
  const gateway = await testGateway(
    '<inbound><set-header name="X-A"><value><![CDATA[a\r\nX-B: 1]]></value></set-header></inbound>',
  );
  expect((await gateway.call()).status).toBe(500);
  expect(gateway.received).toEqual([]);
});

it('a name that is none is an error', async () => {
  const gateway = await testGateway(
    '<inbound><set-header name="X A"><value>1</value></set-header></inbound>',
  );
  expect((await gateway.call()).status).toBe(500);
});
