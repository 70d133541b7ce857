import { expect, test } from 'vitest';
import { references, templateReferences } from './index.ts';

function told(text: string): string[] {
  return references(text)
    .filter(({ kind }) => kind !== 'function')
    .map(({ kind, name, path, safe }) => {
      const steps = path.map((step, index) => `${safe[index] ? '?' : ''}${step}`).join('/');
      return [kind, name ?? '*', steps].filter((part) => part !== '').join(' ');
    });
}

test.each<[string, string[]]>([
  ["@body('Get')?['a'].b[0]", ['action Get ?a/b/0']],
  ["@outputs('Get')[variables('i')]['x']", ['action Get', 'variable i']],
  ["@{parameters('p')}/@{appsetting('s')}", ['parameter p', 'setting s']],
  ["@items('Loop')?['id']", ['loop Loop ?id']],
  ['@item().name', ['item * name']],
  ["@triggerBody()['x']", ['trigger * x']],
  ["@result('Scope')", ['scope Scope']],
  ["@body(concat('a', variables('b')))", ['action *', 'variable b']],
  ["@if(true, body('A'), formDataValue('B', 'k'))", ['action A', 'action B']],
  ['@@body(1)', []],
  ["plain 'body'", []],
])('%s refers to %j', (text, expected) => {
  expect(told(text)).toEqual(expected);
});

test('functions are listed with their counts and places', () => {
  const found = references("a@{toLower(concat('x', 'y'))}").map(
    ({ kind, name, argumentCount, start, end }) => ({ kind, name, argumentCount, start, end }),
  );
  expect(found).toEqual([
    { kind: 'function', name: 'toLower', argumentCount: 1, start: 3, end: 10 },
    { kind: 'function', name: 'concat', argumentCount: 2, start: 11, end: 17 },
  ]);
});

test('a JSON value is walked, member names included', () => {
  const found = templateReferences({ "@{variables('k')}": ["@body('A')", { x: 1 }] });
  expect(found.flatMap(({ kind, name }) => (kind === 'function' ? [] : [name]))).toEqual([
    'k',
    'A',
  ]);
});
