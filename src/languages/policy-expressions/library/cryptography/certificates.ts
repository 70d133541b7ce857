// X509Certificate, X509Certificate2, PublicKey and RSACertificateExtensions.
import { dateTimeOfUnixMs, formatDateTime } from '../../../../dotnet/index.ts';
import { required } from '../../running/exceptions.ts';
import { run } from '../../running/run.ts';
import { bytesValue, Instance } from '../../running/values.ts';
import { declareEnum, declareType, named } from '../../types/registry.ts';
import type { Type } from '../../types/type.ts';
import { digestOf, type HashNameValue, OidValue } from './algorithm-names.ts';
import { type Bytes, given, hexOf } from './bytes.ts';
import { certificateNameTypes, DistinguishedNameValue, nameInfo } from './certificate-names.ts';
import { CertificateValue, loadCertificate } from './certificate-values.ts';
import { cryptographic, space } from './failures.ts';
import { RsaValue } from './rsa.ts';

type Text = string | null;

const x509 = `${space}.X509Certificates`;

const local = (ms: number) => ({ ...dateTimeOfUnixMs(ms), kind: 'local' as const });
const dateText = (ms: number) => formatDateTime(local(ms));
const copy = (bytes: Uint8Array) => bytesValue(Uint8Array.from(bytes));

/** An even number of digits, as the bytes of the number have them. */
function serialOf({ parsed }: CertificateValue): string {
  const { serialNumber } = parsed;
  return serialNumber.length % 2 === 0 ? serialNumber : `0${serialNumber}`;
}

function text(value: CertificateValue): string {
  const { subject, issuer, notBefore, notAfter } = value.parsed;
  const parts: readonly (readonly [string, string])[] = [
    ['Subject', subject],
    ['Issuer', issuer],
    ['Serial Number', serialOf(value)],
    ['Not Before', dateText(notBefore)],
    ['Not After', dateText(notAfter)],
    ['Thumbprint', hexOf(value.digest('sha1'))],
  ];
  return parts.map(([name, content]) => `[${name}]\n  ${content}\n`).join('\n');
}

const contentTypes = {
  Unknown: 0,
  Cert: 1,
  SerializedCert: 2,
  Pfx: 3,
  Pkcs12: 3,
  SerializedStore: 4,
  Pkcs7: 5,
  Authenticode: 6,
};

/** Private keys do not leave in files; the certificate alone does. */
function exportAs({ parsed }: CertificateValue, type: number) {
  if (type === contentTypes.Cert) return copy(parsed.der);
  if (type === contentTypes.Pfx) throw cryptographic('Key not valid for use in specified state.');
  throw cryptographic('Invalid content type.');
}

/** The key's bits inside SubjectPublicKeyInfo, and the identifier of its algorithm. */
function publicKeyOf({ parsed }: CertificateValue): {
  readonly bits: Uint8Array;
  readonly oid: string;
} {
  const { publicKey } = parsed;
  if (publicKey.asymmetricKeyType === 'rsa') {
    return {
      bits: publicKey.export({ format: 'der', type: 'pkcs1' }),
      oid: '1.2.840.113549.1.1.1',
    };
  }
  const info = publicKey.export({ format: 'der', type: 'spki' });
  if (publicKey.asymmetricKeyType !== 'ec') return { bits: info, oid: '' };
  const point = info.lastIndexOf(Buffer.from([0x00, 0x04]));
  return { bits: info.subarray(point + 1), oid: '1.2.840.10045.2.1' };
}

const base = declareType(
  `class ${x509}.X509Certificate : IDisposable`,
  {
    'new(byte[] data)': (_type: Type, data: Bytes) => loadCertificate(given(data, 'data'), null),
    'string Subject': ({ parsed }: CertificateValue) => parsed.subject,
    'string Issuer': ({ parsed }: CertificateValue) => parsed.issuer,
    'string GetName()': ({ parsed }: CertificateValue) => parsed.subject,
    'string GetIssuerName()': ({ parsed }: CertificateValue) => parsed.issuer,
    'string GetFormat()': () => 'X509',
    'byte[] GetCertHash()': (value: CertificateValue) => copy(value.digest('sha1')),
    'byte[] GetCertHash(HashAlgorithmName hashAlgorithm)': (
      value: CertificateValue,
      hash: HashNameValue,
    ) => copy(value.digest(digestOf(hash))),
    'string GetCertHashString()': (value: CertificateValue) => hexOf(value.digest('sha1')),
    'string GetCertHashString(HashAlgorithmName hashAlgorithm)': (
      value: CertificateValue,
      hash: HashNameValue,
    ) => hexOf(value.digest(digestOf(hash))),
    'byte[] GetRawCertData()': ({ parsed }: CertificateValue) => copy(parsed.der),
    'string GetRawCertDataString()': ({ parsed }: CertificateValue) => hexOf(parsed.der),
    'string GetSerialNumberString()': serialOf,
    'byte[] GetSerialNumber()': (value: CertificateValue) =>
      copy(Buffer.from(serialOf(value), 'hex').reverse()),
    'byte[] GetPublicKey()': (value: CertificateValue) => copy(publicKeyOf(value).bits),
    'string GetPublicKeyString()': (value: CertificateValue) => hexOf(publicKeyOf(value).bits),
    'string GetKeyAlgorithm()': (value: CertificateValue) => publicKeyOf(value).oid,
    'string GetEffectiveDateString()': ({ parsed }: CertificateValue) => dateText(parsed.notBefore),
    'string GetExpirationDateString()': ({ parsed }: CertificateValue) => dateText(parsed.notAfter),
    'byte[] Export(X509ContentType contentType)': exportAs,
    'byte[] Export(X509ContentType contentType, string password)': exportAs,
    'void Reset()': () => undefined,
    'string ToString(bool fVerbose)': text,
  },
  { text, key: ({ parsed }: CertificateValue) => `${parsed.issuer}\n${parsed.serialNumber}` },
);

