// May the caller do this here: asked of `access`, refused in ARM's words.
import type { AccessDecision, AccessQuestion } from '../../access/index.ts';
import type { JsonObject } from '../../base/index.ts';
import { groupType, ResourceError, userAssignedIdentitiesOf } from '../../resources/index.ts';
import { decide } from '../../telemetry/index.ts';
import type { Caller, Room } from './room.ts';

export interface Right extends Pick<AccessQuestion, 'request' | 'resource'> {
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
  const decision = await decisionOn(room, caller, right);
  record(decision, caller, right);
  return decision.allowed;
}

/**
 * Whether a write may be begun whose body is not known yet: a condition is left to the write, which
 * asks again with what the condition is about.
 */
export async function isAuthorizedSoFar(room: Room, caller: Caller, right: Right) {
  const decision = await decisionOn(room, caller, right);
  if (decision.conditionUnmet) return true;
  record(decision, caller, right);
  return decision.allowed;
}

function decisionOn(room: Room, caller: Caller, right: Right): Promise<AccessDecision> {
  return room.access.check({
    principalId: caller.objectId,
    groupIds: caller.groupIds,
    ...right,
  });
}

function record(decision: AccessDecision, caller: Caller, right: Right): void {
  const { action, scope, request, resource } = right;
  const about = request ?? resource;
  decide({
    rule: 'control plane role assignment',
    outcome: decision.allowed ? 'allowed' : 'refused',
    reason: decision.reason,
    fix: decision.fix,
    input: {
      action,
      scope,
      principalId: caller.objectId,
      ...(about && { assignedRole: about.roleDefinitionId, assignedTo: about.principalId }),
    },
  });
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
      `authorization ${mayHaveCondition(action) ? 'or an ABAC condition not fulfilled ' : ''}to ` +
      `perform action '${action}' over scope '${scope}' or the scope is invalid. ` +
      'If access was recently granted, please refresh your credentials.',
  );
}

/** ARM says so of these actions whether a condition stands in the way or a role is missing. */
function mayHaveCondition(action: string): boolean {
  return /^microsoft\.authorization\/roleassignments\/(write|delete)$/i.test(action);
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
