// Dates and durations as XML Schema writes them (XML Schema part 2, section 3.2), in XmlConvert's reading.
import { formatError, overflowError } from './errors.ts';
import {
  type DateTimeOffsetValue,
  type DateTimeValue,
  dateParts,
  isDate,
  type TimeSpanValue,
  ticksOfParts,
  ticksPerDay,
  ticksPerMinute,
} from './instants.ts';

interface XsdInstant {
  readonly ticks: bigint;
  /** Undefined where the text names no zone. */
  readonly offsetMinutes: number | undefined;
  readonly isUtc: boolean;
}

const time = String.raw`(\d\d):(\d\d):(\d\d)(?:\.(\d+))?`;
const zone = String.raw`(Z|[+-]\d\d:\d\d)?\s*$`;
/** The kinds of AllXsd, each with what its groups are. */
const shapes: readonly (readonly [RegExp, readonly string[]])[] = [
  [new RegExp(`^\\s*(\\d{4})-(\\d\\d)-(\\d\\d)T${time}${zone}`), ['year', 'month', 'day', 'time']],
  [new RegExp(`^\\s*(\\d{4})-(\\d\\d)-(\\d\\d)${zone}`), ['year', 'month', 'day']],
  [new RegExp(`^\\s*${time}${zone}`), ['time']],
  [new RegExp(`^\\s*(\\d{4})-(\\d\\d)${zone}`), ['year', 'month']],
  [new RegExp(`^\\s*(\\d{4})${zone}`), ['year']],
  [new RegExp(`^\\s*--(\\d\\d)-(\\d\\d)${zone}`), ['month', 'day']],
  [new RegExp(`^\\s*--(\\d\\d)(?:--)?${zone}`), ['month']],
  [new RegExp(`^\\s*---(\\d\\d)${zone}`), ['day']],
];

/** Reads any of the date and time types; a time alone is one of `today`. */
function xsdInstant(text: string, today: DateTimeValue): XsdInstant {
  for (const [shape, names] of shapes) {
    const match = shape.exec(text);
    const found = match && instantOf(match.slice(1), names, today);
    if (found) return found;
  }
  throw formatError(`The string '${text}' is not a valid AllXsd value.`);
}

function instantOf(
  groups: readonly (string | undefined)[],
  names: readonly string[],
  today: DateTimeValue,
): XsdInstant | undefined {
  const isTime = names.length === 1 && names[0] === 'time';
  const parts = dateParts(today.ticks);
  const part = (name: string, otherwise: number) => {
    const index = names.indexOf(name);
    return index < 0 ? otherwise : Number(groups[index]);
  };
  // Dates without year stand in a leap year.
  const year = part('year', isTime ? parts.year : 1904);
  const month = part('month', isTime ? parts.month : 1);
  const day = part('day', isTime ? parts.day : 1);
  if (!isDate(year, month, day)) return undefined;
  let ticks = ticksOfParts(year, month, day);
  const at = names.indexOf('time');
  if (at >= 0) {
    const [hour, minute, second] = groups.slice(at, at + 3).map(Number) as [number, number, number];
    if (hour > 23 || minute > 59 || second > 59) return undefined;
    ticks += BigInt((hour * 60 + minute) * 60 + second) * 10_000_000n;
    ticks += fractionOf(groups[at + 3] ?? '');
  }
  const written = groups.at(-1);
  const offsetMinutes = written === undefined ? undefined : minutesOf(written);
  if (offsetMinutes !== undefined && Math.abs(offsetMinutes) > 14 * 60) return undefined;
  return { ticks, offsetMinutes, isUtc: written === 'Z' };
}

/** Ticks of the digits after the point; a half past the seventh goes to the even one. */
function fractionOf(digits: string): bigint {
  const ticks = BigInt(digits.padEnd(7, '0').slice(0, 7));
  const rest = digits.slice(7).replace(/0+$/, '');
  if (rest === '' || rest < '5') return ticks;
  return rest === '5' ? ticks + (ticks & 1n) : ticks + 1n;
}

