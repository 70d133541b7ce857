// choose: the first branch that holds, and only that one.
import { expect, it } from 'vitest';
import { testGateway } from '../fixtures/gateway.ts';

const answer = (text: string) => `<return-response><set-body>${text}</set-body></return-response>`;
const when = (condition: string, text: string) =>
  `<when condition="${condition}">${answer(text)}</when>`;

it.each([
  [`${when('false', 'a')}${when('true', 'b')}${when('true', 'c')}`, 'b'],
  [`${when('false', 'a')}<otherwise>${answer('z')}</otherwise>`, 'z'],
  [when('false', 'a'), 'from backend'],
  [`<when condition="true"><choose>${when('true', 'inner')}</choose></when>`, 'inner'],
])('%s gives %s', async (branches, text) => {
  const gateway = await testGateway(`<inbound><choose>${branches}</choose></inbound>`);
  expect((await gateway.call()).text).toBe(text);
});

it('a condition that is no bool is a 500', async () => {
  const gateway = await testGateway(
    `<inbound><choose>${when('@("maybe")', 'a')}</choose></inbound>`,
  );
  expect((await gateway.call()).status).toBe(500);
});

it.each([
  [`<when>${answer('a')}</when>`, "needs the attribute 'condition'"],
  [when('maybe', 'a'), "'condition' of <when> is 'maybe'"],
  ['', 'needs <when>'],
])('%s is not saved', async (branches, message) => {
  const gateway = await testGateway();
  await expect(gateway.policy(`<inbound><choose>${branches}</choose></inbound>`)).rejects.toThrow(
    message,
  );
});

it('a condition may be an expression', async () => {
  const post = when('@(context.Request.Method == "POST")', 'a');
  const get = when('@(context.Request.Method == "GET")', 'b');
  const gateway = await testGateway(`<inbound><choose>${post}${get}</choose></inbound>`);
  expect((await gateway.call()).text).toBe('b');
});
