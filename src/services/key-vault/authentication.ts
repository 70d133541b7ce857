// Who calls: the challenge, and the token's signature, times, audience and issuer.
import { checkTimes } from '../../crypto/index.ts';
import type { Connection, VerifiedToken } from '../../http/index.ts';
import { decide } from '../../telemetry/index.ts';
import { VaultError } from './errors.ts';
import { tokenSkewMs, vaultApplicationId } from './limits.ts';
import type { Caller, Room, Vault } from './room.ts';

/** What .NET's token library calls the faults of a token. */
const identityModelCodes = {
  malformed: 'IDX12741',
  unsigned: 'IDX10504',
  algorithm: 'IDX10511',
  signature: 'IDX10511',
  'no-expiry': 'IDX10225',
  'not-a-number': 'IDX12741',
  expired: 'IDX10223',
  'not-yet-valid': 'IDX10222',
} as const;

/**
 * Gives the caller, or throws the 401 with the challenge of this vault. Nothing else of the request
 * is looked at before: SDKs send the first one without body and token to be challenged.
 */
export async function authenticate(
  room: Room,
  vault: Vault,
  authorization: string | undefined,
  connection: Connection,
): Promise<Caller> {
  const token = /^Bearer +(\S+)$/i.exec(authorization ?? '')?.[1];
  if (!token) {
    decide({
      rule: 'vault token',
      outcome: 'refused',
      reason: authorization ? 'The authorization is not a Bearer token.' : 'No token was sent.',
      fix: `Send a token for ${resourceOf(room)} of tenant ${vault.tenantId}; SDKs do so when challenged.`,
    });
    throw unauthorized(room, vault, 'AKV10000: Request is missing a Bearer or PoP token.');
  }
  const metadataUrl = `${room.settings.authority}/${vault.tenantId}/.well-known/openid-configuration`;
  const result = await room.verifier.verify(token, { metadataUrl }, connection.hops + 1);
  if (!result.ok) {
    decide({
      rule: 'vault token signature',
      outcome: 'refused',
      reason: result.reason,
      fix: 'Get the token from the token endpoint of this environment, and send it unchanged.',
      input: { failure: result.failure, kid: text(result.unproven?.header.kid) },
    });
    throw unauthorized(room, vault, signatureText(result.failure));
  }
  checkClaims(room, vault, result);
  return callerOf(result);
}

const text = (value: unknown) => (typeof value === 'string' ? value : undefined);

/** The audience: one host up from the vaults. */
export function resourceOf(room: Room): string {
  return `https://${room.settings.suffix}`;
}

function signatureText(failure: string): string {
  if (failure === 'unknown-key' || failure === 'keys-unavailable') {
    return 'AKV10046: Unable to resolve the key used for signature validation.';
  }
  const code = identityModelCodes[failure as keyof typeof identityModelCodes];
  return `Error validating token: ${code}`;
}

function checkClaims(room: Room, vault: Vault, { claims }: VerifiedToken): void {
  const refuse = (rule: string, reason: string, fix: string, wire: string): never => {
    const { aud, iss, appid, exp } = claims;
    const input = { aud: text(aud), iss: text(iss), appid: text(appid), exp: Number(exp) };
    decide({ rule, outcome: 'refused', reason, fix, input });
    throw unauthorized(room, vault, wire);
  };
  const late = checkTimes(claims, room.clock.now(), tokenSkewMs);
  if (late) {
    refuse(
      'vault token lifetime',
      `The token is not valid now (${late}); Lazurite's clock says ${new Date(room.clock.now()).toISOString()}.`,
      late === 'expired' ? 'Get a new token.' : 'Compare the clock of Lazurite with the token’s.',
      `Error validating token: ${identityModelCodes[late]}`,
    );
  }
  const resource = resourceOf(room);
  if (claims.aud !== resource && claims.aud !== vaultApplicationId) {
    refuse(
      'vault token audience',
      `The token is for ${String(claims.aud)}, not for Key Vault.`,
      `Ask for the resource ${resource} (scope ${resource}/.default), without a slash at its end.`,
      `AKV10022: Invalid audience. Expected ${resource} or ${vaultApplicationId}, found: ${String(claims.aud)}.`,
    );
  }
  const issuer = `https://sts.windows.net/${vault.tenantId}/`;
  if (claims.iss !== issuer || (claims.tid !== undefined && claims.tid !== vault.tenantId)) {
    refuse(
      'vault token issuer',
      `The token comes from ${String(claims.iss)}, the vault belongs to tenant ${vault.tenantId}.`,
      `Get the token from tenant ${vault.tenantId}; a managed identity only gets those of its own.`,
      `AKV10032: Invalid issuer. Expected one of ${issuer}, found ${String(claims.iss)}.`,
    );
  }
  if (!text(claims.oid)) {
    refuse(
      'vault token principal',
      'The token names no principal (oid).',
      'Create a service principal for the application in the vault’s tenant.',
      'AKV10000: The token has no object id.',
    );
  }
}

function callerOf({ claims }: VerifiedToken): Caller {
  const groups = Array.isArray(claims.groups) ? claims.groups.filter((id) => text(id)) : [];
  return {
    objectId: String(claims.oid),
    applicationId: text(claims.appid) ?? text(claims.azp) ?? '',
    issuer: String(claims.iss),
    delegated: text(claims.scp) !== undefined,
    groups: groups as string[],
  };
}

/** Every 401 carries the challenge. No slash at the end of either value. */
export function unauthorized(room: Room, vault: Vault, message: string): VaultError {
  const challenge =
    `Bearer authorization="${room.settings.authority}/${vault.tenantId}", ` +
    `resource="${resourceOf(room)}"`;
  return new VaultError('Unauthorized', message, undefined, [['WWW-Authenticate', challenge]]);
}
