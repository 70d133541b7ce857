// Microsoft.Web/sites: the site of a Standard Logic App, with its settings and its workflows.
import type { Json, JsonObject } from '../../../base/index.ts';
import {
  type ActionAnswer,
  type PrepareInput,
  type ResourceDocument,
  ResourceError,
  type ResourceType,
  type SubresourceInput,
} from '../../../resources/index.ts';
import type { Room } from '../room.ts';
import { hexIdOf, type Surrounding } from '../workflows.ts';

const management = [
  'hostruntime',
  'runtime',
  'webhooks',
  'workflow',
  'api',
  'management',
  'workflows',
];

export function siteType(room: Room): ResourceType {
  return {
    type: 'Microsoft.Web/sites',
    apiVersions: [
      '2024-04-01',
      '2023-12-01',
      '2023-01-01',
      '2022-09-01',
      '2022-03-01',
      '2021-02-01',
      '2018-11-01',
    ],
    location: true,
    identity: true,
    prepare: async (input) => prepare(input),
    saved: async ({ id }) => room.surroundingChanged(id),
    deleted: async ({ id }) => {
      for (const { hexId } of await room.workflows.list(id)) await room.remove(hexId);
    },
    view: async (resource) => view(resource),
    subresource: (input) => subresource(room, input),
  };
}

function prepare({ name, body }: PrepareInput): JsonObject {
  const kind = String(body.kind ?? '');
  if (!/workflowapp/i.test(kind)) {
    throw new ResourceError(
      400,
      'NotSupported',
      `Sites of kind '${kind}' are not supported; only Standard Logic Apps ('functionapp,workflowapp') are.`,
      'kind',
    );
  }
  if (!/^[a-z0-9][a-z0-9-]{0,58}[a-z0-9]$|^[a-z0-9]$/i.test(name))
    throw new ResourceError(400, 'BadRequest', `'${name}' is not a name for a site.`, 'name');
  const properties = (body.properties ?? {}) as JsonObject;
  const settings = (properties.siteConfig as JsonObject | undefined)?.appSettings;
  if (settings !== undefined && settings !== null && !isSettings(settings)) {
    throw new ResourceError(
      400,
      'BadRequest',
      "'appSettings' must be a list of names and values.",
      'properties.siteConfig.appSettings',
    );
  }
  return properties;
}

function isSettings(value: Json): value is { name: string; value: string }[] {
  return Array.isArray(value) && value.every((each) => typeof Object(each).name === 'string');
}

/** Application settings by name. */
export function settingsOf({
  properties,
}: Pick<ResourceDocument, 'properties'>): Record<string, string> {
  const settings = (properties.siteConfig as JsonObject | undefined)?.appSettings ?? [];
  return isSettings(settings)
    ? Object.fromEntries(settings.map(({ name, value }) => [name, String(value ?? '')]))
    : {};
}

export const siteSurrounding = (
  site: ResourceDocument,
  more: Readonly<Record<string, string>>,
): Surrounding => ({
  location: site.location ?? '',
  tags: site.tags ?? {},
  appSettings: { ...more, ...settingsOf(site) },
  hasIntegrationAccount: true,
});

function view({ name, properties }: ResourceDocument): JsonObject {
  const host = `${name.toLowerCase()}.azurewebsites.net`;
  const siteConfig = { ...((properties.siteConfig ?? {}) as JsonObject) };
  delete siteConfig.appSettings;
  return {
    provisioningState: 'Succeeded',
    ...properties,
    siteConfig,
    state: 'Running',
    enabled: true,
    defaultHostName: host,
    hostNames: [host],
    enabledHostNames: [host, `${name.toLowerCase()}.scm.azurewebsites.net`],
  };
}

/** The runtime's management tree below `hostruntime`, and `config/appsettings/list`. */
async function subresource(room: Room, input: SubresourceInput): Promise<ActionAnswer | undefined> {
  const { method, path, resource, query, body, origin } = input;
  const lower = path.map((part) => part.toLowerCase());
  if (method === 'POST' && lower.join('/') === 'config/appsettings/list') {
    return {
      status: 200,
      body: {
        id: `${resource.id}/config/appsettings`,
        name: 'appsettings',
        type: 'Microsoft.Web/sites/config',
        properties: settingsOf(resource),
      },
    };
  }
  if (!management.every((part, index) => lower[index] === part)) return undefined;
  const [name, ...rest] = path.slice(management.length);
  if (name === undefined)
    return method === 'GET' ? { status: 200, body: await room.listOfSite(resource.id) } : undefined;
  const hexId = hexIdOf({ hosting: 'standard', resourceId: resource.id, name });
  return room.operate(hexId, method, rest, {
    place: { workflowPath: `/workflows/${name}`, type: 'workflows' },
    query,
    body,
    base: `${origin}${resource.id}/${path.slice(0, management.length + 1).join('/')}`,
  });
}
