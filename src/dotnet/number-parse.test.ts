import fc from 'fast-check';
import { expect, test } from 'vitest';
import { DotnetError } from './errors.ts';
import { formatDouble } from './number-format.ts';
import { parseDecimal, parseDouble, parseInteger, tryParse } from './number-parse.ts';
import { NumberStyles } from './styles.ts';

test.each([
  ['42', 42n],
  [' 42 ', 42n],
  ['-42', -42n],
  ['+7', 7n],
  ['007', 7n],
  ['2147483647', 2147483647n],
  ['-2147483648', -2147483648n],
  ['1\0\0', 1n],
])('int.Parse of "%s"', (text, value) => {
  expect(parseInteger(text, 'int')).toBe(value);
});

test.each(['', ' ', '1.5', '1,000', 'x', '- 5', '1e3', '(5)', '5-', '0x1', '１'])(
  'int.Parse refuses "%s" as a wrong format',
  (text) => {
    expect(() => parseInteger(text, 'int')).toThrow('Input string was not in a correct format.');
  },
);

test('a value beyond the type is an overflow in the words of the type', () => {
  expect(() => parseInteger('99999999999', 'int')).toThrow(
    'Value was either too large or too small for an Int32.',
  );
  expect(() => parseInteger('256', 'byte')).toThrow(
    'Value was either too large or too small for an unsigned byte.',
  );
  expect(() => parseInteger('-1', 'ulong')).toThrow(/UInt64/);
  expect(parseInteger('99999999999', 'long')).toBe(99999999999n);
});

test('styles widen what an integer may look like', () => {
  expect(parseInteger('(1,234.00)', 'int', NumberStyles.Any)).toBe(-1234n);
  expect(parseInteger('1e3', 'int', NumberStyles.Float)).toBe(1000n);
  expect(parseInteger('ff', 'int', NumberStyles.HexNumber)).toBe(255n);
  expect(parseInteger('FFFFFFFF', 'int', NumberStyles.HexNumber)).toBe(-1n);
  expect(parseInteger('101', 'int', NumberStyles.BinaryNumber)).toBe(5n);
  expect(() => parseInteger('1.5', 'int', NumberStyles.Any)).toThrow(/Int32/);
});

test.each([
  ['1,234.5', 1234.5],
  ['12,3,4,5678', 12345678],
  [' 1e3 ', 1000],
  ['-1E-2', -0.01],
  ['.5', 0.5],
  ['5.', 5],
  ['1e400', Number.POSITIVE_INFINITY],
  ['Infinity', Number.POSITIVE_INFINITY],
  ['-infinity', Number.NEGATIVE_INFINITY],
  ['-0', -0],
])('double.Parse of "%s"', (text, value) => {
  expect(parseDouble(text)).toBe(value);
});

test('trailing signs and a trailing group separator are accepted where the style allows', () => {
  const styles = NumberStyles.Float | NumberStyles.AllowThousands | NumberStyles.AllowTrailingSign;
  expect(parseDouble('-12,345,678,', styles)).toBe(-12345678);
  expect(parseDouble('12345678.-', styles)).toBe(-12345678);
});

test.each(['', 'abc', ',5', '1..2', '(5)', '1e', '--1'])('double.Parse refuses "%s"', (text) => {
  expect(() => parseDouble(text)).toThrow(DotnetError);
});

test.each([
  ['12.50', '12.50'],
  ['1,234.50', '1234.50'],
  ['5-', '-5'],
  ['79228162514264337593543950335', '79228162514264337593543950335'],
  ['0.00000000000000000000000000005', '0.0000000000000000000000000000'],
  ['0.000000000000000000000000000051', '0.0000000000000000000000000001'],
  ['10000000000.00000000001234', '10000000000.00000000001234'],
])('decimal.Parse of "%s" keeps the scale', (text, printed) => {
  expect(parseDecimal(text).toString()).toBe(printed);
});

test('decimal.Parse refuses exponents unless asked, and values beyond 96 bits', () => {
  expect(() => parseDecimal('3e-1')).toThrow('Input string was not in a correct format.');
  expect(parseDecimal('3e-1', NumberStyles.Float).toString()).toBe('0.3');
  expect(() => parseDecimal('79228162514264337593543950336')).toThrow(
    'Value was either too large or too small for a Decimal.',
  );
  expect(() => parseDecimal('1e50', NumberStyles.Float)).toThrow(/Decimal/);
});

test('tryParse turns a refusal into undefined', () => {
  expect(tryParse(() => parseInteger('x', 'int'))).toBeUndefined();
  expect(tryParse(() => parseInteger('9', 'int'))).toBe(9n);
});

test('a printed double reads back as itself', () => {
  fc.assert(
    fc.property(fc.double(), (value) => {
      expect(parseDouble(formatDouble(value))).toBe(value);
    }),
    { numRuns: 300 },
  );
});

test('no format makes formatting fail otherwise than by DotnetError', () => {
  const format = fc.string({ unit: fc.constantFrom(...'0#.,%‰E+-;\'"\\xNGFC19 '), maxLength: 12 });
  fc.assert(
    fc.property(fc.double(), format, (value, text) => {
      try {
        formatDouble(value, text);
      } catch (error) {
        expect(error).toBeInstanceOf(DotnetError);
      }
    }),
    { numRuns: 500 },
  );
});
