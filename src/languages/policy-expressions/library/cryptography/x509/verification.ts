// Verify: a chain of issuers from the certificate to an authority that the gateway trusts.
import { type ParsedCertificate, parseCertificate } from '../../../../../crypto/index.ts';
import type { PolicyContext } from '../../../context/model.ts';
import { charge, run } from '../../../running/run.ts';
import { privateOperationSteps } from '../limits.ts';
import type { CertificateValue } from './certificate-value.ts';

/** Certificates of one chain, the last one its root. */
const chainLengthMax = 10;

/**
 * Whether every certificate of the chain is within its lifetime and issued by the next one, up to
 * a root that the gateway trusts. No revocation list is known here, so Verify and the gateway's
 * VerifyNoRevocation have one answer.
 */
export function verifies({ parsed }: CertificateValue): boolean {
  const authorities = trustedAuthorities();
  let current: ParsedCertificate | undefined = parsed;
  for (let length = 0; current && length < chainLengthMax; length += 1) {
    if (!isCurrent(current)) return false;
    if (isRoot(current, authorities)) return true;
    current = issuerOf(current, authorities);
  }
  return false;
}

function isCurrent({ notBefore, notAfter }: ParsedCertificate): boolean {
  const now = run.surroundings.now();
  return notBefore <= now && now <= notAfter;
}

/** Trusted itself and issued by nobody else. */
function isRoot(certificate: ParsedCertificate, authorities: readonly ParsedCertificate[]) {
  return (
    certificate.subjectDer.equals(certificate.issuerDer) &&
    authorities.some(({ der }) => der.equals(certificate.der))
  );
}

function issuerOf(
  certificate: ParsedCertificate,
  authorities: readonly ParsedCertificate[],
): ParsedCertificate | undefined {
  return authorities.find(({ ca, subjectDer, publicKey, der }) => {
    if (!ca || !subjectDer.equals(certificate.issuerDer) || der.equals(certificate.der))
      return false;
    charge(privateOperationSteps >> 4);
    return certificate.native.verify(publicKey);
  });
}

const parsedLists = new WeakMap<readonly Uint8Array[], readonly ParsedCertificate[]>();

function trustedAuthorities(): readonly ParsedCertificate[] {
  const context = run.context as { readonly content: PolicyContext } | null;
  const list = context?.content.deployment.trustedAuthorities;
  if (!list) return [];
  let parsed = parsedLists.get(list);
  if (!parsed) {
    parsed = list.map(parseCertificate);
    parsedLists.set(list, parsed);
  }
  return parsed;
}
