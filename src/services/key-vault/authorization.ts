// May the caller do this here: Azure roles, or the vault's access policies, with their words.
import type { JsonObject } from '../../base/index.ts';
import { decide } from '../../telemetry/index.ts';
import { forbidden, type ObjectType } from './errors.ts';
import type { Caller, Room, Vault } from './room.ts';

/** What an operation needs, in the words of both models. */
export interface Permission {
  readonly type: ObjectType;
  /** Below `Microsoft.KeyVault/vaults/`, such as `keys/sign/action`. */
  readonly dataAction: string;
  /** A second data action that suffices too: reading a key includes using its public half. */
  readonly orDataAction?: string;
  /** Word of access policies, such as `wrapKey`. */
  readonly word: string;
}

/** Gives the role assignment that allowed it, if roles decide. Throws the 403 of the model. */
export async function authorize(
  room: Room,
  vault: Vault,
  caller: Caller,
  permission: Permission,
  name: string | undefined,
): Promise<string | undefined> {
  if (vault.rbac) return checkRoles(room, vault, caller, permission, name);
  checkPolicies(vault, caller, permission);
  return undefined;
}

const actionOf = (dataAction: string) => `Microsoft.KeyVault/vaults/${dataAction}`;

async function checkRoles(
  room: Room,
  vault: Vault,
  caller: Caller,
  permission: Permission,
  name: string | undefined,
): Promise<string | undefined> {
  const scope = name ? `${vault.resourceId}/${permission.type}/${name}` : vault.resourceId;
  const ask = (dataAction: string) =>
    room.access.check({
      principalId: caller.objectId,
      groupIds: caller.groups,
      dataAction: actionOf(dataAction),
      scope,
    });
  let decision = await ask(permission.dataAction);
  if (!decision.allowed && permission.orDataAction) {
    const second = await ask(permission.orDataAction);
    if (second.allowed) decision = second;
  }
  const action = actionOf(permission.dataAction);
  decide({
    rule: 'vault role',
    outcome: decision.allowed ? 'allowed' : 'refused',
    reason: decision.reason,
    fix: decision.fix,
    input: { principal: caller.objectId, dataAction: action, scope },
  });
  if (decision.allowed) return decision.roleAssignmentId ?? '';
  throw forbidden(
    'Caller is not authorized to perform action on resource.\r\n' +
      'If role assignments, deny assignments or role definitions were changed recently, please ' +
      'observe propagation time.\r\n' +
      `Caller: ${describeCaller(caller)}\r\n` +
      `Action: '${action}'\r\n` +
      `Resource: '${scope.toLowerCase()}'\r\n` +
      'Assignment: (not found)\r\n' +
      'DenyAssignmentId: null\r\n' +
      "DecisionReason: 'DeniedWithNoValidRBAC' \r\n" +
      `Vault: ${vault.name};location=${vault.location}\r\n`,
    'ForbiddenByRbac',
  );
}

/** `appid=…;oid=…;iss=…`, as refusals name the caller. */
export function describeCaller({ applicationId, objectId, issuer }: Caller): string {
  return `appid=${applicationId};oid=${objectId};iss=${issuer}`;
}

interface PolicyEntry {
  readonly objectId: string;
  readonly applicationId: string | undefined;
  readonly words: readonly string[];
}

/** `all` grants everything but purge, which must be named. */
function grants(entry: PolicyEntry, word: string): boolean {
  const wanted = word.toLowerCase();
  return entry.words.includes(wanted) || (wanted !== 'purge' && entry.words.includes('all'));
}

function checkPolicies(vault: Vault, caller: Caller, { type, word }: Permission): void {
  const owners = [caller.objectId, ...caller.groups].map((id) => id.toLowerCase());
  const entries = entriesOf(vault, type).filter((entry) => owners.includes(entry.objectId));
  const own = entries.filter((entry) => !entry.applicationId);
  const compound = entries.filter(
    (entry) => entry.applicationId === caller.applicationId.toLowerCase(),
  );
  const usable = caller.delegated ? [...own, ...compound] : own;
  const allowed = usable.some((entry) => grants(entry, word));
  const numbers = caller.groups.length > 0 ? `numgroups=${caller.groups.length};` : '';
  const { applicationId, objectId, issuer } = caller;
  const who = `appid=${applicationId};oid=${objectId};${numbers}iss=${issuer}`;
  decide({
    rule: 'vault access policy',
    outcome: allowed ? 'allowed' : 'refused',
    reason: allowed
      ? `An access policy of the vault grants ${type} ${word} to ${objectId}.`
      : `No access policy of the vault grants ${type} ${word} to ${objectId}.`,
    fix: allowed
      ? undefined
      : `Add '${word}' to permissions.${type} of the access policy for ${objectId}, or let the vault use Azure roles (enableRbacAuthorization).`,
    input: { principal: objectId, permission: `${type} ${word}`, entries: entries.length },
  });
  if (allowed) return;
  if (!caller.delegated && compound.some((entry) => grants(entry, word))) {
    throw forbidden(
      `The policy requires the caller '${who}' to use on-behalf-of (OBO) flow. For help resolving ` +
        'this issue, please see https://go.microsoft.com/fwlink/?linkid=2152539',
      'ForbiddenByPolicy',
    );
  }
  throw forbidden(
    `The user, group or application '${who}' does not have ${type} ${word} permission on key vault ` +
      `'${vault.name};location=${vault.location}'. For help resolving this issue, please see ` +
      'https://go.microsoft.com/fwlink/?linkid=2125287',
    entries.length > 0 ? 'ForbiddenByPolicy' : 'AccessDenied',
  );
}

function entriesOf(vault: Vault, type: ObjectType): PolicyEntry[] {
  const list = vault.properties.accessPolicies;
  if (!Array.isArray(list)) return [];
  return (list as JsonObject[]).flatMap((entry) => {
    const words = (entry.permissions as JsonObject | undefined)?.[type];
    if (typeof entry.objectId !== 'string') return [];
    const applicationId = entry.applicationId;
    return {
      objectId: entry.objectId.toLowerCase(),
      applicationId: typeof applicationId === 'string' ? applicationId.toLowerCase() : undefined,
      words: Array.isArray(words) ? words.map((word) => String(word).toLowerCase()) : [],
    };
  });
}
