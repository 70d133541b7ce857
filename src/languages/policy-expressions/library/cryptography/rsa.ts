// AsymmetricAlgorithm, RSA and RSAParameters.
import {
  constants,
  createPrivateKey,
  createPublicKey,
  generateKeyPairSync,
  type KeyObject,
  privateDecrypt,
  publicEncrypt,
  sign,
  verify,
} from 'node:crypto';
import { type DigestAlgorithm, signDigest, verifyDigest } from '../../../../crypto/index.ts';
import { fault, required } from '../../running/exceptions.ts';
import { charge } from '../../running/run.ts';
import { type ArrayValue, bytesOf, bytesValue, Instance } from '../../running/values.ts';
import { declareType, named } from '../../types/registry.ts';
import { digestOf, type HashNameValue, type PaddingValue } from './algorithm-names.ts';
import { type Bytes, given, rangeOf } from './bytes.ts';
import { chargeBytes, cryptographic, guarded, space } from './failures.ts';
import { hashBytes } from './hash-algorithms.ts';
import { keyBitsMax, keyCreationSteps, privateOperationSteps } from './limits.ts';

/** An RSA key; a new one is made when it is first used. */
export class RsaValue extends Instance {
  private privateKey: KeyObject | undefined;
  private publicKey: KeyObject | undefined;
  /** Whether the private half may leave as bytes. */
  readonly exportable: boolean;
  private bits = 2048;

  constructor(key: KeyObject | undefined, exportable: boolean) {
    super(named(`${space}.RSA`));
    this.exportable = exportable;
    if (key) this.replace(key);
  }

  replace(key: KeyObject): void {
    this.privateKey = key.type === 'private' ? key : undefined;
    this.publicKey = key.type === 'private' ? createPublicKey(key) : key;
  }

  get keySize(): number {
    return this.publicKey?.asymmetricKeyDetails?.modulusLength ?? this.bits;
  }

  set keySize(bits: number) {
    if (bits < 512 || bits > keyBitsMax || bits % 64 !== 0) {
      throw cryptographic('Specified key is not a valid size for this algorithm.');
    }
    this.bits = bits;
    this.privateKey = undefined;
    this.publicKey = undefined;
  }

  private make(): void {
    if (this.publicKey) return;
    charge(keyCreationSteps);
    const { privateKey } = generateKeyPairSync('rsa', { modulusLength: this.bits });
    this.replace(privateKey);
  }

  get open(): KeyObject {
    this.make();
    return this.publicKey!;
  }

  get secret(): KeyObject {
    this.make();
    charge(privateOperationSteps);
    if (!this.privateKey) throw cryptographic('Key does not exist.');
    return this.privateKey;
  }
}

const failure = 'The parameter is incorrect.';

function signing(padding: PaddingValue | null) {
  const pss = required(padding, 'padding').mode === 'Pss';
  return {
    padding: pss ? constants.RSA_PKCS1_PSS_PADDING : constants.RSA_PKCS1_PADDING,
    ...(pss && { saltLength: constants.RSA_PSS_SALTLEN_DIGEST }),
  };
}

function signBytes(
  rsa: RsaValue,
  data: Uint8Array,
  hash: HashNameValue,
  padding: PaddingValue | null,
) {
  const digest = digestOf(hash);
  const options = signing(padding);
  chargeBytes(data.length);
  return bytesValue(guarded(failure, () => sign(digest, data, { key: rsa.secret, ...options })));
}

function verifyBytes(
  rsa: RsaValue,
  data: Uint8Array,
  signature: Bytes,
  hash: HashNameValue,
  padding: PaddingValue | null,
): boolean {
  const digest = digestOf(hash);
  const options = signing(padding);
  const wanted = given(signature, 'signature');
  chargeBytes(data.length);
  charge(privateOperationSteps >> 4);
  return guarded(failure, () => verify(digest, data, { key: rsa.open, ...options }, wanted));
}

/** Heads of DigestInfo (RFC 8017 section 9.2) of the hashes that JOSE has no name for. */
const digestHeads: Readonly<Record<string, string>> = {
  md5: '3020300c06082a864886f70d020505000410',
  sha1: '3021300906052b0e03021a05000414',
};

