// Where actions may stand, and what must stand around them.
import type { Rule, Subject } from '../finding.ts';
import { type ActionNode, ownersOf } from '../model.ts';
import { isTreeObject, memberOf, opaque, unknownText } from '../tree.ts';

const loops = new Set(['foreach', 'until']);

function loopAround(action: ActionNode): ActionNode | undefined {
  return ownersOf(action).find(({ typeKey }) => loops.has(typeKey));
}

function checkResponse({ model, report }: Subject, action: ActionNode): void {
  const loop = loopAround(action);
  if (loop) {
    report('response-placement', action.path, {
      message: `The Response action '${action.name}' stands inside the loop '${loop.name}'; it may be sent only once.`,
      fix: 'Move it behind the loop.',
    });
  }
  const { triggers } = model;
  const answers = triggers.some(
    ({ typeKey }) => typeKey === 'request' || typeKey === 'manual' || typeKey === '',
  );
  if (triggers.length === 0 || answers || model.open) return;
  report('response-placement', action.path, {
    message: `The Response action '${action.name}' needs a trigger of type 'Request'; this workflow has '${triggers[0]?.type}'.`,
    fix: 'Remove it, or start the workflow with a Request trigger.',
  });
}

function checkTerminate({ report }: Subject, action: ActionNode): void {
  const loop = loopAround(action);
  if (!loop) return;
  report('terminate-placement', action.path, {
    message: `The Terminate action '${action.name}' stands inside the loop '${loop.name}', where it is not allowed.`,
    fix: 'Set a variable in the loop and terminate behind it.',
  });
}

function checkCases({ report }: Subject, action: ActionNode): void {
  const cases = memberOf(action.body, 'cases');
  if (!isTreeObject(cases?.value)) return;
  const seen = new Map<string, string>();
  for (const [name, entry] of Object.entries(cases.value)) {
    if (!isTreeObject(entry)) continue;
    const value = memberOf(entry, 'case');
    const path = [...action.path, cases.name, name];
    if (!value) {
      report('switch-cases', path, {
        message: `The case '${name}' of '${action.name}' has no value.`,
        fix: `Add "case": "<value>".`,
      });
      continue;
    }
    if (value.value === opaque || typeof value.value === 'object') continue;
    const key = `${typeof value.value} ${String(value.value)}`;
    if (key.includes(unknownText)) continue;
    const first = seen.get(key);
    if (first !== undefined) {
      report('switch-cases', [...path, value.name], {
        message: `The cases '${first}' and '${name}' of '${action.name}' have the same value '${String(value.value)}'.`,
        fix: 'Give one of them another value.',
      });
    } else seen.set(key, name);
  }
}

export const placement: Rule = {
  name: 'response-placement',
  about:
    'Response stands outside of loops behind a Request trigger (response-placement), Terminate outside of loops (terminate-placement), the values of Switch cases differ (switch-cases).',
  check(subject) {
    for (const action of subject.model.actions) {
      if (action.typeKey === 'response') checkResponse(subject, action);
      if (action.typeKey === 'terminate') checkTerminate(subject, action);
      if (action.typeKey === 'switch') checkCases(subject, action);
    }
  },
};
