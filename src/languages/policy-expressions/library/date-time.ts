// System.DateTime and its enumerations.

import {
  addMonthsToTicks,
  addYearsToTicks,
  type DateTimeValue,
  dateTimeOfTicks,
  daysInMonth,
  formatDateTime,
  isLeapYear,
  maxDateTicks,
  parseDateTimeExact,
  type TimeSpanValue,
  unixEpochTicks,
} from '../../../dotnet/index.ts';
import { required } from '../running/exceptions.ts';
import type { ArrayValue, Reference } from '../running/values.ts';
import { declareEnum, declareType } from '../types/registry.ts';
import { cultureOf } from './culture.ts';
import {
  ofAutomationDate,
  ofBinary,
  ofFileTime,
  toAutomationDate,
  toBinary,
  toFileTime,
} from './date-serials.ts';
import {
  addedTicks,
  compares,
  comparisons,
  construct,
  day,
  kindOf,
  kinds,
  moved,
  now,
  order,
  parse,
  partMembers,
  spanOf,
  type Text,
  today,
  tryText,
  units,
} from './instants.ts';
import { typeCodeMember } from './type-code.ts';

const formats = (list: ArrayValue | null) =>
  (required(list, 'formats').items as Text[]).map((f) => f ?? '');
const zeroDate: DateTimeValue = { ticks: 0n, kind: 'unspecified' };

const dateConstructors = {
  'new(long ticks)': (_t: unknown, ticks: bigint) => dateTimeOfTicks(ticks),
  'new(long ticks, DateTimeKind kind)': (_t: unknown, ticks: bigint, kind: number) =>
    dateTimeOfTicks(ticks, kindOf(kind)),
  'new(int year, int month, int day)': (_t: unknown, ...parts: number[]) => construct(...parts),
  'new(int year, int month, int day, int hour, int minute, int second)': (
    _t: unknown,
    ...parts: number[]
  ) => construct(...parts),
  'new(int year, int month, int day, int hour, int minute, int second, DateTimeKind kind)': (
    _t: unknown,
    ...parts: number[]
  ) => construct(...parts.slice(0, 6), 0, parts[6]!),
  'new(int year, int month, int day, int hour, int minute, int second, int millisecond)': (
    _t: unknown,
    ...parts: number[]
  ) => construct(...parts),
  'new(int year, int month, int day, int hour, int minute, int second, int millisecond, DateTimeKind kind)':
    (_t: unknown, ...parts: number[]) => construct(...parts),
};

const dateStatics = {
  'static DateTime Now': () => ({ ...now(), kind: 'local' }),
  'static DateTime UtcNow': now,
  'static DateTime Today': today,
  'readonly DateTime MinValue': zeroDate,
  'readonly DateTime MaxValue': { ticks: maxDateTicks, kind: 'unspecified' },
  'static DateTime UnixEpoch': () => ({ ticks: unixEpochTicks, kind: 'utc' }),
  'static int DaysInMonth(int year, int month)': daysInMonth,
  'static bool IsLeapYear(int year)': isLeapYear,
  'static int Compare(DateTime t1, DateTime t2)': order,
  'static bool Equals(DateTime t1, DateTime t2)': (a: DateTimeValue, b: DateTimeValue) =>
    order(a, b) === 0,
  'static DateTime SpecifyKind(DateTime value, DateTimeKind kind)': (
    value: DateTimeValue,
    kind: number,
  ) => ({
    ticks: value.ticks,
    kind: kindOf(kind),
  }),
  'static DateTime FromBinary(long dateData)': ofBinary,
  'static DateTime FromFileTime(long fileTime)': (time: bigint) => ofFileTime(time, 'local'),
  'static DateTime FromFileTimeUtc(long fileTime)': (time: bigint) => ofFileTime(time, 'utc'),
  'static DateTime FromOADate(double d)': ofAutomationDate,
  'static DateTime Parse(string s)': (text: Text) => parse(text, null),
  'static DateTime Parse(string s, IFormatProvider provider)': (text: Text, provider: unknown) =>
    parse(text, provider),
  'static DateTime Parse(string s, IFormatProvider provider, DateTimeStyles styles)': parse,
  'static DateTime ParseExact(string s, string format, IFormatProvider provider)': (
    text: Text,
    format: Text,
    provider: unknown,
  ) =>
    parseDateTimeExact(required(text, 's'), required(format, 'format'), {
      culture: cultureOf(provider),
      today: today(),
    }),
  'static DateTime ParseExact(string s, string format, IFormatProvider provider, DateTimeStyles style)':
    (text: Text, format: Text, provider: unknown, styles: number) =>
      parseDateTimeExact(required(text, 's'), required(format, 'format'), {
        culture: cultureOf(provider),
        styles,
        today: today(),
      }),
  'static DateTime ParseExact(string s, string[] formats, IFormatProvider provider, DateTimeStyles style)':
    (text: Text, list: ArrayValue | null, provider: unknown, styles: number) =>
      parseDateTimeExact(required(text, 's'), formats(list), {
        culture: cultureOf(provider),
        styles,
        today: today(),
      }),
  'static bool TryParse(string s, out DateTime result)': (text: Text, result: Reference) =>
    tryText(text, result, zeroDate, (given) => parse(given, null)),
  'static bool TryParse(string s, IFormatProvider provider, DateTimeStyles styles, out DateTime result)':
    (text: Text, provider: unknown, styles: number, result: Reference) =>
      tryText(text, result, zeroDate, (given) => parse(given, provider, styles)),
  'static bool TryParseExact(string s, string format, IFormatProvider provider, DateTimeStyles style, out DateTime result)':
    (text: Text, format: Text, provider: unknown, styles: number, result: Reference) =>
      tryText(text, result, zeroDate, (given) =>
        parseDateTimeExact(given, format ?? '', {
          culture: cultureOf(provider),
          styles,
          today: today(),
        }),
      ),
  'static bool TryParseExact(string s, string[] formats, IFormatProvider provider, DateTimeStyles style, out DateTime result)':
    (text: Text, list: ArrayValue | null, provider: unknown, styles: number, result: Reference) =>
      tryText(text, result, zeroDate, (given) =>
        parseDateTimeExact(given, list === null ? [] : formats(list), {
          culture: cultureOf(provider),
          styles,
          today: today(),
        }),
      ),
};

