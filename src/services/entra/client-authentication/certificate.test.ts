// Proves: client assertions in every shape that real SDKs emit are accepted.
import { describe, expect, it } from 'vitest';
import {
  type AssertionParts,
  assertionOf,
  assertionType,
  home,
  makeCertificate,
  other,
  startMs,
  startWithClient,
} from '../fixtures/cloud.ts';

const now = startMs / 1000;
const standard = (text: string) => Buffer.from(text, 'base64url').toString('base64');
const urlSafePadded = (text: string) => standard(text).replaceAll('+', '-').replaceAll('/', '_');

const certificate = await makeCertificate();
const { x5t, x5tS256, der } = certificate;
const chain = der.toString('base64');
const withLineBreaks = chain.replace(/.{64}/g, '$&\n');

const shapes: readonly [string, AssertionParts][] = [
  [
    '@azure/identity',
    {
      header: { alg: 'PS256', x5t: undefined, 'x5t#S256': x5tS256, x5c: [chain] },
      claims: { iat: now },
    },
  ],
  ['MSAL Node', { header: { x5t, x5c: [chain] }, claims: { iat: now - 1 } }],
  [
    'MSAL Python, SHA-1',
    {
      header: { x5t: urlSafePadded(x5t), x5c: [withLineBreaks] },
      claims: { nbf: undefined, iat: now + 0.25, exp: now + 600.25 },
    },
  ],
  [
    'MSAL Python, PFX',
    {
      header: { alg: 'PS256', x5t: undefined, 'x5t#S256': urlSafePadded(x5tS256) },
      claims: { nbf: undefined, exp: now + 600.5 },
    },
  ],
  [
    'MSAL Go',
    { header: { alg: 'PS256', x5t: undefined, 'x5t#S256': standard(x5tS256), x5c: [chain] } },
  ],
  ['msal4j', { header: { x5t: undefined, 'x5t#S256': standard(x5tS256) } }],
  ['msal4j, older', { header: { x5t: standard(x5t) } }],
  [
    'MSAL.NET',
    {
      header: { alg: 'PS256', x5t: undefined, 'x5t#S256': x5tS256, x5c: chain },
      claims: { nbf: String(now), exp: String(now + 600) },
    },
  ],
  ['MSAL.NET without PSS', { claims: { nbf: String(now), exp: String(now + 600) } }],
  ['RS512', { header: { alg: 'RS512' } }],
  ['no typ', { header: { typ: undefined } }],
  ['no nbf, no iat, no jti', { claims: { nbf: undefined, jti: undefined } }],
  ['an expiry far away', { claims: { exp: now + 10 * 365 * 86_400 } }],
  ['nbf at the edge of the skew', { claims: { nbf: now + 300 } }],
  ['expiry at the edge of the skew', { claims: { exp: now - 299 } }],
  [
    'an audience list of one',
    { claims: { aud: [`https://login.microsoftonline.com/${home}/oauth2/token`] } },
  ],
];

const audiences = [
  `https://login.microsoftonline.com/${home}/oauth2/v2.0/token`,
  `https://login.microsoftonline.com/${home}/oauth2/token`,
  `https://login.microsoftonline.com/${home.toUpperCase()}/oauth2/V2.0/token`,
  `https://login.microsoftonline.com/home.onmicrosoft.com/oauth2/v2.0/token`,
  `https://login.windows.net/${home}/oauth2/token`,
  `https://login.microsoft.com/${home}/oauth2/v2.0/token`,
  `https://sts.windows.net/${home}/oauth2/token`,
  `https://sts.windows.net/${home}/`,
  `https://login.microsoftonline.com/${home}/v2.0`,
];

const refused = [
  `https://login.microsoftonline.com/${other}/oauth2/v2.0/token`,
  `https://login.microsoftonline.com/common/oauth2/v2.0/token`,
  `http://login.microsoftonline.com/${home}/oauth2/v2.0/token`,
  `https://login.example/${home}/oauth2/v2.0/token`,
  `https://login.microsoftonline.com/${home}/oauth2/v2.0/authorize`,
  `https://login.microsoftonline.com/${home}/oauth2/v2.0/token?x=1`,
  `https://sts.windows.net/${other}/`,
  home,
];

async function ask(parts: AssertionParts, host = 'login.microsoftonline.com') {
  const world = await startWithClient();
  const client_assertion = await assertionOf(world.certificate, world.client.appId, home, {
    ...parts,
    header: replaced(parts.header, world.certificate),
  });
  return world.post(
    `/${home}/oauth2/v2.0/token`,
    {
      grant_type: 'client_credentials',
      client_id: world.client.appId,
      client_assertion_type: assertionType,
      client_assertion,
      scope: world.scope,
    },
    { host },
  );
}

/** Thumbprints of the world's own certificate, in the encoding of the shape. */
function replaced(
  header: AssertionParts['header'],
  own: typeof certificate,
): AssertionParts['header'] {
  const encodings = [(text: string) => text, standard, urlSafePadded];
  const entries = Object.entries(header ?? {}).map(([name, value]) => {
    const pairs = [
      [x5t, own.x5t],
      [x5tS256, own.x5tS256],
    ] as const;
    for (const encode of encodings) {
      const pair = pairs.find(([before]) => encode(before) === value);
      if (pair) return [name, encode(pair[1])];
    }
    return [name, value];
  });
  return Object.fromEntries(entries);
}

describe('client assertions', () => {
  it.each(shapes)('as %s writes them are accepted', async (_, parts) => {
    const { status, body } = await ask(parts);
    expect(body.error_description).toBeUndefined();
    expect(status).toBe(200);
  });

  it.each(audiences)('audience %s is this tenant’s', async (aud) => {
    expect((await ask({ claims: { aud } })).status).toBe(200);
  });

  it.each(refused)('audience %s is not', async (aud) => {
    expect((await ask({ claims: { aud } })).body.error_codes).toEqual([700023]);
  });

  it('under a custom authority the audience may name that host', async () => {
    const aud = `https://login.localhost:8443/${home}/oauth2/v2.0/token`;
    expect((await ask({ claims: { aud } }, 'login.localhost')).status).toBe(200);
    expect((await ask({ claims: { aud } })).status).toBe(401);
  });

  it('the same assertion may be sent twice: one-time jti is not enforced', async () => {
    const world = await startWithClient();
    const client_assertion = await assertionOf(world.certificate, world.client.appId, home);
    for (const scope of [world.scope, 'https://vault.azure.net/.default']) {
      const { status } = await world.post(`/${home}/oauth2/v2.0/token`, {
        grant_type: 'client_credentials',
        client_assertion_type: assertionType,
        client_assertion,
        scope,
      });
      expect(status).toBe(200);
    }
  });
});
