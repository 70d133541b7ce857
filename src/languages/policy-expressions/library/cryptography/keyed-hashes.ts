// KeyedHashAlgorithm, HMAC and its kinds.
import { createHmac } from 'node:crypto';
import { fault, invalidOperation, required } from '../../running/exceptions.ts';
import { run } from '../../running/run.ts';
import { bytesValue } from '../../running/values.ts';
import { declareType, named, type TypeDeclaration } from '../../types/registry.ts';
import type { Type } from '../../types/type.ts';
import { type Bytes, given } from './bytes.ts';
import { chargeBytes, space } from './failures.ts';
import { HashValue, hashNames } from './hash-algorithms.ts';

/** The block of the hash: what a key that nobody gave is as long as. */
const blockBytes = (name: string) => (name === 'SHA384' || name === 'SHA512' ? 128 : 64);

function byName(name: string | null): HashValue | null {
  const plain = required(name, 'algorithmName').replace(/^System\.Security\.Cryptography\./, '');
  const wanted = plain === 'HMAC' ? 'HMACSHA1' : plain.toUpperCase();
  const found = hashNames.find((each) => `HMAC${each}` === wanted);
  return found ? create(named(`${space}.HMAC${found}`), found) : null;
}

function create(type: Type, name: string): HashValue {
  return new HashValue(type, name, run.surroundings.randomBytes(blockBytes(name)));
}

const keyed = declareType(`abstract class ${space}.KeyedHashAlgorithm : HashAlgorithm`, {
  'static KeyedHashAlgorithm Create(string algName)': byName,
  'byte[] Key': {
    get: ({ key }: HashValue) => bytesValue((key ?? new Uint8Array()).slice()),
    set: (value: HashValue, key: Bytes) => {
      const bytes = given(key, 'value').slice();
      if (value.isUnderWay) {
        throw invalidOperation('Hash key cannot be changed after the first write to the stream.');
      }
      value.key = bytes;
    },
  },
});

const hmac = declareType(`abstract class ${space}.HMAC : KeyedHashAlgorithm`, {
  'static HMAC Create(string algorithmName)': byName,
  'string HashName': {
    get: ({ algorithm }: HashValue) => algorithm,
    set: ({ algorithm }: HashValue, name: string | null) => {
      if (name === algorithm) return;
      const message = 'Changing the hash algorithm is not supported.';
      throw fault('NotSupportedException', message);
    },
  },
});

function family(name: string): TypeDeclaration {
  const make = (type: Type, key: Bytes) => new HashValue(type, name, given(key, 'key').slice());
  return declareType(`class ${space}.HMAC${name} : HMAC`, {
    'new()': (type: Type) => create(type, name),
    'new(byte[] key)': make,
    ...(name === 'SHA1' && { 'new(byte[] key, bool useManagedSha1)': make }),
    'static byte[] HashData(byte[] key, byte[] source)': (key: Bytes, source: Bytes) => {
      const secret = given(key, 'key');
      const data = given(source, 'source');
      chargeBytes(data.length);
      return bytesValue(createHmac(name.toLowerCase(), secret).update(data).digest());
    },
  });
}

export const keyedHashTypes = [keyed, hmac, ...hashNames.map(family)];
