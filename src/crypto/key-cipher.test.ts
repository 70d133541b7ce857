// Encryption and wrapping: round trips, published vectors, refusals.
import { createSecretKey, generateKeyPairSync, type KeyObject } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import { type CipherAlgorithm, CipherError, decryptWithKey, encryptWithKey } from './key-cipher.ts';

const rsa = generateKeyPairSync('rsa', { modulusLength: 2048 });
const secret = (bytes: number) => createSecretKey(Buffer.alloc(bytes, 3));
const value = Buffer.from('0123456789abcdef0123456789abcdef');

const cases: [CipherAlgorithm, KeyObject, KeyObject][] = [
  ...(['RSA1_5', 'RSA-OAEP', 'RSA-OAEP-256'] as const).map(
    (name) => [name, rsa.publicKey, rsa.privateKey] as [CipherAlgorithm, KeyObject, KeyObject],
  ),
  ...([128, 192, 256] as const).flatMap((bits) =>
    (['GCM', 'CBC', 'CBCPAD', 'KW'] as const).map(
      (mode): [CipherAlgorithm, KeyObject, KeyObject] => [
        `A${bits}${mode}`,
        secret(bits / 8),
        secret(bits / 8),
      ],
    ),
  ),
  ['CKM_AES_KEY_WRAP', secret(32), secret(32)],
  ['CKM_AES_KEY_WRAP_PAD', secret(16), secret(16)],
];

test.each(cases)('%s gives back what it took', (algorithm, forward, back) => {
  const sealed = encryptWithKey({ key: forward, algorithm, value });
  expect(sealed.value.equals(value)).toBe(false);
  expect(decryptWithKey({ key: back, algorithm, ...sealed })).toEqual(value);
});

test('A128KW is RFC 3394, section 4.1', () => {
  const key = createSecretKey(Buffer.from('000102030405060708090A0B0C0D0E0F', 'hex'));
  const data = Buffer.from('00112233445566778899AABBCCDDEEFF', 'hex');
  const wrapped = encryptWithKey({ key, algorithm: 'A128KW', value: data }).value;
  expect(wrapped.toString('hex').toUpperCase()).toBe(
    '1FA68B0A8112B447AEF34BD8FB5A7B829D3E862371D2CFE5',
  );
});

describe('what is refused', () => {
  const gcm = encryptWithKey({ key: secret(32), algorithm: 'A256GCM', value });
  test.each([
    [
      'a GCM tag that was changed',
      { key: secret(32), algorithm: 'A256GCM', ...gcm, tag: Buffer.alloc(16) },
    ],
    [
      'a GCM tag that was cut',
      { key: secret(32), algorithm: 'A256GCM', ...gcm, tag: Buffer.alloc(4) },
    ],
    [
      'other additional data',
      { key: secret(32), algorithm: 'A256GCM', ...gcm, additionalData: value },
    ],
    ['a key of another size', { key: secret(16), algorithm: 'A256GCM', ...gcm }],
    ['a missing iv', { key: secret(32), algorithm: 'A256CBC', value }],
    [
      'a wrapped value that is cut',
      { key: secret(16), algorithm: 'A128KW', value: value.subarray(1) },
    ],
    ['a value for another RSA key', { key: rsa.privateKey, algorithm: 'RSA-OAEP', value }],
  ] as const)('%s', (_, input) => {
    expect(() => decryptWithKey(input)).toThrow(CipherError);
  });

  test.each([
    [
      'more than RSA takes',
      { key: rsa.publicKey, algorithm: 'RSA-OAEP', value: Buffer.alloc(215) },
    ],
    [
      'part of a block without padding',
      { key: secret(16), algorithm: 'A128CBC', value: Buffer.alloc(3) },
    ],
    [
      'a value that is not whole words',
      { key: secret(16), algorithm: 'A128KW', value: Buffer.alloc(9) },
    ],
  ] as const)('%s', (_, input) => {
    expect(() => encryptWithKey(input)).toThrow(CipherError);
  });
});
