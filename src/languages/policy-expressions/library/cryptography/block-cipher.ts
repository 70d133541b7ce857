// Block ciphers as .NET runs them: modes and paddings over OpenSSL's plain modes.
import { type Cipheriv, createCipheriv, createDecipheriv, type Decipheriv } from 'node:crypto';
import { chargeBytes, cryptographic, guarded } from './failures.ts';
import type { Sizes } from './key-sizes.ts';
import { randomBytes } from './random-number-generator.ts';

export const cipherModes = { CBC: 1, ECB: 2, OFB: 3, CFB: 4, CTS: 5 };
export const paddingModes = { None: 1, PKCS7: 2, Zeros: 3, ANSIX923: 4, ISO10126: 5 };

export interface CipherFacts {
  readonly name: 'Aes' | 'TripleDES' | 'DES';
  /** In bits. */
  readonly keys: Sizes;
  /** In bytes. */
  readonly block: number;
  /** Bits that CFB may feed back. */
  readonly feedback: readonly number[];
}

/** The algorithms; RC2 is not among them. */
export const ciphers: Readonly<Record<CipherFacts['name'], CipherFacts>> = {
  Aes: { name: 'Aes', keys: { min: 128, max: 256, skip: 64 }, block: 16, feedback: [8, 128] },
  TripleDES: {
    ...{ name: 'TripleDES', keys: { min: 128, max: 192, skip: 64 } },
    ...{ block: 8, feedback: [8, 64] },
  },
  DES: { name: 'DES', keys: { min: 64, max: 64, skip: 0 }, block: 8, feedback: [8, 64] },
};

export interface CipherSettings {
  readonly facts: CipherFacts;
  readonly key: Uint8Array;
  readonly iv: Uint8Array;
  readonly mode: number;
  readonly padding: number;
  /** Bits. */
  readonly feedback: number;
}

const suffixes: Readonly<Record<number, string>> = {
  [cipherModes.CBC]: 'cbc',
  [cipherModes.ECB]: 'ecb',
};

/** OpenSSL's name and key: DES is triple DES with one key three times. */
function platformCipher({ facts, key, mode, feedback }: CipherSettings) {
  const whole = feedback === facts.block * 8;
  const suffix = suffixes[mode] ?? (whole ? 'cfb' : 'cfb8');
  if (facts.name === 'Aes') return { name: `aes-${key.length * 8}-${suffix}`, key };
  const parts =
    key.length === 24 ? [key] : key.length === 16 ? [key, key.subarray(0, 8)] : [key, key, key];
  return { name: suffix === 'ecb' ? 'des-ede3' : `des-ede3-${suffix}`, key: Buffer.concat(parts) };
}

/** Encryption or decryption under way; when it is finished it may start anew. */
export class BlockTransform {
  readonly settings: CipherSettings;
  private readonly encrypts: boolean;
  private cipher: Cipheriv | Decipheriv | undefined;
  /** Of a decryption: the last block, which may be padding. */
  private held: Uint8Array = new Uint8Array();

  constructor(settings: CipherSettings, encrypts: boolean) {
    this.settings = settings;
    this.encrypts = encrypts;
  }

  /** Bytes of a unit: CFB works in units of what it feeds back. */
  get unit(): number {
    const { facts, mode, feedback } = this.settings;
    return mode === cipherModes.CFB ? feedback / 8 : facts.block;
  }

  /** Takes whole blocks. A decryption that removes padding keeps the last one back. */
  update(data: Uint8Array): Uint8Array {
    if (this.encrypts || !this.removesPadding) return this.run(data);
    const all = Buffer.concat([this.held, data]);
    const ready = all.length - this.settings.facts.block;
    this.held = Uint8Array.from(all.subarray(ready));
    return this.run(all.subarray(0, ready));
  }

  finish(data: Uint8Array): Uint8Array {
    const { padding } = this.settings;
    if (!this.encrypts && data.length % this.unit !== 0) throw incomplete();
    const given = this.encrypts ? pad(data, padding, this.unit) : Buffer.concat([this.held, data]);
    const out = this.run(given);
    this.reset();
    return this.encrypts || out.length === 0 ? out : unpad(out, padding, this.unit);
  }

  reset(): void {
    this.cipher = undefined;
    this.held = new Uint8Array();
  }

  private get removesPadding(): boolean {
    const { padding } = this.settings;
    return padding !== paddingModes.None && padding !== paddingModes.Zeros;
  }

  private run(data: Uint8Array): Uint8Array {
    chargeBytes(data.length);
    return guarded('Error occurred while decoding or encoding.', () => {
      this.cipher ??= this.start();
      return this.cipher.update(data);
    });
  }

  private start(): Cipheriv | Decipheriv {
    const { name, key } = platformCipher(this.settings);
    const iv = this.settings.mode === cipherModes.ECB ? null : this.settings.iv;
    const make = this.encrypts ? createCipheriv : createDecipheriv;
    const cipher = make(name, key, iv);
    cipher.setAutoPadding(false);
    return cipher;
  }
}

/** Encrypts all of `data`. */
export function encryptBytes(data: Uint8Array, settings: CipherSettings): Uint8Array {
  return new BlockTransform(settings, true).finish(data);
}

/** Decrypts all of `data`. Throws CryptographicException for a wrong padding. */
export function decryptBytes(data: Uint8Array, settings: CipherSettings): Uint8Array {
  return new BlockTransform(settings, false).finish(data);
}

const incomplete = () => cryptographic('The input data is not a complete block.');

function pad(data: Uint8Array, padding: number, unit: number): Uint8Array {
  const rest = data.length % unit;
  if (padding === paddingModes.None) {
    if (rest !== 0) throw incomplete();
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
