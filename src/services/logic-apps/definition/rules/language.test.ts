import { describe, expect, test } from 'vitest';
import { behind, check, definition, loop, ok } from './cases.ts';

describe('expressions and what they refer to: what Azure refuses is found', () => {
  test.each<[string, object, string[]]>([
    [
      'an expression that does not parse',
      definition({ A: { ...ok, inputs: "@concat('a'" } }),
      ['error expression-syntax'],
    ],
    [
      'an interpolation that does not end',
      definition({ A: { ...ok, inputs: 'a @{b' } }),
      ['error expression-syntax'],
    ],
    [
      'an unknown function in an untaken branch',
      definition({ A: { ...ok, inputs: '@if(true, 1, tolowr(1))' } }),
      ['error unknown-function'],
    ],
    [
      'a wrong number of arguments',
      definition({ A: { ...ok, inputs: '@equals(1)' } }),
      ['error argument-count'],
    ],
    [
      'an unknown action',
      definition({ A: ok, B: behind('A', "@body('C')") }),
      ['error unknown-action'],
    ],
    [
      'an action that need not have run',
      definition({ A: ok, B: { ...ok, inputs: "@body('A')" } }),
      ['error action-not-before'],
    ],
    [
      'an action in a trigger',
      {
        ...definition({ A: ok }),
        triggers: {
          m: {
            type: 'Request',
            inputs: {},
            conditions: [{ expression: "@equals(outputs('A'), 1)" }],
          },
        },
      },
      ['error action-in-trigger'],
    ],
    [
      'result() of what is no scope',
      definition({ A: ok, B: behind('A', "@result('A')") }),
      ['error result-target'],
    ],
    [
      'items() outside its loop',
      definition({ A: { ...ok, inputs: "@items('L')" }, L: loop({}) }),
      ['error scope'],
    ],
    ['item() outside of loops', definition({ A: { ...ok, inputs: '@item()' } }), ['error scope']],
    [
      'iterationIndexes() of a Foreach',
      definition({ L: loop({ A: { ...ok, inputs: "@iterationIndexes('L')" } }) }),
      ['error scope'],
    ],
    [
      'listCallbackUrl() outside of webhooks',
      definition({ A: { ...ok, inputs: '@listCallbackUrl()' } }),
      ['error scope'],
    ],
  ])('%s', (_, value, findings) => {
    expect(check(value)).toEqual(findings);
  });
});
