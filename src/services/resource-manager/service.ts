// management.azure.com: token, route, right, answer.
import type { AccessRoom } from '../../access/index.ts';
import { type Clock, newGuid } from '../../base/index.ts';
import { type Connection, matchRoute, type Service, type TokenVerifier } from '../../http/index.ts';
import {
  type DirectoryExtension,
  ResourceError,
  type Resources,
  type ResourceType,
  type Subscriptions,
} from '../../resources/index.ts';
import type { Store } from '../../store/index.ts';
import { inSpanOf, setAttributes } from '../../telemetry/index.ts';
import { authenticate } from './authentication.ts';
import { deployments } from './deployments/records.ts';
import { notFound, renderDefect, renderError } from './errors.ts';
import { authorizationTypes } from './role-assignments.ts';
import type { Call, Room } from './room.ts';
import { routes } from './routes.ts';
import { metadataEndpoints } from './subscriptions.ts';

export interface ResourceManagerOptions {
  readonly store: Store;
  readonly clock: Clock;
  readonly resources: Resources;
  readonly access: AccessRoom;
  readonly subscriptions: Subscriptions;
  readonly verifier: TokenVerifier;
  readonly directoryExtension: DirectoryExtension;
  /** Default `https://login.microsoftonline.com`. */
  readonly authority?: string;
  /** Told of what is our own fault. */
  readonly onDefect?: (error: unknown) => void;
}

export interface ResourceManager {
  readonly service: Service;
  /** Role assignments, role definitions, deployments; registered with `resources` already. */
  readonly resourceTypes: readonly ResourceType[];
}

/** The control plane; every request needs a token but the metadata's. */
export function createResourceManager(options: ResourceManagerOptions): ResourceManager {
  const room: Room = {
    ...options,
    authority: options.authority ?? 'https://login.microsoftonline.com',
    defect: (error) => options.onDefect?.(error),
  };
  const resourceTypes = [...authorizationTypes(room), deployments];
  room.resources.register(resourceTypes);
  const service: Service = (request, connection) =>
    inSpanOf(
      request.headers.get('traceparent') ?? undefined,
      'control plane',
      { service: 'control plane', method: request.method, url: bareUrl(request.url) },
      async () => {
        const response = await answer(room, request, connection);
        setAttributes({ status: response.status });
        return response;
      },
    );
  return { service, resourceTypes };
}

const bareUrl = (url: string) => url.split('?')[0]!;

async function answer(room: Room, request: Request, connection: Connection): Promise<Response> {
  const requestId = newGuid();
  let response: Response;
  try {
    response = await handle(room, request, connection);
  } catch (error) {
    if (error instanceof ResourceError) response = renderError(error);
    else {
      room.defect(error);
      response = renderDefect();
    }
  }
  const headers = new Headers(response.headers);
  const given = request.headers.get('x-ms-client-request-id');
  headers.set('x-ms-request-id', requestId);
  headers.set(
    'x-ms-correlation-request-id',
    request.headers.get('x-ms-correlation-request-id') ?? requestId,
  );
  headers.set('cache-control', 'no-cache');
  if (given) headers.set('x-ms-client-request-id', given);
  const body = request.method === 'HEAD' ? null : response.body;
  return new Response(body, { status: response.status, headers });
}

async function handle(room: Room, request: Request, connection: Connection): Promise<Response> {
  const url = new URL(request.url);
  const path = `/${url.pathname.split('/').filter(Boolean).join('/')}`;
  const query = queryOf(url);
  const apiVersion = query['api-version'] ?? '';
  if (path.toLowerCase() === '/metadata/endpoints' && request.method === 'GET') {
    return Response.json(metadataEndpoints(apiVersion, url.origin, room.authority));
  }
  const subscription = /^\/subscriptions\/([^/]+)/i.exec(path)?.[1];
  const tenantId = subscription && room.subscriptions.tenantOf(subscription);
  const caller = await authenticate(
    room,
    request.headers.get('authorization'),
    tenantId,
    connection,
  );
  setAttributes({ principal: caller.objectId });
  if (apiVersion === '') {
    throw new ResourceError(
      400,
      'MissingApiVersionParameter',
      'The api-version query parameter (?api-version=) is required for all requests.',
    );
  }
  const match = matchRoute(routes, request.method, path);
  if (!match || 'allow' in match) throw notFound.path(request.method);
  const call: Call = {
    room,
    caller,
    request,
    connection,
    method: request.method,
    origin: url.origin,
    path,
    parameters: canonical(match.parameters, room),
    query,
    apiVersion,
  };
  return match.route.handler(call);
}

/** A subscription is spelt as the environment spells it. */
function canonical(
  parameters: Readonly<Record<string, string>>,
  { subscriptions }: Room,
): Readonly<Record<string, string>> {
  const wanted = parameters.subscription?.toLowerCase();
  const found = subscriptions.list().find((each) => each.subscriptionId.toLowerCase() === wanted);
  return found ? { ...parameters, subscription: found.subscriptionId } : parameters;
}

function queryOf(url: URL): Readonly<Record<string, string>> {
  const query: Record<string, string> = Object.create(null);
  for (const [name, value] of url.searchParams) query[name.toLowerCase()] ??= value;
  return query;
}
