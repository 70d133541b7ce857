// X509Certificate2 and what belongs to it, through the compiler.
import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { outcomeOf } from '../expression-outcome.ts';

/** The throw-away certificate of the vectors. */
const vectors = readFileSync(new URL('../../fixtures/vectors.jsonl', import.meta.url), 'utf8')
  .trim()
  .split('\n')
  .map((line) => JSON.parse(line) as { context?: { Deployment?: { Certificates?: object } } });
const context = vectors.find((vector) => vector.context?.Deployment?.Certificates)!.context!;

const pfx = (context.Deployment!.Certificates as { signing: { pfx: string; password: string } })
  .signing;

test.each([
  [
    'names',
    '@(context.Deployment.Certificates["signing"].SubjectName.Name == context.Deployment.Certificates["signing"].Subject && context.Deployment.Certificates["signing"].IssuerName.Name == context.Deployment.Certificates["signing"].Issuer)',
    true,
  ],
  [
    'the thumbprint is the hash of the DER',
    '@(context.Deployment.Certificates["signing"].Thumbprint == BitConverter.ToString(SHA1.HashData(context.Deployment.Certificates["signing"].RawData)).Replace("-", ""))',
    true,
  ],
  [
    'other hashes',
    '@(context.Deployment.Certificates["signing"].GetCertHashString(HashAlgorithmName.SHA256).Length)',
    64,
  ],
  [
    'the serial number backwards',
    '@(BitConverter.ToString(context.Deployment.Certificates["signing"].GetSerialNumber().Reverse().ToArray()).Replace("-", "") == context.Deployment.Certificates["signing"].SerialNumber)',
    true,
  ],
  [
    'the simple name is the common name',
    '@(context.Deployment.Certificates["signing"].Subject.Contains("CN=" + context.Deployment.Certificates["signing"].GetNameInfo(X509NameType.SimpleName, false)))',
    true,
  ],
  [
    'a certificate alone leaves',
    '@(new X509Certificate2(context.Deployment.Certificates["signing"].Export(X509ContentType.Cert)).Equals(context.Deployment.Certificates["signing"]))',
    true,
  ],
  [
    'without its key',
    '@(new X509Certificate2(context.Deployment.Certificates["signing"].RawData).HasPrivateKey)',
    false,
  ],
  [
    'with its key',
    '@(context.Deployment.Certificates["signing"].HasPrivateKey && context.Deployment.Certificates["signing"].PrivateKey != null)',
    true,
  ],
  ['the version', '@(context.Deployment.Certificates["signing"].Version)', 3],
  [
    'the key has an algorithm',
    '@(context.Deployment.Certificates["signing"].PublicKey.Oid.FriendlyName + context.Deployment.Certificates["signing"].GetKeyAlgorithm())',
    'RSA1.2.840.113549.1.1.1',
  ],
  [
    'the signature has one, too',
    '@(context.Deployment.Certificates["signing"].SignatureAlgorithm.FriendlyName)',
    'sha256RSA',
  ],
  [
    'no private key is null',
    '@(new X509Certificate2(context.Deployment.Certificates["signing"].RawData).GetRSAPrivateKey())',
    null,
  ],
  [
    'dates',
    '@(context.Deployment.Certificates["signing"].NotBefore < context.Deployment.Certificates["signing"].NotAfter && context.Deployment.Certificates["signing"].GetExpirationDateString() == context.Deployment.Certificates["signing"].NotAfter.ToString())',
    true,
  ],
  [
    'verification looks at the lifetime',
    '@(context.Deployment.Certificates["signing"].Verify() == (context.Deployment.Certificates["signing"].NotBefore <= DateTime.UtcNow && DateTime.UtcNow <= context.Deployment.Certificates["signing"].NotAfter) && context.Deployment.Certificates["signing"].Verify() == context.Deployment.Certificates["signing"].VerifyNoRevocation())',
    true,
  ],
])('%s', (_rule, expression, wanted) => {
  expect(outcomeOf(expression, context)).toEqual(wanted);
});

test.each([
  [
    '@(context.Deployment.Certificates["signing"].Export(X509ContentType.Pfx))',
    'System.Security.Cryptography.CryptographicException: Key not valid for use in specified state.',
  ],
  [
    '@(new X509Certificate2(new byte[]{1,2}))',
    'System.Security.Cryptography.CryptographicException: Cannot find the requested object.',
  ],
  [
    '@(new X509Certificate2((byte[])null))',
    "System.ArgumentNullException: Value cannot be null. (Parameter 'rawData')",
  ],
])('%s is refused', (expression, wanted) => {
  expect(outcomeOf(expression, context)).toBe(wanted);
});

test('a PFX gives the certificate with its key, to be exported where a flag says so', () => {
  const open = (password: string, flags = '') =>
    `new X509Certificate2(Convert.FromBase64String("${pfx.pfx}"), "${password}"${flags})`;
  expect(outcomeOf(`@(${open(pfx.password)}.HasPrivateKey)`)).toBe(true);
  const exported = 'GetRSAPrivateKey().ExportParameters(true).D.Length > 0';
  const flags = ', X509KeyStorageFlags.Exportable';
  expect(outcomeOf(`@(${open(pfx.password, flags)}.${exported})`)).toBe(true);
  expect(outcomeOf(`@(${open(pfx.password)}.${exported})`)).toMatch(/not supported/);
  expect(outcomeOf(`@(${open('wrong')}.Subject)`)).toBe(
    'System.Security.Cryptography.CryptographicException: The specified network password is not correct.',
  );
});
