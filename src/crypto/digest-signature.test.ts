// Signatures over ready digests, judged by node:crypto over the message.
import {
  constants,
  createHash,
  createHmac,
  createSecretKey,
  generateKeyPairSync,
  type KeyObject,
  sign,
  verify,
} from 'node:crypto';
import { describe, expect, test } from 'vitest';
import {
  type DigestAlgorithm,
  digestAlgorithms,
  signDigest,
  verifyDigest,
} from './digest-signature.ts';

const message = Buffer.from('what is signed');
const rsa = generateKeyPairSync('rsa', { modulusLength: 2048 });
/** A modulus for which PSS encodes one byte less than the modulus has. */
const odd = generateKeyPairSync('rsa', { modulusLength: 2049 });
const ec = (namedCurve: string) => generateKeyPairSync('ec', { namedCurve });

const cases: [DigestAlgorithm, { publicKey: KeyObject; privateKey: KeyObject }][] = [
  ['RS256', rsa],
  ['RS384', rsa],
  ['RS512', rsa],
  ['PS256', rsa],
  ['PS384', rsa],
  ['PS512', rsa],
  ['PS256', odd],
  ['ES256', ec('P-256')],
  ['ES256K', ec('secp256k1')],
  ['ES384', ec('P-384')],
  ['ES512', ec('P-521')],
];

/** How node:crypto names the same signature. */
function native(algorithm: DigestAlgorithm, key: KeyObject) {
  if (algorithm.startsWith('ES')) return { key, dsaEncoding: 'ieee-p1363' as const };
  if (algorithm.startsWith('RS')) return { key };
  return {
    key,
    padding: constants.RSA_PKCS1_PSS_PADDING,
    saltLength: constants.RSA_PSS_SALTLEN_DIGEST,
  };
}

describe.each(cases)('%s', (algorithm, { publicKey, privateKey }) => {
  const hash = digestAlgorithms[algorithm].digest;
  const digest = createHash(hash).update(message).digest();

  test('over the digest is what node:crypto verifies over the message', () => {
    const signature = signDigest(privateKey, algorithm, digest);
    expect(verify(hash, message, native(algorithm, publicKey), signature)).toBe(true);
    expect(verifyDigest(publicKey, algorithm, digest, signature)).toBe(true);
    expect(verifyDigest(privateKey, algorithm, digest, signature)).toBe(true);
  });

  test('by node:crypto over the message is verified over the digest', () => {
    const signature = sign(hash, message, native(algorithm, privateKey));
    expect(verifyDigest(publicKey, algorithm, digest, signature)).toBe(true);
  });

  test('a changed digest, a changed signature and a short one are false', () => {
    const signature = signDigest(privateKey, algorithm, digest);
    const other = createHash(hash).update('other').digest();
    expect(verifyDigest(publicKey, algorithm, other, signature)).toBe(false);
    for (const at of [0, signature.length >> 1, signature.length - 1]) {
      const broken = Buffer.from(signature);
      broken[at]! ^= 1;
      expect(verifyDigest(publicKey, algorithm, digest, broken)).toBe(false);
    }
    expect(verifyDigest(publicKey, algorithm, digest, signature.subarray(1))).toBe(false);
    expect(verifyDigest(publicKey, algorithm, digest, Buffer.alloc(0))).toBe(false);
  });

  test('a digest of another length is a RangeError', () => {
    expect(() => signDigest(privateKey, algorithm, digest.subarray(1))).toThrow(RangeError);
  });
});

test('RSNULL pads the value as it is', () => {
  const signature = signDigest(rsa.privateKey, 'RSNULL', message);
  expect(verifyDigest(rsa.publicKey, 'RSNULL', message, signature)).toBe(true);
  expect(verifyDigest(rsa.publicKey, 'RSNULL', Buffer.from('no'), signature)).toBe(false);
});

test('HS256 is HMAC over the value', () => {
  const key = createSecretKey(Buffer.alloc(32, 7));
  const digest = createHash('sha256').update(message).digest();
  const signature = signDigest(key, 'HS256', digest);
  expect(signature).toEqual(createHmac('sha256', key).update(digest).digest());
  expect(verifyDigest(key, 'HS256', digest, signature)).toBe(true);
});

test.each([
  ['ES256', rsa.privateKey],
  ['RS256', ec('P-256').privateKey],
  ['ES256', ec('secp256k1').privateKey],
  ['HS256', rsa.privateKey],
] as const)('%s with an unfit key is a TypeError', (algorithm, key) => {
  expect(() => signDigest(key, algorithm, Buffer.alloc(32))).toThrow(TypeError);
});
