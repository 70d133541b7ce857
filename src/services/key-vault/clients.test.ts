// The Azure SDK's clients, unmodified, over an HTTP client that hands their requests to the vault.
import {
  constants,
  createHash,
  createPublicKey,
  publicEncrypt,
  verify,
  X509Certificate,
} from 'node:crypto';
import { CertificateClient } from '@azure/keyvault-certificates';
import { CryptographyClient, KeyClient } from '@azure/keyvault-keys';
import { SecretClient } from '@azure/keyvault-secrets';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { readBody } from '../../http/index.ts';
import { officer, openRig, pool, type Rig } from './fixtures/rig.ts';

let rig: Rig;
let moving: NodeJS.Timeout;
const url = 'https://kv1.vault.azure.net';

/** What core-rest-pipeline asks of an HTTP client. */
const httpClient = {
  // biome-ignore lint/suspicious/noExplicitAny: the SDK's own types are not direct dependencies
  async sendRequest(request: any) {
    const target = request.url.slice(request.url.indexOf('/', 8));
    const text = typeof request.body === 'string' ? request.body : undefined;
    const response = await rig.exchange({
      method: request.method,
      target,
      headers: [...request.headers].map(([name, value]) => [name, value] as const),
      body: text
        ? (async function* () {
            yield Buffer.from(text);
          })()
        : null,
      connection: {
        scheme: 'https',
        host: new URL(request.url).hostname,
        port: 443,
        remoteAddress: '127.0.0.1',
        signal: new AbortController().signal,
        hops: 0,
      },
    });
    const headers = request.headers.constructor === Map ? new Map() : cloneHeaders(request.headers);
    for (const [name, value] of response.headers) headers.set(name, value);
    const bodyAsText = (await readBody(response.body)).toString('utf8');
    return { request, status: response.status, headers, bodyAsText };
  },
};

// biome-ignore lint/suspicious/noExplicitAny: see above
function cloneHeaders(headers: any) {
  const copy = Object.create(Object.getPrototypeOf(headers));
  Object.assign(copy, headers);
  copy._headersMap = new Map();
  return copy;
}

const credential = {
  async getToken(_scopes: string | string[]) {
    return { token: await rig.token(officer), expiresOnTimestamp: Date.now() + 3_600_000 };
  },
};
const options = { httpClient, retryOptions: { maxRetries: 0 } } as const;
const quick = { intervalInMs: 20 };
let keys: KeyClient;
let secrets: SecretClient;
let certificates: CertificateClient;

beforeAll(async () => {
  rig = await openRig({ transitionMs: 300, issuanceMs: 300 });
  // The SDKs' pollers wait in real time; the vault's clock goes along.
  moving = setInterval(() => rig.clock.advance(20), 20);
  keys = new KeyClient(url, credential, options as object);
  secrets = new SecretClient(url, credential, options as object);
  certificates = new CertificateClient(url, credential, options as object);
});
afterAll(async () => {
  clearInterval(moving);
  await rig.close();
  await pool.close();
});

async function all<T>(pages: AsyncIterable<T>): Promise<T[]> {
  const list: T[] = [];
  for await (const item of pages) list.push(item);
  return list;
}

