// Certificate policies: reading with Azure's defaults, rendering, and what follows from them.
import { isIP } from 'node:net';
import type { JsonObject } from '../../base/index.ts';
import {
  type CertificateExtensions,
  DistinguishedNameError,
  encodeDistinguishedName,
  type KeyUsage,
  keyUsages,
  type ParsedCertificate,
} from '../../crypto/index.ts';
import { badParameter } from './errors.ts';
import { readCurve, readKeyKind } from './key-material.ts';
import { seconds, type Vault } from './room.ts';
import type { CertificatePolicy } from './state.ts';
import { flagOf, integerOf, listOf, objectOf, textOf, textsOf } from './wire.ts';

export const contentTypes = {
  pfx: 'application/x-pkcs12',
  pem: 'application/x-pem-file',
} as const;

const nameKinds = ['emails', 'dns_names', 'upns', 'uris', 'ipAddresses'] as const;
const serverAndClient = ['1.3.6.1.5.5.7.3.1', '1.3.6.1.5.5.7.3.2'];

/** Reads `policy`; what it leaves out comes from `previous`, else from Azure's defaults. */
export function readCertificatePolicy(
  body: JsonObject,
  vault: Vault,
  previous: CertificatePolicy | undefined,
  nowMs: number,
): CertificatePolicy {
  const attributes = objectOf(body, 'attributes') ?? {};
  const secret = objectOf(body, 'secret_props') ?? {};
  const issuer = objectOf(body, 'issuer') ?? {};
  const contentType = textOf(secret, 'contentType') ?? previous?.contentType ?? contentTypes.pfx;
  if (!Object.values(contentTypes).includes(contentType as typeof contentTypes.pfx)) {
    throw badParameter(`The content type '${contentType.slice(0, 100)}' is not supported.`);
  }
  const cty = textOf(issuer, 'cty') ?? previous?.issuer.cty;
  const transparency = flagOf(issuer, 'cert_transparency') ?? previous?.issuer.transparency;
  return {
    createdMs: previous?.createdMs ?? nowMs,
    updatedMs: nowMs,
    enabled: flagOf(attributes, 'enabled') ?? previous?.enabled ?? true,
    key: readKeyProperties(objectOf(body, 'key_props') ?? {}, vault, previous),
    contentType,
    x509: readX509(objectOf(body, 'x509_props') ?? {}, previous),
    lifetimeActions: readActions(body, previous),
    issuer: {
      name: textOf(issuer, 'name') ?? previous?.issuer.name ?? 'Unknown',
      ...(cty !== undefined && { cty }),
      ...(transparency !== undefined && { transparency }),
    },
  };
}

function readKeyProperties(
  properties: JsonObject,
  vault: Vault,
  previous: CertificatePolicy | undefined,
): CertificatePolicy['key'] {
  const kty = textOf(properties, 'kty') ?? previous?.key.kty ?? 'RSA';
  const kind = readKeyKind(kty, vault.premium);
  if (kind.kty === 'oct') throw badParameter('A certificate needs a key of type RSA or EC.');
  const exportable = flagOf(properties, 'exportable') ?? previous?.key.exportable ?? true;
  if (kind.hsm && exportable) throw badParameter('Keys in an HSM are not exportable.');
  const reuse = flagOf(properties, 'reuse_key') ?? previous?.key.reuse ?? false;
  const same = previous?.key.kty === kty ? previous.key : undefined;
  if (kind.kty === 'EC') {
    const crv = readCurve(textOf(properties, 'crv') ?? same?.crv);
    return { exportable, kty, crv, reuse };
  }
  const size = integerOf(properties, 'key_size') ?? same?.size ?? 2048;
  if (![2048, 3072, 4096].includes(size)) {
    throw badParameter(`The key size ${size} is not supported; use 2048, 3072 or 4096.`);
  }
  return { exportable, kty, size, reuse };
}

