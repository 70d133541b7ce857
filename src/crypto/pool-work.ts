// The kinds of work that a worker thread of the pool does, as plain functions.
import { createSecretKey, generateKeyPairSync, type KeyObject, randomBytes } from 'node:crypto';
import { type DigestAlgorithm, signDigest, verifyDigest } from './digest-signature.ts';
import { type CipherInput, decryptWithKey, encryptWithKey } from './key-cipher.ts';
import { readPfx } from './pfx.ts';

export type KeySpecification =
  | { readonly type: 'rsa'; readonly bits: number; readonly exponent?: number }
  /** OpenSSL's name of the curve. */
  | { readonly type: 'ec'; readonly curve: string }
  | { readonly type: 'oct'; readonly bits: number };

type Keyless<Input> = Omit<Input, 'key'>;

/** What each kind takes beside the key, and gives. Everything can be cloned between threads. */
export interface PoolWork {
  sign: { input: { algorithm: DigestAlgorithm; digest: Uint8Array }; output: Uint8Array };
  verify: {
    input: { algorithm: DigestAlgorithm; digest: Uint8Array; signature: Uint8Array };
    output: boolean;
  };
  encrypt: {
    input: Keyless<CipherInput>;
    output: { value: Uint8Array; iv?: Uint8Array; tag?: Uint8Array };
  };
  decrypt: { input: Keyless<CipherInput>; output: Uint8Array };
  generate: { input: KeySpecification; output: KeyObject };
  readPfx: {
    input: { bytes: Uint8Array; password: string };
    output: { privateKey?: Uint8Array; certificates: Uint8Array[] };
  };
}

export type PoolWorkName = keyof PoolWork;

/** Long work has threads of its own, so that a signature never waits behind a key generation. */
export const slowWork: ReadonlySet<PoolWorkName> = new Set(['generate', 'readPfx']);

type Work = {
  [Name in PoolWorkName]: (
    input: PoolWork[Name]['input'],
    key: KeyObject,
  ) => PoolWork[Name]['output'] | Promise<PoolWork[Name]['output']>;
};

export const poolWork: Work = {
  sign: ({ algorithm, digest }, key) => signDigest(key, algorithm, digest),
  verify: ({ algorithm, digest, signature }, key) =>
    verifyDigest(key, algorithm, digest, signature),
  encrypt: (input, key) => encryptWithKey({ ...input, key }),
  decrypt: (input, key) => decryptWithKey({ ...input, key }),
  generate: generateKey,
  readPfx: ({ bytes, password }) => readPfx(bytes, password),
};

function generateKey(specification: KeySpecification): KeyObject {
  if (specification.type === 'oct') return createSecretKey(randomBytes(specification.bits / 8));
  if (specification.type === 'ec') {
    return generateKeyPairSync('ec', { namedCurve: specification.curve }).privateKey;
  }
  const { bits: modulusLength, exponent: publicExponent = 65_537 } = specification;
  return generateKeyPairSync('rsa', { modulusLength, publicExponent }).privateKey;
}
