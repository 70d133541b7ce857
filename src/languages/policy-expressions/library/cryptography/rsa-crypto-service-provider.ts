// RSACryptoServiceProvider: RSA with the overloads of .NET's first versions.
import { fault, required } from '../../running/exceptions.ts';
import { stringOf } from '../../running/values.ts';
import { declareType } from '../../types/registry.ts';
import { Type } from '../../types/type.ts';
import { type Bytes, given, rangeOf } from './bytes.ts';
import { hashNamed } from './crypto-config.ts';
import { cryptographic, space } from './failures.ts';
import { HashValue } from './hash-algorithm.ts';
import { decrypt, encrypt } from './rsa.ts';
import { PaddingValue } from './rsa-padding.ts';
import { signBytes, signHash, verifyBytes, verifyHash } from './rsa-signing.ts';
import { RsaValue } from './rsa-value.ts';

/** The key size of .NET's first versions. */
const defaultBits = 1024;

const make = (type: Type, bits = defaultBits) => new RsaValue(undefined, true, { type, bits });

const pkcs1 = () => new PaddingValue('RSASignaturePadding', 'Pkcs1');

const oaep = (wanted: boolean) =>
  wanted
    ? new PaddingValue('RSAEncryptionPadding', 'Oaep', 'SHA1')
    : new PaddingValue('RSAEncryptionPadding', 'Pkcs1');

/** OpenSSL's name of a hash that is given by name, by identifier, by type or as an object. */
function digestOfObject(given_: unknown): string {
  const value = required(given_, 'halg');
  if (value instanceof HashValue && !value.key) return value.algorithm.toLowerCase();
  const text = value instanceof Type ? value.fullName : stringOf(value);
  if (text === undefined) throw fault('ArgumentException', 'Value was invalid.');
  return digestOfText(text);
}

/** Without a name it is SHA-1, as it was at the beginning. */
function digestOfText(text: string | null): string {
  const found = hashNamed(text ?? 'SHA1');
  if (!found) throw cryptographic(`'${text}' is not a known hash algorithm.`);
  return found.toLowerCase();
}

const range = { array: 'buffer', offset: 'offset' };

export const rsaCryptoServiceProviderType = declareType(
  `sealed class ${space}.RSACryptoServiceProvider : RSA`,
  {
    'new()': make,
    'new(int dwKeySize)': make,
    'byte[] Encrypt(byte[] rgb, bool fOAEP)': (rsa: RsaValue, data: Bytes, wanted: boolean) =>
      encrypt(rsa, data, oaep(wanted)),
    'byte[] Decrypt(byte[] rgb, bool fOAEP)': (rsa: RsaValue, data: Bytes, wanted: boolean) =>
      decrypt(rsa, data, oaep(wanted)),
    'byte[] SignData(byte[] buffer, object halg)': (rsa: RsaValue, data: Bytes, hash: unknown) =>
      signBytes(rsa, given(data, 'data'), digestOfObject(hash), pkcs1()),
    'byte[] SignData(byte[] buffer, int offset, int count, object halg)': (
      rsa: RsaValue,
      data: Bytes,
      offset: number,
      count: number,
      hash: unknown,
    ) => signBytes(rsa, rangeOf(data, offset, count, range), digestOfObject(hash), pkcs1()),
    'bool VerifyData(byte[] buffer, object halg, byte[] signature)': (
      rsa: RsaValue,
      data: Bytes,
      hash: unknown,
      signature: Bytes,
    ) => verifyBytes(rsa, given(data, 'data'), signature, digestOfObject(hash), pkcs1()),
    'byte[] SignHash(byte[] rgbHash, string str)': (
      rsa: RsaValue,
      hash: Bytes,
      name: string | null,
    ) => signHash(rsa, hash, digestOfText(name), pkcs1()),
    'bool VerifyHash(byte[] rgbHash, string str, byte[] rgbSignature)': (
      rsa: RsaValue,
      hash: Bytes,
      name: string | null,
      signature: Bytes,
    ) => verifyHash(rsa, hash, signature, digestOfText(name), pkcs1()),
    'bool PublicOnly': ({ isPublic }: RsaValue) => isPublic,
    'bool PersistKeyInCsp': { get: () => false, set: () => undefined },
    'static bool UseMachineKeyStore': { get: () => false, set: () => undefined },
  },
);
