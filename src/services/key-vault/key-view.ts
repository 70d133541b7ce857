// Keys as answers show them. Never a private member.
import type { JsonObject } from '../../base/index.ts';
import { VaultError } from './errors.ts';
import { keyTypeOf } from './key-material.ts';
import { objectUrl } from './objects.ts';
import { releasePolicyView } from './release-policy.ts';
import type { Vault } from './room.ts';
import type { KeyVersion, ObjectRecord } from './state.ts';
import { attributesOf, tagsOf } from './wire.ts';

/** The key bundle of an answer. */
export function keyBundle(vault: Vault, record: ObjectRecord, version: KeyVersion): JsonObject {
  const { kty, hsm, crv, keyOps, exportable } = version;
  return {
    key: {
      kid: objectUrl(vault, 'keys', record.name, version.version),
      kty: keyTypeOf({ kty, hsm }),
      key_ops: [...keyOps],
      ...(crv && { crv }),
      ...version.public,
    },
    attributes: {
      ...attributesOf(vault, version),
      ...(exportable !== undefined && { exportable }),
      ...(hsm && { hsmPlatform: '2' }),
    },
    ...tagsOf(version),
    ...(record.managed && { managed: true }),
    ...(version.releasePolicy && { release_policy: releasePolicyView(version.releasePolicy) }),
  };
}

export function keyItem(
  vault: Vault,
  record: ObjectRecord,
  version: KeyVersion,
  withVersion: boolean,
): JsonObject {
  const { exportable } = version;
  return {
    kid: objectUrl(vault, 'keys', record.name, withVersion ? version.version : undefined),
    attributes: {
      ...attributesOf(vault, version),
      ...(exportable !== undefined && { exportable }),
    },
    ...tagsOf(version),
    ...(record.managed && { managed: true }),
  };
}

export function managedKey(name: string): VaultError {
  return new VaultError(
    'Conflict',
    `The key ${name} belongs to the certificate of the same name and follows it.`,
    'OperationNotAllowedOnManagedObject',
  );
}
