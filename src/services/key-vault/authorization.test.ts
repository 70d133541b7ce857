// Access policies, the firewall, roles by operation: who is let in, and in which words not.
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { JsonObject } from '../../base/index.ts';
import {
  officer,
  openRig,
  pool,
  type Rig,
  roles,
  stranger,
  tenantId,
  vaultId,
} from './fixtures/rig.ts';
import { routes } from './routes.ts';

let rig: Rig;
beforeAll(async () => {
  rig = await openRig();
});
afterAll(async () => {
  await rig.close();
  await pool.close();
});

const entry = (objectId: string, permissions: JsonObject, applicationId?: string) => ({
  tenantId,
  objectId,
  ...(applicationId && { applicationId }),
  permissions,
});
const vault = 'policies';
const limited = 'dddddddd-dddd-4ddd-8ddd-dddddddddddd';
const behalf = 'cccccccc-cccc-4ccc-8ccc-cccccccccccc';
const grouped = 'eeeeeeee-eeee-4eee-8eee-eeeeeeeeeeee';
const team = 'ffffffff-ffff-4fff-8fff-ffffffffffff';

describe('access policies', () => {
  beforeAll(async () => {
    await rig.putVault(vault, {
      enableRbacAuthorization: false,
      accessPolicies: [
        entry(officer, { keys: ['All'], secrets: ['all'], certificates: ['all'] }),
        entry(limited, { secrets: ['GET'], keys: ['wrapKey', 'get'] }),
        entry(behalf, { secrets: ['get'] }, 'app-cccc'),
        entry(team, { secrets: ['list'] }),
      ],
    });
    await rig.call('PUT', '/secrets/s', { vault, body: { value: 'x' } });
    await rig.call('POST', '/keys/k/create', { vault, body: { kty: 'RSA' } });
  });

  const who = (oid: string, extra = '') =>
    `The user, group or application 'appid=app-${oid.slice(0, 4)};oid=${oid};${extra}iss=https://sts.windows.net/${tenantId}/'`;
  const rest = (need: string) =>
    `does not have ${need} permission on key vault 'policies;location=westeurope'. For help resolving this issue, please see https://go.microsoft.com/fwlink/?linkid=2125287`;

  test('a word grants its operation, in any letter case; wrapKey is the word for wrapping', async () => {
    expect((await rig.call('GET', '/secrets/s', { vault, as: limited })).status).toBe(200);
    const body = { alg: 'RSA-OAEP', value: 'AAAA' };
    const wrapped = await rig.call('POST', '/keys/k/wrapkey', { vault, as: limited, body });
    expect(wrapped.status).toBe(200);
    expect(wrapped.headers('x-ms-keyvault-rbac-assignment-id')).toBeUndefined();
  });

  test('an entry without the word: ForbiddenByPolicy', async () => {
    const { status, json } = await rig.call('GET', '/secrets', { vault, as: limited });
    expect(status).toBe(403);
    expect(json.error).toEqual({
      code: 'Forbidden',
      message: `${who(limited)} ${rest('secrets list')}`,
      innererror: { code: 'ForbiddenByPolicy' },
    });
  });

  test('no entry: AccessDenied', async () => {
    const { json } = await rig.call('GET', '/secrets/s', { vault, as: stranger });
    expect(json.error).toEqual({
      code: 'Forbidden',
      message: `${who(stranger)} ${rest('secrets get')}`,
      innererror: { code: 'AccessDenied' },
    });
  });

  test('a group of the token has an entry', async () => {
    const claims = { groups: [team, stranger] };
    expect((await rig.call('GET', '/secrets', { vault, as: grouped, claims })).status).toBe(200);
    const refused = await rig.call('GET', '/secrets/s', { vault, as: grouped, claims });
    expect(refused.json.error.message).toBe(
      `${who(grouped, 'numgroups=2;')} ${rest('secrets get')}`,
    );
  });

  test('an entry with an application holds on behalf of a user only', async () => {
    const refused = await rig.call('GET', '/secrets/s', { vault, as: behalf });
    expect(refused.json.error.message).toMatch(
      /requires the caller .* to use on-behalf-of \(OBO\) flow/,
    );
    expect(refused.json.error.innererror.code).toBe('ForbiddenByPolicy');
    const claims = { scp: 'user_impersonation' };
    expect((await rig.call('GET', '/secrets/s', { vault, as: behalf, claims })).status).toBe(200);
  });

  test('all is everything but purge', async () => {
    await rig.call('PUT', '/secrets/p', { vault, body: { value: 'x' } });
    await rig.call('DELETE', '/secrets/p', { vault });
    await rig.advance(2_000);
    const refused = await rig.call('DELETE', '/deletedsecrets/p', { vault });
    expect(refused.json.error.message).toContain('secrets purge permission');
  });

  test('roles say nothing in a vault with policies, and policies nothing in one with roles', async () => {
    const one = '99999999-9999-4999-8999-999999999999';
    await rig.assign(one, roles.administrator, vaultId(vault));
    expect((await rig.call('GET', '/secrets/s', { vault, as: one })).status).toBe(403);
    expect((await rig.call('GET', '/secrets', { as: limited })).status).toBe(403);
  });
});

