// Switch: the branch whose case equals the expression, or the default.
import {
  findMember,
  isObject,
  kindName,
  type ObjectValue,
  stringify,
  type Value,
} from '../language.ts';
import { switchCasesMax } from '../limits.ts';
import type { ActionType } from './action.ts';
import { invalid } from './reading.ts';
import { endWith } from './scope.ts';

function casesOf(definition: ObjectValue): [name: string, branch: ObjectValue][] {
  const cases = findMember(definition, 'cases');
  if (!isObject(cases)) return [];
  return Object.entries(cases).flatMap(([name, branch]) =>
    isObject(branch) ? [[name, branch]] : [],
  );
}

const branchName = (name: string) => `cases.${name}`;

export const switchAction: ActionType = {
  type: 'Switch',
  branches(definition) {
    const otherwise = findMember(definition, 'default');
    return [
      ...casesOf(definition).map(([name, branch]) => ({
        branch: branchName(name),
        actions: findMember(branch, 'actions'),
      })),
      {
        branch: 'default',
        actions: isObject(otherwise) ? findMember(otherwise, 'actions') : undefined,
      },
    ];
  },
  check({ definition }, report) {
    if (findMember(definition, 'expression') === undefined)
      report('the expression is missing', 'expression');
    const cases = casesOf(definition);
    if (cases.length > switchCasesMax)
      report(`there are more than ${switchCasesMax} cases`, 'cases');
    const values = cases.map(([, branch]) => stringify(findMember(branch, 'case') ?? null));
    if (new Set(values).size < values.length) report('two cases have the same value', 'cases');
  },
  start({ action, evaluate }) {
    const value = evaluate(findMember(action.definition, 'expression') ?? null);
    if (typeof value !== 'string' && typeof value !== 'number' && typeof value !== 'bigint') {
      invalid(
        `The expression of switch '${action.name}' is of type '${kindName(value)}'. It must be a string or an integer.`,
      );
    }
    const taken = casesOf(action.definition).find(([, branch]) =>
      sameCase(findMember(branch, 'case') ?? null, value),
    );
    const branch = taken ? branchName(taken[0]) : 'default';
    const others = [...action.branches.keys()].filter((name) => name !== branch);
    return { step: 'enter', detail: { value }, open: [{ branch }], skip: others };
  },
  branchEnded: (_, __, end) => endWith(end),
};

const sameCase = (wanted: Value, value: Value) =>
  typeof wanted === typeof value && stringify(wanted) === stringify(value);