describe('KeyClient', () => {
  test('creates, lists, updates, rotates, backs up, deletes, restores', async () => {
    const rsa = await keys.createRsaKey('sdk-rsa', { keySize: 2048, tags: { a: 'b' } });
    expect(rsa.keyOperations).toHaveLength(6);
    await keys.createEcKey('sdk-ec', { curve: 'P-521' });
    const imported = await keys.importKey('sdk-imported', {
      kty: 'EC',
      crv: 'P-256',
      ...ecNumbers(),
    });
    expect(imported.key?.x?.length).toBe(32);
    const changed = await keys.updateKeyProperties('sdk-rsa', rsa.properties.version!, {
      enabled: true,
      keyOps: ['sign', 'verify'],
      tags: { c: 'd' },
    });
    expect(changed.keyOperations).toEqual(['sign', 'verify']);
    expect(changed.properties.tags).toEqual({ c: 'd' });
    const rotated = await keys.rotateKey('sdk-rsa');
    expect(rotated.properties.version).not.toBe(rsa.properties.version);
    expect(await all(keys.listPropertiesOfKeyVersions('sdk-rsa'))).toHaveLength(2);
    const names = (await all(keys.listPropertiesOfKeys())).map(({ name }) => name);
    expect(names).toEqual(expect.arrayContaining(['sdk-rsa', 'sdk-ec', 'sdk-imported']));
    const policy = await keys.updateKeyRotationPolicy('sdk-rsa', {
      expiresIn: 'P90D',
      lifetimeActions: [{ action: 'Rotate', timeBeforeExpiry: 'P20D' }],
    });
    expect(policy.lifetimeActions).toHaveLength(2);
    expect((await keys.getKeyRotationPolicy('sdk-rsa')).expiresIn).toBe('P90D');
    const backup = await keys.backupKey('sdk-rsa');
    const deletion = await keys.beginDeleteKey('sdk-rsa', quick);
    const deleted = await deletion.pollUntilDone();
    expect(deleted.properties.recoveryId).toBe(`${url}/deletedkeys/sdk-rsa`);
    expect((await all(keys.listDeletedKeys())).map(({ name }) => name)).toContain('sdk-rsa');
    await keys.purgeDeletedKey('sdk-rsa');
    const restored = await keys.restoreKeyBackup(backup!);
    expect(restored.id).toBe(rotated.id);
    expect(await keys.getRandomBytes(10).then((bytes) => bytes.length)).toBe(10);
  });

  test('a deletion poller that is stopped and resumed still ends', async () => {
    await keys.createEcKey('sdk-resumed');
    const poller = await keys.beginDeleteKey('sdk-resumed', quick);
    expect(poller.getOperationState().isCompleted).toBeFalsy();
    const resumed = await keys.beginDeleteKey('sdk-resumed', {
      ...quick,
      resumeFrom: poller.toString(),
    });
    await resumed.pollUntilDone();
    const recovery = await keys.beginRecoverDeletedKey('sdk-resumed', quick);
    expect(recovery.getOperationState().isCompleted).toBeFalsy();
    expect((await recovery.pollUntilDone()).name).toBe('sdk-resumed');
  });

  test('CryptographyClient signs, wraps and decrypts what it encrypted here', async () => {
    const key = await keys.createRsaKey('sdk-crypto');
    const client = new CryptographyClient(key, credential, options as object);
    const digest = createHash('sha256').update('x').digest();
    for (const algorithm of ['RS256', 'PS256'] as const) {
      const { result } = await client.sign(algorithm, digest);
      expect((await client.verify(algorithm, digest, result)).result).toBe(true);
    }
    const { result } = await client.signData('RS512', Buffer.from('data'));
    expect((await client.verifyData('RS512', Buffer.from('data'), result)).result).toBe(true);
    const sealed = await client.encrypt('RSA-OAEP', Buffer.from('plain'));
    expect(Buffer.from((await client.decrypt('RSA-OAEP', sealed.result)).result).toString()).toBe(
      'plain',
    );
    const wrapped = await client.wrapKey('RSA-OAEP-256', Buffer.alloc(32, 5));
    const unwrapped = await client.unwrapKey('RSA-OAEP-256', wrapped.result);
    expect(Buffer.from(unwrapped.result)).toEqual(Buffer.alloc(32, 5));
  });
});

function ecNumbers() {
  const decode = (text: string) => new Uint8Array(Buffer.from(text, 'base64url'));
  // RFC 7515, appendix A.3.
  return {
    x: decode('f83OJ3D2xF1Bg8vub9tLe1gHMzV76e8Tus9uPHvRVEU'),
    y: decode('x_FEzRu9m36HLN_tue659LNpXW6pCyStikYjKIWI5a0'),
    d: decode('jpsQnnGQmL-YBIffH1136cspYG6-0iY7X1fCE9-E9LI'),
  };
}

