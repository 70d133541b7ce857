// validate-jwt: every check refuses what it must, with status, body, reason and a fix.
import { createSecretKey } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import type { JsonObject } from '../../../base/index.ts';
import { jwkOf, signJwt } from '../../../crypto/index.ts';
import { startTelemetry } from '../../../telemetry/index.ts';
import {
  audience,
  foreignKey,
  issuerV1,
  publishedKey,
  type TestGateway,
  tenantId,
  testGateway,
  tokenOf,
} from '../fixtures/gateway.ts';

const metadata = `https://login.microsoftonline.com/${tenantId}/.well-known/openid-configuration`;
const metadataV2 = `https://login.microsoftonline.com/${tenantId}/v2.0/.well-known/openid-configuration`;

function policy(parts: { attributes?: string; url?: string; inner?: string } = {}): string {
  const { attributes = 'header-name="Authorization" require-scheme="Bearer"', url = metadata } =
    parts;
  const { inner = `<audiences><audience>${audience}</audience></audiences>` } = parts;
  const config = url === '' ? '' : `<openid-config url="${url}"/>`;
  return `<inbound><validate-jwt ${attributes}>${config}${inner}</validate-jwt></inbound>`;
}
const roles = (values: string, attributes = 'match="any"') =>
  `<required-claims><claim name="roles" ${attributes}>${values}</claim></required-claims>`;

function send(gateway: TestGateway, token: string) {
  return gateway.call({ headers: [['Authorization', `Bearer ${token}`]] });
}

/** The message a caller gets, without the frame. */
function messageOf(text: string): string {
  return JSON.parse(text).message;
}

