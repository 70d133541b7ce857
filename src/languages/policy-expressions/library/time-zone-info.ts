// System.TimeZoneInfo.
import {
  convertTime,
  convertTimeFromUtc,
  convertTimeToUtc,
  type DateTimeValue,
  findTimeZone,
  isAmbiguousTime,
  isDaylightSavingTime,
  isInvalidTime,
  offsetMinutesAtLocal,
  type TimeZone,
} from '../../../dotnet/index.ts';
import { required } from '../running/exceptions.ts';
import { Instance } from '../running/values.ts';
import { declareType, named } from '../types/registry.ts';

const zoneKey = (value: ZoneValue) => value.zone.id;

class ZoneValue extends Instance {
  readonly zone: TimeZone;

  constructor(zone: TimeZone) {
    super(named('System.TimeZoneInfo'));
    this.zone = zone;
  }
}

const zone = (id: string | null) => new ZoneValue(findTimeZone(required(id, 'id')));
const utc = () => zone('UTC');
const zoneOf = (value: ZoneValue | null, parameter: string) => required(value, parameter).zone;
const minutes = (count: number) => ({ ticks: BigInt(count) * 600_000_000n });

export const timeZoneInfoType = declareType(
  'sealed class System.TimeZoneInfo',
  {
    'static TimeZoneInfo Utc': utc,
    'static TimeZoneInfo Local': utc,
    'static TimeZoneInfo FindSystemTimeZoneById(string id)': zone,
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
    ) => convertTime(value, utc().zone, zoneOf(to, 'destinationTimeZone')),
    'static DateTime ConvertTime(DateTime dateTime, TimeZoneInfo sourceTimeZone, TimeZoneInfo destinationTimeZone)':
      (value: DateTimeValue, from: ZoneValue | null, to: ZoneValue | null) =>
        convertTime(value, zoneOf(from, 'sourceTimeZone'), zoneOf(to, 'destinationTimeZone')),
    'static DateTime ConvertTimeBySystemTimeZoneId(DateTime dateTime, string destinationTimeZoneId)':
      (value: DateTimeValue, id: string | null) => convertTime(value, utc().zone, zone(id).zone),
    'static DateTimeOffset ConvertTime(DateTimeOffset dateTimeOffset, TimeZoneInfo destinationTimeZone)':
      (value: { ticks: bigint; offsetMinutes: number }, to: ZoneValue | null) => {
        const utcTicks = value.ticks - BigInt(value.offsetMinutes) * 600_000_000n;
        const offset = zoneOf(to, 'destinationTimeZone').offsetMinutesAtUtc(utcTicks);
        return { ticks: utcTicks + BigInt(offset) * 600_000_000n, offsetMinutes: offset };
      },
    'string Id': (value: ZoneValue) => value.zone.id,
    'string DisplayName': (value: ZoneValue) => value.zone.displayName,
    'string StandardName': (value: ZoneValue) => value.zone.standardName,
    'string DaylightName': (value: ZoneValue) => value.zone.daylightName,
    'TimeSpan BaseUtcOffset': (value: ZoneValue) => minutes(value.zone.baseUtcOffsetMinutes),
    'bool SupportsDaylightSavingTime': (value: ZoneValue) => value.zone.supportsDaylightSavingTime,
    'TimeSpan GetUtcOffset(DateTime dateTime)': (value: ZoneValue, date: DateTimeValue) =>
      minutes(
        date.kind === 'utc'
          ? value.zone.offsetMinutesAtUtc(date.ticks)
          : offsetMinutesAtLocal(value.zone, date.ticks),
      ),
    'bool IsDaylightSavingTime(DateTime dateTime)': (value: ZoneValue, date: DateTimeValue) =>
      isDaylightSavingTime(value.zone, date),
    'bool IsInvalidTime(DateTime dateTime)': (value: ZoneValue, date: DateTimeValue) =>
      isInvalidTime(value.zone, date.ticks),
    'bool IsAmbiguousTime(DateTime dateTime)': (value: ZoneValue, date: DateTimeValue) =>
      isAmbiguousTime(value.zone, date.ticks),
  },
  { text: (value: ZoneValue) => value.zone.displayName, key: zoneKey },
);
