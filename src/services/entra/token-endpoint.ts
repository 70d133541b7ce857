// POST /{tenant}/oauth2/token and /{tenant}/oauth2/v2.0/token.
import { isGuid, newGuid } from '../../base/index.ts';
import { BodyTooLargeError, type Connection, readBody } from '../../http/index.ts';
import { setAttributes } from '../../telemetry/index.ts';
import type { DirectoryView } from './directory.ts';
import { Refusal, refusalBody, refuse } from './errors.ts';
import { grants, unservedGrants } from './grants/index.ts';
import { tokenRequestBytesMax } from './limits.ts';
import type { TenantRecord } from './state.ts';
import { Form, type TokenAnswer, type TokenRequest, type TokenService } from './token-request.ts';

/** Reads the request, lets its grant answer, and renders answer or refusal. */
export async function answerToken(
  service: TokenService,
  request: Request,
  connection: Connection,
  endpoint: { readonly tenant: string; readonly version: 1 | 2 },
): Promise<Response> {
  const traceId = newGuid();
  const nowMs = service.clock.now();
  let form = new Form('');
  try {
    if (request.method !== 'POST') throw refuse(900561, { method: request.method });
    form = await readForm(request);
    const view = await service.directory.view();
    const answer = await grantToken(service, {
      endpointVersion: endpoint.version,
      tenant: findTenant(view, endpoint.tenant),
      host: connection.host,
      form,
      basic: readBasic(request.headers.get('authorization')),
      view,
      nowMs,
      hops: connection.hops,
    });
    const headers = diagnosticHeaders(request, traceId, correlationId(request, form));
    return new Response(answerBody(answer, endpoint.version), { status: 200, headers });
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    const correlation = correlationId(request, form);
    const body = refusalBody(error, { traceId, correlationId: correlation, nowMs });
    const headers = diagnosticHeaders(request, traceId, correlation);
    setAttributes({ status: error.status, refusal: `AADSTS${error.code}` });
    return new Response(JSON.stringify(body), { status: error.status, headers });
  }
}

async function readForm(request: Request): Promise<Form> {
  const type = request.headers.get('content-type') ?? '';
  if (!/^application\/x-www-form-urlencoded\s*(;|$)/i.test(type)) return new Form('');
  try {
    const body = request.body as AsyncIterable<Uint8Array> | null;
    return new Form((await readBody(body, tokenRequestBytesMax)).toString('utf8'));
  } catch (error) {
    if (!(error instanceof BodyTooLargeError)) throw error;
    throw refuse(9002313, { detail: `Send less than ${tokenRequestBytesMax} bytes.` });
  }
}

/** RFC 6749 section 2.3.1: both parts are form-encoded. */
function readBasic(authorization: string | null): TokenRequest['basic'] {
  const encoded = /^basic +([A-Za-z0-9+/=]+)$/i.exec(authorization ?? '')?.[1];
  if (encoded === undefined) return undefined;
  const text = Buffer.from(encoded, 'base64').toString('utf8');
  const colon = text.indexOf(':');
  if (colon < 0) throw refuse(9002313, { detail: 'Basic credentials are id:secret in base64.' });
  try {
    const decode = (part: string) => decodeURIComponent(part.replaceAll('+', ' '));
    return { clientId: decode(text.slice(0, colon)), secret: decode(text.slice(colon + 1)) };
  } catch {
    throw refuse(9002313, { detail: 'Form-encode both parts of the Basic credentials.' });
  }
}

/** The tenant of a path segment, by id or domain. */
export function findTenant(view: DirectoryView, segment: string): TenantRecord {
  const name = segment.toLowerCase();
  const tenant = view.tenantsBySegment.get(name);
  if (tenant) return tenant;
  if (name === 'common' || name === 'consumers') throw refuse(9001023, { segment });
  if (name === 'organizations') throw refuse(50059, { segment });
  const isDomain = /^[a-z0-9]([a-z0-9-]*[a-z0-9])?(\.[a-z0-9]([a-z0-9-]*[a-z0-9])?)+$/.test(name);
  throw refuse(isGuid(name) || isDomain ? 90002 : 900023, { segment });
}

function grantToken(service: TokenService, request: TokenRequest): Promise<TokenAnswer> {
  const type = request.form.need('grant_type');
  const grant = grants.get(type);
  if (!grant) {
    const detail = unservedGrants.get(type) ?? 'this grant type does not exist.';
    throw refuse(70003, { grant: type, detail });
  }
  setAttributes({ client: request.form.get('client_id') });
  return grant.grant(service, request);
}

/** Numbers are integers on the v2 endpoint and strings on v1, whatever the token's version. */
function answerBody(answer: TokenAnswer, version: 1 | 2): string {
  const { accessToken, expiresInSeconds, expiresOnSeconds, notBeforeSeconds, resource } = answer;
  if (version === 2) {
    return JSON.stringify({
      token_type: 'Bearer',
      expires_in: expiresInSeconds,
      ext_expires_in: expiresInSeconds,
      access_token: accessToken,
    });
  }
  return JSON.stringify({
    token_type: 'Bearer',
    expires_in: String(expiresInSeconds),
    ext_expires_in: String(expiresInSeconds),
    expires_on: String(expiresOnSeconds),
    not_before: String(notBeforeSeconds),
    resource,
    access_token: accessToken,
  });
}

/** The caller's id wherever it was sent, or a new one. */
function correlationId(request: Request, form: Form): string {
  const sent = [
    request.headers.get('client-request-id'),
    queryParameter(request.url, 'client-request-id'),
    safely(() => form.get('client-request-id')),
  ];
  return sent.find((id) => typeof id === 'string' && isGuid(id)) ?? newGuid();
}

function queryParameter(url: string, name: string): string | undefined {
  const at = url.indexOf('?');
  return at < 0 ? undefined : (new URLSearchParams(url.slice(at)).get(name) ?? undefined);
}

function safely(read: () => string | undefined): string | undefined {
  try {
    return read();
  } catch {
    return undefined;
  }
}

/** Headers of the real endpoint, without its cookies (no app-only call uses them). */
export function diagnosticHeaders(
  request: Request,
  traceId: string,
  correlation: string,
): [string, string][] {
  const headers: [string, string][] = [
    ['Cache-Control', 'no-store, no-cache'],
    ['Pragma', 'no-cache'],
    ['Content-Type', 'application/json; charset=utf-8'],
    ['Expires', '-1'],
    ['Strict-Transport-Security', 'max-age=31536000; includeSubDomains'],
    ['X-Content-Type-Options', 'nosniff'],
    ['P3P', 'CP="DSP CUR OTPi IND OTRi ONL FIN"'],
    ['x-ms-request-id', traceId],
    ['x-ms-ests-server', '2.1.0 - Lazurite'],
    ['x-ms-srs', '1.P'],
  ];
  if (request.headers.get('return-client-request-id')?.toLowerCase() === 'true') {
    headers.push(['client-request-id', correlation]);
  }
  return headers;
}
