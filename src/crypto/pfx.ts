// PFX files (PKCS#12, RFC 7292): written modern, read modern and legacy.
import {
  createCipheriv,
  createHmac,
  createPrivateKey,
  createPublicKey,
  type KeyObject,
  pbkdf2Sync,
  randomBytes,
  X509Certificate,
} from 'node:crypto';
import { equalsConstantTime } from '../base/index.ts';
import {
  DerError,
  type DerNode,
  derChild,
  derExplicit,
  derInteger,
  derNull,
  derOctets,
  derOid,
  derSequence,
  derSetOf,
  readDer,
  readInteger,
  readOid,
} from './der.ts';
import { bagIds, contentIds, digestIds, iterationsMax, PfxError, schemeIds } from './pfx-ids.ts';
import { decryptByPassword, derivePkcs12 } from './pfx-password.ts';

/** OpenSSL's and Windows' default; the password of a vault's secret is empty anyway. */
const iterations = 2048;

export interface PfxContent {
  /** PKCS#8 DER; absent where only certificates are inside. */
  readonly privateKey?: Buffer;
  /** DER; the key's own certificate first, then the rest in the order of the file. */
  readonly certificates: Buffer[];
}

/**
 * Writes a PFX: AES-256-CBC with PBKDF2-HMAC-SHA-256 for key and certificates, MAC with SHA-256.
 * An empty password is allowed. The first certificate is the key's own.
 */
export function writePfx(content: {
  readonly privateKey?: KeyObject;
  readonly certificates: readonly Uint8Array[];
  readonly password?: string;
}): Buffer {
  const { privateKey, certificates, password = '' } = content;
  const keyId = derSetOf([derOctets(Buffer.from([1, 0, 0, 0]))]);
  const localKeyId = derSetOf([derSequence(derOid('1.2.840.113549.1.9.21'), keyId)]);
  const bags = certificates.map((der, index) =>
    derSequence(
      derOid(bagIds.certificate),
      derExplicit(0, derSequence(derOid(bagIds.x509Certificate), derExplicit(0, derOctets(der)))),
      ...(index === 0 && privateKey ? [localKeyId] : []),
    ),
  );
  const parts = [encryptedData(derSequence(...bags), password)];
  if (privateKey) {
    const { scheme, sealed } = encrypt(
      privateKey.export({ format: 'der', type: 'pkcs8' }),
      password,
    );
    const bag = derSequence(
      derOid(bagIds.shroudedKey),
      derExplicit(0, derSequence(scheme, derOctets(sealed))),
      localKeyId,
    );
    parts.push(plainData(derSequence(bag)));
  }
  const safe = derSequence(...parts);
  return derSequence(derInteger(3), plainData(safe), macData(safe, password));
}

function plainData(content: Buffer): Buffer {
  return derSequence(derOid(contentIds.data), derExplicit(0, derOctets(content)));
}

function encryptedData(content: Buffer, password: string): Buffer {
  const { scheme, sealed } = encrypt(content, password);
  // The ciphertext is an implicit, primitive [0].
  const implicit = Buffer.from(derOctets(sealed));
  implicit[0] = 0x80;
  const info = derSequence(derOid(contentIds.data), scheme, implicit);
  return derSequence(
    derOid(contentIds.encryptedData),
    derExplicit(0, derSequence(derInteger(0), info)),
  );
}

/** PBES2 (RFC 8018 section 6.2). */
function encrypt(content: Buffer, password: string): { scheme: Buffer; sealed: Buffer } {
  const salt = randomBytes(16);
  const iv = randomBytes(16);
  const key = pbkdf2Sync(password, salt, iterations, 32, 'sha256');
  const cipher = createCipheriv('aes-256-cbc', key, iv);
  const derivation = derSequence(
    derOid(schemeIds.pbkdf2),
    derSequence(
      derOctets(salt),
      derInteger(iterations),
      derSequence(derOid(schemeIds.hmacSha256), derNull()),
    ),
  );
  const encryption = derSequence(derOid(schemeIds.aes256Cbc), derOctets(iv));
  return {
    scheme: derSequence(derOid(schemeIds.pbes2), derSequence(derivation, encryption)),
    sealed: Buffer.concat([cipher.update(content), cipher.final()]),
  };
}

function macData(safe: Buffer, password: string): Buffer {
  const salt = randomBytes(16);
  const key = derivePkcs12({ digest: 'sha256', purpose: 3, password, salt, iterations, bytes: 32 });
  const mac = createHmac('sha256', key).update(safe).digest();
  const algorithm = derSequence(derOid(digestIds.sha256), derNull());
  return derSequence(
    derSequence(algorithm, derOctets(mac)),
    derOctets(salt),
    derInteger(iterations),
  );
}

/**
 * Reads a PFX: PBES2 with AES, and the old PKCS#12 schemes with 3DES and RC2; MAC with SHA-1 or
 * SHA-2, or none. Throws PfxError: `password` where the password does not open it, `format` where
 * it is no PFX or uses something unknown. Heavy key derivation: run it in the pool.
 */
