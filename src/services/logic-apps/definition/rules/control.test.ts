import { describe, expect, test } from 'vitest';
import { check, definition, loop, ok, variable } from './cases.ts';

const timer = (recurrence: object) => ({
  ...definition({ A: ok }),
  triggers: {
    t: { type: 'Recurrence', recurrence: { frequency: 'Day', interval: 1, ...recurrence } },
  },
});

describe('control actions: what Azure refuses is found', () => {
  test.each<[string, object, string[]]>([
    [
      'a condition that is a number',
      definition({ I: { type: 'If', expression: 1, actions: {}, runAfter: {} } }),
      ['error control-expression'],
    ],
    [
      'a loop over a plain text',
      definition({ L: { ...loop({}), foreach: 'abc' } }),
      ['error control-expression'],
    ],
    [
      'actions in what runs none',
      definition({ A: { ...ok, actions: {} } }),
      ['error nested-actions'],
    ],
    [
      'an else of a scope',
      definition({ S: { type: 'Scope', actions: {}, else: { actions: {} }, runAfter: {} } }),
      ['error nested-actions'],
    ],
    [
      'an increment by a text',
      definition({
        V: variable('n', 'Integer'),
        I: {
          type: 'IncrementVariable',
          inputs: { name: 'n', value: 'x' },
          runAfter: { V: ['Succeeded'] },
        },
      }),
      ['error variable-type'],
    ],
    [
      'a script that depends on nobody',
      definition({
        J: {
          type: 'JavaScriptCode',
          inputs: { code: 'return 1', explicitDependencies: { actions: ['Nobody'] } },
          runAfter: {},
        },
      }),
      ['error unknown-action'],
    ],
    ['an unknown zone', timer({ timeZone: 'Nowhere Standard Time' }), ['error setting-value']],
    ['a start that is no date', timer({ startTime: 'tomorrow' }), ['error setting-value']],
    ['an unknown kind', { definition: definition({}), kind: 'Statefull' }, ['error workflow-kind']],
    [
      'neither triggers nor actions',
      { definition: { $schema: 'x', contentVersion: '1.0.0.0' } },
      ['error definition-shape'],
    ],
    [
      'defaults of other types',
      definition(
        { A: ok },
        {
          parameters: {
            s: { type: 'String', defaultValue: 1 },
            i: { type: 'Int', defaultValue: 'x' },
            o: { type: 'Object', defaultValue: [] },
          },
        },
      ),
      Array.from({ length: 3 }, () => 'error parameter-declaration'),
    ],
  ])('%s', (_, value, findings) => {
    expect(check(value)).toEqual(findings);
  });

  test.each<[string, object]>([
    [
      'a condition object',
      definition({
        I: {
          type: 'If',
          expression: { and: [] },
          actions: {},
          else: { actions: {} },
          runAfter: {},
        },
      }),
    ],
    ['a loop over an array', definition({ L: { ...loop({}), foreach: [1, 2] } })],
    [
      'a known zone and a start without Z',
      timer({ timeZone: 'W. Europe Standard Time', startTime: '2026-01-31T08:00:00' }),
    ],
    ['a kind in any letter case', { definition: definition({}), kind: 'stateful' }],
    [
      'defaults of the declared types',
      definition(
        { A: ok },
        {
          parameters: {
            s: { type: 'string', defaultValue: '' },
            i: { type: 'Int', defaultValue: 5 },
            f: { type: 'Float', defaultValue: 5 },
            b: { type: 'Bool', defaultValue: false },
            a: { type: 'Array', defaultValue: [] },
            o: { type: 'SecureObject', defaultValue: {} },
            n: { type: 'String', defaultValue: null },
            e: { type: 'Int', defaultValue: "@appsetting('x')" },
          },
        },
      ),
    ],
  ])('%s passes', (_, value) => {
    expect(check(value)).toEqual([]);
  });
});
