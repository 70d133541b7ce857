// The pool: work done in threads, errors that keep their kind, bounds that hold.
import { createHash, generateKeyPairSync } from 'node:crypto';
import { afterAll, describe, expect, test } from 'vitest';
import { verifyDigest } from './digest-signature.ts';
import { CipherError } from './key-cipher.ts';
import { PfxError } from './pfx-ids.ts';
import { createCryptoPool } from './pool.ts';

const pool = createCryptoPool({ threads: 2 });
afterAll(() => pool.close());
const digest = createHash('sha256').update('a').digest();
const { privateKey, publicKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });

describe('work in the pool', () => {
  test('signatures of many keys at once are each by their own key', async () => {
    const keys = Array.from({ length: 300 }, () =>
      generateKeyPairSync('ec', { namedCurve: 'P-256' }),
    );
    const jobs = [...keys, ...keys].map(async (pair) => {
      const signature = await pool.run('sign', { algorithm: 'ES256', digest }, pair.privateKey);
      return verifyDigest(pair.publicKey, 'ES256', digest, signature);
    });
    expect(new Set(await Promise.all(jobs))).toEqual(new Set([true]));
  });

  test('generates keys of the size, exponent and curve that were asked', async () => {
    const rsa = await pool.run('generate', { type: 'rsa', bits: 2048, exponent: 3 });
    expect(rsa.asymmetricKeyDetails).toMatchObject({ modulusLength: 2048, publicExponent: 3n });
    const ec = await pool.run('generate', { type: 'ec', curve: 'secp256k1' });
    expect(ec.asymmetricKeyDetails?.namedCurve).toBe('secp256k1');
    expect((await pool.run('generate', { type: 'oct', bits: 192 })).symmetricKeySize).toBe(24);
  });

  test('decrypts what it encrypted', async () => {
    const value = Buffer.from('plain');
    const input = { algorithm: 'RSA-OAEP-256' as const, value };
    const sealed = await pool.run('encrypt', input, publicKey);
    const opened = await pool.run('decrypt', { ...input, value: sealed.value }, privateKey);
    expect(Buffer.from(opened)).toEqual(value);
  });

  test('errors keep their kind', async () => {
    const short = pool.run('sign', { algorithm: 'RS256', digest: Buffer.alloc(3) }, privateKey);
    await expect(short).rejects.toThrow(RangeError);
    const junk = pool.run('readPfx', { bytes: Buffer.from('x'), password: '' });
    await expect(junk).rejects.toThrow(PfxError);
    const foreign = pool.run('decrypt', { algorithm: 'RSA-OAEP', value: digest }, privateKey);
    await expect(foreign).rejects.toThrow(CipherError);
  });
});

describe('the bounds of the pool', () => {
  test('work beyond what may wait is refused as full', async () => {
    const small = createCryptoPool({ threads: 1, waitingMax: 1 });
    const jobs = Array.from({ length: 20 }, () =>
      small.run('sign', { algorithm: 'RS256', digest }, privateKey).catch((error) => error.reason),
    );
    expect(await Promise.all(jobs)).toContain('full');
    await small.close();
    await expect(
      small.run('sign', { algorithm: 'RS256', digest }, privateKey),
    ).rejects.toMatchObject({ reason: 'closed' });
  });

  test('work past its deadline fails, and the next work finds a new thread', async () => {
    const hasty = createCryptoPool({ threads: 1, deadlineMs: 1 });
    const late = hasty.run('generate', { type: 'rsa', bits: 4096 });
    await expect(late).rejects.toMatchObject({ reason: 'deadline' });
    const again = hasty.run('generate', { type: 'rsa', bits: 4096 });
    await expect(again).rejects.toMatchObject({ reason: 'deadline' });
    await hasty.close();
  });

  test('the event loop turns while keys are generated', async () => {
    let turns = 0;
    const timer = setInterval(() => turns++, 1);
    await Promise.all([1, 2].map(() => pool.run('generate', { type: 'rsa', bits: 3072 })));
    clearInterval(timer);
    expect(turns).toBeGreaterThan(5);
  });
});
