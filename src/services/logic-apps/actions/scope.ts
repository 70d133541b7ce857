// Scope: a group of actions with one status.
import { findMember } from '../language.ts';
import type { ActionType, BranchEnd, Step } from './action.ts';

/** The owner's end when its only open branch has ended. */
export function endWith({ status }: Pick<BranchEnd, 'status'>): Step {
  if (status === 'Succeeded') return { step: 'finish', outcome: { status, code: 'NotSpecified' } };
  const message = 'An action failed. No dependent actions succeeded.';
  const code = status === 'TimedOut' ? 'ActionTimedOut' : 'ActionFailed';
  return { step: 'finish', outcome: { status, code, error: { code: 'ActionFailed', message } } };
}

export const scope: ActionType = {
  type: 'Scope',
  branches: (definition) => [{ branch: 'actions', actions: findMember(definition, 'actions') }],
  start: () => ({ step: 'enter', open: [{ branch: 'actions' }] }),
  branchEnded: (_, __, end) => endWith(end),
};
