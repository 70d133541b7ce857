// The audit log: a record for each request, in the shape of Azure's diagnostic log.
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { JsonObject } from '../../base/index.ts';
import { auditName } from './audit.ts';
import { officer, openRig, pool, type Rig, stranger, vaultId } from './fixtures/rig.ts';
import { routes } from './routes.ts';

let rig: Rig;
beforeAll(async () => {
  rig = await openRig();
  const headers: [string, string][] = [
    ['x-ms-client-request-id', 'one'],
    ['user-agent', 'tests'],
  ];
  await rig.call('PUT', '/secrets/s', { body: { value: 'x' }, headers });
  await rig.call('GET', '/secrets/s', { as: stranger });
  await rig.call('GET', '/secrets/s', { authorization: '' });
});
afterAll(async () => {
  await rig.close();
  await pool.close();
});

const records = (query = {}) => rig.vault.audit.read(query) as Promise<JsonObject[]>;

describe('the audit log', () => {
  test('tells who did what to which object, with what outcome', async () => {
    const [first] = await records();
    expect(first).toEqual({
      time: '2026-03-01T12:00:00.000Z',
      category: 'AuditEvent',
      resourceId: vaultId().toUpperCase(),
      vaultName: 'kv1',
      operationName: 'SecretSet',
      operationVersion: '7.5',
      resultType: 'Success',
      resultSignature: 'OK',
      resultDescription: '',
      durationMs: 0,
      callerIpAddress: '127.0.0.1',
      correlationId: 'one',
      identity: {
        claim: {
          'http://schemas.microsoft.com/identity/claims/objectidentifier': officer,
          appid: 'app-aaaa',
        },
      },
      properties: {
        id: 'https://kv1.vault.azure.net/secrets/s',
        requestUri: 'https://kv1.vault.azure.net/secrets/s',
        clientInfo: 'tests',
        httpMethod: 'PUT',
        httpStatusCode: 200,
        isRbacAuthorized: true,
        isAccessPolicyMatch: false,
        objectName: 's',
      },
    });
  });

  test('holds refusals with their inner code, and requests without a token', async () => {
    const refused = await records({ refused: true });
    expect(
      refused.map(({ operationName, resultSignature }) => [operationName, resultSignature]),
    ).toEqual([
      ['SecretGet', 'ForbiddenByRbac'],
      ['Authentication', 'Unauthorized'],
    ]);
  });

  test('is read by vault, by operation, and the newest of many', async () => {
    expect(await records({ vault: 'other' })).toEqual([]);
    expect(await records({ operation: 'secretset' })).toHaveLength(1);
    expect((await records({ limit: 1 }))[0]!.operationName).toBe('Authentication');
  });

  test('goes on for thirty days', async () => {
    for (let day = 0; day < 32; day++) {
      await rig.advance(86_400_000);
      await rig.call('GET', '/secrets/s');
      await rig.vault.audit.flush();
    }
    const all = await records({ limit: 1_000 });
    expect(all).toHaveLength(31);
    expect(all[0]!.time).toBe('2026-03-03T12:00:00.000Z');
  });
});

test('operations are named as Azure names them', () => {
  const names = Object.fromEntries(
    routes.map(({ operation }) => [operation, auditName(operation)]),
  );
  expect(names).toMatchObject({
    getSecret: 'SecretGet',
    getSecrets: 'SecretList',
    setSecret: 'SecretSet',
    sign: 'KeySign',
    wrapKey: 'KeyWrapKey',
    createKey: 'KeyCreate',
    getKeys: 'KeyList',
    deleteKey: 'KeyDelete',
    importCertificate: 'CertificateImport',
    getDeletedSecrets: 'SecretListDeleted',
    recoverDeletedKey: 'KeyRecoverDeleted',
    purgeDeletedKey: 'KeyPurgeDeleted',
  });
});
