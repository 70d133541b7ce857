// The door of `resources`.
export {
  type ActionAnswer,
  type ActionInput,
  type DirectoryExtension,
  type ManagedIdentities,
  type ManagedIdentityDirectory,
  type ManagedIdentityKey,
  type ManagedIdentityPrincipal,
  type NewManagedIdentity,
  type PrepareInput,
  type ProviderInput,
  type ProviderOperation,
  type PutInput,
  type ResourceDocument,
  ResourceError,
  type ResourceIdentity,
  type Resources,
  type ResourceType,
  type SubresourceInput,
  type Subscriptions,
} from './contract.ts';
export { createResources, type ResourcesOptions } from './documents.ts';
export { userAssignedIdentitiesOf, userAssignedIdentityType } from './identity.ts';
export {
  groupType,
  isWithin,
  normaliseLocation,
  type ProviderPart,
  parseResourceId,
  type ResourceId,
  resourceIdOf,
  subscriptionType,
  tenantType,
} from './ids.ts';
