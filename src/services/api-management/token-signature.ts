// Who signed a token: metadata of issuers, keys written into the policy, and unsigned tokens.
import { createPublicKey, createSecretKey, type KeyObject } from 'node:crypto';
import { fromBase64Any, type JsonObject } from '../../base/index.ts';
import { keyOfJwk, parseJwt, verifyJwt } from '../../crypto/index.ts';
import type { RefusedToken, TokenVerifier } from '../../http/index.ts';
import type { JwtValue } from './jwt-value.ts';
import type { Refusal } from './token-rules.ts';

export interface InlineKey {
  readonly id: string | undefined;
  readonly key: KeyObject;
}

export interface SignatureRules {
  readonly metadataUrls: readonly string[];
  readonly keys: readonly InlineKey[];
  readonly requireSigned: boolean;
}

export interface SignedToken extends JwtValue {
  /** Issuers that the metadata which verified it names. */
  readonly metadataIssuer: string | undefined;
  /** Entra's keys may be bound to one issuer. */
  readonly keyIssuer: string | undefined;
}

/** Keys of the policy first, then each metadata document; the refusal is that of the last one. */
export async function verifySignature(
  token: string,
  rules: SignatureRules,
  verifier: TokenVerifier,
  hops: number,
): Promise<SignedToken | Refusal> {
  let refusal: Refusal = rules.metadataUrls.length === 0 ? noKeys : malformed;
  if (rules.keys.length > 0 || !rules.requireSigned || rules.metadataUrls.length === 0) {
    const found = withInlineKeys(token, rules);
    if ('claims' in found) return found;
    refusal = found;
    if (found.reason === 'JwtInvalid') return found;
  }
  for (const metadataUrl of rules.metadataUrls) {
    const result = await verifier.verify(token, { metadataUrl }, hops);
    if (result.ok) {
      const { header, claims, metadataIssuer, keyIssuer } = result;
      return { header, claims, metadataIssuer, keyIssuer };
    }
    refusal = refusalOf(result);
  }
  return refusal;
}

function withInlineKeys(token: string, rules: SignatureRules): SignedToken | Refusal {
  const jwt = parseJwt(token);
  if (!jwt) return malformed;
  const { header, claims } = jwt;
  const signed = {
    header,
    claims: claims as Readonly<JsonObject>,
    metadataIssuer: undefined,
    keyIssuer: undefined,
  };
  if (header.alg.toLowerCase() === 'none' || jwt.signature.length === 0) {
    return rules.requireSigned ? unsigned(header.alg) : signed;
  }
  if (rules.keys.length === 0) return noKeys;
  const named = rules.keys.filter(({ id }) => id !== undefined && id === header.kid);
  for (const { key } of named.length > 0 ? named : rules.keys) {
    if (verifyJwt(jwt, key) === undefined) return signed;
  }
  return signatureInvalid(header.kid, header.alg);
}

const fixOfSignature =
  'Get the token from an issuer whose keys are published at the openid-config url of the policy.';

const noKeys: Refusal = {
  reason: 'TokenSignatureKeyNotFound',
  message:
    'IDX10500: Signature validation failed. No security keys were provided to validate the signature. Access denied.',
  rule: 'token signature',
  fix: 'Give the policy an openid-config or issuer-signing-keys.',
};

const malformed: Refusal = {
  reason: 'JwtInvalid',
  message: 'IDX12741: JWT must have three segments (JWS) or five segments (JWE).',
  rule: 'token form',
  fix: 'Send a signed JWT in compact form: three parts of base64url with dots between.',
};

function unsigned(alg: string): Refusal {
  return {
    reason: 'TokenSignatureInvalid',
    message:
      'IDX10504: Unable to validate signature, token does not have a signature. Access denied.',
    rule: 'token signature',
    input: { alg },
    fix: 'Send a signed token; unsigned ones pass only with require-signed-tokens="false".',
  };
}

function signatureInvalid(kid: string | undefined, alg: string): Refusal {
  return {
    reason: 'TokenSignatureInvalid',
    message: `IDX10511: Signature validation failed. Keys tried: the key with kid '${kid ?? ''}'. Access denied.`,
    rule: 'token signature',
    input: { alg, kid },
    fix: 'The token was changed after it was signed, or another key signed it. Get a new one.',
  };
}

function refusalOf({ failure, reason, unproven }: RefusedToken): Refusal {
  const { alg = '', kid } = unproven?.header ?? {};
  switch (failure) {
    case 'malformed':
      return malformed;
    case 'unsigned':
      return unsigned(alg);
    case 'signature':
      return signatureInvalid(kid, alg);
    case 'unknown-key':
      return {
        reason: 'TokenSignatureKeyNotFound',
        message:
          kid === undefined
            ? 'IDX10517: Signature validation failed. The token has no kid, and no key verified it. Access denied.'
            : `IDX10503: Signature validation failed. Token does not match any key; its kid is '${kid}'. Access denied.`,
        rule: 'token signature',
        input: { alg, kid },
        fix: fixOfSignature,
      };
    case 'algorithm':
      return {
        reason: 'TokenSignatureInvalid',
        message: `IDX10511: Signature validation failed. The algorithm '${alg}' does not fit the key with kid '${kid ?? ''}'. Access denied.`,
        rule: 'token signature',
        input: { alg, kid },
        fix: 'Use the algorithm of the key: RS256 for Entra.',
      };
    case 'keys-unavailable':
      return {
        reason: 'TokenSignatureKeyNotFound',
        message: `IDX20803: Unable to obtain configuration. ${reason} Access denied.`,
        rule: 'token signature',
        input: { alg, kid },
        fix: 'Check the openid-config url, and that its host is in the host table.',
      };
  }
}

/** A key as a policy writes it: `n` and `e`, or base64 of a secret or a public key's DER. */
export function inlineKey(parts: {
  readonly modulus?: string;
  readonly exponent?: string;
  readonly text?: string;
}): KeyObject | undefined {
  if (parts.modulus && parts.exponent) {
    return keyOfJwk({ kty: 'RSA', n: parts.modulus, e: parts.exponent });
  }
  const bytes = parts.text ? fromBase64Any(parts.text.replace(/\s/g, '')) : undefined;
  if (!bytes || bytes.length === 0) return undefined;
  try {
    return createPublicKey({ key: bytes, format: 'der', type: 'spki' });
  } catch {
    return createSecretKey(bytes);
  }
}
