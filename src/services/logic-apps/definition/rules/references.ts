// What expressions refer to: actions that have run, loops around them, the places of special functions.
import type { Reference } from '../../../../languages/workflow-expressions/index.ts';
import type { ExpressionUse } from '../expressions.ts';
import type { Rule, Subject } from '../finding.ts';
import { suggestion } from '../finding.ts';
import { type ActionNode, isReachable, isWithin, ownersOf } from '../model.ts';
import { unknownText } from '../tree.ts';

const containerTypes = new Set(['scope', 'foreach', 'until', 'if', 'switch', 'agent']);
const arrayTypes = new Set(['query', 'select', 'table']);
const webhookTypes = /webhook|notification/;

function isOpenName(name: string): boolean {
  return name.includes(unknownText);
}

function checkAction(subject: Subject, use: ExpressionUse, reference: Reference): void {
  const { model, report } = subject;
  const name = reference.name;
  if (name === undefined || isOpenName(name)) return;
  const target = model.byName.get(name.toLowerCase());
  const at = { offset: reference.start };
  if (!target) {
    if (model.open) return;
    report('unknown-action', use.path, {
      ...at,
      message: `The action '${name}' that ${reference.via}() refers to is not defined in the definition.`,
      fix: suggestion(
        name,
        [...model.byName.values()].map((action) => action.name),
        'Remove the reference.',
      ),
    });
    return;
  }
  if (
    reference.kind === 'scope' &&
    target.type !== undefined &&
    !containerTypes.has(target.typeKey)
  ) {
    report('result-target', use.path, {
      ...at,
      message: `result() takes a scope, loop or condition; '${target.name}' is of type '${target.type}'.`,
      fix: `Write outputs('${target.name}') or body('${target.name}').`,
    });
  }
  if (use.trigger) {
    report('action-in-trigger', use.path, {
      ...at,
      message: `The trigger '${use.trigger.name}' refers to the action '${target.name}', which runs later.`,
      fix: 'Refer to triggerBody() or triggerOutputs().',
    });
    return;
  }
  if (use.action) checkOrder(subject, use, use.action, target, reference);
}

/** Actions whose own results may be asked for at this place. */
function mayAskItself(use: ExpressionUse, reader: ActionNode): boolean {
  if (use.field === 'trackedproperties' || reader.typeKey === '') return true;
  return reader.typeKey === 'until' && use.field !== 'inputs';
}

function checkOrder(
  { report, model }: Subject,
  use: ExpressionUse,
  reader: ActionNode,
  target: ActionNode,
  reference: Reference,
): void {
  if (isReachable(target, reader)) return;
  // An Until asks about what stands inside it; tracked properties ask about their own action.
  if (isWithin(target, reader) && mayAskItself(use, reader)) return;
  if (model.open) return;
  const self = target === reader;
  report('action-not-before', use.path, {
    offset: reference.start,
    message: self
      ? `'${reader.name}' refers to itself.`
      : `'${reader.name}' refers to '${target.name}', which need not have run: it is neither on the runAfter path of '${reader.name}' nor inside a scope on it.`,
    fix: self
      ? 'Refer to an action that runs before it.'
      : `Let '${reader.name}' run after '${target.name}' or after the scope around it.`,
  });
}

function checkLoop(subject: Subject, use: ExpressionUse, reference: Reference): void {
  const { name } = reference;
  if (name === undefined || isOpenName(name)) return;
  const type = /^iterationindexes$/i.test(reference.via) ? 'until' : 'foreach';
  const around = use.action ? ownersOf(use.action) : [];
  const self = use.action;
  // A loop's own condition and limits already know its iteration.
  if (self && type === 'until' && self.typeKey === 'until') around.unshift(self);
  const loops = around.filter((owner) => owner.typeKey === type);
  if (loops.some((loop) => loop.name.toLowerCase() === name.toLowerCase())) return;
  if (around.some((owner) => owner.typeKey === '')) return;
  const label = type === 'until' ? 'Until' : 'Foreach';
  report(subject, use, reference, {
    message: `${reference.via}('${name}') names no ${label} around the expression.`,
    fix: suggestion(
      name,
      loops.map((loop) => loop.name),
      `Use it only inside the ${label} '${name}'.`,
    ),
  });
}

function report(
  subject: Subject,
  use: ExpressionUse,
  reference: Reference,
  given: { readonly message: string; readonly fix: string },
): void {
  subject.report('scope', use.path, { ...given, offset: reference.start });
}

function checkItem(subject: Subject, use: ExpressionUse, reference: Reference): void {
  const { action, trigger } = use;
  if (trigger) return;
  if (action) {
    if (action.typeKey === '' || arrayTypes.has(action.typeKey)) return;
    const around = ownersOf(action);
    if (around.some(({ typeKey }) => typeKey === 'foreach' || typeKey === '')) return;
  }
  report(subject, use, reference, {
    message: `item() stands outside of Foreach, Query, Select and Table.`,
    fix: "Move the expression into the loop, or refer to the array's element by its index.",
  });
}

/** Functions that only some places know. */
function checkPlace(subject: Subject, use: ExpressionUse, reference: Reference): void {
  const owner = use.action ?? use.trigger;
  const via = reference.via.toLowerCase();
  if (via === 'listcallbackurl') {
    if (!owner || owner.typeKey === '' || webhookTypes.test(owner.typeKey)) return;
    report(subject, use, reference, {
      message: `listCallbackUrl() can be used only in webhook operations; '${owner.name}' is of type '${owner.type}'.`,
      fix: 'Use it in an HttpWebhook or ApiConnectionWebhook operation.',
    });
  } else if (via === 'action' && use.action) {
    const { action } = use;
    const fits =
      use.field === 'trackedproperties' ||
      action.typeKey === '' ||
      action.typeKey === 'until' ||
      webhookTypes.test(action.typeKey) ||
      ownersOf(action).some(({ typeKey }) => typeKey === 'until');
    if (fits) return;
    report(subject, use, reference, {
      message: `action() speaks of the action itself; it can be used only in trackedProperties, in unsubscribe and in an Until condition.`,
      fix: "Write actions('<name>') for another action.",
    });
  }
}

export const actionReferences: Rule = {
  name: 'unknown-action',
  about:
    'Actions referred to exist (unknown-action) and have run by then (action-not-before, action-in-trigger); result() names a container (result-target); items(), item(), iterationIndexes(), listCallbackUrl() and action() stand where they mean something (scope).',
  check(subject) {
    for (const use of subject.expressions) {
      for (const reference of use.references) {
        if (reference.kind === 'action' || reference.kind === 'scope') {
          checkAction(subject, use, reference);
        } else if (reference.kind === 'loop') checkLoop(subject, use, reference);
        else if (reference.kind === 'item') checkItem(subject, use, reference);
        else if (reference.kind === 'function') checkPlace(subject, use, reference);
      }
    }
  },
};
