// Proves: nothing a stranger sends makes the token authority or the directory fail.
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { parseJwt } from '../../crypto/index.ts';
import { home, startWithClient } from './fixtures/cloud.ts';
import { parseFilter } from './graph/filter.ts';
import { DirectoryError } from './registrations/errors.ts';

it('any text is a JWT or none', () => {
  const part = fc.oneof(
    fc.base64String(),
    fc.string(),
    fc.json().map((text) => Buffer.from(text).toString('base64url')),
  );
  fc.assert(
    fc.property(fc.array(part, { maxLength: 5 }), (parts) => {
      const jwt = parseJwt(parts.join('.'));
      expect(jwt === undefined || typeof jwt.header.alg === 'string').toBe(true);
    }),
    { numRuns: 500 },
  );
});

it('any $filter is understood or refused as unsupported', () => {
  const word = fc.constantFrom(
    'displayName',
    'eq',
    'and',
    'or',
    'not',
    '(',
    ')',
    "'x'",
    'in',
    ',',
    'a/any(',
    'c:c',
    'startswith(',
    'null',
    '__proto__',
    'constructor/name',
    '🙂',
  );
  fc.assert(
    fc.property(fc.array(word, { maxLength: 12 }), (words) => {
      try {
        parseFilter(words.join(' '))({ displayName: 'x', a: ['x'] });
      } catch (error) {
        expect(error).toBeInstanceOf(DirectoryError);
      }
    }),
    { numRuns: 1000 },
  );
});

it('members that every object inherits are not members of directory objects', () => {
  for (const name of ['constructor', '__proto__', 'toString', 'api/constructor']) {
    expect(parseFilter(`${name} ne null`)({ api: {} })).toBe(false);
  }
});

it('any form is answered with a token or a refusal', async () => {
  const { post, client } = await startWithClient();
  const name = fc.constantFrom(
    'grant_type',
    'client_id',
    'client_secret',
    'client_assertion',
    'client_assertion_type',
    'scope',
    'resource',
    'x',
  );
  const value = fc.oneof(
    fc.string(),
    fc.constantFrom(
      'client_credentials',
      client.appId,
      '/.default',
      'a.b.c',
      'urn:ietf:params:oauth:client-assertion-type:jwt-bearer',
      '__proto__',
      `${home}/.default`,
    ),
  );
  await fc.assert(
    fc.asyncProperty(fc.dictionary(name, value), fc.string(), async (form, segment) => {
      const path = `/${encodeURIComponent(segment) || home}/oauth2/v2.0/token`;
      for (const target of [path, `/${home}/oauth2/token`]) {
        const { status, body } = await post(target, { grant_type: 'client_credentials', ...form });
        expect([400, 401, 404]).toContain(status);
        if (status !== 404) expect(body.error_description).toMatch(/^AADSTS\d+: /);
      }
    }),
    { numRuns: 200 },
  );
});
