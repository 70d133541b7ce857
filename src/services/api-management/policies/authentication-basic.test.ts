// authentication-basic: the header of RFC 7617.
import { expect, it } from 'vitest';
import { testGateway } from '../fixtures/gateway.ts';

it('replaces Authorization', async () => {
  const gateway = await testGateway(
    '<inbound><authentication-basic username="Aladdin" password="open sesame"/></inbound>',
  );
  await gateway.call({ headers: [['Authorization', 'Bearer x']] });
  expect(gateway.received[0]!.headers).toContainEqual([
    'Authorization',
    'Basic QWxhZGRpbjpvcGVuIHNlc2FtZQ==',
  ]);
});
