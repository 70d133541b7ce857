import { describe, expect, test } from 'vitest';
import { check, definition, http, loop, ok, request, until } from './cases.ts';

const option = (operationOptions: unknown) => ({ operationOptions });
const manual = (more: object) => ({ triggers: { manual: { ...request.manual, ...more } } });

describe('operationOptions', () => {
  const warned = ['warning operation-options'];
  const response = { type: 'Response', inputs: { statusCode: 200 }, runAfter: {} };
  test.each<[string, object, string[]]>([
    ['Sequential at a loop', { L: { ...loop({}), ...option('Sequential') } }, []],
    ['Sequential elsewhere', { A: { ...ok, ...option('Sequential') } }, warned],
    ['in any letter case', { H: { ...http({}), ...option('disableasyncpattern') } }, []],
    [
      'several, by comma and blank',
      { H: { ...http({}), ...option('DisableAsyncPattern, SuppressWorkflowHeaders None') } },
      [],
    ],
    ['Asynchronous at a Response', { R: { ...response, ...option('Asynchronous') } }, []],
    ['Asynchronous elsewhere', { H: { ...http({}), ...option('Asynchronous') } }, warned],
    [
      'FailWhenLimitsReached at an Until',
      { U: { ...until({}), ...option('FailWhenLimitsReached') } },
      [],
    ],
    [
      'FailWhenLimitsReached elsewhere',
      { L: { ...loop({}), ...option('FailWhenLimitsReached') } },
      warned,
    ],
    ['SingleInstance at an action', { A: { ...ok, ...option('SingleInstance') } }, warned],
    ['one that is unknown', { H: { ...http({}), ...option('DisableAsync') } }, warned],
    ['an app setting', { A: { ...ok, ...option('WithStatelessRunHistory') } }, warned],
    ['no string', { A: { ...ok, ...option(['Sequential']) } }, warned],
    ['nothing', { A: { ...ok, ...option('') }, B: { ...ok, ...option(null) } }, []],
    ['an expression', { A: { ...ok, ...option("@parameters('o')") } }, []],
  ])('%s', (_, actions, findings) => {
    expect(check(definition(actions))).toEqual(findings);
  });

  test.each<[string, string[]]>([
    ['SingleInstance', []],
    ['EnableSchemaValidation, IncludeAuthorizationHeadersInOutputs', []],
    ['SuppressWorkflowHeadersOnResponse', []],
    ['Sequential', warned],
  ])('%s at a trigger', (options, findings) => {
    expect(check(definition({ A: ok }, manual(option(options))))).toEqual(findings);
  });
});

describe('static results', () => {
  const warned = ['warning static-results'];
  const entry = { status: 'Succeeded', outputs: { statusCode: 'OK', headers: {} } };
  const using = (name: string, staticResultOptions: string) => ({
    H: {
      ...http({}),
      runtimeConfiguration: { staticResult: { name, staticResultOptions } },
    },
  });
  test.each<[string, unknown, object, string[]]>([
    ['as the designer writes them', { HTTP0: entry }, using('HTTP0', 'Enabled'), []],
    [
      'with an error and a code',
      { HTTP0: { status: 'failed', outputs: {}, error: { code: 'a', message: 'b' }, code: '500' } },
      using('http0', 'enabled'),
      [],
    ],
    ['that are used and missing', { HTTP0: entry }, using('HTTP1', 'Enabled'), warned],
    ['that are missing and switched off', {}, using('HTTP1', 'Disabled'), []],
    ['without a status', { HTTP0: { outputs: {} } }, {}, warned],
    ['with an unknown status', { HTTP0: { ...entry, status: 'Suceeded' } }, {}, warned],
    ['with outputs that are no object', { HTTP0: { ...entry, outputs: [] } }, {}, warned],
    ['with an unknown member', { HTTP0: { ...entry, output: {} } }, {}, warned],
    ['that are no objects', { HTTP0: 'OK' }, {}, warned],
    ['switched neither on nor off', { HTTP0: entry }, using('HTTP0', 'On'), warned],
    ['as a list', [], {}, ['error definition-shape']],
  ])('%s', (_, staticResults, actions, findings) => {
    expect(check(definition(actions, { staticResults }))).toEqual(findings);
  });
});

describe('tracked properties', () => {
  const warned = ['warning tracked-properties'];
  const tracking = (trackedProperties: unknown) =>
    definition({
      A: ok,
      H: { ...http({}), runAfter: { A: ['Succeeded'] }, trackedProperties },
    });
  test.each<[string, unknown, string[]]>([
    ['of action()', { s: "@action()['outputs']['statusCode']" }, []],
    ["of the action's own name", { b: "@body('H')?['id']", o: "@outputs('h')" }, []],
    ['of parameters and functions', { u: '@utcNow()', w: '@{workflow().name}' }, []],
    ['of another action', { a: "@outputs('A')" }, warned],
    ['of the trigger', { t: '@triggerBody()' }, warned],
    ['that are no object', ['a'], warned],
    ['of more than 16,000 characters', { long: 'x'.repeat(16_000) }, ['error limits']],
  ])('%s', (_, properties, findings) => {
    expect(check(tracking(properties))).toEqual(findings);
  });

  test('of a trigger tell of the trigger', () => {
    const trackedProperties = { t: "@triggerOutputs()?['headers']", r: '@trigger().startTime' };
    expect(check(definition({ A: ok }, manual({ trackedProperties })))).toEqual([]);
  });
});
