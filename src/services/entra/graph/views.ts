// Directory objects as Microsoft Graph shows them.
import type { Json, JsonObject } from '../../../base/index.ts';
import type { Principal } from '../directory.ts';
import type {
  ApplicationRecord,
  AppRole,
  AppRoleAssignmentRecord,
  FederatedCredential,
  KeyCredential,
  TenantRecord,
} from '../state.ts';

const plain = (value: unknown) => value as Json;

/** Certificates come back without their bytes unless `$select` names keyCredentials. */
function keyView(credential: KeyCredential, withKey: boolean): JsonObject {
  const { key, ...rest } = credential;
  return { ...rest, type: 'AsymmetricX509Cert', usage: 'Verify', key: withKey ? key : null };
}

function roleView(role: AppRole): JsonObject {
  return plain({ ...role, origin: 'Application' }) as JsonObject;
}

export function applicationView(
  record: ApplicationRecord,
  tenant: TenantRecord,
  withKeys = false,
): JsonObject {
  return {
    id: record.id,
    deletedDateTime: null,
    appId: record.appId,
    uniqueName: record.uniqueName,
    displayName: record.displayName,
    createdDateTime: record.createdDateTime,
    publisherDomain: tenant.domains[0] ?? null,
    signInAudience: record.signInAudience,
    identifierUris: [...record.identifierUris],
    api: {
      acceptMappedClaims: null,
      knownClientApplications: [],
      oauth2PermissionScopes: [],
      preAuthorizedApplications: [],
      ...record.api,
    },
    appRoles: record.appRoles.map(roleView),
    description: null,
    groupMembershipClaims: null,
    isFallbackPublicClient: null,
    notes: null,
    optionalClaims: record.optionalClaims,
    requiredResourceAccess: [],
    tags: [],
    info: { logoUrl: null, marketingUrl: null, privacyStatementUrl: null, supportUrl: null },
    publicClient: { redirectUris: [] },
    spa: { redirectUris: [] },
    web: {
      homePageUrl: null,
      logoutUrl: null,
      redirectUris: [],
      implicitGrantSettings: { enableAccessTokenIssuance: false, enableIdTokenIssuance: false },
    },
    ...record.others,
    keyCredentials: record.keyCredentials.map((credential) => keyView(credential, withKeys)),
    passwordCredentials: record.passwordCredentials.map(
      ({ keyId, displayName, hint, startDateTime, endDateTime }) => ({
        customKeyIdentifier: null,
        displayName,
        endDateTime,
        hint,
        keyId,
        secretText: null,
        startDateTime,
      }),
    ),
  };
}

export function servicePrincipalView(principal: Principal, withKeys = false): JsonObject {
  const { record, application } = principal;
  const keys = record.own?.keyCredentials ?? [];
  return {
    id: record.id,
    deletedDateTime: null,
    accountEnabled: record.accountEnabled,
    alternativeNames: [...record.alternativeNames],
    appDisplayName: application?.displayName ?? record.displayName,
    appId: record.appId,
    appOwnerOrganizationId: record.appOwnerOrganizationId,
    appRoleAssignmentRequired: record.appRoleAssignmentRequired,
    createdDateTime: record.createdDateTime,
    displayName: record.displayName,
    servicePrincipalNames: [...principal.servicePrincipalNames],
    servicePrincipalType: record.servicePrincipalType,
    signInAudience: application?.signInAudience ?? null,
    tags: [...record.tags],
    appRoles: principal.appRoles.map(roleView),
    oauth2PermissionScopes: [],
    description: null,
    homepage: null,
    loginUrl: null,
    notes: null,
    replyUrls: [],
    ...record.others,
    keyCredentials: keys.map((credential) => keyView(credential, withKeys)),
    passwordCredentials: [],
  };
}

export function assignmentView(
  assignment: AppRoleAssignmentRecord,
  principal: Principal | undefined,
  resource: Principal | undefined,
): JsonObject {
  const { id, appRoleId, principalId, resourceId, createdDateTime } = assignment;
  return {
    id,
    deletedDateTime: null,
    appRoleId,
    createdDateTime,
    principalDisplayName: principal?.record.displayName ?? null,
    principalId,
    principalType: 'ServicePrincipal',
    resourceDisplayName: resource?.record.displayName ?? null,
    resourceId,
  };
}

export function federatedView(credential: FederatedCredential): JsonObject {
  return { ...credential, audiences: [...credential.audiences] };
}

export function organizationView({ id, displayName, domains }: TenantRecord): JsonObject {
  return {
    id,
    displayName,
    tenantType: 'AAD',
    verifiedDomains: domains.map((name, index) => ({
      capabilities: '',
      isDefault: index === 0,
      isInitial: name.endsWith('.onmicrosoft.com'),
      name,
      type: 'Managed',
    })),
  };
}
