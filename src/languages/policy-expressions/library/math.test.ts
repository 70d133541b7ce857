// System.Math through the compiler: nulls, wrong kinds, extremes, Unicode.
import { expect, test } from 'vitest';
import { outcomeWord } from './expression-outcome.ts';

test.each([
  ['@(Math.Round(2.5))', '2'],
  ['@(Math.Round(2.5, MidpointRounding.AwayFromZero))', '3'],
  ['@(Math.Round(1.005, 2))', '1'],
  ['@(Math.Round(2.345m, 2).ToString())', '2.34'],
  ['@(Math.Floor(-1.5))', '-2'],
  ['@(Math.Truncate(-1.5))', '-1'],
  ['@(Math.Abs(int.MinValue))', 'System.OverflowException'],
  ['@(Math.Max(1, 2.5))', '2.5'],
  ['@(Math.Pow(2, 10))', '1024'],
  ['@(Math.Sign(-3.2))', '-1'],
  ['@(Math.Sqrt(-1))', 'NaN'],
  ['@(Math.DivRem(7, 2, out var r) * 10 + r)', '31'],
  ['@(Math.Min(1, 2L).GetType().Name)', 'Int64'],
  ['@(Math.Clamp(5, 1, 3))', '3'],
  ['@(Math.Log10(1000))', '3'],
  ['@(Math.Ceiling(1.2m).ToString())', '2'],
  ['@(Math.Max(1L, 2))', '2'],
  ['@(Math.Clamp(9L, 1, 3))', '3'],
  ['@{ long a = 5; return Math.Min(a, 7); }', '5'],
  ['@{ int a = 5; return Math.Min(a, 7L); }', '5'],
  ['@(Math.Min(1, 2L))', '1'],
  ['@(Math.Abs(-5L))', '5'],
  ['@(Math.Max(1m, 2).ToString())', '2'],
  ['@(Math.Max(1u, 2u))', '2'],
])('%s is %s', (source, expected) => {
  expect(outcomeWord(source)).toBe(expected);
});
