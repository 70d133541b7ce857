// Any resource of any registered type: read, write, delete, lists, actions, and what lies below.
import { roleAssignmentType, roleDefinitionType } from '../../access/index.ts';
import type { Json, JsonObject } from '../../base/index.ts';
import {
  type ActionAnswer,
  parseResourceId,
  type ResourceDocument,
  type ResourceId,
  type ResourceType,
} from '../../resources/index.ts';
import { isRoleAssignment, rightToDelete, rightToWrite } from './assignment-rights.ts';
import { authorize, authorizeIdentities, type Right } from './authorization.ts';
import { notFound } from './errors.ts';
import { requireGroup } from './groups.ts';
import { pageSize } from './limits.ts';
import { providerOperation } from './provider-operations.ts';
import { getDefinition, listAssignments, listDefinitions } from './role-assignments.ts';
import type { Call, Handler } from './room.ts';
import { isObject, page, readJson, readObject, resourceBody } from './wire.ts';

/** The last route: the path is a resource, a collection, an action, or something below a resource. */
export const anyResource: Handler = async (call) => {
  const path = decodePath(call.path);
  requireKnownSubscription(call, path);
  const id = parseResourceId(path);
  if (id && id.providers.length > 0) {
    const type = call.room.resources.typeOf(id.type);
    if (type) return resource(call, id, type);
  } else {
    const found = await collectionOrAction(call, path);
    if (found) return found;
  }
  return below(call, path);
};

/** Percent-decoding of each segment; names with a slash inside are no names. */
function decodePath(path: string): string {
  return path
    .split('/')
    .map((segment) => {
      try {
        const decoded = decodeURIComponent(segment);
        return decoded.includes('/') ? segment : decoded;
      } catch {
        return segment;
      }
    })
    .join('/');
}

