// Properties of ARM documents, read at the edge: checked when saved, trusted afterwards.
import type { Json, JsonObject } from '../../base/index.ts';
import type { Format } from '../../languages/policy-documents/index.ts';
import { type ResourceDocument, ResourceError } from '../../resources/index.ts';

export function text(value: Json | undefined): string | undefined {
  return typeof value === 'string' ? value : undefined;
}

export function textOr(value: Json | undefined, otherwise: string): string {
  return typeof value === 'string' ? value : otherwise;
}

export function flag(value: Json | undefined, otherwise: boolean): boolean {
  return typeof value === 'boolean' ? value : otherwise;
}

export function isObject(value: Json | undefined): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** API Management's refusal: one code, one message per field. */
export function validationError(target: string, message: string): ResourceError {
  return new ResourceError(400, 'ValidationError', message, target);
}

/** The `properties` of a body; none is an empty object. */
export function propertiesOf(body: JsonObject): JsonObject {
  if (body.properties === undefined || body.properties === null) return {};
  if (isObject(body.properties)) return body.properties;
  throw validationError('properties', 'properties must be an object.');
}

/** A text that must be there. */
export function required(properties: JsonObject, name: string): string {
  const value = text(properties[name])?.trim();
  if (value) return value;
  throw validationError(name, `${name} is required and must not be empty.`);
}

export const keyHeaderDefault = 'Ocp-Apim-Subscription-Key';
export const keyQueryDefault = 'subscription-key';

export function keyNames(value: Json | undefined): { keyHeader: string; keyQuery: string } {
  const names = isObject(value) ? value : {};
  return {
    keyHeader: textOr(names.header, keyHeaderDefault),
    keyQuery: textOr(names.query, keyQueryDefault),
  };
}

export interface NamedPolicy {
  readonly format: Format;
  readonly value: string;
}

/** Format and text of a policy or fragment document. */
export function policyOf(properties: JsonObject): NamedPolicy {
  const format = textOr(properties.format, 'xml') === 'rawxml' ? 'rawxml' : 'xml';
  return { format, value: textOr(properties.value, '') };
}

export interface VersionSet {
  readonly name: string;
  readonly scheme: 'Segment' | 'Query' | 'Header';
  /** The query parameter or header that carries the version; empty for segments. */
  readonly parameterName: string;
}

export function versionSetOf({ name, properties }: ResourceDocument): VersionSet {
  const scheme = textOr(properties.versioningScheme, 'Segment') as VersionSet['scheme'];
  const parameter =
    scheme === 'Header' ? properties.versionHeaderName : properties.versionQueryName;
  return { name, scheme, parameterName: scheme === 'Segment' ? '' : textOr(parameter, '') };
}
