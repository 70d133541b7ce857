// System.Guid.
import {
  DotnetError,
  formatGuid,
  guidOfBytes,
  guidToBytes,
  parseGuid,
  parseGuidExact,
} from '../../../dotnet/index.ts';
import { argumentNull, fault, required } from '../running/exceptions.ts';
import { run } from '../running/run.ts';
import { type ArrayValue, bytesOf, bytesValue, type Reference } from '../running/values.ts';
import { declareType } from '../types/registry.ts';
import type { Type } from '../types/type.ts';

type Text = string | null;

const emptyGuid = '00000000-0000-0000-0000-000000000000';

function newGuid(): string {
  const bytes = run.surroundings.randomBytes(16).slice();
  bytes[6] = (bytes[6]! & 0x0f) | 0x40;
  bytes[8] = (bytes[8]! & 0x3f) | 0x80;
  const hex = Buffer.from(bytes).toString('hex');
  return hex.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5');
}

function tryGuid(text: Text, result: Reference, read: (text: string) => string): boolean {
  try {
    result.value = text === null ? emptyGuid : read(text);
    return text !== null;
  } catch (error) {
    if (!(error instanceof DotnetError)) throw error;
    result.value = emptyGuid;
    return false;
  }
}

const order = (left: string, right: string) => (left < right ? -1 : left > right ? 1 : 0);
const guidText = (value: string, format: Text) => formatGuid(value, format ?? undefined);

const lastBytes = [...'defghijk'].map((name) => `byte ${name}`).join(', ');

/** A GUID of its first three fields and its last eight bytes. */
function ofParts(_type: Type, a: number, b: number, c: number, ...bytes: number[]): string {
  const hex = (value: number, digits: number) =>
    (value >>> 0).toString(16).padStart(8, '0').slice(-digits);
  const last = bytes.map((byte) => hex(byte, 2)).join('');
  return `${hex(a, 8)}-${hex(b, 4)}-${hex(c, 4)}-${last.slice(0, 4)}-${last.slice(4)}`;
}

export const guidType = declareType(
  'struct System.Guid : IComparable, IComparable<Guid>, IFormattable, IEquatable<Guid>',
  {
    'new(string g)': (_type: Type, text: Text) => parseGuid(required(text, 'g')),
    'new(byte[] b)': (_type: Type, data: ArrayValue | null) => {
      const bytes = bytesOf(required(data, 'b'));
      if (bytes.length !== 16) {
        throw fault('ArgumentException', 'Byte array for Guid must be exactly 16 bytes long.', 'b');
      }
      return guidOfBytes(bytes);
    },
    'new(int a, short b, short c, byte[] d)': (
      type: Type,
      a: number,
      b: number,
      c: number,
      rest: ArrayValue | null,
    ) => {
      const bytes = bytesOf(required(rest, 'd'));
      if (bytes.length !== 8) {
        throw fault('ArgumentException', 'Byte array for Guid must be exactly 8 bytes long.', 'd');
      }
      return ofParts(type, a, b, c, ...bytes);
    },
    [`new(int a, short b, short c, ${lastBytes})`]: ofParts,
    [`new(uint a, ushort b, ushort c, ${lastBytes})`]: ofParts,
    'static Guid NewGuid()': newGuid,
    'readonly Guid Empty': emptyGuid,
    'static Guid Parse(string input)': (text: Text) => {
      if (text === null) throw argumentNull('input');
      return parseGuid(text);
    },
    'static Guid ParseExact(string input, string format)': (text: Text, format: Text) =>
      parseGuidExact(required(text, 'input'), required(format, 'format')),
    'static bool TryParse(string input, out Guid result)': (text: Text, result: Reference) =>
      tryGuid(text, result, parseGuid),
    'static bool TryParseExact(string input, string format, out Guid result)': (
      text: Text,
      format: Text,
      result: Reference,
    ) => tryGuid(text, result, (given) => parseGuidExact(given, format ?? '')),
    'string ToString(string format)': guidText,
    'string ToString(string format, IFormatProvider provider)': guidText,
    'byte[] ToByteArray()': (value: string) => bytesValue(guidToBytes(value)),
    'bool Equals(Guid g)': (a: string, b: string) => a === b,
    'int CompareTo(Guid value)': order,
    'bool operator ==(Guid a, Guid b)': (a: string, b: string) => a === b,
    'bool operator !=(Guid a, Guid b)': (a: string, b: string) => a !== b,
  },
  {
    text: (value: string) => value,
    format: guidText as never,
    key: (value: string) => value,
    compare: order as never,
    initial: emptyGuid,
  },
);