/** The signature algorithm over a ready hash, and what it signs. */
function preparedHash(hash: Bytes, name: HashNameValue, padding: PaddingValue | null) {
  const digest = digestOf(name);
  const value = given(hash, 'hash');
  const pss = required(padding, 'padding').mode === 'Pss';
  if (value.length !== hashBytes[digest.toUpperCase()]) {
    throw cryptographic('The provided hash value does not have the expected length.');
  }
  const head = Object.hasOwn(digestHeads, digest) ? digestHeads[digest] : undefined;
  if (head === undefined) {
    const algorithm = `${pss ? 'PS' : 'RS'}${digest.slice(3)}` as DigestAlgorithm;
    return { algorithm, value };
  }
  if (pss) throw cryptographic('The hash algorithm is not supported with this padding mode.');
  const info = Buffer.concat([Buffer.from(head, 'hex'), value]);
  return { algorithm: 'RSNULL' as DigestAlgorithm, value: info };
}

function encryption(padding: PaddingValue | null) {
  const { mode, hash } = required(padding, 'padding');
  if (mode === 'Pkcs1') return { padding: constants.RSA_PKCS1_PADDING };
  return { padding: constants.RSA_PKCS1_OAEP_PADDING, oaepHash: hash!.toLowerCase() };
}

const range = { array: 'data', offset: 'offset' };

const signatures = {
  'byte[] SignData(byte[] data, HashAlgorithmName hashAlgorithm, RSASignaturePadding padding)': (
    rsa: RsaValue,
    data: Bytes,
    hash: HashNameValue,
    padding: PaddingValue | null,
  ) => signBytes(rsa, given(data, 'data'), hash, padding),
  'byte[] SignData(byte[] data, int offset, int count, HashAlgorithmName hashAlgorithm, RSASignaturePadding padding)':
    (
      rsa: RsaValue,
      data: Bytes,
      offset: number,
      count: number,
      hash: HashNameValue,
      padding: PaddingValue | null,
    ) => signBytes(rsa, rangeOf(data, offset, count, range), hash, padding),
  'byte[] SignHash(byte[] hash, HashAlgorithmName hashAlgorithm, RSASignaturePadding padding)': (
    rsa: RsaValue,
    hash: Bytes,
    name: HashNameValue,
    padding: PaddingValue | null,
  ) => {
    const { algorithm, value } = preparedHash(hash, name, padding);
    return bytesValue(guarded(failure, () => signDigest(rsa.secret, algorithm, value)));
  },
  'bool VerifyData(byte[] data, byte[] signature, HashAlgorithmName hashAlgorithm, RSASignaturePadding padding)':
    (
      rsa: RsaValue,
      data: Bytes,
      signature: Bytes,
      hash: HashNameValue,
      padding: PaddingValue | null,
    ) => verifyBytes(rsa, given(data, 'data'), signature, hash, padding),
  'bool VerifyData(byte[] data, int offset, int count, byte[] signature, HashAlgorithmName hashAlgorithm, RSASignaturePadding padding)':
    (
      rsa: RsaValue,
      data: Bytes,
      offset: number,
      count: number,
      signature: Bytes,
      hash: HashNameValue,
      padding: PaddingValue | null,
    ) => verifyBytes(rsa, rangeOf(data, offset, count, range), signature, hash, padding),
  'bool VerifyHash(byte[] hash, byte[] signature, HashAlgorithmName hashAlgorithm, RSASignaturePadding padding)':
    (
      rsa: RsaValue,
      hash: Bytes,
      signature: Bytes,
      name: HashNameValue,
      padding: PaddingValue | null,
    ) => {
      const { algorithm, value } = preparedHash(hash, name, padding);
      charge(privateOperationSteps >> 4);
      return verifyDigest(rsa.open, algorithm, value, given(signature, 'signature'));
    },
};

/** The numbers of a key, as JWK and RSAParameters name them. */
const numbers = [
  ['n', 'Modulus'],
  ['e', 'Exponent'],
  ['d', 'D'],
  ['p', 'P'],
  ['q', 'Q'],
  ['dp', 'DP'],
  ['dq', 'DQ'],
  ['qi', 'InverseQ'],
] as const;

/** An RSAParameters: a structure of big-endian numbers. */
class ParametersValue extends Instance {
  readonly numbers: Map<string, ArrayValue | null>;

  constructor(list: Iterable<readonly [string, ArrayValue | null]> = []) {
    super(named(`${space}.RSAParameters`));
    this.numbers = new Map(list);
  }
}

function exported(rsa: RsaValue, withPrivate: boolean): ParametersValue {
  if (withPrivate && !rsa.exportable) {
    throw cryptographic('The requested operation is not supported.');
  }
  const jwk = (withPrivate ? rsa.secret : rsa.open).export({ format: 'jwk' });
  return new ParametersValue(
    numbers.map(([short, long]) => {
      const text = jwk[short];
      return [
        long,
        text === undefined ? null : bytesValue(Buffer.from(text, 'base64url')),
      ] as const;
    }),
  );
}

