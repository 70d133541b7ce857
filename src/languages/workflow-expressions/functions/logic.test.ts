import { describe, expect, test } from 'vitest';
import { outcome } from './cases.ts';

describe('logic functions', () => {
  test.each([
    ['@equals(1, 1.0)', 'true'],
    ["@equals('a', 'A')", 'false'],
    ["@equals(1, '1')", 'false'],
    ["@equals(true, 'True')", 'true'],
    ["@equals(null, '')", 'false'],
    ['@equals(null, null)', 'true'],
    ['@equals(json(\'{"a":1,"b":[2]}\'), json(\'{"b":[2],"a":1}\'))', 'true'],
    ["@equals(decimal('1.50'), 1.5)", 'true'],
    ['@equals(9007199254740993, 9007199254740992)', 'false'],
    ["@equals(float('NaN', ''), float('NaN', ''))", 'false'],
    ["@less('a', 'b')", 'true'],
    ["@less('B', 'a')", 'true'],
    ['@less(1, 1.5)', 'true'],
    ["@less(float('NaN', ''), 1)", 'false'],
    ["@greater(decimal('2'), 1)", 'true'],
    ['@greater(9223372036854775807, 9223372036854775806)', 'true'],
    ['@greaterOrEquals(2, 2.0)', 'true'],
    ["@lessOrEquals('a', 'a')", 'true'],
    ['@not(false)', 'true'],
    ['@lessOrEquals(null, null)', 'true'],
    ['@and(true, true)', 'true'],
    ['@and(false, 1)', 'false'],
    ['@or(true, nothing())', 'true'],
    ['@or(false)', 'false'],
    ["@if(true, 'a', body('missing'))", '"a"'],
    ["@coalesce(null, 'a', missing())", '"a"'],
    ['@coalesce(null, false)', 'false'],
    ["@isInt('+9223372036854775807')", 'true'],
    ["@isInt('9223372036854775808')", 'false'],
    ["@isInt('1.0')", 'false'],
    ["@isInt('')", 'false'],
    ["@isFloat('1e400')", 'true'],
    ["@isFloat('')", 'false'],
    ["@isFloat('1,5', 'de-DE')", 'true'],
  ])('%s is %s', (text, expected) => {
    expect(outcome(text)).toBe(expected);
  });

  test.each([
    ['@less(true, false)', "'Boolean' and 'Boolean' that do not match"],
    ['@greater(null, 1)', "'Null' and 'Integer' that do not match"],
    ["@greaterOrEquals('1', 1)", 'do not match'],
    ['@not(null)', "be a boolean. The provided value is of type 'Null'"],
    ["@and(true, 'true')", 'its second parameter to be of type boolean'],
    ['@or()', 'Expected at least one argument'],
    ['@coalesce()', 'Expected at least one argument'],
    ["@if('true', 1, 2)", 'be of type boolean'],
    ['@if(true, 1)', 'expects three parameters'],
    ['@isInt(1)', 'be of type string'],
    ['@isFloat(null)', 'be of type string'],
  ])('%s fails: %s', (text, message) => {
    expect(outcome(text)).toContain('error: ');
    expect(outcome(text)).toContain(message);
  });
});
