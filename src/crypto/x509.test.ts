// Certificates we write, read back by libraries that are not ours.
import 'reflect-metadata';
import { generateKeyPairSync, type KeyObject, X509Certificate } from 'node:crypto';
import * as peculiar from '@peculiar/x509';
import { describe, expect, test } from 'vitest';
import { certificateThumbprints } from './jwk.ts';
import { addressBytes, createCertificate, createCertificateRequest, encodePem } from './x509.ts';
import { CertificateError, decodePem, parseCertificate } from './x509-reading.ts';

const notBefore = Date.parse('2026-01-01T00:00:00Z');
const notAfter = Date.parse('2051-01-01T00:00:00Z');

const pair = (curve: string) => generateKeyPairSync('ec', { namedCurve: curve });
const rsa = generateKeyPairSync('rsa', { modulusLength: 2048 });

function selfSigned(keys: { publicKey: KeyObject; privateKey: KeyObject }, subject = 'CN=a') {
  return createCertificate({
    subject,
    publicKey: keys.publicKey,
    signingKey: keys.privateKey,
    notBefore,
    notAfter,
    keyUsage: ['digitalSignature', 'keyEncipherment', 'decipherOnly'],
    extendedKeyUsage: ['1.3.6.1.5.5.7.3.1', '1.3.6.1.5.5.7.3.2'],
    alternativeNames: {
      dnsNames: ['a.example', '*.b.example'],
      emails: ['x@y.example'],
      uris: ['urn:a:b'],
      userPrincipalNames: ['me@contoso.com'],
      ipAddresses: ['10.0.0.1', '2001:db8::1', '::ffff:1.2.3.4'],
    },
    basicConstraints: { ca: false },
  });
}

describe('a self-signed certificate', () => {
  test.each([
    ['RSA', rsa],
    ['P-256', pair('P-256')],
    ['P-384', pair('P-384')],
    ['P-521', pair('P-521')],
    ['P-256K', pair('secp256k1')],
  ])('of a %s key is verified by its own key and carries its dates', async (_, keys) => {
    const native = new X509Certificate(await selfSigned(keys));
    expect(native.verify(keys.publicKey)).toBe(true);
    expect(native.validFromDate.getTime()).toBe(notBefore);
    expect(native.validToDate.getTime()).toBe(notAfter);
    expect(native.ca).toBe(false);
  });

  test('is read by another library with the extensions that were asked for', async () => {
    const certificate = new peculiar.X509Certificate(new Uint8Array(await selfSigned(rsa)));
    expect(await certificate.verify({ signatureOnly: true })).toBe(true);
    const usage = certificate.getExtension(peculiar.KeyUsagesExtension);
    expect(usage?.critical).toBe(true);
    expect(usage?.usages).toBe(
      peculiar.KeyUsageFlags.digitalSignature |
        peculiar.KeyUsageFlags.keyEncipherment |
        peculiar.KeyUsageFlags.decipherOnly,
    );
    const names = certificate.getExtension(peculiar.SubjectAlternativeNameExtension);
    expect(names?.names.items.map((name) => `${name.type}:${name.value}`)).toEqual([
      'upn:me@contoso.com',
      'email:x@y.example',
      'dns:a.example',
      'dns:*.b.example',
      'url:urn:a:b',
      'ip:10.0.0.1',
      'ip:2001:db8::1',
      'ip:::ffff:102:304',
    ]);
    const own = certificate.getExtension(peculiar.SubjectKeyIdentifierExtension);
    expect(certificate.getExtension(peculiar.AuthorityKeyIdentifierExtension)?.keyId).toBe(
      own?.keyId,
    );
  });

  test('is read back by us as it was written', async () => {
    const parsed = parseCertificate(await selfSigned(rsa, 'CN=x, O="A, B", S=Bavaria, C=DE'));
    expect(parsed.subject).toBe('CN=x, O="A, B", S=Bavaria, C=DE');
    expect(parsed.native.subject).toBe('C=DE\nST=Bavaria\nO=A\\, B\nCN=x');
    expect(parsed.keyUsage).toEqual(['digitalSignature', 'keyEncipherment', 'decipherOnly']);
    expect(parsed.alternativeNames.userPrincipalNames).toEqual(['me@contoso.com']);
    expect(parsed.alternativeNames.ipAddresses).toEqual([
      '10.0.0.1',
      '2001:db8:0:0:0:0:0:1',
      '0:0:0:0:0:ffff:102:304',
    ]);
    expect(parsed.selfSigned).toBe(true);
    expect(certificateThumbprints(parsed.der).sha1.toString('hex').toUpperCase()).toBe(
      parsed.native.fingerprint.replaceAll(':', ''),
    );
  });
});

describe('an issued certificate', () => {
  test('chains to its authority, whose name constraints are readable', async () => {
    const authorityKeys = pair('P-256');
    const authority = await createCertificate({
      subject: 'CN=Authority, O=Lazurite',
      publicKey: authorityKeys.publicKey,
      signingKey: authorityKeys.privateKey,
      notBefore,
      notAfter,
      keyUsage: ['keyCertSign', 'cRLSign'],
      basicConstraints: { ca: true, pathLength: 0 },
      nameConstraints: { dnsSuffixes: ['vault.azure.net'], ipAddresses: ['127.0.0.1'] },
    });
    const leafKeys = pair('P-256');
    const leaf = new X509Certificate(
      await createCertificate({
        subject: 'CN=leaf',
        issuer: authority,
        publicKey: leafKeys.publicKey,
        signingKey: authorityKeys.privateKey,
        notBefore,
        notAfter,
      }),
    );
    const issuer = new X509Certificate(authority);
    expect(issuer.ca).toBe(true);
    expect(leaf.checkIssued(issuer)).toBe(true);
    expect(leaf.verify(authorityKeys.publicKey)).toBe(true);
    expect(parseCertificate(leaf.raw).selfSigned).toBe(false);
    expect(encodePem('CERTIFICATE', leaf.raw)).toBe(leaf.toString());
    expect(decodePem(leaf.toString())[0]?.der.equals(leaf.raw)).toBe(true);
  });
});

describe('a certificate request', () => {
  test('is signed by its key and asks for its extensions', async () => {
    const request = new peculiar.Pkcs10CertificateRequest(
      new Uint8Array(
        await createCertificateRequest({
          subject: 'CN=ask',
          publicKey: rsa.publicKey,
          signingKey: rsa.privateKey,
          keyUsage: ['digitalSignature'],
          basicConstraints: { ca: false },
        }),
      ),
    );
    expect(await request.verify()).toBe(true);
    expect(request.subject).toBe('CN=ask');
    expect(request.extensions.map(({ type }) => type)).toEqual(['2.5.29.15', '2.5.29.19']);
  });
});

describe('what is refused', () => {
  test.each(['no equals sign', 'XX=unknown', 'CN=', 'CN="open'])('the name %s', async (subject) => {
    await expect(selfSigned(rsa, subject)).rejects.toThrow(
      expect.objectContaining({ name: 'DistinguishedNameError' }),
    );
  });

  test.each([Buffer.alloc(0), Buffer.from('3003020101', 'hex'), Buffer.from('junk')])(
    'bytes that are no certificate',
    (bytes) => {
      expect(() => parseCertificate(bytes)).toThrow(CertificateError);
    },
  );

  test.each(['1.2.3', '1.2.3.256', 'abc', '1::2::3'])('the address %s', (text) => {
    expect(() => addressBytes(text)).toThrow(TypeError);
  });
});
