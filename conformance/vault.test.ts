// Break every link: the vault, its roles, and the identities of resources.
import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import {
  type Administrator,
  administrator,
  expectStatus,
  integration,
  tokenBySecret,
  vault,
} from './directory.ts';
import { type RunningHost, startLazurite } from './lazurite.ts';

let host: RunningHost;
let home: Administrator;
let other: Administrator;

beforeAll(async () => {
  host = await startLazurite('examples/article');
  home = await administrator(host, 'fabrikam');
  other = await administrator(host, 'contoso');
});
afterAll(() => host?.stop());

const vaultId = `${integration}/providers/Microsoft.KeyVault/vaults/kv-fabrikam-article`;
const get = (path: string, token?: string) =>
  host.http(`${vault}${path}?api-version=7.4`, {
    headers: token === undefined ? {} : { Authorization: `Bearer ${token}` },
  });

interface VaultError {
  readonly error: {
    readonly code: string;
    readonly message: string;
    innererror?: { code: string };
  };
}

interface Run {
  readonly id: string;
  readonly status: string;
  readonly actions: { name: string; status: string; code?: string; message?: string }[];
}

interface Assignment {
  readonly id: string;
  readonly properties: { roleDefinitionId: string; principalId: string; scope: string };
}

async function assignmentsAt(scope: string): Promise<Assignment[]> {
  const answer = await home.arm(
    'GET',
    `${scope}/providers/Microsoft.Authorization/roleAssignments`,
  );
  const { value } = expectStatus(answer, 200) as { value: Assignment[] };
  return value.filter((each) => each.id.toLowerCase().startsWith(scope.toLowerCase()));
}

describe('the challenge', () => {
  test('a request without a token is told where to get one', async () => {
    const answer = await get('/secrets/partner-client');
    expect(answer.status).toBe(401);
    expect(answer.headers['www-authenticate']).toMatch(
      /^Bearer authorization="https:\/\/login\.microsoftonline\.com\/3f9c2a5e-[^"]+", resource="https:\/\/vault\.azure\.net"$/,
    );
    expect((answer.body as VaultError).error.message).toMatch(/^AKV10000: /);
  });

  test('a token for another audience is refused (AKV10022)', async () => {
    const token = await home.token('https://management.azure.com');
    const answer = await get('/secrets/partner-client', token);
    expect(answer.status).toBe(401);
    expect((answer.body as VaultError).error.message).toMatch(/^AKV10022: Invalid audience/);
  });

  test('a token of another tenant is refused (AKV10032)', async () => {
    const token = await tokenBySecret(host, other.credential, 'https://vault.azure.net');
    const answer = await get('/secrets/partner-client', token);
    expect(answer.status).toBe(401);
    expect((answer.body as VaultError).error.message).toMatch(/^AKV10032: Invalid issuer/);
  });
});

describe('roles', () => {
  test('a removed role changes the decision of the vault, while the token is still cached', async () => {
    const before = await host.json<Run>(['run', 'figure-2-certificate']);
    expect(before.status).toBe('Succeeded');
    const scope = `${vaultId}/secrets/partner-client`;
    const [assignment] = await assignmentsAt(scope);
    expectStatus(await home.arm('DELETE', assignment!.id), 200);
    const refused = await host.json<Run>(['run', 'figure-2-certificate']);
    const action = refused.actions.find((each) => each.name === 'Get_certificate')!;
    expect(action).toMatchObject({ status: 'Failed', code: 'Forbidden' });

    const { name, properties } = { name: randomUUID(), properties: assignment!.properties };
    const wrong = `${vaultId}/secrets/another/providers/Microsoft.Authorization/roleAssignments/${name}`;
    const { roleDefinitionId, principalId } = properties;
    const body = {
      properties: { roleDefinitionId, principalId, principalType: 'ServicePrincipal' },
    };
    expectStatus(await home.arm('PUT', wrong, body), 201);
    const elsewhere = await host.json<Run>(['run', 'figure-2-certificate']);
    const again = elsewhere.actions.find((each) => each.name === 'Get_certificate');
    expect(again).toMatchObject({ status: 'Failed', code: 'Forbidden' });

    const right = `${scope}/providers/Microsoft.Authorization/roleAssignments/${randomUUID()}`;
    expectStatus(await home.arm('PUT', right, body), 201);
    const after = await host.json<Run>(['run', 'figure-2-certificate']);
    expect(after.status).toBe('Succeeded');
  });

  test('a caller without a role is told action, resource and assignment', async () => {
    const token = await home.token('https://vault.azure.net');
    const answer = await get('/secrets/partner-client', token);
    expect(answer.status).toBe(403);
    const { error } = answer.body as VaultError;
    expect(error.innererror?.code).toBe('ForbiddenByRbac');
    expect(error.message).toContain("Action: 'Microsoft.KeyVault/vaults/secrets/getSecret/action'");
    expect(error.message).toContain('/secrets/partner-client');
    expect(error.message).toContain('Assignment: (not found)');
    const { hops } = await host.json<{
      hops: { decisions: { outcome: string; fix?: string }[] }[];
    }>(['explain', 'last']);
    const refused = hops
      .flatMap((hop) => hop.decisions)
      .find(({ outcome }) => outcome === 'refused');
    expect(refused?.fix).toMatch(/Key Vault Secrets User/);
  });
});

