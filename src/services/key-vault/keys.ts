// Keys: create, import, read, list, update.
import { type JsonObject, newHexId } from '../../base/index.ts';
import type { Write } from '../../store/index.ts';
import { badParameter } from './errors.ts';
import { generateMaterial, type Material, readJwk, readKeyKind } from './key-material.ts';
import { keyBundle, keyItem, managedKey } from './key-view.ts';
import { currentWrites } from './lifecycle.ts';
import {
  checkNameFree,
  findObject,
  getVersion,
  nameOf,
  objectKey,
  putObject,
  putVersion,
  requireVersion,
} from './objects.ts';
import { listObjects, listVersions } from './paging.ts';
import { checkReleasePolicy } from './release-policy.ts';
import type { Answer, Call, Handler, Room } from './room.ts';
import type { KeyVersion, ObjectRecord } from './state.ts';
import {
  applyAttributes,
  objectOf,
  readAttributes,
  readTags,
  requiredText,
  textsOf,
} from './wire.ts';

/** In Azure's order. */
export const keyOperations = [
  'encrypt',
  'decrypt',
  'sign',
  'verify',
  'wrapKey',
  'unwrapKey',
  'import',
  'export',
] as const;

const defaultOperations = {
  RSA: ['encrypt', 'decrypt', 'sign', 'verify', 'wrapKey', 'unwrapKey'],
  EC: ['sign', 'verify'],
  oct: ['encrypt', 'decrypt', 'wrapKey', 'unwrapKey'],
};

function readKeyOps(body: JsonObject): string[] | undefined {
  const names = textsOf(body, 'key_ops');
  for (const name of names ?? []) {
    if (!(keyOperations as readonly string[]).includes(name)) {
      throw badParameter(`The key operation '${name.slice(0, 100)}' is not supported.`);
    }
  }
  return names;
}

export const createKey: Handler = (room, call) =>
  addVersion(room, call, async () => {
    const kind = readKeyKind(requiredText(call.body, 'kty'), call.vault.premium);
    // What can be refused is refused before the costly part.
    readNewVersion(call, kind.kty);
    return generateMaterial(room, kind, call.body);
  });

export const importKey: Handler = (room, call) =>
  addVersion(room, call, async () => {
    const jwk = objectOf(call.body, 'key');
    if (!jwk) throw badParameter("The request body must contain the parameter 'key'.");
    return readJwk(jwk, call.vault.premium);
  });

function readNewVersion(call: Call, kty: Material['kty']) {
  const { body } = call;
  const jwk = objectOf(body, 'key');
  const keyOps = readKeyOps(body) ?? (jwk && readKeyOps(jwk)) ?? defaultOperations[kty];
  const attributes = readAttributes(body);
  const releasePolicy = objectOf(body, 'release_policy');
  checkReleasePolicy(releasePolicy, attributes.exportable, undefined);
  return { keyOps, attributes, tags: readTags(body), releasePolicy };
}

/** Adds a version, with the object where the name is new. */
async function addVersion(room: Room, call: Call, make: () => Promise<Material>): Promise<Answer> {
  const { vault, nowMs } = call;
  const name = nameOf(call, 'keys');
  const check = async () => {
    const found = await findObject(room, call, 'keys', name);
    checkNameFree(found, 'keys', name);
    if (found?.value.managed) throw managedKey(name);
    return found;
  };
  await check();
  const material = await make();
  const { keyOps, attributes, tags, releasePolicy } = readNewVersion(call, material.kty);
  return room.inOrder(objectKey(vault, 'keys', name), async () => {
    const found = await check();
    const base: KeyVersion = {
      ...material,
      version: newHexId(),
      createdMs: nowMs,
      updatedMs: nowMs,
      enabled: true,
      keyOps,
      exportable: attributes.exportable,
      ...(releasePolicy && { releasePolicy }),
    };
    const version = applyAttributes(base, attributes, tags, nowMs);
    const record: ObjectRecord = {
      ...(found?.value ?? { type: 'keys', name, createdMs: nowMs }),
      current: version.version,
    };
    const writes: Write[] = [
      putObject(vault, record, found?.version),
      putVersion(vault, record, version),
      ...(await currentWrites(room, vault, record, version, nowMs)),
    ];
    await room.store.write(writes);
    room.notify({
      vault,
      kind: 'NewVersionCreated',
      type: 'keys',
      name,
      version: version.version,
      nbf: version.nbf,
      exp: version.exp,
    });
    return { body: keyBundle(vault, record, version) };
  });
}

export const getKey: Handler = async (room, call) => {
  const { object, version } = await requireVersion<KeyVersion>(room, call, 'keys');
  return { body: keyBundle(call.vault, object.value, version.value) };
};

export const updateKey: Handler = async (room, call) => {
  const { vault, body } = call;
  const name = nameOf(call, 'keys');
  return room.inOrder(objectKey(vault, 'keys', name), async () => {
    const { object, version } = await requireVersion<KeyVersion>(room, call, 'keys');
    const keyOps = readKeyOps(body);
    const releasePolicy = objectOf(body, 'release_policy');
    const attributes = readAttributes(body);
    checkReleasePolicy(
      releasePolicy,
      attributes.exportable ?? version.value.exportable,
      version.value.releasePolicy,
    );
    const next: KeyVersion = {
      ...applyAttributes(version.value, attributes, readTags(body), call.nowMs),
      ...(keyOps && { keyOps }),
      ...(releasePolicy && { releasePolicy }),
    };
    await room.store.write([
      putVersion(vault, object.value, next),
      ...(await currentWrites(room, vault, object.value, next, call.nowMs)),
    ]);
    return { body: keyBundle(vault, object.value, next) };
  });
};

export const listKeys: Handler = (room, call) =>
  listObjects(room, call, 'keys', 'live', async (record) => {
    const found = await getVersion<KeyVersion>(room, call.vault, record, record.current);
    return found && keyItem(call.vault, record, found.value, false);
  });

export const listKeyVersions: Handler = (room, call) =>
  listVersions<KeyVersion>(room, call, 'keys', (record, version) =>
    keyItem(call.vault, record, version, true),
  );
