// HashAlgorithm: what MD5, the SHA family and the HMACs have in common.
import { createHash, createHmac, type Hash, type Hmac } from 'node:crypto';
import { fault } from '../../running/exceptions.ts';
import { type ArrayValue, bytesOf, bytesValue, Instance } from '../../running/values.ts';
import { declareType } from '../../types/registry.ts';
import type { Type } from '../../types/type.ts';
import { type Bytes, given, put, rangeOf } from './bytes.ts';
import { createAs, makeDefault } from './crypto-config.ts';
import { chargeBytes, disposed, space } from './failures.ts';

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
  private running: Hash | Hmac | undefined;
  private hash: Uint8Array | undefined;
  /** Between TransformBlock and TransformFinalBlock. */
  private midway = false;
  private isDisposed = false;

  constructor(type: Type, algorithm: string, key?: Uint8Array) {
    super(type);
    this.algorithm = algorithm;
    this.key = key;
  }

  /** Takes bytes in without an answer yet. */
  private feed(data: Uint8Array): void {
    if (this.isDisposed) throw disposed();
    chargeBytes(data.length);
    const name = this.algorithm.toLowerCase();
    this.running ??= this.key ? createHmac(name, this.key) : createHash(name);
    this.running.update(data);
  }

  private finish(): Uint8Array {
    this.hash = Uint8Array.from(this.running!.digest());
    this.running = undefined;
    return this.hash;
  }

  compute(data: Uint8Array): ArrayValue {
    this.feed(data);
    return bytesValue(this.finish().slice());
  }

  block(data: Uint8Array): void {
    this.feed(data);
    this.midway = true;
  }

  finalBlock(data: Uint8Array): void {
    this.feed(data);
    this.finish();
    this.midway = false;
  }

  /** Forgets what was taken in, not the last hash. */
  initialize(): void {
    this.running = undefined;
  }

  get isUnderWay(): boolean {
    return this.running !== undefined;
  }

  get last(): ArrayValue | null {
    if (this.isDisposed) throw disposed();
    if (this.midway) {
      const message = 'Hash must be finalized before the hash value is retrieved.';
      throw fault(`${space}.CryptographicUnexpectedOperationException`, message);
    }
    return this.hash ? bytesValue(this.hash.slice()) : null;
  }

  dispose(): void {
    this.isDisposed = true;
    this.running = undefined;
    this.hash = undefined;
  }
}

/** Hashes at once, without an object. */
export function hashNow(algorithm: string, data: Uint8Array): ArrayValue {
  chargeBytes(data.length);
  return bytesValue(createHash(algorithm.toLowerCase()).update(data).digest());
}

const buffer = { array: 'buffer', offset: 'offset' };
const input = { array: 'inputBuffer', offset: 'inputOffset' };

function transformBlock(
  value: HashValue,
  data: Bytes,
  offset: number,
  count: number,
  output: Bytes,
  outputOffset: number,
): number {
  const part = rangeOf(data, offset, count, input);
  value.block(part);
  if (output && (output !== data || outputOffset !== offset)) {
    put(part, bytesOf(output), outputOffset);
  }
  return count;
}

function transformFinalBlock(value: HashValue, data: Bytes, offset: number, count: number) {
  const part = rangeOf(data, offset, count, input);
  value.finalBlock(part);
  return bytesValue(part.slice());
}

export const hashAlgorithmType = declareType(
  `abstract class ${space}.HashAlgorithm : ICryptoTransform`,
  {
    'static HashAlgorithm Create()': () => makeDefault('SHA1CryptoServiceProvider'),
    'static HashAlgorithm Create(string hashName)': (name: string | null) =>
      createAs('HashAlgorithm', name, 'name'),
    'byte[] ComputeHash(byte[] buffer)': (value: HashValue, data: Bytes) =>
      value.compute(given(data, 'buffer')),
    'byte[] ComputeHash(byte[] buffer, int offset, int count)': (
      value: HashValue,
      data: Bytes,
      offset: number,
      count: number,
    ) => value.compute(rangeOf(data, offset, count, buffer)),
    'int TransformBlock(byte[] inputBuffer, int inputOffset, int inputCount, byte[] outputBuffer, int outputOffset)':
      transformBlock,
    'byte[] TransformFinalBlock(byte[] inputBuffer, int inputOffset, int inputCount)':
      transformFinalBlock,
    'byte[] Hash': (value: HashValue) => value.last,
    'int HashSize': ({ algorithm }: HashValue) => hashBytes[algorithm]! * 8,
    'int InputBlockSize': () => 1,
    'int OutputBlockSize': () => 1,
    'bool CanReuseTransform': () => true,
    'bool CanTransformMultipleBlocks': () => true,
    'void Initialize()': (value: HashValue) => value.initialize(),
    'void Clear()': (value: HashValue) => value.dispose(),
  },
  { dispose: (value: HashValue) => value.dispose() },
);
