// TimeZoneInfo: Windows and IANA names, offsets with daylight saving time, conversions.
import { WINDOWS_TO_IANA_MAP } from 'windows-iana';
import { BoundedCache } from './bounded-cache.ts';
import { argumentError, DotnetError } from './errors.ts';
import {
  addTicks,
  type DateTimeValue,
  dateParts,
  dateTimeOfUnixMs,
  maxDateTicks,
  ticksPerDay,
  ticksPerMinute,
  unixMsOfTicks,
} from './instants.ts';
import {
  type AdjustmentRule,
  equalTransitions,
  offsetMinutes,
  savingAt,
  type TransitionTime,
} from './zone-rules.ts';

export interface TimeZone {
  /** As it was found: the Windows or IANA name in its own spelling. */
  readonly id: string;
  readonly displayName: string;
  readonly standardName: string;
  readonly daylightName: string;
  readonly baseUtcOffsetMinutes: number;
  readonly supportsDaylightSavingTime: boolean;
  /** Offset in force at a UTC time. */
  readonly offsetMinutesAtUtc: (utcTicks: bigint) => number;
  /** Of custom zones; system zones have theirs worked out. */
  readonly rules?: readonly AdjustmentRule[];
  /** TimeZoneInfo.Local, whose times are of local kind. */
  readonly isLocal?: boolean;
}

const zones = new BoundedCache<TimeZone>(200);
/** Offsets kept per zone; each answers for one quarter of an hour. */
const offsetsMax = 512;
const quarterHourMs = 900_000;
const nameMax = 100;

let windowsNames: ReadonlyMap<string, { readonly name: string; readonly iana: string }> | undefined;

function windowsZones() {
  windowsNames ??= new Map(
    WINDOWS_TO_IANA_MAP.filter((row) => row.territory === '001').map((row) => [
      row.windowsName.toLowerCase(),
      { name: row.windowsName, iana: row.iana[0]! },
    ]),
  );
  return windowsNames;
}

/** Windows names that can be found; IANA names are found too. */
export function timeZoneIds(): readonly string[] {
  return [...windowsZones().values()].map((zone) => zone.name);
}

/** By Windows or IANA name, ignoring case. Throws System.TimeZoneNotFoundException. */
export function findTimeZone(id: string): TimeZone {
  if (id.length > nameMax) throw notFound(id.slice(0, nameMax));
  return zones.get(id.toLowerCase(), () => makeZone(id));
}

/** The zone of UTC, which is also the local zone here. */
export function utcTimeZone(): TimeZone {
  return findTimeZone('UTC');
}

/** TimeZoneInfo.Local: UTC, but its times are local. */
export function localTimeZone(): TimeZone {
  return { ...utcTimeZone(), isLocal: true };
}

function notFound(id: string): DotnetError {
  return new DotnetError(
    'System.TimeZoneNotFoundException',
    `The time zone ID '${id}' was not found on the local computer.`,
  );
}

function makeZone(id: string): TimeZone {
  const windows = windowsZones().get(id.toLowerCase());
  if (/^(?:utc|etc\/utc|gmt|etc\/gmt)$/i.test(id))
    return zoneOf(/gmt/i.test(id) ? id : 'UTC', 'UTC');
  if (windows) return zoneOf(windows.name, windows.iana);
  if (!/^[A-Za-z][A-Za-z0-9_+-]*(?:\/[A-Za-z0-9_+-]+)*$/.test(id)) throw notFound(id);
  try {
    const { timeZone } = new Intl.DateTimeFormat('en-US', { timeZone: id }).resolvedOptions();
    const spelled = timeZone.toLowerCase() === id.toLowerCase() ? timeZone : id;
    return zoneOf(spelled, timeZone);
  } catch {
    throw notFound(id);
  }
}

