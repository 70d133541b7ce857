import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';

const main = new URL('../main.ts', import.meta.url).pathname;
const folder = mkdtempSync(join(tmpdir(), 'workflow-check-'));

function workflow(name: string, inputs: string): string {
  mkdirSync(join(folder, name), { recursive: true });
  const file = join(folder, name, 'workflow.json');
  const definition = {
    $schema: 'https://schema.management.azure.com/schemas/2016-06-01/workflowdefinition.json#',
    contentVersion: '1.0.0.0',
    triggers: {},
    actions: { A: { type: 'Compose', inputs, runAfter: {} } },
  };
  writeFileSync(file, JSON.stringify({ definition, kind: 'Stateful' }, undefined, 2));
  return file;
}

function run(...args: string[]) {
  return spawnSync(process.execPath, [main, 'workflow', ...args], { encoding: 'utf8' });
}

const good = workflow('Good', '@utcNow()');
const bad = workflow('Bad', '@utcNw()');

test('check: 0 without errors, 1 with one, 2 for wrong usage', () => {
  expect(run('check', good).status).toBe(0);
  const failed = run('check', bad);
  expect(failed.status).toBe(1);
  expect(failed.stdout).toMatch(/workflow\.json:\d+:\d+: error unknown-function: .*utcNw/);
  expect(run('check', join(folder, 'nowhere')).status).toBe(2);
  expect(run('check').status).toBe(2);
  expect(run('check', '--nonsense', good).status).toBe(2);
});

test('check --json: one object for each file of a folder', () => {
  const { stdout, status } = run('check', folder, '--json');
  const reports = stdout
    .trim()
    .split('\n')
    .map((row) => JSON.parse(row) as { file: string });
  expect(status).toBe(1);
  expect(reports).toMatchObject([
    {
      file: bad,
      ok: false,
      findings: [{ severity: 'error', rule: 'unknown-function', fix: "Write 'utcNow'." }],
      actions: 1,
      expressions: 1,
    },
    { file: good, ok: true, findings: [], actions: 1, expressions: 1 },
  ]);
});

test('graph: Mermaid, or SVG', () => {
  expect(run('graph', good).stdout).toContain('flowchart TD\n  a0["A<br/>Compose"]');
  expect(run('graph', good, '--svg').stdout).toContain('<svg ');
  expect(run('graph', join(folder, 'nowhere')).status).toBe(2);
  const nowhere = run('graph', good, '--output', join(folder, 'nowhere', 'a.svg'));
  expect(nowhere).toMatchObject({ status: 2, stderr: expect.stringContaining('written') });
});

test.each([['workflow', 'check'], ['workflow', 'graph'], ['evaluate', 'workflow'], ['repl']])(
  '%s %s --help has an example and the exit codes',
  (...names) => {
    const { stdout, status } = spawnSync(
      process.execPath,
      [main, ...names.filter(Boolean), '--help'],
      {
        encoding: 'utf8',
      },
    );
    expect(status).toBe(0);
    expect(stdout).toMatch(/Examples?:\n +(?:\$ )?lazurite /);
    expect(stdout).toContain('Exit codes: 0');
  },
);
