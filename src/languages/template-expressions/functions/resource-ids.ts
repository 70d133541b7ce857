// resourceId() and its kin: ids from a type and names, starting at the deployment's place.
import type { Json } from '../../../base/index.ts';
import type { Frame } from '../scope.ts';
import { type FunctionRule, fault, rule, textAt } from './rule.ts';

interface TypedNames {
  /** What stands before the type. */
  readonly lead: readonly string[];
  readonly type: string;
  readonly names: readonly string[];
}

/** The type is the first argument with a slash; each of its segments takes one name. */
function typedNames(name: string, args: readonly Json[], leadMax: number, from = 0): TypedNames {
  const texts = args.map((_each, index) => textAt(name, args, index)).slice(from);
  const at = texts.findIndex((text) => text.includes('/'));
  if (at < 0 || at > leadMax) {
    throw fault(
      name,
      "a fully qualified resource type such as 'Microsoft.KeyVault/vaults' is expected as " +
        `one of the first ${from + leadMax + 1} arguments.`,
    );
  }
  const type = texts[at]!;
  const names = texts.slice(at + 1);
  const wanted = type.split('/').length - 1;
  if (names.length !== wanted || type.split('/').includes('')) {
    throw fault(
      name,
      `the type '${type}' requires '${wanted}' resource name argument(s), '${names.length}' were given.`,
    );
  }
  return { lead: texts.slice(0, at), type, names };
}

function providerPath(type: string, names: readonly string[]): string {
  const [namespace, ...types] = type.split('/');
  const pairs = types.map((segment, index) => `${segment}/${names[index]}`);
  return `/providers/${namespace}/${pairs.join('/')}`;
}

function subscriptionOf(name: string, frame: Frame): string {
  const { subscriptionId } = frame.scope.place;
  if (!subscriptionId) throw fault(name, 'the deployment has no subscription.');
  return subscriptionId;
}

const isGroup = (type: string) => type.toLowerCase() === 'microsoft.resources/resourcegroups';

function resourceId(args: readonly Json[], frame: Frame): string {
  const { lead, type, names } = typedNames('resourceId', args, 2);
  const subscription =
    lead.length === 2 || (lead.length === 1 && looksLikeSubscription(lead[0]!))
      ? lead[0]!
      : subscriptionOf('resourceId', frame);
  const group =
    lead.length === 2
      ? lead[1]
      : lead.length === 1
        ? looksLikeSubscription(lead[0]!)
          ? undefined
          : lead[0]
        : frame.scope.place.resourceGroup;
  if (isGroup(type)) return `/subscriptions/${subscription}/resourceGroups/${names[0]}`;
  const scope = group ? `/resourceGroups/${group}` : '';
  return `/subscriptions/${subscription}${scope}${providerPath(type, names)}`;
}

/** One leading argument is a group, unless it can only be a subscription. */
function looksLikeSubscription(text: string): boolean {
  return /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i.test(text);
}

const unlimited = Number.POSITIVE_INFINITY;

export const resourceIdFunctions: readonly FunctionRule[] = [
  rule('resourceId', 2, unlimited, resourceId),
  rule('subscriptionResourceId', 2, unlimited, (args, frame) => {
    const { lead, type, names } = typedNames('subscriptionResourceId', args, 1);
    const subscription = lead[0] ?? subscriptionOf('subscriptionResourceId', frame);
    if (isGroup(type)) return `/subscriptions/${subscription}/resourceGroups/${names[0]}`;
    return `/subscriptions/${subscription}${providerPath(type, names)}`;
  }),
  rule('tenantResourceId', 2, unlimited, (args) => {
    const { type, names } = typedNames('tenantResourceId', args, 0);
    return providerPath(type, names);
  }),
  rule('managementGroupResourceId', 3, unlimited, (args) => {
    const { lead, type, names } = typedNames('managementGroupResourceId', args, 1);
    if (!lead[0]) throw fault('managementGroupResourceId', 'a management group is expected.');
    const group = `/providers/Microsoft.Management/managementGroups/${lead[0]}`;
    return `${group}${providerPath(type, names)}`;
  }),
  rule('extensionResourceId', 3, unlimited, (args) => {
    const scope = textAt('extensionResourceId', args, 0);
    const { type, names } = typedNames('extensionResourceId', args, 0, 1);
    return `${scope === '/' ? '' : scope.replace(/\/$/, '')}${providerPath(type, names)}`;
  }),
];
