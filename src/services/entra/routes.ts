// What login.microsoftonline.com answers, and what it names but does not serve.
import { type Connection, matchRoute, type Route, type Service } from '../../http/index.ts';
import {
  documentHeaders,
  instanceDiscovery,
  keySet,
  openIdDocument,
  refusalResponse,
} from './discovery.ts';
import { Refusal } from './errors.ts';
import { answerToken } from './token-endpoint.ts';
import type { TokenService } from './token-request.ts';

type Handler = (
  service: TokenService,
  request: Request,
  connection: Connection,
  parameters: Readonly<Record<string, string>>,
) => Promise<Response>;

const token =
  (version: 1 | 2): Handler =>
  (service, request, connection, { tenant }) =>
    answerToken(service, request, connection, { tenant: tenant!, version });

/** A part of Entra that is known and not here: it says so, and never pretends. */
const unserved =
  (what: string): Handler =>
  async () => {
    const error_description = `Lazurite does not serve ${what}.`;
    return Response.json({ error: 'unsupported_operation', error_description }, { status: 501 });
  };

/** MSAL asks for the realm of a user before a password sign-in; 404 is an answer it knows. */
const userRealm: Handler = async () => new Response(null, { status: 404 });

const v2 = '/{tenant}/oauth2/v2.0';
const v1 = '/{tenant}/oauth2';

export const loginRoutes: readonly Route<Handler>[] = [
  { method: '*', path: `${v2}/token`, operation: 'Token (v2)', handler: token(2) },
  { method: '*', path: `${v1}/token`, operation: 'Token (v1)', handler: token(1) },
  {
    method: 'GET',
    path: '/common/discovery/instance',
    operation: 'Instance discovery',
    handler: instanceDiscovery,
  },
  {
    method: 'GET',
    path: '/{tenant}/v2.0/.well-known/openid-configuration',
    operation: 'OpenID metadata (v2)',
    handler: openIdDocument(2),
  },
  {
    method: 'GET',
    path: '/{tenant}/.well-known/openid-configuration',
    operation: 'OpenID metadata (v1)',
    handler: openIdDocument(1),
  },
  {
    method: 'GET',
    path: '/{tenant}/discovery/v2.0/keys',
    operation: 'Keys (v2)',
    handler: keySet(2),
  },
  { method: 'GET', path: '/{tenant}/discovery/keys', operation: 'Keys (v1)', handler: keySet(1) },
  {
    method: 'GET',
    path: '/common/userrealm/{user}',
    operation: 'User realm',
    handler: userRealm,
  },
  ...['authorize', 'devicecode', 'logout'].flatMap((part): Route<Handler>[] => [
    {
      method: '*',
      path: `${v2}/${part}`,
      operation: `${part} (v2)`,
      handler: unserved(`the endpoint '${part}'`),
    },
    {
      method: '*',
      path: `${v1}/${part}`,
      operation: `${part} (v1)`,
      handler: unserved(`the endpoint '${part}'`),
    },
  ]),
  {
    method: '*',
    path: '/{tenant}/adminconsent',
    operation: 'Admin consent (v1)',
    handler: unserved(
      "admin consent; create the service principal with Graph's POST /servicePrincipals",
    ),
  },
  {
    method: '*',
    path: '/{tenant}/v2.0/adminconsent',
    operation: 'Admin consent (v2)',
    handler: unserved(
      "admin consent; create the service principal with Graph's POST /servicePrincipals",
    ),
  },
];

/** The service of login.microsoftonline.com and its aliases. */
export function loginService(service: TokenService): Service {
  return async (request, connection) => {
    const method = request.method === 'HEAD' ? 'GET' : request.method;
    const found = matchRoute(loginRoutes, method, pathOf(request.url));
    if (!found) return new Response(null, { status: 404 });
    if ('allow' in found) {
      const status = method === 'OPTIONS' ? 204 : 405;
      const headers = { ...documentHeaders, Allow: found.allow.join(', ') };
      return new Response(null, { status, headers });
    }
    try {
      const response = await found.route.handler(service, request, connection, found.parameters);
      return request.method === 'HEAD' ? withoutBody(response) : response;
    } catch (error) {
      if (error instanceof Refusal) return refusalResponse(error, service.clock.now());
      throw error;
    }
  };
}

function withoutBody({ status, headers }: Response): Response {
  return new Response(null, { status, headers });
}

/** The path of an absolute URL as it was written: `new URL` would take `//` for a host elsewhere. */
export function pathOf(url: string): string {
  const start = url.indexOf('/', url.indexOf('://') + 3);
  const end = url.search(/[?#]/);
  if (start < 0) return '/';
  return end < 0 ? url.slice(start) : url.slice(start, end);
}