describe('a token that fits', () => {
  it('is let in, and the backend gets the request', async () => {
    const gateway = await testGateway(policy());
    expect(await send(gateway, await tokenOf())).toMatchObject({
      status: 200,
      text: 'from backend',
    });
  });

  it('is verified once; metadata and keys are fetched once an hour', async () => {
    const gateway = await testGateway(policy());
    const token = await tokenOf();
    const fetched = () =>
      gateway.received.filter(({ url }) => url.includes('microsoftonline')).length;
    await send(gateway, token);
    await send(gateway, token);
    await send(gateway, await tokenOf({ sub: 'other' }));
    expect(fetched()).toBe(2);
    gateway.clock.advance(3_600_000 - 1000);
    await send(gateway, token);
    expect(fetched()).toBe(2);
    gateway.clock.advance(1000);
    await send(gateway, token);
    expect(fetched()).toBe(4);
  });

  it.each([
    ['a query parameter', 'query-parameter-name="t"', { path: '/orders/any?t=TOKEN' }],
    [
      'a header of its own, with no scheme',
      'header-name="X-Token" require-scheme="Bearer"',
      { header: 'X-Token' },
    ],
  ])(
    'may come in %s',
    async (_, attributes, { path, header }: { path?: string; header?: string }) => {
      const gateway = await testGateway(policy({ attributes }));
      const token = await tokenOf();
      const headers = header ? [[header, token] as const] : [];
      expect((await gateway.call({ path: path?.replace('TOKEN', token), headers })).status).toBe(
        200,
      );
    },
  );

  it('may name several audiences', async () => {
    const gateway = await testGateway(policy());
    expect((await send(gateway, await tokenOf({ aud: ['x', audience] }))).status).toBe(200);
  });

  it('is accepted for the issuer of the metadata beside those listed', async () => {
    const inner = '<issuers><issuer>https://other/</issuer></issuers>';
    const gateway = await testGateway(policy({ inner }));
    expect((await send(gateway, await tokenOf())).status).toBe(200);
    expect((await send(gateway, await tokenOf({ iss: 'https://other/' }))).status).toBe(200);
  });

  it.each([
    ['one of several values', roles('<value>X</value><value>Orders.Read</value>'), {}],
    ['all values', roles('<value>Orders.List</value><value>Orders.Read</value>', ''), {}],
    [
      'a claim that only has to exist',
      '<required-claims><claim name="sub"/></required-claims>',
      {},
    ],
    [
      'a claim split by its separator',
      '<required-claims><claim name="scp" separator=" "><value>b</value></claim></required-claims>',
      { scp: 'a b c' },
    ],
  ])('passes with %s', async (_, inner, claims: JsonObject) => {
    const gateway = await testGateway(policy({ inner }));
    expect((await send(gateway, await tokenOf(claims))).status).toBe(200);
  });

  it('issuer-signing-keys verify without metadata, by kid or by trying', async () => {
    const secret = Buffer.alloc(32, 7);
    const key = createSecretKey(secret);
    const own = `<issuer-signing-keys><key id="k">${secret.toString('base64')}</key></issuer-signing-keys>`;
    const gateway = await testGateway(policy({ url: '', inner: own }));
    expect((await send(gateway, await tokenOf({}, { key, kid: 'k' }))).status).toBe(200);
    expect((await send(gateway, await tokenOf({}, { key, kid: 'unnamed' }))).status).toBe(200);
    const other = createSecretKey(Buffer.alloc(32, 8));
    expect((await send(gateway, await tokenOf({}, { key: other, kid: 'k' }))).status).toBe(401);
  });

  it('an expired token passes within clock-skew', async () => {
    const attributes = 'header-name="Authorization" clock-skew="60"';
    const gateway = await testGateway(policy({ attributes }));
    const token = await tokenOf();
    await send(gateway, token);
    gateway.clock.advance(3_600_000 + 59_000);
    expect((await send(gateway, token)).status).toBe(200);
    gateway.clock.advance(1_000);
    expect((await send(gateway, token)).status).toBe(401);
  });

  it('exp may be absent, and a signature too, where the policy says so', async () => {
    const attributes =
      'header-name="Authorization" require-expiration-time="false" require-signed-tokens="false"';
    const gateway = await testGateway(policy({ attributes }));
    const { exp: _exp, ...claims } = { exp: 0, iss: issuerV1, aud: audience };
    const part = (value: object) => Buffer.from(JSON.stringify(value)).toString('base64url');
    const unsigned = `${part({ alg: 'none' })}.${part(claims)}.`;
    expect((await send(gateway, unsigned)).status).toBe(200);
  });
});

/** A valid token whose middle or last part is another's. */
async function tampered(claims: JsonObject): Promise<string> {
  const [head, , signature] = (await tokenOf()).split('.');
  const [, body] = (await tokenOf(claims)).split('.');
  return [head, body, signature].join('.');
}

async function algNone(): Promise<string> {
  const [, body] = (await tokenOf()).split('.');
  return `${Buffer.from('{"alg":"none","typ":"JWT"}').toString('base64url')}.${body}.`;
}

/** The attack on verifiers that let the token choose: HMAC with the public key as the secret. */
async function hmacWithPublicKey(): Promise<string> {
  const pem = publishedKey.publicKey.export({ type: 'spki', format: 'pem' });
  return tokenOf({}, { key: createSecretKey(Buffer.from(pem)), kid: 'one' });
}

