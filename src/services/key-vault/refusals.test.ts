// Every refusal of the data plane: status, code, words. One thing is wrong in each.
import { createHash, createSecretKey, generateKeyPairSync } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { createCertificate, signJwt, writePfx } from '../../crypto/index.ts';
import {
  officer,
  openRig,
  otherTenantId,
  pool,
  type Rig,
  type Sent,
  stranger,
  tenantId,
} from './fixtures/rig.ts';

let rig: Rig;
const digest = createHash('sha256').update('x').digest('base64url');
const hmacKey = Buffer.alloc(32, 1);
const pair = generateKeyPairSync('rsa', { modulusLength: 2048 });
const own = await createCertificate({
  subject: 'CN=a',
  publicKey: pair.publicKey,
  signingKey: pair.privateKey,
  notBefore: 0,
  notAfter: 4e12,
});
const written = { privateKey: pair.privateKey, certificates: [own], password: 'right' };
const pfx = writePfx(written).toString('base64');
const bare = writePfx({ certificates: [own] }).toString('base64');

beforeAll(async () => {
  rig = await openRig();
  await rig.call('POST', '/keys/rsa/create', { body: { kty: 'RSA' } });
  await rig.call('POST', '/keys/ec/create', { body: { kty: 'EC' } });
  await rig.call('POST', '/keys/verifyonly/create', { body: { kty: 'EC', key_ops: ['verify'] } });
  const off = { attributes: { enabled: false } };
  await rig.call('POST', '/keys/off/create', { body: { kty: 'EC', ...off } });
  await rig.call('POST', '/keys/early/create', { body: { kty: 'EC', attributes: { nbf: 2e9 } } });
  await rig.call('POST', '/keys/late/create', { body: { kty: 'RSA', attributes: { exp: 1e9 } } });
  await rig.call('PUT', '/secrets/off', { body: { value: 'x', ...off } });
  await rig.call('PUT', '/secrets/gone', { body: { value: 'x' } });
  await rig.call('DELETE', '/secrets/gone');
  await rig.advance(5_000);
  await rig.call('PUT', '/secrets/going', { body: { value: 'x' } });
  await rig.call('DELETE', '/secrets/going');
});
afterAll(async () => {
  await rig.close();
  await pool.close();
});

interface Case {
  readonly method?: string;
  readonly path?: string;
  readonly sent?: Sent;
  readonly status: number;
  readonly code: string;
  readonly inner?: string;
  readonly words: string | RegExp;
}

async function check({ method = 'GET', path = '/keys/rsa', sent, ...wanted }: Case) {
  const { status, json } = await rig.call(method, path, sent);
  const { code, message, innererror } = json.error;
  expect({ status, code, inner: innererror?.code }).toEqual({
    status: wanted.status,
    code: wanted.code,
    inner: wanted.inner,
  });
  if (typeof wanted.words === 'string') expect(message).toBe(wanted.words);
  else expect(message).toMatch(wanted.words);
}

const unauthorized = (name: string, claims: Sent['claims'], words: string | RegExp) =>
  [name, { sent: { claims }, status: 401, code: 'Unauthorized', words } as Case] as const;

