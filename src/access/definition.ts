// Reads and checks a role definition as ARM writes it.
import { isGuid, type Json, type JsonObject } from '../base/index.ts';
import { actionCharsMax, actionCountMax, descriptionCharsMax, roleNameCharsMax } from './limits.ts';
import type { Permission, RoleDefinition } from './roles.ts';
import { roleGuidOf } from './roles.ts';

/** Reads a custom role that was checked when it was written. */
export function readRoleDefinition({
  id,
  properties,
}: {
  readonly id: string;
  readonly properties: JsonObject;
}): RoleDefinition {
  return {
    guid: roleGuidOf(id),
    roleName: String(properties.roleName ?? ''),
    description: String(properties.description ?? ''),
    builtIn: false,
    assignableScopes: strings(properties.assignableScopes),
    permissions: list(properties.permissions).map(readPermission),
  };
}

/** What is wrong with a custom role's properties, in one sentence; undefined where nothing is. */
export function faultOfRoleDefinition(properties: JsonObject): string | undefined {
  const { roleName, description, assignableScopes, permissions } = properties;
  if (typeof roleName !== 'string' || roleName === '' || roleName.length > roleNameCharsMax) {
    return `'roleName' must be a text of 1 to ${roleNameCharsMax} characters`;
  }
  if (description !== undefined && description !== null && typeof description !== 'string') {
    return "'description' must be a text";
  }
  if (typeof description === 'string' && description.length > descriptionCharsMax) {
    return `'description' must have at most ${descriptionCharsMax} characters`;
  }
  if (!isStrings(assignableScopes) || assignableScopes.length === 0) {
    return "'assignableScopes' must be a list of at least one scope";
  }
  if (!assignableScopes.every((scope) => scope.startsWith('/') && scope.length > 1)) {
    return "each of 'assignableScopes' must be a subscription, resource group or management group";
  }
  if (!Array.isArray(permissions) || permissions.length === 0) {
    return "'permissions' must be a list of at least one permission";
  }
  return permissions.map(faultOfPermission).find((fault) => fault !== undefined);
}

const lists = ['actions', 'notActions', 'dataActions', 'notDataActions'] as const;

function faultOfPermission(permission: Json): string | undefined {
  if (typeof permission !== 'object' || permission === null || Array.isArray(permission)) {
    return 'a permission must be an object';
  }
  let count = 0;
  for (const name of lists) {
    const actions = permission[name] ?? [];
    if (!isStrings(actions)) return `'${name}' must be a list of texts`;
    count += actions.length;
    const wrong = actions.find(
      (action) => !/^[\w.*/-]+$/.test(action) || action.length > actionCharsMax,
    );
    if (wrong !== undefined) return `'${wrong.slice(0, 80)}' in '${name}' is no action`;
  }
  if (permission.condition !== undefined && permission.condition !== null) {
    return 'a permission with a condition is not supported';
  }
  return count > actionCountMax ? `a role has at most ${actionCountMax} actions` : undefined;
}

function readPermission(permission: Json): Permission {
  const object = (permission ?? {}) as JsonObject;
  return {
    actions: strings(object.actions),
    notActions: strings(object.notActions),
    dataActions: strings(object.dataActions),
    notDataActions: strings(object.notDataActions),
  };
}

/** Whether a role may be assigned at `scope`: one of its assignable scopes is there or above. */
export function isAssignableAt(role: RoleDefinition, scope: string): boolean {
  const wanted = scope.toLowerCase().replace(/\/+$/, '');
  return role.assignableScopes.some((each) => {
    const bare = each.toLowerCase().replace(/\/+$/, '');
    return wanted === bare || wanted.startsWith(`${bare}/`);
  });
}

/** Whether an id ends in a GUID, as those of role definitions and assignments must. */
export function endsInGuid(id: string): boolean {
  return isGuid(roleGuidOf(id));
}

const list = (value: Json | undefined): Json[] => (Array.isArray(value) ? value : []);
const strings = (value: Json | undefined): string[] =>
  list(value).filter((each) => typeof each === 'string');
const isStrings = (value: Json | undefined): value is string[] =>
  Array.isArray(value) && value.every((each) => typeof each === 'string');
