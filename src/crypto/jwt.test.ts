// Proves the rules of compact JWTs: strict reading, one key one algorithm, the original bytes.
import { constants, createSecretKey, generateKeyPairSync, type KeyObject, sign } from 'node:crypto';
import { jwtVerify, SignJWT } from 'jose';
import { describe, expect, it } from 'vitest';
import { jwkOf, jwkThumbprint, keyOfJwk } from './jwk.ts';
import { parseJwt, signJwt, verifyJwt } from './jwt.ts';
import type { JwtAlgorithm } from './jwt-algorithms.ts';
import { checkTimes, numericDate } from './jwt-times.ts';

const rsa = generateKeyPairSync('rsa', { modulusLength: 2048 });
const small = generateKeyPairSync('rsa', { modulusLength: 1024 });
const p256 = generateKeyPairSync('ec', { namedCurve: 'P-256' });
const p384 = generateKeyPairSync('ec', { namedCurve: 'P-384' });
const p521 = generateKeyPairSync('ec', { namedCurve: 'P-521' });

const encode = (value: unknown) => Buffer.from(JSON.stringify(value)).toString('base64url');
const claims = { iss: 'https://issuer', text: 'é', exp: 2_000_000_000 };

describe('signing and verifying', () => {
  const pairs: [JwtAlgorithm, { publicKey: KeyObject; privateKey: KeyObject }][] = [
    ['RS256', rsa],
    ['RS384', rsa],
    ['RS512', rsa],
    ['PS256', rsa],
    ['PS384', rsa],
    ['PS512', rsa],
    ['ES256', p256],
    ['ES384', p384],
    ['ES512', p521],
  ];
  it.each(pairs)('%s: jose accepts ours, we accept jose’s', async (alg, pair) => {
    const ours = await signJwt({ alg, typ: 'JWT' }, claims, pair.privateKey);
    expect((await jwtVerify(ours, pair.publicKey)).payload).toEqual(claims);
    const theirs = await new SignJWT(claims).setProtectedHeader({ alg }).sign(pair.privateKey);
    const jwt = parseJwt(theirs)!;
    expect(verifyJwt(jwt, pair.publicKey)).toBeUndefined();
    expect(jwt.claims).toEqual(claims);
  });

  it('HS256 works with a secret and never with the bytes of a public key', async () => {
    const secret = createSecretKey(Buffer.alloc(32, 7));
    const jwt = parseJwt(await signJwt({ alg: 'HS256' }, claims, secret))!;
    expect(verifyJwt(jwt, secret)).toBeUndefined();
    expect(verifyJwt(jwt, createSecretKey(Buffer.alloc(32, 8)))).toBe('signature');
    const pem = createSecretKey(rsa.publicKey.export({ format: 'pem', type: 'spki' }) as never);
    const forged = parseJwt(await signJwt({ alg: 'HS256' }, claims, pem))!;
    expect(verifyJwt(forged, rsa.publicKey)).toBe('algorithm');
  });

  it('alg none is unsigned in any letter case, and so is an empty signature', () => {
    for (const alg of ['none', 'None', 'NONE']) {
      expect(verifyJwt(parseJwt(`${encode({ alg })}.${encode(claims)}.`)!, rsa.publicKey)).toBe(
        'unsigned',
      );
    }
    const bare = parseJwt(`${encode({ alg: 'RS256' })}.${encode(claims)}.`)!;
    expect(verifyJwt(bare, rsa.publicKey)).toBe('unsigned');
  });

  it('an algorithm of another kind of key, curve or size is refused', async () => {
    const jwt = parseJwt(await signJwt({ alg: 'RS256' }, claims, rsa.privateKey))!;
    expect(verifyJwt(jwt, p256.publicKey)).toBe('algorithm');
    const curve = parseJwt(await signJwt({ alg: 'ES256' }, claims, p256.privateKey))!;
    expect(verifyJwt(curve, p384.publicKey)).toBe('algorithm');
    expect(verifyJwt(jwt, small.publicKey)).toBe('algorithm');
    expect(verifyJwt({ ...jwt, header: { alg: 'RS999' } }, rsa.publicKey)).toBe('algorithm');
  });

  it('PS256 demands a salt of the digest’s length', () => {
    const text = `${encode({ alg: 'PS256' })}.${encode(claims)}`;
    const key = {
      key: rsa.privateKey,
      padding: constants.RSA_PKCS1_PSS_PADDING,
      saltLength: 10,
    };
    const signature = sign('sha256', Buffer.from(text), key).toString('base64url');
    expect(verifyJwt(parseJwt(`${text}.${signature}`)!, rsa.publicKey)).toBe('signature');
  });

  it('one changed character of the claims breaks the signature', async () => {
    const token = await signJwt({ alg: 'ES256' }, claims, p256.privateKey);
    const [header, , signature] = token.split('.');
    const other = `${header}.${encode({ ...claims, iss: 'https://issues' })}.${signature}`;
    expect(verifyJwt(parseJwt(other)!, p256.publicKey)).toBe('signature');
  });
});

