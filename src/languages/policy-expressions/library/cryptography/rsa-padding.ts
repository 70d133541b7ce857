// RSASignaturePadding and RSAEncryptionPadding: how RSA fills a block.
import { fault } from '../../running/exceptions.ts';
import { Instance } from '../../running/values.ts';
import { declareEnum, declareType, named, type TypeDeclaration } from '../../types/registry.ts';
import { space } from './failures.ts';
import { HashNameValue } from './hash-algorithm-name.ts';

type Kind = 'RSASignaturePadding' | 'RSAEncryptionPadding';

/** One of either type. */
export class PaddingValue extends Instance {
  readonly mode: 'Pkcs1' | 'Pss' | 'Oaep';
  /** Of OAEP: the name of its hash, which need not be known. */
  readonly hash: string | null;

  constructor(type: Kind, mode: PaddingValue['mode'], hash: string | null = null) {
    super(named(`${space}.${type}`));
    this.mode = mode;
    this.hash = hash;
  }

  get text(): string {
    return `${this.mode}${this.hash ?? ''}`;
  }
}

function declarePadding(type: Kind, members: Readonly<Record<string, unknown>>): TypeDeclaration {
  type Operand = PaddingValue | null;
  return declareType(
    `sealed class ${space}.${type} : IEquatable<${type}>`,
    {
      ...members,
      [`bool operator ==(${type} left, ${type} right)`]: (left: Operand, right: Operand) =>
        left?.text === right?.text,
      [`bool operator !=(${type} left, ${type} right)`]: (left: Operand, right: Operand) =>
        left?.text !== right?.text,
    },
    { text: ({ text }: PaddingValue) => text, key: ({ text }: PaddingValue) => text },
  );
}

const oaep = (hash: string | null) => new PaddingValue('RSAEncryptionPadding', 'Oaep', hash);

function createOaep({ name }: HashNameValue): PaddingValue {
  if (name !== null && name !== '') return oaep(name);
  const message = 'The hash algorithm name cannot be null or empty.';
  throw fault('ArgumentException', message, 'hashAlgorithm');
}

export const paddingTypes = [
  declarePadding('RSASignaturePadding', {
    'static RSASignaturePadding Pkcs1': () => new PaddingValue('RSASignaturePadding', 'Pkcs1'),
    'static RSASignaturePadding Pss': () => new PaddingValue('RSASignaturePadding', 'Pss'),
    'RSASignaturePaddingMode Mode': ({ mode }: PaddingValue) => (mode === 'Pss' ? 1 : 0),
  }),
  declareEnum(`${space}.RSASignaturePaddingMode`, { Pkcs1: 0, Pss: 1 }),
  declarePadding('RSAEncryptionPadding', {
    'static RSAEncryptionPadding Pkcs1': () => new PaddingValue('RSAEncryptionPadding', 'Pkcs1'),
    'static RSAEncryptionPadding OaepSHA1': () => oaep('SHA1'),
    'static RSAEncryptionPadding OaepSHA256': () => oaep('SHA256'),
    'static RSAEncryptionPadding OaepSHA384': () => oaep('SHA384'),
    'static RSAEncryptionPadding OaepSHA512': () => oaep('SHA512'),
    'static RSAEncryptionPadding CreateOaep(HashAlgorithmName hashAlgorithm)': createOaep,
    'HashAlgorithmName OaepHashAlgorithm': ({ hash }: PaddingValue) => new HashNameValue(hash),
    'RSAEncryptionPaddingMode Mode': ({ mode }: PaddingValue) => (mode === 'Oaep' ? 1 : 0),
  }),
  declareEnum(`${space}.RSAEncryptionPaddingMode`, { Pkcs1: 0, Oaep: 1 }),
];
