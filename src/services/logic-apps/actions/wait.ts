// Wait ("Delay", "Delay until"): a timer on the Clock.
import { type ActionType, done } from './action.ts';
import { invalid, memberAt, textMember, wholeNumber } from './reading.ts';

/** Milliseconds of an interval's units; a month is counted by the calendar. */
const unitMs: Readonly<Record<string, number>> = {
  second: 1_000,
  minute: 60_000,
  hour: 3_600_000,
  day: 86_400_000,
  week: 604_800_000,
};

export const wait: ActionType = {
  type: 'Wait',
  check({ inputs }, report) {
    if (
      memberAt(inputs, 'interval') === undefined &&
      memberAt(inputs, 'until', 'timestamp') === undefined
    ) {
      report("a Wait action needs 'interval' or 'until'", 'inputs');
    }
    const unit = memberAt(inputs, 'interval', 'unit');
    if (
      typeof unit === 'string' &&
      !unit.startsWith('@') &&
      unit.toLowerCase() !== 'month' &&
      !unitMs[unit.toLowerCase()]
    ) {
      report(`'${unit}' is not a unit of time`, 'inputs.interval.unit');
    }
  },
  start({ action, evaluate, nowMs }) {
    const inputs = evaluate(action.inputs ?? null);
    return { step: 'run', inputs, detail: { dueMs: dueMs(inputs, nowMs) } };
  },
  effect: (_, record) => ({ effect: 'timer', atMs: wholeNumber(record.detail?.dueMs) ?? 0 }),
  resume: () => done(),
};

function dueMs(inputs: Parameters<typeof memberAt>[0], nowMs: number): number {
  const timestamp = textMember(memberAt(inputs, 'until'), 'timestamp');
  if (timestamp !== undefined) {
    const atMs = Date.parse(/[zZ]|[+-]\d\d:?\d\d$/.test(timestamp) ? timestamp : `${timestamp}Z`);
    return Number.isNaN(atMs)
      ? invalid(`'${timestamp}' is not a timestamp.`)
      : Math.max(atMs, nowMs);
  }
  const count = wholeNumber(memberAt(inputs, 'interval', 'count'));
  const unit = (textMember(memberAt(inputs, 'interval'), 'unit') ?? '').toLowerCase();
  if (count === undefined || count < 0)
    return invalid('The count of an interval must be a whole number from 0.');
  if (unit === 'month') {
    const due = new Date(nowMs);
    due.setUTCMonth(due.getUTCMonth() + count);
    return due.getTime();
  }
  const ms = unitMs[unit];
  return ms === undefined ? invalid(`'${unit}' is not a unit of time.`) : nowMs + count * ms;
}
