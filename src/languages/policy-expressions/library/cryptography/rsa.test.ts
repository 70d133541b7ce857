// RSA, through the compiler.
import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { outcomeOf } from '../expression-outcome.ts';

/** The throw-away certificate of the vectors. */
const vectors = readFileSync(new URL('../../fixtures/vectors.jsonl', import.meta.url), 'utf8')
  .trim()
  .split('\n')
  .map((line) => JSON.parse(line) as { context?: { Deployment?: { Certificates?: object } } });
const context = vectors.find((vector) => vector.context?.Deployment?.Certificates)!.context!;

test.each([
  [
    'PKCS#1 signatures are verified by the public half',
    '@(context.Deployment.Certificates["signing"].GetRSAPublicKey().VerifyData(new byte[]{1,2}, context.Deployment.Certificates["signing"].GetRSAPrivateKey().SignData(new byte[]{1,2}, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1), HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1))',
    true,
  ],
  [
    'PSS',
    '@(context.Deployment.Certificates["signing"].GetRSAPublicKey().VerifyData(new byte[]{1,2}, context.Deployment.Certificates["signing"].GetRSAPrivateKey().SignData(new byte[]{1,2}, HashAlgorithmName.SHA256, RSASignaturePadding.Pss), HashAlgorithmName.SHA256, RSASignaturePadding.Pss))',
    true,
  ],
  [
    'other data does not fit',
    '@(context.Deployment.Certificates["signing"].GetRSAPublicKey().VerifyData(new byte[1], context.Deployment.Certificates["signing"].GetRSAPrivateKey().SignData(new byte[]{1,2}, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1), HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1))',
    false,
  ],
  [
    'a hash signed is the data signed',
    '@(context.Deployment.Certificates["signing"].GetRSAPrivateKey().SignHash(SHA256.HashData(new byte[]{1,2}), HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1).SequenceEqual(context.Deployment.Certificates["signing"].GetRSAPrivateKey().SignData(new byte[]{1,2}, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1)))',
    true,
  ],
  [
    'SHA-1, too',
    '@(context.Deployment.Certificates["signing"].GetRSAPrivateKey().SignHash(SHA1.HashData(new byte[]{1,2}), HashAlgorithmName.SHA1, RSASignaturePadding.Pkcs1).SequenceEqual(context.Deployment.Certificates["signing"].GetRSAPrivateKey().SignData(new byte[]{1,2}, HashAlgorithmName.SHA1, RSASignaturePadding.Pkcs1)))',
    true,
  ],
  [
    'a hash is verified',
    '@(context.Deployment.Certificates["signing"].GetRSAPublicKey().VerifyHash(SHA256.HashData(new byte[]{1,2}), context.Deployment.Certificates["signing"].GetRSAPrivateKey().SignData(new byte[]{1,2}, HashAlgorithmName.SHA256, RSASignaturePadding.Pss), HashAlgorithmName.SHA256, RSASignaturePadding.Pss))',
    true,
  ],
  [
    'a part of the data',
    '@(context.Deployment.Certificates["signing"].GetRSAPublicKey().VerifyData(new byte[]{1,2}, 1, 1, context.Deployment.Certificates["signing"].GetRSAPrivateKey().SignData(new byte[]{1,2}, 1, 1, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1), HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1))',
    true,
  ],
  [
    'OAEP there and back',
    '@(context.Deployment.Certificates["signing"].GetRSAPrivateKey().Decrypt(context.Deployment.Certificates["signing"].GetRSAPublicKey().Encrypt(new byte[]{1,2}, RSAEncryptionPadding.OaepSHA256), RSAEncryptionPadding.OaepSHA256))',
    'AQI=',
  ],
  [
    'PKCS#1 there and back',
    '@(context.Deployment.Certificates["signing"].GetRSAPrivateKey().Decrypt(context.Deployment.Certificates["signing"].GetRSAPublicKey().Encrypt(new byte[]{1,2}, RSAEncryptionPadding.Pkcs1), RSAEncryptionPadding.Pkcs1))',
    'AQI=',
  ],
  [
    'the public numbers leave',
    '@(RSA.Create(context.Deployment.Certificates["signing"].GetRSAPublicKey().ExportParameters(false)).KeySize == context.Deployment.Certificates["signing"].GetRSAPublicKey().KeySize)',
    true,
  ],
  [
    'a new key is made when it is used',
    '@(RSA.Create(1024).ExportParameters(true).D.Length > 100)',
    true,
  ],
])('%s', (_rule, expression, wanted) => {
  expect(outcomeOf(expression, context)).toEqual(wanted);
});

test.each([
  [
    '@(context.Deployment.Certificates["signing"].GetRSAPrivateKey().ExportParameters(true))',
    'System.Security.Cryptography.CryptographicException: The requested operation is not supported.',
  ],
  [
    '@(context.Deployment.Certificates["signing"].GetRSAPublicKey().SignData(new byte[]{1,2}, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1))',
    'System.Security.Cryptography.CryptographicException: Key does not exist.',
  ],
  [
    '@(context.Deployment.Certificates["signing"].GetRSAPrivateKey().Decrypt(new byte[3], RSAEncryptionPadding.OaepSHA1))',
    'System.Security.Cryptography.CryptographicException: The parameter is incorrect.',
  ],
  [
    '@(context.Deployment.Certificates["signing"].GetRSAPrivateKey().SignHash(new byte[3], HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1))',
    'System.Security.Cryptography.CryptographicException: The provided hash value does not have the expected length.',
  ],
  [
    '@(context.Deployment.Certificates["signing"].GetRSAPrivateKey().SignData(new byte[]{1,2}, HashAlgorithmName.SHA256, null))',
    "System.ArgumentNullException: Value cannot be null. (Parameter 'padding')",
  ],
  [
    '@(RSA.Create(16384).KeySize)',
    'System.Security.Cryptography.CryptographicException: Specified key is not a valid size for this algorithm.',
  ],
  [
    '@(RSA.Create(new RSAParameters { Modulus = new byte[]{1} }).KeySize)',
    'System.Security.Cryptography.CryptographicException: The specified RSA parameters are not valid.',
  ],
  [
    '@{ var r = RSA.Create(); r.ImportFromPem("x"); return 1; }',
    "System.ArgumentException: No supported key formats were found. Check that the input represents the contents of a PEM-encoded key file, not the path to such a file. (Parameter 'input')",
  ],
  [
    '@{ while (true) { RSA.Create(1024).ExportParameters(true); } }',
    'System.TimeoutException: The expression takes too many steps.',
  ],
])('%s is refused', (expression, wanted) => {
  expect(outcomeOf(expression, context)).toBe(wanted);
});
