// X509Certificate2 and RSA keys, on the platform's cryptography.
import {
  constants,
  createHash,
  createPrivateKey,
  createPublicKey,
  generateKeyPairSync,
  type KeyObject,
  privateDecrypt,
  publicEncrypt,
  sign,
  verify,
  X509Certificate,
} from 'node:crypto';
import forge from 'node-forge';
import { dateTimeOfUnixMs } from '../../../dotnet/index.ts';
import type { PolicyCertificate } from '../context/model.ts';
import { fault, required } from '../running/exceptions.ts';
import { run } from '../running/run.ts';
import { type ArrayValue, bytesOf, bytesValue, Instance } from '../running/values.ts';
import { declareEnum, declareType, named } from '../types/registry.ts';

export class CertificateValue extends Instance {
  readonly certificate: X509Certificate;
  readonly key: KeyObject | undefined;

  constructor(certificate: X509Certificate, key: KeyObject | undefined) {
    super(named('X509Certificate2'));
    this.certificate = certificate;
    this.key = key;
  }
}

export function certificateValue({ raw, privateKeyPem }: PolicyCertificate): CertificateValue {
  const key = privateKeyPem === undefined ? undefined : createPrivateKey(privateKeyPem);
  return new CertificateValue(new X509Certificate(raw), key);
}

/** Reads a PFX: the first certificate, and its key. */
export function readPfx(bytes: Uint8Array, password: string): PolicyCertificate {
  try {
    const binary = Buffer.from(bytes).toString('binary');
    const pfx = forge.pkcs12.pkcs12FromAsn1(forge.asn1.fromDer(binary), password);
    const bags = (type: string) => pfx.getBags({ bagType: type })[type] ?? [];
    const keys = [...bags(forge.pki.oids.pkcs8ShroudedKeyBag!), ...bags(forge.pki.oids.keyBag!)];
    const [certificate] = bags(forge.pki.oids.certBag!);
    const der = forge.asn1.toDer(forge.pki.certificateToAsn1(certificate!.cert!)).getBytes();
    const key = keys[0]?.key;
    return {
      raw: Buffer.from(der, 'binary'),
      ...(key && { privateKeyPem: forge.pki.privateKeyToPem(key) }),
    };
  } catch {
    throw fault(
      'System.Security.Cryptography.CryptographicException',
      'The specified network password is not correct.',
    );
  }
}

function load(bytes: Uint8Array, password: string | null): CertificateValue {
  try {
    return new CertificateValue(new X509Certificate(bytes), undefined);
  } catch {
    return certificateValue(readPfx(bytes, password ?? ''));
  }
}

/** The name as .NET prints it: from the last part to the first. */
function nameText(name: string): string {
  return name.split('\n').filter(Boolean).reverse().join(', ');
}

const hex = (bytes: Uint8Array) => Buffer.from(bytes).toString('hex').toUpperCase();
const thumb = (value: CertificateValue, hash: string) =>
  createHash(hash).update(value.certificate.raw).digest();
const date = (text: string) => ({ ...dateTimeOfUnixMs(Date.parse(text)), kind: 'local' });

function commonName(name: string): string {
  return /(?:^|\n)CN=(.*)/.exec(name)?.[1] ?? name.split('\n').pop() ?? '';
}

function nameInfo(value: CertificateValue, type: number, issuer: boolean): string {
  const name = issuer ? value.certificate.issuer : value.certificate.subject;
  if (type === 0) return commonName(name);
  if (type === 1) return /emailAddress=(.*)/.exec(name)?.[1] ?? '';
  const alternative = value.certificate.subjectAltName ?? '';
  return /DNS:([^,]+)/.exec(alternative)?.[1] ?? commonName(name);
}

/** Within its lifetime; chains end at roots that only the gateway knows. */
function isCurrent({ certificate }: CertificateValue): boolean {
  const now = run.surroundings.now();
  return Date.parse(certificate.validFrom) <= now && now <= Date.parse(certificate.validTo);
}

export class RsaValue extends Instance {
  key: KeyObject | undefined;
  readonly publicKey: KeyObject;

  constructor(key: KeyObject | undefined, publicKey: KeyObject) {
    super(named('RSA'));
    this.key = key;
    this.publicKey = publicKey;
  }
}

function rsaOf(key: KeyObject | undefined): RsaValue | null {
  if (key?.asymmetricKeyType !== 'rsa') return null;
  return key.type === 'private'
    ? new RsaValue(key, createPublicKey(key))
    : new RsaValue(undefined, key);
}

/** A named thing of cryptography: a hash algorithm or a padding. */
class NamedValue extends Instance {
  readonly name: string;

