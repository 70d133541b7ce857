// The order of actions: predecessors exist beside the action, statuses are known, nothing runs in a circle.
import type { Rule, Subject } from '../finding.ts';
import { nearest, suggestion } from '../finding.ts';
import { type ActionNode, type Container, predecessorNames } from '../model.ts';
import { isAbsent, isTreeArray, isTreeObject, memberOf, opaque, unknownText } from '../tree.ts';

/** As the schema lists them; any letter case. */
const statuses = [
  'Succeeded',
  'Failed',
  'Skipped',
  'TimedOut',
  'Cancelled',
  'Aborted',
  'Faulted',
  'Ignored',
  'Paused',
  'Running',
  'Suspended',
  'Waiting',
];

function checkAction(subject: Subject, action: ActionNode): void {
  const found = memberOf(action.body, 'runAfter');
  if (!found || isAbsent(found.value) || found.value === opaque) return;
  const path = [...action.path, found.name];
  if (!isTreeObject(found.value)) {
    subject.report('run-after', path, {
      message: `'runAfter' of '${action.name}' is not an object.`,
      fix: `Write { "<action>": ["Succeeded"] }, or {} for the first action.`,
    });
    return;
  }
  for (const [name, given] of Object.entries(found.value)) {
    if (given === null) continue;
    checkPredecessor(subject, action, name, [...path, name]);
    checkStatuses(subject, action, given, [...path, name]);
  }
}

function checkPredecessor(
  { model, report }: Subject,
  action: ActionNode,
  name: string,
  path: readonly (string | number)[],
): void {
  if (name.includes(unknownText) || /^\[.*\]$/s.test(name)) return;
  const siblings = action.container.actions;
  const sibling = siblings.get(name.toLowerCase());
  if (sibling === action) {
    report('run-after', path, {
      message: `'${action.name}' runs after itself.`,
      fix: `Remove '${name}' from its runAfter.`,
    });
  }
  if (sibling) return;
  const elsewhere = model.byName.get(name.toLowerCase());
  if (elsewhere) {
    report('run-after', path, {
      message: `'${action.name}' runs after '${name}', which stands in another scope; only actions beside it can be named.`,
      fix: `Name the action beside it that encloses '${name}', or move one of the two.`,
    });
    return;
  }
  // Agents of a conversation do run after the trigger that opens it.
  if (
    action.typeKey !== 'agent' &&
    model.triggers.some((trigger) => trigger.name.toLowerCase() === name.toLowerCase())
  ) {
    report('run-after', path, {
      message: `'${action.name}' runs after the trigger '${name}'; triggers are not named in runAfter.`,
      fix: 'Write "runAfter": {}.',
    });
    return;
  }
  const isTrigger = model.triggers.some(
    (trigger) => trigger.name.toLowerCase() === name.toLowerCase(),
  );
  if (model.open || isTrigger) return;
  const others = [...siblings.values()].filter((other) => other !== action);
  report('run-after', path, {
    message: `'${action.name}' runs after '${name}', but no action beside it has that name.`,
    fix: suggestion(
      name,
      others.map((other) => other.name),
      'Write "runAfter": {}.',
    ),
  });
}

function checkStatuses(
  { report }: Subject,
  action: ActionNode,
  given: unknown,
  path: readonly (string | number)[],
): void {
  if (given === opaque || given === null) return;
  if (!isTreeArray(given as never)) {
    report('run-after-status', path, {
      message: `The statuses of '${String(path.at(-1))}' in runAfter of '${action.name}' are not an array.`,
      fix: 'Write an array such as ["Succeeded"].',
    });
    return;
  }
  for (const [index, status] of (given as readonly unknown[]).entries()) {
    if (status === opaque) continue;
    const isKnown =
      typeof status === 'string' &&
      (status.includes(unknownText) ||
        statuses.some((name) => name.toLowerCase() === status.toLowerCase()));
    if (isKnown) continue;
    report('run-after-status', [...path, index], {
      message: `'${String(status)}' is not a status that runAfter knows.`,
      fix: `Write '${nearest(String(status), statuses) ?? 'Succeeded'}'; the usual ones are Succeeded, Failed, Skipped and TimedOut.`,
    });
  }
}

