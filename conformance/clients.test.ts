// Unmodified programs through exec: Azure SDKs, curl, plain fetch; real names, nothing switched off.
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import {
  type Administrator,
  administrator,
  fabrikam,
  integration,
  keyCredential,
  makeCertificate,
  register,
} from './directory.ts';
import { type Finished, finish, type RunningHost, startLazurite } from './lazurite.ts';

const vaultName = 'kv-fabrikam-article';
const vaultId = `${integration}/providers/Microsoft.KeyVault/vaults/${vaultName}`;
const administratorRole = '00482a5a-887f-4fb3-b363-3b7fe8e74483';
const node = process.execPath;

let host: RunningHost;
let home: Administrator;
let variables: NodeJS.ProcessEnv;
let msal: NodeJS.ProcessEnv;
let thumbprints: NodeJS.ProcessEnv;

beforeAll(async () => {
  host = await startLazurite('examples/article');
  home = await administrator(host, 'fabrikam');
  const certificate = await makeCertificate();
  const client = await register(home.graph, { keyCredentials: [keyCredential(certificate)] });
  const added = await home.graph('POST', `/applications/${client.applicationId}/addPassword`, {
    passwordCredential: { displayName: 'conformance' },
  });
  const { secretText } = added.body as { secretText: string };
  const assignment = `${vaultId}/providers/Microsoft.Authorization/roleAssignments/5f0c2c6e-7a4c-4f6e-9d3e-0f6f7f5f1a01`;
  const roles = `${integration.split('/resourceGroups')[0]}/providers/Microsoft.Authorization/roleDefinitions`;
  await home.arm('PUT', assignment, {
    properties: {
      roleDefinitionId: `${roles}/${administratorRole}`,
      principalId: client.principalId,
      principalType: 'ServicePrincipal',
    },
  });
  const hex = (text: string) => Buffer.from(text, 'base64url').toString('hex').toUpperCase();
  thumbprints = { THUMBPRINT: hex(certificate.x5t), THUMBPRINT256: hex(certificate.x5tS256) };
  msal = { KEY: certificate.privateKey.export({ type: 'pkcs8', format: 'pem' }) as string };
  const pem = (label: string, body: string) =>
    `-----BEGIN ${label}-----\n${body.replace(/.{64}/g, '$&\n')}\n-----END ${label}-----\n`;
  variables = {
    TENANT: fabrikam,
    CLIENT: client.appId,
    SECRET: secretText,
    CERTIFICATE:
      (certificate.privateKey.export({ type: 'pkcs8', format: 'pem' }) as string) +
      pem('CERTIFICATE', certificate.der.toString('base64')),
  };
});
afterAll(() => host?.stop());

const program = (credential: string, task: string, as?: string, more: NodeJS.ProcessEnv = {}) =>
  host.exec(as, [node, 'conformance/programs/key-vault.mjs', credential, task, vaultName], {
    ...variables,
    ...more,
  });

function resultOf({ stdout, stderr }: Finished): Record<string, unknown> {
  if (!stdout.trim().startsWith('{')) throw new Error(stderr || stdout);
  return JSON.parse(stdout);
}

