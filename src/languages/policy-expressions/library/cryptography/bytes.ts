// Ranges of byte arrays, as methods with offset and count take them.
import { fault, outOfRange, required } from '../../running/exceptions.ts';
import { type ArrayValue, bytesOf } from '../../running/values.ts';

export type Bytes = ArrayValue | null;

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
    const message =
      'Offset and length were out of bounds for the array or count is greater than the number of elements from index to the end of the source collection.';
    throw fault('ArgumentException', message);
  }
  return bytes.subarray(offset, offset + count);
}

export function hexOf(bytes: Uint8Array): string {
  return Buffer.from(bytes).toString('hex').toUpperCase();
}
