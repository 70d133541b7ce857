// Select: every item of an array through one template.
import { compile, withItem } from '../language.ts';
import { type ActionType, done } from './action.ts';
import { member, requireArray } from './reading.ts';

export const select: ActionType = {
  type: 'Select',
  check({ inputs }, report) {
    if (member(inputs, 'from') === undefined) report('the array to map is missing', 'inputs.from');
    if (member(inputs, 'select') === undefined) report('the template is missing', 'inputs.select');
  },
  start({ action, scope }) {
    const from = compile(member(action.inputs, 'from') ?? null)(scope);
    const evaluate = compile(member(action.inputs, 'select') ?? null);
    const body = requireArray(from, action.name, 'from').map((item) =>
      evaluate(withItem(scope, item)),
    );
    return done({ code: 'OK', outputs: { body } }, { from });
  },
};
