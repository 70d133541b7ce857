// What the person at the keyboard sees: help, bad input, a port in use, a second start.
import { existsSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { afterAll, expect, test } from 'vitest';
import { finish, lazurite, root, startLazurite } from './lazurite.ts';

const folders: string[] = [];
afterAll(() => {
  for (const folder of folders) rmSync(folder, { recursive: true, force: true });
});

function folderWith(environment: unknown, files: Record<string, string> = {}): string {
  const folder = mkdtempSync(join(tmpdir(), 'lazurite-cli-'));
  folders.push(folder);
  const text =
    typeof environment === 'string' ? environment : JSON.stringify(environment, undefined, 2);
  writeFileSync(join(folder, 'environment.json'), text);
  for (const [name, content] of Object.entries(files)) writeFileSync(join(folder, name), content);
  return folder;
}

const id = '3f9c2a5e-7d41-4b6a-9c11-5a0e8f2d6b01';
const tenants = [{ name: 'home', id, domain: 'home.onmicrosoft.com' }];
const subscriptions = [{ name: 's', id, tenant: 'home' }];
const schema = 'https://schema.management.azure.com/schemas/2019-04-01/deploymentTemplate.json#';
const template = (parts: object) =>
  JSON.stringify({ $schema: schema, contentVersion: '1.0.0.0', resources: [], ...parts });
const deployment = (parameters: object = {}) => ({
  tenants,
  subscriptions,
  steps: [
    {
      name: 'one',
      deployment: { subscription: 's', resourceGroup: 'g', template: 't.json', parameters },
    },
  ],
});

const commands = [
  'up',
  'exec',
  'run',
  'runs',
  'explain',
  'audit',
  'master-key',
  'clock',
  'token',
  'credentials',
  'doctor',
  'evaluate',
  'repl',
  'workflow',
  'policy',
];

test.each(commands)('%s --help has an example', async (command) => {
  const { code, stdout } = await lazurite([command, '--help']);
  expect(code).toBe(0);
  expect(stdout).toMatch(/Examples?:/);
});

test('an unknown command or option is bad usage', async () => {
  expect((await lazurite(['fly'])).code).toBe(2);
  expect((await lazurite(['up', '--colour'])).code).toBe(2);
  const port = await lazurite(['up', 'examples/article', '--port', 'abc']);
  expect(port.code).toBe(2);
  expect(port.stderr).toMatch(/^lazurite: --port: 'abc' is not a number from 0 to 65535\n/);
});

test.each([
  ['bad JSON', () => folderWith('{\n  "tenants": [,]\n}'), /environment.json:2:15: not valid JSON/],
  [
    'a missing template',
    () => folderWith(deployment()),
    /steps\[0\].deployment.template: there is no 't.json'/,
  ],
  [
    'an unknown resource type',
    () =>
      folderWith(deployment(), {
        't.json': template({
          resources: [
            { type: 'Microsoft.Moon/bases', apiVersion: '2020-01-01', name: 'b', properties: {} },
          ],
        }),
      }),
    /Microsoft\.Moon\/bases/,
  ],
  [
    'a parameter without a value',
    () =>
      folderWith(deployment(), { 't.json': template({ parameters: { size: { type: 'int' } } }) }),
    /size/,
  ],
])('%s is refused in one message, before anything is written', async (_name, make, message) => {
  const folder = make();
  const { code, stderr } = await lazurite(['up', folder, '--once']);
  expect(stderr).toMatch(message);
  expect(stderr).not.toMatch(/\n\s+at /);
  expect(code).toBe(2);
  expect(existsSync(join(folder, '.lazurite'))).toBe(false);
});

test('a folder without an environment is said so', async () => {
  const { code, stderr } = await lazurite(['up', '/nowhere']);
  expect({ code, stderr }).toMatchObject({
    code: 2,
    stderr: expect.stringContaining('no such folder'),
  });
});

test('a port in use is said so', async () => {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', () => resolve()));
  const { port } = server.address() as { port: number };
  const { code, stderr } = await lazurite([
    'up',
    folderWith({ tenants }),
    '--memory',
    '--port',
    String(port),
  ]);
  server.close();
  expect(stderr).toContain(`port ${port} is in use by another program`);
  expect(code).toBe(2);
});

test('a second up says who holds the data, and starting again is idempotent', async () => {
  const folder = folderWith({ tenants });
  const first = await startLazurite(folder, []);
  const second = await lazurite(['up', folder]);
  expect(second.stderr).toContain(`as process ${first.process.pid}`);
  expect(second.code).toBe(2);
  await first.stop();
  const again = await startLazurite(folder, []);
  await again.stop();
});

test('an unreadable store and one of a newer Lazurite are told apart', async () => {
  const folder = folderWith({ tenants });
  await (await startLazurite(folder, [])).stop();
  const database = join(folder, '.lazurite', 'lazurite.db');
  const store = new DatabaseSync(database);
  store.exec('PRAGMA user_version = 999');
  store.close();
  const newer = await lazurite(['up', folder]);
  expect(newer.stderr).toMatch(/lazurite.db: .*has schema version 999.*\n {2}Update Lazurite/);
  expect(newer.code).toBe(2);
  for (const suffix of ['-wal', '-shm']) rmSync(`${database}${suffix}`, { force: true });
  writeFileSync(database, 'not a database at all'.repeat(500));
  const { code, stderr } = await lazurite(['up', folder]);
  expect(stderr).toMatch(/lazurite.db: the store cannot be opened/);
  expect(code).toBe(2);
});

test('without a running host, commands say how to start one', async () => {
  const empty = mkdtempSync(join(tmpdir(), 'lazurite-none-'));
  folders.push(empty);
  const { code, stderr } = await lazurite(['runs', '--data', empty]);
  expect({ code, stderr }).toMatchObject({
    code: 2,
    stderr: expect.stringContaining('lazurite up'),
  });
});

test('a reader that goes away ends it without a stack, and nothing stays behind', async () => {
  const temporary = mkdtempSync(join(tmpdir(), 'lazurite-pipe-'));
  folders.push(temporary);
  const main = join(root, 'src', 'main.ts');
  const up = `"${process.execPath}" "${main}" up examples/article --memory --once`;
  const env = { ...process.env, TMPDIR: temporary, XDG_RUNTIME_DIR: temporary };
  const { stdout, stderr } = await finish('sh', ['-c', `${up} | head -n 1`], { env });
  expect(stdout).toBe('  deploy  foundation\n');
  expect(stderr).not.toContain('EPIPE');
  expect(readdirSync(temporary).filter((name) => /^lazurite-\w{6}$/.test(name))).toEqual([]);
});

test('doctor looks at each thing it names', async () => {
  const { stdout } = await lazurite([
    'doctor',
    '--json',
    '--data',
    join(tmpdir(), 'nothing-there'),
  ]);
  const checks = stdout
    .trim()
    .split('\n')
    .map((line) => (JSON.parse(line) as { check: string }).check);
  expect(checks).toEqual([
    'Node.js',
    'loopback ports',
    'data folder',
    'private authority',
    'clock',
  ]);
});

test('token decode reads, and refuses what is none', async () => {
  const encode = (value: object) => Buffer.from(JSON.stringify(value)).toString('base64url');
  const token = `${encode({ alg: 'none' })}.${encode({ aud: 'x' })}.`;
  const { stdout } = await lazurite(['token', 'decode', token]);
  expect(JSON.parse(stdout)).toEqual({ header: { alg: 'none' }, claims: { aud: 'x' } });
  expect((await lazurite(['token', 'decode', 'abc'])).code).toBe(2);
});