export async function readPfx(bytes: Uint8Array, password = ''): Promise<PfxContent> {
  return readPfxNow(bytes, password);
}

/** `readPfx` for callers that cannot wait, such as an expression under evaluation. */
export function readPfxNow(bytes: Uint8Array, password = ''): PfxContent {
  try {
    const file = readDer(bytes);
    if (readInteger(derChild(file, 0)) !== 3) throw new PfxError('format', 'not PKCS#12 version 3');
    const safe = openPlain(derChild(file, 1, 0x30));
    const secret = checkMac(file.children[2], safe, password);
    return collect(readDer(safe), secret);
  } catch (error) {
    if (error instanceof PfxError) throw error;
    if (error instanceof DerError) throw new PfxError('format', error.message);
    throw new PfxError('format', 'a part of it cannot be read');
  }
}

/** The octets of a ContentInfo of type data. */
function openPlain(info: DerNode): Buffer {
  if (readOid(derChild(info, 0)) !== contentIds.data) {
    throw new PfxError('format', 'sealed by a public key, not by a password');
  }
  return derChild(derChild(info, 1, 0xa0), 0).content;
}

/** The password as the file's writer used it: some write an empty one as no bytes at all. */
function checkMac(mac: DerNode | undefined, safe: Buffer, password: string): string | null {
  if (!mac) return password;
  const info = derChild(mac, 0, 0x30);
  const digestId = readOid(derChild(derChild(info, 0, 0x30), 0));
  const digest = Object.entries(digestIds).find(([, id]) => id === digestId)?.[0];
  if (!digest) throw new PfxError('format', `its MAC uses ${digestId}`);
  const wanted = derChild(info, 1, 0x04).content;
  const salt = derChild(mac, 1, 0x04).content;
  const rounds = mac.children[2] ? readInteger(mac.children[2]) : 1;
  if (rounds > iterationsMax) throw new PfxError('format', 'it asks for too many iterations');
  for (const secret of password === '' ? ['', null] : [password]) {
    const key = derivePkcs12({
      digest,
      purpose: 3,
      password: secret,
      salt,
      iterations: rounds,
      bytes: wanted.length,
    });
    if (equalsConstantTime(createHmac(digest, key).update(safe).digest(), wanted)) return secret;
  }
  throw new PfxError('password', 'the password does not open it');
}

function collect(safe: DerNode, password: string | null): PfxContent {
  const keys: Buffer[] = [];
  const certificates: Buffer[] = [];
  for (const info of safe.children) {
    const sealed = readOid(derChild(info, 0)) === contentIds.encryptedData;
    const content = sealed ? openSealed(info, password) : openPlain(info);
    collectBags(readDer(content), password, keys, certificates);
  }
  if (keys.length > 1) throw new PfxError('format', 'it holds more than one private key');
  const [privateKey] = keys;
  return {
    privateKey,
    certificates: privateKey ? ownFirst(privateKey, certificates) : certificates,
  };
}

function openSealed(info: DerNode, password: string | null): Buffer {
  const content = derChild(derChild(derChild(info, 1, 0xa0), 0, 0x30), 1, 0x30);
  const sealed = derChild(content, 2);
  // Primitive, or in pieces where the writer streamed it.
  const octets =
    sealed.tag === 0xa0
      ? Buffer.concat(sealed.children.map((piece) => piece.content))
      : sealed.content;
  return decryptByPassword(derChild(content, 1, 0x30), octets, password);
}

function collectBags(
  bags: DerNode,
  password: string | null,
  keys: Buffer[],
  certificates: Buffer[],
): void {
  for (const bag of bags.children) {
    const type = readOid(derChild(bag, 0));
    const value = derChild(derChild(bag, 1, 0xa0), 0);
    if (type === bagIds.key) keys.push(value.raw);
    else if (type === bagIds.shroudedKey) {
      const sealed = derChild(value, 1, 0x04).content;
      keys.push(decryptByPassword(derChild(value, 0, 0x30), sealed, password));
    } else if (type === bagIds.certificate) {
      if (readOid(derChild(value, 0)) !== bagIds.x509Certificate) continue;
      certificates.push(Buffer.from(derChild(derChild(value, 1, 0xa0), 0).content));
    } else if (type === bagIds.nested) collectBags(value, password, keys, certificates);
  }
}

function ownFirst(privateKey: Buffer, certificates: Buffer[]): Buffer[] {
  const key = createPrivateKey({ key: privateKey, format: 'der', type: 'pkcs8' });
  const wanted = createPublicKey(key);
  const own = certificates.findIndex((der) => new X509Certificate(der).publicKey.equals(wanted));
  if (own < 0) return certificates;
  return [certificates[own]!, ...certificates.filter((_, index) => index !== own)];
}
