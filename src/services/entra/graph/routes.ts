// What graph.microsoft.com answers: the part of v1.0 (and beta, the same) that applications need.
import { type Connection, matchRoute, type Route, type Service } from '../../../http/index.ts';
import { decide } from '../../../telemetry/index.ts';
import { DirectoryError } from '../registrations/errors.ts';
import type { TokenService } from '../token-request.ts';
import {
  addApplicationPassword,
  createApplication,
  createFederatedCredential,
  getApplication,
  getFederatedCredential,
  listApplications,
  listFederatedCredentials,
  removeApplication,
  removeApplicationPassword,
  removeFederatedCredential,
  updateApplication,
  updateFederatedCredential,
} from './applications.ts';
import { authenticateCaller, requirePermission } from './authorize.ts';
import {
  collection,
  errorResponse,
  type GraphAnswer,
  type GraphOperation,
  readJsonBody,
  readQuery,
} from './call.ts';
import {
  createAssignment,
  createServicePrincipal,
  getAssignment,
  getByIds,
  getServicePrincipal,
  listAssignments,
  listServicePrincipals,
  removeAssignment,
  removeServicePrincipal,
  updateServicePrincipal,
} from './service-principals.ts';
import { organizationView } from './views.ts';

const organization: GraphOperation = {
  permission: 'any',
  async answer(call) {
    return collection(call, 'organization', [organizationView(call.place.tenant)]);
  },
};

/** az asks it first and goes on to servicePrincipals when it is an error. */
const me: GraphOperation = {
  permission: 'any',
  async answer() {
    throw new DirectoryError(
      'BadRequest',
      '/me request is only valid with delegated authentication flow.',
    );
  },
};

const route = (
  method: string,
  path: string,
  operation: string,
  handler: GraphOperation,
): Route<GraphOperation> => ({ method, path, operation, handler });

const sides = [
  ['appRoleAssignedTo', 'resourceId'],
  ['appRoleAssignments', 'principalId'],
] as const;

const application = '/applications/{id}';
const federated = `${application}/federatedIdentityCredentials`;
const principal = '/servicePrincipals/{id}';

/** Paths without the version. */
export const graphRoutes: readonly Route<GraphOperation>[] = [
  route('GET', '/applications', 'List applications', listApplications),
  route('POST', '/applications', 'Create application', createApplication),
  route('GET', application, 'Get application', getApplication),
  route('PATCH', application, 'Update or upsert application', updateApplication),
  route('DELETE', application, 'Delete application', removeApplication),
  route('POST', `${application}/addPassword`, 'Add password', addApplicationPassword),
  route(
    'POST',
    `${application}/microsoft.graph.addPassword`,
    'Add password',
    addApplicationPassword,
  ),
  route('POST', `${application}/removePassword`, 'Remove password', removeApplicationPassword),
  route('GET', federated, 'List federated credentials', listFederatedCredentials),
  route('POST', federated, 'Create federated credential', createFederatedCredential),
  route('GET', `${federated}/{credential}`, 'Get federated credential', getFederatedCredential),
  route(
    'PATCH',
    `${federated}/{credential}`,
    'Update federated credential',
    updateFederatedCredential,
  ),
  route(
    'DELETE',
    `${federated}/{credential}`,
    'Delete federated credential',
    removeFederatedCredential,
  ),
  route('GET', '/servicePrincipals', 'List service principals', listServicePrincipals),
  route('POST', '/servicePrincipals', 'Create service principal', createServicePrincipal),
  route('GET', principal, 'Get service principal', getServicePrincipal),
  route('PATCH', principal, 'Update service principal', updateServicePrincipal),
  route('DELETE', principal, 'Delete service principal', removeServicePrincipal),
  ...sides.flatMap(([name, side]) => [
    route('GET', `${principal}/${name}`, `List ${name}`, listAssignments(side)),
    route('POST', `${principal}/${name}`, `Create ${name}`, createAssignment(side)),
    route('GET', `${principal}/${name}/{assignment}`, `Get ${name}`, getAssignment(side)),
    route('DELETE', `${principal}/${name}/{assignment}`, `Delete ${name}`, removeAssignment(side)),
  ]),
  route('POST', '/directoryObjects/getByIds', 'Get directory objects by ids', getByIds),
  route(
    'POST',
    '/directoryObjects/microsoft.graph.getByIds',
    'Get directory objects by ids',
    getByIds,
  ),
  route('GET', '/organization', 'List organization', organization),
  route('GET', '/me', 'Get me', me),
];

/** The service of graph.microsoft.com. */
export function graphService(service: TokenService): Service {
  return async (request, connection) => {
    try {
      return render(await answerCall(service, request, connection));
    } catch (error) {
      if (!(error instanceof DirectoryError)) throw error;
      const { code, message } = error;
      decide({ rule: 'graph request', outcome: 'refused', reason: `${code}: ${message}` });
      return errorResponse(error, request, service.clock.now());
    }
  };
}

function render({ status, body, headers }: GraphAnswer): Response {
  const type =
    'application/json;odata.metadata=minimal;odata.streaming=true;IEEE754Compatible=false;charset=utf-8';
  const text = body === undefined ? null : JSON.stringify(body);
  return new Response(text, {
    status,
    headers: { ...(text !== null && { 'Content-Type': type, 'OData-Version': '4.0' }), ...headers },
  });
}

async function answerCall(
  service: TokenService,
  request: Request,
  _connection: Connection,
): Promise<GraphAnswer> {
  const { origin, version, path } = splitPath(request.url);
  const found = version && matchRoute(graphRoutes, request.method, path);
  const view = await service.directory.view();
  const caller = authenticateCaller(service, view, request.headers.get('authorization'));
  if (!found) {
    throw new DirectoryError(
      'notSupported',
      `Lazurite does not serve '${request.method} ${path.slice(0, 200)}' of Microsoft Graph.`,
    );
  }
  if ('allow' in found) {
    throw new DirectoryError(
      'BadRequest',
      `The path answers ${found.allow.join(', ')}, not ${request.method}.`,
    );
  }
  const { handler } = found.route;
  if (handler.permission !== 'any') requirePermission(caller, handler.permission);
  const { tenant } = caller;
  const nowMs = service.clock.now();
  return handler.answer({
    caller,
    request,
    root: `${origin}/${version}`,
    parameters: found.parameters,
    query: readQuery(request.url),
    body: await readJsonBody(request),
    place: { view, tenant, nowMs },
    change: (plan) => service.directory.change((newest) => plan({ view: newest, tenant, nowMs })),
    require: (permission) => requirePermission(caller, permission),
    view: async () => service.directory.view(),
  });
}

/** `applications(appId='…')` becomes `applications/appId='…'`, so that one table serves both. */
function splitPath(url: string) {
  const { origin, pathname } = new URL(url);
  const match = /^\/+(v1\.0|beta)(\/.*)?$/i.exec(pathname);
  if (!match) return { origin, version: undefined, path: pathname };
  const path = (match[2] ?? '/')
    .split('/')
    .map((segment) => {
      const keyed = /^([A-Za-z]+)\(([A-Za-z]+(?:=|%3D)?.*)\)$/.exec(segment);
      return keyed ? `${keyed[1]}/${keyed[2]}` : segment;
    })
    .join('/');
  return { origin, version: match[1]!.toLowerCase(), path };
}
