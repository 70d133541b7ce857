// Puts the room together from what the host gives it.
import { randomBytes } from 'node:crypto';
import { type Clock, ConfigurationError, type Json, newGuid } from '../../base/index.ts';
import { type Exchange, exchangeOf, type Outbound } from '../../http/index.ts';
import type { Jobs } from '../../jobs/index.ts';
import type { ResourceDocument, Resources, ResourceType } from '../../resources/index.ts';
import type { Store } from '../../store/index.ts';
import type { Telemetry } from '../../telemetry/index.ts';
import { callChild } from './children.ts';
import { consumptionRoutes, type EndpointOptions, endpoint, standardRoutes } from './endpoints.ts';
import { type ObjectValue, objectOf, parseJsonValue, type Value } from './language.ts';
import { createRetention, listRuns, readRun } from './management/runs.ts';
import { workflowHexId } from './names.ts';
import { type Project, readProject } from './project.ts';
import { handleRecurrences } from './recurrences.ts';
import { siteSurrounding, siteType } from './resources/sites.ts';
import { integrationAccounts, serverFarms } from './resources/small-types.ts';
import { surroundingOf, workflowType } from './resources/workflows.ts';
import { Room } from './room.ts';
import { createEngine, type Engine } from './run/engine.ts';
import type { Answer } from './run/live-run.ts';
import { createPerformer } from './run/performer.ts';
import { createScripts } from './script/scripts.ts';
import { kinds } from './state.ts';
import { type RunSummary, summaryOf, type ToldRun, tellGiven, tellRun } from './told-runs.ts';
import { fire } from './triggers/fire.ts';
import {
  checkWorkflow,
  hexIdOf,
  type Surrounding,
  Workflows,
  type WorkflowToSave,
} from './workflows.ts';

export interface LogicAppsOptions {
  readonly store: Store;
  readonly clock: Clock;
  readonly jobs: Jobs;
  readonly resources: Resources;
  /** Through the host table; calls carry the Logic App's ARM id as `callingResource`. */
  readonly outbound: Outbound;
  /** The X-IDENTITY-HEADER secret of a site, as the managed identity endpoint knows it. */
  readonly identityHeaderOf: (
    resourceId: string,
  ) => Promise<string | undefined> | string | undefined;
  /** Lets a run's journal keep the decisions of the hops it caused. */
  readonly telemetry?: Telemetry;
  /** Told of runs this process had to let go. */
  readonly onFailure?: (error: unknown) => void;
}

export interface StartedRun {
  /** `<workflow id>/runs/<name>`. */
  readonly id: string;
  readonly name: string;
  /** What the caller of the trigger would get. */
  readonly answered: Promise<Answer>;
}

export interface LogicApps {
  /** `*.logic.azure.com`. */
  readonly service: Exchange;
  /** `*.azurewebsites.net`. */
  readonly sites: Exchange;
  /** For `resources.register`. */
  readonly resourceTypes: readonly ResourceType[];
  /**
   * Publishes a Standard project folder to a site that exists: texts by path in the folder. Throws
   * ConfigurationError before anything is written. Gives the names of its workflows.
   */
  publishProject(siteId: string, files: ReadonlyMap<string, string>): Promise<string[]>;
  /**
   * Starts a run as a caller that waits for the Response would. `workflowId`: the ARM id, or
   * `<site id>/workflows/<name>`. Throws ConfigurationError where it does not exist.
   */
  startRun(
    workflowId: string,
    request?: {
      readonly trigger?: string;
      readonly body?: Json;
      readonly headers?: Readonly<Record<string, string>>;
    },
  ): Promise<StartedRun>;
  /** Newest first. */
  runs(workflowId: string, limit?: number): Promise<RunSummary[]>;
  run(runId: string): Promise<ToldRun | undefined>;
  /** What expressions may ask of the run, as JSON text; what is secured is left out. */
  givenOfRun(runId: string): Promise<string | undefined>;
  /** Resolves when the run has ended; at once where it has. */
  waitForRun(runId: string): Promise<ToldRun | undefined>;
  cancelRun(runId: string): Promise<boolean>;
  /** Ids of all workflows: `/subscriptions/…/workflows/w`, and `<site id>/workflows/<name>`. */
  workflowIds(): Promise<string[]>;
  /** Lets go of the runs in flight; they continue at the next start. */
  close(): Promise<void>;
}

