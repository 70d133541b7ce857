// The changes of the directory: what Graph, deployments and the host ask, as one plan each.
import type { JsonObject } from '../../../base/index.ts';
import { newPasswordCredential } from '../credentials.ts';
import type { DirectoryView, DirectoryWrite, Plan } from '../directory.ts';
import { credentialsMax, directoryObjectsMax, secretLifetimeYears } from '../limits.ts';
import type {
  ApplicationRecord,
  AppRoleAssignmentRecord,
  FederatedCredential,
  ServicePrincipalRecord,
  TenantRecord,
} from '../state.ts';
import { type AppRoleAssignmentInput, appRoleAssignmentFrom } from './app-role-assignment.ts';
import { applicationFrom } from './application.ts';
import { badRequest, DirectoryError, notFound } from './errors.ts';
import { federatedCredentialFrom } from './federated-credential.ts';
import { objectOf, refuseUnknown, textOf, timeOf } from './read.ts';
import { servicePrincipalFrom } from './service-principal.ts';

/** Where a change happens. */
export interface Place {
  readonly view: DirectoryView;
  readonly tenant: TenantRecord;
  readonly nowMs: number;
}

function checkQuota({ view }: Place): void {
  const count = view.applications.size + view.principals.size + view.assignments.size;
  if (count < directoryObjectsMax) return;
  throw new DirectoryError(
    'Directory_QuotaExceeded',
    `The directory object quota of ${directoryObjectsMax} objects is used up.`,
  );
}

/** An application of this tenant by object id, `appId='…'` or `uniqueName='…'`. */
export function findApplication({ view, tenant }: Place, key: string): ApplicationRecord {
  const [, name, quoted] = /^(appId|uniqueName)='(.*)'$/s.exec(key) ?? [];
  const value = quoted?.replaceAll("''", "'");
  const found =
    name === 'appId'
      ? view.applicationsByAppId.get(value!.toLowerCase())
      : name === 'uniqueName'
        ? view.applicationsByUniqueName.get(`${tenant.id}/${value}`)
        : view.applications.get(key.toLowerCase());
  if (found?.tenantId !== tenant.id) throw notFound(key);
  return found;
}

export function findServicePrincipal({ view, tenant }: Place, key: string) {
  const appId = /^appId='(.*)'$/s.exec(key)?.[1];
  const found =
    appId === undefined
      ? view.principals.get(`${tenant.id}/${key.toLowerCase()}`)
      : view.principalsByAppId.get(`${tenant.id}/${appId.toLowerCase()}`);
  if (!found) throw notFound(key);
  return found;
}

export function saveApplication(
  place: Place,
  body: JsonObject,
  previous?: ApplicationRecord,
): Plan<ApplicationRecord> {
  if (!previous) checkQuota(place);
  const { view, tenant, nowMs } = place;
  const record = applicationFrom({ view, tenant, body, previous, nowMs });
  return { writes: [{ kind: 'application', put: record }], result: record };
}

/** With its service principal at home and the assignments of that one; others stay, without effect. */
export function deleteApplication(place: Place, record: ApplicationRecord): Plan<undefined> {
  const home = place.view.principalsByAppId.get(`${record.tenantId}/${record.appId}`);
  const rest = home ? deleteServicePrincipal(place, home.record).writes : [];
  return { writes: [{ kind: 'application', delete: record }, ...rest], result: undefined };
}

export function saveServicePrincipal(
  place: Place,
  body: JsonObject,
  previous?: ServicePrincipalRecord,
): Plan<ServicePrincipalRecord> {
  if (!previous) checkQuota(place);
  const { view, tenant, nowMs } = place;
  const record = servicePrincipalFrom({ view, tenant, body, previous, nowMs });
  return { writes: [{ kind: 'servicePrincipal', put: record }], result: record };
}

