// Enumerable through the compiler: nulls, wrong kinds, extremes, Unicode.
import { expect, test } from 'vitest';
import { outcomeWord } from './expression-outcome.ts';

test.each([
  ['@(new[]{1,2,3}.First(x => x > 5))', 'System.InvalidOperationException'],
  ['@(new[]{1,2,3}.FirstOrDefault(x => x > 5))', '0'],
  ['@(new[]{1,2}.Single())', 'System.InvalidOperationException'],
  ['@(new int[0].Max())', 'System.InvalidOperationException'],
  ['@(new int[0].Sum())', '0'],
  ['@(new[]{1,2,3}.Average())', '2'],
  ['@(new int[0].Average())', 'System.InvalidOperationException'],
  ['@(string.Join(",", new[]{1,2,3,4}.Skip(1).Take(2)))', '2,3'],
  ['@(string.Join(",", new[]{1,2}.Concat(new[]{2,3}).Distinct()))', '1,2,3'],
  ['@(string.Join(",", new[]{"b","a"}.OrderByDescending(x => x)))', 'b,a'],
  [
    '@(new[]{"a","bb","cc"}.GroupBy(x => x.Length).Select(g => g.Key + ":" + g.Count()).Last())',
    '2:2',
  ],
  ['@(new[]{"a","b"}.ToDictionary(x => x, x => 1).Count)', '2'],
  ['@(new[]{"a","a"}.ToDictionary(x => x))', 'System.ArgumentException'],
  ['@(string.Join(",", new[]{1,2}.Zip(new[]{"a","b"}, (x, y) => x + y)))', '1a,2b'],
  ['@(string.Join(",", new[]{new[]{1},new[]{2,3}}.SelectMany(x => x)))', '1,2,3'],
  ['@(((IEnumerable<int>)null).Any())', 'System.ArgumentNullException'],
  ['@(new[]{1,2,3}.Aggregate(10, (a, b) => a + b))', '16'],
  ['@(new[]{1,2,3}.ElementAtOrDefault(7))', '0'],
  ['@(new object[]{1,"a"}.OfType<string>().Single())', 'a'],
  ['@(new object[]{1,"a"}.Cast<string>().Count())', 'System.InvalidCastException'],
  ['@(new[]{1,2,3}.SequenceEqual(new[]{1,2,3}))', 'true'],
  ['@(new[]{3,1,2}.OrderBy(x => x).ThenBy(x => x).Last())', '3'],
  ['@(Enumerable.Range(1, -1))', 'System.ArgumentOutOfRangeException'],
  [
    '@(new[]{1,2,3,4}.TakeWhile(x => x < 3).Count() + new[]{1,2,3,4}.SkipWhile(x => x < 3).Count())',
    '4',
  ],
  [
    '@(new[]{1,2}.Union(new[]{2,3}).Count() + new[]{1,2}.Intersect(new[]{2,3}).Count() + new[]{1,2}.Except(new[]{2}).Count())',
    '5',
  ],
  ['@(new[]{1,2,3}.Contains(2) && new[]{1}.All(x => x > 0))', 'true'],
  ['@(new[]{1,2,3}.Where((x, i) => i > 0).Last())', '3'],
  ['@(new[]{"x"}.DefaultIfEmpty("d").First() + new string[0].DefaultIfEmpty("d").First())', 'xd'],
  ['@(new[]{1,2,3}.ToLookup(x => x % 2)[1].Count())', '2'],
  ['@(new[]{1,2,3}.Join(new[]{2,3,4}, a => a, b => b, (a, b) => a * b).Sum())', '13'],
  ['@(new[]{1.5,2.5}.Sum())', '4'],
  ['@(new[]{1m,2.50m}.Sum().ToString())', '3.50'],
  ['@(new[]{"a",null}.Max())', 'a'],
  ['@(new int?[]{1,null}.Sum())', '1'],
  ['@(new[]{1,2}.Append(3).Prepend(0).Count())', '4'],
  ['@(new[]{1,2,3}.ToList().ConvertAll(x => x.ToString()).Count)', '3'],
  ['@(string.Join("", Enumerable.Range(0, 3).Select(i => (char)(\'a\' + i))))', 'abc'],
  ['@(Enumerable.Empty<int>().FirstOrDefault())', '0'],
  ['@(new[]{"a","B"}.Contains("b", StringComparer.OrdinalIgnoreCase))', 'true'],
  ['@(new[]{1,2,3,4}.Aggregate("", (s, x) => s + x, s => s.Length))', '4'],
])('%s is %s', (source, expected) => {
  expect(outcomeWord(source)).toBe(expected);
});
