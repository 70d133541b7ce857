// HashAlgorithm and its kinds: MD5, SHA1, SHA256, SHA384, SHA512.
import { createHash, createHmac, type Hash, type Hmac } from 'node:crypto';
import { fault, invalidOperation } from '../../running/exceptions.ts';
import { type ArrayValue, bytesOf, bytesValue, Instance } from '../../running/values.ts';
import { declareType, named, type TypeDeclaration } from '../../types/registry.ts';
import type { Type } from '../../types/type.ts';
import { type Bytes, given, rangeOf } from './bytes.ts';
import { chargeBytes, space } from './failures.ts';

/** The algorithms by their name in .NET. */
export const hashNames = ['MD5', 'SHA1', 'SHA256', 'SHA384', 'SHA512'];

export const hashBytes: Readonly<Record<string, number>> = {
  MD5: 16,
  SHA1: 20,
  SHA256: 32,
  SHA384: 48,
  SHA512: 64,
};

/** A HashAlgorithm; with a key it is an HMAC. */
export class HashValue extends Instance {
  /** Such as `SHA256`. */
  readonly algorithm: string;
  key: Uint8Array | undefined;
  hash: Uint8Array | undefined;
  private running: Hash | Hmac | undefined;
  private disposed = false;

  constructor(type: Type, algorithm: string, key?: Uint8Array) {
    super(type);
    this.algorithm = algorithm;
    this.key = key;
  }

  /** Takes bytes in without an answer yet. */
  feed(data: Uint8Array): void {
    if (this.disposed) {
      const message = `Cannot access a disposed object.\nObject name: '${this.type.fullName}'.`;
      throw fault('ObjectDisposedException', message);
    }
    chargeBytes(data.length);
    const name = this.algorithm.toLowerCase();
    this.running ??= this.key ? createHmac(name, this.key) : createHash(name);
    this.running.update(data);
  }

  finish(): Uint8Array {
    this.feed(new Uint8Array());
    this.hash = this.running!.digest();
    this.running = undefined;
    return this.hash;
  }

  reset(): void {
    this.running = undefined;
    this.hash = undefined;
  }

  get isUnderWay(): boolean {
    return this.running !== undefined;
  }

  dispose(): void {
    this.disposed = true;
    this.reset();
  }

  compute(data: Uint8Array): ArrayValue {
    this.feed(data);
    return bytesValue(this.finish().slice());
  }
}

const buffer = { array: 'buffer', offset: 'offset' };
const input = { array: 'inputBuffer', offset: 'inputOffset' };

function hashNow(algorithm: string, data: Uint8Array): ArrayValue {
  chargeBytes(data.length);
  return bytesValue(createHash(algorithm.toLowerCase()).update(data).digest());
}

/** An algorithm by one of its names: `SHA256`, `SHA-256`, the full name of its class. */
function byName(name: string | null): HashValue | null {
  if (name === null) throw fault('ArgumentNullException', 'Value cannot be null.', 'hashName');
  const plain = name.replace(/^System\.Security\.Cryptography\./, '').replace('-', '');
  const found = hashNames.find((each) => each === plain.toUpperCase());
  if (found) return create(found);
  return plain === 'SHA' ? create('SHA1') : null;
}

const create = (name: string) => new HashValue(named(`${space}.${name}`), name);

const base = declareType(
  `abstract class ${space}.HashAlgorithm : ICryptoTransform`,
  {
    'static HashAlgorithm Create(string hashName)': byName,
    'byte[] ComputeHash(byte[] buffer)': (value: HashValue, data: Bytes) =>
      value.compute(given(data, 'buffer')),
    'byte[] ComputeHash(byte[] buffer, int offset, int count)': (
      value: HashValue,
      data: Bytes,
      offset: number,
      count: number,
    ) => value.compute(rangeOf(data, offset, count, buffer)),
    'int TransformBlock(byte[] inputBuffer, int inputOffset, int inputCount, byte[] outputBuffer, int outputOffset)':
      (
        value: HashValue,
        data: Bytes,
        offset: number,
        count: number,
        output: Bytes,
        outputOffset: number,
      ) => {
        const part = rangeOf(data, offset, count, input);
        value.feed(part);
        if (output && output !== data) bytesOf(output).set(part, outputOffset);
        return count;
      },
    'byte[] TransformFinalBlock(byte[] inputBuffer, int inputOffset, int inputCount)': (
      value: HashValue,
      data: Bytes,
      offset: number,
      count: number,
    ) => {
      const part = rangeOf(data, offset, count, input);
      value.feed(part);
      value.finish();
      return bytesValue(part.slice());
    },
    'byte[] Hash': (value: HashValue) => {
      if (value.isUnderWay) {
        throw invalidOperation('Hash must be finalized before the hash value is retrieved.');
      }
      return value.hash ? bytesValue(value.hash.slice()) : null;
    },
    'int HashSize': ({ algorithm }: HashValue) => hashBytes[algorithm]! * 8,
    'int InputBlockSize': () => 1,
    'int OutputBlockSize': () => 1,
    'bool CanReuseTransform': () => true,
    'bool CanTransformMultipleBlocks': () => true,
    'void Initialize()': (value: HashValue) => value.reset(),
    'void Clear()': (value: HashValue) => value.dispose(),
  },
  { dispose: (value: HashValue) => value.dispose() },
);

/** The class of an algorithm and those that implement it under other names. */
function family(name: string): TypeDeclaration[] {
  const implementations =
    name === 'MD5'
      ? ['MD5CryptoServiceProvider']
      : [`${name}Managed`, `${name}CryptoServiceProvider`, `${name}Cng`];
  return [
    declareType(`abstract class ${space}.${name} : HashAlgorithm`, {
      [`static ${name} Create()`]: () => create(name),
      [`static ${name} Create(string hashName)`]: byName,
      'static byte[] HashData(byte[] source)': (data: Bytes) =>
        hashNow(name, given(data, 'source')),
      'const int HashSizeInBytes': hashBytes[name],
      'const int HashSizeInBits': hashBytes[name]! * 8,
    }),
    ...implementations.map((implementation) =>
      declareType(`class ${space}.${implementation} : ${name}`, {
        'new()': (type: Type) => new HashValue(type, name),
      }),
    ),
  ];
}

export const hashTypes = [base, ...hashNames.flatMap(family)];
