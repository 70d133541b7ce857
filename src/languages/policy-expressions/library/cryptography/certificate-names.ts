// Names in certificates: X500DistinguishedName, and the answers of GetNameInfo.
import { bytesValue, Instance } from '../../running/values.ts';
import { declareEnum, declareType, named } from '../../types/registry.ts';
import type { CertificateValue } from './certificate-values.ts';
import { space } from './failures.ts';

const x509 = `${space}.X509Certificates`;

/** An X500DistinguishedName. */
export class DistinguishedNameValue extends Instance {
  readonly name: string;
  readonly der: Uint8Array;

  constructor(name: string, der: Uint8Array) {
    super(named(`${x509}.X500DistinguishedName`));
    this.name = name;
    this.der = der;
  }
}

const part = /\s*([^=,+]+)=("(?:[^"]|"")*"|[^,+]*)\s*(?:[,+]|$)/g;

/** The value of the first attribute of a name that is there, most specific first. */
function attributeOf(name: string, wanted: readonly string[]): string | undefined {
  const found = [...name.matchAll(part)].map(
    ([, key = '', value = '']) => [key.trim(), value] as const,
  );
  for (const key of wanted) {
    const value = found.find(([each]) => each === key)?.[1];
    if (value !== undefined) {
      return value.startsWith('"') ? value.slice(1, -1).replaceAll('""', '"') : value;
    }
  }
  return undefined;
}

export const nameTypes = {
  SimpleName: 0,
  EmailName: 1,
  UpnName: 2,
  DnsName: 3,
  DnsFromAlternativeName: 4,
  UrlName: 5,
};

/** X509Certificate2.GetNameInfo; the issuer has no alternative names here. */
export function nameInfo({ parsed }: CertificateValue, type: number, forIssuer: boolean): string {
  const name = forIssuer ? parsed.issuer : parsed.subject;
  const none = { dnsNames: [], emails: [], uris: [], userPrincipalNames: [] };
  const { dnsNames, emails, uris, userPrincipalNames } = forIssuer ? none : parsed.alternativeNames;
  switch (type) {
    case nameTypes.SimpleName:
      return attributeOf(name, ['CN', 'OU', 'O', 'E']) ?? emails[0] ?? '';
    case nameTypes.EmailName:
      return emails[0] ?? attributeOf(name, ['E']) ?? '';
    case nameTypes.UpnName:
      return userPrincipalNames[0] ?? '';
    case nameTypes.DnsName:
      return dnsNames[0] ?? attributeOf(name, ['CN']) ?? '';
    case nameTypes.DnsFromAlternativeName:
      return dnsNames[0] ?? '';
    case nameTypes.UrlName:
      return uris[0] ?? '';
    default:
      return '';
  }
}

export const certificateNameTypes = [
  declareType(
    `sealed class ${x509}.X500DistinguishedName`,
    {
      'string Name': ({ name }: DistinguishedNameValue) => name,
      'byte[] RawData': ({ der }: DistinguishedNameValue) => bytesValue(Uint8Array.from(der)),
      'string Format(bool multiLine)': ({ name }: DistinguishedNameValue, multiLine: boolean) =>
        multiLine ? `${name.replaceAll(', ', '\n')}\n` : name,
    },
    { json: ({ name }: DistinguishedNameValue) => name },
  ),
  declareEnum(`${x509}.X509NameType`, nameTypes),
];
