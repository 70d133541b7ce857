// What a template sees of the world: resourceGroup(), subscription(), deployment(), environment(), …
import { type Json, type JsonObject, newGuid } from '../../../base/index.ts';
import { formatUtc, type HostFunction } from '../../../languages/template-expressions/index.ts';
import { ResourceError } from '../../../resources/index.ts';
import type { Caller, Room } from '../room.ts';
import { providersOf } from '../subscriptions.ts';
import { resourceBody } from '../wire.ts';

/** Where a deployment goes. */
export interface Place {
  readonly tenantId: string;
  readonly subscriptionId: string;
  /** Absent for deployments to a subscription. */
  readonly resourceGroup?: string;
}

export interface Surroundings {
  readonly place: Place;
  /** Functions that may be called anywhere in the template. */
  readonly anywhere: ReadonlyMap<string, HostFunction>;
  /** Those of parameter defaults: `utcNow` and `newGuid` besides. */
  readonly inDefaults: ReadonlyMap<string, HostFunction>;
}

export const placeId = ({ subscriptionId, resourceGroup }: Place) =>
  `/subscriptions/${subscriptionId}${resourceGroup ? `/resourceGroups/${resourceGroup}` : ''}`;

export interface SurroundingsInput {
  readonly room: Room;
  readonly caller: Caller;
  readonly place: Place;
  readonly deployment: JsonObject;
}

/** Reads what is there; the group of the place may still be missing (nested deployments). */
export async function surroundingsOf(input: SurroundingsInput): Promise<Surroundings> {
  const { room, caller, place, deployment } = input;
  const group = place.resourceGroup && (await room.resources.get(placeId(place)));
  const subscription = room.subscriptions
    .list()
    .find((each) => each.subscriptionId === place.subscriptionId);
  const anywhere = commonFunctions({
    subscription: {
      id: `/subscriptions/${place.subscriptionId}`,
      subscriptionId: place.subscriptionId,
      tenantId: place.tenantId,
      displayName: subscription?.displayName ?? '',
    },
    group: group ? { tags: {}, ...resourceBody(group) } : undefined,
    place,
    deployment,
    deployer: { objectId: caller.objectId, tenantId: caller.tenantId, userPrincipalName: '' },
    authority: room.authority,
    providers: () => providersOf(room.resources.types) as unknown as JsonObject[],
  });
  return { place, anywhere, inDefaults: withDefaults(anywhere, room.clock.now()) };
}

function withDefaults(
  anywhere: ReadonlyMap<string, HostFunction>,
  nowMs: number,
): ReadonlyMap<string, HostFunction> {
  return new Map<string, HostFunction>([
    ...anywhere,
    ['utcnow', ([format]) => formatUtc(nowMs, typeof format === 'string' ? format : undefined)],
    ['newguid', () => newGuid()],
  ]);
}

interface Facts {
  readonly place: Place;
  readonly subscription: JsonObject;
  readonly group: JsonObject | undefined;
  readonly deployment: JsonObject;
  readonly deployer: JsonObject;
  readonly authority: string;
  providers(): JsonObject[];
}

function commonFunctions(facts: Facts): ReadonlyMap<string, HostFunction> {
  const functions = new Map<string, HostFunction>([
    ['subscription', () => facts.subscription],
    ['tenant', () => ({ tenantId: facts.place.tenantId, countryCode: '', displayName: '' })],
    ['deployment', () => facts.deployment],
    ['deployer', () => facts.deployer],
    ['environment', () => environment(facts.authority)],
    ['providers', ([namespace, type]) => provider(facts.providers(), namespace, type)],
  ]);
  if (facts.place.resourceGroup !== undefined) {
    functions.set('resourcegroup', () => {
      if (facts.group) return facts.group;
      const name = facts.place.resourceGroup;
      throw new ResourceError(
        404,
        'ResourceGroupNotFound',
        `Resource group '${name}' could not be found.`,
      );
    });
  }
  return functions;
}

function provider(all: JsonObject[], namespace: Json | undefined, type: Json | undefined): Json {
  const same = (left: Json | undefined, right: Json | undefined) =>
    String(left).toLowerCase() === String(right).toLowerCase();
  const found = all.find((each) => same(each.namespace, namespace));
  if (!found) {
    throw new ResourceError(
      404,
      'InvalidResourceNamespace',
      `The resource namespace '${String(namespace)}' is invalid.`,
    );
  }
  if (type === undefined) return found;
  const types = found.resourceTypes as JsonObject[];
  return types.find((each) => same(each.resourceType, type)) ?? null;
}

/** The public cloud: the names are what Lazurite answers for. */
export function environment(authority: string): JsonObject {
  return {
    name: 'AzureCloud',
    gallery: 'https://gallery.azure.com/',
    graph: 'https://graph.windows.net/',
    portal: 'https://portal.azure.com',
    graphAudience: 'https://graph.windows.net/',
    activeDirectoryDataLake: 'https://datalake.azure.net/',
    batch: 'https://batch.core.windows.net/',
    media: 'https://rest.media.azure.net',
    sqlManagement: 'https://management.core.windows.net:8443/',
    vmImageAliasDoc:
      'https://raw.githubusercontent.com/Azure/azure-rest-api-specs/master/arm-compute/quickstart-templates/aliases.json',
    resourceManager: 'https://management.azure.com/',
    authentication: {
      loginEndpoint: `${authority}/`,
      audiences: ['https://management.core.windows.net/', 'https://management.azure.com/'],
      tenant: 'common',
      identityProvider: 'AAD',
    },
    suffixes: {
      acrLoginServer: '.azurecr.io',
      azureDatalakeAnalyticsCatalogAndJob: 'azuredatalakeanalytics.net',
      azureDatalakeStoreFileSystem: 'azuredatalakestore.net',
      azureFrontDoorEndpointSuffix: 'azurefd.net',
      keyvaultDns: '.vault.azure.net',
      sqlServerHostname: '.database.windows.net',
      storage: 'core.windows.net',
    },
  };
}
