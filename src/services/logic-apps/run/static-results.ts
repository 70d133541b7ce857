// Static results: an action that is being tested gives a written outcome instead of running.
import type { Step } from '../actions/action.ts';
import { member, memberAt, textMember, wholeNumber } from '../actions/reading.ts';
import type { Plan, PlanAction } from '../plan/plan.ts';
import type { ActionStatus } from './history.ts';

const statuses = new Map(
  (['Succeeded', 'Failed', 'Skipped', 'TimedOut', 'Cancelled'] as const).map((status) => [
    status.toLowerCase(),
    status,
  ]),
);

/** The outcome `runtimeConfiguration.staticResult` names, where it is enabled. */
export function staticStep(plan: Plan, { definition }: PlanAction): Step | undefined {
  const setting = memberAt(definition, 'runtimeConfiguration', 'staticResult');
  if (textMember(setting, 'staticResultOptions')?.toLowerCase() !== 'enabled') return undefined;
  const result = memberAt(plan.definition, 'staticResults', textMember(setting, 'name') ?? '');
  const status: ActionStatus =
    statuses.get((textMember(result, 'status') ?? 'Succeeded').toLowerCase()) ?? 'Succeeded';
  const outputs = member(result, 'outputs');
  const error = member(result, 'error');
  const code = textMember(result, 'code') ?? textMember(outputs, 'statusCode') ?? 'OK';
  const named = wholeNumber(code) === undefined ? code : 'OK';
  return {
    step: 'finish',
    outcome: {
      status,
      code: named,
      outputs,
      ...(error !== undefined && {
        error: {
          code: textMember(error, 'code') ?? named,
          message: textMember(error, 'message') ?? '',
        },
      }),
    },
  };
}
