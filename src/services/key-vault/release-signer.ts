// The key that signs released keys: one per vault, made when first needed.
import { createPrivateKey, generateKeyPairSync, type KeyObject } from 'node:crypto';
import { certificateThumbprints, createCertificate } from '../../crypto/index.ts';
import type { Room, Vault } from './room.ts';
import { kinds } from './state.ts';

export interface ReleaseSigner {
  readonly key: KeyObject;
  /** Base64 DER. */
  readonly certificate: string;
  readonly thumbprint: string;
}

export async function releaseKeyPair(room: Room, vault: Vault): Promise<ReleaseSigner> {
  const id = `${vault.instance}/release`;
  const found = await room.records.get<{ certificate: string; key: string }>(kinds.authority, id);
  if (found) {
    const bytes = Buffer.from(found.value.key, 'base64');
    const key = createPrivateKey({ key: bytes, format: 'der', type: 'pkcs8' });
    return signerOf(key, found.value.certificate);
  }
  const { privateKey, publicKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  const nowMs = room.clock.now();
  const der = await createCertificate({
    subject: `CN=${vault.name}.${room.settings.suffix}`,
    publicKey,
    signingKey: privateKey,
    notBefore: nowMs,
    notAfter: nowMs + 3_153_600_000_000,
  });
  const certificate = der.toString('base64');
  const key = privateKey.export({ format: 'der', type: 'pkcs8' }).toString('base64');
  await room.store.write([
    { put: { kind: kinds.authority, key: id, value: { certificate, key }, sealed: true } },
  ]);
  return signerOf(privateKey, certificate);
}

function signerOf(key: KeyObject, certificate: string): ReleaseSigner {
  const { x5t } = certificateThumbprints(Buffer.from(certificate, 'base64'));
  return { key, certificate, thumbprint: x5t };
}
