// Azure's built-in roles that concern what Lazurite hosts, narrow ones before wide ones.
// Source: Microsoft Learn, "Azure built-in roles" (security, integration, identity, privileged).
import { type CompiledRole, compileRole, type RoleDefinition } from './roles.ts';

interface Row {
  readonly guid: string;
  readonly name: string;
  readonly description: string;
  readonly actions?: readonly string[];
  readonly notActions?: readonly string[];
  readonly dataActions?: readonly string[];
  readonly condition?: string;
}

const vault = 'Microsoft.KeyVault/vaults';
const support = [
  'Microsoft.Authorization/*/read',
  'Microsoft.Insights/alertRules/*',
  'Microsoft.Resources/deployments/*',
  'Microsoft.Resources/subscriptions/resourceGroups/read',
  'Microsoft.Support/*',
];
/** What every data-plane role of Key Vault may do on the control plane. */
const vaultReader = [
  'Microsoft.Authorization/*/read',
  'Microsoft.Insights/alertRules/*',
  'Microsoft.Resources/deployments/*',
  'Microsoft.Resources/subscriptions/resourceGroups/read',
  'Microsoft.Support/*',
  'Microsoft.KeyVault/checkNameAvailability/read',
  'Microsoft.KeyVault/deletedVaults/read',
  'Microsoft.KeyVault/locations/*/read',
  'Microsoft.KeyVault/vaults/*/read',
  'Microsoft.KeyVault/operations/read',
];

const keyVaultRoles: readonly Row[] = [
  {
    guid: '08bbd89e-9f13-488c-ac41-acfcb10c90ab',
    name: 'Key Vault Crypto Service Release User',
    description: 'Release keys.',
    dataActions: [`${vault}/keys/release/action`],
  },
  {
    guid: '4633458b-17de-408a-b874-0445c86b69e6',
    name: 'Key Vault Secrets User',
    description: 'Read secret contents.',
    dataActions: [`${vault}/secrets/getSecret/action`, `${vault}/secrets/readMetadata/action`],
  },
  {
    guid: 'e147488a-f6f5-4113-8e2d-b22465e65bf6',
    name: 'Key Vault Crypto Service Encryption User',
    description: 'Read metadata of keys and wrap and unwrap with them.',
    actions: [
      'Microsoft.EventGrid/eventSubscriptions/write',
      'Microsoft.EventGrid/eventSubscriptions/read',
      'Microsoft.EventGrid/eventSubscriptions/delete',
    ],
    dataActions: [`${vault}/keys/read`, `${vault}/keys/wrap/action`, `${vault}/keys/unwrap/action`],
  },
  {
    guid: '12338af0-0e69-4776-bea7-57ae8d297424',
    name: 'Key Vault Crypto User',
    description: 'Perform cryptographic operations using keys.',
    dataActions: [
      `${vault}/keys/read`,
      `${vault}/keys/update/action`,
      `${vault}/keys/backup/action`,
      `${vault}/keys/encrypt/action`,
      `${vault}/keys/decrypt/action`,
      `${vault}/keys/wrap/action`,
      `${vault}/keys/unwrap/action`,
      `${vault}/keys/sign/action`,
      `${vault}/keys/verify/action`,
    ],
  },
  {
    guid: 'db79e9a7-68ee-4b58-9aeb-b90e7c24fcba',
    name: 'Key Vault Certificate User',
    description: 'Read certificate contents, the secret and the key behind them included.',
    dataActions: [
      `${vault}/certificates/read`,
      `${vault}/secrets/getSecret/action`,
      `${vault}/secrets/readMetadata/action`,
      `${vault}/keys/read`,
    ],
  },
  {
    guid: '21090545-7ca7-4776-b22c-e363652d74d2',
    name: 'Key Vault Reader',
    description: 'Read metadata of vaults and their certificates, keys and secrets.',
    actions: vaultReader,
    dataActions: [`${vault}/*/read`, `${vault}/secrets/readMetadata/action`],
  },
  {
    guid: 'b86a8fe4-44ce-4948-aee5-eccb2c155cd7',
    name: 'Key Vault Secrets Officer',
    description: 'Perform any action on the secrets of a vault, except manage permissions.',
    actions: vaultReader,
    dataActions: [`${vault}/secrets/*`],
  },
  {
    guid: '14b46e9e-c2b7-41b4-b07b-48a6ebf60603',
    name: 'Key Vault Crypto Officer',
    description: 'Perform any action on the keys of a vault, except manage permissions.',
    actions: vaultReader,
    dataActions: [`${vault}/keys/*`, `${vault}/keyrotationpolicies/*`],
  },
  {
    guid: 'a4417e6f-fecd-4de8-b567-7b0420556985',
    name: 'Key Vault Certificates Officer',
    description: 'Perform any action on the certificates of a vault, except manage permissions.',
    actions: vaultReader,
    dataActions: [
      `${vault}/certificatecas/*`,
      `${vault}/certificates/*`,
      `${vault}/certificatecontacts/write`,
    ],
  },
  {
    guid: '00482a5a-887f-4fb3-b363-3b7fe8e74483',
    name: 'Key Vault Administrator',
    description: 'Perform all data plane operations on a vault and all objects in it.',
    actions: vaultReader,
    dataActions: [`${vault}/*`],
  },
  {
    guid: 'a68e7c17-0ab2-4c09-9a58-125dae29748c',
    name: 'Key Vault Purge Operator',
    description: 'Purge deleted vaults.',
    actions: [
      'Microsoft.KeyVault/locations/deletedVaults/read',
      'Microsoft.KeyVault/locations/deletedVaults/purge/action',
      'Microsoft.KeyVault/locations/operationResults/read',
      'Microsoft.KeyVault/deletedVaults/read',
      'Microsoft.KeyVault/operations/read',
    ],
  },
  {
    guid: 'f25e0fa2-a7c8-4377-a976-54943a77a395',
    name: 'Key Vault Contributor',
    description: 'Manage key vaults, but not access to them nor what is in them.',
    actions: [...support, 'Microsoft.KeyVault/*'],
    notActions: [
      'Microsoft.KeyVault/locations/deletedVaults/purge/action',
      'Microsoft.KeyVault/hsmPools/*',
      'Microsoft.KeyVault/managedHsms/*',
    ],
  },
];

