// Reads certificates: names, dates, extensions, thumbprints. OpenSSL parses first, we read on.
import { type KeyObject, X509Certificate } from 'node:crypto';
import { DerError, type DerNode, derChild, readDer, readInteger, readOid } from './der.ts';
import { type NameLayout, readText, renderDistinguishedName } from './distinguished-name.ts';
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

/** SubjectPublicKeyInfo (RFC 5280 section 4.1) in its parts. */
export interface PublicKeyInfo {
  readonly algorithm: string;
  /** DER; empty where the algorithm has none. */
  readonly parameters: Buffer;
  /** What the bit string holds. */
  readonly key: Buffer;
}

export interface CertificateExtension {
  readonly id: string;
  readonly critical: boolean;
  /** What its octet string holds. */
  readonly value: Buffer;
}

export interface ParsedCertificate {
  readonly der: Buffer;
  /** Text, most specific part first. */
  readonly subject: string;
  readonly subjectDer: Buffer;
  readonly issuer: string;
  readonly issuerDer: Buffer;
  /** 1 or 3. */
  readonly version: number;
  /** Upper-case hexadecimal. */
  readonly serialNumber: string;
  /** As encoded: big-endian, with the zero that keeps it positive. */
  readonly serialNumberBytes: Buffer;
  readonly signatureAlgorithm: string;
  readonly publicKeyInfo: PublicKeyInfo;
  readonly extensions: readonly CertificateExtension[];
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
  const list = readExtensions(body);
  const extensions = new Map(list.map(({ id, value }) => [id, readDer(value)]));
  const authority = extensions.get(extensionIds.authorityKeyIdentifier);
  return {
    der,
    subject: renderDistinguishedName(subject),
    subjectDer: subject.raw,
    issuer: renderDistinguishedName(issuer),
    issuerDer: issuer.raw,
    version: first === 1 ? readInteger(derChild(derChild(body, 0), 0)) + 1 : 1,
    serialNumber: native.serialNumber,
    serialNumberBytes: derChild(body, first, 0x02).content,
    signatureAlgorithm: readOid(derChild(derChild(body, first + 1), 0)),
    publicKeyInfo: readPublicKeyInfo(derChild(body, first + 5, 0x30)),
    extensions: list,
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

function readPublicKeyInfo(info: DerNode): PublicKeyInfo {
  const algorithm = derChild(info, 0, 0x30);
  return {
    algorithm: readOid(derChild(algorithm, 0)),
    parameters: algorithm.children[1]?.raw ?? Buffer.alloc(0),
    // The first byte counts the unused bits.
    key: derChild(info, 1, 0x03).content.subarray(1),
  };
}

function readExtensions(body: DerNode): CertificateExtension[] {
  const list = body.children.find((child) => child.tag === 0xa3)?.children[0];
  return (list?.children ?? []).flatMap((item) => {
    const value = item.children.at(-1);
    if (value?.tag !== 0x04) return [];
    const id = readOid(derChild(item, 0));
    const flag = item.children[1];
    const critical = flag?.tag === 0x01 && flag.content[0] !== 0;
    return [{ id, critical, value: value.content }];
  });
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

/** The text of a name in DER. Throws CertificateError. */
export function renderName(der: Uint8Array, layout?: NameLayout): string {
  try {
    return renderDistinguishedName(readDer(der), layout);
  } catch (error) {
    if (error instanceof DerError) throw new CertificateError(`not a name: ${error.message}`);
    throw error;
  }
}