function zoneOf(id: string, iana: string): TimeZone {
  const offsetMinutesAtUtc = iana === 'UTC' ? () => 0 : offsetReader(iana);
  // The years' rules of today stand for the zone; .NET reads them from its own tables.
  const seasons = [Date.UTC(2025, 0, 1), Date.UTC(2025, 6, 1)].map((ms) => readOffset(iana, ms));
  const base = Math.min(...seasons);
  const saves = seasons[0] !== seasons[1];
  const windows = id.endsWith('Standard Time');
  const standardName =
    iana === 'UTC' ? 'Coordinated Universal Time' : windows ? id : longName(iana, base);
  return {
    id,
    displayName: `(UTC${base === 0 ? '' : offsetText(base)}) ${standardName}`,
    standardName,
    daylightName: saves && windows ? id.replace('Standard', 'Daylight') : standardName,
    baseUtcOffsetMinutes: base,
    supportsDaylightSavingTime: saves,
    offsetMinutesAtUtc,
  };
}

function longName(iana: string, base: number): string {
  const format = new Intl.DateTimeFormat('en-US', { timeZone: iana, timeZoneName: 'long' });
  const month = readOffset(iana, Date.UTC(2025, 0, 1)) === base ? 0 : 6;
  const parts = format.formatToParts(Date.UTC(2025, month, 1));
  return parts.find((part) => part.type === 'timeZoneName')?.value ?? iana;
}

function offsetText(minutes: number): string {
  const size = Math.abs(minutes);
  const two = (value: number) => String(value).padStart(2, '0');
  return `${minutes < 0 ? '-' : '+'}${two(Math.floor(size / 60))}:${two(size % 60)}`;
}

function offsetReader(iana: string): (utcTicks: bigint) => number {
  const known = new Map<number, number>();
  return (utcTicks) => {
    // No zone changes its offset within a quarter of an hour that the clock begins.
    const quarter = Math.floor(unixMsOfTicks(utcTicks) / quarterHourMs);
    let offset = known.get(quarter);
    if (offset === undefined) {
      offset = readOffset(iana, quarter * quarterHourMs);
      if (known.size >= offsetsMax) known.clear();
      known.set(quarter, offset);
    }
    return offset;
  };
}

const formats = new BoundedCache<Intl.DateTimeFormat>(200);

function readOffset(iana: string, utcMs: number): number {
  const format = formats.get(
    iana,
    () => new Intl.DateTimeFormat('en-US', { timeZone: iana, timeZoneName: 'longOffset' }),
  );
  const parts = format.formatToParts(utcMs);
  const name = parts.find((part) => part.type === 'timeZoneName')?.value ?? 'GMT';
  const match = /GMT([+-])(\d{2}):(\d{2})/.exec(name);
  if (!match) return 0;
  const minutes = Number(match[2]) * 60 + Number(match[3]);
  return match[1] === '-' ? -minutes : minutes;
}

/** Offsets that make this clock time exist: one, two (ambiguous) or none (skipped). */
function offsetsAtLocal(zone: TimeZone, localTicks: bigint): number[] {
  const clamp = (ticks: bigint) => (ticks < 0n ? 0n : ticks > maxDateTicks ? maxDateTicks : ticks);
  const before = zone.offsetMinutesAtUtc(clamp(localTicks - ticksPerDay));
  const after = zone.offsetMinutesAtUtc(clamp(localTicks + ticksPerDay));
  if (before === after) return [before];
  return [...new Set([before, after])].filter(
    (offset) =>
      zone.offsetMinutesAtUtc(clamp(localTicks - BigInt(offset) * ticksPerMinute)) === offset,
  );
}

/** Offset of a clock time in the zone; standard time where it is ambiguous or skipped. */
export function offsetMinutesAtLocal(zone: TimeZone, localTicks: bigint): number {
  const offsets = offsetsAtLocal(zone, localTicks);
  return offsets.length === 0 ? zone.baseUtcOffsetMinutes : Math.min(...offsets);
}

export function isInvalidTime(zone: TimeZone, localTicks: bigint): boolean {
  return offsetsAtLocal(zone, localTicks).length === 0;
}

/** The offsets an ambiguous clock time has, standard time first; one or none for other times. */
export function ambiguousOffsets(zone: TimeZone, localTicks: bigint): readonly number[] {
  return offsetsAtLocal(zone, localTicks).sort((a, b) => a - b);
}

export function isAmbiguousTime(zone: TimeZone, localTicks: bigint): boolean {
  return offsetsAtLocal(zone, localTicks).length === 2;
}

