// Export: certificates as DER or PFX, and what kind of file some bytes are.
import { PfxError, parseCertificate, readPfxNow, writePfx } from '../../../../../crypto/index.ts';
import { fault } from '../../../running/exceptions.ts';
import { charge } from '../../../running/run.ts';
import { bytesOf, bytesValue } from '../../../running/values.ts';
import { declareEnum } from '../../../types/registry.ts';
import type { Bytes } from '../bytes.ts';
import { cryptographic } from '../failures.ts';
import { pfxSteps } from '../limits.ts';
import { type CertificateValue, x509 } from './certificate-value.ts';

const contentTypes = {
  Unknown: 0,
  Cert: 1,
  SerializedCert: 2,
  Pfx: 3,
  Pkcs12: 3,
  SerializedStore: 4,
  Pkcs7: 5,
  Authenticode: 6,
};

/** A private key that may not leave makes the export of a PFX fail, as on Windows. */
export function exportAs(value: CertificateValue, type: number, password: string | null = null) {
  const { parsed, key, exportable } = value;
  if (type === contentTypes.Cert) return bytesValue(Uint8Array.from(parsed.der));
  if (type !== contentTypes.Pfx) throw cryptographic('Invalid content type.');
  if (key && !exportable) throw cryptographic('Key not valid for use in specified state.');
  charge(pfxSteps);
  const file = writePfx({
    certificates: [parsed.der],
    ...(key && { privateKey: key }),
    password: password ?? '',
  });
  return bytesValue(Uint8Array.from(file));
}

/** PKCS#7 signed data (RFC 2315) starts with its identifier. */
const signedData = Buffer.from('06092a864886f70d010702', 'hex');

/** X509Certificate2.GetCertContentType. */
export function contentTypeOf(data: Bytes): number {
  const bytes = data === null ? new Uint8Array() : bytesOf(data);
  if (bytes.length === 0) {
    throw fault('ArgumentException', 'Array cannot be empty or null.', 'rawData');
  }
  if (isCertificate(bytes)) return contentTypes.Cert;
  if (Buffer.from(bytes.subarray(0, 24)).includes(signedData)) return contentTypes.Pkcs7;
  if (isPfx(bytes)) return contentTypes.Pfx;
  throw cryptographic('Cannot find the requested object.');
}

function isCertificate(bytes: Uint8Array): boolean {
  try {
    parseCertificate(bytes);
    return true;
  } catch {
    return false;
  }
}

/** Whether it is one, whatever its password. */
function isPfx(bytes: Uint8Array): boolean {
  charge(pfxSteps);
  try {
    readPfxNow(bytes);
    return true;
  } catch (error) {
    return error instanceof PfxError && error.kind === 'password';
  }
}

export const contentTypeType = declareEnum(`${x509}.X509ContentType`, contentTypes);
