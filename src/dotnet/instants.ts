// Points in time and spans as ticks of 100 ns, with .NET's calendar arithmetic.
import { argumentOutOfRange, overflowError } from './errors.ts';
import type { DateTimeKind } from './styles.ts';

/** System.DateTime: `ticks` are 100 ns since 0001-01-01T00:00. Immutable. */
export interface DateTimeValue {
  readonly ticks: bigint;
  readonly kind: DateTimeKind;
}

/** System.DateTimeOffset: `ticks` is the clock time at the offset (not UTC). Immutable. */
export interface DateTimeOffsetValue {
  readonly ticks: bigint;
  readonly offsetMinutes: number;
}

/** System.TimeSpan. Immutable. */
export interface TimeSpanValue {
  readonly ticks: bigint;
}

export interface DateParts {
  readonly year: number;
  /** 1 to 12. */
  readonly month: number;
  readonly day: number;
  readonly hour: number;
  readonly minute: number;
  readonly second: number;
  readonly millisecond: number;
  /** Ticks within the second, 0 to 9,999,999. */
  readonly fraction: number;
  /** 0 = Sunday. */
  readonly dayOfWeek: number;
  readonly dayOfYear: number;
}

export const ticksPerMillisecond = 10_000n;
export const ticksPerSecond = 10_000_000n;
export const ticksPerMinute = 600_000_000n;
export const ticksPerDay = 864_000_000_000n;
export const unixEpochTicks = 621_355_968_000_000_000n;
export const maxDateTicks = 3_155_378_975_999_999_999n;

const notADate = 'Year, Month, and Day parameters describe an un-representable DateTime.';
const notATime = 'Hour, Minute, and Second parameters describe an un-representable DateTime.';
const outsideCalendar = 'The added or subtracted value results in an un-representable DateTime.';

export function isLeapYear(year: number): boolean {
  if (!Number.isInteger(year) || year < 1 || year > 9999) {
    throw argumentOutOfRange('year', 'Year must be between 1 and 9999.');
  }
  return leap(year);
}

function leap(year: number): boolean {
  return year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0);
}

export function daysInMonth(year: number, month: number): number {
  if (!Number.isInteger(month) || month < 1 || month > 12) {
    throw argumentOutOfRange('month', 'Month must be between one and twelve.');
  }
  isLeapYear(year);
  return monthLength(year, month);
}

function monthLength(year: number, month: number): number {
  if (month === 2) return leap(year) ? 29 : 28;
  return month === 4 || month === 6 || month === 9 || month === 11 ? 30 : 31;
}

/** Days from 0001-01-01 to a date that exists. */
function dayNumber(year: number, month: number, day: number): number {
  const before = year - 1;
  const years =
    before * 365 + Math.floor(before / 4) - Math.floor(before / 100) + Math.floor(before / 400);
  return years + daysBeforeMonth(year, month) + day - 1;
}

const cumulative = [0, 31, 59, 90, 120, 151, 181, 212, 243, 273, 304, 334];

function daysBeforeMonth(year: number, month: number): number {
  return cumulative[month - 1]! + (month > 2 && leap(year) ? 1 : 0);
}

/** Whether the parts name a date of the calendar. */
export function isDate(year: number, month: number, day: number): boolean {
  return (
    year >= 1 &&
    year <= 9999 &&
    month >= 1 &&
    month <= 12 &&
    day >= 1 &&
    day <= monthLength(year, month)
  );
}

/** Ticks of a date and time; throws ArgumentOutOfRangeException where there is none. */
export function ticksOfParts(
  year: number,
  month: number,
  day: number,
  hour = 0,
  minute = 0,
  second = 0,
  fraction = 0,
): bigint {
  if (!isDate(year, month, day)) {
    throw argumentOutOfRange(undefined, notADate);
  }
  const time = hour >= 0 && hour < 24 && minute >= 0 && minute < 60 && second >= 0 && second < 60;
  if (!time) throw argumentOutOfRange(undefined, notATime);
  const seconds = dayNumber(year, month, day) * 86_400 + hour * 3600 + minute * 60 + second;
  return BigInt(seconds) * ticksPerSecond + BigInt(fraction);
}

/** new DateTime(…); throws ArgumentOutOfRangeException for parts that are no date or time. */
export function dateTime(
  year: number,
  month: number,
  day: number,
  hour = 0,
  minute = 0,
  second = 0,
  millisecond = 0,
  kind: DateTimeKind = 'unspecified',
): DateTimeValue {
  if (millisecond < 0 || millisecond > 999) {
    const text = 'Valid values are between 0 and 999, inclusive.';
    throw argumentOutOfRange('millisecond', text);
  }
  const fraction = millisecond * 10_000;
  return { ticks: ticksOfParts(year, month, day, hour, minute, second, fraction), kind };
}

/** A DateTime of ticks; throws ArgumentOutOfRangeException outside the years 1 to 9999. */
export function dateTimeOfTicks(ticks: bigint, kind: DateTimeKind = 'unspecified'): DateTimeValue {
  if (ticks < 0n || ticks > maxDateTicks) {
    const text = 'Ticks must be between DateTime.MinValue.Ticks and DateTime.MaxValue.Ticks.';
    throw argumentOutOfRange('ticks', text);
  }
  return { ticks, kind };
}

