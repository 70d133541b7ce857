import { describe, expect, test } from 'vitest';
import { outcome } from './cases.ts';

describe('object functions', () => {
  test.each([
    ["@addProperty(json('{\"b\":1}'), 'a', null)", '{"b":1,"a":null}'],
    ["@addProperty(json('{\"b\":1}'), '1', 2)", '{"b":1,"1":2}'],
    ["@addProperty(json('{}'), '__proto__', 2)", '{"__proto__":2}'],
    ['@setProperty(json(\'{"a":1,"b":2}\'), \'A\', 3)', '{"b":2,"a":3}'],
    ["@setProperty(json('{}'), '', 3)", '{"":3}'],
    ['@removeProperty(json(\'{"a":1,"b":2}\'), \'B\')', '{"a":1}'],
    ["@removeProperty(json('{\"a\":1}'), 'z')", '{"a":1}'],
    [
      '@mergeObjects(json(\'{"a":{"x":1},"b":[1]}\'), json(\'{"a":{"y":2},"b":[2],"c":3}\'))',
      '{"a":{"x":1,"y":2},"b":[1,2],"c":3}',
    ],
  ])('%s is %s', (text, expected) => {
    expect(outcome(text)).toBe(expected);
  });

  test('the object given is not changed', () => {
    const given = '{"variables":{"o":{"a":1}}}';
    const text = "@createArray(setProperty(variables('o'), 'a', 2), variables('o'))";
    expect(outcome(text, given)).toBe('[{"a":2},{"a":1}]');
  });

  test.each([
    ["@addProperty(json('{\"a\":1}'), 'A', 2)", 'property to not exist in the object'],
    ["@addProperty('x', 'A', 2)", 'be of type object'],
    ["@setProperty(json('{}'), 1, 2)", 'be of type string'],
    ["@removeProperty(null, 'a')", 'be of type object'],
    ["@mergeObjects(json('{}'), createArray())", 'be of type object'],
    ["@xpath('<a/>', '/a')", 'be an XML object'],
  ])('%s fails: %s', (text, message) => {
    expect(outcome(text)).toContain('error: ');
    expect(outcome(text)).toContain(message);
  });
});
