// Who calls: the bearer token's signature, times, audience and issuer, in ARM's words.
import { isGuid } from '../../base/index.ts';
import { checkTimes, parseJwt } from '../../crypto/index.ts';
import type { Connection, VerifiedToken } from '../../http/index.ts';
import { decide } from '../../telemetry/index.ts';
import { ArmError } from './errors.ts';
import { tokenSkewMs } from './limits.ts';
import type { Caller, Room } from './room.ts';

/** In the order in which ARM's refusal lists them. */
const audiences = [
  'https://management.core.windows.net/',
  'https://management.core.windows.net',
  'https://management.azure.com/',
  'https://management.azure.com',
];

/** The application id of ARM itself, which a token may name instead of its address. */
const armApplicationId = '797f4846-ba00-4fd7-ba43-dac1f8f63013';

/**
 * Gives the caller or throws the 401. `tenantId` is that of the subscription addressed; undefined
 * where none is: then any tenant that published the token's key will do.
 */
export async function authenticate(
  room: Room,
  authorization: string | null,
  tenantId: string | undefined,
  connection: Connection,
): Promise<Caller> {
  const token = readHeader(room, authorization, tenantId);
  const claimed = parseJwt(token)?.claims.tid;
  const issuing = typeof claimed === 'string' && isGuid(claimed) ? claimed : undefined;
  if (!issuing) {
    throw refuse(room, tenantId, {
      code: 'InvalidAuthenticationToken',
      message: 'The access token is invalid.',
      rule: 'control plane token',
      reason: 'The token is no JWT that names its tenant (tid).',
    });
  }
  const known = room.subscriptions.list().some((each) => each.tenantId === issuing);
  const metadataUrl = `${room.authority}/${known ? issuing : (tenantId ?? issuing)}/.well-known/openid-configuration`;
  const result = await room.verifier.verify(token, { metadataUrl }, connection.hops + 1);
  if (!result.ok) {
    throw refuse(room, tenantId, {
      code: 'InvalidAuthenticationToken',
      message: 'The access token is invalid.',
      rule: 'control plane token signature',
      reason: result.reason,
      fix: 'Get the token from the token endpoint of this environment, and send it unchanged.',
    });
  }
  checkClaims(room, result, tenantId);
  return callerOf(result, issuing);
}

function readHeader(
  room: Room,
  authorization: string | null,
  tenantId: string | undefined,
): string {
  if (!authorization) {
    throw refuse(room, tenantId, {
      code: 'AuthenticationFailed',
      message: "Authentication failed. The 'Authorization' header is missing.",
      rule: 'control plane token',
      reason: 'No token was sent.',
      fix: `Send a token for ${audiences[2]} in the Authorization header.`,
    });
  }
  const token = /^Bearer +(\S+)$/i.exec(authorization)?.[1];
  if (token) return token;
  throw refuse(room, tenantId, {
    code: 'AuthenticationFailedInvalidHeader',
    message: "Authentication failed. The 'Authorization' header is provided in an invalid format.",
    rule: 'control plane token',
    reason: 'The authorization is not a Bearer token.',
    fix: "Write 'Authorization: Bearer <token>'.",
  });
}

function checkClaims(room: Room, { claims }: VerifiedToken, tenantId: string | undefined): void {
  const late = checkTimes(claims, room.clock.now(), tokenSkewMs);
  if (late === 'expired') {
    const expiry = armTime(Number(claims.exp) * 1000);
    const now = armTime(room.clock.now());
    throw refuse(room, tenantId, {
      code: 'ExpiredAuthenticationToken',
      message: `The access token expiry UTC time '${expiry}' is earlier than current UTC time '${now}'.`,
      rule: 'control plane token lifetime',
      reason: `The token expired at ${expiry}; Lazurite's clock says ${now}.`,
      fix: 'Get a new token.',
    });
  }
  if (late) {
    throw refuse(room, tenantId, {
      code: 'InvalidAuthenticationToken',
      message: 'The access token is not valid at the current time.',
      rule: 'control plane token lifetime',
      reason: `The token is not valid now (${late}).`,
      fix: 'Compare the clock of Lazurite with the times in the token.',
    });
  }
  checkAudience(room, String(claims.aud), tenantId);
  checkIssuer(room, claims, tenantId);
  if (typeof claims.oid !== 'string') {
    throw refuse(room, tenantId, {
      code: 'InvalidAuthenticationToken',
      message:
        "The received access token is not valid: at least one of the claims 'puid' or 'altsecid' " +
        "or 'oid' should be present. If you are accessing as application please make sure service " +
        'principal is properly created in the tenant.',
      rule: 'control plane token principal',
      reason: 'The token names no principal (oid).',
      fix: "Create a service principal for the application in the subscription's tenant.",
    });
  }
}

