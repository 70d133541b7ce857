// Functions over dates, times and zones. The default output format is `o`.
import {
  addMonthsToTicks,
  type Culture,
  convertTimeFromUtc,
  convertTimeToUtc,
  type DateTimeKind,
  type DateTimeValue,
  dateParts,
  dateTimeOfTicks,
  englishCulture,
  findTimeZone,
  formatDateTime,
  formatTimeSpan,
  parseDateTimeExact,
  parseInstant,
  parseTimeSpan,
  type TimeZone,
  ticksPerDay,
} from '../../../dotnet/index.ts';
import type { EvaluationContext } from '../context.ts';
import { ExpressionEvaluationError, failFunction, usageLink } from '../errors.ts';
import { integerOf, type Value } from '../values.ts';
import { cultureOf } from './cultures.ts';
import { definitionsOf, integerArgument, stringArgument, withDotnet } from './definition.ts';

function dateTimeOf(ticks: bigint, kind: DateTimeKind): DateTimeValue {
  return dateTimeOfTicks(ticks, kind);
}

/** The date of an argument: `Z` stays UTC, an offset is turned into UTC, no zone stays without one. */
function dateArgument(
  name: string,
  args: readonly Value[],
  index: number,
  culture: Culture = englishCulture,
): DateTimeValue {
  const text = stringArgument(name, args, index);
  try {
    const { ticks, offsetMinutes, utc } = parseInstant(text, { culture });
    if (utc) return dateTimeOf(ticks, 'utc');
    if (offsetMinutes === undefined) return dateTimeOf(ticks, 'unspecified');
    return dateTimeOf(ticks - BigInt(offsetMinutes) * 600_000_000n, 'utc');
  } catch (error) {
    if (!(error instanceof Error) || error.name !== 'DotnetError') throw error;
    throw new ExpressionEvaluationError(
      `In function '${name}', the value provided for date time string '${text.slice(0, 100)}' was not valid. The datetime string must match ISO 8601 format. ${usageLink(name)}`,
    );
  }
}

function format(
  name: string,
  value: DateTimeValue,
  args: readonly Value[],
  index: number,
  culture: Culture = englishCulture,
): string {
  const given = args[index] ?? null;
  const pattern = given === null ? 'o' : stringArgument(name, args, index);
  return withDotnet(name, () => formatDateTime(value, pattern === '' ? 'o' : pattern, culture));
}

const unitTicks = new Map<string, bigint>([
  ['second', 10_000_000n],
  ['minute', 600_000_000n],
  ['hour', 36_000_000_000n],
  ['day', ticksPerDay],
  ['week', ticksPerDay * 7n],
]);
const unitMonths = new Map<string, number>([
  ['month', 1],
  ['year', 12],
]);

function shift(name: string, value: DateTimeValue, count: number, unit: string): DateTimeValue {
  const key = unit.toLowerCase();
  const ticks = unitTicks.get(key);
  return withDotnet(name, () => {
    if (ticks !== undefined) return dateTimeOf(value.ticks + BigInt(count) * ticks, value.kind);
    const months = unitMonths.get(key);
    if (months === undefined) {
      return failFunction(
        name,
        `expects a time unit that is one of 'Second', 'Minute', 'Hour', 'Day', 'Week', 'Month', 'Year'. The provided value is '${unit}'.`,
      );
    }
    return dateTimeOf(addMonthsToTicks(value.ticks, count * months), value.kind);
  });
}

type Call = (args: readonly Value[], context: EvaluationContext) => Value;
type Row = readonly [string, string, Call];

function adder(name: string, unit: string): Row {
  return [
    name,
    `timestamp, ${unit}s, format?`,
    (args) =>
      format(
        name,
        shift(name, dateArgument(name, args, 0), integerArgument(name, args, 1), unit),
        args,
        2,
      ),
  ];
}

function toTime(name: string, sign: 1 | -1): Row {
  return [
    name,
    'timestamp, interval, timeUnit, format?',
    (args) => {
      const count = integerArgument(name, args, 1) * sign;
      const unit = stringArgument(name, args, 2);
      return format(name, shift(name, dateArgument(name, args, 0), count, unit), args, 3);
    },
  ];
}

function fromNow(name: string, sign: 1 | -1): Row {
  return [
    name,
    'interval, timeUnit, format?',
    (args, context) => {
      const count = integerArgument(name, args, 0) * sign;
      const now = dateTimeOf(context.nowTicks(), 'utc');
      return format(name, shift(name, now, count, stringArgument(name, args, 1)), args, 2);
    },
  ];
}

function startOf(name: string, start: (ticks: bigint) => bigint): Row {
  return [
    name,
    'timestamp, format?',
    (args) => {
      const value = dateArgument(name, args, 0);
      return format(name, dateTimeOf(start(value.ticks), value.kind), args, 1);
    },
  ];
}

function dayPart(name: string, pick: 'dayOfWeek' | 'day' | 'dayOfYear'): Row {
  return [name, 'timestamp', (args) => dateParts(dateArgument(name, args, 0).ticks)[pick]];
}

