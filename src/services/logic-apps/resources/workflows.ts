// Microsoft.Logic/workflows: a Consumption Logic App, one workflow each.
import { ConfigurationError, type Json, type JsonObject } from '../../../base/index.ts';
import {
  type ActionInput,
  type PrepareInput,
  type ResourceDocument,
  ResourceError,
  type Resources,
  type ResourceType,
} from '../../../resources/index.ts';
import { isObject, type ObjectValue, objectOf, parseJsonValue, type Value } from '../language.ts';
import { isoTime, workflowHexId } from '../names.ts';
import type { Room } from '../room.ts';
import { checkWorkflow, type Surrounding, type WorkflowToSave } from '../workflows.ts';

const type = 'Microsoft.Logic/workflows';

export function workflowType(room: Room, resources: Resources): ResourceType {
  const setState = async ({ resource, apiVersion }: ActionInput, state: string) => {
    const { id, properties, ...rest } = resource;
    await resources.put({
      id,
      apiVersion,
      body: { ...envelope(rest), properties: { ...properties, state } },
      callerObjectId: '',
    });
    return { status: 200 };
  };
  return {
    type,
    apiVersions: ['2019-05-01', '2018-07-01-preview', '2017-07-01', '2016-10-01', '2016-06-01'],
    location: true,
    identity: true,
    prepare: async (input) => prepare(input),
    saved: async (resource) => {
      await room.save(
        toSave(resource.id, resource.name, resource.properties, surroundingOf(resource)),
      );
    },
    deleted: async ({ id }) => room.remove(workflowHexId(id)),
    view: (resource) => view(room, resource),
    actions: {
      enable: (input) => setState(input, 'Enabled'),
      disable: (input) => setState(input, 'Disabled'),
      validate: async () => ({ status: 200 }),
      listCallbackUrl: (input) => room.callbackUrlOf(workflowHexId(input.resource.id), input.body),
      regenerateAccessKey: async ({ resource, body }) => {
        const which = /^secondary$/i.test(String(Object(body).keyType ?? ''))
          ? 'secondary'
          : 'primary';
        await room.workflows.regenerateKey(workflowHexId(resource.id), which);
        return { status: 200 };
      },
    },
    subresource: (input) =>
      room.operate(workflowHexId(input.resource.id), input.method, input.path, {
        place: { workflowPath: input.resource.id, type },
        query: input.query,
        body: input.body,
        base: `${input.origin}${input.resource.id}`,
      }),
  };
}

/** Location, tags and identity as a PUT sends them. */
function envelope({ location, tags, identity }: Partial<ResourceDocument>): JsonObject {
  const assigned = Object.keys(identity?.userAssignedIdentities ?? {});
  return {
    ...(location !== undefined && { location }),
    ...(tags && { tags: { ...tags } }),
    ...(identity && {
      identity: {
        type: identity.type,
        ...(assigned.length > 0 && {
          userAssignedIdentities: Object.fromEntries(assigned.map((id) => [id, {}])),
        }),
      },
    }),
  };
}

function prepare({ id, name, body }: PrepareInput): JsonObject {
  const properties = (body.properties ?? {}) as JsonObject;
  if (properties.definition === undefined) {
    throw new ResourceError(
      400,
      'InvalidRequestContent',
      "The request content is not valid: 'properties.definition' is missing.",
      'properties.definition',
    );
  }
  const access = properties.accessControl;
  if (access && Object.keys(access as object).length > 0) {
    throw new ResourceError(
      400,
      'NotSupported',
      "'accessControl' is not supported yet: triggers are guarded by their signature only.",
      'properties.accessControl',
    );
  }
  const state = String(properties.state ?? 'Enabled');
  if (!/^(enabled|disabled)$/i.test(state))
    throw new ResourceError(
      400,
      'InvalidRequestContent',
      `'${state}' is not a state of a workflow.`,
      'properties.state',
    );
  const kept: JsonObject = {
    state: /^enabled$/i.test(state) ? 'Enabled' : 'Disabled',
    definition: properties.definition,
    parameters: properties.parameters ?? {},
    ...(properties.integrationAccount && { integrationAccount: properties.integrationAccount }),
  };
  try {
    checkWorkflow(toSave(id, name, kept, bare(kept)));
  } catch (error) {
    if (!(error instanceof ConfigurationError)) throw error;
    throw new ResourceError(
      400,
      'InvalidTemplate',
      `The template validation failed: '${error.message}'.`,
      'properties.definition',
    );
  }
  return kept;
}

const bare = (properties: JsonObject): Surrounding => ({
  location: '',
  tags: {},
  appSettings: {},
  hasIntegrationAccount: Boolean(properties.integrationAccount),
});

/** What a workflow's run sees of its resource. */
export const surroundingOf = ({ location, tags, properties }: ResourceDocument): Surrounding => ({
  ...bare(properties),
  location: location ?? '',
  tags: tags ?? {},
});

function toSave(
  resourceId: string,
  name: string,
  properties: JsonObject,
  surrounding: Surrounding,
): WorkflowToSave {
  return {
    hosting: 'consumption',
    name,
    resourceId,
    kind: 'Stateful',
    enabled: properties.state === 'Enabled',
    definition: toValue(properties.definition),
    parameters: valuesOf(toValue(properties.parameters)),
    surrounding,
  };
}

const toValue = (json: Json | undefined): Value => parseJsonValue(JSON.stringify(json ?? {}));

/** `{name: {value}}` to values by name. */
export function valuesOf(parameters: Value): ObjectValue {
  if (!isObject(parameters)) return {};
  return objectOf(
    Object.entries(parameters).flatMap(([name, each]): [string, Value][] =>
      isObject(each) && each.value !== undefined ? [[name, each.value]] : [],
    ),
  );
}

async function view(
  { workflows }: Room,
  { id, properties }: ResourceDocument,
): Promise<JsonObject> {
  const found = await workflows.find(workflowHexId(id));
  const definition = (properties.definition ?? {}) as JsonObject;
  const declared = (definition.parameters ?? {}) as Record<string, JsonObject>;
  const parameters = Object.entries((properties.parameters ?? {}) as JsonObject).filter(
    ([name]) => !/^secure/i.test(String(declared[name]?.type ?? '')),
  );
  const { document, loaded } = found ?? {};
  return {
    provisioningState: 'Succeeded',
    ...(document && {
      createdTime: isoTime(document.createdMs),
      changedTime: isoTime(document.changedMs),
      version: document.version,
    }),
    ...properties,
    parameters: Object.fromEntries(parameters),
    ...(loaded && { accessEndpoint: `${loaded.facts.endpoint}/workflows/${loaded.facts.hexId}` }),
  };
}
