// A stage for this room's tests: a real engine on a store, a clock that stands still, scripted hosts.
import { type ManualClock, manualClock } from '../../../base/index.ts';
import {
  type ExchangeResponse,
  type Outbound,
  OutboundError,
  type OutboundRequest,
  readBody,
} from '../../../http/index.ts';
import { createJobs, type Jobs } from '../../../jobs/index.ts';
import type { ResourceIdentity } from '../../../resources/index.ts';
import { memoryStore, type Store } from '../../../store/index.ts';
import type { Telemetry } from '../../../telemetry/index.ts';
import { type ObjectValue, parseJsonValue, type Value } from '../language.ts';
import { planOf } from '../plan/plan.ts';
import { createEngine, type Engine, type LoadedWorkflow } from '../run/engine.ts';
import type { WorkflowFacts } from '../run/facts.ts';
import { type ActionRecord, applyEvent, emptyHistory, type RunHistory } from '../run/history.ts';
import { readEvents } from '../run/journal.ts';
import type { LiveRun } from '../run/live-run.ts';
import { createPerformer } from '../run/performer.ts';
import { createScripts } from '../script/scripts.ts';
import type { RunDocument } from '../state.ts';

export interface Sent extends OutboundRequest {
  readonly text: string;
}

/** Answers a call: a status, `{status, headers, body}`, or a throw. */
export type Host = (request: Sent) => Promise<Reply> | Reply;
export interface Reply {
  readonly status?: number;
  readonly headers?: Record<string, string>;
  readonly body?: string | object;
}

export interface StageOptions {
  readonly store?: Store;
  readonly clock?: ManualClock;
  readonly hosts?: Record<string, Host>;
  readonly facts?: Partial<WorkflowFacts>;
  readonly identity?: ResourceIdentity;
  readonly identityHeader?: string;
  readonly telemetry?: Telemetry;
}

export interface Finished {
  readonly document: RunDocument;
  readonly history: RunHistory;
  readonly reply: ObjectValue | undefined;
  /** `Name: Status` of every action, in the order of names. */
  readonly statuses: Record<string, string>;
  action(key: string): ActionRecord;
}

export interface Stage {
  readonly clock: ManualClock;
  readonly store: Store;
  readonly engine: Engine;
  readonly jobs: Jobs;
  readonly sent: Sent[];
  workflow(definition: object): LoadedWorkflow;
  start(definition: object, options?: StartOptions): Promise<LiveRun>;
  /** Starts, advances the clock whenever nothing else moves, and reads the history back. */
  run(definition: object, options?: StartOptions): Promise<Finished>;
  finish(run: LiveRun): Promise<Finished>;
  close(): Promise<void>;
}

export interface StartOptions {
  readonly body?: unknown;
  readonly headers?: Record<string, string>;
  readonly waiting?: boolean;
}

export const workflowId =
  '/subscriptions/11111111-1111-1111-1111-111111111111/resourceGroups/group/providers/Microsoft.Logic/workflows/flow';

const factsDefault: WorkflowFacts = {
  hosting: 'consumption',
  kind: 'Stateful',
  hexId: '0123456789abcdef0123456789abcdef',
  name: 'flow',
  resourceId: workflowId,
  workflowId,
  location: 'westeurope',
  tags: {},
  version: '08584000000000000000',
  parameters: {},
  appSettings: {},
  hasIntegrationAccount: true,
  endpoint: 'https://prod-00.westeurope.logic.azure.com:443',
};

const value = (json: unknown): Value => parseJsonValue(JSON.stringify(json));

/** Turns of the event loop, so that promises and worker messages settle. */
export async function settle(turns = 5): Promise<void> {
  for (let turn = 0; turn < turns; turn++) await new Promise((resolve) => setImmediate(resolve));
}

