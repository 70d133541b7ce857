import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, expect, test } from 'vitest';
import { loadEnvironment } from '../environment.ts';
import { checkWorkflowFiles } from './workflow-check.ts';

const folders: string[] = [];
afterEach(() => {
  for (const folder of folders.splice(0)) rmSync(folder, { recursive: true });
});

const id = '3f9c2a5e-7d41-4b6a-9c11-5a0e8f2d6b01';
const schema =
  'https://schema.management.azure.com/providers/Microsoft.Logic/schemas/2016-06-01/workflowdefinition.json#';

const definition = (expression: string) => ({
  $schema: schema,
  contentVersion: '1.0.0.0',
  triggers: { manual: { type: 'Request', kind: 'Http', inputs: {} } },
  actions: { Answer: { type: 'Compose', inputs: expression, runAfter: {} } },
});

async function problemsOf(files: Record<string, unknown>) {
  const folder = mkdtempSync(join(tmpdir(), 'lazurite-workflows-'));
  folders.push(folder);
  const deployment = {
    subscription: 's',
    template: 't.json',
    parameters: { flow: { jsonFile: 'flow.json' }, other: { jsonFile: 'other.json' } },
  };
  const project = { subscription: 's', resourceGroup: 'g', site: 'site', folder: 'standard' };
  const environment = {
    tenants: [{ name: 'home', id, domain: 'home.onmicrosoft.com' }],
    subscriptions: [{ name: 's', id, tenant: 'home' }],
    steps: [
      { name: 'logic-apps', deployment },
      { name: 'publish', project },
    ],
  };
  const all = {
    'environment.json': environment,
    'other.json': { anything: 1 },
    'standard/host.json': { version: '2.0' },
    'flow.json': definition('@utcNow()'),
    'standard/one/workflow.json': { definition: definition('@utcNow()'), kind: 'Stateful' },
    ...files,
  };
  for (const [name, value] of Object.entries(all)) {
    mkdirSync(dirname(join(folder, name)), { recursive: true });
    const text = typeof value === 'string' ? value : JSON.stringify(value, undefined, 2);
    writeFileSync(join(folder, name), text);
  }
  return checkWorkflowFiles(await loadEnvironment(folder));
}

test('sound definitions and other JSON are left alone', async () => {
  expect(await problemsOf({})).toEqual([]);
});

test.each([
  ['flow.json', definition("@body('Nowhere')"), 'logic-apps'],
  ['flow.json', definition('@noSuchFunction()'), 'logic-apps'],
  [
    'standard/one/workflow.json',
    { definition: definition("@body('Nowhere')"), kind: 'Stateful' },
    'publish',
  ],
  ['standard/one/workflow.json', '{ "definition": {', 'publish'],
])('%s that Azure would refuse is told with its place and its step', async (name, value, step) => {
  const problems = await problemsOf({ [name]: value });
  expect(problems.length).toBeGreaterThan(0);
  expect(problems[0]!.file).toMatch(new RegExp(`${name}$`));
  expect(problems[0]!.line).toBeGreaterThan(0);
  expect(problems[0]!.fix).toContain(`step '${step}'`);
});
