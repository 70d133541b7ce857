// `lazurite policy` as a user calls it: output, JSON shape, exit codes.
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { Command } from 'commander';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { ConfigurationError } from '../base/index.ts';
import { registerPolicy } from './policy.ts';

let folder = '';
let output: string[] = [];
let complaints: string[] = [];

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'lazurite-policy-'));
  output = [];
  complaints = [];
  process.exitCode = undefined;
  vi.spyOn(process.stdout, 'write').mockImplementation((text) => output.push(`${text}`) > 0);
  vi.spyOn(process.stderr, 'write').mockImplementation((text) => complaints.push(`${text}`) > 0);
});
afterEach(() => {
  vi.restoreAllMocks();
  process.exitCode = undefined;
  rmSync(folder, { recursive: true });
});

function file(name: string, text: string | Uint8Array): string {
  mkdirSync(dirname(join(folder, name)), { recursive: true });
  writeFileSync(join(folder, name), text);
  return join(folder, name);
}

function run(...args: string[]): string[] {
  const program = new Command().exitOverride();
  registerPolicy(program);
  program.parse(['policy', ...args], { from: 'user' });
  return output.join('').trimEnd().split('\n');
}

const reports = (lines: readonly string[]) =>
  lines.map((line) => JSON.parse(line) as { file: string; ok: boolean; findings: unknown[] });

