// Certificates: create, import, read, list, update, policy.
import { createPublicKey, type KeyObject } from 'node:crypto';
import { type JsonObject, newHexId } from '../../base/index.ts';
import { contentTypeOf, orderChain, parseAll, readContent } from './certificate-content.ts';
import {
  beginVersion,
  completionWrites,
  generateForPolicy,
  notifyCertificate,
  settlePending,
} from './certificate-issuing.ts';
import {
  contentTypes,
  keyOpsOf,
  policyOfImport,
  policyView,
  readCertificatePolicy,
} from './certificate-policy.ts';
import { certificateBundle, certificateItem, operationView } from './certificate-view.ts';
import { badParameter, nameIsHeld, VaultError } from './errors.ts';
import { requireIssuer } from './issuers.ts';
import { type Material, materialOf } from './key-material.ts';
import { lifecycleWrites } from './lifecycle.ts';
import {
  checkNameFree,
  type Found,
  findObject,
  getVersion,
  nameOf,
  objectKey,
  putObject,
  putVersion,
  requireLive,
  requireVersion,
} from './objects.ts';
import { listObjects, listVersions } from './paging.ts';
import type { Call, Handler, Room } from './room.ts';
import type { CertificateVersion, KeyVersion, ObjectRecord, SecretVersion } from './state.ts';
import {
  applyAttributes,
  flagOf,
  objectOf,
  readAttributes,
  readTags,
  requiredText,
  textOf,
} from './wire.ts';

/** Runs work that changes a certificate, after time has done its part. */
export async function changing<T>(room: Room, call: Call, work: () => Promise<T>): Promise<T> {
  const name = nameOf(call, 'certificates');
  await settlePending(room, call.vault, name);
  return room.inOrder(objectKey(call.vault, 'certificates', name), work);
}

/** The object of the name where a version may be added; throws what stands in the way. */
async function openName(room: Room, call: Call, name: string): Promise<Found | undefined> {
  const found = await findObject(room, call, 'certificates', name);
  checkNameFree(found, 'certificates', name);
  if (found) return found;
  for (const type of ['keys', 'secrets'] as const) {
    const other = await findObject(room, call, type, name);
    if (!other) continue;
    if (other.life === 'live') {
      throw new VaultError(
        'Conflict',
        `A ${type.slice(0, -1)} named ${name} exists already; a certificate needs the name for its own.`,
      );
    }
    if (other.life !== 'absent') throw nameIsHeld(type, name, other.life);
  }
  return undefined;
}

export const createCertificateVersion: Handler = async (room, call) => {
  const { vault, body, nowMs } = call;
  const name = nameOf(call, 'certificates');
  const check = async () => {
    const found = await openName(room, call, name);
    if (found?.value.pending?.status === 'inProgress') {
      throw new VaultError(
        'Conflict',
        `The certificate ${name} has a pending operation; complete, cancel or delete it first.`,
      );
    }
    return found;
  };
  await settlePending(room, vault, name);
  const before = await check();
  const given = objectOf(body, 'policy');
  const policy = given
    ? readCertificatePolicy(given, vault, undefined, nowMs)
    : before?.value.policy;
  if (!policy) throw badParameter("The request body must contain the parameter 'policy'.");
  await requireIssuer(room, vault, policy.issuer.name);
  const { enabled = true } = readAttributes(body);
  const tags = readTags(body);
  const preserveOrder = flagOf(body, 'preserveCertOrder');
  const material = await generateForPolicy(room, vault, policy);
  return changing(room, call, async () => {
    const found = await check();
    const beginning = { policy, material, enabled, tags, preserveOrder };
    const { record, writes } = await beginVersion(room, vault, name, found?.value, beginning);
    const current = await currentOf(room, call, record);
    await room.store.write([
      putObject(vault, record, found?.version),
      ...writes,
      ...(await lifecycleWrites(room, vault, record, current ?? blank(record), nowMs)),
    ]);
    const { requestId } = record.pending!;
    const location = `${vault.origin}/certificates/${name}/pending?api-version=${call.apiVersion}&request_id=${requestId}`;
    return {
      status: 202,
      body: operationView(vault, record),
      headers: [
        ['Location', location],
        ['Retry-After', '10'],
      ],
    };
  });
};

