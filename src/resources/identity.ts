// The `identity` block: which managed identities a resource asks for, made real through the port.
import type { Json, JsonObject } from '../base/index.ts';
import {
  type ManagedIdentities,
  type ResourceDocument,
  ResourceError,
  type ResourceIdentity,
} from './contract.ts';
import { parseResourceId } from './ids.ts';

export const userAssignedIdentityType = 'Microsoft.ManagedIdentity/userAssignedIdentities';

interface WantedIdentity {
  readonly system: boolean;
  /** Ids as written. */
  readonly userAssigned: readonly string[];
}

export interface IdentityInput {
  readonly id: string;
  readonly name: string;
  readonly tenantId: string;
  readonly body: JsonObject;
  readonly previous: ResourceDocument | undefined;
}

export interface IdentityPorts {
  readonly managedIdentities: ManagedIdentities;
  get(id: string): Promise<ResourceDocument | undefined>;
  tenantOf(subscriptionId: string): string | undefined;
}

/** Checks the block of a PUT; undefined where the body has none (what was there stays). */
export async function checkIdentity(
  input: IdentityInput,
  ports: IdentityPorts,
): Promise<WantedIdentity | undefined> {
  const block = input.body.identity;
  if (block === undefined) return undefined;
  const wanted = readBlock(block, input.previous?.identity);
  const userAssigned: string[] = [];
  for (const id of wanted.userAssigned) {
    userAssigned.push(await checkUserAssigned(id, input, ports));
  }
  return { system: wanted.system, userAssigned };
}

/** Ids of the user-assigned identities a body names, as written: ARM checks the right to assign. */
export function userAssignedIdentitiesOf(body: JsonObject): string[] {
  const block = body.identity;
  if (!isObject(block) || !isObject(block.userAssignedIdentities)) return [];
  return Object.entries(block.userAssignedIdentities)
    .filter(([, value]) => value !== null)
    .map(([id]) => id);
}

/** Creates what is wanted and gives the block to keep. */
export async function ensureIdentity(
  wanted: WantedIdentity | undefined,
  input: IdentityInput,
  { managedIdentities }: IdentityPorts,
): Promise<ResourceIdentity | undefined> {
  if (!wanted) return input.previous?.identity;
  if (!wanted.system && wanted.userAssigned.length === 0) return { type: 'None' };
  const { tenantId, id: identityId, name: displayName } = input;
  const system = wanted.system
    ? await managedIdentities.ensure({ tenantId, identityId, displayName, explicit: false })
    : undefined;
  const userAssigned: Record<string, { principalId: string; clientId: string }> = {};
  for (const id of wanted.userAssigned) {
    const name = parseResourceId(id)!.name;
    const { principalId, clientId } = await managedIdentities.ensure({
      tenantId,
      identityId: id,
      displayName: name,
      explicit: true,
    });
    userAssigned[id] = { principalId, clientId };
  }
  const words = [
    ...(wanted.system ? ['SystemAssigned'] : []),
    ...(wanted.userAssigned.length > 0 ? ['UserAssigned'] : []),
  ];
  return {
    type: words.join(', '),
    ...(system && { principalId: system.principalId, tenantId: system.tenantId }),
    ...(wanted.userAssigned.length > 0 && { userAssignedIdentities: userAssigned }),
  };
}

/** Whether the resource has a system-assigned identity. */
export function hasSystemIdentity(identity: ResourceIdentity | undefined): boolean {
  return identity?.principalId !== undefined;
}

function readBlock(block: Json, previous: ResourceIdentity | undefined): WantedIdentity {
  if (block === null) return { system: false, userAssigned: [] };
  if (!isObject(block)) throw invalid('InvalidIdentity', "The 'identity' must be an object.");
  const type = typeof block.type === 'string' ? block.type : '';
  const words = type.split(',').map((word) => word.trim().toLowerCase());
  const known = words.every((word) => ['systemassigned', 'userassigned', 'none'].includes(word));
  if (!known || (words.includes('none') && words.length > 1)) {
    throw invalid(
      'InvalidIdentityType',
      `The identity type '${type}' is not valid. Use 'SystemAssigned', 'UserAssigned', ` +
        "'SystemAssigned, UserAssigned' or 'None'.",
    );
  }
  const userAssigned = readUserAssigned(block.userAssignedIdentities ?? {}, previous);
  if (words.includes('userassigned') && userAssigned.length === 0) {
    throw invalid(
      'MissingIdentityIds',
      "The identity ids must not be null or empty for 'UserAssigned' identity type.",
    );
  }
  if (!words.includes('userassigned') && userAssigned.length > 0) {
    throw invalid(
      'InvalidIdentityValues',
      `User-assigned identities are given, but the identity type is '${type}'.`,
    );
  }
  return { system: words.includes('systemassigned'), userAssigned };
}

/** A null value takes an identity away (PATCH); what else stands there must be an object. */
function readUserAssigned(entries: Json, previous: ResourceIdentity | undefined): string[] {
  if (!isObject(entries)) {
    throw invalid('InvalidIdentityValues', "'userAssignedIdentities' must be an object.");
  }
  const kept: string[] = [];
  for (const [id, value] of Object.entries(entries)) {
    if (value === null) continue;
    if (!isObject(value)) {
      throw invalid(
        'InvalidIdentityValues',
        `Invalid value for the identities '${id}'. The 'UserAssigned' identity keys must only be ` +
          'empty json objects, null or the resource existing property.',
      );
    }
    const known = Object.keys(previous?.userAssignedIdentities ?? {});
    kept.push(known.find((each) => each.toLowerCase() === id.toLowerCase()) ?? id);
  }
  return kept;
}

async function checkUserAssigned(
  id: string,
  input: IdentityInput,
  ports: IdentityPorts,
): Promise<string> {
  const parsed = parseResourceId(id);
  if (!parsed || parsed.type.toLowerCase() !== userAssignedIdentityType.toLowerCase()) {
    throw invalid(
      'LinkedInvalidPropertyId',
      `Property id '${id}' at path 'identity.userAssignedIdentities' is invalid. Expect fully ` +
        "qualified resource Id that start with '/subscriptions/{subscriptionId}' or " +
        "'/providers/{resourceProviderNamespace}/'.",
    );
  }
  const resource = await ports.get(id);
  if (!resource) {
    throw invalid(
      'FailedIdentityOperation',
      `Identity operation for resource '${input.id}' failed with error 'Failed to perform ` +
        `resource identity operation. Status: 'BadRequest'. Response: 'Resource '${id}' was not found.''.`,
    );
  }
  if (ports.tenantOf(parsed.subscriptionId ?? '') !== input.tenantId) {
    throw invalid(
      'FailedIdentityOperation',
      `Identity operation for resource '${input.id}' failed: the identity '${id}' belongs to ` +
        "another tenant than the resource's subscription.",
    );
  }
  return resource.id;
}

function invalid(code: string, message: string): ResourceError {
  return new ResourceError(400, code, message, 'identity');
}

function isObject(value: Json | undefined): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
