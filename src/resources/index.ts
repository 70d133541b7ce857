// The door of `resources`.
export {
  type ActionAnswer,
  type ActionInput,
  type ManagedIdentityDirectory,
  type PrepareInput,
  type PutInput,
  type ResourceDocument,
  ResourceError,
  type ResourceIdentity,
  type Resources,
  type ResourceType,
  type Subscriptions,
} from './contract.ts';
