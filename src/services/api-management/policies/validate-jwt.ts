// validate-jwt: signature, lifetime, issuer, audience and claims of a token, in this order.
import type { PolicyNode } from '../../../languages/policy-documents/index.ts';
import { decide } from '../../../telemetry/index.ts';
import type { Call } from '../call.ts';
import type { Policy } from '../registry.ts';
import type { Room } from '../room.ts';
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
import {
  type InlineKey,
  inlineKey,
  type SignedToken,
  verifySignature,
} from '../token-signature.ts';

export const validateJwt: Policy = {
  name: 'validate-jwt',
  compile(node, room) {
    if (node.children.some((child) => child.name === 'decryption-keys')) {
      room.fail(node, '<decryption-keys> is not supported by this gateway yet.');
    }
    const source = tokenSource(node, room);
    const metadata = node.children
      .filter((child) => child.name === 'openid-config')
      .map((child) => room.requiredText(child, 'url'));
    const keys = keysOf(node, room);
    const audiences = listOf(node, room, 'audiences');
    const issuers = listOf(node, room, 'issuers');
    const claims = claimsOf(node, room);
    const requireSigned = room.flag(node, 'require-signed-tokens', true);
    const requireExpiration = room.flag(node, 'require-expiration-time', true);
    const clockSkew = room.number(node, 'clock-skew') ?? (() => 0);
    const { verifier, clock } = room.ports;
    return async (call) => {
      const token = await source.read(call);
      if (token === undefined) return source.refuse(call, notPresent);
      const metadataUrls = await textsOf(metadata, call);
      const signature = {
        metadataUrls,
        keys: await resolved(keys, call),
        requireSigned: await requireSigned(call),
      };
      const signed = await verifySignature(token, signature, verifier, call.connection.hops);
      if (!('claims' in signed)) return source.refuse(call, signed);
      const lifetime = {
        skewSeconds: await clockSkew(call),
        requireExpiration: await requireExpiration(call),
      };
      const refusal: Refusal | undefined =
        checkLifetime(signed.claims, clock.now(), lifetime) ??
        checkIssuer(signed.claims, allowedIssuers(signed, await textsOf(issuers, call))) ??
        checkAudience(signed.claims, await textsOf(audiences, call)) ??
        (await checkClaims(call, signed.claims, claims));
      if (refusal) return source.refuse(call, refusal);
      accepted(node.name, signed);
      source.keep(call, token);
    };
  },
};

/** The metadata's issuer is accepted besides those listed (validate-jwt page). */
function allowedIssuers({ metadataIssuer }: SignedToken, listed: readonly string[]): string[] {
  return metadataIssuer === undefined ? [...listed] : [metadataIssuer, ...listed];
}

export function accepted(rule: string, { claims }: SignedToken): void {
  const text = (name: string) => {
    const value = claims[name];
    return value === undefined
      ? undefined
      : Array.isArray(value)
        ? value.join(', ')
        : String(value);
  };
  decide({
    ...{
      rule,
      outcome: 'allowed',
      reason: 'Signature, lifetime, issuer, audience and claims hold.',
    },
    input: {
      ...{ iss: text('iss'), aud: text('aud'), sub: text('sub') },
      ...{ appid: text('appid') ?? text('azp'), roles: text('roles') },
    },
  });
}

type KeyReader = (call: Call) => Promise<InlineKey> | InlineKey;

function keysOf(node: PolicyNode, room: Room): KeyReader[] {
  const parent = node.children.find((child) => child.name === 'issuer-signing-keys');
  return (parent?.children ?? []).map((child) => {
    if (child.attributes.has('certificate-id')) {
      room.fail(child, "The attribute 'certificate-id' is not supported by this gateway yet.");
    }
    const id = room.literal(child, 'id');
    const [modulus, exponent] = [room.text(child, 'n'), room.text(child, 'e')];
    const text = room.content(child);
    const read = (n?: string, e?: string, content?: string): InlineKey => {
      const key = inlineKey({ modulus: n, exponent: e, text: content });
      return key ? { id, key } : room.fail(child, 'The key is neither n and e nor base64.');
    };
    const expressions = [child.attributes.get('n'), child.attributes.get('e'), child.text];
    if (expressions.some((each) => each?.kind === 'expression')) {
      return async (call) => read(await modulus?.(call), await exponent?.(call), await text(call));
    }
    // Parsed once: making a key object costs more than many verifications.
    const literal = (name: string) => child.attributes.get(name)?.text;
    const key = read(literal('n'), literal('e'), child.text?.text);
    return () => key;
  });
}

async function resolved(keys: readonly KeyReader[], call: Call): Promise<InlineKey[]> {
  const found: InlineKey[] = [];
  for (const key of keys) found.push(await key(call));
  return found;
}
