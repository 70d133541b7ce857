// The private certificate authority of the forward proxy: it may vouch for the table's hosts only.
import {
  createPrivateKey,
  createPublicKey,
  generateKeyPairSync,
  type KeyObject,
  X509Certificate,
} from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { createSecureContext, type SecureContext } from 'node:tls';
import { createCertificate, encodePem } from '../crypto/index.ts';
import { leafCertificatesMax } from './limits.ts';

export interface ProxyAuthority {
  /** Path of the certificate, PEM; the same path for the life of the data folder. */
  readonly certificatePath: string;
  readonly certificatePem: string;
  /** A TLS context with a leaf certificate for the host, made on first use. */
  contextFor(host: string): Promise<SecureContext>;
}

const dayMs = 86_400_000;
/** Clients refuse leaves that live longer than 398 days. */
const leafDays = 90;
const authorityDays = 3_650;

/**
 * Loads the authority from `folder`, or makes it. It is reissued at the same path when the hosts
 * change. The machine's clock counts here, because clients check these dates with theirs.
 */
export async function openProxyAuthority(
  folder: string,
  hosts: readonly string[],
): Promise<ProxyAuthority> {
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  const certificatePath = join(folder, 'ca.pem');
  const key = loadKey(join(folder, 'ca.key.pem'));
  const suffixes = [
    ...new Set(hosts.filter(isName).map((host) => host.replace(/^\*\./, ''))),
  ].sort();
  const hostsPath = join(folder, 'ca.hosts');
  const wanted = suffixes.join('\n');
  if (!existsSync(certificatePath) || !isCurrent(certificatePath, hostsPath, wanted, key)) {
    const der = await issueAuthority(key, suffixes);
    replaceFile(certificatePath, encodePem('CERTIFICATE', der), 0o644);
    replaceFile(hostsPath, wanted, 0o644);
  }
  const certificatePem = readFileSync(certificatePath, 'utf8');
  const leaves = leafIssuer(key, new X509Certificate(certificatePem).raw);
  return { certificatePath, certificatePem, contextFor: leaves };
}

const isName = (host: string) => !/^[\d.]+$/.test(host) && !host.includes(':');

function loadKey(path: string): KeyObject {
  if (existsSync(path)) return createPrivateKey(readFileSync(path));
  const { privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  replaceFile(path, privateKey.export({ type: 'pkcs8', format: 'pem' }) as string, 0o600);
  return privateKey;
}

function isCurrent(path: string, hostsPath: string, wanted: string, key: KeyObject): boolean {
  const certificate = new X509Certificate(readFileSync(path));
  return (
    existsSync(hostsPath) &&
    readFileSync(hostsPath, 'utf8') === wanted &&
    certificate.checkPrivateKey(key) &&
    Date.parse(certificate.validTo) > Date.now() + leafDays * dayMs
  );
}

/** Never half a file, whenever the process dies. */
function replaceFile(path: string, text: string, mode: number): void {
  writeFileSync(`${path}.new`, text, { mode });
  renameSync(`${path}.new`, path);
}

function issueAuthority(key: KeyObject, dnsSuffixes: string[]): Promise<Buffer> {
  return createCertificate({
    subject: 'CN=Lazurite private authority',
    publicKey: createPublicKey(key),
    signingKey: key,
    notBefore: Date.now() - dayMs,
    notAfter: Date.now() + authorityDays * dayMs,
    basicConstraints: { ca: true, pathLength: 0 },
    keyUsage: ['keyCertSign', 'cRLSign'],
    nameConstraints: { dnsSuffixes },
  });
}

function leafIssuer(key: KeyObject, issuer: Buffer): (host: string) => Promise<SecureContext> {
  const contexts = new Map<string, Promise<SecureContext>>();
  // One key pair for all leaves of this process: they protect loopback only.
  const pair = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  const privateKey = pair.privateKey.export({ type: 'pkcs8', format: 'pem' });

  async function issue(host: string): Promise<SecureContext> {
    const der = await createCertificate({
      subject: host.length <= 64 ? `CN=${host}` : 'CN=Lazurite',
      publicKey: pair.publicKey,
      signingKey: key,
      issuer,
      notBefore: Date.now() - dayMs,
      notAfter: Date.now() + leafDays * dayMs,
      keyUsage: ['digitalSignature'],
      extendedKeyUsage: ['1.3.6.1.5.5.7.3.1'],
      alternativeNames: { dnsNames: [host] },
    });
    const cert = encodePem('CERTIFICATE', der);
    return createSecureContext({ key: privateKey, cert });
  }
  return (host) => {
    const known = contexts.get(host);
    if (known) return known;
    if (contexts.size >= leafCertificatesMax) contexts.delete(contexts.keys().next().value!);
    const context = issue(host);
    contexts.set(host, context);
    return context;
  };
}
