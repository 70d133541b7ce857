// Foreach: the branch once per item, up to twenty at the same time unless told otherwise.
import { findMember, isArray, kindName, stringify } from '../language.ts';
import { foreachItemsMax, foreachParallelDefault, foreachParallelMax } from '../limits.ts';
import type { PlanAction } from '../plan/plan.ts';
import { type ActionType, done, type Opening } from './action.ts';
import { invalid, memberAt, wholeNumber } from './reading.ts';
import { endWith } from './scope.ts';

function parallel(action: PlanAction): number {
  if (action.options.has('sequential')) return 1;
  const repetitions = memberAt(
    action.definition,
    'runtimeConfiguration',
    'concurrency',
    'repetitions',
  );
  return Math.max(
    1,
    Math.min(wholeNumber(repetitions) ?? foreachParallelDefault, foreachParallelMax),
  );
}

const turns = (from: number, count: number): Opening[] =>
  Array.from({ length: count }, (_, index) => ({ branch: 'actions', iteration: from + index }));

export const foreach: ActionType = {
  type: 'Foreach',
  branches: (definition) => [{ branch: 'actions', actions: findMember(definition, 'actions') }],
  check(action, report) {
    if (findMember(action.definition, 'foreach') === undefined)
      report('the array is missing', 'foreach');
    const repetitions = memberAt(
      action.definition,
      'runtimeConfiguration',
      'concurrency',
      'repetitions',
    );
    const count = wholeNumber(repetitions);
    if (
      repetitions !== undefined &&
      (count === undefined || count < 1 || count > foreachParallelMax)
    ) {
      report(
        `repetitions must be from 1 to ${foreachParallelMax}`,
        'runtimeConfiguration.concurrency.repetitions',
      );
    }
  },
  start({ action, evaluate }) {
    const expression = findMember(action.definition, 'foreach') ?? null;
    const items = evaluate(expression);
    if (!isArray(items)) {
      invalid(
        `the result of the evaluation of 'foreach' expression '${stringify(expression)}' is of type '${kindName(items)}'. The result must be a valid array.`,
      );
    }
    if (items.length > foreachItemsMax) {
      invalid(
        `the array of '${action.name}' has ${items.length} items; at most ${foreachItemsMax} are allowed.`,
      );
    }
    if (items.length === 0) return done();
    const open = turns(0, Math.min(items.length, parallel(action)));
    return { step: 'enter', detail: { items }, open };
  },
  branchEnded({ action }, record, { opened, ended, failed }) {
    const items = record.detail?.items;
    const total = isArray(items) ? items.length : 0;
    const room = Math.min(parallel(action) - (opened - ended), total - opened);
    if (room > 0) return { step: 'enter', open: turns(opened, room) };
    if (ended < total) return { step: 'stay' };
    return endWith({ status: failed ? 'Failed' : 'Succeeded' });
  },
};
