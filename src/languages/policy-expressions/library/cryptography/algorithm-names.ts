// HashAlgorithmName, the paddings of RSA, and Oid.
import { fault, required } from '../../running/exceptions.ts';
import { Instance } from '../../running/values.ts';
import { declareEnum, declareType, named } from '../../types/registry.ts';
import type { Type } from '../../types/type.ts';
import { cryptographic, space } from './failures.ts';
import { hashNames } from './hash-algorithms.ts';

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

const hashName = declareType(
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

/** An RSASignaturePadding or RSAEncryptionPadding. */
export class PaddingValue extends Instance {
  readonly mode: 'Pkcs1' | 'Pss' | 'Oaep';
  /** Of OAEP. */
  readonly hash: string | null;

  constructor(type: string, mode: PaddingValue['mode'], hash: string | null = null) {
    super(named(`${space}.${type}`));
    this.mode = mode;
    this.hash = hash;
  }

  get text(): string {
    return this.mode === 'Oaep' ? `OaepSHA${this.hash!.slice(3)}` : this.mode;
  }
}

const traits = {
  text: ({ text }: PaddingValue) => text,
  key: ({ text }: PaddingValue) => text,
};

function comparisons(type: string): Record<string, unknown> {
  type Operand = PaddingValue | null;
  return {
    [`bool operator ==(${type} left, ${type} right)`]: (left: Operand, right: Operand) =>
      left?.text === right?.text,
    [`bool operator !=(${type} left, ${type} right)`]: (left: Operand, right: Operand) =>
      left?.text !== right?.text,
  };
}

const modes = { Pkcs1: 0, Pss: 1 };

const signing = declareType(
  `sealed class ${space}.RSASignaturePadding`,
  {
    'static RSASignaturePadding Pkcs1': () => new PaddingValue('RSASignaturePadding', 'Pkcs1'),
    'static RSASignaturePadding Pss': () => new PaddingValue('RSASignaturePadding', 'Pss'),
    'RSASignaturePaddingMode Mode': ({ mode }: PaddingValue) => (mode === 'Pss' ? 1 : 0),
    ...comparisons('RSASignaturePadding'),
  },
  traits,
);

const encryption = declareType(
  `sealed class ${space}.RSAEncryptionPadding`,
  {
    'static RSAEncryptionPadding Pkcs1': () => new PaddingValue('RSAEncryptionPadding', 'Pkcs1'),
    ...Object.fromEntries(
      ['SHA1', 'SHA256', 'SHA384', 'SHA512'].map((hash) => [
        `static RSAEncryptionPadding Oaep${hash}`,
        () => new PaddingValue('RSAEncryptionPadding', 'Oaep', hash),
      ]),
    ),
    'static RSAEncryptionPadding CreateOaep(HashAlgorithmName hashAlgorithm)': (
      hash: HashNameValue,
    ) => new PaddingValue('RSAEncryptionPadding', 'Oaep', digestOf(hash).toUpperCase()),
    'HashAlgorithmName OaepHashAlgorithm': ({ hash }: PaddingValue) => new HashNameValue(hash),
    'RSAEncryptionPaddingMode Mode': ({ mode }: PaddingValue) => (mode === 'Oaep' ? 1 : 0),
    ...comparisons('RSAEncryptionPadding'),
  },
  traits,
);

/** Identifiers that certificates and keys carry, with their friendly names. */
const friendlyNames: Readonly<Record<string, string>> = {
  '1.2.840.113549.1.1.1': 'RSA',
  '1.2.840.10045.2.1': 'ECC',
  '1.2.840.113549.1.1.5': 'sha1RSA',
  '1.2.840.113549.1.1.11': 'sha256RSA',
  '1.2.840.113549.1.1.12': 'sha384RSA',
  '1.2.840.113549.1.1.13': 'sha512RSA',
  '1.2.840.10045.4.3.2': 'sha256ECDSA',
  '1.2.840.10045.4.3.3': 'sha384ECDSA',
  '1.2.840.10045.4.3.4': 'sha512ECDSA',
  '1.2.840.113549.2.5': 'md5',
  '1.3.14.3.2.26': 'sha1',
  '2.16.840.1.101.3.4.2.1': 'sha256',
  '2.16.840.1.101.3.4.2.2': 'sha384',
  '2.16.840.1.101.3.4.2.3': 'sha512',
  '2.5.4.3': 'CN',
};

export class OidValue extends Instance {
  readonly value: Text;
  readonly friendlyName: Text;

  constructor(value: Text, friendlyName?: Text) {
    super(named(`${space}.Oid`));
    this.value = value;
    this.friendlyName =
      friendlyName ??
      (value !== null && Object.hasOwn(friendlyNames, value) ? friendlyNames[value]! : null);
  }
}

function oidOf(text: Text): OidValue {
  const given = required(text, 'oid');
  if (/^\d+(\.\d+)+$/.test(given)) return new OidValue(given);
  const found = Object.entries(friendlyNames).find(
    ([, name]) => name.toLowerCase() === given.toLowerCase(),
  );
  return found ? new OidValue(found[0], found[1]) : new OidValue(given);
}

const oid = declareType(`sealed class ${space}.Oid`, {
  'new()': () => new OidValue(null),
  'new(string oid)': (_type: Type, text: Text) => oidOf(text),
  'new(string value, string friendlyName)': (_type: Type, value: Text, name: Text) =>
    new OidValue(value, name),
  'string Value': ({ value }: OidValue) => value,
  'string FriendlyName': ({ friendlyName }: OidValue) => friendlyName,
});

export const algorithmNameTypes = [
  hashName,
  signing,
  encryption,
  oid,
  declareEnum(`${space}.RSASignaturePaddingMode`, modes),
  declareEnum(`${space}.RSAEncryptionPaddingMode`, { Pkcs1: 0, Oaep: 1 }),
];
