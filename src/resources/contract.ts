// What a service says of the ARM resource types it owns, and the ports it may ask.
import type { Json, JsonObject } from '../base/index.ts';

/** The document ARM keeps of a resource. Ids and type names in Azure's canonical letter case. */
export interface ResourceDocument {
  readonly id: string;
  readonly name: string;
  readonly type: string;
  readonly location?: string;
  readonly tags?: Readonly<Record<string, string>>;
  readonly sku?: Json;
  readonly kind?: string;
  readonly zones?: Json;
  readonly identity?: ResourceIdentity;
  readonly properties: JsonObject;
}

export interface ResourceIdentity {
  /** `SystemAssigned`, `UserAssigned`, `SystemAssigned, UserAssigned` or `None`. */
  readonly type: string;
  readonly principalId?: string;
  readonly tenantId?: string;
  readonly userAssignedIdentities?: Readonly<
    Record<string, { readonly principalId?: string; readonly clientId?: string }>
  >;
}

/** A refusal that ARM words: `{"error":{"code","message","target","details"}}`. */
export class ResourceError extends Error {
  readonly status: number;
  readonly code: string;
  readonly target: string | undefined;

  constructor(status: number, code: string, message: string, target?: string) {
    super(message);
    this.name = 'ResourceError';
    this.status = status;
    this.code = code;
    this.target = target;
  }
}

export interface PrepareInput {
  readonly id: string;
  readonly name: string;
  readonly apiVersion: string;
  /** Body as sent, without what ARM itself reads (location, tags, identity are in `body` too). */
  readonly body: JsonObject;
  readonly previous: ResourceDocument | undefined;
  /** The tenant of the resource's subscription. */
  readonly tenantId: string;
  /** Object id of who asks, empty for the host itself. */
  readonly callerObjectId: string;
}

export interface ActionInput {
  readonly resource: ResourceDocument;
  readonly apiVersion: string;
  readonly body: Json;
  /** Lower-case query parameter names. */
  readonly query: Readonly<Record<string, string>>;
  /** `https://management.azure.com` as the client spelt it: for absolute links. */
  readonly origin: string;
}

export interface ActionAnswer {
  readonly status: number;
  readonly body?: Json;
  readonly headers?: Readonly<Record<string, string>>;
}

/** An operation of a provider that lies at a subscription, not at a resource. */
export interface ProviderOperation {
  readonly method: 'GET' | 'POST' | 'DELETE';
  /** Behind `/subscriptions/{s}/providers/{namespace}/`: `locations/{location}/deletedVaults/{name}`. */
  readonly path: string;
  /** The action the caller needs at the subscription. */
  readonly action: string;
  answer(input: ProviderInput): Promise<ActionAnswer>;
}

export interface ProviderInput extends Omit<ActionInput, 'resource'> {
  readonly subscriptionId: string;
  readonly parameters: Readonly<Record<string, string>>;
}

/** One ARM resource type, owned by the service that gives it life. */
export interface ResourceType {
  /** Canonical spelling, such as `Microsoft.KeyVault/vaults` or `…/service/apis`. */
  readonly type: string;
  /** Newest first; any well-formed api-version is served. */
  readonly apiVersions: readonly string[];
  /** Whether a location is required (false for children and extension resources). */
  readonly location: boolean;
  readonly identity?: boolean;
  /** May be put at any scope, such as `Microsoft.Authorization/roleAssignments`. */
  readonly extension?: boolean;
  /** What a PUT that created it answers; 201 where absent. */
  readonly createdStatus?: 200 | 201;
  /** Left out where ARM lists "all resources" (deployments, role assignments). */
  readonly unlisted?: boolean;
  /**
   * Checks the body and gives the properties to keep, with defaults filled in. Throws
   * ResourceError. Must not write anything: what it gives is committed by the caller.
   */
  prepare(input: PrepareInput): Promise<JsonObject>;
  /** After the commit of a create or update. */
  saved?(resource: ResourceDocument, previous: ResourceDocument | undefined): Promise<void>;
  /** Before the deletion is committed; throws ResourceError to refuse it. */
  deleting?(resource: ResourceDocument): Promise<void>;
  deleted?(resource: ResourceDocument): Promise<void>;
  /** The properties a GET answers, where they differ from what is kept (secrets left out). */
  view?(resource: ResourceDocument): Promise<JsonObject>;
  /** POST actions by their last path part, any letter case. */
  readonly actions?: Readonly<Record<string, (input: ActionInput) => Promise<ActionAnswer>>>;
  /** Operations of the type's provider, such as `checkNameAvailability`. */
  readonly providerOperations?: readonly ProviderOperation[];
  /**
   * Requests below the resource that concern no document of their own, such as
   * `GET …/workflows/w/runs/r`; asked after `actions`. Undefined: nothing is there (404). The right is
   * checked before: `<type>/<types of the path>/read|write|delete`, or `…/<action>/action`.
   */
  subresource?(input: SubresourceInput): Promise<ActionAnswer | undefined>;
}

