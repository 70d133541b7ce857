// The door of `access`.
export { builtInRoles } from './built-in-roles.ts';
export { faultOfCondition } from './conditions/evaluate.ts';
export type {
  Access,
  AccessDecision,
  AccessQuestion,
  AssignmentAttributes,
} from './contract.ts';
export {
  type AccessRoom,
  type AccessSource,
  createAccess,
  roleAssignmentType,
  roleDefinitionType,
} from './decide.ts';
export { endsInGuid, faultOfRoleDefinition, isAssignableAt } from './definition.ts';
export { type Permission, type RoleDefinition, roleGuidOf } from './roles.ts';
