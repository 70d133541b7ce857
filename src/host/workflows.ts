// Workflows and runs as people name them: short names where they are enough.
import { ConfigurationError, type Json } from '../base/index.ts';
import type { ResourceDocument } from '../resources/index.ts';
import type { RunSummary, ToldAction, ToldRun } from '../services/logic-apps/index.ts';
import { inSpan, type RecordedSpan } from '../telemetry/index.ts';
import type { HostParts } from './start.ts';
import type { ActionView, RunView } from './views.ts';

/** Text of outputs shown with a run; the history has them whole. */
const textMax = 2_000;

/** The ARM id of a workflow; a Standard one ends in `/workflows/<name>`. */
export type WorkflowId = string;

/** As people write it: `figure-1`, `site/workflow`. */
export function workflowName(id: WorkflowId): string {
  const standard = /\/sites\/([^/]+)\/workflows\/([^/]+)$/i.exec(id);
  return standard ? `${standard[1]}/${standard[2]}` : id.slice(id.lastIndexOf('/') + 1);
}

/**
 * Finds a workflow by name, by `site/workflow`, by these behind `subscription/resourceGroup/`, by
 * ARM id, or by the name of a site that has only one. Throws ConfigurationError where there is none, or more than one.
 */
export async function resolveWorkflow(host: HostParts, wanted: string): Promise<WorkflowId> {
  const ids = await host.composition.logicApps.workflowIds();
  const named = ids.filter((id) => namesOf(host, id).includes(wanted.toLowerCase()));
  const found = named.length > 0 ? named : ids.filter((id) => siteOf(id) === wanted.toLowerCase());
  if (found.length === 1) return found[0]!;
  const known = ids.map(workflowName).join(', ') || 'none';
  throw new ConfigurationError(
    found.length === 0
      ? { message: `there is no workflow '${wanted}'`, fix: `Known: ${known}.` }
      : {
          message: `more than one workflow is named '${wanted}'`,
          fix: `Name one in full: ${found.join(' or ')}`,
        },
  );
}

function siteOf(id: WorkflowId): string | undefined {
  return /\/sites\/([^/]+)\/workflows\/[^/]+$/i.exec(id)?.[1]?.toLowerCase();
}

function namesOf(host: HostParts, id: WorkflowId): string[] {
  const short = workflowName(id);
  const place = /^\/subscriptions\/([^/]+)\/resourceGroups\/([^/]+)\//i.exec(id);
  const subscription = host.environment.subscriptions.find((each) => each.id === place?.[1]);
  return [id, short, `${subscription?.name}/${place?.[2]}/${short}`].map((name) =>
    name.toLowerCase(),
  );
}

/** Starts a run as a caller of its Request trigger, and waits until it has ended. */
export function runWorkflow(
  host: HostParts,
  workflow: WorkflowId,
  body: Json | undefined,
): Promise<RunView> {
  const { logicApps } = host.composition;
  return inSpan(`run ${workflowName(workflow)}`, {}, async () => {
    const started = await logicApps.startRun(workflow, body === undefined ? {} : { body });
    // The caller takes its answer, whatever it is; the run goes on behind it.
    await started.answered.catch(() => undefined);
    const run = await logicApps.waitForRun(started.id);
    if (run) return viewOf(run);
    throw new ConfigurationError({ message: `the run ${started.name} was not kept` });
  });
}

const listMax = 50;

/** Newest first: of one workflow, or of all. */
export async function listRuns(host: HostParts, workflow?: WorkflowId): Promise<RunView[]> {
  const { logicApps } = host.composition;
  const ids = workflow === undefined ? await logicApps.workflowIds() : [workflow];
  const lists = await Promise.all(ids.map((id) => logicApps.runs(id, listMax)));
  const newest = lists
    .flat()
    .sort((a, b) => (a.startTime < b.startTime ? 1 : -1))
    .slice(0, listMax);
  const told = await Promise.all(newest.map((each) => logicApps.run(each.id)));
  return newest.map((summary, index) => viewOf(told[index] ?? { ...summary, actions: [] }));
}

