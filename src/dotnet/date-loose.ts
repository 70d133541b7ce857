// Parse: the many date texts that DateTime.Parse reads without being told a format.
import type { DateConventions } from './culture.ts';
import { type DateFields, fourDigitYear } from './date-exact.ts';

/** Longer texts are no dates; keeps the expressions below bounded. */
const lengthMax = 256;

const iso =
  /^\s*(\d{4})-(\d{1,2})-(\d{1,2})(?:(?:[Tt]|\s+)(\d{1,2}):(\d{1,2})(?::(\d{1,2})(?:[.,](\d{1,32}))?)?)?\s*(Z|z|GMT|UTC|[+-]\d{1,2}(?::?\d{2})?)?\s*$/;
const time =
  /(?:^|[\sT])(\d{1,2})(?::(\d{1,2})(?::(\d{1,2})(?:[.](\d{1,32}))?)?)?\s*([\p{L}.]+)?\s*(Z|GMT|UTC|[+-]\d{1,2}(?::?\d{2})?)?\s*$/iu;

/** The fields a text names, by the culture's order and names; undefined where it is no date. */
export function matchLoose(text: string, dates: DateConventions): DateFields | undefined {
  if (text.length > lengthMax) return undefined;
  const found = iso.exec(text);
  if (found) {
    const fields: DateFields = {
      year: Number(found[1]),
      month: Number(found[2]),
      day: Number(found[3]),
    };
    // A zone needs a time.
    if (found[4] === undefined) return found[8] === undefined ? fields : undefined;
    fields.hour = Number(found[4]);
    fields.minute = Number(found[5]);
    fields.second = Number(found[6] ?? 0);
    fields.fraction = ticksOfFraction(found[7]);
    return applyZone(fields, found[8]) ? fields : undefined;
  }
  const fields: DateFields = {};
  const rest = takeTime(text.trim(), fields, dates);
  if (rest === undefined) return undefined;
  if (rest === '') return fields.hour === undefined ? undefined : fields;
  return readDate(rest, fields, dates) ? fields : undefined;
}

/** Rounds a fraction of any length to ticks. */
function ticksOfFraction(digits: string | undefined): number {
  if (digits === undefined) return 0;
  return digits.length <= 7
    ? Number(digits.padEnd(7, '0'))
    : Math.min(9_999_999, Math.round(Number(`0.${digits}`) * 1e7));
}

function applyZone(fields: DateFields, zone: string | undefined): boolean {
  if (zone === undefined) return true;
  if (/^[zgu]/i.test(zone)) {
    fields.offsetMinutes = 0;
    fields.utc = true;
    return true;
  }
  const match = /^([+-])(\d{1,2}):?(\d{2})?$/.exec(zone)!;
  const minutes = Number(match[2]) * 60 + Number(match[3] ?? 0);
  fields.offsetMinutes = match[1] === '-' ? -minutes : minutes;
  return minutes <= 14 * 60 && Number(match[3] ?? 0) < 60;
}

/** Takes the time and zone off the end; gives what is left, or undefined for a wrong time. */
function takeTime(text: string, fields: DateFields, dates: DateConventions): string | undefined {
  const match = time.exec(text);
  if (!match) return text;
  const [, hour, minute, second, fraction, word, zone] = match;
  let zoneText = zone;
  if (word !== undefined) {
    const lower = word.toLowerCase();
    const is = (name: string) =>
      name !== '' && (lower === name.toLowerCase() || lower === name[0]!.toLowerCase());
    if (is(dates.am) || lower === 'am') fields.afternoon = false;
    else if (is(dates.pm) || lower === 'pm') fields.afternoon = true;
    else if (/^(z|gmt|utc)$/.test(lower) && minute !== undefined && zone === undefined)
      zoneText = word;
    else return text;
  } else if (minute === undefined) return text;
  if (!applyZone(fields, zoneText)) return undefined;
  fields.hour = Number(hour);
  fields.minute = Number(minute ?? 0);
  fields.second = Number(second ?? 0);
  fields.fraction = ticksOfFraction(fraction);
  return text.slice(0, match.index).trim();
}

