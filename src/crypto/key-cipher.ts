// Encryption and key wrapping with RSA and AES keys, by the names of RFC 7518 and Azure.
import {
  constants,
  createCipheriv,
  createDecipheriv,
  type KeyObject,
  privateDecrypt,
  publicEncrypt,
  randomBytes,
} from 'node:crypto';

export type CipherAlgorithm = RsaCipher | AesCipher | KeyWrap;
export type RsaCipher = keyof typeof rsaCiphers;
export type AesCipher = keyof typeof aesCiphers;
export type KeyWrap = keyof typeof keyWraps;

/** Padding of each RSA algorithm (RFC 8017 section 7). */
export const rsaCiphers = {
  RSA1_5: { padding: constants.RSA_PKCS1_PADDING, overhead: 11 },
  'RSA-OAEP': { padding: constants.RSA_PKCS1_OAEP_PADDING, oaepHash: 'sha1', overhead: 42 },
  'RSA-OAEP-256': { padding: constants.RSA_PKCS1_OAEP_PADDING, oaepHash: 'sha256', overhead: 66 },
} as const;

export const aesCiphers = {
  A128GCM: { bits: 128, mode: 'gcm', padded: false },
  A192GCM: { bits: 192, mode: 'gcm', padded: false },
  A256GCM: { bits: 256, mode: 'gcm', padded: false },
  A128CBC: { bits: 128, mode: 'cbc', padded: false },
  A192CBC: { bits: 192, mode: 'cbc', padded: false },
  A256CBC: { bits: 256, mode: 'cbc', padded: false },
  A128CBCPAD: { bits: 128, mode: 'cbc', padded: true },
  A192CBCPAD: { bits: 192, mode: 'cbc', padded: true },
  A256CBCPAD: { bits: 256, mode: 'cbc', padded: true },
} as const;

/** RFC 3394, and RFC 5649 for `_PAD`; `CKM_…` take the size of the key. */
export const keyWraps = {
  A128KW: { bits: 128, padded: false },
  A192KW: { bits: 192, padded: false },
  A256KW: { bits: 256, padded: false },
  CKM_AES_KEY_WRAP: { bits: 0, padded: false },
  CKM_AES_KEY_WRAP_PAD: { bits: 0, padded: true },
} as const;

export interface CipherText {
  readonly value: Buffer;
  /** AES only. */
  readonly iv?: Buffer;
  /** GCM only. */
  readonly tag?: Buffer;
}

export interface CipherInput {
  readonly key: KeyObject;
  readonly algorithm: CipherAlgorithm;
  readonly value: Uint8Array;
  readonly iv?: Uint8Array;
  readonly tag?: Uint8Array;
  readonly additionalData?: Uint8Array;
}

/** What was given cannot be encrypted or decrypted so; the message says why, without the value. */
export class CipherError extends Error {
  constructor(message: string) {
    super(message);
    this.name = 'CipherError';
  }
}

const isRsa = (name: string): name is RsaCipher => Object.hasOwn(rsaCiphers, name);
const isAes = (name: string): name is AesCipher => Object.hasOwn(aesCiphers, name);

/** Encrypts or wraps. RSA with the public half. Throws CipherError. */
export function encryptWithKey(input: CipherInput): CipherText {
  const { key, algorithm, value } = input;
  if (isRsa(algorithm)) {
    const { padding, overhead, ...rest } = rsaCiphers[algorithm];
    const room = (key.asymmetricKeyDetails?.modulusLength ?? 0) / 8 - overhead;
    if (value.length > room) {
      throw new CipherError(`${algorithm} with this key takes at most ${room} bytes`);
    }
    return { value: publicEncrypt({ key, padding, ...rest }, value) };
  }
  return isAes(algorithm) ? encryptAes(input, algorithm) : { value: wrap(input, algorithm, true) };
}

