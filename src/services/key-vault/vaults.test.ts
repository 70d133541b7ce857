// Microsoft.KeyVault as resources: defaults, refusals, deleted vaults, and what lies below a vault.
import { afterAll, afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { JsonObject } from '../../base/index.ts';
import type { ResourceError } from '../../resources/index.ts';
import {
  officer,
  openRig,
  pool,
  type Rig,
  roles,
  subscriptionId,
  tenantId,
  vaultId,
} from './fixtures/rig.ts';

let rig: Rig;
const dayMs = 86_400_000;
beforeEach(async () => {
  rig = await openRig();
});
afterEach(() => rig.close());
afterAll(() => pool.close());

const properties = async (name: string) => {
  const found = await rig.resources.get(vaultId(name));
  return (await rig.resources.view(found!)).properties;
};
const refusal = (work: Promise<unknown>) =>
  work.then(
    () => undefined,
    (error: ResourceError) => ({ status: error.status, code: error.code }),
  );

describe('a vault', () => {
  test('has its defaults, and does not show what is ours', async () => {
    expect(await properties('kv1')).toEqual({
      sku: { family: 'A', name: 'standard' },
      tenantId,
      accessPolicies: [],
      enabledForDeployment: false,
      enabledForDiskEncryption: false,
      enabledForTemplateDeployment: false,
      enableSoftDelete: true,
      softDeleteRetentionInDays: 90,
      enableRbacAuthorization: true,
      vaultUri: 'https://kv1.vault.azure.net/',
      provisioningState: 'Succeeded',
      publicNetworkAccess: 'Enabled',
    });
  });

  test.each([
    ['2026-02-01', true],
    ['2025-05-01', false],
  ])('made with %s uses roles: %s; an update never changes that', async (version, expected) => {
    await rig.putVault('newone', {}, version);
    expect((await properties('newone')).enableRbacAuthorization).toBe(expected);
    await rig.putVault('newone', {}, version === '2026-02-01' ? '2025-05-01' : '2026-02-01');
    expect((await properties('newone')).enableRbacAuthorization).toBe(expected);
  });

  test.each([
    ['name', '1bad', {}, 'VaultNameNotValid'],
    ['name with two hyphens', 'a--b', {}, 'VaultNameNotValid'],
    ['tenant', 'ok-name', { tenantId: 'x' }, 'BadRequest'],
    ['sku', 'ok-name', { sku: { family: 'A', name: 'gold' } }, 'BadRequest'],
    ['retention', 'ok-name', { softDeleteRetentionInDays: 6 }, 'BadRequest'],
    ['retention changed', 'kv1', { softDeleteRetentionInDays: 7 }, 'BadRequest'],
    ['purge protection off', 'ok-name', { enablePurgeProtection: false }, 'BadRequest'],
    ['soft delete off', 'ok-name', { enableSoftDelete: false }, 'BadRequest'],
    ['policies', 'ok-name', { accessPolicies: [{ tenantId }] }, 'BadRequest'],
    ['address range', 'ok-name', { networkAcls: { ipRules: [{ value: '1.2.3' }] } }, 'BadRequest'],
    ['public access', 'ok-name', { publicNetworkAccess: 'maybe' }, 'BadRequest'],
  ] as const)('is refused for its %s', async (_, name, given, code) => {
    const refused = await refusal(rig.putVault(name, given as unknown as JsonObject));
    expect(refused).toEqual({ status: 400, code });
  });

  test('has a name of its own in the whole cloud', async () => {
    const id = vaultId('kv1').replace('/rg/', '/rg2/');
    const group = id.slice(0, id.indexOf('/providers'));
    await rig.resources.put({
      id: group,
      apiVersion: '2021-04-01',
      body: { location: 'westeurope' },
      callerObjectId: '',
    });
    const body = { location: 'westeurope', properties: { tenantId, sku: { name: 'standard' } } };
    const put = rig.resources.put({ id, apiVersion: '2026-02-01', body, callerObjectId: '' });
    expect(await refusal(put)).toEqual({ status: 409, code: 'VaultAlreadyExists' });
  });
});

describe('a deleted vault', () => {
  const operations = () => rig.resources.typeOf('Microsoft.KeyVault/vaults')!.providerOperations!;
  const run = (
    path: string,
    parameters: Record<string, string> = {},
    body: JsonObject | null = null,
  ) =>
    operations()
      .find((each) => each.path.endsWith(path))!
      .answer({
        subscriptionId,
        parameters: { location: 'westeurope', ...parameters },
        apiVersion: '2026-02-01',
        query: {},
        origin: 'https://management.azure.com',
        body,
      });
  const nameFree = async () =>
    (await run('checkNameAvailability', {}, { name: 'kv1', type: 'Microsoft.KeyVault/vaults' }))
      .body;

  beforeEach(async () => {
    await rig.call('PUT', '/secrets/s', { body: { value: 'kept' } });
    await rig.resources.delete(vaultId());
  });

  test('is listed with its dates, holds its name, and answers no more', async () => {
    expect((await rig.call('GET', '/secrets/s')).status).toBe(404);
    const { value } = (await run('deletedVaults')).body as { value: JsonObject[] };
    expect(value).toEqual([
      {
        id: `/subscriptions/${subscriptionId}/providers/Microsoft.KeyVault/locations/westeurope/deletedVaults/kv1`,
        name: 'kv1',
        type: 'Microsoft.KeyVault/deletedVaults',
        properties: {
          vaultId: vaultId(),
          location: 'westeurope',
          deletionDate: '2026-03-01T12:00:00.000Z',
          scheduledPurgeDate: '2026-05-30T12:00:00.000Z',
        },
      },
    ]);
    expect(await refusal(rig.putVault('kv1'))).toEqual({ status: 409, code: 'VaultAlreadyExists' });
    expect(await nameFree()).toMatchObject({ nameAvailable: false, reason: 'AlreadyExists' });
  });

  test('comes back with its secrets, without its role assignments', async () => {
    await rig.putVault('kv1', { createMode: 'recover' });
    expect((await rig.call('GET', '/secrets/s')).status).toBe(403);
    await rig.assign(officer, roles.administrator);
    expect((await rig.call('GET', '/secrets/s')).json.value).toBe('kept');
    expect(((await run('deletedVaults')).body as JsonObject).value).toEqual([]);
  });

  test('purged, it frees its name and leaves nothing', async () => {
    const purged = await run('purge', { name: 'kv1' });
    expect(purged.status).toBe(202);
    expect(await nameFree()).toEqual({ nameAvailable: true });
    expect(await rig.store.scan('key-vault/versions')).toEqual([]);
    await rig.putVault('kv1');
    await rig.assign(officer, roles.administrator);
    expect((await rig.call('GET', '/secrets/s')).status).toBe(404);
  });

  test('goes by itself when the retention is over', async () => {
    await rig.advance(90 * dayMs);
    expect(await nameFree()).toEqual({ nameAvailable: true });
    expect(await rig.store.scan('key-vault/objects')).toEqual([]);
  });

  test('that never was cannot be recovered or purged', async () => {
    const recover = rig.putVault('other', { createMode: 'recover' });
    expect(await refusal(recover)).toEqual({ status: 404, code: 'DeletedVaultNotFound' });
    const purge = run('purge', { name: 'other' });
    expect(await refusal(purge)).toEqual({ status: 404, code: 'DeletedVaultNotFound' });
  });

  test('a name that no vault can have is told', async () => {
    const body = { name: '-', type: 'Microsoft.KeyVault/vaults' };
    expect((await run('checkNameAvailability', {}, body)).body).toMatchObject({
      nameAvailable: false,
      reason: 'AccountNameInvalid',
    });
  });
});

describe('below a vault', () => {
  const put = (path: string, given: JsonObject) =>
    rig.resources.put({
      id: `${vaultId()}/${path}`,
      apiVersion: '2026-02-01',
      body: { properties: given },
      callerObjectId: '',
    });

  test('a secret of a template is a secret of the vault; its value is nowhere in the document', async () => {
    const { resource } = await put('secrets/s', {
      value: 'hidden-value',
      contentType: 'text/plain',
    });
    const got = await rig.call('GET', '/secrets/s');
    expect(got.json).toMatchObject({ value: 'hidden-value', contentType: 'text/plain' });
    expect((await rig.resources.view(resource)).properties).toMatchObject({
      secretUri: 'https://kv1.vault.azure.net/secrets/s',
      secretUriWithVersion: got.json.id,
    });
    const document = await rig.resources.get(`${vaultId()}/secrets/s`);
    expect(JSON.stringify(document)).not.toContain('hidden-value');
  });

  test('a key of a template is made once', async () => {
    const given = { kty: 'EC', curveName: 'P-384', keyOps: ['sign'] };
    const { resource } = await put('keys/k', given);
    const first = (await rig.call('GET', '/keys/k')).json;
    expect(first.key).toMatchObject({ kty: 'EC', crv: 'P-384', key_ops: ['sign'] });
    expect((await rig.resources.view(resource)).properties).toMatchObject({
      keyUriWithVersion: first.key.kid,
      curveName: 'P-384',
    });
    await put('keys/k', given);
    expect((await rig.call('GET', '/keys/k')).json.key.kid).toBe(first.key.kid);
  });

  test('what the vault refuses, the template is refused', async () => {
    expect(await refusal(put('keys/k', { kty: 'RSA', keySize: 1 }))).toEqual({
      status: 400,
      code: 'BadParameter',
    });
    expect(await refusal(put('secrets/s', {}))).toEqual({ status: 400, code: 'BadRequest' });
  });

  test('access policies are added, replaced and removed word by word', async () => {
    const entry = (secrets: string[]) => ({
      accessPolicies: [{ tenantId, objectId: officer, permissions: { secrets } }],
    });
    const words = async () =>
      ((await properties('kv1')).accessPolicies as JsonObject[]).map(
        ({ permissions }) => (permissions as JsonObject).secrets,
      );
    await put('accessPolicies/add', entry(['get']));
    await put('accessPolicies/add', entry(['Get', 'list']));
    expect(await words()).toEqual([['get', 'list']]);
    await put('accessPolicies/remove', entry(['LIST']));
    expect(await words()).toEqual([['get']]);
    await put('accessPolicies/replace', entry(['all']));
    expect(await words()).toEqual([['all']]);
    await put('accessPolicies/remove', entry(['all']));
    expect(await words()).toEqual([]);
    expect(await refusal(put('accessPolicies/merge', entry(['all'])))).toEqual({
      status: 400,
      code: 'BadRequest',
    });
  });
});
