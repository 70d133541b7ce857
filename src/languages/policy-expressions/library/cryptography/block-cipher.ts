// Block ciphers as .NET runs them: modes and paddings over OpenSSL's plain modes.
import { createCipheriv, createDecipheriv } from 'node:crypto';
import { chargeBytes, cryptographic, guarded } from './failures.ts';
import { randomBytes } from './random-numbers.ts';

export const cipherModes = { CBC: 1, ECB: 2, OFB: 3, CFB: 4, CTS: 5 };
export const paddingModes = { None: 1, PKCS7: 2, Zeros: 3, ANSIX923: 4, ISO10126: 5 };

export interface CipherFacts {
  readonly name: string;
  /** Lengths of keys, in bytes. */
  readonly keys: readonly number[];
  readonly block: number;
}

/** The algorithms; RC2 is not among them. */
export const ciphers = {
  Aes: { name: 'Aes', keys: [16, 24, 32], block: 16 },
  TripleDES: { name: 'TripleDES', keys: [16, 24], block: 8 },
  DES: { name: 'DES', keys: [8], block: 8 },
} as const satisfies Record<string, CipherFacts>;

export interface CipherSettings {
  readonly facts: CipherFacts;
  readonly key: Uint8Array;
  readonly iv: Uint8Array;
  readonly mode: number;
  readonly padding: number;
}

/** OpenSSL's name and key: DES is triple DES with one key three times. */
function platformCipher({ facts, key, mode }: CipherSettings): { name: string; key: Uint8Array } {
  const suffix = { [cipherModes.CBC]: 'cbc', [cipherModes.ECB]: 'ecb', [cipherModes.CFB]: 'cfb8' }[
    mode
  ];
  if (suffix === undefined) {
    throw cryptographic('Specified cipher mode is not valid for this algorithm.');
  }
  if (facts.name === 'Aes') return { name: `aes-${key.length * 8}-${suffix}`, key };
  const parts =
    key.length === 24 ? [key] : key.length === 16 ? [key, key.subarray(0, 8)] : [key, key, key];
  return { name: suffix === 'ecb' ? 'des-ede3' : `des-ede3-${suffix}`, key: Buffer.concat(parts) };
}

/** Encrypts all of `data`. */
export function encryptBytes(data: Uint8Array, settings: CipherSettings): Uint8Array {
  const padded = pad(data, settings.padding, unitOf(settings));
  return transform(padded, settings, true);
}

/** Decrypts all of `data`. Throws CryptographicException for a wrong padding. */
export function decryptBytes(data: Uint8Array, settings: CipherSettings): Uint8Array {
  if (data.length % unitOf(settings) !== 0) {
    throw cryptographic('The input data is not a complete block.');
  }
  return unpad(transform(data, settings, false), settings.padding, unitOf(settings));
}

/** CFB of eight bits works byte by byte. */
function unitOf({ facts, mode }: CipherSettings): number {
  return mode === cipherModes.CFB ? 1 : facts.block;
}

function transform(data: Uint8Array, settings: CipherSettings, encrypts: boolean): Uint8Array {
  chargeBytes(data.length);
  const { name, key } = platformCipher(settings);
  const iv = settings.mode === cipherModes.ECB ? null : settings.iv;
  return guarded('Error occurred while decoding or encoding.', () => {
    const cipher = encrypts ? createCipheriv(name, key, iv) : createDecipheriv(name, key, iv);
    cipher.setAutoPadding(false);
    return Buffer.concat([cipher.update(data), cipher.final()]);
  });
}

function pad(data: Uint8Array, padding: number, unit: number): Uint8Array {
  const rest = data.length % unit;
  if (padding === paddingModes.None) {
    if (rest !== 0) throw cryptographic('The input data is not a complete block.');
    return data;
  }
  if (padding === paddingModes.Zeros) {
    return rest === 0 ? data : Buffer.concat([data, new Uint8Array(unit - rest)]);
  }
  const count = unit - rest;
  const tail =
    padding === paddingModes.PKCS7
      ? new Uint8Array(count).fill(count)
      : padding === paddingModes.ISO10126
        ? Uint8Array.from(randomBytes(count))
        : new Uint8Array(count);
  tail[count - 1] = count;
  return Buffer.concat([data, tail]);
}

function unpad(data: Uint8Array, padding: number, unit: number): Uint8Array {
  if (padding === paddingModes.None || padding === paddingModes.Zeros) return data;
  const count = data.at(-1) ?? 0;
  const tail = data.subarray(data.length - count, data.length - 1);
  const expected = { [paddingModes.PKCS7]: count, [paddingModes.ANSIX923]: 0 }[padding];
  const isWrong =
    count === 0 ||
    count > unit ||
    (expected !== undefined && tail.some((byte) => byte !== expected));
  if (isWrong) throw cryptographic('Padding is invalid and cannot be removed.');
  return data.subarray(0, data.length - count);
}