/** Actions that stand in a circle, one report for each circle, and those that wait for one. */
function checkCycles(subject: Subject, container: Container): void {
  const finished = new Set<ActionNode>();
  const circular = new Set<ActionNode>();
  for (const start of container.actions.values()) {
    // Depth first with a stack of our own: a chain may be longer than the engine's.
    const trail: { readonly action: ActionNode; readonly open: ActionNode[] }[] = [];
    const places = new Map<ActionNode, number>();
    const enter = (action: ActionNode): void => {
      places.set(action, trail.length);
      trail.push({ action, open: before(action) });
    };
    if (!finished.has(start)) enter(start);
    for (let top = trail.at(-1); top; top = trail.at(-1)) {
      const next = top.open.pop();
      if (next === undefined) {
        finished.add(top.action);
        places.delete(top.action);
        trail.pop();
      } else if (places.has(next)) {
        const circle = trail.slice(places.get(next)).map(({ action }) => action);
        for (const member of circle) circular.add(member);
        reportCircle(subject, next, circle);
      } else if (!finished.has(next)) enter(next);
    }
  }
  if (circular.size > 0) reportUnreachable(subject, container, circular);
}

/** Siblings that `action` waits for, itself left out, the first one last. */
function before(action: ActionNode): ActionNode[] {
  return predecessorNames(action)
    .flatMap((name) => action.container.actions.get(name.toLowerCase()) ?? [])
    .filter((other) => other !== action)
    .reverse();
}

function reportCircle(
  { report }: Subject,
  action: ActionNode,
  circle: readonly ActionNode[],
): void {
  const names = [...circle, action].map((member) => `'${member.name}'`).reverse();
  const shown = names.length > 12 ? [...names.slice(0, 11), '…'] : names;
  report('run-after-cycle', [...action.path, 'runAfter'], {
    message: `These actions wait for each other: ${shown.join(' → ')}.`,
    fix: `Remove one of them from the runAfter of the next, so that one can start.`,
  });
}

/** What runs after an action of a circle never starts either. */
function reportUnreachable(
  { report }: Subject,
  container: Container,
  circular: ReadonlySet<ActionNode>,
): void {
  const dead = new Set(circular);
  for (let grown = true; grown; ) {
    grown = false;
    for (const action of container.actions.values()) {
      if (dead.has(action)) continue;
      const stuck = predecessorNames(action).find((name) => {
        const before = container.actions.get(name.toLowerCase());
        return before && dead.has(before);
      });
      if (stuck === undefined) continue;
      dead.add(action);
      grown = true;
      report('unreachable-action', action.path, {
        message: `'${action.name}' never runs: it waits for '${stuck}', which stands in or behind a circle.`,
        fix: 'Break the circle in runAfter.',
      });
    }
  }
}

/** Terminate ends the run: what waits for it to succeed never starts. */
function checkAfterTerminate(subject: Subject): void {
  for (const action of subject.model.actions) {
    for (const name of predecessorNames(action)) {
      const before = action.container.actions.get(name.toLowerCase());
      if (before?.typeKey !== 'terminate') continue;
      subject.report('unreachable-action', action.path, {
        severity: 'warning',
        message: `'${action.name}' never runs: '${before.name}' ends the run.`,
        fix: `Remove '${action.name}', or let it run before '${before.name}'.`,
      });
    }
  }
}

export const runAfter: Rule = {
  name: 'run-after',
  about:
    'runAfter names siblings (run-after) and known statuses (run-after-status); no circles (run-after-cycle), nothing that can never run (unreachable-action).',
  check(subject) {
    const { model } = subject;
    for (const action of model.actions) checkAction(subject, action);
    checkCycles(subject, model.root);
    for (const action of model.actions) {
      for (const container of action.containers) checkCycles(subject, container);
    }
    checkAfterTerminate(subject);
  },
};
