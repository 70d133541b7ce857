// Creates X.509 certificates and requests (RFC 5280, RFC 2986); node:crypto signs.
import { createHash, createPublicKey, type KeyObject, randomBytes, sign } from 'node:crypto';
import { isIP } from 'node:net';
import {
  derBits,
  derBoolean,
  derExplicit,
  derImplicit,
  derInteger,
  derNull,
  derOctets,
  derOid,
  derSequence,
  derSetOf,
  derTime,
  derUtf8,
  readDer,
} from './der.ts';
import { encodeDistinguishedName } from './distinguished-name.ts';
import {
  type AlternativeNames,
  extensionIds,
  type KeyUsage,
  keyUsages,
  userPrincipalNameId,
} from './x509-names.ts';
import { parseCertificate } from './x509-reading.ts';

export interface CertificateExtensions {
  readonly keyUsage?: readonly KeyUsage[];
  /** Object identifiers. */
  readonly extendedKeyUsage?: readonly string[];
  readonly alternativeNames?: AlternativeNames;
  readonly basicConstraints?: { readonly ca: boolean; readonly pathLength?: number };
  /**
   * For a CA: it may issue for these DNS suffixes only (`contoso.com` covers its subdomains), for
   * these IPv4 addresses only, and for no other address.
   */
  readonly nameConstraints?: {
    readonly dnsSuffixes: readonly string[];
    readonly ipAddresses?: readonly string[];
  };
}

export interface CertificateRequest extends CertificateExtensions {
  /** X.500 text, such as `CN=contoso.com`. */
  readonly subject: string;
  readonly publicKey: KeyObject;
  /** The private key that signs: the issuer's, or the subject's own for a self-signed one. */
  readonly signingKey: KeyObject;
}

export interface CertificateInput extends CertificateRequest {
  /** DER of the issuer's certificate; absent for a self-signed one. */
  readonly issuer?: Uint8Array;
  /** Milliseconds since the epoch; cut to whole seconds. */
  readonly notBefore: number;
  readonly notAfter: number;
  /** Random where absent. */
  readonly serialNumber?: Uint8Array;
}

/**
 * Issues a certificate; gives its DER. RSA and EC; the digest follows the signing key (SHA-256,
 * for P-384 SHA-384, for P-521 SHA-512). Subject and authority key identifiers are always present.
 * Throws DistinguishedNameError for a bad subject.
 */
export async function createCertificate(input: CertificateInput): Promise<Buffer> {
  const algorithm = signatureAlgorithm(input.signingKey);
  const subject = encodeDistinguishedName(input.subject);
  const issuer = input.issuer && parseCertificate(input.issuer);
  const publicKey = publicKeyInfo(input.publicKey);
  const keyId = keyIdentifier(publicKey);
  const serial = Buffer.from(input.serialNumber ?? randomBytes(16));
  // A positive number of at most 20 octets (RFC 5280 section 4.1.2.2).
  serial[0] = (serial[0]! & 0x7f) | 0x40;
  const toSign = derSequence(
    derExplicit(0, derInteger(2)),
    derInteger(serial),
    algorithm.identifier,
    issuer ? issuer.subjectDer : subject,
    derSequence(derTime(input.notBefore), derTime(input.notAfter)),
    subject,
    publicKey,
    derExplicit(
      3,
      derSequence(
        ...encodeExtensions(input),
        extension(extensionIds.subjectKeyIdentifier, false, derOctets(keyId)),
        extension(
          extensionIds.authorityKeyIdentifier,
          false,
          derSequence(derImplicit(0, issuer?.subjectKeyIdentifier ?? keyId)),
        ),
      ),
    ),
  );
  return seal(toSign, algorithm, input.signingKey);
}

/** A PKCS#10 request with its extensions as requested ones; gives its DER. */
export async function createCertificateRequest(input: CertificateRequest): Promise<Buffer> {
  const algorithm = signatureAlgorithm(input.signingKey);
  const extensions = encodeExtensions(input);
  const extensionRequest = derSequence(
    derOid('1.2.840.113549.1.9.14'),
    derSetOf([derSequence(...extensions)]),
  );
  const toSign = derSequence(
    derInteger(0),
    encodeDistinguishedName(input.subject),
    publicKeyInfo(input.publicKey),
    extensions.length > 0 ? derExplicit(0, extensionRequest) : derExplicit(0),
  );
  return seal(toSign, algorithm, input.signingKey);
}

interface SignatureAlgorithm {
  readonly digest: string;
  readonly identifier: Buffer;
}

async function seal(toSign: Buffer, algorithm: SignatureAlgorithm, key: KeyObject) {
  const signature = await new Promise<Buffer>((resolve, reject) => {
    sign(algorithm.digest, toSign, key, (error, result) =>
      error ? reject(error) : resolve(result),
    );
  });
  return derSequence(toSign, algorithm.identifier, derBits(signature));
}

function signatureAlgorithm(key: KeyObject): SignatureAlgorithm {
  if (key.asymmetricKeyType === 'rsa') {
    const identifier = derSequence(derOid('1.2.840.113549.1.1.11'), derNull());
    return { digest: 'sha256', identifier };
  }
  if (key.asymmetricKeyType !== 'ec') {
    throw new TypeError(`keys of type ${key.asymmetricKeyType} do not sign certificates here`);
  }
  const curve = key.asymmetricKeyDetails?.namedCurve;
  const bits = curve === 'secp384r1' ? 384 : curve === 'secp521r1' ? 512 : 256;
  const last = { 256: 2, 384: 3, 512: 4 }[bits];
  return { digest: `sha${bits}`, identifier: derSequence(derOid(`1.2.840.10045.4.3.${last}`)) };
}

