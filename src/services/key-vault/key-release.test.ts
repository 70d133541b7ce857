// Secure key release: an exportable key leaves for an attested environment only, wrapped for it.
import {
  constants,
  createDecipheriv,
  createPrivateKey,
  generateKeyPairSync,
  privateDecrypt,
  X509Certificate,
} from 'node:crypto';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { JsonObject } from '../../base/index.ts';
import { jwkOf, signJwt } from '../../crypto/index.ts';
import { openRig, pool, type Rig } from './fixtures/rig.ts';

let rig: Rig;
const authority = 'https://attest.example';
const attestation = generateKeyPairSync('ec', { namedCurve: 'P-256' });
const environment = generateKeyPairSync('rsa', { modulusLength: 2048 });
const policy = (immutable = false) => ({
  contentType: 'application/json; charset=utf-8',
  data: Buffer.from(
    JSON.stringify({
      version: '1.0.0',
      anyOf: [
        {
          authority,
          allOf: [
            { claim: 'x-ms-level', equals: 'high' },
            { claim: 'a.b', equals: 1 },
          ],
        },
      ],
    }),
  ).toString('base64url'),
  immutable,
});

beforeAll(async () => {
  rig = await openRig();
  rig.outbound.handler = async ({ url }) => {
    const body = url.endsWith('configuration')
      ? { issuer: authority, jwks_uri: `${authority}/keys` }
      : { keys: [{ ...jwkOf(attestation.publicKey), kid: 'a' }] };
    return { status: 200, headers: [], body: Buffer.from(JSON.stringify(body)) };
  };
  const body = { kty: 'EC', attributes: { exportable: true }, release_policy: policy() };
  const made = await rig.call('POST', '/keys/free/create', { body });
  expect(made.json).toMatchObject({ attributes: { exportable: true }, release_policy: policy() });
  await rig.call('POST', '/keys/bound/create', { body: { kty: 'EC' } });
});
afterAll(async () => {
  await rig.close();
  await pool.close();
});

const target = (claims: JsonObject = {}) => {
  const exp = Math.floor(rig.clock.now() / 1000) + 600;
  const runtime = {
    keys: [{ ...(jwkOf(environment.publicKey) as unknown as JsonObject), kid: 'env' }],
  };
  const all = { exp, 'x-ms-level': 'high', a: { b: 1 }, 'x-ms-runtime': runtime, ...claims };
  return signJwt({ alg: 'ES256', kid: 'a' }, all as JsonObject, attestation.privateKey);
};
const release = async (name: string, claims?: JsonObject) =>
  rig.call('POST', `/keys/${name}/release`, { body: { target: await target(claims), nonce: 'n' } });

test('the released key is signed by the vault and opens with the environment’s key', async () => {
  const { status, json } = await release('free');
  expect(status).toBe(200);
  const [head, body] = json.value.split('.').map((part: string) => Buffer.from(part, 'base64url'));
  const header = JSON.parse(head);
  expect(new X509Certificate(Buffer.from(header.x5c[0], 'base64')).subject).toBe(
    'CN=kv1.vault.azure.net',
  );
  const { request, response } = JSON.parse(body);
  expect(request.nonce).toBe('n');
  const blob = JSON.parse(Buffer.from(response.key.key.key_hsm, 'base64url').toString());
  const wrapped = Buffer.from(blob.ciphertext, 'base64url');
  const padding = constants.RSA_PKCS1_OAEP_PADDING;
  const temporary = privateDecrypt(
    { key: environment.privateKey, padding },
    wrapped.subarray(0, 256),
  );
  const cipher = createDecipheriv('id-aes256-wrap-pad', temporary, Buffer.from('a65959a6', 'hex'));
  const bytes = Buffer.concat([cipher.update(wrapped.subarray(256)), cipher.final()]);
  const key = createPrivateKey({ key: bytes, format: 'der', type: 'pkcs8' });
  expect(key.export({ format: 'jwk' }).x).toBe(response.key.key.x);
});

test.each([
  ['a claim of another value', 'free', { 'x-ms-level': 'low' }],
  ['a nested claim of another value', 'free', { a: { b: 2 } }],
  ['an expired attestation', 'free', { exp: 1 }],
  ['a key that is not exportable', 'bound', {}],
] as const)('%s is refused', async (_, name, claims) => {
  const { status, json } = await release(name, claims as unknown as JsonObject);
  expect([status, json.error.innererror.code]).toEqual([403, 'KeyReleaseDenied']);
});

test('a policy can be changed unless it is immutable', async () => {
  const patch = (release_policy: object) =>
    rig.call('PATCH', '/keys/free', { body: { release_policy } });
  expect((await patch(policy(true))).status).toBe(200);
  const refused = await patch(policy());
  expect([refused.status, refused.json.error.message]).toEqual([
    400,
    'AKV.SKR.1010: Immutable Key Release Policy cannot be modified.',
  ]);
});
