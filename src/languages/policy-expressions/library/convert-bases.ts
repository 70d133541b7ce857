// System.Convert: integers as text in base 2, 8, 10 and 16.
import { type IntegerKind, integerOverflow, integerRange } from '../../../dotnet/index.ts';
import { fault } from '../running/exceptions.ts';

function checkBase(base: number): void {
  if (![2, 8, 10, 16].includes(base)) throw fault('ArgumentException', 'Invalid Base.');
}

const emptyText =
  'Index was out of range. Must be non-negative and less than the size of the collection.';

/** The sign, prefix and digits of a text. */
function pieces(text: string, base: number, unsigned: boolean) {
  if (text === '') {
    const message = 'Specified argument was out of the range of valid values.';
    throw fault('ArgumentOutOfRangeException', message, emptyText);
  }
  const negative = text.startsWith('-');
  if (negative && base !== 10) {
    const message = 'String cannot contain a minus sign if the base is not 10.';
    throw fault('ArgumentException', message);
  }
  if (negative && unsigned) {
    const message =
      'The string was being parsed as an unsigned number and could not have a negative sign.';
    throw fault('OverflowException', message);
  }
  const body = text.replace(/^[-+]/, '').replace(base === 16 ? /^0x/i : /^(?!)/, '');
  const digits = new RegExp(`^[${'0123456789abcdef'.slice(0, base)}]*`, 'i').exec(body)![0];
  if (digits === '') {
    throw fault('FormatException', 'Could not find any recognizable digits.');
  }
  return { negative, digits, isWhole: digits.length === body.length };
}

const prefixes: Readonly<Record<number, string>> = { 2: '0b', 8: '0o', 10: '', 16: '0x' };

/** `Convert.ToInt32(text, base)` and its kin: null is 0; other bases than 10 give the bits. */
export function parseBase(text: string | null, base: number, kind: IntegerKind): bigint {
  checkBase(base);
  if (text === null) return 0n;
  const unsigned = kind.startsWith('u') || kind === 'byte';
  const { negative, digits, isWhole } = pieces(text, base, unsigned);
  const wide = kind === 'long' || kind === 'ulong';
  // Narrow types are read as 32 bits first.
  const reads = wide ? (['long', 'ulong'] as const) : (['int', 'uint'] as const);
  const read = base === 10 && !unsigned ? reads[0] : reads[1];
  const value = BigInt(prefixes[base]! + digits);
  const { min, max } = integerRange(read);
  if (value > (negative ? -min : max)) throw integerOverflow(read);
  if (!isWhole) {
    const message = 'Additional non-parsable characters are at the end of the string.';
    throw fault('FormatException', message);
  }
  if (base === 10) return inRange(negative ? -value : value, kind);
  const bits = { sbyte: 8, byte: 8, short: 16, ushort: 16, int: 32, uint: 32, long: 64, ulong: 64 };
  if (value >= 1n << BigInt(bits[kind])) throw integerOverflow(kind);
  return unsigned ? value : BigInt.asIntN(bits[kind], value);
}

function inRange(value: bigint, kind: IntegerKind): bigint {
  const { min, max } = integerRange(kind);
  if (value < min || value > max) throw integerOverflow(kind);
  return value;
}

/** `Convert.ToString(value, base)`: other bases than 10 show the bits. */
export function toBase(value: number | bigint, base: number, bits: number): string {
  checkBase(base);
  return base === 10 ? String(value) : BigInt.asUintN(bits, BigInt(value)).toString(base);
}
