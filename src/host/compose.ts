// The composition root: services over one store, clock, access and host table.
import { createAccess } from '../access/index.ts';
import { type AdjustableClock, systemClock } from '../base/index.ts';
import {
  createHostTable,
  createNetwork,
  createTokenVerifier,
  type Exchange,
  exchangeOf,
  type HostRow,
  type HostTable,
  type Outbound,
  type Service,
  type TokenVerifier,
} from '../http/index.ts';
import { createJobs } from '../jobs/index.ts';
import {
  createResources,
  type Resources,
  type ResourceType,
  type Subscriptions,
} from '../resources/index.ts';
import { createApiManagement } from '../services/api-management/index.ts';
import { authorityAliases, createEntra, type Entra } from '../services/entra/index.ts';
import { createKeyVault, type KeyVault } from '../services/key-vault/index.ts';
import { createLogicApps, type LogicApps } from '../services/logic-apps/index.ts';
import { createManagedIdentity, type ManagedIdentity } from '../services/managed-identity/index.ts';
import { createResourceManager } from '../services/resource-manager/index.ts';
import { memoryStore, type Store } from '../store/index.ts';
import type { Telemetry } from '../telemetry/index.ts';
import type { Environment } from './environment.ts';

export interface Composition {
  readonly clock: AdjustableClock;
  readonly table: HostTable;
  readonly resources: Resources;
  readonly verifier: TokenVerifier;
  readonly entra: Entra;
  readonly managedIdentity: ManagedIdentity;
  readonly keyVault: KeyVault;
  readonly logicApps: LogicApps;
  close(): Promise<void>;
}

type DirectoryPorts = Pick<Entra, 'managedIdentityDirectory' | 'directoryExtension'>;

export interface ComposeOptions {
  readonly environment: Environment;
  readonly store: Store;
  readonly clock: AdjustableClock;
  readonly telemetry?: Telemetry;
  /** Origins of the environment's programs by their path. */
  readonly programs: ReadonlyMap<string, string>;
}

/** Builds every service and mounts it; nothing listens yet. */
export async function compose(options: ComposeOptions): Promise<Composition> {
  const network = createNetwork();
  // Services need the table as their outbound side, and the table needs the services.
  let table: HostTable | undefined;
  const outbound: Outbound = (request) => table!.outbound(request);
  const { store, clock } = options;
  const entra = await createEntra({ store, clock, outbound });
  const services = createServices(options, outbound, entra);
  table = createHostTable({
    rows: mount(options, rowsOf(services, entra)),
    network: network.send,
    allowNetwork: options.environment.network,
  });
  await services.jobs.start();
  return {
    ...services,
    entra,
    clock,
    table,
    async close() {
      await services.jobs.stop();
      await services.close();
      await network.close();
    },
  };
}

type Services = ReturnType<typeof createServices>;

/** Every resource type there is, for checks before anything is written. */
export function resourceTypesOf(environment: Environment): readonly ResourceType[] {
  const nobody = () => Promise.reject(new Error('a check calls no service'));
  const ports = {
    managedIdentityDirectory: { ensure: nobody, remove: nobody, federate: nobody },
    directoryExtension: { apply: nobody, find: nobody },
  };
  const options = { environment, store: memoryStore(), clock: systemClock() };
  return createServices(options, nobody, ports).resources.types;
}

function createServices(
  { environment, store, clock, telemetry }: Omit<ComposeOptions, 'programs'>,
  outbound: Outbound,
  { managedIdentityDirectory: directory, directoryExtension }: DirectoryPorts,
) {
  const verifier = createTokenVerifier({ outbound, clock });
  const subscriptions = subscriptionsOf(environment);
  const jobs = createJobs({ store, clock });
  const managedIdentity = createManagedIdentity({
    store,
    clock,
    outbound,
    directory,
    subscriptions,
    resources: () => resources,
  });
  const { identities, identityHeaderOf, resourceTypes: types } = managedIdentity;
  const resources: Resources = createResources({
    store,
    clock,
    types,
    managedIdentities: identities,
    subscriptions,
  });
  const access = createAccess({ source: resources });
  const shared = { store, clock, jobs, resources, access, outbound, verifier };
  const { throttling, events: eventSubscriptions } = environment.keyVault;
  const keyVault = createKeyVault({ ...shared, settings: { throttling }, eventSubscriptions });
  const apiManagement = createApiManagement({ ...shared, resources: () => resources });
  const logicApps = createLogicApps({ ...shared, identityHeaderOf, telemetry });
  const resourceManager = createResourceManager({
    ...shared,
    subscriptions,
    directoryExtension,
    onDefect: (error) => process.emitWarning(error as Error),
  });
  for (const service of [keyVault, apiManagement, logicApps]) {
    resources.register(service.resourceTypes);
  }
  return {
    verifier,
    jobs,
    managedIdentity,
    resources,
    keyVault,
    apiManagement,
    logicApps,
    resourceManager,
    async close() {
      access.close();
      apiManagement.close();
      await logicApps.close();
      await keyVault.close();
    },
  };
}

function rowsOf(services: Services, entra: Entra): HostRow[] {
  const { managedIdentity, keyVault, apiManagement, logicApps, resourceManager } = services;
  return [
    ...[...authorityAliases].map((host) => row(host, 'Entra ID', entra.service)),
    row('graph.microsoft.com', 'Microsoft Graph', entra.graph),
    row('management.azure.com', 'Resource Manager', resourceManager.service),
    row('management.core.windows.net', 'Resource Manager', resourceManager.service),
    exchangeRow('*.vault.azure.net', 'Key Vault', keyVault.exchange),
    exchangeRow('*.azure-api.net', 'API Management', apiManagement.exchange),
    exchangeRow('*.logic.azure.com', 'Logic Apps', logicApps.service),
    exchangeRow('*.azurewebsites.net', 'Logic Apps Standard', logicApps.sites),
    row('169.254.169.254', 'identity endpoint (IMDS)', managedIdentity.imds),
    row('169.254.129.1', 'identity endpoint (App Service)', managedIdentity.appService),
  ];
}

const row = (pattern: string, service: string, endpoint: Service): HostRow =>
  exchangeRow(pattern, service, exchangeOf(endpoint));

function exchangeRow(pattern: string, service: string, exchange: Exchange): HostRow {
  return { pattern, service, target: { exchange } };
}

/** The environment's rows stand before ours: a host may be sent to the real network. */
function mount({ environment, programs }: ComposeOptions, rows: HostRow[]): HostRow[] {
  const own = environment.hosts.map(({ host, service, origin, program }): HostRow => {
    const to = origin ?? (program === undefined ? undefined : programs.get(program));
    const target = to === undefined ? ({ network: true } as const) : { origin: to };
    return { pattern: host, service: service ?? host, target };
  });
  const taken = new Set(own.map(({ pattern }) => pattern));
  return [...own, ...rows.filter(({ pattern }) => !taken.has(pattern))];
}

function subscriptionsOf(environment: Environment): Subscriptions {
  const list = environment.subscriptions.map((each) => ({
    subscriptionId: each.id,
    tenantId: environment.tenants.find((tenant) => tenant.name === each.tenant)!.id,
    displayName: each.displayName ?? each.name,
  }));
  return {
    list: () => list,
    tenantOf: (id) =>
      list.find((each) => each.subscriptionId.toLowerCase() === id.toLowerCase())?.tenantId,
  };
}
