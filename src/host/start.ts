// Starts a host: checks, store, services, sockets, steps, control service; and takes it all down.
import { join, resolve } from 'node:path';
import { ConfigurationError, systemClock } from '../base/index.ts';
import { type ForwardProxyOptions, openProxyAuthority, openProxyPort } from '../http/index.ts';
import { memoryStore } from '../store/index.ts';
import { startTelemetry, type Telemetry } from '../telemetry/index.ts';
import { bootstrap } from './bootstrap.ts';
import { type ClockControl, openClock } from './clock-control.ts';
import { type Composition, compose, resourceTypesOf } from './compose.ts';
import { startControl } from './control.ts';
import { controlRoutes } from './control-routes.ts';
import {
  type DataFolder,
  openDataFolder,
  readControlFile,
  removeControlFile,
  temporaryDataFolder,
  writeControlFile,
} from './data-folder.ts';
import type { DeployerCredential } from './deployer.ts';
import type { Environment } from './environment.ts';
import { createExecSessions, type ExecSessions, writeBundle } from './exec-sessions.ts';
import { openSealedStore, type SealedStore } from './master-key.ts';
import { startPrograms } from './programs.ts';
import { checkSteps, runSteps } from './steps/index.ts';
import { checkPolicyFiles } from './steps/policy-check.ts';
import { checkTemplates } from './steps/template-check.ts';
import { checkWorkflowFiles } from './steps/workflow-check.ts';
import type { HostStatus } from './views.ts';

export interface StartOptions {
  readonly environment: Environment;
  /** Default: `.lazurite` in the environment's folder. */
  readonly dataPath?: string;
  /** Nothing is kept: state in memory, the private authority in a temporary folder. */
  readonly memory?: boolean;
  /** Of the forward proxy; any free one where absent. */
  readonly port?: number;
  /** Told in plain words what is being done. */
  readonly onProgress?: (text: string) => void;
}

/** What the parts of a running host share. */
export interface HostParts {
  readonly environment: Environment;
  readonly composition: Composition;
  readonly telemetry: Telemetry;
  readonly clock: ClockControl;
  readonly sessions: ExecSessions;
  /** The deploying principal's, by tenant id. */
  readonly credentials: ReadonlyMap<string, DeployerCredential>;
  readonly stop: () => void;
  /** Gives how many records were wrapped anew. */
  readonly changeMasterKey: () => Promise<number>;
  status(): HostStatus;
}

export interface Host extends HostParts {
  /** Resolves when somebody asked the host to stop. */
  readonly stopped: Promise<void>;
  close(): Promise<void>;
}

/** Throws ConfigurationError before anything is written where the environment is not sound. */
export async function startHost(options: StartOptions): Promise<Host> {
  const { environment, onProgress = () => undefined } = options;
  const problems = checkSteps(environment);
  if (problems.length === 0) {
    problems.push(...checkTemplates(environment, resourceTypesOf(environment)));
    problems.push(...checkPolicyFiles(environment));
    problems.push(...checkWorkflowFiles(environment));
  }
  if (problems.length > 0) throw new ConfigurationError(problems);
  const closers: (() => unknown)[] = [];
  const close = async () => {
    for (const each of closers.splice(0).reverse()) await each();
  };
  try {
    return await open(options, closers, close, onProgress);
  } catch (error) {
    await close();
    throw error;
  }
}

