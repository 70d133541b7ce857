// Federated identity credentials: the token of another issuer as client assertion.
import type { Jwt } from '../../../crypto/index.ts';
import { allow, refuse } from '../errors.ts';
import type { FederatedCredential } from '../state.ts';
import type { Client, TokenRequest, TokenService } from '../token-request.ts';
import { authorityAliases, issuerOf, tokenExchangeAppId } from '../well-known.ts';
import { audienceOf, checkAssertionTimes } from './certificate.ts';

/** An issuer of this cloud: `https://{authority}/{tenant}/…`. */
const entraIssuer = /^https:\/\/([^/]+)\/([0-9a-f-]{36})\/(v2\.0)?$/;

export async function checkFederatedAssertion(
  service: TokenService,
  request: TokenRequest,
  client: Client,
  jwt: Jwt,
): Promise<void> {
  const issuer = typeof jwt.claims.iss === 'string' ? jwt.claims.iss : '';
  const match = entraIssuer.exec(issuer.toLowerCase());
  const isOwn = match !== null && authorityAliases.has(match[1]!);
  if (isOwn) checkManagedIdentity(request, client, jwt, match[2]!);
  const credential = findCredential(client, jwt, issuer);
  if (jwt.header.alg !== 'RS256') {
    throw refuse(5002730, { client: client.clientId, algorithm: jwt.header.alg });
  }
  if (isOwn) checkOwnSignature(service, client, jwt);
  else await checkForeignSignature(service, request, client, jwt, issuer);
  checkAssertionTimes(request, jwt);
  allow('federated credential', 'Issuer, subject and audience are those of a registered one.', {
    credential: credential.name,
    issuer,
    subject: credential.subject,
  });
}

/** Of Entra's own tokens only those of user-assigned identities of the client's home tenant. */
function checkManagedIdentity(
  { view }: TokenRequest,
  client: Client,
  { claims }: Jwt,
  tenantId: string,
): void {
  const facts = { client: client.clientId, issuer: String(claims.iss) };
  const principal = view.principals.get(`${tenantId}/${String(claims.oid)}`);
  const own = principal?.record.own;
  if (principal?.record.servicePrincipalType !== 'ManagedIdentity' || !own?.explicit) {
    throw refuse(700222, { ...facts, detail: 'this is not one of a user-assigned identity.' });
  }
  if (claims.iss !== issuerOf[2](tenantId) || !isExchangeAudience(audienceOf(claims.aud))) {
    throw refuse(700222, { ...facts, detail: 'this one is for another audience.' });
  }
  const home = client.principal.application?.tenantId ?? client.principal.record.tenantId;
  if (home !== tenantId) {
    throw refuse(700222, { ...facts, detail: `the application's home tenant is ${home}.` });
  }
}

function isExchangeAudience(audience: string | undefined): boolean {
  return audience === tokenExchangeAppId || audience === 'api://AzureADTokenExchange';
}

/** Exact, case-sensitive comparison; the first part that differs is named. */
function findCredential(client: Client, { claims }: Jwt, issuer: string): FederatedCredential {
  const facts = { client: client.clientId, issuer };
  const all = client.principal.federatedIdentityCredentials;
  const ofIssuer = all.filter((each) => each.issuer === issuer);
  if (ofIssuer.length === 0) throw refuse(700211, facts);
  const subject = typeof claims.sub === 'string' ? claims.sub : '';
  const found = ofIssuer.find((each) => each.subject === subject);
  if (!found) {
    const near = ofIssuer.some((each) => each.subject.toLowerCase() === subject.toLowerCase());
    throw refuse(near ? 7002138 : 700213, { ...facts, subject });
  }
  const audience = audienceOf(claims.aud);
  const expected = found.audiences[0];
  if (audience !== expected && !(isExchangeAudience(audience) && isExchangeAudience(expected))) {
    throw refuse(700212, { ...facts, audience: audience ?? '' });
  }
  return found;
}

const signatureLead = 'Client assertion failed signature validation.';

function checkOwnSignature({ keys }: TokenService, client: Client, jwt: Jwt): void {
  if (keys.verifies(jwt)) return;
  throw refuse(700027, {
    client: client.clientId,
    lead: signatureLead,
    why: 'The provided signature value did not match the expected signature value.',
    detail: 'Send the token as the identity endpoint gave it.',
  });
}

async function checkForeignSignature(
  { verifier }: TokenService,
  { hops }: TokenRequest,
  client: Client,
  jwt: Jwt,
  issuer: string,
): Promise<void> {
  const metadataUrl = `${issuer.replace(/\/$/, '')}/.well-known/openid-configuration`;
  const token = `${jwt.signedText}.${jwt.signature.toString('base64url')}`;
  const result = await verifier.verify(token, { metadataUrl }, hops);
  if (result.ok) {
    allow('federated credential keys', 'A key that the issuer publishes signed it.', { issuer });
    return;
  }
  if (result.failure === 'keys-unavailable') {
    throw refuse(50166, { client: client.clientId, issuer, detail: '' });
  }
  const missing = result.failure === 'unknown-key';
  throw refuse(700027, {
    client: client.clientId,
    issuer,
    lead: signatureLead,
    why: missing
      ? 'The key was not found.'
      : 'The provided signature value did not match the expected signature value.',
    detail: 'Sign with a key that the issuer publishes in its jwks_uri.',
  });
}
