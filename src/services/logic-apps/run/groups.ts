// The groups of sibling actions that are open, and how many of an owner's have ended.
import type { PlanAction, PlanGroup } from '../plan/plan.ts';
import { type ActionRecord, recordKey } from './history.ts';

export interface OpenGroup {
  readonly group: PlanGroup;
  readonly owner: ActionRecord | undefined;
  readonly iteration: number | undefined;
  readonly indices: readonly number[];
  /** Actions that have not finished. */
  pending: number;
}

export interface BranchCount {
  opened: number;
  ended: number;
  failed: boolean;
}

const groupKey = (
  owner: ActionRecord | undefined,
  branch: string,
  iteration: number | undefined,
) => (owner ? `${recordKey(owner.name, owner.indices)}#${branch}#${iteration ?? ''}` : '');

export class OpenGroups {
  private readonly groups = new Map<string, OpenGroup>();
  private readonly counts = new Map<string, BranchCount>();

  /** Opens a group, also one that a restart finds half finished; gives the actions to consider. */
  open(
    group: PlanGroup,
    owner: ActionRecord | undefined,
    iteration: number | undefined,
    indices: readonly number[],
    records: ReadonlyMap<string, ActionRecord>,
  ): { open: OpenGroup; ready: PlanAction[] } {
    const unfinished = group.actions.filter(
      ({ name }) => !records.get(recordKey(name, indices))?.finished,
    );
    const open: OpenGroup = { group, owner, iteration, indices, pending: unfinished.length };
    this.groups.set(groupKey(owner, group.branch, iteration), open);
    if (owner) this.countOf(owner).opened++;
    // A sibling may have finished before the restart without its successors being considered.
    const restoring = unfinished.length < group.actions.length;
    return { open, ready: unfinished.filter(({ runAfter }) => restoring || runAfter.length === 0) };
  }

  find(owner: ActionRecord | undefined, branch: string, iteration: number | undefined) {
    return this.groups.get(groupKey(owner, branch, iteration));
  }

  close({ owner, group, iteration }: OpenGroup): void {
    this.groups.delete(groupKey(owner, group.branch, iteration));
  }

  /** Closes what is open under a cancelled owner, and under others that have finished with it. */
  closeUnder(owner: ActionRecord): void {
    for (const open of [...this.groups.values()]) {
      if (open.owner && (open.owner === owner || open.owner.finished)) this.close(open);
    }
  }

  countOf(owner: ActionRecord): BranchCount {
    const key = recordKey(owner.name, owner.indices);
    let count = this.counts.get(key);
    if (!count) {
      count = { opened: 0, ended: 0, failed: false };
      this.counts.set(key, count);
    }
    return count;
  }

  values(): Iterable<OpenGroup> {
    return this.groups.values();
  }
}
