// validate-azure-ad-token: v1 and v2 tokens of one tenant, its clients and audiences.
import { describe, expect, it } from 'vitest';
import type { JsonObject } from '../../../base/index.ts';
import {
  audience,
  foreignKey,
  issuerV1,
  issuerV2,
  tenantId,
  testGateway,
  tokenOf,
} from '../fixtures/gateway.ts';

const listed = `<audiences><audience>${audience}</audience></audiences>`;
const policy = (inner = listed, attributes = `tenant-id="${tenantId}"`) =>
  `<inbound><validate-azure-ad-token ${attributes}>${inner}</validate-azure-ad-token></inbound>`;

async function answer(sections: string, claims: JsonObject, key?: Parameters<typeof tokenOf>[1]) {
  const gateway = await testGateway(sections);
  const token = await tokenOf(claims, key);
  return gateway.call({ headers: [['Authorization', `Bearer ${token}`]] });
}
const other = '33333333-3333-4333-8333-333333333333';

describe('accepted', () => {
  it.each([
    ['a v1 token of the tenant', policy(), { iss: issuerV1 }],
    [
      'a v2 token of the tenant',
      policy(),
      { iss: issuerV2, azp: 'client-1', appid: undefined as never },
    ],
    [
      'a listed client by appid',
      policy(
        '<client-application-ids><application-id>CLIENT-1</application-id></client-application-ids>',
      ),
      {},
    ],
    [
      'a listed client by azp',
      policy(
        '<client-application-ids><application-id>c2</application-id></client-application-ids>',
      ),
      { iss: issuerV2, azp: 'c2', appid: undefined as never },
    ],
    [
      'a tenant named by its authority',
      policy(listed, `tenant-id="https://login.microsoftonline.com/${tenantId}/v2.0/"`),
      {},
    ],
    ['five minutes behind its end', policy(), { nbf: 0, exp: 1_767_225_600 - 299 }],
  ] as const)('%s', async (_, sections, claims) => {
    expect((await answer(sections, claims)).status).toBe(200);
  });
});

describe('refused', () => {
  it.each([
    [
      'another tenant',
      policy(),
      { iss: `https://sts.windows.net/${other}/`, tid: other },
      /IDX10205/,
    ],
    [
      'another tenant, v2',
      policy(),
      { iss: `https://login.microsoftonline.com/${other}/v2.0` },
      /IDX10205/,
    ],
    ['another audience', policy(), { aud: 'api://other' }, /IDX10214/],
    [
      'another client',
      policy(
        '<client-application-ids><application-id>c2</application-id></client-application-ids>',
      ),
      {},
      /Claim appid value of client-1 is not allowed\. Access denied\./,
    ],
    ['an expired token', policy(), { nbf: 0, exp: 1_767_225_600 - 300 }, /IDX10223/],
    [
      'a missing role',
      policy(
        `${listed}<required-claims><claim name="roles" match="any"><value>Orders.Write</value></claim></required-claims>`,
      ),
      {},
      /Claim roles value of/,
    ],
  ] as const)('%s', async (_, sections, claims, message) => {
    const found = await answer(sections, claims);
    expect(found.status).toBe(401);
    expect(JSON.parse(found.text).message).toMatch(message);
  });

  it('a key the tenant does not publish', async () => {
    const found = await answer(policy(), {}, { key: foreignKey.privateKey, kid: 'two' });
    expect(JSON.parse(found.text).message).toMatch(/IDX10503/);
  });

  it('no token', async () => {
    const gateway = await testGateway(policy());
    expect((await gateway.call()).text).toBe(
      '{ "statusCode": 401, "message": "JWT not present." }',
    );
  });
});

it.each([
  ['', 'Either <client-application-ids> or <audiences> is needed.'],
  [
    `${listed}<decryption-keys><key certificate-id="a"/></decryption-keys>`,
    '<decryption-keys> is not supported',
  ],
  [
    `${listed}<backend-application-ids><application-id>a</application-id></backend-application-ids>`,
    '<backend-application-ids> is not supported',
  ],
])('a policy with %s is not saved', async (inner, message) => {
  const gateway = await testGateway();
  await expect(gateway.policy(policy(inner))).rejects.toThrow(message);
});
