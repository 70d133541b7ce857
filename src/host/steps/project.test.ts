import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { ConfigurationError } from '../../base/index.ts';
import { loadEnvironment } from '../environment.ts';
import type { StepContext } from './context.ts';
import { runProject } from './project.ts';

const folder = mkdtempSync(join(tmpdir(), 'lazurite-project-'));
afterAll(() => rmSync(folder, { recursive: true }));

async function contextWith(publishProject: StepContext['publishProject']): Promise<StepContext> {
  const id = '3f9c2a5e-7d41-4b6a-9c11-5a0e8f2d6b01';
  const project = { subscription: 's', resourceGroup: 'g', site: 'site', folder: 'standard' };
  const environment = {
    tenants: [{ name: 'home', id, domain: 'home.onmicrosoft.com' }],
    subscriptions: [{ name: 's', id, tenant: 'home' }],
    steps: [{ name: 'publish', project }],
  };
  mkdirSync(join(folder, 'standard', 'node_modules'), { recursive: true });
  writeFileSync(join(folder, 'environment.json'), JSON.stringify(environment, undefined, 2));
  writeFileSync(join(folder, 'standard', 'host.json'), '{}');
  writeFileSync(join(folder, 'standard', 'node_modules', 'a.js'), '');
  const loaded = await loadEnvironment(folder);
  return { environment: loaded, step: loaded.steps[0]!, index: 0, publishProject } as StepContext;
}

test('the files of the folder go to the site by its ARM id, what tools leave there does not', async () => {
  const published: [string, string[]][] = [];
  const context = await contextWith(async (id, files) => {
    published.push([id, [...files.keys()]]);
  });
  expect(await runProject(context)).toEqual({});
  const [[id, files] = ['', []]] = published;
  expect(id).toMatch(/\/resourceGroups\/g\/providers\/Microsoft.Web\/sites\/site$/);
  expect(files).toEqual(['host.json']);
});

test('a fault in the project names the step, and the file from the folder of the environment', async () => {
  const context = await contextWith(async () => {
    throw new ConfigurationError({ file: 'a/workflow.json', line: 3, message: 'is not sound' });
  });
  const place = `${join(folder, 'environment.json')}:\\d+:\\d+: steps\\[0\\].project.folder: `;
  await expect(runProject(context)).rejects.toThrow(
    new RegExp(`^${place}step 'publish' failed: standard/a/workflow.json:3: is not sound$`),
  );
});