/** A version of which nothing is known but its number: all its times are still to come. */
function blank({ current, createdMs }: ObjectRecord): CertificateVersion {
  return { version: current, createdMs, updatedMs: createdMs, enabled: false };
}

async function currentOf(room: Room, call: Call, record: ObjectRecord) {
  const found = await getVersion<CertificateVersion>(room, call.vault, record, record.current);
  return found?.value;
}

export const importCertificate: Handler = async (room, call) => {
  const { vault, body, nowMs } = call;
  const name = nameOf(call, 'certificates');
  const value = requiredText(body, 'value');
  const given = objectOf(body, 'policy');
  checkForm(value, given);
  const content = await readContent(room, value, textOf(body, 'pwd') ?? '');
  const [leaf, ...others] = parseAll(content);
  if (!content.privateKey) {
    throw badParameter('The content holds no private key; a certificate is imported with its key.');
  }
  const { privateKey } = content;
  if (!leaf?.publicKey.equals(createPublicKey(privateKey))) {
    throw badParameter(
      'The private key and the certificate of the content do not belong together.',
    );
  }
  const key = keyFactsOf(privateKey);
  const policy = policyOfImport(given, vault, leaf, key, nowMs);
  const { enabled = true } = readAttributes(body);
  const tags = readTags(body);
  const chain = flagOf(body, 'preserveCertOrder') ? others : orderChain(leaf, others);
  return changing(room, call, async () => {
    const found = await openName(room, call, name);
    const version = newHexId();
    const keyVersion: KeyVersion = {
      ...materialOf({ kty: key.kty, hsm: false }, privateKey),
      version,
      createdMs: nowMs,
      updatedMs: nowMs,
      enabled,
      keyOps: keyOpsOf(policy),
      ...(policy.key.exportable ? {} : { exportable: false }),
    };
    const record: ObjectRecord = {
      ...(found?.value ?? { type: 'certificates', name, createdMs: nowMs, current: version }),
      policy,
      pending: undefined,
    };
    const completion = { version, leaf, chain, key: keyVersion, policy, enabled, tags };
    const done = completionWrites(room, vault, record, completion);
    await room.store.write([
      putObject(vault, done.record, found?.version),
      ...done.writes,
      ...(await lifecycleWrites(room, vault, done.record, done.version, nowMs)),
    ]);
    notifyCertificate(room, vault, name, done.version);
    return { body: certificateBundle(vault, done.record, done.version) };
  });
};

function checkForm(value: string, policy: JsonObject | undefined): void {
  const said = policy && textOf(objectOf(policy, 'secret_props') ?? {}, 'contentType');
  const found = contentTypeOf(value);
  if ((said ?? contentTypes.pfx) === found) return;
  throw badParameter(
    `The content is ${found}, but the policy's secret_props.contentType says ${said ?? contentTypes.pfx}.`,
  );
}

function keyFactsOf(key: KeyObject) {
  if (key.asymmetricKeyType === 'rsa') {
    const size = key.asymmetricKeyDetails?.modulusLength;
    if (size === 2048 || size === 3072 || size === 4096) return { kty: 'RSA' as const, size };
    throw badParameter(`The key size ${size} is not supported; use 2048, 3072 or 4096.`);
  }
  const crv = key.asymmetricKeyType === 'ec' && materialOf({ kty: 'EC', hsm: false }, key).crv;
  if (crv) return { kty: 'EC' as const, crv };
  throw badParameter('The private key is of a type that is not supported.');
}

export const getCertificate: Handler = async (room, call) => {
  await settlePending(room, call.vault, nameOf(call, 'certificates'));
  const { object, version } = await requireVersion<CertificateVersion>(room, call, 'certificates');
  return { body: certificateBundle(call.vault, object.value, version.value) };
};