function zoneArgument(name: string, args: readonly Value[], index: number): TimeZone {
  const id = stringArgument(name, args, index);
  return withDotnet(
    name,
    () => findTimeZone(id),
    `was invoked with a parameter that is not valid. The value '${id.slice(0, 100)}' is not a time zone:`,
  );
}

/** The clock time in the source zone; a zone in the text is not looked at. */
function inUtc(name: string, args: readonly Value[], zone: TimeZone): DateTimeValue {
  const { ticks } = dateArgument(name, args, 0);
  return withDotnet(name, () => convertTimeToUtc(dateTimeOf(ticks, 'unspecified'), zone));
}

function inZone(name: string, utc: DateTimeValue, zone: TimeZone): DateTimeValue {
  const { ticks } = withDotnet(name, () => convertTimeFromUtc(utc, zone));
  return dateTimeOf(ticks, 'unspecified');
}

function convertTimeZone(args: readonly Value[]): Value {
  const name = 'convertTimeZone';
  const utc = inUtc(name, args, zoneArgument(name, args, 1));
  return format(name, inZone(name, utc, zoneArgument(name, args, 2)), args, 3);
}

function convertFromUtc(args: readonly Value[]): Value {
  const name = 'convertFromUtc';
  const utc = dateTimeOf(dateArgument(name, args, 0).ticks, 'utc');
  return format(name, inZone(name, utc, zoneArgument(name, args, 1)), args, 2);
}

function convertToUtc(args: readonly Value[]): Value {
  const name = 'convertToUtc';
  const { ticks } = inUtc(name, args, zoneArgument(name, args, 1));
  return format(name, dateTimeOf(ticks, 'utc'), args, 2);
}

function parseDateTime(args: readonly Value[]): Value {
  const name = 'parseDateTime';
  const culture = cultureOf(name, args, 1);
  if ((args[2] ?? null) === null) return format(name, dateArgument(name, args, 0, culture), [], 0);
  const text = stringArgument(name, args, 0);
  const pattern = stringArgument(name, args, 2);
  const value = withDotnet(
    name,
    () => parseDateTimeExact(text, pattern, { culture }),
    `was invoked with a parameter that is not valid. The value '${text.slice(0, 100)}' does not match the format '${pattern.slice(0, 100)}':`,
  );
  return format(name, value, [], 0);
}

function formatSpan(args: readonly Value[]): Value {
  const name = 'formatTimeSpan';
  const text = stringArgument(name, args, 0);
  const culture = cultureOf(name, args, 2);
  return withDotnet(name, () =>
    formatTimeSpan(parseTimeSpan(text, culture), stringArgument(name, args, 1), culture),
  );
}

export const dateFunctions = definitionsOf('date', [
  [
    'utcNow',
    'format?',
    (args, context) => format('utcNow', dateTimeOf(context.nowTicks(), 'utc'), args, 0),
  ],
  fromNow('getFutureTime', 1),
  fromNow('getPastTime', -1),
  toTime('addToTime', 1),
  toTime('subtractFromTime', -1),
  adder('addSeconds', 'second'),
  adder('addMinutes', 'minute'),
  adder('addHours', 'hour'),
  adder('addDays', 'day'),
  [
    'dateDifference',
    'startDate, endDate',
    (args) => {
      const start = dateArgument('dateDifference', args, 0);
      const end = dateArgument('dateDifference', args, 1);
      return formatTimeSpan({ ticks: end.ticks - start.ticks }, 'c');
    },
  ],
  ['convertTimeZone', 'timestamp, sourceTimeZone, destinationTimeZone, format?', convertTimeZone],
  ['convertToUtc', 'timestamp, sourceTimeZone, format?', convertToUtc],
  ['convertFromUtc', 'timestamp, destinationTimeZone, format?', convertFromUtc],
  [
    'formatDateTime',
    'timestamp, format?, locale?',
    (args) =>
      format(
        'formatDateTime',
        dateArgument('formatDateTime', args, 0),
        args,
        1,
        cultureOf('formatDateTime', args, 2),
      ),
  ],
  ['parseDateTime', 'text, locale?, format?', parseDateTime],
  startOf('startOfHour', (ticks) => ticks - (ticks % 36_000_000_000n)),
  startOf('startOfDay', (ticks) => ticks - (ticks % ticksPerDay)),
  startOf('startOfMonth', (ticks) => {
    const day = ticks - (ticks % ticksPerDay);
    return day - BigInt(dateParts(ticks).day - 1) * ticksPerDay;
  }),
  dayPart('dayOfWeek', 'dayOfWeek'),
  dayPart('dayOfMonth', 'day'),
  dayPart('dayOfYear', 'dayOfYear'),
  ['ticks', 'timestamp', (args) => integerOf(dateArgument('ticks', args, 0).ticks)],
  ['formatTimeSpan', 'timeSpan, format, locale?', formatSpan],
]);