describe('a token that does not fit is refused', () => {
  const table: [string, () => Promise<string>, RegExp][] = [
    [
      'wrong audience',
      () => tokenOf({ aud: 'api://other' }),
      /^IDX10214: .*'api:\/\/other'.*'api:\/\/orders'\. Access denied\.$/,
    ],
    [
      'wrong issuer',
      () => tokenOf({ iss: 'https://sts.windows.net/other/' }),
      /^IDX10205: Issuer validation failed\. Issuer: 'https:\/\/sts\.windows\.net\/other\/'/,
    ],
    ['no issuer', () => tokenOf({ iss: undefined as never }), /^IDX10205/],
    [
      'expired',
      () => tokenOf({ exp: 1_767_225_600 - 1 }),
      /^IDX10223: .*ValidTo \(UTC\): '12\/31\/2025 23:59:59', Current time \(UTC\): '01\/01\/2026 00:00:00'\. Access denied\.$/,
    ],
    ['expired at this very second', () => tokenOf({ exp: 1_767_225_600 }), /^IDX10223/],
    ['not yet valid', () => tokenOf({ nbf: 1_767_225_601 }), /^IDX10222/],
    ['without an expiry', () => tokenOf({ exp: undefined as never }), /^IDX10225/],
    ['an expiry that is no number', () => tokenOf({ exp: 'soon' }), /^IDX10225/],
    ['nbf behind exp', () => tokenOf({ nbf: 1_767_232_800, exp: 1_767_232_000 }), /^IDX10224/],
    ['tampered', () => tampered({ roles: ['Admin'] }), /^IDX10511/],
    [
      'signed by a key nobody published, under a published kid',
      () => tokenOf({}, { key: foreignKey.privateKey }),
      /^IDX10511/,
    ],
    [
      'signed by a key nobody published',
      () => tokenOf({}, { key: foreignKey.privateKey, kid: 'two' }),
      /^IDX10503: .*'two'/,
    ],
    ['alg none', algNone, /^IDX10504/],
    ['HS256 with the public key', hmacWithPublicKey, /^IDX10511: .*algorithm 'HS256'/],
    ['two parts', async () => 'abc.def', /^IDX12741/],
    ['no token at all', async () => 'abc', /^IDX12741/],
  ];

  it.each(table)('%s', async (_, token, message) => {
    const gateway = await testGateway(policy());
    const answer = await send(gateway, await token());
    expect(answer.status).toBe(401);
    expect(messageOf(answer.text)).toMatch(message);
    expect(answer.header('WWW-Authenticate')).toBeUndefined();
    expect(gateway.received.filter(({ url }) => url.includes('backend'))).toEqual([]);
  });

  it.each([
    ['no Authorization', []],
    ['an empty one', [['Authorization', '']]],
    ['a token without the scheme', [['Authorization', 'TOKEN']]],
    ['another scheme', [['Authorization', 'Basic TOKEN']]],
  ] as const)('%s: JWT not present', async (_, headers) => {
    const gateway = await testGateway(policy());
    const token = await tokenOf();
    const sent = headers.map(([name, value]) => [name, value.replace('TOKEN', token)] as const);
    const answer = await gateway.call({ headers: sent });
    expect(answer).toMatchObject({
      status: 401,
      text: '{ "statusCode": 401, "message": "JWT not present." }',
    });
  });

  it('a v1 token against v2 metadata, on its issuer', async () => {
    const gateway = await testGateway(policy({ url: metadataV2 }));
    expect(messageOf((await send(gateway, await tokenOf())).text)).toMatch(/^IDX10205/);
  });

  it.each([
    [
      'missing',
      roles('<value>Orders.Read</value>'),
      { roles: undefined as never },
      'JWT token is missing the following claims: roles. Access denied.',
    ],
    [
      'without the value',
      roles('<value>Orders.Write</value>'),
      {},
      'Claim roles value of Orders.Read,Orders.List is not allowed. Access denied.',
    ],
    [
      'with not all values',
      roles('<value>Orders.Read</value><value>Orders.Write</value>', 'match="all"'),
      {},
      'Claim roles value of Orders.Read,Orders.List is not allowed. Access denied.',
    ],
    [
      'that is only inherited',
      '<required-claims><claim name="constructor"/></required-claims>',
      {},
      'JWT token is missing the following claims: constructor. Access denied.',
    ],
  ])('a required claim %s', async (_, inner, claims, message) => {
    const gateway = await testGateway(policy({ inner }));
    const answer = await send(gateway, await tokenOf(claims));
    expect(answer).toMatchObject({ status: 401 });
    expect(messageOf(answer.text)).toBe(message);
  });

  it('a cached token is refused once it has expired', async () => {
    const gateway = await testGateway(policy());
    const token = await tokenOf();
    expect((await send(gateway, token)).status).toBe(200);
    gateway.clock.advance(3_600_000);
    expect(messageOf((await send(gateway, token)).text)).toMatch(/^IDX10223/);
  });

  it('the policy may choose status and text', async () => {
    const attributes =
      'header-name="Authorization" failed-validation-httpcode="403" failed-validation-error-message="Go away."';
    const gateway = await testGateway(policy({ attributes }));
    expect(await gateway.call()).toMatchObject({
      status: 403,
      text: '{ "statusCode": 403, "message": "Go away." }',
    });
  });

  it('keys that cannot be fetched refuse every token', async () => {
    const gateway = await testGateway(policy());
    gateway.hosts.set('login.microsoftonline.com', () => ({ status: 503 }));
    const answer = await send(gateway, await tokenOf());
    expect(answer.status).toBe(401);
    expect(messageOf(answer.text)).toMatch(/^IDX20803/);
  });
});

