// X509Certificate: a certificate as .NET's first versions show it.
import { formatDateTime } from '../../../../../dotnet/index.ts';
import { required } from '../../../running/exceptions.ts';
import { bytesOf, bytesValue } from '../../../running/values.ts';
import { declareType } from '../../../types/registry.ts';
import type { Type } from '../../../types/type.ts';
import { type Bytes, given, hexOf } from '../bytes.ts';
import { digestOf, type HashNameValue } from '../hash-algorithm-name.ts';
import { CertificateValue, constructed, loadCertificate, x509 } from './certificate-value.ts';
import { exportAs } from './exporting.ts';
import { certificateText, localTime } from './printing.ts';
import { encodedOrder } from './x500-distinguished-name.ts';

const copy = (bytes: Uint8Array) => bytesValue(Uint8Array.from(bytes));
const dateText = (ms: number) => formatDateTime(localTime(ms));

/** As encoded: with the zero that keeps the number positive. */
export const serialOf = ({ parsed }: CertificateValue) => hexOf(parsed.serialNumberBytes);

type Text = string | null;

const make = (type: Type, data: Bytes, password: Text = null, flags = 0) =>
  constructed(type, data && bytesOf(data), password, flags);

/** Another object with the same content. */
export function copied(type: Type, other: CertificateValue | null, parameter: string) {
  const certificate = required(other, parameter);
  return new CertificateValue(certificate.isEmpty ? undefined : certificate.whole, type);
}

const importInto = (value: CertificateValue, data: Bytes, password: Text = null, flags = 0) =>
  value.replace(loadCertificate(given(data, 'rawData'), password, flags));

/** The constructors and Import, which both types have. */
export const loading = {
  'new()': (type: Type) => constructed(type, null),
  'new(byte[] rawData)': make,
  'new(byte[] rawData, string password)': make,
  'new(byte[] rawData, string password, X509KeyStorageFlags keyStorageFlags)': make,
  'void Import(byte[] rawData)': importInto,
  'void Import(byte[] rawData, string password, X509KeyStorageFlags keyStorageFlags)': importInto,
};

const names = {
  'string Subject': ({ parsed }: CertificateValue) => parsed.subject,
  'string Issuer': ({ parsed }: CertificateValue) => parsed.issuer,
  'string GetName()': ({ parsed }: CertificateValue) => encodedOrder(parsed.subjectDer),
  'string GetIssuerName()': ({ parsed }: CertificateValue) => encodedOrder(parsed.issuerDer),
};

const hashes = {
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
};

const publicKey = {
  'byte[] GetPublicKey()': ({ parsed }: CertificateValue) => copy(parsed.publicKeyInfo.key),
  'string GetPublicKeyString()': ({ parsed }: CertificateValue) => hexOf(parsed.publicKeyInfo.key),
  'string GetKeyAlgorithm()': ({ parsed }: CertificateValue) => parsed.publicKeyInfo.algorithm,
  'byte[] GetKeyAlgorithmParameters()': ({ parsed }: CertificateValue) =>
    copy(parsed.publicKeyInfo.parameters),
  'string GetKeyAlgorithmParametersString()': ({ parsed }: CertificateValue) =>
    hexOf(parsed.publicKeyInfo.parameters),
};

export const x509CertificateType = declareType(
  `class ${x509}.X509Certificate : IDisposable`,
  {
    ...loading,
    'new(X509Certificate cert)': (type: Type, other: CertificateValue | null) =>
      copied(type, other, 'cert'),
    ...names,
    ...hashes,
    ...publicKey,
    'string GetFormat()': () => 'X509',
    'byte[] GetRawCertData()': ({ parsed }: CertificateValue) => copy(parsed.der),
    'string GetRawCertDataString()': ({ parsed }: CertificateValue) => hexOf(parsed.der),
    'string GetSerialNumberString()': serialOf,
    'byte[] GetSerialNumber()': ({ parsed }: CertificateValue) =>
      copy(parsed.serialNumberBytes.toReversed()),
    'string GetEffectiveDateString()': ({ parsed }: CertificateValue) => dateText(parsed.notBefore),
    'string GetExpirationDateString()': ({ parsed }: CertificateValue) => dateText(parsed.notAfter),
    'byte[] Export(X509ContentType contentType)': exportAs,
    'byte[] Export(X509ContentType contentType, string password)': exportAs,
    'bool Equals(X509Certificate other)': (
      { parsed }: CertificateValue,
      other: CertificateValue | null,
    ) => other !== null && identityOf(parsed) === identityOf(other.parsed),
    'void Reset()': (value: CertificateValue) => value.reset(),
    'string ToString(bool fVerbose)': (value: CertificateValue, verbose: boolean) =>
      verbose ? certificateText(value, false) : value.type.fullName,
  },
  {
    key: (value: CertificateValue) => (value.isEmpty ? value : identityOf(value.parsed)),
    dispose: (value: CertificateValue) => value.reset(),
  },
);

/** Certificates are equal that have one issuer and serial number. */
function identityOf({ issuerDer, serialNumber }: CertificateValue['parsed']): string {
  return `${issuerDer.toString('base64')} ${serialNumber}`;
}
