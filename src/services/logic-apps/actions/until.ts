// Until: the branch again and again, until the condition holds behind it or a limit is reached.
import { durationMs, parseDuration } from '../../../base/index.ts';
import { compileWhere, findMember, stringify } from '../language.ts';
import { untilCountDefault, untilCountMax, untilTimeoutDefault } from '../limits.ts';
import type { ActionType } from './action.ts';
import { memberAt, wholeNumber } from './reading.ts';
import { endWith } from './scope.ts';

export const until: ActionType = {
  type: 'Until',
  branches: (definition) => [{ branch: 'actions', actions: findMember(definition, 'actions') }],
  check({ definition }, report) {
    if (findMember(definition, 'expression') === undefined)
      report('the condition is missing', 'expression');
    const count = memberAt(definition, 'limit', 'count');
    const turns = wholeNumber(count);
    if (typeof count === 'number' && (turns === undefined || turns < 1 || turns > untilCountMax)) {
      report(`count must be from 1 to ${untilCountMax}`, 'limit.count');
    }
  },
  timeoutMs({ definition, timeoutMs }) {
    const text = memberAt(definition, 'limit', 'timeout');
    const duration = parseDuration(typeof text === 'string' ? text : untilTimeoutDefault);
    return timeoutMs ?? (duration && durationMs(duration));
  },
  start({ action, evaluate }) {
    const count = wholeNumber(
      evaluate(memberAt(action.definition, 'limit', 'count') ?? untilCountDefault),
    );
    const turns = Math.min(Math.max(count ?? untilCountDefault, 1), untilCountMax);
    return { step: 'enter', detail: { turns }, open: [{ branch: 'actions', iteration: 0 }] };
  },
  branchEnded({ action, scope }, record, end) {
    const turn = end.iteration ?? 0;
    // A turn already followed by another was seen before a restart.
    if (turn < record.open.length - 1) return { step: 'stay' };
    if (compileWhere(findMember(action.definition, 'expression') ?? true)(scope))
      return endWith(end);
    const turns = wholeNumber(record.detail?.turns) ?? untilCountDefault;
    if (turn + 1 < turns) {
      return { step: 'enter', open: [{ branch: 'actions', iteration: turn + 1 }] };
    }
    if (!action.options.has('failwhenlimitsreached')) return endWith(end);
    const expression = stringify(findMember(action.definition, 'expression') ?? null);
    return {
      step: 'finish',
      outcome: {
        status: 'Failed',
        code: 'ActionFailed',
        error: {
          code: 'UntilLimitsReached',
          message: `The loop '${action.name}' ended after ${turns} turns although '${expression}' does not hold.`,
        },
      },
    };
  },
};
