// If ("Condition"): one of two branches; the actions of the other are recorded as Skipped.
import { compileWhere, findMember, isObject } from '../language.ts';
import type { ActionType } from './action.ts';
import { endWith } from './scope.ts';

export const condition: ActionType = {
  type: 'If',
  branches(definition) {
    const otherwise = findMember(definition, 'else');
    return [
      { branch: 'actions', actions: findMember(definition, 'actions') },
      {
        branch: 'else',
        actions: isObject(otherwise) ? findMember(otherwise, 'actions') : undefined,
      },
    ];
  },
  check({ definition }, report) {
    if (findMember(definition, 'expression') === undefined)
      report('the condition is missing', 'expression');
  },
  start({ action, scope }) {
    const expression = findMember(action.definition, 'expression') ?? true;
    const holds = compileWhere(expression)(scope);
    const [taken, left] = holds ? ['actions', 'else'] : ['else', 'actions'];
    return {
      step: 'enter',
      detail: { expressionResult: holds },
      open: [{ branch: taken! }],
      skip: [left!],
    };
  },
  branchEnded: (_, __, end) => endWith(end),
};
