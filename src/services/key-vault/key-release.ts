// Secure key release: to an environment whose attestation satisfies the key's policy.
import {
  constants,
  createCipheriv,
  createPublicKey,
  type JsonWebKeyInput,
  type KeyObject,
  publicEncrypt,
  randomBytes,
} from 'node:crypto';
import type { Json, JsonObject } from '../../base/index.ts';
import { checkTimes, signJwt } from '../../crypto/index.ts';
import { decide } from '../../telemetry/index.ts';
import { badParameter, forbidden } from './errors.ts';
import { keyBundle } from './key-view.ts';
import { tokenSkewMs } from './limits.ts';
import { requireVersion } from './objects.ts';
import { readPolicyDocument } from './release-policy.ts';
import { releaseKeyPair } from './release-signer.ts';
import type { Handler, Room } from './room.ts';
import type { KeyVersion } from './state.ts';
import { requiredText, textOf } from './wire.ts';

const wrappings = {
  CKM_RSA_AES_KEY_WRAP: 'sha1',
  RSA_AES_KEY_WRAP_256: 'sha256',
  RSA_AES_KEY_WRAP_384: 'sha384',
} as const;

/** Answers `{value}`: a JWS that carries the key wrapped for the attested environment. */
export const releaseKey: Handler = async (room, call) => {
  const { object, version } = await requireVersion<KeyVersion>(room, call, 'keys');
  const key = version.value;
  const target = requiredText(call.body, 'target');
  const encoding = textOf(call.body, 'enc') ?? 'CKM_RSA_AES_KEY_WRAP';
  if (!Object.hasOwn(wrappings, encoding)) {
    throw badParameter(`The encryption '${encoding.slice(0, 50)}' is not supported.`);
  }
  if (!key.exportable || !key.releasePolicy) {
    throw forbidden('The key is not exportable or has no release policy.', 'KeyReleaseDenied');
  }
  if (!key.enabled) {
    throw forbidden('Operation release is not allowed on a disabled key.', 'KeyDisabled');
  }
  const document = readPolicyDocument(key.releasePolicy);
  const claims = await attested(room, target, document);
  const wrapped = wrapFor(environmentKey(claims), Buffer.from(key.secret, 'base64'), encoding);
  const bundle = keyBundle(call.vault, object.value, key);
  const payload: JsonObject = {
    request: {
      'api-version': call.apiVersion,
      enc: encoding,
      kid: (bundle.key as JsonObject).kid!,
      ...(call.body.nonce !== undefined && { nonce: textOf(call.body, 'nonce')! }),
    },
    response: {
      key: {
        ...bundle,
        key: { ...(bundle.key as JsonObject), key_hsm: wrapped },
      },
    },
  };
  const signer = await releaseKeyPair(room, call.vault);
  const value = await signJwt(
    { alg: 'ES256', kid: signer.thumbprint, x5c: [signer.certificate] },
    payload,
    signer.key,
  );
  return { body: { value } };
};

/** The claims of the environment's token, once one authority of the policy vouches for enough. */
async function attested(room: Room, target: string, policy: JsonObject): Promise<JsonObject> {
  for (const branch of policy.anyOf as Json[]) {
    const { authority, ...condition } = branch as JsonObject;
    if (typeof authority !== 'string' || !/^https:\/\/[^/]+\/?$/.test(authority)) continue;
    const metadataUrl = `${authority.replace(/\/$/, '')}/.well-known/openid-configuration`;
    const result = await room.verifier.verify(target, { metadataUrl });
    if (!result.ok || checkTimes(result.claims, room.clock.now(), tokenSkewMs)) continue;
    if (holds(condition, result.claims as JsonObject)) {
      decide({
        rule: 'key release policy',
        outcome: 'allowed',
        reason: `The attestation of ${authority} satisfies the key's release policy.`,
      });
      return result.claims as JsonObject;
    }
  }
  decide({
    rule: 'key release policy',
    outcome: 'refused',
    reason: 'No authority of the release policy vouches for the claims it asks for.',
    fix: 'Send the attestation token of an authority in the policy, valid now, with those claims.',
  });
  throw forbidden('The attestation does not satisfy the release policy.', 'KeyReleaseDenied');
}

/** `allOf`, `anyOf` and `{claim, equals}`, nested. */
function holds(condition: JsonObject, claims: JsonObject): boolean {
  const each = (list: Json | undefined) => (Array.isArray(list) ? (list as JsonObject[]) : []);
  if (condition.allOf) return each(condition.allOf).every((part) => holds(part, claims));
  if (condition.anyOf) return each(condition.anyOf).some((part) => holds(part, claims));
  if (typeof condition.claim !== 'string') return false;
  return claimOf(claims, condition.claim) === condition.equals;
}

/** A claim by its name, or by a path with dots. */
function claimOf(claims: JsonObject, name: string): Json | undefined {
  if (Object.hasOwn(claims, name)) return claims[name];
  let value: Json | undefined = claims;
  for (const part of name.split('.')) {
    if (!value || typeof value !== 'object' || Array.isArray(value)) return undefined;
    if (!Object.hasOwn(value, part)) return undefined;
    value = value[part];
  }
  return value;
}

/** The environment's RSA key, as attestation tokens carry it. */
function environmentKey(claims: JsonObject): KeyObject {
  const runtime = claims['x-ms-runtime'] as JsonObject | undefined;
  const keys = (runtime?.keys ?? claims['x-ms-sgx-ehd']) as Json | undefined;
  const jwk = Array.isArray(keys) ? (keys as JsonObject[]).find(({ kty }) => kty === 'RSA') : null;
  try {
    const { n, e } = jwk ?? {};
    return createPublicKey({ key: { kty: 'RSA', n, e }, format: 'jwk' } as JsonWebKeyInput);
  } catch {
    throw badParameter('The attestation carries no RSA key to wrap the released key with.');
  }
}

/** RSA-OAEP around a fresh AES key, which wraps the key material (PKCS#11 CKM_RSA_AES_KEY_WRAP). */
function wrapFor(key: KeyObject, material: Buffer, encoding: string): string {
  const temporary = randomBytes(32);
  const oaepHash = wrappings[encoding as keyof typeof wrappings];
  const padding = constants.RSA_PKCS1_OAEP_PADDING;
  const head = publicEncrypt({ key, padding, oaepHash }, temporary);
  const cipher = createCipheriv('id-aes256-wrap-pad', temporary, Buffer.from('a65959a6', 'hex'));
  const tail = Buffer.concat([cipher.update(material), cipher.final()]);
  const ciphertext = Buffer.concat([head, tail]).toString('base64url');
  const blob = {
    schema_version: '1.0',
    header: { kid: 'environment', alg: 'dir', enc: encoding },
    ciphertext,
  };
  return Buffer.from(JSON.stringify(blob)).toString('base64url');
}
