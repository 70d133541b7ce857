// DateTime and DateTimeOffset from text: what was read, completed and turned by DateTimeStyles.
import { type Culture, invariantCulture } from './culture.ts';
import { type DateFields, matchExact } from './date-exact.ts';
import { matchLoose } from './date-loose.ts';
import { argumentError, formatError } from './errors.ts';
import {
  addTicks,
  type DateTimeOffsetValue,
  type DateTimeValue,
  dateParts,
  isDate,
  ticksOfParts,
  ticksPerDay,
  ticksPerMinute,
} from './instants.ts';
import { DateTimeStyles } from './styles.ts';

export interface DateParseOptions {
  readonly culture?: Culture;
  /** DateTimeStyles. */
  readonly styles?: number;
  /** The day a text with only a time gets; 0001-01-01 when absent. */
  readonly today?: DateTimeValue;
}

/** A text's clock time and the zone it names, if any. */
export interface Instant {
  readonly ticks: bigint;
  readonly offsetMinutes: number | undefined;
  readonly utc: boolean;
}

/**
 * DateTime.Parse: ISO 8601, RFC 1123 and the culture's general forms. The local zone is UTC, so a
 * text with an offset becomes UTC clock time of kind local (utc with AdjustToUniversal, or with
 * RoundtripKind and `Z`). Throws FormatException.
 */
export function parseDateTime(text: string, options: DateParseOptions = {}): DateTimeValue {
  return toDateTime(parseInstant(text, options), options.styles ?? 0);
}

/** DateTime.ParseExact with one format or several; the first that matches counts. */
export function parseDateTimeExact(
  text: string,
  formats: string | readonly string[],
  options: DateParseOptions = {},
): DateTimeValue {
  return toDateTime(exactInstant(text, formats, options), options.styles ?? 0);
}

/** DateTimeOffset.Parse; a text without zone has offset 0. Throws FormatException. */
export function parseDateTimeOffset(
  text: string,
  options: DateParseOptions = {},
): DateTimeOffsetValue {
  return toOffset(parseInstant(text, options), options.styles ?? 0);
}

export function parseDateTimeOffsetExact(
  text: string,
  formats: string | readonly string[],
  options: DateParseOptions = {},
): DateTimeOffsetValue {
  return toOffset(exactInstant(text, formats, options), options.styles ?? 0);
}

/** Parse without turning: the clock time as written and the offset it names. */
export function parseInstant(text: string, options: DateParseOptions = {}): Instant {
  checkStyles(options.styles ?? 0);
  const culture = options.culture ?? invariantCulture;
  const fields = matchLoose(text, culture.dates);
  if (!fields) throw notRecognized(text);
  return complete(fields, text, options);
}

function exactInstant(
  text: string,
  formats: string | readonly string[],
  options: DateParseOptions,
): Instant {
  const styles = options.styles ?? 0;
  checkStyles(styles);
  const culture = options.culture ?? invariantCulture;
  for (const format of typeof formats === 'string' ? [formats] : formats) {
    const fields = matchExact(text, format, culture.dates, styles);
    if (fields) return complete(fields, text, options);
  }
  throw notRecognized(text);
}

function notRecognized(text: string, why = '') {
  return formatError(`String '${text}' was not recognized as a valid DateTime${why}.`);
}

function complete(fields: DateFields, text: string, options: DateParseOptions): Instant {
  const dated = fields.year !== undefined || fields.month !== undefined || fields.day !== undefined;
  const base = dateParts(options.today?.ticks ?? 0n);
  const year = fields.year ?? (dated && options.today === undefined ? 1 : base.year);
  const month = fields.month ?? (dated ? 1 : base.month);
  const day = fields.day ?? (dated ? 1 : base.day);
  const hour = hourOf(fields);
  if (!isDate(year, month, day) || hour === undefined) throw notRecognized(text);
  const minute = fields.minute ?? 0;
  const second = fields.second ?? 0;
  // 24:00:00 is the start of the day after.
  const nextDay = hour === 24 && minute === 0 && second === 0 && !fields.fraction;
  if ((hour > 23 && !nextDay) || minute > 59 || second > 59) throw notRecognized(text);
  const clock = ticksOfParts(year, month, day, nextDay ? 0 : hour, minute, second, fields.fraction);
  const ticks = nextDay ? addTicks(clock, ticksPerDay) : clock;
  if (fields.dayOfWeek !== undefined && fields.dayOfWeek !== dateParts(clock).dayOfWeek) {
    throw notRecognized(text, ' because the day of week was incorrect');
  }
  return { ticks, offsetMinutes: fields.offsetMinutes, utc: fields.utc ?? false };
}

function hourOf(fields: DateFields): number | undefined {
  const hour = fields.hour ?? 0;
  if (fields.afternoon === undefined) return hour;
  if (hour > 12) return fields.afternoon && hour < 24 ? hour : undefined;
  return (hour % 12) + (fields.afternoon ? 12 : 0);
}

function toDateTime(instant: Instant, styles: number): DateTimeValue {
  const { ticks, offsetMinutes } = instant;
  const adjust = (styles & DateTimeStyles.AdjustToUniversal) !== 0;
  if (offsetMinutes === undefined) {
    const assumed = styles & (DateTimeStyles.AssumeUniversal | DateTimeStyles.AssumeLocal);
    return { ticks, kind: assumed === 0 ? 'unspecified' : adjust ? 'utc' : 'local' };
  }
  const roundtrip = (styles & DateTimeStyles.RoundtripKind) !== 0 && instant.utc;
  const utc = addTicks(ticks, -BigInt(offsetMinutes) * ticksPerMinute);
  return { ticks: utc, kind: adjust || roundtrip ? 'utc' : 'local' };
}

function toOffset(instant: Instant, styles: number): DateTimeOffsetValue {
  const { ticks } = instant;
  const offsetMinutes = instant.offsetMinutes ?? 0;
  if (styles & DateTimeStyles.AdjustToUniversal) {
    return { ticks: addTicks(ticks, -BigInt(offsetMinutes) * ticksPerMinute), offsetMinutes: 0 };
  }
  return { ticks, offsetMinutes };
}

function checkStyles(styles: number): void {
  const both = DateTimeStyles.AssumeLocal | DateTimeStyles.AssumeUniversal;
  if ((styles & both) === both) {
    throw argumentError(
      'The DateTimeStyles values AssumeLocal and AssumeUniversal cannot be used together.',
      'styles',
    );
  }
  const turning = both | DateTimeStyles.AdjustToUniversal;
  if (styles & DateTimeStyles.RoundtripKind && styles & turning) {
    throw argumentError(
      'The DateTimeStyles value RoundtripKind cannot be used with the values AssumeLocal, AssumeUniversal or AdjustToUniversal.',
      'styles',
    );
  }
}