describe('@azure/identity and @azure/keyvault-*, challenge verification on', () => {
  test.each(['secret', 'certificate'])('%s credential: secrets', async (credential) => {
    expect(resultOf(await program(credential, 'secrets'))).toEqual({
      value: 'the value',
      listed: true,
    });
  });

  test('keys and certificates are made', async () => {
    expect(resultOf(await program('secret', 'keys'))).toMatchObject({ type: 'RSA' });
    expect(resultOf(await program('secret', 'certificates'))).toEqual({
      name: 'conformance-certificate',
      enabled: true,
      issuer: 'Self',
    });
  });

  test.each(['identity', 'default'])('%s credential as a Logic App', async (credential) => {
    const result = resultOf(
      await program(credential, 'getCertificateSecret', 'figure-2-certificate'),
    );
    expect(result).toEqual({ contentType: 'application/x-pkcs12', bytes: true });
  });

  test('as a site: a user-assigned identity signs inside the vault', async () => {
    const answer = await home.arm(
      'GET',
      `${integration}/providers/Microsoft.ManagedIdentity/userAssignedIdentities/figure-2-signed`,
      undefined,
      '2023-01-31',
    );
    const { clientId } = (answer.body as { properties: { clientId: string } }).properties;
    const result = resultOf(
      await program('userAssigned', 'sign', 'figure-2-signed', { CLIENT: clientId }),
    );
    expect(result).toEqual({ bytes: 256, verified: true });
  });

  test('a program that runs as nobody has no identity', async () => {
    const { failed } = resultOf(await program('identity', 'getCertificateSecret')) as {
      failed: { name: string };
    };
    expect(failed.name).toMatch(
      /CredentialUnavailableError|AggregateAuthenticationError|AuthenticationError/,
    );
  });

  test("a program that runs as another resource is refused by the vault's roles", async () => {
    const { failed } = resultOf(await program('identity', 'getCertificateSecret', 'figure-1')) as {
      failed: { statusCode: number; code: string };
    };
    expect(failed).toMatchObject({ statusCode: 403, code: 'Forbidden' });
  });
});

describe('@azure/msal-node', () => {
  test.each(['THUMBPRINT', 'THUMBPRINT256'])('a certificate by %s', async (which) => {
    const { TENANT, CLIENT } = variables;
    const env = {
      TENANT,
      CLIENT,
      ...msal,
      [which]: thumbprints[which],
      SCOPE: 'https://vault.azure.net/.default',
    };
    const result = resultOf(
      await host.exec(undefined, [node, 'conformance/programs/msal.mjs'], env),
    );
    expect(result).toEqual({ type: 'Bearer', length: expect.any(Number) });
  });
});

describe('other programs', () => {
  const discovery = `https://login.microsoftonline.com/${fabrikam}/v2.0/.well-known/openid-configuration`;

  test('curl', async ({ skip }) => {
    if ((await finish('curl', ['--version'])).code !== 0) skip('curl is not installed');
    const { code, stdout } = await host.exec(undefined, ['curl', '-s', '--fail', discovery]);
    expect(code).toBe(0);
    expect(JSON.parse(stdout)).toMatchObject({
      issuer: `https://login.microsoftonline.com/${fabrikam}/v2.0`,
    });
  });

  test('plain fetch', async () => {
    const script = `const r = await fetch('${discovery}'); console.log(r.status, (await r.json()).issuer)`;
    const { stdout } = await host.exec(undefined, [node, '--input-type=module', '-e', script]);
    expect(stdout.trim()).toBe(`200 https://login.microsoftonline.com/${fabrikam}/v2.0`);
  });

  test('a host that nobody serves is refused by name', async () => {
    const script = "fetch('https://example.org').catch((e) => console.log('no answer', e.message))";
    const { stdout } = await host.exec(undefined, [node, '-e', script]);
    expect(stdout).toMatch(/^no answer/);
  });

  test('the exit code is the program’s own, and inherited credentials stay outside', async () => {
    const script = 'console.log(process.env.AZURE_CLIENT_SECRET ?? "none"); process.exit(7)';
    const { code, stdout, stderr } = await host.exec(undefined, [node, '-e', script], {
      AZURE_CLIENT_SECRET: 'of the real Azure',
    });
    expect({ code, stdout: stdout.trim() }).toEqual({ code: 7, stdout: 'none' });
    expect(stderr).toMatch(/left out of its environment: AZURE_CLIENT_SECRET/);
    expect(stderr).not.toMatch(/of the real Azure/);
  });

  test('a program that does not exist is said so', async () => {
    const { code, stderr } = await host.exec(undefined, ['no-such-program']);
    expect(code).toBe(127);
    expect(stderr).toMatch(/there is no program 'no-such-program'/);
  });
});
