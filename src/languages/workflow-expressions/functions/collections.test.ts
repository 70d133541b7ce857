import { describe, expect, test } from 'vitest';
import { outcome } from './cases.ts';

describe('collection functions', () => {
  test.each([
    ["@contains('Hello', 'ell')", 'true'],
    ["@contains('Hello', 'ELL')", 'false'],
    ["@contains('', '')", 'true'],
    ['@contains(createArray(1, 2.0), 1.0)', 'true'],
    ["@contains(createArray('a'), 'A')", 'false'],
    ['@contains(createArray(createArray(1)), createArray(1))', 'true'],
    ["@contains(json('{\"a\":null}'), 'A')", 'true'],
    ['@length(createArray(null, null))', '2'],
    ['@empty(null)', 'true'],
    ["@empty(json('{}'))", 'true'],
    ["@empty(json('[null]'))", 'false'],
    ["@first('\u{1F600}')", '"\\ud83d"'.replace('\\ud83d', '\ud83d')],
    ['@first(createArray(null, 1))', 'null'],
    ["@last('')", '""'],
    ["@take('abc', 100)", '"abc"'],
    ['@take(createArray(1, 2, 3), 2)', '[1,2]'],
    ['@skip(createArray(1, 2, 3), 2)', '[3]'],
    ['@skip(createArray(1), 5)', '[]'],
    ["@skip('abc', 1)", '"bc"'],
    ["@join(createArray(1, 2.0, null, true, 'x', createArray(1)), '-')", '"1-2--True-x-[1]"'],
    ["@chunk('abcde', 2)", '["ab","cd","e"]'],
    ['@chunk(createArray(1, 2, 3), 2)', '[[1,2],[3]]'],
    ["@chunk('', 2)", '[]'],
    ['@sort(createArray(3, 1.5, 2))', '[1.5,2,3]'],
    ["@sort(createArray('b', 'a', 'B'))", '["B","a","b"]'],
    ['@sort(createArray(true, null, false))', '[null,false,true]'],
    [
      '@sort(json(\'[{"n":2,"i":1},{"n":1,"i":2},{"n":2,"i":3}]\'), \'N\')',
      '[{"n":1,"i":2},{"n":2,"i":1},{"n":2,"i":3}]',
    ],
    ['@reverse(createArray(1, null))', '[null,1]'],
    ["@union(createArray(1, 'a', 1), createArray('a', null, null))", '[1,"a",null]'],
    ['@union(json(\'{"a":1,"b":1}\'), json(\'{"a":2}\'))', '{"a":2,"b":1}'],
    ['@intersection(createArray(1, 2, 2), createArray(2, 3))', '[2]'],
    ['@intersection(json(\'{"a":1,"b":2}\'), json(\'{"b":2,"a":3}\'))', '{"b":2}'],
    ['@union(json(\'[{"a":1,"b":2}]\'), json(\'[{"b":2,"a":1}]\'))', '[{"a":1,"b":2}]'],
  ])('%s is %s', (text, expected) => {
    expect(outcome(text)).toBe(expected);
  });

  test.each([
    [
      '@contains(null, 1)',
      "'collection' to be a dictionary (object), an array or a string. The provided value is of type 'Null'",
    ],
    ["@contains('a', 1)", 'be of type string'],
    ["@length(json('{}'))", "be an array or a string. The provided value is of type 'Object'"],
    ['@empty(1)', 'be an object, an array or a string'],
    ['@first(null)', 'be an array or a string'],
    ["@take('a', -1)", 'be a positive integer'],
    ['@skip(createArray(1), 1.5)', 'be an integer'],
    ["@join('a', ',')", 'be an array'],
    ["@chunk('abc', 0)", 'be a positive integer'],
    ["@sort(createArray(1, 'a'))", 'do not match'],
    ["@sort(createArray(1, 2), 'a')", 'to be objects'],
    ["@reverse('abc')", 'be of type array'],
    ["@union(createArray(1), json('{}'))", 'be of type array'],
    ["@intersection('a', 'b')", 'be an array or an object'],
  ])('%s fails: %s', (text, message) => {
    expect(outcome(text)).toContain('error: ');
    expect(outcome(text)).toContain(message);
  });
});
