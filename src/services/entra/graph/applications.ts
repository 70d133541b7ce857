// Graph's applications and what hangs below them.
import type { JsonObject } from '../../../base/index.ts';
import { DirectoryError } from '../registrations/errors.ts';
import {
  addPassword,
  deleteApplication,
  deleteFederatedCredential,
  findApplication,
  findFederatedCredential,
  removePassword,
  saveApplication,
  saveFederatedCredential,
} from '../registrations/index.ts';
import {
  collection,
  entity,
  type GraphAnswer,
  type GraphCall,
  type GraphOperation,
  noContent,
  selects,
} from './call.ts';
import { applicationView, federatedView } from './views.ts';

export const listApplications: GraphOperation = {
  permission: 'read',
  async answer(call) {
    const { view, tenant } = call.place;
    const withKeys = selects(call, 'keyCredentials');
    const items = [...view.applications.values()]
      .filter(({ tenantId }) => tenantId === tenant.id)
      .map((record) => applicationView(record, tenant, withKeys));
    return collection(call, 'applications', items);
  },
};

export const getApplication: GraphOperation = {
  permission: 'read',
  async answer(call) {
    const record = findApplication(call.place, call.parameters.id!);
    const withKeys = selects(call, 'keyCredentials');
    return entity(call, 'applications', applicationView(record, call.place.tenant, withKeys));
  },
};

export const createApplication: GraphOperation = {
  permission: 'write',
  async answer(call) {
    const record = await call.change((place) => saveApplication(place, call.body));
    return entity(call, 'applications', applicationView(record, call.place.tenant), 201);
  },
};

/** PATCH; with `Prefer: create-if-missing` on `applications(uniqueName='…')` it creates. */
export const updateApplication: GraphOperation = {
  permission: 'write',
  async answer(call) {
    const key = call.parameters.id!;
    const created = await call.change((place) => {
      const previous = existing(() => findApplication(place, key));
      if (previous) return { ...saveApplication(place, call.body, previous), result: undefined };
      const uniqueName = /^uniqueName='(.*)'$/s.exec(key)?.[1]?.replaceAll("''", "'");
      const prefers = call.request.headers.get('prefer') ?? '';
      if (uniqueName === undefined || !/\bcreate-if-missing\b/i.test(prefers)) {
        findApplication(place, key);
      }
      return saveApplication(place, { ...call.body, uniqueName: uniqueName! });
    });
    if (!created) return noContent;
    return entity(call, 'applications', applicationView(created, call.place.tenant), 201);
  },
};

function existing<T>(find: () => T): T | undefined {
  try {
    return find();
  } catch (error) {
    if (error instanceof DirectoryError && error.code === 'Request_ResourceNotFound') {
      return undefined;
    }
    throw error;
  }
}

export const removeApplication: GraphOperation = {
  permission: 'write',
  async answer(call) {
    await call.change((place) =>
      deleteApplication(place, findApplication(place, call.parameters.id!)),
    );
    return noContent;
  },
};

export const addApplicationPassword: GraphOperation = {
  permission: 'write',
  async answer(call) {
    const credential = await call.change((place) =>
      addPassword(place, findApplication(place, call.parameters.id!), call.body),
    );
    const context = `${call.root}/$metadata#microsoft.graph.passwordCredential`;
    return { status: 200, body: { '@odata.context': context, ...credential } };
  },
};

export const removeApplicationPassword: GraphOperation = {
  permission: 'write',
  async answer(call) {
    await call.change((place) =>
      removePassword(findApplication(place, call.parameters.id!), call.body),
    );
    return noContent;
  },
};

const federatedSet = ({ parameters }: GraphCall) =>
  `applications('${parameters.id}')/federatedIdentityCredentials`;

export const listFederatedCredentials: GraphOperation = {
  permission: 'read',
  async answer(call) {
    const { federatedIdentityCredentials } = findApplication(call.place, call.parameters.id!);
    return collection(call, federatedSet(call), federatedIdentityCredentials.map(federatedView));
  },
};

export const getFederatedCredential: GraphOperation = {
  permission: 'read',
  async answer(call) {
    const { id, credential } = call.parameters;
    const record = findApplication(call.place, id!);
    const found = findFederatedCredential(record, credential!);
    return entity(call, federatedSet(call), federatedView(found));
  },
};

export const createFederatedCredential: GraphOperation = {
  permission: 'write',
  async answer(call) {
    const created = await call.change((place) =>
      saveFederatedCredential(findApplication(place, call.parameters.id!), call.body),
    );
    return entity(call, federatedSet(call), federatedView(created), 201);
  },
};

export const updateFederatedCredential: GraphOperation = {
  permission: 'write',
  async answer(call) {
    const { id, credential } = call.parameters;
    await call.change((place) => {
      const record = findApplication(place, id!);
      const previous = findFederatedCredential(record, credential!);
      return saveFederatedCredential(record, call.body as JsonObject, previous);
    });
    return noContent;
  },
};

export const removeFederatedCredential: GraphOperation = {
  permission: 'write',
  async answer(call): Promise<GraphAnswer> {
    const { id, credential } = call.parameters;
    await call.change((place) => {
      const record = findApplication(place, id!);
      return deleteFederatedCredential(record, findFederatedCredential(record, credential!));
    });
    return noContent;
  },
};
