// System.DateTime, DateTimeOffset and TimeSpan: records of ticks, never changed.
import {
  addMonthsToTicks,
  addYearsToTicks,
  type DateParts,
  type DateTimeKind,
  type DateTimeOffsetValue,
  type DateTimeValue,
  DotnetError,
  dateParts,
  dateTime,
  dateTimeOfTicks,
  dateTimeOfUnixMs,
  daysInMonth,
  formatDateTime,
  formatDateTimeOffset,
  formatTimeSpan,
  isLeapYear,
  maxDateTicks,
  parseDateTime,
  parseDateTimeExact,
  parseDateTimeOffset,
  parseDateTimeOffsetExact,
  parseTimeSpan,
  parseTimeSpanExact,
  type TimeSpanValue,
  ticksOfUnits,
  ticksPerDay,
  unixEpochTicks,
} from '../../../dotnet/index.ts';
import { fault, outOfRange, required } from '../running/exceptions.ts';
import { run } from '../running/run.ts';
import type { ArrayValue, Reference } from '../running/values.ts';
import { declareEnum, declareType } from '../types/registry.ts';
import { cultureOf } from './culture.ts';

type Text = string | null;
type Unit = Parameters<typeof ticksOfUnits>[1];

const kinds: readonly DateTimeKind[] = ['unspecified', 'utc', 'local'];
const kindOf = (kind: number): DateTimeKind => kinds[kind] ?? 'unspecified';

function spanOf(ticks: bigint): TimeSpanValue {
  if (BigInt.asIntN(64, ticks) !== ticks) {
    throw fault('OverflowException', 'TimeSpan overflowed because the duration is too long.');
  }
  return { ticks };
}

function moved(value: DateTimeValue, ticks: bigint): DateTimeValue {
  const to = value.ticks + ticks;
  if (to < 0n || to > maxDateTicks) {
    const message = 'The added or subtracted value results in an un-representable DateTime.';
    throw outOfRange('value', message);
  }
  return { ticks: to, kind: value.kind };
}

function order(left: { ticks: bigint }, right: { ticks: bigint }): number {
  return left.ticks < right.ticks ? -1 : left.ticks > right.ticks ? 1 : 0;
}

const now = () => dateTimeOfUnixMs(run.surroundings.now());
const day = (ticks: bigint) => ticks - (ticks % ticksPerDay);

