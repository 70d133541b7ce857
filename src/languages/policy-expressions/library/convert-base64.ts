// System.Convert: base64.
import { fromBase64, toBase64 } from '../../../dotnet/index.ts';
import { fault, outOfRange, required } from '../running/exceptions.ts';
import { type ArrayValue, bytesOf, bytesValue } from '../running/values.ts';
import { textOfChars } from './string-building.ts';

const outside =
  'Index was out of range. Must be non-negative and less than the size of the collection.';

/** Refuses a range; `name` is what Convert calls the array. */
function checkRange(size: number, offset: number, length: number, lengthName: string): void {
  if (length < 0) throw outOfRange(lengthName, outside);
  if (offset < 0) throw outOfRange('offset', 'Value must be positive.');
  if (offset > size - length) {
    const message = 'Offset and length must refer to a position in the string.';
    throw outOfRange('offset', message);
  }
}

function encode(data: ArrayValue | null, offset: number, length: number, options: number): string {
  const bytes = bytesOf(required(data, 'inArray'));
  checkRange(bytes.length, offset, length, 'length');
  if (options !== 0 && options !== 1) {
    throw fault('ArgumentException', `Illegal enum value: ${options}.`, 'options');
  }
  return toBase64(bytes.subarray(offset, offset + length), options === 1);
}

/** Writes the text into a `char[]`; gives its length. */
function encodeInto(
  data: ArrayValue | null,
  offset: number,
  length: number,
  target: ArrayValue | null,
  at: number,
  options = 0,
): number {
  required(data, 'inArray');
  const { items } = required(target, 'outArray');
  if (at < 0) throw outOfRange('offsetOut', 'Value must be positive.');
  const text = encode(data, offset, length, options);
  if (at > items.length - text.length) {
    const message =
      'Either offset did not refer to a position in the string, or there is an insufficient length of destination character array.';
    throw outOfRange('offsetOut', message);
  }
  for (let index = 0; index < text.length; index += 1) items[at + index] = text.charCodeAt(index);
  return text.length;
}

const size = (data: ArrayValue | null) => required(data, 'inArray').items.length;

export const base64 = {
  'static string ToBase64String(byte[] inArray)': (data: ArrayValue | null) =>
    encode(data, 0, size(data), 0),
  'static string ToBase64String(byte[] inArray, Base64FormattingOptions options)': (
    data: ArrayValue | null,
    options: number,
  ) => encode(data, 0, size(data), options),
  'static string ToBase64String(byte[] inArray, int offset, int length)': (
    data: ArrayValue | null,
    offset: number,
    length: number,
  ) => encode(data, offset, length, 0),
  'static string ToBase64String(byte[] inArray, int offset, int length, Base64FormattingOptions options)':
    encode,
  'static int ToBase64CharArray(byte[] inArray, int offsetIn, int length, char[] outArray, int offsetOut)':
    encodeInto,
  'static int ToBase64CharArray(byte[] inArray, int offsetIn, int length, char[] outArray, int offsetOut, Base64FormattingOptions options)':
    encodeInto,
  'static byte[] FromBase64String(string s)': (text: string | null) =>
    bytesValue(fromBase64(required(text, 's'))),
  'static byte[] FromBase64CharArray(char[] inArray, int offset, int length)': (
    chars: ArrayValue | null,
    offset: number,
    length: number,
  ) => {
    const text = textOfChars(required(chars, 'inArray'));
    checkRange(text.length, offset, length, 'length');
    return bytesValue(fromBase64(text.slice(offset, offset + length)));
  },
};
