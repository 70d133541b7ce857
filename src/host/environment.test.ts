import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, expect, test } from 'vitest';
import { ConfigurationError } from '../base/index.ts';
import { loadEnvironment } from './environment.ts';
import { checkSteps } from './steps/index.ts';

const folders: string[] = [];
afterEach(() => {
  for (const folder of folders.splice(0)) rmSync(folder, { recursive: true });
});

function folderWith(files: Record<string, string>): string {
  const folder = mkdtempSync(join(tmpdir(), 'lazurite-environment-'));
  folders.push(folder);
  for (const [name, text] of Object.entries(files)) writeFileSync(join(folder, name), text);
  return folder;
}

const tenantId = '3f9c2a5e-7d41-4b6a-9c11-5a0e8f2d6b01';
const environment = (changes: object) =>
  JSON.stringify(
    {
      tenants: [{ name: 'home', id: tenantId, domain: 'home.onmicrosoft.com' }],
      subscriptions: [{ name: 's', id: tenantId, tenant: 'home' }],
      ...changes,
    },
    undefined,
    2,
  );

test('comments and trailing commas are read; the name defaults to the folder', async () => {
  const text = `{ // tenants first
    "tenants": [{ "name": "home", "id": "${tenantId}", "domain": "home.onmicrosoft.com", }],
  }`;
  const loaded = await loadEnvironment(folderWith({ 'environment.json': text }));
  expect(loaded.name).toMatch(/^lazurite-environment-/);
  expect(loaded.network).toBe(false);
});

test('an environment.ts gives the same object', async () => {
  const folder = folderWith({ 'environment.ts': `export default ${environment({ name: 'x' })};` });
  expect((await loadEnvironment(folder)).name).toBe('x');
});

test.each([
  ['throws', 'throw new Error("oops")', 'cannot be run: Error: oops'],
  ['is not a program', 'export default {', 'cannot be run: '],
  ['exports nothing', 'export const x = 1;', 'has no default export'],
])('an environment.ts that %s is refused in one message', async (_name, text, message) => {
  const refused = loadEnvironment(folderWith({ 'environment.ts': text }));
  await expect(refused).rejects.toThrow(ConfigurationError);
  await expect(refused).rejects.toThrow(message);
});

const step = { name: 'one', deployment: { subscription: 's', template: 'a.json' } };

test.each([
  ['a missing file', {}, 'has no environment.json'],
  [
    'bad JSON',
    { 'environment.json': '{\n "tenants": [}\n' },
    /environment.json:2:14: not valid JSON/,
  ],
  ['a member that is missing', '{}', /1:1: tenants: is missing; it must be array/],
  ['a member of another kind', environment({ network: 1 }), /network: must be boolean, not number/],
  ['an unknown field', environment({ colour: 1 }), /1:1: .*Unrecognized key: "colour"/],
  [
    'a bad id',
    environment({ tenants: [{ name: 'h', id: '7', domain: 'a.b' }] }),
    /tenants\[0\].id: must be a GUID/,
  ],
  [
    'an unknown tenant',
    environment({ subscriptions: [{ name: 's', id: tenantId, tenant: 'away' }] }),
    "13:17: subscriptions[0].tenant: there is no tenant 'away'; known: home",
  ],
  [
    'two steps of one name',
    environment({ steps: [step, step] }),
    "'one' is also the name of steps[0]",
  ],
  [
    'a step of no kind',
    environment({ steps: [{ name: 'one' }] }),
    'needs exactly one of "deployment", "vaultObjects" and "project"',
  ],
  [
    'a host row without a target',
    environment({ hosts: [{ host: 'a.example' }] }),
    'needs exactly one of "origin", "network" and "program"',
  ],
])('%s is refused, with its place', async (_name, files, message) => {
  const given = typeof files === 'string' ? { 'environment.json': files } : files;
  await expect(loadEnvironment(folderWith(given as Record<string, string>))).rejects.toThrow(
    message,
  );
});

test('a folder that is not there is said so', async () => {
  await expect(loadEnvironment('/nowhere/at/all')).rejects.toThrow('there is no such folder');
});

test('what steps name is looked up before anything runs', async () => {
  const parameters = {
    a: { file: 'missing.xml' },
    b: { jsonFile: 'broken.json' },
    c: { output: 'later.value' },
    d: { output: 'deployer.home' },
  };
  const steps = [
    { name: 'one', deployment: { subscription: 's', template: 'absent.json', parameters } },
    { name: 'later', deployment: { subscription: 's', template: 'absent.json' } },
  ];
  const hosts = [{ host: 'a.example', program: 'absent.ts' }];
  const files = { 'environment.json': environment({ steps, hosts }), 'broken.json': '{' };
  const problems = checkSteps(await loadEnvironment(folderWith(files)));
  expect(problems.map(({ field, message }) => `${field}: ${message}`)).toEqual([
    expect.stringMatching(/^hosts\[0\].program: there is no 'absent.ts' in/),
    expect.stringMatching(/^steps\[0\].deployment.template: there is no 'absent.json' in/),
    "steps[0].deployment.parameters.a: the file 'missing.xml' cannot be read",
    expect.stringContaining('not valid JSON'),
    expect.stringContaining("no step before this one is named 'later'; before it: none"),
    expect.stringMatching(/^steps\[1\].deployment.template/),
  ]);
});
