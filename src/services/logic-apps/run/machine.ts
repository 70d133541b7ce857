// The run's interpreter: a plan and events in, events out. No I/O; time, chance and ids are given.
import type {
  ActionContext,
  BranchEnd,
  EffectResult,
  Opening,
  Outcome,
  Step,
} from '../actions/action.ts';
import { compile, errorOf, findMember, isObject, type Value } from '../language.ts';
import type { PlanAction } from '../plan/plan.ts';
import { actionContext } from './action-context.ts';
import type { OpenGroup } from './groups.ts';
import {
  type ActionRecord,
  type ActionStatus,
  applyEvent,
  type RunError,
  type RunEvent,
  recordKey,
} from './history.ts';
import {
  actionFailed,
  failedExpression,
  notTaken,
  runAfterUnmet,
  timedOut,
  withNested,
} from './reasons.ts';
import { Recorder } from './recorder.ts';
import { scopeOf } from './scope.ts';
import { staticStep } from './static-results.ts';
import { groupStatus } from './status.ts';

/** One run in memory. Every method only records events; `take` hands them over for the commit. */
export class Machine extends Recorder {
  /** Begins a new run. */
  begin(started: Omit<Extract<RunEvent, { type: 'run-started' }>, 'type'>): void {
    this.record({ type: 'run-started', ...started });
    this.openGroup(this.plan.root, undefined, undefined, []);
  }

  /** Takes up a run from its journal: what was open is open, what ran runs again. */
  restore(events: Iterable<RunEvent>): void {
    for (const event of events) applyEvent(this.history, event);
    if (this.history.ended) return;
    this.openGroup(this.plan.root, undefined, undefined, []);
    for (const record of [...this.history.records.values()]) {
      const action = this.actionOf(record);
      if (record.finished) continue;
      for (const opening of record.open) this.openBranch(action, record, opening);
      if (record.open.length === 0) this.effects.add(record);
    }
    this.callerGone();
  }

  /** An effect of the record gave its result. Late results of a finished action are dropped. */
  effectDone(record: ActionRecord, result: EffectResult): void {
    if (record.finished || this.ended) return;
    const action = this.actionOf(record);
    this.apply(
      action,
      record,
      this.attempt(action, record.indices, (context) =>
        action.type.resume!(context, record, result),
      ),
    );
  }

  /** Nobody waits for the Response any more. */
  callerGone(): void {
    if (this.history.caller !== 'waiting' || this.ended) return;
    this.record({ type: 'caller-gone', atMs: this.around.nowMs() });
  }

  /** The action ran out of its time: it and what runs inside it stop. */
  timeOut(record: ActionRecord): void {
    if (record.finished || this.ended) return;
    this.cancelInside(record);
    const action = this.actionOf(record);
    this.finish(action, record, {
      status: 'TimedOut',
      code: 'ActionTimedOut',
      error: timedOut(action.name),
    });
  }

  /** Ends the whole run from outside. */
  cancel(status: ActionStatus = 'Cancelled', error?: RunError): void {
    if (!this.ended) this.endRun(status, error, 'ActionCancelled');
  }

  /** Spans of other hops, to be kept with the run. */
  keepSpans(spans: readonly Value[]): void {
    if (spans.length > 0) this.record({ type: 'trace', spans });
  }

  /** Works off what is ready, up to about `eventsMax` events; true when more is ready. */
  advance(eventsMax: number): boolean {
    for (let work = this.queue.shift(); work; work = this.queue.shift()) {
      if (this.ended) return false;
      if ('group' in work) this.groupEnded(work.group);
      else this.consider(work.action, work.indices);
      if (this.events.length >= eventsMax && this.queue.length > 0) return true;
    }
    return false;
  }

  /** What an action of a record may see and ask; also used to find its effect after the commit. */
  contextOf(action: PlanAction, indices: readonly number[]): ActionContext {
    return actionContext(this, action, indices);
  }

  /** Runs an action's rule; an expression that fails becomes the action's failure. */
  private attempt(
    action: PlanAction,
    indices: readonly number[],
    rule: (context: ActionContext) => Step,
  ): Step {
    try {
      return rule(this.contextOf(action, indices));
    } catch (error) {
      const step = failedExpression(action, error);
      if (!step) throw error;
      return step;
    }
  }

  private consider(action: PlanAction, indices: readonly number[]): void {
    const { records } = this.history;
    if (records.has(recordKey(action.name, indices))) return;
    for (const { name, statuses, expected } of action.runAfter) {
      const before = records.get(
        recordKey(this.plan.actions.get(name.toLowerCase())!.name, indices),
      );
      if (!before?.finished) return;
      if (!statuses.has(before.status.toLowerCase())) {
        return void this.skip(
          action,
          indices,
          runAfterUnmet(action.name, name, expected, before.status),
        );
      }
    }
    this.apply(
      action,
      undefined,
      this.attempt(
        action,
        indices,
        (context) => staticStep(this.plan, action) ?? action.type.start(context),
      ),
      indices,
    );
  }

