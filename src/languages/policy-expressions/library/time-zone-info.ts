// System.TimeZoneInfo.
import {
  type AdjustmentRule,
  adjustmentRules,
  ambiguousOffsets,
  convertTime,
  convertTimeFromUtc,
  convertTimeToUtc,
  customTimeZone,
  type DateTimeOffsetValue,
  type DateTimeValue,
  DotnetError,
  equalRules,
  findTimeZone,
  isAmbiguousTime,
  isDaylightSavingTime,
  isInvalidTime,
  localTimeZone,
  offsetMinutesAtLocal,
  type TimeSpanValue,
  type TimeZone,
  timeZoneIds,
} from '../../../dotnet/index.ts';
import { fault, required } from '../running/exceptions.ts';
import { type ArrayValue, arrayValue, Instance } from '../running/values.ts';
import { declareType, named } from '../types/registry.ts';
import { RuleValue } from './adjustment-rule.ts';

class ZoneValue extends Instance {
  readonly zone: TimeZone;

  constructor(zone: TimeZone) {
    super(named('System.TimeZoneInfo'));
    this.zone = zone;
  }
}

const ticksPerMinute = 600_000_000n;
const zone = (id: string | null) => new ZoneValue(findTimeZone(required(id, 'id')));
const utc = () => zone('UTC');
const zoneOf = (value: ZoneValue | null, parameter: string) => required(value, parameter).zone;
const minutes = (count: number): TimeSpanValue => ({ ticks: BigInt(count) * ticksPerMinute });
const utcTicks = (value: DateTimeOffsetValue) =>
  value.ticks - BigInt(value.offsetMinutes) * ticksPerMinute;

/** The instant as the clock in the zone shows it. */
function inZone(value: DateTimeOffsetValue, to: TimeZone): DateTimeOffsetValue {
  const ticks = utcTicks(value);
  const offset = to.offsetMinutesAtUtc(ticks);
  return { ticks: ticks + BigInt(offset) * ticksPerMinute, offsetMinutes: offset };
}

const clockIn = (value: DateTimeOffsetValue, to: TimeZone): DateTimeValue => ({
  ticks: inZone(value, to).ticks,
  kind: 'unspecified',
});

/** A date of UTC or local kind, which is UTC here, is an instant; else it is the zone's clock. */
const clockOf = (value: DateTimeValue, of: TimeZone): DateTimeValue =>
  value.kind === 'unspecified' ? value : clockIn({ ticks: value.ticks, offsetMinutes: 0 }, of);

/** Local time is UTC here; a time without kind is the local one. */
const sourceOf = (value: DateTimeValue): DateTimeValue =>
  value.kind === 'unspecified' ? value : { ticks: value.ticks, kind: 'utc' };

function ambiguous(clock: DateTimeValue, of: TimeZone, name: string, parameter: string) {
  const offsets = ambiguousOffsets(of, clock.ticks);
  if (offsets.length < 2) {
    const message = `The supplied ${name} is not in an ambiguous time range.`;
    throw fault('ArgumentException', message, parameter);
  }
  return arrayValue(named('System.TimeSpan'), offsets.map(minutes));
}

function sameRules(left: TimeZone, right: TimeZone): boolean {
  const [own, other] = [adjustmentRules(left), adjustmentRules(right)];
  return (
    left.baseUtcOffsetMinutes === right.baseUtcOffsetMinutes &&
    left.supportsDaylightSavingTime === right.supportsDaylightSavingTime &&
    own.length === other.length &&
    own.every((rule, index) => equalRules(rule, other[index]!))
  );
}

function rulesIn(list: ArrayValue | null): readonly AdjustmentRule[] {
  return ((list?.items ?? []) as (RuleValue | null)[]).map((value) => {
    if (value !== null) return value.rule;
    const message = 'The AdjustmentRule array cannot contain null elements.';
    throw new DotnetError('System.InvalidTimeZoneException', message);
  });
}

type Text = string | null;

