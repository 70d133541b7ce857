// What a provider answers at a subscription: names, deleted resources; each type brings its own.
import { matchRoute } from '../../http/index.ts';
import type { ActionAnswer } from '../../resources/index.ts';
import { authorize } from './authorization.ts';
import type { Call } from './room.ts';
import { readJson } from './wire.ts';

/** Undefined where no registered type has such an operation. */
export async function providerOperation(
  call: Call,
  path: string,
): Promise<ActionAnswer | undefined> {
  const at = /^\/subscriptions\/([^/]+)\/providers\/([^/]+)\/(.+)$/i.exec(path);
  if (!at) return undefined;
  const [, subscriptionId = '', namespace = '', rest = ''] = at;
  const routes = call.room.resources.types
    .filter(({ type }) => type.toLowerCase().startsWith(`${namespace.toLowerCase()}/`))
    .flatMap((type) => type.providerOperations ?? [])
    .map((each) => ({ method: each.method, path: each.path, operation: '', handler: each }));
  const match = matchRoute(routes, call.method, rest);
  if (!match || 'allow' in match) return undefined;
  const { handler } = match.route;
  const scope = `/subscriptions/${subscriptionId}`;
  await authorize(call.room, call.caller, { action: handler.action, scope });
  const { apiVersion, query, origin } = call;
  const body = call.method === 'POST' ? await readJson(call.request) : null;
  const { parameters } = match;
  return handler.answer({ subscriptionId, parameters, apiVersion, query, origin, body });
}
