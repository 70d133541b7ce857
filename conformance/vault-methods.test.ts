// Every method of Azure's Key Vault clients, data plane and management, through the proxy.
import { spawnSync } from 'node:child_process';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type Administrator, administrator, integration } from './directory.ts';
import { type RunningHost, startLazurite } from './lazurite.ts';

const vaultName = 'kv-methods';
const vaultId = `${integration}/providers/Microsoft.KeyVault/vaults/${vaultName}`;
const node = process.execPath;
let host: RunningHost;
let home: Administrator;
let variables: NodeJS.ProcessEnv;

beforeAll(async () => {
  host = await startLazurite('examples/article');
  home = await administrator(host, 'fabrikam');
  const { tenantId, clientId, clientSecret } = home.credential;
  const token = await home.token('https://vault.azure.net');
  const claims = JSON.parse(Buffer.from(token.split('.')[1]!, 'base64url').toString());
  const subscription = integration.split('/')[2]!;
  variables = {
    TENANT: tenantId,
    CLIENT: clientId,
    SECRET: clientSecret,
    SUBSCRIPTION: subscription,
    PRINCIPAL: claims.oid,
  };
  const made = await home.arm(
    'PUT',
    vaultId,
    {
      location: 'westeurope',
      properties: {
        tenantId,
        sku: { family: 'A', name: 'premium' },
        enableRbacAuthorization: true,
      },
    },
    '2026-02-01',
  );
  expect(made.status).toBe(201);
  const assignment = `${vaultId}/providers/Microsoft.Authorization/roleAssignments/5f0c2c6e-7a4c-4f6e-9d3e-0f6f7f5f1a02`;
  await home.arm('PUT', assignment, {
    properties: {
      roleDefinitionId: `/subscriptions/${subscription}/providers/Microsoft.Authorization/roleDefinitions/00482a5a-887f-4fb3-b363-3b7fe8e74483`,
      principalId: claims.oid,
      principalType: 'ServicePrincipal',
    },
  });
});
afterAll(() => host?.stop());

const run = async (program: string, ...words: string[]) => {
  const command = [node, `conformance/programs/${program}.mjs`, ...words];
  const { code, stdout, stderr } = await host.exec(undefined, command, variables);
  if (code !== 0) throw new Error(stderr || stdout);
  return JSON.parse(stdout);
};

describe('@azure/keyvault-*', () => {
  test.each(['keys', 'cryptography', 'secrets', 'certificates'])('%s', async (task) => {
    expect(await run('key-vault-methods', vaultName, task)).toEqual({ ok: true });
  });
});

test('@azure/arm-keyvault: from a free name to a purged vault', async () => {
  const { done } = await run('arm-key-vault');
  expect(done).toContain('purgeDeleted');
});

describe('Debian’s Python libraries', () => {
  // Debian installs them for its own Python, which need not be the first one on the PATH.
  const python = ['python3', '/usr/bin/python3'].find(
    (each) => spawnSync(each, ['-c', 'import azure.keyvault.keys, azure.identity']).status === 0,
  );
  test.skipIf(!python)('azure-keyvault-keys, -secrets (package azure-cli)', async () => {
    const script = [
      'import os, hashlib',
      'from azure.identity import ClientSecretCredential as C',
      'from azure.keyvault.keys import KeyClient',
      'from azure.keyvault.secrets import SecretClient',
      'from azure.keyvault.keys.crypto import CryptographyClient, SignatureAlgorithm as S',
      'c = C(os.environ["TENANT"], os.environ["CLIENT"], os.environ["SECRET"])',
      `k = KeyClient("https://${vaultName}.vault.azure.net", c).create_rsa_key("python")`,
      'd = hashlib.sha256(b"x").digest()',
      'y = CryptographyClient(k, c)',
      'assert y.verify(S.rs256, d, y.sign(S.rs256, d).signature).is_valid',
      `s = SecretClient("https://${vaultName}.vault.azure.net", c)`,
      's.set_secret("from-python", "value")',
      'assert s.get_secret("from-python").value == "value"',
      's.begin_delete_secret("from-python").wait()',
      'assert s.get_deleted_secret("from-python").recovery_id',
    ].join('\n');
    const { code, stderr } = await host.exec(undefined, [python!, '-c', script], variables);
    expect(code, stderr).toBe(0);
  });
});
