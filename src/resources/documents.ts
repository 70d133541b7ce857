// Resource documents over the store: ARM's PUT and DELETE with identities, children and hooks.
import { type Clock, isGuid } from '../base/index.ts';
import { ConflictError, type Store, type StoredDocument } from '../store/index.ts';
import {
  type ManagedIdentities,
  type PutInput,
  type ResourceDocument,
  ResourceError,
  type Resources,
  type ResourceType,
  type Subscriptions,
} from './contract.ts';
import { checkApiVersion, checkNames, readEnvelope } from './envelope.ts';
import { checkIdentity, ensureIdentity, hasSystemIdentity } from './identity.ts';
import { groupType, parseResourceId, type ResourceId, resourceIdOf } from './ids.ts';
import { scanPage } from './limits.ts';
import { resourceGroups } from './resource-groups.ts';
import { serialiser } from './serial.ts';

export interface ResourcesOptions {
  readonly store: Store;
  readonly clock: Clock;
  readonly types: readonly ResourceType[];
  readonly managedIdentities: ManagedIdentities;
  readonly subscriptions: Subscriptions;
}

/** Documents are kept by type, so that a type is listed and watched without reading others. */
export const documentKind = (type: string) => `resource:${type.toLowerCase()}`;

/** Implements `Resources` over the store. Every write of one id waits for the one before it. */
export function createResources(options: ResourcesOptions): Resources {
  const types = new Map<string, ResourceType>();
  const inOrder = serialiser();
  const register = (added: readonly ResourceType[]) => {
    for (const type of added) types.set(type.type.toLowerCase(), type);
  };
  register([resourceGroups, ...options.types]);
  const room: Room = { ...options, types };
  return {
    get: async (id) => (await find(room, id))?.value,
    list: (type, scope) => list(room, type, scope),
    put: (input) => inOrder(input.id.toLowerCase(), () => put(room, input)),
    delete: (id) => inOrder(id.toLowerCase(), () => remove(room, id)),
    watch: (type, listener) =>
      options.store.watch(documentKind(type), (change) => listener(change.key)),
    typeOf: (type) => types.get(type.toLowerCase()),
    get types() {
      return [...types.values()];
    },
    register,
    async view(resource) {
      const view = types.get(resource.type.toLowerCase())?.view;
      return view ? { ...resource, properties: await view(resource) } : resource;
    },
    within: (scope) => within(room, scope),
  };
}

type Room = Omit<ResourcesOptions, 'types'> & { readonly types: Map<string, ResourceType> };

async function find(room: Room, id: string): Promise<StoredDocument<ResourceDocument> | undefined> {
  const parsed = parseResourceId(id);
  if (!parsed) return undefined;
  return room.store.get<ResourceDocument>(documentKind(parsed.type), parsed.id.toLowerCase());
}

async function list(room: Room, type: string, scope = ''): Promise<ResourceDocument[]> {
  const bare = scope.toLowerCase().replace(/\/+$/, '');
  const prefix = bare === '' ? '' : `${bare}/`;
  const found: ResourceDocument[] = [];
  for (let after: string | undefined; ; ) {
    const page = await room.store.scan<ResourceDocument>(documentKind(type), {
      prefix,
      after,
      limit: scanPage,
    });
    found.push(...page.map((each) => each.value));
    if (page.length < scanPage) return found;
    after = page.at(-1)!.key;
  }
}

async function within(room: Room, scope: string): Promise<ResourceDocument[]> {
  const itself = await find(room, scope);
  const below = await Promise.all([...room.types.keys()].map((type) => list(room, type, scope)));
  const all = [...(itself ? [itself.value] : []), ...below.flat()];
  return all.sort((a, b) => (a.id.toLowerCase() < b.id.toLowerCase() ? -1 : 1));
}

