// The identity endpoint of App Service, Functions, Logic Apps Standard and Container Apps.
import { equalsConstantTime, newGuid } from '../../base/index.ts';
import { type Connection, OutboundError, type Service } from '../../http/index.ts';
import { decide } from '../../telemetry/index.ts';
import {
  type CallerIdentity,
  type CallerParts,
  identitiesOf,
  readSelector,
  selectIdentity,
} from './callers.ts';
import { type IdentityToken, type IdentityTokens, TokenRefusedError } from './tokens.ts';

class AppServiceError extends Error {
  readonly status: number;

  constructor(status: number, message: string) {
    super(message);
    this.name = 'AppServiceError';
    this.status = status;
  }
}

/** What differs between the two versions of the protocol. */
interface Version {
  readonly secretHeader: string;
  readonly selectors: Parameters<typeof readSelector>[1];
  readonly notFound: string;
  render(token: IdentityToken): object;
  error(status: number, message: string, correlationId: string): object;
}

const versions: Readonly<Record<string, Version>> = {
  '2019-08-01': {
    secretHeader: 'x-identity-header',
    selectors: {
      client_id: 'client',
      object_id: 'object',
      principal_id: 'object',
      mi_res_id: 'resource',
    },
    notFound:
      'No User Assigned or Delegated Managed Identity found for specified ClientId/ResourceId/PrincipalId.',
    render: ({ accessToken, clientId, expiresOn, notBefore, resource }) => ({
      access_token: accessToken,
      client_id: clientId,
      expires_on: String(expiresOn),
      not_before: String(notBefore),
      resource,
      token_type: 'Bearer',
    }),
    error: (statusCode, message, correlationId) => ({ statusCode, message, correlationId }),
  },
  '2017-09-01': {
    secretHeader: 'secret',
    selectors: { clientid: 'client' },
    notFound: 'No MSI found for specified ClientId/ResourceId.',
    render: ({ accessToken, expiresOn, resource }) => ({
      access_token: accessToken,
      expires_on: dateText(expiresOn),
      resource,
      token_type: 'Bearer',
    }),
    error: (StatusCode, Message, CorrelationId) => ({ StatusCode, Message, CorrelationId }),
  },
};
const newest = versions['2019-08-01']!;

/** `1/17/2020 12:00:00 PM +00:00`: invariant .NET text of a DateTimeOffset in UTC. */
function dateText(seconds: number): string {
  const date = new Date(seconds * 1000);
  const hour = date.getUTCHours();
  const two = (value: number) => String(value).padStart(2, '0');
  const day = `${date.getUTCMonth() + 1}/${date.getUTCDate()}/${date.getUTCFullYear()}`;
  const time = `${hour % 12 || 12}:${two(date.getUTCMinutes())}:${two(date.getUTCSeconds())}`;
  return `${day} ${time} ${hour < 12 ? 'AM' : 'PM'} +00:00`;
}

const tokenPath = /^\/+msi\/token\/*$/i;

export interface AppServiceParts extends CallerParts {
  readonly tokens: IdentityTokens;
  /** The value of IDENTITY_HEADER that belongs to a resource. */
  identityHeaderOf(resourceId: string): Promise<string>;
}

/** Answers for the resource that is calling when it sends that resource's own header. */
export function appServiceService(parts: AppServiceParts): Service {
  return async (request, connection) => {
    const query = new URL(request.url).searchParams;
    const version = versions[query.get('api-version') ?? ''];
    try {
      const token = await answerToken(parts, request, connection, version);
      return Response.json((version ?? newest).render(token));
    } catch (error) {
      const { status, message } = worded(error);
      return Response.json((version ?? newest).error(status, message, newGuid()), { status });
    }
  };
}

async function answerToken(
  parts: AppServiceParts,
  request: Request,
  connection: Connection,
  version: Version | undefined,
): Promise<IdentityToken> {
  const { pathname, searchParams: query } = new URL(request.url);
  if (!tokenPath.test(pathname)) {
    throw refuse(404, 'Not found.', 'IDENTITY_ENDPOINT ends in /msi/token.');
  }
  if (request.method !== 'GET') throw refuse(405, 'Method not allowed.', 'Send a GET.');
  if (!version) {
    const served = Object.keys(versions).join(' or ');
    throw refuse(400, 'Unsupported api-version.', `Send api-version=${served}.`);
  }
  const resourceId = await checkHeader(parts, request, connection, version);
  const resource = query.get('resource');
  if (!resource) {
    throw refuse(400, 'The resource parameter is required.', 'Send resource=<identifier URI>.');
  }
  const identity = await findIdentity(parts, query, resourceId, version);
  const token = await parts.tokens({
    identity,
    resource,
    refusedTokenHash: query.get('token_sha256_to_refresh') ?? undefined,
    hops: connection.hops,
  });
  if (!token) throw refuse(400, version.notFound, 'The identity was deleted; assign it again.');
  return token;
}

async function checkHeader(
  parts: AppServiceParts,
  request: Request,
  { callingResource }: Connection,
  { secretHeader, notFound }: Version,
): Promise<string> {
  if (callingResource === undefined) {
    const fix = 'Start the program with `lazurite exec --as <resource id>`.';
    throw refuse(400, notFound, fix, 'Nothing says which resource is calling.');
  }
  const sent = request.headers.get(secretHeader);
  const expected = await parts.identityHeaderOf(callingResource);
  if (sent === null || !equalsConstantTime(sent, expected)) {
    const what = sent === null ? 'missing' : 'not the one of the calling resource';
    throw refuse(
      403,
      'Forbidden.',
      'Send IDENTITY_HEADER as it stands in the program’s environment.',
      `The header ${secretHeader} is ${what}.`,
    );
  }
  return callingResource;
}

/** Without a name it is the system-assigned one alone (App Service, managed identity). */
async function findIdentity(
  parts: AppServiceParts,
  query: URLSearchParams,
  resourceId: string,
  version: Version,
): Promise<CallerIdentity> {
  const identities = await identitiesOf(parts, resourceId);
  const selector = readSelector(query, version.selectors);
  if (selector === 'several') {
    throw refuse(400, 'Only one identity may be specified.', 'Name the identity once.');
  }
  const found = selector
    ? selectIdentity(identities, selector)
    : identities.find(({ system }) => system);
  if (!found) {
    const has = identities.map(({ identityId }) => identityId).join(', ') || 'none';
    const reason = `The resource ${resourceId} has no such identity (it has: ${has}).`;
    const fix = selector
      ? 'Assign the identity to the resource, or name one that it has.'
      : 'Switch on the system-assigned identity, or name a user-assigned one.';
    throw refuse(400, version.notFound, fix, reason);
  }
  decide({
    rule: 'managed identity',
    outcome: 'allowed',
    reason: `The calling resource has this ${found.system ? 'system' : 'user'}-assigned identity.`,
    input: { resource: resourceId, identity: found.identityId, client: found.clientId },
  });
  return found;
}

function refuse(status: number, message: string, fix: string, reason = message): AppServiceError {
  decide({ rule: 'managed identity', outcome: 'refused', reason, fix });
  return new AppServiceError(status, message);
}

/** The endpoint hides what Entra said; the trace does not. */
function worded(error: unknown): AppServiceError {
  if (error instanceof AppServiceError) return error;
  if (error instanceof TokenRefusedError || error instanceof OutboundError) {
    return refuse(
      500,
      'An unexpected error occured while fetching the AAD Token.  Please contact support with this provided Correlation Id',
      'See the hop to login.microsoftonline.com: this endpoint hides the reason.',
      `The token endpoint refused: ${error.message}`,
    );
  }
  throw error;
}
