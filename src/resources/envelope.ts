// What ARM itself reads of a body: location, tags, sku, kind, zones; and the names in an id.
import type { Json, JsonObject } from '../base/index.ts';
import { type ResourceDocument, ResourceError, type ResourceType } from './contract.ts';
import { groupType, normaliseLocation, type ResourceId } from './ids.ts';
import {
  documentBytesMax,
  groupNameCharsMax,
  nameCharsMax,
  tagCountMax,
  tagNameCharsMax,
  tagValueCharsMax,
} from './limits.ts';

export interface Envelope {
  readonly location?: string;
  readonly tags?: Readonly<Record<string, string>>;
  readonly sku?: Json;
  readonly kind?: string;
  readonly zones?: Json;
}

/** Reads the envelope of a PUT. Throws ResourceError in ARM's codes. */
export function readEnvelope(
  body: JsonObject,
  type: ResourceType,
  previous: ResourceDocument | undefined,
): Envelope {
  const size = Buffer.byteLength(JSON.stringify(body));
  if (size > documentBytesMax) {
    throw new ResourceError(
      413,
      'RequestContentTooLarge',
      `The request content is ${size} bytes; at most ${documentBytesMax} are allowed.`,
    );
  }
  const { sku, kind, zones } = body;
  return {
    location: readLocation(body.location, type, previous),
    tags: readTags(body.tags),
    ...(sku !== undefined && sku !== null && { sku }),
    ...(typeof kind === 'string' && { kind }),
    ...(zones !== undefined && zones !== null && { zones }),
  };
}

function readLocation(
  location: Json | undefined,
  type: ResourceType,
  previous: ResourceDocument | undefined,
): string | undefined {
  if (typeof location !== 'string' || location.trim() === '') {
    if (previous?.location) return previous.location;
    if (!type.location) return undefined;
    throw new ResourceError(
      400,
      'LocationRequired',
      'The location property is required for this definition.',
    );
  }
  const wanted = normaliseLocation(location);
  if (previous?.location && type.location && wanted !== normaliseLocation(previous.location)) {
    const isGroup = type.type === groupType;
    throw new ResourceError(
      409,
      isGroup ? 'InvalidResourceGroupLocation' : 'InvalidResourceLocation',
      `The resource '${previous.name}' already exists in location '${previous.location}'. ` +
        `A resource with the same name cannot be created in location '${wanted}'. Please select ` +
        'a new resource name.',
    );
  }
  return previous?.location ?? wanted;
}

function readTags(tags: Json | undefined): Record<string, string> | undefined {
  if (tags === undefined || tags === null) return undefined;
  if (typeof tags !== 'object' || Array.isArray(tags)) throw invalidTags('they must be an object');
  const kept: [string, string][] = [];
  for (const [name, value] of Object.entries(tags)) {
    if (typeof value !== 'string') throw invalidTags(`the value of '${name}' must be a string`);
    if (name.length > tagNameCharsMax || value.length > tagValueCharsMax) {
      throw invalidTags(`'${name.slice(0, 40)}' or its value is too long`);
    }
    kept.push([name, value]);
  }
  if (kept.length > tagCountMax) throw invalidTags(`there are more than ${tagCountMax}`);
  return Object.fromEntries(kept);
}

function invalidTags(why: string): ResourceError {
  return new ResourceError(400, 'InvalidTags', `The tags are not valid: ${why}.`, 'tags');
}

/** Checks the names of an id that is about to be written. */
export function checkNames(id: ResourceId): void {
  if (id.type === groupType) {
    const valid = /^[-\w._()]+$/.test(id.name) && !id.name.endsWith('.');
    if (!valid || id.name.length > groupNameCharsMax) {
      throw new ResourceError(
        400,
        'InvalidResourceGroup',
        `The provided resource group name '${id.name}' has these invalid characters or is longer ` +
          `than ${groupNameCharsMax}: the name can only be a letter, digit, '-', '.', '(', ')' or ` +
          "'_' and cannot end with '.'.",
      );
    }
  }
  for (const name of id.names) {
    if (name.length > nameCharsMax || /[<>%&\\?/]/.test(name)) {
      throw new ResourceError(
        400,
        'InvalidResourceName',
        `Resource name '${name.slice(0, 80)}' is invalid. The name can be up to ${nameCharsMax} ` +
          "characters and must not hold '<', '>', '%', '&', '\\', '?' or '/'.",
      );
    }
  }
}

/** `2019-05-01`, `2022-01-31-preview`: any date is served. */
export function checkApiVersion(apiVersion: string): void {
  if (!/^\d{4}-\d{2}-\d{2}(-[a-z0-9]+)*$/i.test(apiVersion)) {
    throw apiVersion === ''
      ? new ResourceError(
          400,
          'MissingApiVersionParameter',
          'The api-version query parameter (?api-version=) is required for all requests.',
        )
      : new ResourceError(
          400,
          'InvalidApiVersionParameter',
          `The api-version '${apiVersion.slice(0, 40)}' is invalid. It must be a date such as ` +
            "'2024-05-01', optionally with a suffix such as '-preview'.",
        );
  }
}
