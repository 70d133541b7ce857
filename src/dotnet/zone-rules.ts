// TimeZoneInfo.TransitionTime and AdjustmentRule: when a zone changes its clocks, and by how much.
import { argumentError, argumentOutOfRange } from './errors.ts';
import {
  type DateTimeValue,
  dateParts,
  dateTime,
  daysInMonth,
  maxDateTicks,
  ticksPerDay,
  ticksPerMinute,
} from './instants.ts';

/** TimeZoneInfo.TransitionTime: a day of each year, fixed or floating, and a time of that day. */
export interface TransitionTime {
  readonly isFixedDateRule: boolean;
  readonly month: number;
  /** Of fixed rules; else 1. */
  readonly day: number;
  /** Of floating rules, 5 meaning the last; else 1. */
  readonly week: number;
  readonly dayOfWeek: number;
  readonly timeOfDayTicks: bigint;
}

/** TimeZoneInfo.AdjustmentRule: daylight saving time of a span of whole days. */
export interface AdjustmentRule {
  readonly startTicks: bigint;
  readonly endTicks: bigint;
  readonly deltaMinutes: number;
  readonly daylightStart: TransitionTime;
  readonly daylightEnd: TransitionTime;
}

/** `new TransitionTime()`, which belongs to no month. */
export const noTransition: TransitionTime = {
  isFixedDateRule: false,
  month: 0,
  day: 0,
  week: 0,
  dayOfWeek: 0,
  timeOfDayTicks: 0n,
};

function timeOfDay(value: DateTimeValue): bigint {
  if (value.kind !== 'unspecified') {
    throw argumentError(
      'The supplied DateTime must have the Kind property set to DateTimeKind.Unspecified.',
      'timeOfDay',
    );
  }
  if (value.ticks >= ticksPerDay || value.ticks % 10_000n !== 0n) {
    throw argumentError(
      'The supplied DateTime must have the Year, Month, and Day properties set to 1.  The time cannot be specified more precisely than whole milliseconds.',
      'timeOfDay',
    );
  }
  return value.ticks;
}

function checkMonth(month: number): void {
  if (month < 1 || month > 12) {
    throw argumentOutOfRange('month', 'The Month parameter must be in the range 1 through 12.');
  }
}

/** TransitionTime.CreateFixedDateRule. Throws ArgumentException. */
export function fixedTransition(time: DateTimeValue, month: number, day: number): TransitionTime {
  const timeOfDayTicks = timeOfDay(time);
  checkMonth(month);
  if (day < 1 || day > 31) {
    throw argumentOutOfRange('day', 'The Day parameter must be in the range 1 through 31.');
  }
  return { isFixedDateRule: true, month, day, week: 1, dayOfWeek: 0, timeOfDayTicks };
}

/** TransitionTime.CreateFloatingDateRule. Throws ArgumentException. */
export function floatingTransition(
  time: DateTimeValue,
  month: number,
  week: number,
  dayOfWeek: number,
): TransitionTime {
  const timeOfDayTicks = timeOfDay(time);
  checkMonth(month);
  if (week < 1 || week > 5) {
    throw argumentOutOfRange('week', 'The Week parameter must be in the range 1 through 5.');
  }
  if (dayOfWeek < 0 || dayOfWeek > 6) {
    throw argumentOutOfRange(
      'dayOfWeek',
      'The DayOfWeek enumeration must be in the range 0 through 6.',
    );
  }
  return { isFixedDateRule: false, month, day: 1, week, dayOfWeek, timeOfDayTicks };
}

export function equalTransitions(left: TransitionTime, right: TransitionTime): boolean {
  if (
    left.isFixedDateRule !== right.isFixedDateRule ||
    left.month !== right.month ||
    left.timeOfDayTicks !== right.timeOfDayTicks
  ) {
    return false;
  }
  return left.isFixedDateRule
    ? left.day === right.day
    : left.week === right.week && left.dayOfWeek === right.dayOfWeek;
}

