// Stateless workflows: what they are bounded to, and what they cannot do.
import { durationMs, parseDuration } from '../../../../base/index.ts';
import type { Rule, Subject } from '../finding.ts';
import * as limits from '../limits.ts';
import { type ActionNode, type Container, predecessors, type TriggerNode } from '../model.ts';
import { isTreeArray, isTreeObject, memberOf, type Path, type Tree, valueAt } from '../tree.ts';

/** Triggers to which something is pushed that must be remembered between calls. */
const pushTypes = new Set(['apiconnectionwebhook', 'apiconnectionnotification', 'httpwebhook']);

function warn({ report }: Subject, path: Path, message: string, fix: string): void {
  report('stateless', path, { severity: 'warning', message, fix });
}

function milliseconds(value: Tree | undefined): number | undefined {
  if (typeof value !== 'string' || value.includes('@')) return undefined;
  const duration = parseDuration(value);
  return duration && durationMs(duration);
}

function checkDurations(subject: Subject, action: ActionNode): void {
  const timeout = milliseconds(valueAt(action.body, ['limit', 'timeout']));
  if (timeout !== undefined && timeout > limits.statelessRunMsMax) {
    warn(
      subject,
      [...action.path, 'limit', 'timeout'],
      `'${action.name}' may take longer than the 5 minutes that a stateless run has.`,
      'Write PT5M or less, or make the workflow Stateful.',
    );
  }
  for (const member of ['interval', 'minimumInterval', 'maximumInterval']) {
    const path = ['inputs', 'retryPolicy', member];
    const interval = milliseconds(valueAt(action.body, path));
    if (interval === undefined) continue;
    if (interval >= limits.statelessRetryMsMin && interval <= limits.statelessRetryMsMax) continue;
    warn(
      subject,
      [...action.path, ...path],
      `'${member}' of the retry policy of '${action.name}' is outside PT1S to PT1M, the range of stateless workflows.`,
      'Write an interval from PT1S to PT1M.',
    );
  }
}

const unitMs: Readonly<Record<string, number>> = {
  second: 1_000,
  minute: 60_000,
  hour: 3_600_000,
  day: 86_400_000,
  week: 604_800_000,
  month: 2_419_200_000,
  year: 31_536_000_000,
};

function checkWait(subject: Subject, action: ActionNode): void {
  const path = ['inputs', 'interval'];
  const count = Number(valueAt(action.body, [...path, 'count']));
  const unit = unitMs[String(valueAt(action.body, [...path, 'unit'])).toLowerCase()];
  if (unit === undefined || !(count * unit > limits.statelessRunMsMax)) return;
  warn(
    subject,
    [...action.path, ...path],
    `'${action.name}' waits longer than the 5 minutes that a stateless run has.`,
    'Wait less, or make the workflow Stateful.',
  );
}

function checkLoop(subject: Subject, action: ActionNode): void {
  const count = Number(valueAt(action.body, ['limit', 'count']));
  if (action.typeKey === 'until' && count > limits.statelessUntilCountMax) {
    warn(
      subject,
      [...action.path, 'limit', 'count'],
      `'${action.name}' may repeat ${count} times; a stateless workflow stops at ${limits.statelessUntilCountMax}.`,
      `Write ${limits.statelessUntilCountMax} or less, or make the workflow Stateful.`,
    );
  }
  const items = memberOf(action.body, 'foreach')?.value;
  if (isTreeArray(items) && items.length > limits.statelessForeachItemsMax) {
    warn(
      subject,
      [...action.path, 'foreach'],
      `'${action.name}' runs over ${items.length} items; a stateless workflow takes ${limits.statelessForeachItemsMax}.`,
      'Split the array, or make the workflow Stateful.',
    );
  }
}

function checkVariables(subject: Subject, action: ActionNode): void {
  const variables = valueAt(action.body, ['inputs', 'variables']);
  const values: (readonly [Path, Tree | undefined])[] = isTreeArray(variables)
    ? variables.map((variable, index) => [
        ['inputs', 'variables', index, 'value'],
        isTreeObject(variable) ? memberOf(variable, 'value')?.value : undefined,
      ])
    : [[['inputs', 'value'], valueAt(action.body, ['inputs', 'value'])]];
  for (const [path, value] of values) {
    if (typeof value !== 'string' || value.includes('@')) continue;
    if (value.length <= limits.statelessVariableCharactersMax) continue;
    warn(
      subject,
      [...action.path, ...path],
      `'${action.name}' gives a variable ${value.length} characters; in a stateless workflow it holds ${limits.statelessVariableCharactersMax}.`,
      'Put the text into a Compose action or a parameter.',
    );
  }
}

/** What runs behind a Response, or behind the scope around it. */
function successorOf(action: ActionNode): ActionNode | undefined {
  for (let at: ActionNode | undefined = action; at; at = at.container.owner) {
    const found = behind(at.container, at);
    if (found) return found;
  }
  return undefined;
}

function behind({ actions }: Container, before: ActionNode): ActionNode | undefined {
  return [...actions.values()].find((action) => predecessors(action).has(before));
}

function checkResponse(subject: Subject, action: ActionNode): void {
  const next = successorOf(action);
  if (!next || next.typeKey === 'response') return;
  warn(
    subject,
    action.path,
    `'${next.name}' runs behind the Response action '${action.name}', which comes last in a stateless workflow.`,
    `Let '${action.name}' run after '${next.name}', or make the workflow Stateful.`,
  );
}

function checkTrigger(subject: Subject, trigger: TriggerNode): void {
  if (!pushTypes.has(trigger.typeKey)) return;
  warn(
    subject,
    trigger.path,
    `The trigger '${trigger.name}' of type '${trigger.type}' keeps a subscription, which a stateless workflow cannot.`,
    'Start it with a Request trigger or a polling one, or make the workflow Stateful.',
  );
}

export const stateless: Rule = {
  name: 'stateless',
  about:
    'Stateless workflows stay within their shorter limits, answer last and have no trigger that needs state (stateless).',
  check(subject) {
    if (subject.source.kind.toLowerCase() !== 'stateless') return;
    for (const trigger of subject.model.triggers) checkTrigger(subject, trigger);
    for (const action of subject.model.actions) {
      checkDurations(subject, action);
      checkLoop(subject, action);
      if (action.typeKey === 'wait') checkWait(subject, action);
      if (action.typeKey === 'response') checkResponse(subject, action);
      if (action.typeKey.endsWith('variable')) checkVariables(subject, action);
    }
  },
};