describe('the firewall', () => {
  beforeAll(async () => {
    await rig.putVault('walled', {
      networkAcls: {
        defaultAction: 'Deny',
        ipRules: [{ value: '10.1.0.0/16' }, { value: '127.0.0.1' }],
      },
    });
    await rig.putVault('shut', { publicNetworkAccess: 'disabled' });
    for (const name of ['walled', 'shut']) {
      await rig.assign(officer, roles.administrator, vaultId(name));
    }
  });
  const from = (remoteAddress: string) =>
    rig.call('GET', '/secrets', { vault: 'walled', remoteAddress });

  test('lets in the addresses of its rules', async () => {
    for (const address of ['10.1.2.3', '127.0.0.1', '::ffff:10.1.9.9']) {
      expect((await from(address)).status).toBe(200);
    }
  });

  test('refuses the others after the token, before the role', async () => {
    const { json } = await from('10.2.0.1');
    expect(json.error.innererror.code).toBe('ForbiddenByFirewall');
    expect(json.error.message).toBe(
      'Client address is not authorized and caller is not a trusted service.\r\nClient address: 10.2.0.1\r\n' +
        `Caller: appid=app-aaaa;oid=${officer};iss=https://sts.windows.net/${tenantId}/\r\nVault: walled;location=westeurope`,
    );
    const anonymous = await rig.call('GET', '/secrets', {
      vault: 'walled',
      remoteAddress: '10.2.0.1',
      authorization: '',
    });
    expect(anonymous.status).toBe(401);
    const nobody = await rig.call('GET', '/secrets', {
      vault: 'walled',
      remoteAddress: '10.2.0.1',
      as: stranger,
    });
    expect(nobody.json.error.innererror.code).toBe('ForbiddenByFirewall');
  });

  test('with public access disabled: ForbiddenByConnection', async () => {
    const { json } = await rig.call('GET', '/secrets', { vault: 'shut' });
    expect(json.error.innererror.code).toBe('ForbiddenByConnection');
    expect(json.error.message).toMatch(
      /^Public network access is disabled and request is not from a trusted service nor via an approved private link\./,
    );
  });
});

describe('roles', () => {
  const concrete = (path: string) =>
    path.replace('{name}', 'x').replace('{version}', '0'.repeat(32)).replace('{issuer}', 'x');

  test.each(routes.map((route) => [route.method, route.path, route] as const))(
    '%s %s asks for its data action at its object',
    async (method, path, route) => {
      const { json } = await rig.call(method, concrete(path), { as: stranger });
      const { permission } = route.handler;
      expect(json.error.innererror.code).toBe('ForbiddenByRbac');
      const scope =
        vaultId().toLowerCase() + (path.includes('{name}') ? `/${permission.type}/x` : '');
      expect(json.error.message).toContain(
        `Action: 'Microsoft.KeyVault/vaults/${permission.dataAction}'\r\nResource: '${scope}'\r\n`,
      );
    },
  );

  test.each([
    ['Reader sees metadata, not values', roles.reader, 'GET', '/secrets', 200],
    ['Reader reads no secret', roles.reader, 'GET', '/secrets/s', 403],
    ['Crypto User makes no key', roles.cryptoUser, 'POST', '/keys/new/create', 403],
    ['Crypto Officer makes keys', roles.cryptoOfficer, 'POST', '/keys/made/create', 200],
    ['Crypto Officer sets rotation', roles.cryptoOfficer, 'GET', '/keys/made/rotationpolicy', 200],
    ['Secrets User sets nothing', roles.secretsUser, 'PUT', '/secrets/new', 403],
    ['Secrets Officer sets', roles.secretsOfficer, 'PUT', '/secrets/s', 200],
    ['Certificates Officer reads no secret', roles.certificatesOfficer, 'GET', '/secrets/s', 403],
    [
      'Certificates Officer has contacts',
      roles.certificatesOfficer,
      'GET',
      '/certificates/contacts',
      404,
    ],
    ['Certificate User reads secrets', roles.certificateUser, 'GET', '/secrets/s', 200],
  ] as const)('%s', async (_, role, method, path, status) => {
    const { randomUUID } = await import('node:crypto');
    const one = randomUUID();
    await rig.assign(one, role);
    if (path === '/secrets/s') await rig.call('PUT', path, { body: { value: 'x' } });
    const body = method === 'POST' ? { kty: 'EC' } : method === 'PUT' ? { value: 'x' } : undefined;
    expect((await rig.call(method, path, { as: one, body })).status).toBe(status);
  });

  test('reading a key is enough to encrypt, wrap and verify with it, not to sign', async () => {
    const one = '88888888-8888-4888-8888-888888888888';
    await rig.assign(one, roles.reader);
    await rig.call('POST', '/keys/pub/create', { body: { kty: 'RSA' } });
    const body = { alg: 'RSA-OAEP', value: 'AAAA' };
    expect((await rig.call('POST', '/keys/pub/encrypt', { as: one, body })).status).toBe(200);
    expect((await rig.call('POST', '/keys/pub/wrapkey', { as: one, body })).status).toBe(200);
    expect((await rig.call('POST', '/keys/pub/sign', { as: one, body })).status).toBe(403);
  });
});

describe('throttling', () => {
  test('is off unless asked for; then 429 in Azure’s words, by the window', async () => {
    const busy = await openRig({ throttling: true });
    const create = () => busy.call('POST', '/keys/t/create', { body: { kty: 'EC' } });
    const answers = [];
    for (let at = 0; at < 22; at++) answers.push(await create());
    expect(answers.map(({ status }) => status)).toEqual([...Array(20).fill(200), 429, 429]);
    expect(answers.at(-1)?.json.error).toEqual({
      code: 'Throttled',
      message:
        'Request was not processed because too many requests were received. Reason: VaultRequestTypeLimitReached',
    });
    expect((await busy.call('GET', '/keys/t')).status).toBe(200);
    await busy.advance(10_000);
    expect((await create()).status).toBe(200);
    await busy.close();
  });
});
