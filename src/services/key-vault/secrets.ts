// Secrets: set, read, list, update; those of certificates are read only.
import { type JsonObject, newHexId } from '../../base/index.ts';
import { decide } from '../../telemetry/index.ts';
import { convertContent } from './certificate-content.ts';
import { badParameter, forbidden, VaultError } from './errors.ts';
import { lifecycleWrites } from './lifecycle.ts';
import { secretBytesMax } from './limits.ts';
import {
  checkNameFree,
  findObject,
  getVersion,
  nameOf,
  objectKey,
  objectUrl,
  putObject,
  putVersion,
  requireVersion,
} from './objects.ts';
import { listObjects, listVersions } from './paging.ts';
import type { Handler, Vault } from './room.ts';
import type { ObjectRecord, SecretVersion } from './state.ts';
import {
  applyAttributes,
  attributesOf,
  missing,
  readAttributes,
  readContentType,
  readTags,
  tagsOf,
  textOf,
} from './wire.ts';

/** A secret's answer; `value` is left out of updates, lists and deletions. */
export function secretBundle(
  vault: Vault,
  record: ObjectRecord,
  version: SecretVersion,
  value?: string,
): JsonObject {
  const { contentType, previous } = version;
  return {
    ...(value !== undefined && { value }),
    ...(contentType !== undefined && { contentType }),
    id: objectUrl(vault, 'secrets', record.name, version.version),
    ...(record.managed && { managed: true }),
    attributes: attributesOf(vault, version),
    ...(record.managed && { kid: objectUrl(vault, 'keys', record.name, version.version) }),
    ...tagsOf(version),
    ...(previous && { previousVersion: previous }),
  };
}

export function secretItem(
  vault: Vault,
  record: ObjectRecord,
  version: SecretVersion,
  withVersion: boolean,
): JsonObject {
  const { contentType } = version;
  return {
    id: objectUrl(vault, 'secrets', record.name, withVersion ? version.version : undefined),
    attributes: attributesOf(vault, version),
    ...(contentType !== undefined && { contentType }),
    ...tagsOf(version),
    ...(record.managed && { managed: true }),
  };
}

export function managedSecret(name: string): VaultError {
  return new VaultError(
    'Conflict',
    `The secret ${name} belongs to the certificate of the same name and follows it.`,
    'OperationNotAllowedOnManagedObject',
  );
}

export const setSecret: Handler = async (room, call) => {
  const { vault, nowMs, body } = call;
  const name = nameOf(call, 'secrets');
  return room.inOrder(objectKey(vault, 'secrets', name), async () => {
    const found = await findObject(room, call, 'secrets', name);
    checkNameFree(found, 'secrets', name);
    if (found?.value.managed) throw managedSecret(name);
    const value = textOf(body, 'value');
    if (value === undefined) throw missing('value');
    if (Buffer.byteLength(value) > secretBytesMax) {
      throw badParameter(`A secret's value may have at most ${secretBytesMax} bytes.`);
    }
    const contentType = readContentType(body);
    const base: SecretVersion = {
      version: newHexId(),
      createdMs: nowMs,
      updatedMs: nowMs,
      enabled: true,
      value,
      ...(contentType !== undefined && { contentType }),
      ...(found && { previous: found.value.current }),
    };
    const version = applyAttributes(base, readAttributes(body), readTags(body), nowMs);
    const record: ObjectRecord = {
      ...(found?.value ?? { type: 'secrets', name, createdMs: nowMs }),
      current: version.version,
    };
    await room.store.write([
      putObject(vault, record, found?.version),
      putVersion(vault, record, version),
      ...(await lifecycleWrites(room, vault, record, version, nowMs)),
    ]);
    const { nbf, exp } = version;
    room.notify({
      vault,
      kind: 'NewVersionCreated',
      type: 'secrets',
      name,
      version: version.version,
      nbf,
      exp,
    });
    return { body: secretBundle(vault, record, version, value) };
  });
};

export const getSecret: Handler = async (room, call) => {
  const { object, version } = await requireVersion<SecretVersion>(room, call, 'secrets');
  const secret = version.value;
  if (!secret.enabled) {
    decide({
      rule: 'vault secret enabled',
      outcome: 'refused',
      reason: 'The secret version is disabled.',
      fix: 'Enable it: attributes.enabled true. A certificate enables it once it is issued.',
      input: { secret: object.value.name, version: secret.version },
    });
    throw forbidden('Operation get is not allowed on a disabled secret.', 'SecretDisabled');
  }
  const wanted = call.query.get('outcontenttype');
  const value =
    wanted && object.value.managed ? await convertContent(room, secret, wanted) : secret.value;
  return { body: secretBundle(call.vault, object.value, secret, value) };
};

export const updateSecret: Handler = async (room, call) => {
  const { vault, body } = call;
  return room.inOrder(objectKey(vault, 'secrets', nameOf(call, 'secrets')), async () => {
    const { object, version } = await requireVersion<SecretVersion>(room, call, 'secrets');
    if (body.value !== undefined) {
      throw badParameter("The parameter 'value' cannot be updated; set a new version.");
    }
    const contentType = readContentType(body);
    const next: SecretVersion = {
      ...applyAttributes(version.value, readAttributes(body), readTags(body), call.nowMs),
      ...(contentType !== undefined && { contentType }),
    };
    const current = next.version === object.value.current;
    await room.store.write([
      putVersion(vault, object.value, next),
      ...(current ? await lifecycleWrites(room, vault, object.value, next, call.nowMs) : []),
    ]);
    return { body: secretBundle(vault, object.value, next) };
  });
};

export const listSecrets: Handler = (room, call) =>
  listObjects(room, call, 'secrets', 'live', async (record) => {
    const found = await getVersion<SecretVersion>(room, call.vault, record, record.current);
    return found && secretItem(call.vault, record, found.value, false);
  });

export const listSecretVersions: Handler = (room, call) =>
  listVersions<SecretVersion>(room, call, 'secrets', (record, version) =>
    secretItem(call.vault, record, version, true),
  );