const identityRoles: readonly Row[] = [
  {
    guid: 'f1a07417-d97a-45cb-824c-7a7467783830',
    name: 'Managed Identity Operator',
    description: 'Read and assign user-assigned identities.',
    actions: [
      'Microsoft.ManagedIdentity/userAssignedIdentities/read',
      'Microsoft.ManagedIdentity/userAssignedIdentities/assign/action',
      'Microsoft.ManagedIdentity/userAssignedIdentities/*/read',
      'Microsoft.ManagedIdentity/userAssignedIdentities/*/assign/action',
      ...support,
    ],
  },
  {
    guid: 'e40ec5ca-96e0-45a2-b4ff-59039f2c2b59',
    name: 'Managed Identity Contributor',
    description: 'Create, read, update and delete user-assigned identities.',
    actions: [
      'Microsoft.ManagedIdentity/userAssignedIdentities/read',
      'Microsoft.ManagedIdentity/userAssignedIdentities/write',
      'Microsoft.ManagedIdentity/userAssignedIdentities/delete',
      'Microsoft.ManagedIdentity/userAssignedIdentities/federatedIdentityCredentials/*',
      ...support,
    ],
  },
];

const logicAppRead = [
  'Microsoft.Authorization/*/read',
  'Microsoft.Insights/alertRules/*/read',
  'Microsoft.Insights/metricAlerts/*/read',
  'Microsoft.Insights/diagnosticSettings/*/read',
  'Microsoft.Insights/metricDefinitions/*/read',
  'Microsoft.Logic/*/read',
  'Microsoft.Resources/deployments/operations/read',
  'Microsoft.Resources/subscriptions/operationresults/read',
  'Microsoft.Resources/subscriptions/resourceGroups/read',
  'Microsoft.Support/*',
  'Microsoft.Web/connectionGateways/*/read',
  'Microsoft.Web/connections/*/read',
  'Microsoft.Web/customApis/*/read',
  'Microsoft.Web/serverFarms/read',
];

