// Parsing of numbers and bools through the compiler: nulls, wrong kinds, extremes, Unicode.
import { expect, test } from 'vitest';
import { outcomeWord } from './expression-outcome.ts';

test.each([
  ['@(int.Parse(" 12 "))', '12'],
  ['@(int.Parse("1,000"))', 'System.FormatException'],
  ['@(int.Parse("2147483648"))', 'System.OverflowException'],
  ['@(int.Parse("-5"))', '-5'],
  ['@(int.Parse(null))', 'System.ArgumentNullException'],
  ['@(int.Parse(""))', 'System.FormatException'],
  ['@(double.Parse("1e3"))', '1000'],
  ['@(double.Parse("1,234.5"))', '1234.5'],
  ['@(decimal.Parse("1,234.50").ToString())', '1234.50'],
  ['@(bool.Parse(" TRUE "))', 'true'],
  ['@(bool.Parse("1"))', 'System.FormatException'],
  ['@(sbyte.Parse("-128"))', '-128'],
  ['@(int.TryParse("12x", out var n) ? n : -1)', '-1'],
  ['@(int.Parse("FF", System.Globalization.NumberStyles.HexNumber))', '255'],
  ['@(decimal.Round(2.5m) + decimal.Truncate(2.9m))', '4'],
])('%s is %s', (source, expected) => {
  expect(outcomeWord(source)).toBe(expected);
});
