// A validated token as expressions see it.
import type { JsonObject } from '../../base/index.ts';

export interface JwtValue {
  readonly header: Readonly<Record<string, unknown>>;
  readonly claims: Readonly<JsonObject>;
}

/** The values of a claim: an array's members, or the one value. Empty where it is absent. */
export function claimValues(claims: Readonly<JsonObject>, name: string): string[] {
  if (!Object.hasOwn(claims, name)) return [];
  const value = claims[name];
  const print = (each: unknown) => (typeof each === 'string' ? each : JSON.stringify(each));
  return Array.isArray(value) ? value.map(print) : value === undefined ? [] : [print(value)];
}
