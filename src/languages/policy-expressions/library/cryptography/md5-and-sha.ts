// MD5, SHA1, SHA256, SHA384 and SHA512, with the classes that implement each.
import { declareType, type TypeDeclaration } from '../../types/registry.ts';
import type { Type } from '../../types/type.ts';
import { type Bytes, given } from './bytes.ts';
import { createAs, createFromName } from './crypto-config.ts';
import { space } from './failures.ts';
import { HashValue, hashBytes, hashNames, hashNow } from './hash-algorithm.ts';

/** The class of an algorithm and those that implement it under other names. */
function family(name: string): TypeDeclaration[] {
  const implementations =
    name === 'MD5'
      ? ['MD5CryptoServiceProvider']
      : [`${name}Managed`, `${name}CryptoServiceProvider`, `${name}Cng`];
  const parameter = name === 'MD5' ? 'algName' : 'hashName';
  return [
    declareType(`abstract class ${space}.${name} : HashAlgorithm`, {
      [`static ${name} Create()`]: () => createFromName(name, parameter),
      [`static ${name} Create(string ${parameter})`]: (text: string | null) =>
        createAs(name, text, 'name'),
      'static byte[] HashData(byte[] source)': (data: Bytes) =>
        hashNow(name, given(data, 'source')),
      'const int HashSizeInBytes': hashBytes[name],
      'const int HashSizeInBits': hashBytes[name]! * 8,
    }),
    ...implementations.map((implementation) =>
      declareType(`sealed class ${space}.${implementation} : ${name}`, {
        'new()': (type: Type) => new HashValue(type, name),
      }),
    ),
  ];
}

export const digestTypes = hashNames.flatMap(family);
