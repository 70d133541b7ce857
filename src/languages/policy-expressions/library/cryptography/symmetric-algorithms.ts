// SymmetricAlgorithm, Aes and its kin, and ICryptoTransform.
import { fault, required } from '../../running/exceptions.ts';
import { bytesOf, bytesValue, Instance } from '../../running/values.ts';
import { declareEnum, declareType, named } from '../../types/registry.ts';
import type { Type } from '../../types/type.ts';
import {
  type CipherFacts,
  type CipherSettings,
  cipherModes,
  ciphers,
  decryptBytes,
  encryptBytes,
  paddingModes,
} from './block-cipher.ts';
import { type Bytes, given, rangeOf } from './bytes.ts';
import { cryptographic, space } from './failures.ts';
import { randomBytes } from './random-numbers.ts';

/** A SymmetricAlgorithm; key and vector are made when they are first asked for. */
export class CipherValue extends Instance {
  readonly facts: CipherFacts;
  mode = cipherModes.CBC;
  padding = paddingModes.PKCS7;
  private secret: Uint8Array | undefined;
  private vector: Uint8Array | undefined;
  private size: number;

  constructor(type: Type, facts: CipherFacts) {
    super(type);
    this.facts = facts;
    this.size = facts.keys.at(-1)!;
  }

  get key(): Uint8Array {
    this.secret ??= randomBytes(this.size);
    return this.secret;
  }

  set key(key: Uint8Array) {
    this.secret = requireKey(key, this.facts).slice();
    this.size = key.length;
  }

  get iv(): Uint8Array {
    this.vector ??= randomBytes(this.facts.block);
    return this.vector;
  }

  set iv(iv: Uint8Array) {
    this.vector = requireVector(iv, this.facts).slice();
  }

  get keySize(): number {
    return this.size * 8;
  }

  set keySize(bits: number) {
    if (!(this.facts.keys as readonly number[]).includes(bits / 8)) throw wrongKey();
    this.size = bits / 8;
    this.secret = undefined;
  }

  renew(part: 'key' | 'iv'): void {
    if (part === 'key') this.secret = randomBytes(this.size);
    else this.vector = randomBytes(this.facts.block);
  }

  settings(key: Uint8Array = this.key, iv?: Uint8Array | null): CipherSettings {
    const { facts, mode, padding } = this;
    const vector = mode === cipherModes.ECB ? new Uint8Array() : (iv ?? this.iv);
    if (mode !== cipherModes.ECB) requireVector(vector, facts);
    return { facts, key: requireKey(key, facts), iv: vector, mode, padding };
  }
}

const wrongKey = () => cryptographic('Specified key is not a valid size for this algorithm.');

function requireKey(key: Uint8Array, { keys }: CipherFacts): Uint8Array {
  if (keys.includes(key.length)) return key;
  throw wrongKey();
}

function requireVector(iv: Uint8Array, { block }: CipherFacts): Uint8Array {
  if (iv.length === block) return iv;
  throw cryptographic(
    'Specified initialization vector (IV) does not match the block size for this algorithm.',
  );
}

const names: Readonly<Record<string, readonly [type: string, facts: CipherFacts]>> = {
  aes: ['Aes', ciphers.Aes],
  aesmanaged: ['AesManaged', ciphers.Aes],
  aescryptoserviceprovider: ['AesCryptoServiceProvider', ciphers.Aes],
  rijndael: ['RijndaelManaged', ciphers.Aes],
  rijndaelmanaged: ['RijndaelManaged', ciphers.Aes],
  tripledes: ['TripleDES', ciphers.TripleDES],
  'triple des': ['TripleDES', ciphers.TripleDES],
  '3des': ['TripleDES', ciphers.TripleDES],
  tripledescryptoserviceprovider: ['TripleDES', ciphers.TripleDES],
  des: ['DES', ciphers.DES],
  descryptoserviceprovider: ['DES', ciphers.DES],
};

/** SymmetricAlgorithm.Create(name): null for a name that is none. */
export function cipherNamed(name: string | null): CipherValue | null {
  const plain = required(name, 'algName')
    .replace(/^System\.Security\.Cryptography\./i, '')
    .toLowerCase();
  const found = Object.hasOwn(names, plain) ? names[plain] : undefined;
  return found ? new CipherValue(named(`${space}.${found[0]}`), found[1]) : null;
}

/** An ICryptoTransform: encryption or decryption under way. */
class TransformValue extends Instance {
  private readonly work: (data: Uint8Array) => Uint8Array;
  readonly block: number;

  constructor({ facts }: CipherSettings, work: (data: Uint8Array) => Uint8Array) {
    super(named(`${space}.ICryptoTransform`));
    this.work = work;
    this.block = facts.block;
  }

  finish(data: Uint8Array): Uint8Array {
    return Uint8Array.from(this.work(data));
  }
}

function transform(value: CipherValue, encrypts: boolean, key?: Bytes, iv?: Bytes): TransformValue {
  const secret = key === undefined ? value.key : given(key, 'rgbKey');
  const vector = iv === undefined ? value.iv : iv && bytesOf(iv);
  const settings = value.settings(secret.slice(), vector?.slice());
  const run = encrypts ? encryptBytes : decryptBytes;
  return new TransformValue(settings, (data) => run(data, settings));
}

