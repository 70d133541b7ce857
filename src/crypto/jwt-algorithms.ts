// The signature algorithms of RFC 7518 section 3.1, and which keys may be used with each.
import { constants, createPublicKey, type KeyObject } from 'node:crypto';

interface AlgorithmRule {
  readonly family: 'rsa' | 'ec' | 'oct';
  readonly digest: 'sha256' | 'sha384' | 'sha512';
  readonly pss?: boolean;
  /** OpenSSL's name of the only curve. */
  readonly curve?: string;
}

const rules: ReadonlyMap<string, AlgorithmRule> = new Map([
  ['RS256', { family: 'rsa', digest: 'sha256' }],
  ['RS384', { family: 'rsa', digest: 'sha384' }],
  ['RS512', { family: 'rsa', digest: 'sha512' }],
  ['PS256', { family: 'rsa', digest: 'sha256', pss: true }],
  ['PS384', { family: 'rsa', digest: 'sha384', pss: true }],
  ['PS512', { family: 'rsa', digest: 'sha512', pss: true }],
  ['ES256', { family: 'ec', digest: 'sha256', curve: 'prime256v1' }],
  ['ES384', { family: 'ec', digest: 'sha384', curve: 'secp384r1' }],
  ['ES512', { family: 'ec', digest: 'sha512', curve: 'secp521r1' }],
  ['ES256K', { family: 'ec', digest: 'sha256', curve: 'secp256k1' }],
  ['HS256', { family: 'oct', digest: 'sha256' }],
  ['HS384', { family: 'oct', digest: 'sha384' }],
  ['HS512', { family: 'oct', digest: 'sha512' }],
]);

export type JwtAlgorithm =
  | 'RS256'
  | 'RS384'
  | 'RS512'
  | 'PS256'
  | 'PS384'
  | 'PS512'
  | 'ES256'
  | 'ES384'
  | 'ES512'
  | 'ES256K'
  | 'HS256'
  | 'HS384'
  | 'HS512';

/** RFC 7518 section 3.3: 2048 bits or more. */
const rsaModulusBitsMin = 2048;

/** `none` and unknown names are not algorithms. */
export function isJwtAlgorithm(name: unknown): name is JwtAlgorithm {
  return typeof name === 'string' && rules.has(name);
}

export function digestOf(algorithm: JwtAlgorithm): 'sha256' | 'sha384' | 'sha512' {
  return rules.get(algorithm)!.digest;
}

/**
 * Whether this key may be used with this algorithm: a public or private key never with HS*, a
 * secret never with the others, a curve only with its own algorithm, RSA from 2048 bits on.
 */
export function keyFitsAlgorithm(key: KeyObject, algorithm: JwtAlgorithm): boolean {
  const rule = rules.get(algorithm);
  if (!rule) return false;
  if (key.type === 'secret') return rule.family === 'oct';
  const detail = key.asymmetricKeyDetails;
  if (rule.family === 'rsa') {
    const kind =
      key.asymmetricKeyType === 'rsa' || (rule.pss && key.asymmetricKeyType === 'rsa-pss');
    return Boolean(kind) && (detail?.modulusLength ?? 0) >= rsaModulusBitsMin;
  }
  return (
    rule.family === 'ec' && key.asymmetricKeyType === 'ec' && detail?.namedCurve === rule.curve
  );
}

/** Options for Node's `sign` and `verify`: padding, salt length, and JOSE's form of ECDSA. */
export function signatureOptions(algorithm: JwtAlgorithm, key: KeyObject) {
  const rule = rules.get(algorithm)!;
  if (rule.family === 'ec') return { key, dsaEncoding: 'ieee-p1363' as const };
  if (!rule.pss) return { key };
  const { RSA_PKCS1_PSS_PADDING: padding, RSA_PSS_SALTLEN_DIGEST: saltLength } = constants;
  return { key, padding, saltLength };
}

/** The public half of a private key; a public key itself. */
export function publicHalf(key: KeyObject): KeyObject {
  return key.type === 'private' ? createPublicKey(key) : key;
}