describe('a token is refused', () => {
  test.each([
    unauthorized(
      'for another audience (AKV10022)',
      { aud: 'https://management.azure.com/' },
      'AKV10022: Invalid audience. Expected https://vault.azure.net or cfa8b339-82a2-471a-a3c9-0fc0be7a4093, found: https://management.azure.com/.',
    ),
    unauthorized(
      'for the audience with a slash (AKV10022)',
      { aud: 'https://vault.azure.net/' },
      /^AKV10022: .* found: https:\/\/vault\.azure\.net\/\.$/,
    ),
    unauthorized(
      'of another tenant (AKV10032)',
      { iss: `https://sts.windows.net/${otherTenantId}/`, tid: otherTenantId },
      `AKV10032: Invalid issuer. Expected one of https://sts.windows.net/${tenantId}/, found https://sts.windows.net/${otherTenantId}/.`,
    ),
    unauthorized(
      'of version 2 (AKV10032)',
      { iss: `https://login.microsoftonline.com/${tenantId}/v2.0` },
      /^AKV10032/,
    ),
    unauthorized('that has expired', { exp: 1_700_000_000 }, 'Error validating token: IDX10223'),
    unauthorized(
      'that is not valid yet',
      { nbf: 1_900_000_000 },
      'Error validating token: IDX10222',
    ),
    unauthorized('without a principal', { oid: '' }, /^AKV10000/),
  ])('%s', (_, wanted) => check(wanted));

  const own = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  const claims = { aud: 'https://vault.azure.net', oid: officer };
  const part = (value: object) => Buffer.from(JSON.stringify(value)).toString('base64url');
  type Maker = readonly [name: string, make: () => Promise<string>, words: string | RegExp];
  test.each([
    [
      'of a key nobody published (AKV10046)',
      () => signJwt({ alg: 'ES256', kid: 'zz' }, claims, own.privateKey),
      /^AKV10046/,
    ],
    [
      'of another key behind the right id',
      () => signJwt({ alg: 'ES256', kid: 'k1' }, claims, own.privateKey),
      'Error validating token: IDX10511',
    ],
    [
      'with alg none',
      async () => `${part({ alg: 'none' })}.${part(claims)}.`,
      'Error validating token: IDX10504',
    ],
    [
      'with HS256',
      async () => signJwt({ alg: 'HS256', kid: 'k1' }, claims, createSecretKey(hmacKey)),
      'Error validating token: IDX10511',
    ],
    ['that is no JWT', async () => 'abc', 'Error validating token: IDX12741'],
    [
      'that was changed',
      async () => {
        const [head, , signature] = (await rig.token(officer)).split('.');
        return `${head}.${part({ ...claims, oid: stranger })}.${signature}`;
      },
      'Error validating token: IDX10511',
    ],
  ] as readonly Maker[])('%s', async (_, make, words) => {
    const authorization = `Bearer ${await make()}`;
    await check({ sent: { authorization }, status: 401, code: 'Unauthorized', words });
    const { headers } = await rig.call('GET', '/keys/rsa', { authorization });
    expect(headers('www-authenticate')).toContain(`resource="https://vault.azure.net"`);
  });

  test('of another scheme', () =>
    check({
      sent: { authorization: 'Basic eDp5' },
      status: 401,
      code: 'Unauthorized',
      words: /^AKV10000/,
    }));

  test('the application id of Key Vault is an audience, too', async () => {
    const claimsOfId = { aud: 'cfa8b339-82a2-471a-a3c9-0fc0be7a4093' };
    expect((await rig.call('GET', '/keys/rsa', { claims: claimsOfId })).status).toBe(200);
  });
});

describe('authorization comes before validation', () => {
  test('a caller without a role cannot tell what exists, nor what is malformed', async () => {
    for (const path of ['/keys/rsa', '/keys/absent', '/keys/bad_name', '/keys?maxresults=x']) {
      const target = path.includes('?') ? `${path}&api-version=7.5` : path;
      expect((await rig.call('GET', target, { as: stranger })).status).toBe(403);
    }
    const sent = { as: stranger, raw: '{' };
    expect((await rig.call('POST', '/keys/rsa/sign', sent)).status).toBe(403);
  });
});

const bad = (method: string, path: string, body: unknown, words: string | RegExp): Case => ({
  method,
  path,
  sent: { body },
  status: 400,
  code: 'BadParameter',
  words,
});

