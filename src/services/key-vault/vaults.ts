// Microsoft.KeyVault/vaults as a resource: creation, soft delete, recovery, purge, and its index.
import type { JsonObject } from '../../base/index.ts';
import type { Job, JobOutcome } from '../../jobs/index.ts';
import {
  type PrepareInput,
  type ResourceDocument,
  ResourceError,
  type Resources,
  type ResourceType,
} from '../../resources/index.ts';
import type { Store, Write } from '../../store/index.ts';
import { armApiVersions } from './limits.ts';
import type { Room, Vault } from './room.ts';
import { type DeletedVault, kinds } from './state.ts';
import { instanceMember, readVaultProperties } from './vault-properties.ts';

export const vaultType = 'Microsoft.KeyVault/vaults';
export const vaultQueue = 'key-vault-vaults';

/** A vault's document as the data plane needs it. */
export function vaultOf(resource: ResourceDocument, suffix: string): Vault {
  const { properties, id, name, location = '' } = resource;
  return {
    instance: String(properties[instanceMember]),
    resourceId: id,
    name,
    location,
    tenantId: String(properties.tenantId),
    premium: (properties.sku as JsonObject).name === 'premium',
    rbac: properties.enableRbacAuthorization === true,
    purgeProtection: properties.enablePurgeProtection === true,
    retentionDays: Number(properties.softDeleteRetentionInDays),
    origin: `https://${name.toLowerCase()}.${suffix}`,
    properties,
  };
}

export interface VaultIndex {
  /** By DNS name, or by the bare name. */
  byHost(host: string): Promise<Vault | undefined>;
  byId(resourceId: string): Promise<Vault | undefined>;
  close(): void;
}

/** All live vaults in memory; read again after any of them changed. */
export function createVaultIndex(resources: Resources, suffix: string): VaultIndex {
  let loaded: Promise<Map<string, Vault>> | undefined;
  const stop = resources.watch(vaultType, () => {
    loaded = undefined;
  });
  const load = () => {
    loaded ??= resources
      .list(vaultType)
      .then(
        (list) => new Map(list.map((each) => [each.name.toLowerCase(), vaultOf(each, suffix)])),
      );
    return loaded;
  };
  return {
    async byHost(host) {
      const name = host.toLowerCase();
      const bare = name.endsWith(`.${suffix}`) ? name.slice(0, -suffix.length - 1) : name;
      return (await load()).get(bare);
    },
    async byId(resourceId) {
      const vault = (await load()).get(resourceId.split('/').at(-1)!.toLowerCase());
      return vault?.resourceId.toLowerCase() === resourceId.toLowerCase() ? vault : undefined;
    },
    close: stop,
  };
}

const deletedKey = (name: string) => name.toLowerCase();

export async function findDeletedVault(
  store: Store,
  index: VaultIndex,
  name: string,
): Promise<DeletedVault | undefined> {
  const found = (await store.get<DeletedVault>(kinds.deletedVault, deletedKey(name)))?.value;
  // The note is made before the deletion is committed: a live vault has the last word.
  const live = found && (await index.byHost(name));
  return live?.instance === found?.properties[instanceMember] ? undefined : found;
}

/** The resource type, over the room. */
export function vaultResourceType(room: Room, index: VaultIndex): ResourceType {
  const { store, clock, settings } = room;
  return {
    type: vaultType,
    apiVersions: armApiVersions,
    location: true,
    prepare: (input) => prepare(room, index, input),
    async view({ properties: { [instanceMember]: _, ...shown } }) {
      return shown;
    },
    async saved(resource, previous) {
      if (previous) return;
      const key = deletedKey(resource.name);
      const note = await store.get<DeletedVault>(kinds.deletedVault, key);
      if (note?.value.properties[instanceMember] !== resource.properties[instanceMember]) return;
      await store.write([
        { delete: { kind: kinds.deletedVault, key } },
        ...(await room.jobs.remove({ queue: vaultQueue, id: key })),
      ]);
    },
    async deleting(resource) {
      const vault = vaultOf(resource, settings.suffix);
      const deletedMs = clock.now();
      const value: DeletedVault = {
        id: resource.id,
        name: resource.name,
        location: vault.location,
        tags: resource.tags,
        deletedMs,
        purgeMs: deletedMs + vault.retentionDays * 86_400_000,
        properties: resource.properties,
      };
      const key = deletedKey(resource.name);
      await store.write([
        { put: { kind: kinds.deletedVault, key, value } },
        ...(await room.jobs.schedule({
          queue: vaultQueue,
          id: key,
          dueMs: value.purgeMs,
          payload: { instance: vault.instance },
        })),
      ]);
    },
  };
}

async function prepare(room: Room, index: VaultIndex, input: PrepareInput): Promise<JsonObject> {
  const given = (input.body.properties ?? {}) as JsonObject;
  const recover = String(given.createMode ?? 'default').toLowerCase() === 'recover';
  if (input.previous) return readVaultProperties(input, room.settings.suffix);
  if (await index.byHost(input.name)) throw alreadyExists(input.name);
  const note = await findDeletedVault(room.store, index, input.name);
  if (note && !recover) throw alreadyExists(input.name, note);
  if (recover) {
    if (!note || note.id.toLowerCase() !== input.id.toLowerCase()) {
      throw new ResourceError(
        404,
        'DeletedVaultNotFound',
        `No deleted vault is named '${input.name}'.`,
      );
    }
    return note.properties;
  }
  return readVaultProperties(input, room.settings.suffix);
}

function alreadyExists(name: string, note?: DeletedVault): ResourceError {
  const state = note
    ? ` A vault of this name is deleted but recoverable (${note.id}); recover or purge it.`
    : '';
  return new ResourceError(
    409,
    'VaultAlreadyExists',
    `The vault name '${name}' is already in use. Vault names are globally unique so it is possible ` +
      `that the name is already taken.${state}`,
  );
}

/** Erases everything a vault ever held, a page at a time. */
export async function eraseVault(store: Store, instance: string): Promise<void> {
  const perKind = [kinds.version, kinds.object, kinds.issuer, kinds.authority];
  for (const kind of perKind) {
    for (;;) {
      const rows = await store.scan(kind, { prefix: `${instance}/`, limit: 500 });
      if (rows.length === 0) break;
      await store.write(rows.map(({ key }): Write => ({ delete: { kind, key } })));
    }
  }
  await store.write([
    { delete: { kind: kinds.contacts, key: instance } },
    { delete: { kind: kinds.authority, key: instance } },
  ]);
}

/** Purges a deleted vault: first its objects, then the note of it. */
export async function purgeVault(room: Room, note: DeletedVault): Promise<void> {
  await eraseVault(room.store, String(note.properties[instanceMember]));
  const key = deletedKey(note.name);
  await room.store.write([
    { delete: { kind: kinds.deletedVault, key } },
    ...(await room.jobs.remove({ queue: vaultQueue, id: key })),
  ]);
}

/** The handler of the queue: retention of a deleted vault is over. */
export function vaultPurgeHandler(room: Room, index: VaultIndex) {
  return async (job: Job): Promise<JobOutcome> => {
    const note = await findDeletedVault(room.store, index, job.id);
    if (!note || note.purgeMs > room.clock.now()) return { outcome: 'done' };
    await eraseVault(room.store, String(note.properties[instanceMember]));
    await room.store.write([{ delete: { kind: kinds.deletedVault, key: job.id } }]);
    return { outcome: 'done' };
  };
}
