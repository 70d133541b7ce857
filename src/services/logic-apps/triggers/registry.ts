// Every trigger type; what is not here is refused by name when a workflow is saved.
import { ConfigurationError, type Problem } from '../../../base/index.ts';
import type { Plan } from '../plan/plan.ts';
import { recurrence } from './recurrence.ts';
import { request } from './request.ts';
import type { TriggerType } from './trigger.ts';

export const triggerTypes: readonly TriggerType[] = [request, recurrence];

/** Types that exist in Azure and do not fire here yet. */
export const unsupportedTriggerTypes: readonly string[] = [
  'ApiConnection',
  'ApiConnectionNotification',
  'ApiConnectionWebhook',
  'ApiManagement',
  'Batch',
  'Http',
  'HttpWebhook',
  'Manual',
  'ServiceProvider',
  'SlidingWindow',
];

/** Triggers of a definition: Consumption 10, Standard 1 (limits page). */
const triggersMax = { consumption: 10, standard: 1 } as const;

/** Throws ConfigurationError for unknown, unsupported or wrong triggers. */
export function checkTriggers(
  plan: Plan,
  hosting: 'consumption' | 'standard',
  file?: string,
): void {
  const problems: Problem[] = [];
  if (plan.triggers.length > triggersMax[hosting]) {
    problems.push({
      file,
      field: 'definition.triggers',
      message: `a workflow has at most ${triggersMax[hosting]} triggers here`,
    });
  }
  for (const trigger of plan.triggers) {
    const field = `definition.triggers.${trigger.name}`;
    const found = triggerTypes.find(({ type }) => type.toLowerCase() === trigger.type);
    if (found) {
      found.check?.(trigger, (message, member) =>
        problems.push({ file, field: member ? `${field}.${member}` : field, message }),
      );
      continue;
    }
    const known = unsupportedTriggerTypes.find((type) => type.toLowerCase() === trigger.type);
    problems.push({
      file,
      field: `${field}.type`,
      message: known
        ? `triggers of type '${known}' are not supported yet`
        : `'${String(trigger.definition.type ?? '')}' is not a type of triggers`,
      ...(known && { fix: 'docs/coverage/logic-apps.md lists what is.' }),
    });
  }
  if (problems.length > 0) throw new ConfigurationError(problems);
}