describe('strict reading', () => {
  const header = encode({ alg: 'RS256' });
  const body = encode({});
  it.each([
    ['two parts', `${header}.${body}`],
    ['four parts', `${header}.${body}.AA.AA`],
    ['an empty header', `.${body}.AA`],
    ['an empty payload', `${header}..AA`],
    ['padding', `${header}.${body}=.AA`],
    ['standard base64', `${header}.${body}.A+/A`],
    ['an impossible length', `${header}.${body}.AAAAA`],
    ['blanks', ` ${header}.${body}.AA`],
    ['a header that is an array', `${encode([])}.${body}.AA`],
    ['a payload that is a text', `${header}.${encode('x')}.AA`],
    [
      'a payload that is not UTF-8',
      `${header}.${Buffer.from([0x22, 0xff]).toString('base64url')}.AA`,
    ],
    ['no alg', `${encode({})}.${body}.AA`],
    ['a critical extension', `${encode({ alg: 'RS256', crit: ['b64'] })}.${body}.AA`],
    ['more than 64 KiB', `${header}.${body}.${'A'.repeat(65_536)}`],
  ])('refuses %s', (_, text) => {
    expect(parseJwt(text)).toBeUndefined();
  });
});

describe('time claims', () => {
  const now = 1_000_000_000_000;
  const at = (seconds: number) => now / 1000 + seconds;
  it.each([
    ['valid', { nbf: at(-1), exp: at(1) }, 0, undefined],
    ['nbf is optional', { exp: at(1) }, 0, undefined],
    ['exp is required', { nbf: at(-1) }, 0, 'no-expiry'],
    ['exp is exclusive', { exp: at(0) }, 0, 'expired'],
    ['skew lengthens', { exp: at(-299) }, 300_000, undefined],
    ['skew has an end', { exp: at(-300) }, 300_000, 'expired'],
    ['nbf in the future', { nbf: at(301), exp: at(900) }, 300_000, 'not-yet-valid'],
    ['strings and floats count', { nbf: '999999999', exp: at(0.5) }, 0, undefined],
    ['a word is no date', { exp: 'tomorrow' }, 0, 'not-a-number'],
  ] as const)('%s', (_, times, skew, expected) => {
    expect(checkTimes(times, now, skew)).toBe(expected);
  });
  it('a NumericDate is a number or decimal text', () => {
    expect(numericDate('12.5')).toBe(12.5);
    expect(numericDate('-1')).toBeUndefined();
    expect(numericDate(null)).toBeUndefined();
    expect(numericDate(Number.POSITIVE_INFINITY)).toBeUndefined();
  });
});

describe('JWK', () => {
  it('a key survives the way to JWK and back', () => {
    for (const pair of [rsa, p256]) {
      const back = keyOfJwk(jwkOf(pair.privateKey))!;
      expect(back.equals(pair.publicKey)).toBe(true);
    }
  });
  it('a thumbprint is that of RFC 7638 section 3.1', () => {
    const n =
      '0vx7agoebGcQSuuPiLJXZptN9nndrQmbXEps2aiAFbWhM78LhWx4cbbfAAtVT86zwu1RK7aPFFxuhDR1L6tSoc_BJECPebWKRXjBZCiFV4n3oknjhMstn64tZ_2W-5JsGY4Hc5n9yBXArwl93lqt7_RN5w6Cf0h4QyQ5v-65YGjQR0_FDW2QvzqY368QQMicAtaSqzs8KJZgnYb9c7d0zgdAZHzu6qMQvRL5hajrn1n91CbOpbISD08qNLyrdkt-bFTWhAI4vMQFh6WeZu0fM4lFd2NcRwr3XPksINHaQ-G_xBniIqbw0Ls1jF44-csFCur-kEgU8awapJzKnqDKgw';
    const key = keyOfJwk({ kty: 'RSA', n, e: 'AQAB', alg: 'RS256', kid: '2011-04-29' })!;
    expect(jwkThumbprint(key)).toBe('NzbLsXh8uDCcd-6MNwXF4W_7noWXFZAfHkxZsRGC9Xs');
  });
  it('a key that cannot be used is undefined', () => {
    expect(keyOfJwk({ kty: 'RSA', n: '', e: 'AQAB' })).toBeUndefined();
    expect(keyOfJwk({ kty: 'EC', crv: 'P-256', x: 'AA', y: 'AA' })).toBeUndefined();
    expect(keyOfJwk({ kty: 'OKP' })).toBeUndefined();
  });
});
