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
    'PSS signatures of data and of its hash are one',
    '@(context.Deployment.Certificates["signing"].GetRSAPublicKey().VerifyData(new byte[]{1,2}, context.Deployment.Certificates["signing"].GetRSAPrivateKey().SignHash(SHA1.Create().ComputeHash(new byte[]{1,2}), HashAlgorithmName.SHA1, RSASignaturePadding.Pss), HashAlgorithmName.SHA1, RSASignaturePadding.Pss))',
    true,
  ],
  [
    'the private key of a certificate is what Windows gives',
    '@{ RSACng rsa = context.Deployment.Certificates["signing"].GetRSAPrivateKey() as RSACng; return rsa.SignData(new byte[]{1}, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1).Length * 8 == rsa.KeySize; }',
    true,
  ],
  [
    'another key is none of it',
    '@((RSA.Create() as RSACng) == null && new RSACng(1024).KeySize == 1024)',
    true,
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
  [
    'a key in PKCS#8, in PKCS#1 and public',
    '@{ var r = RSA.Create(1024); int read, rest; var q = RSA.Create(); q.ImportPkcs8PrivateKey(r.ExportPkcs8PrivateKey(), out read); q.ImportRSAPrivateKey(r.ExportRSAPrivateKey(), out rest); q.ImportSubjectPublicKeyInfo(r.ExportSubjectPublicKeyInfo(), out rest); q.ImportRSAPublicKey(r.ExportRSAPublicKey(), out rest); return read > 500 && q.ToXmlString(false) == r.ToXmlString(false); }',
    true,
  ],
])('%s', (_rule, expression, wanted) => {
  expect(outcomeOf(expression, context)).toEqual(wanted);
});

const cryptographic = 'System.Security.Cryptography.CryptographicException';
const unsupported = `${cryptographic}: The requested operation is not supported.`;

test.each([
  ['ExportParameters(true)', unsupported],
  ['ToXmlString(true)', unsupported],
  ['ExportPkcs8PrivateKey()', unsupported],
  ['ExportRSAPrivateKey()', unsupported],
  [
    'Decrypt(new byte[3], RSAEncryptionPadding.OaepSHA1)',
    `${cryptographic}: The parameter is incorrect.`,
  ],
  [
    'SignHash(new byte[3], HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1)',
    `${cryptographic}: The provided hash value does not have the expected length.`,
  ],
  [
    'SignData(new byte[]{1,2}, HashAlgorithmName.SHA256, null)',
    "System.ArgumentNullException: Value cannot be null. (Parameter 'padding')",
  ],
])("%s of the gateway's key is refused", (call, wanted) => {
  const key = 'context.Deployment.Certificates["signing"].GetRSAPrivateKey()';
  expect(outcomeOf(`@(${key}.${call})`, context)).toBe(wanted);
});

test.each([
  [
    '@(context.Deployment.Certificates["signing"].GetRSAPublicKey().SignData(new byte[]{1,2}, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1))',
    `${cryptographic}: Key does not exist.`,
  ],
  [
    '@(RSA.Create(new RSAParameters { Modulus = new byte[]{1} }).KeySize)',
    `${cryptographic}: The specified RSA parameters are not valid.`,
  ],
  [
    '@{ var r = RSA.Create(); r.ImportFromPem("x"); return 1; }',
    "System.ArgumentException: No supported key formats were found. Check that the input represents the contents of a PEM-encoded key file, not the path to such a file. (Parameter 'input')",
  ],
])('%s is refused', (expression, wanted) => {
  expect(outcomeOf(expression, context)).toBe(wanted);
});
