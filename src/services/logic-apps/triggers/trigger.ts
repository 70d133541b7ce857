// What a trigger type is.
import type { PlanTrigger } from '../plan/plan.ts';

export interface TriggerType {
  /** As the documentation spells it. */
  readonly type: string;
  /** Says what is wrong at save time; `field` is below the trigger. */
  check?(trigger: PlanTrigger, report: (message: string, field?: string) => void): void;
}
