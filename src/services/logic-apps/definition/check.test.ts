import { mkdirSync, mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { checkText, mermaidOf, projectOf, readDefinitionFile, svgOf } from './index.ts';
import {
  behind,
  check,
  definition,
  head,
  http,
  loop,
  ok,
  request,
  until,
  variable,
} from './rules/cases.ts';
import { isTreeObject } from './tree.ts';

describe('what Azure accepts passes', () => {
  test.each<[string, object]>([
    ['a trigger and an action', definition({ A: ok })],
    ['no actions at all', definition({})],
    [
      'type names and statuses in any case',
      definition({ A: { ...ok, type: 'compose' }, B: behind('a', 1, 'SUCCEEDED') }),
    ],
    ['an empty list of statuses', definition({ A: ok, B: { ...ok, runAfter: { A: [] } } })],
    [
      'outputs of an action inside a scope that ran before',
      definition({
        S: { type: 'Scope', actions: { A: ok }, runAfter: {} },
        B: behind('S', "@outputs('A')"),
      }),
    ],
    [
      'outputs of an action before the scope around',
      definition({
        A: ok,
        S: {
          type: 'Scope',
          actions: { B: { ...ok, inputs: "@outputs('A')" } },
          runAfter: { A: ['Succeeded'] },
        },
      }),
    ],
    [
      'the children of an Until in its condition',
      definition({ U: until({ A: ok }, "@equals(outputs('A'), 1)") }),
    ],
    [
      'items() of the loop around',
      definition({ L: loop({ A: { ...ok, inputs: "@items('l')" } }) }),
    ],
    [
      'item() in Query, Select and Table',
      definition({
        S: { type: 'Select', inputs: { from: '@triggerBody()', select: '@item()' }, runAfter: {} },
      }),
    ],
    [
      'a variable set in a loop behind its initialisation',
      definition({
        V: variable('n', 'Integer'),
        L: loop(
          { I: { type: 'IncrementVariable', inputs: { name: 'N', value: 1 }, runAfter: {} } },
          { V: ['Succeeded'] },
        ),
      }),
    ],
    [
      'several arguments of encodeUriComponent, as older designers wrote',
      definition({ A: { ...ok, inputs: "@encodeURIComponent('a', 'b')" } }),
    ],
    [
      'unescaped names of OData in a schema',
      definition({
        P: {
          type: 'ParseJson',
          inputs: { content: {}, schema: { properties: { '@odata.type': { type: 'string' } } } },
          runAfter: {},
        },
      }),
    ],
    ['an e-mail address', definition({ A: { ...ok, inputs: 'user@contoso.com' } })],
    [
      'code of other languages',
      definition({
        J: { type: 'JavaScriptCode', inputs: { code: '@{not an expression' }, runAfter: {} },
      }),
    ],
  ])('%s', (_, value) => {
    expect(check(value)).toEqual([]);
  });

  test('a BOM, comments and trailing commas', () => {
    const text = `\uFEFF// a comment\n{"definition": {"$schema": "${head.$schema}", "contentVersion": "1.0.0.0", "triggers": {}, "actions": {},}, /* x */ "kind": "Stateful",}`;
    expect(checkText('W/workflow.json', text)).toMatchObject({ ok: true, findings: [] });
  });
});

describe('what is accepted but hardly meant', () => {
  test.each<[string, object, string[]]>([
    [
      'an action behind Terminate',
      definition({
        T: { type: 'Terminate', inputs: { runStatus: 'Failed' }, runAfter: {} },
        A: behind('T'),
      }),
      ['warning unreachable-action'],
    ],
    [
      'an address without a scheme',
      definition({ H: http({ uri: 'contoso.com' }) }),
      ['warning uri'],
    ],
    [
      'a missing $schema',
      { contentVersion: '1.0.0.0', triggers: request, actions: {} },
      ['warning definition-shape'],
    ],
    [
      'a parameter that a project may bring',
      definition({ A: { ...ok, inputs: "@parameters('p')" } }),
      ['warning unknown-parameter'],
    ],
  ])('%s is only a warning', (_, value, findings) => {
    expect(check(value)).toEqual(findings);
  });
});

describe('findings say where and what to write', () => {
  test('the column is that of the wrong name inside the expression, escapes allowed for', () => {
    const text = `{"triggers":{},"actions":{\n  "A": {"type": "Compose", "inputs": "\\u0040concat('\\"', tolowr('a'))", "runAfter": {}}\n}}`;
    const [finding] = checkText('d.json', text).findings.filter(
      ({ severity }) => severity === 'error',
    );
    expect(finding).toEqual({
      severity: 'error',
      line: 2,
      column: text.split('\n')[1]!.indexOf('tolowr') + 1,
      rule: 'unknown-function',
      message: "The template function 'tolowr' is not defined or not valid.",
      fix: "Write 'toLower'.",
    });
  });

  test('a near name is suggested', () => {
    const { findings } = checkText(
      'd.json',
      JSON.stringify(definition({ Get_secret: ok, B: behind('Get secret') })),
    );
    expect(findings[0]?.fix).toBe("Write 'Get_secret'.");
  });

  test('broken JSON is a finding with its place', () => {
    expect(checkText('d.json', '{\n  "a": }')).toMatchObject({
      ok: false,
      findings: [{ rule: 'json-syntax', line: 2, column: 8 }],
    });
  });

  test('JSON without a definition is a finding', () => {
    expect(check({ a: 1 })).toEqual(['error no-definition']);
  });

  test('actions and expressions are counted', () => {
    const value = definition({
      A: { ...ok, inputs: 'a@{1}b@{2}' },
      B: behind('A', "@outputs('A')"),
    });
    expect(checkText('d.json', JSON.stringify(value))).toMatchObject({
      actions: 2,
      expressions: 3,
    });
  });
});

describe('definitions inside ARM templates', () => {
  const template = (actions: object, more: object = {}) => ({
    $schema: 'https://schema.management.azure.com/schemas/2019-04-01/deploymentTemplate.json#',
    parameters: { target: { type: 'string' }, known: { type: 'string', defaultValue: 'A' } },
    resources: [
      {
        type: 'Microsoft.Logic/workflows',
        name: 'w',
        properties: { definition: definition(actions), parameters: {} },
        ...more,
      },
    ],
  });

  test.each<[string, object, string[]]>([
    ['a literal bracket', { A: { ...ok, inputs: "[[@tolowr('a')]" } }, []],
    [
      'text around unknown parameters stays open',
      { A: ok, B: behind('A', "[concat('@outputs(''', parameters('target'), ''')')]") },
      [],
    ],
    [
      'known defaults are looked through',
      { A: ok, B: behind('A', "[concat('@outputs(''', parameters('known'), 'x'')')]") },
      ['error unknown-action'],
    ],
    [
      'unknown functions behind concat are found',
      { A: { ...ok, inputs: "[concat('@tolowr(''a'')')]" } },
      ['error unknown-function'],
    ],
    ['a type known at deployment', { A: { ...ok, type: "[parameters('target')]" } }, []],
  ])('%s', (_, actions, findings) => {
    expect(check(template(actions))).toEqual(findings);
  });

  test('a resource whose condition is false is not checked', () => {
    expect(check(template({ A: { type: 'Nonsense' } }, { condition: '[false()]' }))).toEqual([
      'warning no-definition',
    ]);
  });

  test('connections that the resource does not give are found', () => {
    const action = {
      type: 'ApiConnection',
      inputs: {
        host: { connection: { name: "@parameters('$connections')['offce365']['connectionId']" } },
        method: 'get',
        path: '/x',
      },
      runAfter: {},
    };
    const value = template({ A: action });
    Object.assign(value.resources[0]!.properties, {
      parameters: { $connections: { value: { office365: {} } } },
    });
    const report = checkText('t.json', JSON.stringify(value));
    expect(report.findings.find(({ rule }) => rule === 'unknown-connection')?.fix).toBe(
      "Write 'office365'.",
    );
  });
});

describe('a Standard project', () => {
  function project(files: Record<string, unknown>): string {
    const folder = mkdtempSync(join(tmpdir(), 'definition-'));
    for (const [name, value] of Object.entries(files)) {
      mkdirSync(dirname(join(folder, name)), { recursive: true });
      writeFileSync(join(folder, name), typeof value === 'string' ? value : JSON.stringify(value));
    }
    return folder;
  }
  const workflow = (actions: object) => ({ definition: definition(actions), kind: 'Stateful' });
  const send = {
    type: 'ServiceProvider',
    inputs: { serviceProviderConfiguration: { connectionName: 'sb' } },
    runAfter: {},
  };

  function checkProject(files: Record<string, unknown>): string[] {
    const file = join(project({ 'host.json': {}, ...files }), 'W/workflow.json');
    const text = JSON.stringify(files['W/workflow.json']);
    return checkText(file, text, projectOf(file)).findings.map(
      ({ severity, rule }) => `${severity} ${rule}`,
    );
  }

  test('parameters of parameters.json count as declared, others do not', () => {
    const actions = { A: { ...ok, inputs: "@{parameters('a')}@{parameters('b')}" } };
    const files = { 'W/workflow.json': workflow(actions), 'parameters.json': { A: { value: 1 } } };
    expect(checkProject(files)).toEqual(['error unknown-parameter']);
  });

  test('connections are looked for in connections.json', () => {
    const files = { 'W/workflow.json': workflow({ A: send }) };
    expect(checkProject(files)).toEqual(['warning unknown-connection']);
    const connections = { serviceProviderConnections: { sbus: {} } };
    expect(checkProject({ ...files, 'connections.json': connections })).toEqual([
      'error unknown-connection',
    ]);
    const named = { serviceProviderConnections: { SB: {} } };
    expect(checkProject({ ...files, 'connections.json': named })).toEqual([]);
  });

  test('parameters.json may use appsetting() only', () => {
    const files = {
      'W/workflow.json': workflow({}),
      'parameters.json': { a: { value: "@concat('a')" } },
    };
    expect(checkProject(files)).toEqual(['error project-files']);
  });
});

describe('the graph', () => {
  const value = definition({
    A: ok,
    B: behind('A', 1, 'Failed'),
    'If "x"': {
      type: 'If',
      expression: {},
      actions: { C: ok },
      else: { actions: { D: ok } },
      runAfter: { B: ['Succeeded'] },
    },
  });
  const { workflows } = readDefinitionFile('d.json', JSON.stringify(value));
  const tree = workflows[0]?.definition ?? null;
  if (!isTreeObject(tree)) throw new Error('not read');

  test('as Mermaid: containers are subgraphs, unusual statuses stand on the edges', () => {
    expect(mermaidOf(tree).split('\n')).toEqual([
      'flowchart TD',
      '  t0(["manual<br/>Request"])',
      '  a0["A<br/>Compose"]',
      '  a1["B<br/>Compose"]',
      '  subgraph a2["If #34;x#34;<br/>If"]',
      '    subgraph a2b0["True"]',
      '      a3["C<br/>Compose"]',
      '    end',
      '    subgraph a2b1["False"]',
      '      a4["D<br/>Compose"]',
      '    end',
      '  end',
      '  t0 --> a0',
      '  a0 -->|"Failed"| a1',
      '  a1 --> a2',
      '',
    ]);
  });

  test('as SVG: every action once, text escaped', () => {
    const svg = svgOf(tree);
    expect(svg).toContain('If &quot;x&quot; · If');
    expect(svg.match(/<line /g)).toHaveLength(2);
    expect(svg.startsWith('<svg xmlns="http://www.w3.org/2000/svg"')).toBe(true);
  });
});

test('a chain of thousands of actions, and a circle of them, are checked and drawn', () => {
  const names = Array.from({ length: 4_000 }, (_, index) => `A${index}`);
  const chain = Object.fromEntries(
    names.map((name, index) => [name, index === 0 ? ok : behind(`A${index - 1}`)]),
  );
  expect(check(definition(chain))).toEqual(['error limits']);
  expect(check(definition({ ...chain, A0: behind('A3999') }))).toEqual([
    'error limits',
    'error run-after-cycle',
  ]);
  const { workflows } = readDefinitionFile('d.json', JSON.stringify(definition(chain)));
  const tree = workflows[0]?.definition ?? null;
  expect(isTreeObject(tree) && svgOf(tree).match(/<line /g)).toHaveLength(3_999);
});

describe('fuzzing', () => {
  const names = ['A', 'B', 'type', 'inputs', 'actions', 'runAfter', 'expression', 'cases', 'else'];
  const texts = ['Compose', 'If', 'Foreach', 'Until', 'Switch', "@body('A')", '@{', 'Succeeded'];
  const { value } = fc.letrec<{ value: unknown }>((tie) => ({
    value: fc.oneof(
      { depthSize: 'medium' },
      fc.constantFrom(...texts, 1, true, null),
      fc.array(tie('value'), { maxLength: 3 }),
      fc.dictionary(fc.constantFrom(...names), tie('value'), { maxKeys: 5 }),
    ),
  }));

  test('any JSON as actions gives findings with places, never a failure', () => {
    fc.assert(
      fc.property(value, value, (actions, triggers) => {
        const text = JSON.stringify({ triggers, actions });
        const report = checkText('d.json', text);
        for (const finding of report.findings) {
          expect(finding.line).toBeGreaterThan(0);
          expect(finding.column).toBeGreaterThan(0);
          expect(finding.message).not.toBe('');
        }
      }),
      { numRuns: 1_500 },
    );
  });
});
