// HashAlgorithm and its kinds, through the compiler.
import { expect, test } from 'vitest';
import { outcomeOf } from '../expression-outcome.ts';

test.each([
  [
    'a part of the bytes',
    '@(BitConverter.ToString(MD5.Create().ComputeHash(Encoding.UTF8.GetBytes("xabcx"), 1, 3)))',
    '90-01-50-98-3C-D2-4F-B0-D6-96-3F-7D-28-E1-7F-72',
  ],
  [
    'block by block',
    '@{ var s = SHA256.Create(); s.TransformBlock(new byte[]{97},0,1,null,0); s.TransformFinalBlock(new byte[]{98,99},0,2); return Convert.ToBase64String(s.Hash); }',
    'ungWv48Bz+pBQUDeXa4iI7ADYaOWF3qctBD/YfIAFa0=',
  ],
  [
    'at once',
    '@(SHA256.HashData(Encoding.UTF8.GetBytes("abc")))',
    'ungWv48Bz+pBQUDeXa4iI7ADYaOWF3qctBD/YfIAFa0=',
  ],
  [
    'an object hashes again and again',
    '@{ var s = SHA1.Create(); s.ComputeHash(new byte[]{1}); return BitConverter.ToString(s.ComputeHash(Encoding.ASCII.GetBytes("abc"))).Substring(0, 11); }',
    'A9-99-3E-36',
  ],
  [
    'the classes of old names',
    '@(new SHA256Managed().HashSize + new MD5CryptoServiceProvider().HashSize + new SHA512Managed().HashSize)',
    896,
  ],
  ['by name', '@(HashAlgorithm.Create("SHA-256").ComputeHash(new byte[0]).Length)', 32],
  ['by a name that is none', '@(HashAlgorithm.Create("nope"))', null],
])('%s', (_rule, expression, wanted) => {
  expect(outcomeOf(expression)).toEqual(wanted);
});

test.each([
  [
    '@(SHA256.Create().ComputeHash((byte[])null))',
    "System.ArgumentNullException: Value cannot be null. (Parameter 'buffer')",
  ],
  [
    '@(SHA256.Create().ComputeHash(new byte[2], 1, 5))',
    'System.ArgumentException: Value was invalid.',
  ],
  [
    '@(SHA256.Create().ComputeHash(new byte[2], -1, 1))',
    "System.ArgumentOutOfRangeException: Non-negative number required. (Parameter 'offset')",
  ],
  [
    '@{ var s = SHA256.Create(); s.Dispose(); return s.ComputeHash(new byte[0]); }',
    "System.ObjectDisposedException: Cannot access a disposed object.\nObject name: 'System.Security.Cryptography.SHA256'.",
  ],
])('%s is refused', (expression, wanted) => {
  expect(outcomeOf(expression)).toBe(wanted);
});
