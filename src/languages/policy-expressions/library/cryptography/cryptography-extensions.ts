// API Management's own extension methods: byte[].Encrypt and byte[].Decrypt.
import { required } from '../../running/exceptions.ts';
import { type ArrayValue, bytesValue } from '../../running/values.ts';
import { declareType } from '../../types/registry.ts';
import { decryptBytes, encryptBytes } from './block-cipher.ts';
import { type Bytes, given } from './bytes.ts';
import { type CipherValue, requireCipher } from './symmetric-algorithm.ts';

function crypt(
  encrypts: boolean,
  data: Bytes,
  value: CipherValue,
  key?: Bytes,
  iv?: Bytes,
): ArrayValue {
  const settings = value.settings(
    key === undefined ? undefined : given(key, 'key'),
    iv === undefined ? undefined : given(iv, 'iv'),
  );
  const work = encrypts ? encryptBytes : decryptBytes;
  return bytesValue(Uint8Array.from(work(given(data, 'input'), settings)));
}

const overloads = (name: string, encrypts: boolean) => ({
  [`static byte[] ${name}(this byte[] input, string alg, byte[] key, byte[] iv)`]: (
    data: Bytes,
    algorithm: string | null,
    key: Bytes,
    iv: Bytes,
  ) => crypt(encrypts, data, requireCipher(algorithm), key, iv),
  [`static byte[] ${name}(this byte[] input, SymmetricAlgorithm alg)`]: (
    data: Bytes,
    value: CipherValue | null,
  ) => crypt(encrypts, data, required(value, 'alg')),
  [`static byte[] ${name}(this byte[] input, SymmetricAlgorithm alg, byte[] key, byte[] iv)`]: (
    data: Bytes,
    value: CipherValue | null,
    key: Bytes,
    iv: Bytes,
  ) => crypt(encrypts, data, required(value, 'alg'), key, iv),
});

export const cryptographyExtensions = declareType('static class CryptographyExtensions', {
  ...overloads('Encrypt', true),
  ...overloads('Decrypt', false),
});
