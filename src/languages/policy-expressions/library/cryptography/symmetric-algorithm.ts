// SymmetricAlgorithm: a block cipher with its key, vector, mode and padding.
import { fault, required } from '../../running/exceptions.ts';
import { bytesOf, bytesValue, Instance } from '../../running/values.ts';
import { declareEnum, declareType } from '../../types/registry.ts';
import type { Type } from '../../types/type.ts';
import {
  type CipherFacts,
  type CipherSettings,
  cipherModes,
  paddingModes,
} from './block-cipher.ts';
import { type Bytes, given } from './bytes.ts';
import { createAs } from './crypto-config.ts';
import { TransformValue } from './crypto-transform.ts';
import { cryptographic, space } from './failures.ts';
import { keySizesOf } from './key-sizes.ts';
import { randomBytes } from './random-number-generator.ts';

/** A SymmetricAlgorithm; key and vector are made when they are first asked for. */
export class CipherValue extends Instance {
  readonly facts: CipherFacts;
  mode = cipherModes.CBC;
  padding = paddingModes.PKCS7;
  /** Bits that CFB feeds back. */
  feedback = 8;
  private secret: Uint8Array | undefined;
  private vector: Uint8Array | undefined;
  private size: number;

  constructor(type: Type, facts: CipherFacts) {
    super(type);
    this.facts = facts;
    this.size = facts.keys.max / 8;
  }

  get key(): Uint8Array {
    this.secret ??= randomBytes(this.size);
    return this.secret;
  }

  /** Of a length that is allowed. */
  set key(key: Uint8Array) {
    this.secret = key.slice();
    this.size = key.length;
  }

  get iv(): Uint8Array {
    this.vector ??= randomBytes(this.facts.block);
    return this.vector;
  }

  set iv(iv: Uint8Array) {
    if (iv.length !== this.facts.block) throw cryptographic(wrongVector);
    this.vector = iv.slice();
  }

  get keySize(): number {
    return this.size * 8;
  }

  set keySize(bits: number) {
    if (!isKeySize(bits, this.facts)) throw cryptographic(wrongKey);
    this.size = bits / 8;
    this.secret = undefined;
  }

  renew(part: 'key' | 'iv'): void {
    if (part === 'key') this.secret = randomBytes(this.size);
    else this.vector = randomBytes(this.facts.block);
  }

  /** Forgets key and vector. */
  clear(): void {
    this.secret = undefined;
    this.vector = undefined;
  }

  /** What a transformation needs, checked. Throws as CreateEncryptor does. */
  settings(key: Uint8Array = this.key, iv: Uint8Array | null = this.iv): CipherSettings {
    const { facts, mode, padding, feedback } = this;
    if (!isKeySize(key.length * 8, facts)) throw fault('ArgumentException', wrongKey, 'key');
    if (iv && iv.length !== facts.block) throw fault('ArgumentException', wrongVector, 'iv');
    if (mode === cipherModes.CFB && !facts.feedback.includes(feedback)) {
      throw cryptographic(
        `The specified feedback size '${feedback}' for CipherMode 'CFB' is not supported.`,
      );
    }
    if (!iv && mode !== cipherModes.ECB) {
      throw cryptographic(
        'The cipher mode specified requires that an initialization vector (IV) be used.',
      );
    }
    return { facts, key, iv: iv ?? new Uint8Array(), mode, padding, feedback };
  }
}

export const wrongKey = 'Specified key is not a valid size for this algorithm.';
const wrongVector =
  'Specified initialization vector (IV) does not match the block size for this algorithm.';

export function isKeySize(bits: number, { keys }: CipherFacts): boolean {
  const { min, max, skip } = keys;
  return bits >= min && bits <= max && (bits === min || (bits - min) % skip === 0);
}

function transform(value: CipherValue, encrypts: boolean, key?: Bytes, iv?: Bytes): TransformValue {
  const secret = key === undefined ? value.key : given(key, 'rgbKey');
  const vector = iv === undefined ? value.iv : iv && bytesOf(iv);
  return new TransformValue(value.settings(secret.slice(), vector?.slice() ?? null), encrypts);
}

function setKey(value: CipherValue, key: Bytes): void {
  const bytes = given(key, 'value');
  if (!isKeySize(bytes.length * 8, value.facts)) throw cryptographic(wrongKey);
  value.key = bytes;
}

const symmetricAlgorithm = declareType(
  `abstract class ${space}.SymmetricAlgorithm : IDisposable`,
  {
    'static SymmetricAlgorithm Create(string algName)': (name: string | null) =>
      createAs('SymmetricAlgorithm', name, 'name'),
    'byte[] Key': {
      get: ({ key }: CipherValue) => bytesValue(key.slice()),
      set: setKey,
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
        // AesManaged knows no CFB; nothing knows OFB and CTS.
        const hasFeedback = value.type.name !== 'AesManaged';
        const isKnown = mode === cipherModes.CBC || mode === cipherModes.ECB;
        if (!isKnown && !(hasFeedback && mode === cipherModes.CFB)) {
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
      get: ({ feedback }: CipherValue) => feedback,
      set: (value: CipherValue, bits: number) => {
        if (bits <= 0 || bits > value.facts.block * 8 || bits % 8 !== 0) {
          throw cryptographic('Specified feedback size is invalid.');
        }
        value.feedback = bits;
      },
    },
    'KeySizes[] LegalKeySizes': ({ facts }: CipherValue) => keySizesOf(facts.keys),
    'KeySizes[] LegalBlockSizes': ({ facts }: CipherValue) =>
      keySizesOf({ min: facts.block * 8, max: facts.block * 8, skip: 0 }),
    'bool ValidKeySize(int bitLength)': ({ facts }: CipherValue, bits: number) =>
      isKeySize(bits, facts),
    'void GenerateKey()': (value: CipherValue) => value.renew('key'),
    'void GenerateIV()': (value: CipherValue) => value.renew('iv'),
    'void Clear()': (value: CipherValue) => value.clear(),
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
  },
  { dispose: (value: CipherValue) => value.clear() },
);

export const symmetricTypes = [
  symmetricAlgorithm,
  declareEnum(`${space}.CipherMode`, cipherModes),
  declareEnum(`${space}.PaddingMode`, paddingModes),
];

/** The algorithm of a name, for the extension methods. */
export function requireCipher(name: string | null): CipherValue {
  const found = createAs('SymmetricAlgorithm', required(name, 'alg'), 'alg');
  if (found instanceof CipherValue) return found;
  throw fault('ArgumentException', `'${name}' is not a known symmetric algorithm.`, 'alg');
}
