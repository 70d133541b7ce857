// Bytes and their text forms.
import { timingSafeEqual } from 'node:crypto';

/** Unpadded base64url (RFC 4648 section 5) of bytes or of UTF-8 text. */
export function toBase64Url(data: Uint8Array | string): string {
  return Buffer.from(data as Uint8Array).toString('base64url');
}

/**
 * Strict decoding of unpadded or padded base64url; standard base64's `+` and `/` are accepted too.
 * Gives undefined where the text is not base64 at all.
 */
export function fromBase64Any(text: string): Buffer | undefined {
  const bare = text.replace(/=+$/, '');
  if (!/^[A-Za-z0-9+/_-]*$/.test(bare) || bare.length % 4 === 1) return undefined;
  return Buffer.from(bare, 'base64');
}

/** Compares in time that does not depend on where the two differ. */
export function equalsConstantTime(left: Uint8Array | string, right: Uint8Array | string): boolean {
  const a = Buffer.from(left as Uint8Array);
  const b = Buffer.from(right as Uint8Array);
  if (a.length !== b.length) {
    timingSafeEqual(a, a);
    return false;
  }
  return timingSafeEqual(a, b);
}
