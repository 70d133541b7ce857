// JSON of the control plane ↔ requests and resource documents.
import { ConfigurationError, type Json, type JsonObject, readJsonText } from '../../base/index.ts';
import { BodyTooLargeError, readBody } from '../../http/index.ts';
import { type ResourceDocument, ResourceError } from '../../resources/index.ts';
import { invalidRequest } from './errors.ts';
import { bodyBytesMax } from './limits.ts';
import type { Call } from './room.ts';

/** The body as az and the SDKs send it: JSON, or az's JSON with an unquoted `template:`. */
export async function readJson(request: Request): Promise<Json> {
  let text: string;
  try {
    text = (await readBody(request.body, bodyBytesMax)).toString('utf8');
  } catch (error) {
    if (!(error instanceof BodyTooLargeError)) throw error;
    throw new ResourceError(
      413,
      'RequestContentTooLarge',
      `The request content size exceeds the maximum size of ${bodyBytesMax} bytes.`,
    );
  }
  if (text.trim() === '') return null;
  try {
    return readJsonText(text, { loose: true }).value;
  } catch (error) {
    if (!(error instanceof ConfigurationError)) throw error;
    throw invalidRequest(
      `The request content was invalid and could not be deserialized: '${error.message}'.`,
    );
  }
}

export async function readObject(request: Request): Promise<JsonObject> {
  const body = await readJson(request);
  if (typeof body !== 'object' || body === null || Array.isArray(body)) {
    throw invalidRequest('The request content was invalid: a JSON object is expected.');
  }
  return body;
}

/** Only the members that are there, in ARM's order. */
export function resourceBody(resource: ResourceDocument): JsonObject {
  const { id, name, type, location, tags, sku, kind, zones, identity, properties } = resource;
  const members = { id, name, type, location, tags, sku, kind, zones, identity, properties };
  return Object.fromEntries(
    Object.entries(members).filter(([, value]) => value !== undefined),
  ) as JsonObject;
}

/** A page of a list; `$skipToken` is the index of the next one. */
export function page(call: Call, all: readonly Json[], size: number): Response {
  const start = Number(call.query.$skiptoken ?? 0) || 0;
  const value = all.slice(start, start + size);
  const next = start + size < all.length ? start + size : undefined;
  if (next === undefined) return Response.json({ value });
  const url = new URL(call.request.url);
  url.searchParams.set('$skiptoken', String(next));
  return Response.json({ value, nextLink: `${call.origin}${call.path}${url.search}` });
}

export function isObject(value: Json | undefined): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
