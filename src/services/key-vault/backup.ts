// Backup and restore: opaque, authenticated, bound to the subscription and the geography.
import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto';
import { fromBase64Any, type JsonObject } from '../../base/index.ts';
import type { Write } from '../../store/index.ts';
import { certificateBundle } from './certificate-view.ts';
import { badParameter, type ObjectType, VaultError } from './errors.ts';
import { keyBundle, managedKey } from './key-view.ts';
import { lifecycleWrites } from './lifecycle.ts';
import { backupVersionsMax } from './limits.ts';
import {
  allVersions,
  findObject,
  objectKey,
  putObject,
  putVersion,
  requireLive,
} from './objects.ts';
import type { Call, Handler, Room, Vault } from './room.ts';
import { managedSecret, secretBundle } from './secrets.ts';
import {
  type CertificateVersion,
  type KeyVersion,
  kinds,
  type ObjectRecord,
  type SecretVersion,
  type VersionRecord,
} from './state.ts';
import { requiredText } from './wire.ts';

interface Member {
  readonly record: ObjectRecord;
  readonly versions: readonly VersionRecord[];
}

const corrupt = () => badParameter('Backup blob contains invalid or corrupt version.');

/** A certificate takes its key and secret with it. */
const familyOf = (type: ObjectType): ObjectType[] =>
  type === 'certificates' ? ['certificates', 'keys', 'secrets'] : [type];

/** The first part of a subscription's ids, and the geography that a region belongs to. */
function boundary(vault: Vault): Buffer {
  const subscription =
    /^\/subscriptions\/([^/]+)/i.exec(vault.resourceId)?.[1]?.toLowerCase() ?? '';
  return Buffer.from(JSON.stringify([subscription, geographyOf(vault.location)]));
}

/** Regions share a geography by their common name: `westus2` and `eastus` are of `us`. */
export function geographyOf(location: string): string {
  const bare = location.toLowerCase().replaceAll(' ', '').replace(/\d+$/, '');
  return (
    bare
      .replace(/^(north|south|east|west|central)+/, '')
      .replace(/(north|south|east|west|central)+$/, '') || bare
  );
}

export const backupObject =
  (type: ObjectType): Handler =>
  async (room, call) => {
    const found = await requireLive(room, call, type);
    const { name, managed } = found.value;
    if (managed) throw type === 'keys' ? managedKey(name) : managedSecret(name);
    const members: Member[] = [];
    for (const each of familyOf(type)) {
      const key = objectKey(call.vault, each, name);
      const record = (await room.records.get<ObjectRecord>(kinds.object, key))?.value;
      if (!record) continue;
      const versions = await allVersions(room, call.vault, record);
      if (versions.length > backupVersionsMax) {
        throw badParameter(`At most ${backupVersionsMax} versions can be backed up.`);
      }
      members.push({ record, versions: versions.map(({ value }) => value) });
    }
    return { body: { value: await seal(room, call.vault, { type, members }) } };
  };

/** The key that seals every backup of this data folder. */
async function sealingKey(room: Room): Promise<Buffer> {
  const id = 'backup';
  const found = await room.records.get<{ key: string }>(kinds.authority, id);
  if (found) return Buffer.from(found.value.key, 'base64');
  const key = randomBytes(32);
  const value = { key: key.toString('base64') };
  await room.store.write([
    { put: { kind: kinds.authority, key: id, value, sealed: true }, ifVersion: 0 },
  ]);
  return key;
}

async function seal(room: Room, vault: Vault, content: object): Promise<string> {
  const iv = randomBytes(12);
  const cipher = createCipheriv('aes-256-gcm', await sealingKey(room), iv);
  cipher.setAAD(boundary(vault));
  const text = Buffer.from(JSON.stringify(content));
  const sealed = Buffer.concat([cipher.update(text), cipher.final()]);
  return Buffer.concat([Buffer.from('LZB1'), iv, cipher.getAuthTag(), sealed]).toString(
    'base64url',
  );
}

async function open(room: Room, vault: Vault, type: ObjectType, text: string): Promise<Member[]> {
  const bytes = fromBase64Any(text);
  if (!bytes || bytes.length < 33 || bytes.toString('latin1', 0, 4) !== 'LZB1') throw corrupt();
  try {
    const key = await sealingKey(room);
    const cipher = createDecipheriv('aes-256-gcm', key, bytes.subarray(4, 16));
    cipher.setAAD(boundary(vault)).setAuthTag(bytes.subarray(16, 32));
    const plain = Buffer.concat([cipher.update(bytes.subarray(32)), cipher.final()]);
    const content = JSON.parse(plain.toString('utf8')) as { type: string; members: Member[] };
    if (content.type === type) return content.members;
  } catch {
    // A blob of another subscription, geography or folder cannot be told from a broken one.
  }
  throw corrupt();
}

export const restoreObject =
  (type: ObjectType): Handler =>
  async (room, call) => {
    const { vault, nowMs } = call;
    const members = await open(room, vault, type, requiredText(call.body, 'value'));
    const { name } = members[0]!.record;
    return room.inOrder(objectKey(vault, type, name), async () => {
      for (const each of familyOf(type)) await requireFree(room, call, each, name);
      const writes: Write[] = [];
      for (const { record, versions } of members) {
        const { deletion: _, recoveredMs: __, ...live } = record;
        writes.push(putObject(vault, live, 0));
        for (const version of versions) writes.push(putVersion(vault, live, version));
        const current = versions.find(({ version }) => version === record.current);
        if (current) writes.push(...(await lifecycleWrites(room, vault, live, current, nowMs)));
      }
      await room.store.write(writes);
      return { body: bundleOf(vault, members[0]!) };
    });
  };

async function requireFree(room: Room, call: Call, type: ObjectType, name: string): Promise<void> {
  if (!(await findObject(room, call, type, name))) return;
  throw new VaultError(
    'Conflict',
    `There was a conflict restoring the ${type.slice(0, -1)} '${name}' because one with this name ` +
      'already exists or is deleted but recoverable.',
  );
}

function bundleOf(vault: Vault, { record, versions }: Member): JsonObject {
  const version = versions.find((each) => each.version === record.current)!;
  if (record.type === 'keys') return keyBundle(vault, record, version as KeyVersion);
  if (record.type === 'secrets') return secretBundle(vault, record, version as SecretVersion);
  return certificateBundle(vault, record, version as CertificateVersion);
}
