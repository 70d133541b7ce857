// HashAlgorithmName, paddings and Oid, through the compiler.
import { expect, test } from 'vitest';
import { outcomeOf } from '../expression-outcome.ts';

test.each([
  [
    'names are equal by their text',
    '@(HashAlgorithmName.SHA256 == new HashAlgorithmName("SHA256"))',
    true,
  ],
  ['the default has no name', '@(default(HashAlgorithmName).Name)', null],
  [
    'paddings print their kind',
    '@(RSASignaturePadding.Pss.ToString() + RSAEncryptionPadding.OaepSHA1)',
    'PssOaepSHA1',
  ],
  [
    'paddings compare',
    '@(RSAEncryptionPadding.CreateOaep(HashAlgorithmName.SHA256) == RSAEncryptionPadding.OaepSHA256)',
    true,
  ],
  ['the hash of OAEP', '@(RSAEncryptionPadding.OaepSHA512.OaepHashAlgorithm.Name)', 'SHA512'],
  ['the friendly name of an identifier', '@(new Oid("1.2.840.113549.1.1.1").FriendlyName)', 'RSA'],
  ['the identifier of a friendly name', '@(new Oid("sha256").Value)', '2.16.840.1.101.3.4.2.1'],
])('%s', (_rule, expression, wanted) => {
  expect(outcomeOf(expression)).toEqual(wanted);
});

test.each([
  [
    '@(RSA.Create(1024).SignData(new byte[1], new HashAlgorithmName("nope"), RSASignaturePadding.Pkcs1))',
    "System.Security.Cryptography.CryptographicException: 'nope' is not a known hash algorithm.",
  ],
  [
    '@(RSA.Create(1024).SignData(new byte[1], default(HashAlgorithmName), RSASignaturePadding.Pkcs1))',
    "System.ArgumentException: The hash algorithm name cannot be null or empty. (Parameter 'hashAlgorithm')",
  ],
])('%s is refused', (expression, wanted) => {
  expect(outcomeOf(expression)).toBe(wanted);
});