/** Throws ConfigurationError where there is no such run. */
export async function runOf(host: HostParts, id: string): Promise<RunView> {
  const run = await findToldRun(host, id);
  if (run) return viewOf(run);
  throw new ConfigurationError({
    message: `there is no run '${id}'`,
    fix: 'List them with: lazurite runs',
  });
}

/** What expressions may ask of a run: JSON text. Throws ConfigurationError where there is none. */
export async function givenOfRun(host: HostParts, id: string): Promise<{ readonly given: string }> {
  const run = await findToldRun(host, id);
  const given = run && (await host.composition.logicApps.givenOfRun(run.id));
  if (given !== undefined) return { given };
  throw new ConfigurationError({
    message: `there is no run '${id}'`,
    fix: 'List them with: lazurite runs',
  });
}

export async function findRun(host: HostParts, id: string): Promise<RunView | undefined> {
  const run = await findToldRun(host, id);
  return run && viewOf(run);
}

/** What the run's own journal kept of its decisions. */
export async function spansOfRun(host: HostParts, { id }: RunView): Promise<RecordedSpan[]> {
  return [...((await findToldRun(host, id))?.spans ?? [])];
}

/** By name, or by `<workflow id>/runs/<name>`. */
async function findToldRun(host: HostParts, id: string): Promise<ToldRun | undefined> {
  const { logicApps } = host.composition;
  if (id.startsWith('/')) return logicApps.run(id);
  if (!/^[\w-]{1,100}$/.test(id)) return undefined;
  for (const workflow of await logicApps.workflowIds()) {
    const run = await logicApps.run(`${workflow}/runs/${id}`);
    if (run) return run;
  }
  return undefined;
}

function viewOf(run: RunSummary & { readonly actions: readonly ToldAction[] }): RunView {
  return {
    id: run.name,
    workflow: workflowName(run.workflowId),
    status: run.status,
    startTime: run.startTime,
    endTime: run.endTime,
    traceId: run.traceId,
    actions: run.actions.map(actionOf),
  };
}

function actionOf({ name, repetition, status, code, error, outputs, secured }: ToldAction) {
  const response = outputs as { statusCode?: unknown } | null | undefined;
  const view: ActionView = {
    name: repetition === undefined ? name : `${name} ${repetition}`,
    status,
    code,
    statusCode: typeof response?.statusCode === 'number' ? response.statusCode : undefined,
    message: error?.message,
    text:
      outputs === undefined || secured.outputs
        ? undefined
        : JSON.stringify(outputs).slice(0, textMax),
  };
  return view;
}

/** The types that programs run as. */
const identityTypes = [
  'Microsoft.Logic/workflows',
  'Microsoft.Web/sites',
  'Microsoft.ApiManagement/service',
];

/** A resource that can have an identity, by name or ARM id. Throws ConfigurationError. */
export async function resolveResource(host: HostParts, wanted: string): Promise<ResourceDocument> {
  const { resources } = host.composition;
  if (wanted.startsWith('/')) {
    const found = await resources.get(wanted);
    if (found) return found;
    throw new ConfigurationError({ message: `there is no resource '${wanted}'` });
  }
  const all = (await Promise.all(identityTypes.map((type) => resources.list(type)))).flat();
  const found = all.filter(({ name }) => name.toLowerCase() === wanted.toLowerCase());
  if (found.length === 1) return found[0]!;
  const known = all.map(({ name }) => name).join(', ') || 'none';
  throw new ConfigurationError(
    found.length === 0
      ? { message: `there is no resource '${wanted}'`, fix: `Known: ${known}; or give an ARM id.` }
      : {
          message: `more than one resource is named '${wanted}'`,
          fix: `Give an ARM id: ${found.map(({ id }) => id).join(' or ')}`,
        },
  );
}
