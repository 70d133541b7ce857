// X509Certificate2: the gateway's own certificates, and keys of PFX files.
import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { outcomeOf } from '../../expression-outcome.ts';

/** The throw-away certificate of the vectors. */
const vectors = readFileSync(new URL('../../../fixtures/vectors.jsonl', import.meta.url), 'utf8')
  .trim()
  .split('\n')
  .map((line) => JSON.parse(line) as { context?: { Deployment?: { Certificates?: object } } });
const context = vectors.find((vector) => vector.context?.Deployment?.Certificates)!.context!;
const pfx = (context.Deployment!.Certificates as { signing: { pfx: string; password: string } })
  .signing;
const own = 'context.Deployment.Certificates["signing"]';

test("the gateway's certificate leaves without its key", () => {
  expect(outcomeOf(`@(${own}.HasPrivateKey && ${own}.PrivateKey != null)`, context)).toBe(true);
  const copy = `new X509Certificate2(${own}.Export(X509ContentType.Cert))`;
  expect(outcomeOf(`@(${copy}.Equals(${own}) && !${copy}.HasPrivateKey)`, context)).toBe(true);
  expect(outcomeOf(`@(${own}.Export(X509ContentType.Pfx))`, context)).toBe(
    'System.Security.Cryptography.CryptographicException: Key not valid for use in specified state.',
  );
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

test('no refusal names the password', () => {
  for (const password of ['hunter2-secret', pfx.password.toUpperCase()]) {
    const outcome = outcomeOf(
      `@(new X509Certificate2(Convert.FromBase64String("${pfx.pfx}"), "${password}").Subject)`,
    );
    expect(outcome).not.toContain(password);
  }
});

test('the verbose text has the algorithms and the bytes of the extensions', () => {
  const text = outcomeOf(`@(${own}.ToString(true))`, context);
  expect(text).toMatch(/^\[Version\]\n {2}V3\n\n\[Subject\]\n {2}CN=oracle\.example\n/);
  expect(text).toContain('[Signature Algorithm]\n  sha256RSA(1.2.840.113549.1.1.11)\n');
  expect(text).toMatch(/\[Public Key\]\n {2}Algorithm: RSA\n {2}Length: \d+\n {2}Key Blob: 30/);
});
