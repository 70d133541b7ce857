// Reads certificates: names, dates, extensions, thumbprints. OpenSSL parses first, we read on.
import { type KeyObject, X509Certificate } from 'node:crypto';
import { DerError, type DerNode, derChild, readDer, readOid } from './der.ts';
import { readText, renderDistinguishedName } from './distinguished-name.ts';
import {
  type AlternativeNames,
  extensionIds,
  type KeyUsage,
  keyUsages,
  userPrincipalNameId,
} from './x509-names.ts';

/** The bytes are not a certificate. */
export class CertificateError extends Error {
  constructor(message: string) {
    super(message);
    this.name = 'CertificateError';
  }
}

export interface ParsedCertificate {
  readonly der: Buffer;
  /** Text, most specific part first. */
  readonly subject: string;
  readonly subjectDer: Buffer;
  readonly issuer: string;
  readonly issuerDer: Buffer;
  /** Upper-case hexadecimal. */
  readonly serialNumber: string;
  /** Milliseconds since the epoch. */
  readonly notBefore: number;
  readonly notAfter: number;
  readonly publicKey: KeyObject;
  readonly subjectKeyIdentifier: Buffer | undefined;
  readonly authorityKeyIdentifier: Buffer | undefined;
  /** Undefined where the extension is absent. */
  readonly keyUsage: readonly KeyUsage[] | undefined;
  readonly extendedKeyUsage: readonly string[] | undefined;
  readonly alternativeNames: Required<AlternativeNames>;
  readonly ca: boolean;
  /** Whether its own key verifies it. */
  readonly selfSigned: boolean;
  readonly native: X509Certificate;
}

/** Parses one certificate, DER or PEM. Throws CertificateError. */
export function parseCertificate(bytes: Uint8Array | string): ParsedCertificate {
  try {
    const native = new X509Certificate(bytes as Uint8Array<ArrayBuffer>);
    return describe(native);
  } catch (error) {
    if (error instanceof CertificateError) throw error;
    const reason = error instanceof DerError ? error.message : 'not X.509 DER or PEM';
    throw new CertificateError(`the certificate cannot be read: ${reason}`);
  }
}

function describe(native: X509Certificate): ParsedCertificate {
  const der = Buffer.from(native.raw);
  const body = derChild(readDer(der), 0, 0x30);
  const first = body.children[0]?.tag === 0xa0 ? 1 : 0;
  const issuer = derChild(body, first + 2, 0x30);
  const subject = derChild(body, first + 4, 0x30);
  const extensions = readExtensions(body);
  const authority = extensions.get(extensionIds.authorityKeyIdentifier);
  return {
    der,
    subject: renderDistinguishedName(subject),
    subjectDer: subject.raw,
    issuer: renderDistinguishedName(issuer),
    issuerDer: issuer.raw,
    serialNumber: native.serialNumber,
    notBefore: native.validFromDate.getTime(),
    notAfter: native.validToDate.getTime(),
    publicKey: native.publicKey,
    subjectKeyIdentifier: extensions.get(extensionIds.subjectKeyIdentifier)?.content,
    authorityKeyIdentifier: authority?.children.find((child) => child.tag === 0x80)?.content,
    keyUsage: readUsage(extensions.get(extensionIds.keyUsage)),
    extendedKeyUsage: extensions.get(extensionIds.extendedKeyUsage)?.children.map(readOid),
    alternativeNames: readNames(extensions.get(extensionIds.alternativeNames)),
    ca: native.ca,
    // Asked for seldom, and it costs a verification.
    get selfSigned() {
      return subject.raw.equals(issuer.raw) && native.verify(native.publicKey);
    },
    native,
  };
}

/** The value inside each extension, by object identifier. */
function readExtensions(body: DerNode): Map<string, DerNode> {
  const found = new Map<string, DerNode>();
  const list = body.children.find((child) => child.tag === 0xa3)?.children[0];
  for (const item of list?.children ?? []) {
    const value = item.children.at(-1);
    if (value?.tag === 0x04) found.set(readOid(derChild(item, 0)), readDer(value.content));
  }
  return found;
}

function readUsage(value: DerNode | undefined): KeyUsage[] | undefined {
  if (!value) return undefined;
  const bits = value.content.subarray(1);
  return keyUsages.filter((_, index) => (bits[index >> 3] ?? 0) & (0x80 >> (index & 7)));
}

function readNames(value: DerNode | undefined): Required<AlternativeNames> {
  const names = {
    dnsNames: [] as string[],
    emails: [] as string[],
    uris: [] as string[],
    userPrincipalNames: [] as string[],
    ipAddresses: [] as string[],
  };
  for (const name of value?.children ?? []) {
    const text = name.content.toString('latin1');
    if (name.tag === 0x81) names.emails.push(text);
    else if (name.tag === 0x82) names.dnsNames.push(text);
    else if (name.tag === 0x86) names.uris.push(text);
    else if (name.tag === 0x87) names.ipAddresses.push(addressText(name.content));
    else if (name.tag === 0xa0 && readOid(derChild(name, 0)) === userPrincipalNameId) {
      names.userPrincipalNames.push(readText(derChild(derChild(name, 1), 0)));
    }
  }
  return names;
}

function addressText(bytes: Buffer): string {
  if (bytes.length === 4) return [...bytes].join('.');
  return (bytes.toString('hex').match(/.{4}/g) ?? [])
    .map((group) => Number.parseInt(group, 16).toString(16))
    .join(':');
}

/** All PEM blocks of a text: label and bytes, in order. */
export function decodePem(text: string): { label: string; der: Buffer }[] {
  const block = /-----BEGIN ([A-Z0-9 ]+)-----([\s\S]*?)-----END \1-----/g;
  return [...text.matchAll(block)].map(([, label = '', body = '']) => ({
    label,
    der: Buffer.from(body.replace(/^[A-Za-z-]+:.*$/gm, '').replace(/\s+/g, ''), 'base64'),
  }));
}
