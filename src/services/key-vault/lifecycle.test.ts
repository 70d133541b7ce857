// What happens by time alone, on the clock: rotation, renewal, issuance, expiry, purging.
import { X509Certificate } from 'node:crypto';
import { afterAll, afterEach, beforeEach, describe, expect, test } from 'vitest';
import { openRig, pool, type Rig, vaultId } from './fixtures/rig.ts';

let rig: Rig;
const dayMs = 86_400_000;
beforeEach(async () => {
  rig = await openRig();
});
afterEach(() => rig.close());
afterAll(() => pool.close());

const versionsOf = async (path: string) =>
  (await rig.call('GET', `${path}/versions`)).json.value.length;

describe('soft delete', () => {
  beforeEach(async () => {
    await rig.call('PUT', '/secrets/s', { body: { value: 'one' } });
  });

  test('takes its time, keeps the dates, and gives the object back', async () => {
    const deleted = await rig.call('DELETE', '/secrets/s');
    expect(deleted.json).toMatchObject({
      recoveryId: 'https://kv1.vault.azure.net/deletedsecrets/s',
      deletedDate: Math.floor(rig.clock.now() / 1000),
      scheduledPurgeDate: Math.floor(rig.clock.now() / 1000) + 90 * 86_400,
    });
    expect(deleted.json.value).toBeUndefined();
    expect((await rig.call('GET', '/secrets/s')).status).toBe(404);
    expect((await rig.call('GET', '/deletedsecrets/s')).status).toBe(404);
    await rig.advance(1_000);
    expect((await rig.call('GET', '/deletedsecrets/s')).status).toBe(200);
    expect((await rig.call('POST', '/deletedsecrets/s/recover')).status).toBe(200);
    expect((await rig.call('GET', '/secrets/s')).status).toBe(404);
    const again = await rig.call('PUT', '/secrets/s', { body: { value: 'x' } });
    expect(again.json.error.innererror.code).toBe('ObjectIsBeingRecovered');
    await rig.advance(1_000);
    expect((await rig.call('GET', '/secrets/s')).json.value).toBe('one');
  });

  test('ends with the retention: nothing of the object stays', async () => {
    await rig.call('DELETE', '/secrets/s');
    await rig.advance(90 * dayMs - 1);
    expect((await rig.call('GET', '/deletedsecrets/s')).status).toBe(200);
    await rig.advance(1);
    expect((await rig.call('GET', '/deletedsecrets/s')).status).toBe(404);
    expect(await rig.store.scan('key-vault/versions')).toEqual([]);
    await rig.call('PUT', '/secrets/s', { body: { value: 'two' } });
    expect(await versionsOf('/secrets/s')).toBe(1);
  });

  test('purge answers 204 and frees the name at once', async () => {
    await rig.call('DELETE', '/secrets/s');
    await rig.advance(1_000);
    const purged = await rig.call('DELETE', '/deletedsecrets/s');
    expect([purged.status, purged.text]).toEqual([204, '']);
    expect((await rig.call('PUT', '/secrets/s', { body: { value: 'x' } })).status).toBe(200);
  });

  test('purge protection refuses a purge, shortened retention shows in the recovery level', async () => {
    await rig.putVault('kv2', { enablePurgeProtection: true, softDeleteRetentionInDays: 7 });
    await rig.assign(
      'aaaaaaaa-aaaa-4aaa-8aaa-aaaaaaaaaaaa',
      '00482a5a-887f-4fb3-b363-3b7fe8e74483',
      vaultId('kv2'),
    );
    const set = await rig.call('PUT', '/secrets/s', { body: { value: 'x' }, vault: 'kv2' });
    expect(set.json.attributes).toMatchObject({
      recoveryLevel: 'CustomizedRecoverable',
      recoverableDays: 7,
    });
    await rig.call('DELETE', '/secrets/s', { vault: 'kv2' });
    await rig.advance(1_000);
    const refused = await rig.call('DELETE', '/deletedsecrets/s', { vault: 'kv2' });
    expect([refused.status, refused.json.error.innererror.code]).toEqual([
      403,
      'PurgeProtectionEnabled',
    ]);
    await rig.advance(7 * dayMs);
    expect((await rig.call('GET', '/deletedsecrets/s', { vault: 'kv2' })).status).toBe(404);
  });

  test('the key and the secret of a certificate go and come with it, and are hidden when deleted', async () => {
    const body = { policy: { x509_props: { subject: 'CN=a' }, issuer: { name: 'Self' } } };
    await rig.call('POST', '/certificates/c/create', { body });
    await rig.advance(2_000);
    await rig.call('DELETE', '/certificates/c');
    await rig.advance(2_000);
    for (const path of ['/keys/c', '/secrets/c', '/certificates/c']) {
      expect((await rig.call('GET', path)).status).toBe(404);
    }
    expect((await rig.call('GET', '/deletedkeys')).json.value).toEqual([]);
    const taken = await rig.call('PUT', '/secrets/c', { body: { value: 'x' } });
    expect(taken.status).toBe(409);
    await rig.call('POST', '/deletedcertificates/c/recover');
    await rig.advance(2_000);
    for (const path of ['/keys/c', '/secrets/c', '/certificates/c']) {
      expect((await rig.call('GET', path)).status).toBe(200);
    }
    expect((await rig.call('DELETE', '/keys/c')).json.error.innererror.code).toBe(
      'OperationNotAllowedOnManagedObject',
    );
  });
});

