// The door of `managed-identity`: platform identities, their tokens, the endpoints that give them.
import { type Clock, isGuid } from '../../base/index.ts';
import type { Outbound, Service } from '../../http/index.ts';
import type {
  ManagedIdentities,
  ManagedIdentityDirectory,
  Resources,
  ResourceType,
  Subscriptions,
} from '../../resources/index.ts';
import type { Store } from '../../store/index.ts';
import { appServiceService } from './app-service.ts';
import { createIdentities } from './identities.ts';
import { createIdentityHeaders } from './identity-headers.ts';
import { imdsService } from './imds.ts';
import { identityResourceTypes } from './resource-types.ts';
import { createIdentityTokens } from './tokens.ts';

export { managedIdentityCoverage } from './coverage.ts';

export interface ManagedIdentityOptions {
  readonly store: Store;
  readonly clock: Clock;
  readonly outbound: Outbound;
  readonly directory: ManagedIdentityDirectory;
  readonly subscriptions: Pick<Subscriptions, 'tenantOf'>;
  /** Asked late: `resources` needs the `identities` made here before it can be made itself. */
  readonly resources: () => Pick<Resources, 'get' | 'list'>;
}

export interface ManagedIdentity {
  /** The port that `resources` asks when an identity block changes. */
  readonly identities: ManagedIdentities;
  /** Host 169.254.169.254. */
  readonly imds: Service;
  /** Host 169.254.129.1, port 8081, path /msi/token. */
  readonly appService: Service;
  /** IDENTITY_HEADER (and MSI_SECRET) for programs that run as a resource. */
  identityHeaderOf(resourceId: string): Promise<string>;
  /** Microsoft.ManagedIdentity/userAssignedIdentities and its federatedIdentityCredentials. */
  readonly resourceTypes: readonly ResourceType[];
}

export function createManagedIdentity(options: ManagedIdentityOptions): ManagedIdentity {
  const { store, clock, outbound, directory, subscriptions, resources } = options;
  const identities = createIdentities({ store, clock, directory });
  const tokens = createIdentityTokens({ clock, outbound, identities });
  const identityHeaderOf = createIdentityHeaders(store);
  const parts = { clock, resources, subscriptions, identities, tokens };
  return {
    identities,
    imds: echoing(imdsService(parts)),
    appService: echoing(appServiceService({ ...parts, identityHeaderOf })),
    identityHeaderOf,
    resourceTypes: identityResourceTypes({ identities, directory, resources, subscriptions }),
  };
}

/** The id that the SDKs' pipelines give each request comes back with the answer. */
function echoing(service: Service): Service {
  return async (request, connection) => {
    const response = await service(request, connection);
    const id = request.headers.get('x-ms-client-request-id') ?? '';
    if (isGuid(id)) response.headers.set('x-ms-client-request-id', id);
    return response;
  };
}
