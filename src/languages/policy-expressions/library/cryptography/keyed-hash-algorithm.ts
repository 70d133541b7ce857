// KeyedHashAlgorithm: a hash with a key.
import { nullReference } from '../../running/exceptions.ts';
import { bytesOf, bytesValue } from '../../running/values.ts';
import { declareType } from '../../types/registry.ts';
import type { Bytes } from './bytes.ts';
import { createAs, makeDefault } from './crypto-config.ts';
import { cryptographic, space } from './failures.ts';
import { type HashValue, hashNow } from './hash-algorithm.ts';

/** Bytes the hash works on at once. */
export const hashBlockBytes = (name: string) => (name === 'SHA384' || name === 'SHA512' ? 128 : 64);

/** The key as it is kept: one longer than a block is its hash (RFC 2104 section 2). */
export function keptKey(name: string, key: Bytes): Uint8Array {
  if (key === null) throw nullReference();
  const bytes = bytesOf(key);
  return bytes.length > hashBlockBytes(name) ? bytesOf(hashNow(name, bytes)) : bytes.slice();
}

export const keyedHashAlgorithmType = declareType(
  `abstract class ${space}.KeyedHashAlgorithm : HashAlgorithm`,
  {
    'static KeyedHashAlgorithm Create()': () => makeDefault('HMACSHA1'),
    'static KeyedHashAlgorithm Create(string algName)': (name: string | null) =>
      createAs('KeyedHashAlgorithm', name, 'name'),
    'byte[] Key': {
      get: ({ key }: HashValue) => bytesValue((key ?? new Uint8Array()).slice()),
      set: (value: HashValue, key: Bytes) => {
        if (value.isUnderWay) {
          throw cryptographic('Hash key cannot be changed after the first write to the stream.');
        }
        value.key = keptKey(value.algorithm, key);
      },
    },
  },
);
