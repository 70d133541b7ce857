// Microsoft.Authorization: role assignments and role definitions as resource types, and their lists.
import {
  type AccessRoom,
  endsInGuid,
  faultOfCondition,
  faultOfRoleDefinition,
  isAssignableAt,
  type RoleDefinition,
  roleAssignmentType,
  roleDefinitionType,
  roleGuidOf,
} from '../../access/index.ts';
import { type Clock, isGuid, type Json, type JsonObject } from '../../base/index.ts';
import {
  isWithin,
  type PrepareInput,
  parseResourceId,
  ResourceError,
  type Resources,
  type ResourceType,
} from '../../resources/index.ts';
import { principalTypeDefault } from './assignment-rights.ts';
import { authorize } from './authorization.ts';
import { notFound } from './errors.ts';
import { readFilter } from './filter.ts';
import { pageSize } from './limits.ts';
import type { Call } from './room.ts';
import { isObject, page, resourceBody } from './wire.ts';

const apiVersions = ['2022-04-01', '2020-04-01-preview', '2018-07-01', '2015-07-01'];

interface Parts {
  readonly access: AccessRoom;
  readonly resources: Resources;
  readonly clock: Clock;
}

export function authorizationTypes(parts: Parts): ResourceType[] {
  const common = { apiVersions, location: false, extension: true, unlisted: true };
  return [
    { ...common, type: roleAssignmentType, prepare: (input) => prepareAssignment(parts, input) },
    { ...common, type: roleDefinitionType, prepare: (input) => prepareDefinition(parts, input) },
  ];
}

const bad = (code: string, message: string, status = 400) =>
  new ResourceError(status, code, message);

async function prepareAssignment(
  { access, resources, clock }: Parts,
  { id, name, apiVersion, body, previous, callerObjectId }: PrepareInput,
): Promise<JsonObject> {
  const { roleDefinitionId, principalId, principalType, description } = asked(body);
  if (!isGuid(name)) {
    throw bad(
      'InvalidRoleAssignmentId',
      `The role assignment ID '${name}' is not valid. The role assignment ID must be a GUID.`,
    );
  }
  if (typeof principalId !== 'string' || !isGuid(principalId)) {
    throw bad(
      'InvalidPrincipalId',
      `The Principal ID '${String(principalId)}' is not valid. Principal ID must be a GUID.`,
    );
  }
  const role =
    typeof roleDefinitionId === 'string' ? await access.role(roleDefinitionId) : undefined;
  const { scope, subscriptionId } = parseResourceId(id)!;
  if (!role || !isAssignableAt(role, scope)) {
    throw bad(
      'RoleDefinitionDoesNotExist',
      `The specified role definition with ID '${roleGuidOf(String(roleDefinitionId))}' does not exist.`,
      404,
    );
  }
  const condition = conditionOf(asked(body), apiVersion);
  checkPrincipalType(principalType);
  const same = (properties: JsonObject) =>
    String(properties.principalId).toLowerCase() === principalId.toLowerCase() &&
    roleGuidOf(String(properties.roleDefinitionId)) === role.guid;
  if (previous && !same(previous.properties)) {
    throw bad(
      'RoleAssignmentUpdateNotPermitted',
      'Tenant ID, application ID, principal ID, and scope are not allowed to be updated.',
      409,
    );
  }
  const others = await resources.list(roleAssignmentType, scope);
  const twin = others.find(
    (each) =>
      each.name !== name &&
      parseResourceId(each.id)!.scope.toLowerCase() === scope.toLowerCase() &&
      same(each.properties),
  );
  if (twin) throw bad('RoleAssignmentExists', 'The role assignment already exists.', 409);
  const now = new Date(clock.now()).toISOString();
  const at = subscriptionId ? `/subscriptions/${subscriptionId}` : '';
  return {
    roleDefinitionId: `${at}/providers/${roleDefinitionType}/${role.guid}`,
    principalId,
    principalType: principalType ?? previous?.properties.principalType ?? principalTypeDefault,
    scope,
    condition,
    conditionVersion: condition === null ? null : conditionVersion,
    createdOn: previous?.properties.createdOn ?? now,
    updatedOn: now,
    createdBy: previous?.properties.createdBy ?? callerObjectId,
    updatedBy: callerObjectId,
    delegatedManagedIdentityResourceId: null,
    description: typeof description === 'string' ? description : null,
  };
}

const conditionVersion = '2.0';

/** The condition as it is kept: null where there is none. Refused where it cannot be evaluated. */
function conditionOf(properties: JsonObject, apiVersion: string): string | null {
  const { condition = null, conditionVersion: version = null } = properties;
  if (condition === null) return null;
  const refuse = (fault: string) =>
    bad('InvalidConditionFormat', `The given role assignment condition is invalid: ${fault}.`);
  if (typeof condition !== 'string') throw refuse("'condition' must be a text");
  if (apiVersion < '2020-03-01') throw refuse(`api-version ${apiVersion} has no conditions`);
  if (version !== null && version !== conditionVersion) {
    throw refuse(`'conditionVersion' must be '${conditionVersion}'`);
  }
  const fault = faultOfCondition(condition);
  if (fault !== undefined) throw refuse(fault);
  return condition;
}

