// Who may do what in the directory: Graph's application permissions, or a directory role.
import { checkTimes, parseJwt } from '../../../crypto/index.ts';
import { decide } from '../../../telemetry/index.ts';
import type { DirectoryView, Principal } from '../directory.ts';
import { DirectoryError } from '../registrations/errors.ts';
import type { TenantRecord } from '../state.ts';
import type { TokenService } from '../token-request.ts';
import { type DirectoryRoleName, directoryRoles, graphAudiences, issuerOf } from '../well-known.ts';

export interface GraphCaller {
  readonly tenant: TenantRecord;
  readonly principal: Principal;
  readonly roles: ReadonlySet<string>;
  readonly directoryRoles: ReadonlySet<string>;
}

const tokenSkewMs = 300_000;

/** Reads the bearer token: signed by this cloud, for Graph, valid now, of an enabled principal. */
export function authenticateCaller(
  { keys, clock }: TokenService,
  view: DirectoryView,
  authorization: string | null,
): GraphCaller {
  const token = /^bearer +(\S+)$/i.exec(authorization ?? '')?.[1];
  if (token === undefined)
    throw refuseToken(
      'Access token is empty.',
      'Send a bearer token for https://graph.microsoft.com.',
    );
  const jwt = parseJwt(token);
  if (!jwt)
    throw refuseToken(
      'CompactToken parsing failed with error code: 80049217',
      'Send the token as it was issued.',
    );
  const { aud, iss, tid, oid, roles } = jwt.claims;
  if (!keys.verifies(jwt)) {
    throw refuseToken(
      'Access token validation failure. Invalid signature.',
      'Send a token of this cloud.',
    );
  }
  if (!graphAudiences.has(String(aud))) {
    throw refuseToken(
      'Access token validation failure. Invalid audience.',
      `Ask a token for https://graph.microsoft.com; this one is for ${String(aud)}.`,
    );
  }
  const tenant = view.tenants.get(String(tid));
  if (!tenant || iss !== issuerOf[1](tenant.id)) {
    throw refuseToken(
      'Access token validation failure. Invalid issuer.',
      'Ask the token from a tenant of this environment.',
    );
  }
  if (checkTimes(jwt.claims, clock.now(), tokenSkewMs)) {
    throw refuseToken('Lifetime validation failed, the token is expired.', 'Ask a new token.');
  }
  const principal = view.principals.get(`${tenant.id}/${String(oid)}`);
  if (!principal?.record.accountEnabled) {
    throw refuseToken(
      'The identity of the calling application could not be established.',
      'The caller’s service principal is gone or disabled.',
    );
  }
  return {
    tenant,
    principal,
    roles: new Set(Array.isArray(roles) ? roles.map(String) : []),
    directoryRoles: view.directoryRoles.get(`${tenant.id}/${principal.record.id}`) ?? new Set(),
  };
}

function refuseToken(message: string, fix: string): DirectoryError {
  decide({ rule: 'graph access token', outcome: 'refused', reason: message, fix });
  return new DirectoryError('InvalidAuthenticationToken', message);
}

interface Permission {
  readonly roles: readonly string[];
  readonly directoryRoles: readonly DirectoryRoleName[];
}

const administrators = [
  'Global Administrator',
  'Application Administrator',
  'Cloud Application Administrator',
] as const;

/** Per kind of operation, what suffices (Graph's permission tables; Entra built-in roles). */
export const permissions = {
  read: {
    roles: [
      'Application.Read.All',
      'Application.ReadWrite.All',
      'Directory.Read.All',
      'Directory.ReadWrite.All',
    ],
    directoryRoles: [...administrators, 'Privileged Role Administrator', 'Directory Readers'],
  },
  write: { roles: ['Application.ReadWrite.All'], directoryRoles: administrators },
  assign: {
    roles: ['AppRoleAssignment.ReadWrite.All'],
    directoryRoles: [...administrators, 'Privileged Role Administrator'],
  },
  /** Roles of Graph itself are administrators' power: fewer may give them. */
  assignGraph: {
    roles: ['AppRoleAssignment.ReadWrite.All'],
    directoryRoles: ['Global Administrator', 'Privileged Role Administrator'],
  },
} as const satisfies Record<string, Permission>;

export type PermissionName = keyof typeof permissions;

/** Throws DirectoryError where the caller has none of what suffices. */
export function requirePermission(caller: GraphCaller, name: PermissionName): void {
  const permission: Permission = permissions[name];
  const role = permission.roles.find((each) => caller.roles.has(each));
  const directoryRole = permission.directoryRoles.find((each) =>
    caller.directoryRoles.has(directoryRoles[each]),
  );
  const input = {
    caller: caller.principal.record.appId,
    tenant: caller.tenant.id,
    operation: name,
  };
  if (role ?? directoryRole) {
    const reason = `The caller holds ${role ?? directoryRole}.`;
    decide({ rule: 'graph permission', outcome: 'allowed', reason, input });
    return;
  }
  decide({
    rule: 'graph permission',
    outcome: 'refused',
    reason: 'The caller holds no permission or directory role that suffices.',
    input,
    fix: `Assign one of ${permission.roles.join(', ')} (then ask a new token), or a directory role: ${permission.directoryRoles.join(', ')}.`,
  });
  throw new DirectoryError(
    'Authorization_RequestDenied',
    'Insufficient privileges to complete the operation.',
  );
}
