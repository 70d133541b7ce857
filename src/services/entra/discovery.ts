// Metadata: OpenID documents, key sets, instance discovery.
import { newGuid } from '../../base/index.ts';
import type { Connection } from '../../http/index.ts';
import { Refusal, refusalBody, refuse } from './errors.ts';
import { findTenant } from './token-endpoint.ts';
import type { TokenService } from './token-request.ts';
import { authorityAliases, authorityHost, issuerOf } from './well-known.ts';

const consumersTenantId = '9188040d-6c67-4c5b-b112-36a304b66dad';

/**
 * Endpoints are named at the cloud's authority; a client that came by another name (a custom
 * authority) is sent back to that name, so that it never leaves for the real cloud.
 */
function originOf(request: Request, connection: Connection): string {
  if (authorityAliases.has(connection.host)) return `https://${authorityHost}`;
  return new URL(request.url).origin;
}

interface Authority {
  /** What stands in endpoint paths. */
  readonly segment: string;
  /** What stands in issuers: an id, or a template. */
  readonly issuerTenant: string;
}

async function authorityOf(
  service: TokenService,
  segment: string,
  version: 1 | 2,
): Promise<Authority> {
  const name = segment.toLowerCase();
  if (name === 'common' || (name === 'organizations' && version === 2)) {
    return { segment: name, issuerTenant: '{tenantid}' };
  }
  if (name === 'consumers' && version === 2) {
    return { segment: name, issuerTenant: consumersTenantId };
  }
  const view = await service.directory.view();
  try {
    const { id } = findTenant(view, segment);
    return { segment: id, issuerTenant: id };
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    throw refuse(error.code === 900023 ? 900023 : 90002, { segment }, 'invalid_tenant');
  }
}

export function openIdDocument(version: 1 | 2) {
  return async (
    service: TokenService,
    request: Request,
    connection: Connection,
    { tenant }: Readonly<Record<string, string>>,
  ): Promise<Response> => {
    const authority = await authorityOf(service, tenant!, version);
    const origin = originOf(request, connection);
    const document = version === 1 ? documentV1(origin, authority) : documentV2(origin, authority);
    return documentResponse({ ...document, ...cloudMembers });
  };
}

const cloudMembers = {
  tenant_region_scope: 'WW',
  cloud_instance_name: 'microsoftonline.com',
  cloud_graph_host_name: 'graph.windows.net',
  msgraph_host: 'graph.microsoft.com',
  rbac_url: 'https://pas.windows.net',
};

const claimsSupported =
  'sub iss cloud_instance_name cloud_instance_host_name cloud_graph_host_name msgraph_host aud exp iat auth_time acr nonce preferred_username name tid ver at_hash c_hash email';

function documentV2(origin: string, { segment, issuerTenant }: Authority) {
  const at = `${origin}/${segment}`;
  return {
    token_endpoint: `${at}/oauth2/v2.0/token`,
    token_endpoint_auth_methods_supported: [
      'client_secret_post',
      'private_key_jwt',
      'client_secret_basic',
    ],
    jwks_uri: `${at}/discovery/v2.0/keys`,
    response_modes_supported: ['query', 'fragment', 'form_post'],
    subject_types_supported: ['pairwise'],
    id_token_signing_alg_values_supported: ['RS256'],
    response_types_supported: ['code', 'id_token', 'code id_token', 'id_token token'],
    scopes_supported: ['openid', 'profile', 'email', 'offline_access'],
    issuer: issuerOf[2](issuerTenant),
    request_uri_parameter_supported: false,
    userinfo_endpoint: 'https://graph.microsoft.com/oidc/userinfo',
    authorization_endpoint: `${at}/oauth2/v2.0/authorize`,
    device_authorization_endpoint: `${at}/oauth2/v2.0/devicecode`,
    http_logout_supported: true,
    frontchannel_logout_supported: true,
    end_session_endpoint: `${at}/oauth2/v2.0/logout`,
    claims_supported: claimsSupported.split(' '),
    kerberos_endpoint: `${at}/kerberos`,
  };
}