export const updateCertificate: Handler = (room, call) =>
  changing(room, call, async () => {
    const { vault, body, nowMs } = call;
    const { object, version } = await requireVersion<CertificateVersion>(
      room,
      call,
      'certificates',
    );
    const given = objectOf(body, 'policy');
    const policy = given
      ? readCertificatePolicy(given, vault, object.value.policy, nowMs)
      : object.value.policy;
    const { enabled } = readAttributes(body);
    const tags = readTags(body);
    const next = applyAttributes(version.value, { enabled }, tags, nowMs);
    const record: ObjectRecord = { ...object.value, policy };
    const mirrored = await mirroredWrites(room, call, record, next.version, { enabled }, tags);
    const current = next.version === record.current;
    await room.store.write([
      putObject(vault, record, object.version),
      putVersion(vault, record, next),
      ...mirrored,
      ...(current ? await lifecycleWrites(room, vault, record, next, nowMs) : []),
    ]);
    return { body: certificateBundle(vault, record, next) };
  });

/** Attributes and tags of a certificate are those of its key and secret. */
async function mirroredWrites(
  room: Room,
  call: Call,
  { name }: ObjectRecord,
  version: string,
  attributes: { readonly enabled?: boolean },
  tags: Record<string, string> | undefined,
) {
  const writes = [];
  for (const type of ['keys', 'secrets'] as const) {
    const owner = { type, name } as ObjectRecord;
    const found = await getVersion<KeyVersion | SecretVersion>(room, call.vault, owner, version);
    if (!found) continue;
    const next = applyAttributes(found.value, attributes, tags, call.nowMs);
    writes.push(putVersion(call.vault, owner, next));
  }
  return writes;
}

export const listCertificates: Handler = (room, call) =>
  listObjects(room, call, 'certificates', 'live', async (listed) => {
    const record = (await settlePending(room, call.vault, listed.name)) ?? listed;
    const version = await currentOf(room, call, record);
    const wanted = call.query.get('includepending')?.toLowerCase() === 'true';
    if (!version || (version.pending && !wanted)) return undefined;
    return certificateItem(call.vault, record, version, false);
  });

export const listCertificateVersions: Handler = async (room, call) => {
  await settlePending(room, call.vault, nameOf(call, 'certificates'));
  return listVersions<CertificateVersion>(room, call, 'certificates', (record, version) =>
    version.pending ? undefined : certificateItem(call.vault, record, version, true),
  );
};

export const getCertificatePolicy: Handler = async (room, call) => {
  const { value } = await requireLive(room, call, 'certificates');
  return { body: policyView(call.vault, value.name, value.policy!) };
};

export const updateCertificatePolicy: Handler = (room, call) =>
  changing(room, call, async () => {
    const { vault, body, nowMs } = call;
    const found = await requireLive(room, call, 'certificates');
    const policy = readCertificatePolicy(body, vault, found.value.policy, nowMs);
    await requireIssuer(room, vault, policy.issuer.name);
    const record: ObjectRecord = { ...found.value, policy };
    const version = (await currentOf(room, call, record)) ?? blank(record);
    await room.store.write([
      putObject(vault, record, found.version),
      ...(await lifecycleWrites(room, vault, record, version, nowMs)),
    ]);
    return { body: policyView(vault, record.name, policy) };
  });

/** The material alone, without what belongs to one version. */
function materialIn({ kty, hsm, crv, public: parts, secret }: KeyVersion): Material {
  return { kty, hsm, crv, public: parts, secret };
}

/** Renewal by the policy's lifetime action: a new version as if it were asked for. */
export async function renewByPolicy(
  room: Room,
  vault: Call['vault'],
  { name }: ObjectRecord,
): Promise<void> {
  const call = { vault, nowMs: room.clock.now() };
  const before = await findObject(room, call, 'certificates', name);
  const policy = before?.value.policy;
  if (before?.life !== 'live' || !policy) return;
  const owner = { type: 'keys', name } as ObjectRecord;
  const old = await getVersion<KeyVersion>(room, vault, owner, before.value.current);
  const material =
    policy.key.reuse && old ? materialIn(old.value) : await generateForPolicy(room, vault, policy);
  await room.inOrder(objectKey(vault, 'certificates', name), async () => {
    const found = await findObject(room, call, 'certificates', name);
    if (found?.life !== 'live' || found.value.pending?.status === 'inProgress') return;
    const current = await getVersion<CertificateVersion>(
      room,
      vault,
      found.value,
      found.value.current,
    );
    const { record, writes } = await beginVersion(room, vault, name, found.value, {
      policy,
      material,
      enabled: true,
      tags: current?.value.tags,
    });
    await room.store.write([putObject(vault, record, found.version), ...writes]);
  });
}