  constructor(type: string, name: string) {
    super(named(type));
    this.name = name;
  }
}

const hashName = (value: NamedValue | null) => required(value, 'hashAlgorithm').name.toLowerCase();

function signing(padding: NamedValue | null) {
  const pss = required(padding, 'padding').name === 'Pss';
  return {
    padding: pss ? constants.RSA_PKCS1_PSS_PADDING : constants.RSA_PKCS1_PADDING,
    ...(pss && { saltLength: constants.RSA_PSS_SALTLEN_DIGEST }),
  };
}

function failed(): never {
  throw fault('System.Security.Cryptography.CryptographicException', 'The parameter is incorrect.');
}

function guarded<T>(work: () => T): T {
  try {
    return work();
  } catch (error) {
    if (error instanceof Error && 'code' in error) return failed();
    throw error;
  }
}

function signData(
  rsa: RsaValue,
  data: ArrayValue | null,
  hash: NamedValue | null,
  padding: NamedValue | null,
) {
  const { key } = rsa;
  if (!key) return failed();
  const bytes = bytesOf(required(data, 'data'));
  return guarded(() => bytesValue(sign(hashName(hash), bytes, { key, ...signing(padding) })));
}

function verifyData(
  rsa: RsaValue,
  data: ArrayValue | null,
  signature: ArrayValue | null,
  hash: NamedValue | null,
  padding: NamedValue | null,
): boolean {
  const bytes = bytesOf(required(data, 'data'));
  const given = bytesOf(required(signature, 'signature'));
  return guarded(() =>
    verify(hashName(hash), bytes, { key: rsa.publicKey, ...signing(padding) }, given),
  );
}

function encryption(padding: NamedValue | null) {
  const { name } = required(padding, 'padding');
  if (name === 'Pkcs1') return { padding: constants.RSA_PKCS1_PADDING };
  return {
    padding: constants.RSA_PKCS1_OAEP_PADDING,
    oaepHash: name.slice('Oaep'.length).toLowerCase(),
  };
}

