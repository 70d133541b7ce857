// System.Convert through the compiler: nulls, wrong kinds, extremes, Unicode.
import { expect, test } from 'vitest';
import { outcomeWord } from './expression-outcome.ts';

test.each([
  ['@(Convert.ToInt32("12"))', '12'],
  ['@(Convert.ToInt32(null))', '0'],
  ['@(Convert.ToInt32(""))', 'System.FormatException'],
  ['@(Convert.ToInt32(2.5))', '2'],
  ['@(Convert.ToInt32(3.5))', '4'],
  ["@(Convert.ToInt32('a'))", '97'],
  ['@(Convert.ToInt32(true))', '1'],
  ['@(Convert.ToInt32("ff", 16))', '255'],
  ['@(Convert.ToInt32("FFFFFFFF", 16))', '-1'],
  ['@(Convert.ToString(255, 2))', '11111111'],
  ['@(Convert.ToString(-1, 16))', 'ffffffff'],
  ['@(Convert.ToString((object)null) == "")', 'true'],
  ['@(Convert.ToString((string)null) == null)', 'true'],
  ['@(Convert.ToBoolean("yes"))', 'System.FormatException'],
  ['@(Convert.ToBoolean(null))', 'false'],
  ['@(Convert.ToBoolean(5))', 'true'],
  ['@(Convert.ToDouble("1.5"))', '1.5'],
  ['@(Convert.ToDateTime("2020-01-02").Day)', '2'],
  ['@(Convert.ToInt32(long.MaxValue))', 'System.OverflowException'],
  ['@(Convert.ToByte(256))', 'System.OverflowException'],
  ['@(Convert.ToInt32(new object()))', 'System.InvalidCastException'],
  ['@(Convert.FromBase64String("abc"))', 'System.FormatException'],
  ['@(Convert.FromBase64String(" YWJj\\n").Length)', '3'],
  ['@(Convert.FromBase64String(null))', 'System.ArgumentNullException'],
  ['@(Convert.ToBase64String(new byte[0]))', ''],
  ['@(Convert.ToChar(65))', 'A'],
  ['@(Convert.ToDecimal("1.10").ToString())', '1.10'],
  ['@(Convert.ChangeType("5", typeof(int)))', '5'],
])('%s is %s', (source, expected) => {
  expect(outcomeWord(source)).toBe(expected);
});
