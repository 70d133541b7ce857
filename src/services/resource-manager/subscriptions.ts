// Tenants, subscriptions, their providers, and the cloud's metadata.
import type { Json, JsonObject } from '../../base/index.ts';
import type { ResourceType } from '../../resources/index.ts';
import { authorize } from './authorization.ts';
import { notFound } from './errors.ts';
import { pageSize } from './limits.ts';
import type { Call, Handler, Room } from './room.ts';
import { page } from './wire.ts';

type Subscription = ReturnType<Room['subscriptions']['list']>[number];

function subscriptionBody({ subscriptionId, tenantId, displayName }: Subscription): JsonObject {
  return {
    id: `/subscriptions/${subscriptionId}`,
    authorizationSource: 'RoleBased',
    managedByTenants: [],
    subscriptionId,
    tenantId,
    displayName,
    state: 'Enabled',
    subscriptionPolicies: {
      locationPlacementId: 'Public_2014-09-01',
      quotaId: 'PayAsYouGo_2014-09-01',
      spendingLimit: 'Off',
    },
  };
}

/** Those of the caller's tenant in which it has any role. */
export const listSubscriptions: Handler = async (call) => {
  const { room, caller } = call;
  const readable: JsonObject[] = [];
  for (const each of room.subscriptions.list()) {
    const scope = `/subscriptions/${each.subscriptionId}`;
    const principals = [caller.objectId, ...caller.groupIds];
    if (each.tenantId !== caller.tenantId) continue;
    if (await room.access.hasRoleAround(principals, scope)) {
      readable.push(subscriptionBody(each));
    }
  }
  return Response.json({
    value: readable,
    count: { type: 'Total', value: readable.length },
  });
};

export function requireSubscription({ room, parameters }: Call): Subscription {
  const wanted = parameters.subscription ?? '';
  const found = room.subscriptions
    .list()
    .find((each) => each.subscriptionId.toLowerCase() === wanted.toLowerCase());
  if (!found) throw notFound.subscription(wanted);
  return found;
}

export const getSubscription: Handler = async (call) => {
  const subscription = requireSubscription(call);
  await authorize(call.room, call.caller, {
    action: 'Microsoft.Resources/subscriptions/read',
    scope: `/subscriptions/${subscription.subscriptionId}`,
  });
  return Response.json(subscriptionBody(subscription));
};

const locations = [
  ['westeurope', 'West Europe'],
  ['northeurope', 'North Europe'],
  ['eastus', 'East US'],
  ['westus', 'West US'],
] as const;

/** Everything runs here; a few names so that clients have something to choose from. */
export const listLocations: Handler = async (call) => {
  const { subscriptionId } = requireSubscription(call);
  const value = locations.map(([name, displayName]) => ({
    id: `/subscriptions/${subscriptionId}/locations/${name}`,
    name,
    displayName,
    regionalDisplayName: displayName,
    metadata: { regionType: 'Physical', regionCategory: 'Recommended' },
  }));
  return Response.json({ value });
};

export const listTenants: Handler = async ({ caller }) =>
  Response.json({
    value: [
      { id: `/tenants/${caller.tenantId}`, tenantId: caller.tenantId, tenantCategory: 'Home' },
    ],
  });

export interface ProviderTypes {
  readonly namespace: string;
  readonly resourceTypes: readonly {
    readonly resourceType: string;
    readonly apiVersions: string[];
  }[];
}

/** Namespaces with their types: `az resource` and Terraform choose api-versions from them. */
export function providersOf(types: readonly ResourceType[]): ProviderTypes[] {
  const byNamespace = new Map<string, { resourceType: string; apiVersions: string[] }[]>();
  for (const { type, apiVersions } of types) {
    const slash = type.indexOf('/');
    const namespace = type.slice(0, slash);
    const list = byNamespace.get(namespace) ?? [];
    list.push({ resourceType: type.slice(slash + 1), apiVersions: [...apiVersions] });
    byNamespace.set(namespace, list);
  }
  return [...byNamespace].map(([namespace, resourceTypes]) => ({ namespace, resourceTypes }));
}

function providerBody({ namespace, resourceTypes }: ProviderTypes, scope: string): JsonObject {
  return {
    id: `${scope}/providers/${namespace}`,
    namespace,
    registrationState: 'Registered',
    registrationPolicy: 'RegistrationRequired',
    resourceTypes: resourceTypes.map(({ resourceType, apiVersions }) => ({
      resourceType,
      apiVersions,
      defaultApiVersion: apiVersions[0] ?? null,
      locations: locations.map(([, displayName]) => displayName),
      capabilities: 'None',
    })),
  };
}

const scopeOf = ({ parameters }: Call) =>
  parameters.subscription ? `/subscriptions/${parameters.subscription}` : '';

export const listProviders: Handler = async (call) => {
  const all = providersOf(call.room.resources.types).map(
    (each): Json => providerBody(each, scopeOf(call)),
  );
  return page(call, all, pageSize);
};

export const getProvider: Handler = async (call) => {
  const wanted = call.parameters.namespace ?? '';
  const found = providersOf(call.room.resources.types).find(
    (each) => each.namespace.toLowerCase() === wanted.toLowerCase(),
  );
  if (!found) throw notFound.resource('Microsoft.Resources/providers', wanted, undefined);
  return Response.json(providerBody(found, scopeOf(call)));
};

/** Every provider is registered from the start; the right is asked all the same. */
export const registerProvider: Handler = async (call) => {
  const action = `${call.parameters.namespace}/register/action`;
  await authorize(call.room, call.caller, { action, scope: scopeOf(call) });
  return getProvider(call);
};

/** Three shapes by api-version; each client knows only its own. */
export function metadataEndpoints(apiVersion: string, origin: string, authority: string): Json {
  const graph = 'https://graph.microsoft.com/';
  const resourceManager = `${origin}/`;
  const audiences = ['https://management.core.windows.net/', 'https://management.azure.com/'];
  if (apiVersion < '2018') {
    return {
      galleryEndpoint: 'https://gallery.azure.com/',
      graphEndpoint: 'https://graph.windows.net/',
      portalEndpoint: 'https://portal.azure.com/',
      authentication: { loginEndpoint: `${authority}/`, audiences },
    };
  }
  const cloud = {
    name: 'AzureCloud',
    portal: 'https://portal.azure.com',
    authentication: {
      loginEndpoint: authority,
      audiences,
      tenant: 'common',
      identityProvider: 'AAD',
    },
    resourceManager,
    graph: 'https://graph.windows.net/',
    graphAudience: 'https://graph.windows.net/',
    microsoftGraphResourceId: graph,
    activeDirectoryDataLake: 'https://datalake.azure.net/',
    batch: 'https://batch.core.windows.net/',
    media: 'https://rest.media.azure.net',
    suffixes: {
      keyVaultDns: 'vault.azure.net',
      storage: 'core.windows.net',
      sqlServerHostname: 'database.windows.net',
      acrLoginServer: 'azurecr.io',
    },
  };
  return apiVersion < '2022' ? [cloud] : cloud;
}
