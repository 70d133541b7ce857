// Join: the items of an array as one text.
import { stringify } from '../language.ts';
import { type ActionType, done } from './action.ts';
import { member, requireArray } from './reading.ts';

export const join: ActionType = {
  type: 'Join',
  check({ inputs }, report) {
    if (member(inputs, 'from') === undefined) report('the array to join is missing', 'inputs.from');
  },
  start({ action, evaluate }) {
    const inputs = evaluate(action.inputs ?? null);
    const items = requireArray(member(inputs, 'from') ?? null, action.name, 'from');
    const body = items.map(stringify).join(stringify(member(inputs, 'joinWith') ?? ''));
    return done({ code: 'OK', outputs: { body } }, inputs);
  },
};
