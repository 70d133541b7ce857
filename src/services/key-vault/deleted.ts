// Soft delete of all three types: delete, look at, list, recover, purge.
import type { JsonObject } from '../../base/index.ts';
import type { Write } from '../../store/index.ts';
import { settlePending } from './certificate-issuing.ts';
import { certificateBundle, certificateItem } from './certificate-view.ts';
import { forbidden, type ObjectType } from './errors.ts';
import { keyBundle, keyItem, managedKey } from './key-view.ts';
import { lifecycleWrites } from './lifecycle.ts';
import {
  deletionOf,
  eraseWrites,
  type Found,
  getVersion,
  nameOf,
  objectKey,
  putObject,
  requireDeleted,
  requireLive,
} from './objects.ts';
import { listObjects } from './paging.ts';
import type { Call, Handler, Room, Vault } from './room.ts';
import { managedSecret, secretBundle, secretItem } from './secrets.ts';
import {
  type CertificateVersion,
  type KeyVersion,
  kinds,
  type ObjectRecord,
  type SecretVersion,
  type VersionRecord,
} from './state.ts';

/** The bundle of a type; of a secret without its value. */
function bundleOf(vault: Vault, record: ObjectRecord, version: VersionRecord): JsonObject {
  if (record.type === 'keys') return keyBundle(vault, record, version as KeyVersion);
  if (record.type === 'secrets') return secretBundle(vault, record, version as SecretVersion);
  return certificateBundle(vault, record, version as CertificateVersion);
}

function itemOf(vault: Vault, record: ObjectRecord, version: VersionRecord): JsonObject {
  if (record.type === 'keys') return keyItem(vault, record, version as KeyVersion, false);
  if (record.type === 'secrets') return secretItem(vault, record, version as SecretVersion, false);
  return certificateItem(vault, record, version as CertificateVersion, false);
}

/** A managed key or secret follows its certificate. */
function refuseManaged({ type, name, managed }: ObjectRecord): void {
  if (managed) throw type === 'keys' ? managedKey(name) : managedSecret(name);
}

/** The records that live and die together: of a certificate also its key and secret. */
async function family(room: Room, vault: Vault, { type, name }: ObjectRecord) {
  const types: ObjectType[] =
    type === 'certificates' ? ['certificates', 'keys', 'secrets'] : [type];
  const found = await Promise.all(
    types.map((each) => room.records.get<ObjectRecord>(kinds.object, objectKey(vault, each, name))),
  );
  return found.filter((each) => each !== undefined);
}

async function versionOf(room: Room, vault: Vault, record: ObjectRecord): Promise<VersionRecord> {
  return (await getVersion(room, vault, record, record.current))!.value;
}

export const deleteObject =
  (type: ObjectType): Handler =>
  async (room, call) => {
    const { vault, nowMs } = call;
    const name = nameOf(call, type);
    if (type === 'certificates') await settlePending(room, vault, name);
    return room.inOrder(objectKey(vault, type, name), async () => {
      const found = await requireLive(room, call, type);
      refuseManaged(found.value);
      const deletion = {
        atMs: nowMs,
        visibleMs: nowMs + room.settings.transitionMs,
        purgeMs: nowMs + vault.retentionDays * 86_400_000,
      };
      const members = await family(room, vault, found.value);
      const version = await versionOf(room, vault, found.value);
      const record: ObjectRecord = { ...found.value, deletion };
      await room.store.write([
        ...members.map((each) => putObject(vault, { ...each.value, deletion }, each.version)),
        ...(await timers(room, vault, members, deletion, nowMs)),
      ]);
      return { body: { ...bundleOf(vault, record, version), ...deletionOf(vault, record) } };
    });
  };

async function timers(
  room: Room,
  vault: Vault,
  members: readonly { readonly value: ObjectRecord }[],
  deletion: ObjectRecord['deletion'],
  nowMs: number,
): Promise<Write[]> {
  const writes: Write[] = [];
  for (const { value } of members) {
    const version = await getVersion(room, vault, value, value.current);
    if (!version) continue;
    writes.push(
      ...(await lifecycleWrites(room, vault, { ...value, deletion }, version.value, nowMs)),
    );
  }
  return writes;
}

export const getDeleted =
  (type: ObjectType): Handler =>
  async (room, call) => {
    const { value } = await requireDeleted(room, call, type);
    const version = await versionOf(room, call.vault, value);
    return { body: { ...bundleOf(call.vault, value, version), ...deletionOf(call.vault, value) } };
  };

export const listDeleted =
  (type: ObjectType): Handler =>
  (room, call) =>
    listObjects(room, call, type, 'deleted', async (record) => {
      if (record.managed) return undefined;
      const version = await getVersion(room, call.vault, record, record.current);
      if (!version) return undefined;
      return { ...itemOf(call.vault, record, version.value), ...deletionOf(call.vault, record) };
    });

export const recoverObject =
  (type: ObjectType): Handler =>
  (room, call) =>
    withDeleted(room, call, type, async (found) => {
      const { vault, nowMs } = call;
      const recoveredMs = nowMs + room.settings.transitionMs;
      const members = await family(room, vault, found.value);
      const live = (record: ObjectRecord): ObjectRecord => {
        const { deletion: _, ...rest } = record;
        return { ...rest, recoveredMs };
      };
      const version = await versionOf(room, vault, found.value);
      await room.store.write([
        ...members.map((each) => putObject(vault, live(each.value), each.version)),
        ...(await timers(
          room,
          vault,
          members.map((each) => ({ value: live(each.value) })),
          undefined,
          nowMs,
        )),
      ]);
      return { body: bundleOf(vault, live(found.value), version) };
    });

export const purgeObject =
  (type: ObjectType): Handler =>
  (room, call) =>
    withDeleted(room, call, type, async (found) => {
      const { vault } = call;
      if (vault.purgeProtection) {
        throw forbidden(
          `Operation "purge" is not allowed because purge protection is enabled for this vault. ` +
            `Key Vault service will automatically purge it after the retention period has passed.`,
          'PurgeProtectionEnabled',
        );
      }
      const members = await family(room, vault, found.value);
      const erased = await Promise.all(members.map(({ value }) => eraseWrites(room, vault, value)));
      await room.store.write(erased.flat());
      return { status: 204 };
    });

function withDeleted<T>(
  room: Room,
  call: Call,
  type: ObjectType,
  work: (found: Found) => Promise<T>,
): Promise<T> {
  const name = nameOf(call, type);
  return room.inOrder(objectKey(call.vault, type, name), async () => {
    const found = await requireDeleted(room, call, type);
    refuseManaged(found.value);
    return work(found);
  });
}
