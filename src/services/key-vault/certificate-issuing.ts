// Makes certificates: key and request, the issuer's answer, the batch that completes a version.
import { createPrivateKey, generateKeyPairSync, randomBytes } from 'node:crypto';
import { newHexId } from '../../base/index.ts';
import {
  createCertificate,
  createCertificateRequest,
  type ParsedCertificate,
  parseCertificate,
} from '../../crypto/index.ts';
import type { Write } from '../../store/index.ts';
import { decide } from '../../telemetry/index.ts';
import { writeContent } from './certificate-content.ts';
import { extensionsOf, keyOpsOf } from './certificate-policy.ts';
import {
  generateMaterial,
  keyObjectOf,
  type Material,
  publicKeyOf,
  readKeyKind,
} from './key-material.ts';
import { lifecycleWrites } from './lifecycle.ts';
import { certificateBackdateMs } from './limits.ts';
import { getVersion, objectKey, putObject, putVersion } from './objects.ts';
import { type Room, seconds, type Vault } from './room.ts';
import {
  type CertificatePolicy,
  type CertificateVersion,
  type KeyVersion,
  kinds,
  type ObjectRecord,
  type PendingCertificate,
  type SecretVersion,
} from './state.ts';

/** A new key by the policy. */
export function generateForPolicy(room: Room, vault: Vault, { key }: CertificatePolicy) {
  const kind = readKeyKind(key.kty, vault.premium);
  return generateMaterial(room, kind, { key_size: key.size ?? null, crv: key.crv ?? null });
}

export interface Beginning {
  readonly policy: CertificatePolicy;
  readonly material: Material;
  readonly enabled: boolean;
  readonly tags?: Readonly<Record<string, string>>;
  readonly preserveOrder?: boolean;
}

/** Begins a version: key, request and disabled records; gives the record and the writes. */
export async function beginVersion(
  room: Room,
  vault: Vault,
  name: string,
  previous: ObjectRecord | undefined,
  beginning: Beginning,
): Promise<{ record: ObjectRecord; writes: Write[] }> {
  const { policy, material, enabled, tags, preserveOrder } = beginning;
  const nowMs = room.clock.now();
  const version = newHexId();
  const base = {
    version,
    createdMs: nowMs,
    updatedMs: nowMs,
    enabled: false,
    nbf: seconds(nowMs),
    exp: seconds(addMonths(nowMs, policy.x509.validityMonths)),
    ...(tags && { tags }),
  };
  const key: KeyVersion = {
    ...base,
    ...material,
    keyOps: keyOpsOf(policy),
    ...exportability(policy),
  };
  const signingKey = keyObjectOf(key);
  const csr = await createCertificateRequest({
    subject: policy.x509.subject,
    publicKey: publicKeyOf(key),
    signingKey,
    ...extensionsOf(policy),
  });
  const pending: PendingCertificate = {
    version,
    requestId: randomBytes(16).toString('hex'),
    csr: csr.toString('base64'),
    ...(policy.issuer.name !== 'Unknown' && { dueMs: nowMs + room.settings.issuanceMs }),
    cancellationRequested: false,
    status: 'inProgress',
    preserveOrder,
    enabled,
  };
  const certificate: CertificateVersion = { ...base, pending: true };
  const secret: SecretVersion = {
    ...base,
    value: '',
    contentType: policy.contentType,
    managed: true,
  };
  const record: ObjectRecord = {
    ...(previous ?? { type: 'certificates', name, createdMs: nowMs, current: version }),
    policy,
    pending,
  };
  const writes = [
    putVersion(vault, { type: 'keys', name }, key),
    putVersion(vault, { type: 'secrets', name }, secret),
    putVersion(vault, record, certificate),
    ...(previous ? [] : linkedObjects(vault, name, version, nowMs)),
  ];
  return { record, writes };
}

const exportability = ({ key }: CertificatePolicy) => (key.exportable ? {} : { exportable: false });

/** The managed key and secret of a certificate's name, standing at a version. */
export function linkedObjects(
  vault: Vault,
  name: string,
  current: string,
  createdMs: number,
): Write[] {
  return (['keys', 'secrets'] as const).map((type) =>
    putObject(vault, { type, name, current, createdMs, managed: true }),
  );
}

export interface Completion {
  readonly version: string;
  readonly leaf: ParsedCertificate;
  readonly chain: readonly ParsedCertificate[];
  readonly key: KeyVersion;
  readonly policy: CertificatePolicy;
  readonly enabled: boolean;
  readonly tags?: Readonly<Record<string, string>>;
}

/** Writes that make a version whole: certificate, key and secret in one batch, same version. */
export function completionWrites(
  room: Room,
  vault: Vault,
  record: ObjectRecord,
  completion: Completion,
): { writes: Write[]; version: CertificateVersion; record: ObjectRecord } {
  const { version, leaf, chain, key, policy, enabled, tags } = completion;
  const { name } = record;
  const base = {
    version,
    createdMs: key.createdMs,
    updatedMs: room.clock.now(),
    enabled,
    nbf: seconds(leaf.notBefore),
    exp: seconds(leaf.notAfter),
    ...(tags && { tags }),
  };
  const certificate: CertificateVersion = {
    ...base,
    cer: leaf.der.toString('base64'),
    ...(chain.length > 0 && { chain: chain.map(({ der }) => der.toString('base64')) }),
    contentType: policy.contentType,
  };
  const secret: SecretVersion = {
    ...base,
    value: writeContent(policy.contentType, {
      ...(policy.key.exportable && { privateKey: keyObjectOf(key) }),
      certificates: [leaf.der, ...chain.map(({ der }) => der)],
    }),
    contentType: policy.contentType,
    managed: true,
  };
  const next: ObjectRecord = { ...record, current: version };
  const writes = [
    putVersion(vault, { type: 'keys', name }, { ...key, ...base }),
    putVersion(vault, { type: 'secrets', name }, secret),
    putVersion(vault, next, certificate),
    ...linkedObjects(vault, name, version, record.createdMs),
  ];
  return { writes, version: certificate, record: next };
}

