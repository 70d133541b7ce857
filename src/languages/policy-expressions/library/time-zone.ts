// System.TimeZone and System.Globalization.DaylightTime: the local zone, which is UTC and never changes its clocks.
import { type DateTimeValue, type TimeSpanValue, utcTimeZone } from '../../../dotnet/index.ts';
import { outOfRange } from '../running/exceptions.ts';
import { Instance } from '../running/values.ts';
import { declareType, named } from '../types/registry.ts';
import type { Type } from '../types/type.ts';

class DaylightValue extends Instance {
  readonly start: DateTimeValue;
  readonly end: DateTimeValue;
  readonly delta: TimeSpanValue;

  constructor(type: Type, start: DateTimeValue, end: DateTimeValue, delta: TimeSpanValue) {
    super(type);
    this.start = start;
    this.end = end;
    this.delta = delta;
  }
}

const zero: DateTimeValue = { ticks: 0n, kind: 'unspecified' };

function daylightChanges(_zone: Instance, year: number): DaylightValue {
  if (year < 1 || year > 9999) {
    throw outOfRange('year', 'Valid values are between 1 and 9999, inclusive.');
  }
  return new DaylightValue(named('DaylightTime'), zero, zero, { ticks: 0n });
}

/** Whether a clock time lies in a period of daylight saving time. */
function isDaylight(time: DateTimeValue, period: DaylightValue | null): boolean {
  if (period === null || time.kind === 'utc') return false;
  const { ticks: delta } = period.delta;
  // The hour that is skipped, and the one that comes twice, count as standard time.
  const start = period.start.ticks + (delta > 0n ? delta : 0n);
  const end = period.end.ticks + (delta > 0n ? -delta : 0n);
  if (start <= end) return time.ticks >= start && time.ticks < end;
  return time.ticks >= start || time.ticks < end;
}

export const timeZoneTypes = [
  declareType('class System.Globalization.DaylightTime', {
    'new(DateTime start, DateTime end, TimeSpan delta)': (
      type: Type,
      start: DateTimeValue,
      end: DateTimeValue,
      delta: TimeSpanValue,
    ) => new DaylightValue(type, start, end, delta),
    'DateTime Start': ({ start }: DaylightValue) => start,
    'DateTime End': ({ end }: DaylightValue) => end,
    'TimeSpan Delta': ({ delta }: DaylightValue) => delta,
  }),
  declareType('abstract class System.TimeZone', {
    'static TimeZone CurrentTimeZone': () => new Instance(named('System.TimeZone')),
    'string StandardName': () => utcTimeZone().standardName,
    'string DaylightName': () => utcTimeZone().daylightName,
    'TimeSpan GetUtcOffset(DateTime time)': () => ({ ticks: 0n }),
    'DateTime ToLocalTime(DateTime time)': (_zone: Instance, { ticks }: DateTimeValue) => ({
      ticks,
      kind: 'local',
    }),
    'DateTime ToUniversalTime(DateTime time)': (_zone: Instance, { ticks }: DateTimeValue) => ({
      ticks,
      kind: 'utc',
    }),
    'bool IsDaylightSavingTime(DateTime time)': () => false,
    'static bool IsDaylightSavingTime(DateTime time, DaylightTime daylightTimes)': isDaylight,
    'DaylightTime GetDaylightChanges(int year)': daylightChanges,
  }),
];
