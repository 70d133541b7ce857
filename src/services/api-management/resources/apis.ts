// APIs, their operations and version sets.
import type { Json, JsonObject } from '../../../base/index.ts';
import type { Resources, ResourceType } from '../../../resources/index.ts';
import { parseAddress } from '../address.ts';
import { apiVersions, types } from '../state.ts';
import { parseTemplate } from '../templates.ts';
import { flag, isObject, propertiesOf, required, text, textOr, validationError } from '../wire.ts';

export function apiType(resources: () => Resources): ResourceType {
  return {
    type: types.api,
    apiVersions,
    location: false,
    async prepare({ id, name, body }) {
      const given = propertiesOf(body);
      refuseImport(given);
      const displayName = required(given, 'displayName');
      if (typeof given.path !== 'string') throw validationError('path', 'path is required.');
      const serviceUrl = text(given.serviceUrl);
      if (serviceUrl && !parseAddress(serviceUrl)) {
        throw validationError('serviceUrl', 'serviceUrl must be an absolute http or https URL.');
      }
      await refuseSamePath(resources(), id, name, given);
      return {
        ...given,
        displayName,
        path: given.path.replace(/^\/+|\/+$/g, ''),
        apiRevision: textOr(given.apiRevision, /;rev=(.+)$/.exec(name)?.[1] ?? '1'),
        isCurrent: flag(given.isCurrent, !name.includes(';rev=')),
        protocols: Array.isArray(given.protocols) ? given.protocols : ['https'],
        subscriptionRequired: flag(given.subscriptionRequired, true),
        provisioningState: 'Succeeded',
      };
    },
  };
}

/** Documents would have to be read for their operations; those are written out instead. */
function refuseImport(properties: JsonObject): void {
  const { format, type, apiType: kind } = properties;
  if (format !== undefined || properties.value !== undefined) {
    const message =
      'Importing an API description is not supported by this gateway yet: write the operations as resources.';
    throw validationError('format', message);
  }
  for (const [name, value] of Object.entries({ type, apiType: kind })) {
    if (value === undefined || value === null || value === 'http') continue;
    throw validationError(
      name,
      `APIs of the type '${String(value)}' are not supported by this gateway yet.`,
    );
  }
  if (properties.sourceApiId) {
    throw validationError('sourceApiId', 'Copying an API is not supported by this gateway yet.');
  }
}

async function refuseSamePath(
  resources: Resources,
  id: string,
  name: string,
  given: JsonObject,
): Promise<void> {
  if (name.includes(';rev=')) return;
  const service = id.split('/').slice(0, -2).join('/');
  const key = (each: JsonObject) =>
    [textOr(each.path, '').replace(/^\/+|\/+$/g, ''), textOr(each.apiVersion, '')]
      .join('\n')
      .toLowerCase();
  for (const other of await resources.list(types.api, service)) {
    if (other.id.toLowerCase() === id.toLowerCase() || other.name.includes(';rev=')) continue;
    if (key(other.properties) !== key(given)) continue;
    const message = `Cannot create API '${name}' with the same Path '${textOr(given.path, '')}' as API '${other.name}'.`;
    throw validationError('path', message);
  }
}

const methodShape = /^[A-Za-z*]{1,32}$/;

export const operationType: ResourceType = {
  type: types.operation,
  apiVersions,
  location: false,
  async prepare({ body }) {
    const given = propertiesOf(body);
    const displayName = required(given, 'displayName');
    const method = required(given, 'method').toUpperCase();
    if (!methodShape.test(method)) throw validationError('method', `'${method}' is no method.`);
    const urlTemplate = required(given, 'urlTemplate');
    const names = parseTemplate(urlTemplate).parameters.filter((name) => name !== '*');
    if (new Set(names).size !== names.length) {
      throw validationError('urlTemplate', 'Parameter names of the template must be unique.');
    }
    const declared = parameterNames(given.templateParameters);
    const undeclared = names.find((name) => !declared.includes(name));
    if (undeclared !== undefined) {
      const message = `All template parameters used in the UriTemplate must be defined in the Operation: '${undeclared}' is not.`;
      throw validationError('templateParameters', message);
    }
    return { ...given, displayName, method, urlTemplate };
  },
};

function parameterNames(parameters: Json | undefined): string[] {
  if (!Array.isArray(parameters)) return [];
  return parameters.filter(isObject).map((each) => textOr(each.name, '').replace(/^\*/, ''));
}

export const versionSetType: ResourceType = {
  type: types.versionSet,
  apiVersions,
  location: false,
  async prepare({ body }) {
    const given = propertiesOf(body);
    required(given, 'displayName');
    const scheme = required(given, 'versioningScheme');
    if (!/^(Segment|Query|Header)$/.test(scheme)) {
      throw validationError(
        'versioningScheme',
        'versioningScheme must be Segment, Query or Header.',
      );
    }
    if (scheme === 'Query') required(given, 'versionQueryName');
    if (scheme === 'Header') required(given, 'versionHeaderName');
    return given;
  },
};
