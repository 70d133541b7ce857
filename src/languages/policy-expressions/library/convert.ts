// System.Convert, BitConverter, Math, Random and Guid.
import {
  type Decimal,
  DotnetError,
  formatGuid,
  fromBase64,
  guidOfBytes,
  guidToBytes,
  type IntegerKind,
  MidpointRounding,
  parseGuid,
  roundDouble,
  toBase64,
} from '../../../dotnet/index.ts';
import { argumentNull, fault, outOfRange, required } from '../running/exceptions.ts';
import { run } from '../running/run.ts';
import { concatText, formatOf } from '../running/text.ts';
import {
  type ArrayValue,
  box,
  bytesOf,
  bytesValue,
  Instance,
  type Reference,
} from '../running/values.ts';
import { declareEnum, declareType, named } from '../types/registry.ts';
import type { Type } from '../types/type.ts';
import { changeType, convertTo } from './converting.ts';
import { cultureOf } from './culture.ts';
import { decimalDigits } from './numbers.ts';

type Text = string | null;

/** Bits of the integer types that parse in other bases. */
const widths: readonly (readonly [string, string, IntegerKind, number])[] = [
  ['ToByte', 'byte', 'byte', 8],
  ['ToSByte', 'sbyte', 'sbyte', 8],
  ['ToInt16', 'short', 'short', 16],
  ['ToUInt16', 'ushort', 'ushort', 16],
  ['ToInt32', 'int', 'int', 32],
  ['ToUInt32', 'uint', 'uint', 32],
  ['ToInt64', 'long', 'long', 64],
  ['ToUInt64', 'ulong', 'ulong', 64],
];

const names: Record<string, string> = {
  bool: 'Boolean',
  byte: 'Byte',
  sbyte: 'SByte',
  short: 'Int16',
  ushort: 'UInt16',
  int: 'Int32',
  uint: 'UInt32',
  long: 'Int64',
  ulong: 'UInt64',
  float: 'Single',
  double: 'Double',
  decimal: 'Decimal',
  char: 'Char',
  string: 'String',
  object: 'Object',
  DateTime: 'DateTime',
};

const typeOf = (keyword: string) => named(`System.${names[keyword]}`);

function parseBase(text: Text, base: number, bits: number, signed: boolean): bigint {
  if (text === null) return 0n;
  if (![2, 8, 10, 16].includes(base)) throw fault('ArgumentException', 'Invalid Base.');
  const plain = base === 16 ? text.replace(/^0x/i, '') : text;
  const digits = '0123456789abcdef'.slice(0, base);
  const shape = base === 10 ? /^[-+]?\d+$/ : new RegExp(`^[${digits}]+$`, 'i');
  if (plain === '') {
    const message =
      'Index was out of range. Must be non-negative and less than the size of the collection.';
    throw outOfRange('startIndex', message);
  }
  if (!shape.test(plain)) {
    throw fault('FormatException', 'Could not find any recognizable digits.');
  }
  if (base === 10) return BigInt(plain);
  const prefix = { 2: '0b', 8: '0o', 16: '0x' }[base as 2];
  const value = BigInt(prefix + plain);
  if (value >= 1n << BigInt(bits)) {
    throw fault('OverflowException', 'Value was either too large or too small.');
  }
  return signed ? BigInt.asIntN(bits, value) : value;
}

function toBase(value: number | bigint, base: number, bits: number): string {
  if (![2, 8, 10, 16].includes(base)) throw fault('ArgumentException', 'Invalid Base.');
  return base === 10 ? String(value) : BigInt.asUintN(bits, BigInt(value)).toString(base);
}

const inputs =
  'bool byte sbyte short ushort int uint long ulong float double decimal char string object DateTime'.split(
    ' ',
  );

