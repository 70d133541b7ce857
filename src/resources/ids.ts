// ARM resource ids: taken apart, put together, compared without letter case.
import { idCharsMax } from './limits.ts';

/** One `/providers/<namespace>/<type>/<name>/…` part of an id. */
export interface ProviderPart {
  readonly namespace: string;
  readonly types: readonly string[];
  readonly names: readonly string[];
}

export interface ResourceId {
  /** As written, with one slash between segments and none at the end; `/` for the tenant itself. */
  readonly id: string;
  readonly subscriptionId?: string;
  readonly resourceGroup?: string;
  /** The last one says the type; those before it are what an extension resource extends. */
  readonly providers: readonly ProviderPart[];
  /** As spelt: `Microsoft.KeyVault/vaults/keys`, `Microsoft.Resources/resourceGroups`, … */
  readonly type: string;
  /** The last name; empty for the tenant itself. */
  readonly name: string;
  /** Names of the last part, outermost first. */
  readonly names: readonly string[];
  /** Id of what it lies in: the parent resource, the extended resource, group or subscription. */
  readonly parent: string | undefined;
  /** Id without the last provider part: where a resource was deployed to. */
  readonly scope: string;
}

export const groupType = 'Microsoft.Resources/resourceGroups';
export const subscriptionType = 'Microsoft.Resources/subscriptions';
export const tenantType = 'Microsoft.Resources/tenants';

/** Takes an id apart; undefined where it is not one. Slashes may be doubled, as clients send them. */
export function parseResourceId(text: string): ResourceId | undefined {
  if (text.length > idCharsMax || !text.startsWith('/')) return undefined;
  const segments = text.split('/').filter(Boolean);
  const is = (index: number, word: string) => segments[index]?.toLowerCase() === word;
  let at = 0;
  let subscriptionId: string | undefined;
  let resourceGroup: string | undefined;
  if (is(0, 'subscriptions')) {
    subscriptionId = segments[1];
    if (!subscriptionId) return undefined;
    at = 2;
    if (is(2, 'resourcegroups')) {
      resourceGroup = segments[3];
      if (!resourceGroup) return undefined;
      at = 4;
    }
  }
  const providers: ProviderPart[] = [];
  let scopeEnd = at;
  while (at < segments.length) {
    if (!is(at, 'providers')) return undefined;
    scopeEnd = at;
    const part = readPart(segments, at + 1);
    if (!part) return undefined;
    providers.push(part.part);
    at = part.end;
  }
  return describe(segments, { subscriptionId, resourceGroup, providers, scopeEnd });
}

function readPart(
  segments: readonly string[],
  start: number,
): { part: ProviderPart; end: number } | undefined {
  const namespace = segments[start];
  const types: string[] = [];
  const names: string[] = [];
  let at = start + 1;
  while (at < segments.length && segments[at]!.toLowerCase() !== 'providers') {
    const name = segments[at + 1];
    if (name === undefined) return undefined;
    types.push(segments[at]!);
    names.push(name);
    at += 2;
  }
  if (!namespace || types.length === 0) return undefined;
  return { part: { namespace, types, names }, end: at };
}

function describe(
  segments: readonly string[],
  found: {
    subscriptionId?: string;
    resourceGroup?: string;
    providers: ProviderPart[];
    scopeEnd: number;
  },
): ResourceId {
  const { subscriptionId, resourceGroup, providers, scopeEnd } = found;
  const id = `/${segments.join('/')}`;
  const last = providers.at(-1);
  const above = (count: number) => `/${segments.slice(0, count).join('/')}`;
  if (last) {
    const nested = last.names.length > 1;
    return {
      id,
      subscriptionId,
      resourceGroup,
      providers,
      type: [last.namespace, ...last.types].join('/'),
      name: last.names.at(-1)!,
      names: last.names,
      parent: nested ? above(segments.length - 2) : above(scopeEnd),
      scope: above(scopeEnd),
    };
  }
  const type = resourceGroup ? groupType : subscriptionId ? subscriptionType : tenantType;
  const name = resourceGroup ?? subscriptionId ?? '';
  const parent = resourceGroup ? above(2) : subscriptionId ? '/' : undefined;
  const scope = parent ?? '/';
  return { id, subscriptionId, resourceGroup, providers, type, name, names: [name], parent, scope };
}

/** The id of a resource of `type` with `names` (one for each type segment) at `scope`. */
export function resourceIdOf(scope: string, type: string, names: readonly string[]): string {
  const [namespace, ...types] = type.split('/');
  const pairs = types.map((segment, index) => `${segment}/${names[index] ?? ''}`);
  return `${scope === '/' ? '' : scope}/providers/${namespace}/${pairs.join('/')}`;
}

/** Whether `id` is `scope` or lies below it, in any letter case. */
export function isWithin(id: string, scope: string): boolean {
  const inner = id.toLowerCase();
  const outer = scope.toLowerCase().replace(/\/+$/, '');
  return inner === outer || inner.startsWith(`${outer}/`);
}

/** `West Europe` and `westeurope` are one place. */
export function normaliseLocation(location: string): string {
  return location.replaceAll(' ', '').toLowerCase();
}
