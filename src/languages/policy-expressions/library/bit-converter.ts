// System.BitConverter.
import { fault, outOfRange, required } from '../running/exceptions.ts';
import { type ArrayValue, bytesOf, bytesValue } from '../running/values.ts';
import { declareType } from '../types/registry.ts';

function view(data: ArrayValue | null, start: number, size: number): DataView {
  const bytes = bytesOf(required(data, 'value'));
  if (start < 0 || start >= bytes.length) throw outOfRange('startIndex');
  if (start + size > bytes.length) {
    throw fault(
      'ArgumentException',
      'Destination array is not long enough to copy all the items in the collection. Check array index and length.',
      'value',
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

export const bitConverterType = declareType('static class System.BitConverter', {
  'static bool IsLittleEndian': () => true,
  'static long DoubleToInt64Bits(double value)': (value: number) =>
    new DataView(Float64Array.of(value).buffer).getBigInt64(0, true),
  'static double Int64BitsToDouble(long value)': (value: bigint) =>
    new DataView(BigInt64Array.of(value).buffer).getFloat64(0, true),
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
