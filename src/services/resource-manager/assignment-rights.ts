// The rights to write and delete a role assignment: conditions ask what it assigns, and to whom.
import { type AssignmentAttributes, roleAssignmentType, roleGuidOf } from '../../access/index.ts';
import type { JsonObject } from '../../base/index.ts';
import { actionOf, type Right } from './authorization.ts';
import type { Room } from './room.ts';
import { isObject } from './wire.ts';

/** What is kept as the type of a principal where nobody says which it is. */
export const principalTypeDefault = 'ServicePrincipal';

export const isRoleAssignment = (type: string): boolean =>
  type.toLowerCase() === roleAssignmentType.toLowerCase();

/** The right to write a resource of any type; of a role assignment with what conditions ask. */
export async function rightToWrite(
  room: Room,
  type: string,
  id: string,
  body: JsonObject,
): Promise<Right> {
  const right = { action: actionOf(type, 'write'), scope: id };
  if (!isRoleAssignment(type)) return right;
  const previous = (await room.resources.get(id))?.properties;
  const properties = isObject(body.properties) ? body.properties : {};
  const request = attributesOf({ ...previous, ...withoutNulls(properties) });
  return { ...right, request, ...(previous && { resource: attributesOf(previous) }) };
}

/** The right to delete a resource of any type. */
export async function rightToDelete(room: Room, type: string, id: string): Promise<Right> {
  const right = { action: `${type}/delete`, scope: id };
  if (!isRoleAssignment(type)) return right;
  const found = await room.resources.get(id);
  return found ? { ...right, resource: attributesOf(found.properties) } : right;
}

const withoutNulls = (properties: JsonObject): JsonObject =>
  Object.fromEntries(Object.entries(properties).filter(([, value]) => value !== null));

function attributesOf(properties: JsonObject): AssignmentAttributes {
  const { roleDefinitionId, principalId, principalType = principalTypeDefault } = properties;
  return {
    ...(typeof roleDefinitionId === 'string' && { roleDefinitionId: roleGuidOf(roleDefinitionId) }),
    ...(typeof principalId === 'string' && { principalId }),
    ...(typeof principalType === 'string' && { principalType }),
  };
}
