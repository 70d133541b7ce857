// How long a failed job waits.
import { retryBaseMs, retryMsMax } from './limits.ts';

/** Doubles from one second with each failed attempt, up to five minutes. `attempt`: 1 for the first. */
export function retryDelayMs(attempt: number): number {
  return Math.min(retryBaseMs * 2 ** Math.min(attempt - 1, 30), retryMsMax);
}