function minutesOf(written: string): number {
  if (written === 'Z') return 0;
  const minutes = Number(written.slice(1, 3)) * 60 + Number(written.slice(4));
  return Number(written.slice(4)) > 59 ? Number.POSITIVE_INFINITY : sign(written) * minutes;
}

const sign = (text: string) => (text.startsWith('-') ? -1 : 1);

/** XmlConvert.ToDateTimeOffset; the local zone is UTC. */
export function xmlDateTimeOffset(text: string, today: DateTimeValue): DateTimeOffsetValue {
  const { ticks, offsetMinutes = 0 } = xsdInstant(text, today);
  return { ticks, offsetMinutes };
}

/** XmlDateTimeSerializationMode. */
export const xmlDateTimeModes = { Local: 0, Utc: 1, Unspecified: 2, RoundtripKind: 3 };

/** XmlConvert.ToDateTime(text, mode); the local zone is UTC. */
export function xmlDateTime(text: string, mode: number, today: DateTimeValue): DateTimeValue {
  const { ticks, offsetMinutes, isUtc } = xsdInstant(text, today);
  if (offsetMinutes === undefined) return withMode({ ticks, kind: 'unspecified' }, mode);
  const utc = ticks - BigInt(offsetMinutes) * ticksPerMinute;
  return withMode({ ticks: utc, kind: isUtc ? 'utc' : 'local' }, mode);
}

/** A moment as a mode of serialization has it; the local zone is UTC. */
export function withMode(value: DateTimeValue, mode: number): DateTimeValue {
  if (mode === xmlDateTimeModes.Local) return { ...value, kind: 'local' };
  if (mode === xmlDateTimeModes.Utc) return { ...value, kind: 'utc' };
  return mode === xmlDateTimeModes.Unspecified ? { ...value, kind: 'unspecified' } : value;
}

const durationPattern =
  /^\s*(-?)P(?=[\dT])(?:(\d+)Y)?(?:(\d+)M)?(?:(\d+)D)?(?:T(?=\d)(?:(\d+)H)?(?:(\d+)M)?(?:(\d+)(?:\.(\d+))?S)?)?\s*$/;

/** XmlConvert.ToTimeSpan: a year counts 365 days and a month 30. */
export function xmlDuration(text: string): TimeSpanValue {
  const match = durationPattern.exec(text);
  if (!match) throw formatError(`The string '${text}' is not a valid TimeSpan value.`);
  const part = (index: number) => BigInt(match[index] ?? 0);
  const days = part(2) * 365n + part(3) * 30n + part(4);
  const seconds = ((days * 24n + part(5)) * 60n + part(6)) * 60n + part(7);
  const fraction = BigInt((match[8] ?? '').padEnd(7, '0').slice(0, 7));
  const ticks = (seconds * 10_000_000n + fraction) * (match[1] === '-' ? -1n : 1n);
  if (BigInt.asIntN(64, ticks) !== ticks) {
    throw overflowError(`The string '${text}' was either too large or too small for TimeSpan.`);
  }
  return { ticks };
}

/** XmlConvert.ToString(TimeSpan): `P1DT2H3M4.5S`. */
export function xmlDurationText({ ticks }: TimeSpanValue): string {
  if (ticks === 0n) return 'PT0S';
  const size = ticks < 0n ? -ticks : ticks;
  const days = size / ticksPerDay;
  const rest = size % ticksPerDay;
  const [hours, minutes] = [rest / 36_000_000_000n, (rest / ticksPerMinute) % 60n];
  const seconds = rest % ticksPerMinute;
  let text = `${ticks < 0n ? '-' : ''}P`;
  if (days > 0n) text += `${days}D`;
  if (rest === 0n) return text;
  text += 'T';
  if (hours > 0n) text += `${hours}H`;
  if (minutes > 0n) text += `${minutes}M`;
  if (seconds > 0n) {
    const fraction = (seconds % 10_000_000n).toString().padStart(7, '0').replace(/0+$/, '');
    text += `${seconds / 10_000_000n}${fraction && `.${fraction}`}S`;
  }
  return text;
}
