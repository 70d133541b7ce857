import { describe, expect, test } from 'vitest';
import { behind, check, definition, http, loop, ok, until, variable } from './cases.ts';

const workflow = (actions: object, kind: string, more: object = {}) => ({
  definition: definition(actions, more),
  kind,
});
const answer = (runAfter: object = {}) => ({
  type: 'Response',
  inputs: { statusCode: 200 },
  runAfter,
});
const resource = (actions: object, properties: object = {}, more: object = {}) => ({
  type: 'Microsoft.Logic/workflows',
  apiVersion: '2019-05-01',
  name: 'w',
  properties: { definition: definition(actions, more), ...properties },
});
const script = (length: number) => ({
  type: 'JavaScriptCode',
  inputs: { code: 'x'.repeat(length) },
  runAfter: {},
});
const trigger = (concurrency: object) => ({
  triggers: { m: { type: 'Request', inputs: {}, runtimeConfiguration: { concurrency } } },
});
const wait = (count: number, unit: string) => ({
  type: 'Wait',
  inputs: { interval: { count, unit } },
  runAfter: {},
});
const retry = (interval: string) => http({ retryPolicy: { type: 'fixed', count: 2, interval } });
const limited = (count: number, timeout: string) => ({
  ...until({ A: ok }),
  limit: { count, timeout },
});
const long = (length: number) => ({
  type: 'InitializeVariable',
  inputs: { variables: [{ name: 'x', type: 'String', value: 'x'.repeat(length) }] },
  runAfter: {},
});
const set = {
  type: 'SetVariable',
  inputs: { name: 'x', value: 'x'.repeat(1_025) },
  runAfter: { V: ['Succeeded'] },
};
const items = (count: number) => ({ ...loop({}), foreach: Array.from({ length: count }, () => 1) });

describe('a stateless workflow', () => {
  const webhook = {
    triggers: { w: { type: 'HttpWebhook', inputs: { subscribe: { uri: 'https://contoso.com' } } } },
  };
  test.each<[string, object, object, number]>([
    ['repeats an Until 101 times', { U: limited(101, 'PT1M') }, {}, 1],
    ['repeats an Until 100 times', { U: limited(100, 'PT5M') }, {}, 0],
    ['gives an Until more than 5 minutes', { U: limited(60, 'PT1H') }, {}, 1],
    ['gives an action more than 5 minutes', { A: { ...ok, limit: { timeout: 'PT6M' } } }, {}, 1],
    ['waits 6 minutes', { W: wait(6, 'Minute') }, {}, 1],
    ['waits 5 minutes', { W: wait(300, 'Second') }, {}, 0],
    ['runs over 101 items', { L: items(101) }, {}, 1],
    ['runs over 100 items', { L: items(100) }, {}, 0],
    ['retries after 2 minutes', { H: retry('PT2M') }, {}, 1],
    ['retries after a minute', { H: retry('PT1M') }, {}, 0],
    ['gives a variable 1,025 characters', { V: long(1_025) }, {}, 1],
    ['gives a variable 1,024 characters', { V: long(1_024) }, {}, 0],
    ['sets a variable to 1,025 characters', { V: variable('x'), S: set }, {}, 1],
    ['goes on behind its Response', { R: answer(), A: behind('R') }, {}, 1],
    [
      'goes on behind the scope with its Response',
      { S: { type: 'Scope', actions: { R: answer() }, runAfter: {} }, A: behind('S') },
      {},
      1,
    ],
    ['answers last', { A: ok, R: answer({ A: ['Succeeded'] }) }, {}, 0],
    ['is started by a webhook', { A: ok }, webhook, 1],
  ])('that %s', (_, actions, more, count) => {
    const warned = Array.from({ length: count }, () => 'warning stateless');
    expect(check(workflow(actions, 'Stateless', more))).toEqual(warned);
    expect(check(workflow(actions, 'Stateful', more))).toEqual([]);
  });
});

