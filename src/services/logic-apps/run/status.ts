// The status of a scope or a run, from the leaves of its graph.
import type { PlanGroup } from '../plan/plan.ts';
import type { ActionStatus } from './history.ts';

/**
 * Takes the actions nobody runs after; a Skipped one is replaced by those it runs after, repeatedly.
 * Any Failed: Failed; else any TimedOut: TimedOut; else Succeeded. An empty group has Succeeded.
 */
export function groupStatus(
  group: PlanGroup,
  statusOf: (name: string) => ActionStatus | undefined,
): ActionStatus {
  const byName = new Map(group.actions.map((action) => [action.name.toLowerCase(), action]));
  const pending = group.actions.filter(({ successors }) => successors.length === 0);
  const seen = new Set(pending);
  let status: ActionStatus = 'Succeeded';
  for (let leaf = pending.pop(); leaf; leaf = pending.pop()) {
    const found = statusOf(leaf.name);
    if (found === 'Failed') return 'Failed';
    if (found === 'TimedOut') status = 'TimedOut';
    if (found !== 'Skipped') continue;
    for (const { name } of leaf.runAfter) {
      const before = byName.get(name.toLowerCase());
      if (before && !seen.has(before)) {
        seen.add(before);
        pending.push(before);
      }
    }
  }
  return status;
}