async function put(
  room: Room,
  input: PutInput,
): Promise<{ resource: ResourceDocument; created: boolean }> {
  checkApiVersion(input.apiVersion);
  const { id, type, tenantId } = await place(room, input.id);
  const stored = await find(room, id.id);
  const previous = stored?.value;
  const canonical = previous?.id ?? id.id;
  const name = previous?.name ?? id.name;
  const envelope = readEnvelope(input.body, type, previous);
  if (input.body.identity !== undefined && input.body.identity !== null && !type.identity) {
    throw new ResourceError(
      400,
      'IdentityNotSupported',
      `The resource type '${type.type}' does not support a managed identity.`,
      'identity',
    );
  }
  const identityInput = { id: canonical, name, tenantId, body: input.body, previous };
  const ports = {
    managedIdentities: room.managedIdentities,
    get: async (each: string) => (await find(room, each))?.value,
    tenantOf: (subscription: string) => room.subscriptions.tenantOf(subscription),
  };
  const wanted = await checkIdentity(identityInput, ports);
  const properties = await type.prepare({
    id: canonical,
    name,
    apiVersion: input.apiVersion,
    body: input.body,
    previous,
    tenantId,
    callerObjectId: input.callerObjectId,
  });
  const identity = await ensureIdentity(wanted, identityInput, ports);
  const resource: ResourceDocument = {
    id: canonical,
    name,
    type: type.type,
    ...envelope,
    ...(identity && { identity }),
    properties,
  };
  await commit(room, resource, stored?.version ?? 0);
  if (hasSystemIdentity(previous?.identity) && !hasSystemIdentity(identity)) {
    await room.managedIdentities.remove({ tenantId, identityId: canonical });
  }
  await type.saved?.(resource, previous);
  return { resource, created: !previous };
}

/** Properties may hold secrets (parameters of workflows, named values), so documents are sealed. */
async function commit(room: Room, resource: ResourceDocument, ifVersion: number): Promise<void> {
  const kind = documentKind(resource.type);
  const key = resource.id.toLowerCase();
  try {
    await room.store.write([{ put: { kind, key, value: resource, sealed: true }, ifVersion }]);
  } catch (error) {
    if (!(error instanceof ConflictError)) throw error;
    throw new ResourceError(
      409,
      'Conflict',
      `Another operation is in progress on '${resource.id}'. Try again.`,
    );
  }
}

interface Place {
  readonly id: ResourceId;
  readonly type: ResourceType;
  readonly tenantId: string;
}

/** Finds the type and checks all that must exist above a resource; gives its canonical id. */
async function place(room: Room, text: string): Promise<Place> {
  const id = parseResourceId(text);
  if (!id) {
    throw new ResourceError(400, 'InvalidResourceId', `'${text.slice(0, 200)}' is no resource id.`);
  }
  const type = room.types.get(id.type.toLowerCase());
  if (!type) throw unknownType(room, id);
  const tenantId = tenantOf(room, id);
  checkNames(id);
  if (type.type === groupType) {
    return {
      id: reread(`/subscriptions/${id.subscriptionId}/resourceGroups/${id.name}`),
      type,
      tenantId,
    };
  }
  const scope = await canonicalScope(room, id, type);
  const names = [...id.names];
  if (names.length > 1) {
    const parent = await find(room, id.parent!);
    if (!parent) throw parentNotFound(id, type);
    names.splice(0, names.length - 1, ...parseResourceId(parent.value.id)!.names);
  }
  return { id: reread(resourceIdOf(scope, type.type, names)), type, tenantId };
}

function tenantOf(room: Room, id: ResourceId): string {
  const tenantId = id.subscriptionId && room.subscriptions.tenantOf(id.subscriptionId);
  if (id.subscriptionId && !tenantId) {
    if (!isGuid(id.subscriptionId)) {
      throw new ResourceError(
        400,
        'InvalidSubscriptionId',
        `The provided subscription identifier '${id.subscriptionId}' is malformed or invalid.`,
      );
    }
    throw new ResourceError(
      404,
      'SubscriptionNotFound',
      `The subscription '${id.subscriptionId}' could not be found.`,
    );
  }
  return tenantId ?? '';
}