describe('the request is refused', () => {
  test.each([
    [
      'api-version missing',
      {
        path: '/keys/rsa?x=1',
        status: 400,
        code: 'BadParameter',
        words: /must specify the api-version/,
      },
    ],
    [
      'api-version unknown',
      {
        path: '/keys/rsa?api-version=9.9',
        status: 400,
        code: 'BadParameter',
        words:
          'The specified version (9.9) is not recognized. Consider using the latest supported version (2025-07-01).',
      },
    ],
    [
      'unknown vault',
      { sent: { vault: 'nothere' }, status: 404, code: 'VaultNotFound', words: /nothere/ },
    ],
    ['unknown path', { path: '/nothing/here', status: 404, code: 'NotFound', words: /nothing/ }],
    [
      'wrong verb',
      { method: 'PUT', path: '/keys', status: 405, code: 'MethodNotAllowed', words: /PUT/ },
    ],
    [
      'body no JSON',
      {
        method: 'POST',
        path: '/keys/a/create',
        sent: { raw: '{' },
        status: 400,
        code: 'BadParameter',
        words: /JSON/,
      },
    ],
    [
      'body a list',
      {
        method: 'POST',
        path: '/keys/a/create',
        sent: { body: [] },
        status: 400,
        code: 'BadParameter',
        words: /JSON object/,
      },
    ],
    [
      'body too large',
      {
        method: 'PUT',
        path: '/secrets/a',
        sent: { raw: ' '.repeat(9_000_000) },
        status: 413,
        code: 'RequestEntityTooLarge',
        words: /too large/,
      },
    ],
    ['name', bad('PUT', '/secrets/under_score', { value: 'x' }, /invalid name/)],
    ['name too long', bad('PUT', `/secrets/${'a'.repeat(128)}`, { value: 'x' }, /invalid name/)],
    [
      'version malformed',
      { path: '/keys/rsa/xyz', status: 400, code: 'BadParameter', words: /invalid version/ },
    ],
    [
      'maxresults 26',
      {
        path: '/keys?api-version=7.5&maxresults=26',
        status: 400,
        code: 'BadParameter',
        words: /maxresults/,
      },
    ],
    [
      'maxresults 0',
      {
        path: '/keys?api-version=7.5&maxresults=0',
        status: 400,
        code: 'BadParameter',
        words: /maxresults/,
      },
    ],
    [
      'maxresults text',
      {
        path: '/keys?api-version=7.5&maxresults=all',
        status: 400,
        code: 'BadParameter',
        words: /maxresults/,
      },
    ],
    [
      'skip token',
      {
        path: '/keys?api-version=7.5&$skiptoken=abc',
        status: 400,
        code: 'BadParameter',
        words: /skiptoken/,
      },
    ],
    ['key type', bad('POST', '/keys/a/create', { kty: 'DSA' }, /key type 'DSA'/)],
    ['key type missing', bad('POST', '/keys/a/create', {}, /'kty'/)],
    ['HSM key in a standard vault', bad('POST', '/keys/a/create', { kty: 'RSA-HSM' }, /standard/)],
    ['key size', bad('POST', '/keys/a/create', { kty: 'RSA', key_size: 1024 }, /key size 1024/)],
    ['curve', bad('POST', '/keys/a/create', { kty: 'EC', crv: 'P-192' }, /curve/)],
    ['exponent', bad('POST', '/keys/a/create', { kty: 'RSA', public_exponent: 5 }, /exponent/)],
    ['key_ops', bad('POST', '/keys/a/create', { kty: 'EC', key_ops: ['dance'] }, /dance/)],
    [
      'key_ops of a wrong type',
      bad('POST', '/keys/a/create', { kty: 'EC', key_ops: 'sign' }, /key_ops/),
    ],
    [
      'enabled of a wrong type',
      bad('PUT', '/secrets/a', { value: 'x', attributes: { enabled: 'yes' } }, /enabled/),
    ],
    [
      'nbf behind exp',
      bad('PUT', '/secrets/a', { value: 'x', attributes: { nbf: 2, exp: 1 } }, /nbf/),
    ],
    [
      'too many tags',
      bad(
        'PUT',
        '/secrets/a',
        { value: 'x', tags: Object.fromEntries([...Array(16).keys()].map((n) => [n, 'x'])) },
        /15 tags/,
      ),
    ],
    ['tag of a wrong type', bad('PUT', '/secrets/a', { value: 'x', tags: { a: 1 } }, /tags\.a/)],
    ['secret without value', bad('PUT', '/secrets/a', {}, /'value'/)],
    ['secret too large', bad('PUT', '/secrets/a', { value: 'x'.repeat(25_601) }, /25600/)],
    [
      'content type too long',
      bad('PUT', '/secrets/a', { value: 'x', contentType: 'x'.repeat(256) }, /255/),
    ],
    [
      'digest length',
      bad(
        'POST',
        '/keys/rsa/sign',
        { alg: 'RS256', value: 'AAAAAAAAAAAAAA' },
        "Invalid length of 'value': 10 bytes. RS256 requires 32 bytes, encoded with base64url.",
      ),
    ],
    [
      'algorithm unknown',
      bad('POST', '/keys/rsa/sign', { alg: 'RS1', value: digest }, /algorithm 'RS1'/),
    ],
    [
      'algorithm of another key type',
      bad('POST', '/keys/ec/sign', { alg: 'RS256', value: digest }, /EC key on curve P-256/),
    ],
    [
      'algorithm of another curve',
      bad('POST', '/keys/ec/sign', { alg: 'ES256K', value: digest }, /ES256K/),
    ],
    [
      'encryption with EC',
      {
        ...bad(
          'POST',
          '/keys/ec/encrypt',
          { alg: 'RSA-OAEP', value: 'AAAA' },
          /encrypt is not permitted/,
        ),
        status: 403,
        code: 'Forbidden',
        inner: 'KeyOperationForbidden',
      },
    ],
    ['value no base64', bad('POST', '/keys/rsa/sign', { alg: 'RS256', value: '***' }, /base64url/)],
    [
      'decrypting junk',
      bad(
        'POST',
        '/keys/rsa/decrypt',
        { alg: 'RSA-OAEP', value: 'AAAA' },
        /not encrypted for this key/,
      ),
    ],
    [
      'plain text too long',
      bad(
        'POST',
        '/keys/rsa/encrypt',
        { alg: 'RSA-OAEP', value: Buffer.alloc(300).toString('base64url') },
        /at most 214 bytes/,
      ),
    ],
    [
      'backup malformed',
      bad(
        'POST',
        '/secrets/restore',
        { value: 'AAAA' },
        'Backup blob contains invalid or corrupt version.',
      ),
    ],
    ['random count', bad('POST', '/rng', { count: 129 }, /count/)],
    [
      'import without private part',
      bad('PUT', '/keys/a', { key: { kty: 'EC', crv: 'P-256', x: 'AA', y: 'AA' } }, /'d'/),
    ],
    [
      'import of numbers that do not fit',
      bad(
        'PUT',
        '/keys/a',
        { key: { kty: 'EC', crv: 'P-256', x: 'AA', y: 'AA', d: 'AA' } },
        /do not make a private key/,
      ),
    ],
    [
      'release policy without exportable',
      bad(
        'POST',
        '/keys/a/create',
        { kty: 'EC', release_policy: { data: 'e30' } },
        'AKV.SKR.1005: Non-exportable keys must not have release policy.',
      ),
    ],
    [
      'exportable without release policy',
      bad('POST', '/keys/a/create', { kty: 'EC', attributes: { exportable: true } }, /exportable/i),
    ],
    ['certificate without policy', bad('POST', '/certificates/a/create', {}, /'policy'/)],
    [
      'certificate subject',
      bad(
        'POST',
        '/certificates/a/create',
        { policy: { x509_props: { subject: 'no' } } },
        /X\.500/,
      ),
    ],
    [
      'certificate of an unknown issuer',
      bad(
        'POST',
        '/certificates/a/create',
        { policy: { x509_props: { subject: 'CN=a' }, issuer: { name: 'ca' } } },
        /issuer 'ca'/,
      ),
    ],
    [
      'a name that is no address',
      bad(
        'POST',
        '/certificates/a/create',
        { policy: { x509_props: { subject: 'CN=a', sans: { ipAddresses: ['1.2.3'] } } } },
        /ipAddresses/,
      ),
    ],
    [
      'a name that is not ASCII',
      bad(
        'POST',
        '/certificates/a/create',
        { policy: { x509_props: { subject: 'CN=a', sans: { dns_names: ['bücher.example'] } } } },
        /dns_names/,
      ),
    ],
    [
      'PEM that holds no certificate',
      bad(
        'POST',
        '/certificates/a/import',
        {
          value: '-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----',
          policy: { secret_props: { contentType: 'application/x-pem-file' } },
        },
        /not an X\.509 certificate/,
      ),
    ],
    [
      'PEM where the policy says PFX',
      bad('POST', '/certificates/a/import', { value: '-----BEGIN CERTIFICATE-----' }, /x-pem-file/),
    ],
    [
      'PFX with another password',
      bad(
        'POST',
        '/certificates/a/import',
        { value: pfx, pwd: 'wrong' },
        /password is not correct/,
      ),
    ],
    ['PFX without a key', bad('POST', '/certificates/a/import', { value: bare }, /no private key/)],
    [
      'PFX that is cut',
      bad('POST', '/certificates/a/import', { value: pfx.slice(0, 400) }, /PKCS#12/),
    ],
    ['import of junk', bad('POST', '/certificates/a/import', { value: 'AAAA' }, /PKCS#12/)],
    [
      'rotation below seven days',
      bad(
        'PUT',
        '/keys/rsa/rotationpolicy',
        { lifetimeActions: [{ trigger: { timeAfterCreate: 'P6D' }, action: { type: 'Rotate' } }] },
        /7 days/,
      ),
    ],
    [
      'rotation before expiry without one',
      bad(
        'PUT',
        '/keys/rsa/rotationpolicy',
        {
          lifetimeActions: [{ trigger: { timeBeforeExpiry: 'P30D' }, action: { type: 'Rotate' } }],
        },
        /expiryTime/,
      ),
    ],
  ] as [string, Case][])('%s', (_, wanted) => check(wanted));
});

describe('the state of the object refuses', () => {
  const sign = { alg: 'ES256', value: digest };
  test.each([
    [
      'key_ops',
      {
        method: 'POST',
        path: '/keys/verifyonly/sign',
        sent: { body: sign },
        status: 403,
        code: 'Forbidden',
        inner: 'KeyOperationForbidden',
        words: 'Operation sign is not permitted on this key.',
      },
    ],
    [
      'a disabled key',
      {
        method: 'POST',
        path: '/keys/off/sign',
        sent: { body: sign },
        status: 403,
        code: 'Forbidden',
        inner: 'KeyDisabled',
        words: 'Operation sign is not allowed on a disabled key.',
      },
    ],
    [
      'a key not valid yet',
      {
        method: 'POST',
        path: '/keys/early/sign',
        sent: { body: sign },
        status: 403,
        code: 'Forbidden',
        inner: 'KeyNotYetValid',
        words: /not yet valid/,
      },
    ],
    [
      'an expired key',
      {
        method: 'POST',
        path: '/keys/late/sign',
        sent: { body: { ...sign, alg: 'RS256' } },
        status: 403,
        code: 'Forbidden',
        inner: 'KeyExpired',
        words: /expired/,
      },
    ],
    [
      'a disabled secret',
      {
        path: '/secrets/off',
        status: 403,
        code: 'Forbidden',
        inner: 'SecretDisabled',
        words: 'Operation get is not allowed on a disabled secret.',
      },
    ],
    [
      'a deleted name',
      {
        method: 'PUT',
        path: '/secrets/gone',
        sent: { body: { value: 'x' } },
        status: 409,
        code: 'Conflict',
        inner: 'ObjectIsDeletedButRecoverable',
        words:
          'Secret gone is currently in a deleted but recoverable state, and its name cannot be reused; in this state, the secret can only be recovered or purged.',
      },
    ],
    [
      'a name being deleted',
      {
        method: 'PUT',
        path: '/secrets/going',
        sent: { body: { value: 'x' } },
        status: 409,
        code: 'Conflict',
        inner: 'ObjectIsBeingDeleted',
        words: /being deleted/,
      },
    ],
    [
      'no such key',
      {
        path: '/keys/absent',
        status: 404,
        code: 'KeyNotFound',
        words:
          /^A key with \(name\/id\) absent was not found in this key vault\. If you recently deleted this key you may be able to recover it/,
      },
    ],
    [
      'no such secret',
      { path: '/secrets/absent', status: 404, code: 'SecretNotFound', words: /^A secret with/ },
    ],
    [
      'no such certificate',
      {
        path: '/certificates/absent',
        status: 404,
        code: 'CertificateNotFound',
        words: /^A certificate with/,
      },
    ],
    [
      'no such version',
      { path: `/keys/rsa/${'0'.repeat(32)}`, status: 404, code: 'KeyNotFound', words: /0000/ },
    ],
    [
      'no such deleted key',
      {
        path: '/deletedkeys/absent',
        status: 404,
        code: 'KeyNotFound',
        words: 'Deleted Key not found: absent',
      },
    ],
    [
      'no pending operation',
      {
        path: '/certificates/absent/pending',
        status: 404,
        code: 'PendingCertificateNotFound',
        words: 'Pending certificate not found: absent',
      },
    ],
    [
      'no such issuer',
      {
        path: '/certificates/issuers/absent',
        status: 404,
        code: 'CertificateIssuerNotFound',
        words: /absent/,
      },
    ],
    [
      'no contacts',
      {
        path: '/certificates/contacts',
        status: 404,
        code: 'CertificateContactsNotFound',
        words: /Contacts/,
      },
    ],
  ] as [string, Case][])('%s', (_, wanted) => check(wanted));

  test('an expired key still decrypts, unwraps and verifies; disabled ones are still read and changed', async () => {
    const wrapped = await rig.call('POST', '/keys/late/wrapkey', {
      body: { alg: 'RSA-OAEP', value: 'AAAA' },
    });
    expect(wrapped.json.error.innererror.code).toBe('KeyExpired');
    const junk = await rig.call('POST', '/keys/late/unwrapkey', {
      body: { alg: 'RSA-OAEP', value: 'AAAA' },
    });
    expect(junk.json.error.message).toMatch(/not encrypted for this key/);
    const verified = await rig.call('POST', '/keys/late/verify', {
      body: { alg: 'RS256', digest, value: 'AAAA' },
    });
    expect(verified.json).toEqual({ value: false });
    expect((await rig.call('GET', '/keys/off')).status).toBe(200);
    const on = await rig.call('PATCH', '/keys/off', { body: { attributes: { enabled: true } } });
    expect(on.json.attributes.enabled).toBe(true);
  });
});
