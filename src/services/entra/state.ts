// The records of the directory as the store keeps them.
import type { Json, JsonObject } from '../../base/index.ts';

export const kinds = {
  tenant: 'entra/tenants',
  application: 'entra/applications',
  servicePrincipal: 'entra/service-principals',
  appRoleAssignment: 'entra/app-role-assignments',
  directoryRole: 'entra/directory-role-assignments',
  signingKey: 'entra/signing-keys',
} as const;

export interface TenantRecord {
  readonly id: string;
  readonly displayName: string;
  /** Lower case; the first is the default domain. */
  readonly domains: readonly string[];
}

export interface AppRole {
  readonly id: string;
  readonly value: string | null;
  readonly displayName: string;
  readonly description: string | null;
  readonly allowedMemberTypes: readonly string[];
  readonly isEnabled: boolean;
}

/** A registered certificate. */
export interface KeyCredential {
  readonly keyId: string;
  readonly displayName: string | null;
  /** ISO 8601 in UTC. */
  readonly startDateTime: string;
  readonly endDateTime: string;
  /** DER in standard base64. */
  readonly key: string;
  readonly customKeyIdentifier: string | null;
}

/** A client secret; only its salted hash is kept. */
export interface PasswordCredential {
  readonly keyId: string;
  readonly displayName: string | null;
  readonly hint: string;
  readonly startDateTime: string;
  readonly endDateTime: string;
  /** Standard base64 of 16 bytes. */
  readonly salt: string;
  /** SHA-256 of salt and secret, standard base64. The secrets are random, 200 bits or more. */
  readonly hash: string;
}

export interface FederatedCredential {
  readonly id: string;
  readonly name: string;
  readonly issuer: string;
  readonly subject: string;
  readonly audiences: readonly string[];
  readonly description: string | null;
}

export type SignInAudience =
  | 'AzureADMyOrg'
  | 'AzureADMultipleOrgs'
  | 'AzureADandPersonalMicrosoftAccount'
  | 'PersonalMicrosoftAccount';

export interface ApplicationRecord {
  /** Object id. */
  readonly id: string;
  /** The home tenant. */
  readonly tenantId: string;
  readonly appId: string;
  readonly uniqueName: string | null;
  readonly displayName: string;
  readonly createdDateTime: string;
  readonly signInAudience: SignInAudience;
  readonly identifierUris: readonly string[];
  /** Graph's `api`, with `requestedAccessTokenVersion`. */
  readonly api: JsonObject;
  readonly appRoles: readonly AppRole[];
  readonly keyCredentials: readonly KeyCredential[];
  readonly passwordCredentials: readonly PasswordCredential[];
  readonly federatedIdentityCredentials: readonly FederatedCredential[];
  readonly optionalClaims: Json;
  /** Kept and given back, without effect here. */
  readonly others: JsonObject;
}

export interface ServicePrincipalRecord {
  /** Object id: another one in every tenant. */
  readonly id: string;
  /** The tenant it lives in. */
  readonly tenantId: string;
  readonly appId: string;
  readonly appOwnerOrganizationId: string | null;
  readonly displayName: string;
  readonly createdDateTime: string;
  readonly servicePrincipalType: 'Application' | 'ManagedIdentity';
  readonly accountEnabled: boolean;
  readonly appRoleAssignmentRequired: boolean;
  readonly alternativeNames: readonly string[];
  readonly tags: readonly string[];
  /** What has no application object in this cloud: Microsoft's services and managed identities. */
  readonly own?: {
    readonly servicePrincipalNames: readonly string[];
    readonly appRoles: readonly AppRole[];
    readonly tokenVersion: 1 | 2;
    readonly keyCredentials: readonly KeyCredential[];
    readonly federatedIdentityCredentials: readonly FederatedCredential[];
    /** Microsoft's own API: managed identity tokens for it carry `xms_mirid`. */
    readonly firstParty: boolean;
    /** ARM id of the managed identity, in canonical case. */
    readonly identityId?: string;
    readonly explicit?: boolean;
  };
  readonly others: JsonObject;
}

export interface AppRoleAssignmentRecord {
  readonly id: string;
  readonly tenantId: string;
  /** All zeros: default access, no role. */
  readonly appRoleId: string;
  /** Object id of the service principal that holds it. */
  readonly principalId: string;
  /** Object id of the API's service principal. */
  readonly resourceId: string;
  readonly createdDateTime: string;
}

export interface DirectoryRoleRecord {
  readonly tenantId: string;
  readonly principalId: string;
  readonly roleTemplateId: string;
}

export interface SigningKeyRecord {
  /** base64url SHA-1 of the certificate. */
  readonly kid: string;
  readonly createdAtMs: number;
  /** Since when a newer key signs. */
  readonly replacedAtMs: number | null;
  /** DER, standard base64. */
  readonly certificate: string;
  /** PKCS #8 DER, standard base64. The record is sealed in the store. */
  readonly privateKey: string;
}

export interface RecordOf {
  tenant: TenantRecord;
  application: ApplicationRecord;
  servicePrincipal: ServicePrincipalRecord;
  appRoleAssignment: AppRoleAssignmentRecord;
  directoryRole: DirectoryRoleRecord;
}

export type DirectoryKind = keyof RecordOf;

/** The store's key of each record. */
export const keyOf: { readonly [Kind in DirectoryKind]: (record: RecordOf[Kind]) => string } = {
  tenant: ({ id }) => id,
  application: ({ id }) => id,
  servicePrincipal: ({ tenantId, id }) => `${tenantId}/${id}`,
  appRoleAssignment: ({ tenantId, id }) => `${tenantId}/${id}`,
  directoryRole: ({ tenantId, principalId, roleTemplateId }) =>
    `${tenantId}/${principalId}/${roleTemplateId}`,
};

export const defaultAccessRoleId = '00000000-0000-0000-0000-000000000000';