/** Call before `jobs.start`: it registers the queues of runs and recurrences. */
export function createLogicApps(options: LogicAppsOptions): LogicApps {
  const { store, clock, jobs, resources } = options;
  const scripts = createScripts();
  const sites = siteSettings(store);
  const workflows = new Workflows({
    store,
    clock,
    surroundingOf: (id) => surrounding(resources, sites, id),
  });
  const engine: Engine = createEngine({
    store,
    clock,
    jobs,
    load: (hexId, version) => workflows.load(hexId, version),
    telemetry: options.telemetry,
    onFailure: options.onFailure,
    onEnded: createRetention(store, clock),
    perform: createPerformer({
      clock,
      outbound: options.outbound,
      scripts,
      identityOf: async (id) => (await resources.get(id))?.identity,
      identityHeaderOf: async (id) => options.identityHeaderOf(id),
      newGuid,
      callChild: (call, parent) => callChild({ workflows, engine, clock }, call, parent),
    }),
  });
  const room = new Room({ store, clock, jobs, engine, workflows });
  handleRecurrences({ jobs, workflows, engine, clock });
  const served: EndpointOptions = {
    room,
    workflows,
    engine,
    clock,
    newGuid,
    runUrl: (workflow, run) =>
      room.signedLink(workflow, `/runs/${run}/operations/${newGuid()}`, false),
    siteNamed: (name) => siteNamed(resources, name),
    siteKey: sites.key,
  };
  return {
    service: exchangeOf(endpoint(served, consumptionRoutes)),
    sites: exchangeOf(endpoint(served, standardRoutes)),
    resourceTypes: [
      workflowType(room, resources),
      siteType(room),
      serverFarms,
      integrationAccounts,
    ],
    publishProject: (siteId, files) => publish({ room, resources, sites }, siteId, files),
    ...commands(room, engine, workflows),
    async close() {
      await engine.stop();
      await scripts.close();
    },
  };
}

async function siteNamed(
  resources: Resources,
  name: string,
): Promise<ResourceDocument | undefined> {
  const all = await resources.list('Microsoft.Web/sites');
  return all.find((site) => site.name.toLowerCase() === name.toLowerCase());
}

/** What a project brings to its site, and the key of the site's runtime. */
function siteSettings(store: Store) {
  const kind = kinds.site;
  const get = (id: string) =>
    store.get<{ key?: string; settings?: Record<string, string> }>(kind, id.toLowerCase());
  return {
    settings: async (id: string) => (await get(id))?.value.settings ?? {},
    async keep(id: string, settings: Readonly<Record<string, string>>): Promise<void> {
      const found = await get(id);
      const value = { ...found?.value, settings };
      await store.write([{ put: { kind, key: id.toLowerCase(), value, sealed: true } }]);
    },
    async key(id: string): Promise<string> {
      const found = await get(id);
      if (found?.value.key) return found.value.key;
      const key = randomBytes(40).toString('base64url');
      const value = { ...found?.value, key };
      await store.write([
        {
          put: { kind, key: id.toLowerCase(), value, sealed: true },
          ifVersion: found?.version ?? 0,
        },
      ]);
      return key;
    },
  };
}

type SiteSettings = ReturnType<typeof siteSettings>;

async function surrounding(
  resources: Resources,
  sites: SiteSettings,
  id: string,
): Promise<Surrounding> {
  const resource = await resources.get(id);
  if (!resource) return { location: '', tags: {}, appSettings: {}, hasIntegrationAccount: false };
  if (!/^Microsoft\.Web\/sites$/i.test(resource.type)) return surroundingOf(resource);
  return siteSurrounding(resource, await sites.settings(id));
}

async function publish(
  { room, resources, sites }: { room: Room; resources: Resources; sites: SiteSettings },
  siteId: string,
  files: ReadonlyMap<string, string>,
): Promise<string[]> {
  const site = await resources.get(siteId);
  if (!site || !/^Microsoft\.Web\/sites$/i.test(site.type)) {
    throw new ConfigurationError({
      message: `there is no site '${siteId}'`,
      fix: 'Deploy the site before its project.',
    });
  }
  const project = readProject(files);
  const wanted = workflowsOf(project, site);
  for (const workflow of wanted) checkWorkflow(workflow);
  await sites.keep(site.id, project.settings);
  for (const workflow of wanted) await room.save(workflow);
  const names = new Set(wanted.map(({ name }) => name.toLowerCase()));
  for (const { hexId, name } of await room.workflows.list(site.id)) {
    if (!names.has(name.toLowerCase())) await room.remove(hexId);
  }
  await room.surroundingChanged(site.id);
  return wanted.map(({ name }) => name);
}