describe('SecretClient', () => {
  test('sets, reads, updates, pages, deletes, recovers, backs up', async () => {
    await secrets.setSecret('sdk-s', 'one', { contentType: 'text/plain', tags: { a: '1' } });
    const two = await secrets.setSecret('sdk-s', 'two');
    expect((await secrets.getSecret('sdk-s')).value).toBe('two');
    expect(await all(secrets.listPropertiesOfSecretVersions('sdk-s'))).toHaveLength(2);
    const updated = await secrets.updateSecretProperties('sdk-s', two.properties.version!, {
      enabled: false,
    });
    expect(updated.enabled).toBe(false);
    await expect(secrets.getSecret('sdk-s')).rejects.toMatchObject({ code: 'Forbidden' });
    await secrets.updateSecretProperties('sdk-s', '', { enabled: true });
    for (let at = 0; at < 32; at++) await secrets.setSecret(`page-${at}`, `${at}`);
    const pages = await all(secrets.listPropertiesOfSecrets().byPage({ maxPageSize: 10 }));
    expect(pages.length).toBeGreaterThanOrEqual(4);
    expect(pages.flat().filter(({ name }) => name.startsWith('page-'))).toHaveLength(32);
    const poller = await secrets.beginDeleteSecret('sdk-s', quick);
    await poller.pollUntilDone();
    expect((await secrets.getDeletedSecret('sdk-s')).value).toBeUndefined();
    const recovery = await secrets.beginRecoverDeletedSecret('sdk-s', quick);
    await recovery.pollUntilDone();
    const backup = await secrets.backupSecret('sdk-s');
    await expect(secrets.restoreSecretBackup(backup!)).rejects.toMatchObject({ statusCode: 409 });
    await expect(secrets.restoreSecretBackup(Buffer.from('junk'))).rejects.toThrow(
      'Backup blob contains invalid or corrupt version.',
    );
  });
});