const dateText = (format: string) => (value: DateTimeValue) => formatDateTime(value, format);

const dateMembers = {
  ...partMembers((value: DateTimeValue) => value.ticks),
  'DateTimeKind Kind': (value: DateTimeValue) => kinds.indexOf(value.kind),
  'DateTime Date': (value: DateTimeValue) => ({ ticks: day(value.ticks), kind: value.kind }),
  ...Object.fromEntries(
    units.map(([name, unit]) => [
      `DateTime Add${name}(double value)`,
      (value: DateTimeValue, count: number) => moved(value, addedTicks(count, unit)),
    ]),
  ),
  'DateTime AddTicks(long value)': moved,
  'DateTime AddMonths(int months)': (value: DateTimeValue, months: number) => ({
    ticks: addMonthsToTicks(value.ticks, months),
    kind: value.kind,
  }),
  'DateTime AddYears(int value)': (value: DateTimeValue, years: number) => ({
    ticks: addYearsToTicks(value.ticks, years),
    kind: value.kind,
  }),
  'DateTime Add(TimeSpan value)': (value: DateTimeValue, { ticks }: TimeSpanValue) =>
    moved(value, ticks),
  'DateTime Subtract(TimeSpan value)': (value: DateTimeValue, { ticks }: TimeSpanValue) =>
    moved(value, -ticks),
  'TimeSpan Subtract(DateTime value)': (a: DateTimeValue, b: DateTimeValue) =>
    spanOf(a.ticks - b.ticks),
  'DateTime operator +(DateTime d, TimeSpan t)': (d: DateTimeValue, t: TimeSpanValue) =>
    moved(d, t.ticks),
  'DateTime operator -(DateTime d, TimeSpan t)': (d: DateTimeValue, t: TimeSpanValue) =>
    moved(d, -t.ticks),
  'TimeSpan operator -(DateTime d1, DateTime d2)': (a: DateTimeValue, b: DateTimeValue) =>
    spanOf(a.ticks - b.ticks),
  ...comparisons('DateTime', (value: DateTimeValue) => value.ticks),
  'bool Equals(DateTime value)': (a: DateTimeValue, b: DateTimeValue) => order(a, b) === 0,
  'int CompareTo(DateTime value)': order,
  'DateTime ToUniversalTime()': (value: DateTimeValue) => ({ ticks: value.ticks, kind: 'utc' }),
  'DateTime ToLocalTime()': (value: DateTimeValue) => ({ ticks: value.ticks, kind: 'local' }),
  'bool IsDaylightSavingTime()': () => false,
  'long ToBinary()': toBinary,
  'long ToFileTime()': toFileTime,
  'long ToFileTimeUtc()': toFileTime,
  'double ToOADate()': toAutomationDate,
  'string ToString(string format)': (value: DateTimeValue, format: Text) =>
    formatDateTime(value, format ?? undefined),
  'string ToString(IFormatProvider provider)': (value: DateTimeValue, provider: unknown) =>
    formatDateTime(value, undefined, cultureOf(provider)),
  'string ToString(string format, IFormatProvider provider)': (
    value: DateTimeValue,
    format: Text,
    provider: unknown,
  ) => formatDateTime(value, format ?? undefined, cultureOf(provider)),
  'string ToShortDateString()': dateText('d'),
  'string ToLongDateString()': dateText('D'),
  'string ToShortTimeString()': dateText('t'),
  'string ToLongTimeString()': dateText('T'),
};

const dateTimeType = declareType(
  `struct System.DateTime : ${compares('DateTime')}, IConvertible`,
  { ...dateConstructors, ...dateStatics, ...dateMembers, ...typeCodeMember('DateTime') },
  {
    text: (value: DateTimeValue) => formatDateTime(value),
    format: (value: DateTimeValue, format: Text, provider?: unknown) =>
      formatDateTime(value, format ?? undefined, cultureOf(provider)),
    key: (value: DateTimeValue) => value.ticks,
    compare: order as never,
    initial: zeroDate,
    json: dateText('o'),
  },
);

export const dateTypes = [
  dateTimeType,
  declareEnum('System.DateTimeKind', { Unspecified: 0, Utc: 1, Local: 2 }),
  declareEnum('System.DayOfWeek', {
    Sunday: 0,
    Monday: 1,
    Tuesday: 2,
    Wednesday: 3,
    Thursday: 4,
    Friday: 5,
    Saturday: 6,
  }),
];
