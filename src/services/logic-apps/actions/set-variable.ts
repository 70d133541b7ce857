// SetVariable: a new value for a declared variable.
import { referencesOf } from '../language.ts';
import { type ActionType, done } from './action.ts';
import { member } from './reading.ts';
import { fitted, variableNamed } from './variables.ts';

export const setVariable: ActionType = {
  type: 'SetVariable',
  check({ inputs }, report) {
    const name = member(inputs, 'name');
    if (typeof name !== 'string') return report('the variable to set is not named', 'inputs.name');
    if (referencesOf(member(inputs, 'value') ?? null).variables.has(name.toLowerCase())) {
      report(
        `self reference is not supported when updating the value of variable '${name}'`,
        'inputs.value',
      );
    }
  },
  start(context) {
    const { name, type } = variableNamed(
      context,
      context.evaluate(member(context.action.inputs, 'name') ?? null),
    );
    const value = fitted(
      name,
      type,
      context.evaluate(member(context.action.inputs, 'value') ?? null),
    );
    const body = { name, value };
    return done({ variables: [body], outputs: { body } }, body);
  },
};