function readDate(text: string, fields: DateFields, dates: DateConventions): boolean {
  const parts = text.match(/\d+|[\p{L}\p{M}.]+|[^\d\p{L}\p{M}.]+/gu) ?? [];
  const numbers: string[] = [];
  for (const part of parts) {
    if (/^\d/.test(part)) numbers.push(part);
    else if (/^[\p{L}]/u.test(part)) {
      if (!readWord(part, fields, dates, numbers.length)) return false;
    } else if (!/^[\s,/.-]+$/.test(part)) return false;
  }
  return fields.month === undefined
    ? readNumbers(numbers, fields, dates)
    : readBesideMonth(numbers, fields, dates);
}

function readWord(
  word: string,
  fields: DateFields,
  dates: DateConventions,
  numbersBefore: number,
): boolean {
  const bare = word.toLowerCase().replace(/\.$/, '');
  const find = (names: readonly string[]) =>
    names.findIndex((name) => name !== '' && name.toLowerCase().replace(/\.$/, '') === bare);
  for (const names of [
    dates.monthNames,
    dates.monthGenitiveNames,
    dates.abbreviatedMonthNames,
    dates.abbreviatedMonthGenitiveNames,
  ]) {
    const month = find(names);
    if (month >= 0) {
      if (fields.month !== undefined) return false;
      fields.month = month + 1;
      return true;
    }
  }
  for (const names of [dates.dayNames, dates.abbreviatedDayNames]) {
    const day = find(names);
    if (day >= 0) {
      fields.dayOfWeek = day;
      return true;
    }
  }
  return bare === 't' && numbersBefore > 0;
}

function yearOf(digits: string): number {
  return digits.length <= 2 ? fourDigitYear(Number(digits)) : Number(digits);
}

function readBesideMonth(
  numbers: readonly string[],
  fields: DateFields,
  dates: DateConventions,
): boolean {
  const [first, second] = numbers;
  if (first === undefined) return false;
  if (second === undefined) {
    // `May 2024` or `May 6`: what cannot be a day is a year.
    const dayFirst = /M.*d|d.*M/.test(dates.monthDay) && first.length <= 2;
    if (dayFirst) fields.day = Number(first);
    else {
      fields.year = yearOf(first);
      fields.day = 1;
    }
    return true;
  }
  if (numbers.length > 2) return false;
  const yearFirst = first.length > 2;
  fields.day = Number(yearFirst ? second : first);
  fields.year = yearOf(yearFirst ? first : second);
  return true;
}

/** Numbers alone go by the culture's short date; a year of four digits may lead. */
function readNumbers(
  numbers: readonly string[],
  fields: DateFields,
  dates: DateConventions,
): boolean {
  const order = dates.shortDate.replace(/[^dMy]/g, '').replace(/(.)\1+/g, '$1');
  const [first, second, third] = numbers;
  if (first === undefined || second === undefined || numbers.length > 3) return false;
  if (third === undefined) {
    if (first.length > 2 || second.length > 2) {
      const yearFirst = first.length > 2;
      fields.year = Number(yearFirst ? first : second);
      fields.month = Number(yearFirst ? second : first);
      fields.day = 1;
      return true;
    }
    const dayFirst = order.indexOf('d') < order.indexOf('M');
    fields.month = Number(dayFirst ? second : first);
    fields.day = Number(dayFirst ? first : second);
    return true;
  }
  const lead = first.length > 2 ? 'yMd' : third.length > 2 && order.startsWith('y') ? 'dMy' : order;
  fields.year = yearOf(numbers[lead.indexOf('y')]!);
  fields.month = Number(numbers[lead.indexOf('M')]);
  fields.day = Number(numbers[lead.indexOf('d')]);
  return true;
}
