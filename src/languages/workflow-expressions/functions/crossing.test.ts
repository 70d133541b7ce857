// Cases where functions, access and texts meet: what a reading of single functions would get wrong.
import { expect, test } from 'vitest';
import { outcome } from './cases.ts';

test.each([
  ["@json(xml('<a><b></b><c/></a>'))", '{"a":{"b":"","c":null}}'],
  ["@string(xml('<a></a>'))", '"<a></a>"'],
  [
    '@{xml(json(\'{"a":{"@x":"1","#text":"t","b":[1,2]}}\'))}',
    '"<a x=\\"1\\">t<b>1</b><b>2</b></a>"',
  ],
  ['@json(\'{"__proto__":1}\').__proto__', '1'],
  ["@json('{\"a\":1}')?['constructor']", 'null'],
  ['@json(\'{"a":1,"a":2,"b":3,"a":4}\')', '{"b":3,"a":4}'],
  ['@json(\'{"n":12345678901234567890}\').n', '12345678901234567890'],
  ["@coalesce(1, int('x'))", '1'],
  ["@and(false, int('x'))", 'false'],
  ["@or(true, int('x'))", 'true'],
  ["@if(true, 1, json('['))", '1'],
  ["@join(createArray(createArray(1, 2.5), null, true), ',')", '"[1,2.5],,True"'],
  ['@intersection(createArray(3, 1, 1), createArray(1, 3))', '[3,1]'],
  ["@{concat('}')}", '"}"'],
  ['x@@{1}', '"x@{1}"'],
  [
    "@formatDateTime('2024-03-10T01:30:00Z', 'dddd, d MMMM yyyy', 'de-de')",
    '"Sonntag, 10 März 2024"',
  ],
  [
    "@convertFromUtc('2024-03-10T09:59:59Z', 'Pacific Standard Time')",
    '"2024-03-10T01:59:59.0000000"',
  ],
  [
    "@convertFromUtc('2024-03-10T10:00:00Z', 'Pacific Standard Time')",
    '"2024-03-10T03:00:00.0000000"',
  ],
  ["@addToTime('2024-01-31', 1, 'Month')", '"2024-02-29T00:00:00.0000000"'],
  ["@toUpper('straße')", '"STRAßE"'],
  ["@createArray(float('1.7e350'))", '["Infinity"]'],
])('%s is %s', (text, expected) => {
  expect(outcome(text)).toBe(expected);
});

test.each([
  "@json('[1]')?['a']",
  '@json(\'"s"\')?.a',
  '@less(true, false)',
  "@greater('a', 1)",
  "@union(createArray(1), json('{}'))",
  "@addProperty(json('{\"a\":1}'), 'A', 2)",
  "@int('9223372036854775807')",
  "@base64ToBinary('a')",
  "@convertTimeZone('2024-03-10T02:30:00', 'Pacific Standard Time', 'UTC')",
  "@body('__proto__')",
  "@variables('constructor')",
  "@__proto__('x')",
])('%s fails', (text) => {
  expect(outcome(text)).toMatch(/^error: ./);
});
