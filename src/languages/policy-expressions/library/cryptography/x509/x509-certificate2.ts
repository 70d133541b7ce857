// X509Certificate2: the certificate with its names, key and chain.
import { fault, required } from '../../../running/exceptions.ts';
import { bytesValue } from '../../../running/values.ts';
import { declareEnum, declareType } from '../../../types/registry.ts';
import type { Type } from '../../../types/type.ts';
import { hexOf } from '../bytes.ts';
import { OidValue } from '../oid.ts';
import { RsaValue } from '../rsa-value.ts';
import { CertificateValue, pemCertificate, x509 } from './certificate-value.ts';
import { contentTypeOf } from './exporting.ts';
import { nameInfo } from './name-info.ts';
import { certificateText, localTime } from './printing.ts';
import { PublicKeyValue } from './public-key.ts';
import { verifies } from './verification.ts';
import { DistinguishedNameValue } from './x500-distinguished-name.ts';
import { copied, loading, serialOf } from './x509-certificate.ts';
import { ExtensionsValue } from './x509-extension.ts';

/** The half of the key, where it is RSA; null for other keys and where there is none. */
export function rsaOf(
  value: CertificateValue,
  half: 'private' | 'public',
  type?: Type,
): RsaValue | null {
  const key = half === 'private' ? value.key : value.parsed.publicKey;
  return key?.asymmetricKeyType === 'rsa' ? new RsaValue(key, value.exportable, { type }) : null;
}

/** Files keep these on Windows; here they are what they were. */
const fixed = (property: string) => () => {
  const message = `The ${property} value cannot be set on Unix.`;
  throw fault('PlatformNotSupportedException', message);
};

function privateKeyOf(value: CertificateValue): RsaValue | null {
  const rsa = rsaOf(value, 'private');
  if (rsa || !value.key) return rsa;
  throw fault('NotSupportedException', 'The certificate key algorithm is not supported.');
}

const facts = {
  'string Thumbprint': (value: CertificateValue) => hexOf(value.digest('sha1')),
  'string SerialNumber': serialOf,
  'string FriendlyName': {
    get: ({ whole }: CertificateValue) => whole && '',
    set: fixed('FriendlyName'),
  },
  'bool Archived': {
    get: ({ whole }: CertificateValue) => whole === undefined,
    set: fixed('Archived'),
  },
  'DateTime NotBefore': ({ parsed }: CertificateValue) => localTime(parsed.notBefore),
  'DateTime NotAfter': ({ parsed }: CertificateValue) => localTime(parsed.notAfter),
  'byte[] RawData': ({ parsed }: CertificateValue) => bytesValue(Uint8Array.from(parsed.der)),
  'int Version': ({ parsed }: CertificateValue) => parsed.version,
  'Oid SignatureAlgorithm': ({ parsed }: CertificateValue) =>
    new OidValue(parsed.signatureAlgorithm),
  'X500DistinguishedName SubjectName': ({ parsed }: CertificateValue) =>
    new DistinguishedNameValue(parsed.subject, parsed.subjectDer),
  'X500DistinguishedName IssuerName': ({ parsed }: CertificateValue) =>
    new DistinguishedNameValue(parsed.issuer, parsed.issuerDer),
  'X509ExtensionCollection Extensions': ({ parsed }: CertificateValue) =>
    new ExtensionsValue(parsed.extensions),
};

const storageFlags = {
  DefaultKeySet: 0,
  UserKeySet: 1,
  MachineKeySet: 2,
  Exportable: 4,
  UserProtected: 8,
  PersistKeySet: 16,
  EphemeralKeySet: 32,
};

export const certificate2Types = [
  declareType(
    `class ${x509}.X509Certificate2 : X509Certificate`,
    {
      ...loading,
      'new(X509Certificate certificate)': (type: Type, other: CertificateValue | null) =>
        copied(type, other, 'certificate'),
      'static X509Certificate2 CreateFromPem(string certPem)': (pem: string | null) =>
        new CertificateValue(pemCertificate(required(pem, 'certPem'))),
      'static X509ContentType GetCertContentType(byte[] rawData)': contentTypeOf,
      ...facts,
      'bool HasPrivateKey': ({ key }: CertificateValue) => key !== undefined,
      'AsymmetricAlgorithm PrivateKey': {
        get: privateKeyOf,
        set: () => {
          throw fault(
            'PlatformNotSupportedException',
            'Operation is not supported on this platform.',
          );
        },
      },
      'PublicKey PublicKey': ({ parsed }: CertificateValue) =>
        new PublicKeyValue(parsed.publicKeyInfo, parsed.publicKey),
      'string GetNameInfo(X509NameType nameType, bool forIssuer)': nameInfo,
      'bool Verify()': verifies,
      'bool VerifyNoRevocation()': verifies,
      'string ToString(bool verbose)': textOf,
    },
    { text: (value: CertificateValue) => textOf(value, false) },
  ),
  declareEnum(`${x509}.X509KeyStorageFlags`, storageFlags, true),
];

function textOf(value: CertificateValue, verbose: boolean): string {
  return value.isEmpty ? value.type.fullName : certificateText(value, verbose);
}
