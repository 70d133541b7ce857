// System.DateTimeOffset: its ticks are those of the clock at the offset.

import {
  addMonthsToTicks,
  addYearsToTicks,
  type DateTimeOffsetValue,
  type DateTimeValue,
  formatDateTimeOffset,
  maxDateTicks,
  parseDateTimeOffset,
  parseDateTimeOffsetExact,
  type TimeSpanValue,
  unixEpochTicks,
} from '../../../dotnet/index.ts';
import { fault, outOfRange, required } from '../running/exceptions.ts';
import type { Reference } from '../running/values.ts';
import { declareType } from '../types/registry.ts';
import { cultureOf } from './culture.ts';
import {
  addedTicks,
  compares,
  comparisons,
  construct,
  day,
  moved,
  now,
  order,
  partMembers,
  spanOf,
  type Text,
  today,
  tryText,
  units,
} from './instants.ts';

const ticksPerMinuteBig = 600_000_000n;
const utcTicks = (value: DateTimeOffsetValue) =>
  value.ticks - BigInt(value.offsetMinutes) * ticksPerMinuteBig;

function offsetOf(ticks: bigint, { ticks: offset }: TimeSpanValue): DateTimeOffsetValue {
  if (offset % ticksPerMinuteBig !== 0n) {
    throw fault('ArgumentException', 'Offset must be specified in whole minutes.', 'offset');
  }
  const minutes = Number(offset / ticksPerMinuteBig);
  if (Math.abs(minutes) > 840) {
    throw outOfRange('offset', 'Offset must be within plus or minus 14 hours.');
  }
  const utc = ticks - offset;
  if (ticks < 0n || ticks > maxDateTicks || utc < 0n || utc > maxDateTicks) {
    const message =
      'The UTC time represented when the offset is applied must be between year 0 and 10,000.';
    throw outOfRange('offset', message);
  }
  return { ticks, offsetMinutes: minutes };
}

const shifted = (value: DateTimeOffsetValue, ticks: bigint): DateTimeOffsetValue => ({
  ticks: moved({ ticks: value.ticks, kind: 'unspecified' }, ticks).ticks,
  offsetMinutes: value.offsetMinutes,
});
const atUtc = (ticks: bigint): DateTimeOffsetValue => ({ ticks, offsetMinutes: 0 });
const offsetNow = () => atUtc(now().ticks);
const offsetOrder = (a: DateTimeOffsetValue, b: DateTimeOffsetValue) =>
  order({ ticks: utcTicks(a) }, { ticks: utcTicks(b) });
const minimum = -62_135_596_800n;
const maximum = 253_402_300_799n;

function fromUnix(count: bigint, perSecond: bigint): DateTimeOffsetValue {
  if (count < minimum * perSecond || count > (maximum + 1n) * perSecond - 1n) {
    const name = perSecond === 1n ? 'seconds' : 'milliseconds';
    const message = `Valid values are between ${minimum * perSecond} and ${(maximum + 1n) * perSecond - 1n}, inclusive.`;
    throw outOfRange(name, message);
  }
  return atUtc(unixEpochTicks + count * (10_000_000n / perSecond));
}

function toUnix(value: DateTimeOffsetValue, ticksPerUnit: bigint): bigint {
  const since = utcTicks(value) - unixEpochTicks;
  const whole = since / ticksPerUnit;
  return since % ticksPerUnit < 0n ? whole - 1n : whole;
}

const parseOffset = (text: Text, provider: unknown, styles = 0) =>
  parseDateTimeOffset(required(text, 'input'), {
    culture: cultureOf(provider),
    styles,
    today: today(),
  });
const zeroOffset = atUtc(0n);

const offsetConstructors = {
  'new(DateTime dateTime)': (_t: unknown, { ticks }: DateTimeValue) => atUtc(ticks),
  'new(DateTime dateTime, TimeSpan offset)': (
    _t: unknown,
    { ticks, kind }: DateTimeValue,
    offset: TimeSpanValue,
  ) => {
    if (kind !== 'unspecified' && offset.ticks !== 0n) {
      const message =
        kind === 'utc'
          ? 'The UTC Offset for Utc DateTime instances must be 0.'
          : 'The UTC Offset of the local dateTime parameter does not match the offset argument.';
      throw fault('ArgumentException', message, 'offset');
    }
    return offsetOf(ticks, offset);
  },
  'new(long ticks, TimeSpan offset)': (_t: unknown, ticks: bigint, offset: TimeSpanValue) =>
    offsetOf(ticks, offset),
  'new(int year, int month, int day, int hour, int minute, int second, TimeSpan offset)': (
    _t: unknown,
    ...given: unknown[]
  ) => offsetOf(construct(...(given.slice(0, 6) as number[])).ticks, given[6] as TimeSpanValue),
  'new(int year, int month, int day, int hour, int minute, int second, int millisecond, TimeSpan offset)':
    (_t: unknown, ...given: unknown[]) =>
      offsetOf(construct(...(given.slice(0, 7) as number[])).ticks, given[7] as TimeSpanValue),
};

