// Opens what a password seals in a PFX, by the modern and the old schemes.
import { createDecipheriv, createHash, pbkdf2Sync } from 'node:crypto';
import { createRequire } from 'node:module';
import type Forge from 'node-forge';
import { DerError, type DerNode, derChild, readInteger, readOid } from './der.ts';
import {
  type CipherFacts,
  cipherIds,
  hmacIds,
  iterationsMax,
  legacyIds,
  PfxError,
  schemeIds,
} from './pfx-ids.ts';

export interface Derivation {
  readonly digest: string;
  /** 1 key, 2 initialisation vector, 3 MAC key. */
  readonly purpose: 1 | 2 | 3;
  /** Null: no bytes at all, which is not the same as empty text. */
  readonly password: string | null;
  readonly salt: Uint8Array;
  readonly iterations: number;
  readonly bytes: number;
}

/** Key derivation of PKCS#12 (RFC 7292, appendix B). */
export function derivePkcs12(input: Derivation): Buffer {
  const block = input.digest === 'sha384' || input.digest === 'sha512' ? 128 : 64;
  const text = input.password === null ? Buffer.alloc(0) : bigEndian(`${input.password}\0`);
  const mixed = Buffer.concat([fill(Buffer.from(input.salt), block), fill(text, block)]);
  const diversifier = Buffer.alloc(block, input.purpose);
  const out: Buffer[] = [];
  for (let size = 0; size < input.bytes; ) {
    let hash = createHash(input.digest).update(diversifier).update(mixed).digest();
    for (let round = 1; round < input.iterations; round++) {
      hash = createHash(input.digest).update(hash).digest();
    }
    out.push(hash);
    size += hash.length;
    addToBlocks(mixed, fill(hash, block).subarray(0, block), block);
  }
  return Buffer.concat(out).subarray(0, input.bytes);
}

function bigEndian(text: string): Buffer {
  return Buffer.from(text, 'utf16le').swap16();
}

/** Repeats bytes to a whole number of blocks. */
function fill(bytes: Buffer, block: number): Buffer {
  const size = Math.ceil(bytes.length / block) * block;
  return bytes.length === 0 ? Buffer.alloc(0) : Buffer.alloc(size, bytes);
}

/** Each block becomes (block + addend + 1) modulo its size. */
function addToBlocks(mixed: Buffer, addend: Buffer, block: number): void {
  for (let start = 0; start < mixed.length; start += block) {
    let carry = 1;
    for (let index = block - 1; index >= 0; index--) {
      const sum = mixed[start + index]! + addend[index]! + carry;
      mixed[start + index] = sum & 0xff;
      carry = sum >> 8;
    }
  }
}

/** Decrypts by an AlgorithmIdentifier of PBES2 or PKCS#12. Throws PfxError. */
export function decryptByPassword(
  scheme: DerNode,
  sealed: Buffer,
  password: string | null,
): Buffer {
  const id = readOid(derChild(scheme, 0));
  const parameters = derChild(scheme, 1, 0x30);
  const legacy = legacyIds[id];
  if (legacy) {
    const salt = derChild(parameters, 0, 0x04).content;
    const iterations = checkedIterations(derChild(parameters, 1));
    const derive = (purpose: 1 | 2, bytes: number) =>
      derivePkcs12({ digest: 'sha1', purpose, password, salt, iterations, bytes });
    return open(legacy, derive(1, legacy.keyBytes), derive(2, legacy.ivBytes), sealed);
  }
  if (id !== schemeIds.pbes2) throw new PfxError('format', `it is sealed with ${id}`);
  return openPbes2(parameters, sealed, password);
}

function openPbes2(parameters: DerNode, sealed: Buffer, password: string | null): Buffer {
  const derivation = derChild(parameters, 0, 0x30);
  const encryption = derChild(parameters, 1, 0x30);
  const cipher = cipherIds[readOid(derChild(encryption, 0))];
  if (readOid(derChild(derivation, 0)) !== schemeIds.pbkdf2 || !cipher) {
    throw new PfxError('format', 'its password scheme is not known');
  }
  const settings = derChild(derivation, 1, 0x30).children;
  const salt = settings[0]?.tag === 0x04 ? settings[0].content : undefined;
  const pseudoRandom = settings.find((setting) => setting.tag === 0x30);
  const digest = pseudoRandom ? hmacIds[readOid(derChild(pseudoRandom, 0))] : 'sha1';
  if (!salt || !digest || !settings[1]) throw new PfxError('format', 'its password scheme is odd');
  const iterations = checkedIterations(settings[1]);
  const key = pbkdf2Sync(password ?? '', salt, iterations, cipher.keyBytes, digest);
  return open(cipher, key, derChild(encryption, 1, 0x04).content, sealed);
}

function checkedIterations(node: DerNode): number {
  const iterations = readInteger(node);
  if (iterations < 1 || iterations > iterationsMax) {
    throw new PfxError('format', 'it asks for too many iterations');
  }
  return iterations;
}

function open(facts: CipherFacts, key: Buffer, iv: Buffer, sealed: Buffer): Buffer {
  if (facts.name === 'rc2') return openRc2(key, iv, sealed);
  // Two-key triple DES repeats the first key.
  const full = facts.name === 'des-ede-cbc' ? Buffer.concat([key, key.subarray(0, 8)]) : key;
  const name = facts.name === 'des-ede-cbc' ? 'des-ede3-cbc' : facts.name;
  try {
    const cipher = createDecipheriv(name, full, iv);
    return Buffer.concat([cipher.update(sealed), cipher.final()]);
  } catch (error) {
    if (error instanceof DerError) throw error;
    throw new PfxError('password', 'the password does not open it');
  }
}

/** OpenSSL 3 keeps RC2 in a provider that Node does not load; node-forge is loaded on demand. */
function openRc2(key: Buffer, iv: Buffer, sealed: Buffer): Buffer {
  const forge: typeof Forge = createRequire(import.meta.url)('node-forge');
  const start = forge.rc2.createDecryptionCipher(key.toString('binary'), key.length * 8);
  start.start(iv.toString('binary'));
  start.update(forge.util.createBuffer(sealed.toString('binary')));
  if (!start.finish()) throw new PfxError('password', 'the password does not open it');
  return Buffer.from(start.output.getBytes(), 'binary');
}
