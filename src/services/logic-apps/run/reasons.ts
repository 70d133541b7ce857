// Why actions and runs did not do what they should: the history's own words.
import type { Step } from '../actions/action.ts';
import { errorOf } from '../language.ts';
import type { PlanAction } from '../plan/plan.ts';
import type { ActionStatus, RunError } from './history.ts';

export const notTaken: RunError = {
  code: 'ActionBranchingConditionNotSatisfied',
  message:
    'The execution of template action is skipped: the branching condition for this action is not satisfied.',
};

export const actionFailed: RunError = {
  code: 'ActionFailed',
  message: 'An action failed. No dependent actions succeeded.',
};

/** A predecessor ended with a status that `runAfter` does not list. */
export function runAfterUnmet(
  action: string,
  before: string,
  expected: string,
  actual: ActionStatus,
): RunError {
  return {
    code: actual === 'Skipped' ? 'ActionDependencyFailed' : 'ActionConditionFailed',
    message: `The execution of template action '${action}' is skipped: the 'runAfter' condition for action '${before}' is not satisfied. Expected status values '${expected}' and actual value '${actual}'.`,
  };
}

export function timedOut(action: string): RunError {
  return {
    code: 'ActionTimedOut',
    message: `The execution of template action '${action}' is failed: the action ran longer than its timeout.`,
  };
}

/** The failure of an action whose expression has no value; undefined for other throws. */
export function failedExpression(action: PlanAction, thrown: unknown): Step | undefined {
  const known = errorOf(thrown);
  if (!known) return undefined;
  const { code } = known;
  const message =
    code === 'InvalidTemplate'
      ? `Unable to process template language expressions in action '${action.name}' inputs at line '0' and column '0': '${known.message}'.`
      : `The execution of template action '${action.name}' failed: ${known.message}`;
  return {
    step: 'finish',
    outcome: { status: 'Failed', code: 'BadRequest', error: { code, message } },
  };
}

/** An action's name and those of everything inside it. */
export function withNested(action: PlanAction): string[] {
  return [
    action.name,
    ...[...action.branches.values()].flatMap(({ actions }) => actions.flatMap(withNested)),
  ];
}

export function isInside(action: PlanAction, outer: PlanAction): boolean {
  for (let owner = action.group.owner; owner; owner = owner.group.owner) {
    if (owner === outer) return true;
  }
  return false;
}
