// What a run in memory keeps: its history, what is open, and what has yet to be committed.
import type { Opening } from '../actions/action.ts';
import type { ObjectValue } from '../language.ts';
import type { Plan, PlanAction, PlanGroup } from '../plan/plan.ts';
import type { WorkflowFacts } from './facts.ts';
import { type OpenGroup, OpenGroups } from './groups.ts';
import {
  type ActionRecord,
  applyEvent,
  emptyHistory,
  type RunError,
  type RunEvent,
  type RunHistory,
  recordKey,
} from './history.ts';
import { isInside } from './reasons.ts';

export interface MachineSurroundings {
  readonly facts: WorkflowFacts;
  readonly runName: string;
  nowMs(): number;
  random(): number;
  newGuid(): string;
}

/** What a transition asks for once its events are committed. */
export interface Consequences {
  readonly events: readonly RunEvent[];
  /** Records whose effect begins (or begins anew). */
  readonly effects: readonly ActionRecord[];
  /** Records that ended while an effect of theirs may still run. */
  readonly cancelled: readonly ActionRecord[];
  readonly reply: ObjectValue | undefined;
}

export type Work =
  | { readonly group: OpenGroup }
  | { readonly action: PlanAction; readonly indices: readonly number[] };

/** The machine's memory; the rules are in `machine.ts`. */
export class Recorder {
  readonly plan: Plan;
  readonly around: MachineSurroundings;
  readonly history: RunHistory = emptyHistory();
  protected readonly groups = new OpenGroups();
  protected queue: Work[] = [];
  protected events: RunEvent[] = [];
  protected effects = new Set<ActionRecord>();
  protected cancelled: ActionRecord[] = [];
  protected reply: ObjectValue | undefined;

  constructor(plan: Plan, around: MachineSurroundings) {
    this.plan = plan;
    this.around = around;
  }

  /** Records that still run, for their timers. */
  running(): ActionRecord[] {
    return [...this.history.records.values()].filter(({ finished }) => !finished);
  }

  get ended(): boolean {
    return this.history.ended !== undefined;
  }

  /** Hands over what happened since the last call. */
  take(): Consequences {
    const { events, cancelled, reply } = this;
    const effects = [...this.effects].filter(({ finished }) => !finished);
    this.events = [];
    this.effects = new Set();
    this.cancelled = [];
    this.reply = undefined;
    return { events, effects, cancelled, reply };
  }

  actionOf(record: ActionRecord): PlanAction {
    return this.plan.actions.get(record.name.toLowerCase())!;
  }

  protected record(event: RunEvent): void {
    this.events.push(event);
    applyEvent(this.history, event);
  }

  protected openBranch(action: PlanAction, record: ActionRecord, opening: Opening): void {
    const group = action.branches.get(opening.branch);
    if (!group) return;
    const { iteration } = opening;
    const indices = iteration === undefined ? record.indices : [...record.indices, iteration];
    this.openGroup(group, record, iteration, indices);
  }

  protected openGroup(
    group: PlanGroup,
    owner: ActionRecord | undefined,
    iteration: number | undefined,
    indices: readonly number[],
  ): void {
    const { open, ready } = this.groups.open(
      group,
      owner,
      iteration,
      indices,
      this.history.records,
    );
    if (open.pending === 0) this.queue.push({ group: open });
    for (const action of ready) this.queue.push({ action, indices });
  }

  protected finished(action: PlanAction, indices: readonly number[]): void {
    const { owner, branch } = action.group;
    const depth = owner ? owner.loops.length : 0;
    const ownerRecord = owner
      ? this.history.records.get(recordKey(owner.name, indices.slice(0, depth)))
      : undefined;
    const iteration = owner?.isLoop ? indices[depth] : undefined;
    const open = this.groups.find(ownerRecord, branch, iteration);
    if (!open) return;
    for (const name of action.successors) {
      this.queue.push({ action: this.plan.actions.get(name.toLowerCase())!, indices });
    }
    if (--open.pending === 0) this.queue.push({ group: open });
  }

  protected recordSkipped(names: string[], indices: readonly number[], error: RunError): void {
    this.record({
      type: 'skipped',
      names,
      ...(indices.length > 0 && { indices }),
      atMs: this.around.nowMs(),
      error,
    });
  }

  protected cancelInside(owner: ActionRecord): void {
    const outer = this.actionOf(owner);
    this.cancelled.push(owner);
    for (const record of this.running()) {
      if (record === owner || !isInside(this.actionOf(record), outer)) continue;
      if (!owner.indices.every((index, depth) => record.indices[depth] === index)) continue;
      this.cancelOne(record);
    }
    this.groups.closeUnder(owner);
  }

  protected cancelOne(record: ActionRecord): void {
    this.cancelled.push(record);
    this.record({
      type: 'finished',
      name: record.name,
      ...(record.indices.length > 0 && { indices: record.indices }),
      atMs: this.around.nowMs(),
      status: 'Cancelled',
      code: 'ActionCancelled',
    });
  }
}
