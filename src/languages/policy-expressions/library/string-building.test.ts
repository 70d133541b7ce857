// StringBuilder through the compiler: nulls, wrong kinds, extremes, Unicode.
import { expect, test } from 'vitest';
import { outcomeWord } from './expression-outcome.ts';

test.each([
  [
    "@{ var sb = new StringBuilder(); for (int i = 0, j = 10; i < j; i += 3, j--) sb.Append(i).Append(','); return sb.ToString(); }",
    '0,3,6,',
  ],
  [
    '@(new StringBuilder("abc").Insert(0, "x").Replace("b", "").Remove(0, 1).AppendLine().Append(\'z\', 2).Length)',
    '5',
  ],
  ['@(new StringBuilder().AppendFormat("{0:00}", 5).ToString())', '05'],
])('%s is %s', (source, expected) => {
  expect(outcomeWord(source)).toBe(expected);
});
