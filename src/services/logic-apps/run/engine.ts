// The runs of this process: starting, taking over after a restart, waiting for, cancelling.
import { assert, type Clock, newGuid } from '../../../base/index.ts';
import type { Jobs } from '../../../jobs/index.ts';
import type { Store } from '../../../store/index.ts';
import { activeTraceparent, inSpan, type Telemetry } from '../../../telemetry/index.ts';
import { runName } from '../names.ts';
import type { Plan } from '../plan/plan.ts';
import { kinds, type RunDocument, runKey, runQueue } from '../state.ts';
import type { WorkflowFacts } from './facts.ts';
import type { ActionStatus, RunError, TriggerFacts } from './history.ts';
import { readEvents } from './journal.ts';
import { LiveRun, type Perform } from './live-run.ts';
import { Machine } from './machine.ts';
import { hopSpan } from './tracing.ts';

export interface LoadedWorkflow {
  readonly facts: WorkflowFacts;
  readonly plan: Plan;
}

export interface EngineOptions {
  readonly store: Store;
  readonly clock: Clock;
  readonly jobs: Jobs;
  readonly perform: Perform;
  /** The workflow at a version a run began with; undefined where it is gone. */
  readonly load: (hexId: string, version: string) => Promise<LoadedWorkflow | undefined>;
  readonly telemetry?: Telemetry;
  readonly random?: () => number;
  readonly newGuid?: () => string;
  /** Told of runs this process had to let go. */
  readonly onFailure?: (error: unknown) => void;
  /** After the last commit of a run. */
  readonly onEnded?: (document: RunDocument) => void;
}

export interface NewRun {
  readonly workflow: LoadedWorkflow;
  readonly trigger: TriggerFacts;
  /** Default: the run's own name. */
  readonly clientTrackingId?: string;
  /** Whether somebody waits for the Response action, or asks for it later. */
  readonly caller: 'waiting' | 'polling' | 'none';
}

export interface Engine {
  /** Resolves when the run and what it did at once are committed. */
  start(run: NewRun): Promise<LiveRun>;
  /** A run in flight in this process. */
  find(hexId: string, name: string): LiveRun | undefined;
  active(hexId: string): number;
  cancel(hexId: string, name: string, status?: ActionStatus, error?: RunError): Promise<boolean>;
  /** Lets go of every run; they continue at the next start. */
  stop(): Promise<void>;
}

/** Registers the run queue with `jobs`: call before `jobs.start`. */
export function createEngine(options: EngineOptions): Engine {
  return new RunEngine(options);
}

class RunEngine implements Engine {
  private readonly options: EngineOptions;
  private readonly runs = new Map<string, LiveRun>();
  private readonly byTrace = new Map<string, LiveRun>();
  private readonly counts = new Map<string, number>();
  private readonly unsubscribe: (() => void) | undefined;
  private lastMs = 0;
  private order = 0;

  constructor(options: EngineOptions) {
    this.options = options;
    options.jobs.handle(runQueue, async ({ id, epoch }) => {
      const held = await this.resume(id, epoch);
      return { outcome: held ? 'held' : 'done' };
    });
    this.unsubscribe = options.telemetry?.subscribe((span) => {
      const run = this.byTrace.get(span.traceId);
      const kept = run && hopSpan(span);
      if (kept !== undefined) run!.keepSpan(kept);
    });
  }

  async start({ workflow, trigger, clientTrackingId, caller }: NewRun): Promise<LiveRun> {
    const { clock } = this.options;
    const atMs = clock.now();
    const { facts } = workflow;
    const name = this.nameAt(atMs);
    const detail = {
      service: 'workflow',
      caller: facts.resourceId,
      workflow: facts.name,
      run: name,
    };
    // A short span of its own: the run outlives the request, and a restart, under its id.
    const traceparent = await inSpan('workflow run started', detail, async () =>
      activeTraceparent(),
    );
    const {
      name: triggerName,
      startMs,
      endMs,
      trackingId,
      code,
      scheduledMs,
      originHistoryName,
    } = trigger;
    const run = this.open(workflow, 0, {
      hexId: facts.hexId,
      name,
      version: facts.version,
      status: 'Running',
      startMs: atMs,
      clientTrackingId: clientTrackingId ?? name,
      trigger: {
        name: triggerName,
        startMs,
        endMs,
        trackingId,
        code,
        scheduledMs,
        originHistoryName,
      },
      ...(isRecorded(traceparent) && { traceparent }),
      epoch: 1,
    });
    await run.post((machine) =>
      machine.begin({
        atMs,
        trigger,
        clientTrackingId: clientTrackingId ?? name,
        caller,
      }),
    );
    if (run.failure !== undefined) throw run.failure;
    return run;
  }

