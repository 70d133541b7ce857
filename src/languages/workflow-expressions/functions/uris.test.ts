import { describe, expect, test } from 'vitest';
import { outcome } from './cases.ts';

describe('URI functions', () => {
  test.each([
    ["@uriHost('https://WWW.Contoso.com/a')", '"www.contoso.com"'],
    ["@uriPath('https://contoso.com/a b/c?d=e')", '"/a%20b/c"'],
    ["@uriPathAndQuery('https://contoso.com/a?b=c#d')", '"/a?b=c"'],
    ["@uriPort('http://contoso.com')", '80'],
    ["@uriPort('https://contoso.com:8443')", '8443'],
    ["@uriScheme('HTTPS://contoso.com')", '"https"'],
    ["@uriQuery('https://contoso.com?a=b&c=d')", '"?a=b&c=d"'],
  ])('%s is %s', (text, expected) => {
    expect(outcome(text)).toBe(expected);
  });

  test.each([
    ["@uriHost('contoso.com/a')", 'uriHost'],
    ["@uriPath('')", 'uriPath'],
    ['@uriPort(null)', 'be a string'],
  ])('%s fails: %s', (text, message) => {
    expect(outcome(text)).toContain('error: ');
    expect(outcome(text)).toContain(message);
  });
});