function convertMembers(): Record<string, unknown> {
  const members: Record<string, unknown> = {};
  const targets: readonly (readonly [string, string])[] = [
    ['ToBoolean', 'bool'],
    ...widths.map(([method, keyword]) => [method, keyword] as const),
    ['ToSingle', 'float'],
    ['ToDouble', 'double'],
    ['ToDecimal', 'decimal'],
    ['ToChar', 'char'],
    ['ToDateTime', 'DateTime'],
  ];
  for (const [method, keyword] of targets) {
    for (const input of inputs) {
      members[`static ${keyword} ${method}(${input} value)`] = (value: unknown) =>
        convertTo(
          input === 'object' || input === 'string' ? value : box(value, typeOf(input)),
          typeOf(keyword),
        );
    }
    for (const input of ['string', 'object']) {
      members[`static ${keyword} ${method}(${input} value, IFormatProvider provider)`] = (
        value: unknown,
        provider: unknown,
      ) => convertTo(value, typeOf(keyword), cultureOf(provider));
    }
  }
  for (const [method, keyword, kind, bits] of widths) {
    const signed = !kind.startsWith('u') && kind !== 'byte';
    members[`static ${keyword} ${method}(string value, int fromBase)`] = (
      text: Text,
      base: number,
    ) => {
      const value = parseBase(text, base, bits, signed);
      return bits === 64 ? value : Number(value);
    };
  }
  for (const input of inputs) {
    const type = () => typeOf(input);
    members[`static string ToString(${input} value)`] = (value: unknown) =>
      input === 'string' ? value : concatText(input === 'object' ? value : box(value, type()));
    members[`static string ToString(${input} value, IFormatProvider provider)`] = (
      value: unknown,
      provider: unknown,
    ) =>
      formatOf(
        input === 'object' || input === 'string' ? value : box(value, type()),
        null,
        provider,
      );
  }
  for (const [input, bits] of [
    ['byte', 8],
    ['short', 16],
    ['int', 32],
    ['long', 64],
  ] as const) {
    members[`static string ToString(${input} value, int toBase)`] = (
      value: number | bigint,
      base: number,
    ) => toBase(value, base, bits);
  }
  return members;
}

const convertType = declareType('static class System.Convert', {
  ...convertMembers(),
  'static string ToBase64String(byte[] inArray)': (data: ArrayValue | null) =>
    toBase64(bytesOf(required(data, 'inArray'))),
  'static string ToBase64String(byte[] inArray, Base64FormattingOptions options)': (
    data: ArrayValue | null,
    options: number,
  ) => toBase64(bytesOf(required(data, 'inArray')), options === 1),
  'static string ToBase64String(byte[] inArray, int offset, int length)': (
    data: ArrayValue | null,
    offset: number,
    length: number,
  ) => toBase64(bytesOf(required(data, 'inArray')).subarray(offset, offset + length)),
  'static byte[] FromBase64String(string s)': (text: Text) =>
    bytesValue(fromBase64(required(text, 's'))),
  'static string ToHexString(byte[] inArray)': (data: ArrayValue | null) =>
    Buffer.from(bytesOf(required(data, 'inArray')))
      .toString('hex')
      .toUpperCase(),
  'static byte[] FromHexString(string s)': (text: Text) => {
    const given = required(text, 's');
    if (given.length % 2 !== 0 || /[^0-9a-f]/i.test(given)) {
      throw fault('FormatException', 'The input is not a valid hex string.');
    }
    return bytesValue(new Uint8Array(Buffer.from(given, 'hex')));
  },
  'static object ChangeType(object value, Type conversionType)': (
    value: unknown,
    type: Type | null,
  ) => changeType(value, required(type, 'conversionType')),
  'static object ChangeType(object value, Type conversionType, IFormatProvider provider)': (
    value: unknown,
    type: Type | null,
    provider: unknown,
  ) => changeType(value, required(type, 'conversionType'), cultureOf(provider)),
  'static bool IsDBNull(object value)': () => false,
});

// BitConverter

function view(data: ArrayValue | null, start: number, size: number): DataView {
  const bytes = bytesOf(required(data, 'value'));
  if (start < 0 || start >= bytes.length) throw outOfRange('startIndex');
  if (start + size > bytes.length) {
    throw fault(
      'ArgumentException',
      'Destination array is not long enough to copy all the items in the collection. Check array index and length.',
    );
  }
  return new DataView(bytes.buffer, bytes.byteOffset + start, size);
}

