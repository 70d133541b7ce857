// DES and TripleDES, with the keys that are too weak for them.
import { fault } from '../../running/exceptions.ts';
import { bytesOf, bytesValue } from '../../running/values.ts';
import { declareType } from '../../types/registry.ts';
import type { Type } from '../../types/type.ts';
import { ciphers } from './block-cipher.ts';
import { type Bytes, given } from './bytes.ts';
import { createAs, makeDefault } from './crypto-config.ts';
import { cryptographic, space } from './failures.ts';
import { CipherValue, isKeySize, wrongKey } from './symmetric-algorithm.ts';

/** With odd parity (FIPS 74 section 3.6). */
const weakKeys = ['0101010101010101', 'fefefefefefefefe', '1f1f1f1f0e0e0e0e', 'e0e0e0e0f1f1f1f1'];
const semiWeakKeys = [
  ...['01fe01fe01fe01fe', 'fe01fe01fe01fe01', '1fe01fe00ef10ef1', 'e01fe01ff10ef10e'],
  ...['01e001e001f101f1', 'e001e001f101f101', '1ffe1ffe0efe0efe', 'fe1ffe1ffe0efe0e'],
  ...['011f011f010e010e', '1f011f010e010e01', 'e0fee0fef1fef1fe', 'fee0fee0fef1fef1'],
];

/** The key in hexadecimal, the last bit of each byte set so that the number of ones is odd. */
function withOddParity(key: Uint8Array): string {
  const bytes = key.map((byte) => {
    const ones = (byte >> 1).toString(2).replaceAll('0', '').length;
    return (byte & 0xfe) | (ones % 2 === 0 ? 1 : 0);
  });
  return Buffer.from(bytes).toString('hex');
}

/** The bytes of a key to look at; one of another size is refused. */
function keyOf(key: Bytes, bits: readonly number[]): Uint8Array {
  const bytes = key === null ? new Uint8Array() : bytesOf(key);
  if (!bits.includes(bytes.length * 8)) throw cryptographic(wrongKey);
  return bytes;
}

const isIn = (keys: readonly string[]) => (key: Bytes) =>
  keys.includes(withOddParity(keyOf(key, [64])));
const isWeak = isIn(weakKeys);
const isSemiWeak = isIn(semiWeakKeys);

/** A triple key is weak where two neighbours are one key: it is no better than DES then. */
function isTripleWeak(key: Bytes): boolean {
  const bytes = Buffer.from(withOddParity(keyOf(key, [128, 192])), 'hex');
  const [first, second] = [bytes.subarray(0, 8), bytes.subarray(8, 16)];
  return first.equals(second) || (bytes.length === 24 && second.equals(bytes.subarray(16)));
}

const refuse = (kind: string, algorithm: string) =>
  cryptographic(`Specified key is a known ${kind} key for '${algorithm}' and cannot be used.`);

/** The property Key, which refuses what `check` refuses. */
const keyProperty = (check: (key: Bytes) => void) => ({
  'byte[] Key': {
    get: ({ key }: CipherValue) => bytesValue(key.slice()),
    set: (value: CipherValue, key: Bytes) => {
      const bytes = given(key, 'value');
      if (!isKeySize(bytes.length * 8, value.facts)) throw fault('ArgumentException', wrongKey);
      check(key);
      value.key = bytes;
    },
  },
});

const des = declareType(`abstract class ${space}.DES : SymmetricAlgorithm`, {
  'static DES Create()': () => makeDefault('DESCryptoServiceProvider'),
  'static DES Create(string algName)': (name: string | null) => createAs('DES', name, 'name'),
  'static bool IsWeakKey(byte[] rgbKey)': isWeak,
  'static bool IsSemiWeakKey(byte[] rgbKey)': isSemiWeak,
  ...keyProperty((key) => {
    if (isWeak(key)) throw refuse('weak', 'DES');
    if (isSemiWeak(key)) throw refuse('semi-weak', 'DES');
  }),
});

const tripleDes = declareType(`abstract class ${space}.TripleDES : SymmetricAlgorithm`, {
  'static TripleDES Create()': () => makeDefault('TripleDESCryptoServiceProvider'),
  'static TripleDES Create(string str)': (name: string | null) =>
    createAs('TripleDES', name, 'name'),
  'static bool IsWeakKey(byte[] rgbKey)': isTripleWeak,
  ...keyProperty((key) => {
    if (isTripleWeak(key)) throw refuse('weak', 'TripleDES');
  }),
});

export const desTypes = [
  des,
  declareType(`sealed class ${space}.DESCryptoServiceProvider : DES`, {
    'new()': (type: Type) => new CipherValue(type, ciphers.DES),
  }),
  tripleDes,
  declareType(`sealed class ${space}.TripleDESCryptoServiceProvider : TripleDES`, {
    'new()': (type: Type) => new CipherValue(type, ciphers.TripleDES),
  }),
];
