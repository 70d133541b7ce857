// One run in flight: transitions one after the other, each committed before its effects begin.
import type { Clock } from '../../../base/index.ts';
import type { Jobs } from '../../../jobs/index.ts';
import type { Store, Write } from '../../../store/index.ts';
import type { Effect, EffectResult } from '../actions/action.ts';
import type { ObjectValue, Value } from '../language.ts';
import { eventsPerCommitMax, hopSpansMax } from '../limits.ts';
import { kinds, type RunDocument, runJournal, runKey, runQueue } from '../state.ts';
import { type ActionRecord, type RunEvent, recordKey } from './history.ts';
import { encodeEvents } from './journal.ts';
import type { Machine } from './machine.ts';
import type { Consequences } from './recorder.ts';
import { decisionSpan, decisionsOf, showDecisions } from './tracing.ts';

/** Performs an effect; the caller is the run's own span. */
export type Perform = (
  effect: Effect,
  at: { readonly action: string; readonly traceparent: string | undefined; readonly run: string },
  machine: Machine,
  signal: AbortSignal,
) => Promise<EffectResult>;

export interface LiveRunOptions {
  readonly store: Store;
  readonly clock: Clock;
  readonly jobs: Jobs;
  readonly perform: Perform;
  readonly machine: Machine;
  readonly document: RunDocument;
  /** Version of the stored document; 0 before the first commit. */
  readonly version: number;
  /** The run has ended, or can go no further in this process. */
  readonly onEnd: (run: LiveRun, failure?: unknown) => void;
}

/** What the caller of the trigger gets. */
export type Answer =
  | { readonly answer: 'response'; readonly reply: ObjectValue }
  /** The run ended, and no Response action was reached. */
  | { readonly answer: 'none'; readonly status: RunDocument['status'] };

export class LiveRun {
  readonly machine: Machine;
  document: RunDocument;
  readonly answered: Promise<Answer>;
  readonly ended: Promise<RunDocument>;
  private readonly options: LiveRunOptions;
  private version: number;
  private inbox: ((machine: Machine) => void)[] = [];
  private readonly aborts = new Map<string, AbortController>();
  private readonly timers = new Map<string, () => void>();
  private spans: Value[] = [];
  private spansKept = 0;
  private pumping = false;
  private pumped: Promise<void> = Promise.resolve();
  private stopped = false;
  /** Why the run can go no further in this process. */
  failure: unknown;
  private forceCommit: boolean;
  private resolveAnswer!: (answer: Answer) => void;
  private resolveEnd!: (document: RunDocument) => void;
  private rejectAnswer!: (error: unknown) => void;
  private rejectEnd!: (error: unknown) => void;

  constructor(options: LiveRunOptions) {
    this.options = options;
    this.machine = options.machine;
    this.document = options.document;
    this.version = options.version;
    this.forceCommit = options.version > 0;
    this.answered = new Promise((resolve, reject) => {
      this.resolveAnswer = resolve;
      this.rejectAnswer = reject;
    });
    this.ended = new Promise((resolve, reject) => {
      this.resolveEnd = resolve;
      this.rejectEnd = reject;
    });
    // Nobody may be listening when the process stops.
    this.answered.catch(() => undefined);
    this.ended.catch(() => undefined);
  }

  /** Feeds the machine and lets it go as far as it can; resolves when that is committed. */
  post(work: (machine: Machine) => void = () => undefined): Promise<void> {
    if (this.stopped) return Promise.resolve();
    this.inbox.push(work);
    if (!this.pumping) {
      this.pumping = true;
      this.pumped = this.pump();
    }
    return this.pumped;
  }

  /** A span of a hop this run caused. */
  keepSpan(span: Value): void {
    if (this.spansKept++ < hopSpansMax) this.spans.push(span);
  }

  /** Lets go of the run: another process, or the next start, continues it. */
  stop(reason: unknown): void {
    if (this.stopped) return;
    this.stopped = true;
    this.release();
    this.rejectAnswer(reason);
    this.rejectEnd(reason);
  }

  private async pump(): Promise<void> {
    const { machine } = this;
    try {
      for (let more = true; !this.stopped && (more || this.inbox.length > 0); ) {
        for (const work of this.inbox.splice(0)) work(machine);
        more = machine.advance(eventsPerCommitMax);
        const consequences = machine.take();
        if (consequences.events.length > 0 || this.forceCommit)
          await this.commit(consequences.events);
        if (!this.stopped) this.follow(consequences);
      }
    } catch (error) {
      this.failure = error;
      this.stop(error);
      this.options.onEnd(this, error);
    } finally {
      // In the same turn as the loop's last look into the inbox: nothing falls between.
      this.pumping = false;
    }
  }

