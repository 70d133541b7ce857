// The Microsoft.Graph extension of templates: directory objects by their unique names.
import type { JsonObject } from '../../base/index.ts';
import { type DirectoryExtension, ResourceError } from '../../resources/index.ts';
import type { DirectoryView, Plan } from './directory.ts';
import {
  applicationView,
  assignmentView,
  federatedView,
  servicePrincipalView,
} from './graph/views.ts';
import { findAssignment } from './registrations/app-role-assignment.ts';
import { badRequest, DirectoryError, notFound } from './registrations/errors.ts';
import {
  assignAppRole,
  type Place,
  saveApplication,
  saveFederatedCredential,
  saveServicePrincipal,
} from './registrations/index.ts';
import { needGuid, needText } from './registrations/read.ts';
import type { ApplicationRecord } from './state.ts';
import type { TokenService } from './token-request.ts';

/** One type of the extension: how it is found, and how it is created or updated. */
interface ExtensionType {
  find(place: Place, properties: JsonObject): JsonObject | undefined;
  save(place: Place, properties: JsonObject): Plan<unknown>;
}

function byUniqueName({ view, tenant }: Place, name: string): ApplicationRecord | undefined {
  return view.applicationsByUniqueName.get(`${tenant.id}/${name}`);
}

const applications: ExtensionType = {
  find(place, properties) {
    const record = byUniqueName(place, needText(properties, 'uniqueName'));
    return record && applicationView(record, place.tenant);
  },
  save(place, properties) {
    const previous = byUniqueName(place, needText(properties, 'uniqueName'));
    return saveApplication(place, properties, previous);
  },
};

const servicePrincipals: ExtensionType = {
  find({ view, tenant }, properties) {
    const appId = needGuid(properties, 'appId');
    const principal = view.principalsByAppId.get(`${tenant.id}/${appId}`);
    return principal && servicePrincipalView(principal);
  },
  save(place, properties) {
    const appId = needGuid(properties, 'appId');
    const previous = place.view.principalsByAppId.get(`${place.tenant.id}/${appId}`);
    return saveServicePrincipal(place, properties, previous?.record);
  },
};

const assignmentIds = (properties: JsonObject) => ({
  principalId: needGuid(properties, 'principalId'),
  resourceId: needGuid(properties, 'resourceId'),
  appRoleId: needGuid(properties, 'appRoleId'),
});

const appRoleAssignedTo: ExtensionType = {
  find({ view, tenant, nowMs }, properties) {
    const ids = assignmentIds(properties);
    const found = findAssignment({ view, tenantId: tenant.id, nowMs, ...ids });
    if (!found) return undefined;
    const principal = view.principals.get(`${tenant.id}/${ids.principalId}`);
    const resource = view.principals.get(`${tenant.id}/${ids.resourceId}`);
    return assignmentView(found, principal, resource);
  },
  save(place, properties) {
    if (appRoleAssignedTo.find(place, properties)) return { writes: [], result: undefined };
    return assignAppRole(place, assignmentIds(properties));
  },
};

/** `name` is `{application's uniqueName}/{credential}`. */
function federatedName(place: Place, properties: JsonObject) {
  const name = needText(properties, 'name');
  const slash = name.lastIndexOf('/');
  if (slash < 1) throw badRequest(`The name '${name}' must be {application uniqueName}/{name}.`);
  const application = byUniqueName(place, name.slice(0, slash));
  if (!application) throw notFound(name.slice(0, slash));
  const own = name.slice(slash + 1);
  const previous = application.federatedIdentityCredentials.find((each) => each.name === own);
  return { application, own, previous };
}

const federatedIdentityCredentials: ExtensionType = {
  find(place, properties) {
    const { previous } = federatedName(place, properties);
    return previous && federatedView(previous);
  },
  save(place, properties) {
    const { application, own, previous } = federatedName(place, properties);
    return saveFederatedCredential(application, { ...properties, name: own }, previous);
  },
};

/** By the lower-case type without its version. */
export const extensionTypes: ReadonlyMap<string, ExtensionType> = new Map([
  ['microsoft.graph/applications', applications],
  ['microsoft.graph/serviceprincipals', servicePrincipals],
  ['microsoft.graph/approleassignedto', appRoleAssignedTo],
  ['microsoft.graph/applications/federatedidentitycredentials', federatedIdentityCredentials],
]);

/** Implements the port of `resources`; objects are written as the deploying host, not by a token. */
export function directoryExtension({
  directory,
  clock,
}: Pick<TokenService, 'directory' | 'clock'>): DirectoryExtension {
  const placeIn = (view: DirectoryView, tenantId: string): Place => {
    const tenant = view.tenants.get(tenantId.toLowerCase());
    if (!tenant) throw notFound(tenantId);
    return { view, tenant, nowMs: clock.now() };
  };
  return {
    apply: (tenantId, type, properties) =>
      worded(async () => {
        const handler = typeOf(type);
        await directory.change((view) => handler.save(placeIn(view, tenantId), properties));
        const saved = handler.find(placeIn(await directory.view(), tenantId), properties);
        if (!saved) throw notFound(type);
        return saved;
      }),
    find: (tenantId, type, properties) =>
      worded(async () => typeOf(type).find(placeIn(await directory.view(), tenantId), properties)),
  };
}

function typeOf(type: string): ExtensionType {
  const found = extensionTypes.get(type.toLowerCase().split('@')[0]!);
  if (found) return found;
  const served =
    'applications, servicePrincipals, appRoleAssignedTo and applications/federatedIdentityCredentials';
  throw new DirectoryError('notSupported', `The type '${type}' is not served; ${served} are.`);
}

async function worded<T>(work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    if (!(error instanceof DirectoryError)) throw error;
    throw new ResourceError(error.status, error.code, error.message);
  }
}
