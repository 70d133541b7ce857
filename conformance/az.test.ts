// The Azure command line as Debian packages it (2.45): unmodified, through exec.
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { administrator, fabrikam } from './directory.ts';
import { finish, type RunningHost, startLazurite } from './lazurite.ts';

const installed = (await finish('az', ['version'])).code === 0;
const folder = mkdtempSync(join(tmpdir(), 'lazurite-az-'));
const subscription = '8c1d7f60-52ab-4d3e-b0c9-1e6f4a9d2c11';
let host: RunningHost;

describe.skipIf(!installed)(`az${installed ? '' : ' (not installed: skipped)'}`, () => {
  beforeAll(async () => {
    host = await startLazurite('examples/article');
    const { credential } = await administrator(host, 'fabrikam');
    const login = ['--service-principal', '-u', credential.clientId, '-p', credential.clientSecret];
    await az(['login', ...login, '--tenant', fabrikam]);
  });
  afterAll(() => host?.stop());

  async function az<Answer>(args: readonly string[]): Promise<Answer> {
    const env = { AZURE_CONFIG_DIR: folder, AZURE_CORE_COLLECT_TELEMETRY: 'no' };
    const { code, stdout, stderr } = await host.exec(undefined, ['az', ...args, '-o', 'json'], env);
    if (code !== 0) throw new Error(`az ${args[0]}: ${stderr}`);
    return (stdout.trim() === '' ? undefined : JSON.parse(stdout)) as Answer;
  }

  test('account show', async () => {
    expect(await az(['account', 'show'])).toMatchObject({ id: subscription, tenantId: fabrikam });
  });

  test('group create, exists, list, delete', async () => {
    expect(await az(['group', 'create', '-n', 'by-az', '-l', 'westeurope'])).toMatchObject({
      name: 'by-az',
      properties: { provisioningState: 'Succeeded' },
    });
    expect(await az(['group', 'exists', '-n', 'by-az'])).toBe(true);
    const groups = await az<{ name: string }[]>(['group', 'list']);
    expect(groups.map(({ name }) => name)).toEqual(
      expect.arrayContaining(['integration', 'by-az']),
    );
    await az(['group', 'delete', '-n', 'by-az', '--yes']);
    expect(await az(['group', 'exists', '-n', 'by-az'])).toBe(false);
  });

  test('identity create and show', async () => {
    const made = await az<{ clientId: string }>([
      'identity',
      'create',
      '-g',
      'integration',
      '-n',
      'by-az',
    ]);
    expect(await az(['identity', 'show', '-g', 'integration', '-n', 'by-az'])).toMatchObject({
      clientId: made.clientId,
      tenantId: fabrikam,
    });
  });

  test('keyvault create with rights by role, and list', async () => {
    const options = ['-g', 'integration', '-n', 'kv-made-by-az', '--enable-rbac-authorization'];
    expect(await az(['keyvault', 'create', ...options])).toMatchObject({
      properties: { vaultUri: 'https://kv-made-by-az.vault.azure.net/' },
    });
    const vaults = await az<{ name: string }[]>(['keyvault', 'list', '-g', 'integration']);
    expect(vaults.map(({ name }) => name)).toContain('kv-made-by-az');
  });

  test('deployment group create, with comments in the template', async () => {
    const template = join(folder, 'template.json');
    writeFileSync(
      template,
      `{ // az sends this text as it is
        "$schema": "https://schema.management.azure.com/schemas/2019-04-01/deploymentTemplate.json#",
        "contentVersion": "1.0.0.0",
        "parameters": { "name": { "type": "string" } },
        "resources": [],
        "outputs": { "greeting": { "type": "string", "value": "[concat('hello ', parameters('name'))]" } }
      }`,
    );
    const deployment = await az([
      'deployment',
      'group',
      'create',
      '-g',
      'integration',
      '-n',
      'by-az',
      '-f',
      template,
      '-p',
      'name=az',
    ]);
    expect(deployment).toMatchObject({
      properties: { provisioningState: 'Succeeded', outputs: { greeting: { value: 'hello az' } } },
    });
  });

  test('ad app create, credential reset, federated credential', async () => {
    const app = await az<{ appId: string }>([
      'ad',
      'app',
      'create',
      '--display-name',
      'made by az',
    ]);
    expect(await az(['ad', 'sp', 'create', '--id', app.appId])).toMatchObject({ appId: app.appId });
    expect(await az(['ad', 'app', 'credential', 'reset', '--id', app.appId])).toMatchObject({
      appId: app.appId,
      password: expect.any(String),
    });
  });

  test('what is not there is told as ResourceGroupNotFound', async () => {
    await expect(az(['group', 'show', '-n', 'nowhere'])).rejects.toThrow(/ResourceGroupNotFound/);
  });
});

afterAll(() => rmSync(folder, { recursive: true, force: true }));