const rsaType = declareType(
  'abstract class System.Security.Cryptography.RSA : AsymmetricAlgorithm',
  {
    'static RSA Create()': () => {
      const { privateKey, publicKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
      return new RsaValue(privateKey, publicKey);
    },
    'byte[] SignData(byte[] data, HashAlgorithmName hashAlgorithm, RSASignaturePadding padding)':
      signData,
    'bool VerifyData(byte[] data, byte[] signature, HashAlgorithmName hashAlgorithm, RSASignaturePadding padding)':
      verifyData,
    'byte[] Encrypt(byte[] data, RSAEncryptionPadding padding)': (
      rsa: RsaValue,
      data: ArrayValue | null,
      padding: NamedValue | null,
    ) =>
      guarded(() =>
        bytesValue(
          publicEncrypt(
            { key: rsa.publicKey, ...encryption(padding) },
            bytesOf(required(data, 'data')),
          ),
        ),
      ),
    'byte[] Decrypt(byte[] data, RSAEncryptionPadding padding)': (
      rsa: RsaValue,
      data: ArrayValue | null,
      padding: NamedValue | null,
    ) => {
      const { key } = rsa;
      if (!key) return failed();
      return guarded(() =>
        bytesValue(
          privateDecrypt({ key, ...encryption(padding) }, bytesOf(required(data, 'data'))),
        ),
      );
    },
    'int KeySize': (rsa: RsaValue) => rsa.publicKey.asymmetricKeyDetails?.modulusLength ?? 0,
  },
);

function namedMembers(type: string, names: readonly string[]): Record<string, unknown> {
  return Object.fromEntries(
    names.map((name) => [`static ${type} ${name}`, () => new NamedValue(type, name)]),
  );
}

const named_ = { text: (value: NamedValue) => value.name, key: (value: NamedValue) => value.name };
const space = 'System.Security.Cryptography';
const x509 = `${space}.X509Certificates`;

const certificateType = declareType(
  `class ${x509}.X509Certificate2 : X509Certificate`,
  {
    'new(byte[] rawData)': (_type: unknown, raw: ArrayValue | null) =>
      load(bytesOf(required(raw, 'rawData')), null),
    'new(byte[] rawData, string password)': (
      _type: unknown,
      raw: ArrayValue | null,
      password: string | null,
    ) => load(bytesOf(required(raw, 'rawData')), password),
    'new(byte[] rawData, string password, X509KeyStorageFlags keyStorageFlags)': (
      _type: unknown,
      raw: ArrayValue | null,
      password: string | null,
    ) => load(bytesOf(required(raw, 'rawData')), password),
    'string Thumbprint': (value: CertificateValue) => hex(thumb(value, 'sha1')),
    'string FriendlyName': () => '',
    'bool HasPrivateKey': (value: CertificateValue) => value.key !== undefined,
    'DateTime NotBefore': (value: CertificateValue) => date(value.certificate.validFrom),
    'DateTime NotAfter': (value: CertificateValue) => date(value.certificate.validTo),
    'string SerialNumber': (value: CertificateValue) => value.certificate.serialNumber,
    'byte[] RawData': (value: CertificateValue) => bytesValue(value.certificate.raw),
    'int Version': () => 3,
    'X500DistinguishedName SubjectName': (value: CertificateValue) =>
      new NamedValue('X500DistinguishedName', nameText(value.certificate.subject)),
    'X500DistinguishedName IssuerName': (value: CertificateValue) =>
      new NamedValue('X500DistinguishedName', nameText(value.certificate.issuer)),
    'string GetNameInfo(X509NameType nameType, bool forIssuer)': nameInfo,
    'bool Verify()': isCurrent,
    'bool VerifyNoRevocation()': isCurrent,
  },
  { text: (value: CertificateValue) => `[Subject]\n  ${nameText(value.certificate.subject)}` },
);

const certificateBase = declareType(`class ${x509}.X509Certificate : IDisposable`, {
  'string Subject': (value: CertificateValue) => nameText(value.certificate.subject),
  'string Issuer': (value: CertificateValue) => nameText(value.certificate.issuer),
  'byte[] GetCertHash()': (value: CertificateValue) => bytesValue(thumb(value, 'sha1')),
  'string GetCertHashString()': (value: CertificateValue) => hex(thumb(value, 'sha1')),
  'byte[] GetCertHash(HashAlgorithmName hashAlgorithm)': (
    value: CertificateValue,
    hash: NamedValue | null,
  ) => bytesValue(thumb(value, hashName(hash))),
  'byte[] GetRawCertData()': (value: CertificateValue) => bytesValue(value.certificate.raw),
  'string GetSerialNumberString()': (value: CertificateValue) => value.certificate.serialNumber,
  'string GetExpirationDateString()': (value: CertificateValue) => value.certificate.validTo,
  'byte[] Export(X509ContentType contentType)': (value: CertificateValue) =>
    bytesValue(value.certificate.raw),
});

export const certificateTypes = [
  certificateBase,
  certificateType,
  declareType(`static class ${x509}.RSACertificateExtensions`, {
    'static RSA GetRSAPrivateKey(this X509Certificate2 certificate)': (
      value: CertificateValue | null,
    ) => rsaOf(required(value, 'certificate').key),
    'static RSA GetRSAPublicKey(this X509Certificate2 certificate)': (
      value: CertificateValue | null,
    ) => rsaOf(required(value, 'certificate').certificate.publicKey),
  }),
  declareType(`abstract class ${space}.AsymmetricAlgorithm : IDisposable`, {}),
  rsaType,
  declareType(
    `struct ${space}.HashAlgorithmName`,
    {
      ...namedMembers('HashAlgorithmName', ['MD5', 'SHA1', 'SHA256', 'SHA384', 'SHA512']),
      'new(string name)': (_type: unknown, name: string | null) =>
        new NamedValue('HashAlgorithmName', required(name, 'name')),
      'string Name': (value: NamedValue) => value.name,
    },
    named_,
  ),
  declareType(
    `sealed class ${space}.RSASignaturePadding`,
    namedMembers('RSASignaturePadding', ['Pkcs1', 'Pss']),
    named_,
  ),
  declareType(
    `sealed class ${space}.RSAEncryptionPadding`,
    namedMembers('RSAEncryptionPadding', [
      'Pkcs1',
      'OaepSHA1',
      'OaepSHA256',
      'OaepSHA384',
      'OaepSHA512',
    ]),
    named_,
  ),
  declareType(
    `class ${x509}.X500DistinguishedName`,
    { 'string Name': (value: NamedValue) => value.name },
    named_,
  ),
  declareEnum(`${x509}.X509ContentType`, {
    Unknown: 0,
    Cert: 1,
    SerializedCert: 2,
    Pfx: 3,
    Pkcs12: 3,
  }),
  declareEnum(`${x509}.X509NameType`, {
    SimpleName: 0,
    EmailName: 1,
    UpnName: 2,
    DnsName: 3,
    DnsFromAlternativeName: 4,
    UrlName: 5,
  }),
  declareEnum(
    `${x509}.X509KeyStorageFlags`,
    {
      DefaultKeySet: 0,
      UserKeySet: 1,
      MachineKeySet: 2,
      Exportable: 4,
      PersistKeySet: 16,
      EphemeralKeySet: 32,
    },
    true,
  ),
];