function readX509(
  properties: JsonObject,
  previous: CertificatePolicy | undefined,
): CertificatePolicy['x509'] {
  const before = previous?.x509;
  const subject = textOf(properties, 'subject') ?? before?.subject ?? '';
  try {
    encodeDistinguishedName(subject);
  } catch (error) {
    if (!(error instanceof DistinguishedNameError)) throw error;
    throw badParameter(`The subject is not an X.500 name: ${error.message}.`);
  }
  const sans = readNames(properties) ?? before?.sans;
  const names = Object.values(sans ?? {}).flat();
  if (subject === '' && names.length === 0) {
    throw badParameter('The policy needs a subject or subject alternative names.');
  }
  const ekus = textsOf(properties, 'ekus') ?? before?.ekus ?? serverAndClient;
  for (const eku of ekus) {
    if (!/^[0-2](\.\d{1,9}){1,20}$/.test(eku)) {
      throw badParameter(
        `The enhanced key usage '${eku.slice(0, 100)}' is not an object identifier.`,
      );
    }
  }
  const keyUsage = textsOf(properties, 'key_usage') ??
    before?.keyUsage ?? ['digitalSignature', 'keyEncipherment'];
  for (const usage of keyUsage) {
    if (!(keyUsages as readonly string[]).includes(usage)) {
      throw badParameter(`The key usage '${usage.slice(0, 100)}' is not supported.`);
    }
  }
  const validityMonths = integerOf(properties, 'validity_months') ?? before?.validityMonths ?? 12;
  if (validityMonths < 1 || validityMonths > 1_200) {
    throw badParameter('The parameter validity_months must be a number of months from 1 on.');
  }
  const ca = flagOf(objectOf(properties, 'basic_constraints') ?? {}, 'ca') ?? before?.ca ?? false;
  return { subject, ...(sans && { sans }), ekus, keyUsage, validityMonths, ca };
}

function readNames(properties: JsonObject): Record<string, string[]> | undefined {
  const sans = objectOf(properties, 'sans');
  if (!sans) return undefined;
  const names: Record<string, string[]> = {};
  for (const kind of nameKinds) {
    const list = textsOf(sans, kind);
    if (!list) continue;
    for (const each of list) checkName(kind, each);
    names[kind] = list;
  }
  return Object.keys(names).length > 0 ? names : undefined;
}

/** Names of certificates are ASCII, but for user principal names. */
function checkName(kind: (typeof nameKinds)[number], name: string): void {
  const fits =
    kind === 'ipAddresses'
      ? isIP(name) !== 0 && !name.includes('%')
      : name !== '' && (kind === 'upns' || /^[\x21-\x7e]+$/.test(name));
  if (!fits) throw badParameter(`'${name.slice(0, 100)}' is not a name of the kind ${kind}.`);
}

function readActions(
  body: JsonObject,
  previous: CertificatePolicy | undefined,
): CertificatePolicy['lifetimeActions'] {
  const list = listOf(body, 'lifetime_actions');
  if (!list) return previous?.lifetimeActions ?? [{ action: 'AutoRenew', percentage: 80 }];
  return list.map((item) => {
    const each = objectOf({ item } as JsonObject, 'item') ?? {};
    const trigger = objectOf(each, 'trigger') ?? {};
    const action = textOf(objectOf(each, 'action') ?? {}, 'action_type');
    if (action !== 'AutoRenew' && action !== 'EmailContacts') {
      throw badParameter(`The lifetime action '${String(action).slice(0, 50)}' is not supported.`);
    }
    const percentage = integerOf(trigger, 'lifetime_percentage');
    const daysBeforeExpiry = integerOf(trigger, 'days_before_expiry');
    if ((percentage === undefined) === (daysBeforeExpiry === undefined)) {
      throw badParameter('A trigger needs lifetime_percentage or days_before_expiry, not both.');
    }
    if (percentage !== undefined && (percentage < 1 || percentage > 99)) {
      throw badParameter('The parameter lifetime_percentage must be from 1 to 99.');
    }
    if (daysBeforeExpiry !== undefined && daysBeforeExpiry < 1) {
      throw badParameter('The parameter days_before_expiry must be positive.');
    }
    return {
      action,
      ...(percentage !== undefined && { percentage }),
      ...(daysBeforeExpiry !== undefined && { daysBeforeExpiry }),
    };
  });
}

