// Hashes, HMACs, AES and random bytes.
import { createCipheriv, createDecipheriv, createHash, createHmac } from 'node:crypto';
import { fault, required } from '../running/exceptions.ts';
import { charge, run } from '../running/run.ts';
import { type ArrayValue, bytesOf, bytesValue, Instance } from '../running/values.ts';
import { declareEnum, declareType, named } from '../types/registry.ts';
import type { Type } from '../types/type.ts';

class HashValue extends Instance {
  readonly algorithm: string;
  key: Uint8Array | undefined;
  hash: Uint8Array | undefined;

  constructor(type: Type, algorithm: string, key?: Uint8Array) {
    super(type);
    this.algorithm = algorithm;
    this.key = key;
  }
}

function compute(value: HashValue, data: Uint8Array): ArrayValue {
  charge(data.length / 64);
  const digest = value.key ? createHmac(value.algorithm, value.key) : createHash(value.algorithm);
  value.hash = digest.update(data).digest();
  return bytesValue(value.hash);
}

const space = 'System.Security.Cryptography';

const hashBase = declareType(`abstract class ${space}.HashAlgorithm : IDisposable`, {
  'byte[] ComputeHash(byte[] buffer)': (value: HashValue, data: ArrayValue | null) =>
    compute(value, bytesOf(required(data, 'buffer'))),
  'byte[] ComputeHash(byte[] buffer, int offset, int count)': (
    value: HashValue,
    data: ArrayValue | null,
    offset: number,
    count: number,
  ) => compute(value, bytesOf(required(data, 'buffer')).subarray(offset, offset + count)),
  'byte[] Hash': (value: HashValue) => (value.hash ? bytesValue(value.hash) : null),
  'int HashSize': (value: HashValue) => createHash(value.algorithm).digest().length * 8,
});

const names = ['MD5', 'SHA1', 'SHA256', 'SHA384', 'SHA512'];

const hashTypes = names.flatMap((name) => {
  const algorithm = name.toLowerCase();
  const full = `${space}.${name}`;
  const managed = name === 'MD5' ? `${name}CryptoServiceProvider` : `${name}Managed`;
  return [
    declareType(`abstract class ${full} : HashAlgorithm`, {
      [`static ${name} Create()`]: () => new HashValue(named(full), algorithm),
      'static byte[] HashData(byte[] source)': (data: ArrayValue | null) =>
        bytesValue(
          createHash(algorithm)
            .update(bytesOf(required(data, 'source')))
            .digest(),
        ),
    }),
    declareType(`class ${space}.${managed} : ${name}`, {
      'new()': (type: Type) => new HashValue(type, algorithm),
    }),
    declareType(`class ${space}.HMAC${name} : HMAC`, {
      'new()': (type: Type) => new HashValue(type, algorithm, run.surroundings.randomBytes(64)),
      'new(byte[] key)': (type: Type, key: ArrayValue | null) =>
        new HashValue(type, algorithm, bytesOf(required(key, 'key')).slice()),
    }),
  ];
});

class CipherValue extends Instance {
  key: Uint8Array;
  iv: Uint8Array;
  mode = 1;
  padding = 2;

  constructor(type: Type) {
    super(type);
    this.key = run.surroundings.randomBytes(32);
    this.iv = run.surroundings.randomBytes(16);
  }
}

class TransformValue extends Instance {
  readonly transform: (data: Uint8Array) => Uint8Array;

  constructor(transform: (data: Uint8Array) => Uint8Array) {
    super(named('ICryptoTransform'));
    this.transform = transform;
  }
}

function cryptographic(message: string) {
  return fault('System.Security.Cryptography.CryptographicException', message);
}

const modes: Record<number, string> = { 1: 'cbc', 2: 'ecb', 4: 'cfb8' };

/** AES of the key's length over the data; zero padding is done here, PKCS#7 by the platform. */
export function aes(
  data: Uint8Array,
  encrypt: boolean,
  { key, iv, mode, padding }: { key: Uint8Array; iv: Uint8Array; mode: number; padding: number },
): Uint8Array {
  const name = `aes-${key.length * 8}-${modes[mode] ?? 'cbc'}`;
  const vector = mode === 2 ? null : iv;
  try {
    charge(data.length / 16);
    const cipher = encrypt
      ? createCipheriv(name, key, vector)
      : createDecipheriv(name, key, vector);
    cipher.setAutoPadding(padding === 2);
    const zeros = encrypt && padding === 3 ? (16 - (data.length % 16)) % 16 : 0;
    const input = zeros > 0 ? Buffer.concat([data, new Uint8Array(zeros)]) : data;
    return Buffer.concat([cipher.update(input), cipher.final()]);
  } catch {
    throw cryptographic(
      encrypt
        ? 'The input data is not a complete block.'
        : 'Padding is invalid and cannot be removed.',
    );
  }
}

function transform(
  value: CipherValue,
  encrypt: boolean,
  key?: ArrayValue | null,
  iv?: ArrayValue | null,
) {
  const settings = {
    key: key ? bytesOf(key) : value.key,
    iv: iv ? bytesOf(iv) : value.iv,
    mode: value.mode,
    padding: value.padding,
  };
  return new TransformValue((data) => aes(data, encrypt, settings));
}

function requireLength(bytes: Uint8Array, lengths: readonly number[], what: string): Uint8Array {
  if (lengths.includes(bytes.length)) return bytes.slice();
  throw cryptographic(`Specified ${what} is not a valid size for this algorithm.`);
}

