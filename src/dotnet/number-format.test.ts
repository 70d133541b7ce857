import { expect, test } from 'vitest';
import { englishCulture } from './culture.ts';
import { Decimal } from './decimal.ts';
import { DotnetError } from './errors.ts';
import {
  doubleText,
  formatDecimal,
  formatDouble,
  formatInteger,
  formatSingle,
  singleText,
} from './number-format.ts';
import { parseDecimal } from './number-parse.ts';

test.each([
  [0, '0'],
  [-0, '-0'],
  [1.5, '1.5'],
  [0.1 + 0.2, '0.30000000000000004'],
  [123456789012, '123456789012'],
  [999999999999999, '999999999999999'],
  [1e15, '1E+15'],
  [1234567890123456, '1234567890123456'],
  [12345678901234568, '12345678901234568'],
  [1e16, '1E+16'],
  [1e21, '1E+21'],
  [1.8446744065119617e19, '1.8446744065119617E+19'],
  [1e-4, '0.0001'],
  [1e-5, '1E-05'],
  [0.00001234, '1.234E-05'],
  [Number.MAX_VALUE, '1.7976931348623157E+308'],
  [5e-324, '5E-324'],
  [Number.NaN, 'NaN'],
  [Number.POSITIVE_INFINITY, 'Infinity'],
  [Number.NEGATIVE_INFINITY, '-Infinity'],
  [1 / 3, '0.3333333333333333'],
])('a double prints as the shortest text that reads back: %s', (value, text) => {
  expect(doubleText(value)).toBe(text);
  expect(formatDouble(value, 'R')).toBe(text);
  expect(formatDouble(value)).toBe(text);
});

test.each([
  [1 / 3, '0.33333334'],
  [16777216, '16777216'],
  [1e7, '1E+07'],
  [0.1, '0.1'],
  [3.4028234663852886e38, '3.4028235E+38'],
  [1.401298464324817e-45, '1E-45'],
])('a float prints its shortest text: %s', (value, text) => {
  expect(singleText(value)).toBe(text);
});

test.each([
  [1.005, 'F2', '1.00'],
  [12345.678, 'F1', '12345.7'],
  [2.25, 'F1', '2.3'],
  [-0.001, 'F2', '-0.00'],
  [12345.678, 'E3', '1.235E+004'],
  [12345.678, 'e', '1.234568e+004'],
  [0.125, 'P', '12.50 %'],
  [-0.1234, 'P1', '-12.3 %'],
  [1234.5, 'N', '1,234.50'],
  [-1234567.891, 'N1', '-1,234,567.9'],
  [1234.5, 'C', '¤1,234.50'],
  [-1234.5, 'C0', '(¤1,235)'],
  [1e22, 'F0', '10000000000000000000000'],
  [0.1, 'F20', '0.10000000000000000555'],
  [0.1, 'G17', '0.10000000000000001'],
  [123.456, 'G2', '1.2E+02'],
  [0.000012345, 'g3', '1.23e-05'],
  [0, 'E2', '0.00E+000'],
  [0, 'N1', '0.0'],
  [Number.NaN, 'N2', 'NaN'],
  [12345.678, '0.00', '12345.68'],
  [12345.678, '#,##0.0', '12,345.7'],
  [0.125, '0%', '13%'],
  [0.5, '0‰', '500‰'],
  [5, '0.0#', '5.0'],
  [1234.5, '#,##0.##', '1,234.5'],
  [-5, '0;(0);zero', '(5)'],
  [0, '0;(0);zero', 'zero'],
  [-0.001, '0.0;neg;zero', 'zero'],
  [-0.001, '0.00', '-0.00'],
  [-0.5, '0.0', '-0.5'],
  [12345, '0.##E+00', '1.23E+04'],
  [12345, '00.0e0', '12.3e3'],
  [0.00123, '0.0E0', '1.2E-3'],
  [1234567, '#,#', '1,234,567'],
  [1234567890, '(###) ###-####', '(123) 456-7890'],
  [12, '0"a;b"', '12a;b'],
  [12, 'no digits', 'no digits'],
  [1e300, '0', `1${'0'.repeat(300)}`],
  [0, '#.##', ''],
  [0.25, '.00', '.25'],
  [1500000, '0,,.0M', '1.5M'],
] as const)('double %s with %s', (value, format, text) => {
  expect(formatDouble(value, format)).toBe(text);
});

test.each([
  [1234, 'int', 'D6', '001234'],
  [-12, 'int', 'D4', '-0012'],
  [255, 'int', 'x4', '00ff'],
  [-1, 'int', 'X', 'FFFFFFFF'],
  [-1, 'short', 'x', 'ffff'],
  [-1n, 'long', 'X', 'FFFFFFFFFFFFFFFF'],
  [1234567, 'int', '#,#', '1,234,567'],
  [0, 'int', '#', ''],
  [42, 'int', '0000000000', '0000000042'],
  [5, 'int', "'n='0", 'n=5'],
  [5, 'int', '\\#0', '#5'],
  [123456, 'int', '0,', '123'],
  [1234567, 'int', 'N0', '1,234,567'],
  [1234567, 'int', 'G3', '1.23E+06'],
  [-9223372036854775808n, 'long', '', '-9223372036854775808'],
  [18446744073709551615n, 'ulong', 'N0', '18,446,744,073,709,551,615'],
  [1, 'int', 'P0', '100 %'],
  [100, 'int', 'E2', '1.00E+002'],
] as const)('%s (%s) with %s', (value, kind, format, text) => {
  expect(formatInteger(value, kind, format)).toBe(text);
});

test.each([
  ['5.0000', '', '5.0000'],
  ['0.5', '#.00', '.50'],
  ['-1234.565', 'N2', '-1,234.57'],
  ['5.0000', 'G3', '5'],
  ['12345', 'G2', '1.2E+04'],
  ['0.0000001', 'G', '0.0000001'],
  ['1.10', '0.###', '1.1'],
  ['79228162514264337593543950335', 'N0', '79,228,162,514,264,337,593,543,950,335'],
  ['-0.001', 'F2', '0.00'],
])('decimal %s with %s', (value, format, text) => {
  expect(formatDecimal(parseDecimal(value), format)).toBe(text);
});

test('en-US writes its currency and percent patterns with plain blanks', () => {
  expect(formatDouble(-1234.5, 'C', englishCulture)).toBe('-$1,234.50');
  expect(formatDouble(0.5, 'P0', englishCulture)).toBe('50%');
});

test.each(['Z', 'D', 'X', 'Q5'])('a double refuses the letter %s', (format) => {
  expect(() => formatDouble(1.5, format)).toThrow('Format specifier was invalid.');
});

test('R is refused by integers and decimals', () => {
  expect(() => formatInteger(1, 'int', 'R')).toThrow(DotnetError);
  expect(() => formatDecimal(Decimal.one, 'R')).toThrow(DotnetError);
});

test('a letter with a precision above 99 is a custom format', () => {
  expect(formatDouble(1, 'F999999999')).toBe('F999999999');
  expect(formatInteger(7, 'int', 'D100')).toBe('D107');
});

test('single precision formats with its own digits', () => {
  expect(formatSingle(0.1, '0.##########')).toBe('0.1');
  expect(formatSingle(0.1, 'F10')).toBe('0.1000000015');
});