async function open(
  options: StartOptions,
  closers: (() => unknown)[],
  close: () => Promise<void>,
  onProgress: (text: string) => void,
): Promise<Host> {
  const { environment } = options;
  const folder = options.memory
    ? temporaryDataFolder((remove) => closers.push(remove))
    : openDataFolder(resolve(options.dataPath ?? join(environment.folder, '.lazurite')));
  const { store, changeMasterKey } = await openStore(folder, options.memory === true);
  closers.push(() => store.close());
  const clock = await openClock(store, systemClock());
  const telemetry = startTelemetry(clock.clock);
  closers.push(() => telemetry.close());
  const programs = await startPrograms(environment);
  closers.push(() => programs.close());
  const composition = await compose({
    environment,
    store,
    clock: clock.clock,
    telemetry,
    programs: programs.origins,
  });
  closers.push(() => composition.close());
  const { table } = composition;
  const hosts = table.rows.map((each) => each.pattern);
  const authority = await openProxyAuthority(folder.authorityPath, hosts);
  const proxy: ForwardProxyOptions = {
    table,
    contextFor: authority.contextFor,
    allowNetwork: environment.network,
    upstream: process.env.HTTPS_PROXY ?? process.env.https_proxy,
  };
  const entry = await openProxyPort(proxy, { port: options.port });
  closers.push(() => entry.close());
  const trust = writeBundle(authority.certificatePath, authority.certificatePem);
  const sessions = createExecSessions(proxy, trust, folder.authorityPath);
  closers.push(() => sessions.close());

  const started = await bootstrap(environment, composition);
  await runSteps({
    environment,
    store,
    clock: clock.clock,
    deploy: started.deploy,
    deployerIds: started.deployerIds,
    publishProject: composition.logicApps.publishProject,
    onStep: (name, state) => onProgress(`  ${state === 'runs' ? 'deploy' : 'as before'}  ${name}`),
  });
  const places = await placesOf(composition);
  const asked = Promise.withResolvers<void>();
  const parts: HostParts = {
    environment,
    composition,
    telemetry,
    clock,
    sessions,
    credentials: started.credentials,
    stop: () => asked.resolve(),
    changeMasterKey,
    status: () => ({
      environment: environment.name,
      processId: process.pid,
      dataFolder: folder.path,
      proxyPort: entry.port,
      clock: clock.view(),
      addresses: [...addressesOf(environment, composition, entry.port), ...places],
    }),
  };
  const control = await startControl(controlRoutes(parts));
  closers.push(() => control.close());
  writeControlFile(folder, {
    processId: process.pid,
    url: control.url,
    secret: control.secret,
    environment: environment.name,
    dataFolder: folder.path,
    proxyPort: entry.port,
    ...trust,
  });
  closers.push(() => removeControlFile(folder));
  return { ...parts, stopped: asked.promise, close };
}

async function openStore(folder: DataFolder, memory: boolean): Promise<SealedStore> {
  // Nothing is written anywhere, so nothing is sealed.
  if (memory) return { store: memoryStore(), changeMasterKey: async () => 0 };
  try {
    return await openSealedStore(folder);
  } catch (error) {
    const owner = readControlFile(folder.path);
    const locked = error instanceof ConfigurationError && /another Lazurite/.test(error.message);
    if (!locked || !owner) throw error;
    throw new ConfigurationError({
      file: folder.path,
      message: `Lazurite is already running on this data folder, as process ${owner.processId}`,
      fix: 'Stop that one first, or give this one a folder of its own with --data.',
    });
  }
}

/** Where resources say they are reached: gateways and vaults, each under its name. */
async function placesOf({ resources }: Composition): Promise<HostStatus['addresses']> {
  const documents = await Promise.all([
    resources.list('Microsoft.ApiManagement/service'),
    resources.list('Microsoft.KeyVault/vaults'),
  ]);
  return documents.flat().flatMap(({ name, properties }) => {
    const { gatewayUrl, vaultUri } = properties as { gatewayUrl?: string; vaultUri?: string };
    const url = gatewayUrl ?? vaultUri;
    return url === undefined ? [] : [{ name, url }];
  });
}

function addressesOf(environment: Environment, composition: Composition, port: number) {
  const gateways = composition.table.rows
    .filter(({ pattern }) => !pattern.startsWith('*.') && !/^[\d.]+$/.test(pattern))
    .map(({ pattern, service }) => ({ name: service, url: `https://${pattern}` }));
  return [
    { name: 'forward proxy', url: `http://127.0.0.1:${port}` },
    ...environment.tenants.map((tenant) => ({
      name: `tenant ${tenant.name}`,
      url: `https://login.microsoftonline.com/${tenant.id}`,
    })),
    ...gateways.filter(({ url }) => url.includes('management.azure.com')),
  ];
}
