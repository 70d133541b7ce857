// Rfc2898DeriveBytes: keys from passwords (PBKDF2, RFC 8018 section 5.2).
import { pbkdf2Sync } from 'node:crypto';
import { fault, outOfRange, required } from '../../running/exceptions.ts';
import { charge, run } from '../../running/run.ts';
import { bytesValue, Instance } from '../../running/values.ts';
import { declareType, named } from '../../types/registry.ts';
import type { Type } from '../../types/type.ts';
import { type Bytes, given } from './bytes.ts';
import { cryptographic, space } from './failures.ts';
import { hashBytes } from './hash-algorithm.ts';
import { digestOf, HashNameValue } from './hash-algorithm-name.ts';

const saltBytesMin = 8;
const iterationsByDefault = 1_000;
/** Steps of an evaluation that one iteration costs. */
const iterationSteps = 2;

/** The bytes come in one stream; who asks twice gets what follows. */
class DeriveValue extends Instance {
  private readonly password: Uint8Array;
  private readonly digest: string;
  private salt_: Uint8Array;
  private iterations_: number;
  private taken = 0;

  constructor(password: Uint8Array, salt: Uint8Array, iterations: number, digest: string) {
    super(named(`${space}.Rfc2898DeriveBytes`));
    this.password = password;
    this.digest = digest;
    this.salt_ = checkedSalt(salt);
    this.iterations_ = checkedIterations(iterations);
  }

  get salt(): Uint8Array {
    return this.salt_;
  }

  set salt(salt: Uint8Array) {
    this.salt_ = checkedSalt(salt);
    this.taken = 0;
  }

  get iterations(): number {
    return this.iterations_;
  }

  set iterations(iterations: number) {
    this.iterations_ = checkedIterations(iterations);
    this.taken = 0;
  }

  get hash(): string {
    return this.digest.toUpperCase();
  }

  reset(): void {
    this.taken = 0;
  }

  next(count: number): Uint8Array {
    if (count <= 0) throw outOfRange('cb', 'Positive number required.');
    const { password, salt_, iterations_, digest, taken } = this;
    const blocks = Math.ceil((taken + count) / hashBytes[this.hash]!);
    charge(blocks * iterations_ * iterationSteps);
    const all = pbkdf2Sync(password, salt_, iterations_, taken + count, digest);
    this.taken += count;
    return Uint8Array.from(all.subarray(taken));
  }
}

function checkedSalt(salt: Uint8Array): Uint8Array {
  if (salt.length >= saltBytesMin) return salt.slice();
  throw fault('ArgumentException', 'Salt is not at least eight bytes.', 'salt');
}

function checkedIterations(count: number): number {
  if (count > 0) return count;
  throw outOfRange('iterations', 'Positive number required.');
}

function digestFor(hash: HashNameValue): string {
  if (!hash.name) throw cryptographic('The hash algorithm name cannot be null or empty.');
  const digest = digestOf(hash);
  if (digest === 'md5') throw cryptographic(`'${hash.name}' is not a known hash algorithm.`);
  return digest;
}

const sha1 = () => new HashNameValue('SHA1');

function fromText(
  _type: Type,
  password: string | null,
  salt: Bytes,
  iterations = iterationsByDefault,
  hash = sha1(),
): DeriveValue {
  const bytes = given(salt, 'salt');
  const text = Buffer.from(required(password, 's'), 'utf8');
  return new DeriveValue(text, bytes, iterations, digestFor(hash));
}

function fromBytes(
  _type: Type,
  password: Bytes,
  salt: Bytes,
  iterations: number,
  hash = sha1(),
): DeriveValue {
  const bytes = given(salt, 'salt');
  return new DeriveValue(given(password, 'password').slice(), bytes, iterations, digestFor(hash));
}

function withNewSalt(
  _type: Type,
  password: string | null,
  saltSize: number,
  iterations = iterationsByDefault,
  hash = sha1(),
): DeriveValue {
  if (saltSize < 0) throw outOfRange('saltSize', 'Non-negative number required.');
  const salt = run.surroundings.randomBytes(Math.min(saltSize, 1_024));
  const text = Buffer.from(required(password, 's'), 'utf8');
  return new DeriveValue(text, salt, iterations, digestFor(hash));
}

export const deriveBytesTypes = [
  declareType(`abstract class ${space}.DeriveBytes : IDisposable`, {
    'byte[] GetBytes(int cb)': (value: DeriveValue, count: number) => bytesValue(value.next(count)),
    'void Reset()': (value: DeriveValue) => value.reset(),
  }),
  declareType(`class ${space}.Rfc2898DeriveBytes : DeriveBytes`, {
    'new(string password, byte[] salt)': fromText,
    'new(string password, byte[] salt, int iterations)': fromText,
    'new(string password, byte[] salt, int iterations, HashAlgorithmName hashAlgorithm)': fromText,
    'new(byte[] password, byte[] salt, int iterations)': fromBytes,
    'new(byte[] password, byte[] salt, int iterations, HashAlgorithmName hashAlgorithm)': fromBytes,
    'new(string password, int saltSize)': withNewSalt,
    'new(string password, int saltSize, int iterations)': withNewSalt,
    'new(string password, int saltSize, int iterations, HashAlgorithmName hashAlgorithm)':
      withNewSalt,
    'HashAlgorithmName HashAlgorithm': ({ hash }: DeriveValue) => new HashNameValue(hash),
    'int IterationCount': {
      get: ({ iterations }: DeriveValue) => iterations,
      set: (value: DeriveValue, count: number) => {
        value.iterations = count;
      },
    },
    'byte[] Salt': {
      get: ({ salt }: DeriveValue) => bytesValue(salt.slice()),
      set: (value: DeriveValue, salt: Bytes) => {
        value.salt = given(salt, 'value');
      },
    },
  }),
];
