import { describe, expect, test } from 'vitest';
import { outcome } from './cases.ts';

describe('date functions', () => {
  test.each([
    ['@utcNow()', '"2025-09-25T05:18:31.3384797Z"'],
    ["@utcNow('yyyy-MM-dd')", '"2025-09-25"'],
    ["@getFutureTime(1, 'Month')", '"2025-10-25T05:18:31.3384797Z"'],
    ["@getPastTime(2, 'week', 'd')", '"9/11/2025"'],
    ["@addToTime('2024-01-31', 1, 'month')", '"2024-02-29T00:00:00.0000000"'],
    ["@subtractFromTime('2018-01-02T00:00:00Z', 1, 'Day', 'D')", '"Monday, January 1, 2018"'],
    ["@addSeconds('2018-03-15T00:00:00Z', -10)", '"2018-03-14T23:59:50.0000000Z"'],
    ["@addMinutes('2018-03-15T00:10:00Z', 10, 'HH:mm')", '"00:20"'],
    ["@addHours('2018-12-31T23:00:00', 1)", '"2019-01-01T00:00:00.0000000"'],
    ["@addDays('2018-03-15', 10)", '"2018-03-25T00:00:00.0000000"'],
    ["@addDays('2018-03-15T00:00:00+02:00', 0)", '"2018-03-14T22:00:00.0000000Z"'],
    ["@dateDifference('2018-01-01T10:00:00Z', '2018-01-01T09:30:00Z')", '"-00:30:00"'],
    [
      "@convertTimeZone('2018-07-01T08:00:00', 'Pacific Standard Time', 'UTC')",
      '"2018-07-01T15:00:00.0000000"',
    ],
    ["@convertTimeZone('2018-01-01T08:00:00', 'UTC', 'Europe/Berlin', 't')", '"9:00 AM"'],
    [
      "@convertFromUtc('2018-07-01T08:00:00Z', 'W. Europe Standard Time')",
      '"2018-07-01T10:00:00.0000000"',
    ],
    [
      "@convertToUtc('2018-07-01T08:00:00', 'Eastern Standard Time')",
      '"2018-07-01T12:00:00.0000000Z"',
    ],
    [
      "@formatDateTime('2018-03-15T13:27:36Z', 'dddd, d. MMMM yyyy', 'de-DE')",
      '"Donnerstag, 15. März 2018"',
    ],
    ["@formatDateTime('2018-03-15T13:27:36Z', 's')", '"2018-03-15T13:27:36"'],
    ["@formatDateTime('03/15/2018 1:27 PM', 'HH:mm')", '"13:27"'],
    ["@parseDateTime('20/10/2014', 'fr-fr')", '"2014-10-20T00:00:00.0000000"'],
    ["@parseDateTime('2014-10-20')", '"2014-10-20T00:00:00.0000000"'],
    ["@startOfHour('2018-03-15T13:30:30Z')", '"2018-03-15T13:00:00.0000000Z"'],
    ["@startOfDay('2018-03-15T13:30:30')", '"2018-03-15T00:00:00.0000000"'],
    ["@startOfMonth('2018-03-15T13:30:30Z', 'yyyy-MM-dd')", '"2018-03-01"'],
    ["@dayOfWeek('2018-03-18')", '0'],
    ["@dayOfMonth('2018-03-15T23:59:59Z')", '15'],
    ["@dayOfYear('2020-12-31')", '366'],
    ["@ticks('0001-01-01')", '0'],
    ["@ticks('9999-12-31T23:59:59.9999999Z')", '3155378975999999999'],
    ["@formatTimeSpan('1.02:03:04', 'c')", '"1.02:03:04"'],
    ["@formatTimeSpan('02:03:04', 'hh\\:mm')", '"02:03"'],
  ])('%s is %s', (text, expected) => {
    expect(outcome(text)).toBe(expected);
  });

  test.each([
    [
      "@formatDateTime('yesterday')",
      "In function 'formatDateTime', the value provided for date time string 'yesterday' was not valid. The datetime string must match ISO 8601 format.",
    ],
    ['@formatDateTime(null)', 'be of type string'],
    ["@addDays('2018-01-01', 1.5)", 'be an integer'],
    ["@addDays('9999-12-31', 1)", 'addDays'],
    ["@addToTime('2018-01-01', 1, 'Fortnight')", "is one of 'Second'"],
    ["@convertFromUtc('2018-01-01', 'Nowhere')", "'Nowhere' is not a time zone"],
    ["@parseDateTime('2014', 'fr-fr', 'ddMMyyyy')", 'does not match the format'],
    ["@formatTimeSpan('x', 'c')", 'formatTimeSpan'],
    ["@utcNow('%')", 'utcNow'],
    ['@getFutureTime(1)', 'expects between two and three parameters'],
  ])('%s fails: %s', (text, message) => {
    expect(outcome(text)).toContain('error: ');
    expect(outcome(text)).toContain(message);
  });
});
