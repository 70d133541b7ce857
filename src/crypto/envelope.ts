// Envelope encryption: each record has its own data key, wrapped by one master key.
import { createCipheriv, createDecipheriv, randomFillSync } from 'node:crypto';

/** Seals bytes so that only the holder of the master key can open them. */
export interface Envelope {
  /** `context` is authenticated, not stored: the same text must be given to `open`. */
  seal(plain: Uint8Array, context: string): Buffer;
  /** Throws EnvelopeError where the key or the context is another one, or the bytes changed. */
  open(sealed: Uint8Array, context: string): Buffer;
}

export class EnvelopeError extends Error {
  constructor() {
    super('the record cannot be opened: another master key sealed it, or it was changed');
    this.name = 'EnvelopeError';
  }
}

export const masterKeyBytes = 32;
const formatVersion = 1;
const ivBytes = 12;
const tagBytes = 16;
const wrappedKeyBytes = ivBytes + masterKeyBytes + tagBytes;

/** Random bytes are fetched in stock: one call of the system for some hundred records. */
const stock = Buffer.alloc(16_384);
let stockUsed = stock.length;

function drawRandom(size: number): Buffer {
  if (stockUsed + size > stock.length) {
    randomFillSync(stock);
    stockUsed = 0;
  }
  const drawn = Buffer.from(stock.subarray(stockUsed, stockUsed + size));
  // What was given out is not kept here.
  stock.fill(0, stockUsed, stockUsed + size);
  stockUsed += size;
  return drawn;
}

/** AES-256-GCM twice: over the record with a fresh key, and over that key with `masterKey`. */
export function createEnvelope(masterKey: Uint8Array): Envelope {
  return {
    seal(plain, context) {
      const dataKey = drawRandom(masterKeyBytes);
      const wrapped = encrypt(masterKey, dataKey, `key\n${context}`);
      return Buffer.concat([Buffer.of(formatVersion), wrapped, encrypt(dataKey, plain, context)]);
    },
    open(sealed, context) {
      const bytes = Buffer.from(sealed.buffer, sealed.byteOffset, sealed.byteLength);
      try {
        if (bytes[0] !== formatVersion) throw new EnvelopeError();
        const wrapped = bytes.subarray(1, 1 + wrappedKeyBytes);
        const dataKey = decrypt(masterKey, wrapped, `key\n${context}`);
        return decrypt(dataKey, bytes.subarray(1 + wrappedKeyBytes), context);
      } catch {
        throw new EnvelopeError();
      }
    },
  };
}

function encrypt(key: Uint8Array, plain: Uint8Array, context: string): Buffer {
  const iv = drawRandom(ivBytes);
  const cipher = createCipheriv('aes-256-gcm', key, iv).setAAD(Buffer.from(context));
  const body = cipher.update(plain);
  return Buffer.concat([iv, body, cipher.final(), cipher.getAuthTag()]);
}

function decrypt(key: Uint8Array, bytes: Buffer, context: string): Buffer {
  const end = bytes.length - tagBytes;
  const decipher = createDecipheriv('aes-256-gcm', key, bytes.subarray(0, ivBytes), {
    authTagLength: tagBytes,
  });
  decipher.setAAD(Buffer.from(context)).setAuthTag(bytes.subarray(end));
  return Buffer.concat([decipher.update(bytes.subarray(ivBytes, end)), decipher.final()]);
}
