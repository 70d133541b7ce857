// What Microsoft.KeyVault answers at a subscription: free names, deleted vaults, purging.
import { type JsonObject, newGuid } from '../../base/index.ts';
import { type ProviderOperation, ResourceError } from '../../resources/index.ts';
import { vaultNameShape } from './limits.ts';
import type { Room } from './room.ts';
import { type DeletedVault, kinds } from './state.ts';
import { findDeletedVault, purgeVault, type VaultIndex, vaultType } from './vaults.ts';

/** Provider operations, over the room. */
export function vaultOperations(room: Room, index: VaultIndex): ProviderOperation[] {
  const subscriptionOf = (id: string) => id.split('/')[2]?.toLowerCase();
  const required = async (subscriptionId: string, location: string, name: string) => {
    const note = await findDeletedVault(room.store, index, name);
    const same = note && subscriptionOf(note.id) === subscriptionId.toLowerCase();
    if (same && note.location.toLowerCase() === location.toLowerCase()) return note;
    throw new ResourceError(
      404,
      'DeletedVaultNotFound',
      `The specified deleted vault '${name}' does not exist.`,
    );
  };
  return [
    {
      method: 'POST',
      path: 'checkNameAvailability',
      action: 'Microsoft.KeyVault/checkNameAvailability/read',
      answer: async ({ body }) => ({
        status: 200,
        body: await checkName(room, index, body as JsonObject),
      }),
    },
    {
      method: 'GET',
      path: 'deletedVaults',
      action: 'Microsoft.KeyVault/deletedVaults/read',
      async answer({ subscriptionId }) {
        const notes = await room.store.scan<DeletedVault>(kinds.deletedVault, { limit: 10_000 });
        const value: JsonObject[] = [];
        for (const { value: each } of notes) {
          const note = await findDeletedVault(room.store, index, each.name);
          if (note && subscriptionOf(note.id) === subscriptionId.toLowerCase())
            value.push(view(note));
        }
        return { status: 200, body: { value } };
      },
    },
    {
      method: 'GET',
      path: 'locations/{location}/deletedVaults/{name}',
      action: 'Microsoft.KeyVault/locations/deletedVaults/read',
      answer: async ({ subscriptionId, parameters: { location = '', name = '' } }) => ({
        status: 200,
        body: view(await required(subscriptionId, location, name)),
      }),
    },
    {
      method: 'POST',
      path: 'locations/{location}/deletedVaults/{name}/purge',
      action: 'Microsoft.KeyVault/locations/deletedVaults/purge/action',
      async answer({
        subscriptionId,
        parameters: { location = '', name = '' },
        origin,
        apiVersion,
      }) {
        const note = await required(subscriptionId, location, name);
        if (note.properties.enablePurgeProtection === true) {
          throw new ResourceError(
            403,
            'PurgeProtectionEnabled',
            `The vault '${name}' is protected from purging; it goes when its retention is over.`,
          );
        }
        await purgeVault(room, note);
        const place = `${origin}/subscriptions/${subscriptionId}/providers/Microsoft.KeyVault/locations/${location}`;
        const result = `${place}/operationResults/${newGuid()}?api-version=${apiVersion}`;
        return { status: 202, headers: { Location: result, 'Retry-After': '0' } };
      },
    },
    {
      method: 'GET',
      path: 'locations/{location}/operationResults/{operation}',
      action: 'Microsoft.KeyVault/locations/operationResults/read',
      answer: async () => ({ status: 200 }),
    },
  ];
}

async function checkName(room: Room, index: VaultIndex, body: JsonObject): Promise<JsonObject> {
  const name = String(body?.name ?? '');
  if (body?.type !== vaultType) {
    throw new ResourceError(400, 'BadRequest', `The parameter 'type' must be '${vaultType}'.`);
  }
  if (!vaultNameShape.test(name)) {
    return {
      nameAvailable: false,
      reason: 'AccountNameInvalid',
      message:
        'Vault name must be between 3-24 alphanumeric characters. The name must begin with a letter, end with a letter or digit, and not contain consecutive hyphens.',
    };
  }
  const taken = (await index.byHost(name)) ?? (await findDeletedVault(room.store, index, name));
  if (!taken) return { nameAvailable: true };
  return {
    nameAvailable: false,
    reason: 'AlreadyExists',
    message: `The vault name '${name}' is already in use. Vault names are globally unique.`,
  };
}

function view(note: DeletedVault): JsonObject {
  const subscription = note.id.split('/')[2];
  const place = `/subscriptions/${subscription}/providers/Microsoft.KeyVault/locations/${note.location}`;
  return {
    id: `${place}/deletedVaults/${note.name}`,
    name: note.name,
    type: 'Microsoft.KeyVault/deletedVaults',
    properties: {
      vaultId: note.id,
      location: note.location,
      ...(note.tags && { tags: { ...note.tags } }),
      deletionDate: new Date(note.deletedMs).toISOString(),
      scheduledPurgeDate: new Date(note.purgeMs).toISOString(),
      ...(note.properties.enablePurgeProtection === true && { purgeProtectionEnabled: true }),
    },
  };
}