const offsetStatics = {
  'static DateTimeOffset Now': offsetNow,
  'static DateTimeOffset UtcNow': offsetNow,
  'readonly DateTimeOffset MinValue': zeroOffset,
  'readonly DateTimeOffset MaxValue': atUtc(maxDateTicks),
  'static DateTimeOffset UnixEpoch': () => atUtc(unixEpochTicks),
  'static DateTimeOffset FromUnixTimeSeconds(long seconds)': (count: bigint) => fromUnix(count, 1n),
  'static DateTimeOffset FromUnixTimeMilliseconds(long milliseconds)': (count: bigint) =>
    fromUnix(count, 1000n),
  'static int Compare(DateTimeOffset first, DateTimeOffset second)': offsetOrder,
  'static DateTimeOffset Parse(string input)': (text: Text) => parseOffset(text, null),
  'static DateTimeOffset Parse(string input, IFormatProvider formatProvider)': (
    text: Text,
    provider: unknown,
  ) => parseOffset(text, provider),
  'static DateTimeOffset Parse(string input, IFormatProvider formatProvider, DateTimeStyles styles)':
    parseOffset,
  'static DateTimeOffset ParseExact(string input, string format, IFormatProvider formatProvider)': (
    text: Text,
    format: Text,
    provider: unknown,
  ) =>
    parseDateTimeOffsetExact(required(text, 'input'), required(format, 'format'), {
      culture: cultureOf(provider),
      today: today(),
    }),
  'static DateTimeOffset ParseExact(string input, string format, IFormatProvider formatProvider, DateTimeStyles styles)':
    (text: Text, format: Text, provider: unknown, styles: number) =>
      parseDateTimeOffsetExact(required(text, 'input'), required(format, 'format'), {
        culture: cultureOf(provider),
        styles,
        today: today(),
      }),
  'static bool TryParse(string input, out DateTimeOffset result)': (
    text: Text,
    result: Reference,
  ) => tryText(text, result, zeroOffset, (given) => parseOffset(given, null)),
  'static bool TryParse(string input, IFormatProvider formatProvider, DateTimeStyles styles, out DateTimeOffset result)':
    (text: Text, provider: unknown, styles: number, result: Reference) =>
      tryText(text, result, zeroOffset, (given) => parseOffset(given, provider, styles)),
  'static bool TryParseExact(string input, string format, IFormatProvider formatProvider, DateTimeStyles styles, out DateTimeOffset result)':
    (text: Text, format: Text, provider: unknown, styles: number, result: Reference) =>
      tryText(text, result, zeroOffset, (given) =>
        parseDateTimeOffsetExact(given, format ?? '', {
          culture: cultureOf(provider),
          styles,
          today: today(),
        }),
      ),
  'implicit DateTimeOffset(DateTime dateTime)': ({ ticks }: DateTimeValue) => atUtc(ticks),
};

