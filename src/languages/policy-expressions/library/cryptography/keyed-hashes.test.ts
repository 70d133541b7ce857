// KeyedHashAlgorithm and HMAC, through the compiler.
import { expect, test } from 'vitest';
import { outcomeOf } from '../expression-outcome.ts';

test.each([
  [
    'a key of the constructor',
    '@(new HMACSHA256(Encoding.UTF8.GetBytes("key")).ComputeHash(Encoding.UTF8.GetBytes("data")))',
    'UDH+PZicbRU3oBP6bnOdojRj/a7DtwE32Cjjas4iG9A=',
  ],
  [
    'a key set later',
    '@(new HMACSHA256 { Key = Encoding.UTF8.GetBytes("key") }.ComputeHash(Encoding.UTF8.GetBytes("data")))',
    'UDH+PZicbRU3oBP6bnOdojRj/a7DtwE32Cjjas4iG9A=',
  ],
  [
    'at once',
    '@(HMACSHA256.HashData(Encoding.UTF8.GetBytes("key"), Encoding.UTF8.GetBytes("data")))',
    'UDH+PZicbRU3oBP6bnOdojRj/a7DtwE32Cjjas4iG9A=',
  ],
  [
    'a key nobody gave is as long as a block',
    '@(new HMACSHA256().Key.Length + new HMACSHA512().Key.Length)',
    192,
  ],
  ['by name', '@(HMAC.Create("HMACSHA256").HashName)', 'SHA256'],
  [
    'the key is a copy',
    '@{ var k = new byte[]{1}; var h = new HMACMD5(k); k[0] = 2; return h.Key[0]; }',
    1,
  ],
])('%s', (_rule, expression, wanted) => {
  expect(outcomeOf(expression)).toEqual(wanted);
});

test.each([
  [
    '@(new HMACSHA1((byte[])null))',
    "System.ArgumentNullException: Value cannot be null. (Parameter 'key')",
  ],
  [
    '@{ var h = new HMACSHA1(new byte[1]); h.TransformBlock(new byte[1],0,1,null,0); h.Key = new byte[2]; return 1; }',
    'System.InvalidOperationException: Hash key cannot be changed after the first write to the stream.',
  ],
])('%s is refused', (expression, wanted) => {
  expect(outcomeOf(expression)).toBe(wanted);
});
