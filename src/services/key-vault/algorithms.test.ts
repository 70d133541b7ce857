// Every algorithm through the REST operations: published vectors, and node:crypto as judge.
import { constants, createHash, createPublicKey, type JsonWebKeyInput, verify } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { aesCiphers, digestAlgorithms, keyWraps, rsaCiphers } from '../../crypto/index.ts';
import {
  rfc6979A25,
  rfc7515A2,
  rfc7515A3,
  rfc7516A1,
  rfc7516A3,
} from './fixtures/published-vectors.ts';
import { officer, openRig, pool, type Rig, roles, vaultId } from './fixtures/rig.ts';

let rig: Rig;
const post = async (path: string, body: object) =>
  (await rig.call('POST', path, { body, vault: 'kv2' })).json;
const importKey = (name: string, key: object) =>
  rig.call('PUT', `/keys/${name}`, { body: { key }, vault: 'kv2' });
const sha = (text: string, name = 'sha256') => createHash(name).update(text).digest('base64url');

beforeAll(async () => {
  rig = await openRig();
  await rig.putVault('kv2', { sku: { family: 'A', name: 'premium' } });
  await rig.assign(officer, roles.administrator, vaultId('kv2'));
  const everything = ['encrypt', 'decrypt', 'sign', 'verify', 'wrapKey', 'unwrapKey'];
  for (const [name, body] of [
    ['rsa', { kty: 'RSA', key_size: 2048 }],
    ['P-256', { kty: 'EC', crv: 'P-256' }],
    ['P-384', { kty: 'EC-HSM', crv: 'P-384' }],
    ['P-521', { kty: 'EC', crv: 'P-521' }],
    ['P-256K', { kty: 'EC', crv: 'P-256K' }],
    ['oct128', { kty: 'oct', key_size: 128, key_ops: everything }],
    ['oct192', { kty: 'oct', key_size: 192, key_ops: everything }],
    ['oct256', { kty: 'oct-HSM', key_size: 256, key_ops: everything }],
  ] as const) {
    const made = await rig.call('POST', `/keys/${name}/create`, { body, vault: 'kv2' });
    expect(made.status, name).toBe(200);
  }
});
afterAll(async () => {
  await rig.close();
  await pool.close();
});

describe('published vectors', () => {
  test('RFC 7515 A.2: RS256 signs to the same bytes and verifies them', async () => {
    await importKey('a2', rfc7515A2.key);
    const digest = sha(rfc7515A2.input);
    expect((await post('/keys/a2/sign', { alg: 'RS256', value: digest })).value).toBe(
      rfc7515A2.signature,
    );
    const given = { alg: 'RS256', digest, value: rfc7515A2.signature };
    expect(await post('/keys/a2/verify', given)).toEqual({ value: true });
    expect(await post('/keys/a2/verify', { ...given, digest: sha('x') })).toEqual({ value: false });
  });

  test('RFC 7515 A.3: ES256 verifies', async () => {
    await importKey('a3', rfc7515A3.key);
    const given = { alg: 'ES256', digest: sha(rfc7515A3.input), value: rfc7515A3.signature };
    expect(await post('/keys/a3/verify', given)).toEqual({ value: true });
  });

  test('RFC 6979 A.2.5: ES256 signs deterministically to r and s', async () => {
    const url = (hex: string) => Buffer.from(hex, 'hex').toString('base64url');
    const { d, x, y, r, s } = rfc6979A25;
    await importKey('det', { kty: 'EC', crv: 'P-256', d: url(d), x: url(x), y: url(y) });
    const signed = await post('/keys/det/sign', { alg: 'ES256', value: sha('sample') });
    expect(signed.value).toBe(url(r + s));
  });

  test('RFC 7516 A.1: RSA-OAEP unwraps the content key, A256GCM decrypts with it', async () => {
    await importKey('oaep', rfc7516A1.key);
    const { encryptedKey, contentKey, header, iv, ciphertext, tag, plaintext } = rfc7516A1;
    const unwrapped = await post('/keys/oaep/unwrapkey', { alg: 'RSA-OAEP', value: encryptedKey });
    expect(unwrapped.value).toBe(contentKey);
    await importKey('gcm', { kty: 'oct', k: contentKey });
    const aad = Buffer.from(header).toString('base64url');
    const opened = await post('/keys/gcm/decrypt', {
      alg: 'A256GCM',
      value: ciphertext,
      iv,
      tag,
      aad,
    });
    expect(Buffer.from(opened.value, 'base64url').toString()).toBe(plaintext);
  });

  test('RFC 7516 A.3: A128KW wraps to the same bytes', async () => {
    await importKey('kw', { kty: 'oct', k: rfc7516A3.key });
    const wrapped = await post('/keys/kw/wrapkey', { alg: 'A128KW', value: rfc7516A3.contentKey });
    expect(wrapped.value).toBe(rfc7516A3.encryptedKey);
  });
});

