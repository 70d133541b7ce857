// App role assignments: a service principal holds a role of an API, in one tenant.
import { randomBytes } from 'node:crypto';
import type { DirectoryView } from '../directory.ts';
import { type AppRoleAssignmentRecord, defaultAccessRoleId } from '../state.ts';
import { badRequest, notFound } from './errors.ts';

export interface AppRoleAssignmentInput {
  readonly view: DirectoryView;
  readonly tenantId: string;
  readonly principalId: string;
  readonly resourceId: string;
  readonly appRoleId: string;
  readonly nowMs: number;
}

export function findAssignment({
  view,
  tenantId,
  principalId,
  resourceId,
  appRoleId,
}: AppRoleAssignmentInput): AppRoleAssignmentRecord | undefined {
  return view.assignmentsByPrincipal
    .get(`${tenantId}/${principalId}`)
    ?.find((each) => each.resourceId === resourceId && each.appRoleId === appRoleId);
}

/** Checks that both principals live in this tenant and the role is one that applications may hold. */
export function appRoleAssignmentFrom(input: AppRoleAssignmentInput): AppRoleAssignmentRecord {
  const { view, tenantId, principalId, resourceId, appRoleId, nowMs } = input;
  const principal = view.principals.get(`${tenantId}/${principalId}`);
  if (!principal) throw notFound(principalId);
  const resource = view.principals.get(`${tenantId}/${resourceId}`);
  if (!resource) throw notFound(resourceId);
  const role = resource.appRoles.find(({ id }) => id === appRoleId);
  const isGrantable = role?.isEnabled && role.allowedMemberTypes.includes('Application');
  if (!isGrantable && appRoleId !== defaultAccessRoleId) {
    throw badRequest(
      `Permission being assigned was not found on application '${resource.record.appId}'.`,
    );
  }
  if (findAssignment(input)) {
    throw badRequest('Permission being assigned already exists on the object');
  }
  const createdDateTime = new Date(nowMs).toISOString();
  const id = randomBytes(32).toString('base64url');
  return { id, tenantId, appRoleId, principalId, resourceId, createdDateTime };
}
