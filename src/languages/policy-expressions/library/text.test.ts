// Encoding and BitConverter through the compiler: nulls, wrong kinds, extremes, Unicode.
import { expect, test } from 'vitest';
import { outcomeWord } from './expression-outcome.ts';

test.each([
  ['@(Encoding.UTF8.GetString(new byte[]{0xC3,0xA9}))', 'é'],
  ['@(Encoding.ASCII.GetString(new byte[]{0xE9}))', '?'],
  ['@(Encoding.ASCII.GetBytes("é")[0])', '63'],
  ['@(Encoding.Unicode.GetBytes("a").Length)', '2'],
  ['@(Encoding.UTF8.GetBytes((string)null))', 'System.ArgumentNullException'],
  ['@(Encoding.GetEncoding("iso-8859-1").GetBytes("é")[0])', '233'],
  ['@(Encoding.UTF8.GetString(new byte[]{0xFF}))', '�'],
  ['@(BitConverter.ToString(Encoding.UTF8.GetBytes("hi")))', '68-69'],
])('%s is %s', (source, expected) => {
  expect(outcomeWord(source)).toBe(expected);
});
