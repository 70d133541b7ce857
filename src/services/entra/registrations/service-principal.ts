// A service principal: the presence of an application in one tenant.
import { type JsonObject, newGuid } from '../../../base/index.ts';
import type { DirectoryView } from '../directory.ts';
import type { ServicePrincipalRecord, TenantRecord } from '../state.ts';
import { badRequest, DirectoryError } from './errors.ts';
import { booleanOf, keepOthers, needGuid, refuseUnknown, textOf, textsOf } from './read.ts';

const meant = [
  'appId',
  'accountEnabled',
  'appRoleAssignmentRequired',
  'displayName',
  'alternativeNames',
  'tags',
];

/** Kept and given back; nothing here acts on them. */
const others = [
  'description',
  'homepage',
  'loginUrl',
  'logoutUrl',
  'notes',
  'notificationEmailAddresses',
  'preferredSingleSignOnMode',
  'preferredTokenSigningKeyThumbprint',
  'replyUrls',
  'samlSingleSignOnSettings',
];

const readOnly = ['id', 'servicePrincipalType', 'servicePrincipalNames', 'appOwnerOrganizationId'];

export interface ServicePrincipalInput {
  readonly view: DirectoryView;
  readonly tenant: TenantRecord;
  readonly body: JsonObject;
  readonly previous: ServicePrincipalRecord | undefined;
  readonly nowMs: number;
}

/** Checks everything and gives the record to store. Throws DirectoryError. */
export function servicePrincipalFrom(input: ServicePrincipalInput): ServicePrincipalRecord {
  const { body, previous } = input;
  refuseUnknown(body, meant, others, readOnly);
  const base = previous ?? newRecord(input);
  return {
    ...base,
    displayName: textOf(body, 'displayName') ?? base.displayName,
    accountEnabled: booleanOf(body, 'accountEnabled') ?? base.accountEnabled,
    appRoleAssignmentRequired:
      booleanOf(body, 'appRoleAssignmentRequired') ?? base.appRoleAssignmentRequired,
    alternativeNames: textsOf(body, 'alternativeNames') ?? base.alternativeNames,
    tags: textsOf(body, 'tags') ?? base.tags,
    others: keepOthers(body, others, base.others),
  };
}

function newRecord({ view, tenant, body, nowMs }: ServicePrincipalInput): ServicePrincipalRecord {
  const appId = needGuid(body, 'appId');
  if (view.principalsByAppId.has(`${tenant.id}/${appId}`)) {
    throw new DirectoryError(
      'Request_MultipleObjectsWithSameKeyValue',
      `The service principal cannot be created, updated, or restored because the service principal name ${appId} is already in use.`,
    );
  }
  const application = view.applicationsByAppId.get(appId);
  if (!application) {
    throw new DirectoryError(
      'NoBackingApplicationObject',
      `The appId '${appId}' of the service principal does not reference a valid application object.`,
    );
  }
  if (application.tenantId !== tenant.id && application.signInAudience === 'AzureADMyOrg') {
    throw badRequest(
      `The application '${appId}' is single-tenant and at home in another tenant; set its signInAudience to AzureADMultipleOrgs there.`,
    );
  }
  for (const uri of application.identifierUris) {
    const other = view.principalsByName.get(`${tenant.id}/${uri.toLowerCase()}`);
    if (!other) continue;
    throw new DirectoryError(
      'Request_MultipleObjectsWithSameKeyValue',
      `The service principal cannot be created, updated, or restored because the service principal name ${uri} is already in use.`,
    );
  }
  return {
    id: newGuid(),
    tenantId: tenant.id,
    appId,
    appOwnerOrganizationId: application.tenantId,
    displayName: application.displayName,
    createdDateTime: new Date(nowMs).toISOString(),
    servicePrincipalType: 'Application',
    accountEnabled: true,
    appRoleAssignmentRequired: false,
    alternativeNames: [],
    tags: [],
    others: {},
  };
}
