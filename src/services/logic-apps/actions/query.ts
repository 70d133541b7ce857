// Query ("Filter array"): the items for which the condition holds.
import { compile, compileWhere, withItem } from '../language.ts';
import { type ActionType, done } from './action.ts';
import { member, requireArray } from './reading.ts';

export const query: ActionType = {
  type: 'Query',
  check({ inputs }, report) {
    if (member(inputs, 'from') === undefined)
      report('the array to filter is missing', 'inputs.from');
    if (member(inputs, 'where') === undefined) report('the condition is missing', 'inputs.where');
  },
  start({ action, scope }) {
    const from = compile(member(action.inputs, 'from') ?? null)(scope);
    const items = requireArray(from, action.name, 'from');
    const holds = compileWhere(member(action.inputs, 'where') ?? true);
    const body = items.filter((item) => holds(withItem(scope, item)));
    return done({ code: 'OK', outputs: { body } }, { from });
  },
};
