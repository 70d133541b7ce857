// Several Response actions: only the first one that runs answers, any other fails.
import type { Rule, Subject } from '../finding.ts';
import { type ActionNode, ownersOf, predecessors } from '../model.ts';
import { isTreeArray, isTreeObject, memberOf, opaque, type Tree } from '../tree.ts';

/** Pairs beyond this are not compared: a workflow of hundreds of answers is generated. */
const responsesMax = 100;

/** By action, the statuses in lower case that it must have ended with for another one to run. */
type Needs = Map<ActionNode, ReadonlySet<string>>;

function statusesOf(value: Tree): ReadonlySet<string> {
  if (!isTreeArray(value) || value.length === 0) return new Set(['succeeded']);
  return new Set(value.map((status) => String(status === opaque ? '' : status).toLowerCase()));
}

/** What must have happened beside `action` before it runs; undefined where only a deployment knows. */
function needsOf(action: ActionNode): Needs | undefined {
  const needs: Needs = new Map();
  const open = [action];
  const seen = new Set(open);
  for (let at = open.pop(); at; at = open.pop()) {
    const runAfter = memberOf(at.body, 'runAfter')?.value;
    if (runAfter === opaque) return undefined;
    if (!isTreeObject(runAfter)) continue;
    for (const [name, value] of Object.entries(runAfter)) {
      const before = at.container.actions.get(name.toLowerCase());
      const statuses = statusesOf(value);
      if (!before || value === opaque || statuses.has('')) return undefined;
      needs.set(before, statuses);
      // An action that may have been skipped tells nothing of what stands before it.
      if (!statuses.has('skipped') && !seen.has(before)) {
        seen.add(before);
        open.push(before);
      }
    }
  }
  return needs;
}

function exclude(left: Needs, right: Needs): boolean {
  for (const [action, statuses] of left) {
    const others = right.get(action);
    if (others && ![...statuses].some((status) => others.has(status))) return true;
  }
  return false;
}

/** Both, or the plain scopes around them, side by side in one container. */
function sideBySide(left: ActionNode, right: ActionNode): [ActionNode, ActionNode] | undefined {
  const around = [right, ...ownersOf(right)];
  for (const mine of [left, ...ownersOf(left)]) {
    const other = around.find(({ container }) => container === mine.container);
    if (other) return mine === other ? undefined : [mine, other];
  }
  return undefined;
}

/** Conditions decide whether it runs, which nothing here can know. */
function isConditional(response: ActionNode, upTo: ActionNode): boolean {
  const owners = ownersOf(response);
  const within = owners.slice(0, owners.indexOf(upTo) + 1);
  return within.some(({ typeKey }) => typeKey !== 'scope');
}

function mayBothRun(left: ActionNode, right: ActionNode): boolean {
  const pair = sideBySide(left, right);
  if (!pair || isConditional(left, pair[0]) || isConditional(right, pair[1])) return false;
  const [first, second] = pair;
  if (predecessors(first).has(second) || predecessors(second).has(first)) return false;
  const [mine, other] = [needsOf(first), needsOf(second)];
  return mine !== undefined && other !== undefined && !exclude(mine, other);
}

function check({ model, report }: Subject): void {
  const responses = model.actions.filter(({ typeKey }) => typeKey === 'response');
  if (model.open || responses.length > responsesMax) return;
  for (const [index, response] of responses.entries()) {
    const other = responses.slice(0, index).find((before) => mayBothRun(before, response));
    if (!other) continue;
    report('response-placement', response.path, {
      severity: 'warning',
      message: `The Response actions '${other.name}' and '${response.name}' stand in parallel branches that may both run; the one that comes second fails.`,
      fix: 'Join the branches before one Response, or let them run after different statuses.',
    });
  }
}

export const responses: Rule = {
  name: 'response-placement',
  about: 'Of several Response actions in parallel branches, only one can run (response-placement).',
  check,
};
