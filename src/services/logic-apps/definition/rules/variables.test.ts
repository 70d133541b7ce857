import { describe, expect, test } from 'vitest';
import { check, definition, ok, variable } from './cases.ts';

describe('variables: what Azure refuses is found', () => {
  test.each<[string, object, string[]]>([
    [
      'an unknown variable',
      definition({ A: { ...ok, inputs: "@variables('x')" } }),
      ['error unknown-variable'],
    ],
    [
      'a variable before its initialisation',
      definition({ V: variable('x'), A: { ...ok, inputs: "@variables('x')" } }),
      ['error variable-not-before'],
    ],
    [
      'a variable initialised in a scope',
      definition({ S: { type: 'Scope', actions: { V: variable('x') }, runAfter: {} } }),
      ['error variable-nested'],
    ],
    [
      'a variable initialised twice',
      definition({ V: variable('x'), W: variable('X', 'String', { V: ['Succeeded'] }) }),
      ['error variable-declaration'],
    ],
    [
      'a variable of an unknown type',
      definition({ V: variable('x', 'Strng') }),
      ['error variable-declaration'],
    ],
    [
      'a string that is incremented',
      definition({
        V: variable('x'),
        I: {
          type: 'IncrementVariable',
          inputs: { name: 'x', value: 1 },
          runAfter: { V: ['Succeeded'] },
        },
      }),
      ['error variable-type'],
    ],
    [
      'a variable set from itself',
      definition({
        V: variable('x'),
        S: {
          type: 'SetVariable',
          inputs: { name: 'x', value: "@{variables('x')}a" },
          runAfter: { V: ['Succeeded'] },
        },
      }),
      ['error variable-self-reference'],
    ],
  ])('%s', (_, value, findings) => {
    expect(check(value)).toEqual(findings);
  });
});