function written(size: number, write: (target: DataView) => void): ArrayValue {
  const bytes = new Uint8Array(size);
  write(new DataView(bytes.buffer));
  return bytesValue(bytes);
}

function dashed(data: ArrayValue | null, start = 0, length?: number): string {
  const bytes = bytesOf(required(data, 'value'));
  const part = bytes.subarray(start, length === undefined ? undefined : start + length);
  return Array.from(part, (byte) => byte.toString(16).toUpperCase().padStart(2, '0')).join('-');
}

type Bits = readonly [
  string,
  string,
  number,
  (v: DataView) => unknown,
  (v: DataView, value: never) => void,
];

const bits: readonly Bits[] = [
  ['short', 'ToInt16', 2, (v) => v.getInt16(0, true), (v, x) => v.setInt16(0, x, true)],
  ['ushort', 'ToUInt16', 2, (v) => v.getUint16(0, true), (v, x) => v.setUint16(0, x, true)],
  ['int', 'ToInt32', 4, (v) => v.getInt32(0, true), (v, x) => v.setInt32(0, x, true)],
  ['uint', 'ToUInt32', 4, (v) => v.getUint32(0, true), (v, x) => v.setUint32(0, x, true)],
  ['long', 'ToInt64', 8, (v) => v.getBigInt64(0, true), (v, x) => v.setBigInt64(0, x, true)],
  ['ulong', 'ToUInt64', 8, (v) => v.getBigUint64(0, true), (v, x) => v.setBigUint64(0, x, true)],
  ['float', 'ToSingle', 4, (v) => v.getFloat32(0, true), (v, x) => v.setFloat32(0, x, true)],
  ['double', 'ToDouble', 8, (v) => v.getFloat64(0, true), (v, x) => v.setFloat64(0, x, true)],
  ['char', 'ToChar', 2, (v) => v.getUint16(0, true), (v, x) => v.setUint16(0, x, true)],
  ['bool', 'ToBoolean', 1, (v) => v.getUint8(0) !== 0, (v, x) => v.setUint8(0, x ? 1 : 0)],
];

const bitConverterType = declareType('static class System.BitConverter', {
  'static bool IsLittleEndian': () => true,
  ...Object.fromEntries(
    bits.flatMap(([keyword, method, size, read, write]) => [
      [
        `static ${keyword} ${method}(byte[] value, int startIndex)`,
        (data: ArrayValue | null, start: number) => read(view(data, start, size)),
      ],
      [
        `static byte[] GetBytes(${keyword} value)`,
        (value: never) => written(size, (target) => write(target, value)),
      ],
    ]),
  ),
  'static string ToString(byte[] value)': (data: ArrayValue | null) => dashed(data),
  'static string ToString(byte[] value, int startIndex)': (
    data: ArrayValue | null,
    start: number,
  ) => dashed(data, start),
  'static string ToString(byte[] value, int startIndex, int length)': dashed,
});

// Math

const reals: Record<string, (value: number) => number> = {
  Acos: Math.acos,
  Asin: Math.asin,
  Atan: Math.atan,
  Ceiling: Math.ceil,
  Cos: Math.cos,
  Cosh: Math.cosh,
  Exp: Math.exp,
  Floor: Math.floor,
  Log10: Math.log10,
  Sin: Math.sin,
  Sinh: Math.sinh,
  Sqrt: Math.sqrt,
  Tan: Math.tan,
  Tanh: Math.tanh,
  Truncate: Math.trunc,
};

const kinds = [
  'sbyte',
  'byte',
  'short',
  'ushort',
  'int',
  'uint',
  'long',
  'ulong',
  'float',
  'double',
];
const signedMinimum: Record<string, number | bigint> = {
  sbyte: -128,
  short: -32_768,
  int: -2_147_483_648,
  long: -(1n << 63n),
};

