// TimeSpan through the compiler: nulls, wrong kinds, extremes, Unicode.
import { expect, test } from 'vitest';
import { outcomeWord } from './expression-outcome.ts';

test.each([
  ['@(TimeSpan.FromMinutes(90).ToString())', '01:30:00'],
  ['@(TimeSpan.FromDays(1.5).ToString("c"))', '1.12:00:00'],
  ['@(new TimeSpan(1,2,3,4,5).ToString("g"))', '1:2:03:04.005'],
  ['@(new TimeSpan(1,2,3).ToString(@"hh\\:mm"))', '01:02'],
  ['@(TimeSpan.Parse("1.02:03:04").TotalDays > 1)', 'true'],
  ['@(TimeSpan.Parse("25:00"))', 'System.OverflowException'],
  ['@(TimeSpan.Parse("x"))', 'System.FormatException'],
  [
    '@(TimeSpan.Zero.ToString() + TimeSpan.MaxValue.ToString())',
    '00:00:0010675199.02:48:05.4775807',
  ],
  ['@((-TimeSpan.FromSeconds(1)).ToString())', '-00:00:01'],
  ['@(TimeSpan.FromMilliseconds(1.5).TotalMilliseconds)', '1.5'],
  ['@(TimeSpan.FromSeconds(double.NaN))', 'System.ArgumentException'],
  ['@(TimeSpan.MaxValue + TimeSpan.FromTicks(1))', 'System.OverflowException'],
])('%s is %s', (source, expected) => {
  expect(outcomeWord(source)).toBe(expected);
});