export interface SubresourceInput extends ActionInput {
  /** Upper case. */
  readonly method: string;
  /** What follows the resource's id, split by `/` and percent-decoded: `['runs', 'r']`. */
  readonly path: readonly string[];
}

/** Documents of all types; implemented by `resources` over the store. Ids in any letter case. */
export interface Resources {
  get(id: string): Promise<ResourceDocument | undefined>;
  /** Of one type (any letter case), optionally below a scope id. */
  list(type: string, scope?: string): Promise<ResourceDocument[]>;
  /** Creates or replaces through the type's rules and lifecycle, as ARM's PUT does. */
  put(input: PutInput): Promise<{ resource: ResourceDocument; created: boolean }>;
  /** False where it did not exist. */
  delete(id: string): Promise<boolean>;
  /** Called after a resource of the type was saved or deleted, with its id in lower case. */
  watch(type: string, listener: (id: string) => void): () => void;
  /** The registered type (any letter case). */
  typeOf(type: string): ResourceType | undefined;
  /** All registered types, in the order of registration. */
  readonly types: readonly ResourceType[];
  /** Adds types after the start: a service that needs `resources` to make its own types. */
  register(types: readonly ResourceType[]): void;
  /** The document as a GET answers it: `view` of its type instead of what is kept. */
  view(resource: ResourceDocument): Promise<ResourceDocument>;
  /** The scope, the resource itself included, and everything below it, in the order of ids. */
  within(scope: string): Promise<ResourceDocument[]>;
}

export interface PutInput {
  readonly id: string;
  readonly apiVersion: string;
  readonly body: JsonObject;
  readonly callerObjectId: string;
}

/** A managed identity as its resource knows it. */
export interface ManagedIdentityKey {
  /** The tenant of the resource's subscription. */
  readonly tenantId: string;
  /** ARM id: of the host resource (system-assigned) or of the user-assigned identity itself. */
  readonly identityId: string;
}

export interface ManagedIdentityPrincipal {
  /** Object id of the service principal. */
  readonly principalId: string;
  readonly clientId: string;
  readonly tenantId: string;
}

export interface NewManagedIdentity extends ManagedIdentityKey {
  readonly displayName: string;
  /** True for a user-assigned identity. */
  readonly explicit: boolean;
}

/** Port: `managed-identity` implements it; `resources` asks when an identity block changes. */
export interface ManagedIdentities {
  /** Gives the principal that exists, or creates it with its platform certificate. */
  ensure(identity: NewManagedIdentity): Promise<ManagedIdentityPrincipal>;
  remove(identity: ManagedIdentityKey): Promise<void>;
}

/** Port: `entra` implements it; `managed-identity` registers its principals and certificates. */
export interface ManagedIdentityDirectory {
  /** `certificate`: DER, becomes (or replaces) the key credential of the service principal. */
  ensure(
    identity: NewManagedIdentity & { readonly certificate: Uint8Array },
  ): Promise<ManagedIdentityPrincipal>;
  remove(identity: ManagedIdentityKey): Promise<void>;
  /** Replaces the federated credentials of a user-assigned identity, which must exist. */
  federate(
    identity: ManagedIdentityKey,
    credentials: readonly {
      readonly name: string;
      readonly issuer: string;
      readonly subject: string;
      readonly audiences: readonly string[];
    }[],
  ): Promise<void>;
}

/** Port: `entra` implements it; deployments of templates with the Microsoft.Graph import use it. */
export interface DirectoryExtension {
  /**
   * Creates or updates one object, keyed by its `uniqueName` (service principals: `appId`).
   * `type` as compiled, such as `Microsoft.Graph/applications@v1.0`. Gives the object with its
   * ids, as `reference()` reads it. Throws ResourceError for what the directory refuses.
   */
  apply(tenantId: string, type: string, properties: JsonObject): Promise<JsonObject>;
  /** For `existing: true`; undefined where there is none. */
  find(tenantId: string, type: string, properties: JsonObject): Promise<JsonObject | undefined>;
}

/** Port: the host implements it from the environment file. */
export interface Subscriptions {
  /** Undefined where no such subscription exists. */
  tenantOf(subscriptionId: string): string | undefined;
  list(): readonly {
    readonly subscriptionId: string;
    readonly tenantId: string;
    readonly displayName: string;
  }[];
}
