// The data plane's pipeline: vault, token, network, version, route, permission, body, work, answer.
import { type JsonObject, newGuid } from '../../base/index.ts';
import { PoolError } from '../../crypto/index.ts';
import {
  BodyTooLargeError,
  type ExchangeRequest,
  type ExchangeResponse,
  header,
  readBody,
} from '../../http/index.ts';
import { ConflictError } from '../../store/index.ts';
import { setAttributes } from '../../telemetry/index.ts';
import type { Audit } from './audit.ts';
import { authenticate } from './authentication.ts';
import { authorize } from './authorization.ts';
import { badParameter, errorStatus, VaultError } from './errors.ts';
import { throttled } from './key-operations.ts';
import { apiVersions, bodyBytesMax } from './limits.ts';
import { checkNetwork } from './network-rules.ts';
import type { Answer, Caller, Room, Vault } from './room.ts';
import { findRoute, type Operation } from './routes.ts';
import type { Throttle } from './throttling.ts';

export interface Pipeline {
  readonly room: Room;
  readonly vaultOf: (host: string) => Promise<Vault | undefined>;
  readonly audit: Audit;
  readonly throttle: Throttle;
}

/** What is known of a request so far; the audit record and headers are made of it. */
export interface Progress {
  vault?: Vault;
  caller?: Caller;
  operation?: string;
  name?: string;
  /** GUID of the role assignment that allowed it; undefined where policies decide. */
  assignment?: string;
}

/** Serves one request of `*.vault.azure.net`. */
export async function serve(
  pipeline: Pipeline,
  request: ExchangeRequest,
): Promise<ExchangeResponse> {
  const progress: Progress = {};
  const startedMs = pipeline.room.clock.now();
  let answer: Answer;
  let refusal: VaultError | undefined;
  try {
    answer = await work(pipeline, request, progress);
  } catch (error) {
    refusal = refusalOf(error);
    answer = { status: refusal.status, body: refusal.body, headers: refusal.headers };
  }
  const response = responseOf(request, answer, progress);
  pipeline.audit.record(request, response, progress, refusal, startedMs);
  return response;
}

function refusalOf(error: unknown): VaultError {
  if (error instanceof VaultError) return error;
  if (error instanceof ConflictError) {
    return new VaultError('Conflict', 'Another operation changed the object. Try again.');
  }
  if (error instanceof BodyTooLargeError) {
    return new VaultError('RequestEntityTooLarge', 'The request body is too large.');
  }
  if (error instanceof PoolError) return throttled();
  throw error;
}

async function work(
  { room, vaultOf, throttle }: Pipeline,
  request: ExchangeRequest,
  progress: Progress,
): Promise<Answer> {
  const { connection, target } = request;
  const vault = await vaultOf(connection.host);
  if (!vault) {
    throw new VaultError(
      'VaultNotFound',
      `No key vault is named ${connection.host.split('.')[0]}. Create it as Microsoft.KeyVault/vaults.`,
    );
  }
  progress.vault = vault;
  const caller = await authenticate(
    room,
    vault,
    header(request.headers, 'authorization'),
    connection,
  );
  progress.caller = caller;
  setAttributes({ principal: caller.objectId });
  checkNetwork(vault, caller, connection.remoteAddress);
  const cut = target.indexOf('?');
  const path = cut < 0 ? target : target.slice(0, cut);
  const query = readQuery(cut < 0 ? '' : target.slice(cut + 1));
  const apiVersion = checkApiVersion(query.get('api-version'));
  const { operation, parameters } = routeOf(methodOf(request), path, progress);
  throttle.count(vault, operation.load);
  progress.name = parameters.name;
  progress.assignment = await authorize(room, vault, caller, operation.permission, parameters.name);
  const body = await readJson(request);
  const nowMs = room.clock.now();
  return operation.handler(room, { vault, caller, parameters, query, body, apiVersion, nowMs });
}

/** POST may stand for another verb where a client cannot send that. */
function methodOf({ method, headers }: ExchangeRequest): string {
  const meant = header(headers, 'x-http-method') ?? header(headers, 'x-http-request');
  return method === 'POST' && meant && /^(PATCH|DELETE)$/i.test(meant)
    ? meant.toUpperCase()
    : method;
}