describe('CertificateClient', () => {
  const policy = { issuerName: 'Self', subject: 'cn=MyCert' };

  test('creates with a poller that finds it in progress first', async () => {
    const poller = await certificates.beginCreateCertificate('sdk-c', policy, quick);
    expect(poller.getOperationState().isCompleted).toBeFalsy();
    const pending = await certificates.getCertificate('sdk-c');
    expect(pending.properties.enabled).toBe(false);
    const done = await poller.pollUntilDone();
    expect(done.properties.enabled).toBe(true);
    expect(new X509Certificate(done.cer!).subject).toBe('CN=MyCert');
    expect(await all(certificates.listPropertiesOfCertificateVersions('sdk-c'))).toHaveLength(1);
    const changed = await certificates.updateCertificateProperties('sdk-c', '', {
      tags: { z: 'y' },
    });
    expect(changed.properties.tags).toEqual({ z: 'y' });
    // This client gives back an empty object whatever the service answers.
    await certificates.updateCertificatePolicy('sdk-c', { ...policy, validityInMonths: 3 });
    expect((await certificates.getCertificatePolicy('sdk-c')).validityInMonths).toBe(3);
    const { value } = await secrets.getSecret('sdk-c');
    expect(value).toBeTruthy();
  });

  test('cancels and deletes a pending operation', async () => {
    await certificates.beginCreateCertificate('sdk-cancel', policy, quick);
    const operation = await certificates.getCertificateOperation('sdk-cancel', quick);
    await operation.cancelOperation();
    expect(operation.getOperationState().certificateOperation?.cancellationRequested).toBe(true);
    await certificates.deleteCertificateOperation('sdk-cancel');
    await expect(certificates.getCertificateOperation('sdk-cancel', quick)).rejects.toMatchObject({
      statusCode: 404,
    });
    expect((await certificates.getCertificate('sdk-cancel')).properties.enabled).toBe(false);
  });

  test('issuers, contacts, and a chain from an integrated issuer', async () => {
    await certificates.createIssuer('sdk-ca', 'Test', { accountId: 'me', password: 'hidden' });
    const issuer = await certificates.getIssuer('sdk-ca');
    expect(JSON.stringify(issuer)).not.toContain('hidden');
    expect((await all(certificates.listPropertiesOfIssuers())).map(({ id }) => id)).toEqual([
      `${url}/certificates/issuers/sdk-ca`,
    ]);
    await certificates.setContacts([{ email: 'a@b.example', name: 'A' }]);
    expect(await certificates.getContacts()).toEqual([
      { email: 'a@b.example', name: 'A', phone: undefined },
    ]);
    const poller = await certificates.beginCreateCertificate(
      'sdk-issued',
      { issuerName: 'sdk-ca', subject: 'CN=issued', contentType: 'application/x-pem-file' },
      quick,
    );
    const done = await poller.pollUntilDone();
    const { value = '' } = await secrets.getSecret('sdk-issued');
    const blocks = value.match(/-----BEGIN [A-Z ]+-----/g);
    expect(blocks).toEqual([
      '-----BEGIN PRIVATE KEY-----',
      '-----BEGIN CERTIFICATE-----',
      '-----BEGIN CERTIFICATE-----',
    ]);
    const authority = new X509Certificate(value.slice(value.lastIndexOf('-----BEGIN')));
    expect(new X509Certificate(done.cer!).verify(authority.publicKey)).toBe(true);
    const changed = await certificates.updateIssuer('sdk-ca', { organizationId: 'org' });
    expect(changed).toMatchObject({ accountId: 'me', organizationId: 'org' });
    await certificates.deleteIssuer('sdk-ca');
    await certificates.deleteContacts();
  });

  test('imports the PFX it gave out, with versions; deletes, recovers, restores', async () => {
    const source = await (
      await certificates.beginCreateCertificate('sdk-source', policy, quick)
    ).pollUntilDone();
    const { value } = await secrets.getSecret('sdk-source');
    const imported = await certificates.importCertificate(
      'sdk-import',
      Buffer.from(value!, 'base64'),
    );
    expect(imported.cer).toEqual(source.cer);
    const backup = await certificates.backupCertificate('sdk-import');
    await (await certificates.beginDeleteCertificate('sdk-import', quick)).pollUntilDone();
    expect((await all(certificates.listDeletedCertificates())).map(({ name }) => name)).toContain(
      'sdk-import',
    );
    await (await certificates.beginRecoverDeletedCertificate('sdk-import', quick)).pollUntilDone();
    await (await certificates.beginDeleteCertificate('sdk-import', quick)).pollUntilDone();
    await certificates.purgeDeletedCertificate('sdk-import');
    const restored = await certificates.restoreCertificateBackup(backup!);
    expect(restored.id).toBe(imported.id);
    const key = await keys.getKey('sdk-import');
    expect(key.properties.managed).toBe(true);
    await expect(keys.beginDeleteKey('sdk-import')).rejects.toMatchObject({ statusCode: 409 });
  });
});

test('what RSA1_5 encrypts outside is decrypted by the vault', async () => {
  const key = await keys.createRsaKey('sdk-old');
  const jwk = { kty: 'RSA', n: b64(key.key!.n!), e: b64(key.key!.e!) };
  const padding = constants.RSA_PKCS1_PADDING;
  const sealed = publicEncrypt(
    { key: createPublicKey({ key: jwk, format: 'jwk' }), padding },
    Buffer.from('a'),
  );
  const client = new CryptographyClient(key.id!, credential, options as object);
  expect(Buffer.from((await client.decrypt('RSA1_5', sealed)).result).toString()).toBe('a');
  const { result } = await client.sign('RS256', createHash('sha256').update('m').digest());
  expect(
    verify('sha256', Buffer.from('m'), createPublicKey({ key: jwk, format: 'jwk' }), result),
  ).toBe(true);
});

const b64 = (bytes: Uint8Array) => Buffer.from(bytes).toString('base64url');