/** Same day of a later month, as .NET's AddMonths: the last day where the month is shorter. */
export function addMonths(atMs: number, months: number): number {
  const date = new Date(atMs);
  const day = date.getUTCDate();
  date.setUTCDate(1);
  date.setUTCMonth(date.getUTCMonth() + months);
  const last = new Date(Date.UTC(date.getUTCFullYear(), date.getUTCMonth() + 1, 0)).getUTCDate();
  date.setUTCDate(Math.min(day, last));
  return date.getTime();
}

/** The issuer's answer to a pending request; gives leaf and chain. */
async function answerRequest(room: Room, vault: Vault, policy: CertificatePolicy, key: KeyVersion) {
  const nowMs = room.clock.now();
  const signingKey = keyObjectOf(key);
  const authority = policy.issuer.name === 'Self' ? undefined : await authorityOf(room, vault);
  const leaf = await createCertificate({
    subject: policy.x509.subject,
    publicKey: publicKeyOf(key),
    signingKey: authority?.key ?? signingKey,
    ...(authority && { issuer: authority.certificate.der }),
    notBefore: nowMs - certificateBackdateMs,
    notAfter: addMonths(nowMs, policy.x509.validityMonths),
    ...extensionsOf(policy),
  });
  return { leaf: parseCertificate(leaf), chain: authority ? [authority.certificate] : [] };
}

/** The built-in authority behind every integrated issuer of a vault; made when first needed. */
async function authorityOf(room: Room, vault: Vault) {
  const found = await room.records.get<{ certificate: string; key: string }>(
    kinds.authority,
    vault.instance,
  );
  if (found) {
    const key = Buffer.from(found.value.key, 'base64');
    return {
      certificate: parseCertificate(Buffer.from(found.value.certificate, 'base64')),
      key: createPrivateKey({ key, format: 'der', type: 'pkcs8' }),
    };
  }
  const { privateKey, publicKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  const nowMs = room.clock.now();
  const certificate = await createCertificate({
    subject: `CN=Lazurite issuing authority of ${vault.name}, O=Lazurite`,
    publicKey,
    signingKey: privateKey,
    notBefore: nowMs - certificateBackdateMs,
    notAfter: addMonths(nowMs, 1_200),
    keyUsage: ['keyCertSign', 'cRLSign'],
    basicConstraints: { ca: true, pathLength: 0 },
  });
  const value = {
    certificate: certificate.toString('base64'),
    key: privateKey.export({ format: 'der', type: 'pkcs8' }).toString('base64'),
  };
  await room.store.write([
    { put: { kind: kinds.authority, key: vault.instance, value, sealed: true }, ifVersion: 0 },
  ]);
  return { certificate: parseCertificate(certificate), key: privateKey };
}

/**
 * Brings a pending certificate to where the clock says it is: issued, or cancelled. The record
 * as it stands afterwards. Called on every access and by the timer; doing it twice changes nothing.
 */
export async function settlePending(
  room: Room,
  vault: Vault,
  name: string,
): Promise<ObjectRecord | undefined> {
  const key = objectKey(vault, 'certificates', name);
  const due = (record: ObjectRecord | undefined) => {
    const { pending } = record ?? {};
    const { dueMs, status } = pending ?? {};
    return status === 'inProgress' && dueMs !== undefined && room.clock.now() >= dueMs;
  };
  const before = await room.records.get<ObjectRecord>(kinds.object, key);
  if (!due(before?.value) || before?.value.deletion) return before?.value;
  return room.inOrder(key, async () => {
    const found = await room.records.get<ObjectRecord>(kinds.object, key);
    if (!found || !due(found.value)) return found?.value;
    return issue(room, vault, found.value, found.version);
  });
}

async function issue(room: Room, vault: Vault, record: ObjectRecord, stored: number) {
  const pending = record.pending!;
  const policy = record.policy!;
  if (pending.cancellationRequested) {
    const cancelled: ObjectRecord = { ...record, pending: { ...pending, status: 'cancelled' } };
    await room.store.write([putObject(vault, cancelled, stored)]);
    return cancelled;
  }
  const keyRecord = { type: 'keys' as const, name: record.name } as ObjectRecord;
  const key = await getVersion<KeyVersion>(room, vault, keyRecord, pending.version);
  const begun = await getVersion<CertificateVersion>(room, vault, record, pending.version);
  const { leaf, chain } = await answerRequest(room, vault, policy, key!.value);
  const done = completionWrites(room, vault, record, {
    version: pending.version,
    leaf,
    chain,
    key: key!.value,
    policy,
    enabled: pending.enabled,
    tags: begun?.value.tags,
  });
  const next: ObjectRecord = { ...done.record, pending: { ...pending, status: 'completed' } };
  await room.store.write([
    putObject(vault, next, stored),
    ...done.writes,
    ...(await lifecycleWrites(room, vault, next, done.version, room.clock.now())),
  ]);
  decide({
    rule: 'vault certificate issued',
    outcome: 'done',
    reason: `The issuer '${policy.issuer.name}' answered the request.`,
    input: { certificate: record.name, version: pending.version },
  });
  notifyCertificate(room, vault, record.name, done.version);
  return next;
}

export function notifyCertificate(
  room: Room,
  vault: Vault,
  name: string,
  { version, nbf, exp }: CertificateVersion,
): void {
  const kind = 'NewVersionCreated';
  room.notify({ vault, kind, type: 'certificates', name, version, nbf, exp });
}