/** Adds ticks; throws ArgumentOutOfRangeException where the sum leaves the calendar. */
export function addTicks(ticks: bigint, added: bigint): bigint {
  const sum = ticks + added;
  if (sum < 0n || sum > maxDateTicks) throw argumentOutOfRange('value', outsideCalendar);
  return sum;
}

/** Year, month, … of ticks. */
export function dateParts(ticks: bigint): DateParts {
  const seconds = Number(ticks / ticksPerSecond);
  const fraction = Number(ticks % ticksPerSecond);
  const days = Math.floor(seconds / 86_400);
  const ofDay = seconds - days * 86_400;
  const { year, dayOfYear } = yearOfDay(days);
  let month = Math.min(12, (dayOfYear >> 5) + 1);
  while (month < 12 && dayOfYear >= daysBeforeMonth(year, month + 1)) month++;
  return {
    year,
    month,
    day: dayOfYear - daysBeforeMonth(year, month) + 1,
    hour: Math.floor(ofDay / 3600),
    minute: Math.floor(ofDay / 60) % 60,
    second: ofDay % 60,
    millisecond: Math.floor(fraction / 10_000),
    fraction,
    dayOfWeek: (days + 1) % 7,
    dayOfYear: dayOfYear + 1,
  };
}

function yearOfDay(days: number): { year: number; dayOfYear: number } {
  const era = Math.floor(days / 146_097);
  let rest = days - era * 146_097;
  const century = Math.min(3, Math.floor(rest / 36_524));
  rest -= century * 36_524;
  const olympiad = Math.floor(rest / 1461);
  rest -= olympiad * 1461;
  const single = Math.min(3, Math.floor(rest / 365));
  return {
    year: era * 400 + century * 100 + olympiad * 4 + single + 1,
    dayOfYear: rest - single * 365,
  };
}

/** AddMonths: the day is clamped to the length of the month reached. Gives ticks. */
export function addMonthsToTicks(ticks: bigint, months: number): bigint {
  if (months < -120_000 || months > 120_000) {
    throw argumentOutOfRange('months', 'Months value must be between +/-120000.');
  }
  const { year, month, day } = dateParts(ticks);
  const index = year * 12 + month - 1 + months;
  const newYear = Math.floor(index / 12);
  const newMonth = index - newYear * 12 + 1;
  if (newYear < 1 || newYear > 9999) throw argumentOutOfRange('months', outsideCalendar);
  const newDay = Math.min(day, monthLength(newYear, newMonth));
  return BigInt(dayNumber(newYear, newMonth, newDay)) * ticksPerDay + (ticks % ticksPerDay);
}

/** AddYears: 29 February becomes the 28th in a year without one. Gives ticks. */
export function addYearsToTicks(ticks: bigint, years: number): bigint {
  if (years < -10_000 || years > 10_000) {
    throw argumentOutOfRange('years', 'Years value must be between +/-10000.');
  }
  return addMonthsToTicks(ticks, years * 12);
}

const unitTicks = {
  day: 864_000_000_000,
  hour: 36_000_000_000,
  minute: 600_000_000,
  second: 10_000_000,
  millisecond: 10_000,
  microsecond: 10,
} as const;

/**
 * Ticks of a count of units, as AddDays, AddSeconds … and TimeSpan.From… compute them: the product
 * with its fraction of a tick dropped. Throws ArgumentException for NaN, OverflowException.
 */
export function ticksOfUnits(count: number, unit: keyof typeof unitTicks): bigint {
  if (Number.isNaN(count)) {
    throw overflowError('TimeSpan overflowed because the duration is too long.');
  }
  const size = unitTicks[unit];
  if (Number.isInteger(count) && Math.abs(count) < 1e15) return span(BigInt(count) * BigInt(size));
  const ticks = count * size;
  if (Math.abs(ticks) >= 2 ** 63) {
    throw overflowError('TimeSpan overflowed because the duration is too long.');
  }
  return BigInt(Math.trunc(ticks));
}

/** Keeps a span within Int64; throws OverflowException. */
export function span(ticks: bigint): bigint {
  if (BigInt.asIntN(64, ticks) !== ticks) {
    throw overflowError('TimeSpan overflowed because the duration is too long.');
  }
  return ticks;
}

/** A UTC DateTime of milliseconds since 1970. */
export function dateTimeOfUnixMs(ms: number): DateTimeValue {
  return dateTimeOfTicks(BigInt(Math.floor(ms)) * ticksPerMillisecond + unixEpochTicks, 'utc');
}

/** Milliseconds since 1970 of UTC ticks, rounded down. */
export function unixMsOfTicks(utcTicks: bigint): number {
  const since = utcTicks - unixEpochTicks;
  const whole = since / ticksPerMillisecond;
  return Number(since < 0n && since % ticksPerMillisecond !== 0n ? whole - 1n : whole);
}
