// One call of Microsoft Graph, and the forms of its answers.
import { isGuid, type Json, type JsonObject, newGuid } from '../../../base/index.ts';
import { BodyTooLargeError, readBody } from '../../../http/index.ts';
import type { DirectoryView, Plan } from '../directory.ts';
import { graphRequestBytesMax, pageSizeDefault, pageSizeMax } from '../limits.ts';
import { badRequest, DirectoryError } from '../registrations/errors.ts';
import type { Place } from '../registrations/index.ts';
import { isObject } from '../registrations/read.ts';
import type { GraphCaller, PermissionName } from './authorize.ts';
import { parseFilter } from './filter.ts';

export interface GraphCall {
  readonly caller: GraphCaller;
  readonly request: Request;
  /** `https://graph.microsoft.com/v1.0`, as the client spelt it. */
  readonly root: string;
  readonly parameters: Readonly<Record<string, string>>;
  /** OData options with and without `$`, by lower-case name with `$`. */
  readonly query: ReadonlyMap<string, string>;
  readonly body: JsonObject;
  /** The directory as the call found it. */
  readonly place: Place;
  /** Plans on the newest state and commits. */
  change<T>(plan: (place: Place) => Plan<T>): Promise<T>;
  /** Throws where the caller lacks a permission that shows only inside the call. */
  require(permission: PermissionName): void;
  /** The directory after a change. */
  view(): Promise<DirectoryView>;
}

export interface GraphAnswer {
  readonly status: number;
  readonly body?: JsonObject;
  readonly headers?: Readonly<Record<string, string>>;
}

export interface GraphOperation {
  readonly permission: PermissionName | 'any';
  answer(call: GraphCall): Promise<GraphAnswer>;
}

/** Answers 200 or 201 with one object. */
export function entity(
  call: GraphCall,
  set: string,
  object: JsonObject,
  status = 200,
): GraphAnswer {
  const context = `${call.root}/$metadata#${set}/$entity`;
  const selected = selectMembers(call, object);
  return { status, body: { '@odata.context': context, ...selected } };
}

export const noContent: GraphAnswer = { status: 204 };

const known = new Set([
  '$filter',
  '$select',
  '$top',
  '$skiptoken',
  '$count',
  '$orderby',
  '$expand',
]);

/** OData options; unknown ones that begin with `$` are refused, others ignored as Graph does. */
export function readQuery(url: string): ReadonlyMap<string, string> {
  const query = new Map<string, string>();
  for (const [name, value] of new URL(url).searchParams) {
    const option = name.toLowerCase();
    const dollar = option.startsWith('$') ? option : `$${option}`;
    if (known.has(dollar)) query.set(dollar, value);
    else if (option.startsWith('$')) {
      throw new DirectoryError(
        'Request_UnsupportedQuery',
        `The query option '${option}' is not served.`,
      );
    }
  }
  for (const option of ['$expand', '$orderby']) {
    if (query.has(option)) {
      throw new DirectoryError(
        'Request_UnsupportedQuery',
        `The query option '${option}' is not served.`,
      );
    }
  }
  return query;
}

/** Whether `$select` names a member; false without `$select`. */
export function selects({ query }: GraphCall, name: string): boolean {
  return (query.get('$select') ?? '').split(',').some((each) => each.trim() === name);
}

function selectMembers(call: GraphCall, object: JsonObject): JsonObject {
  const select = call.query.get('$select');
  if (!select) return object;
  const names = select.split(',').map((name) => name.trim());
  return Object.fromEntries(Object.entries(object).filter(([name]) => names.includes(name)));
}

/** Filters, pages and selects; items are ordered by id. */
export function collection(
  call: GraphCall,
  set: string,
  items: readonly JsonObject[],
): GraphAnswer {
  const filter = call.query.get('$filter');
  const matching = filter ? items.filter(parseFilter(filter)) : [...items];
  matching.sort((a, b) => (String(a.id) < String(b.id) ? -1 : 1));
  const top = pageSize(call.query.get('$top'));
  const after = call.query.get('$skiptoken');
  const rest = after === undefined ? matching : matching.filter(({ id }) => String(id) > after);
  const page = rest.slice(0, top);
  const body: JsonObject = { '@odata.context': `${call.root}/$metadata#${set}` };
  if (call.query.get('$count') === 'true') body['@odata.count'] = matching.length;
  if (rest.length > top) {
    const next = new URL(call.request.url);
    next.searchParams.set('$skiptoken', String(page.at(-1)!.id));
    body['@odata.nextLink'] = next.href;
  }
  body.value = page.map((item) => selectMembers(call, item)) as Json;
  return { status: 200, body };
}

function pageSize(text: string | undefined): number {
  if (text === undefined) return pageSizeDefault;
  const size = Number(text);
  if (!Number.isInteger(size) || size < 1 || size > pageSizeMax) {
    throw badRequest(
      `Invalid page size specified: '${text.slice(0, 20)}'. Must be between 1 and ${pageSizeMax} inclusive.`,
    );
  }
  return size;
}

/** The JSON object of a body; an empty one where nothing was sent. */
export async function readJsonBody(request: Request): Promise<JsonObject> {
  let text: string;
  try {
    const stream = request.body as AsyncIterable<Uint8Array> | null;
    text = (await readBody(stream, graphRequestBytesMax)).toString('utf8');
  } catch (error) {
    if (error instanceof BodyTooLargeError) throw badRequest('The request body is too large.');
    throw error;
  }
  if (text.trim() === '') return {};
  try {
    const value: unknown = JSON.parse(text);
    if (isObject(value)) return value;
  } catch {
    // Said below.
  }
  throw new DirectoryError(
    'BadRequest',
    'Unable to read JSON request payload. Please ensure Content-Type header is set and payload is of valid JSON format.',
  );
}

/** `{"error":{"code","message","innerError"}}` (Graph, error responses). */
export function errorResponse(error: DirectoryError, request: Request, nowMs: number): Response {
  const requestId = newGuid();
  const sent = request.headers.get('client-request-id') ?? '';
  const date = new Date(nowMs).toISOString().slice(0, 19);
  const innerError = {
    date,
    'request-id': requestId,
    'client-request-id': isGuid(sent) ? sent : requestId,
  };
  const body = { error: { code: error.code, message: error.message, innerError } };
  const headers: Record<string, string> = { 'request-id': requestId };
  if (error.status === 401) {
    headers['WWW-Authenticate'] =
      'Bearer realm="", authorization_uri="https://login.microsoftonline.com/common/oauth2/authorize", client_id="00000003-0000-0000-c000-000000000000"';
  }
  return Response.json(body, { status: error.status, headers });
}
