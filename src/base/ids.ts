// Random and derived identifiers.
import { createHash, randomBytes, randomUUID } from 'node:crypto';

/** A random GUID in lower case with dashes. */
export function newGuid(): string {
  return randomUUID();
}

/** 32 lower-case hex digits, as Key Vault versions and workflow ids use them. */
export function newHexId(): string {
  return randomBytes(16).toString('hex');
}

/**
 * UUID version 5 of `name` in `namespace` (RFC 9562 section 5.5).
 * The template function `guid()` is this over its own namespace.
 */
export function guidFromName(namespace: string, name: string): string {
  const hash = createHash('sha1')
    .update(Buffer.from(namespace.replaceAll('-', ''), 'hex'))
    .update(name, 'utf8')
    .digest()
    .subarray(0, 16);
  hash[6] = (hash[6]! & 0x0f) | 0x50;
  hash[8] = (hash[8]! & 0x3f) | 0x80;
  const hex = hash.toString('hex');
  return [
    hex.slice(0, 8),
    hex.slice(8, 12),
    hex.slice(12, 16),
    hex.slice(16, 20),
    hex.slice(20),
  ].join('-');
}

/** Whether `text` is a GUID with dashes, in any letter case. */
export function isGuid(text: string): boolean {
  return /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i.test(text);
}
