// Which identifier URIs an application may have (Entra, restrictions on identifier URIs).
import type { DirectoryView } from '../directory.ts';
import { normaliseName } from '../directory.ts';
import type { ApplicationRecord, TenantRecord } from '../state.ts';
import { badRequest, DirectoryError } from './errors.ts';

export interface IdentifierUrisInput {
  readonly view: DirectoryView;
  readonly tenant: TenantRecord;
  readonly appId: string;
  readonly previous: ApplicationRecord | undefined;
  readonly uris: readonly string[];
}

export function checkIdentifierUris(input: IdentifierUrisInput): void {
  for (const uri of input.uris) {
    checkForm(input, uri);
    checkUnique(input, uri);
  }
}

function checkForm({ tenant, appId }: IdentifierUrisInput, uri: string): void {
  const lower = uri.toLowerCase();
  if (uri.endsWith('/')) throw badRequest(`The identifier URI '${uri}' must not end with '/'.`);
  const api = /^api:\/\/([^/]+)(?:\/(.+))?$/.exec(lower);
  if (api) {
    const [, first, rest] = api;
    if (first === appId || first === tenant.id || rest === appId) return;
    if (tenant.domains.includes(first!) || isBelow(tenant, first!)) return;
    throw badRequest(
      `Failed to add identifier URI ${uri}. All newly added URIs must contain a tenant verified domain, tenant ID, or app ID, as per the default tenant policy of your organization.`,
    );
  }
  const host = /^https:\/\/([^/:]+)(?:\/.*)?$/.exec(lower)?.[1];
  if (host !== undefined && (tenant.domains.includes(host) || isBelow(tenant, host))) return;
  throw new DirectoryError(
    'HostNameNotOnVerifiedDomain',
    `Values of identifierUris property must use a verified domain of the organization or its subdomain: '${uri}'`,
  );
}

function isBelow({ domains }: TenantRecord, host: string): boolean {
  return domains.some((domain) => host.endsWith(`.${domain}`));
}

function checkUnique({ view, tenant, appId }: IdentifierUrisInput, uri: string): void {
  const other = view.principalsByName.get(`${tenant.id}/${normaliseName(uri)}`);
  const taken =
    (other && other.record.appId !== appId) ||
    [...view.applications.values()].some(
      (each) =>
        each.tenantId === tenant.id &&
        each.appId !== appId &&
        each.identifierUris.some((name) => normaliseName(name) === normaliseName(uri)),
    );
  if (taken) {
    throw badRequest(
      'Another object with the same value for property identifierUris already exists.',
    );
  }
}