describe('rotation of keys', () => {
  const policy = (lifetimeActions: object[], expiryTime?: string) => ({
    body: { lifetimeActions, ...(expiryTime && { attributes: { expiryTime } }) },
  });
  const rotate = (trigger: object) => ({ trigger, action: { type: 'Rotate' } });

  test('after creation, again and again, with the expiry of the policy', async () => {
    await rig.call('POST', '/keys/k/create', { body: { kty: 'EC', key_ops: ['sign'] } });
    const set = await rig.call(
      'PUT',
      '/keys/k/rotationpolicy',
      policy([rotate({ timeAfterCreate: 'P30D' })], 'P90D'),
    );
    expect(set.json.lifetimeActions).toEqual([
      { trigger: { timeAfterCreate: 'P30D' }, action: { type: 'Rotate' } },
      { trigger: { timeBeforeExpiry: 'P30D' }, action: { type: 'Notify' } },
    ]);
    await rig.advance(30 * dayMs - 1);
    expect(await versionsOf('/keys/k')).toBe(1);
    await rig.advance(1);
    expect(await versionsOf('/keys/k')).toBe(2);
    const { json } = await rig.call('GET', '/keys/k');
    expect(json.attributes.exp - json.attributes.created).toBe(90 * 86_400);
    expect(json.key.key_ops).toEqual(['sign']);
    await rig.advance(30 * dayMs);
    expect(await versionsOf('/keys/k')).toBe(3);
  });

  test('before expiry', async () => {
    await rig.call('POST', '/keys/k/create', {
      body: { kty: 'EC', attributes: { exp: Math.floor(rig.clock.now() / 1000) + 60 * 86_400 } },
    });
    await rig.call(
      'PUT',
      '/keys/k/rotationpolicy',
      policy([rotate({ timeBeforeExpiry: 'P20D' })], 'P60D'),
    );
    await rig.advance(40 * dayMs);
    expect(await versionsOf('/keys/k')).toBe(2);
  });

  test('a key without a policy has none, and is rotated on request only', async () => {
    await rig.call('POST', '/keys/k/create', { body: { kty: 'oct', key_size: 128 } });
    const { json } = await rig.call('GET', '/keys/k/rotationpolicy');
    expect(json).toEqual({ lifetimeActions: null, attributes: null });
    await rig.advance(365 * dayMs);
    expect(await versionsOf('/keys/k')).toBe(1);
    expect((await rig.call('POST', '/keys/k/rotate')).status).toBe(200);
    expect(await versionsOf('/keys/k')).toBe(2);
  });
});

