// Which API and operation a request belongs to.
import { joinPath, type QueryPair, queryPairs } from './address.ts';
import type { Api, GatewayService, Operation } from './configuration.ts';

export interface Match {
  readonly api: Api;
  /** Undefined where the API has no operation for the request. */
  readonly operation: Operation | undefined;
  readonly parameters: ReadonlyMap<string, string>;
  /** Raw, behind the API's path, version and revision. */
  readonly path: string;
  /** Raw, without the key and the version that were parameters. */
  readonly query: string;
}

export interface MatchInput {
  readonly method: string;
  /** Raw, decoded nowhere. */
  readonly path: string;
  readonly query: string;
  header(name: string): string | undefined;
}

/** The API with the longest path wins; in it the most specific operation. */
export function matchRequest(service: GatewayService, input: MatchInput): Match | undefined {
  const pairs = queryPairs(input.query);
  const segments = input.path.split('/').filter(Boolean);
  let best: { api: Api; used: number } | undefined;
  for (const api of service.apis) {
    const used = segmentsUsed(api, segments, pairs, input);
    if (used !== undefined && (!best || used > best.used)) best = { api, used };
  }
  if (!best) return undefined;
  const { api } = best;
  const path = `/${segments.slice(best.used).join('/')}`;
  const slash = path !== '/' && input.path.endsWith('/') ? '/' : '';
  for (const operation of api.operations) {
    if (operation.method !== '*' && operation.method !== input.method.toUpperCase()) continue;
    const parameters = operation.template.match(path, pairs);
    if (parameters) return { api, operation, parameters, path: path + slash, query: input.query };
  }
  return {
    api,
    operation: undefined,
    parameters: new Map(),
    path: path + slash,
    query: input.query,
  };
}

/** How many segments belong to the API; undefined where it is not this API. */
function segmentsUsed(
  api: Api,
  segments: readonly string[],
  pairs: readonly QueryPair[],
  input: MatchInput,
): number | undefined {
  const own = api.segments;
  if (own.length > segments.length) return undefined;
  let revision: string | undefined;
  for (const [index, wanted] of own.entries()) {
    let given = segments[index]!;
    const marked = index === own.length - 1 ? /^(.*);rev=([^;/]+)$/i.exec(given) : null;
    if (marked) [, given = '', revision] = marked;
    if (given.toLowerCase() !== wanted.toLowerCase()) return undefined;
  }
  if (revision === undefined ? !api.isCurrent : api.revision !== revision) return undefined;
  return isVersion(api, pairs, input) ? own.length : undefined;
}

function isVersion(api: Api, pairs: readonly QueryPair[], input: MatchInput): boolean {
  const { version = '', versionSet } = api;
  if (!versionSet || versionSet.scheme === 'Segment') return true;
  const { scheme, parameterName } = versionSet;
  const asked =
    scheme === 'Header'
      ? input.header(parameterName)
      : pairs.find(([name]) => name.toLowerCase() === parameterName.toLowerCase())?.[1];
  return (asked ?? '').toLowerCase() === version.toLowerCase();
}

/** The API's address as the challenge of a missing key names it. */
export function apiRealm(host: string, api: Api): string {
  return `https://${host}${joinPath('', `/${api.path}`)}`;
}