function create(
  id: Text,
  offset: TimeSpanValue,
  displayName: Text,
  standardName: Text,
  daylightName: Text = standardName,
  rules: ArrayValue | null = null,
  disable = false,
): ZoneValue {
  const names = {
    id: required(id, 'id'),
    displayName: displayName ?? '',
    standardName: standardName ?? '',
    daylightName: (disable ? null : daylightName) ?? '',
  };
  return new ZoneValue(customTimeZone(names, offset.ticks, rulesIn(rules), disable));
}

const finding = {
  'static TimeZoneInfo Utc': utc,
  'static TimeZoneInfo Local': () => new ZoneValue(localTimeZone()),
  'static TimeZoneInfo FindSystemTimeZoneById(string id)': zone,
  'static IReadOnlyCollection<TimeZoneInfo> GetSystemTimeZones()': () =>
    arrayValue(named('System.TimeZoneInfo'), timeZoneIds().map(zone)),
  'static void ClearCachedData()': () => undefined,
  'static TimeZoneInfo CreateCustomTimeZone(string id, TimeSpan baseUtcOffset, string displayName, string standardDisplayName)':
    create,
  'static TimeZoneInfo CreateCustomTimeZone(string id, TimeSpan baseUtcOffset, string displayName, string standardDisplayName, string daylightDisplayName, System.TimeZoneInfo.AdjustmentRule[] adjustmentRules)':
    create,
  'static TimeZoneInfo CreateCustomTimeZone(string id, TimeSpan baseUtcOffset, string displayName, string standardDisplayName, string daylightDisplayName, System.TimeZoneInfo.AdjustmentRule[] adjustmentRules, bool disableDaylightSavingTime)':
    create,
};

const converting = {
  'static DateTime ConvertTimeToUtc(DateTime dateTime)': (value: DateTimeValue) =>
    convertTimeToUtc(value),
  'static DateTime ConvertTimeToUtc(DateTime dateTime, TimeZoneInfo sourceTimeZone)': (
    value: DateTimeValue,
    from: ZoneValue | null,
  ) => convertTimeToUtc(value, zoneOf(from, 'sourceTimeZone')),
  'static DateTime ConvertTimeFromUtc(DateTime dateTime, TimeZoneInfo destinationTimeZone)': (
    value: DateTimeValue,
    to: ZoneValue | null,
  ) => convertTimeFromUtc(value, zoneOf(to, 'destinationTimeZone')),
  'static DateTime ConvertTime(DateTime dateTime, TimeZoneInfo destinationTimeZone)': (
    value: DateTimeValue,
    to: ZoneValue | null,
  ) => convertTime(sourceOf(value), utc().zone, zoneOf(to, 'destinationTimeZone')),
  'static DateTime ConvertTime(DateTime dateTime, TimeZoneInfo sourceTimeZone, TimeZoneInfo destinationTimeZone)':
    (value: DateTimeValue, from: ZoneValue | null, to: ZoneValue | null) =>
      convertTime(value, zoneOf(from, 'sourceTimeZone'), zoneOf(to, 'destinationTimeZone')),
  'static DateTimeOffset ConvertTime(DateTimeOffset dateTimeOffset, TimeZoneInfo destinationTimeZone)':
    (value: DateTimeOffsetValue, to: ZoneValue | null) =>
      inZone(value, zoneOf(to, 'destinationTimeZone')),
  'static DateTime ConvertTimeBySystemTimeZoneId(DateTime dateTime, string destinationTimeZoneId)':
    (value: DateTimeValue, id: Text) => convertTime(sourceOf(value), utc().zone, zone(id).zone),
  'static DateTime ConvertTimeBySystemTimeZoneId(DateTime dateTime, string sourceTimeZoneId, string destinationTimeZoneId)':
    (value: DateTimeValue, from: Text, to: Text) =>
      convertTime(value, zone(from).zone, zone(to).zone),
  'static DateTimeOffset ConvertTimeBySystemTimeZoneId(DateTimeOffset dateTimeOffset, string destinationTimeZoneId)':
    (value: DateTimeOffsetValue, id: Text) => inZone(value, zone(id).zone),
};