describe('certificates', () => {
  const create = (name: string, policy: object) =>
    rig.call('POST', `/certificates/${name}/create`, {
      body: { policy: { x509_props: { subject: `CN=${name}`, validity_months: 12 }, ...policy } },
    });
  const ec = { kty: 'EC', crv: 'P-256' };

  test('are renewed at the trigger: new version, new key, the old one stays readable', async () => {
    await create('c', { issuer: { name: 'Self' }, key_props: ec });
    await rig.advance(2_000);
    const first = (await rig.call('GET', '/certificates/c')).json;
    // 80 % of a year.
    await rig.advance(291 * dayMs);
    expect(await versionsOf('/certificates/c')).toBe(1);
    await rig.advance(2 * dayMs);
    await rig.advance(2_000);
    const second = (await rig.call('GET', '/certificates/c')).json;
    expect(second.id).not.toBe(first.id);
    expect(await versionsOf('/certificates/c')).toBe(2);
    const keyOf = (cer: string) => new X509Certificate(Buffer.from(cer, 'base64')).publicKey;
    expect(keyOf(second.cer).equals(keyOf(first.cer))).toBe(false);
    const old = await rig.call('GET', new URL(first.sid).pathname);
    expect(old.status).toBe(200);
    expect((await rig.call('GET', '/secrets/c')).json.id).toBe(second.sid);
  });

  test('reuse their key where the policy says so, and are not renewed by an unknown issuer', async () => {
    await create('reuse', { issuer: { name: 'Self' }, key_props: { ...ec, reuse_key: true } });
    await create('unknown', { issuer: { name: 'Unknown' }, key_props: ec });
    await rig.advance(2_000);
    const first = (await rig.call('GET', '/keys/reuse')).json;
    await rig.advance(300 * dayMs);
    await rig.advance(2_000);
    const second = (await rig.call('GET', '/keys/reuse')).json;
    expect(second.key.kid).not.toBe(first.key.kid);
    expect(second.key.x).toBe(first.key.x);
    const waiting = await rig.call('GET', '/certificates/unknown/pending');
    expect(waiting.json).toMatchObject({ status: 'inProgress', issuer: { name: 'Unknown' } });
  });

  test('cancelled while in progress stay disabled', async () => {
    await create('c', { issuer: { name: 'Self' }, key_props: ec });
    const cancelled = await rig.call('PATCH', '/certificates/c/pending', {
      body: { cancellation_requested: true },
    });
    expect(cancelled.json).toMatchObject({ status: 'inProgress', cancellation_requested: true });
    await rig.advance(60_000);
    expect((await rig.call('GET', '/certificates/c/pending')).json.status).toBe('cancelled');
    const bundle = (await rig.call('GET', '/certificates/c')).json;
    expect(bundle.attributes.enabled).toBe(false);
    expect(bundle.cer).toBeUndefined();
  });

  test('of an unknown issuer are merged with what the authority gave, also as base64 of base64', async () => {
    const { createCertificate } = await import('../../crypto/index.ts');
    const { createPublicKey, generateKeyPairSync } = await import('node:crypto');
    await create('m', { issuer: { name: 'Unknown' }, key_props: ec });
    const key = (await rig.call('GET', '/keys/m')).json.key;
    const { kty, crv, x, y } = key;
    const authority = generateKeyPairSync('ec', { namedCurve: 'P-256' });
    const dates = { notBefore: rig.clock.now(), notAfter: rig.clock.now() + 90 * dayMs };
    const leaf = await createCertificate({
      subject: 'CN=m',
      publicKey: createPublicKey({ key: { kty, crv, x, y }, format: 'jwk' }),
      signingKey: authority.privateKey,
      ...dates,
    });
    const foreign = await createCertificate({
      subject: 'CN=m',
      publicKey: authority.publicKey,
      signingKey: authority.privateKey,
      ...dates,
    });
    const merge = (x5c: string[]) =>
      rig.call('POST', '/certificates/m/pending/merge', { body: { x5c } });
    const refused = await merge([foreign.toString('base64')]);
    expect([refused.status, refused.json.error.code]).toEqual([400, 'BadParameter']);
    const twice = Buffer.from(leaf.toString('base64')).toString('base64');
    const merged = await merge([twice]);
    expect(merged.status).toBe(201);
    expect(merged.json.cer).toBe(leaf.toString('base64'));
    expect(merged.json.attributes.enabled).toBe(true);
    expect((await rig.call('GET', '/certificates/m')).json.policy.issuer.name).toBe('Unknown');
  });
});
