// Verifies tokens of issuers known by address; the costly part is done once per token.
import { hash } from 'node:crypto';
import { assert, type Clock, type JsonObject } from '../base/index.ts';
import { type Jwt, type JwtHeader, parseJwt, verifyJwt } from '../crypto/index.ts';
import type { Outbound } from './exchange.ts';
import {
  createIssuerKeys,
  type IssuerKey,
  type IssuerKeys,
  type KeySet,
  type KeySource,
  KeysUnavailableError,
} from './issuer-keys.ts';

/** Who signed it holds; times, audience and issuer are still to be checked, on every use. */
export interface VerifiedToken {
  readonly ok: true;
  /** Frozen: the cache hands the same object to every caller. */
  readonly header: JwtHeader;
  readonly claims: Readonly<JsonObject>;
  /** The metadata's issuer, for callers whose rule is "the issuer the metadata names". */
  readonly metadataIssuer: string | undefined;
  /** The `issuer` member of the key that signed it (Entra): the token's `iss` must fit it. */
  readonly keyIssuer: string | undefined;
}

/**
 * - `malformed`: not three parts of base64url JSON;
 * - `unsigned`: `alg` none, or no signature;
 * - `algorithm`: an algorithm that does not belong to the key named;
 * - `unknown-key`: no published key has this `kid`;
 * - `signature`: the key is known, the signature is not its own;
 * - `keys-unavailable`: the issuer's keys could not be fetched.
 */
export type TokenFailure =
  | 'malformed'
  | 'unsigned'
  | 'algorithm'
  | 'unknown-key'
  | 'signature'
  | 'keys-unavailable';

export interface RefusedToken {
  readonly ok: false;
  readonly failure: TokenFailure;
  /** One plain sentence without any part of the token but `alg` and `kid`. */
  readonly reason: string;
  /** Of a token that could be read: what it claims, unproven. For explanations only. */
  readonly unproven?: { readonly header: JwtHeader; readonly claims: Readonly<JsonObject> };
}

export type TokenVerification = VerifiedToken | RefusedToken;

export interface TokenVerifier {
  /**
   * Verifies the signature of a compact JWT with the keys published at the source (or with `keys`
   * given outright, never cached). `hops`: the caller's own `Connection.hops`.
   */
  verify(
    token: string,
    source: KeySource | { readonly keys: readonly IssuerKey[] },
    hops?: number,
  ): Promise<TokenVerification>;
}

/** About 3 kB each with its claims. */
const verifiedTokensMax = 4_096;

/**
 * A verifier with its own key sets and cache; one per process suffices. Hits of the cache cost one
 * SHA-256. A hit is valid only while the source's key set has not changed and is still fresh.
 *
 * ```ts
 * const result = await verifier.verify(token, { metadataUrl });
 * if (!result.ok) return refuse(result.failure, result.reason);
 * const late = checkTimes(result.claims, clock.now(), 300_000);
 * ```
 */
export function createTokenVerifier(options: {
  readonly outbound: Outbound;
  readonly clock: Clock;
  /** To share fetched key sets with others; made when absent. */
  readonly issuerKeys?: IssuerKeys;
}): TokenVerifier {
  const issuerKeys = options.issuerKeys ?? createIssuerKeys(options);
  const cache = new Map<string, { readonly generation: number; readonly result: VerifiedToken }>();

  function remember(id: string, generation: number, result: VerifiedToken): void {
    cache.delete(id);
    if (cache.size >= verifiedTokensMax) cache.delete(cache.keys().next().value!);
    cache.set(id, { generation, result });
  }

  return {
    async verify(token, source, hops) {
      if ('keys' in source) {
        const jwt = parseJwt(token);
        return jwt ? verifyWith(jwt, { issuer: undefined, keys: source.keys }) : malformed;
      }
      const address = 'metadataUrl' in source ? source.metadataUrl : source.jwksUrl;
      const id = `${hash('sha256', token, 'base64')} ${address}`;
      const fresh = issuerKeys.peek(source);
      const hit = cache.get(id);
      if (fresh && hit?.generation === fresh.generation) return hit.result;
      const jwt = parseJwt(token);
      if (!jwt) return malformed;
      if (jwt.header.alg.toLowerCase() === 'none') return unsigned(jwt);
      try {
        let set = fresh ?? (await issuerKeys.get(source, hops));
        let result = verifyWith(jwt, set);
        if (!result.ok && result.failure === 'unknown-key') {
          set = await issuerKeys.refetch(source, hops);
          result = verifyWith(jwt, set);
        }
        if (result.ok) remember(id, set.generation, result);
        return result;
      } catch (error) {
        assert(error instanceof KeysUnavailableError, String(error));
        return refusal(
          jwt,
          'keys-unavailable',
          `The issuer's keys are not available: ${error.message}.`,
        );
      }
    },
  };
}

const malformed: RefusedToken = {
  ok: false,
  failure: 'malformed',
  reason: 'The token is not a signed JWT in compact form.',
};

function unsigned(jwt: Jwt): RefusedToken {
  return refusal(jwt, 'unsigned', `The token is not signed (alg '${jwt.header.alg}').`);
}

function refusal(jwt: Jwt, failure: TokenFailure, reason: string): RefusedToken {
  return { ok: false, failure, reason, unproven: { header: jwt.header, claims: jwt.claims } };
}

/** The key named by `kid` or `x5t`; a token that names none may be signed by any of the set. */
function candidates(header: JwtHeader, keys: readonly IssuerKey[]): readonly IssuerKey[] {
  const { kid, x5t } = header;
  if (kid === undefined && x5t === undefined) return keys;
  return keys.filter(
    (key) =>
      (kid !== undefined && (key.kid === kid || (key.kid === undefined && key.x5t === kid))) ||
      (kid === undefined && key.x5t === x5t),
  );
}

function verifyWith(jwt: Jwt, set: Pick<KeySet, 'issuer' | 'keys'>): TokenVerification {
  const { alg, kid } = jwt.header;
  const found = candidates(jwt.header, set.keys);
  if (found.length === 0) {
    const named = typeof kid === 'string' ? ` with the id '${kid}'` : '';
    return refusal(jwt, 'unknown-key', `The issuer publishes no key${named}.`);
  }
  let worst: RefusedToken | undefined;
  for (const { key, alg: pinned, issuer } of found) {
    const failure = pinned && pinned !== alg ? 'algorithm' : verifyJwt(jwt, key);
    if (failure === undefined) {
      freeze(jwt.header);
      freeze(jwt.claims);
      const { header, claims } = jwt;
      return { ok: true, header, claims, metadataIssuer: set.issuer, keyIssuer: issuer };
    }
    if (failure === 'unsigned') return unsigned(jwt);
    if (failure === 'signature' || !worst) worst = refusal(jwt, failure, reasons[failure](alg));
  }
  return worst!;
}

const reasons = {
  algorithm: (alg: string) => `The algorithm '${alg}' does not belong to the key it names.`,
  signature: () => 'The signature is not that of the key it names.',
};

function freeze(value: unknown): void {
  if (typeof value !== 'object' || value === null || Object.isFrozen(value)) return;
  Object.freeze(value);
  for (const member of Object.values(value)) freeze(member);
}