function requireKnownSubscription({ room }: Call, path: string): void {
  const subscription = parseResourceId(path)?.subscriptionId ?? path.split('/')[2] ?? '';
  if (!/^\/subscriptions\//i.test(path) || room.subscriptions.tenantOf(subscription)) return;
  throw notFound.subscription(subscription);
}

/** The right comes first: who has none does not learn which groups there are. */
async function permit({ room, caller }: Call, right: Right): Promise<void> {
  await authorize(room, caller, right);
  const { subscriptionId, resourceGroup } = parseResourceId(right.scope) ?? {};
  if (!subscriptionId || !resourceGroup) return;
  await requireGroup(room, `/subscriptions/${subscriptionId}/resourceGroups/${resourceGroup}`);
}

async function resource(call: Call, id: ResourceId, type: ResourceType): Promise<Response> {
  const { room, method } = call;
  if (method === 'PUT' || method === 'PATCH') return write(call, id, type);
  if (method === 'DELETE') {
    await permit(call, await rightToDelete(room, type.type, id.id));
    const existed = await room.resources.delete(id.id);
    return new Response(null, { status: existed ? 200 : 204 });
  }
  if (method === 'GET' && type.type === roleDefinitionType) {
    return getDefinition(call, id.scope, id.name);
  }
  if (method !== 'GET' && method !== 'HEAD') return below(call, id.id);
  await permit(call, { action: `${type.type}/read`, scope: id.id });
  const found = await room.resources.get(id.id);
  if (!found) {
    const lower = await answerBelow(call, id.id);
    if (lower) return lower;
    throw missing(id, type.type);
  }
  if (method === 'HEAD') return new Response(null, { status: 204 });
  return Response.json(resourceBody(await room.resources.view(found)));
}

const missing = (id: ResourceId, type: string) =>
  notFound.resource(type, id.names.join('/'), id.resourceGroup);

async function write(call: Call, id: ResourceId, type: ResourceType): Promise<Response> {
  const { room, caller, method } = call;
  const right = await rightToWrite(room, type.type, id.id, await bodyForConditions(call, type));
  await permit(call, right);
  let body = await readObject(call.request);
  await authorizeIdentities(room, caller, body, right);
  if (method === 'PATCH') {
    const before = await room.resources.get(id.id);
    if (!before) throw missing(id, type.type);
    body = patched(before, body);
  }
  const { resource: saved, created } = await room.resources.put({
    id: id.id,
    apiVersion: call.apiVersion,
    body,
    callerObjectId: caller.objectId,
  });
  const shown = resourceBody(await room.resources.view(saved));
  return Response.json(shown, {
    status: created && method === 'PUT' ? (type.createdStatus ?? 201) : 200,
  });
}

/** Read before the right is there only where a condition may ask about it; its faults come after. */
async function bodyForConditions({ request }: Call, { type }: ResourceType): Promise<JsonObject> {
  return isRoleAssignment(type) ? readObject(request.clone() as Request).catch(() => ({})) : {};
}

/** RFC 7396 over properties; what the envelope does not name stays. */
function patched(before: ResourceDocument, patch: JsonObject): JsonObject {
  const { location, tags, sku, kind, zones, properties } = before;
  const kept = { location, tags, sku, kind, zones } as Record<string, Json | undefined>;
  const known = Object.entries(kept).filter(([, value]) => value !== undefined);
  return {
    ...(Object.fromEntries(known) as JsonObject),
    ...patch,
    properties: merge(properties, patch.properties ?? {}),
  };
}

function merge(target: Json, patch: Json): Json {
  if (!isObject(patch)) return patch;
  const merged = new Map(isObject(target) ? Object.entries(target) : []);
  for (const [name, value] of Object.entries(patch)) {
    if (value === null) merged.delete(name);
    else merged.set(name, merge(merged.get(name) ?? null, value));
  }
  return Object.fromEntries(merged) as JsonObject;
}

/** `…/providers/NS/type` or `<resource>/type` lists; `POST <resource>/<action>` acts. */
async function collectionOrAction(call: Call, path: string): Promise<Response | undefined> {
  const at = /^(.*)\/providers\/([^/]+)\/([^/]+)$/i.exec(path);
  const outer = at && parseResourceId(at[1] === '' ? '/' : at[1]!);
  if (call.method === 'GET' && at && outer) {
    return collection(call, `${at[2]}/${at[3]}`, outer.id);
  }
  const cut = path.lastIndexOf('/');
  const parent = parseResourceId(path.slice(0, cut));
  if (!parent || parent.providers.length === 0) return undefined;
  const last = path.slice(cut + 1);
  if (call.method === 'GET') return collection(call, `${parent.type}/${last}`, parent.id);
  return call.method === 'POST' ? action(call, parent, last) : undefined;
}

async function collection(
  call: Call,
  typeName: string,
  scope: string,
): Promise<Response | undefined> {
  const type = call.room.resources.typeOf(typeName);
  if (!type) return undefined;
  if (type.type === roleAssignmentType) return listAssignments(call, scope);
  if (type.type === roleDefinitionType) return listDefinitions(call, scope);
  await permit(call, { action: `${type.type}/read`, scope });
  const all = await call.room.resources.list(type.type, scope);
  const shown = await Promise.all(all.map((each) => call.room.resources.view(each)));
  return page(call, shown.map(resourceBody), pageSize);
}

async function action(call: Call, id: ResourceId, name: string): Promise<Response | undefined> {
  const type = call.room.resources.typeOf(id.type);
  const found = Object.entries(type?.actions ?? {}).find(
    ([each]) => each.toLowerCase() === name.toLowerCase(),
  );
  if (!type || !found) return undefined;
  await permit(call, { action: `${type.type}/${found[0]}/action`, scope: id.id });
  const document = await call.room.resources.get(id.id);
  if (!document) throw missing(id, type.type);
  const { apiVersion, query, origin } = call;
  const body = await readJson(call.request);
  return render(await found[1]({ resource: document, apiVersion, body, query, origin }));
}

function render({ status, body, headers }: ActionAnswer): Response {
  return body === undefined
    ? new Response(null, { status, headers })
    : Response.json(body, { status, headers });
}

async function below(call: Call, path: string): Promise<Response> {
  const answer = await answerBelow(call, path);
  if (answer) return answer;
  const own = await providerOperation(call, path);
  if (own) return render(own);
  const id = parseResourceId(path);
  if (id && id.providers.length > 0) throw missing(id, id.type);
  throw notFound.path(call.method);
}

/** Hands the path to the innermost resource above it whose type answers what lies below. */
async function answerBelow(call: Call, path: string): Promise<Response | undefined> {
  const method = call.method === 'HEAD' ? 'GET' : call.method;
  const segments = path.split('/').filter(Boolean);
  for (let end = segments.length - 1; end > 0; end--) {
    const id = parseResourceId(`/${segments.slice(0, end).join('/')}`);
    const type = id && call.room.resources.typeOf(id.type);
    if (!id || id.providers.length === 0 || !type?.subresource) continue;
    const document = await call.room.resources.get(id.id);
    if (!document) continue;
    const rest = segments.slice(end);
    await authorize(call.room, call.caller, rightBelow(type.type, document.id, method, rest));
    const answer = await type.subresource({
      resource: document,
      apiVersion: call.apiVersion,
      body: method === 'GET' || method === 'DELETE' ? null : await readJson(call.request),
      query: call.query,
      origin: call.origin,
      method,
      path: rest,
    });
    return answer && render(answer);
  }
  return undefined;
}

/** Every other segment is a type; behind a POST stands an action. */
function rightBelow(type: string, id: string, method: string, rest: readonly string[]) {
  const types = rest.filter((_segment, index) => index % 2 === 0).join('/');
  const scope = [id, ...(rest.length % 2 === 0 ? rest : rest.slice(0, -1))].join('/');
  const verb = { GET: 'read', DELETE: 'delete', POST: 'action' }[method] ?? 'write';
  return { action: `${type}/${types}/${verb}`, scope };
}