function mathMembers(): Record<string, unknown> {
  const members: Record<string, unknown> = {};
  for (const keyword of kinds) {
    const real = keyword === 'float' || keyword === 'double';
    const nan = (a: number, b: number) => real && (Number.isNaN(a) || Number.isNaN(b));
    members[`static ${keyword} Max(${keyword} val1, ${keyword} val2)`] = (a: number, b: number) =>
      nan(a, b) ? Number.NaN : a >= b ? a : b;
    members[`static ${keyword} Min(${keyword} val1, ${keyword} val2)`] = (a: number, b: number) =>
      nan(a, b) ? Number.NaN : a <= b ? a : b;
    members[`static ${keyword} Clamp(${keyword} value, ${keyword} min, ${keyword} max)`] = (
      value: number,
      low: number,
      high: number,
    ) => {
      if (low > high) throw fault('ArgumentException', `'${low}' cannot be greater than ${high}.`);
      return value < low ? low : value > high ? high : value;
    };
    const signed = Object.hasOwn(signedMinimum, keyword);
    if (!signed && !real) continue;
    members[`static ${keyword} Abs(${keyword} value)`] = (value: number | bigint) => {
      if (value === signedMinimum[keyword]) {
        throw fault(
          'OverflowException',
          'Negating the minimum value of a twos complement number is invalid.',
        );
      }
      return value < 0 ? -value : value;
    };
    members[`static int Sign(${keyword} value)`] = (value: number | bigint) => {
      if (Number.isNaN(value))
        throw fault(
          'ArithmeticException',
          'Function does not accept floating point Not-a-Number values.',
        );
      return value > 0 ? 1 : value < 0 ? -1 : 0;
    };
  }
  for (const [name, compute] of Object.entries(reals))
    members[`static double ${name}(double value)`] = compute;
  return members;
}

const decimalMath = {
  'static decimal Abs(decimal value)': (a: Decimal) => a.abs(),
  'static decimal Max(decimal val1, decimal val2)': (a: Decimal, b: Decimal) =>
    a.compareTo(b) >= 0 ? a : b,
  'static decimal Min(decimal val1, decimal val2)': (a: Decimal, b: Decimal) =>
    a.compareTo(b) <= 0 ? a : b,
  'static int Sign(decimal value)': (a: Decimal) => a.sign,
  'static decimal Ceiling(decimal d)': (a: Decimal) => a.ceiling(),
  'static decimal Floor(decimal d)': (a: Decimal) => a.floor(),
  'static decimal Truncate(decimal d)': (a: Decimal) => a.truncate(),
  'static decimal Round(decimal d)': (a: Decimal) => a.round(),
  'static decimal Round(decimal d, int decimals)': (a: Decimal, digits: number) =>
    a.round(decimalDigits(digits)),
  'static decimal Round(decimal d, MidpointRounding mode)': (a: Decimal, mode: number) =>
    a.round(0, mode),
  'static decimal Round(decimal d, int decimals, MidpointRounding mode)': (
    a: Decimal,
    digits: number,
    mode: number,
  ) => a.round(decimalDigits(digits), mode),
};

function logarithm(value: number, base: number): number {
  if (base === 1) return Number.NaN;
  return Math.log(value) / Math.log(base);
}

const mathType = declareType('static class System.Math', {
  ...mathMembers(),
  ...decimalMath,
  'const double PI': Math.PI,
  'const double E': Math.E,
  'static double Pow(double x, double y)': (x: number, y: number) => (x === 1 ? 1 : x ** y),
  'static double Log(double d)': Math.log,
  'static double Log(double a, double newBase)': logarithm,
  'static double Log2(double value)': Math.log2,
  'static double Cbrt(double d)': Math.cbrt,
  'static double Atan2(double y, double x)': Math.atan2,
  'static double Round(double a)': (value: number) => roundDouble(value),
  'static double Round(double value, int digits)': roundDouble,
  'static double Round(double value, MidpointRounding mode)': (value: number, mode: number) =>
    roundDouble(value, 0, mode),
  'static double Round(double value, int digits, MidpointRounding mode)': roundDouble,
  'static int DivRem(int a, int b, out int result)': (a: number, b: number, result: Reference) => {
    if (b === 0) throw fault('DivideByZeroException', 'Attempted to divide by zero.');
    result.value = (a % b) | 0;
    return (a / b) | 0;
  },
  'static long DivRem(long a, long b, out long result)': (
    a: bigint,
    b: bigint,
    result: Reference,
  ) => {
    if (b === 0n) throw fault('DivideByZeroException', 'Attempted to divide by zero.');
    result.value = a % b;
    return a / b;
  },
  'static long BigMul(int a, int b)': (a: number, b: number) => BigInt(a) * BigInt(b),
  'static double IEEERemainder(double x, double y)': (x: number, y: number) =>
    x - y * roundDouble(x / y),
});

