// Products, the APIs in them, and subscriptions with their keys.
import { randomBytes } from 'node:crypto';
import type { Clock, Json, JsonObject } from '../../../base/index.ts';
import type { ResourceDocument, Resources, ResourceType } from '../../../resources/index.ts';
import { apiVersions, types } from '../state.ts';
import { flag, propertiesOf, required, text, textOr, validationError } from '../wire.ts';

export const productType: ResourceType = {
  type: types.product,
  apiVersions,
  location: false,
  async prepare({ body }) {
    const given = propertiesOf(body);
    const displayName = required(given, 'displayName');
    const state = textOr(given.state, 'notPublished');
    if (!/^(not)?published$/i.test(state)) {
      throw validationError('state', "state must be 'published' or 'notPublished'.");
    }
    const subscriptionRequired = flag(given.subscriptionRequired, true);
    const approvalRequired = flag(given.approvalRequired, false);
    return { ...given, displayName, state, subscriptionRequired, approvalRequired };
  },
};

/** The link has no properties of its own: its name is the API's. */
export function productApiType(resources: () => Resources): ResourceType {
  return {
    type: types.productApi,
    apiVersions,
    location: false,
    async prepare({ id, name }) {
      const service = id.split('/').slice(0, -4).join('/');
      const api = await resources().get(`${service}/apis/${name}`);
      if (!api) throw validationError('name', `There is no API '${name}' in this service.`);
      return {};
    },
  };
}

const states = ['active', 'suspended', 'submitted', 'rejected', 'cancelled', 'expired'];

export function subscriptionType(resources: () => Resources, clock: Clock): ResourceType {
  const regenerate =
    (key: 'primaryKey' | 'secondaryKey') =>
    async (input: { resource: ResourceDocument; apiVersion: string }) => {
      const { resource, apiVersion } = input;
      const properties = { ...resource.properties, [key]: newKey() };
      await resources().put({
        id: resource.id,
        apiVersion,
        body: { properties },
        callerObjectId: '',
      });
      return { status: 204 };
    };
  return {
    type: types.subscription,
    apiVersions,
    location: false,
    async prepare({ id, body, previous }) {
      const given = propertiesOf(body);
      const displayName = required(given, 'displayName');
      const scope = required(given, 'scope');
      await checkScope(resources(), id, scope);
      const state = textOr(given.state, textOr(previous?.properties.state, 'active'));
      if (!states.includes(state)) {
        throw validationError('state', `state must be one of ${states.join(', ')}.`);
      }
      const keyOf = (name: string): Json =>
        text(given[name]) ?? text(previous?.properties[name]) ?? newKey();
      const createdDate =
        text(previous?.properties.createdDate) ?? new Date(clock.now()).toISOString();
      const keys = { primaryKey: keyOf('primaryKey'), secondaryKey: keyOf('secondaryKey') };
      return { ...given, displayName, scope, state, createdDate, ...keys };
    },
    async view({ properties }) {
      const { primaryKey: _primary, secondaryKey: _secondary, ...shown } = properties;
      return shown;
    },
    actions: {
      listSecrets: async ({ resource }) => {
        const { primaryKey, secondaryKey } = resource.properties as JsonObject;
        return { status: 200, body: { primaryKey: primaryKey!, secondaryKey: secondaryKey! } };
      },
      regeneratePrimaryKey: regenerate('primaryKey'),
      regenerateSecondaryKey: regenerate('secondaryKey'),
    },
  };
}

function newKey(): string {
  return randomBytes(16).toString('hex');
}

/** `/apis`, `/apis/{name}` or `/products/{name}`, alone or behind the id of the service. */
async function checkScope(resources: Resources, id: string, scope: string): Promise<void> {
  const match = /\/(apis|products)(?:\/([^/]+))?\/?$/i.exec(scope);
  if (!match || (match[1]!.toLowerCase() === 'products' && !match[2])) {
    throw validationError('scope', "scope must be '/apis', '/apis/{id}' or '/products/{id}'.");
  }
  if (!match[2]) return;
  const service = id.split('/').slice(0, -2).join('/');
  const target = `${service}/${match[1]!.toLowerCase()}/${match[2]}`;
  if (await resources.get(target)) return;
  throw validationError('scope', `The scope '${scope}' does not exist in this service.`);
}
