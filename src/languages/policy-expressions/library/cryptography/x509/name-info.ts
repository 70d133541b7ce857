// GetNameInfo: the names a certificate goes by.
import { declareEnum } from '../../../types/registry.ts';
import { type CertificateValue, x509 } from './certificate-value.ts';

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

export const nameTypeType = declareEnum(`${x509}.X509NameType`, nameTypes);
