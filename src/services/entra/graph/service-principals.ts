// Graph's service principals and app role assignments.

import { badRequest, notFound } from '../registrations/errors.ts';
import {
  assignAppRole,
  deleteServicePrincipal,
  findServicePrincipal,
  type Place,
  saveServicePrincipal,
} from '../registrations/index.ts';
import { needGuid, refuseUnknown } from '../registrations/read.ts';
import type { AppRoleAssignmentRecord } from '../state.ts';
import { graphAppId } from '../well-known.ts';
import {
  collection,
  entity,
  type GraphCall,
  type GraphOperation,
  noContent,
  selects,
} from './call.ts';
import { applicationView, assignmentView, servicePrincipalView } from './views.ts';

export const listServicePrincipals: GraphOperation = {
  permission: 'read',
  async answer(call) {
    const { view, tenant } = call.place;
    const withKeys = selects(call, 'keyCredentials');
    const items = [...view.principals.values()]
      .filter(({ record }) => record.tenantId === tenant.id)
      .map((principal) => servicePrincipalView(principal, withKeys));
    return collection(call, 'servicePrincipals', items);
  },
};

export const getServicePrincipal: GraphOperation = {
  permission: 'read',
  async answer(call) {
    const principal = findServicePrincipal(call.place, call.parameters.id!);
    const withKeys = selects(call, 'keyCredentials');
    return entity(call, 'servicePrincipals', servicePrincipalView(principal, withKeys));
  },
};

export const createServicePrincipal: GraphOperation = {
  permission: 'write',
  async answer(call) {
    const { id } = await call.change((place) => saveServicePrincipal(place, call.body));
    const place = { ...call.place, view: await call.view() };
    const view = servicePrincipalView(findServicePrincipal(place, id));
    return entity(call, 'servicePrincipals', view, 201);
  },
};

export const updateServicePrincipal: GraphOperation = {
  permission: 'write',
  async answer(call) {
    await call.change((place) => {
      const { record } = findServicePrincipal(place, call.parameters.id!);
      return saveServicePrincipal(place, call.body, record);
    });
    return noContent;
  },
};

export const removeServicePrincipal: GraphOperation = {
  permission: 'write',
  async answer(call) {
    await call.change((place) => {
      const { record } = findServicePrincipal(place, call.parameters.id!);
      if (record.servicePrincipalType === 'ManagedIdentity') {
        throw badRequest(
          'The service principal of a managed identity is deleted with its resource.',
        );
      }
      return deleteServicePrincipal(place, record);
    });
    return noContent;
  },
};

/** `appRoleAssignedTo` looks from the API, `appRoleAssignments` from the holder. */
type Side = 'resourceId' | 'principalId';

const setOf = (call: GraphCall, side: Side) =>
  `servicePrincipals('${call.parameters.id}')/${side === 'resourceId' ? 'appRoleAssignedTo' : 'appRoleAssignments'}`;

function viewOf({ view, tenant }: Place, assignment: AppRoleAssignmentRecord) {
  const principal = view.principals.get(`${tenant.id}/${assignment.principalId}`);
  const resource = view.principals.get(`${tenant.id}/${assignment.resourceId}`);
  return assignmentView(assignment, principal, resource);
}

export function listAssignments(side: Side): GraphOperation {
  return {
    permission: 'read',
    async answer(call) {
      const { place } = call;
      const { record } = findServicePrincipal(place, call.parameters.id!);
      const items = [...place.view.assignments.values()]
        .filter((each) => each.tenantId === record.tenantId && each[side] === record.id)
        .map((each) => viewOf(place, each));
      return collection(call, setOf(call, side), items);
    },
  };
}

export function createAssignment(side: Side): GraphOperation {
  return {
    permission: 'assign',
    async answer(call) {
      const { body, parameters } = call;
      refuseUnknown(body, ['principalId', 'resourceId', 'appRoleId', 'principalType']);
      const ids = {
        principalId: needGuid(body, 'principalId'),
        resourceId: needGuid(body, 'resourceId'),
        appRoleId: needGuid(body, 'appRoleId'),
      };
      const { record } = findServicePrincipal(call.place, parameters.id!);
      if (ids[side] !== record.id) {
        throw badRequest(`'${side}' must be the id of the service principal in the path.`);
      }
      const resource = call.place.view.principals.get(`${record.tenantId}/${ids.resourceId}`);
      if (resource?.record.appId === graphAppId) call.require('assignGraph');
      const created = await call.change((place) => assignAppRole(place, ids));
      return entity(call, setOf(call, side), viewOf(call.place, created), 201);
    },
  };
}

function findAssignment(call: GraphCall, place: Place, side: Side): AppRoleAssignmentRecord {
  const { record } = findServicePrincipal(place, call.parameters.id!);
  const key = call.parameters.assignment!;
  const found = place.view.assignments.get(`${record.tenantId}/${key}`);
  if (found?.[side] !== record.id) throw notFound(key);
  return found;
}

export function getAssignment(side: Side): GraphOperation {
  return {
    permission: 'read',
    async answer(call) {
      const found = findAssignment(call, call.place, side);
      return entity(call, setOf(call, side), viewOf(call.place, found));
    },
  };
}

export function removeAssignment(side: Side): GraphOperation {
  return {
    permission: 'assign',
    async answer(call) {
      await call.change((place) => {
        const found = findAssignment(call, place, side);
        return { writes: [{ kind: 'appRoleAssignment', delete: found }], result: undefined };
      });
      return noContent;
    },
  };
}

/** az and portals turn object ids into names with it. */
export const getByIds: GraphOperation = {
  permission: 'read',
  async answer(call) {
    const { view, tenant } = call.place;
    const ids = Array.isArray(call.body.ids) ? call.body.ids.map(String) : [];
    if (ids.length === 0 || ids.length > 1000) throw badRequest("'ids' must hold 1 to 1000 ids.");
    const value = ids.flatMap((id) => {
      const principal = view.principals.get(`${tenant.id}/${id.toLowerCase()}`);
      if (principal) {
        const type = '#microsoft.graph.servicePrincipal';
        return [{ '@odata.type': type, ...servicePrincipalView(principal) }];
      }
      const application = view.applications.get(id.toLowerCase());
      if (application?.tenantId !== tenant.id) return [];
      const type = '#microsoft.graph.application';
      return [{ '@odata.type': type, ...applicationView(application, tenant) }];
    });
    return {
      status: 200,
      body: { '@odata.context': `${call.root}/$metadata#directoryObjects`, value },
    };
  },
};
