// set-variable: a literal is kept as a string.
import { expect, it } from 'vitest';
import { testGateway } from '../fixtures/gateway.ts';

it.each([
  ['<set-variable value="1"/>', "needs the attribute 'name'"],
  ['<set-variable name="a"/>', "needs the attribute 'value'"],
])('%s is not saved', async (text, message) => {
  const gateway = await testGateway();
  await expect(gateway.policy(`<inbound>${text}</inbound>`)).rejects.toThrow(message);
});

it('a literal is a string, and the last one counts', async () => {
  const gateway = await testGateway(
    '<inbound><set-variable name="a" value="1"/><set-variable name="a" value="true"/>' +
      '<return-response><set-body>@(context.Variables["a"].GetType().Name + context.Variables["a"])</set-body></return-response></inbound>',
  );
  expect((await gateway.call()).text).toBe('Stringtrue');
});
