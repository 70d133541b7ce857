// RSACertificateExtensions: the RSA keys of a certificate.
import { createPublicKey } from 'node:crypto';
import { fault, required } from '../../../running/exceptions.ts';
import { declareType, named } from '../../../types/registry.ts';
import { space } from '../failures.ts';
import type { RsaValue } from '../rsa-value.ts';
import { CertificateValue, x509 } from './certificate-value.ts';
import { rsaOf } from './x509-certificate2.ts';

/** The certificate with a private key that is its own. */
function withPrivateKey(
  certificate: CertificateValue | null,
  privateKey: RsaValue | null,
): CertificateValue {
  const { parsed, key } = required(certificate, 'certificate');
  const rsa = required(privateKey, 'privateKey');
  if (key) {
    const message = 'The certificate already has an associated private key.';
    throw fault('InvalidOperationException', message);
  }
  const secret = rsa.secret;
  if (!createPublicKey(secret).equals(parsed.publicKey)) {
    const message = 'The provided key does not match the public key for this certificate.';
    throw fault('ArgumentException', message, 'privateKey');
  }
  return new CertificateValue({ parsed, key: secret, exportable: rsa.exportable });
}

const half = (which: 'private' | 'public') => (certificate: CertificateValue | null) =>
  rsaOf(required(certificate, 'certificate'), which, named(`${space}.RSACng`));

export const rsaCertificateExtensionsType = declareType(
  `static class ${x509}.RSACertificateExtensions`,
  {
    'static RSA GetRSAPrivateKey(this X509Certificate2 certificate)': half('private'),
    'static RSA GetRSAPublicKey(this X509Certificate2 certificate)': half('public'),
    'static X509Certificate2 CopyWithPrivateKey(this X509Certificate2 certificate, RSA privateKey)':
      withPrivateKey,
  },
);
