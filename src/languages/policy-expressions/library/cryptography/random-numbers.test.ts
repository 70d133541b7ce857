// RandomNumberGenerator and RNGCryptoServiceProvider, through the compiler.
import { expect, test } from 'vitest';
import { outcomeOf } from '../expression-outcome.ts';

test.each([
  [
    "bytes come from the evaluation's source",
    '@{ var b = new byte[4]; using (var r = new RNGCryptoServiceProvider()) { r.GetBytes(b); } return b; }',
    'BwcHBw==',
  ],
  [
    'a part of an array',
    '@{ var b = new byte[4]; RandomNumberGenerator.Create().GetBytes(b, 1, 2); return b; }',
    'AAcHAA==',
  ],
  [
    'none is zero',
    '@{ var b = new byte[4]; RandomNumberGenerator.Create().GetNonZeroBytes(b); return b.All(x => x > 0); }',
    true,
  ],
  ['a number below', '@(RandomNumberGenerator.GetInt32(10) < 10)', true],
  ['a number between', '@(RandomNumberGenerator.GetInt32(5, 6))', 5],
])('%s', (_rule, expression, wanted) => {
  expect(outcomeOf(expression)).toEqual(wanted);
});

test.each([
  [
    '@(RandomNumberGenerator.GetInt32(0))',
    "System.ArgumentOutOfRangeException: Positive number required. (Parameter 'toExclusive')",
  ],
  [
    '@(RandomNumberGenerator.GetBytes(100000000))',
    "System.ArgumentOutOfRangeException: Too many random bytes at once. (Parameter 'count')",
  ],
  [
    '@(RandomNumberGenerator.GetInt32(5, 5))',
    'System.ArgumentException: Range of random number does not contain at least one possibility.',
  ],
])('%s is refused', (expression, wanted) => {
  expect(outcomeOf(expression)).toBe(wanted);
});
