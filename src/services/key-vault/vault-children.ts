// ARM types below a vault: secrets and keys made by templates, and changes of access policies.
import type { Json, JsonObject } from '../../base/index.ts';
import {
  type PrepareInput,
  type ResourceDocument,
  ResourceError,
  type ResourceType,
} from '../../resources/index.ts';
import { VaultError } from './errors.ts';
import { createKey } from './keys.ts';
import { armApiVersions, nameShape } from './limits.ts';
import { findObject, getVersion, objectUrl } from './objects.ts';
import type { Call, Handler, Room, Vault } from './room.ts';
import { setRotationPolicy } from './rotation.ts';
import { setSecret } from './secrets.ts';
import type { KeyVersion, SecretVersion } from './state.ts';
import { readAccessPolicies } from './vault-properties.ts';
import { type VaultIndex, vaultType } from './vaults.ts';
import { attributesOf } from './wire.ts';

/** The types, over the room. */
export function vaultChildTypes(room: Room, index: VaultIndex): ResourceType[] {
  const vaultOf = async (id: string) => {
    const vault = await index.byId(id.split('/').slice(0, -2).join('/'));
    if (vault) return vault;
    throw new ResourceError(404, 'ParentResourceNotFound', `The vault of '${id}' does not exist.`);
  };
  return [secretType(room, vaultOf), keyType(room, vaultOf), accessPolicyType(room)];
}

type VaultOf = (id: string) => Promise<Vault>;

/** The host itself calls: ARM has decided on its own rights already. */
function callOf(room: Room, vault: Vault, name: string, body: JsonObject): Call {
  return {
    vault,
    caller: { objectId: '', applicationId: '', issuer: '', delegated: false, groups: [] },
    parameters: { name },
    query: new Map(),
    body,
    apiVersion: '7.5',
    nowMs: room.clock.now(),
  };
}

async function run(room: Room, handler: Handler, call: Call): Promise<void> {
  try {
    await handler(room, call);
  } catch (error) {
    if (!(error instanceof VaultError)) throw error;
    throw new ResourceError(error.status, error.code, error.message);
  }
}

function checkName({ name }: PrepareInput): void {
  if (nameShape.test(name)) return;
  throw new ResourceError(400, 'BadRequest', `'${name}' is not a name of a key or secret.`, 'name');
}

const base = { apiVersions: armApiVersions, location: false } as const;

function propertiesOf({ body }: PrepareInput): JsonObject {
  const { properties } = body;
  if (properties && typeof properties === 'object' && !Array.isArray(properties)) return properties;
  throw new ResourceError(400, 'BadRequest', "The body must contain 'properties'.", 'properties');
}

function secretType(room: Room, vaultOf: VaultOf): ResourceType {
  // The value goes from the body to the vault; it never becomes part of the document.
  const values = new WeakMap<JsonObject, JsonObject>();
  return {
    ...base,
    type: `${vaultType}/secrets`,
    async prepare(input) {
      checkName(input);
      await vaultOf(input.id);
      const { value, ...rest } = propertiesOf(input);
      if (typeof value !== 'string' && !input.previous) {
        throw new ResourceError(400, 'BadRequest', "'properties.value' must be a string.", 'value');
      }
      const kept = { ...input.previous?.properties, ...rest };
      if (typeof value === 'string') values.set(kept, { value });
      return kept;
    },
    async saved({ id, name, properties, tags }) {
      const value = values.get(properties);
      if (!value) return;
      values.delete(properties);
      const { contentType, attributes } = properties;
      const body: JsonObject = {
        ...value,
        ...(contentType !== undefined && { contentType }),
        ...(attributes !== undefined && { attributes }),
        ...(tags && { tags: { ...tags } }),
      };
      await run(room, setSecret, callOf(room, await vaultOf(id), name, body));
    },
    async view(resource) {
      const found = await currentOf<SecretVersion>(room, vaultOf, resource, 'secrets');
      if (!found) return resource.properties;
      const { vault, version } = found;
      return {
        attributes: timesOf(vault, version),
        ...(version.contentType !== undefined && { contentType: version.contentType }),
        secretUri: objectUrl(vault, 'secrets', resource.name),
        secretUriWithVersion: objectUrl(vault, 'secrets', resource.name, version.version),
      };
    },
  };
}

function timesOf(vault: Vault, version: SecretVersion | KeyVersion): JsonObject {
  const { recoverableDays: _, ...attributes } = attributesOf(vault, version);
  return attributes;
}

async function currentOf<Version extends SecretVersion | KeyVersion>(
  room: Room,
  vaultOf: VaultOf,
  { id, name }: ResourceDocument,
  type: 'keys' | 'secrets',
) {
  const vault = await vaultOf(id);
  const found = await findObject(room, { vault, nowMs: room.clock.now() }, type, name);
  if (found?.life !== 'live') return undefined;
  const version = await getVersion<Version>(room, vault, found.value, found.value.current);
  return version && { vault, version: version.value };
}

