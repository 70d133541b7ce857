// What an action may see of its run and ask of its surroundings.
import type { ActionContext } from '../actions/action.ts';
import { compile } from '../language.ts';
import type { PlanAction } from '../plan/plan.ts';
import type { Machine } from './machine.ts';
import { outgoingHeaders } from './outgoing-headers.ts';
import { scopeOf } from './scope.ts';

export function actionContext(
  machine: Machine,
  action: PlanAction,
  indices: readonly number[],
): ActionContext {
  const { around, history } = machine;
  const scope = scopeOf(machine, action, indices);
  return {
    action,
    facts: around.facts,
    scope,
    nowMs: around.nowMs(),
    caller: history.caller,
    outgoingHeaders: () => outgoingHeaders(machine, action, indices),
    evaluate: (template) => compile(template)(scope),
    variable: (name) => history.variables.get(name.toLowerCase()),
    random: around.random,
    newGuid: around.newGuid,
  };
}