/** SubjectPublicKeyInfo of a public key (or of a private key's public half). */
function publicKeyInfo(key: KeyObject): Buffer {
  const publicKey = key.type === 'public' ? key : createPublicKey(key);
  return publicKey.export({ format: 'der', type: 'spki' });
}

/** SHA-1 over the key's bits (RFC 5280 section 4.2.1.2, method 1). */
function keyIdentifier(info: Buffer): Buffer {
  const bits = readDer(info).children[1]!.content.subarray(1);
  return createHash('sha1').update(bits).digest();
}

function extension(oid: string, critical: boolean, value: Buffer): Buffer {
  return critical
    ? derSequence(derOid(oid), derBoolean(true), derOctets(value))
    : derSequence(derOid(oid), derOctets(value));
}

function encodeExtensions(input: CertificateExtensions): Buffer[] {
  const list: Buffer[] = [];
  const { keyUsage, extendedKeyUsage, basicConstraints, nameConstraints } = input;
  if (keyUsage?.length) list.push(extension(extensionIds.keyUsage, true, usageBits(keyUsage)));
  if (basicConstraints) {
    const { ca, pathLength } = basicConstraints;
    const parts = ca ? [derBoolean(true)] : [];
    if (ca && pathLength !== undefined) parts.push(derInteger(pathLength));
    list.push(extension(extensionIds.basicConstraints, ca, derSequence(...parts)));
  }
  if (extendedKeyUsage?.length) {
    const ids = derSequence(...extendedKeyUsage.map(derOid));
    list.push(extension(extensionIds.extendedKeyUsage, false, ids));
  }
  const names = encodeNames(input.alternativeNames ?? {});
  if (names.length > 0) {
    list.push(extension(extensionIds.alternativeNames, false, derSequence(...names)));
  }
  if (nameConstraints) {
    list.push(extension(extensionIds.nameConstraints, true, encodeConstraints(nameConstraints)));
  }
  return list;
}

function usageBits(usages: readonly KeyUsage[]): Buffer {
  let bits = 0;
  let last = 0;
  for (const usage of usages) {
    const index = keyUsages.indexOf(usage);
    bits |= 0x8000 >> index;
    last = Math.max(last, index);
  }
  const bytes = last < 8 ? Buffer.from([bits >> 8]) : Buffer.from([bits >> 8, bits & 0xff]);
  return derBits(bytes, 7 - (last % 8));
}

function encodeNames(names: AlternativeNames): Buffer[] {
  const text = (tag: number) => (value: string) => derImplicit(tag, Buffer.from(value, 'latin1'));
  return [
    ...(names.userPrincipalNames ?? []).map((name) =>
      derExplicit(0, derOid(userPrincipalNameId), derExplicit(0, derUtf8(name))),
    ),
    ...(names.emails ?? []).map(text(1)),
    ...(names.dnsNames ?? []).map(text(2)),
    ...(names.uris ?? []).map(text(6)),
    ...(names.ipAddresses ?? []).map((address) => derImplicit(7, addressBytes(address))),
  ];
}

function encodeConstraints(constraints: NonNullable<CertificateExtensions['nameConstraints']>) {
  const subtree = (name: Buffer) => derSequence(name);
  const addresses = constraints.ipAddresses ?? [];
  const permitted = [
    ...constraints.dnsSuffixes.map((suffix) => subtree(derImplicit(2, Buffer.from(suffix)))),
    ...addresses.map((address) =>
      subtree(derImplicit(7, Buffer.concat([addressBytes(address), Buffer.alloc(4, 0xff)]))),
    ),
  ];
  // A permitted IPv4 subtree already shuts out every other IPv4 address.
  const everyV4 = addresses.length > 0 ? [] : [subtree(derImplicit(7, Buffer.alloc(8)))];
  const excluded = [...everyV4, subtree(derImplicit(7, Buffer.alloc(32)))];
  return derSequence(derExplicit(0, ...permitted), derExplicit(1, ...excluded));
}

/** 4 or 16 bytes of an IP address's text. Throws TypeError. */
export function addressBytes(text: string): Buffer {
  const family = isIP(text);
  if (family === 0 || text.includes('%')) throw new TypeError(`'${text}' is not an IP address`);
  if (family === 4) return Buffer.from(text.split('.').map(Number));
  const dotted = /\d+(\.\d+){3}$/.exec(text)?.[0];
  const last = dotted
    ? [...Buffer.from(dotted.split('.').map(Number)).toString('hex').matchAll(/.{4}/g)].join(':')
    : '';
  const [head = '', tail] = (dotted ? text.slice(0, -dotted.length) + last : text).split('::');
  const front = head.split(':').filter(Boolean);
  const back = (tail ?? '').split(':').filter(Boolean);
  const zeros = Array<string>(8 - front.length - back.length).fill('0');
  const groups = [...front, ...zeros, ...back].map((group) => group.padStart(4, '0'));
  return Buffer.from(groups.join(''), 'hex');
}

/** PEM text of DER bytes, lines of 64. */
export function encodePem(label: string, der: Uint8Array): string {
  const lines =
    Buffer.from(der)
      .toString('base64')
      .match(/.{1,64}/g) ?? [];
  return `-----BEGIN ${label}-----\n${lines.join('\n')}\n-----END ${label}-----\n`;
}
