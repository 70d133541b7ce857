// JSON Web Tokens in compact form (RFC 7519, RFC 7515): strict reading, verifying, signing.
import { createHmac, type KeyObject, sign, verify } from 'node:crypto';
import { assert, equalsConstantTime, type JsonObject, toBase64Url } from '../base/index.ts';
import {
  digestOf,
  isJwtAlgorithm,
  type JwtAlgorithm,
  keyFitsAlgorithm,
  signatureOptions,
} from './jwt-algorithms.ts';

/** Entra refuses larger assertions, gateways larger headers; bounds the work of a stranger. */
export const jwtCharactersMax = 65_536;

export interface JwtHeader {
  /** As written: may be `none` or unknown; `verifyJwt` decides. */
  readonly alg: string;
  readonly kid?: string;
  readonly typ?: string;
  readonly [name: string]: unknown;
}

export interface Jwt {
  readonly header: JwtHeader;
  readonly claims: JsonObject;
  /** `header.payload` exactly as it came: what the signature covers. */
  readonly signedText: string;
  /** Empty for an unsigned token. */
  readonly signature: Buffer;
}

const base64Url = /^[A-Za-z0-9_-]*$/;
const utf8 = new TextDecoder('utf-8', { fatal: true });

/**
 * Splits and decodes, no more. Gives undefined unless the text is three parts of unpadded
 * base64url, the first two JSON objects in UTF-8, with a string `alg` and without `crit`
 * (no extension is understood here: RFC 7515 section 4.1.11).
 */
export function parseJwt(text: string): Jwt | undefined {
  if (text.length > jwtCharactersMax) return undefined;
  const first = text.indexOf('.');
  const second = text.indexOf('.', first + 1);
  if (first <= 0 || second < 0 || text.indexOf('.', second + 1) >= 0) return undefined;
  const header = decodeObject(text.slice(0, first));
  const claims = decodeObject(text.slice(first + 1, second));
  const signature = decode(text.slice(second + 1));
  if (!header || !claims || !signature) return undefined;
  if (typeof header.alg !== 'string' || Object.hasOwn(header, 'crit')) return undefined;
  if (header.kid !== undefined && typeof header.kid !== 'string') return undefined;
  return {
    header: header as unknown as JwtHeader,
    claims,
    signedText: text.slice(0, second),
    signature,
  };
}

function decode(part: string): Buffer | undefined {
  if (!base64Url.test(part) || part.length % 4 === 1) return undefined;
  return Buffer.from(part, 'base64url');
}

function decodeObject(part: string): JsonObject | undefined {
  const bytes = decode(part);
  if (!bytes || bytes.length === 0) return undefined;
  try {
    const value: unknown = JSON.parse(utf8.decode(bytes));
    if (typeof value !== 'object' || value === null || Array.isArray(value)) return undefined;
    return value as JsonObject;
  } catch {
    return undefined;
  }
}

export type SignatureFailure = 'unsigned' | 'algorithm' | 'signature';

/**
 * Verifies over the original bytes with exactly this key; synchronous, because an RSA verification
 * costs less than a trip to the thread pool. Undefined where it holds. `algorithm`: the header's
 * `alg` is unknown or does not belong to this kind of key (HS256 with a public key, for example).
 */
export function verifyJwt(jwt: Jwt, key: KeyObject): SignatureFailure | undefined {
  const { alg } = jwt.header;
  if (alg.toLowerCase() === 'none') return 'unsigned';
  if (!isJwtAlgorithm(alg) || !keyFitsAlgorithm(key, alg)) return 'algorithm';
  if (jwt.signature.length === 0) return 'unsigned';
  const data = Buffer.from(jwt.signedText, 'latin1');
  if (key.type === 'secret') {
    const expected = createHmac(digestOf(alg), key).update(data).digest();
    return equalsConstantTime(expected, jwt.signature) ? undefined : 'signature';
  }
  const holds = verify(digestOf(alg), data, signatureOptions(alg, key), jwt.signature);
  return holds ? undefined : 'signature';
}

/** Signs claims under one header; what never changes is encoded once. */
export type JwtSigner = (claims: object) => Promise<string>;

/** `header.alg` must fit the key. The signature is made on the thread pool. */
export function createJwtSigner(
  key: KeyObject,
  header: { readonly alg: JwtAlgorithm; readonly [name: string]: unknown },
): JwtSigner {
  assert(keyFitsAlgorithm(key, header.alg), `${header.alg} with a key that does not fit`);
  const lead = `${toBase64Url(JSON.stringify(header))}.`;
  const digest = digestOf(header.alg);
  const options = signatureOptions(header.alg, key);
  return (claims) => {
    const text = lead + toBase64Url(JSON.stringify(claims));
    const data = Buffer.from(text, 'latin1');
    if (key.type === 'secret') {
      return Promise.resolve(`${text}.${createHmac(digest, key).update(data).digest('base64url')}`);
    }
    return new Promise((resolve, reject) => {
      sign(digest, data, options, (error, signature) => {
        if (error) reject(error);
        else resolve(`${text}.${signature.toString('base64url')}`);
      });
    });
  };
}

/** Signs once; `createJwtSigner` where the header repeats. */
export function signJwt(
  header: { readonly alg: JwtAlgorithm; readonly [name: string]: unknown },
  claims: object,
  key: KeyObject,
): Promise<string> {
  return createJwtSigner(key, header)(claims);
}