/** The clock time of a transition in a year, in ticks. */
export function transitionTicks(transition: TransitionTime, year: number): bigint {
  const { month, week, dayOfWeek } = transition;
  const last = daysInMonth(year, month);
  const at = (day: number) =>
    dateTime(year, month, day, 0, 0, 0, 0, 'unspecified').ticks + transition.timeOfDayTicks;
  if (transition.isFixedDateRule) return at(Math.min(transition.day, last));
  const first = dateParts(dateTime(year, month, 1, 0, 0, 0, 0, 'unspecified').ticks).dayOfWeek;
  const day = 1 + ((dayOfWeek - first + 7) % 7) + (week - 1) * 7;
  return at(day > last ? day - 7 : day);
}

const minutesMax = 14 * 60;

/** Whole minutes of a span that an offset may have. Throws ArgumentException. */
export function offsetMinutes(ticks: bigint, parameter: string, shown = ''): number {
  const minutes = Number(ticks) / Number(ticksPerMinute);
  if (Math.abs(minutes) > minutesMax) {
    const message = 'The TimeSpan parameter must be within plus or minus 14.0 hours.';
    throw argumentOutOfRange(parameter, message, shown);
  }
  if (ticks % ticksPerMinute !== 0n) {
    throw argumentError(
      'The TimeSpan parameter cannot be specified more precisely than whole minutes.',
      parameter,
    );
  }
  return minutes;
}

/** AdjustmentRule.CreateAdjustmentRule. Throws ArgumentException. */
export function adjustmentRule(
  start: DateTimeValue,
  end: DateTimeValue,
  delta: { readonly ticks: bigint; readonly text: string },
  daylightStart: TransitionTime,
  daylightEnd: TransitionTime,
): AdjustmentRule {
  const kindText =
    'The supplied DateTime must have the Kind property set to DateTimeKind.Unspecified.';
  if (start.kind === 'local') throw argumentError(kindText, 'dateStart');
  if (end.kind === 'local') throw argumentError(kindText, 'dateEnd');
  if (equalTransitions(daylightStart, daylightEnd)) {
    throw argumentError(
      'The DaylightTransitionStart property must not equal the DaylightTransitionEnd property.',
      'daylightTransitionEnd',
    );
  }
  if (start.ticks > end.ticks) {
    const message = 'The DateStart property must come before the DateEnd property.';
    throw argumentError(message, 'dateStart');
  }
  const deltaMinutes = offsetMinutes(delta.ticks, 'daylightDelta', delta.text);
  const dayText = 'The supplied DateTime includes a TimeOfDay setting.   This is not supported.';
  if (start.ticks % ticksPerDay !== 0n) throw argumentError(dayText, 'dateStart');
  if (end.ticks % ticksPerDay !== 0n) throw argumentError(dayText, 'dateEnd');
  return { startTicks: start.ticks, endTicks: end.ticks, deltaMinutes, daylightStart, daylightEnd };
}

export function equalRules(left: AdjustmentRule, right: AdjustmentRule): boolean {
  return (
    left.startTicks === right.startTicks &&
    left.endTicks === right.endTicks &&
    left.deltaMinutes === right.deltaMinutes &&
    equalTransitions(left.daylightStart, right.daylightStart) &&
    equalTransitions(left.daylightEnd, right.daylightEnd)
  );
}

/** What a rule adds to the standard offset, at a clock time of standard time. */
export function savingAt(rules: readonly AdjustmentRule[], standardTicks: bigint): number {
  const day = standardTicks - (standardTicks % ticksPerDay);
  const rule = rules.find(({ startTicks, endTicks }) => day >= startTicks && day <= endTicks);
  if (!rule || standardTicks < 0n || standardTicks > maxDateTicks) return 0;
  const { year } = dateParts(standardTicks);
  const start = transitionTicks(rule.daylightStart, year);
  // Summer ends by the summer's clock.
  const end = transitionTicks(rule.daylightEnd, year) - BigInt(rule.deltaMinutes) * ticksPerMinute;
  const within =
    start < end
      ? standardTicks >= start && standardTicks < end
      : standardTicks >= start || standardTicks < end;
  return within ? rule.deltaMinutes : 0;
}
