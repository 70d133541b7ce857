// Recurrence triggers as due work: each job is the next occurrence of one trigger.
import type { Clock } from '../../base/index.ts';
import type { Jobs } from '../../jobs/index.ts';
import { member } from './actions/reading.ts';
import { LogicAppsError } from './errors.ts';
import type { Engine } from './run/engine.ts';
import { recurrenceQueue } from './state.ts';
import { fire } from './triggers/fire.ts';
import { nextOccurrence } from './triggers/recurrence.ts';
import type { Workflows } from './workflows.ts';

/** Says who fires recurrences; before `jobs.start`. */
export function handleRecurrences(options: {
  jobs: Jobs;
  workflows: Workflows;
  engine: Engine;
  clock: Clock;
}): void {
  const { jobs, workflows, engine, clock } = options;
  jobs.handle(recurrenceQueue, async ({ id, dueMs }) => {
    const at = id.indexOf('/');
    const workflow = await workflows.find(id.slice(0, at));
    const trigger = workflow?.loaded.plan.triggers.find(({ name }) => name === id.slice(at + 1));
    if (!workflow || trigger?.type !== 'recurrence') return { outcome: 'done' };
    const { document, loaded } = workflow;
    if (document.enabled) {
      try {
        await fire(engine, {
          workflow: loaded,
          trigger,
          outputs: undefined,
          atMs: clock.now(),
          scheduledMs: dueMs,
          caller: 'none',
        });
      } catch (error) {
        // As many runs as allowed are in flight: this occurrence is skipped, as in Azure.
        if (!(error instanceof LogicAppsError)) throw error;
      }
    }
    const rule = member(trigger.definition, 'recurrence');
    const next = nextOccurrence(rule, Math.max(clock.now(), dueMs), document.changedMs);
    return next === undefined ? { outcome: 'done' } : { outcome: 'again', dueMs: next };
  });
}
