// Certificates as values: from DER, PEM or PFX, with the private key where there is one.
import { createHash, createPrivateKey, type KeyObject } from 'node:crypto';
import {
  encodePem,
  type ParsedCertificate,
  PfxError,
  parseCertificate,
  readPfxNow,
} from '../../../../crypto/index.ts';
import type { PolicyCertificate } from '../../context/model.ts';
import { charge } from '../../running/run.ts';
import { Instance } from '../../running/values.ts';
import { named } from '../../types/registry.ts';
import { cryptographic, space } from './failures.ts';
import { pfxSteps } from './limits.ts';

/** An X509Certificate2. */
export class CertificateValue extends Instance {
  readonly parsed: ParsedCertificate;
  readonly key: KeyObject | undefined;
  /** Whether its private key may leave as bytes. */
  readonly exportable: boolean;

  constructor(parsed: ParsedCertificate, key?: KeyObject, exportable = false) {
    super(named(`${space}.X509Certificates.X509Certificate2`));
    this.parsed = parsed;
    this.key = key;
    this.exportable = exportable;
  }

  /** Hash of the DER, by OpenSSL's name. */
  digest(name: string): Uint8Array {
    return createHash(name).update(this.parsed.der).digest();
  }
}

/** A certificate of the gateway's; its key does not leave. */
export function certificateValue({ raw, privateKeyPem }: PolicyCertificate): CertificateValue {
  const key = privateKeyPem === undefined ? undefined : createPrivateKey(privateKeyPem);
  return new CertificateValue(parseCertificate(raw), key);
}

/** Reads a PFX: its own certificate, and its key. Throws CryptographicException. */
export function readPfx(bytes: Uint8Array, password: string): PolicyCertificate {
  try {
    const { certificates, privateKey } = readPfxNow(bytes, password);
    const [raw] = certificates;
    if (!raw) throw cryptographic('Cannot find the requested object.');
    return { raw, ...(privateKey && { privateKeyPem: encodePem('PRIVATE KEY', privateKey) }) };
  } catch (error) {
    if (!(error instanceof PfxError)) throw error;
    throw cryptographic(
      error.kind === 'password'
        ? 'The specified network password is not correct.'
        : 'Cannot find the requested object.',
    );
  }
}

/** X509KeyStorageFlags.Exportable. */
const exportableFlag = 4;

/** The constructor's argument: DER, PEM or PFX. */
export function loadCertificate(
  bytes: Uint8Array,
  password: string | null,
  flags = 0,
): CertificateValue {
  const parsed = plainCertificate(bytes);
  if (parsed) return new CertificateValue(parsed);
  charge(pfxSteps);
  const { raw, privateKeyPem } = readPfx(bytes, password ?? '');
  const key = privateKeyPem === undefined ? undefined : createPrivateKey(privateKeyPem);
  return new CertificateValue(parseCertificate(raw), key, (flags & exportableFlag) !== 0);
}

function plainCertificate(bytes: Uint8Array): ParsedCertificate | undefined {
  try {
    return parseCertificate(bytes);
  } catch {
    return undefined;
  }
}
