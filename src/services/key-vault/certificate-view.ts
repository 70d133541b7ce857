// Certificates as answers show them.
import type { JsonObject } from '../../base/index.ts';
import { certificateThumbprints } from '../../crypto/index.ts';
import { policyView } from './certificate-policy.ts';
import { objectUrl } from './objects.ts';
import type { Vault } from './room.ts';
import type { CertificateVersion, ObjectRecord } from './state.ts';
import { attributesOf, tagsOf } from './wire.ts';

const thumbprint = (cer: string) => certificateThumbprints(Buffer.from(cer, 'base64')).x5t;

const pendingUrl = (vault: Vault, name: string) => `${vault.origin}/certificates/${name}/pending`;

export function certificateBundle(
  vault: Vault,
  record: ObjectRecord,
  version: CertificateVersion,
): JsonObject {
  const { cer, contentType } = version;
  const { name, policy, pending } = record;
  const at = (type: 'keys' | 'secrets' | 'certificates') =>
    objectUrl(vault, type, name, version.version);
  return {
    id: at('certificates'),
    ...(cer && { kid: at('keys'), sid: at('secrets'), x5t: thumbprint(cer), cer }),
    ...(cer && contentType && { contentType }),
    attributes: attributesOf(vault, version),
    ...tagsOf(version),
    ...(policy && { policy: policyView(vault, name, policy) }),
    ...(pending && { pending: { id: pendingUrl(vault, name) } }),
  };
}

export function certificateItem(
  vault: Vault,
  record: ObjectRecord,
  version: CertificateVersion,
  withVersion: boolean,
): JsonObject {
  const { recoveryLevel: _, recoverableDays: __, ...attributes } = attributesOf(vault, version);
  const suffix = withVersion ? version.version : undefined;
  return {
    id: objectUrl(vault, 'certificates', record.name, suffix),
    ...(version.cer && { x5t: thumbprint(version.cer) }),
    attributes,
    ...tagsOf(version),
    subject: '',
  };
}

/** The operation behind a certificate that is being made. */
export function operationView(vault: Vault, record: ObjectRecord): JsonObject {
  const { requestId, csr, cancellationRequested, status, preserveOrder, error } = record.pending!;
  const { issuer } = record.policy!;
  const waits = issuer.name === 'Unknown';
  const details = waits
    ? 'Pending certificate created. Please Perform Merge to complete the request.'
    : 'Pending certificate created. Certificate request is in progress. This may take some time ' +
      'based on the issuer provider. Please check again later.';
  return {
    id: pendingUrl(vault, record.name),
    issuer: {
      name: issuer.name,
      ...(issuer.cty !== undefined && { cty: issuer.cty }),
    },
    csr,
    cancellation_requested: cancellationRequested,
    status,
    ...(status === 'inProgress' && { status_details: details }),
    ...(status === 'completed' && { target: objectUrl(vault, 'certificates', record.name) }),
    ...(error && { error: { code: 'BadParameter', message: error } }),
    request_id: requestId,
    ...(preserveOrder !== undefined && { preserveCertOrder: preserveOrder }),
  };
}
