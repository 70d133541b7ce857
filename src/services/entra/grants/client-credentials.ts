// client_credentials: an application asks for itself (RFC 6749 section 4.4; Entra v1 and v2).
import { authenticateClient, findClient } from '../client-authentication/index.ts';
import type { Principal } from '../directory.ts';
import { normaliseName } from '../directory.ts';
import { allow, refuse } from '../errors.ts';
import { defaultAccessRoleId } from '../state.ts';
import type { Client, Grant, TokenRequest } from '../token-request.ts';
import { graphAppId } from '../well-known.ts';
import { issueToken } from './access-token.ts';

/** The order of the steps is the order in which Entra refuses. */
export const clientCredentials: Grant = {
  type: 'client_credentials',
  async grant(service, request) {
    const target = readTarget(request);
    const client = findClient(request);
    const proof = await authenticateClient(service, request, client);
    const resource = findResource(request, target);
    const roles = rolesOf(request, client, resource);
    checkAssigned(client, resource, roles);
    return issueToken(service, request, { client, proof, resource, target, roles: roles.values });
  },
};

/** The resource as named: by `resource` on the v1 endpoint, by a scope ending in `/.default` on v2. */
function readTarget({ endpointVersion, form }: TokenRequest): string {
  if (endpointVersion === 1) return form.need('resource').trim();
  if (form.get('resource') !== undefined) throw refuse(901002);
  const scope = form.need('scope').trim();
  if (/\s/.test(scope)) throw refuse(70011, { scope });
  if (scope === '.default') return graphAppId;
  if (!scope.endsWith('/.default')) throw refuse(1002012, { scope });
  const target = scope.slice(0, -'/.default'.length);
  return target === '' ? graphAppId : target;
}

function findResource({ tenant, view }: TokenRequest, target: string): Principal {
  const name = normaliseName(target.startsWith('spn:') ? target.slice(4) : target);
  const resource = view.principalsByName.get(`${tenant.id}/${name}`);
  const facts = { resource: target, tenant: tenant.id, tenantName: tenant.displayName };
  if (!resource) throw refuse(500011, facts);
  if (!resource.record.accountEnabled) throw refuse(500014, facts);
  allow('resource principal', 'The API has a service principal in this tenant.', {
    resource: target,
    name: resource.record.displayName,
    tenant: tenant.id,
  });
  return resource;
}

interface Roles {
  /** Whether any assignment to the API exists, a role's or default access. */
  readonly assigned: boolean;
  /** Values of the enabled roles, in the API's order. */
  readonly values: readonly string[];
}

/** Assignments in the issuing tenant alone count; what an application says it requires grants nothing. */
function rolesOf({ tenant, view }: TokenRequest, client: Client, resource: Principal): Roles {
  const held = view.assignmentsByPrincipal
    .get(`${tenant.id}/${client.principal.record.id}`)
    ?.filter(({ resourceId }) => resourceId === resource.record.id);
  if (!held) return { assigned: false, values: [] };
  const ids = new Set(held.map(({ appRoleId }) => appRoleId));
  const values = resource.appRoles.flatMap(({ id, value, isEnabled }) =>
    isEnabled && value && id !== defaultAccessRoleId && ids.has(id) ? [value] : [],
  );
  return { assigned: held.length > 0, values };
}

function checkAssigned(client: Client, resource: Principal, roles: Roles): void {
  const names = { client: client.clientId, clientName: client.principal.record.displayName };
  const resourceName = resource.record.displayName;
  if (resource.record.appRoleAssignmentRequired && !roles.assigned) {
    throw refuse(501051, { ...names, resourceId: resource.record.appId, resourceName });
  }
  const text = roles.values.join(' ');
  allow(
    'app roles',
    text
      ? `The client holds app roles of ${resourceName}.`
      : `The client holds no app role of ${resourceName}; the token carries none.`,
    { roles: text },
  );
}
