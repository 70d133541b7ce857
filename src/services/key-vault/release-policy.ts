// Release policies of exportable keys: when they may be set, and how they go out.
import { fromBase64Any, type Json, type JsonObject } from '../../base/index.ts';
import { badParameter } from './errors.ts';
import { flagOf, textOf } from './wire.ts';

const contentTypeDefault = 'application/json; charset=utf-8';

/** The policy document inside `data`; throws 400 where it is none. */
export function readPolicyDocument(policy: JsonObject): JsonObject {
  const data = textOf(policy, 'data');
  const bytes = data === undefined ? undefined : fromBase64Any(data);
  try {
    const document: Json = JSON.parse(bytes?.toString('utf8') ?? '');
    if (document && typeof document === 'object' && !Array.isArray(document)) {
      if (Array.isArray(document.anyOf) && document.anyOf.length > 0) return document;
    }
  } catch {
    // Told below.
  }
  throw badParameter(
    "AKV.SKR.1001: The release policy's data must be base64url of a JSON object with 'anyOf'.",
  );
}

/** Checks a policy that is to be set against exportability and the one that stands. */
export function checkReleasePolicy(
  policy: JsonObject | undefined,
  exportable: boolean | undefined,
  previous: JsonObject | undefined,
): void {
  if (!policy) {
    if (exportable && !previous) {
      throw badParameter('AKV.SKR.1004: Exportable keys must have a release policy.');
    }
    return;
  }
  if (!exportable) {
    throw badParameter('AKV.SKR.1005: Non-exportable keys must not have release policy.');
  }
  readPolicyDocument(policy);
  flagOf(policy, 'immutable');
  if (previous?.immutable === true) {
    throw badParameter('AKV.SKR.1010: Immutable Key Release Policy cannot be modified.');
  }
}

export function releasePolicyView(policy: JsonObject): JsonObject {
  return {
    contentType: policy.contentType ?? contentTypeDefault,
    data: policy.data ?? null,
    immutable: policy.immutable ?? false,
  };
}
