// Tracked properties: they speak of their own operation, within a length.
import type { ExpressionUse } from '../expressions.ts';
import type { Rule, Subject } from '../finding.ts';
import { trackedPropertiesCharactersMax } from '../limits.ts';
import { type ActionNode, isReachable, isWithin, type TriggerNode } from '../model.ts';
import { isAbsent, isTreeObject, memberOf, opaque, type Tree } from '../tree.ts';

/** Length of the JSON; what only a deployment knows counts nothing. */
function lengthOf(value: Tree): number {
  return JSON.stringify(value, (_, item) => (item === opaque ? null : item)).length;
}

function checkNode({ report }: Subject, node: ActionNode | TriggerNode): void {
  const found = memberOf(node.body, 'trackedProperties');
  if (!found || isAbsent(found.value) || found.value === opaque) return;
  if (typeof found.value === 'string' && found.value.startsWith('@')) return;
  const path = [...node.path, found.name];
  if (!isTreeObject(found.value)) {
    report('tracked-properties', path, {
      severity: 'warning',
      message: `The tracked properties of '${node.name}' are not an object.`,
      fix: 'Write an object of names to values.',
    });
    return;
  }
  const length = lengthOf(found.value);
  if (length <= trackedPropertiesCharactersMax) return;
  report('limits', path, {
    message: `The tracked properties of '${node.name}' have ${length} characters; at most ${trackedPropertiesCharactersMax} are allowed.`,
    fix: 'Track less.',
  });
}

/** Functions that tell what is not the operation's own; `action()` and its name tell what is. */
const foreignToActions = /^(?:trigger\w*|variables)$/i;
const foreignToTriggers = /^variables$/i;

function checkUse({ model, report }: Subject, use: ExpressionUse): void {
  const { action, trigger } = use;
  const name = action?.name ?? trigger?.name;
  if (use.field !== 'trackedproperties' || name === undefined) return;
  for (const reference of use.references) {
    let foreign: string | undefined;
    const calls = reference.kind === 'function' ? reference.via : '';
    if ((action ? foreignToActions : foreignToTriggers).test(calls)) foreign = `${calls}()`;
    if (action && reference.name !== undefined && reference.kind === 'action') {
      const target = model.byName.get(reference.name.toLowerCase());
      // An action that need not have run is told of by another rule.
      if (target && !isWithin(target, action) && isReachable(target, action)) {
        foreign = `${reference.via}('${reference.name}')`;
      }
    }
    if (foreign === undefined) continue;
    report('tracked-properties', use.path, {
      severity: 'warning',
      offset: reference.start,
      message: `A tracked property of '${name}' uses ${foreign}; tracked properties see their own operation and parameters only.`,
      fix: action
        ? `Write action(), or outputs('${name}').`
        : 'Write trigger(), or triggerOutputs().',
    });
  }
}

export const trackedProperties: Rule = {
  name: 'tracked-properties',
  about:
    'Tracked properties are an object that refers to its own operation (tracked-properties), within their length (limits).',
  check(subject) {
    for (const node of [...subject.model.actions, ...subject.model.triggers]) {
      checkNode(subject, node);
    }
    for (const use of subject.expressions) checkUse(subject, use);
  },
};