/** Decrypts or unwraps, with the private half. Throws CipherError where the value does not fit. */
export function decryptWithKey(input: CipherInput): Buffer {
  const { key, algorithm, value } = input;
  if (isRsa(algorithm)) {
    const { padding, overhead: _, ...rest } = rsaCiphers[algorithm];
    try {
      return privateDecrypt({ key, padding, ...rest }, value);
    } catch {
      throw new CipherError('the value was not encrypted for this key and algorithm');
    }
  }
  return isAes(algorithm) ? decryptAes(input, algorithm) : wrap(input, algorithm, false);
}

function checkSize(key: KeyObject, algorithm: string, bits: number): number {
  const found = (key.symmetricKeySize ?? 0) * 8;
  if (key.type !== 'secret' || (bits && found !== bits)) {
    throw new CipherError(`${algorithm} needs a symmetric key of ${bits} bits`);
  }
  return found;
}

function encryptAes(input: CipherInput, algorithm: AesCipher): CipherText {
  const { key, value, additionalData } = input;
  const { bits, mode, padded } = aesCiphers[algorithm];
  checkSize(key, algorithm, bits);
  if (mode === 'gcm') {
    // The iv is made here: a repeated one would give the key away.
    const iv = randomBytes(12);
    const cipher = createCipheriv(`aes-${bits}-gcm` as 'aes-256-gcm', key, iv);
    if (additionalData) cipher.setAAD(additionalData);
    const out = Buffer.concat([cipher.update(value), cipher.final()]);
    return { value: out, iv, tag: cipher.getAuthTag() };
  }
  if (!padded && value.length % 16) {
    throw new CipherError(`${algorithm} takes whole blocks of 16 bytes`);
  }
  const iv = Buffer.from(input.iv ?? randomBytes(16));
  if (iv.length !== 16) throw new CipherError(`${algorithm} needs an iv of 16 bytes`);
  const cipher = createCipheriv(`aes-${bits}-cbc`, key, iv).setAutoPadding(padded);
  return { value: Buffer.concat([cipher.update(value), cipher.final()]), iv };
}

function decryptAes(input: CipherInput, algorithm: AesCipher): Buffer {
  const { key, value, iv, tag, additionalData } = input;
  const { bits, mode, padded } = aesCiphers[algorithm];
  checkSize(key, algorithm, bits);
  const ivBytes = mode === 'gcm' ? 12 : 16;
  if (iv?.length !== ivBytes) throw new CipherError(`${algorithm} needs an iv of ${ivBytes} bytes`);
  try {
    if (mode === 'gcm') {
      if (tag?.length !== 16) throw new CipherError(`${algorithm} needs a tag of 16 bytes`);
      const cipher = createDecipheriv(`aes-${bits}-gcm` as 'aes-256-gcm', key, iv);
      cipher.setAuthTag(tag);
      if (additionalData) cipher.setAAD(additionalData);
      return Buffer.concat([cipher.update(value), cipher.final()]);
    }
    const cipher = createDecipheriv(`aes-${bits}-cbc`, key, iv).setAutoPadding(padded);
    return Buffer.concat([cipher.update(value), cipher.final()]);
  } catch (error) {
    if (error instanceof CipherError) throw error;
    throw new CipherError('the value does not decrypt with this key');
  }
}

function wrap(input: CipherInput, algorithm: KeyWrap, forward: boolean): Buffer {
  const { bits, padded } = keyWraps[algorithm];
  const size = checkSize(input.key, algorithm, bits);
  const name = padded ? `id-aes${size}-wrap-pad` : `id-aes${size}-wrap`;
  const iv = Buffer.from(padded ? 'a65959a6' : 'a6a6a6a6a6a6a6a6', 'hex');
  try {
    const cipher = (forward ? createCipheriv : createDecipheriv)(name, input.key, iv);
    return Buffer.concat([cipher.update(input.value), cipher.final()]);
  } catch {
    throw new CipherError(
      forward
        ? `${algorithm} cannot wrap a value of ${input.value.length} bytes`
        : 'the value was not wrapped with this key',
    );
  }
}
