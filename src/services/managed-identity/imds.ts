// 169.254.169.254: the Instance Metadata Service's token endpoint.
import type { Clock } from '../../base/index.ts';
import { type Connection, OutboundError, type Service } from '../../http/index.ts';
import { decide } from '../../telemetry/index.ts';
import {
  type CallerIdentity,
  type CallerParts,
  identitiesOf,
  readSelector,
  selectIdentity,
} from './callers.ts';
import { type IdentityTokens, TokenRefusedError } from './tokens.ts';

/** A refusal in IMDS's words (managed identity docs, error handling). */
class ImdsError extends Error {
  readonly status: number;
  readonly error: string;

  constructor(status: number, error: string, description: string) {
    super(description);
    this.name = 'ImdsError';
    this.status = status;
    this.error = error;
  }
}

const invalid = (description: string) => new ImdsError(400, 'invalid_request', description);

/** Documented are client_id, object_id and msi_res_id; SDKs also spell the last one otherwise. */
const selectors = {
  client_id: 'client',
  object_id: 'object',
  msi_res_id: 'resource',
  mi_res_id: 'resource',
  'msi-res-id': 'resource',
} as const;

const headers = {
  'Content-Type': 'application/json; charset=utf-8',
  Server: 'IMDS/150.870.65.1854',
};

const tokenPath = /^\/+metadata\/identity\/oauth2\/token\/*$/i;

export interface ImdsParts extends CallerParts {
  readonly clock: Clock;
  readonly tokens: IdentityTokens;
}

/** Answers for the resource that is calling, and for no other. */
export function imdsService(parts: ImdsParts): Service {
  return async (request, connection) => {
    try {
      return Response.json(await answerToken(parts, request, connection), { headers });
    } catch (error) {
      const refusal = worded(error);
      const body = { error: refusal.error, error_description: refusal.message };
      return Response.json(body, { status: refusal.status, headers });
    }
  };
}

async function answerToken(parts: ImdsParts, request: Request, connection: Connection) {
  const { pathname, searchParams: query } = new URL(request.url);
  if (!tokenPath.test(pathname)) {
    throw refuse(new ImdsError(404, 'not_found', 'The requested resource is not found.'), {
      fix: `Lazurite serves /metadata/identity/oauth2/token alone, not ${pathname.slice(0, 200)}.`,
    });
  }
  checkRequest(request, query);
  const resource = query.get('resource')!;
  const identity = await findIdentity(parts, query, connection);
  const token = await parts.tokens({
    identity,
    resource,
    refusedTokenHash: query.get('token_sha256_to_refresh') ?? undefined,
    hops: connection.hops,
  });
  if (!token) throw identityNotFound('The identity was deleted.', 'Assign the identity again.');
  const { accessToken, clientId, expiresOn, notBefore } = token;
  // Python counts from it, so it must be what is left of a kept token.
  const expiresIn = String(expiresOn - Math.floor(parts.clock.now() / 1000));
  return {
    access_token: accessToken,
    client_id: clientId,
    expires_in: expiresIn,
    expires_on: String(expiresOn),
    ext_expires_in: expiresIn,
    not_before: String(notBefore),
    resource,
    token_type: 'Bearer',
  };
}

/** Without the header nothing is given away: a page in a browser cannot set it. */
function checkRequest(request: Request, query: URLSearchParams): void {
  if (request.method !== 'GET') {
    throw refuse(new ImdsError(405, 'invalid_request', 'Method not allowed.'), {
      fix: 'Send a GET.',
    });
  }
  if (request.headers.has('x-forwarded-for')) {
    throw refuse(invalid('X-Forwarded-For header is not allowed.'), {
      fix: 'Call the endpoint directly, not through a forwarding proxy.',
    });
  }
  if (request.headers.get('metadata') !== 'true') {
    throw refuse(invalid('Required metadata header not specified'), {
      fix: 'Send the header Metadata: true.',
    });
  }
  const version = query.get('api-version') ?? '';
  if (version === '')
    throw refuse(invalid("Required query variable 'api-version' is missing"), {
      fix: 'Send api-version=2018-02-01.',
    });
  if (!/^20\d\d-\d\d-\d\d(-preview)?$/.test(version) || version < '2018-02-01') {
    throw refuse(invalid('Bad request. Invalid api-version.'), {
      fix: 'Send api-version=2018-02-01.',
    });
  }
  if (!query.get('resource')) {
    throw refuse(invalid("Required query variable 'resource' is missing"), {
      fix: 'Send resource=<identifier URI of the API>.',
    });
  }
}

/** The one named; else the system-assigned; else the only user-assigned one. */
async function findIdentity(
  parts: ImdsParts,
  query: URLSearchParams,
  { callingResource }: Connection,
): Promise<CallerIdentity> {
  if (callingResource === undefined) {
    throw identityNotFound(
      'Nothing says which resource is calling.',
      'Start the program with `lazurite exec --as <resource id>`.',
    );
  }
  const identities = await identitiesOf(parts, callingResource);
  const selector = readSelector(query, selectors);
  if (selector === 'several') {
    throw refuse(invalid('Only one of client_id, object_id and msi_res_id may be specified'), {
      fix: 'Name the identity once.',
    });
  }
  const found = selector
    ? selectIdentity(identities, selector)
    : (identities.find(({ system }) => system) ?? onlyOne(identities));
  if (!found) {
    const has = identities.map(({ identityId }) => identityId).join(', ') || 'none';
    throw identityNotFound(
      `The resource ${callingResource} has no such identity (it has: ${has}).`,
      'Assign the identity to the resource, or name one that it has.',
    );
  }
  const kind = found.system ? 'system-assigned' : 'user-assigned';
  decide({
    rule: 'managed identity',
    outcome: 'allowed',
    reason: `The calling resource has this ${kind} identity.`,
    input: { resource: callingResource, identity: found.identityId, client: found.clientId },
  });
  return found;
}

function onlyOne(identities: readonly CallerIdentity[]): CallerIdentity | undefined {
  if (identities.length < 2) return identities[0];
  const words =
    'Multiple user assigned identities exist, please specify the clientId / resourceId of the identity in the token request';
  throw refuse(invalid(words), { fix: 'Send client_id, object_id or msi_res_id.' });
}

function identityNotFound(reason: string, fix: string): ImdsError {
  return refuse(invalid('Identity not found'), { reason, fix });
}

function refuse(error: ImdsError, { reason, fix }: { reason?: string; fix: string }): ImdsError {
  decide({
    rule: 'managed identity',
    outcome: 'refused',
    reason: reason ?? `${error.error}: ${error.message}`,
    fix,
  });
  return error;
}

/** Entra's refusals pass through; its absence is IMDS's `unknown`. */
function worded(error: unknown): ImdsError {
  if (error instanceof ImdsError) return error;
  if (error instanceof TokenRefusedError && error.status < 500) {
    return new ImdsError(400, error.error, error.message);
  }
  if (error instanceof TokenRefusedError || error instanceof OutboundError) {
    const words = 'Failed to retrieve token from the Active directory. For details see logs.';
    return refuse(new ImdsError(500, 'unknown', words), {
      reason: `The token endpoint gave no answer: ${error.message}`,
      fix: 'See the hop to login.microsoftonline.com.',
    });
  }
  throw error;
}
