// Ranges of byte arrays, as methods with offset and count take them.
import { fault, outOfRange, required } from '../../running/exceptions.ts';
import { type ArrayValue, bytesOf } from '../../running/values.ts';

export type Bytes = ArrayValue | null;

const outside =
  'Offset and length were out of bounds for the array or count is greater than the number of elements from index to the end of the source collection.';

/** The bytes of an argument that may not be null. */
export function given(value: Bytes, parameter: string): Uint8Array {
  return bytesOf(required(value, parameter));
}

/** A view of `count` bytes from `offset`. */
export function rangeOf(
  value: Bytes,
  offset: number,
  count: number,
  names: { readonly array: string; readonly offset: string },
): Uint8Array {
  const bytes = given(value, names.array);
  if (offset < 0) throw outOfRange(names.offset, 'Non-negative number required.');
  if (count < 0 || count > bytes.length) throw fault('ArgumentException', 'Value was invalid.');
  if (bytes.length - count < offset) {
    throw fault('ArgumentException', outside);
  }
  return bytes.subarray(offset, offset + count);
}

/** `rangeOf` where each number that is wrong is out of range, as ciphers and RSA have it. */
export function strictRangeOf(
  value: Bytes,
  offset: number,
  count: number,
  names: { readonly array: string; readonly offset: string; readonly count: string },
): Uint8Array {
  const bytes = given(value, names.array);
  if (offset < 0 || offset > bytes.length) throw outOfRange(names.offset);
  if (count < 0 || count > bytes.length - offset) throw outOfRange(names.count);
  return bytes.subarray(offset, offset + count);
}

/** Copies `part` into `target`, as Buffer.BlockCopy does. */
export function put(part: Uint8Array, target: Uint8Array, offset: number): void {
  if (offset < 0) throw outOfRange('dstOffset', 'Non-negative number required.');
  if (target.length - offset < part.length) throw fault('ArgumentException', outside);
  target.set(part, offset);
}

export function hexOf(bytes: Uint8Array): string {
  return Buffer.from(bytes).toString('hex').toUpperCase();
}
