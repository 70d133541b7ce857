// `lazurite audit`: what it asks for and how it tells a record.
import { stripVTControlCharacters } from 'node:util';
import { expect, test } from 'vitest';
import { type AuditRecord, auditQuery, describeRecord } from './audit.ts';

const record: AuditRecord = {
  time: '2026-03-01T12:00:00.000Z',
  vaultName: 'kv1',
  operationName: 'KeySign',
  resultSignature: 'ForbiddenByRbac',
  callerIpAddress: '127.0.0.1',
  identity: { claim: { 'http://schemas.microsoft.com/identity/claims/objectidentifier': 'o' } },
  properties: { httpStatusCode: 403, objectName: 'k' },
};

test('a record is one line: when, where, what, outcome, who', () => {
  expect(stripVTControlCharacters(describeRecord(record))).toBe(
    '2026-03-01T12:00:00.000Z  kv1  KeySign k  403 ForbiddenByRbac  o from 127.0.0.1',
  );
  const fine = { ...record, identity: {}, properties: { httpStatusCode: 200 } };
  expect(stripVTControlCharacters(describeRecord(fine))).toContain('KeySign  200  nobody from');
});

test('options become the query of the control service', () => {
  expect(String(auditQuery({ limit: '5' }))).toBe('limit=5');
  const all = { limit: '5', vault: 'kv', operation: 'KeySign', refused: true };
  expect(String(auditQuery(all))).toBe('limit=5&vault=kv&operation=KeySign&refused=true');
});
