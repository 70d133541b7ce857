// HashAlgorithmName: a hash by its name, not made yet.
import { fault } from '../../running/exceptions.ts';
import { Instance } from '../../running/values.ts';
import { declareType, named } from '../../types/registry.ts';
import type { Type } from '../../types/type.ts';
import { cryptographic, space } from './failures.ts';
import { hashNames } from './hash-algorithm.ts';

type Text = string | null;

/** A HashAlgorithmName: a structure around its name, which may be null. */
export class HashNameValue extends Instance {
  readonly name: Text;

  constructor(name: Text) {
    super(named(`${space}.HashAlgorithmName`));
    this.name = name;
  }
}

/** The algorithm of a name, in OpenSSL's spelling. */
export function digestOf(value: HashNameValue): string {
  const { name } = value;
  if (name === null || name === '') {
    const message = 'The hash algorithm name cannot be null or empty.';
    throw fault('ArgumentException', message, 'hashAlgorithm');
  }
  if (!hashNames.includes(name)) {
    throw cryptographic(`'${name}' is not a known hash algorithm.`);
  }
  return name.toLowerCase();
}

export const hashAlgorithmNameType = declareType(
  `struct ${space}.HashAlgorithmName : IEquatable<HashAlgorithmName>`,
  {
    ...Object.fromEntries(
      hashNames.map((name) => [`static HashAlgorithmName ${name}`, () => new HashNameValue(name)]),
    ),
    'new(string name)': (_type: Type, name: Text) => new HashNameValue(name),
    'string Name': ({ name }: HashNameValue) => name,
    'bool operator ==(HashAlgorithmName left, HashAlgorithmName right)': (
      left: HashNameValue,
      right: HashNameValue,
    ) => left.name === right.name,
    'bool operator !=(HashAlgorithmName left, HashAlgorithmName right)': (
      left: HashNameValue,
      right: HashNameValue,
    ) => left.name !== right.name,
    'string ToString()': ({ name }: HashNameValue) => name ?? '',
  },
  {
    text: ({ name }: HashNameValue) => name ?? '',
    key: ({ name }: HashNameValue) => name ?? '',
    initial: () => new HashNameValue(null),
  },
);
