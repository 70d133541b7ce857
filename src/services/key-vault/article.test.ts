// The article's path: challenge, role, certificate, secret, signature.
import { createHash, createPrivateKey, verify, X509Certificate } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { readPfx } from '../../crypto/index.ts';
import {
  group,
  officer,
  openRig,
  pool,
  type Rig,
  roles,
  stranger,
  tenantId,
  vaultId,
} from './fixtures/rig.ts';

let rig: Rig;
beforeAll(async () => {
  rig = await openRig();
});
afterAll(async () => {
  await rig.close();
  await pool.close();
});

const policy = (exportable: boolean) => ({
  key_props: { exportable, kty: 'RSA', key_size: 2048, reuse_key: false },
  secret_props: { contentType: 'application/x-pkcs12' },
  x509_props: { subject: 'CN=article', validity_months: 12 },
  issuer: { name: 'Self' },
});

async function certificate(name: string, exportable: boolean) {
  const created = await rig.call('POST', `/certificates/${name}/create`, {
    body: { policy: policy(exportable) },
  });
  await rig.advance(2_000);
  return { created, bundle: (await rig.call('GET', `/certificates/${name}/`)).json };
}

describe('a certificate whose key may leave', () => {
  test('is made in its time: 202 in progress, then completed, same version for key and secret', async () => {
    const { created, bundle } = await certificate('open', true);
    expect(created.status).toBe(202);
    expect(created.json).toMatchObject({
      id: 'https://kv1.vault.azure.net/certificates/open/pending',
      issuer: { name: 'Self' },
      cancellation_requested: false,
      status: 'inProgress',
    });
    expect(created.headers('location')).toMatch(
      /^https:\/\/kv1\.vault\.azure\.net\/certificates\/open\/pending\?api-version=7\.5&request_id=[0-9a-f]{32}$/,
    );
    expect(created.headers('retry-after')).toBe('10');
    const version = bundle.id.split('/').at(-1);
    expect(bundle.kid).toBe(`https://kv1.vault.azure.net/keys/open/${version}`);
    expect(bundle.sid).toBe(`https://kv1.vault.azure.net/secrets/open/${version}`);
    const native = new X509Certificate(Buffer.from(bundle.cer, 'base64'));
    expect(native.subject).toBe('CN=article');
    expect(native.keyUsage).toEqual(['1.3.6.1.5.5.7.3.1', '1.3.6.1.5.5.7.3.2']);
    expect(bundle.x5t).toBe(createHash('sha1').update(native.raw).digest('base64url'));
    expect(bundle.attributes.enabled).toBe(true);
    expect(bundle.attributes.nbf).toBe(native.validFromDate.getTime() / 1000);
    const pending = await rig.call('GET', '/certificates/open/pending');
    expect(pending.json).toMatchObject({
      status: 'completed',
      target: 'https://kv1.vault.azure.net/certificates/open',
    });
  });

  test('has a secret that is a PFX with an empty password', async () => {
    const { json, status } = await rig.call('GET', '/secrets/open');
    expect(status).toBe(200);
    expect(json).toMatchObject({ contentType: 'application/x-pkcs12', managed: true });
    const content = await readPfx(Buffer.from(json.value, 'base64'), '');
    const key = createPrivateKey({ key: content.privateKey!, format: 'der', type: 'pkcs8' });
    const leaf = new X509Certificate(content.certificates[0]!);
    expect(leaf.checkPrivateKey(key)).toBe(true);
  });
});

describe('a certificate whose key may not leave', () => {
  test('signs a digest so that its certificate verifies it', async () => {
    const { bundle } = await certificate('closed', false);
    const message = Buffer.from('header.claims');
    const path = new URL(bundle.kid).pathname;
    const value = createHash('sha256').update(message).digest('base64url');
    const signed = await rig.call('POST', `${path}/sign`, { body: { alg: 'RS256', value } });
    expect(signed.status).toBe(200);
    expect(signed.json.kid).toBe(bundle.kid);
    const { publicKey } = new X509Certificate(Buffer.from(bundle.cer, 'base64'));
    const signature = Buffer.from(signed.json.value, 'base64url');
    expect(verify('sha256', message, publicKey, signature)).toBe(true);
    const body = { alg: 'RS256', digest: value, value: signed.json.value };
    expect((await rig.call('POST', `${path}/verify`, { body })).json).toEqual({ value: true });
  });

  test('has a secret without a private key, and no answer of its key shows one', async () => {
    const secret = await rig.call('GET', '/secrets/closed');
    const content = await readPfx(Buffer.from(secret.json.value, 'base64'), '');
    expect(content.privateKey).toBeUndefined();
    expect(content.certificates).toHaveLength(1);
    const key = await rig.call('GET', '/keys/closed');
    expect(Object.keys(key.json.key).sort()).toEqual(['e', 'key_ops', 'kid', 'kty', 'n']);
    expect(key.json.key.key_ops).toEqual(['sign', 'verify', 'wrapKey', 'unwrapKey']);
    expect(key.json.managed).toBe(true);
  });
});

