// What can be said of a template before anything is written: for the host at load time, and for PUT.
import type { Json, JsonObject } from '../../../base/index.ts';
import {
  checkTree,
  type Fault,
  type HostFunction,
  isExpression,
  isObject,
  TemplateExpressionError,
} from '../../../languages/template-expressions/index.ts';
import { ResourceError, type ResourceType } from '../../../resources/index.ts';
import { UnknownValue } from './parameters.ts';
import { planTemplate } from './plan.ts';
import { createContext } from './scope.ts';
import { environment, type Place, placeId, type Surroundings } from './surroundings.ts';
import { readTemplate, type Template } from './template.ts';

export interface CheckInput {
  /** The template as read from its file. */
  readonly template: Json;
  /** As a deployment carries them: `{"name": {"value": …}}`. */
  readonly parameters: JsonObject;
  /** Parameters whose values come later, such as outputs of an earlier step. */
  readonly unknown?: Iterable<string>;
  readonly place: Place;
  /** All types that the environment will have. */
  readonly types: readonly ResourceType[];
  /** Location of the resource group, where it is known. */
  readonly location?: string;
  readonly deploymentName?: string;
}

/** All faults of a template and its parameters, each with its path in the template's JSON. */
export function checkTemplate(input: CheckInput): Fault[] {
  const types = new Map(input.types.map((type) => [type.type.toLowerCase(), type]));
  const typeOf = (type: string) => types.get(type.toLowerCase());
  const faults = checkStatic(input.template, typeOf);
  if (faults.length > 0) return faults;
  const attempt = (work: () => void) => {
    try {
      work();
    } catch (error) {
      if (error instanceof UnknownValue) return;
      faults.push(faultOf(error));
    }
  };
  attempt(() => {
    const unknown = new Set([...(input.unknown ?? [])].map((name) => name.toLowerCase()));
    const given = { given: input.parameters, unknown };
    const context = createContext(readTemplate(input.template), given, assumed(input));
    for (const { name } of context.template.parameters.values()) {
      attempt(() => void context.parameters.read(name));
    }
    if (faults.length > 0) return;
    planTemplate(context, { typeOf, unknown: () => undefined });
  });
  return faults;
}

function faultOf(error: unknown): Fault {
  if (error instanceof ResourceError) {
    return { path: error.target ?? '', message: `${error.code}: ${error.message}` };
  }
  if (error instanceof TemplateExpressionError) {
    const { path = '', message, expression, offset } = error;
    return { path, message, expression, offset };
  }
  throw error;
}

/** What needs no values: the shape, every expression, every type that is written out. */
export function checkStatic(
  raw: Json,
  typeOf: (type: string) => ResourceType | undefined,
  path = '',
): Fault[] {
  let template: Template;
  try {
    template = readTemplate(raw);
  } catch (error) {
    const fault = faultOf(error);
    return [{ ...fault, path: join(path, fault.path) }];
  }
  const faults = path === '' ? checkTree(withoutProse(raw)) : [];
  for (const entry of template.resources) {
    const type = [...entry.inside, entry.raw].map((each) => String(each.type)).join('/');
    const place = join(path, entry.path);
    const foreign = entry.raw.import !== undefined || entry.raw.existing === true;
    const extension = String(entry.raw.extension ?? '').toLowerCase();
    const graph = /^MicrosoftGraph/i.test(template.imports.get(extension) ?? '');
    if (!foreign && !graph && !isExpression(type) && !typeOf(extensionType(type))) {
      faults.push({
        path: `${place}.type`,
        message: `InvalidResourceType: The resource type '${type}' is not supported by Lazurite.`,
      });
    }
    const { properties } = entry.raw;
    if (isDeployment(type) && isObject(properties) && properties.template !== undefined) {
      faults.push(...checkStatic(properties.template, typeOf, `${place}.properties.template`));
    }
  }
  return faults;
}

/** Descriptions are prose: a `[` in them is no expression. */
function withoutProse(raw: Json): Json {
  if (Array.isArray(raw)) return raw.map(withoutProse);
  if (!isObject(raw)) return raw;
  const members = Object.entries(raw).filter(
    ([name]) => name !== 'metadata' && name !== 'definitions',
  );
  return Object.fromEntries(
    members.map(([name, value]) => [name, withoutProse(value)]),
  ) as JsonObject;
}

/** `Microsoft.KeyVault/vaults/providers/roleAssignments` names its type only with the name. */
function extensionType(type: string): string {
  const match = /\/providers\/([^/]+)$/i.exec(type);
  return match?.[1]?.toLowerCase() === 'roleassignments'
    ? 'Microsoft.Authorization/roleAssignments'
    : type;
}

const isDeployment = (type: string) => type.toLowerCase() === 'microsoft.resources/deployments';

const join = (path: string, inner: string) => (path && inner ? `${path}.${inner}` : path || inner);

/** Surroundings as far as they are known before anything runs. */
function assumed({
  place,
  location = 'westeurope',
  deploymentName = 'check',
  template,
}: CheckInput): Surroundings {
  const { subscriptionId, tenantId, resourceGroup } = place;
  const id = placeId(place);
  const anywhere = new Map<string, HostFunction>([
    [
      'subscription',
      () => ({ id: `/subscriptions/${subscriptionId}`, subscriptionId, tenantId, displayName: '' }),
    ],
    ['tenant', () => ({ tenantId, countryCode: '', displayName: '' })],
    [
      'deployment',
      () => ({ name: deploymentName, location, properties: { mode: 'Incremental', template } }),
    ],
    ['deployer', hidden],
    ['environment', () => environment('https://login.microsoftonline.com')],
    ['providers', hidden],
  ]);
  if (resourceGroup !== undefined) {
    const group = {
      id,
      name: resourceGroup,
      type: 'Microsoft.Resources/resourceGroups',
      location,
      tags: {},
    };
    anywhere.set('resourcegroup', () => ({
      ...group,
      properties: { provisioningState: 'Succeeded' },
    }));
  }
  const inDefaults = new Map([
    ...anywhere,
    ['utcnow', hidden] as const,
    ['newguid', hidden] as const,
  ]);
  return { place, anywhere, inDefaults };
}

const hidden: HostFunction = () => {
  throw new UnknownValue('known only when it runs');
};
