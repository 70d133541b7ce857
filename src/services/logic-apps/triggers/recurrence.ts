// Recurrence: a run at each of its times; what was missed is not made up.
import { DateTime } from 'luxon';
import { findIana } from 'windows-iana';
import { member, textMember, wholeNumber } from '../actions/reading.ts';
import { isArray, stringify, type Value } from '../language.ts';
import type { TriggerType } from './trigger.ts';

/** Bounds of the interval by frequency (workflow triggers reference). */
const intervals: Readonly<Record<string, readonly [unit: string, max: number]>> = {
  second: ['seconds', 9_999_999],
  minute: ['minutes', 72_000],
  hour: ['hours', 12_000],
  day: ['days', 500],
  week: ['weeks', 71],
  month: ['months', 16],
  year: ['years', 1],
};
const weekDays = ['monday', 'tuesday', 'wednesday', 'thursday', 'friday', 'saturday', 'sunday'];

export const recurrence: TriggerType = {
  type: 'Recurrence',
  check({ definition }, report) {
    const rule = member(definition, 'recurrence');
    const frequency = (textMember(rule, 'frequency') ?? '').toLowerCase();
    const bounds = intervals[frequency];
    if (!bounds) return report(`'${frequency}' is not a frequency`, 'recurrence.frequency');
    const interval = wholeNumber(member(rule, 'interval'));
    if (interval === undefined || interval < 1 || interval > bounds[1]) {
      report(`the interval must be from 1 to ${bounds[1]}`, 'recurrence.interval');
    }
    const zone = textMember(rule, 'timeZone');
    if (zone !== undefined && zoneOf(zone) === undefined)
      report(`'${zone}' is not a time zone`, 'recurrence.timeZone');
    const start = textMember(rule, 'startTime');
    if (start !== undefined && !DateTime.fromISO(start).isValid)
      report(`'${start}' is not a time`, 'recurrence.startTime');
    if (zone !== undefined && start !== undefined && /z$/i.test(start)) {
      report("a startTime with a timeZone must not end in 'Z'", 'recurrence.startTime');
    }
  },
};

function zoneOf(name: string): string | undefined {
  const zone = /^utc$/i.test(name) ? 'utc' : (findIana(name)[0] ?? name);
  return DateTime.utc().setZone(zone).isValid ? zone : undefined;
}

/** The first time after `afterMs`, or undefined when the recurrence has ended. `anchorMs`: when it was saved. */
export function nextOccurrence(
  rule: Value | undefined,
  afterMs: number,
  anchorMs: number,
): number | undefined {
  const zone = zoneOf(textMember(rule, 'timeZone') ?? 'UTC') ?? 'utc';
  const startText = textMember(rule, 'startTime');
  const start =
    startText === undefined
      ? DateTime.fromMillis(anchorMs, { zone })
      : DateTime.fromISO(startText, { zone }).setZone(zone);
  const endText = textMember(rule, 'endTime');
  const endMs =
    endText === undefined
      ? Number.POSITIVE_INFINITY
      : DateTime.fromISO(endText, { zone }).toMillis();
  const [unit] = intervals[(textMember(rule, 'frequency') ?? '').toLowerCase()] ?? ['days'];
  const interval = Math.max(1, wholeNumber(member(rule, 'interval')) ?? 1);
  const schedule = member(rule, 'schedule');
  const calendar = schedule !== undefined && ['days', 'weeks', 'months'].includes(unit);
  const next = calendar
    ? nextScheduled(schedule, start, unit, interval, Math.max(afterMs, start.toMillis() - 1))
    : nextRegular(start, unit, interval, afterMs, startText !== undefined);
  return next !== undefined && next <= endMs ? next : undefined;
}

/** Start, start + interval, …: the start itself counts where it is named. */
function nextRegular(
  start: DateTime,
  unit: string,
  interval: number,
  afterMs: number,
  named: boolean,
): number {
  if (named && start.toMillis() > afterMs) return start.toMillis();
  const passed = DateTime.fromMillis(afterMs, { zone: start.zone })
    .diff(start, unit as 'days')
    .get(unit as 'days');
  for (let turn = Math.max(named ? 0 : 1, Math.floor(passed / interval) - 1); ; turn++) {
    const at = start.plus({ [unit]: turn * interval }).toMillis();
    if (at > afterMs) return at;
  }
}

/** Days are looked at one after the other; beyond this the schedule never comes. */
const daysMax = 5 * 366;

function nextScheduled(
  schedule: Value,
  start: DateTime,
  unit: string,
  interval: number,
  afterMs: number,
): number | undefined {
  const hours = numbers(member(schedule, 'hours')) ?? [start.hour];
  const minutes = numbers(member(schedule, 'minutes')) ?? [
    member(schedule, 'hours') === undefined ? start.minute : 0,
  ];
  const first = DateTime.fromMillis(afterMs, { zone: start.zone }).startOf('day');
  for (let offset = 0; offset <= daysMax; offset++) {
    const day = first.plus({ days: offset });
    if (!isScheduledDay(schedule, day, start, unit, interval)) continue;
    const times = hours
      .flatMap((hour) => minutes.map((minute) => day.set({ hour, minute }).toMillis()))
      .filter((at) => at > afterMs)
      .sort((a, b) => a - b);
    if (times.length > 0) return times[0];
  }
  return undefined;
}

function isScheduledDay(
  schedule: Value,
  day: DateTime,
  start: DateTime,
  unit: string,
  interval: number,
): boolean {
  const from = start.startOf(unit === 'weeks' ? 'week' : unit === 'months' ? 'month' : 'day');
  const to = day.startOf(unit === 'weeks' ? 'week' : unit === 'months' ? 'month' : 'day');
  const passed = Math.round(to.diff(from, unit as 'days').get(unit as 'days'));
  if (passed % interval !== 0) return false;
  const days = names(member(schedule, 'weekDays'));
  if (unit === 'weeks')
    return (days ?? [weekDays[start.weekday - 1]!]).includes(weekDays[day.weekday - 1]!);
  if (unit !== 'months') return days === undefined || days.includes(weekDays[day.weekday - 1]!);
  const monthDays = numbers(member(schedule, 'monthDays'));
  const occurrences = member(schedule, 'monthlyOccurrences');
  const last = day.daysInMonth ?? 31;
  if (monthDays) return monthDays.some((each) => (each < 0 ? last + each + 1 : each) === day.day);
  if (!isArray(occurrences)) return day.day === start.day;
  return occurrences.some((each) => {
    if (textMember(each, 'dayOfWeek')?.toLowerCase() !== weekDays[day.weekday - 1]) return false;
    const nth = wholeNumber(member(each, 'occurrence')) ?? 1;
    return nth > 0 ? Math.ceil(day.day / 7) === nth : Math.ceil((last - day.day + 1) / 7) === -nth;
  });
}

const numbers = (value: Value | undefined): number[] | undefined =>
  isArray(value) ? value.flatMap((each) => wholeNumber(each) ?? []) : undefined;
const names = (value: Value | undefined): string[] | undefined =>
  isArray(value) ? value.map((each) => stringify(each).toLowerCase()) : undefined;