const symmetric = declareType(`abstract class ${space}.SymmetricAlgorithm : IDisposable`, {
  'static SymmetricAlgorithm Create(string algName)': cipherNamed,
  'byte[] Key': {
    get: ({ key }: CipherValue) => bytesValue(key.slice()),
    set: (value: CipherValue, key: Bytes) => {
      value.key = given(key, 'value');
    },
  },
  'byte[] IV': {
    get: ({ iv }: CipherValue) => bytesValue(iv.slice()),
    set: (value: CipherValue, iv: Bytes) => {
      value.iv = given(iv, 'value');
    },
  },
  'CipherMode Mode': {
    get: ({ mode }: CipherValue) => mode,
    set: (value: CipherValue, mode: number) => {
      const known = [cipherModes.CBC, cipherModes.ECB, cipherModes.CFB];
      if (!known.includes(mode)) {
        throw cryptographic('Specified cipher mode is not valid for this algorithm.');
      }
      value.mode = mode;
    },
  },
  'PaddingMode Padding': {
    get: ({ padding }: CipherValue) => padding,
    set: (value: CipherValue, padding: number) => {
      if (!Object.values(paddingModes).includes(padding)) {
        throw cryptographic('Specified padding mode is not valid for this algorithm.');
      }
      value.padding = padding;
    },
  },
  'int KeySize': {
    get: ({ keySize }: CipherValue) => keySize,
    set: (value: CipherValue, bits: number) => {
      value.keySize = bits;
    },
  },
  'int BlockSize': {
    get: ({ facts }: CipherValue) => facts.block * 8,
    set: ({ facts }: CipherValue, bits: number) => {
      if (bits !== facts.block * 8) {
        throw cryptographic('Specified block size is not valid for this algorithm.');
      }
    },
  },
  'int FeedbackSize': {
    get: () => 8,
    set: (_value: CipherValue, bits: number) => {
      if (bits !== 8) {
        throw cryptographic('Specified feedback size is not valid for this algorithm.');
      }
    },
  },
  'bool ValidKeySize(int bitLength)': ({ facts }: CipherValue, bits: number) =>
    facts.keys.includes(bits / 8),
  'void GenerateKey()': (value: CipherValue) => value.renew('key'),
  'void GenerateIV()': (value: CipherValue) => value.renew('iv'),
  'void Clear()': () => undefined,
  'ICryptoTransform CreateEncryptor()': (value: CipherValue) => transform(value, true),
  'ICryptoTransform CreateEncryptor(byte[] rgbKey, byte[] rgbIV)': (
    value: CipherValue,
    key: Bytes,
    iv: Bytes,
  ) => transform(value, true, key, iv),
  'ICryptoTransform CreateDecryptor()': (value: CipherValue) => transform(value, false),
  'ICryptoTransform CreateDecryptor(byte[] rgbKey, byte[] rgbIV)': (
    value: CipherValue,
    key: Bytes,
    iv: Bytes,
  ) => transform(value, false, key, iv),
});

const input = { array: 'inputBuffer', offset: 'inputOffset' };

const cryptoTransform = declareType(`interface ${space}.ICryptoTransform : IDisposable`, {
  'byte[] TransformFinalBlock(byte[] inputBuffer, int inputOffset, int inputCount)': (
    value: TransformValue,
    data: Bytes,
    offset: number,
    count: number,
  ) => bytesValue(value.finish(rangeOf(data, offset, count, input))),
  'int InputBlockSize': ({ block }: TransformValue) => block,
  'int OutputBlockSize': ({ block }: TransformValue) => block,
  'bool CanReuseTransform': () => true,
  'bool CanTransformMultipleBlocks': () => true,
});

function creating(name: string, facts: CipherFacts): Record<string, unknown> {
  const make = () => new CipherValue(named(`${space}.${name}`), facts);
  return {
    [`static ${name} Create()`]: make,
    [`static ${name} Create(string algorithmName)`]: (text: string | null) => {
      const found = cipherNamed(text);
      return found?.facts === facts ? found : null;
    },
  };
}

const classes = ['AesManaged', 'AesCryptoServiceProvider', 'RijndaelManaged'] as const;

export const symmetricTypes = [
  symmetric,
  cryptoTransform,
  declareType(`abstract class ${space}.Aes : SymmetricAlgorithm`, creating('Aes', ciphers.Aes)),
  declareType(
    `abstract class ${space}.TripleDES : SymmetricAlgorithm`,
    creating('TripleDES', ciphers.TripleDES),
  ),
  declareType(`abstract class ${space}.DES : SymmetricAlgorithm`, creating('DES', ciphers.DES)),
  ...classes.map((name) =>
    declareType(`sealed class ${space}.${name} : Aes`, {
      'new()': (type: Type) => new CipherValue(type, ciphers.Aes),
    }),
  ),
  declareEnum(`${space}.CipherMode`, cipherModes),
  declareEnum(`${space}.PaddingMode`, paddingModes),
];

/** Refuses the name of an algorithm that is none, for the extension methods. */
export function requireCipher(name: string | null): CipherValue {
  const found = cipherNamed(required(name, 'alg'));
  if (!found) {
    throw fault('ArgumentException', `'${name}' is not a known symmetric algorithm.`, 'alg');
  }
  return found;
}
