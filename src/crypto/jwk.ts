// JSON Web Keys (RFC 7517) and the thumbprints that name keys and certificates.
import {
  createHash,
  createPublicKey,
  createSecretKey,
  hash,
  type JsonWebKeyInput,
  type KeyObject,
  X509Certificate,
} from 'node:crypto';
import { fromBase64Any } from '../base/index.ts';
import { publicHalf } from './jwt-algorithms.ts';

/** A key as a JWKS publishes it; unknown members are kept. */
export interface Jwk {
  readonly kty: string;
  readonly kid?: string;
  readonly use?: string;
  readonly alg?: string;
  readonly x5t?: string;
  readonly x5c?: readonly string[];
  readonly [name: string]: unknown;
}

/** The public key in JWK form: `kty` and its numbers only. */
export function jwkOf(key: KeyObject): Jwk {
  return publicHalf(key).export({ format: 'jwk' }) as unknown as Jwk;
}

/**
 * The public key (or secret, `kty` oct) of a JWK. Without its numbers, the first certificate of
 * `x5c` gives it. Undefined for a key that cannot be used; private members are ignored.
 */
export function keyOfJwk(jwk: Jwk): KeyObject | undefined {
  try {
    if (jwk.kty === 'oct' && typeof jwk.k === 'string') {
      const secret = fromBase64Any(jwk.k);
      return secret && secret.length > 0 ? createSecretKey(secret) : undefined;
    }
    const { kty, n, e, crv, x, y } = jwk;
    if ((kty === 'RSA' && n && e) || (kty === 'EC' && crv && x && y)) {
      const members = { kty, n, e, crv, x, y };
      return createPublicKey({ key: members, format: 'jwk' } as JsonWebKeyInput);
    }
    const der = typeof jwk.x5c?.[0] === 'string' ? fromBase64Any(jwk.x5c[0]) : undefined;
    return der && new X509Certificate(der).publicKey;
  } catch {
    return undefined;
  }
}

/** RFC 7638: base64url SHA-256 of the required members in order. */
export function jwkThumbprint(key: KeyObject): string {
  const { kty, n, e, crv, x, y } = jwkOf(key);
  const members = kty === 'RSA' ? { e, kty, n } : { crv, kty, x, y };
  return createHash('sha256').update(JSON.stringify(members)).digest('base64url');
}

export interface CertificateThumbprints {
  /** SHA-1 of the DER, 20 bytes. */
  readonly sha1: Buffer;
  /** SHA-256 of the DER, 32 bytes. */
  readonly sha256: Buffer;
  /** base64url of each, as the header parameters of RFC 7515 sections 4.1.7 and 4.1.8. */
  readonly x5t: string;
  readonly x5tS256: string;
}

/** Thumbprints of a certificate in DER form. */
export function certificateThumbprints(der: Uint8Array): CertificateThumbprints {
  const sha1 = hash('sha1', der, 'buffer');
  const sha256 = hash('sha256', der, 'buffer');
  return { sha1, sha256, x5t: sha1.toString('base64url'), x5tS256: sha256.toString('base64url') };
}
