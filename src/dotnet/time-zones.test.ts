import { expect, test } from 'vitest';
import { formatDateTime } from './date-format.ts';
import { parseDateTime } from './date-parse.ts';
import { DotnetError } from './errors.ts';
import { dateTime } from './instants.ts';
import {
  convertTime,
  convertTimeFromUtc,
  convertTimeToUtc,
  findTimeZone,
  isAmbiguousTime,
  isDaylightSavingTime,
  isInvalidTime,
  offsetMinutesAtLocal,
  timeZoneIds,
} from './time-zones.ts';

const pacific = findTimeZone('Pacific Standard Time');
const print = (value: Parameters<typeof formatDateTime>[0]) => formatDateTime(value, 'o');

test.each([
  ['2018-01-01T08:00:00', 'Pacific Standard Time', '2018-01-01T00:00:00.0000000'],
  ['2018-07-01T08:00:00', 'Pacific Standard Time', '2018-07-01T01:00:00.0000000'],
  ['2018-07-01T08:00:00', 'america/los_angeles', '2018-07-01T01:00:00.0000000'],
  ['2018-01-01T12:00:00', 'India Standard Time', '2018-01-01T17:30:00.0000000'],
  ['2018-01-01T12:00:00', 'Nepal Standard Time', '2018-01-01T17:45:00.0000000'],
  ['2018-01-01T12:00:00', 'UTC', '2018-01-01T12:00:00.0000000Z'],
  ['2018-03-11T09:59:59', 'Pacific Standard Time', '2018-03-11T01:59:59.0000000'],
  ['2018-03-11T10:00:00', 'Pacific Standard Time', '2018-03-11T03:00:00.0000000'],
  ['2018-07-01T12:00:00', 'W. Europe Standard Time', '2018-07-01T14:00:00.0000000'],
  ['0001-01-01T00:00:00', 'Pacific Standard Time', '0001-01-01T00:00:00.0000000'],
])('%s UTC in %s', (text, id, printed) => {
  expect(print(convertTimeFromUtc(parseDateTime(text), findTimeZone(id)))).toBe(printed);
});

test('a time that daylight saving skips has no UTC time', () => {
  const gap = dateTime(2018, 3, 11, 2, 30);
  expect(isInvalidTime(pacific, gap.ticks)).toBe(true);
  expect(() => convertTimeToUtc(gap, pacific)).toThrow(/represents an invalid time/);
});

test('an ambiguous time counts as standard time', () => {
  const twice = dateTime(2018, 11, 4, 1, 30);
  expect(isAmbiguousTime(pacific, twice.ticks)).toBe(true);
  expect(offsetMinutesAtLocal(pacific, twice.ticks)).toBe(-480);
  expect(print(convertTimeToUtc(twice, pacific))).toBe('2018-11-04T09:30:00.0000000Z');
});

test('a UTC value cannot be converted from another zone', () => {
  const utc = dateTime(2018, 1, 1, 0, 0, 0, 0, 'utc');
  expect(() => convertTimeToUtc(utc, pacific)).toThrow(/Kind property set correctly/);
  expect(convertTimeToUtc(utc)).toEqual(utc);
});

test('zones convert into each other', () => {
  const india = findTimeZone('India Standard Time');
  expect(print(convertTime(dateTime(2018, 1, 1, 0), pacific, india))).toBe(
    '2018-01-01T13:30:00.0000000',
  );
});

test('a zone tells its names and whether it saves daylight', () => {
  expect(pacific).toMatchObject({
    id: 'Pacific Standard Time',
    standardName: 'Pacific Standard Time',
    daylightName: 'Pacific Daylight Time',
    baseUtcOffsetMinutes: -480,
    supportsDaylightSavingTime: true,
  });
  expect(findTimeZone('utc').id).toBe('UTC');
  expect(isDaylightSavingTime(pacific, dateTime(2018, 7, 1))).toBe(true);
  expect(isDaylightSavingTime(pacific, dateTime(2018, 1, 1))).toBe(false);
  expect(timeZoneIds().length).toBeGreaterThan(130);
});

test('every Windows zone is found', () => {
  for (const id of timeZoneIds()) expect(findTimeZone(id).id).toBe(id);
});

test.each(['', 'Nowhere Standard Time', '+01:00', '__proto__', 'x'.repeat(1000)])(
  'an unknown zone is refused: %s',
  (id) => {
    expect(() => findTimeZone(id)).toThrow(DotnetError);
  },
);
