import { describe, expect, test } from 'vitest';
import { outcome } from './cases.ts';

describe('conversion functions', () => {
  test.each([
    ["@json('5.0')", '5.0'],
    ["@json('12345678901234567890123')", '12345678901234567890123'],
    ['@json(\'{"b":1,"1":2,"a":3}\')', '{"b":1,"1":2,"a":3}'],
    ['@json(\'{"a":1,"b":2,"a":3}\')', '{"b":2,"a":3}'],
    ['@json(\'{"__proto__":{"x":1}}\')', '{"__proto__":{"x":1}}'],
    ['@json(\'"2020-01-01T00:00:00Z"\')', '"2020-01-01T00:00:00Z"'],
    ["@json('null')", 'null'],
    ["@json(base64ToBinary('eyJhIjoxfQ=='))", '{"a":1}'],
    ['@string(json(\'{"a": [1, 2.50, "é"]}\'))', '"{\\"a\\":[1,2.5,\\"é\\"]}"'],
    ['@string(false)', '"False"'],
    ["@string(binary('é'))", '"é"'],
    ["@string(base64ToBinary('/w=='))", '"\uFFFD"'],
    ["@int('  -42 ')", '-42'],
    ["@int('1,000')", '1000'],
    ['@int(2.0)', '2'],
    ["@int('NaN')", '-9223372036854775808'],
    ['@float(3)', '3.0'],
    ["@float('1e3')", '1000.0'],
    ["@float('-0')", '-0.0'],
    ["@decimal('79228162514264337593543950335')", '79228162514264337593543950335.0'],
    ['@decimal(1.5)', '1.5'],
    ['@bool(0.0)', 'false'],
    ["@bool('TRUE')", 'true'],
    ['@array(null)', '[null]'],
    ['@createArray()', '[]'],
    ["@createArray(1, 'a', null)", '[1,"a",null]'],
    ["@base64('é')", '"w6k="'],
    ['@base64(5)', '"NQ=="'],
    ["@base64(base64ToBinary('/w=='))", '"/w=="'],
    ["@base64ToString('')", '""'],
    ["@base64ToBinary('YQ==')", '{"$content-type":"application/octet-stream","$content":"YQ=="}'],
    ["@decodeBase64('aGVsbG8=')", '"hello"'],
    ["@binary('')", '{"$content-type":"application/octet-stream","$content":""}'],
    ['@dataUri(json(\'{"a":1}\'))', '"data:application/json;charset=utf-8;base64,eyJhIjoxfQ=="'],
    ["@dataUriToString(dataUri('é'))", '"é"'],
    ["@string(dataUriToBinary('data:,a%20b'))", '"a b"'],
    ["@decodeDataUri('data:;base64,YQ==')['$content']", '"YQ=="'],
    ["@uriComponent('a b/ü?&=*''()')", '"a%20b%2F%C3%BC%3F%26%3D%2A%27%28%29"'],
    ["@encodeUriComponent('~a.b-c_d')", '"~a.b-c_d"'],
    ["@encodeUriComponent('a/', 'b')", '"a%2Fb"'],
    ["@decodeUriComponent('a%20b+c%zz')", '"a b+c%zz"'],
    ["@uriComponentToString('%C3%BC')", '"ü"'],
    ["@string(uriComponentToBinary('%C3%BC'))", '"ü"'],
    ["@utf8Length('é\u{1F600}')", '6'],
    ["@utf16Length('é\u{1F600}')", '6'],
  ])('%s is %s', (text, expected) => {
    expect(outcome(text)).toBe(expected);
  });

  test.each([
    ["@json('{')", "parameter is not valid. The provided value '{' cannot be parsed"],
    [
      '@json(null)',
      "expects its parameter to be a string or an XML. The provided value is of type 'Null'",
    ],
    ["@json('')", 'cannot be parsed'],
    ["@int('1.5')", 'Could not parse 1.5 as int'],
    ['@int(null)', 'as int'],
    ['@int(true)', 'as int'],
    ["@int('9223372036854775807')", 'as int'],
    ["@float('1,5', 'xx-nowhere')", 'locale that is not valid'],
    ['@float(null)', 'Could not parse'],
    ["@decimal('1e2')", 'as decimal'],
    ['@decimal(1e30)', 'as decimal'],
    ["@bool('yes')", 'Could not parse yes as bool'],
    ['@bool(null)', 'as bool'],
    ["@base64ToString('a')", "The value 'a' cannot be decoded from base64 representation."],
    ["@base64ToBinary('!!!!')", 'cannot be decoded from base64'],
    ['@base64(null)', 'be a string'],
    ['@binary(null)', 'have a value'],
    ["@dataUriToBinary('http://a')", 'is not a data URI'],
    ['@uriComponent(5)', "be a string. The provided value is of type 'Integer'"],
    ['@xml(5)', 'be a string or an object'],
    ['@utf8Length(null)', 'be a string'],
  ])('%s fails: %s', (text, message) => {
    expect(outcome(text)).toContain('error: ');
    expect(outcome(text)).toContain(message);
  });

  test('JSON nested beyond the bound fails instead of exhausting the stack', () => {
    const deep = `${'['.repeat(100_000)}${']'.repeat(100_000)}`;
    expect(outcome("@json(variables('x'))", JSON.stringify({ variables: { x: deep } }))).toContain(
      'error: ',
    );
  });
});
