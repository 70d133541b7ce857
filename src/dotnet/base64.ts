// Convert's base64 and hexadecimal, with its refusals.
import { formatError } from './errors.ts';

const wrongBase64 =
  'The input is not a valid Base-64 string as it contains a non-base 64 character, more than two padding characters, or an illegal character among the padding characters.';

/** Convert.FromBase64String: blanks, tabs and line breaks are skipped. Throws FormatException. */
export function fromBase64(text: string): Uint8Array {
  const body = text.replace(/[ \t\r\n]/g, '');
  if (body.length % 4 !== 0 || !/^[A-Za-z0-9+/]*={0,2}$/.test(body)) {
    throw formatError(wrongBase64);
  }
  return Uint8Array.from(Buffer.from(body, 'base64'));
}

/** Convert.ToBase64String; with `lineBreaks` CR LF after every 76 characters. */
export function toBase64(bytes: Uint8Array, lineBreaks = false): string {
  const text = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('base64');
  return lineBreaks ? text.replace(/.{76}(?=.)/g, '$&\r\n') : text;
}

/** Convert.ToHexString: upper case. */
export function toHex(bytes: Uint8Array): string {
  return Buffer.from(bytes).toString('hex').toUpperCase();
}

/** Convert.FromHexString. Throws FormatException. */
export function fromHex(text: string): Uint8Array {
  if (text.length % 2 !== 0) {
    throw formatError('The input is not a valid hex string as its length is not a multiple of 2.');
  }
  if (!/^[0-9a-fA-F]*$/.test(text)) {
    throw formatError('The input is not a valid hex string as it contains a non-hex character.');
  }
  return Uint8Array.from(Buffer.from(text, 'hex'));
}
