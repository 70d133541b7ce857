// Array through the compiler: nulls, wrong kinds, extremes, Unicode.
import { expect, test } from 'vitest';
import { outcomeWord } from './expression-outcome.ts';

test.each([
  ['@(Array.IndexOf(new[]{1,2}, 2))', '1'],
  ['@{ var a = new[]{3,1,2}; Array.Sort(a); Array.Reverse(a); return string.Join("", a); }', '321'],
])('%s is %s', (source, expected) => {
  expect(outcomeWord(source)).toBe(expected);
});
