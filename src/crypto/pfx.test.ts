// PFX files: ours opened by Node's TLS and node-forge; files of other writers opened by us.
import { createPrivateKey, generateKeyPairSync } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { createSecureContext } from 'node:tls';
import forge from 'node-forge';
import { describe, expect, test } from 'vitest';
import { readPfx, writePfx } from './pfx.ts';
import { PfxError } from './pfx-ids.ts';
import { createCertificate } from './x509.ts';

const { privateKey, publicKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
const base = { publicKey, signingKey: privateKey, notBefore: 0, notAfter: 4e12 };
const own = await createCertificate({ ...base, subject: 'CN=own' });
const other = generateKeyPairSync('ec', { namedCurve: 'P-256' });
const chained = await createCertificate({ ...base, publicKey: other.publicKey, subject: 'CN=ca' });
const samePrivate = (der: Buffer | undefined) =>
  der && createPrivateKey({ key: der, format: 'der', type: 'pkcs8' }).equals(privateKey);

describe.each(['', 'pässword £'])('a PFX written with the password "%s"', (password) => {
  const bytes = writePfx({ privateKey, certificates: [own, chained], password });

  test('is accepted by OpenSSL as Node uses it', () => {
    expect(() => createSecureContext({ pfx: bytes, passphrase: password })).not.toThrow();
    expect(() => createSecureContext({ pfx: bytes, passphrase: 'x' })).toThrow();
  });

  test('gives back key and certificates, the own one first', async () => {
    const content = await readPfx(bytes, password);
    expect(samePrivate(content.privateKey)).toBe(true);
    expect(content.certificates).toEqual([own, chained]);
    const turned = writePfx({ privateKey, certificates: [chained, own], password });
    expect((await readPfx(turned, password)).certificates).toEqual([own, chained]);
  });

  test('does not open with another password', async () => {
    await expect(readPfx(bytes, `${password}x`)).rejects.toMatchObject({ kind: 'password' });
  });
});

test('certificates without a key can be written and read', async () => {
  expect(await readPfx(writePfx({ certificates: [own] }))).toEqual({ certificates: [own] });
});

describe('a PFX of another writer', () => {
  function forged(algorithm: '3des' | 'aes256', password: string | null) {
    const key = forge.pki.privateKeyFromPem(
      privateKey.export({ format: 'pem', type: 'pkcs1' }) as string,
    );
    const certificate = forge.pki.certificateFromAsn1(forge.asn1.fromDer(own.toString('binary')));
    const file = forge.pkcs12.toPkcs12Asn1(key, [certificate], password, { algorithm });
    return Buffer.from(forge.asn1.toDer(file).getBytes(), 'binary');
  }
  test.each([
    ['3des', 'secret'],
    ['3des', ''],
    ['aes256', 'secret'],
  ] as const)('node-forge, %s, password "%s"', async (algorithm, password) => {
    const content = await readPfx(forged(algorithm, password), password);
    expect(samePrivate(content.privateKey)).toBe(true);
    expect(content.certificates).toEqual([own]);
  });

  test.each(['openssl-legacy-rc2-40.pfx', 'openssl-modern.pfx', 'openssl-no-mac.pfx'])(
    '%s',
    async (name) => {
      const bytes = readFileSync(new URL(`fixtures/${name}`, import.meta.url));
      const content = await readPfx(bytes, 'legacy');
      expect(content.certificates).toHaveLength(1);
      expect(content.privateKey).toBeDefined();
    },
  );

  test('a wrong password for the RC2 file is told apart', async () => {
    const bytes = readFileSync(new URL('fixtures/openssl-legacy-rc2-40.pfx', import.meta.url));
    await expect(readPfx(bytes, 'no')).rejects.toMatchObject({ kind: 'password' });
  });
});

describe('what is no PFX', () => {
  const bytes = writePfx({ privateKey, certificates: [own] });
  test.each([
    Buffer.alloc(0),
    Buffer.from('hello'),
    own,
    bytes.subarray(0, 500),
    Buffer.alloc(64, 0x30),
  ])('is refused as such', async (junk) => {
    await expect(readPfx(junk)).rejects.toThrow(PfxError);
  });

  test('every changed byte gives a PfxError or the same content, never another error', async () => {
    for (let at = 0; at < bytes.length; at += 97) {
      const broken = Buffer.from(bytes);
      broken[at]! ^= 0x41;
      await readPfx(broken).catch((error) => expect(error).toBeInstanceOf(PfxError));
    }
  });
});
