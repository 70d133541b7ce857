// Dates inside JSON strings, read and written as Newtonsoft does.
import { pad } from './date-format.ts';
import { argumentOutOfRange } from './errors.ts';
import {
  type DateTimeOffsetValue,
  type DateTimeValue,
  dateParts,
  isDate,
  maxDateTicks,
  ticksOfParts,
  ticksPerDay,
  ticksPerMillisecond,
  ticksPerMinute,
  unixEpochTicks,
} from './instants.ts';

const iso =
  /^(\d{4})-(\d{2})-(\d{2})T(\d{2}):(\d{2}):(\d{2})(?:\.(\d{1,7}))?([Zz]|[+-]\d{2}(?::?\d{2})?)?$/;
const microsoft = /^\/Date\((-?\d{1,18})([+-]\d{2}(?:\d{2})?)?\)\/$/;

const wrongTicks = 'Ticks must be between DateTime.MinValue.Ticks and DateTime.MaxValue.Ticks.';

/** The date a JSON string holds; undefined where it is an ordinary string. */
export function readIsoDate(
  text: string,
  as: 'dateTime' | 'dateTimeOffset',
): DateTimeValue | DateTimeOffsetValue | undefined {
  if (text.length < 8 || text.length > 40) return undefined;
  if (text[0] === '/') return readMicrosoftDate(text, as);
  if (text.length < 19 || text[10] !== 'T') return undefined;
  const match = iso.exec(text);
  if (!match) return undefined;
  const [year, month, day, hour, minute, second] = match.slice(1, 7).map(Number) as [
    number,
    number,
    number,
    number,
    number,
    number,
  ];
  const fraction = ticksOfFraction(match[7]);
  const nextDay = hour === 24 && minute === 0 && second === 0 && fraction === 0;
  if (!isDate(year, month, day) || (hour > 23 && !nextDay) || minute > 59 || second > 59) {
    return undefined;
  }
  const clock = ticksOfParts(year, month, day, nextDay ? 0 : hour, minute, second, 0);
  const ticks = clock + BigInt(fraction) + (nextDay ? ticksPerDay : 0n);
  return ofZone(ticks, match[8], as);
}

function ticksOfFraction(digits: string | undefined): number {
  return digits ? Number(digits.padEnd(7, '0')) : 0;
}

function ofZone(
  ticks: bigint,
  zone: string | undefined,
  as: 'dateTime' | 'dateTimeOffset',
): DateTimeValue | DateTimeOffsetValue | undefined {
  if (ticks > maxDateTicks) return undefined;
  const minutes = zone === undefined || /z/i.test(zone) ? 0 : offsetOf(zone);
  if (as === 'dateTimeOffset') return { ticks, offsetMinutes: minutes };
  if (zone === undefined) return { ticks, kind: 'unspecified' };
  if (/z/i.test(zone)) return { ticks, kind: 'utc' };
  const utc = ticks - BigInt(minutes) * ticksPerMinute;
  const kept = utc < 0n ? 0n : utc > maxDateTicks ? maxDateTicks : utc;
  return { ticks: kept, kind: 'local' };
}

function offsetOf(zone: string): number {
  const digits = zone.replace(':', '');
  const minutes = Number(digits.slice(1, 3)) * 60 + Number(digits.slice(3) || 0);
  return zone[0] === '-' ? -minutes : minutes;
}

function readMicrosoftDate(
  text: string,
  as: 'dateTime' | 'dateTimeOffset',
): DateTimeValue | DateTimeOffsetValue | undefined {
  const match = microsoft.exec(text);
  if (!match) return undefined;
  const ticks = BigInt(match[1]!) * ticksPerMillisecond + unixEpochTicks;
  if (ticks < 0n || ticks > maxDateTicks) throw argumentOutOfRange('ticks', wrongTicks);
  const minutes = match[2] === undefined ? 0 : offsetOf(match[2]);
  if (as === 'dateTimeOffset') {
    return { ticks: ticks + BigInt(minutes) * ticksPerMinute, offsetMinutes: minutes };
  }
  return { ticks, kind: match[2] === undefined ? 'utc' : 'local' };
}

/** An ISO date without quotes: trailing zeros of the fraction dropped; `Z`, offset or nothing. */
export function jsonDate(value: DateTimeValue | DateTimeOffsetValue): string {
  const { year, month, day, hour, minute, second, fraction } = dateParts(value.ticks);
  const date = `${pad(year, 4)}-${pad(month, 2)}-${pad(day, 2)}`;
  const time = `${pad(hour, 2)}:${pad(minute, 2)}:${pad(second, 2)}`;
  const rest = fraction === 0 ? '' : `.${pad(fraction, 7).replace(/0+$/, '')}`;
  return `${date}T${time}${rest}${zoneText(value)}`;
}

function zoneText(value: DateTimeValue | DateTimeOffsetValue): string {
  if ('kind' in value) {
    return value.kind === 'utc' ? 'Z' : value.kind === 'local' ? '+00:00' : '';
  }
  const size = Math.abs(value.offsetMinutes);
  const sign = value.offsetMinutes < 0 ? '-' : '+';
  return `${sign}${pad(Math.floor(size / 60), 2)}:${pad(size % 60, 2)}`;
}