const integrationRoles: readonly Row[] = [
  {
    guid: '515c2055-d9d4-4321-b1b9-bd0c9a0f79fe',
    name: 'Logic App Operator',
    description: 'Read, enable and disable logic apps, but not edit them.',
    actions: [
      ...logicAppRead,
      'Microsoft.Logic/workflows/disable/action',
      'Microsoft.Logic/workflows/enable/action',
      'Microsoft.Logic/workflows/validate/action',
    ],
  },
  {
    guid: '87a39d53-fc1b-424a-814c-f7e04687dc9e',
    name: 'Logic App Contributor',
    description: 'Manage logic apps, but not access to them.',
    actions: [
      ...support,
      'Microsoft.Insights/metricAlerts/*',
      'Microsoft.Insights/diagnosticSettings/*',
      'Microsoft.Insights/logdefinitions/*',
      'Microsoft.Insights/metricDefinitions/*',
      'Microsoft.Logic/*',
      'Microsoft.Resources/subscriptions/operationresults/read',
      'Microsoft.Storage/storageAccounts/listkeys/action',
      'Microsoft.Storage/storageAccounts/read',
      'Microsoft.Web/connectionGateways/*',
      'Microsoft.Web/connections/*',
      'Microsoft.Web/customApis/*',
      'Microsoft.Web/serverFarms/join/action',
      'Microsoft.Web/serverFarms/read',
      'Microsoft.Web/sites/functions/listSecrets/action',
    ],
  },
  {
    guid: '71522526-b88f-4d52-b57f-d31fc3546d0d',
    name: 'API Management Service Reader Role',
    description: 'Read the service and its APIs.',
    actions: [
      'Microsoft.ApiManagement/service/*/read',
      'Microsoft.ApiManagement/service/read',
      ...support,
    ],
    notActions: ['Microsoft.ApiManagement/service/users/keys/read'],
  },
  {
    guid: 'e022efe7-f5ba-4159-bbe4-b44f577e9b61',
    name: 'API Management Service Operator Role',
    description: 'Manage the service, but not its APIs.',
    actions: [
      'Microsoft.ApiManagement/service/*/read',
      'Microsoft.ApiManagement/service/backup/action',
      'Microsoft.ApiManagement/service/delete',
      'Microsoft.ApiManagement/service/managedeployments/action',
      'Microsoft.ApiManagement/service/read',
      'Microsoft.ApiManagement/service/restore/action',
      'Microsoft.ApiManagement/service/updatecertificate/action',
      'Microsoft.ApiManagement/service/updatehostname/action',
      'Microsoft.ApiManagement/service/write',
      ...support,
    ],
    notActions: ['Microsoft.ApiManagement/service/users/keys/read'],
  },
  {
    guid: '312a565d-c81f-4fd8-895a-4e21e48d571c',
    name: 'API Management Service Contributor',
    description: 'Manage the service and its APIs.',
    actions: ['Microsoft.ApiManagement/service/*', ...support],
  },
  {
    guid: 'de139f84-1756-47ae-9be6-808fbbe84772',
    name: 'Website Contributor',
    description: 'Manage websites (Logic Apps Standard among them), but not access to them.',
    actions: [
      ...support,
      'Microsoft.Insights/components/*',
      'Microsoft.Web/certificates/*',
      'Microsoft.Web/listSitesAssignedToHostName/read',
      'Microsoft.Web/serverFarms/join/action',
      'Microsoft.Web/serverFarms/read',
      'Microsoft.Web/sites/*',
    ],
  },
];

/** Roles whose assignment the Data Access Administrator may write and delete. */
const delegatedRoles = [
  'Key Vault Administrator',
  'Key Vault Certificates Officer',
  'Key Vault Crypto Officer',
  'Key Vault Crypto Service Encryption User',
  'Key Vault Crypto User',
  'Key Vault Reader',
  'Key Vault Secrets Officer',
  'Key Vault Secrets User',
].map((name) => keyVaultRoles.find((row) => row.name === name)!.guid);

