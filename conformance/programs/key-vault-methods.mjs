// An unmodified program: every method of the data-plane clients, pollers stopped and resumed too.
import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { ClientSecretCredential } from '@azure/identity';
import { CertificateClient } from '@azure/keyvault-certificates';
import { CryptographyClient, KeyClient } from '@azure/keyvault-keys';
import { SecretClient } from '@azure/keyvault-secrets';

const { TENANT, CLIENT, SECRET } = process.env;
const url = `https://${process.argv[2]}.vault.azure.net`;
const credential = new ClientSecretCredential(TENANT, CLIENT, SECRET);
const keys = new KeyClient(url, credential);
const secrets = new SecretClient(url, credential);
const certificates = new CertificateClient(url, credential);
const quick = { intervalInMs: 100 };
const all = async (pages) => {
  const list = [];
  for await (const item of pages) list.push(item);
  return list;
};
const named = (list, name) => list.some((each) => each.name === name);

const tasks = {
  async keys() {
    const key = await keys.createKey('m-key', 'EC', { curve: 'P-384' });
    await keys.createOctKey('m-oct').catch(() => undefined);
    await keys.createRsaKey('m-rsa', { keySize: 2048 });
    await keys.updateKeyProperties('m-key', { tags: { a: 'b' } });
    assert.equal(
      (await keys.getKey('m-key', { version: key.properties.version })).properties.tags.a,
      'b',
    );
    assert.notEqual((await keys.rotateKey('m-key')).properties.version, key.properties.version);
    await keys.updateKeyRotationPolicy('m-key', {
      lifetimeActions: [{ action: 'Rotate', timeAfterCreate: 'P2M' }],
    });
    assert.equal((await keys.getKeyRotationPolicy('m-key')).lifetimeActions.length, 2);
    assert.equal((await all(keys.listPropertiesOfKeyVersions('m-key'))).length, 2);
    assert(named(await all(keys.listPropertiesOfKeys()), 'm-rsa'));
    const backup = await keys.backupKey('m-key');
    const started = await keys.beginDeleteKey('m-key', quick);
    const resumed = await keys.beginDeleteKey('m-key', {
      ...quick,
      resumeFrom: started.toString(),
    });
    await resumed.pollUntilDone();
    assert.equal((await keys.getDeletedKey('m-key')).name, 'm-key');
    assert(named(await all(keys.listDeletedKeys()), 'm-key'));
    const recovery = await keys.beginRecoverDeletedKey('m-key', quick);
    const again = await keys.beginRecoverDeletedKey('m-key', {
      ...quick,
      resumeFrom: recovery.toString(),
    });
    await again.pollUntilDone();
    await (await keys.beginDeleteKey('m-key', quick)).pollUntilDone();
    await keys.purgeDeletedKey('m-key');
    assert.equal((await keys.restoreKeyBackup(backup)).name, 'm-key');
  },
  async cryptography() {
    const key = await keys.createRsaKey('m-crypto');
    const client = new CryptographyClient(key, credential);
    const digest = createHash('sha256').update('x').digest();
    const { result } = await client.sign('PS256', digest);
    assert((await client.verify('PS256', digest, result)).result);
    const sealed = await client.encrypt('RSA-OAEP-256', Buffer.from('x'));
    assert.equal(
      Buffer.from((await client.decrypt('RSA-OAEP-256', sealed.result)).result).toString(),
      'x',
    );
    const wrapped = await client.wrapKey('RSA-OAEP', Buffer.alloc(16, 1));
    assert.deepEqual(
      Buffer.from((await client.unwrapKey('RSA-OAEP', wrapped.result)).result),
      Buffer.alloc(16, 1),
    );
    const ec = await keys.createEcKey('m-curve', { curve: 'P-256K' });
    const signed = await new CryptographyClient(ec, credential).signData(
      'ES256K',
      Buffer.from('m'),
    );
    assert(
      (
        await new CryptographyClient(ec, credential).verifyData(
          'ES256K',
          Buffer.from('m'),
          signed.result,
        )
      ).result,
    );
    const local = new CryptographyClient(key.key);
    const inside = await local.encrypt('RSA-OAEP', Buffer.from('local'));
    assert.equal(
      Buffer.from((await client.decrypt('RSA-OAEP', inside.result)).result).toString(),
      'local',
    );
  },
  async secrets() {
    for (let at = 0; at < 30; at++) await secrets.setSecret(`m-page-${at}`, String(at));
    const pages = await all(secrets.listPropertiesOfSecrets().byPage({ maxPageSize: 7 }));
    assert(pages.every((page) => page.length <= 7));
    assert.equal(pages.flat().filter((each) => each.name.startsWith('m-page-')).length, 30);
    const { properties } = await secrets.setSecret('m-secret', 'one');
    await secrets.setSecret('m-secret', 'two');
    await secrets.updateSecretProperties('m-secret', properties.version, {
      contentType: 'text/plain',
    });
    assert.equal(
      (await secrets.getSecret('m-secret', { version: properties.version })).value,
      'one',
    );
    assert.equal((await all(secrets.listPropertiesOfSecretVersions('m-secret'))).length, 2);
    const backup = await secrets.backupSecret('m-secret');
    await (await secrets.beginDeleteSecret('m-secret', quick)).pollUntilDone();
    assert(named(await all(secrets.listDeletedSecrets()), 'm-secret'));
    await (await secrets.beginRecoverDeletedSecret('m-secret', quick)).pollUntilDone();
    await (await secrets.beginDeleteSecret('m-secret', quick)).pollUntilDone();
    await secrets.purgeDeletedSecret('m-secret');
    assert.equal((await secrets.restoreSecretBackup(backup)).name, 'm-secret');
  },
  async certificates() {
    const policy = { issuerName: 'Self', subject: 'CN=m' };
    const poller = await certificates.beginCreateCertificate('m-certificate', policy, quick);
    const resumed = await certificates.beginCreateCertificate('m-certificate', policy, {
      ...quick,
      resumeFrom: poller.toString(),
    });
    const made = await resumed.pollUntilDone();
    assert(made.cer.length > 0);
    await certificates.updateCertificateProperties('m-certificate', made.properties.version, {
      tags: { a: 'b' },
    });
    assert.equal(
      (await certificates.getCertificateVersion('m-certificate', made.properties.version))
        .properties.tags.a,
      'b',
    );
    await certificates.updateCertificatePolicy('m-certificate', {
      ...policy,
      validityInMonths: 24,
    });
    assert.equal((await certificates.getCertificatePolicy('m-certificate')).validityInMonths, 24);
    const { value } = await secrets.getSecret('m-certificate');
    await certificates.importCertificate('m-imported', Buffer.from(value, 'base64'));
    assert(named(await all(certificates.listPropertiesOfCertificates()), 'm-imported'));
    const backup = await certificates.backupCertificate('m-certificate');
    await (await certificates.beginDeleteCertificate('m-certificate', quick)).pollUntilDone();
    assert(named(await all(certificates.listDeletedCertificates()), 'm-certificate'));
    await (
      await certificates.beginRecoverDeletedCertificate('m-certificate', quick)
    ).pollUntilDone();
    await (await certificates.beginDeleteCertificate('m-certificate', quick)).pollUntilDone();
    await certificates.purgeDeletedCertificate('m-certificate');
    assert.equal((await certificates.restoreCertificateBackup(backup)).name, 'm-certificate');
    await certificates.beginCreateCertificate('m-cancelled', policy, quick);
    const operation = await certificates.getCertificateOperation('m-cancelled', quick);
    await operation.cancelOperation();
    await certificates.deleteCertificateOperation('m-cancelled');
    await certificates.setContacts([{ email: 'a@b.example' }]);
    assert.equal((await certificates.getContacts()).length, 1);
    await certificates.deleteContacts();
    await certificates.createIssuer('m-issuer', 'Test');
    await certificates.updateIssuer('m-issuer', { accountId: 'x' });
    assert.equal((await certificates.getIssuer('m-issuer')).accountId, 'x');
    assert.equal((await all(certificates.listPropertiesOfIssuers())).length, 1);
    await certificates.deleteIssuer('m-issuer');
  },
};
await tasks[process.argv[3]]();
process.stdout.write('{"ok":true}\n');