describe('signatures', () => {
  const keyOf = (algorithm: string) =>
    ({ ES256: 'P-256', ES384: 'P-384', ES512: 'P-521', ES256K: 'P-256K' })[algorithm] ??
    (algorithm.startsWith('HS') ? 'oct256' : 'rsa');

  test.each(Object.keys(digestAlgorithms).filter((name) => name !== 'RSNULL'))(
    '%s',
    async (alg) => {
      const hash = `sha${alg.slice(2, 5)}`;
      const name = keyOf(alg);
      const digest = sha('message', hash);
      const signed = await post(`/keys/${name}/sign`, { alg, value: digest });
      expect(await post(`/keys/${name}/verify`, { alg, digest, value: signed.value })).toEqual({
        value: true,
      });
      if (alg.startsWith('HS')) return;
      const { key } = (await rig.call('GET', `/keys/${name}`, { vault: 'kv2' })).json;
      const kty = key.kty.replace('-HSM', '');
      const crv = key.crv === 'P-256K' ? 'secp256k1' : key.crv;
      const jwk = { ...key, kty, crv };
      const publicKey = createPublicKey({ key: jwk, format: 'jwk' } as JsonWebKeyInput);
      const options = alg.startsWith('PS')
        ? { padding: constants.RSA_PKCS1_PSS_PADDING, saltLength: constants.RSA_PSS_SALTLEN_DIGEST }
        : { dsaEncoding: 'ieee-p1363' as const };
      const bytes = Buffer.from(signed.value, 'base64url');
      expect(verify(hash, Buffer.from('message'), { key: publicKey, ...options }, bytes)).toBe(
        true,
      );
      const sizes: Record<string, number> = { ES256: 64, ES256K: 64, ES384: 96, ES512: 132 };
      expect(bytes.length).toBe(sizes[alg] ?? 256);
    },
  );

  test('RSNULL takes what is to be padded', async () => {
    const value = Buffer.from('any length').toString('base64url');
    const signed = await post('/keys/rsa/sign', { alg: 'RSNULL', value });
    const given = { alg: 'RSNULL', digest: value, value: signed.value };
    expect(await post('/keys/rsa/verify', given)).toEqual({ value: true });
  });
});

describe('encryption and wrapping', () => {
  const value = Buffer.alloc(32, 9).toString('base64url');
  const sized = (alg: string) => `oct${/\d{3}/.exec(alg)?.[0] ?? 256}`;

  test.each([
    ...Object.keys(rsaCiphers).flatMap((alg) => [
      [alg, 'rsa', 'encrypt', 'decrypt'],
      [alg, 'rsa', 'wrapkey', 'unwrapkey'],
    ]),
    ...Object.keys(aesCiphers).map((alg) => [alg, sized(alg), 'encrypt', 'decrypt']),
    ...Object.keys(keyWraps).map((alg) => [alg, sized(alg), 'wrapkey', 'unwrapkey']),
  ])('%s with %s: %s and %s', async (alg, name, forward, back) => {
    const sealed = await post(`/keys/${name}/${forward}`, { alg, value });
    expect(sealed.kid).toMatch(new RegExp(`/keys/${name}/[0-9a-f]{32}$`));
    expect(sealed.value).not.toBe(value);
    const { iv, tag } = sealed;
    const opened = await post(`/keys/${name}/${back}`, { alg, value: sealed.value, iv, tag });
    expect(opened.value).toBe(value);
  });

  test('GCM gives an iv of its own each time, and authenticates additional data', async () => {
    const aad = Buffer.from('who').toString('base64url');
    const one = await post('/keys/oct256/encrypt', { alg: 'A256GCM', value, aad });
    const two = await post('/keys/oct256/encrypt', { alg: 'A256GCM', value, aad });
    expect(one.iv).not.toBe(two.iv);
    const { value: sealed, iv, tag } = one;
    const opened = await post('/keys/oct256/decrypt', {
      alg: 'A256GCM',
      value: sealed,
      iv,
      tag,
      aad,
    });
    expect(opened.value).toBe(value);
    const refused = await post('/keys/oct256/decrypt', { alg: 'A256GCM', value: sealed, iv, tag });
    expect(refused.error.code).toBe('BadParameter');
  });
});

describe('keys', () => {
  test.each([3072, 4096])('RSA of %i bits', async (key_size) => {
    const made = await post(`/keys/big${key_size}/create`, { kty: 'RSA-HSM', key_size });
    expect(Buffer.from(made.key.n, 'base64url').length * 8).toBe(key_size);
    expect(made.key.kty).toBe('RSA-HSM');
    expect(made.attributes.hsmPlatform).toBe('2');
  });

  test('the public exponent 3', async () => {
    expect((await post('/keys/three/create', { kty: 'RSA', public_exponent: 3 })).key.e).toBe('Aw');
  });
});
