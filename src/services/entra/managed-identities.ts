// The principals of managed identities: no application object, a certificate of the platform.
import { assert, newGuid } from '../../base/index.ts';
import type {
  ManagedIdentityDirectory,
  ManagedIdentityKey,
  ManagedIdentityPrincipal,
} from '../../resources/index.ts';
import { newKeyCredential } from './credentials.ts';
import type { Directory, DirectoryView, Plan } from './directory.ts';
import { deleteServicePrincipal } from './registrations/index.ts';
import type { ServicePrincipalRecord } from './state.ts';
import type { TokenService } from './token-request.ts';

type NewIdentity = Parameters<ManagedIdentityDirectory['ensure']>[0];
type FederatedCredentials = Parameters<ManagedIdentityDirectory['federate']>[1];

/** Implements the port of `resources` over the directory. */
export function managedIdentityDirectory({
  directory,
  clock,
}: Pick<TokenService, 'directory' | 'clock'>): ManagedIdentityDirectory {
  return {
    ensure: (identity) =>
      directory.change((view) => planEnsure(view, spelt(identity), clock.now())),
    remove: (identity) => remove(directory, spelt(identity), clock.now()),
    federate: (identity, credentials) =>
      directory.change((view) => planFederate(view, spelt(identity), credentials)),
  };
}

/** Tenants are kept in lower case. */
function spelt<Key extends ManagedIdentityKey>(identity: Key): Key {
  return { ...identity, tenantId: identity.tenantId.toLowerCase() };
}

function find(
  view: DirectoryView,
  { tenantId, identityId }: ManagedIdentityKey,
): ServicePrincipalRecord | undefined {
  const wanted = identityId.toLowerCase();
  for (const { record } of view.principals.values()) {
    const isSame = record.own?.identityId?.toLowerCase() === wanted;
    if (isSame && record.tenantId === tenantId) return record;
  }
  return undefined;
}

const principalOf = ({ id, appId, tenantId }: ServicePrincipalRecord) => ({
  principalId: id,
  clientId: appId,
  tenantId,
});

function planEnsure(
  view: DirectoryView,
  identity: NewIdentity,
  nowMs: number,
): Plan<ManagedIdentityPrincipal> {
  const { tenantId, identityId, displayName, explicit, certificate } = identity;
  assert(view.tenants.has(tenantId), `tenant ${tenantId} of a managed identity exists`);
  const credential = newKeyCredential({ key: certificate, displayName: `CN=${identityId}` });
  assert(credential, 'the certificate of a managed identity can be read');
  const known = find(view, identity);
  const isRegistered = known?.own?.keyCredentials.some(({ key }) => key === credential.key);
  if (known && isRegistered) return { writes: [], result: principalOf(known) };
  const record: ServicePrincipalRecord = {
    id: known?.id ?? newGuid(),
    tenantId,
    appId: known?.appId ?? newGuid(),
    appOwnerOrganizationId: null,
    displayName,
    createdDateTime: known?.createdDateTime ?? new Date(nowMs).toISOString(),
    servicePrincipalType: 'ManagedIdentity',
    accountEnabled: known?.accountEnabled ?? true,
    appRoleAssignmentRequired: false,
    alternativeNames: [`isExplicit=${explicit ? 'True' : 'False'}`, identityId],
    tags: known?.tags ?? [],
    own: {
      servicePrincipalNames: [],
      appRoles: [],
      tokenVersion: 1,
      keyCredentials: [credential],
      federatedIdentityCredentials: known?.own?.federatedIdentityCredentials ?? [],
      firstParty: false,
      identityId,
      explicit,
    },
    others: known?.others ?? {},
  };
  const own = record.own!;
  const named = { ...record, own: { ...own, servicePrincipalNames: [record.appId] } };
  return { writes: [{ kind: 'servicePrincipal', put: named }], result: principalOf(named) };
}

async function remove(
  directory: Directory,
  identity: ManagedIdentityKey,
  nowMs: number,
): Promise<void> {
  await directory.change((view) => {
    const record = find(view, identity);
    const tenant = view.tenants.get(identity.tenantId);
    if (!record || !tenant) return { writes: [], result: undefined };
    return deleteServicePrincipal({ view, tenant, nowMs }, record);
  });
}

function planFederate(
  view: DirectoryView,
  identity: ManagedIdentityKey,
  credentials: FederatedCredentials,
): Plan<undefined> {
  const record = find(view, identity);
  assert(record?.own, `the identity ${identity.identityId} has a service principal`);
  const federatedIdentityCredentials = credentials.map((credential) => ({
    id: newGuid(),
    description: null,
    ...credential,
  }));
  const put = { ...record, own: { ...record.own, federatedIdentityCredentials } };
  return { writes: [{ kind: 'servicePrincipal', put }], result: undefined };
}
