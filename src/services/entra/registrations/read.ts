// Reading members of a JSON body; every wrong kind is refused by the member's name.
import { isGuid, type Json, type JsonObject } from '../../../base/index.ts';
import { badRequest } from './errors.ts';

export function isObject(value: unknown): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** Undefined where the member is absent. */
export function memberOf(body: JsonObject, name: string): Json | undefined {
  return Object.hasOwn(body, name) ? body[name] : undefined;
}

export function wrongKind(name: string, expected: string): Error {
  return badRequest(
    `Invalid value specified for property '${name}' of the resource: ${expected} is expected.`,
  );
}

export function textOf(body: JsonObject, name: string): string | undefined {
  const value = memberOf(body, name);
  if (value === undefined || value === null) return undefined;
  if (typeof value !== 'string') throw wrongKind(name, 'a string');
  return value;
}

export function needText(body: JsonObject, name: string): string {
  const value = textOf(body, name);
  if (!value) throw badRequest(`A value is required for property '${name}' of the resource.`);
  return value;
}

export function needGuid(body: JsonObject, name: string): string {
  const value = needText(body, name);
  if (!isGuid(value))
    throw badRequest(`Invalid GUID: '${value.slice(0, 100)}' for property '${name}'.`);
  return value.toLowerCase();
}

export function booleanOf(body: JsonObject, name: string): boolean | undefined {
  const value = memberOf(body, name);
  if (value === undefined || value === null) return undefined;
  if (typeof value !== 'boolean') throw wrongKind(name, 'a boolean');
  return value;
}

export function textsOf(body: JsonObject, name: string): string[] | undefined {
  const value = memberOf(body, name);
  if (value === undefined || value === null) return undefined;
  if (!Array.isArray(value) || value.some((item) => typeof item !== 'string')) {
    throw wrongKind(name, 'a list of strings');
  }
  return value as string[];
}

export function objectsOf(body: JsonObject, name: string): JsonObject[] | undefined {
  const value = memberOf(body, name);
  if (value === undefined || value === null) return undefined;
  if (!Array.isArray(value) || !value.every(isObject)) throw wrongKind(name, 'a list of objects');
  return value;
}

export function objectOf(body: JsonObject, name: string): JsonObject | undefined {
  const value = memberOf(body, name);
  if (value === undefined || value === null) return undefined;
  if (!isObject(value)) throw wrongKind(name, 'an object');
  return value;
}

export function timeOf(body: JsonObject, name: string): string | undefined {
  const value = textOf(body, name);
  if (value === undefined) return undefined;
  const ms = Date.parse(value);
  if (Number.isNaN(ms)) throw wrongKind(name, 'a date and time');
  return new Date(ms).toISOString();
}

/** Refuses members that are in neither list; read-only ones that a GET gave may come back. */
export function refuseUnknown(body: JsonObject, ...known: readonly (readonly string[])[]): void {
  for (const name of Object.keys(body)) {
    if (name.startsWith('@odata.') || known.some((list) => list.includes(name))) continue;
    throw badRequest(`Invalid property '${name.slice(0, 100)}'.`);
  }
}

/** The members of `names` that the body has, over those of before. */
export function keepOthers(
  body: JsonObject,
  names: readonly string[],
  previous: JsonObject = {},
): JsonObject {
  const kept: JsonObject = { ...previous };
  for (const name of names) if (Object.hasOwn(body, name)) kept[name] = body[name]!;
  return kept;
}
