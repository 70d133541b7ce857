// The time claims of a token (RFC 7519 sections 4.1.4 to 4.1.6).
import type { JsonObject } from '../base/index.ts';

export type TimeFailure = 'no-expiry' | 'not-a-number' | 'not-yet-valid' | 'expired';

/**
 * A NumericDate in seconds. Some SDKs write it as a string or a float; anything else is undefined.
 */
export function numericDate(value: unknown): number | undefined {
  if (typeof value === 'number') return Number.isFinite(value) ? value : undefined;
  if (typeof value !== 'string' || !/^\d{1,15}(\.\d+)?$/.test(value)) return undefined;
  return Number(value);
}

/**
 * Checks `nbf` (optional) and `exp` (required) against the clock with a tolerance on both sides.
 * Gives undefined where the token is valid now. Not cached anywhere: call it on every use.
 */
export function checkTimes(
  claims: Readonly<JsonObject>,
  nowMs: number,
  skewMs: number,
): TimeFailure | undefined {
  if (claims.exp === undefined) return 'no-expiry';
  const expires = numericDate(claims.exp);
  const begins = claims.nbf === undefined ? 0 : numericDate(claims.nbf);
  if (expires === undefined || begins === undefined) return 'not-a-number';
  if (begins * 1000 > nowMs + skewMs) return 'not-yet-valid';
  if (expires * 1000 <= nowMs - skewMs) return 'expired';
  return undefined;
}