const about = {
  'string Id': (value: ZoneValue) => value.zone.id,
  'string DisplayName': (value: ZoneValue) => value.zone.displayName,
  'string StandardName': (value: ZoneValue) => value.zone.standardName,
  'string DaylightName': (value: ZoneValue) => value.zone.daylightName,
  'TimeSpan BaseUtcOffset': (value: ZoneValue) => minutes(value.zone.baseUtcOffsetMinutes),
  'bool SupportsDaylightSavingTime': (value: ZoneValue) => value.zone.supportsDaylightSavingTime,
  'System.TimeZoneInfo.AdjustmentRule[] GetAdjustmentRules()': (value: ZoneValue) =>
    arrayValue(
      named('System.TimeZoneInfo.AdjustmentRule'),
      adjustmentRules(value.zone).map((rule) => new RuleValue(rule)),
    ),
  'bool HasSameRules(TimeZoneInfo other)': (value: ZoneValue, other: ZoneValue | null) =>
    sameRules(value.zone, zoneOf(other, 'other')),
  'bool Equals(TimeZoneInfo other)': ({ zone: own }: ZoneValue, other: ZoneValue | null) =>
    other !== null &&
    own.id.toLowerCase() === other.zone.id.toLowerCase() &&
    sameRules(own, other.zone),
};

const asking = {
  'TimeSpan GetUtcOffset(DateTime dateTime)': ({ zone: own }: ZoneValue, date: DateTimeValue) =>
    minutes(
      date.kind === 'unspecified'
        ? offsetMinutesAtLocal(own, date.ticks)
        : own.offsetMinutesAtUtc(date.ticks),
    ),
  'TimeSpan GetUtcOffset(DateTimeOffset dateTimeOffset)': (
    { zone: own }: ZoneValue,
    value: DateTimeOffsetValue,
  ) => minutes(own.offsetMinutesAtUtc(utcTicks(value))),
  'bool IsDaylightSavingTime(DateTime dateTime)': (
    { zone: own }: ZoneValue,
    value: DateTimeValue,
  ) => isDaylightSavingTime(own, value),
  'bool IsDaylightSavingTime(DateTimeOffset dateTimeOffset)': (
    { zone: own }: ZoneValue,
    value: DateTimeOffsetValue,
  ) => isDaylightSavingTime(own, { ticks: utcTicks(value), kind: 'utc' }),
  'bool IsInvalidTime(DateTime dateTime)': ({ zone: own }: ZoneValue, value: DateTimeValue) =>
    value.kind === 'unspecified' && isInvalidTime(own, value.ticks),
  'bool IsAmbiguousTime(DateTime dateTime)': ({ zone: own }: ZoneValue, value: DateTimeValue) =>
    isAmbiguousTime(own, clockOf(value, own).ticks),
  'bool IsAmbiguousTime(DateTimeOffset dateTimeOffset)': (
    { zone: own }: ZoneValue,
    value: DateTimeOffsetValue,
  ) => isAmbiguousTime(own, clockIn(value, own).ticks),
  'TimeSpan[] GetAmbiguousTimeOffsets(DateTime dateTime)': (
    { zone: own }: ZoneValue,
    value: DateTimeValue,
  ) => ambiguous(clockOf(value, own), own, 'DateTime', 'dateTime'),
  'TimeSpan[] GetAmbiguousTimeOffsets(DateTimeOffset dateTimeOffset)': (
    { zone: own }: ZoneValue,
    value: DateTimeOffsetValue,
  ) => ambiguous(clockIn(value, own), own, 'DateTimeOffset', 'dateTimeOffset'),
};

export const timeZoneInfoType = declareType(
  'sealed class System.TimeZoneInfo',
  { ...finding, ...converting, ...about, ...asking },
  {
    text: ({ zone: own }: ZoneValue) => own.displayName,
    key: ({ zone: own }: ZoneValue) =>
      `${own.id.toLowerCase()} ${own.baseUtcOffsetMinutes} ${adjustmentRules(own).length}`,
  },
);
