// SymmetricAlgorithm, Aes and its kin, through the compiler.
import { expect, test } from 'vitest';
import { outcomeOf } from '../expression-outcome.ts';

test.each([
  [
    'AES in CBC with PKCS7 by default',
    '@{ var a = Aes.Create(); a.Key = Encoding.UTF8.GetBytes("0123456789abcdef"); a.IV = new byte[16]; var d = Encoding.UTF8.GetBytes("secret text"); return a.CreateEncryptor().TransformFinalBlock(d, 0, d.Length).Length; }',
    16,
  ],
  [
    'zeros to a whole block',
    '@{ var a = Aes.Create(); a.Mode = CipherMode.ECB; a.Padding = PaddingMode.Zeros; a.Key = new byte[32]; return a.CreateEncryptor().TransformFinalBlock(new byte[]{1},0,1); }',
    expect.stringMatching(/^.{24}$/),
  ],
  [
    'CFB byte by byte',
    '@{ var a = Aes.Create(); a.Mode = CipherMode.CFB; var e = a.CreateEncryptor().TransformFinalBlock(new byte[]{1,2},0,2); return Convert.ToBase64String(a.CreateDecryptor().TransformFinalBlock(e,0,e.Length)) + e.Length; }',
    'AQI=3',
  ],
  [
    'ANSIX923',
    '@{ var a = Aes.Create(); a.Padding = PaddingMode.ANSIX923; var e = a.CreateEncryptor().TransformFinalBlock(new byte[]{1,2},0,2); return a.CreateDecryptor().TransformFinalBlock(e,0,e.Length); }',
    'AQI=',
  ],
  [
    'ISO10126',
    '@{ var a = Aes.Create(); a.Padding = PaddingMode.ISO10126; var e = a.CreateEncryptor().TransformFinalBlock(new byte[]{1,2},0,2); return a.CreateDecryptor().TransformFinalBlock(e,0,e.Length); }',
    'AQI=',
  ],
  [
    'sizes before anything is set',
    '@{ var a = Aes.Create(); return a.KeySize + a.BlockSize + a.Key.Length + a.IV.Length; }',
    432,
  ],
  [
    'triple DES',
    '@{ var a = TripleDES.Create(); var e = a.CreateEncryptor().TransformFinalBlock(new byte[]{1,2},0,2); return a.CreateDecryptor().TransformFinalBlock(e,0,e.Length); }',
    'AQI=',
  ],
  [
    'DES (FIPS 81: key 133457799BBCDFF1)',
    '@{ var a = DES.Create(); a.Key = new byte[]{0x13,0x34,0x57,0x79,0x9B,0xBC,0xDF,0xF1}; a.Mode = CipherMode.ECB; a.Padding = PaddingMode.None; return BitConverter.ToString(a.CreateEncryptor().TransformFinalBlock(new byte[]{0x01,0x23,0x45,0x67,0x89,0xAB,0xCD,0xEF},0,8)); }',
    '85-E8-13-54-0F-0A-B4-05',
  ],
  ['by name', '@(SymmetricAlgorithm.Create("Rijndael").KeySize)', 256],
  ['by a name that is none', '@(SymmetricAlgorithm.Create("nope"))', null],
])('%s', (_rule, expression, wanted) => {
  expect(outcomeOf(expression)).toEqual(wanted);
});

test.each([
  [
    '@{ Aes.Create().Key = new byte[15]; return 1; }',
    'System.Security.Cryptography.CryptographicException: Specified key is not a valid size for this algorithm.',
  ],
  [
    '@{ Aes.Create().IV = new byte[8]; return 1; }',
    'System.Security.Cryptography.CryptographicException: Specified initialization vector (IV) does not match the block size for this algorithm.',
  ],
  [
    '@{ Aes.Create().Mode = CipherMode.CTS; return 1; }',
    'System.Security.Cryptography.CryptographicException: Specified cipher mode is not valid for this algorithm.',
  ],
  [
    '@{ var a = Aes.Create(); a.Padding = PaddingMode.None; return a.CreateEncryptor().TransformFinalBlock(new byte[]{1},0,1); }',
    'System.Security.Cryptography.CryptographicException: The input data is not a complete block.',
  ],
  [
    '@(SymmetricAlgorithm.Create().KeySize)',
    "CS7036 There is no argument given that corresponds to the required formal parameter 'algName' of 'SymmetricAlgorithm.Create(string)'",
  ],
])('%s is refused', (expression, wanted) => {
  expect(outcomeOf(expression)).toBe(wanted);
});