function workflowsOf(project: Project, site: ResourceDocument): WorkflowToSave[] {
  const around = siteSurrounding(site, project.settings);
  return project.workflows.map(({ name, file, kind, definition }) => ({
    hosting: 'standard',
    name,
    file,
    kind,
    definition,
    resourceId: site.id,
    enabled: !/^disabled$/i.test(setting(around, `Workflows.${name}.FlowState`) ?? ''),
    parameters: project.parameters,
    surrounding: around,
  }));
}

const setting = ({ appSettings }: Surrounding, name: string) =>
  Object.entries(appSettings).find(([each]) => each.toLowerCase() === name.toLowerCase())?.[1];

const siteWorkflow = /^(\/.+\/providers\/Microsoft\.Web\/sites\/[^/]+)\/workflows\/([^/]+)$/i;

function hexIdOfWorkflow(workflowId: string): string {
  const [, resourceId, name] = siteWorkflow.exec(workflowId) ?? [];
  return resourceId && name
    ? hexIdOf({ hosting: 'standard', resourceId, name })
    : workflowHexId(workflowId);
}

function splitRunId(runId: string): { workflowId: string; name: string } | undefined {
  const [, workflowId, name] = /^(\/.+)\/runs\/([^/]+)$/i.exec(runId) ?? [];
  return workflowId && name ? { workflowId, name } : undefined;
}

type Commands = Pick<
  LogicApps,
  'startRun' | 'runs' | 'run' | 'givenOfRun' | 'waitForRun' | 'cancelRun' | 'workflowIds'
>;

function commands(room: Room, engine: Engine, workflows: Workflows): Commands {
  const { store, clock } = room;
  async function run(runId: string): Promise<ToldRun | undefined> {
    const place = splitRunId(runId);
    const found = place && (await readRun(store, hexIdOfWorkflow(place.workflowId), place.name));
    return found && tellRun(store, place.workflowId, found);
  }
  return {
    async startRun(workflowId, { trigger: triggerName, body, headers = {} } = {}) {
      const workflow = await workflows.find(hexIdOfWorkflow(workflowId));
      if (!workflow)
        throw new ConfigurationError({ message: `there is no workflow '${workflowId}'` });
      const { loaded } = workflow;
      const trigger = loaded.plan.triggers.find(
        ({ name }) => triggerName === undefined || name === triggerName,
      );
      if (!trigger)
        throw new ConfigurationError({
          message: `the workflow '${workflowId}' has no trigger '${triggerName ?? ''}'`,
        });
      const members: [string, Value][] = [['headers', objectOf(Object.entries(headers))]];
      if (body !== undefined) members.push(['body', parseJsonValue(JSON.stringify(body))]);
      const outputs: ObjectValue | undefined =
        trigger.type === 'request' ? objectOf(members) : undefined;
      const [started] = await fire(engine, {
        workflow: loaded,
        trigger,
        outputs,
        atMs: clock.now(),
        caller: 'waiting',
      });
      if (!started)
        throw new ConfigurationError({
          message: 'a condition of the trigger does not hold: no run was started',
        });
      const { name } = started.document;
      return { id: `${workflowId}/runs/${name}`, name, answered: started.answered };
    },
    async runs(workflowId, limit = 30) {
      const found = await listRuns(store, hexIdOfWorkflow(workflowId), { limit });
      return found.map((each) => summaryOf(workflowId, each));
    },
    run,
    async givenOfRun(runId) {
      const place = splitRunId(runId);
      const found = place && (await readRun(store, hexIdOfWorkflow(place.workflowId), place.name));
      return found && tellGiven(store, found);
    },
    async waitForRun(runId) {
      const place = splitRunId(runId);
      const live = place && engine.find(hexIdOfWorkflow(place.workflowId), place.name);
      await live?.ended;
      return run(runId);
    },
    async cancelRun(runId) {
      const place = splitRunId(runId);
      return place ? engine.cancel(hexIdOfWorkflow(place.workflowId), place.name) : false;
    },
    async workflowIds() {
      const all = await workflows.list();
      return all.map(({ hosting, resourceId, name }) =>
        hosting === 'consumption' ? resourceId : `${resourceId}/workflows/${name}`,
      );
    },
  };
}