describe('Consumption and Standard have limits of their own', () => {
  const account = { integrationAccount: { id: '/x' } };
  test.each<[string, object, string[]]>([
    [
      'a script without an integration account on Consumption',
      resource({ J: script(10) }),
      ['error integration-account'],
    ],
    ['a script with an integration account', resource({ J: script(1_024) }, account), []],
    ['a script of 1,025 characters', resource({ J: script(1_025) }, account), ['error limits']],
    ['a script on Standard', workflow({ J: script(100_000) }, 'Stateful'), []],
    [
      'a script of 100,001 characters on Standard',
      workflow({ J: script(100_001) }, 'Stateful'),
      ['error limits'],
    ],
    [
      'an address of 16,385 characters',
      definition({ H: http({ uri: `https://contoso.com/${'x'.repeat(16_365)}` }) }),
      ['warning limits'],
    ],
    ['50 runs on Consumption', resource({ A: ok }, {}, trigger({ runs: 50 })), []],
    [
      '51 runs on Consumption',
      resource({ A: ok }, {}, trigger({ runs: 51 })),
      ['error setting-range'],
    ],
    ['100 runs on Standard', workflow({ A: ok }, 'Stateful', trigger({ runs: 100 })), []],
    [
      '101 runs on Standard',
      workflow({ A: ok }, 'Stateful', trigger({ runs: 101 })),
      ['error setting-range'],
    ],
    [
      '101 waiting runs on Consumption',
      resource({ A: ok }, {}, trigger({ runs: 5, maximumWaitingRuns: 101 })),
      ['error setting-range'],
    ],
    [
      '200 waiting runs on Standard',
      workflow({ A: ok }, 'Stateful', trigger({ runs: 5, maximumWaitingRuns: 200 })),
      [],
    ],
    [
      '51 parameters on Consumption',
      resource({ A: ok }, {}, { parameters: parameters(51) }),
      ['error limits'],
    ],
    [
      '51 parameters on Standard',
      workflow({ A: ok }, 'Stateful', { parameters: parameters(51) }),
      [],
    ],
    [
      'two triggers on Standard',
      workflow({ A: ok }, 'Stateful', { triggers: triggers(2) }),
      ['error limits'],
    ],
    ['ten triggers on Consumption', resource({ A: ok }, {}, { triggers: triggers(10) }), []],
    [
      'eleven triggers on Consumption',
      resource({ A: ok }, {}, { triggers: triggers(11) }),
      ['error limits'],
    ],
  ])('%s', (_, value, findings) => {
    expect(check(value)).toEqual(findings);
  });
});

function parameters(count: number): object {
  const names = Array.from({ length: count }, (_, index) => `p${index}`);
  return Object.fromEntries(names.map((name) => [name, { type: 'Int', defaultValue: 1 }]));
}

function triggers(count: number): object {
  const names = Array.from({ length: count }, (_, index) => `t${index}`);
  return Object.fromEntries(names.map((name) => [name, { type: 'Request', inputs: {} }]));
}

describe('Response actions in parallel branches', () => {
  const both = ['warning response-placement'];
  const scope = (actions: object, runAfter: object = {}) => ({ type: 'Scope', actions, runAfter });
  const condition = (actions: object) => ({
    type: 'If',
    expression: '@true',
    actions,
    else: { actions: {} },
    runAfter: {},
  });
  test.each<[string, object, string[]]>([
    ['that both run', { R: answer(), S: answer() }, both],
    [
      'behind different statuses of one action',
      { A: ok, R: answer({ A: ['Succeeded'] }), S: answer({ A: ['Failed', 'TimedOut'] }) },
      [],
    ],
    [
      'behind statuses that overlap',
      { A: ok, R: answer({ A: ['Succeeded', 'Failed'] }), S: answer({ A: ['Failed'] }) },
      both,
    ],
    [
      'behind different statuses further up',
      {
        A: ok,
        B: behind('A'),
        R: answer({ B: ['Succeeded'] }),
        S: answer({ A: ['FAILED'] }),
      },
      [],
    ],
    [
      'where one may follow what was skipped',
      {
        A: ok,
        B: behind('A'),
        R: answer({ B: ['Succeeded', 'Skipped'] }),
        S: answer({ A: ['Failed'] }),
      },
      both,
    ],
    ['inside scopes', { X: scope({ R: answer() }), Y: scope({ S: answer() }) }, both],
    ['inside conditions', { X: condition({ R: answer() }), Y: condition({ S: answer() }) }, []],
    [
      'of one condition',
      {
        X: { ...condition({ R: answer() }), else: { actions: { S: answer() } } },
      },
      [],
    ],
    [
      'of which one handles the failure of the scope with the other',
      { X: scope({ R: answer() }), S: answer({ X: ['Failed'] }) },
      [],
    ],
  ])('%s', (_, actions, findings) => {
    expect(check(definition(actions))).toEqual(findings);
  });
});