function keyType(room: Room, vaultOf: VaultOf): ResourceType {
  return {
    ...base,
    type: `${vaultType}/keys`,
    createdStatus: 200,
    async prepare(input) {
      checkName(input);
      await vaultOf(input.id);
      const properties = propertiesOf(input);
      if (typeof properties.kty !== 'string') {
        throw new ResourceError(400, 'BadRequest', "'properties.kty' must be a string.", 'kty');
      }
      return { ...properties };
    },
    /** Made where it does not exist; an existing key is left as it is, as in Azure. */
    async saved(resource) {
      const { id, name, properties, tags } = resource;
      if (await currentOf(room, vaultOf, resource, 'keys')) return;
      const { kty, keySize, curveName, keyOps, attributes, release_policy, rotationPolicy } =
        properties;
      const body: JsonObject = {
        kty: kty!,
        key_size: keySize ?? null,
        crv: curveName ?? null,
        key_ops: keyOps ?? null,
        attributes: attributes ?? null,
        release_policy: release_policy ?? null,
        ...(tags && { tags: { ...tags } }),
      };
      const vault = await vaultOf(id);
      await run(room, createKey, callOf(room, vault, name, body));
      if (!rotationPolicy) return;
      const call = callOf(room, vault, name, rotationBody(rotationPolicy as JsonObject));
      await run(room, setRotationPolicy, call);
    },
    async view(resource) {
      const found = await currentOf<KeyVersion>(room, vaultOf, resource, 'keys');
      if (!found) return resource.properties;
      const { vault, version } = found;
      const { keySize, rotationPolicy } = resource.properties;
      return {
        attributes: timesOf(vault, version),
        kty: version.hsm ? `${version.kty}-HSM` : version.kty,
        keyOps: [...version.keyOps],
        ...(version.kty === 'RSA' && { keySize: keySize ?? 2048 }),
        ...(version.crv && { curveName: version.crv }),
        ...(rotationPolicy !== undefined && { rotationPolicy }),
        keyUri: objectUrl(vault, 'keys', resource.name),
        keyUriWithVersion: objectUrl(vault, 'keys', resource.name, version.version),
      };
    },
  };
}

/** ARM writes action types in lower case, and calls the members alike. */
function rotationBody(policy: JsonObject): JsonObject {
  return { lifetimeActions: policy.lifetimeActions ?? [], attributes: policy.attributes ?? null };
}

const changes = ['add', 'replace', 'remove'];

/** `vaults/{v}/accessPolicies/add|replace|remove`: changes the vault's own list. */
function accessPolicyType(room: Room): ResourceType {
  return {
    ...base,
    type: `${vaultType}/accessPolicies`,
    unlisted: true,
    async prepare(input) {
      if (!changes.includes(input.name.toLowerCase())) {
        const message = `The access policy operation '${input.name}' is not add, replace or remove.`;
        throw new ResourceError(400, 'BadRequest', message, 'name');
      }
      return { accessPolicies: readAccessPolicies(propertiesOf(input).accessPolicies ?? null) };
    },
    async saved({ id, name, properties }) {
      const vaultId = id.split('/').slice(0, -2).join('/');
      const vault = await room.resources.get(vaultId);
      if (!vault) return;
      const before = (vault.properties.accessPolicies ?? []) as JsonObject[];
      const given = properties.accessPolicies as JsonObject[];
      const { location, tags } = vault;
      await room.resources.put({
        id: vaultId,
        apiVersion: armApiVersions[0],
        body: {
          location: location ?? null,
          ...(tags && { tags: { ...tags } }),
          properties: { accessPolicies: combine(name.toLowerCase(), before, given) },
        },
        callerObjectId: '',
      });
    },
  };
}

const whose = ({ objectId, applicationId }: JsonObject) =>
  `${String(objectId)}/${String(applicationId ?? '')}`.toLowerCase();

function combine(operation: string, before: JsonObject[], given: JsonObject[]): Json[] {
  const list = new Map(before.map((entry) => [whose(entry), entry]));
  for (const entry of given) {
    const old = list.get(whose(entry));
    if (operation === 'replace' || !old) {
      if (operation !== 'remove') list.set(whose(entry), entry);
      continue;
    }
    const permissions = merge(operation, old.permissions, entry.permissions);
    const empty = Object.values(permissions).every((words) => (words as Json[]).length === 0);
    if (empty) list.delete(whose(entry));
    else list.set(whose(entry), { ...old, permissions });
  }
  return [...list.values()];
}

function merge(operation: string, before: Json | undefined, given: Json | undefined): JsonObject {
  const merged: JsonObject = { ...(before as JsonObject | undefined) };
  for (const [type, words] of Object.entries((given ?? {}) as Record<string, string[]>)) {
    const old = (merged[type] ?? []) as string[];
    const named = new Set(words.map((word) => word.toLowerCase()));
    merged[type] =
      operation === 'remove'
        ? old.filter((word) => !named.has(word.toLowerCase()))
        : [
            ...old,
            ...words.filter(
              (word) => !old.some((each) => each.toLowerCase() === word.toLowerCase()),
            ),
          ];
  }
  return merged;
}
