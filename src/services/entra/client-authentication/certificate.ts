// Client assertions signed with a registered certificate (Entra's certificate credentials).
import { fromBase64Any, type Json } from '../../../base/index.ts';
import { checkTimes, type Jwt, numericDate, verifyJwt } from '../../../crypto/index.ts';
import { certificateOf, isoSeconds, type RegisteredCertificate } from '../credentials.ts';
import { allow, refuse } from '../errors.ts';
import { assertionSkewMs } from '../limits.ts';
import type { Client, TokenRequest } from '../token-request.ts';
import { authorityAliases } from '../well-known.ts';

const algorithms: ReadonlySet<string> = new Set(['RS256', 'RS384', 'RS512', 'PS256']);

/** The checks in Entra's order; each either holds and is told, or ends the request. */
export function checkCertificateAssertion(request: TokenRequest, client: Client, jwt: Jwt): void {
  const certificate = findCertificate(client, jwt);
  checkSignature(client, jwt, certificate);
  checkValidity(request, client, certificate);
  checkSubject(client, jwt);
  checkAudience(request, jwt);
  checkAssertionTimes(request, jwt);
}

/** Bytes of `x5t#S256` or `x5t`, however they are encoded. */
function thumbprintOf({ header }: Jwt): Buffer | undefined {
  for (const name of ['x5t#S256', 'x5t']) {
    const text = header[name];
    if (typeof text === 'string' && text !== '') return fromBase64Any(text) ?? Buffer.alloc(0);
  }
  return undefined;
}

function findCertificate(client: Client, jwt: Jwt): RegisteredCertificate {
  const thumbprint = thumbprintOf(jwt);
  if (!thumbprint) {
    const detail = 'No certificate thumbprint specified in token header.';
    throw refuse(50027, { client: client.clientId, detail });
  }
  const found = client.principal.keyCredentials
    .map(certificateOf)
    .find(({ thumbprints: { sha1, sha256 } }) =>
      (thumbprint.length === 32 ? sha256 : sha1).equals(thumbprint),
    );
  const hex = thumbprint.toString('hex').toUpperCase();
  if (!found) {
    throw refuse(700027, {
      client: client.clientId,
      thumbprint: hex,
      lead: 'The certificate with identifier used to sign the client assertion is not registered on application.',
      why: `The key was not found., Thumbprint of key used by client: '${hex}'`,
      trail:
        " Alternatively, SNI may be configured on the app. Please ensure that client assertion is being sent with the x5c claim in the JWT header using MSAL's WithSendX5C() method so that Azure Active Directory can validate the certificate being used.",
      detail: registeredThumbprints(client, thumbprint.length),
    });
  }
  allow('client certificate', 'The thumbprint is that of a registered certificate.', {
    thumbprint: hex,
    name: found.credential.displayName ?? undefined,
  });
  return found;
}

function registeredThumbprints(client: Client, length: number): string {
  const all = client.principal.keyCredentials.map((credential) => {
    const { sha1, sha256 } = certificateOf(credential).thumbprints;
    return (length === 32 ? sha256 : sha1).toString('hex').toUpperCase();
  });
  if (all.length === 0) return 'The application has no certificate: add one to its keyCredentials.';
  return `Sign with a registered certificate (${all.slice(0, 5).join(', ')}) or register this one.`;
}

function checkSignature(client: Client, jwt: Jwt, certificate: RegisteredCertificate): void {
  const { alg } = jwt.header;
  const failure = algorithms.has(alg) ? verifyJwt(jwt, certificate.publicKey) : 'algorithm';
  if (failure === 'algorithm' || failure === 'unsigned') {
    throw refuse(5002730, { client: client.clientId, algorithm: alg });
  }
  if (failure) {
    const why = 'The provided signature value did not match the expected signature value.';
    throw refuseKey(client, certificate, why, 'Sign with the private key of this certificate.');
  }
  allow('client assertion signature', 'It was made with the key of the registered certificate.', {
    algorithm: alg,
  });
}

