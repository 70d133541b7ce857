import { describe, expect, test } from 'vitest';
import { check, definition, loop, ok, until } from './cases.ts';

describe('what a definition holds: what Azure refuses is found', () => {
  test.each<[string, object, string[]]>([
    ['an unknown type', definition({ A: { ...ok, type: 'Componse' } }), ['error action-type']],
    ['no type', definition({ A: { inputs: 1 } }), ['error action-type']],
    [
      'a missing required input',
      definition({ A: { type: 'Http', inputs: { method: 'GET' }, runAfter: {} } }),
      ['error action-members'],
    ],
    [
      'an unknown trigger type',
      { ...definition({ A: ok }), triggers: { t: { type: 'Reqest' } } },
      ['error trigger-type'],
    ],
    [
      'one name twice',
      definition({ A: ok, S: { type: 'Scope', actions: { a: ok }, runAfter: {} } }),
      ['error duplicate-name'],
    ],
    [
      'Terminate in a loop',
      definition({
        L: loop({ T: { type: 'Terminate', inputs: { runStatus: 'Failed' }, runAfter: {} } }),
      }),
      ['error terminate-placement'],
    ],
    [
      'Response in a loop',
      definition({
        U: until({ R: { type: 'Response', inputs: { statusCode: 200 }, runAfter: {} } }),
      }),
      ['error response-placement'],
    ],
    [
      'Response without a Request trigger',
      {
        ...definition({ R: { type: 'Response', inputs: { statusCode: 200 }, runAfter: {} } }),
        triggers: { r: { type: 'Recurrence', recurrence: { frequency: 'Day', interval: 1 } } },
      },
      ['error response-placement'],
    ],
    [
      'equal cases',
      definition({
        S: {
          type: 'Switch',
          expression: '@1',
          cases: { a: { case: 1, actions: {} }, b: { case: 1, actions: {} } },
          runAfter: {},
        },
      }),
      ['error switch-cases'],
    ],
    ['an unknown member', definition({ A: ok }, { trigers: {} }), ['error definition-shape']],
    [
      'a parameter without a type',
      definition({ A: ok }, { parameters: { p: {} } }),
      ['error parameter-declaration'],
    ],
    ['a name of 81 characters', definition({ ['x'.repeat(81)]: ok }), ['error limits']],
    [
      '501 actions',
      definition(Object.fromEntries(Array.from({ length: 501 }, (_, i) => [`A${i}`, ok]))),
      ['error limits'],
    ],
    [
      'an expression of 8,193 characters',
      definition({ A: { ...ok, inputs: `@concat('${'x'.repeat(8190)}')` } }),
      ['error limits'],
    ],
  ])('%s', (_, value, findings) => {
    expect(check(value)).toEqual(findings);
  });
});
