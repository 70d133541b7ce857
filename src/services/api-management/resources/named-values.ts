// Named values and backends.
import type { JsonObject } from '../../../base/index.ts';
import { namedValuesIn } from '../../../languages/policy-documents/index.ts';
import { ResourceError, type Resources, type ResourceType } from '../../../resources/index.ts';
import { parseAddress } from '../address.ts';
import { apiVersions, types } from '../state.ts';
import { flag, isObject, propertiesOf, required, text, textOr, validationError } from '../wire.ts';

export function namedValueType(resources: () => Resources): ResourceType {
  return {
    type: types.namedValue,
    apiVersions,
    location: false,
    async prepare({ id, body }) {
      const given = propertiesOf(body);
      const displayName = required(given, 'displayName');
      if (!/^[A-Za-z0-9\-._]{1,256}$/.test(displayName)) {
        throw validationError(
          'displayName',
          'displayName may hold letters, digits, dots, dashes and underscores.',
        );
      }
      if (given.keyVault) {
        throw validationError(
          'keyVault',
          'Named values from Key Vault are not supported by this gateway yet.',
        );
      }
      const value = text(given.value);
      if (value === undefined) throw validationError('value', 'value is required.');
      const service = id.split('/').slice(0, -2).join('/');
      const taken = (await resources().list(types.namedValue, service)).some(
        (each) =>
          each.id.toLowerCase() !== id.toLowerCase() &&
          textOr(each.properties.displayName, '').toLowerCase() === displayName.toLowerCase(),
      );
      if (taken) {
        throw validationError('displayName', `A named value '${displayName}' already exists.`);
      }
      return { ...given, displayName, value, secret: flag(given.secret, false) };
    },
    async deleting({ id, properties }) {
      const name = textOr(properties.displayName, '').toLowerCase();
      const service = id.split('/').slice(0, -2).join('/');
      const policies = [
        types.policy,
        types.apiPolicy,
        types.operationPolicy,
        types.productPolicy,
        types.fragment,
      ];
      for (const type of policies) {
        for (const policy of await resources().list(type, service)) {
          const used = namedValuesIn(textOr(policy.properties.value, ''));
          if (!used.some((each) => each.toLowerCase() === name)) continue;
          const message = `The named value '${name}' is used by the policy '${policy.id}' and cannot be deleted.`;
          throw new ResourceError(400, 'ValidationError', message);
        }
      }
    },
    async view({ properties }) {
      const { value, ...rest } = properties;
      return properties.secret === true ? rest : { ...rest, value: value! };
    },
    actions: {
      listValue: async ({ resource }) => {
        return { status: 200, body: { value: resource.properties.value! } };
      },
    },
  };
}

export const backendType: ResourceType = {
  type: types.backend,
  apiVersions,
  location: false,
  async prepare({ body }) {
    const given = propertiesOf(body);
    refuseUnsupported(given);
    if (!parseAddress(required(given, 'url'))) {
      throw validationError('url', 'url must be an absolute http or https URL.');
    }
    return { ...given, protocol: textOr(given.protocol, 'http') };
  },
};

function refuseUnsupported(properties: JsonObject): void {
  const kind = textOr(properties.type, 'Single');
  if (kind !== 'Single') {
    throw validationError(
      'type',
      `Backends of the type '${kind}' are not supported by this gateway yet.`,
    );
  }
  for (const name of ['pool', 'circuitBreaker', 'proxy', 'properties']) {
    if (properties[name] === undefined || properties[name] === null) continue;
    throw validationError(
      name,
      `The property '${name}' of a backend is not supported by this gateway yet.`,
    );
  }
  const credentials = isObject(properties.credentials) ? properties.credentials : {};
  for (const name of ['certificate', 'certificateIds', 'managedIdentity']) {
    const value = credentials[name];
    if (value === undefined || value === null || (Array.isArray(value) && value.length === 0))
      continue;
    throw validationError(
      `credentials.${name}`,
      `The credential '${name}' of a backend is not supported by this gateway yet.`,
    );
  }
}