const principalTypes = ['User', 'Group', 'ServicePrincipal', 'ForeignGroup', 'Device'];

function checkPrincipalType(value: Json | undefined): void {
  if (value === undefined || value === null || principalTypes.includes(String(value))) return;
  throw bad(
    'InvalidPrincipalType',
    `The principal type '${String(value)}' is not one of ${principalTypes.join(', ')}.`,
  );
}

async function prepareDefinition(
  { access, clock }: Parts,
  { name, body, previous, callerObjectId }: PrepareInput,
): Promise<JsonObject> {
  const properties = asked(body);
  if (!endsInGuid(name)) {
    throw bad('InvalidRoleDefinitionId', `The role definition ID '${name}' must be a GUID.`);
  }
  const fault = faultOfRoleDefinition(properties);
  if (fault) throw bad('InvalidRoleDefinition', `The role definition is not valid: ${fault}.`);
  const roles = await access.roles();
  const guid = name.toLowerCase();
  if (roles.some((role) => role.builtIn && role.guid === guid)) {
    throw bad('RoleDefinitionBuiltIn', 'A built-in role cannot be changed.', 403);
  }
  const wanted = String(properties.roleName).toLowerCase();
  if (roles.some((role) => role.guid !== guid && role.roleName.toLowerCase() === wanted)) {
    throw bad(
      'RoleDefinitionWithSameNameExists',
      `A custom role with the same name '${String(properties.roleName)}' already exists in this directory. Use a different name.`,
      409,
    );
  }
  const now = new Date(clock.now()).toISOString();
  return {
    roleName: properties.roleName!,
    type: 'CustomRole',
    description: properties.description ?? '',
    assignableScopes: properties.assignableScopes!,
    permissions: (properties.permissions as JsonObject[]).map(permissionBody),
    createdOn: previous?.properties.createdOn ?? now,
    updatedOn: now,
    createdBy: previous?.properties.createdBy ?? callerObjectId,
    updatedBy: callerObjectId,
  };
}

const asked = (body: JsonObject): JsonObject => (isObject(body.properties) ? body.properties : {});

const permissionBody = (each: JsonObject): JsonObject => ({
  actions: each.actions ?? [],
  notActions: each.notActions ?? [],
  dataActions: each.dataActions ?? [],
  notDataActions: each.notDataActions ?? [],
});

/** Assignments at, above and below the scope, as the filter asks. */
export async function listAssignments(call: Call, scope: string): Promise<Response> {
  await authorize(call.room, call.caller, { action: `${roleAssignmentType}/read`, scope });
  const filter = readFilter(call.query.$filter, ['principalId', 'assignedTo', 'atScope']);
  const principal = filter.principalid ?? filter.assignedto;
  const all = await call.room.resources.list(roleAssignmentType);
  const found = all.filter(({ id, properties }) => {
    const assignedAt = parseResourceId(id)!.scope;
    const above = isWithin(scope, assignedAt);
    if (!above && (filter.atscope !== undefined || !isWithin(assignedAt, scope))) return false;
    return (
      principal === undefined ||
      String(properties.principalId).toLowerCase() === principal.toLowerCase()
    );
  });
  return page(call, found.map(resourceBody), pageSize);
}

export async function listDefinitions(call: Call, scope: string): Promise<Response> {
  await authorize(call.room, call.caller, { action: `${roleDefinitionType}/read`, scope });
  const filter = readFilter(call.query.$filter, ['roleName', 'type', 'atScopeAndBelow']);
  const roles = (await call.room.access.roles()).filter(
    (role) =>
      (role.builtIn || isAssignableAt(role, scope)) &&
      (filter.rolename === undefined ||
        role.roleName.toLowerCase() === filter.rolename.toLowerCase()) &&
      (filter.type === undefined || (filter.type.toLowerCase() === 'builtinrole') === role.builtIn),
  );
  return page(
    call,
    roles.map((role) => definitionBody(role, scope)),
    pageSize,
  );
}

/** Built-in roles are no documents; custom ones are answered the same way. */
export async function getDefinition(call: Call, scope: string, name: string): Promise<Response> {
  await authorize(call.room, call.caller, { action: `${roleDefinitionType}/read`, scope });
  const role = await call.room.access.role(name);
  if (!role) throw notFound.resource(roleDefinitionType, name, undefined);
  return Response.json(definitionBody(role, scope));
}

function definitionBody(role: RoleDefinition, scope: string): JsonObject {
  const subscriptionId = parseResourceId(scope)?.subscriptionId;
  const at = subscriptionId ? `/subscriptions/${subscriptionId}` : '';
  return {
    properties: {
      roleName: role.roleName,
      type: role.builtIn ? 'BuiltInRole' : 'CustomRole',
      description: role.description,
      assignableScopes: [...role.assignableScopes],
      permissions: role.permissions.map(
        (each): JsonObject => ({
          actions: [...each.actions],
          notActions: [...each.notActions],
          dataActions: [...each.dataActions],
          notDataActions: [...each.notDataActions],
          ...(each.condition !== undefined && { condition: each.condition, conditionVersion }),
        }),
      ),
    },
    id: `${at}/providers/${roleDefinitionType}/${role.guid}`,
    type: roleDefinitionType,
    name: role.guid,
  };
}
