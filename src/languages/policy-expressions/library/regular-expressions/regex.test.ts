// Regex, Match and Group through the compiler: nulls, wrong kinds, extremes, Unicode.
import { expect, test } from 'vitest';
import { outcomeWord } from '../expression-outcome.ts';

test.each([
  ['@(Regex.Replace("a1b22", @"\\d+", m => "<" + m.Value + ">"))', 'a<1>b<22>'],
  ['@(Regex.Match("key=val", @"(?<k>\\w+)=(?<v>\\w+)").Groups["v"].Value)', 'val'],
  ['@(Regex.Replace("John Smith", @"(\\w+) (\\w+)", "$2, $1"))', 'Smith, John'],
  ['@(Regex.IsMatch("ABC", "abc", RegexOptions.IgnoreCase))', 'true'],
  ['@(Regex.IsMatch("ABC", "b", RegexOptions.IgnoreCase, TimeSpan.FromMilliseconds(100)))', 'true'],
  ['@(Regex.Replace("aba", "a", "c", RegexOptions.None, Regex.InfiniteMatchTimeout))', 'cbc'],
  [
    '@(Regex.IsMatch("a", "a", RegexOptions.None, TimeSpan.Zero))',
    'System.ArgumentOutOfRangeException',
  ],
  ['@(Regex.Split("a1b2c", @"\\d").Length)', '3'],
  ['@(string.Join("|", Regex.Split("a1b2c", @"(\\d)")))', 'a|1|b|2|c'],
  ['@(Regex.Matches("aXbX", "X").Count)', '2'],
  ['@(Regex.Match("x", "y").Success)', 'false'],
  ['@(Regex.Match("x", "y").Value == "")', 'true'],
  ['@(Regex.Escape("a.b*c"))', 'a\\.b\\*c'],
  ['@(Regex.IsMatch(null, "a"))', 'System.ArgumentNullException'],
  ['@(Regex.IsMatch("a", "("))', 'System.ArgumentException'],
  ['@(Regex.Match("2024-05-06", @"^(\\d{4})-(\\d\\d)-(\\d\\d)$").Groups[2].Index)', '5'],
  ['@(Regex.Match("aaa", "a*?").Length)', '0'],
  ['@(Regex.IsMatch("a\\nb", "^b$", RegexOptions.Multiline))', 'true'],
  ['@(Regex.Replace("aaa", "a", "b"))', 'bbb'],
  ['@(new Regex("a").Replace("aaa", "b", 2))', 'bba'],
  ['@(Regex.IsMatch("foobar", "foo(?=bar)"))', 'true'],
  ['@(Regex.IsMatch("barfoo", "(?<=bar)foo"))', 'true'],
  ['@(Regex.IsMatch("abab", @"^(ab)\\1$"))', 'true'],
  ['@(Regex.Match("a=1;b=2", @"b=(?<v>\\d)").Groups[1].Value)', '2'],
  [
    '@(Regex.Matches("a1b2", @"\\d").Cast<Match>().Select(m => m.Value).Aggregate((a, b) => a + b))',
    '12',
  ],
  // biome-ignore lint/suspicious/noTemplateCurlyInString: the replacement pattern of .NET
  ['@(Regex.Replace("hello", "(?<first>h)", "${first}H$0$$"))', 'hHh$ello'],
  ['@(Regex.Replace("a.b", @"\\.", ""))', 'ab'],
  ['@(Regex.IsMatch("x", @"\\p{Lu}"))', 'false'],
  ['@(Regex.Match("abc", "(?i)B").Index)', '1'],
  ['@(new Regex(@"(\\d+)").Match("ab12cd34").NextMatch().Value)', '34'],
  ['@(Regex.Match("aXbX", "X", RegexOptions.RightToLeft).Index)', '3'],
])('%s is %s', (source, expected) => {
  expect(outcomeWord(source)).toBe(expected);
});
