import { expect, test } from 'vitest';
import { Decimal } from './decimal.ts';
import { doubleToInteger, roundDouble, wrapInteger } from './integers.ts';
import { parseDecimal } from './number-parse.ts';
import { MidpointRounding } from './styles.ts';

const d = (text: string) => parseDecimal(text);

test.each([
  ['1.10', '+', '2.2', '3.30'],
  ['1.10', '*', '2.00', '2.2000'],
  ['7', '/', '2', '3.5'],
  ['10', '/', '4', '2.5'],
  ['4.00', '/', '2', '2.00'],
  ['1', '/', '3', '0.3333333333333333333333333333'],
  ['2', '/', '3', '0.6666666666666666666666666667'],
  ['7.5', '%', '2', '1.5'],
  ['-7', '%', '3', '-1'],
  ['0.1', '-', '0.1', '0.0'],
  ['79228162514264337593543950335', '-', '0.4', '79228162514264337593543950335'],
  ['1.2345678912312131', '+', '1.2345678912312131', '2.4691357824624262'],
  ['0.0000000000000000000000000001', '*', '0.1', '0.0000000000000000000000000000'],
  [
    '9999999999999999999999999999',
    '*',
    '0.9999999999999999999999999999',
    '9999999999999999999999999998',
  ],
])('%s %s %s is %s', (left, operator, right, result) => {
  const [a, b] = [d(left), d(right)];
  const value =
    operator === '+'
      ? a.add(b)
      : operator === '-'
        ? a.subtract(b)
        : operator === '*'
          ? a.multiply(b)
          : operator === '/'
            ? a.divide(b)
            : a.remainder(b);
  expect(value.toString()).toBe(result);
});

test('results beyond 96 bits overflow, division by zero is refused', () => {
  expect(() => Decimal.maxValue.add(Decimal.one)).toThrow(
    'Value was either too large or too small for a Decimal.',
  );
  expect(() => Decimal.maxValue.multiply(d('2'))).toThrow(/Decimal/);
  expect(() => Decimal.one.divide(Decimal.zero)).toThrow('Attempted to divide by zero.');
  expect(() => Decimal.one.remainder(Decimal.zero)).toThrow('Attempted to divide by zero.');
});

test.each([
  ['2.345', 2, MidpointRounding.ToEven, '2.34'],
  ['2.355', 2, MidpointRounding.AwayFromZero, '2.36'],
  ['-2.5', 0, MidpointRounding.ToEven, '-2'],
  ['-2.5', 0, MidpointRounding.AwayFromZero, '-3'],
  ['2.1', 0, MidpointRounding.ToPositiveInfinity, '3'],
  ['-2.1', 0, MidpointRounding.ToNegativeInfinity, '-3'],
  ['2.5', 4, MidpointRounding.ToEven, '2.5'],
])('%s rounded to %i digits', (value, digits, mode, result) => {
  expect(d(value).round(digits, mode).toString()).toBe(result);
});

test.each([
  [0.1, '0.1'],
  [1 / 3, '0.333333333333333'],
  [123456789.1234567, '123456789.123457'],
  [1e20, '100000000000000000000'],
  [5, '5'],
  [1e-30, '0'],
  [-0.5, '-0.5'],
])('a double becomes a decimal of at most 15 digits: %s', (value, text) => {
  expect(Decimal.fromDouble(value).toString()).toBe(text);
});

test('doubles that no decimal can hold overflow', () => {
  for (const value of [1e29, Number.NaN, Number.POSITIVE_INFINITY]) {
    expect(() => Decimal.fromDouble(value)).toThrow(/Decimal/);
  }
});

test('decimals compare by value, not by scale', () => {
  expect(d('5.0000').equals(d('5'))).toBe(true);
  expect(d('-1').compareTo(d('0.1'))).toBe(-1);
  expect(d('5.9').toBigInt()).toBe(5n);
  expect(d('0.1').toDouble()).toBe(0.1);
});

test('integers wrap to their width and doubles truncate', () => {
  expect(wrapInteger(300n, 'byte')).toBe(44n);
  expect(wrapInteger(-1n, 'uint')).toBe(4294967295n);
  expect(wrapInteger(1n << 63n, 'long')).toBe(-(1n << 63n));
  expect(doubleToInteger(-2.9, 'int', false)).toBe(-2n);
  expect(doubleToInteger(300.7, 'byte', false)).toBe(44n);
  expect(() => doubleToInteger(1e10, 'int', true)).toThrow(
    'Arithmetic operation resulted in an overflow.',
  );
});

test.each([
  [-2.5, 0, MidpointRounding.ToEven, -2],
  [2.5, 0, MidpointRounding.AwayFromZero, 3],
  [1.005, 2, MidpointRounding.ToEven, 1],
  [1e17, 3, MidpointRounding.ToEven, 1e17],
  [-2.1, 0, MidpointRounding.ToZero, -2],
])('Math.Round(%s, %i)', (value, digits, mode, result) => {
  expect(roundDouble(value, digits, mode)).toBe(result);
});
