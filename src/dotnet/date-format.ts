// DateTime and DateTimeOffset to text: standard letters and custom formats.
import { BoundedCache } from './bounded-cache.ts';
import { type Culture, type DateConventions, invariantCulture } from './culture.ts';
import { formatError } from './errors.ts';
import {
  type DateParts,
  type DateTimeOffsetValue,
  type DateTimeValue,
  dateParts,
  ticksPerMinute,
} from './instants.ts';

/** One piece of a custom format: a run of a letter, or literal text. */
export type DateToken =
  | { readonly kind: 'field'; readonly letter: string; readonly count: number }
  | { readonly kind: 'literal'; readonly text: string };

/** What the zone specifiers print. */
interface Zone {
  readonly kind: 'unspecified' | 'utc' | 'local' | 'offset';
  readonly offsetMinutes: number;
}

const wrongFormat = 'Input string was not in a correct format.';
const compiled = new BoundedCache<readonly DateToken[]>();
const roundTrip = "yyyy'-'MM'-'dd'T'HH':'mm':'ss'.'fffffffK";
const rfc1123 = "ddd, dd MMM yyyy HH':'mm':'ss 'GMT'";

/**
 * ToString(format, culture) of a DateTime; `G` when absent, invariant culture when absent. The
 * local zone is UTC. Throws FormatException.
 */
export function formatDateTime(value: DateTimeValue, format?: string, culture?: Culture): string {
  return print(value.ticks, { kind: value.kind, offsetMinutes: 0 }, format || 'G', culture);
}

/** ToString(format, culture) of a DateTimeOffset; without format `G` with the offset. */
export function formatDateTimeOffset(
  value: DateTimeOffsetValue,
  format?: string,
  culture: Culture = invariantCulture,
): string {
  const zone: Zone = { kind: 'offset', offsetMinutes: value.offsetMinutes };
  const { dates } = culture;
  if (!format) return print(value.ticks, zone, `${dates.shortDate} ${dates.longTime} zzz`, culture);
  if (format === 'U') throw formatError(wrongFormat);
  // These three print the UTC time.
  if (format === 'R' || format === 'r' || format === 'u') {
    const utc = value.ticks - BigInt(value.offsetMinutes) * ticksPerMinute;
    return print(utc, { kind: 'utc', offsetMinutes: 0 }, format, culture);
  }
  return print(value.ticks, zone, format, culture);
}

/** The custom format behind a standard letter; undefined for an unknown one. */
export function standardDateFormat(letter: string, dates: DateConventions): string | undefined {
  switch (letter) {
    case 'd':
      return dates.shortDate;
    case 'D':
      return dates.longDate;
    case 'f':
      return `${dates.longDate} ${dates.shortTime}`;
    case 'F':
    case 'U':
      return dates.fullDateTime;
    case 'g':
      return `${dates.shortDate} ${dates.shortTime}`;
    case 'G':
      return `${dates.shortDate} ${dates.longTime}`;
    case 'm':
    case 'M':
      return dates.monthDay;
    case 'o':
    case 'O':
      return roundTrip;
    case 'r':
    case 'R':
      return rfc1123;
    case 's':
      return "yyyy'-'MM'-'dd'T'HH':'mm':'ss";
    case 't':
      return dates.shortTime;
    case 'T':
      return dates.longTime;
    case 'u':
      return "yyyy'-'MM'-'dd HH':'mm':'ss'Z'";
    case 'y':
    case 'Y':
      return dates.yearMonth;
    default:
      return undefined;
  }
}

/** Standard letters that print the same in every culture. */
export const invariantDateLetters = 'oOrRsu';

function print(
  ticks: bigint,
  zone: Zone,
  format: string,
  culture: Culture = invariantCulture,
): string {
  if ((format === 'o' || format === 'O') && ticks >= 0n) return printRoundTrip(ticks, zone);
  let dates = culture.dates;
  let custom = format;
  if (format.length === 1) {
    const standard = standardDateFormat(format, dates);
    if (standard === undefined) throw formatError(wrongFormat);
    custom = standard;
    if (invariantDateLetters.includes(format)) dates = invariantCulture.dates;
  }
  const tokens = compiled.get(custom, () => tokenizeDateFormat(custom));
  const parts = dateParts(ticks);
  const dayBeside = tokens.some((token) => token.kind === 'field' && isDay(token));
  let text = '';
  for (const token of tokens) {
    const piece =
      token.kind === 'literal' ? token.text : printField(token, parts, zone, dates, dayBeside);
    // A zero fraction under `F` takes the point before it along.
    const bare = piece === '' && token.kind === 'field' && token.letter === 'F';
    text = bare && text.endsWith('.') ? text.slice(0, -1) : text + piece;
  }
  return text;
}

function isDay(token: { letter: string; count: number }): boolean {
  return token.letter === 'd' && token.count <= 2;
}

function printRoundTrip(ticks: bigint, zone: Zone): string {
  const { year, month, day, hour, minute, second, fraction } = dateParts(ticks);
  const date = `${pad(year, 4)}-${pad(month, 2)}-${pad(day, 2)}`;
  const time = `${pad(hour, 2)}:${pad(minute, 2)}:${pad(second, 2)}.${pad(fraction, 7)}`;
  return `${date}T${time}${printKind(zone)}`;
}