  private async commit(events: readonly RunEvent[]): Promise<void> {
    const { jobs, store } = this.options;
    const { hexId, name, traceparent } = this.document;
    const ended = events.find((event) => event.type === 'run-ended');
    if (ended) {
      this.document = {
        ...this.document,
        status: ended.status,
        endMs: ended.atMs,
        ...(ended.error && { error: ended.error }),
      };
    }
    const decisions = traceparent ? decisionsOf(events, (key) => this.isSecured(key)) : [];
    const spans = [
      ...this.spans.splice(0),
      ...decisions.map((each) => decisionSpan(traceparent, name, each)),
    ];
    const all: readonly RunEvent[] =
      spans.length > 0 ? [...events, { type: 'trace', spans }] : events;
    const first = this.version === 0;
    const job = { queue: runQueue, id: runKey(hexId, name), dueMs: this.document.startMs };
    const batch: Write[] = [
      {
        put: {
          kind: kinds.run,
          key: runKey(hexId, name),
          value: this.document,
          sealed: this.document.error !== undefined,
        },
        ifVersion: this.version,
      },
      ...(all.length > 0
        ? [
            {
              append: {
                journal: runJournal(hexId, name),
                value: { events: encodeEvents(all) },
                sealed: true,
              },
            },
          ]
        : []),
      ...(first && !ended ? jobs.hold(job) : []),
      ...(!first && ended ? jobs.settle(job) : []),
    ];
    const [version] = await store.write(batch);
    this.version = version!;
    this.forceCommit = false;
    if (traceparent) showDecisions(traceparent, name, decisions);
  }

  private isSecured(key: string): boolean {
    const secured = this.machine.history.records.get(key)?.secured;
    return secured !== undefined && (secured.inputs || secured.outputs);
  }

  /** What may happen now that it is committed. */
  private follow({ events, effects, cancelled, reply }: Consequences): void {
    for (const record of cancelled) this.drop(record);
    if (reply) this.resolveAnswer({ answer: 'response', reply });
    if (this.machine.ended) {
      this.stopped = true;
      this.release();
      this.resolveAnswer({ answer: 'none', status: this.document.status });
      this.resolveEnd(this.document);
      this.options.onEnd(this);
      return;
    }
    for (const event of events)
      if (event.type === 'finished') this.disarm(recordKey(event.name, event.indices));
    for (const record of effects) this.begin(record);
    for (const event of events)
      if (event.type === 'started') this.arm(recordKey(event.name, event.indices));
  }

  /** After a restart the time limits of what was running are set again. */
  armAll(): void {
    for (const record of this.machine.running()) this.arm(recordKey(record.name, record.indices));
  }

  private arm(key: string): void {
    const record = this.machine.history.records.get(key);
    if (!record || record.finished || this.timers.has(key)) return;
    const action = this.machine.actionOf(record);
    const timeoutMs = action.type.timeoutMs?.(action) ?? action.timeoutMs;
    if (timeoutMs === undefined) return;
    const cancel = this.options.clock.wakeAt(record.startMs + timeoutMs, () => {
      this.timers.delete(key);
      void this.post((machine) => machine.timeOut(record));
    });
    this.timers.set(key, cancel);
  }

  private disarm(key: string): void {
    this.timers.get(key)?.();
    this.timers.delete(key);
  }

  private begin(record: ActionRecord): void {
    const { machine } = this;
    if (record.finished) return;
    const action = machine.actionOf(record);
    const key = recordKey(record.name, record.indices);
    const abort = new AbortController();
    this.aborts.set(key, abort);
    const effect = action.type.effect!(machine.contextOf(action, record.indices), record);
    const { name, traceparent } = this.document;
    this.options
      .perform(effect, { action: key, traceparent, run: name }, machine, abort.signal)
      .then((result) => {
        if (this.aborts.get(key) === abort) this.aborts.delete(key);
        if (!abort.signal.aborted) void this.post((each) => each.effectDone(record, result));
      })
      .catch((error) => {
        if (abort.signal.aborted || this.stopped) return;
        const message = `Lazurite could not perform the action: ${(error as Error)?.name ?? 'unknown error'}.`;
        void this.post((each) => each.cancel('Failed', { code: 'InternalServerError', message }));
      });
  }

  private drop(record: ActionRecord): void {
    const key = recordKey(record.name, record.indices);
    this.disarm(key);
    this.aborts.get(key)?.abort(new Error('the action was cancelled'));
    this.aborts.delete(key);
  }

  private release(): void {
    for (const cancel of this.timers.values()) cancel();
    this.timers.clear();
    for (const abort of this.aborts.values()) abort.abort(new Error('the run has ended'));
    this.aborts.clear();
  }
}