export function deleteServicePrincipal(
  { view }: Place,
  record: ServicePrincipalRecord,
): Plan<undefined> {
  const writes: DirectoryWrite[] = [{ kind: 'servicePrincipal', delete: record }];
  for (const assignment of view.assignments.values()) {
    const { tenantId, principalId, resourceId } = assignment;
    const concerns = principalId === record.id || resourceId === record.id;
    if (tenantId === record.tenantId && concerns) {
      writes.push({ kind: 'appRoleAssignment', delete: assignment });
    }
  }
  for (const roleTemplateId of view.directoryRoles.get(`${record.tenantId}/${record.id}`) ?? []) {
    const { tenantId, id: principalId } = record;
    writes.push({ kind: 'directoryRole', delete: { tenantId, principalId, roleTemplateId } });
  }
  return { writes, result: undefined };
}

/** The secret is in the result and nowhere else. */
export function addPassword(
  { nowMs }: Place,
  record: ApplicationRecord,
  body: JsonObject,
): Plan<JsonObject> {
  refuseUnknown(body, ['passwordCredential']);
  const wanted = objectOf(body, 'passwordCredential') ?? {};
  if (record.passwordCredentials.length >= credentialsMax) {
    throw badRequest(`No more than ${credentialsMax} password credentials can be added.`);
  }
  const start = timeOf(wanted, 'startDateTime');
  const startMs = start === undefined ? nowMs : Date.parse(start);
  const end = timeOf(wanted, 'endDateTime');
  const endMs =
    end === undefined ? startMs + secretLifetimeYears * 365 * 86_400_000 : Date.parse(end);
  if (endMs <= startMs) throw badRequest("'endDateTime' must be after 'startDateTime'.");
  const displayName = textOf(wanted, 'displayName') ?? null;
  const { credential, secretText } = newPasswordCredential({ displayName, startMs, endMs });
  const passwordCredentials = [...record.passwordCredentials, credential];
  const { keyId, hint, startDateTime, endDateTime } = credential;
  return {
    writes: [{ kind: 'application', put: { ...record, passwordCredentials } }],
    result: {
      customKeyIdentifier: null,
      displayName,
      endDateTime,
      hint,
      keyId,
      secretText,
      startDateTime,
    },
  };
}

export function removePassword(record: ApplicationRecord, body: JsonObject): Plan<undefined> {
  const keyId = textOf(body, 'keyId')?.toLowerCase();
  const passwordCredentials = record.passwordCredentials.filter((each) => each.keyId !== keyId);
  if (passwordCredentials.length === record.passwordCredentials.length) {
    throw badRequest(`No password credential found with keyId '${(keyId ?? '').slice(0, 100)}'.`);
  }
  return {
    writes: [{ kind: 'application', put: { ...record, passwordCredentials } }],
    result: undefined,
  };
}

export function findFederatedCredential(
  record: ApplicationRecord,
  key: string,
): FederatedCredential {
  const name = /^name='(.*)'$/s.exec(key)?.[1] ?? key;
  const found = record.federatedIdentityCredentials.find(
    (each) => each.id === key.toLowerCase() || each.name === name,
  );
  if (!found) throw notFound(key);
  return found;
}

export function saveFederatedCredential(
  record: ApplicationRecord,
  body: JsonObject,
  previous?: FederatedCredential,
): Plan<FederatedCredential> {
  const all = record.federatedIdentityCredentials;
  const credential = federatedCredentialFrom(body, all, previous);
  const federatedIdentityCredentials = [
    ...all.filter(({ id }) => id !== credential.id),
    credential,
  ];
  return {
    writes: [{ kind: 'application', put: { ...record, federatedIdentityCredentials } }],
    result: credential,
  };
}

export function deleteFederatedCredential(
  record: ApplicationRecord,
  { id }: FederatedCredential,
): Plan<undefined> {
  const federatedIdentityCredentials = record.federatedIdentityCredentials.filter(
    (each) => each.id !== id,
  );
  return {
    writes: [{ kind: 'application', put: { ...record, federatedIdentityCredentials } }],
    result: undefined,
  };
}

export function assignAppRole(
  place: Place,
  ids: Pick<AppRoleAssignmentInput, 'principalId' | 'resourceId' | 'appRoleId'>,
): Plan<AppRoleAssignmentRecord> {
  checkQuota(place);
  const { view, tenant, nowMs } = place;
  const record = appRoleAssignmentFrom({ view, tenantId: tenant.id, nowMs, ...ids });
  return { writes: [{ kind: 'appRoleAssignment', put: record }], result: record };
}