// Random and Guid

/** A seeded sequence of its own (not .NET's), or the caller's source. */
class RandomValue extends Instance {
  private state: number | undefined;

  constructor(type: Type, seed?: number) {
    super(type);
    this.state = seed;
  }

  next(): number {
    if (this.state === undefined) return run.surroundings.random();
    this.state = (Math.imul(this.state, 1_664_525) + 1_013_904_223) | 0;
    return (this.state >>> 0) / 4_294_967_296;
  }
}

function between(random: RandomValue, low: number, high: number): number {
  if (low > high) throw outOfRange('minValue', "'minValue' cannot be greater than maxValue.");
  return low + Math.floor(random.next() * (high - low));
}

const randomType = declareType('class System.Random', {
  'new()': (type: Type) => new RandomValue(type),
  'new(int Seed)': (type: Type, seed: number) => new RandomValue(type, seed),
  'int Next()': (random: RandomValue) => between(random, 0, 0x7fffffff),
  'int Next(int maxValue)': (random: RandomValue, high: number) => {
    if (high < 0) throw outOfRange('maxValue', "'maxValue' must be greater than zero.");
    return between(random, 0, high);
  },
  'int Next(int minValue, int maxValue)': between,
  'double NextDouble()': (random: RandomValue) => random.next(),
  'void NextBytes(byte[] buffer)': (random: RandomValue, buffer: ArrayValue | null) => {
    const bytes = bytesOf(required(buffer, 'buffer'));
    for (let index = 0; index < bytes.length; index += 1)
      bytes[index] = Math.floor(random.next() * 256);
  },
});

const emptyGuid = '00000000-0000-0000-0000-000000000000';

function newGuid(): string {
  const bytes = run.surroundings.randomBytes(16).slice();
  bytes[6] = (bytes[6]! & 0x0f) | 0x40;
  bytes[8] = (bytes[8]! & 0x3f) | 0x80;
  const hex = Buffer.from(bytes).toString('hex');
  return hex.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5');
}

function tryGuid(text: Text, result: Reference): boolean {
  try {
    result.value = text === null ? emptyGuid : parseGuid(text);
    return text !== null;
  } catch (error) {
    if (!(error instanceof DotnetError)) throw error;
    result.value = emptyGuid;
    return false;
  }
}

const order = (left: string, right: string) => (left < right ? -1 : left > right ? 1 : 0);
const guidText = (value: string, format: Text) => formatGuid(value, format ?? undefined);

const guidType = declareType(
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
    'static Guid NewGuid()': newGuid,
    'const Guid Empty': emptyGuid,
    'static Guid Parse(string input)': (text: Text) => {
      if (text === null) throw argumentNull('input');
      return parseGuid(text);
    },
    'static Guid ParseExact(string input, string format)': (text: Text) =>
      parseGuid(required(text, 'input')),
    'static bool TryParse(string input, out Guid result)': tryGuid,
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

export const convertTypes = [
  convertType,
  bitConverterType,
  mathType,
  randomType,
  guidType,
  declareEnum('System.MidpointRounding', MidpointRounding),
  declareEnum('System.Base64FormattingOptions', { None: 0, InsertLineBreaks: 1 }),
  declareType('static class System.Environment', { 'static string NewLine': () => '\n' }),
];
