// System.Random through the compiler: seeded sequences are .NET's, others are the caller's.
import { expect, test } from 'vitest';
import { outcomeOf } from './expression-outcome.ts';

test.each([
  [0, [1559595546, 1755192844, 1649316166]],
  [1, [534011718, 237820880, 1002897798]],
  [42, [1434747710, 302596119, 269548474]],
])('a seed of %i starts the sequence of .NET', (seed, numbers) => {
  const source = `@{ var r = new Random(${seed}); return new[] { r.Next(), r.Next(), r.Next() }; }`;
  expect(outcomeOf(source)).toEqual(numbers);
});

test.each([
  ['Next with a maximum scales the sample', '@(new Random(42).Next(100))', 66],
  ['Next with both ends', '@(new Random(0).Next(10, 20))', 17],
  ['equal ends are allowed', '@(new Random(0).Next(5, 5))', 5],
  ['a maximum of zero gives zero', '@(new Random(0).Next(0))', 0],
  ['NextDouble', '@(Math.Round(new Random(0).NextDouble(), 9))', 0.72624327],
  [
    'the sign of a seed does not matter',
    '@(new Random(-42).Next() == new Random(42).Next())',
    true,
  ],
  [
    'the least int is the greatest as a seed',
    '@(new Random(int.MinValue).Next() == new Random(int.MaxValue).Next())',
    true,
  ],
  [
    'a range wider than int stays in it',
    '@{ var r = new Random(7); for (int i = 0; i < 500; i++) { var n = r.Next(int.MinValue, int.MaxValue); if (n == int.MaxValue) return false; } return true; }',
    true,
  ],
  [
    'NextBytes takes the low byte of each sample',
    '@{ var b = new byte[3]; new Random(0).NextBytes(b); return b[0] + "," + b[1] + "," + b[2]; }',
    `${1559595546 & 255},${1755192844 & 255},${1649316166 & 255}`,
  ],
  ['without a seed the source of the caller', '@(new Random().Next(10))', 5],
  [
    'a negative maximum',
    '@(new Random(0).Next(-1))',
    "System.ArgumentOutOfRangeException: 'maxValue' must be greater than zero. (Parameter 'maxValue')",
  ],
  [
    'crossed ends',
    '@(new Random(0).Next(2, 1))',
    "System.ArgumentOutOfRangeException: 'minValue' cannot be greater than maxValue. (Parameter 'minValue')",
  ],
  [
    'no buffer',
    '@{ new Random(0).NextBytes(null); return 1; }',
    "System.ArgumentNullException: Value cannot be null. (Parameter 'buffer')",
  ],
])('%s', (_rule, source, expected) => {
  expect(outcomeOf(source)).toEqual(expected);
});
