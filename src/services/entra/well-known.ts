// What every tenant knows from its first day: Microsoft's services, directory roles, host names.
import { guidFromName } from '../../base/index.ts';
import type { AppRole, ServicePrincipalRecord } from './state.ts';

/** The cloud's authority: tokens and metadata name it whatever alias a client used. */
export const authorityHost = 'login.microsoftonline.com';

/** Names of the public cloud's authority (instance discovery), and the issuer of v1 tokens. */
export const authorityAliases: ReadonlySet<string> = new Set([
  authorityHost,
  'login.windows.net',
  'login.microsoft.com',
  'sts.windows.net',
]);

export const issuerOf = {
  1: (tenantId: string) => `https://sts.windows.net/${tenantId}/`,
  2: (tenantId: string) => `https://${authorityHost}/${tenantId}/v2.0`,
} as const;

/** The tenant in which Microsoft's own applications are at home. */
const microsoftTenantId = 'f8cdef31-a31e-4b4a-93e4-5f571e91255a';

export const graphAppId = '00000003-0000-0000-c000-000000000000';
export const armAppId = '797f4846-ba00-4fd7-ba43-dac1f8f63013';
export const tokenExchangeAppId = 'fb60f99c-7a34-4190-8149-302f77469936';
export const graphAudiences: ReadonlySet<string> = new Set([
  graphAppId,
  'https://graph.microsoft.com',
  'https://graph.microsoft.com/',
]);

const applicationRole = (id: string, value: string): AppRole => ({
  id,
  value,
  displayName: value,
  description: null,
  allowedMemberTypes: ['Application'],
  isEnabled: true,
});

/** Graph's application permissions that operations of this service ask for. */
const graphRoles = [
  applicationRole('1bfefb4e-e0b5-418b-a88f-73c46d2cc8e9', 'Application.ReadWrite.All'),
  applicationRole('18a4783c-866b-4cc7-a460-3d5e5662c884', 'Application.ReadWrite.OwnedBy'),
  applicationRole('9a5d68dd-52b0-4cc2-bd40-abcf44ac3a30', 'Application.Read.All'),
  applicationRole('06b708a9-e830-4db3-a914-8e69da51d44f', 'AppRoleAssignment.ReadWrite.All'),
  applicationRole('7ab1d382-f21e-4acd-a863-ba3e13f7da61', 'Directory.Read.All'),
  applicationRole('19dbc75e-c2e2-444c-a770-ec69d8559fc7', 'Directory.ReadWrite.All'),
];

interface FirstParty {
  readonly appId: string;
  readonly displayName: string;
  readonly names: readonly string[];
  readonly tokenVersion?: 1 | 2;
  readonly appRoles?: readonly AppRole[];
}

const firstParties: readonly FirstParty[] = [
  {
    appId: graphAppId,
    displayName: 'Microsoft Graph',
    names: ['https://graph.microsoft.com'],
    appRoles: graphRoles,
  },
  {
    appId: armAppId,
    displayName: 'Windows Azure Service Management API',
    names: ['https://management.azure.com', 'https://management.core.windows.net'],
  },
  {
    appId: 'cfa8b339-82a2-471a-a3c9-0fc0be7a4093',
    displayName: 'Azure Key Vault',
    names: ['https://vault.azure.net'],
  },
  {
    appId: tokenExchangeAppId,
    displayName: 'AzureADTokenExchange',
    names: ['api://AzureADTokenExchange'],
    tokenVersion: 2,
  },
  {
    appId: 'e406a681-f3d4-42a8-90b6-c2b029497af1',
    displayName: 'Azure Storage',
    names: ['https://storage.azure.com'],
  },
];

/** Microsoft's service principals of a tenant; object ids follow from tenant and app id. */
export function firstPartyPrincipals(
  tenantId: string,
  createdDateTime: string,
): ServicePrincipalRecord[] {
  return firstParties.map(({ appId, displayName, names, tokenVersion = 1, appRoles = [] }) => ({
    id: guidFromName(tenantId, appId),
    tenantId,
    appId,
    appOwnerOrganizationId: microsoftTenantId,
    displayName,
    createdDateTime,
    servicePrincipalType: 'Application',
    accountEnabled: true,
    appRoleAssignmentRequired: false,
    alternativeNames: [],
    tags: [],
    own: {
      servicePrincipalNames: [appId, ...names],
      appRoles,
      tokenVersion,
      keyCredentials: [],
      federatedIdentityCredentials: [],
      firstParty: true,
    },
    others: {},
  }));
}

/** Built-in directory roles by template id (Entra built-in roles). */
export const directoryRoles = {
  'Global Administrator': '62e90394-69f5-4237-9190-012177145e10',
  'Privileged Role Administrator': 'e8611ab8-c189-46e8-94e1-60213ab1f814',
  'Application Administrator': '9b895d92-2cd3-44c7-9d02-a5ac2d5ea5c3',
  'Cloud Application Administrator': '158c047a-c907-4556-b7ef-446551a6b5f7',
  'Directory Readers': '88d8e3e3-8f55-4a1e-953a-9b9898b8876b',
} as const;

export type DirectoryRoleName = keyof typeof directoryRoles;
