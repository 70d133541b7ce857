// return-response: a new 200, or the response of a variable, with what the children say.
import { expect, it } from 'vitest';
import { testGateway } from '../fixtures/gateway.ts';

it('starts from an empty 200', async () => {
  const gateway = await testGateway('<inbound><return-response/></inbound>');
  expect(await gateway.call()).toMatchObject({
    status: 200,
    text: '',
    headers: [['Content-Length', '0']],
  });
});

it('takes status, headers and body of its children', async () => {
  const gateway = await testGateway(
    '<inbound><return-response><set-status code="418" reason="Teapot"/>' +
      '<set-header name="X-A"><value>1</value></set-header><set-body>hi</set-body></return-response></inbound>',
  );
  expect(await gateway.call()).toMatchObject({
    ...{ status: 418, reason: 'Teapot', text: 'hi' },
    headers: [
      ['X-A', '1'],
      ['Content-Length', '2'],
    ],
  });
});

it('may hand on the response of send-request', async () => {
  const gateway = await testGateway(
    '<inbound><send-request response-variable-name="r"><set-url>https://backend.example/x</set-url></send-request>' +
      '<return-response response-variable-name="r"><set-header name="X-A"><value>1</value></set-header></return-response></inbound>',
  );
  const answer = await gateway.call();
  expect(answer.text).toBe('from backend');
  expect(answer.header('X-Backend')).toBe('yes');
  expect(answer.header('X-A')).toBe('1');
});

it('a variable without a response is a 500', async () => {
  const gateway = await testGateway(
    '<inbound><return-response response-variable-name="r"/></inbound>',
  );
  expect((await gateway.call()).status).toBe(500);
});

it('in outbound it replaces the backend response', async () => {
  const gateway = await testGateway(
    '<inbound/><outbound><return-response><set-body>new</set-body></return-response></outbound>',
  );
  const answer = await gateway.call();
  expect(answer.text).toBe('new');
  expect(answer.header('X-Backend')).toBeUndefined();
});
