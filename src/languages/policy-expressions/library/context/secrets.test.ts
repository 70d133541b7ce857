// The text of an exception holds nothing of the secret input that caused it.
import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { outcomeWord } from '../expression-outcome.ts';

const secret = 'Zq7-hidden!';

/** A real PFX, of the vectors, under another password. */
const pfx = /"pfx":"([^"]+)"/.exec(
  readFileSync(new URL('../../fixtures/vectors.jsonl', import.meta.url), 'utf8'),
)![1]!;

test.each([
  `new X509Certificate2(Convert.FromBase64String("${pfx}"), "${secret}")`,
  `new X509Certificate2(new byte[] { 1, 2, 3 }, "${secret}")`,
  `new X509Certificate2(Convert.FromBase64String("MIIB"), "${secret}")`,
  `Convert.FromBase64String("${secret}")`,
  `"${secret}.a.b".AsJwt().Id`,
  `"Basic ${secret}".AsBasic().Password`,
  `Encoding.UTF8.GetBytes("x").Encrypt("Aes", Encoding.UTF8.GetBytes("${secret}"), new byte[16])`,
  `Encoding.UTF8.GetBytes("x").Decrypt("Aes", Encoding.UTF8.GetBytes("${secret}"), new byte[16])`,
])('%.70s… fails without telling', (failing) => {
  const message = outcomeWord(
    `@{ try { var value = ${failing}; return "no failure"; } catch (Exception e) { return "failed: " + e.Message; } }`,
  );
  expect(message).toMatch(/^failed: /);
  expect(message).not.toContain(secret);
});