function imported(rsa: RsaValue, { numbers: given_ }: ParametersValue): void {
  const jwk: Record<string, string> = { kty: 'RSA' };
  for (const [short, long] of numbers) {
    const value = given_.get(long);
    if (value) jwk[short] = Buffer.from(bytesOf(value)).toString('base64url');
  }
  if (Buffer.from(jwk.n ?? '', 'base64url').length * 8 > keyBitsMax) throw tooLarge();
  const make = jwk.d === undefined ? createPublicKey : createPrivateKey;
  const message = 'The specified RSA parameters are not valid.';
  rsa.replace(guarded(message, () => make({ key: jwk, format: 'jwk' })));
}

const tooLarge = () => cryptographic('Specified key is not a valid size for this algorithm.');

function fromPem(rsa: RsaValue, text: string): void {
  const message =
    'No supported key formats were found. Check that the input represents the contents of a PEM-encoded key file, not the path to such a file.';
  const isPrivate = /-----BEGIN (?:RSA )?PRIVATE KEY-----/.test(text);
  let key: KeyObject | undefined;
  try {
    key = isPrivate ? createPrivateKey(text) : createPublicKey(text);
  } catch {
    key = undefined;
  }
  if (key?.asymmetricKeyType !== 'rsa') throw fault('ArgumentException', message, 'input');
  if ((key.asymmetricKeyDetails?.modulusLength ?? 0) > keyBitsMax) throw tooLarge();
  rsa.replace(key);
}

const keys = {
  'static RSA Create()': () => new RsaValue(undefined, true),
  'static RSA Create(int keySizeInBits)': (bits: number) => {
    const rsa = new RsaValue(undefined, true);
    rsa.keySize = bits;
    return rsa;
  },
  'static RSA Create(RSAParameters parameters)': (parameters: ParametersValue) => {
    const rsa = new RsaValue(undefined, true);
    imported(rsa, parameters);
    return rsa;
  },
  'RSAParameters ExportParameters(bool includePrivateParameters)': exported,
  'void ImportParameters(RSAParameters parameters)': imported,
  'void ImportFromPem(string input)': (rsa: RsaValue, text: string | null) =>
    fromPem(rsa, required(text, 'input')),
  'byte[] ExportSubjectPublicKeyInfo()': (rsa: RsaValue) =>
    bytesValue(rsa.open.export({ format: 'der', type: 'spki' })),
  'byte[] ExportRSAPublicKey()': (rsa: RsaValue) =>
    bytesValue(rsa.open.export({ format: 'der', type: 'pkcs1' })),
};

const rsaType = declareType(`abstract class ${space}.RSA : AsymmetricAlgorithm`, {
  ...keys,
  ...signatures,
  'byte[] Encrypt(byte[] data, RSAEncryptionPadding padding)': (
    rsa: RsaValue,
    data: Bytes,
    padding: PaddingValue | null,
  ) => {
    const bytes = given(data, 'data');
    const options = encryption(padding);
    return bytesValue(guarded(failure, () => publicEncrypt({ key: rsa.open, ...options }, bytes)));
  },
  'byte[] Decrypt(byte[] data, RSAEncryptionPadding padding)': (
    rsa: RsaValue,
    data: Bytes,
    padding: PaddingValue | null,
  ) => {
    const bytes = given(data, 'data');
    const options = encryption(padding);
    return bytesValue(
      guarded(failure, () => privateDecrypt({ key: rsa.secret, ...options }, bytes)),
    );
  },
});

const parameterMembers = Object.fromEntries(
  numbers.map(([, long]) => [
    `byte[] ${long}`,
    {
      get: ({ numbers: list }: ParametersValue) => list.get(long) ?? null,
      set: ({ numbers: list }: ParametersValue, value: ArrayValue | null) => {
        list.set(long, value);
      },
    },
  ]),
);

export const rsaTypes = [
  declareType(`abstract class ${space}.AsymmetricAlgorithm : IDisposable`, {
    'int KeySize': {
      get: ({ keySize }: RsaValue) => keySize,
      set: (rsa: RsaValue, bits: number) => {
        rsa.keySize = bits;
      },
    },
    'string SignatureAlgorithm': () => 'RSA',
    'string KeyExchangeAlgorithm': () => 'RSA',
    'void Clear()': () => undefined,
  }),
  rsaType,
  declareType(
    `struct ${space}.RSAParameters`,
    { 'new()': () => new ParametersValue(), ...parameterMembers },
    { initial: () => new ParametersValue() },
  ),
];
