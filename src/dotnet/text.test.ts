import fc from 'fast-check';
import { expect, test } from 'vitest';
import { fromBase64, fromHex, toBase64, toHex } from './base64.ts';
import { textEncoding, textEncodingOfPage } from './encodings.ts';
import { DotnetError } from './errors.ts';
import { formatGuid, guidOfBytes, guidToBytes, parseGuid } from './guid.ts';
import { StringComparison } from './styles.ts';
import * as text from './text.ts';
import * as web from './web-text.ts';

test('upper and lower case go character by character', () => {
  expect(text.toUpper('straße ıi')).toBe('STRASSE ıI'.replace('SS', 'ß'));
  expect(text.toLower('ÀÉÎ ΣΑΣ İ')).toBe('àéî σασ İ');
  expect(text.toUpper('😀a')).toBe('😀A');
});

test.each([
  ['a', 'B', StringComparison.CurrentCulture, -1],
  ['a', 'B', StringComparison.Ordinal, 1],
  ['a', 'A', StringComparison.OrdinalIgnoreCase, 0],
  ['a', 'A', StringComparison.InvariantCultureIgnoreCase, 0],
  ['a', 'A', StringComparison.CurrentCulture, -1],
  [null, 'a', StringComparison.Ordinal, -1],
  ['a', null, StringComparison.Ordinal, 1],
  [null, null, StringComparison.Ordinal, 0],
])('Compare(%s, %s, %i)', (left, right, comparison, order) => {
  expect(text.compareText(left, right, comparison)).toBe(order);
});

test('searching honours the comparison', () => {
  const ignore = StringComparison.OrdinalIgnoreCase;
  expect(text.startsWithText('hello', 'HE', ignore)).toBe(true);
  expect(text.endsWithText('hello', 'LO', ignore)).toBe(true);
  expect(text.indexOfText('hello', 'L', 0, ignore)).toBe(2);
  expect(text.lastIndexOfText('hello', 'L', ignore)).toBe(3);
  expect(text.replaceText('Hello', 'HELL', 'j', ignore)).toBe('jo');
  expect(text.replaceText('a$&b', 'a', '$&')).toBe('$&$&b');
  expect(() => text.replaceText('a', '', 'x')).toThrow(
    "String cannot be of zero length. (Parameter 'oldValue')",
  );
  expect(() => text.compareText('a', 'b', 9)).toThrow(DotnetError);
});

test('Trim takes white space or a set of characters', () => {
  expect(text.trimText('\t\r\n x \u00a0\u2003')).toBe('x');
  expect(text.trimText('\u200bx\ufeff')).toBe('\u200bx\ufeff');
  expect(text.trimText('/path//', '/', 'end')).toBe('/path');
  expect(text.trimText('007', '0', 'start')).toBe('7');
});

const guid = '3f2504e0-4f89-41d3-9a0c-0305e82c3301';
test.each(['N', 'D', 'B', 'P', 'X'])('a GUID in form %s reads back', (form) => {
  expect(parseGuid(formatGuid(guid, form).toUpperCase().replaceAll('0X', '0x'))).toBe(guid);
});

test('GUID texts and letters that are none are refused', () => {
  expect(formatGuid(guid, 'X')).toBe(
    '{0x3f2504e0,0x4f89,0x41d3,{0x9a,0x0c,0x03,0x05,0xe8,0x2c,0x33,0x01}}',
  );
  expect(() => parseGuid(guid.slice(1))).toThrow(/Guid should contain 32 digits with 4 dashes/);
  expect(() => formatGuid(guid, 'Q')).toThrow(/Format string can be only/);
  expect(guidOfBytes(guidToBytes(guid))).toBe(guid);
  expect(toHex(guidToBytes(guid)).slice(0, 8)).toBe('E004253F');
  expect(() => guidOfBytes(new Uint8Array(3))).toThrow(/exactly 16 bytes/);
});

test('base64 skips blanks and names what is wrong', () => {
  expect([...fromBase64(' AQ ID\r\n')]).toEqual([1, 2, 3]);
  expect(() => fromBase64('AQI')).toThrow('The input is not a valid Base-64 string');
  expect(() => fromBase64('A_I=')).toThrow(/^The input is not a valid Base-64 string/);
  expect(() => fromBase64('A===')).toThrow(DotnetError);
  expect(toBase64(new Uint8Array(60), true).split('\r\n')[0]).toHaveLength(76);
  expect([...fromHex('0aFF')]).toEqual([10, 255]);
  expect(() => fromHex('0')).toThrow(DotnetError);
  expect(() => fromHex('zz')).toThrow(DotnetError);
});

test.each(['utf-8', 'UTF-16', 'utf-16BE', 'utf-32'])('%s reads back what it writes', (name) => {
  const encoding = textEncoding(name);
  fc.assert(
    fc.property(fc.string({ unit: 'binary' }), (value) => {
      expect(encoding.getString(encoding.getBytes(value))).toBe(value.toWellFormed());
    }),
    { numRuns: 100 },
  );
});

test('encodings replace what they cannot hold', () => {
  expect(textEncoding('ascii').getString(textEncoding('ascii').getBytes('aé😀'))).toBe('a???');
  expect([...textEncoding('latin1').getBytes('é€')]).toEqual([233, 63]);
  expect(textEncoding('utf-8').getString(Uint8Array.of(0xff, 0x41))).toBe('\uFFFDA');
  expect(textEncodingOfPage(65001).name).toBe('utf-8');
  expect(() => textEncoding('martian')).toThrow(/'martian' is not a supported encoding name/);
});

test('escaping for URIs and HTML', () => {
  expect(web.escapeDataString("a b&c=d/é?!'()*~")).toBe(
    'a%20b%26c%3Dd%2F%C3%A9%3F%21%27%28%29%2A~',
  );
  expect(web.unescapeDataString('%C3%A9%zz%ff+%2B')).toBe('é%zz%ff++');
  expect(web.urlEncode("a b&c=d/é?~'!")).toBe('a+b%26c%3Dd%2F%C3%A9%3F%7E%27!');
  expect(web.urlDecode('a+b%26%C3%A9%zz%FF')).toBe('a b&é%zz\uFFFD');
  expect(web.htmlEncode(`<a href="x">'&é€😀`)).toBe(
    '&lt;a href=&quot;x&quot;&gt;&#39;&amp;&#233;€&#128512;',
  );
  expect(web.htmlDecode('&lt;&#233;&#xe9;&eacute;&nope;&#0;&constructor;')).toBe(
    '<ééé&nope;&#0;&constructor;',
  );
});
