// guid() and uniqueString(): names derived from texts, equal to Azure's.
import { guidFromName } from '../../../base/index.ts';

/** The namespace that Azure uses for guid(). Source: vector in Bicep's tests. */
const guidNamespace = '11fb06fb-712d-4ddd-98c7-e71bbd588830';

export function guidOfTexts(texts: readonly string[]): string {
  return guidFromName(guidNamespace, texts.join('-'));
}

/** 13 characters a-z2-7 of a 64-bit hash of the texts joined by `-`. */
export function uniqueStringOf(texts: readonly string[]): string {
  return base32(murmur64(Buffer.from(texts.join('-'), 'utf8')));
}

const rotate = (value: number, bits: number) => (value << bits) | (value >>> (32 - bits));
const mixFirst = (word: number) => Math.imul(rotate(Math.imul(word, 0x239b961b), 15), 0xab0e9789);
const mixSecond = (word: number) => Math.imul(rotate(Math.imul(word, 0xab0e9789), 17), 0x239b961b);

function finish(value: number): number {
  value = Math.imul(value ^ (value >>> 16), 0x85ebca6b);
  value = Math.imul(value ^ (value >>> 13), 0xc2b2ae35);
  return value ^ (value >>> 16);
}

/** Two 32-bit lanes in the manner of MurmurHash3, eight bytes a round, seed 0. */
function murmur64(bytes: Uint8Array): bigint {
  const view = Buffer.from(bytes);
  const whole = view.length - (view.length % 8);
  let first = 0;
  let second = 0;
  for (let at = 0; at < whole; at += 8) {
    first = rotate(first ^ mixFirst(view.readUInt32LE(at)), 19) + second;
    first = (Math.imul(first, 5) + 0x561ccd1b) | 0;
    second = rotate(second ^ mixSecond(view.readUInt32LE(at + 4)), 13) + first;
    second = (Math.imul(second, 5) + 0x0bcaa747) | 0;
  }
  const tail = view.length - whole;
  if (tail > 0) first ^= mixFirst(view.readUIntLE(whole, Math.min(tail, 4)) | 0);
  if (tail > 4) second ^= mixSecond(view.readUIntLE(whole + 4, tail - 4) | 0);
  first ^= view.length;
  second ^= view.length;
  first = (first + second) | 0;
  second = (second + first) | 0;
  first = finish(first);
  second = finish(second);
  first = (first + second) | 0;
  second = (second + first) | 0;
  return (BigInt(second >>> 0) << 32n) | BigInt(first >>> 0);
}

function base32(value: bigint): string {
  const alphabet = 'abcdefghijklmnopqrstuvwxyz234567';
  let text = '';
  for (let shift = 59n; shift > -5n; shift -= 5n) {
    const digit = shift >= 0n ? value >> shift : value << -shift;
    text += alphabet[Number(digit & 31n)];
  }
  return text;
}