function documentV1(origin: string, { segment, issuerTenant }: Authority) {
  const at = `${origin}/${segment}`;
  return {
    token_endpoint: `${at}/oauth2/token`,
    token_endpoint_auth_methods_supported: [
      'client_secret_post',
      'private_key_jwt',
      'client_secret_basic',
    ],
    jwks_uri: `${origin}/common/discovery/keys`,
    response_modes_supported: ['query', 'fragment', 'form_post'],
    subject_types_supported: ['pairwise'],
    id_token_signing_alg_values_supported: ['RS256'],
    response_types_supported: ['code', 'id_token', 'code id_token', 'token id_token', 'token'],
    scopes_supported: ['openid'],
    issuer: issuerOf[1](issuerTenant),
    microsoft_multi_refresh_token: true,
    authorization_endpoint: `${at}/oauth2/authorize`,
    device_authorization_endpoint: `${at}/oauth2/devicecode`,
    http_logout_supported: true,
    frontchannel_logout_supported: true,
    end_session_endpoint: `${at}/oauth2/logout`,
    claims_supported: claimsSupported.split(' '),
    check_session_iframe: `${at}/oauth2/checksession`,
    userinfo_endpoint: `${at}/openid/userinfo`,
    kerberos_endpoint: `${at}/kerberos`,
  };
}

/** One key set for the whole cloud: every tenant's document shows the same keys. */
export function keySet(version: 1 | 2) {
  return async (
    service: TokenService,
    _request: Request,
    _connection: Connection,
    { tenant }: Readonly<Record<string, string>>,
  ): Promise<Response> => {
    const { issuerTenant } = await authorityOf(service, tenant!, version);
    const issuer = version === 2 ? issuerOf[2](issuerTenant) : undefined;
    return documentResponse({ keys: service.keys.published(issuer) });
  };
}

/** MSAL asks the well-known host whether an authority is one of Microsoft's. */
export async function instanceDiscovery(
  _service: TokenService,
  request: Request,
): Promise<Response> {
  const query = new URL(request.url).searchParams;
  const endpoint = URL.parse(query.get('authorization_endpoint') ?? '');
  if (endpoint?.protocol !== 'https:') throw refuse(50050);
  if (!authorityAliases.has(endpoint.hostname)) throw refuse(50049, { host: endpoint.hostname });
  const [segment] = endpoint.pathname.split('/').filter(Boolean);
  return documentResponse({
    tenant_discovery_endpoint: `https://${authorityHost}/${segment}/v2.0/.well-known/openid-configuration`,
    'api-version': query.get('api-version') ?? '1.1',
    metadata: [
      {
        preferred_network: authorityHost,
        preferred_cache: 'login.windows.net',
        aliases: [authorityHost, 'login.windows.net', 'login.microsoft.com', 'sts.windows.net'],
      },
    ],
  });
}

export const documentHeaders = {
  'Cache-Control': 'max-age=86400, private',
  'Content-Type': 'application/json; charset=utf-8',
  'Access-Control-Allow-Origin': '*',
  'Access-Control-Allow-Methods': 'GET, OPTIONS',
  'Strict-Transport-Security': 'max-age=31536000; includeSubDomains',
  'X-Content-Type-Options': 'nosniff',
};

function documentResponse(document: object): Response {
  return new Response(JSON.stringify(document), { headers: documentHeaders });
}

/** A refusal outside the token endpoint. */
export function refusalResponse(refusal: Refusal, nowMs: number): Response {
  const body = refusalBody(refusal, { traceId: newGuid(), correlationId: newGuid(), nowMs });
  const headers = { ...documentHeaders, 'Cache-Control': 'no-store, no-cache' };
  return new Response(JSON.stringify(body), { status: refusal.status, headers });
}
