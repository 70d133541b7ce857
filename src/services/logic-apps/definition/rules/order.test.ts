import { describe, expect, test } from 'vitest';
import { behind, check, definition, ok } from './cases.ts';

describe('the order of actions: what Azure refuses is found', () => {
  test.each<[string, object, string[]]>([
    ['runAfter of nobody', definition({ A: behind('Nobody') }), ['error run-after']],
    [
      'runAfter of an action in another scope',
      definition({ S: { type: 'Scope', actions: { A: ok }, runAfter: {} }, B: behind('A') }),
      ['error run-after'],
    ],
    ['runAfter of the trigger', definition({ A: behind('manual') }), ['error run-after']],
    ['runAfter of itself', definition({ A: behind('A') }), ['error run-after']],
    [
      'an unknown status',
      definition({ A: ok, B: behind('A', 1, 'Suceeded') }),
      ['error run-after-status'],
    ],
    ['a circle', definition({ A: behind('B'), B: behind('A') }), ['error run-after-cycle']],
    [
      'what waits for a circle',
      definition({ A: behind('B'), B: behind('A'), C: behind('A') }),
      ['error run-after-cycle', 'error unreachable-action'],
    ],
  ])('%s', (_, value, findings) => {
    expect(check(value)).toEqual(findings);
  });
});
