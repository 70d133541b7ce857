// RSA: keys made, imported and exported; encryption.
import {
  constants,
  createPrivateKey,
  createPublicKey,
  type KeyObject,
  privateDecrypt,
  publicEncrypt,
} from 'node:crypto';
import { fault, required } from '../../running/exceptions.ts';
import { type ArrayValue, bytesValue, type Reference } from '../../running/values.ts';
import { declareType } from '../../types/registry.ts';
import { type Bytes, given } from './bytes.ts';
import { createAs } from './crypto-config.ts';
import { cryptographic, guarded, space } from './failures.ts';
import { hashNames } from './hash-algorithm.ts';
import type { PaddingValue } from './rsa-padding.ts';
import { exportParameters, importParameters, type ParametersValue } from './rsa-parameters.ts';
import { signatureMembers } from './rsa-signing.ts';
import { RsaValue } from './rsa-value.ts';

const failure = 'The parameter is incorrect.';

function optionsOf(rsa: RsaValue, padding: PaddingValue | null) {
  const { mode, hash } = required(padding, 'padding');
  rsa.requirePadding(hash === null || hash === 'SHA1');
  if (mode === 'Pkcs1') return { padding: constants.RSA_PKCS1_PADDING };
  if (hash === null || !hashNames.includes(hash)) {
    throw cryptographic(`'${hash}' is not a known hash algorithm.`);
  }
  return { padding: constants.RSA_PKCS1_OAEP_PADDING, oaepHash: hash.toLowerCase() };
}

export function encrypt(rsa: RsaValue, data: Bytes, padding: PaddingValue | null): ArrayValue {
  const bytes = given(data, 'data');
  const options = optionsOf(rsa, padding);
  return bytesValue(guarded(failure, () => publicEncrypt({ key: rsa.open, ...options }, bytes)));
}

export function decrypt(rsa: RsaValue, data: Bytes, padding: PaddingValue | null): ArrayValue {
  const bytes = given(data, 'data');
  const options = optionsOf(rsa, padding);
  const key = rsa.secret;
  if (bytes.length !== Math.ceil(rsa.keySize / 8)) throw cryptographic(failure);
  if (options.padding !== constants.RSA_PKCS1_PADDING) {
    return bytesValue(guarded(failure, () => privateDecrypt({ key, ...options }, bytes)));
  }
  const bare = { key, padding: constants.RSA_NO_PADDING };
  return bytesValue(withoutPadding(guarded(failure, () => privateDecrypt(bare, bytes))));
}

/**
 * What is behind 00 02, eight or more other bytes, and 00 (RFC 8017 section 7.2.2). OpenSSL gives
 * made-up bytes for a wrong padding; .NET refuses.
 */
function withoutPadding(block: Uint8Array): Uint8Array {
  const end = block.indexOf(0, 2);
  if (block[0] !== 0 || block[1] !== 2 || end < 10) throw cryptographic(failure);
  return Uint8Array.from(block.subarray(end + 1));
}

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
  rsa.replace(key);
}

/** A key in DER; how many bytes it took goes to `read`. */
const importing =
  (type: 'pkcs1' | 'pkcs8' | 'spki', half: 'private' | 'public') =>
  (rsa: RsaValue, source: Bytes, read: Reference): void => {
    const der = given(source, 'source');
    const make = half === 'private' ? createPrivateKey : createPublicKey;
    if (der.length === 0) throw cryptographic('ASN1 corrupted data.');
    const options = { key: Buffer.from(der), format: 'der', type } as const;
    rsa.replace(guarded('ASN1 corrupted data.', () => make(options as never)));
    read.value = der.length;
  };

/** The bare operation, which no platform offers. */
const unsupported = () => {
  throw fault('NotSupportedException', 'Method is not supported.');
};

const keyMembers = {
  'static RSA Create()': () => new RsaValue(undefined, true),
  'static RSA Create(string algName)': (name: string | null) => createAs('RSA', name, 'name'),
  'static RSA Create(int keySizeInBits)': (bits: number) => {
    const rsa = new RsaValue(undefined, true);
    rsa.keySize = bits;
    return rsa;
  },
  'static RSA Create(RSAParameters parameters)': (parameters: ParametersValue) => {
    const rsa = new RsaValue(undefined, true);
    importParameters(rsa, parameters);
    return rsa;
  },
  'RSAParameters ExportParameters(bool includePrivateParameters)': exportParameters,
  'void ImportParameters(RSAParameters parameters)': importParameters,
  'void ImportFromPem(string input)': (rsa: RsaValue, text: string | null) =>
    fromPem(rsa, required(text, 'input')),
  'void ImportPkcs8PrivateKey(byte[] source, out int bytesRead)': importing('pkcs8', 'private'),
  'void ImportRSAPrivateKey(byte[] source, out int bytesRead)': importing('pkcs1', 'private'),
  'void ImportRSAPublicKey(byte[] source, out int bytesRead)': importing('pkcs1', 'public'),
  'void ImportSubjectPublicKeyInfo(byte[] source, out int bytesRead)': importing('spki', 'public'),
  'byte[] ExportRSAPrivateKey()': (rsa: RsaValue) =>
    bytesValue(rsa.leaving.export({ format: 'der', type: 'pkcs1' })),
  'byte[] ExportRSAPublicKey()': (rsa: RsaValue) =>
    bytesValue(rsa.open.export({ format: 'der', type: 'pkcs1' })),
};

export const rsaType = declareType(`abstract class ${space}.RSA : AsymmetricAlgorithm`, {
  ...keyMembers,
  ...signatureMembers,
  'byte[] Encrypt(byte[] data, RSAEncryptionPadding padding)': encrypt,
  'byte[] Decrypt(byte[] data, RSAEncryptionPadding padding)': decrypt,
  'byte[] EncryptValue(byte[] rgb)': unsupported,
  'byte[] DecryptValue(byte[] rgb)': unsupported,
});