const symmetric = declareType(`abstract class ${space}.SymmetricAlgorithm : IDisposable`, {
  'byte[] Key': {
    get: (value: CipherValue) => bytesValue(value.key),
    set: (value: CipherValue, key: ArrayValue | null) => {
      value.key = requireLength(bytesOf(required(key, 'value')), [16, 24, 32], 'key');
    },
  },
  'byte[] IV': {
    get: (value: CipherValue) => bytesValue(value.iv),
    set: (value: CipherValue, iv: ArrayValue | null) => {
      value.iv = requireLength(bytesOf(required(iv, 'value')), [16], 'initialization vector (IV)');
    },
  },
  'CipherMode Mode': {
    get: (value: CipherValue) => value.mode,
    set: (value: CipherValue, mode: number) => {
      value.mode = mode;
    },
  },
  'PaddingMode Padding': {
    get: (value: CipherValue) => value.padding,
    set: (value: CipherValue, padding: number) => {
      value.padding = padding;
    },
  },
  'int KeySize': {
    get: (value: CipherValue) => value.key.length * 8,
    set: (value: CipherValue, bits: number) => {
      value.key = run.surroundings.randomBytes(bits / 8);
    },
  },
  'int BlockSize': { get: () => 128, set: () => undefined },
  'void GenerateKey()': (value: CipherValue) => {
    value.key = run.surroundings.randomBytes(value.key.length);
  },
  'void GenerateIV()': (value: CipherValue) => {
    value.iv = run.surroundings.randomBytes(16);
  },
  'ICryptoTransform CreateEncryptor()': (value: CipherValue) => transform(value, true),
  'ICryptoTransform CreateDecryptor()': (value: CipherValue) => transform(value, false),
  'ICryptoTransform CreateEncryptor(byte[] rgbKey, byte[] rgbIV)': (
    value: CipherValue,
    key: ArrayValue | null,
    iv: ArrayValue | null,
  ) => transform(value, true, key, iv),
  'ICryptoTransform CreateDecryptor(byte[] rgbKey, byte[] rgbIV)': (
    value: CipherValue,
    key: ArrayValue | null,
    iv: ArrayValue | null,
  ) => transform(value, false, key, iv),
});

function named_(algorithm: string | null): void {
  if (
    !/^(aes|rijndael|aescryptoserviceprovider|aesmanaged|rijndaelmanaged)$/i.test(algorithm ?? '')
  ) {
    throw fault('ArgumentException', `The algorithm '${algorithm}' is not supported.`, 'alg');
  }
}

function crypt(encrypt: boolean) {
  return (
    data: ArrayValue | null,
    algorithm: string | null,
    key: ArrayValue | null,
    iv: ArrayValue | null,
  ) => {
    named_(algorithm);
    const settings = {
      key: bytesOf(required(key, 'key')),
      iv: bytesOf(required(iv, 'iv')),
      mode: 1,
      padding: 2,
    };
    return bytesValue(aes(bytesOf(required(data, 'input')), encrypt, settings));
  };
}

const arguments_ = 'this byte[] input, string alg, byte[] key, byte[] iv';

function cryptWith(encrypt: boolean) {
  return (data: ArrayValue | null, value: CipherValue | null) =>
    bytesValue(aes(bytesOf(required(data, 'input')), encrypt, required(value, 'alg')));
}

export const cryptographyTypes = [
  hashBase,
  declareType(`abstract class ${space}.KeyedHashAlgorithm : HashAlgorithm`, {
    'byte[] Key': {
      get: (value: HashValue) => bytesValue(value.key ?? new Uint8Array()),
      set: (value: HashValue, key: ArrayValue | null) => {
        value.key = bytesOf(required(key, 'value')).slice();
      },
    },
  }),
  declareType(`abstract class ${space}.HMAC : KeyedHashAlgorithm`, {}),
  ...hashTypes,
  symmetric,
  declareType(`abstract class ${space}.Aes : SymmetricAlgorithm`, {
    'static Aes Create()': () => new CipherValue(named(`${space}.Aes`)),
  }),
  ...['AesManaged', 'AesCryptoServiceProvider', 'RijndaelManaged'].map((name) =>
    declareType(`class ${space}.${name} : Aes`, { 'new()': (type: Type) => new CipherValue(type) }),
  ),
  declareType(`interface ${space}.ICryptoTransform : IDisposable`, {
    'byte[] TransformFinalBlock(byte[] inputBuffer, int inputOffset, int inputCount)': (
      value: TransformValue,
      data: ArrayValue | null,
      offset: number,
      count: number,
    ) =>
      bytesValue(
        value.transform(bytesOf(required(data, 'inputBuffer')).subarray(offset, offset + count)),
      ),
  }),
  declareEnum(`${space}.CipherMode`, { CBC: 1, ECB: 2, OFB: 3, CFB: 4, CTS: 5 }),
  declareEnum(`${space}.PaddingMode`, { None: 1, PKCS7: 2, Zeros: 3, ANSIX923: 4, ISO10126: 5 }),
  declareType(`abstract class ${space}.RandomNumberGenerator : IDisposable`, {
    'static RandomNumberGenerator Create()': () => new Instance(named('RNGCryptoServiceProvider')),
    'void GetBytes(byte[] data)': (_value: unknown, data: ArrayValue | null) => {
      const bytes = bytesOf(required(data, 'data'));
      bytes.set(run.surroundings.randomBytes(bytes.length));
    },
  }),
  declareType(`class ${space}.RNGCryptoServiceProvider : RandomNumberGenerator`, {
    'new()': (type: Type) => new Instance(type),
  }),
  declareType('static class CryptographyExtensions', {
    [`static byte[] Encrypt(${arguments_})`]: crypt(true),
    [`static byte[] Decrypt(${arguments_})`]: crypt(false),
    'static byte[] Encrypt(this byte[] input, SymmetricAlgorithm alg)': cryptWith(true),
    'static byte[] Decrypt(this byte[] input, SymmetricAlgorithm alg)': cryptWith(false),
  }),
];
