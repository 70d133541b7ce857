// Microsoft.ManagedIdentity: user-assigned identities and their federated credentials.
import type { JsonObject } from '../../base/index.ts';
import {
  type ManagedIdentityDirectory,
  type PrepareInput,
  parseResourceId,
  type ResourceDocument,
  ResourceError,
  type Resources,
  type ResourceType,
  type Subscriptions,
  userAssignedIdentityType,
} from '../../resources/index.ts';
import type { Identities } from './identities.ts';
import { federatedCredentialsMax, federatedTextCharactersMax } from './limits.ts';

export interface ResourceTypeParts {
  readonly identities: Identities;
  readonly directory: ManagedIdentityDirectory;
  readonly resources: () => Pick<Resources, 'list'>;
  readonly subscriptions: Pick<Subscriptions, 'tenantOf'>;
}

const apiVersions = ['2024-11-30', '2023-01-31', '2022-01-31-preview', '2018-11-30'];
const federatedType = `${userAssignedIdentityType}/federatedIdentityCredentials`;

export function identityResourceTypes(parts: ResourceTypeParts): ResourceType[] {
  return [userAssignedIdentities(parts), federatedCredentials(parts)];
}

/** The tenant of the resource's subscription, which exists as long as the resource does. */
function keyIn({ subscriptions }: ResourceTypeParts, identityId: string) {
  const subscriptionId = parseResourceId(identityId)?.subscriptionId ?? '';
  const tenantId = subscriptions.tenantOf(subscriptionId);
  if (tenantId === undefined) {
    const message = `The subscription '${subscriptionId}' could not be found.`;
    throw new ResourceError(404, 'SubscriptionNotFound', message);
  }
  return { tenantId, identityId };
}

/** What is kept has no properties: ids come from the directory, on every view. */
function userAssignedIdentities(parts: ResourceTypeParts): ResourceType {
  const { identities } = parts;
  return {
    type: userAssignedIdentityType,
    apiVersions,
    location: true,
    async prepare() {
      return {};
    },
    async saved({ id, name }) {
      await identities.ensure({ ...keyIn(parts, id), displayName: name, explicit: true });
    },
    async deleted({ id }) {
      await identities.remove(keyIn(parts, id));
    },
    async view({ id, name }) {
      const key = keyIn(parts, id);
      const principal = await identities.ensure({ ...key, displayName: name, explicit: true });
      const { tenantId, principalId, clientId } = principal;
      return { isolationScope: 'None', tenantId, principalId, clientId };
    },
  };
}

function federatedCredentials(parts: ResourceTypeParts): ResourceType {
  const { directory, identities, resources } = parts;
  const siblingsOf = async (identityId: string) =>
    (await resources().list(federatedType, identityId)).filter(
      ({ id }) => parentOf(id).toLowerCase() === identityId.toLowerCase(),
    );
  /** The directory holds what the resources say, after each change of one of them. */
  async function publish(identityId: string): Promise<void> {
    const key = keyIn(parts, identityId);
    if (!(await identities.find(key))) return;
    const all = await siblingsOf(identityId);
    await directory.federate(key, all.map(credentialOf));
  }
  return {
    type: federatedType,
    apiVersions,
    location: false,
    async prepare(input) {
      const properties = readProperties(input);
      const siblings = await siblingsOf(parentOf(input.id));
      checkAmong(input, properties, siblings);
      return properties;
    },
    saved: ({ id }) => publish(parentOf(id)),
    deleted: ({ id }) => publish(parentOf(id)),
  };
}

const parentOf = (id: string) => id.split('/').slice(0, -2).join('/');

const invalid = (message: string) => new ResourceError(400, 'BadRequest', message);

function readProperties({ name, body }: PrepareInput): JsonObject {
  if (!/^[A-Za-z0-9][A-Za-z0-9_-]{2,119}$/.test(name)) {
    throw invalid(
      `The federated identity credential name '${name}' is not valid: 3 to 120 letters, digits, dashes and underscores, beginning with a letter or digit.`,
    );
  }
  const properties = body.properties;
  if (typeof properties !== 'object' || properties === null || Array.isArray(properties)) {
    throw invalid('The request format was unexpected: properties are missing.');
  }
  const { issuer, subject, audiences } = properties;
  if (typeof issuer !== 'string' || typeof subject !== 'string' || !issuer || !subject) {
    throw invalid('The properties issuer and subject must not be empty.');
  }
  if (!Array.isArray(audiences) || audiences.length !== 1 || typeof audiences[0] !== 'string') {
    throw invalid('The federated identity credential must have exactly one audience.');
  }
  for (const text of [issuer, subject, audiences[0]]) {
    if (text.length > federatedTextCharactersMax) {
      throw invalid(
        `Issuer, subject and audience have at most ${federatedTextCharactersMax} characters.`,
      );
    }
  }
  return { issuer, subject, audiences };
}

function checkAmong(
  { id }: PrepareInput,
  properties: JsonObject,
  siblings: readonly ResourceDocument[],
): void {
  const rest = siblings.filter((each) => each.id.toLowerCase() !== id.toLowerCase());
  if (rest.length >= federatedCredentialsMax) {
    throw invalid(
      `Too many federated identity credentials: ${federatedCredentialsMax} are allowed.`,
    );
  }
  const isTaken = rest.some(
    ({ properties: { issuer, subject } }) =>
      issuer === properties.issuer && subject === properties.subject,
  );
  if (isTaken) {
    throw invalid('Issuer and subject combination already exists for this managed identity.');
  }
}

function credentialOf({ name, properties }: ResourceDocument) {
  const { issuer, subject, audiences } = properties;
  return {
    name,
    issuer: String(issuer),
    subject: String(subject),
    audiences: (audiences as string[]).map(String),
  };
}
