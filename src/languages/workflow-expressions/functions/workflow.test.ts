import { describe, expect, test } from 'vitest';
import { outcome } from './cases.ts';

const given = JSON.stringify({
  parameters: { Tenant: 'contoso', nothing: null },
  variables: { count: 3 },
  triggerOutputs: { headers: { Accept: 'x' }, body: { name: 'n' } },
  actions: {
    Get_it: { status: 'Succeeded', outputs: { statusCode: 200, body: { Value: [1, 2] } } },
    Compose: { outputs: 'text' },
    Short: { body: 5 },
    Form: {
      body: {
        '$content-type': 'application/x-www-form-urlencoded',
        $content: Buffer.from('a=1&b=x+y&a=2').toString('base64'),
      },
    },
    Parts: { body: { $multipart: [{ headers: {}, body: 'one' }, { body: { a: 1 } }] } },
  },
  items: { Loop: { id: 7 } },
  item: 'it',
  iterationIndexes: { Until: 2 },
  results: { Scope: [{ name: 'Get_it' }] },
  workflow: { name: 'w', run: { name: 'r' } },
  appsettings: { Setting: 'value' },
  agentParameters: { question: 'q' },
  callbackUrl: 'https://callback',
});

describe('workflow functions', () => {
  test.each([
    ["@parameters('tenant')", '"contoso"'],
    ["@parameters('nothing')", 'null'],
    ["@variables('COUNT')", '3'],
    ["@triggerBody()?['NAME']", '"n"'],
    ["@triggerOutputs()['headers']['accept']", '"x"'],
    ["@trigger()['outputs']['body']['name']", '"n"'],
    ["@triggers()['outputs']['body']['name']", '"n"'],
    ["@body('get_IT')['value'][1]", '2'],
    ["@actionBody('Get_it').Value", '[1,2]'],
    ["@outputs('Compose')", '"text"'],
    ["@actionOutputs('Get_it')['statusCode']", '200'],
    ["@actions('Get_it')['status']", '"Succeeded"'],
    ["@actions('Get_it').outputs.statusCode", '200'],
    ["@body('Short')", '5'],
    ["@body('Compose')", 'null'],
    ["@items('loop')['id']", '7'],
    ['@item()', '"it"'],
    ["@iterationIndexes('Until')", '2'],
    ["@result('scope')[0]['name']", '"Get_it"'],
    ["@workflow()['run']['name']", '"r"'],
    ['@workflow().name', '"w"'],
    ["@appsetting('setting')", '"value"'],
    ["@agentParameters('question')", '"q"'],
    ['@listCallbackUrl()', '"https://callback"'],
    ["@formDataValue('Form', 'b')", '"x y"'],
    ["@formDataMultiValues('Form', 'a')", '["1","2"]'],
    ["@multipartBody('Parts', 0)", '"one"'],
    ["@multipartBody('Parts', 1)['a']", '1'],
    ["@body(concat('Sho', 'rt'))", '5'],
    ["@{body('Get_it')}", '"{\\"Value\\":[1,2]}"'],
  ])('%s is %s', (text, expected) => {
    expect(outcome(text, given)).toBe(expected);
  });

  test.each([
    ["@triggerFormDataValue('a')", '"1"'],
    ["@triggerFormDataMultiValues('A')", '["1"]'],
    ["@triggerFormDataValue('z')", 'null'],
  ])('%s reads the form of the trigger', (text, expected) => {
    const form = JSON.stringify({ triggerBody: { $formdata: [{ key: 'a', value: '1' }] } });
    expect(outcome(text, form)).toBe(expected);
  });

  test('triggerMultipartBody reads a part of the trigger', () => {
    const parts = JSON.stringify({ triggerBody: { $multipart: [{ body: 'one' }] } });
    expect(outcome('@triggerMultipartBody(0)', parts)).toBe('"one"');
    expect(outcome('@triggerMultipartBody(1)', parts)).toContain('outside bounds (0, 0)');
  });

  test.each([
    ["@parameters('x')", "the workflow parameter 'x' is not found"],
    ["@variables('x')", "the variable 'x' doesn't exist"],
    ["@body('x')", "is not expected to reference action 'x'"],
    ["@appsetting('x')", "the app setting 'x' is not found"],
    ["@agentParameters('x')", "the agent parameter 'x' is not found"],
    ["@items('x')", 'inside the Foreach that it names'],
    ["@iterationIndexes('x')", 'inside the Until that it names'],
    ["@result('x')", 'takes the name of a scope'],
    ['@action()', 'where an action speaks of itself'],
    ["@formDataValue('Form', 'a')", 'found 2 values'],
    ["@formDataValue('Short', 'a')", 'form data'],
    ["@multipartBody('Short', 0)", 'several parts'],
    ['@body(1)', 'be a string'],
    [
      "@triggerBody()['missing']",
      "cannot be evaluated because property 'missing' doesn't exist, available properties are 'name'. Please see https://aka.ms/logicexpressions for usage details.",
    ],
    [
      "@outputs('Compose')['body']",
      "property 'body' cannot be selected. Property selection is not supported on values of type 'String'",
    ],
    ["@outputs('Compose')?['body']", "not supported on values of type 'String'"],
    ["@parameters('nothing')['a']", "not supported on values of type 'Null'"],
    ["@body('Get_it')['Value'][2]", "array index '2' is outside bounds (0, 1) of array"],
    ["@body('Get_it')['Value']['a']", 'Array elements can only be selected using an integer index'],
    ["@body('Get_it')?[0]", 'can only be selected using a property name'],
  ])('%s fails: %s', (text, message) => {
    expect(outcome(text, given)).toContain('error: ');
    expect(outcome(text, given)).toContain(message);
  });

  test('without a trigger, a loop or a run the functions say where they belong', () => {
    for (const name of ['triggerBody', 'trigger', 'item', 'workflow', 'listCallbackUrl']) {
      expect(outcome(`@${name}()`)).toContain('is not available here');
    }
  });

  test('? gives null for what is absent, in a chain too', () => {
    expect(outcome("@triggerBody()?['a']?['b']?.c?[0]", given)).toBe('null');
  });

  test('members of prototypes are not reachable', () => {
    for (const name of ['constructor', '__proto__', 'toString', 'hasOwnProperty']) {
      expect(outcome(`@triggerBody()?['${name}']`, given)).toBe('null');
      expect(outcome(`@parameters('${name}')`, given)).toContain('is not found');
      expect(outcome(`@body('${name}')`, given)).toContain('is not expected to reference');
      expect(outcome(`@${name}()`, given)).toContain('is not defined or not valid');
    }
  });
});
