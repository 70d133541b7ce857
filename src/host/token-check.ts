// Says whether one of the environment's tenants vouches for a token, and if not, why.
import { checkTimes, parseJwt } from '../crypto/index.ts';
import type { HostParts } from './start.ts';

export interface TokenCheck {
  readonly ok: boolean;
  /** One plain sentence. */
  readonly reason: string;
}

/** Signature, issuer and times; audience and roles are the business of who receives it. */
export async function verifyToken(host: HostParts, token: string): Promise<TokenCheck> {
  const { environment, composition, clock } = host;
  const issuer = parseJwt(token)?.claims.iss;
  const tenant = environment.tenants.find((each) =>
    [
      `https://sts.windows.net/${each.id}/`,
      `https://login.microsoftonline.com/${each.id}/v2.0`,
    ].includes(String(issuer)),
  );
  if (!tenant)
    return { ok: false, reason: `no tenant of this environment is the issuer ${issuer}` };
  const metadataUrl = `https://login.microsoftonline.com/${tenant.id}/v2.0/.well-known/openid-configuration`;
  const result = await composition.verifier.verify(token, { metadataUrl });
  if (!result.ok) return { ok: false, reason: result.reason };
  const late = checkTimes(result.claims, clock.clock.now(), 0);
  if (late)
    return { ok: false, reason: `its times do not hold at ${clock.view().now}: ${String(late)}` };
  return { ok: true, reason: `issued by tenant ${tenant.name} for ${String(result.claims.aud)}` };
}
