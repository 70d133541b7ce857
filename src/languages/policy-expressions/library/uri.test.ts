// System.Uri through the compiler: nulls, wrong kinds, extremes, Unicode.
import { expect, test } from 'vitest';
import { outcomeWord } from './expression-outcome.ts';

test.each([
  ['@(new Uri("http://u:p@h:81/a%20b/c?x=1#f").AbsolutePath)', '/a%20b/c'],
  ['@(new Uri("http://h:80/a").ToString())', 'http://h/a'],
  ['@(new Uri("HTTP://HOST/a/../b").AbsoluteUri)', 'http://host/b'],
  ['@(new Uri("x"))', 'System.UriFormatException'],
  ['@(new Uri(null))', 'System.ArgumentNullException'],
  ['@(new Uri(new Uri("http://h/a/b"), "c").ToString())', 'http://h/a/c'],
  ['@(new Uri("http://h/a/b/").Segments.Length)', '3'],
  ['@(new Uri("http://h/a?q=é").Query)', '?q=%C3%A9'],
  ['@(new Uri("https://h").Port)', '443'],
  ['@(new Uri("http://h/a?b#c").GetLeftPart(UriPartial.Path))', 'http://h/a'],
  ['@(Uri.EscapeDataString("a b&c/é!*\'()"))', 'a%20b%26c%2F%C3%A9%21%2A%27%28%29'],
  ['@(Uri.UnescapeDataString("a%20b+c"))', 'a b+c'],
  ['@(Uri.EscapeUriString("http://h/a b?é=1"))', 'http://h/a%20b?%C3%A9=1'],
  ['@(Uri.IsWellFormedUriString("http://h/a b", UriKind.Absolute))', 'false'],
])('%s is %s', (source, expected) => {
  expect(outcomeWord(source)).toBe(expected);
});