describe('a certificate whose key may not leave', () => {
  test('its secret carries no private key', async () => {
    const name = randomUUID();
    const scope = `${vaultId}/providers/Microsoft.Authorization/roleAssignments/${name}`;
    const claims = await home.token('https://vault.azure.net');
    const { oid } = JSON.parse(Buffer.from(claims.split('.')[1]!, 'base64url').toString());
    const roles = `${integration.split('/resourceGroups')[0]}/providers/Microsoft.Authorization/roleDefinitions`;
    const roleDefinitionId = `${roles}/4633458b-17de-408a-b874-0445c86b69e6`;
    const properties = { roleDefinitionId, principalId: oid, principalType: 'ServicePrincipal' };
    expectStatus(await home.arm('PUT', scope, { properties }), 201);
    const read = async (secret: string) => {
      const { value } = expectStatus(await get(`/secrets/${secret}`, claims), 200) as {
        value: string;
      };
      return Buffer.from(value, 'base64');
    };
    const exportable = await read('partner-client');
    const kept = await read('partner-signing');
    // A PFX with a key holds the bag of a shrouded key (1.2.840.113549.1.12.10.1.2), at least.
    expect(exportable.length).toBeGreaterThan(kept.length + 1000);
    expectStatus(await home.arm('DELETE', scope), 200);
  });
});

describe('whose identity', () => {
  const endpoint =
    'http://169.254.169.254/metadata/identity/oauth2/token?api-version=2018-02-01&resource=https%3A%2F%2Fvault.azure.net';
  const imds = (as: string | undefined, query = '') =>
    host.exec(as, [
      'curl',
      '-s',
      '-w',
      '\n%{http_code}',
      '-H',
      'Metadata: true',
      `${endpoint}${query}`,
    ]);

  test('without --as there is none', async () => {
    const { stdout } = await imds(undefined);
    expect(stdout).toMatch(/\n400$/);
    expect(stdout).not.toContain('access_token');
  });

  test("a program gets its own resource's token and not another's", async () => {
    const own = await imds('figure-1');
    expect(own.stdout).toMatch(/\n200$/);
    const [text] = own.stdout.split('\n');
    const { client_id: clientId } = JSON.parse(text!) as { client_id: string };
    const foreign = await imds('figure-2-certificate', `&client_id=${clientId}`);
    expect(foreign.stdout).toMatch(/"Identity not found"[\s\S]*\n400$/);
  });

  test('an API of another tenant is refused in the form of IMDS and of App Service', async () => {
    const api = 'https%3A%2F%2Fcontoso.onmicrosoft.com%2Forders-api';
    const imdsUrl = `http://169.254.169.254/metadata/identity/oauth2/token?api-version=2018-02-01&resource=${api}`;
    const atImds = await host.exec('figure-1', [
      'curl',
      '-s',
      '-w',
      '\n%{http_code}',
      '-H',
      'Metadata: true',
      imdsUrl,
    ]);
    expect(atImds.stdout).toMatch(/"error":"invalid_resource"[\s\S]*AADSTS500011[\s\S]*\n400$/);
    const script = `curl -s -w '\\n%{http_code}' -H "X-IDENTITY-HEADER: $IDENTITY_HEADER" "$IDENTITY_ENDPOINT?api-version=2019-08-01&resource=${api}&mi_res_id=${integration}/providers/Microsoft.ManagedIdentity/userAssignedIdentities/figure-2-signed"`;
    const atAppService = await host.exec('figure-2-signed', ['sh', '-c', script]);
    expect(atAppService.stdout).toMatch(/"statusCode":\d+[\s\S]*\n[45]\d\d$/);
    expect(atAppService.stdout).not.toContain('access_token');
  });
});