/** Names are percent-decoded, too: an SDK sends `api%2Dversion`. */
function readQuery(text: string): Map<string, string> {
  const query = new Map<string, string>();
  for (const [name, value] of new URLSearchParams(text)) {
    if (!query.has(name.toLowerCase())) query.set(name.toLowerCase(), value);
  }
  return query;
}

const previewShape = /^(\d+\.\d+|\d{4}-\d{2}-\d{2})-preview(\.\d+)?$/;

function checkApiVersion(version: string | undefined): string {
  if (!version) {
    throw badParameter('The request must specify the api-version as a query parameter.');
  }
  if ((apiVersions as readonly string[]).includes(version) || previewShape.test(version)) {
    return version;
  }
  throw badParameter(
    `The specified version (${version.slice(0, 50)}) is not recognized. Consider using the latest ` +
      `supported version (${apiVersions[0]}).`,
  );
}

function routeOf(
  method: string,
  path: string,
  progress: Progress,
): { operation: Operation; parameters: Readonly<Record<string, string>> } {
  const match = findRoute(method, path);
  if (!match) {
    throw new VaultError('NotFound', `The path ${path.slice(0, 200)} is not one of Key Vault.`);
  }
  if ('allow' in match) {
    const allow: [string, string][] = [['Allow', match.allow.join(', ')]];
    throw new VaultError('MethodNotAllowed', `${method} is not allowed here.`, undefined, allow);
  }
  progress.operation = match.route.operation;
  return { operation: match.route.handler, parameters: match.parameters };
}

async function readJson({ body }: ExchangeRequest): Promise<JsonObject> {
  if (!body) return {};
  const bytes = await readBody(body, bodyBytesMax);
  if (bytes.length === 0) return {};
  try {
    const value: unknown = JSON.parse(bytes.toString('utf8'));
    if (typeof value === 'object' && value && !Array.isArray(value)) return value as JsonObject;
  } catch {
    // Told below.
  }
  throw badParameter('The request body is not a JSON object.');
}

const fixedHeaders: readonly (readonly [string, string])[] = [
  ['Cache-Control', 'no-cache'],
  ['Pragma', 'no-cache'],
  ['Expires', '-1'],
  ['x-ms-keyvault-service-version', '1.9.2500.1'],
  ['X-Content-Type-Options', 'nosniff'],
  ['Strict-Transport-Security', 'max-age=31536000;includeSubDomains'],
];

function responseOf(
  { headers, connection }: ExchangeRequest,
  { status = 200, body, headers: own = [] }: Answer,
  { vault, assignment }: Progress,
): ExchangeResponse {
  const address = connection.remoteAddress.replace(/^::ffff:(?=\d+\.)/, '');
  const family = address.includes(':') ? 'InterNetworkV6' : 'InterNetwork';
  const list: [string, string][] = [];
  for (const each of fixedHeaders) list.push(each as [string, string]);
  if (body !== undefined) list.push(['Content-Type', 'application/json; charset=utf-8']);
  if (vault) list.push(['x-ms-keyvault-region', vault.location]);
  const clientId = header(headers, 'x-ms-client-request-id');
  if (clientId) list.push(['x-ms-client-request-id', clientId]);
  list.push(['x-ms-request-id', newGuid()]);
  const type = family === 'InterNetwork' ? 'Ipv4' : 'Ipv6';
  const network = `conn_type=${type};addr=${address};act_addr_fam=${family};`;
  list.push(['x-ms-keyvault-network-info', network]);
  if (assignment !== undefined) {
    list.push(['x-ms-keyvault-rbac-assignment-id', assignment.split('/').at(-1)!]);
    list.push(['x-ms-keyvault-rbac-cache', 'ra_age=0;da_age=0;rd_age=0;brd_age=0;dec_lev=1;']);
  }
  for (const each of own) list.push(each as [string, string]);
  const bytes = body === undefined ? null : Buffer.from(JSON.stringify(body));
  return { status, headers: list, body: bytes };
}

/** Statuses that the service answers, for the coverage ledger. */
export const statuses = [200, 201, 202, 204, ...new Set(Object.values(errorStatus))];