  private apply(
    action: PlanAction,
    record: ActionRecord | undefined,
    step: Step,
    indices: readonly number[] = record?.indices ?? [],
  ): void {
    if (step.step === 'stay') return;
    if (step.step === 'finish')
      return void this.finish(action, record, step.outcome, step.inputs, indices);
    const open = step.step === 'enter' ? step.open : undefined;
    const place = { name: action.name, ...(indices.length > 0 && { indices }) };
    const atMs = this.around.nowMs();
    if (record) {
      const attempt = step.step === 'run' ? step.attempt : undefined;
      this.record({ type: 'progress', ...place, atMs, detail: step.detail, open, attempt });
    } else {
      this.record({
        type: 'started',
        ...place,
        atMs,
        trackingId: this.around.newGuid(),
        ...securedOf(action),
        inputs: step.inputs,
        detail: step.detail,
        open,
      });
      record = this.history.records.get(recordKey(action.name, indices))!;
    }
    if (step.step === 'run') this.effects.add(record);
    else this.enter(action, record, step.open, step.skip ?? []);
  }

  private enter(
    action: PlanAction,
    record: ActionRecord,
    open: readonly Opening[],
    skip: readonly string[],
  ): void {
    for (const branch of skip) {
      const names = action.branches.get(branch)?.actions.flatMap(withNested) ?? [];
      if (names.length > 0) this.recordSkipped(names, record.indices, notTaken);
    }
    for (const opening of open) this.openBranch(action, record, opening);
  }

  private finish(
    action: PlanAction,
    record: ActionRecord | undefined,
    outcome: Outcome,
    inputs?: Value,
    indices: readonly number[] = record?.indices ?? [],
  ): void {
    const event: RunEvent = {
      type: 'finished',
      name: action.name,
      ...(indices.length > 0 && { indices }),
      atMs: this.around.nowMs(),
      status: outcome.status,
      code: outcome.code,
      outputs: outcome.outputs,
      error: outcome.error,
      variables: outcome.variables,
      ...(outcome.reply && { replied: true }),
      ...(!record && { trackingId: this.around.newGuid(), inputs, ...securedOf(action) }),
    };
    this.record(event);
    const tracked = this.track(action, indices);
    if (tracked !== undefined) this.events[this.events.length - 1] = { ...event, tracked };
    if (outcome.reply) this.reply = outcome.reply;
    if (outcome.terminate) {
      return void this.endRun(outcome.terminate.status, outcome.terminate.error, 'Terminated');
    }
    this.finished(action, indices);
  }

  /** `trackedProperties`: of the action's own record, after it has finished. */
  private track(action: PlanAction, indices: readonly number[]): Value | undefined {
    const template = findMember(action.definition, 'trackedProperties');
    if (!isObject(template)) return undefined;
    try {
      return compile(template)(scopeOf(this, action, indices));
    } catch (error) {
      if (!errorOf(error)) throw error;
      return undefined;
    }
  }

  private groupEnded(open: OpenGroup): void {
    const { group, owner, iteration, indices } = open;
    const { records } = this.history;
    const status = groupStatus(group, (name) => records.get(recordKey(name, indices))?.status);
    if (!owner) return void this.rootEnded(status);
    this.groups.close(open);
    if (owner.finished) return;
    const count = this.groups.countOf(owner);
    count.ended++;
    if (status !== 'Succeeded') count.failed = true;
    const action = this.actionOf(owner);
    const end: BranchEnd = { branch: group.branch, iteration, status, ...count };
    this.apply(
      action,
      owner,
      this.attempt(action, owner.indices, (context) =>
        action.type.branchEnded!(context, owner, end),
      ),
    );
  }

  private rootEnded(status: ActionStatus): void {
    const failed = status !== 'Succeeded';
    this.record({
      type: 'run-ended',
      atMs: this.around.nowMs(),
      status: failed ? 'Failed' : 'Succeeded',
      ...(failed && { error: actionFailed }),
    });
  }

  private skip(action: PlanAction, indices: readonly number[], error: RunError): void {
    this.recordSkipped(withNested(action), indices, error);
    this.finished(action, indices);
  }

  /** Running actions are cancelled, those that never began are Skipped, and the run has its status. */
  private endRun(status: ActionStatus, error: RunError | undefined, code: string): void {
    for (const record of this.running()) this.cancelOne(record);
    const skipped: RunError = {
      code,
      message: 'The action was not executed because the run has ended.',
    };
    for (const { group, indices } of this.groups.values()) {
      const names = group.actions
        .filter(({ name }) => !this.history.records.has(recordKey(name, indices)))
        .flatMap(withNested);
      if (names.length > 0) this.recordSkipped(names, indices, skipped);
    }
    this.queue = [];
    this.record({ type: 'run-ended', atMs: this.around.nowMs(), status, error });
  }
}

function securedOf(action: PlanAction) {
  const { secured } = action;
  return secured.inputs || secured.outputs ? { secured } : {};
}
