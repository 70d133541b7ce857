// System.Guid through the compiler: nulls, wrong kinds, extremes, Unicode.
import { expect, test } from 'vitest';
import { outcomeWord } from './expression-outcome.ts';

test.each([
  [
    '@(Guid.Parse("{3F2504E0-4F89-11D3-9A0C-0305E82C3301}").ToString("N"))',
    '3f2504e04f8911d39a0c0305e82c3301',
  ],
  ['@(new Guid("x"))', 'System.FormatException'],
  ['@(Guid.TryParse("x", out var g))', 'false'],
  ['@(Guid.Empty.ToString("B"))', '{00000000-0000-0000-0000-000000000000}'],
  ['@(new Guid("3F2504E0-4F89-11D3-9A0C-0305E82C3301").ToByteArray()[0])', '224'],
])('%s is %s', (source, expected) => {
  expect(outcomeWord(source)).toBe(expected);
});