/** Within its lifetime; which roots are trusted only the gateway knows. */
function isCurrent({ parsed }: CertificateValue): boolean {
  const now = run.surroundings.now();
  return parsed.notBefore <= now && now <= parsed.notAfter;
}

function rsaOf(value: CertificateValue, half: 'private' | 'public'): RsaValue | null {
  const key = half === 'private' ? value.key : value.parsed.publicKey;
  if (key?.asymmetricKeyType !== 'rsa') return null;
  return new RsaValue(key, value.exportable);
}

/** A PublicKey: the key of a certificate with its algorithm. */
class PublicKeyValue extends Instance {
  readonly certificate: CertificateValue;

  constructor(certificate: CertificateValue) {
    super(named(`${x509}.PublicKey`));
    this.certificate = certificate;
  }
}

const constructors = {
  'new(byte[] rawData)': (_type: Type, data: Bytes) =>
    loadCertificate(given(data, 'rawData'), null),
  'new(byte[] rawData, string password)': (_type: Type, data: Bytes, password: Text) =>
    loadCertificate(given(data, 'rawData'), password),
  'new(byte[] rawData, string password, X509KeyStorageFlags keyStorageFlags)': (
    _type: Type,
    data: Bytes,
    password: Text,
    flags: number,
  ) => loadCertificate(given(data, 'rawData'), password, flags),
  'new(X509Certificate certificate)': (_type: Type, other: CertificateValue | null) => {
    const { parsed, key, exportable } = required(other, 'certificate');
    return new CertificateValue(parsed, key, exportable);
  },
  'static X509Certificate2 CreateFromPem(string certPem)': (pem: Text) =>
    loadCertificate(Buffer.from(required(pem, 'certPem'), 'utf8'), null),
};

const certificateType = declareType(`class ${x509}.X509Certificate2 : X509Certificate`, {
  ...constructors,
  'string Thumbprint': (value: CertificateValue) => hexOf(value.digest('sha1')),
  'string SerialNumber': serialOf,
  'string FriendlyName': () => '',
  'bool Archived': () => false,
  'bool HasPrivateKey': ({ key }: CertificateValue) => key !== undefined,
  'AsymmetricAlgorithm PrivateKey': (value: CertificateValue) => rsaOf(value, 'private'),
  'PublicKey PublicKey': (value: CertificateValue) => new PublicKeyValue(value),
  'DateTime NotBefore': ({ parsed }: CertificateValue) => local(parsed.notBefore),
  'DateTime NotAfter': ({ parsed }: CertificateValue) => local(parsed.notAfter),
  'byte[] RawData': ({ parsed }: CertificateValue) => copy(parsed.der),
  'int Version': ({ parsed }: CertificateValue) => versionOf(parsed.der),
  'Oid SignatureAlgorithm': ({ parsed }: CertificateValue) =>
    new OidValue(parsed.native.signatureAlgorithmOid ?? null),
  'X500DistinguishedName SubjectName': ({ parsed }: CertificateValue) =>
    new DistinguishedNameValue(parsed.subject, parsed.subjectDer),
  'X500DistinguishedName IssuerName': ({ parsed }: CertificateValue) =>
    new DistinguishedNameValue(parsed.issuer, parsed.issuerDer),
  'string GetNameInfo(X509NameType nameType, bool forIssuer)': nameInfo,
  'bool Verify()': isCurrent,
  'bool VerifyNoRevocation()': isCurrent,
});

/** The version stands first in the certificate, in a tag of its own; without it the version is 1. */
function versionOf(der: Uint8Array): number {
  const marker = Buffer.from([0xa0, 0x03, 0x02, 0x01]);
  const at = Buffer.from(der.subarray(0, 16)).indexOf(marker);
  return at < 0 ? 1 : der[at + 4]! + 1;
}

const storageFlags = {
  DefaultKeySet: 0,
  UserKeySet: 1,
  MachineKeySet: 2,
  Exportable: 4,
  UserProtected: 8,
  PersistKeySet: 16,
  EphemeralKeySet: 32,
};

export const certificateTypes = [
  base,
  certificateType,
  ...certificateNameTypes,
  declareType(`sealed class ${x509}.PublicKey`, {
    'AsymmetricAlgorithm Key': ({ certificate }: PublicKeyValue) => rsaOf(certificate, 'public'),
    'RSA GetRSAPublicKey()': ({ certificate }: PublicKeyValue) => rsaOf(certificate, 'public'),
    'Oid Oid': ({ certificate }: PublicKeyValue) => new OidValue(publicKeyOf(certificate).oid),
  }),
  declareType(`static class ${x509}.RSACertificateExtensions`, {
    'static RSA GetRSAPrivateKey(this X509Certificate2 certificate)': (
      value: CertificateValue | null,
    ) => rsaOf(required(value, 'certificate'), 'private'),
    'static RSA GetRSAPublicKey(this X509Certificate2 certificate)': (
      value: CertificateValue | null,
    ) => rsaOf(required(value, 'certificate'), 'public'),
  }),
  declareEnum(`${x509}.X509ContentType`, contentTypes),
  declareEnum(`${x509}.X509KeyStorageFlags`, storageFlags, true),
];
