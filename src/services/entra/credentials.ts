// What an application proves itself with: registered certificates and hashed secrets.
import { hash, type KeyObject, randomBytes, X509Certificate } from 'node:crypto';
import { equalsConstantTime, newGuid } from '../../base/index.ts';
import { type CertificateThumbprints, certificateThumbprints } from '../../crypto/index.ts';
import type { KeyCredential, PasswordCredential } from './state.ts';

/** A registered certificate ready for use. */
export interface RegisteredCertificate {
  readonly credential: KeyCredential;
  readonly publicKey: KeyObject;
  readonly thumbprints: CertificateThumbprints;
  readonly startMs: number;
  readonly endMs: number;
  /** The certificate's own dates. */
  readonly validFromMs: number;
  readonly validToMs: number;
}

const registered = new WeakMap<KeyCredential, RegisteredCertificate>();

/** Parsed once per credential of a directory state. */
export function certificateOf(credential: KeyCredential): RegisteredCertificate {
  let found = registered.get(credential);
  if (!found) {
    const der = Buffer.from(credential.key, 'base64');
    const certificate = new X509Certificate(der);
    found = {
      credential,
      publicKey: certificate.publicKey,
      thumbprints: certificateThumbprints(der),
      startMs: Date.parse(credential.startDateTime),
      endMs: Date.parse(credential.endDateTime),
      validFromMs: Date.parse(certificate.validFrom),
      validToMs: Date.parse(certificate.validTo),
    };
    registered.set(credential, found);
  }
  return found;
}

export interface NewKeyCredential {
  readonly key: Uint8Array;
  readonly keyId?: string;
  readonly displayName?: string | null;
  readonly startDateTime?: string;
  readonly endDateTime?: string;
  readonly customKeyIdentifier?: string | null;
}

/** Undefined where `key` is not a certificate in DER. Dates default to the certificate's own. */
export function newKeyCredential(input: NewKeyCredential): KeyCredential | undefined {
  let certificate: X509Certificate;
  try {
    certificate = new X509Certificate(input.key);
  } catch {
    return undefined;
  }
  const { sha1 } = certificateThumbprints(certificate.raw);
  return {
    keyId: input.keyId ?? newGuid(),
    displayName: input.displayName ?? certificate.subject?.replaceAll('\n', ', ') ?? null,
    startDateTime: isoSeconds(Date.parse(input.startDateTime ?? certificate.validFrom)),
    endDateTime: isoSeconds(Date.parse(input.endDateTime ?? certificate.validTo)),
    key: certificate.raw.toString('base64'),
    customKeyIdentifier: input.customKeyIdentifier ?? sha1.toString('base64'),
  };
}

/** `2026-01-01T00:00:00Z`, as Graph writes times. */
export function isoSeconds(ms: number): string {
  return `${new Date(ms).toISOString().slice(0, 19)}Z`;
}

/** Makes a secret of 40 characters (about 230 bits); only its hash is to be stored. */
export function newPasswordCredential(input: {
  readonly displayName: string | null;
  readonly startMs: number;
  readonly endMs: number;
}): { readonly credential: PasswordCredential; readonly secretText: string } {
  const text = randomBytes(30).toString('base64url').slice(0, 37);
  // Entra's secrets hold `8Q~` at the fourth place; scanners of leaked secrets look for it.
  const secretText = `${text.slice(0, 3)}8Q~${text.slice(3)}`;
  const salt = randomBytes(16);
  return {
    secretText,
    credential: {
      keyId: newGuid(),
      displayName: input.displayName,
      hint: secretText.slice(0, 3),
      startDateTime: isoSeconds(input.startMs),
      endDateTime: isoSeconds(input.endMs),
      salt: salt.toString('base64'),
      hash: hashOf(salt, secretText),
    },
  };
}

function hashOf(salt: Uint8Array, secret: string): string {
  return hash('sha256', Buffer.concat([salt, Buffer.from(secret, 'utf8')]), 'base64');
}

/** The credential whose secret this is; every one is tried, each in constant time. */
export function passwordMatching(
  credentials: readonly PasswordCredential[],
  secret: string,
): PasswordCredential | undefined {
  let match: PasswordCredential | undefined;
  for (const credential of credentials) {
    const candidate = hashOf(Buffer.from(credential.salt, 'base64'), secret);
    if (equalsConstantTime(candidate, credential.hash)) match = credential;
  }
  return match;
}
