// Certificates as values: from DER, PEM or PFX, with the private key where there is one.
import { createHash, createPrivateKey, type KeyObject } from 'node:crypto';
import {
  decodePem,
  encodePem,
  type ParsedCertificate,
  PfxError,
  parseCertificate,
  readPfxNow,
} from '../../../../../crypto/index.ts';
import type { PolicyCertificate } from '../../../context/model.ts';
import { charge } from '../../../running/run.ts';
import { Instance } from '../../../running/values.ts';
import { named } from '../../../types/registry.ts';
import type { Type } from '../../../types/type.ts';
import { cryptographic, space } from '../failures.ts';
import { pfxSteps } from '../limits.ts';

export const x509 = `${space}.X509Certificates`;

/** What a certificate object holds. */
export interface CertificateContent {
  readonly parsed: ParsedCertificate;
  readonly key?: KeyObject;
  /** Whether its private key may leave as bytes. */
  readonly exportable?: boolean;
}

/** An X509Certificate or X509Certificate2; empty after Reset. */
export class CertificateValue extends Instance {
  private content: CertificateContent | undefined;

  constructor(content: CertificateContent | undefined, type = named(`${x509}.X509Certificate2`)) {
    super(type);
    this.content = content;
  }

  get isEmpty(): boolean {
    return this.content === undefined;
  }

  get whole(): CertificateContent {
    if (!this.content) throw cryptographic('Certificate instance is empty.');
    return this.content;
  }

  get parsed(): ParsedCertificate {
    return this.whole.parsed;
  }

  get key(): KeyObject | undefined {
    return this.whole.key;
  }

  get exportable(): boolean {
    return this.whole.exportable === true;
  }

  reset(): void {
    this.content = undefined;
  }

  replace(content: CertificateContent): void {
    this.content = content;
  }

  /** Hash of the DER, by OpenSSL's name. */
  digest(name: string): Uint8Array {
    return createHash(name).update(this.parsed.der).digest();
  }
}

/** A certificate of the gateway's; its key does not leave. */
export function certificateValue({ raw, privateKeyPem }: PolicyCertificate): CertificateValue {
  const parsed = parseCertificate(raw);
  if (privateKeyPem === undefined) return new CertificateValue({ parsed });
  return new CertificateValue({ parsed, key: createPrivateKey(privateKeyPem) });
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

/** What a constructor is given: DER, PEM or PFX. */
export function loadCertificate(
  bytes: Uint8Array,
  password: string | null,
  flags = 0,
): CertificateContent {
  const parsed = plainCertificate(bytes);
  if (parsed) return { parsed };
  charge(pfxSteps);
  const { raw, privateKeyPem } = readPfx(bytes, password ?? '');
  return {
    parsed: parseCertificate(raw),
    ...(privateKeyPem !== undefined && { key: createPrivateKey(privateKeyPem) }),
    exportable: (flags & exportableFlag) !== 0,
  };
}

function plainCertificate(bytes: Uint8Array): ParsedCertificate | undefined {
  try {
    return parseCertificate(bytes);
  } catch {
    return undefined;
  }
}

/** The certificate of a PEM text, as CreateFromPem reads it. */
export function pemCertificate(text: string): CertificateContent {
  const block = decodePem(text).find(({ label }) => label === 'CERTIFICATE');
  const parsed = block && plainCertificate(block.der);
  if (!parsed) throw cryptographic('The PEM input does not contain a certificate.');
  return { parsed };
}

/** A new object over the bytes; empty where there are none. */
export function constructed(
  type: Type,
  bytes: Uint8Array | null,
  password: string | null = null,
  flags = 0,
): CertificateValue {
  const isEmpty = bytes === null || bytes.length === 0;
  return new CertificateValue(isEmpty ? undefined : loadCertificate(bytes, password, flags), type);
}
