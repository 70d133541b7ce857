// Envelope encryption: each record has its own data key, wrapped by one master key.
import { createCipheriv, createDecipheriv, randomFillSync } from 'node:crypto';

/** Seals bytes so that only the holder of the master key can open them. */
export interface Envelope {
  /** `context` is authenticated, not stored: the same text must be given to `open`. */
  seal(plain: Uint8Array, context: string): Buffer;
  /** Throws EnvelopeError where the key or the context is another one, or the bytes changed. */
  open(sealed: Uint8Array, context: string): Buffer;
  /**
   * The same record under the current master key: only its data key is wrapped anew. Undefined where
   * it is under that key already. Throws EnvelopeError.
   */
  rewrap(sealed: Uint8Array, context: string): Buffer | undefined;
  /** Seals with this key from now on; what earlier keys sealed still opens. */
  change(masterKey: Uint8Array): void;
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

/**
 * AES-256-GCM twice: over the record with a fresh key, and over that key with `masterKey`. Records of
 * the `earlier` master keys open, too.
 */
export function createEnvelope(
  masterKey: Uint8Array,
  earlier: readonly Uint8Array[] = [],
): Envelope {
  let keys = [masterKey, ...earlier];
  const wrap = (dataKey: Buffer, context: string) => encrypt(keys[0]!, dataKey, `key\n${context}`);
  return {
    seal(plain, context) {
      const dataKey = drawRandom(masterKeyBytes);
      const record = encrypt(dataKey, plain, context);
      return Buffer.concat([Buffer.of(formatVersion), wrap(dataKey, context), record]);
    },
    open(sealed, context) {
      const { dataKey, record } = unwrap(sealed, context, keys);
      try {
        return decrypt(dataKey, record, context);
      } catch {
        throw new EnvelopeError();
      }
    },
    rewrap(sealed, context) {
      const { dataKey, record, index } = unwrap(sealed, context, keys);
      if (index === 0) return undefined;
      return Buffer.concat([Buffer.of(formatVersion), wrap(dataKey, context), record]);
    },
    change(next) {
      keys = [next, ...keys];
    },
  };
}

/** The data key, and which master key opened it. */
function unwrap(sealed: Uint8Array, context: string, keys: readonly Uint8Array[]) {
  const bytes = Buffer.from(sealed.buffer, sealed.byteOffset, sealed.byteLength);
  const wrapped = bytes.subarray(1, 1 + wrappedKeyBytes);
  if (bytes[0] === formatVersion && wrapped.length === wrappedKeyBytes) {
    for (const [index, key] of keys.entries()) {
      try {
        const dataKey = decrypt(key, wrapped, `key\n${context}`);
        return { dataKey, index, record: bytes.subarray(1 + wrappedKeyBytes) };
      } catch {
        // Another key's, or none's.
      }
    }
  }
  throw new EnvelopeError();
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
