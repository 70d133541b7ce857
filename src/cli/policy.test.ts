// `lazurite policy` as a user calls it: output, JSON shape, exit codes.
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Command } from 'commander';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { ConfigurationError } from '../base/index.ts';
import { registerPolicy } from './policy.ts';

let folder = '';
let lines: string[] = [];

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'lazurite-policy-'));
  lines = [];
  process.exitCode = undefined;
  vi.spyOn(console, 'log').mockImplementation((line: string) => void lines.push(line));
  vi.spyOn(console, 'error').mockImplementation(() => undefined);
});
afterEach(() => {
  vi.restoreAllMocks();
  process.exitCode = undefined;
  rmSync(folder, { recursive: true });
});

function file(name: string, text: string): string {
  writeFileSync(join(folder, name), text);
  return join(folder, name);
}

function run(...args: string[]): void {
  const program = new Command().exitOverride();
  registerPolicy(program);
  program.parse(['policy', ...args], { from: 'user' });
}

it('check --json prints one object per document of a folder and exits 1 on an error', () => {
  const good = file(
    'a.xml',
    '<policies><inbound><set-variable name="a" value="@(1 + 1)"/></inbound></policies>',
  );
  const bad = file('b.xml', '<policies>\n <inbound>\n  <nope/>\n </inbound>\n</policies>');
  file('c.xml', '<project/>');
  run('check', folder, '--json');
  expect(lines.map((line) => JSON.parse(line))).toEqual([
    { file: good, ok: true, findings: [], expressions: 1, compiled: 1 },
    {
      file: bad,
      ok: false,
      findings: [
        {
          severity: 'error',
          line: 3,
          column: 3,
          rule: 'unknown-policy',
          message: 'there is no policy <nope>',
          fix: 'Remove it.',
        },
      ],
      expressions: 0,
      compiled: 0,
    },
  ]);
  expect(process.exitCode).toBe(1);
});

it('check tells place, rule and fix, and exits 0 on warnings', () => {
  const path = file('a.xml', '<policies><inbound><base x="1"/></inbound></policies>');
  run('check', path);
  expect(lines).toEqual([
    `${path}:1:29: warning: <base> has no documented attribute 'x' [unknown-attribute]\n  Remove it.`,
    `${path}: ok, 0 of 0 expressions compile`,
  ]);
  expect(process.exitCode).toBeUndefined();
});

it.each([
  ['a missing path', () => ['check', join(folder, 'nope.xml')], 'there is no such file'],
  ['a folder without policies', () => ['check', folder], 'no policy document in'],
  [
    'an unknown format',
    () => ['check', file('a.xml', '<policies/>'), '--format', 'json'],
    'format',
  ],
  ['an unknown scope', () => ['check', file('a.xml', '<policies/>'), '--scope', 'tenant'], 'scope'],
  [
    'named values that are no texts',
    () => ['check', file('a.xml', '<policies/>'), '--named-values', file('v.json', '{"a":1}')],
    'must be a text',
  ],
  ['no scope to join', () => ['effective'], 'no policy document is given'],
  [
    'a fragment without a file',
    () => ['effective', '--api', file('a.xml', '<policies/>'), '--fragment', 'x'],
    'names no fragment',
  ],
  [
    'a document that cannot be read, with its place',
    () => ['format', file('a.xml', '<policies>\n<a')],
    'a.xml:2:1: the tag <a> does not end',
  ],
])('%s is wrong use', (_, args, message) => {
  const wrong = () => run(...args());
  expect(wrong).toThrow(ConfigurationError);
  expect(wrong).toThrow(message);
});

it('effective prints each line with its origin', () => {
  const all = file('all.xml', '<policies><inbound><a1/></inbound></policies>');
  const api = file(
    'api.xml',
    '<policies>\n<inbound>\n<base/>\n<include-fragment fragment-id="f"/></inbound></policies>',
  );
  const fragment = file('f.xml', '<fragment>\n\n<x1/></fragment>');
  run('effective', '--global', all, '--api', api, '--fragment', `f=${fragment}`);
  expect(lines.map((line) => line.replace(/ {2,}/g, ' '))).toEqual([
    '<policies>',
    ' <inbound>',
    ` <a1 /> <!-- global ${all}:1 -->`,
    ` <x1 /> <!-- fragment f ${fragment}:3 -->`,
    ' </inbound>',
    ' <backend>',
    ' <forward-request /> <!-- global (default) -->',
    ' </backend>',
    ' <outbound />',
    ' <on-error />',
    '</policies>',
  ]);
});

it('effective exits 1 where a fragment is missing', () => {
  const api = file(
    'api.xml',
    '<policies><inbound><include-fragment fragment-id="f"/></inbound></policies>',
  );
  run('effective', '--api', api, '--json');
  expect(JSON.parse(lines[0]!).problems).toMatchObject([
    { rule: 'fragment', scope: 'api', line: 1 },
  ]);
  expect(process.exitCode).toBe(1);
});

it('format --write indents the file and changes its format', () => {
  const path = file(
    'a.xml',
    '<policies><inbound><set-variable name="a" value="@("<")"/></inbound></policies>',
  );
  run('format', path, '--to', 'xml', '--write');
  const strict = '        <set-variable name="a" value="@(&quot;&lt;&quot;)" />\n';
  expect(readFileSync(path, 'utf8')).toBe(
    `<policies>\n    <inbound>\n${strict}    </inbound>\n</policies>\n`,
  );
});