/** IsDaylightSavingTime; a UTC or local value is taken as UTC. */
export function isDaylightSavingTime(zone: TimeZone, value: DateTimeValue): boolean {
  if (!zone.supportsDaylightSavingTime) return false;
  const offset =
    value.kind === 'unspecified'
      ? offsetMinutesAtLocal(zone, value.ticks)
      : zone.offsetMinutesAtUtc(value.ticks);
  return offset > zone.baseUtcOffsetMinutes;
}

function isUtc(zone: TimeZone): boolean {
  return zone.id === 'UTC';
}

const wrongKind =
  'The conversion could not be completed because the supplied DateTime did not have the Kind property set correctly.  For example, when the Kind property is DateTimeKind.Local, the source time zone must be TimeZoneInfo.Local.';
const skipped =
  'The supplied DateTime represents an invalid time.  For example, when the clock is adjusted forward, any time in the period that is skipped is invalid.';

/**
 * TimeZoneInfo.ConvertTimeToUtc; without zone the local one, which is UTC. Throws ArgumentException
 * for a time that daylight saving skips and for a UTC or local value with another zone.
 */
export function convertTimeToUtc(value: DateTimeValue, zone?: TimeZone): DateTimeValue {
  if (!zone || isUtc(zone)) return { ticks: value.ticks, kind: 'utc' };
  if (value.kind !== 'unspecified') throw argumentError(wrongKind, 'sourceTimeZone');
  if (isInvalidTime(zone, value.ticks)) throw argumentError(skipped, 'dateTime');
  return { ticks: shift(value.ticks, -offsetMinutesAtLocal(zone, value.ticks)), kind: 'utc' };
}

/** TimeZoneInfo.ConvertTimeFromUtc; the result is unspecified but for UTC and the local zone. */
export function convertTimeFromUtc(value: DateTimeValue, zone: TimeZone): DateTimeValue {
  if (value.kind === 'local') throw argumentError(wrongKind, 'sourceTimeZone');
  const offset = zone.offsetMinutesAtUtc(value.ticks);
  const kind = zone.isLocal ? 'local' : isUtc(zone) ? 'utc' : 'unspecified';
  return { ticks: shift(value.ticks, offset), kind };
}

/** TimeZoneInfo.ConvertTime(value, source, destination). */
export function convertTime(
  value: DateTimeValue,
  source: TimeZone,
  destination: TimeZone,
): DateTimeValue {
  return convertTimeFromUtc(convertTimeToUtc(value, source), destination);
}

/** Results beyond the calendar stop at its ends, as in .NET. */
function shift(ticks: bigint, minutes: number): bigint {
  const moved = ticks + BigInt(minutes) * ticksPerMinute;
  return moved < 0n ? 0n : moved > maxDateTicks ? maxDateTicks : addTicks(moved, 0n);
}

/** Names of a zone of the caller's own. */
export type ZoneNames = Pick<TimeZone, 'id' | 'displayName' | 'standardName' | 'daylightName'>;

/**
 * TimeZoneInfo.CreateCustomTimeZone. Where daylight saving is disabled the rules still move the
 * clock, as in .NET. Throws ArgumentException, InvalidTimeZoneException.
 */
export function customTimeZone(
  names: ZoneNames,
  baseUtcOffsetTicks: bigint,
  rules: readonly AdjustmentRule[],
  disableDaylight = false,
): TimeZone {
  if (names.id === '') throw argumentError("The specified ID parameter '' is not supported.", 'id');
  const base = offsetMinutes(baseUtcOffsetTicks, 'baseUtcOffset');
  if (rules.some((rule, index) => index > 0 && rule.startTicks <= rules[index - 1]!.endTicks)) {
    throw new DotnetError(
      'System.InvalidTimeZoneException',
      'The elements of the AdjustmentRule array must be in chronological order and must not overlap.',
    );
  }
  return {
    ...names,
    rules,
    baseUtcOffsetMinutes: base,
    supportsDaylightSavingTime: rules.length > 0 && !disableDaylight,
    offsetMinutesAtUtc: (utcTicks) =>
      base + savingAt(rules, utcTicks + BigInt(base) * ticksPerMinute),
  };
}