export function stage(options: StageOptions = {}): Stage {
  const clock = options.clock ?? manualClock();
  const store = options.store ?? memoryStore();
  const facts = { ...factsDefault, ...options.facts };
  const jobs = createJobs({ store, clock });
  const scripts = createScripts();
  const sent: Sent[] = [];
  const loaded = new Map<string, LoadedWorkflow>();
  let sequence = 0;
  const guid = () => `00000000-0000-4000-8000-${String(++sequence).padStart(12, '0')}`;
  const perform = createPerformer({
    clock,
    outbound: scriptedOutbound(options.hosts ?? {}, sent),
    scripts,
    identityOf: async () => options.identity,
    identityHeaderOf: async () => options.identityHeader,
    newGuid: guid,
    callChild: async () => ({
      ok: false,
      code: 'NotFound',
      message: 'no other workflow on this stage',
    }),
  });
  const engine = createEngine({
    store,
    clock,
    jobs,
    perform,
    load: async (hexId) => loaded.get(hexId) ?? workflowsByStore.get(store)?.get(hexId),
    telemetry: options.telemetry,
    random: () => 0.5,
    newGuid: guid,
  });
  const workflow = (definition: object): LoadedWorkflow => {
    const found = { facts, plan: planOf(value(definition), { facts }) };
    loaded.set(facts.hexId, found);
    workflowsByStore.set(store, loaded);
    return found;
  };
  const start: Stage['start'] = (definition, { body, headers, waiting = false } = {}) =>
    engine.start({
      workflow: workflow(definition),
      caller: waiting ? 'waiting' : 'none',
      trigger: {
        name: 'manual',
        startMs: clock.now(),
        endMs: clock.now(),
        trackingId: guid(),
        code: 'OK',
        outputs: { headers: headers ?? {}, ...(body !== undefined && { body: value(body) }) },
      },
    });
  const finish = (run: LiveRun) => finishOn(store, clock, run);
  return {
    clock,
    store,
    engine,
    jobs,
    sent,
    workflow,
    start,
    finish,
    run: async (definition, startOptions) => finish(await start(definition, startOptions)),
    async close() {
      await engine.stop();
      await jobs.stop();
      await scripts.close();
    },
  };
}

/** Advances the clock whenever nothing else moves. */
async function finishOn(store: Store, clock: ManualClock, run: LiveRun): Promise<Finished> {
  let ended = false;
  const end = run.ended.finally(() => {
    ended = true;
  });
  end.catch(() => undefined);
  for (let idle = 0; !ended; idle++) {
    if (idle > 1_500)
      throw new Error(`the run does not end: ${JSON.stringify(statusesOf(run.machine.history))}`);
    await settle();
    // Threads answer in real time; only a truly idle stage moves its clock.
    if (idle > 40) await new Promise((resolve) => setTimeout(resolve, 2));
    if (!ended && idle % 3 === 2) clock.advance(1_000);
  }
  return readFinished(store, run, await end);
}

/** A second stage on the same store finds the workflows of the first. */
const workflowsByStore = new WeakMap<Store, Map<string, LoadedWorkflow>>();

async function readFinished(store: Store, run: LiveRun, document: RunDocument): Promise<Finished> {
  const history = await readHistory(store, document);
  const answer = await run.answered;
  return {
    document,
    history,
    reply: answer.answer === 'response' ? answer.reply : undefined,
    statuses: statusesOf(history),
    action(key) {
      const record = history.records.get(key);
      if (!record)
        throw new Error(
          `no record of '${key}'; there are ${[...history.records.keys()].join(', ')}`,
        );
      return record;
    },
  };
}

export const statusesOf = (history: RunHistory): Record<string, string> =>
  Object.fromEntries(
    [...history.records]
      .map(([key, { status }]): [string, string] => [key, status])
      .sort(([a], [b]) => (a < b ? -1 : 1)),
  );

export async function readHistory(
  store: Store,
  { hexId, name }: Pick<RunDocument, 'hexId' | 'name'>,
): Promise<RunHistory> {
  const history = emptyHistory();
  for (const event of await readEvents(store, hexId, name)) applyEvent(history, event);
  return history;
}

export function scriptedOutbound(hosts: Record<string, Host>, sent: Sent[]): Outbound {
  return async (request): Promise<ExchangeResponse> => {
    const { hostname } = new URL(request.url);
    const host = hosts[hostname];
    if (!host)
      throw new OutboundError('ENOTFOUND', `the host ${hostname} is not in the host table`);
    const text = (await readBody(request.body)).toString('utf8');
    sent.push({ ...request, text });
    const { status = 200, headers = {}, body } = await host({ ...request, text });
    const json = typeof body === 'object';
    return {
      status,
      headers: [
        ...(json ? [['Content-Type', 'application/json'] as const] : []),
        ...Object.entries(headers),
      ],
      body: body === undefined ? null : Buffer.from(json ? JSON.stringify(body) : body),
    };
  };
}

/** A definition with a Request trigger around `actions`. */
export const definitionOf = (actions: object, rest: object = {}): object => ({
  $schema:
    'https://schema.management.azure.com/providers/Microsoft.Logic/schemas/2016-06-01/workflowdefinition.json#',
  contentVersion: '1.0.0.0',
  triggers: { manual: { type: 'Request', kind: 'Http', inputs: { schema: {} } } },
  actions,
  ...rest,
});

/** Compose actions by name; `after` maps each to what it runs after. */
export const composed = (inputs: unknown, runAfter: Record<string, string[]> = {}) => ({
  type: 'Compose',
  inputs,
  runAfter,
});
