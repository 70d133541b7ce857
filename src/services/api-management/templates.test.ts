// URL templates: parameters in segments, in the query, wildcards.
import { expect, it } from 'vitest';
import { queryPairs } from './address.ts';
import { parseTemplate } from './templates.ts';

it.each([
  ['/a/{b}', '/a/x%20y', '', { b: 'x y' }],
  ['/a/{b}', '/a/x%2Fy', '', { b: 'x/y' }],
  ['/a/{b}', '/a', '', undefined],
  ['/a', '/a/b', '', undefined],
  ['/a({b})/c', "/A('1')/c", '', { b: "'1'" }],
  ['/{a}-{b}.json', '/x-y-z.json', '', { a: 'x', b: 'y-z' }],
  ['/a/*', '/a/b/c%20d', '', { '*': 'b/c d' }],
  ['/a/*', '/a', '', { '*': '' }],
  ['/a/{*rest}', '/a/b/c', '', { rest: 'b/c' }],
  ['/a?x={x}', '/a', '?X=1&y=2', { x: '1' }],
  ['/a?x={x}', '/a', '?y=2', undefined],
  ['/a?x=1', '/a', '?x=1', {}],
  ['/a?x=1', '/a', '?x=2', undefined],
  ['/a.b', '/axb', '', undefined],
  ['/', '/', '', {}],
])('%s on %s%s', (template, path, query, expected) => {
  const found = parseTemplate(template).match(path, queryPairs(query));
  expect(found && Object.fromEntries(found)).toEqual(expected);
});