function refuseKey(client: Client, found: RegisteredCertificate, why: string, fix: string) {
  const hex = found.thumbprints.sha1.toString('hex').toUpperCase();
  const key = `Found key 'Start=${usDate(found.startMs)}, End=${usDate(found.endMs)}'`;
  return refuse(700027, {
    client: client.clientId,
    thumbprint: hex,
    lead: 'Client assertion failed signature validation.',
    why: `${why}, Thumbprint of key used by client: '${hex}', ${key}`,
    detail: fix,
  });
}

/** `01/31/2026 13:00:00`. */
function usDate(ms: number): string {
  const [date, time] = isoSeconds(ms).replace('Z', '').split('T');
  const [year, month, day] = date!.split('-');
  return `${month}/${day}/${year} ${time}`;
}

function checkValidity(
  { nowMs }: TokenRequest,
  client: Client,
  certificate: RegisteredCertificate,
): void {
  const { endMs, validFromMs, validToMs } = certificate;
  if (endMs <= nowMs) {
    const fix = `Register a new certificate; this one ended ${isoSeconds(endMs)}.`;
    throw refuseKey(client, certificate, 'The key used is expired.', fix);
  }
  if (validFromMs > nowMs || validToMs <= nowMs) {
    throw refuse(1000502, {
      client: client.clientId,
      from: isoSeconds(validFromMs),
      until: isoSeconds(validToMs),
    });
  }
  allow('client certificate validity', 'The certificate is valid now.', {
    until: certificate.credential.endDateTime,
  });
}

function checkSubject(client: Client, { claims }: Jwt): void {
  const { sub } = claims;
  if (typeof sub !== 'string' || sub.toLowerCase() !== client.clientId) {
    throw refuse(50048, { client: client.clientId, subject: String(sub ?? '') });
  }
}

/** The single audience of a token, which some write as a list of one. */
export function audienceOf(aud: Json | undefined): string | undefined {
  const single = Array.isArray(aud) && aud.length === 1 ? aud[0] : aud;
  return typeof single === 'string' ? single : undefined;
}

const audienceShape = /^https:\/\/([^/]+)\/([^/]+)\/(oauth2\/token|oauth2\/v2\.0\/token|v2\.0|)$/;

/** This tenant's token endpoints or issuers under any name of the cloud, or of the host addressed. */
function checkAudience({ host, tenant, view }: TokenRequest, { claims }: Jwt): void {
  const audience = audienceOf(claims.aud);
  const match = audienceShape.exec(audience?.toLowerCase() ?? '');
  const authority = match?.[1]?.replace(/:\d+$/, '');
  const isIssuerV1 = match?.[3] === '' && authority === 'sts.windows.net';
  const known = authority !== undefined && (authorityAliases.has(authority) || authority === host);
  const named = match && view.tenantsBySegment.get(match[2]!);
  if (!known || named?.id !== tenant.id || (match?.[3] === '' && !isIssuerV1)) {
    throw refuse(700023, { tenant: tenant.id, audience: audience ?? '' });
  }
  allow('client assertion audience', 'It names the token endpoint of this tenant.', { audience });
}

/** `2026-01-01T00:00:00.0000000Z`. */
function sevenDigits(seconds: number | undefined): string {
  const ms = (seconds ?? 0) * 1000;
  const date = new Date(Number.isFinite(ms) && Math.abs(ms) < 8.64e15 ? ms : 0);
  return date.toISOString().replace(/(\.\d{3})Z$/, '$10000Z');
}

/** `nbf` and `iat` may be missing; `exp` may be as far away as it likes. */
export function checkAssertionTimes({ nowMs }: TokenRequest, { claims }: Jwt): void {
  if (checkTimes(claims, nowMs, assertionSkewMs)) {
    throw refuse(700024, {
      now: sevenDigits(nowMs / 1000),
      from: sevenDigits(numericDate(claims.nbf)),
      until: sevenDigits(numericDate(claims.exp)),
    });
  }
  allow('client assertion times', 'The assertion is valid now (5 minutes are tolerated).', {
    notBefore: numericDate(claims.nbf),
    expires: numericDate(claims.exp),
  });
}