const offsetMembers = {
  ...partMembers((value: DateTimeOffsetValue) => value.ticks),
  'DateTime DateTime': (value: DateTimeOffsetValue) => ({
    ticks: value.ticks,
    kind: 'unspecified',
  }),
  'DateTime UtcDateTime': (value: DateTimeOffsetValue) => ({ ticks: utcTicks(value), kind: 'utc' }),
  'DateTime LocalDateTime': (value: DateTimeOffsetValue) => ({
    ticks: utcTicks(value),
    kind: 'local',
  }),
  'DateTime Date': (value: DateTimeOffsetValue) => ({
    ticks: day(value.ticks),
    kind: 'unspecified',
  }),
  'TimeSpan Offset': (value: DateTimeOffsetValue) => ({
    ticks: BigInt(value.offsetMinutes) * ticksPerMinuteBig,
  }),
  'long UtcTicks': utcTicks,
  ...Object.fromEntries(
    units.map(([name, unit]) => [
      `DateTimeOffset Add${name}(double value)`,
      (value: DateTimeOffsetValue, count: number) => shifted(value, addedTicks(count, unit)),
    ]),
  ),
  'DateTimeOffset AddTicks(long ticks)': shifted,
  'DateTimeOffset AddMonths(int months)': (value: DateTimeOffsetValue, months: number) => ({
    ...value,
    ticks: addMonthsToTicks(value.ticks, months),
  }),
  'DateTimeOffset AddYears(int years)': (value: DateTimeOffsetValue, years: number) => ({
    ...value,
    ticks: addYearsToTicks(value.ticks, years),
  }),
  'DateTimeOffset Add(TimeSpan timeSpan)': (value: DateTimeOffsetValue, t: TimeSpanValue) =>
    shifted(value, t.ticks),
  'DateTimeOffset Subtract(TimeSpan value)': (value: DateTimeOffsetValue, t: TimeSpanValue) =>
    shifted(value, -t.ticks),
  'TimeSpan Subtract(DateTimeOffset value)': (a: DateTimeOffsetValue, b: DateTimeOffsetValue) =>
    spanOf(utcTicks(a) - utcTicks(b)),
  'DateTimeOffset operator +(DateTimeOffset d, TimeSpan t)': (
    d: DateTimeOffsetValue,
    t: TimeSpanValue,
  ) => shifted(d, t.ticks),
  'DateTimeOffset operator -(DateTimeOffset d, TimeSpan t)': (
    d: DateTimeOffsetValue,
    t: TimeSpanValue,
  ) => shifted(d, -t.ticks),
  'TimeSpan operator -(DateTimeOffset a, DateTimeOffset b)': (
    a: DateTimeOffsetValue,
    b: DateTimeOffsetValue,
  ) => spanOf(utcTicks(a) - utcTicks(b)),
  ...comparisons('DateTimeOffset', utcTicks),
  'bool Equals(DateTimeOffset other)': (a: DateTimeOffsetValue, b: DateTimeOffsetValue) =>
    offsetOrder(a, b) === 0,
  'static bool Equals(DateTimeOffset first, DateTimeOffset second)': (
    a: DateTimeOffsetValue,
    b: DateTimeOffsetValue,
  ) => offsetOrder(a, b) === 0,
  'bool EqualsExact(DateTimeOffset other)': (a: DateTimeOffsetValue, b: DateTimeOffsetValue) =>
    a.ticks === b.ticks && a.offsetMinutes === b.offsetMinutes,
  'int CompareTo(DateTimeOffset other)': offsetOrder,
  'long ToUnixTimeSeconds()': (value: DateTimeOffsetValue) => toUnix(value, 10_000_000n),
  'long ToUnixTimeMilliseconds()': (value: DateTimeOffsetValue) => toUnix(value, 10_000n),
  'DateTimeOffset ToUniversalTime()': (value: DateTimeOffsetValue) => atUtc(utcTicks(value)),
  'DateTimeOffset ToLocalTime()': (value: DateTimeOffsetValue) => atUtc(utcTicks(value)),
  'DateTimeOffset ToOffset(TimeSpan offset)': (value: DateTimeOffsetValue, offset: TimeSpanValue) =>
    offsetOf(utcTicks(value) + offset.ticks, offset),
  'string ToString(string format)': (value: DateTimeOffsetValue, format: Text) =>
    formatDateTimeOffset(value, format ?? undefined),
  'string ToString(IFormatProvider formatProvider)': (
    value: DateTimeOffsetValue,
    provider: unknown,
  ) => formatDateTimeOffset(value, undefined, cultureOf(provider)),
  'string ToString(string format, IFormatProvider formatProvider)': (
    value: DateTimeOffsetValue,
    format: Text,
    provider: unknown,
  ) => formatDateTimeOffset(value, format ?? undefined, cultureOf(provider)),
};

export const dateTimeOffsetType = declareType(
  `struct System.DateTimeOffset : ${compares('DateTimeOffset')}`,
  { ...offsetConstructors, ...offsetStatics, ...offsetMembers },
  {
    text: (value: DateTimeOffsetValue) => formatDateTimeOffset(value),
    format: (value: DateTimeOffsetValue, format: Text, provider?: unknown) =>
      formatDateTimeOffset(value, format ?? undefined, cultureOf(provider)),
    key: utcTicks,
    compare: offsetOrder as never,
    initial: zeroOffset,
    json: (value: DateTimeOffsetValue) => formatDateTimeOffset(value, 'o'),
  },
);
