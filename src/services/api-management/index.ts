// The door of `api-management`: its ARM types, and the gateways behind *.azure-api.net.
import type { Clock } from '../../base/index.ts';
import {
  createTokenVerifier,
  type Exchange,
  type Outbound,
  OutboundError,
  type TokenVerifier,
} from '../../http/index.ts';
import type { ResourceDocument, Resources, ResourceType } from '../../resources/index.ts';
import { type GatewayService, readConfiguration } from './configuration.ts';
import { createCounters } from './counters.ts';
import { serveCall } from './pipeline.ts';
import { Plans } from './plan.ts';
import { policyLanguage } from './policy-language.ts';
import { apiType, operationType, versionSetType } from './resources/apis.ts';
import { backendType, namedValueType } from './resources/named-values.ts';
import { policyTypes } from './resources/policies.ts';
import { productApiType, productType, subscriptionType } from './resources/products.ts';
import { gatewayHost, serviceType } from './resources/service.ts';
import type { Ports } from './room.ts';
import { types } from './state.ts';
import { createValueCache } from './value-cache.ts';

export { apiManagementCoverage } from './coverage.ts';
export { gatewayHost } from './resources/service.ts';

export interface ApiManagementOptions {
  readonly clock: Clock;
  /** How gateways reach backends, metadata and identity endpoints. */
  readonly outbound: Outbound;
  /** Called when first needed: the types below are registered with it. */
  readonly resources: () => Resources;
  /** To share verified tokens and key sets with others; made when absent. */
  readonly verifier?: TokenVerifier;
  readonly random?: () => number;
}

export interface ApiManagement {
  readonly resourceTypes: readonly ResourceType[];
  /** Serves every host `<service>.azure-api.net`. */
  readonly exchange: Exchange;
  /** Stops watching for changes. */
  close(): void;
}

interface Loaded {
  readonly service: GatewayService;
  readonly plans: Plans;
}

/** Makes the service. Configurations are read when first called and again after each change. */
export function createApiManagement(options: ApiManagementOptions): ApiManagement {
  const { clock, outbound, resources } = options;
  const ports: Ports = {
    ...{ clock, outbound },
    verifier: options.verifier ?? createTokenVerifier({ outbound, clock }),
    language: policyLanguage(clock, options.random ?? Math.random),
    counters: createCounters(clock),
    cache: createValueCache(clock),
    random: options.random ?? Math.random,
  };
  const gateways = watchGateways(resources, ports);
  return {
    resourceTypes: [
      serviceType(resources),
      apiType(resources),
      operationType,
      versionSetType,
      productType,
      productApiType(resources),
      subscriptionType(resources, clock),
      namedValueType(resources),
      backendType,
      ...policyTypes(resources, ports),
    ],
    async exchange(request) {
      const { host } = request.connection;
      const loaded = await gateways.of(host);
      if (!loaded) {
        const fix = `Deploy a Microsoft.ApiManagement/service with the name '${host.split('.')[0]}'.`;
        throw new OutboundError('ENOTFOUND', `no API Management service has the host ${host}`, fix);
      }
      return serveCall(loaded.service, loaded.plans, ports, request);
    },
    close: gateways.close,
  };
}

/** Loaded configurations by host; a change of any document below a service drops its own. */
function watchGateways(resources: () => Resources, ports: Ports) {
  const loaded = new Map<string, Promise<Loaded | undefined>>();
  const stops: (() => void)[] = [];

  function watch(): void {
    if (stops.length > 0) return;
    for (const type of Object.values(types)) {
      stops.push(resources().watch(type, (id) => void loaded.delete(hostOf(id))));
    }
  }
  async function load(host: string): Promise<Loaded | undefined> {
    const documents: ResourceDocument[] = await resources().list(types.service);
    const document = documents.find(({ name }) => gatewayHost(name) === host);
    if (!document) return undefined;
    const service = await readConfiguration(resources(), document);
    return { service, plans: new Plans(service, ports) };
  }
  return {
    of(host: string): Promise<Loaded | undefined> {
      watch();
      const name = host.toLowerCase();
      let found = loaded.get(name);
      if (!found) {
        found = load(name);
        loaded.set(name, found);
        // A failure and a missing service are asked for again.
        const forget = () => loaded.get(name) === found && loaded.delete(name);
        found.then((value) => !value && forget(), forget);
      }
      return found;
    },
    close() {
      for (const stop of stops.splice(0)) stop();
    },
  };
}

function hostOf(id: string): string {
  return gatewayHost(/\/service\/([^/]+)/i.exec(id)?.[1] ?? '');
}