/** Years whose transitions tell the rules of a system zone. */
const ruleYears = { first: 2005, last: 2025 };
const systemRules = new BoundedCache<readonly AdjustmentRule[]>(50);

/** TimeZoneInfo.GetAdjustmentRules: one rule for each span of years with the same transitions. */
export function adjustmentRules(zone: TimeZone): readonly AdjustmentRule[] {
  return zone.rules ?? systemRules.get(zone.id, () => rulesOf(zone));
}

function rulesOf(zone: TimeZone): readonly AdjustmentRule[] {
  const rules: (AdjustmentRule & { readonly year: number })[] = [];
  for (let year = ruleYears.first; year <= ruleYears.last; year += 1) {
    const found = transitionsOf(zone, year);
    if (!found) continue;
    const last = rules.at(-1);
    const goesOn =
      last?.year === year - 1 &&
      equalTransitions(last.daylightStart, found.daylightStart) &&
      equalTransitions(last.daylightEnd, found.daylightEnd);
    const startTicks = goesOn ? last.startTicks : ticksOfYear(year, ruleYears.first, 0n);
    if (goesOn) rules.pop();
    const endTicks =
      year === ruleYears.last
        ? maxDateTicks - (maxDateTicks % ticksPerDay)
        : ticksOfYear(year + 1, ruleYears.first, 0n) - ticksPerDay;
    rules.push({ ...found, startTicks, endTicks, year });
  }
  return rules.map(({ year: _year, ...rule }) => rule);
}

/** The first day of a year; the first year looked at stands for all before it. */
function ticksOfYear(year: number, first: number, fallback: bigint): bigint {
  return year === first ? fallback : dateTimeOfUnixMs(Date.UTC(year, 0, 1)).ticks;
}

type Transitions = Pick<AdjustmentRule, 'daylightStart' | 'daylightEnd' | 'deltaMinutes'>;

/** The two transitions of a year; undefined where the clocks do not change, or change for good. */
function transitionsOf(zone: TimeZone, year: number): Transitions | undefined {
  const changes: { readonly at: TransitionTime; readonly by: number }[] = [];
  for (let month = 0; month < 12; month += 1) {
    const from = Date.UTC(year, month, 1);
    const to = Date.UTC(year, month + 1, 1);
    const before = offsetAtMs(zone, from);
    if (before === offsetAtMs(zone, to)) continue;
    const ms = firstMsWithOther(zone, from, to, before);
    const clock = dateTimeOfUnixMs(ms).ticks + BigInt(before) * ticksPerMinute;
    changes.push({ at: floating(clock), by: offsetAtMs(zone, ms) - before });
  }
  const start = changes.find(({ by }) => by > 0);
  const end = changes.find(({ by }) => by < 0);
  if (changes.length !== 2 || !start || !end) return undefined;
  return { daylightStart: start.at, daylightEnd: end.at, deltaMinutes: start.by };
}

const offsetAtMs = (zone: TimeZone, ms: number) =>
  zone.offsetMinutesAtUtc(dateTimeOfUnixMs(ms).ticks);

/** The quarter of an hour with which the offset changes. */
function firstMsWithOther(zone: TimeZone, from: number, to: number, offset: number): number {
  let [low, high] = [from / quarterHourMs, to / quarterHourMs];
  while (high - low > 1) {
    const middle = Math.floor((low + high) / 2);
    if (offsetAtMs(zone, middle * quarterHourMs) === offset) low = middle;
    else high = middle;
  }
  return high * quarterHourMs;
}

/** The floating rule a clock time follows; a day of the last week is the last of its kind. */
function floating(clockTicks: bigint): TransitionTime {
  const { month, day, dayOfWeek } = dateParts(clockTicks);
  const isLast = dateParts(clockTicks + 7n * ticksPerDay).month !== month;
  return {
    isFixedDateRule: false,
    month,
    day: 1,
    week: isLast ? 5 : Math.ceil(day / 7),
    dayOfWeek,
    timeOfDayTicks: clockTicks % ticksPerDay,
  };
}
