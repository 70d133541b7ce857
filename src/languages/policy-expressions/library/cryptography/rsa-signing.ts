// Signatures of RSA: over data, and over a hash that is ready.
import { constants, sign, verify } from 'node:crypto';
import { type RsaDigest, signRsaDigest, verifyRsaDigest } from '../../../../crypto/index.ts';
import { required } from '../../running/exceptions.ts';
import { charge } from '../../running/run.ts';
import { type ArrayValue, bytesValue } from '../../running/values.ts';
import { type Bytes, given, strictRangeOf } from './bytes.ts';
import { chargeBytes, cryptographic, guarded } from './failures.ts';
import { hashBytes } from './hash-algorithm.ts';
import { digestOf, type HashNameValue } from './hash-algorithm-name.ts';
import { privateOperationSteps } from './limits.ts';
import type { PaddingValue } from './rsa-padding.ts';
import type { RsaValue } from './rsa-value.ts';

const failure = 'The parameter is incorrect.';

function familyOf(rsa: RsaValue, padding: PaddingValue | null): 'pkcs1' | 'pss' {
  const { mode } = required(padding, 'padding');
  rsa.requirePadding(mode !== 'Pss');
  return mode === 'Pss' ? 'pss' : 'pkcs1';
}

function optionsOf(rsa: RsaValue, padding: PaddingValue | null) {
  const pss = familyOf(rsa, padding) === 'pss';
  return {
    padding: pss ? constants.RSA_PKCS1_PSS_PADDING : constants.RSA_PKCS1_PADDING,
    ...(pss && { saltLength: constants.RSA_PSS_SALTLEN_DIGEST }),
  };
}

/** Signs data with OpenSSL's name of a hash. */
export function signBytes(
  rsa: RsaValue,
  data: Uint8Array,
  digest: string,
  padding: PaddingValue | null,
): ArrayValue {
  const options = optionsOf(rsa, padding);
  chargeBytes(data.length);
  return bytesValue(guarded(failure, () => sign(digest, data, { key: rsa.secret, ...options })));
}

export function verifyBytes(
  rsa: RsaValue,
  data: Uint8Array,
  signature: Bytes,
  digest: string,
  padding: PaddingValue | null,
): boolean {
  const wanted = given(signature, 'signature');
  const options = optionsOf(rsa, padding);
  chargeBytes(data.length);
  charge(privateOperationSteps >> 4);
  return guarded(failure, () => verify(digest, data, { key: rsa.open, ...options }, wanted));
}

/** Signs a hash that is ready. */
export function signHash(
  rsa: RsaValue,
  hash: Bytes,
  digest: string,
  padding: PaddingValue | null,
): ArrayValue {
  const value = given(hash, 'hash');
  const family = familyOf(rsa, padding);
  if (value.length !== hashBytes[digest.toUpperCase()]) {
    throw cryptographic('The provided hash value does not have the expected length.');
  }
  // Salt and hash have to fit (RFC 8017 section 9.1.1).
  const room = rsa.keySize / 8 - 2;
  if (family === 'pss' && room < 2 * value.length) throw cryptographic(failure);
  return bytesValue(
    guarded(failure, () => signRsaDigest(rsa.secret, family, digest as RsaDigest, value)),
  );
}

export function verifyHash(
  rsa: RsaValue,
  hash: Bytes,
  signature: Bytes,
  digest: string,
  padding: PaddingValue | null,
): boolean {
  const value = given(hash, 'hash');
  const wanted = given(signature, 'signature');
  const family = familyOf(rsa, padding);
  charge(privateOperationSteps >> 4);
  if (value.length !== hashBytes[digest.toUpperCase()]) return false;
  return verifyRsaDigest(rsa.open, family, digest as RsaDigest, value, wanted);
}

const range = { array: 'data', offset: 'offset', count: 'count' };

type Signer<T> = (
  rsa: RsaValue,
  data: Bytes,
  hash: HashNameValue,
  padding: PaddingValue | null,
) => T;

const signData: Signer<ArrayValue> = (rsa, data, hash, padding) =>
  signBytes(rsa, given(data, 'data'), digestOf(hash), padding);

/** The members of RSA that sign and verify. */
export const signatureMembers = {
  'byte[] SignData(byte[] data, HashAlgorithmName hashAlgorithm, RSASignaturePadding padding)':
    signData,
  'byte[] SignData(byte[] data, int offset, int count, HashAlgorithmName hashAlgorithm, RSASignaturePadding padding)':
    (
      rsa: RsaValue,
      data: Bytes,
      offset: number,
      count: number,
      hash: HashNameValue,
      padding: PaddingValue | null,
    ) => signBytes(rsa, strictRangeOf(data, offset, count, range), digestOf(hash), padding),
  'byte[] SignHash(byte[] hash, HashAlgorithmName hashAlgorithm, RSASignaturePadding padding)': (
    rsa: RsaValue,
    hash: Bytes,
    name: HashNameValue,
    padding: PaddingValue | null,
  ) => signHash(rsa, hash, digestOf(name), padding),
  'bool VerifyData(byte[] data, byte[] signature, HashAlgorithmName hashAlgorithm, RSASignaturePadding padding)':
    (
      rsa: RsaValue,
      data: Bytes,
      signature: Bytes,
      hash: HashNameValue,
      padding: PaddingValue | null,
    ) => verifyBytes(rsa, given(data, 'data'), signature, digestOf(hash), padding),
  'bool VerifyData(byte[] data, int offset, int count, byte[] signature, HashAlgorithmName hashAlgorithm, RSASignaturePadding padding)':
    (
      rsa: RsaValue,
      data: Bytes,
      offset: number,
      count: number,
      signature: Bytes,
      hash: HashNameValue,
      padding: PaddingValue | null,
    ) =>
      verifyBytes(
        rsa,
        strictRangeOf(data, offset, count, range),
        signature,
        digestOf(hash),
        padding,
      ),
  'bool VerifyHash(byte[] hash, byte[] signature, HashAlgorithmName hashAlgorithm, RSASignaturePadding padding)':
    (
      rsa: RsaValue,
      hash: Bytes,
      signature: Bytes,
      name: HashNameValue,
      padding: PaddingValue | null,
    ) => verifyHash(rsa, hash, signature, digestOf(name), padding),
};
