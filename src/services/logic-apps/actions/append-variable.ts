// AppendToStringVariable and AppendToArrayVariable.
import { isArray, stringify } from '../language.ts';
import { type ActionType, done } from './action.ts';
import { invalid, member } from './reading.ts';
import { variableNamed } from './variables.ts';

const check: ActionType['check'] = ({ inputs }, report) => {
  if (typeof member(inputs, 'name') !== 'string')
    report('the variable is not named', 'inputs.name');
};

export const appendToStringVariable: ActionType = {
  type: 'AppendToStringVariable',
  check,
  start(context) {
    const { inputs } = context.action;
    const { name, type, value } = variableNamed(
      context,
      context.evaluate(member(inputs, 'name') ?? null),
    );
    if (type !== 'String') invalid(`The variable '${name}' of type '${type}' is not a 'String'.`);
    const addition = context.evaluate(member(inputs, 'value') ?? '');
    const body = { name, value: stringify(value) + stringify(addition) };
    return done({ variables: [body], outputs: { body } }, { name, value: addition });
  },
};

export const appendToArrayVariable: ActionType = {
  type: 'AppendToArrayVariable',
  check,
  start(context) {
    const { inputs } = context.action;
    const { name, type, value } = variableNamed(
      context,
      context.evaluate(member(inputs, 'name') ?? null),
    );
    if (type !== 'Array') invalid(`The variable '${name}' of type '${type}' is not an 'Array'.`);
    const addition = context.evaluate(member(inputs, 'value') ?? null);
    if (addition === null || isArray(addition)) {
      invalid(`An array or null cannot be appended to the variable '${name}'.`);
    }
    const body = { name, value: [...(isArray(value) ? value : []), addition] };
    return done({ variables: [body], outputs: { body } }, { name, value: addition });
  },
};
