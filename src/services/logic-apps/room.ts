// What the parts of this room share at run time: the engine, the workflows, and how they are saved.
import type { Clock, Json, JsonObject } from '../../base/index.ts';
import type { Jobs } from '../../jobs/index.ts';
import { type ActionAnswer, ResourceError } from '../../resources/index.ts';
import type { Store, Write } from '../../store/index.ts';
import { member } from './actions/reading.ts';
import { signedQuery, toQuery } from './callback-urls.ts';
import { errorStatuses, LogicAppsError } from './errors.ts';
import type { OperationCall } from './management/operation.ts';
import { operate } from './management/operations.ts';
import { dropRuns } from './management/runs.ts';
import { callbackUrl } from './management/trigger-operations.ts';
import type { Place } from './management/views.ts';
import { isoTime } from './names.ts';
import type { Plan } from './plan/plan.ts';
import type { Engine } from './run/engine.ts';
import { recurrenceQueue, type WorkflowDocument } from './state.ts';
import { nextOccurrence } from './triggers/recurrence.ts';
import type { Workflow, Workflows, WorkflowToSave } from './workflows.ts';

export interface RoomOptions {
  readonly store: Store;
  readonly clock: Clock;
  readonly jobs: Jobs;
  readonly engine: Engine;
  readonly workflows: Workflows;
}

type Operation = Omit<OperationCall, 'workflow' | 'parameters' | 'place'> & {
  readonly place: Omit<Place, 'contentLink'>;
};

/** Signed links to contents are good for this long (as the service's run history). */
const contentLinkMs = 4 * 3_600_000;

export class Room {
  readonly store: Store;
  readonly clock: Clock;
  readonly engine: Engine;
  readonly workflows: Workflows;
  private readonly jobs: Jobs;

  constructor({ store, clock, jobs, engine, workflows }: RoomOptions) {
    this.store = store;
    this.clock = clock;
    this.jobs = jobs;
    this.engine = engine;
    this.workflows = workflows;
  }

  /** Saves a workflow and its next recurrences in one batch. */
  save(input: WorkflowToSave): Promise<WorkflowDocument> {
    return this.workflows.save(input, (document, plan) => this.recurrences(document, plan));
  }

  async remove(hexId: string): Promise<void> {
    const found = await this.workflows.find(hexId);
    for (const { name } of found?.loaded.plan.triggers ?? []) {
      const writes = await this.jobs.remove({ queue: recurrenceQueue, id: `${hexId}/${name}` });
      if (writes.length > 0) await this.store.write(writes);
    }
    await this.workflows.remove(hexId);
    await dropRuns(this.store, hexId);
  }

  private async recurrences(document: WorkflowDocument, plan: Plan): Promise<Write[]> {
    const writes: Write[] = [];
    for (const trigger of plan.triggers) {
      if (trigger.type !== 'recurrence') continue;
      const rule = member(trigger.definition, 'recurrence');
      const dueMs = nextOccurrence(rule, this.clock.now(), document.changedMs);
      const key = { queue: recurrenceQueue, id: `${document.hexId}/${trigger.name}` };
      const due = document.enabled ? dueMs : undefined;
      writes.push(
        ...(due === undefined
          ? await this.jobs.remove(key)
          : await this.jobs.schedule({ ...key, dueMs: due })),
      );
    }
    return writes;
  }

  /** An operation of the management tree; refusals as ARM words them. */
  async operate(
    hexId: string,
    method: string,
    path: readonly string[],
    call: Operation,
  ): Promise<ActionAnswer | undefined> {
    const workflow = await this.workflows.find(hexId);
    if (!workflow) return undefined;
    const links = await this.contentLinks(workflow);
    try {
      const place = { ...call.place, contentLink: links };
      return await operate(this, method, path, { ...call, place, workflow });
    } catch (error) {
      if (!(error instanceof LogicAppsError)) throw error;
      throw new ResourceError(errorStatuses[error.code], error.code, error.message);
    }
  }

  /** The address of the one Request trigger of a workflow. */
  async callbackUrlOf(hexId: string, body: Json): Promise<ActionAnswer> {
    const workflow = await this.workflows.find(hexId);
    const triggers = workflow?.loaded.plan.triggers.filter(({ type }) => type === 'request') ?? [];
    const [trigger] = triggers;
    if (!workflow || !trigger || triggers.length > 1)
      throw new ResourceError(
        400,
        'InvalidRequest',
        'The workflow has not exactly one Request trigger.',
      );
    return { status: 200, body: await callbackUrl(this.workflows, workflow, trigger, body) };
  }

  /** Settings, location or tags of a resource changed: workflows are read anew. */
  async surroundingChanged(resourceId: string): Promise<void> {
    for (const { hexId } of await this.workflows.list(resourceId)) this.workflows.forget(hexId);
  }

  /** The workflows of a site as the runtime lists them. */
  async listOfSite(resourceId: string): Promise<JsonObject[]> {
    const all = await this.workflows.list(resourceId);
    return all.map(({ name, kind, enabled, changedMs }) => ({
      name,
      kind,
      isDisabled: !enabled,
      health: { state: 'Healthy' },
      changedTime: isoTime(changedMs),
    }));
  }

  /** Signed addresses below a workflow: of contents and of runs. */
  async signedLink(
    { document, loaded }: Workflow,
    path: string,
    expires: boolean,
  ): Promise<string> {
    const { hexId } = document;
    const keys = await this.workflows.keys(hexId);
    const expiry = expires ? new Date(this.clock.now() + contentLinkMs).toISOString() : undefined;
    return linkOf(loaded.facts.endpoint, document, keys?.primary ?? '', path, expiry);
  }

  private async contentLinks({ document, loaded }: Workflow): Promise<Place['contentLink']> {
    const keys = await this.workflows.keys(document.hexId);
    const expiry = new Date(this.clock.now() + contentLinkMs).toISOString();
    return (run, path) =>
      linkOf(
        loaded.facts.endpoint,
        document,
        keys?.primary ?? '',
        `/runs/${run}/contents/${path}`,
        expiry,
      );
  }
}

function linkOf(
  endpoint: string,
  { hexId, hosting }: WorkflowDocument,
  key: string,
  path: string,
  expiry: string | undefined,
): string {
  const root =
    hosting === 'standard'
      ? `/runtime/webhooks/workflow/scaleUnits/prod-00/workflows/${hexId}`
      : `/workflows/${hexId}`;
  const signed = signedQuery(key, hexId, `${path}/read`, expiry);
  return `${endpoint}${root}${path}?${toQuery({ 'api-version': hosting === 'standard' ? '2018-11-01' : '2016-06-01', ...signed })}`;
}
