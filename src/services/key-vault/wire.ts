// JSON ↔ domain at the edge: reading members with their types, writing attributes.
import { fromBase64Any, type Json, type JsonObject } from '../../base/index.ts';
import { badParameter } from './errors.ts';
import {
  contentTypeCharactersMax,
  retentionDaysDefault,
  tagCharactersMax,
  tagsMax,
} from './limits.ts';
import { seconds, type Vault } from './room.ts';
import type { VersionBase } from './state.ts';

/** A member that belongs to the object itself; null counts as absent. */
function member(body: JsonObject, name: string): Json | undefined {
  return Object.hasOwn(body, name) ? (body[name] ?? undefined) : undefined;
}

const wrongType = (name: string, type: string) =>
  badParameter(`The parameter '${name}' is invalid: it must be ${type}.`);

export function textOf(body: JsonObject, name: string): string | undefined {
  const value = member(body, name);
  if (value === undefined || typeof value === 'string') return value;
  throw wrongType(name, 'a string');
}

export function flagOf(body: JsonObject, name: string): boolean | undefined {
  const value = member(body, name);
  if (value === undefined || typeof value === 'boolean') return value;
  throw wrongType(name, 'true or false');
}

/** A whole number within safe bounds. */
export function integerOf(body: JsonObject, name: string): number | undefined {
  const value = member(body, name);
  if (value === undefined || (typeof value === 'number' && Number.isSafeInteger(value))) {
    return value;
  }
  throw wrongType(name, 'a whole number');
}

export function objectOf(body: JsonObject, name: string): JsonObject | undefined {
  const value = member(body, name);
  if (value === undefined) return undefined;
  if (typeof value === 'object' && value && !Array.isArray(value)) return value;
  throw wrongType(name, 'an object');
}

export function listOf(body: JsonObject, name: string): Json[] | undefined {
  const value = member(body, name);
  if (value === undefined || Array.isArray(value)) return value;
  throw wrongType(name, 'a list');
}

export function textsOf(body: JsonObject, name: string): string[] | undefined {
  const list = listOf(body, name);
  if (list?.some((item) => typeof item !== 'string')) throw wrongType(name, 'a list of strings');
  return list as string[] | undefined;
}

/** Bytes of a base64url member; throws where it is missing and required, or malformed. */
export function bytesOf(body: JsonObject, name: string): Buffer | undefined {
  const text = textOf(body, name);
  if (text === undefined) return undefined;
  const bytes = fromBase64Any(text);
  if (!bytes) throw badParameter(`The parameter '${name}' is invalid: it must be base64url.`);
  return bytes;
}

export function requiredBytes(body: JsonObject, name: string): Buffer {
  const bytes = bytesOf(body, name);
  if (!bytes?.length) throw missing(name);
  return bytes;
}

export function requiredText(body: JsonObject, name: string): string {
  const text = textOf(body, name);
  if (text === undefined) throw missing(name);
  return text;
}

export const missing = (name: string) =>
  badParameter(`The request body must contain the parameter '${name}'.`);

export interface AttributesInput {
  readonly enabled?: boolean;
  readonly nbf?: number | null;
  readonly exp?: number | null;
  readonly exportable?: boolean;
}

/** `attributes` of a body. Null for nbf and exp takes them away. */
export function readAttributes(body: JsonObject): AttributesInput {
  const attributes = objectOf(body, 'attributes');
  if (!attributes) return {};
  const time = (name: 'nbf' | 'exp') => {
    if (Object.hasOwn(attributes, name) && attributes[name] === null) return null;
    const value = integerOf(attributes, name);
    if (value !== undefined && (value < 0 || value > 253_402_300_799)) {
      throw badParameter(`The parameter 'attributes.${name}' is invalid: not a time in seconds.`);
    }
    return value;
  };
  const nbf = time('nbf');
  const exp = time('exp');
  if (typeof nbf === 'number' && typeof exp === 'number' && nbf >= exp) {
    throw badParameter('The parameter attributes.nbf must be before attributes.exp.');
  }
  const enabled = flagOf(attributes, 'enabled');
  return { enabled, nbf, exp, exportable: flagOf(attributes, 'exportable') };
}

/** The stored part of attributes after an update. */
export function applyAttributes<Version extends VersionBase>(
  version: Version,
  input: AttributesInput,
  tags: Readonly<Record<string, string>> | undefined,
  nowMs: number,
): Version {
  const kept = <T>(next: T | null | undefined, before: T | undefined) =>
    next === undefined ? before : (next ?? undefined);
  return {
    ...version,
    enabled: input.enabled ?? version.enabled,
    nbf: kept(input.nbf, version.nbf),
    exp: kept(input.exp, version.exp),
    tags: tags ?? version.tags,
    updatedMs: nowMs,
  };
}

/** `tags` of a body, within the bounds of the service. */
export function readTags(body: JsonObject): Record<string, string> | undefined {
  const tags = objectOf(body, 'tags');
  if (!tags) return undefined;
  const entries = Object.entries(tags);
  if (entries.length > tagsMax) throw badParameter(`There may be at most ${tagsMax} tags.`);
  for (const [name, value] of entries) {
    if (typeof value !== 'string') throw wrongType(`tags.${name}`, 'a string');
    if (name.length > tagCharactersMax || value.length > tagCharactersMax) {
      throw badParameter(`A tag's name and value may have at most ${tagCharactersMax} characters.`);
    }
  }
  return tags as Record<string, string>;
}

export function readContentType(body: JsonObject): string | undefined {
  const contentType = textOf(body, 'contentType');
  if (contentType !== undefined && contentType.length > contentTypeCharactersMax) {
    throw badParameter(
      `The parameter 'contentType' may have at most ${contentTypeCharactersMax} characters.`,
    );
  }
  return contentType;
}

/** `Recoverable+Purgeable` and its kin, by the vault's retention and protection. */
export function recoveryLevel(vault: Vault): string {
  const customized = vault.retentionDays === retentionDaysDefault ? '' : 'Customized';
  return `${customized}Recoverable${vault.purgeProtection ? '' : '+Purgeable'}`;
}

/** `attributes` of an answer, in Azure's order. */
export function attributesOf(vault: Vault, version: VersionBase): JsonObject {
  const { enabled, nbf, exp, createdMs, updatedMs } = version;
  return {
    enabled,
    ...(nbf !== undefined && { nbf }),
    ...(exp !== undefined && { exp }),
    created: seconds(createdMs),
    updated: seconds(updatedMs),
    recoveryLevel: recoveryLevel(vault),
    recoverableDays: vault.retentionDays,
  };
}

export const tagsOf = ({ tags }: VersionBase): JsonObject => (tags ? { tags: { ...tags } } : {});
