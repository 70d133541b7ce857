// What a certificate's secret holds: PFX or PEM, with the private key or without; and reading both.
import { createPrivateKey, createPublicKey, type KeyObject } from 'node:crypto';
import { fromBase64Any } from '../../base/index.ts';
import {
  CertificateError,
  decodePem,
  encodePem,
  type ParsedCertificate,
  PfxError,
  PoolError,
  parseCertificate,
  writePfx,
} from '../../crypto/index.ts';
import { contentTypes } from './certificate-policy.ts';
import { badParameter } from './errors.ts';
import type { Room } from './room.ts';
import type { SecretVersion } from './state.ts';

export interface Content {
  /** Absent for a key that may not leave the vault. */
  readonly privateKey?: KeyObject;
  /** DER, the key's own certificate first. */
  readonly certificates: readonly Uint8Array[];
}

/** The value of a certificate's secret: base64 PFX with an empty password, or PEM. */
export function writeContent(contentType: string, content: Content): string {
  if (contentType === contentTypes.pfx) return writePfx(content).toString('base64');
  const key = content.privateKey?.export({ format: 'pem', type: 'pkcs8' }) ?? '';
  return key + content.certificates.map((der) => encodePem('CERTIFICATE', der)).join('');
}

/** A managed secret in the form that `outContentType` asks for. */
export async function convertContent(
  room: Room,
  secret: SecretVersion,
  wanted: string,
): Promise<string> {
  if (wanted !== contentTypes.pfx && wanted !== contentTypes.pem) {
    throw badParameter(`The content type '${wanted.slice(0, 100)}' is not supported.`);
  }
  if (wanted === secret.contentType) return secret.value;
  return writeContent(wanted, await readContent(room, secret.value, ''));
}

const isPem = (value: string) => value.includes('-----BEGIN ');

/** Reads PFX (base64) or PEM; throws 400 in the service's words. Certificates: the own one first. */
export async function readContent(room: Room, value: string, password: string): Promise<Content> {
  const content = isPem(value) ? readPem(value) : await readBase64Pfx(room, value, password);
  if (content.certificates.length === 0) {
    throw badParameter('The content holds no X.509 certificate.');
  }
  return content;
}

/** The certificates of a content, parsed; throws 400 where one of them is none. */
export function parseAll({ certificates }: Content): ParsedCertificate[] {
  try {
    return certificates.map((der) => parseCertificate(der));
  } catch (error) {
    if (!(error instanceof CertificateError)) throw error;
    throw badParameter('The content holds something that is not an X.509 certificate.');
  }
}

export const contentTypeOf = (value: string) =>
  isPem(value) ? contentTypes.pem : contentTypes.pfx;

async function readBase64Pfx(room: Room, value: string, password: string): Promise<Content> {
  const bytes = fromBase64Any(value.replace(/\s+/g, ''));
  try {
    if (!bytes?.length) throw new PfxError('format', 'it is not base64');
    const { privateKey, certificates } = await room.pool.run('readPfx', { bytes, password });
    if (!privateKey) return { certificates };
    const key = Buffer.from(privateKey);
    return {
      privateKey: createPrivateKey({ key, format: 'der', type: 'pkcs8' }),
      certificates,
    };
  } catch (error) {
    if (error instanceof PoolError) throw error;
    if (error instanceof PfxError && error.kind === 'password') {
      throw badParameter(
        'The specified PKCS#12 X.509 certificate content can not be read: the password is not correct.',
      );
    }
    throw badParameter(
      'The specified PKCS#12 X.509 certificate content can not be read. Please check if ' +
        'certificate is in valid PKCS#12 format.',
    );
  }
}

function readPem(value: string): Content {
  const blocks = decodePem(value);
  const certificates = blocks.filter(({ label }) => label === 'CERTIFICATE').map(({ der }) => der);
  const keys = /-----BEGIN ((?:RSA |EC )?PRIVATE KEY)-----[\s\S]*?-----END \1-----/.exec(value);
  if (!keys) return { certificates };
  try {
    const privateKey = createPrivateKey(keys[0]);
    const own = createPublicKey(privateKey);
    const index = certificates.findIndex((der) => parseCertificate(der).publicKey.equals(own));
    if (index > 0) certificates.unshift(...certificates.splice(index, 1));
    return { privateKey, certificates };
  } catch {
    throw badParameter('The specified PEM X.509 certificate content is in an unexpected format.');
  }
}

/** One entry of `x5c`: base64 of DER, of PEM, or of base64 text, as SDKs hand it over. */
export function readX5c(entry: string): ParsedCertificate {
  const bytes = fromBase64Any(entry.replace(/\s+/g, ''));
  try {
    if (bytes && bytes[0] === 0x30) return parseCertificate(bytes);
    const text = bytes?.toString('latin1') ?? '';
    if (isPem(text)) return parseCertificate(text);
    const inner = fromBase64Any(text.replace(/\s+/g, ''));
    if (inner) return parseCertificate(inner);
  } catch (error) {
    if (!(error instanceof CertificateError)) throw error;
  }
  throw badParameter('The parameter x5c holds something that is not an X.509 certificate.');
}

/** Leaf first, then each issuer; what belongs to no chain stays at the end. */
export function orderChain(
  leaf: ParsedCertificate,
  others: readonly ParsedCertificate[],
): ParsedCertificate[] {
  const left = [...others];
  const chain: ParsedCertificate[] = [];
  for (let last = leaf; ; last = chain.at(-1)!) {
    const at = left.findIndex((each) => last.native.checkIssued(each.native));
    if (at < 0 || last.selfSigned) break;
    chain.push(...left.splice(at, 1));
  }
  return [...chain, ...left];
}