it('an unknown kid leads to a new fetch of the keys, at most every five minutes', async () => {
  const gateway = await testGateway(policy());
  const fetched = () =>
    gateway.received.filter(({ url }) => url.includes('microsoftonline')).length;
  await send(gateway, await tokenOf());
  const rotated = () =>
    tokenOf({ jti: String(fetched()) }, { key: foreignKey.privateKey, kid: 'two' });
  gateway.clock.advance(60_000);
  gateway.keys.push({
    ...jwkOf(foreignKey.publicKey),
    kid: 'two',
    use: 'sig',
  } as unknown as JsonObject);
  expect((await send(gateway, await rotated())).status).toBe(401);
  expect(fetched()).toBe(2);
  gateway.clock.advance(240_000);
  expect((await send(gateway, await rotated())).status).toBe(200);
  expect(fetched()).toBe(4);
});

it('each refusal is a decision with the rule, what was looked at and the fix, never the token', async () => {
  const gateway = await testGateway(policy());
  const telemetry = startTelemetry(gateway.clock);
  const token = await tokenOf({ iss: 'https://sts.windows.net/other/' });
  await send(gateway, token);
  const [traceId] = telemetry.recentTraces(1);
  const spans = telemetry.spansOf(traceId!);
  await telemetry.close();
  const decisions = spans.flatMap((span) => span.decisions);
  expect(decisions).toContainEqual(
    expect.objectContaining({
      rule: 'token issuer',
      outcome: 'refused',
      input: { iss: 'https://sts.windows.net/other/', allowed: issuerV1 },
      fix: expect.stringContaining('Get the token from the tenant this API trusts'),
    }),
  );
  expect(JSON.stringify(spans)).not.toContain(token.split('.')[2]);
});

it.each([
  ['header-name="a" query-parameter-name="b"', '', 'Exactly one of the attributes'],
  ['', '', 'needs one of the attributes'],
  [
    'header-name="a"',
    '<decryption-keys><key>AA==</key></decryption-keys>',
    '<decryption-keys> is not supported',
  ],
  [
    'header-name="a"',
    '<issuer-signing-keys><key certificate-id="c"/></issuer-signing-keys>',
    "'certificate-id' is not supported",
  ],
  [
    'header-name="a"',
    '<issuer-signing-keys><key>%%</key></issuer-signing-keys>',
    'neither n and e nor base64',
  ],
])('validate-jwt %s %s is not saved', async (attributes, inner, message) => {
  const gateway = await testGateway();
  await expect(gateway.policy(policy({ attributes, inner }))).rejects.toThrow(message);
});

it('a kid of the header is no path to anything else', async () => {
  const gateway = await testGateway(policy());
  const token = await signJwt(
    { alg: 'ES256', kid: '__proto__' },
    { iss: issuerV1 },
    foreignKey.privateKey,
  );
  expect((await send(gateway, token)).status).toBe(401);
});
