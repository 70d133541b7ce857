// Signatures over a digest that is ready: node:crypto would hash it once more.
import {
  constants,
  createHash,
  createHmac,
  createPublicKey,
  type KeyObject,
  privateEncrypt,
  publicDecrypt,
  randomBytes,
} from 'node:crypto';
import type { ECDSA } from '@noble/curves/abstract/weierstrass.js';
import { p256, p384, p521 } from '@noble/curves/nist.js';
import { secp256k1 } from '@noble/curves/secp256k1.js';
import { equalsConstantTime, fromBase64Any } from '../base/index.ts';

export type DigestAlgorithm = keyof typeof digestAlgorithms;

interface AlgorithmFacts {
  readonly family: 'pkcs1' | 'pss' | 'ecdsa' | 'hmac';
  readonly digest: 'sha256' | 'sha384' | 'sha512' | 'none';
  /** Bytes the digest must have; any length below the modulus for `none`. */
  readonly bytes: number;
  /** Of ECDSA keys, as OpenSSL names it. */
  readonly curve?: string;
}

const facts = (
  family: AlgorithmFacts['family'],
  digest: AlgorithmFacts['digest'],
  curve?: string,
): AlgorithmFacts => ({
  family,
  digest,
  bytes: { sha256: 32, sha384: 48, sha512: 64, none: 0 }[digest],
  curve,
});

/** JOSE names (RFC 7518) with Azure's RSNULL: PKCS#1 padding around the value as it is. */
export const digestAlgorithms = {
  RS256: facts('pkcs1', 'sha256'),
  RS384: facts('pkcs1', 'sha384'),
  RS512: facts('pkcs1', 'sha512'),
  RSNULL: facts('pkcs1', 'none'),
  PS256: facts('pss', 'sha256'),
  PS384: facts('pss', 'sha384'),
  PS512: facts('pss', 'sha512'),
  ES256: facts('ecdsa', 'sha256', 'prime256v1'),
  ES256K: facts('ecdsa', 'sha256', 'secp256k1'),
  ES384: facts('ecdsa', 'sha384', 'secp384r1'),
  ES512: facts('ecdsa', 'sha512', 'secp521r1'),
  HS256: facts('hmac', 'sha256'),
  HS384: facts('hmac', 'sha384'),
  HS512: facts('hmac', 'sha512'),
} as const satisfies Record<string, AlgorithmFacts>;

/**
 * Signs a ready digest. RSA: PKCS#1 v1.5 or PSS with a salt as long as the hash (RFC 8017); EC:
 * r and s joined, each as long as the curve's order (RFC 7518 section 3.4); secret keys: HMAC over
 * the value. Throws RangeError for a digest of another length, TypeError for an unfit key.
 */
export function signDigest(key: KeyObject, algorithm: DigestAlgorithm, digest: Uint8Array): Buffer {
  const { family } = checkInput(key, algorithm, digest);
  if (family === 'hmac') return hmac(key, algorithm, digest);
  if (family === 'ecdsa') {
    const { curve, scalar } = curveKey(key);
    return Buffer.from(curve.sign(digest, scalar, { prehash: false, lowS: false }));
  }
  return signRsaDigest(key, family, digestAlgorithms[algorithm].digest, digest);
}

/** Hashes an RSA signature may be over; `none` takes the value as it is. */
export type RsaDigest = keyof typeof digestInfoHeads;

/** `signDigest` for RSA with any hash. The digest must be as long as the hash makes it. */
export function signRsaDigest(
  key: KeyObject,
  family: 'pkcs1' | 'pss',
  name: RsaDigest,
  digest: Uint8Array,
): Buffer {
  if (family === 'pkcs1') {
    const padding = constants.RSA_PKCS1_PADDING;
    return privateEncrypt({ key, padding }, digestInfo(name, digest));
  }
  const bits = modulusBits(key);
  const encoded = encodePss(name, digest, bits);
  const size = Math.ceil(bits / 8);
  const padded = Buffer.concat([Buffer.alloc(size - encoded.length), encoded]);
  return privateEncrypt({ key, padding: constants.RSA_NO_PADDING }, padded);
}

/** Whether the signature fits the ready digest; false too for signatures of a wrong length. */
export function verifyDigest(
  key: KeyObject,
  algorithm: DigestAlgorithm,
  digest: Uint8Array,
  signature: Uint8Array,
): boolean {
  const { family } = checkInput(key, algorithm, digest);
  if (family === 'hmac') return equalsConstantTime(hmac(key, algorithm, digest), signature);
  if (family === 'ecdsa') return verifyEcdsa(key, digest, signature);
  return verifyRsaDigest(key, family, digestAlgorithms[algorithm].digest, digest, signature);
}

/** `verifyDigest` for RSA with any hash. */
export function verifyRsaDigest(
  key: KeyObject,
  family: 'pkcs1' | 'pss',
  name: RsaDigest,
  digest: Uint8Array,
  signature: Uint8Array,
): boolean {
  const bits = modulusBits(key);
  if (signature.length !== Math.ceil(bits / 8)) return false;
  try {
    if (family === 'pkcs1') {
      const opened = publicDecrypt({ key, padding: constants.RSA_PKCS1_PADDING }, signature);
      return equalsConstantTime(opened, digestInfo(name, digest));
    }
    const opened = publicDecrypt({ key, padding: constants.RSA_NO_PADDING }, signature);
    return checkPss(name, digest, opened, bits);
  } catch {
    return false;
  }
}

