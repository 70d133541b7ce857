// RandomNumberGenerator and RNGCryptoServiceProvider, on the evaluation's random source.
import { fault, outOfRange } from '../../running/exceptions.ts';
import { charge, run } from '../../running/run.ts';
import { bytesValue, Instance } from '../../running/values.ts';
import { declareType, named } from '../../types/registry.ts';
import type { Type } from '../../types/type.ts';
import { type Bytes, given, rangeOf } from './bytes.ts';
import { createAs } from './crypto-config.ts';
import { space } from './failures.ts';
import { randomBytesMax } from './limits.ts';

/** Bytes fit for keys. */
export function randomBytes(count: number): Uint8Array {
  if (count < 0) throw outOfRange('count', 'Non-negative number required.');
  if (count > randomBytesMax) throw outOfRange('count', 'Too many random bytes at once.');
  charge(1 + (count >> 4));
  return run.surroundings.randomBytes(count);
}

function fill(bytes: Uint8Array, nonZero = false): void {
  bytes.set(randomBytes(bytes.length));
  if (!nonZero) return;
  for (let index = 0; index < bytes.length; index += 1) {
    // A source that gives nothing but zeros must not hold the evaluation up.
    for (let tries = 0; bytes[index] === 0 && tries < 64; tries += 1)
      fill(bytes.subarray(index, index + 1));
    if (bytes[index] === 0) bytes[index] = 1;
  }
}

/** Even over the range: numbers beyond its last whole multiple are drawn again. */
function between(from: number, to: number): number {
  if (from >= to) {
    throw fault(
      'ArgumentException',
      'Range of random number does not contain at least one possibility.',
    );
  }
  const range = to - from;
  const usable = 2 ** 32 - (2 ** 32 % range);
  for (let tries = 0; ; tries += 1) {
    const drawn = Buffer.from(randomBytes(4)).readUInt32LE();
    if (drawn < usable || tries === 64) return from + (drawn % range);
  }
}

const provider = () => new Instance(named(`${space}.RNGCryptoServiceProvider`));
const names = { array: 'data', offset: 'offset' };

export const randomTypes = [
  declareType(`abstract class ${space}.RandomNumberGenerator : IDisposable`, {
    'static RandomNumberGenerator Create()': provider,
    'static RandomNumberGenerator Create(string rngName)': (name: string | null) =>
      createAs('RandomNumberGenerator', name, 'rngName'),
    'static byte[] GetBytes(int count)': (count: number) => bytesValue(randomBytes(count)),
    'static int GetInt32(int toExclusive)': (to: number) => {
      if (to <= 0) throw outOfRange('toExclusive', 'Positive number required.');
      return between(0, to);
    },
    'static int GetInt32(int fromInclusive, int toExclusive)': between,
    'void GetBytes(byte[] data)': (_value: Instance, data: Bytes) => fill(given(data, 'data')),
    'void GetBytes(byte[] data, int offset, int count)': (
      _value: Instance,
      data: Bytes,
      offset: number,
      count: number,
    ) => fill(rangeOf(data, offset, count, names)),
    'void GetNonZeroBytes(byte[] data)': (_value: Instance, data: Bytes) =>
      fill(given(data, 'data'), true),
  }),
  declareType(`sealed class ${space}.RNGCryptoServiceProvider : RandomNumberGenerator`, {
    'new()': (type: Type) => new Instance(type),
    'new(string str)': (type: Type) => new Instance(type),
    'new(byte[] rgb)': (type: Type) => new Instance(type),
  }),
];