/** Comparison operators of values ordered by ticks. */
function comparisons(type: string, utc: (value: never) => bigint): Record<string, unknown> {
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
function partMembers(ticksOf: (value: never) => bigint): Record<string, unknown> {
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

const units: readonly (readonly [string, Unit])[] = [
  ['Days', 'day'],
  ['Hours', 'hour'],
  ['Minutes', 'minute'],
  ['Seconds', 'second'],
  ['Milliseconds', 'millisecond'],
];

const parse = (text: Text, provider: unknown, styles = 0): DateTimeValue =>
  parseDateTime(required(text, 's'), { culture: cultureOf(provider), styles, today: today() });
const today = (): DateTimeValue => ({ ticks: day(now().ticks), kind: 'local' });

function attempt(result: Reference, initial: unknown, work: () => unknown): boolean {
  try {
    result.value = work();
    return true;
  } catch (error) {
    if (!(error instanceof DotnetError)) throw error;
    result.value = initial;
    return false;
  }
}

function tryText(
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

const formats = (list: ArrayValue | null) =>
  (required(list, 'formats').items as Text[]).map((f) => f ?? '');
const zeroDate: DateTimeValue = { ticks: 0n, kind: 'unspecified' };

function construct(...given: number[]): DateTimeValue {
  const [year, month, date, hour = 0, minute = 0, second = 0, ms = 0, kind = 0] = given;
  return dateTime(year!, month!, date!, hour, minute, second, ms, kindOf(kind));
}

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
  'const DateTime MinValue': zeroDate,
  'const DateTime MaxValue': { ticks: maxDateTicks, kind: 'unspecified' },
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
  'static DateTime FromBinary(long dateData)': (data: bigint) =>
    dateTimeOfTicks(data & 0x3fffffffffffffffn, kindOf(Number((data >> 62n) & 3n))),
  'static DateTime FromFileTimeUtc(long fileTime)': (time: bigint) =>
    dateTimeOfTicks(time + 504_911_232_000_000_000n, 'utc'),
  'static DateTime FromOADate(double d)': (value: number) =>
    dateTimeOfTicks(599_264_352_000_000_000n + ticksOfUnits(value, 'day')),
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
        parseDateTimeExact(given, formats(list), {
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
      (value: DateTimeValue, count: number) => moved(value, ticksOfUnits(count, unit)),
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
  'long ToBinary()': (value: DateTimeValue) =>
    BigInt.asIntN(64, value.ticks | (BigInt(kinds.indexOf(value.kind)) << 62n)),
  'long ToFileTimeUtc()': (value: DateTimeValue) => value.ticks - 504_911_232_000_000_000n,
  'double ToOADate()': (value: DateTimeValue) =>
    Number((value.ticks - 599_264_352_000_000_000n) / 10_000n) / 86_400_000,
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

function compares(type: string): string {
  return `IComparable, IComparable<${type}>, IFormattable, IEquatable<${type}>`;
}

const dateTimeType = declareType(
  `struct System.DateTime : ${compares('DateTime')}`,
  { ...dateConstructors, ...dateStatics, ...dateMembers },
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

// DateTimeOffset: its ticks are those of the clock at the offset.

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
  'const DateTimeOffset MinValue': zeroOffset,
  'const DateTimeOffset MaxValue': atUtc(maxDateTicks),
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
      (value: DateTimeOffsetValue, count: number) => shifted(value, ticksOfUnits(count, unit)),
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

const dateTimeOffsetType = declareType(
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

// TimeSpan

const perUnit: readonly (readonly [string, bigint, number])[] = [
  ['Days', ticksPerDay, 0],
  ['Hours', 36_000_000_000n, 24],
  ['Minutes', 600_000_000n, 60],
  ['Seconds', 10_000_000n, 60],
  ['Milliseconds', 10_000n, 1000],
];

function spanParts(
  days: number,
  hours: number,
  minutes: number,
  seconds: number,
  ms = 0,
): TimeSpanValue {
  const seconds_ =
    ((BigInt(days) * 24n + BigInt(hours)) * 60n + BigInt(minutes)) * 60n + BigInt(seconds);
  return spanOf((seconds_ * 1000n + BigInt(ms)) * 10_000n);
}

function fromUnits(count: number, unit: Unit): TimeSpanValue {
  if (Number.isNaN(count)) {
    throw fault(
      'ArgumentException',
      'TimeSpan does not accept floating point Not-a-Number values.',
    );
  }
  if (!Number.isFinite(count)) {
    throw fault('OverflowException', 'TimeSpan overflowed because the duration is too long.');
  }
  return spanOf(ticksOfUnits(count, unit));
}

const absolute = (ticks: bigint) => (ticks < 0n ? -ticks : ticks);
const zeroSpan: TimeSpanValue = { ticks: 0n };
const parseSpan = (text: Text, provider: unknown) =>
  parseTimeSpan(required(text, 's'), cultureOf(provider));

const spanMembers = {
  'new(long ticks)': (_t: unknown, ticks: bigint) => ({ ticks }),
  'new(int hours, int minutes, int seconds)': (_t: unknown, h: number, m: number, s: number) =>
    spanParts(0, h, m, s),
  'new(int days, int hours, int minutes, int seconds)': (
    _t: unknown,
    ...p: [number, number, number, number]
  ) => spanParts(...p),
  'new(int days, int hours, int minutes, int seconds, int milliseconds)': (
    _t: unknown,
    ...p: [number, number, number, number, number]
  ) => spanParts(...p),
  'const TimeSpan Zero': zeroSpan,
  'const TimeSpan MinValue': { ticks: -(1n << 63n) },
  'const TimeSpan MaxValue': { ticks: (1n << 63n) - 1n },
  'const long TicksPerDay': ticksPerDay,
  'const long TicksPerHour': 36_000_000_000n,
  'const long TicksPerMinute': 600_000_000n,
  'const long TicksPerSecond': 10_000_000n,
  'const long TicksPerMillisecond': 10_000n,
  ...Object.fromEntries(
    units.map(([name, unit]) => [
      `static TimeSpan From${name}(double value)`,
      (count: number) => fromUnits(count, unit),
    ]),
  ),
  'static TimeSpan FromTicks(long value)': (ticks: bigint) => ({ ticks }),
  ...Object.fromEntries(
    perUnit.flatMap(([name, size, limit]) => [
      [
        `int ${name}`,
        ({ ticks }: TimeSpanValue) =>
          Number(limit === 0 ? ticks / size : (ticks / size) % BigInt(limit)),
      ],
      [`double Total${name}`, ({ ticks }: TimeSpanValue) => Number(ticks) / Number(size)],
    ]),
  ),
  'long Ticks': ({ ticks }: TimeSpanValue) => ticks,
  'TimeSpan Add(TimeSpan ts)': (a: TimeSpanValue, b: TimeSpanValue) => spanOf(a.ticks + b.ticks),
  'TimeSpan Subtract(TimeSpan ts)': (a: TimeSpanValue, b: TimeSpanValue) =>
    spanOf(a.ticks - b.ticks),
  'TimeSpan Negate()': ({ ticks }: TimeSpanValue) => spanOf(-ticks),
  'TimeSpan Duration()': ({ ticks }: TimeSpanValue) => spanOf(absolute(ticks)),
  'TimeSpan operator +(TimeSpan a, TimeSpan b)': (a: TimeSpanValue, b: TimeSpanValue) =>
    spanOf(a.ticks + b.ticks),
  'TimeSpan operator -(TimeSpan a, TimeSpan b)': (a: TimeSpanValue, b: TimeSpanValue) =>
    spanOf(a.ticks - b.ticks),
  'TimeSpan operator -(TimeSpan t)': ({ ticks }: TimeSpanValue) => spanOf(-ticks),
  'TimeSpan operator *(TimeSpan t, double factor)': ({ ticks }: TimeSpanValue, factor: number) =>
    spanOf(BigInt(Math.round(Number(ticks) * factor))),
  'TimeSpan operator *(double factor, TimeSpan t)': (factor: number, { ticks }: TimeSpanValue) =>
    spanOf(BigInt(Math.round(Number(ticks) * factor))),
  'TimeSpan operator /(TimeSpan t, double divisor)': ({ ticks }: TimeSpanValue, divisor: number) =>
    spanOf(BigInt(Math.round(Number(ticks) / divisor))),
  'double operator /(TimeSpan a, TimeSpan b)': (a: TimeSpanValue, b: TimeSpanValue) =>
    Number(a.ticks) / Number(b.ticks),
  ...comparisons('TimeSpan', (value: TimeSpanValue) => value.ticks),
  'static int Compare(TimeSpan t1, TimeSpan t2)': order,
  'bool Equals(TimeSpan obj)': (a: TimeSpanValue, b: TimeSpanValue) => a.ticks === b.ticks,
  'int CompareTo(TimeSpan value)': order,
  'static TimeSpan Parse(string s)': (text: Text) => parseSpan(text, null),
  'static TimeSpan Parse(string input, IFormatProvider formatProvider)': parseSpan,
  'static TimeSpan ParseExact(string input, string format, IFormatProvider formatProvider)': (
    text: Text,
    format: Text,
    provider: unknown,
  ) => parseTimeSpanExact(required(text, 'input'), required(format, 'format'), cultureOf(provider)),
  'static bool TryParse(string s, out TimeSpan result)': (text: Text, result: Reference) =>
    tryText(text, result, zeroSpan, (given) => parseSpan(given, null)),
  'string ToString(string format)': (value: TimeSpanValue, format: Text) =>
    formatTimeSpan(value, format ?? undefined),
  'string ToString(string format, IFormatProvider formatProvider)': (
    value: TimeSpanValue,
    format: Text,
    provider: unknown,
  ) => formatTimeSpan(value, format ?? undefined, cultureOf(provider)),
};

const timeSpanType = declareType(`struct System.TimeSpan : ${compares('TimeSpan')}`, spanMembers, {
  text: (value: TimeSpanValue) => formatTimeSpan(value),
  format: (value: TimeSpanValue, format: Text, provider?: unknown) =>
    formatTimeSpan(value, format ?? undefined, cultureOf(provider)),
  key: (value: TimeSpanValue) => value.ticks,
  compare: order as never,
  initial: zeroSpan,
});

export const dateTypes = [
  dateTimeType,
  dateTimeOffsetType,
  timeSpanType,
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
