// The access token: claims by the version that the resource asks for.
import { randomFillSync } from 'node:crypto';
import type { Principal } from '../directory.ts';
import { allow } from '../errors.ts';
import {
  managedIdentityTokenLifetimeSeconds,
  tokenBackdateSeconds,
  tokenLifetimeMinutesMax,
  tokenLifetimeMinutesMin,
} from '../limits.ts';
import type {
  Client,
  ClientProof,
  TokenAnswer,
  TokenRequest,
  TokenService,
} from '../token-request.ts';
import { armAppId, graphAppId, issuerOf } from '../well-known.ts';

export interface Issue {
  readonly client: Client;
  readonly proof: ClientProof;
  readonly resource: Principal;
  /** The resource as the client named it: v1 tokens carry it as their audience. */
  readonly target: string;
  readonly roles: readonly string[];
}

/** Signs an app-only token (Entra, access token claims reference). */
export async function issueToken(
  service: TokenService,
  request: TokenRequest,
  issue: Issue,
): Promise<TokenAnswer> {
  const { resource, client } = issue;
  const version = resource.tokenVersion;
  const nowSeconds = Math.floor(request.nowMs / 1000);
  const lifetime = lifetimeSeconds(service, client);
  const times = {
    iat: nowSeconds - tokenBackdateSeconds,
    nbf: nowSeconds - tokenBackdateSeconds,
    exp: nowSeconds + lifetime,
  };
  const claims = version === 1 ? claimsV1(request, issue, times) : claimsV2(request, issue, times);
  const accessToken = await service.keys.sign(version, claims);
  allow('token issued', `A v${version} token, as the API's requestedAccessTokenVersion asks.`, {
    audience: claims.aud,
    issuer: claims.iss,
    client: client.clientId,
    expires: times.exp,
  });
  return {
    accessToken,
    expiresInSeconds: lifetime - 1,
    expiresOnSeconds: times.exp,
    notBeforeSeconds: times.nbf,
    resource: issue.target,
  };
}

function lifetimeSeconds({ random }: TokenService, { principal }: Client): number {
  if (principal.record.servicePrincipalType === 'ManagedIdentity') {
    return managedIdentityTokenLifetimeSeconds;
  }
  const range = (tokenLifetimeMinutesMax - tokenLifetimeMinutesMin) * 60;
  return tokenLifetimeMinutesMin * 60 + Math.floor(random() * (range + 1));
}

const opaqueSize = 64;
const opaquePool = Buffer.alloc(opaqueSize * 64);
let opaqueAt = opaquePool.length;

/** Random bytes of one token, drawn from the system for 64 tokens at once. */
function opaqueBytes(): Buffer {
  if (opaqueAt === opaquePool.length) {
    randomFillSync(opaquePool);
    opaqueAt = 0;
  }
  opaqueAt += opaqueSize;
  return opaquePool.subarray(opaqueAt - opaqueSize, opaqueAt);
}

interface Times {
  readonly iat: number;
  readonly nbf: number;
  readonly exp: number;
}

function claimsV1({ tenant, view }: TokenRequest, issue: Issue, times: Times) {
  const { client, proof, resource, target, roles } = issue;
  const { id: objectId } = client.principal.record;
  const opaque = opaqueBytes();
  const wids =
    resource.record.appId === graphAppId
      ? view.directoryRoles.get(`${tenant.id}/${objectId}`)
      : undefined;
  return {
    aud: usesGuid(resource) ? resource.record.appId : target,
    iss: issuerOf[1](tenant.id),
    ...times,
    aio: opaque.toString('base64', 0, 27),
    appid: client.clientId,
    appidacr: proof,
    idp: issuerOf[1](tenant.id),
    ...(saysIdentityType(resource) && { idtyp: 'app' }),
    oid: objectId,
    rh: `1.${opaque.toString('base64url', 27, 48)}.`,
    ...(roles.length > 0 && { roles }),
    sub: objectId,
    tid: tenant.id,
    uti: opaque.toString('base64url', 48, 64),
    ver: '1.0',
    ...(wids && { wids: [...wids] }),
    ...managedIdentityClaims(issue),
  };
}

function claimsV2({ tenant }: TokenRequest, issue: Issue, times: Times) {
  const { client, proof, resource, roles } = issue;
  const { id: objectId } = client.principal.record;
  const opaque = opaqueBytes();
  return {
    aud: resource.record.appId,
    iss: issuerOf[2](tenant.id),
    ...times,
    aio: opaque.toString('base64', 0, 27),
    azp: client.clientId,
    azpacr: proof,
    ...(saysIdentityType(resource) && { idtyp: 'app' }),
    oid: objectId,
    rh: `1.${opaque.toString('base64url', 27, 48)}.`,
    ...(roles.length > 0 && { roles }),
    sub: objectId,
    tid: tenant.id,
    uti: opaque.toString('base64url', 48, 64),
    ver: '2.0',
    ...managedIdentityClaims(issue),
  };
}

/** `xms_mirid` goes to Microsoft's own APIs only. */
function managedIdentityClaims({ client, resource }: Issue) {
  const identityId = client.principal.record.own?.identityId;
  if (identityId === undefined || !resource.record.own?.firstParty) return undefined;
  return { xms_mirid: identityId.replace(/\/resourceGroups\//i, '/resourcegroups/') };
}

interface OptionalClaim {
  readonly name?: unknown;
  readonly additionalProperties?: unknown;
}

function optionalClaim({ application }: Principal, name: string): OptionalClaim | undefined {
  const optional = application?.optionalClaims;
  if (typeof optional !== 'object' || optional === null || Array.isArray(optional))
    return undefined;
  const list = optional.accessToken;
  if (!Array.isArray(list)) return undefined;
  return (list as OptionalClaim[]).find((claim) => claim?.name === name);
}

/** Graph and Resource Manager always say it, other APIs where they ask. */
function saysIdentityType(resource: Principal): boolean {
  const { appId } = resource.record;
  return (
    appId === graphAppId || appId === armAppId || optionalClaim(resource, 'idtyp') !== undefined
  );
}

function usesGuid(resource: Principal): boolean {
  const properties = optionalClaim(resource, 'aud')?.additionalProperties;
  return Array.isArray(properties) && properties.includes('use_guid');
}
