// HMAC and its kinds: HMACMD5, HMACSHA1, HMACSHA256, HMACSHA384, HMACSHA512.
import { createHmac } from 'node:crypto';
import { fault, required } from '../../running/exceptions.ts';
import { run } from '../../running/run.ts';
import { bytesValue } from '../../running/values.ts';
import { declareType, type TypeDeclaration } from '../../types/registry.ts';
import type { Type } from '../../types/type.ts';
import { type Bytes, given } from './bytes.ts';
import { createAs, makeDefault } from './crypto-config.ts';
import { chargeBytes, space } from './failures.ts';
import { HashValue, hashNames } from './hash-algorithm.ts';
import { hashBlockBytes, keptKey } from './keyed-hash-algorithm.ts';

const hmac = declareType(`abstract class ${space}.HMAC : KeyedHashAlgorithm`, {
  'static HMAC Create()': () => makeDefault('HMACSHA1'),
  'static HMAC Create(string algorithmName)': (name: string | null) =>
    createAs('HMAC', name, 'name'),
  'string HashName': {
    get: ({ algorithm }: HashValue) => algorithm,
    set: ({ algorithm }: HashValue, name: string | null) => {
      if (required(name, 'HashName') !== algorithm) throw unsupported('HashName');
    },
  },
});

/** Properties that the object keeps as it was made. */
function unsupported(property: string) {
  const message = `Changing ${property} is not supported.`;
  return fault('PlatformNotSupportedException', message);
}

/** The slip of .NET 2.0 in long hashes, which nothing repeats. */
const legacy = {
  'bool ProduceLegacyHmacValues': {
    get: () => false,
    set: (_value: HashValue, wanted: boolean) => {
      if (wanted) throw unsupported('ProduceLegacyHmacValues');
    },
  },
};

function family(name: string): TypeDeclaration {
  const make = (type: Type, key: Bytes) => new HashValue(type, name, keptKey(name, key));
  return declareType(`class ${space}.HMAC${name} : HMAC`, {
    'new()': (type: Type) =>
      new HashValue(type, name, run.surroundings.randomBytes(hashBlockBytes(name))),
    'new(byte[] key)': make,
    ...(name === 'SHA1' && { 'new(byte[] key, bool useManagedSha1)': make }),
    ...(hashBlockBytes(name) === 128 && legacy),
    'static byte[] HashData(byte[] key, byte[] source)': (key: Bytes, source: Bytes) => {
      const secret = given(key, 'key');
      const data = given(source, 'source');
      chargeBytes(data.length);
      return bytesValue(createHmac(name.toLowerCase(), secret).update(data).digest());
    },
  });
}

export const hmacTypes = [hmac, ...hashNames.map(family)];
