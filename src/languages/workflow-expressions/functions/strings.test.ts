import { describe, expect, test } from 'vitest';
import { outcome } from './cases.ts';

describe('string functions', () => {
  test.each([
    ["@concat('a', 1, 1.5, true, null)", '"a11.5True"'],
    ["@concat('a')", '"a"'],
    ['@concat(createArray(1, 2.0), json(\'{"a":null}\'))', '"[1,2.0]{\\"a\\":null}"'],
    ["@concat(5.0, ' ', 1e20, ' ', 0.00001)", '"5 1E+20 1E-05"'],
    ["@concat('\u{1F600}', 'é')", '"\u{1F600}é"'],
    ["@substring('abc', 3)", '""'],
    ["@substring('abc', 0, 0)", '""'],
    ["@substring('', 0)", '""'],
    ["@slice('abc', 1)", '"bc"'],
    ["@slice('abc', -10)", '"abc"'],
    ["@slice('abc', 2, 1)", '""'],
    ["@slice('', 5, -5)", '""'],
    ["@replace('a.b.c', '.', '$&')", '"a$&b$&c"'],
    ["@replace('aaa', 'a', '')", '""'],
    ["@replace('Aa', 'a', 'b')", '"Ab"'],
    ["@toLower('ÀÉ')", '"àé"'],
    ["@toUpper('straße')", '"STRAßE"'],
    ["@indexOf('Hello', 'LL')", '2'],
    ["@indexOf('abc', '')", '0'],
    ["@indexOf('', 'a')", '-1'],
    ["@lastIndexOf('abcABC', 'b')", '4'],
    ["@lastIndexOf('abc', 'z')", '-1'],
    ["@nthIndexOf('a1a2a3', 'A', 3)", '4'],
    ["@nthIndexOf('a1a2a3', 'a', 4)", '-1'],
    ["@nthIndexOf('a1a2a3', 'a', -3)", '0'],
    ["@nthIndexOf('a1a2a3', 'a', -4)", '-1'],
    ["@nthIndexOf('', 'a', 1)", '-1'],
    ["@startsWith('abc', '')", 'true'],
    ["@startsWith('', 'a')", 'false'],
    ["@endsWith('abC', 'BC')", 'true'],
    ["@split('a,b', ',')", '["a","b"]'],
    ["@split('abc', '')", '["abc"]'],
    ["@split('a--b', '--')", '["a","b"]'],
    ["@trim(' \u2003a\u00a0b\u3000 ')", '"a\u00a0b"'],
    ["@formatNumber(1234567.891, 'N2')", '"1,234,567.89"'],
    ["@formatNumber(17.35, 'C2')", '"$17.35"'],
    ["@formatNumber(17.35, 'C2', 'is-is')", '"17,35 kr."'],
    ["@formatNumber(0.1234, 'P1', 'en-US')", '"12.3%"'],
    ["@formatNumber(123, 'D6')", '"000123"'],
    ["@formatNumber(9223372036854775807, 'N0')", '"9,223,372,036,854,775,807"'],
    ["@formatNumber(decimal('1.50'), '0.0000')", '"1.5000"'],
    ["@guid('N')", '"80808080808048088080808080808080"'.replace('48088080', '40808080')],
    ["@guid('B')", '"{80808080-8080-4080-8080-808080808080}"'],
    ["@length('\u{1F600}')", '2'],
    ["@trimByteOrderMark('\uFEFFa')", '"a"'],
    ["@string(trimByteOrderMark(base64ToBinary('77u/YQ==')))", '"a"'],
    ["@encodeXmlValue('<a b=\"c\">&''')", '"&lt;a b=&quot;c&quot;&gt;&amp;&apos;"'],
    ["@decodeXmlValue('&lt;a&gt;&amp;&quot;&apos;')", '"<a>&\\"\'"'],
    ["@encodeXmlName('a b:1')", '"a_x0020_b:1"'],
    ["@decodeXmlName('a_x0020_b')", '"a b"'],
  ])('%s is %s', (text, expected) => {
    expect(outcome(text)).toBe(expected);
  });

  test.each([
    ['@concat()', 'Expected at least one argument'],
    ["@substring('abc', 2, 2)", 'out of range'],
    ['@substring(null, 0)', "be of type string. The provided value is of type 'Null'"],
    ["@substring('abc', '0')", 'be an integer'],
    ["@replace('a', '', 'b')", "String cannot be of zero length. (Parameter 'oldValue')"],
    [
      "@replace(1, 'a', 'b')",
      "its first parameter to be of type string. The provided value is of type 'Integer'",
    ],
    ['@toLower(null)', "to be a string. The provided value is of type 'Null'"],
    ["@split(null, ',')", 'be of type string'],
    ['@trim(1)', 'are not valid'],
    ["@startsWith('a', 1)", 'its second parameter to be of type string'],
    ["@formatNumber('1', 'N')", 'be an integer or a decimal number'],
    ["@formatNumber(1.5, 'D')", 'formatNumber'],
    ["@formatNumber(1, 'N', 'no such locale')", 'locale that is not valid'],
    ["@guid('Q')", 'guid'],
    ['@encodeXmlValue(1)', 'be a string'],
    ["@nthIndexOf('a', 'a')", 'expects three parameters'],
  ])('%s fails: %s', (text, message) => {
    expect(outcome(text)).toContain('error: ');
    expect(outcome(text)).toContain(message);
  });

  test('a result beyond the bound is refused before it is built', () => {
    const given = JSON.stringify({ variables: { long: 'ab'.repeat(2_000_000) } });
    const text = "@replace(variables('long'), 'a', concat(variables('long'), 'a'))";
    expect(outcome(text, given)).toContain('longer than');
  });
});
