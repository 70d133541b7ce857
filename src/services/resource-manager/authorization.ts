// May the caller do this here: asked of `access`, refused in ARM's words.

import type { JsonObject } from '../../base/index.ts';
import { groupType, ResourceError, userAssignedIdentitiesOf } from '../../resources/index.ts';
import { decide } from '../../telemetry/index.ts';
import type { Caller, Room } from './room.ts';

export interface Right {
  /** `Microsoft.KeyVault/vaults/write`. */
  readonly action: string;
  readonly scope: string;
}

/** Resource groups have actions of their own; all other types are named by themselves. */
export function actionOf(type: string, verb: 'read' | 'write'): string {
  const isGroup = type.toLowerCase() === groupType.toLowerCase();
  return `${isGroup ? 'Microsoft.Resources/subscriptions/resourceGroups' : type}/${verb}`;
}

/** Whether the caller has the right; the decision goes to the trace. */
export async function isAuthorized(room: Room, caller: Caller, right: Right): Promise<boolean> {
  const decision = await room.access.check({
    principalId: caller.objectId,
    groupIds: caller.groupIds,
    ...right,
  });
  decide({
    rule: 'control plane role assignment',
    outcome: decision.allowed ? 'allowed' : 'refused',
    reason: decision.reason,
    fix: decision.fix,
    input: { ...right, principalId: caller.objectId },
  });
  return decision.allowed;
}

/** Throws AuthorizationFailed. */
export async function authorize(room: Room, caller: Caller, right: Right): Promise<void> {
  if (!(await isAuthorized(room, caller, right))) throw authorizationFailed(caller, right);
}

export function authorizationFailed(caller: Caller, { action, scope }: Right): ResourceError {
  return new ResourceError(
    403,
    'AuthorizationFailed',
    `The client '${caller.clientId}' with object id '${caller.objectId}' does not have ` +
      `authorization to perform action '${action}' over scope '${scope}' or the scope is invalid. ` +
      'If access was recently granted, please refresh your credentials.',
  );
}

/** Using a user-assigned identity takes the right to assign it, at the identity itself. */
export async function authorizeIdentities(
  room: Room,
  caller: Caller,
  body: JsonObject,
  right: Right,
): Promise<void> {
  for (const scope of userAssignedIdentitiesOf(body)) {
    const action = 'Microsoft.ManagedIdentity/userAssignedIdentities/assign/action';
    if (await isAuthorized(room, caller, { action, scope })) continue;
    throw new ResourceError(
      403,
      'LinkedAuthorizationFailed',
      `The client '${caller.clientId}' with object id '${caller.objectId}' has permission to ` +
        `perform action '${right.action}' on scope '${right.scope}'; however, it does not have ` +
        `permission to perform action(s) '${action}' on the linked scope(s) '${scope}' ` +
        '(respectively) or the linked scope(s) are invalid.',
    );
  }
}