const delegation = (verb: string, source: string) =>
  `((!(ActionMatches{'Microsoft.Authorization/roleAssignments/${verb}'})) OR ` +
  `(@${source}[Microsoft.Authorization/roleAssignments:RoleDefinitionId] ` +
  `ForAnyOfAnyValues:GuidEquals{${delegatedRoles.join(', ')}}))`;

const privilegedRoles: readonly Row[] = [
  {
    guid: 'acdd72a7-3385-48ef-bd42-f606fba81ae7',
    name: 'Reader',
    description: 'View all resources, but make no changes.',
    actions: ['*/read'],
  },
  {
    guid: '8b54135c-b56d-4d72-a534-26097cfdc8d8',
    name: 'Key Vault Data Access Administrator',
    description: 'Manage access to Key Vault by assigning its data roles; limited by a condition.',
    actions: [
      'Microsoft.Authorization/roleAssignments/write',
      'Microsoft.Authorization/roleAssignments/delete',
      'Microsoft.Authorization/*/read',
      'Microsoft.Resources/deployments/*',
      'Microsoft.Resources/subscriptions/resourceGroups/read',
      'Microsoft.Resources/subscriptions/read',
      'Microsoft.Management/managementGroups/read',
      'Microsoft.Support/*',
      'Microsoft.KeyVault/vaults/*/read',
    ],
    condition: `${delegation('write', 'Request')} AND ${delegation('delete', 'Resource')}`,
  },
  {
    guid: 'f58310d9-a9f6-439a-9e8d-f62e7b41a168',
    name: 'Role Based Access Control Administrator',
    description: 'Manage access by assigning roles.',
    actions: [
      'Microsoft.Authorization/roleAssignments/write',
      'Microsoft.Authorization/roleAssignments/delete',
      '*/read',
      'Microsoft.Support/*',
    ],
  },
  {
    guid: '18d7d88d-d35e-4fb5-a5c3-7773c20a72d9',
    name: 'User Access Administrator',
    description: 'Manage user access to resources.',
    actions: ['*/read', 'Microsoft.Authorization/*', 'Microsoft.Support/*'],
  },
  {
    guid: 'b24988ac-6180-42a0-ab88-20f7382dd24c',
    name: 'Contributor',
    description: 'Manage all resources, but not access to them.',
    actions: ['*'],
    notActions: [
      'Microsoft.Authorization/*/Delete',
      'Microsoft.Authorization/*/Write',
      'Microsoft.Authorization/elevateAccess/Action',
      'Microsoft.Blueprint/blueprintAssignments/write',
      'Microsoft.Blueprint/blueprintAssignments/delete',
      'Microsoft.Compute/galleries/share/action',
      'Microsoft.Purview/consents/write',
      'Microsoft.Purview/consents/delete',
      'Microsoft.Resources/deploymentStacks/manageDenySetting/action',
    ],
  },
  {
    guid: '8e3af657-a8ff-443c-a75c-2fe8c4bcb635',
    name: 'Owner',
    description: 'Manage all resources and access to them.',
    actions: ['*'],
  },
];

const definitionOf = (row: Row): RoleDefinition => ({
  guid: row.guid,
  roleName: row.name,
  description: row.description,
  builtIn: true,
  assignableScopes: ['/'],
  permissions: [
    {
      actions: row.actions ?? [],
      notActions: row.notActions ?? [],
      dataActions: row.dataActions ?? [],
      notDataActions: [],
      ...(row.condition !== undefined && { condition: row.condition }),
    },
  ],
});

/** Narrow roles first: the first that grants an action is the one a refusal advises. */
export const builtInRoles: readonly CompiledRole[] = [
  ...keyVaultRoles,
  ...identityRoles,
  ...integrationRoles,
  ...privilegedRoles,
].map((row) => compileRole(definitionOf(row)));
