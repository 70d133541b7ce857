// Tokens of managed identities: asked with the platform's certificate, kept for 24 hours.
import { hash } from 'node:crypto';
import { type Clock, newGuid } from '../../base/index.ts';
import { signJwt } from '../../crypto/index.ts';
import { type Outbound, readBody } from '../../http/index.ts';
import type { ManagedIdentityKey } from '../../resources/index.ts';
import { decide } from '../../telemetry/index.ts';
import type { Identities, PlatformCredential } from './identities.ts';
import {
  assertionLifetimeSeconds,
  cachedTokensMax,
  tokenAnswerBytesMax,
  tokenRenewBeforeMs,
} from './limits.ts';

export interface IdentityToken {
  readonly accessToken: string;
  readonly clientId: string;
  /** Seconds since the epoch. */
  readonly expiresOn: number;
  readonly notBefore: number;
  readonly resource: string;
}

/** The token endpoint's refusal, as the identity endpoints pass it on or hide it. */
export class TokenRefusedError extends Error {
  readonly error: string;
  readonly status: number;

  constructor(status: number, error: string, description: string) {
    super(description);
    this.name = 'TokenRefusedError';
    this.status = status;
    this.error = error;
  }
}

export interface TokenQuestion {
  readonly identity: ManagedIdentityKey;
  readonly resource: string;
  /** SHA-256 in hex of a token that its receiver refused: a cached one like it is not given again. */
  readonly refusedTokenHash?: string;
  readonly hops: number;
}

/** Gives a cached or a new token; undefined where the identity does not exist any more. */
export type IdentityTokens = (question: TokenQuestion) => Promise<IdentityToken | undefined>;

interface Cached {
  readonly token: IdentityToken;
  readonly clientId: string;
  readonly obtainedAtMs: number;
}

export function createIdentityTokens(options: {
  readonly clock: Clock;
  readonly outbound: Outbound;
  readonly identities: Identities;
}): IdentityTokens {
  const { clock, outbound, identities } = options;
  const cache = new Map<string, Cached>();
  const pending = new Map<string, Promise<IdentityToken | undefined>>();

  function isUsable({ token, obtainedAtMs }: Cached, refused: string | undefined): boolean {
    const now = clock.now();
    if (obtainedAtMs > now || token.expiresOn * 1000 - now < tokenRenewBeforeMs) return false;
    return refused === undefined || hash('sha256', token.accessToken) !== refused.toLowerCase();
  }
  async function fetchToken(key: string, question: TokenQuestion) {
    const credential = await identities.credentialOf(question.identity);
    if (!credential) return undefined;
    const obtainedAtMs = clock.now();
    const token = await requestToken(outbound, credential, question, obtainedAtMs);
    cache.delete(key);
    if (cache.size >= cachedTokensMax) cache.delete(cache.keys().next().value!);
    cache.set(key, { token, clientId: credential.clientId, obtainedAtMs });
    return token;
  }

  return async (question) => {
    const { identity, resource, refusedTokenHash } = question;
    const key = `${identity.tenantId}/${identity.identityId.toLowerCase()} ${resource}`;
    const principal = await identities.find(identity);
    if (!principal) return undefined;
    const cached = cache.get(key);
    if (cached?.clientId === principal.clientId && isUsable(cached, refusedTokenHash)) {
      const until = new Date(cached.token.expiresOn * 1000).toISOString();
      decide({
        rule: 'identity token cache',
        outcome: 'done',
        reason: 'The platform keeps tokens for their 24 hours; changed roles show only after that.',
        input: { client: principal.clientId, resource, until },
      });
      return cached.token;
    }
    let request = pending.get(key);
    if (!request) {
      request = fetchToken(key, question).finally(() => pending.delete(key));
      pending.set(key, request);
    }
    return request;
  };
}

/** The v1 endpoint, since identities ask by `resource`; the assertion is as Azure SDKs make it. */
async function requestToken(
  outbound: Outbound,
  credential: PlatformCredential,
  { resource, hops }: TokenQuestion,
  nowMs: number,
): Promise<IdentityToken> {
  const { tenantId, clientId, privateKey, x5tS256 } = credential;
  const url = `https://login.microsoftonline.com/${tenantId}/oauth2/token`;
  const now = Math.floor(nowMs / 1000);
  const assertion = await signJwt(
    { alg: 'PS256', typ: 'JWT', 'x5t#S256': x5tS256 },
    {
      aud: url,
      iss: clientId,
      sub: clientId,
      jti: newGuid(),
      nbf: now,
      iat: now,
      exp: now + assertionLifetimeSeconds,
    },
    privateKey,
  );
  const form = new URLSearchParams({
    grant_type: 'client_credentials',
    client_id: clientId,
    client_assertion_type: 'urn:ietf:params:oauth:client-assertion-type:jwt-bearer',
    client_assertion: assertion,
    resource,
  });
  const response = await outbound({
    method: 'POST',
    url,
    headers: [['Content-Type', 'application/x-www-form-urlencoded']],
    body: Buffer.from(form.toString()),
    caller: 'identity platform',
    hops,
  });
  const body = readAnswer((await readBody(response.body, tokenAnswerBytesMax)).toString('utf8'));
  if (response.status !== 200 || typeof body.access_token !== 'string') {
    const { error = 'unknown', error_description: description = '' } = body;
    throw new TokenRefusedError(response.status, String(error), String(description));
  }
  return {
    accessToken: body.access_token,
    clientId,
    expiresOn: Number(body.expires_on),
    notBefore: Number(body.not_before),
    resource,
  };
}

function readAnswer(text: string): Record<string, unknown> {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : {};
  } catch {
    return {};
  }
}