function printField(
  token: { letter: string; count: number },
  parts: DateParts,
  zone: Zone,
  dates: DateConventions,
  dayBeside: boolean,
): string {
  const { letter, count } = token;
  switch (letter) {
    case 'd':
      if (count <= 2) return pad(parts.day, count);
      return (count === 3 ? dates.abbreviatedDayNames : dates.dayNames)[parts.dayOfWeek]!;
    case 'M':
      return printMonth(parts.month, count, dates, dayBeside);
    case 'y':
      return count <= 2 ? pad(parts.year % 100, count) : pad(parts.year, count);
    case 'h':
      return pad(parts.hour % 12 === 0 ? 12 : parts.hour % 12, Math.min(2, count));
    case 'H':
      return pad(parts.hour, Math.min(2, count));
    case 'm':
      return pad(parts.minute, Math.min(2, count));
    case 's':
      return pad(parts.second, Math.min(2, count));
    case 't': {
      const designator = parts.hour < 12 ? dates.am : dates.pm;
      return count === 1 ? designator.slice(0, 1) : designator;
    }
    case 'f':
    case 'F':
      return printFraction(parts.fraction, letter, count);
    case 'g':
      return 'A.D.';
    case ':':
      return dates.timeSeparator;
    case '/':
      return dates.dateSeparator;
    case 'K':
      return printKind(zone);
    default:
      return printOffset(zone.offsetMinutes, count);
  }
}

function printMonth(
  month: number,
  count: number,
  dates: DateConventions,
  dayBeside: boolean,
): string {
  if (count <= 2) return pad(month, count);
  if (count === 3) {
    return (dayBeside ? dates.abbreviatedMonthGenitiveNames : dates.abbreviatedMonthNames)[
      month - 1
    ]!;
  }
  return (dayBeside ? dates.monthGenitiveNames : dates.monthNames)[month - 1]!;
}

function printFraction(fraction: number, letter: string, count: number): string {
  const digits = pad(fraction, 7).slice(0, count);
  return letter === 'f' ? digits : digits.replace(/0+$/, '');
}

function printKind(zone: Zone): string {
  if (zone.kind === 'utc') return 'Z';
  return zone.kind === 'unspecified' ? '' : printOffset(zone.offsetMinutes, 3);
}

function printOffset(minutes: number, count: number): string {
  const size = Math.abs(minutes);
  const sign = minutes < 0 ? '-' : '+';
  const hours = Math.floor(size / 60);
  if (count === 1) return sign + hours;
  return count === 2 ? sign + pad(hours, 2) : `${sign}${pad(hours, 2)}:${pad(size % 60, 2)}`;
}

export function pad(value: number, width: number): string {
  return value.toString().padStart(width, '0');
}

/** Splits a custom format; throws FormatException for an open quote or a stray `\` or `%`. */
export function tokenizeDateFormat(format: string): readonly DateToken[] {
  const tokens: DateToken[] = [];
  for (let i = 0; i < format.length; ) {
    const character = format[i]!;
    if (character === "'" || character === '"') {
      const quoted = readQuoted(format, i);
      tokens.push({ kind: 'literal', text: quoted.text });
      i = quoted.end;
    } else if (character === '\\') {
      if (i + 1 >= format.length) throw formatError(wrongFormat);
      tokens.push({ kind: 'literal', text: format[i + 1]! });
      i += 2;
    } else if (character === '%') {
      if (i + 1 >= format.length || format[i + 1] === '%') throw formatError(wrongFormat);
      i++;
    } else if (character === ':' || character === '/' || character === 'K') {
      tokens.push({ kind: 'field', letter: character, count: 1 });
      i++;
    } else if ('dMyhHmstfFgz'.includes(character)) {
      let count = 1;
      while (format[i + count] === character) count++;
      if ((character === 'f' || character === 'F') && count > 7) throw formatError(wrongFormat);
      if (character === 'z') count = Math.min(3, count);
      if (character === 'y') count = Math.min(count, 64);
      tokens.push({ kind: 'field', letter: character, count: count });
      i += character === 'z' || character === 'y' ? runLength(format, i) : count;
    } else {
      tokens.push({ kind: 'literal', text: character });
      i++;
    }
  }
  return tokens;
}

function runLength(format: string, start: number): number {
  let end = start;
  while (format[end] === format[start]) end++;
  return end - start;
}

/** Text between two equal quotes; `\` takes the next character as it is. */
export function readQuoted(format: string, start: number): { text: string; end: number } {
  const quote = format[start];
  let text = '';
  for (let i = start + 1; i < format.length; i++) {
    if (format[i] === quote) return { text, end: i + 1 };
    if (format[i] === '\\') {
      i++;
      if (i >= format.length) break;
    }
    text += format[i];
  }
  throw formatError(
    quote === "'"
      ? "Cannot find a matching quote character for the character '''."
      : "Cannot find a matching quote character for the character '\"'.",
  );
}
