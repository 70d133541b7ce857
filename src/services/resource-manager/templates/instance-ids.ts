// The id of a template's resource: from type, names, scope, and where a nested deployment goes.
import {
  type EvaluationScope,
  evaluateTree,
} from '../../../languages/template-expressions/index.ts';
import { groupType, parseResourceId, resourceIdOf } from '../../../resources/index.ts';
import { type Place, placeId } from './surroundings.ts';
import { invalidTemplate, type ResourceEntry } from './template.ts';

/** `resourceGroup` and `subscriptionId` of a nested deployment send it elsewhere. */
export function placeOf({ raw, path }: ResourceEntry, scope: EvaluationScope, own: Place): Place {
  const read = (member: 'resourceGroup' | 'subscriptionId') => {
    if (raw[member] === undefined) return undefined;
    const value = evaluateTree(raw[member], scope, { path: `${path}.${member}` });
    if (typeof value === 'string' && value !== '') return value;
    throw invalidTemplate(`The '${member}' must be a string`, `${path}.${member}`);
  };
  const resourceGroup = read('resourceGroup');
  const subscriptionId = read('subscriptionId');
  if (subscriptionId !== undefined && subscriptionId !== own.subscriptionId) {
    return { tenantId: own.tenantId, subscriptionId, ...(resourceGroup && { resourceGroup }) };
  }
  return resourceGroup === undefined ? own : { ...own, resourceGroup };
}

export interface IdInput {
  readonly entry: ResourceEntry;
  readonly scope: EvaluationScope;
  readonly type: string;
  readonly name: string;
  /** Where the resource itself goes, and where its template does. */
  readonly place: Place;
  readonly own: Place;
}

export function instanceId(input: IdInput): string {
  const { entry, type, name, place } = input;
  const names = name.split('/');
  const wanted = type.split('/').length - 1;
  if (wanted < 1 || names.length !== wanted || names.includes('')) {
    throw invalidTemplate(
      `The template resource '${name}' for type '${type}' has incorrect segment lengths. A nested ` +
        'resource type must have identical number of segments as its resource name. A root resource ' +
        'type must have segment length one greater than its resource name. Please see ' +
        'https://aka.ms/arm-syntax-resources for usage details.',
      `${entry.path}.name`,
    );
  }
  if (type.toLowerCase() === groupType.toLowerCase()) {
    return `/subscriptions/${place.subscriptionId}/resourceGroups/${name}`;
  }
  const id = resourceIdOf(scopeOf(input), type, names);
  if (parseResourceId(id)) return id;
  throw invalidTemplate(`The resource '${name}' of type '${type}' has no valid id`, entry.path);
}

/** `scope` of an extension resource: an id, or type and names relative to the deployment. */
function scopeOf({ entry: { raw, path }, scope, place, own }: IdInput): string {
  if (raw.scope === undefined) return placeId(place);
  const written = evaluateTree(raw.scope, scope, { path: `${path}.scope` });
  if (typeof written !== 'string') {
    throw invalidTemplate('The scope of a resource must be a string', `${path}.scope`);
  }
  const id = written.startsWith('/') ? written : relative(written, placeId(own));
  if (parseResourceId(id)) return id.replace(/\/$/, '') || '/';
  throw invalidTemplate(`The scope '${written}' is no resource id`, `${path}.scope`);
}

/** `Microsoft.KeyVault/vaults/v/keys/k` → `…/providers/Microsoft.KeyVault/vaults/v/keys/k`. */
function relative(written: string, place: string): string {
  return `${place}/providers/${written}`;
}
