import { describe, expect, test } from 'vitest';
import { check, definition, http, loop, ok } from './cases.ts';

describe('settings: what Azure refuses is found', () => {
  test.each<[string, object, string[]]>([
    [
      'a redirect as Response',
      definition({ R: { type: 'Response', inputs: { statusCode: 302 }, runAfter: {} } }),
      ['error setting-value'],
    ],
    [
      'an unknown authentication',
      definition({ H: http({ authentication: { type: 'Basc' } }) }),
      ['error authentication'],
    ],
    [
      'an authentication that lacks its certificate',
      definition({ H: http({ authentication: { type: 'ClientCertificate' } }) }),
      ['error authentication'],
    ],
    ['an unknown method', definition({ H: http({ method: 'FETCH' }) }), ['error setting-value']],
    [
      'too many retries',
      definition({ H: http({ retryPolicy: { type: 'fixed', count: 91, interval: 'PT10S' } }) }),
      ['error setting-range'],
    ],
    [
      'an interval that is no duration',
      definition({ H: http({ retryPolicy: { type: 'fixed', count: 3, interval: '10s' } }) }),
      ['error setting-value'],
    ],
    [
      'more repetitions than allowed',
      definition({
        L: { ...loop({}), runtimeConfiguration: { concurrency: { repetitions: 51 } } },
      }),
      ['error setting-range'],
    ],
    [
      'SingleInstance beside a concurrency',
      {
        ...definition({ A: ok }),
        triggers: {
          m: {
            type: 'Request',
            inputs: {},
            operationOptions: 'SingleInstance',
            runtimeConfiguration: { concurrency: { runs: 2 } },
          },
        },
      },
      ['error setting-value'],
    ],
    [
      'a relative path without a method',
      {
        ...definition({ A: ok }),
        triggers: { m: { type: 'Request', inputs: { relativePath: 'a/{b}' } } },
      },
      ['error setting-value'],
    ],
    [
      'a recurrence too rare',
      {
        ...definition({ A: ok }),
        triggers: { r: { type: 'Recurrence', recurrence: { frequency: 'Month', interval: 17 } } },
      },
      ['error setting-range'],
    ],
    [
      'a condition that is no array',
      {
        ...definition({ A: ok }),
        triggers: { m: { type: 'Request', inputs: {}, conditions: {} } },
      },
      ['error trigger-conditions'],
    ],
  ])('%s', (_, value, findings) => {
    expect(check(value)).toEqual(findings);
  });
});
