// The pending operation of a certificate: see it, cancel it, delete it, merge what a CA gave.
import { parseCertificate } from '../../crypto/index.ts';
import { orderChain, readX5c } from './certificate-content.ts';
import { completionWrites, notifyCertificate, settlePending } from './certificate-issuing.ts';
import { certificateBundle, operationView } from './certificate-view.ts';
import { changing } from './certificates.ts';
import { badParameter, VaultError } from './errors.ts';
import { publicKeyOf } from './key-material.ts';
import { lifecycleWrites } from './lifecycle.ts';
import { x5cMax } from './limits.ts';
import { type Found, getVersion, nameOf, putObject, requireLive } from './objects.ts';
import type { Call, Handler, Room } from './room.ts';
import type { CertificateVersion, KeyVersion, ObjectRecord, PendingCertificate } from './state.ts';
import { flagOf, missing, readTags, textsOf } from './wire.ts';

async function requirePending(
  room: Room,
  call: Call,
): Promise<{ found: Found; pending: PendingCertificate }> {
  const found = await requireLive(room, call, 'certificates').catch((error) => {
    if (error instanceof VaultError && error.status === 404) return undefined;
    throw error;
  });
  const pending = found?.value.pending;
  if (!found || !pending) {
    const name = nameOf(call, 'certificates');
    throw new VaultError('PendingCertificateNotFound', `Pending certificate not found: ${name}`);
  }
  return { found, pending };
}

export const getPending: Handler = async (room, call) => {
  await settlePending(room, call.vault, nameOf(call, 'certificates'));
  const { found } = await requirePending(room, call);
  return { body: operationView(call.vault, found.value) };
};

export const updatePending: Handler = (room, call) =>
  changing(room, call, async () => {
    const { found, pending } = await requirePending(room, call);
    const cancel = flagOf(call.body, 'cancellation_requested');
    if (cancel === undefined) throw missing('cancellation_requested');
    if (pending.status !== 'inProgress') {
      throw badParameter('The pending operation has ended; it cannot be cancelled any more.');
    }
    const record: ObjectRecord = {
      ...found.value,
      pending: { ...pending, cancellationRequested: cancel || pending.cancellationRequested },
    };
    await room.store.write([putObject(call.vault, record, found.version)]);
    return { body: operationView(call.vault, record) };
  });

export const deletePending: Handler = (room, call) =>
  changing(room, call, async () => {
    const { found } = await requirePending(room, call);
    const { pending: _, ...record } = found.value;
    await room.store.write([putObject(call.vault, record, found.version)]);
    return { body: operationView(call.vault, found.value) };
  });

export const mergeCertificate: Handler = (room, call) =>
  changing(room, call, async () => {
    const { vault, body, nowMs } = call;
    const { found, pending } = await requirePending(room, call);
    if (pending.status !== 'inProgress') {
      throw badParameter('The pending operation has ended; there is nothing to merge with.');
    }
    const entries = textsOf(body, 'x5c');
    if (!entries?.length) throw missing('x5c');
    if (entries.length > x5cMax) throw badParameter(`x5c may hold at most ${x5cMax} certificates.`);
    const certificates = entries.map(readX5c);
    const { record } = { record: found.value };
    const keyOwner = { type: 'keys', name: record.name } as ObjectRecord;
    const key = await getVersion<KeyVersion>(room, vault, keyOwner, pending.version);
    const wanted = publicKeyOf(key!.value);
    const leaf = certificates.find((each) => each.publicKey.equals(wanted));
    if (!leaf) {
      throw badParameter(
        'The public key of the end-entity certificate in the specified X.509 certificate content ' +
          'does not match the public part of the specified private key. Please check if ' +
          'certificate is valid.',
      );
    }
    const others = certificates.filter((each) => each !== leaf);
    const begun = await getVersion<CertificateVersion>(room, vault, record, pending.version);
    const done = completionWrites(room, vault, record, {
      version: pending.version,
      leaf: parseCertificate(leaf.der),
      chain: orderChain(leaf, others),
      key: key!.value,
      policy: record.policy!,
      enabled: pending.enabled,
      tags: readTags(body) ?? begun?.value.tags,
    });
    const next: ObjectRecord = { ...done.record, pending: { ...pending, status: 'completed' } };
    await room.store.write([
      putObject(vault, next, found.version),
      ...done.writes,
      ...(await lifecycleWrites(room, vault, next, done.version, nowMs)),
    ]);
    notifyCertificate(room, vault, record.name, done.version);
    return { status: 201, body: certificateBundle(vault, next, done.version) };
  });
