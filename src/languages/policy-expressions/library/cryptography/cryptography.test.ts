// System.Security.Cryptography: what the tables beside this file cannot say: words, bounds, newer .NET.
import { expect, test } from 'vitest';
import { outcomeOf } from '../expression-outcome.ts';

const cryptographic = 'System.Security.Cryptography.CryptographicException';
const steps = 'System.TimeoutException: The expression takes too many steps.';

test.each([
  [
    '@(SHA256.Create().ComputeHash(new byte[2], -1, 1))',
    "System.ArgumentOutOfRangeException: Non-negative number required. (Parameter 'offset')",
  ],
  [
    '@{ var s = SHA256.Create(); s.Dispose(); return s.ComputeHash(new byte[0]); }',
    'System.ObjectDisposedException: Cannot access a disposed object.',
  ],
  [
    '@{ var s = MD5.Create(); s.TransformBlock(new byte[1], 0, 1, null, 0); return s.Hash; }',
    'System.Security.Cryptography.CryptographicUnexpectedOperationException: Hash must be finalized before the hash value is retrieved.',
  ],
  [
    '@{ var h = new HMACSHA1(new byte[1]); h.TransformBlock(new byte[1],0,1,null,0); h.Key = new byte[2]; return 1; }',
    `${cryptographic}: Hash key cannot be changed after the first write to the stream.`,
  ],
  [
    '@{ Aes.Create().IV = new byte[8]; return 1; }',
    `${cryptographic}: Specified initialization vector (IV) does not match the block size for this algorithm.`,
  ],
  [
    '@{ var a = Aes.Create(); a.Padding = PaddingMode.None; return a.CreateEncryptor().TransformFinalBlock(new byte[]{1},0,1); }',
    `${cryptographic}: The input data is not a complete block.`,
  ],
  [
    '@(SymmetricAlgorithm.Create().KeySize)',
    "CS7036 There is no argument given that corresponds to the required formal parameter 'algName' of 'SymmetricAlgorithm.Create(string)'",
  ],
  [
    '@(RSA.Create(1024).SignData(new byte[1], new HashAlgorithmName("nope"), RSASignaturePadding.Pkcs1))',
    `${cryptographic}: 'nope' is not a known hash algorithm.`,
  ],
  [
    '@(new X509Certificate2(new byte[]{1,2}))',
    `${cryptographic}: Cannot find the requested object.`,
  ],
])('%s is refused in the words of .NET', (expression, wanted) => {
  expect(outcomeOf(expression)).toBe(wanted);
});

test.each([
  [
    'keys are not made without end',
    '@{ while (true) { RSA.Create(1024).ExportParameters(true); } }',
    steps,
  ],
  ['nor derived', '@(new Rfc2898DeriveBytes("a", new byte[8], 10000000).GetBytes(1))', steps],
  [
    'nor are hashes',
    '@{ var b = new byte[1000000]; while (true) { SHA256.Create().ComputeHash(b); } }',
    steps,
  ],
  [
    'a large key is refused before it is made',
    '@(RSA.Create(16384).ExportParameters(false))',
    `${cryptographic}: Specified key is not a valid size for this algorithm.`,
  ],
  [
    'random bytes have a bound',
    '@(RandomNumberGenerator.GetBytes(100000000))',
    "System.ArgumentOutOfRangeException: Too many random bytes at once. (Parameter 'count')",
  ],
])('%s', (_rule, expression, wanted) => {
  expect(outcomeOf(expression)).toBe(wanted);
});

test.each([
  [
    "bytes come from the evaluation's source",
    '@{ var b = new byte[4]; new RNGCryptoServiceProvider().GetBytes(b); return b; }',
    'BwcHBw==',
  ],
  [
    'newer .NET hashes at once',
    '@(SHA256.HashData(Encoding.UTF8.GetBytes("abc")))',
    'ungWv48Bz+pBQUDeXa4iI7ADYaOWF3qctBD/YfIAFa0=',
  ],
  [
    'and with a key',
    '@(HMACSHA256.HashData(Encoding.UTF8.GetBytes("key"), Encoding.UTF8.GetBytes("data")))',
    'UDH+PZicbRU3oBP6bnOdojRj/a7DtwE32Cjjas4iG9A=',
  ],
  [
    'CFB feeds back eight bits',
    '@{ var a = Aes.Create(); a.Mode = CipherMode.CFB; var e = a.CreateEncryptor().TransformFinalBlock(new byte[]{1,2},0,2); return Convert.ToBase64String(a.CreateDecryptor().TransformFinalBlock(e,0,e.Length)) + e.Length; }',
    'AQI=3',
  ],
  [
    'or a block',
    '@{ var a = Aes.Create(); a.Mode = CipherMode.CFB; a.FeedbackSize = 128; var e = a.CreateEncryptor().TransformFinalBlock(new byte[]{1,2},0,2); return Convert.ToBase64String(a.CreateDecryptor().TransformFinalBlock(e,0,e.Length)) + e.Length; }',
    'AQI=16',
  ],
  [
    'DES (FIPS 81: key 133457799BBCDFF1)',
    '@{ var a = DES.Create(); a.Key = new byte[]{0x13,0x34,0x57,0x79,0x9B,0xBC,0xDF,0xF1}; a.Mode = CipherMode.ECB; a.Padding = PaddingMode.None; return BitConverter.ToString(a.CreateEncryptor().TransformFinalBlock(new byte[]{0x01,0x23,0x45,0x67,0x89,0xAB,0xCD,0xEF},0,8)); }',
    '85-E8-13-54-0F-0A-B4-05',
  ],
])('%s', (_rule, expression, wanted) => {
  expect(outcomeOf(expression)).toBe(wanted);
});

test('a structure of numbers is a copy wherever it is kept, and fresh in each evaluation', () => {
  const keeps =
    '@{ RSAParameters p = default(RSAParameters); var was = p.D == null; p.D = new byte[]{7}; return was; }';
  expect(outcomeOf(keeps)).toBe(true);
  expect(outcomeOf(keeps)).toBe(true);
  expect(
    outcomeOf('@{ var p = new RSAParameters(); var q = p; q.D = new byte[]{7}; return p.D; }'),
  ).toBe(null);
});
