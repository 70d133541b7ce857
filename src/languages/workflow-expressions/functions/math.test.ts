import { describe, expect, test } from 'vitest';
import { outcome } from './cases.ts';

describe('math functions', () => {
  test.each([
    ['@add(9007199254740991, 2)', '9007199254740993'],
    ['@add(9223372036854775806, 1)', '9223372036854775807'],
    ['@sub(-9223372036854775807, 1)', '-9223372036854775808'],
    ['@mul(3037000499, 3037000499)', '9223372030926249001'],
    ['@mul(-1, 0)', '0'],
    ['@add(1, 0.5)', '1.5'],
    ['@add(0.5, 0.5)', '1.0'],
    ['@add(0.1, 0.2)', '0.30000000000000004'],
    ["@add(decimal('0.1'), 0.2)", '0.3'],
    ["@mul(decimal('1.10'), 2)", '2.20'],
    ['@div(7, 2)', '3'],
    ['@div(-7, 2)', '-3'],
    ['@div(-1, 2)', '0'],
    ['@div(7, 2.0)', '3.5'],
    ["@div(decimal('1'), 3)", '0.3333333333333333333333333333'],
    ['@mod(7, -2)', '1'],
    ['@mod(-4, 2)', '0'],
    ['@mod(5.5, 2)', '1.5'],
    ['@min(createArray(3, 1, 2))', '1'],
    ['@min(1, 2.5)', '1.0'],
    ["@max(1, decimal('1.50'))", '1.50'],
    ['@max(9223372036854775807, 9223372036854775806)', '9223372036854775807'],
    ['@rand(1, 10)', '5'],
    ['@rand(-3, -3)', '-3'],
    ['@range(-1, 3)', '[-1,0,1]'],
    ['@range(5, 0)', '[]'],
    ['@length(range(0, 100000))', '100000'],
  ])('%s is %s', (text, expected) => {
    expect(outcome(text)).toBe(expected);
  });

  test.each([
    ['@add(9223372036854775807, 1)', 'Arithmetic operation resulted in an overflow'],
    ['@sub(-9223372036854775808, 1)', 'overflow'],
    ['@div(-9223372036854775808, -1)', 'overflow'],
    [
      "@add('1', 2)",
      "its first parameter to be an integer or a decimal number. The provided value is of type 'String'",
    ],
    ['@add(1, null)', 'its second parameter'],
    ['@div(1, 0)', "divide an integral or decimal value '1' by zero in function 'div'"],
    ['@div(1.5, 0.0)', 'by zero'],
    ['@mod(1, 0)', 'by zero'],
    ["@mod(decimal('1'), decimal('0'))", 'by zero'],
    ['@max(createArray())', 'empty'],
    ["@min(1, 'a')", 'be an integer or a decimal number'],
    ['@rand(2, 1)', 'rand'],
    ['@range(0, 100001)', 'out of range'],
    ['@range(0, -1)', 'out of range'],
  ])('%s fails: %s', (text, message) => {
    expect(outcome(text)).toContain('error: ');
    expect(outcome(text)).toContain(message);
  });
});
