// WebUtility through the compiler: reserved characters, Unicode, entities.
import { expect, test } from 'vitest';
import { outcomeWord } from './expression-outcome.ts';

test.each([
  ['@(WebUtility.UrlEncode("a b&é~!*()\'"))', 'a+b%26%C3%A9%7E!*()%27'],
  ['@(WebUtility.UrlDecode("a+b%26"))', 'a b&'],
  [
    '@(WebUtility.HtmlEncode("<a href=\\"x\\">é\'&</a>"))',
    '&lt;a href=&quot;x&quot;&gt;&#233;&#39;&amp;&lt;/a&gt;',
  ],
])('%s is %s', (source, expected) => {
  expect(outcomeWord(source)).toBe(expected);
});
