// System.BitConverter.
import { fault, outOfRange, required } from '../running/exceptions.ts';
import { type ArrayValue, bytesOf, bytesValue } from '../running/values.ts';
import { declareType } from '../types/registry.ts';

function tooShort() {
  const message =
    'Destination array is not long enough to copy all the items in the collection. Check array index and length.';
  return fault('ArgumentException', message, 'value');
}

function view(data: ArrayValue | null, start: number, size: number): DataView {
  const bytes = bytesOf(required(data, 'value'));
  if (start < 0 || start >= bytes.length) throw outOfRange('startIndex');
  if (start + size > bytes.length) {
    throw tooShort();
  }
  return new DataView(bytes.buffer, bytes.byteOffset + start, size);
}

function written(size: number, write: (target: DataView) => void): ArrayValue {
  const bytes = new Uint8Array(size);
  write(new DataView(bytes.buffer));
  return bytesValue(bytes);
}

function dashed(
  data: ArrayValue | null,
  start = 0,
  length = required(data, 'value').items.length - start,
): string {
  const bytes = bytesOf(required(data, 'value'));
  if (start < 0 || (start >= bytes.length && start > 0)) {
    throw outOfRange('startIndex', 'StartIndex cannot be less than zero.');
  }
  if (length < 0) throw outOfRange('length', 'Value must be positive.');
  if (start > bytes.length - length) throw tooShort();
  const part = bytes.subarray(start, start + length);
  return Array.from(part, (byte) => byte.toString(16).toUpperCase().padStart(2, '0')).join('-');
}

type Bits = readonly [
  string,
  string,
  number,
  (v: DataView) => unknown,
  (v: DataView, value: never) => void,
];

/** Not-a-Number as the processors of .NET make it: quiet, with its sign set. */
const doubleNaN = 0xfff8n << 48n;
const singleNaN = 0xffc00000;

function setDouble(target: DataView, value: number): void {
  if (Number.isNaN(value)) target.setBigUint64(0, doubleNaN, true);
  else target.setFloat64(0, value, true);
}

function setSingle(target: DataView, value: number): void {
  if (Number.isNaN(value)) target.setUint32(0, singleNaN, true);
  else target.setFloat32(0, value, true);
}

const bits: readonly Bits[] = [
  ['short', 'ToInt16', 2, (v) => v.getInt16(0, true), (v, x) => v.setInt16(0, x, true)],
  ['ushort', 'ToUInt16', 2, (v) => v.getUint16(0, true), (v, x) => v.setUint16(0, x, true)],
  ['int', 'ToInt32', 4, (v) => v.getInt32(0, true), (v, x) => v.setInt32(0, x, true)],
  ['uint', 'ToUInt32', 4, (v) => v.getUint32(0, true), (v, x) => v.setUint32(0, x, true)],
  ['long', 'ToInt64', 8, (v) => v.getBigInt64(0, true), (v, x) => v.setBigInt64(0, x, true)],
  ['ulong', 'ToUInt64', 8, (v) => v.getBigUint64(0, true), (v, x) => v.setBigUint64(0, x, true)],
  ['float', 'ToSingle', 4, (v) => v.getFloat32(0, true), setSingle],
  ['double', 'ToDouble', 8, (v) => v.getFloat64(0, true), setDouble],
  ['char', 'ToChar', 2, (v) => v.getUint16(0, true), (v, x) => v.setUint16(0, x, true)],
  ['bool', 'ToBoolean', 1, (v) => v.getUint8(0) !== 0, (v, x) => v.setUint8(0, x ? 1 : 0)],
];

export const bitConverterType = declareType('static class System.BitConverter', {
  'static bool IsLittleEndian': () => true,
  'static long DoubleToInt64Bits(double value)': (value: number) =>
    Number.isNaN(value)
      ? BigInt.asIntN(64, doubleNaN)
      : new DataView(Float64Array.of(value).buffer).getBigInt64(0, true),
  'static double Int64BitsToDouble(long value)': (value: bigint) =>
    new DataView(BigInt64Array.of(value).buffer).getFloat64(0, true),
  'static int SingleToInt32Bits(float value)': (value: number) =>
    Number.isNaN(value)
      ? singleNaN | 0
      : new DataView(Float32Array.of(value).buffer).getInt32(0, true),
  'static float Int32BitsToSingle(int value)': (value: number) =>
    new DataView(Int32Array.of(value).buffer).getFloat32(0, true),
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
