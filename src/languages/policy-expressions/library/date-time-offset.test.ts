// DateTimeOffset through the compiler: nulls, wrong kinds, extremes, Unicode.
import { expect, test } from 'vitest';
import { outcomeWord } from './expression-outcome.ts';

test.each([
  [
    '@(DateTimeOffset.FromUnixTimeSeconds(1700000000).ToString("o"))',
    '2023-11-14T22:13:20.0000000+00:00',
  ],
  ['@(DateTimeOffset.Parse("2024-05-06T07:08:09+02:00").ToUnixTimeSeconds())', '1714972089'],
  ['@(DateTimeOffset.Parse("2024-05-06T07:08:09+02:00").UtcDateTime.Hour)', '5'],
  ['@(new DateTimeOffset(2024,5,6,7,8,9,TimeSpan.FromHours(2)).Offset.ToString())', '02:00:00'],
  [
    '@(new DateTimeOffset(new DateTime(2024,5,6,0,0,0,DateTimeKind.Utc), TimeSpan.FromHours(2)))',
    'System.ArgumentException',
  ],
  ['@(DateTimeOffset.UtcNow.ToUnixTimeMilliseconds())', '1704164645000'],
  ['@(DateTimeOffset.FromUnixTimeSeconds(long.MaxValue))', 'System.ArgumentOutOfRangeException'],
  ['@(new DateTimeOffset(2024,5,6,7,8,9,TimeSpan.Zero).ToString())', '05/06/2024 07:08:09 +00:00'],
  ['@(DateTimeOffset.Now.AddHours(1) > DateTimeOffset.Now)', 'true'],
])('%s is %s', (source, expected) => {
  expect(outcomeWord(source)).toBe(expected);
});
