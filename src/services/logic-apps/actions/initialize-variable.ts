// InitializeVariable: declares variables of the run, at the top level only.
import { findMember, isArray, isObject, type Value } from '../language.ts';
import { type ActionType, done, type VariableWrite } from './action.ts';
import { invalid } from './reading.ts';
import { firstValue, fitted, variableType } from './variables.ts';

const listOf = (inputs: Value | undefined): readonly Value[] => {
  const list = isObject(inputs) ? findMember(inputs, 'variables') : undefined;
  return isArray(list) ? list : [];
};

export const initializeVariable: ActionType = {
  type: 'InitializeVariable',
  check({ inputs, group }, report) {
    if (group.owner) report('variables can be initialized at the top level of a workflow only');
    if (listOf(inputs).length === 0) report('no variable is named', 'inputs.variables');
    for (const each of listOf(inputs)) {
      const type = isObject(each) ? findMember(each, 'type') : undefined;
      if (!variableType(type))
        report(`'${String(type)}' is not a type of variables`, 'inputs.variables');
    }
  },
  start({ action, evaluate, variable }) {
    const inputs = evaluate(action.inputs ?? null);
    const variables = listOf(inputs).map((each): VariableWrite => {
      const name = isObject(each) ? String(findMember(each, 'name') ?? '') : '';
      const type = variableType(isObject(each) ? findMember(each, 'type') : undefined) ?? 'String';
      const value = isObject(each) ? findMember(each, 'value') : undefined;
      if (variable(name))
        invalid(`The variable '${name}' is already initialized.`, 'InvalidTemplate');
      return {
        name,
        type,
        value: value === undefined || value === null ? firstValue(type) : fitted(name, type, value),
      };
    });
    return done({ variables }, inputs);
  },
};
