// API Management's Encrypt and Decrypt of byte arrays, through the compiler.
import { expect, test } from 'vitest';
import { outcomeOf } from '../expression-outcome.ts';

test.each([
  [
    'there and back by name',
    '@{ var c = Encoding.UTF8.GetBytes("hello").Encrypt("Aes", new byte[16], new byte[16]); return Encoding.UTF8.GetString(c.Decrypt("AES", new byte[16], new byte[16])); }',
    'hello',
  ],
  [
    'there and back by an algorithm',
    '@{ using (var a = SymmetricAlgorithm.Create("AES")) { return new byte[]{1,2,3}.Encrypt(a).Decrypt(a); } }',
    'AQID',
  ],
  [
    'with a key and vector of the call',
    '@{ using (var a = Aes.Create()) { return new byte[]{1}.Encrypt(a, new byte[32], new byte[16]).Decrypt("Aes", new byte[32], new byte[16]); } }',
    'AQ==',
  ],
])('%s', (_rule, expression, wanted) => {
  expect(outcomeOf(expression)).toEqual(wanted);
});

test.each([
  [
    '@(new byte[]{1}.Encrypt("nope", new byte[16], new byte[16]))',
    "System.ArgumentException: 'nope' is not a known symmetric algorithm. (Parameter 'alg')",
  ],
  [
    '@(new byte[]{1}.Encrypt("AES", new byte[15], new byte[16]))',
    "System.ArgumentException: Specified key is not a valid size for this algorithm. (Parameter 'key')",
  ],
  [
    '@(new byte[]{1}.Encrypt("AES", null, new byte[16]))',
    "System.ArgumentNullException: Value cannot be null. (Parameter 'key')",
  ],
  [
    '@(new byte[]{1}.Decrypt("AES", new byte[16], new byte[16]))',
    'System.Security.Cryptography.CryptographicException: The input data is not a complete block.',
  ],
  [
    '@(new byte[16].Decrypt("AES", new byte[16], new byte[16]))',
    'System.Security.Cryptography.CryptographicException: Padding is invalid and cannot be removed.',
  ],
])('%s is refused', (expression, wanted) => {
  expect(outcomeOf(expression)).toBe(wanted);
});
