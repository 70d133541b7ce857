// Which identities the calling resource has, and which of them a request means.
import type { ManagedIdentityKey, Resources, Subscriptions } from '../../resources/index.ts';
import { parseResourceId } from '../../resources/index.ts';
import type { Identities } from './identities.ts';

export interface CallerIdentity extends ManagedIdentityKey {
  readonly principalId: string;
  readonly clientId: string;
  readonly system: boolean;
}

export interface CallerParts {
  /** Asked late: `resources` needs this service's port before it can be made. */
  readonly resources: () => Pick<Resources, 'get'>;
  readonly subscriptions: Pick<Subscriptions, 'tenantOf'>;
  readonly identities: Identities;
}

/** The identities in the identity block of a resource, the system-assigned one first. */
export async function identitiesOf(
  { resources, subscriptions, identities }: CallerParts,
  resourceId: string,
): Promise<CallerIdentity[]> {
  const resource = await resources().get(resourceId);
  const subscriptionId = parseResourceId(resourceId)?.subscriptionId;
  const tenantId = subscriptionId && subscriptions.tenantOf(subscriptionId);
  if (!resource?.identity || !tenantId) return [];
  const ids = Object.keys(resource.identity.userAssignedIdentities ?? {});
  const wanted = [
    ...(resource.identity.principalId === undefined ? [] : [{ id: resource.id, system: true }]),
    ...ids.map((id) => ({ id, system: false })),
  ];
  const found: CallerIdentity[] = [];
  for (const { id, system } of wanted) {
    const key = { tenantId, identityId: id };
    const principal = await identities.find(key);
    if (principal) found.push({ ...key, ...principal, system });
  }
  return found;
}

/** How a request names an identity: at most one of them. */
export interface Selector {
  readonly by: 'client' | 'object' | 'resource';
  readonly value: string;
}

export function selectIdentity(
  identities: readonly CallerIdentity[],
  { by, value }: Selector,
): CallerIdentity | undefined {
  const wanted = value.toLowerCase();
  return identities.find(({ clientId, principalId, identityId, system }) => {
    if (by === 'client') return clientId === wanted;
    if (by === 'object') return principalId === wanted;
    return !system && identityId.toLowerCase() === wanted;
  });
}

/** Reads the selectors of a query by their names; `several` where more than one was sent. */
export function readSelector(
  query: URLSearchParams,
  names: Readonly<Record<string, Selector['by']>>,
): Selector | 'several' | undefined {
  const given = Object.entries(names).flatMap(([name, by]) =>
    query
      .getAll(name)
      .filter((value) => value !== '')
      .map((value) => ({ by, value })),
  );
  return given.length > 1 ? 'several' : given[0];
}