  find(hexId: string, name: string): LiveRun | undefined {
    return this.runs.get(runKey(hexId, name));
  }

  active(hexId: string): number {
    return this.counts.get(hexId) ?? 0;
  }

  async cancel(
    hexId: string,
    name: string,
    status?: ActionStatus,
    error?: RunError,
  ): Promise<boolean> {
    const run = this.find(hexId, name);
    await run?.post((machine) => machine.cancel(status, error));
    return run !== undefined;
  }

  async stop(): Promise<void> {
    this.unsubscribe?.();
    for (const run of [...this.runs.values()]) {
      run.stop(new Error('the host has stopped; the run continues at its next start'));
      this.forget(run);
    }
  }

  /** True where the run goes on under this owner. */
  private async resume(key: string, epoch: number): Promise<boolean> {
    const { store, load } = this.options;
    const stored = await store.get<RunDocument>(kinds.run, key);
    if (!stored || stored.value.endMs !== undefined) return false;
    const document = { ...stored.value, epoch };
    const workflow = await load(document.hexId, document.version);
    if (!workflow) {
      const error = {
        code: 'WorkflowNotFound',
        message: 'The definition of this run no longer exists.',
      };
      const endMs = this.options.clock.now();
      const value = { ...document, status: 'Failed', endMs, error };
      await store.write([
        { put: { kind: kinds.run, key, value, sealed: true }, ifVersion: stored.version },
      ]);
      return false;
    }
    const events = await readEvents(store, document.hexId, document.name);
    const run = this.open(workflow, stored.version, document);
    await run.post((machine) => machine.restore(events));
    run.armAll();
    return true;
  }

  private open(workflow: LoadedWorkflow, version: number, document: RunDocument): LiveRun {
    const { clock, store, jobs, perform, random = Math.random } = this.options;
    const machine = new Machine(workflow.plan, {
      facts: workflow.facts,
      runName: document.name,
      nowMs: () => clock.now(),
      random,
      newGuid: this.options.newGuid ?? newGuid,
    });
    const key = runKey(document.hexId, document.name);
    assert(!this.runs.has(key), 'a run is open once');
    const onEnd = (ended: LiveRun, failure?: unknown) => {
      this.forget(ended);
      if (failure !== undefined) this.options.onFailure?.(failure);
      else this.options.onEnded?.(ended.document);
    };
    const run = new LiveRun({ store, clock, jobs, perform, machine, document, version, onEnd });
    this.runs.set(key, run);
    this.counts.set(document.hexId, this.active(document.hexId) + 1);
    const traceId = document.traceparent?.split('-')[1];
    if (traceId) this.byTrace.set(traceId, run);
    return run;
  }

  private forget(run: LiveRun): void {
    const { hexId, name, traceparent } = run.document;
    if (!this.runs.delete(runKey(hexId, name))) return;
    const count = this.active(hexId) - 1;
    if (count > 0) this.counts.set(hexId, count);
    else this.counts.delete(hexId);
    const traceId = traceparent?.split('-')[1];
    if (traceId && this.byTrace.get(traceId) === run) this.byTrace.delete(traceId);
  }

  private nameAt(atMs: number): string {
    this.order = atMs === this.lastMs ? this.order + 1 : 0;
    this.lastMs = atMs;
    return runName(atMs, this.order, (this.options.random ?? Math.random)());
  }
}

/** Without a tracer every id is zero. */
function isRecorded(traceparent: string | undefined): traceparent is string {
  return traceparent !== undefined && !/^00-0{32}/.test(traceparent);
}