describe('policy check', () => {
  it('--json prints one object per document of a folder and exits 1 on an error', () => {
    const good = file(
      'a.xml',
      '<policies><inbound><set-variable name="a" value="@(1 + 1)"/></inbound></policies>',
    );
    const bad = file('b.xml', '<policies>\n <inbound>\n  <nope/>\n </inbound>\n</policies>');
    file('c.xml', '<project/>');
    expect(reports(run('check', folder, '--json'))).toEqual([
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

  it('tells place, rule and fix under the line, and exits 0 on warnings', () => {
    const path = file(
      'a.xml',
      '<policies>\r\n\t<inbound>\r\n\t\t<base x="1"/></inbound></policies>',
    );
    expect(run('check', path)).toEqual([
      `${path}:3:12: warning: <base> has no documented attribute 'x' [unknown-attribute]`,
      '    <base x="1"/></inbound></policies>',
      `${' '.repeat(13)}^`,
      '  Remove it.',
      `${path}: ok, 0 of 0 expressions compile`,
    ]);
    expect(process.exitCode).toBeUndefined();
  });

  it('shows the part of a long line that is meant', () => {
    const long = `<set-variable name="a" value="${'x'.repeat(200)}"/>`;
    const path = file('a.xml', `<policies><inbound>${long}<nope/>${long}</inbound></policies>`);
    const [, excerpt, caret] = run('check', path);
    expect(excerpt!.indexOf('<nope/>')).toBe(caret!.indexOf('^'));
    expect(excerpt).toMatch(/^ {4}….*…$/);
  });

  it('searches folders for the names that policies are kept under, whatever stands beside them', () => {
    const policies = ['a.xml', 'b.xml.tpl', 'c.tftpl', 'd/e.cshtml', 'f.tpl'].map((name) =>
      file(name, '%{ if x }<!-- <a> --><?xml version="1.0"?>\n<policies/>'),
    );
    file('g.xml', '<project><policies/></project>');
    file('h.txt', '<policies/>');
    file('node_modules/i.xml', '<policies/>');
    file('.git/j.xml', '<policies/>');
    const lines = run('check', folder);
    expect(
      lines.filter((line) => /: (not )?ok/.test(line)).map((line) => line.split(':')[0]),
    ).toEqual(policies);
    expect(lines.at(-1)).toContain('5 files: 0 ok, 5 not ok');
    expect(lines.at(-1)).toContain('1 files that are no policies passed over');
  });

  it('a file named twice is checked once, under its own name and in its own encoding', () => {
    const path = file('a.policy', Buffer.from('\uFEFF<policies>\n<x/></policies>', 'utf16le'));
    expect(reports(run('check', path, path, '--json'))).toMatchObject([
      { file: path, findings: [{ line: 2, column: 1 }] },
    ]);
  });

  it('a file that cannot be read is told, the others are checked, and the exit code is 2', () => {
    const good = file('a.xml', '<policies/>');
    const paths = [
      join(folder, 'nope.xml'),
      good,
      file('c.xml', Buffer.from([0x3c, 0x61, 0, 0xff])),
    ];
    const lines = run('check', ...paths);
    expect(lines[0]).toBe(`${good}: ok, 0 of 0 expressions compile`);
    expect(complaints.join('')).toContain('nope.xml: there is no such file or folder');
    expect(complaints.join('')).toContain('c.xml: is not a text file');
    expect(process.exitCode).toBe(2);
  });

  it('a file that cannot be read is a line of --json too', () => {
    expect(reports(run('check', join(folder, 'nope.xml'), '--json'))).toMatchObject([
      { ok: false, findings: [{ rule: 'unreadable', line: 1, column: 1 }] },
    ]);
    expect(process.exitCode).toBe(2);
  });

  it('an empty file is no policy document', () => {
    expect(run('check', file('a.xml', ''))[0]).toContain('the document holds no element [syntax]');
    expect(process.exitCode).toBe(1);
  });

  it.each([
    ['--fragment', () => ['--fragment', `log=${file('x.xml', '<fragment/>')}`]],
    [
      '--fragments',
      () => ['--fragments', dirname(dirname(file('fragments/log/policy.xml', '<fragment/>')))],
    ],
  ])('with %s, an unknown fragment is an error', (_, flags) => {
    const include = (id: string) => `<include-fragment fragment-id="${id}"/>`;
    const text = `<policies><inbound>\n${include('log')}\n${include('lag')}</inbound></policies>`;
    expect(reports(run('check', file('a.xml', text), '--json', ...flags()))).toMatchObject([
      { findings: [{ line: 3, column: 32, message: "there is no policy fragment 'lag'" }] },
    ]);
  });

  it('with --named-values and --scope, both are checked', () => {
    const text =
      '<policies><inbound><quota calls="{{a}}" renewal-period="{{b}}"/></inbound></policies>';
    const values = file('v.json', '{"a":"many"}');
    const flags = ['--named-values', values, '--scope', 'api', '--json'];
    expect(reports(run('check', file('a.xml', text), ...flags))).toMatchObject([
      {
        findings: [
          { rule: 'misplaced-policy' },
          { rule: 'attribute-value', message: "'calls' of <quota> is 'many'" },
          { rule: 'named-value', message: "there is no named value 'b'" },
        ],
      },
    ]);
  });
});

it.each([
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
  [
    'a folder of fragments that is not there',
    () => ['check', file('a.xml', '<policies/>'), '--fragments', join(folder, 'nope')],
    'there is no such folder',
  ],
  ['no scope to join', () => ['effective'], 'no policy document is given'],
  [
    'a scope whose document is a fragment',
    () => ['effective', '--api', file('a.xml', '\n<fragment/>')],
    'a.xml:2:1: the root element is <fragment>, not <policies>',
  ],
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

describe('policy effective', () => {
  it('prints each line with its origin, those of an expression too', () => {
    const all = file('all.xml', '<policies><inbound><a1/></inbound></policies>');
    const api = file(
      'api.xml',
      '<policies>\n<inbound>\n<base/>\n<include-fragment fragment-id="f"/></inbound></policies>',
    );
    const fragment = file(
      'f.xml',
      '<fragment>\n\n<x1 b="@{\n return 1; }">\n@{\n return 2; }</x1></fragment>',
    );
    const lines = run('effective', '--global', all, '--api', api, '--fragment', `f=${fragment}`);
    expect(lines.map((line) => line.replace(/ {2,}/g, ' '))).toEqual([
      '<policies>',
      ' <inbound>',
      ` <a1 /> <!-- global ${all}:1 -->`,
      ` <x1 b="@{ <!-- fragment f ${fragment}:3 -->`,
      ` return 1; }">@{ <!-- fragment f ${fragment}:4 -->`,
      ` return 2; }</x1> <!-- fragment f ${fragment}:6 -->`,
      ' </inbound>',
      ' <backend>',
      ' <forward-request /> <!-- global (default) -->',
      ' </backend>',
      ' <outbound />',
      ' <on-error />',
      '</policies>',
    ]);
  });

  it('exits 1 where a fragment is missing', () => {
    const include = '<include-fragment fragment-id="f"/>';
    const api = file('api.xml', `<policies><inbound>${include}</inbound></policies>`);
    const [line] = run('effective', '--api', api, '--json');
    expect(JSON.parse(line!).problems).toMatchObject([{ rule: 'fragment', scope: 'api', line: 1 }]);
    expect(process.exitCode).toBe(1);
    run('effective', '--api', api);
    expect(complaints.join('')).toContain(`api ${api}:1: error: there is no policy fragment 'f'`);
  });
});

describe('policy format', () => {
  const text = '<policies><inbound><set-variable name="a" value="@("<")"/></inbound></policies>';
  const formatted = (value: string) =>
    `<policies>\n    <inbound>\n        <set-variable name="a" value="${value}" />\n    </inbound>\n</policies>\n`;

  it('prints the document indented', () => {
    run('format', file('a.xml', text));
    expect(output.join('')).toBe(formatted('@("<")'));
  });

  it('--write indents the files and changes their format; the byte order mark stays', () => {
    const path = file('a.xml', `\uFEFF${text}`);
    run('format', folder, '--to', 'xml', '--write');
    expect(readFileSync(path, 'utf8')).toBe(`\uFEFF${formatted('@(&quot;&lt;&quot;)')}`);
    run('format', folder, '--from', 'xml', '--write');
    expect(readFileSync(path, 'utf8')).toBe(`\uFEFF${formatted('@("<")')}`);
  });

  it('--check names what would change, and exits 1', () => {
    const path = file('a.xml', text);
    file('b.xml', formatted('@("<")'));
    expect(run('format', folder, '--check')).toEqual([path]);
    expect(process.exitCode).toBe(1);
    expect(readFileSync(path, 'utf8')).toBe(text);
  });

  it('formats the others where one cannot be read', () => {
    const bad = file('a.xml', '<policies>');
    const good = file('b.xml', text);
    expect(() => run('format', bad, good, '--write')).toThrow('<policies> is never closed');
    expect(readFileSync(good, 'utf8')).toBe(formatted('@("<")'));
  });
});