/** `policy` of an answer. */
export function policyView(vault: Vault, name: string, policy: CertificatePolicy): JsonObject {
  const { key, x509, issuer } = policy;
  return {
    id: `${vault.origin}/certificates/${name}/policy`,
    key_props: {
      exportable: key.exportable,
      kty: key.kty,
      ...(key.size && { key_size: key.size }),
      ...(key.crv && { crv: key.crv }),
      reuse_key: key.reuse,
    },
    secret_props: { contentType: policy.contentType },
    x509_props: {
      subject: x509.subject,
      sans: { ...x509.sans } as JsonObject,
      ekus: [...x509.ekus],
      key_usage: [...x509.keyUsage],
      validity_months: x509.validityMonths,
      basic_constraints: { ca: x509.ca },
    },
    lifetime_actions: policy.lifetimeActions.map(({ action, percentage, daysBeforeExpiry }) => ({
      trigger: {
        ...(percentage !== undefined && { lifetime_percentage: percentage }),
        ...(daysBeforeExpiry !== undefined && { days_before_expiry: daysBeforeExpiry }),
      },
      action: { action_type: action },
    })),
    issuer: {
      name: issuer.name,
      ...(issuer.cty !== undefined && { cty: issuer.cty }),
      ...(issuer.transparency !== undefined && { cert_transparency: issuer.transparency }),
    },
    attributes: {
      enabled: policy.enabled,
      created: seconds(policy.createdMs),
      updated: seconds(policy.updatedMs),
    },
  };
}

/** The extensions a certificate of the policy asks for. */
export function extensionsOf({ x509 }: CertificatePolicy): CertificateExtensions {
  const { sans = {} } = x509;
  return {
    keyUsage: x509.keyUsage as readonly KeyUsage[],
    extendedKeyUsage: x509.ekus,
    basicConstraints: { ca: x509.ca },
    alternativeNames: {
      emails: sans.emails,
      dnsNames: sans.dns_names,
      userPrincipalNames: sans.upns,
      uris: sans.uris,
      ipAddresses: sans.ipAddresses,
    },
  };
}

/** key_ops of the managed key, by the certificate's key usage. */
export function keyOpsOf({ key, x509 }: CertificatePolicy): string[] {
  const ops = new Set<string>();
  const has = (...usages: string[]) => usages.some((usage) => x509.keyUsage.includes(usage));
  if (has('digitalSignature', 'keyCertSign', 'nonRepudiation', 'cRLSign')) {
    ops.add('sign').add('verify');
  }
  if (key.kty.startsWith('EC')) return [...ops];
  if (has('keyEncipherment')) ops.add('wrapKey').add('unwrapKey');
  if (has('dataEncipherment')) ops.add('encrypt').add('decrypt');
  if (has('encipherOnly')) ops.add('encrypt');
  if (has('decipherOnly')) ops.add('decrypt');
  return [...ops];
}

/** The policy of an imported certificate: what it says itself, where the request says nothing. */
export function policyOfImport(
  body: JsonObject | undefined,
  vault: Vault,
  leaf: ParsedCertificate,
  key: { readonly kty: 'RSA' | 'EC'; readonly size?: number; readonly crv?: string },
  nowMs: number,
): CertificatePolicy {
  const names = leaf.alternativeNames;
  const sans = {
    emails: names.emails,
    dns_names: names.dnsNames,
    upns: names.userPrincipalNames,
    uris: names.uris,
    ipAddresses: names.ipAddresses,
  };
  const some = Object.entries(sans).filter(([, list]) => list.length > 0);
  const months = Math.max(1, Math.round((leaf.notAfter - leaf.notBefore) / 2_629_746_000));
  const said: CertificatePolicy = {
    createdMs: nowMs,
    updatedMs: nowMs,
    enabled: true,
    key: { exportable: true, ...key, reuse: false },
    contentType: contentTypes.pfx,
    x509: {
      subject: leaf.subject,
      ...(some.length > 0 && { sans: Object.fromEntries(some) }),
      ekus: leaf.extendedKeyUsage ?? [],
      keyUsage: leaf.keyUsage ?? [],
      validityMonths: Math.min(1_200, months),
      ca: leaf.ca,
    },
    lifetimeActions: [{ action: 'EmailContacts', percentage: 80 }],
    issuer: { name: 'Unknown' },
  };
  if (!body) return said;
  // The key is what the file holds: only what may be done with it can be chosen.
  const { exportable, reuse_key } = objectOf(body, 'key_props') ?? {};
  const chosen = { exportable: exportable ?? null, reuse_key: reuse_key ?? null };
  const { subject: _, ...x509 } = objectOf(body, 'x509_props') ?? {};
  const adjusted = { ...body, key_props: chosen, x509_props: x509 };
  return { ...readCertificatePolicy(adjusted, vault, said, nowMs), createdMs: nowMs };
}
