// Type names through the compiler: nulls, wrong kinds, extremes, Unicode.
import { expect, test } from 'vitest';
import { outcomeWord } from './expression-outcome.ts';

test.each([
  ['@(typeof(List<int>).ToString())', 'System.Collections.Generic.List`1[System.Int32]'],
  ['@(new List<int>().ToString())', 'System.Collections.Generic.List`1[System.Int32]'],
])('%s is %s', (source, expected) => {
  expect(outcomeWord(source)).toBe(expected);
});
