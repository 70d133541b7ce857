// DateTime and TimeZoneInfo through the compiler: nulls, wrong kinds, extremes, Unicode.
import { expect, test } from 'vitest';
import { outcomeWord } from './expression-outcome.ts';

test.each([
  ['@(new DateTime(2024,2,30))', 'System.ArgumentOutOfRangeException'],
  ['@(new DateTime(2024,2,29).AddYears(1).ToString("yyyy-MM-dd"))', '2025-02-28'],
  ['@(new DateTime(2024,1,31).AddMonths(1).Day)', '29'],
  ['@(DateTime.MaxValue.AddDays(1))', 'System.ArgumentOutOfRangeException'],
  ['@(DateTime.MinValue.ToString("o"))', '0001-01-01T00:00:00.0000000'],
  ['@(DateTime.Parse("2024-05-06T07:08:09Z").Kind.ToString())', 'Local'],
  [
    '@(DateTime.Parse("2024-05-06T07:08:09Z").ToUniversalTime().ToString("o"))',
    '2024-05-06T07:08:09.0000000Z',
  ],
  ['@(DateTime.Parse("06/05/2024").Month)', '6'],
  ['@(DateTime.Parse("nope"))', 'System.FormatException'],
  ['@(DateTime.Parse(null))', 'System.ArgumentNullException'],
  ['@(DateTime.TryParse("2024-13-01", out var d))', 'false'],
  ['@(DateTime.ParseExact("20240506", "yyyyMMdd", null).DayOfYear)', '127'],
  ['@(DateTime.ParseExact("2024-05-06", "yyyyMMdd", null))', 'System.FormatException'],
  ['@(new DateTime(2024,5,6).DayOfWeek.ToString())', 'Monday'],
  ['@((int)new DateTime(2024,5,6).DayOfWeek)', '1'],
  ['@((new DateTime(2024,5,6) - new DateTime(2024,5,1)).TotalHours)', '120'],
  ['@(new DateTime(2024,5,6,13,4,5).ToString("h:mm tt"))', '1:04 PM'],
  ['@(new DateTime(2024,5,6,13,4,5).ToString("R"))', 'Mon, 06 May 2024 13:04:05 GMT'],
  ['@(new DateTime(2024,5,6,13,4,5).ToString("s"))', '2024-05-06T13:04:05'],
  ['@(new DateTime(2024,5,6,13,4,5).ToString("u"))', '2024-05-06 13:04:05Z'],
  ['@(new DateTime(2024,5,6,13,4,5).ToString())', '05/06/2024 13:04:05'],
  ['@(new DateTime(2024,5,6,13,4,5,678).ToString("HH:mm:ss.fff FFF"))', '13:04:05.678 678'],
  ['@(new DateTime(2024,5,6).ToString("dddd, MMMM d"))', 'Monday, May 6'],
  ['@(new DateTime(2024,5,6).ToString("%d"))', '6'],
  ['@(new DateTime(2024,5,6).ToString("y\'x\'y"))', '24x24'],
  ['@(new DateTime(2024,5,6).Ticks)', '638505504000000000'],
  ['@(new DateTime(0L).Year)', '1'],
  ['@(DateTime.IsLeapYear(1900))', 'false'],
  ['@(DateTime.DaysInMonth(2024, 2))', '29'],
  ['@(DateTime.UtcNow.ToString("yyyy-MM-ddTHH:mm:ssZ"))', '2024-01-02T03:04:05Z'],
  [
    '@(DateTime.SpecifyKind(new DateTime(2024,1,1), DateTimeKind.Utc).ToString("o"))',
    '2024-01-01T00:00:00.0000000Z',
  ],
  ['@(DateTime.Compare(DateTime.MinValue, DateTime.MaxValue))', '-1'],
  ['@(new DateTime(2024,1,1) < new DateTime(2024,1,2))', 'true'],
  ['@(new DateTime(2024,1,1).Equals(null))', 'false'],
  ['@(new DateTime(2024,1,1).AddDays(0.5).Hour)', '12'],
  [
    '@(TimeZoneInfo.ConvertTimeBySystemTimeZoneId(new DateTime(2024,7,1,12,0,0,DateTimeKind.Utc), "Eastern Standard Time").Hour)',
    '8',
  ],
  ['@(TimeZoneInfo.FindSystemTimeZoneById("Nope"))', 'System.TimeZoneNotFoundException'],
  [
    '@(TimeZoneInfo.FindSystemTimeZoneById("W. Europe Standard Time").GetUtcOffset(new DateTime(2024,7,1)).TotalHours)',
    '2',
  ],
  [
    '@(new DateTime(2024,5,6).ToString("yyyy-MM-ddTHH:mm:ss.fffffffK"))',
    '2024-05-06T00:00:00.0000000',
  ],
  ['@(new DateTime(2024,5,6).ToString("D"))', 'Monday, 06 May 2024'],
  [
    '@(new DateTime(2024,5,6,7,8,9).ToString("G") + "|" + new DateTime(2024,5,6,7,8,9).ToString("f"))',
    '05/06/2024 07:08:09|Monday, 06 May 2024 07:08',
  ],
  ['@(new DateTime(2024,5,6).ToString("q"))', 'System.FormatException'],
  ['@(DateTime.Now.Kind.ToString())', 'Local'],
  [
    '@(new DateTime(2024,5,6).ToShortDateString() + new DateTime(2024,5,6).ToLongTimeString())',
    '05/06/202400:00:00',
  ],
  [
    '@(DateTime.ParseExact("06/May/2024:10:11:12 +0000", "dd/MMM/yyyy:HH:mm:ss zzz", System.Globalization.CultureInfo.InvariantCulture).ToUniversalTime().ToString("s"))',
    '2024-05-06T10:11:12',
  ],
  [
    '@(DateTime.TryParseExact("20240506", new[]{"yyyyMMdd"}, System.Globalization.CultureInfo.InvariantCulture, System.Globalization.DateTimeStyles.None, out var d) ? d.Day : 0)',
    '6',
  ],
  ['@((DateTime.UtcNow - new DateTime(1970, 1, 1)).TotalSeconds)', '1704164645'],
  [
    '@((long)(DateTime.UtcNow.Subtract(new DateTime(1970,1,1))).TotalMilliseconds)',
    '1704164645000',
  ],
])('%s is %s', (source, expected) => {
  expect(outcomeWord(source)).toBe(expected);
});