function checkInput(key: KeyObject, algorithm: DigestAlgorithm, digest: Uint8Array) {
  const { family, bytes, curve }: AlgorithmFacts = digestAlgorithms[algorithm];
  if (bytes && digest.length !== bytes) {
    throw new RangeError(`${algorithm} requires a digest of ${bytes} bytes`);
  }
  const type = family === 'hmac' ? 'secret' : family === 'ecdsa' ? 'ec' : 'rsa';
  const found = key.type === 'secret' ? 'secret' : key.asymmetricKeyType;
  if (found !== type) throw new TypeError(`${algorithm} needs a key of type ${type}`);
  if (curve && key.asymmetricKeyDetails?.namedCurve !== curve) {
    throw new TypeError(`${algorithm} needs a key on ${curve}`);
  }
  return { family };
}

function hmac(key: KeyObject, algorithm: DigestAlgorithm, value: Uint8Array): Buffer {
  return createHmac(digestAlgorithms[algorithm].digest, key).update(value).digest();
}

const modulusBits = (key: KeyObject) => key.asymmetricKeyDetails?.modulusLength ?? 0;

/** DER of AlgorithmIdentifier and the head of the octet string (RFC 8017 section 9.2, note 1). */
const digestInfoHeads = {
  md5: Buffer.from('3020300c06082a864886f70d020505000410', 'hex'),
  sha1: Buffer.from('3021300906052b0e03021a05000414', 'hex'),
  sha256: Buffer.from('3031300d060960864801650304020105000420', 'hex'),
  sha384: Buffer.from('3041300d060960864801650304020205000430', 'hex'),
  sha512: Buffer.from('3051300d060960864801650304020305000440', 'hex'),
  none: Buffer.alloc(0),
};

function digestInfo(name: RsaDigest, digest: Uint8Array): Buffer {
  return Buffer.concat([digestInfoHeads[name], digest]);
}

/** EMSA-PSS-ENCODE (RFC 8017 section 9.1.1) from its step 5 on: the message is hashed already. */
function encodePss(name: RsaDigest, digest: Uint8Array, bits: number): Buffer {
  const emBits = bits - 1;
  const emLength = Math.ceil(emBits / 8);
  if (emLength < 2 * digest.length + 2) throw new RangeError('the key is too short for PSS');
  const salt = randomBytes(digest.length);
  const hash = createHash(name).update(Buffer.alloc(8)).update(digest).update(salt).digest();
  const maskLength = emLength - hash.length - 1;
  const masked = mgf1(name, hash, maskLength);
  const block = Buffer.concat([Buffer.alloc(maskLength - salt.length - 1), Buffer.from([1]), salt]);
  for (let index = 0; index < maskLength; index++) masked[index]! ^= block[index]!;
  masked[0]! &= 0xff >> (8 * emLength - emBits);
  return Buffer.concat([masked, hash, Buffer.from([0xbc])]);
}

/** EMSA-PSS-VERIFY (RFC 8017 section 9.1.2); the salt must be as long as the hash. */
function checkPss(name: RsaDigest, digest: Uint8Array, opened: Buffer, bits: number) {
  const emBits = bits - 1;
  const emLength = Math.ceil(emBits / 8);
  const encoded = opened.subarray(opened.length - emLength);
  const extra = opened.subarray(0, opened.length - emLength);
  if (extra.some((byte) => byte !== 0) || encoded.at(-1) !== 0xbc) return false;
  const maskLength = emLength - digest.length - 1;
  if (maskLength < digest.length + 1) return false;
  const hash = encoded.subarray(maskLength, maskLength + digest.length);
  const spareBits = 8 * emLength - emBits;
  if (encoded[0]! & ~(0xff >> spareBits)) return false;
  const block = mgf1(name, hash, maskLength);
  for (let index = 0; index < maskLength; index++) block[index]! ^= encoded[index]!;
  block[0]! &= 0xff >> spareBits;
  const saltAt = maskLength - digest.length;
  if (block.subarray(0, saltAt - 1).some((byte) => byte !== 0) || block[saltAt - 1] !== 1) {
    return false;
  }
  const again = createHash(name)
    .update(Buffer.alloc(8))
    .update(digest)
    .update(block.subarray(saltAt))
    .digest();
  return equalsConstantTime(again, hash);
}

function mgf1(name: string, seed: Buffer, length: number): Buffer {
  const blocks: Buffer[] = [];
  const counter = Buffer.alloc(4);
  for (let size = 0; size < length; size += blocks[0]!.length) {
    counter.writeUInt32BE(blocks.length);
    blocks.push(createHash(name).update(seed).update(counter).digest());
  }
  return Buffer.concat(blocks).subarray(0, length);
}

const curves: Record<string, ECDSA> = {
  prime256v1: p256,
  secp256k1,
  secp384r1: p384,
  secp521r1: p521,
};

/** The secret number of a private key, kept with the key object: exporting it is not free. */
const scalars = new WeakMap<KeyObject, Buffer>();

function curveKey(key: KeyObject): { curve: ECDSA; scalar: Buffer } {
  const curve = curves[key.asymmetricKeyDetails!.namedCurve!]!;
  let scalar = scalars.get(key);
  if (!scalar) {
    scalar = fromBase64Any(key.export({ format: 'jwk' }).d as string)!;
    scalars.set(key, scalar);
  }
  return { curve, scalar };
}

function verifyEcdsa(key: KeyObject, digest: Uint8Array, signature: Uint8Array): boolean {
  const curve = curves[key.asymmetricKeyDetails!.namedCurve!]!;
  const publicKey = key.type === 'public' ? key : createPublicKey(key);
  const { x, y } = publicKey.export({ format: 'jwk' });
  const point = Buffer.concat([Buffer.from([4]), fromBase64Any(x!)!, fromBase64Any(y!)!]);
  try {
    return curve.verify(signature, digest, point, { prehash: false, lowS: false });
  } catch {
    return false;
  }
}
