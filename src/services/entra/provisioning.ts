// What the host asks before anything runs: tenants, and principals of its own.
import { ConfigurationError, isGuid } from '../../base/index.ts';
import { newPasswordCredential } from './credentials.ts';
import type { DirectoryView, DirectoryWrite, Plan } from './directory.ts';
import { saveApplication, saveServicePrincipal } from './registrations/index.ts';
import type { ApplicationRecord, TenantRecord } from './state.ts';
import type { TokenService } from './token-request.ts';
import { type DirectoryRoleName, directoryRoles, firstPartyPrincipals } from './well-known.ts';

export interface NewTenant {
  readonly id: string;
  /** The initial domain, such as `contoso.onmicrosoft.com`. */
  readonly domain: string;
  readonly displayName?: string;
  /** Further verified domains. */
  readonly domains?: readonly string[];
}

export interface NewHostPrincipal {
  readonly tenantId: string;
  readonly displayName: string;
  readonly directoryRoles?: readonly DirectoryRoleName[];
}

export interface HostPrincipal {
  readonly tenantId: string;
  readonly clientId: string;
  readonly principalId: string;
  /** Made anew with each call; it is kept nowhere. */
  readonly clientSecret: string;
}

type Parts = Pick<TokenService, 'directory' | 'clock'>;

/** Creates or renames a tenant; Microsoft's service principals are in it from the first day. */
export async function ensureTenant({ directory, clock }: Parts, tenant: NewTenant): Promise<void> {
  await directory.change((view) => planTenant(view, tenant, clock.now()));
}

function planTenant(view: DirectoryView, tenant: NewTenant, nowMs: number): Plan<undefined> {
  if (!isGuid(tenant.id)) {
    throw new ConfigurationError({ field: 'tenants.id', message: `'${tenant.id}' is not a GUID` });
  }
  const id = tenant.id.toLowerCase();
  const domains = [...new Set([tenant.domain, ...(tenant.domains ?? [])])].map((domain) =>
    domain.toLowerCase(),
  );
  for (const domain of domains) {
    const holder = view.tenantsBySegment.get(domain);
    if (holder && holder.id !== id) {
      const message = `the domain '${domain}' belongs to tenant ${holder.id} already`;
      throw new ConfigurationError({ field: 'tenants.domain', message });
    }
  }
  const displayName = tenant.displayName ?? tenant.domain;
  const record: TenantRecord = { id, displayName, domains };
  const previous = view.tenants.get(id);
  const writes: DirectoryWrite[] = [];
  if (JSON.stringify(previous) !== JSON.stringify(record)) {
    writes.push({ kind: 'tenant', put: record });
  }
  const missing = firstPartyPrincipals(id, new Date(nowMs).toISOString()).filter(
    ({ appId }) => !view.principalsByAppId.has(`${id}/${appId}`),
  );
  writes.push(...missing.map((put) => ({ kind: 'servicePrincipal', put }) as const));
  return { writes, result: undefined };
}

const secretName = 'lazurite host';
/** The clock may be moved by years; this secret must outlive that. */
const secretLifetimeMs = 100 * 365 * 86_400_000;

/** An application with service principal and directory roles, and a fresh secret for this start. */
export async function ensureHostPrincipal(
  { directory, clock }: Parts,
  principal: NewHostPrincipal,
): Promise<HostPrincipal> {
  const wanted = { ...principal, tenantId: principal.tenantId.toLowerCase() };
  const uniqueName = `lazurite:${wanted.displayName}`;
  const startMs = clock.now();
  const application = await directory.change((view): Plan<ApplicationRecord> => {
    const tenant = view.tenants.get(wanted.tenantId)!;
    const found = view.applicationsByUniqueName.get(`${tenant.id}/${uniqueName}`);
    if (found) return { writes: [], result: found };
    const { displayName } = wanted;
    return saveApplication({ view, tenant, nowMs: startMs }, { displayName, uniqueName });
  });
  const principalId = await directory.change((view): Plan<string> => {
    const tenant = view.tenants.get(wanted.tenantId)!;
    const found = view.principalsByAppId.get(`${tenant.id}/${application.appId}`);
    if (found) return { writes: [], result: found.record.id };
    const place = { view, tenant, nowMs: startMs };
    const { writes, result } = saveServicePrincipal(place, { appId: application.appId });
    return { writes, result: result.id };
  });
  return directory.change((view) => {
    const { credential, secretText } = newPasswordCredential({
      displayName: secretName,
      startMs,
      endMs: startMs + secretLifetimeMs,
    });
    const current = view.applications.get(application.id)!;
    const kept = current.passwordCredentials.filter((each) => each.displayName !== secretName);
    const passwordCredentials = [...kept, credential];
    const { tenantId } = wanted;
    const roles = (wanted.directoryRoles ?? []).map(
      (name): DirectoryWrite => ({
        kind: 'directoryRole',
        put: { tenantId, principalId, roleTemplateId: directoryRoles[name] },
      }),
    );
    return {
      writes: [{ kind: 'application', put: { ...current, passwordCredentials } }, ...roles],
      result: { tenantId, clientId: application.appId, principalId, clientSecret: secretText },
    };
  });
}
