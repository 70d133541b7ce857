// validate-azure-ad-token: a token of one Entra tenant, v1 or v2, for these clients and audiences.
import { isGuid, type JsonObject } from '../../../base/index.ts';
import type { Call } from '../call.ts';
import { claimValues } from '../jwt-value.ts';
import type { Policy } from '../registry.ts';
import {
  checkAudience,
  checkClaims,
  checkIssuer,
  checkLifetime,
  claimsOf,
  listOf,
  notPresent,
  type Refusal,
  textsOf,
  tokenSource,
} from '../token-rules.ts';
import { type SignedToken, verifySignature } from '../token-signature.ts';
import { accepted } from './validate-jwt.ts';

/** The page's own default is misspelt (`login-microsoftonline.com`). */
const endpointDefault = 'https://login.microsoftonline.com';

/** Entra validators allow five minutes between the clocks. */
const skewSeconds = 300;

export const validateAzureAdToken: Policy = {
  name: 'validate-azure-ad-token',
  compile(node, room) {
    for (const name of ['decryption-keys', 'backend-application-ids']) {
      if (node.children.some((child) => child.name === name)) {
        room.fail(node, `<${name}> is not supported by this gateway yet.`);
      }
    }
    const source = tokenSource(node, room, 'Authorization');
    const tenant = room.requiredText(node, 'tenant-id');
    const endpoint = room.text(node, 'authentication-endpoint') ?? (() => endpointDefault);
    const clients = listOf(node, room, 'client-application-ids');
    const audiences = listOf(node, room, 'audiences');
    const claims = claimsOf(node, room);
    if (clients.length === 0 && audiences.length === 0) {
      room.fail(node, 'Either <client-application-ids> or <audiences> is needed.');
    }
    const { verifier, clock } = room.ports;
    return async (call: Call) => {
      const token = await source.read(call);
      if (token === undefined) return source.refuse(call, notPresent);
      const authority = authorityOf((await tenant(call)).trim(), (await endpoint(call)).trim());
      const signature = {
        // One key set per cloud: the v2 document publishes the keys of v1 tokens too.
        metadataUrls: [`${authority}/v2.0/.well-known/openid-configuration`],
        keys: [],
        requireSigned: true,
      };
      const signed = await verifySignature(token, signature, verifier, call.connection.hops);
      if (!('claims' in signed)) return source.refuse(call, signed);
      const lifetime = { skewSeconds, requireExpiration: true };
      const refusal: Refusal | undefined =
        checkLifetime(signed.claims, clock.now(), lifetime) ??
        checkIssuer(signed.claims, issuersOf(signed)) ??
        checkAudience(signed.claims, await textsOf(audiences, call)) ??
        checkClient(signed.claims, await textsOf(clients, call)) ??
        (await checkClaims(call, signed.claims, claims));
      if (refusal) return source.refuse(call, refusal);
      accepted(node.name, signed);
      source.keep(call, token);
    };
  },
};

function authorityOf(tenant: string, endpoint: string): string {
  if (/^https?:\/\//i.test(tenant)) return tenant.replace(/\/+$/, '').replace(/\/v2\.0$/i, '');
  return `${endpoint.replace(/\/+$/, '')}/${tenant}`;
}

/** The tenant's v2 issuer as its metadata names it, and the v1 issuer of the same tenant. */
function issuersOf({ metadataIssuer = '', claims }: SignedToken): string[] {
  const [own = ''] = claimValues(claims, 'tid');
  const tenant = metadataIssuer.split('/').find((part) => isGuid(part) || part === '{tenantid}');
  const id = tenant === '{tenantid}' ? own : tenant;
  return [metadataIssuer, ...(id ? [`https://sts.windows.net/${id}/`] : [])];
}

function checkClient(
  claims: Readonly<JsonObject>,
  allowed: readonly string[],
): Refusal | undefined {
  if (allowed.length === 0) return undefined;
  const [client = ''] = [...claimValues(claims, 'appid'), ...claimValues(claims, 'azp')];
  if (allowed.some((each) => each.toLowerCase() === client.toLowerCase())) return undefined;
  const name = claims.appid === undefined ? 'azp' : 'appid';
  return {
    reason: 'TokenClaimValueNotAllowed',
    message: `Claim ${name} value of ${client} is not allowed. Access denied.`,
    rule: 'client application',
    input: { client, allowed: allowed.join(', ') },
    fix: 'List the client in <client-application-ids>, or call with one that is listed.',
  };
}
