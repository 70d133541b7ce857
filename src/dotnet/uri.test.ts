import fc from 'fast-check';
import { expect, test } from 'vitest';
import { DotnetError } from './errors.ts';
import { parseUri } from './uri.ts';
import { isWellFormedUri, resolveUri } from './uri-relative.ts';

test('the members of an absolute URI', () => {
  expect(parseUri('HTTPS://user:p@H.Example:8443/a/b%20c/../d?x=1&y=2#frag')).toMatchObject({
    scheme: 'https',
    userInfo: 'user:p',
    host: 'h.example',
    port: 8443,
    isDefaultPort: false,
    authority: 'h.example:8443',
    absolutePath: '/a/d',
    query: '?x=1&y=2',
    fragment: '#frag',
    pathAndQuery: '/a/d?x=1&y=2',
    segments: ['/', 'a/', 'd'],
    absoluteUri: 'https://user:p@h.example:8443/a/d?x=1&y=2#frag',
    hostNameType: 'Dns',
  });
});

test.each([
  ['https://h.example', 'https://h.example/', 443],
  ['http://h.example:80/a b', 'http://h.example/a%20b', 80],
  ['http://h/é?q=ü', 'http://h/%C3%A9?q=%C3%BC', 80],
  ['http://[::1]:8080/x', 'http://[::1]:8080/x', 8080],
  ['mailto:a@b.example', 'mailto:a@b.example', 25],
  ['urn:x:y', 'urn:x:y', -1],
  ['http://h/%41%2f', 'http://h/A%2f', 80],
])('%s is %s', (text, absolute, port) => {
  expect(parseUri(text)).toMatchObject({ absoluteUri: absolute, port });
});

test('ToString shows the unescaped form', () => {
  expect(parseUri('http://h/a%20b%2Fc?q=%C3%A9').text).toBe('http://h/a b%2Fc?q=é');
});

test.each([
  ['c?d=1', 'https://h.example/a/c?d=1'],
  ['/c', 'https://h.example/c'],
  ['../../x', 'https://h.example/x'],
  ['?q', 'https://h.example/a/b?q'],
  ['http://o/', 'http://o/'],
  ['//o/p', 'https://o/p'],
])('%s resolves to %s', (reference, result) => {
  expect(resolveUri(parseUri('https://h.example/a/b'), reference).absoluteUri).toBe(result);
});

test.each([
  ['', 'Invalid URI: The URI is empty.'],
  ['no scheme', 'Invalid URI: The format of the URI could not be determined.'],
  ['/relative', 'Invalid URI: The format of the URI could not be determined.'],
  ['http://', 'Invalid URI: The hostname could not be parsed.'],
  ['http://h:99999/', 'Invalid URI: Invalid port specified.'],
])('"%s" is refused', (text, message) => {
  expect(() => parseUri(text)).toThrow(message);
});

test('kinds and well-formedness', () => {
  expect(parseUri('/relative', 'relative')).toMatchObject({ isAbsolute: false, text: '/relative' });
  expect(() => parseUri('http://h/', 'relative')).toThrow(/relative URI cannot be created/);
  expect(isWellFormedUri('https://h.example/a')).toBe(true);
  expect(isWellFormedUri('https://h.example/a b')).toBe(false);
  expect(isWellFormedUri('/a', 'relative')).toBe(true);
});

test('no text makes the parser fail otherwise than by DotnetError', () => {
  const unit = fc.constantFrom(...'htp:/?#[]@!%41.é \\a0');
  fc.assert(
    fc.property(fc.string({ unit, maxLength: 20 }), (value) => {
      for (const run of [() => parseUri(value), () => parseUri(`http://${value}`)]) {
        try {
          run();
        } catch (error) {
          expect(error).toBeInstanceOf(DotnetError);
        }
      }
    }),
    { numRuns: 500 },
  );
});