/** The group, and for extension resources what they extend, as they were first spelt. */
async function canonicalScope(room: Room, id: ResourceId, type: ResourceType): Promise<string> {
  let scope = id.subscriptionId ? `/subscriptions/${id.subscriptionId}` : '/';
  if (id.resourceGroup) {
    const group = await find(room, `${scope}/resourceGroups/${id.resourceGroup}`);
    if (!group) {
      throw new ResourceError(
        404,
        'ResourceGroupNotFound',
        `Resource group '${id.resourceGroup}' could not be found.`,
      );
    }
    scope = group.value.id;
  }
  const extended = id.providers.slice(0, -1);
  if (extended.length > 0 && !type.extension) {
    throw new ResourceError(
      400,
      'InvalidResourceScope',
      `The resource type '${type.type}' is no extension resource: it cannot be put on another.`,
    );
  }
  for (const { namespace, types, names } of extended) {
    scope = await canonicalPart(room, scope, [namespace, ...types].join('/'), names);
  }
  return scope;
}

/** An extended resource must exist; objects inside it (keys, secrets) are the service's own. */
async function canonicalPart(
  room: Room,
  scope: string,
  type: string,
  names: readonly string[],
): Promise<string> {
  const [namespace, first] = type.split('/');
  const outer = resourceIdOf(scope, `${namespace}/${first}`, names.slice(0, 1));
  if (room.types.has(`${namespace}/${first}`.toLowerCase()) && !(await find(room, outer))) {
    throw new ResourceError(404, 'ResourceNotFound', `The resource '${outer}' was not found.`);
  }
  const whole = await find(room, resourceIdOf(scope, type, names));
  if (whole) return whole.value.id;
  const known = room.types.get(type.toLowerCase());
  return resourceIdOf(scope, known?.type ?? type, names);
}

function reread(id: string): ResourceId {
  return parseResourceId(id)!;
}

function parentNotFound(id: ResourceId, type: ResourceType): ResourceError {
  return new ResourceError(
    404,
    'ParentResourceNotFound',
    `Failed to perform 'write' on resource(s) of type '${type.type}', because the parent resource ` +
      `'${id.parent}' could not be found.`,
  );
}

function unknownType(room: Room, id: ResourceId): ResourceError {
  const [namespace, ...rest] = id.type.split('/');
  const siblings = [...room.types.values()].filter((type) =>
    type.type.toLowerCase().startsWith(`${namespace}/`.toLowerCase()),
  );
  if (siblings.length === 0) {
    return new ResourceError(
      404,
      'InvalidResourceNamespace',
      `The resource namespace '${namespace}' is invalid.`,
    );
  }
  return new ResourceError(
    400,
    'InvalidResourceType',
    `The resource type '${rest.join('/')}' could not be found in the namespace '${namespace}'. ` +
      `Found are: ${siblings.map((type) => `'${type.type}'`).join(', ')}.`,
  );
}

/** Deletes a resource with its children and extension resources; refusals come before any write. */
async function remove(room: Room, id: string): Promise<boolean> {
  const root = await find(room, id);
  if (!root) return false;
  const resources = (await within(room, root.value.id)).sort(deepestFirst);
  const typed = resources.map((resource) => ({
    resource,
    type: room.types.get(resource.type.toLowerCase()),
  }));
  for (const { resource, type } of typed) await type?.deleting?.(resource);
  await room.store.write(
    resources.map((resource) => ({
      delete: { kind: documentKind(resource.type), key: resource.id.toLowerCase() },
    })),
  );
  for (const { resource, type } of typed) {
    if (hasSystemIdentity(resource.identity)) {
      const tenantId = room.subscriptions.tenantOf(parseResourceId(resource.id)!.subscriptionId!)!;
      await room.managedIdentities.remove({ tenantId, identityId: resource.id });
    }
    await type?.deleted?.(resource);
  }
  return true;
}

function deepestFirst(a: ResourceDocument, b: ResourceDocument): number {
  const depth = (resource: ResourceDocument) => resource.id.split('/').length;
  return depth(b) - depth(a) || (a.id < b.id ? -1 : 1);
}