function checkAudience(room: Room, audience: string, tenantId: string | undefined): void {
  if (audiences.includes(audience) || audience === armApplicationId) return;
  throw refuse(room, tenantId, {
    code: 'InvalidAuthenticationTokenAudience',
    message:
      `The access token has been obtained for wrong audience or resource '${audience}'. It should ` +
      `exactly match with one of the allowed audiences '${audiences.join("','")}'.`,
    rule: 'control plane token audience',
    reason: `The token is for ${audience}, not for the control plane.`,
    fix: `Ask for the resource ${audiences[2]} (scope ${audiences[3]}/.default).`,
  });
}

function checkIssuer(
  room: Room,
  { iss, tid }: { iss?: unknown; tid?: unknown },
  tenantId: string | undefined,
): void {
  const expected = tenantId ?? String(tid);
  if (iss === `https://sts.windows.net/${expected}/` && tid === expected) return;
  throw refuse(room, tenantId, {
    code: 'InvalidAuthenticationTokenTenant',
    message:
      `The access token is from the wrong issuer '${String(iss)}'. It must match the tenant ` +
      `'https://sts.windows.net/${expected}/' associated with this subscription. Please use the ` +
      `authority (URL) 'https://login.windows.net/${expected}' to get the token. Note, if the ` +
      'subscription is transferred to another tenant there is no impact to the services, but ' +
      'information about new tenant could take time to propagate (up to an hour). If you just ' +
      'transferred your subscription and see this error message, please try back later.',
    rule: 'control plane token issuer',
    reason: `The token comes from ${String(iss)}, the subscription belongs to tenant ${expected}.`,
    fix: `Get the token from tenant ${expected}.`,
  });
}

/** `11/8/2018 7:40:03 AM`, as .NET writes a date in ARM's messages. */
function armTime(atMs: number): string {
  const date = new Date(atMs);
  const hour = date.getUTCHours();
  const two = (value: number) => String(value).padStart(2, '0');
  return (
    `${date.getUTCMonth() + 1}/${date.getUTCDate()}/${date.getUTCFullYear()} ` +
    `${hour % 12 === 0 ? 12 : hour % 12}:${two(date.getUTCMinutes())}:${two(date.getUTCSeconds())} ` +
    `${hour < 12 ? 'AM' : 'PM'}`
  );
}

function callerOf({ claims }: VerifiedToken, tenantId: string): Caller {
  const groups = Array.isArray(claims.groups) ? claims.groups : [];
  const clientId = claims.appid ?? claims.azp;
  return {
    objectId: String(claims.oid),
    clientId: typeof clientId === 'string' ? clientId : String(claims.oid),
    tenantId,
    groupIds: groups.filter((id) => typeof id === 'string'),
  };
}

interface Refusal {
  readonly code: string;
  readonly message: string;
  readonly rule: string;
  readonly reason: string;
  readonly fix?: string;
}

/** Every 401 carries the challenge; with no subscription addressed it names no tenant. */
function refuse(room: Room, tenantId: string | undefined, refusal: Refusal): ArmError {
  const { code, message, rule, reason, fix } = refusal;
  decide({ rule, outcome: 'refused', reason, fix, input: { tenantId } });
  const uri = `${room.authority}/${tenantId ?? 'common'}`;
  const description = message.replaceAll('"', "'");
  return new ArmError(
    401,
    { code, message },
    {
      'WWW-Authenticate': `Bearer authorization_uri="${uri}", error="invalid_token", error_description="${description}"`,
    },
  );
}
