// AsBasic, AsJwt and their Try forms through the compiler.
import { expect, test } from 'vitest';
import { outcomeWord } from './expression-outcome.ts';

test.each([
  ['@("Basic dTpw".AsBasic().UserId)', 'u'],
  ['@("x".AsBasic() == null)', 'true'],
  ['@("x".AsJwt() == null)', 'true'],
  ['@("x".TryParseJwt(out Jwt j))', 'false'],
])('%s is %s', (source, expected) => {
  expect(outcomeWord(source)).toBe(expected);
});
