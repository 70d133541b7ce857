// What DateTime, DateTimeOffset and TimeSpan share: ticks, parts, comparison, parsing that may fail.
import {
  type DateParts,
  type DateTimeKind,
  type DateTimeValue,
  DotnetError,
  dateParts,
  dateTime,
  dateTimeOfUnixMs,
  maxDateTicks,
  parseDateTime,
  type TimeSpanValue,
  ticksOfUnits,
  ticksPerDay,
} from '../../../dotnet/index.ts';
import { fault, outOfRange, required } from '../running/exceptions.ts';
import { run } from '../running/run.ts';
import type { Reference } from '../running/values.ts';
import { cultureOf } from './culture.ts';

export type Text = string | null;
export type Unit = Parameters<typeof ticksOfUnits>[1];

export const kinds: readonly DateTimeKind[] = ['unspecified', 'utc', 'local'];
export const kindOf = (kind: number): DateTimeKind => kinds[kind] ?? 'unspecified';

export function spanOf(ticks: bigint): TimeSpanValue {
  if (BigInt.asIntN(64, ticks) !== ticks) {
    throw fault('OverflowException', 'TimeSpan overflowed because the duration is too long.');
  }
  return { ticks };
}

export function moved(value: DateTimeValue, ticks: bigint): DateTimeValue {
  const to = value.ticks + ticks;
  if (to < 0n || to > maxDateTicks) {
    const message = 'The added or subtracted value results in an un-representable DateTime.';
    throw outOfRange('value', message);
  }
  return { ticks: to, kind: value.kind };
}

const unitsPerDay: Readonly<Record<Unit, number>> = {
  day: 1,
  hour: 24,
  minute: 1440,
  second: 86_400,
  millisecond: 86_400_000,
  microsecond: 86_400_000_000,
};

/** Ticks of a count of units to add to an instant: more than all the calendar's days is no span. */
export function addedTicks(count: number, unit: Unit): bigint {
  if (!(Math.abs(count) < 3_652_059 * unitsPerDay[unit])) {
    throw outOfRange('value', 'Value to add was out of range.');
  }
  return ticksOfUnits(count, unit);
}

export function order(left: { ticks: bigint }, right: { ticks: bigint }): number {
  return left.ticks < right.ticks ? -1 : left.ticks > right.ticks ? 1 : 0;
}

export const now = () => dateTimeOfUnixMs(run.surroundings.now());
export const day = (ticks: bigint) => ticks - (ticks % ticksPerDay);

/** Comparison operators of values ordered by ticks. */
export function comparisons(type: string, utc: (value: never) => bigint): Record<string, unknown> {
  const operators: Record<string, (a: bigint, b: bigint) => boolean> = {
    '==': (a, b) => a === b,
    '!=': (a, b) => a !== b,
    '<': (a, b) => a < b,
    '>': (a, b) => a > b,
    '<=': (a, b) => a <= b,
    '>=': (a, b) => a >= b,
  };
  return Object.fromEntries(
    Object.entries(operators).map(([symbol, holds]) => [
      `bool operator ${symbol}(${type} left, ${type} right)`,
      (left: never, right: never) => holds(utc(left), utc(right)),
    ]),
  );
}

/** Properties read from the parts of a clock time. */
export function partMembers(ticksOf: (value: never) => bigint): Record<string, unknown> {
  const part = (read: (parts: DateParts) => number) => (value: never) =>
    read(dateParts(ticksOf(value)));
  return {
    'int Year': part((p) => p.year),
    'int Month': part((p) => p.month),
    'int Day': part((p) => p.day),
    'int Hour': part((p) => p.hour),
    'int Minute': part((p) => p.minute),
    'int Second': part((p) => p.second),
    'int Millisecond': part((p) => p.millisecond),
    'int DayOfYear': part((p) => p.dayOfYear),
    'DayOfWeek DayOfWeek': part((p) => p.dayOfWeek),
    'TimeSpan TimeOfDay': (value: never) => ({ ticks: ticksOf(value) % ticksPerDay }),
    'long Ticks': (value: never) => ticksOf(value),
  };
}

export const units: readonly (readonly [string, Unit])[] = [
  ['Days', 'day'],
  ['Hours', 'hour'],
  ['Minutes', 'minute'],
  ['Seconds', 'second'],
  ['Milliseconds', 'millisecond'],
];

export const parse = (text: Text, provider: unknown, styles = 0): DateTimeValue =>
  parseDateTime(required(text, 's'), { culture: cultureOf(provider), styles, today: today() });
export const today = (): DateTimeValue => ({ ticks: day(now().ticks), kind: 'local' });

export function attempt(result: Reference, initial: unknown, work: () => unknown): boolean {
  try {
    result.value = work();
    return true;
  } catch (error) {
    if (!(error instanceof DotnetError)) throw error;
    result.value = initial;
    return false;
  }
}

export function tryText(
  text: Text,
  result: Reference,
  initial: unknown,
  work: (text: string) => unknown,
): boolean {
  if (text === null) {
    result.value = initial;
    return false;
  }
  return attempt(result, initial, () => work(text));
}

export function construct(...given: number[]): DateTimeValue {
  const [year, month, date, hour = 0, minute = 0, second = 0, ms = 0, kind = 0] = given;
  return dateTime(year!, month!, date!, hour, minute, second, ms, kindOf(kind));
}

export function compares(type: string): string {
  return `IComparable, IComparable<${type}>, IFormattable, IEquatable<${type}>`;
}