describe('who may', () => {
  test('Crypto User on one key signs with it, and reads no secret and no other key', async () => {
    const one = 'cccccccc-cccc-4ccc-8ccc-cccccccccccc';
    await rig.assign(one, roles.cryptoUser, `${vaultId()}/keys/closed`);
    const body = { alg: 'RS256', value: createHash('sha256').update('x').digest('base64url') };
    const signed = await rig.call('POST', '/keys/closed/sign', { body, as: one });
    expect(signed.status).toBe(200);
    expect(signed.headers('x-ms-keyvault-rbac-assignment-id')).toMatch(/^[0-9a-f-]{36}$/);
    expect((await rig.call('POST', '/keys/open/sign', { body, as: one })).status).toBe(403);
    expect((await rig.call('GET', '/secrets/closed', { as: one })).status).toBe(403);
  });

  test('Secrets User on one secret reads that secret only', async () => {
    const one = 'dddddddd-dddd-4ddd-8ddd-dddddddddddd';
    await rig.assign(one, roles.secretsUser, `${vaultId()}/secrets/open`);
    expect((await rig.call('GET', '/secrets/open', { as: one })).status).toBe(200);
    expect((await rig.call('GET', '/secrets/closed', { as: one })).status).toBe(403);
  });

  test('a caller without a role gets the 403 with action, resource and reason', async () => {
    const { status, json } = await rig.call('GET', '/secrets/open', { as: stranger });
    expect(status).toBe(403);
    expect(json).toEqual({
      error: {
        code: 'Forbidden',
        message:
          'Caller is not authorized to perform action on resource.\r\nIf role assignments, deny assignments or role definitions were changed recently, please observe propagation time.\r\n' +
          `Caller: appid=app-bbbb;oid=${stranger};iss=https://sts.windows.net/${tenantId}/\r\n` +
          "Action: 'Microsoft.KeyVault/vaults/secrets/getSecret/action'\r\n" +
          `Resource: '${`${vaultId()}/secrets/open`.toLowerCase()}'\r\n` +
          'Assignment: (not found)\r\nDenyAssignmentId: null\r\n' +
          "DecisionReason: 'DeniedWithNoValidRBAC' \r\nVault: kv1;location=westeurope\r\n",
        innererror: { code: 'ForbiddenByRbac' },
      },
    });
  });

  test('removing the assignment changes the decision at once, with the same token', async () => {
    const one = 'eeeeeeee-eeee-4eee-8eee-eeeeeeeeeeee';
    const id = await rig.assign(one, roles.secretsUser, group);
    const authorization = `Bearer ${await rig.token(one)}`;
    expect((await rig.call('GET', '/secrets/open', { authorization })).status).toBe(200);
    await rig.resources.delete(id);
    expect((await rig.call('GET', '/secrets/open', { authorization })).status).toBe(403);
  });
});

describe('what is asked first', () => {
  test('no token: 401 with the challenge, whatever the request is', async () => {
    const sent = { authorization: '', raw: '{not json' };
    const { status, text, headers } = await rig.call('POST', '/keys/x/create?nothing', sent);
    expect(status).toBe(401);
    expect(text).toBe(
      '{"error":{"code":"Unauthorized","message":"AKV10000: Request is missing a Bearer or PoP token."}}',
    );
    expect(headers('www-authenticate')).toBe(
      `Bearer authorization="https://login.microsoftonline.com/${tenantId}", resource="https://vault.azure.net"`,
    );
  });

  test('the headers every answer has', async () => {
    const sent = { headers: [['x-ms-client-request-id', 'abc']] as [string, string][] };
    const { headers } = await rig.call('GET', '/keys/closed', sent);
    expect(headers('cache-control')).toBe('no-cache');
    expect(headers('content-type')).toBe('application/json; charset=utf-8');
    expect(headers('x-ms-keyvault-region')).toBe('westeurope');
    expect(headers('x-ms-client-request-id')).toBe('abc');
    expect(headers('x-ms-request-id')).toMatch(/^[0-9a-f-]{36}$/);
    expect(headers('x-ms-keyvault-network-info')).toBe(
      'conn_type=Ipv4;addr=127.0.0.1;act_addr_fam=InterNetwork;',
    );
  });

  test('api%2Dversion and a trailing slash are understood', async () => {
    expect((await rig.call('GET', '/keys/closed/?api%2Dversion=2025-07-01')).status).toBe(200);
    expect((await rig.call('GET', '/keys/closed/', { as: officer })).status).toBe(200);
  });
});
