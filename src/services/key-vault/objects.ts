// Objects and their versions: finding them in the state they are in now, listing, writing.
import type { JsonObject } from '../../base/index.ts';
import type { StoredDocument, Write } from '../../store/index.ts';
import {
  badParameter,
  deletedObjectNotFound,
  nameIsHeld,
  type ObjectType,
  objectNotFound,
} from './errors.ts';
import { nameShape, versionShape } from './limits.ts';
import type { Call, Room, Vault } from './room.ts';
import { kinds, type ObjectRecord, type VersionRecord } from './state.ts';

export type Life = 'absent' | 'live' | 'deleting' | 'deleted' | 'recovering';

/** What a record means at this moment: transitions are times, not writes. */
export function lifeOf(record: ObjectRecord | undefined, nowMs: number): Life {
  if (!record) return 'absent';
  const { deletion, recoveredMs } = record;
  if (deletion) {
    if (nowMs >= deletion.purgeMs) return 'absent';
    return nowMs < deletion.visibleMs ? 'deleting' : 'deleted';
  }
  return recoveredMs !== undefined && nowMs < recoveredMs ? 'recovering' : 'live';
}

export const objectKey = (vault: Vault, type: ObjectType, name: string) =>
  `${vault.instance}/${type}/${name.toLowerCase()}`;

export const versionKey = (vault: Vault, type: ObjectType, name: string, version: string) =>
  `${objectKey(vault, type, name)}/${version.toLowerCase()}`;

export type Found = StoredDocument<ObjectRecord> & { readonly life: Life };

/** The object of a name, whatever its state; undefined where there is none (any more). */
export async function findObject(
  room: Room,
  call: Pick<Call, 'vault' | 'nowMs'>,
  type: ObjectType,
  name: string,
): Promise<Found | undefined> {
  const found = await room.records.get<ObjectRecord>(
    kinds.object,
    objectKey(call.vault, type, name),
  );
  if (!found) return undefined;
  const life = lifeOf(found.value, call.nowMs);
  if (life !== 'absent') return { ...found, life };
  // Its retention is over; nothing of it may show under a new object of the name.
  await room.store.write(await eraseWrites(room, call.vault, found.value));
  return undefined;
}

/** The name in the path; throws for one that no object can have. */
export function nameOf(call: Call, type: ObjectType): string {
  const { name = '' } = call.parameters;
  if (nameShape.test(name)) return name;
  throw badParameter(
    `The request URI contains an invalid name: ${name.slice(0, 200)}. A name of ${type} has 1 to 127 ` +
      'letters, digits and hyphens.',
  );
}

/** The live object of the path's name. Throws the 404 of its type. */
export async function requireLive(room: Room, call: Call, type: ObjectType): Promise<Found> {
  const name = nameOf(call, type);
  const found = await findObject(room, call, type, name);
  if (found?.life !== 'live') throw objectNotFound(type, name);
  return found;
}

/** The soft-deleted object of the path's name. */
export async function requireDeleted(room: Room, call: Call, type: ObjectType): Promise<Found> {
  const name = nameOf(call, type);
  const found = await findObject(room, call, type, name);
  if (found?.life !== 'deleted') throw deletedObjectNotFound(type, name);
  return found;
}

/** Throws 409 where the name belongs to something deleted or on its way. */
export function checkNameFree(found: Found | undefined, type: ObjectType, name: string): void {
  if (found && found.life !== 'live' && found.life !== 'absent') {
    throw nameIsHeld(type, name, found.life);
  }
}

export async function getVersion<Version extends VersionRecord>(
  room: Room,
  vault: Vault,
  { type, name }: ObjectRecord,
  version: string,
): Promise<StoredDocument<Version> | undefined> {
  return room.records.get<Version>(kinds.version, versionKey(vault, type, name, version));
}

/** The version of the path, the current one where it names none. Throws the 404 of its type. */
export async function requireVersion<Version extends VersionRecord>(
  room: Room,
  call: Call,
  type: ObjectType,
): Promise<{ object: Found; version: StoredDocument<Version> }> {
  const object = await requireLive(room, call, type);
  const wanted = call.parameters.version || object.value.current;
  if (!versionShape.test(wanted)) {
    throw badParameter(`The request URI contains an invalid version: ${wanted.slice(0, 100)}`);
  }
  const version = await getVersion<Version>(room, call.vault, object.value, wanted);
  if (!version) throw objectNotFound(type, `${object.value.name}/${wanted}`);
  return { object, version };
}

export const putObject = (vault: Vault, record: ObjectRecord, ifVersion?: number): Write => ({
  put: { kind: kinds.object, key: objectKey(vault, record.type, record.name), value: record },
  ...(ifVersion !== undefined && { ifVersion }),
});

/** Versions of keys and secrets are sealed: they hold what must not be read at rest. */
export const putVersion = (
  vault: Vault,
  { type, name }: Pick<ObjectRecord, 'type' | 'name'>,
  version: VersionRecord,
): Write => ({
  put: {
    kind: kinds.version,
    key: versionKey(vault, type, name, version.version),
    value: version,
    sealed: true,
  },
});

/** All versions of an object, by version. */
export async function allVersions<Version extends VersionRecord>(
  room: Room,
  vault: Vault,
  { type, name }: Pick<ObjectRecord, 'type' | 'name'>,
): Promise<StoredDocument<Version>[]> {
  const prefix = `${objectKey(vault, type, name)}/`;
  const found: StoredDocument<Version>[] = [];
  for (let after: string | undefined; ; ) {
    const page = await room.store.scan<Version>(kinds.version, { prefix, after, limit: 500 });
    found.push(...page);
    if (page.length < 500) return found;
    after = page.at(-1)!.key;
  }
}

/** Writes that leave nothing of an object. */
export async function eraseWrites(
  room: Room,
  vault: Vault,
  record: ObjectRecord,
): Promise<Write[]> {
  const versions = await allVersions(room, vault, record);
  return [
    { delete: { kind: kinds.object, key: objectKey(vault, record.type, record.name) } },
    ...versions.map(({ kind, key }): Write => ({ delete: { kind, key } })),
  ];
}

export const objectUrl = (vault: Vault, type: ObjectType, name: string, version?: string) =>
  `${vault.origin}/${type}/${name}${version ? `/${version}` : ''}`;

/** Members of a soft-deleted object's answers. */
export function deletionOf(vault: Vault, { type, name, deletion }: ObjectRecord): JsonObject {
  return {
    recoveryId: `${vault.origin}/deleted${type}/${name}`,
    deletedDate: Math.floor(deletion!.atMs / 1000),
    scheduledPurgeDate: Math.floor(deletion!.purgeMs / 1000),
  };
}
