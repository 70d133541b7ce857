// GUIDs: the forms N D B P X, parsing, and .NET's order of bytes.
import { argumentError, formatError } from './errors.ts';

const shapes = [
  /^([0-9a-f]{32})$/i,
  /^([0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12})$/i,
  /^\{([0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12})\}$/i,
  /^\(([0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12})\)$/i,
];
const hexadecimal =
  /^\{0x([0-9a-f]{1,8}),0x([0-9a-f]{1,4}),0x([0-9a-f]{1,4}),\{(0x[0-9a-f]{1,2}(?:,0x[0-9a-f]{1,2}){7})\}\}$/i;

const wrongText =
  'Guid should contain 32 digits with 4 dashes (xxxxxxxx-xxxx-xxxx-xxxx-xxxxxxxxxxxx).';
const wrongLetter = 'Format string can be only "D", "d", "N", "n", "P", "p", "B", "b", "X" or "x".';

const forms = 'NDBP';

/** Guid.ParseExact: the text in the one form that a letter names. Throws FormatException. */
export function parseGuidExact(text: string, format: string): string {
  const letter = format.toUpperCase();
  if (letter.length !== 1 || !`${forms}X`.includes(letter)) throw formatError(wrongLetter);
  const shape = shapes[forms.indexOf(letter)];
  const isOther = shape ? !shape.test(text.trim()) : !text.includes(',');
  if (isOther) throw formatError(wrongText);
  return parseGuid(text);
}

/** Guid.Parse in any of its forms, to the D form in lower case. Throws FormatException. */
export function parseGuid(text: string): string {
  const trimmed = text.trim();
  for (const shape of shapes) {
    const match = shape.exec(trimmed);
    if (match) return dashed(match[1]!.replaceAll('-', '').toLowerCase());
  }
  const match = hexadecimal.exec(trimmed.replace(/\s/g, ''));
  if (!match) throw formatError(wrongText);
  const bytes = match[4]!.split(',').map((byte) => byte.slice(2).padStart(2, '0'));
  const lead = match[1]!.padStart(8, '0') + match[2]!.padStart(4, '0') + match[3]!.padStart(4, '0');
  return dashed((lead + bytes.join('')).toLowerCase());
}

function dashed(hex: string): string {
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-${hex.slice(12, 16)}-${hex.slice(16, 20)}-${hex.slice(20)}`;
}

/** Guid.ToString(format) of a GUID in D form; D when absent. Throws FormatException. */
export function formatGuid(guid: string, format?: string): string {
  const hex = guid.replaceAll('-', '');
  switch ((format || 'D').toUpperCase()) {
    case 'D':
      return guid;
    case 'N':
      return hex;
    case 'B':
      return `{${guid}}`;
    case 'P':
      return `(${guid})`;
    case 'X': {
      const bytes = hex
        .slice(16)
        .match(/../g)!
        .map((byte) => `0x${byte}`);
      const lead = `0x${hex.slice(0, 8)},0x${hex.slice(8, 12)},0x${hex.slice(12, 16)}`;
      return `{${lead},{${bytes.join(',')}}}`;
    }
    default:
      throw formatError(wrongLetter);
  }
}

/** The first three fields are little-endian in a byte array. */
const order = [3, 2, 1, 0, 5, 4, 7, 6, 8, 9, 10, 11, 12, 13, 14, 15];

/** Guid.ToByteArray. */
export function guidToBytes(guid: string): Uint8Array {
  const bytes = Buffer.from(guid.replaceAll('-', ''), 'hex');
  return Uint8Array.from(order, (at) => bytes[at]!);
}

/** new Guid(byte[]); throws ArgumentException unless there are 16. */
export function guidOfBytes(bytes: Uint8Array): string {
  if (bytes.length !== 16) {
    throw argumentError('Byte array for Guid must be exactly 16 bytes long.', 'b');
  }
  return dashed(Buffer.from(Uint8Array.from(order, (at) => bytes[at]!)).toString('hex'));
}
