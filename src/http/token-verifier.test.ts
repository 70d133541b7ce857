// Proves: tokens are verified with the issuer's published keys, cached no longer than those.
import { generateKeyPairSync } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { manualClock } from '../base/index.ts';
import { jwkOf, signJwt } from '../crypto/index.ts';
import { OutboundError } from './exchange.ts';
import { createTokenVerifier } from './token-verifier.ts';

const first = generateKeyPairSync('ec', { namedCurve: 'P-256' });
const second = generateKeyPairSync('ec', { namedCurve: 'P-256' });
const metadataUrl = 'https://issuer/.well-known/openid-configuration';

/** An issuer reached through `outbound`; its keys can be changed and the network cut. */
function issuer() {
  const state = {
    keys: [{ ...jwkOf(first.publicKey), kid: 'one', use: 'sig' }] as object[],
    reachable: true,
    requests: [] as string[],
  };
  const clock = manualClock();
  const verifier = createTokenVerifier({
    clock,
    async outbound({ url }) {
      state.requests.push(url);
      if (!state.reachable) throw new OutboundError('ECONNREFUSED', 'nobody listens');
      const document =
        url === metadataUrl
          ? { issuer: 'https://issuer', jwks_uri: 'https://issuer/keys' }
          : { keys: state.keys };
      return { status: 200, headers: [], body: Buffer.from(JSON.stringify(document)) };
    },
  });
  return { state, clock, verify: (token: string) => verifier.verify(token, { metadataUrl }) };
}
const claims = { iss: 'https://issuer', sub: 'someone' };
const token = (kid: string | undefined, pair = first, text = {}) =>
  signJwt({ alg: 'ES256', kid }, { ...claims, ...text }, pair.privateKey);

describe('token verifier', () => {
  it('gives header, claims and the issuer of the metadata', async () => {
    const { verify } = issuer();
    const result = await verify(await token('one'));
    expect(result).toMatchObject({ ok: true, claims, metadataIssuer: 'https://issuer' });
    expect(Object.isFrozen(result.ok && result.claims)).toBe(true);
  });

  it('fetches the keys once and answers a known token without verifying it again', async () => {
    const { state, verify } = issuer();
    const text = await token('one');
    const result = await verify(text);
    expect(await verify(text)).toBe(result);
    await verify(await token('one'));
    expect(state.requests).toEqual([metadataUrl, 'https://issuer/keys']);
  });

  it.each([
    ['malformed', async () => 'abc'],
    ['unsigned', async () => `${Buffer.from('{"alg":"none"}').toString('base64url')}.e30.`],
    ['unknown-key', () => token('two', second)],
    ['signature', () => token('one', second)],
    [
      'algorithm',
      async () => `${Buffer.from('{"alg":"HS256","kid":"one"}').toString('base64url')}.e30.AA`,
    ],
  ] as [string, () => Promise<string>][])('refuses: %s', async (failure, make) => {
    const { verify } = issuer();
    expect(await verify(await make())).toMatchObject({ ok: false, failure });
  });

  it('a key pinned to an algorithm is used with no other', async () => {
    const { state, verify } = issuer();
    state.keys = [{ ...jwkOf(first.publicKey), kid: 'one', alg: 'ES384' }];
    expect(await verify(await token('one'))).toMatchObject({ failure: 'algorithm' });
  });

  it('a token without a key id is tried with every key', async () => {
    const { state, verify } = issuer();
    state.keys.push({ ...jwkOf(second.publicKey), kid: 'two' });
    expect((await verify(await token(undefined, second))).ok).toBe(true);
  });

  it('an unknown key id leads to one new fetch in five minutes', async () => {
    const { state, clock, verify } = issuer();
    await verify(await token('one'));
    state.keys.push({ ...jwkOf(second.publicKey), kid: 'two' });
    const fromTwo = await token('two', second);
    expect(await verify(fromTwo)).toMatchObject({ failure: 'unknown-key' });
    expect(state.requests).toHaveLength(2);
    clock.advance(300_000);
    expect((await verify(fromTwo)).ok).toBe(true);
    expect(state.requests).toHaveLength(4);
  });

  it('a withdrawn key stops holding when the keys are fetched again, also for cached tokens', async () => {
    const { state, clock, verify } = issuer();
    const text = await token('one');
    expect((await verify(text)).ok).toBe(true);
    state.keys = [{ ...jwkOf(second.publicKey), kid: 'two' }];
    expect((await verify(text)).ok).toBe(true);
    clock.advance(3_600_000);
    expect(await verify(text)).toMatchObject({ failure: 'unknown-key' });
  });

  it('keys that cannot be fetched refuse; keys once fetched outlive a broken issuer', async () => {
    const { state, clock, verify } = issuer();
    state.reachable = false;
    const text = await token('one');
    expect(await verify(text)).toMatchObject({ failure: 'keys-unavailable' });
    state.reachable = true;
    expect((await verify(text)).ok).toBe(true);
    state.reachable = false;
    clock.advance(3_600_000);
    expect((await verify(text)).ok).toBe(true);
  });

  it('a published secret key is not a key', async () => {
    const { state, verify } = issuer();
    state.keys = [{ kty: 'oct', k: 'AAAA', kid: 'one' }];
    expect(await verify(await token('one'))).toMatchObject({ failure: 'unknown-key' });
  });
});
