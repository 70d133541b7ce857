// ToString of certificates: the short text, and the verbose one.
import { dateTimeOfUnixMs, formatDateTime } from '../../../../../dotnet/index.ts';
import { spacedHex } from '../asn-encoded-data.ts';
import { hexOf } from '../bytes.ts';
import { friendlyNameOf } from '../oid.ts';
import type { CertificateValue } from './certificate-value.ts';
import { nameInfo, nameTypes } from './name-info.ts';

/** .NET shows the dates of certificates in local time, which is UTC on a gateway. */
export const localTime = (ms: number) => ({ ...dateTimeOfUnixMs(ms), kind: 'local' as const });

type Part = readonly [title: string, ...lines: readonly string[]];

/** The parts of both texts, each a title and the lines below it. */
function commonParts(value: CertificateValue): readonly Part[] {
  const { subject, issuer, serialNumberBytes, notBefore, notAfter } = value.parsed;
  return [
    ['Subject', subject],
    ['Issuer', issuer],
    ['Serial Number', hexOf(serialNumberBytes)],
    ['Not Before', formatDateTime(localTime(notBefore))],
    ['Not After', formatDateTime(localTime(notAfter))],
    ['Thumbprint', hexOf(value.digest('sha1'))],
  ];
}

const lineUp = (parts: readonly Part[]) =>
  parts.map(([title, ...lines]) => `[${title}]\n${lines.map((line) => `  ${line}\n`).join('')}`);

/** `names`: whether subject and issuer are followed by the names that GetNameInfo finds. */
export function certificateText(value: CertificateValue, names: boolean): string {
  const parts = commonParts(value);
  if (!names) return lineUp(parts).join('\n');
  const [subject, issuer, ...rest] = parts;
  const version: Part = ['Version', `V${value.parsed.version}`];
  const whole = [
    version,
    [...subject!, ...namesOf(value, false)] as const,
    [...issuer!, ...namesOf(value, true)] as const,
    ...rest,
    ...algorithmParts(value),
  ];
  return lineUp(whole).join('\n') + extensionsText(value);
}

function namesOf(value: CertificateValue, forIssuer: boolean): string[] {
  const rows = [
    ['Simple Name', nameTypes.SimpleName],
    ['Email Name', nameTypes.EmailName],
    ['UPN Name', nameTypes.UpnName],
    ['DNS Name', nameTypes.DnsName],
  ] as const;
  return rows.flatMap(([title, type]) => {
    const text = nameInfo(value, type, forIssuer);
    return text === '' ? [] : [`${title}: ${text}`];
  });
}

function titled(oid: string): string {
  const name = friendlyNameOf(oid);
  return name === null ? oid : `${name}(${oid})`;
}

function algorithmParts({ parsed }: CertificateValue): Part[] {
  const { algorithm, parameters, key } = parsed.publicKeyInfo;
  const bits = parsed.publicKey.asymmetricKeyDetails?.modulusLength ?? '';
  return [
    ['Signature Algorithm', titled(parsed.signatureAlgorithm)],
    [
      'Public Key',
      `Algorithm: ${friendlyNameOf(algorithm) ?? algorithm}`,
      `Length: ${bits}`,
      `Key Blob: ${hexOf(key)}`,
      `Parameters: ${hexOf(parameters)}`,
    ],
  ];
}

function extensionsText({ parsed }: CertificateValue): string {
  if (parsed.extensions.length === 0) return '';
  const lines = parsed.extensions.map(
    ({ id, value }) => `* ${titled(id)}:\n  ${spacedHex(value)}\n`,
  );
  return `\n[Extensions]\n${lines.join('')}`;
}
